"""Who may see what lists are made of; how documents are counted."""

from __future__ import annotations

from typing import Final

from django.db import migrations

from ulak_server.database.policies import tenant_table
from ulak_server.database.roles import Role

_ALIKE: Final = "taxpayer_id, shelf, direction, state, kind, profile, type_code, currency, day"
_OF_ROW: Final = (
    "taxpayer_id, shelf, direction, state, kind, profile, type_code, currency,"
    " coalesce(issue_date, '0001-01-01') AS day, coalesce(payable, 0) AS payable, coalesce(vat, 0) AS vat"
)
_COUNT: Final = f"""
CREATE FUNCTION documents_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat)
    SELECT {_ALIKE}, count(*), sum(payable), sum(vat)
    FROM (SELECT {_OF_ROW} FROM fresh) AS one GROUP BY {_ALIKE};
    RETURN NULL;
END $$;
CREATE FUNCTION documents_uncount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat) VALUES (
        old.taxpayer_id, old.shelf, old.direction, old.state, old.kind, old.profile, old.type_code, old.currency,
        coalesce(old.issue_date, '0001-01-01'), -1, -coalesce(old.payable, 0), -coalesce(old.vat, 0));
    RETURN NULL;
END $$;
CREATE FUNCTION documents_recount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat) VALUES (
        old.taxpayer_id, old.shelf, old.direction, old.state, old.kind, old.profile, old.type_code, old.currency,
        coalesce(old.issue_date, '0001-01-01'), -1, -coalesce(old.payable, 0), -coalesce(old.vat, 0)
    ), (
        new.taxpayer_id, new.shelf, new.direction, new.state, new.kind, new.profile, new.type_code, new.currency,
        coalesce(new.issue_date, '0001-01-01'), 1, coalesce(new.payable, 0), coalesce(new.vat, 0));
    RETURN NULL;
END $$;
CREATE TRIGGER documents_counted AFTER INSERT ON documents_document
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION documents_count();
CREATE TRIGGER documents_uncounted AFTER DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_uncount();
CREATE TRIGGER documents_recounted AFTER UPDATE ON documents_document
    FOR EACH ROW WHEN (
        (old.state, old.shelf, old.issue_date, old.payable, old.vat, old.currency, old.profile, old.type_code, old.kind)
        IS DISTINCT FROM
        (new.state, new.shelf, new.issue_date, new.payable, new.vat, new.currency, new.profile, new.type_code, new.kind)
    ) EXECUTE FUNCTION documents_recount();
INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat)
SELECT {_ALIKE}, count(*), sum(payable), sum(vat)
FROM (SELECT {_OF_ROW} FROM documents_document) AS one GROUP BY {_ALIKE};
"""  # noqa: S608
"""Most updates bring a document a step further on its way and change nothing that is counted: they are let pass by the
trigger's condition, which calls no function."""
_UNCOUNT: Final = """
DROP TRIGGER documents_counted ON documents_document;
DROP TRIGGER documents_recounted ON documents_document;
DROP TRIGGER documents_uncounted ON documents_document;
DROP FUNCTION documents_count();
DROP FUNCTION documents_recount();
DROP FUNCTION documents_uncount();
"""
_SEEN: Final = f"""
GRANT SELECT (answer, shelf, state) ON documents_document TO {Role.PIPELINE}, {Role.OPERATOR};
CREATE POLICY pipeline_counts ON documents_tally FOR INSERT TO {Role.PIPELINE} WITH CHECK (true);
ALTER TABLE documents_tally SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
"""
"""Workers change documents without knowing whose contents they hold; what they changed is counted, and not shown."""


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_lists")]
    operations = [
        tenant_table("documents_party", rights="SELECT, INSERT, DELETE"),
        tenant_table("documents_party_word", rights="SELECT, INSERT, DELETE"),
        tenant_table("documents_tally", rights="SELECT, INSERT, UPDATE, DELETE"),
        migrations.RunSQL(_SEEN, migrations.RunSQL.noop),
        migrations.RunSQL(_COUNT, _UNCOUNT),
    ]
