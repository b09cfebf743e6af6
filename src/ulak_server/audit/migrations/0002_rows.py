"""Who may see entries; nobody may change them."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import in_scope, shared_table

_MINE = in_scope()
# The number of the transaction and the entry's own are the database's to give: nobody may write into a sealed block.
_COLUMNS = "at, taxpayer_id, what, documents, envelope, stage, code, actor, origin, facts"
# A restored database counts its transactions from the beginning: the next epoch lifts them above all that were.
_EPOCH = """
INSERT INTO audit_epoch (id, base) VALUES (1, 0);
CREATE FUNCTION ulak_audit_tx() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    epoch constant bigint := 17592186044416;
    own bigint := pg_current_xact_id()::text::bigint;
    sealed bigint;
    found bigint;
BEGIN
    SELECT b.end_tx INTO sealed FROM public.audit_block b ORDER BY b.number DESC LIMIT 1;
    SELECT e.base INTO found FROM public.audit_epoch e;
    IF own + found < coalesce(sealed, 0) THEN
        UPDATE public.audit_epoch SET base = (sealed / epoch + 1) * epoch WHERE own + base < sealed;
        SELECT e.base INTO found FROM public.audit_epoch e;
    END IF;
    RETURN own + found;
END $$;
"""
_ENTRIES = f"""
ALTER TABLE audit_entry ALTER COLUMN tx SET DEFAULT ulak_audit_tx();
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ({_COLUMNS}) ON audit_entry TO ulak_web, ulak_pipeline, ulak_operator;
GRANT USAGE ON SEQUENCE audit_entry_id_seq TO ulak_web, ulak_pipeline, ulak_operator;
CREATE POLICY web_reads ON audit_entry FOR SELECT TO ulak_web USING ({_MINE});
CREATE POLICY web_writes ON audit_entry FOR INSERT TO ulak_web WITH CHECK (taxpayer_id IS NULL OR {_MINE});
CREATE POLICY pipeline ON audit_entry TO ulak_pipeline USING (true) WITH CHECK (true);
CREATE POLICY operator ON audit_entry FOR SELECT TO ulak_operator USING (true);
CREATE POLICY operator_adds ON audit_entry FOR INSERT TO ulak_operator WITH CHECK (true);
CREATE POLICY owner ON audit_entry FOR SELECT TO CURRENT_USER USING (true);
CREATE INDEX audit_entry_documents ON audit_entry USING gin (documents) WITH (gin_pending_list_limit = 512);
CREATE INDEX audit_entry_envelope ON audit_entry (envelope) WHERE envelope IS NOT NULL;
"""
# Under row-level security an index on an array is not used: its operators are not leakproof. The function uses it and
# tells numbers of entries alone; whoever asks sees of those what the policies let them see.
_FIND = """
CREATE FUNCTION ulak_audit_of(document bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 30 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.id FROM public.audit_entry e WHERE e.documents @> ARRAY[document]
$$;
"""
_APPEND_ONLY = """
CREATE FUNCTION ulak_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
""" + "\n".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION ulak_append_only();"
    for table in ("audit_entry", "audit_block", "audit_head")
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(_EPOCH, "DROP FUNCTION ulak_audit_tx() CASCADE"),
        migrations.RunSQL(_ENTRIES, migrations.RunSQL.noop),
        migrations.RunSQL(_FIND, "DROP FUNCTION ulak_audit_of(bigint)"),
        migrations.RunSQL(_APPEND_ONLY, "DROP FUNCTION ulak_append_only() CASCADE"),
        shared_table("audit_block", web="SELECT", pipeline="SELECT, INSERT"),
        shared_table("audit_head", web="SELECT", pipeline="SELECT, INSERT"),
        shared_table("audit_epoch", web="", pipeline="SELECT", operator="SELECT"),
    ]
