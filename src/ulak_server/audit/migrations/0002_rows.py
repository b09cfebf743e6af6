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
CREATE INDEX audit_entry_document ON audit_entry ((documents[1])) WHERE cardinality(documents) = 1;
CREATE INDEX audit_entry_documents ON audit_entry USING gist (ulak_audit_span(documents, taxpayer_id))
    WHERE cardinality(documents) > 1;
CREATE INDEX audit_entry_envelope ON audit_entry (envelope) WHERE envelope IS NOT NULL;
"""
# An index of every document of every entry would be as large as the entries. The documents of an entry lie close
# together, as they were handed in and sealed together: their first and their last, beside their taxpayer, find it.
_SPAN = """
CREATE FUNCTION ulak_audit_span(documents bigint[], taxpayer int) RETURNS box
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
    SELECT box(point(min(d), coalesce(taxpayer, 0)), point(max(d), coalesce(taxpayer, 0))) FROM unnest(documents) AS d
$$;
"""
# Under row-level security neither index is used: the operators are not leakproof. The function uses them and tells
# numbers of entries alone; whoever asks sees of those what the policies let them see.
_FIND = """
CREATE FUNCTION ulak_audit_of(document bigint, lowest int, highest int) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 30 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.id FROM public.audit_entry e WHERE cardinality(e.documents) = 1 AND e.documents[1] = document
    UNION ALL
    SELECT e.id FROM public.audit_entry e
    WHERE cardinality(e.documents) > 1 AND e.documents @> ARRAY[document]
        AND public.ulak_audit_span(e.documents, e.taxpayer_id) && box(point(document, lowest), point(document, highest))
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
        migrations.RunSQL(_SPAN, "DROP FUNCTION ulak_audit_span(bigint[], int) CASCADE"),
        migrations.RunSQL(_ENTRIES, migrations.RunSQL.noop),
        migrations.RunSQL(_FIND, "DROP FUNCTION ulak_audit_of(bigint, int, int)"),
        migrations.RunSQL(_APPEND_ONLY, "DROP FUNCTION ulak_append_only() CASCADE"),
        shared_table("audit_block", web="SELECT", pipeline="SELECT, INSERT"),
        shared_table("audit_head", web="SELECT", pipeline="SELECT, INSERT"),
        shared_table("audit_epoch", web="", pipeline="SELECT", operator="SELECT"),
    ]
