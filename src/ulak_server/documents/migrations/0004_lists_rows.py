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
    IF TG_OP = 'INSERT' THEN
        INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat)
        SELECT {_ALIKE}, count(*), sum(payable), sum(vat)
        FROM (SELECT {_OF_ROW} FROM fresh) AS one GROUP BY {_ALIKE};
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat)
        SELECT {_ALIKE}, -count(*), -sum(payable), -sum(vat)
        FROM (SELECT {_OF_ROW} FROM stale) AS one GROUP BY {_ALIKE};
    ELSE
        INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat)
        SELECT {_ALIKE}, sum(n), sum(n * payable), sum(n * vat)
        FROM (SELECT 1 AS n, {_OF_ROW} FROM fresh UNION ALL SELECT -1, {_OF_ROW} FROM stale) AS one
        GROUP BY {_ALIKE} HAVING sum(n) <> 0 OR sum(n * payable) <> 0 OR sum(n * vat) <> 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER documents_counted AFTER INSERT ON documents_document
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION documents_count();
CREATE TRIGGER documents_recounted AFTER UPDATE ON documents_document
    REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION documents_count();
CREATE TRIGGER documents_uncounted AFTER DELETE ON documents_document
    REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION documents_count();
INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat)
SELECT {_ALIKE}, count(*), sum(payable), sum(vat)
FROM (SELECT {_OF_ROW} FROM documents_document) AS one GROUP BY {_ALIKE};
"""  # noqa: S608
_UNCOUNT: Final = """
DROP TRIGGER documents_counted ON documents_document;
DROP TRIGGER documents_recounted ON documents_document;
DROP TRIGGER documents_uncounted ON documents_document;
DROP FUNCTION documents_count();
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
