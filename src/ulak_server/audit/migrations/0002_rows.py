"""Who may see entries; nobody may change them."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import in_scope, shared_table

_MINE = in_scope()
_ENTRIES = f"""
ALTER TABLE audit_entry ALTER COLUMN tx SET DEFAULT pg_current_xact_id()::text::bigint;
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON audit_entry TO ulak_web, ulak_pipeline;
GRANT SELECT ON audit_entry TO ulak_operator;
GRANT USAGE ON SEQUENCE audit_entry_id_seq TO ulak_web, ulak_pipeline;
CREATE POLICY web_reads ON audit_entry FOR SELECT TO ulak_web USING ({_MINE});
CREATE POLICY web_writes ON audit_entry FOR INSERT TO ulak_web WITH CHECK (taxpayer_id IS NULL OR {_MINE});
CREATE POLICY pipeline ON audit_entry TO ulak_pipeline USING (true) WITH CHECK (true);
CREATE POLICY operator ON audit_entry FOR SELECT TO ulak_operator USING (true);
CREATE INDEX audit_entry_documents ON audit_entry USING gin (documents);
CREATE INDEX audit_entry_envelope ON audit_entry (envelope) WHERE envelope IS NOT NULL;
CREATE FUNCTION ulak_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ulak_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_block
    FOR EACH STATEMENT EXECUTE FUNCTION ulak_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(_ENTRIES, migrations.RunSQL.noop),
        shared_table("audit_block", web="SELECT", pipeline="SELECT, INSERT"),
    ]
