"""Who may see documents and what lists are made of, contents only for their taxpayer; how documents are counted."""

from __future__ import annotations

from typing import Final

from django.db import migrations

from ulak_server.database.policies import tenant_table
from ulak_server.database.roles import Role

_DOCUMENT: Final = (
    "id", "taxpayer_id", "month", "direction", "kind", "profile", "type_code", "ettn", "number", "series_id",
    "issue_date", "partner", "alias", "sender_alias", "priority", "form", "stage", "wake_at", "road", "work",
    "ready_at", "envelope", "about_id", "batch_id", "accepted_at", "sealed_at", "left_at", "delivered_at", "error",
    "answer", "shelf", "state",
)  # fmt: skip
_ANSWER: Final = ("document_id", "taxpayer_id", "kind", "stage", "wake_at", "until", "code", "carrier_id", "road")
_BATCH: Final = (
    "id", "taxpayer_id", "key", "digest", "form", "intent", "stage", "wake_at", "pieces", "piece", "total", "read",
    "accepted", "refused", "options", "actor", "origin", "created_at", "finished_at",
)  # fmt: skip
_SEALERS: Final = f"GRANT SELECT (design_id, is_automatic) ON documents_document TO {Role.PIPELINE}"
"""What those who seal have to know besides, and operators need not see."""
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
    INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat)
    SELECT {_ALIKE}, sum(times), sum(times * payable), sum(times * vat)
    FROM (SELECT -1 AS times, {_OF_ROW} FROM stale UNION ALL SELECT 1, {_OF_ROW} FROM fresh) AS one
    GROUP BY {_ALIKE}
    HAVING sum(times) <> 0 OR sum(times * payable) <> 0 OR sum(times * vat) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER documents_counted AFTER INSERT ON documents_document
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION documents_count();
CREATE TRIGGER documents_uncounted AFTER DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_uncount();
CREATE TRIGGER documents_recounted AFTER UPDATE ON documents_document
    REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION documents_recount();
"""  # noqa: S608
"""What a statement changes is added up before it is written: a hundred documents that are delivered together make two
rows, and an update that changes nothing that is counted makes none."""
_UNCOUNT: Final = """
DROP TRIGGER documents_counted ON documents_document;
DROP TRIGGER documents_recounted ON documents_document;
DROP TRIGGER documents_uncounted ON documents_document;
DROP FUNCTION documents_count();
DROP FUNCTION documents_recount();
DROP FUNCTION documents_uncount();
"""
_COUNTED: Final = f"""
CREATE POLICY pipeline_counts ON documents_tally FOR INSERT TO {Role.PIPELINE} WITH CHECK (true);
ALTER TABLE documents_tally SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
"""
"""Workers change documents without knowing whose contents they hold; what they changed is counted, and not shown."""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("documents_document", road=_DOCUMENT),
        migrations.RunSQL(_SEALERS, migrations.RunSQL.noop),
        tenant_table("documents_answer", road=_ANSWER),
        tenant_table("documents_batch", road=_BATCH),
        tenant_table("documents_refusal"),
        tenant_table("documents_handed", road=("taxpayer_id", "created_at"), operator=False),
        tenant_table("documents_party", rights="SELECT, INSERT, DELETE"),
        tenant_table("documents_party_word", rights="SELECT, INSERT, DELETE"),
        tenant_table("documents_tally", rights="SELECT, INSERT, UPDATE, DELETE"),
        tenant_table("documents_errand"),
        tenant_table("documents_prefix"),
        migrations.RunSQL(_COUNTED, migrations.RunSQL.noop),
        migrations.RunSQL(_COUNT, _UNCOUNT),
    ]
