"""Who may see kontör and change them.

Operators sell, correct and say what documents cost; which documents were charged they do not see. People of a taxpayer
see their own rows; their wishes (sending again, taking back) may charge and give back, and never load.
"""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import in_scope, tenant_table

_ACCOUNT = (
    "taxpayer_id", "metered", "on_empty", "overdraft", "threshold", "balance", "warned", "created_at",
)  # fmt: skip
_PACKAGE = (
    "id", "taxpayer_id", "amount", "remaining", "loaded_at", "expires_on", "is_sold", "reference", "note", "actor",
    "warned",
)  # fmt: skip
_ENTRY = ("id", "taxpayer_id", "at", "what", "amount", "balance", "kind", "is_incoming", "package_id", "note", "actor")
_USAGE = ("taxpayer_id", "month", "kind", "is_incoming", "used", "refunded", "documents", "returned")
_MINE = in_scope()
_ROLES = "ulak_pipeline, ulak_operator"
_GRANTS = f"""
GRANT UPDATE (balance, warned, threshold) ON credits_account TO ulak_web;
GRANT INSERT, UPDATE ON credits_account TO ulak_operator;
CREATE POLICY operator_adds ON credits_account FOR INSERT TO ulak_operator WITH CHECK (true);
CREATE POLICY operator_changes ON credits_account FOR UPDATE TO ulak_operator USING (true) WITH CHECK (true);

GRANT UPDATE (remaining, expires_on, warned) ON credits_package TO ulak_web;
GRANT INSERT, UPDATE ON credits_package TO ulak_operator;
GRANT USAGE ON SEQUENCE credits_package_id_seq TO {_ROLES};
CREATE POLICY operator_adds ON credits_package FOR INSERT TO ulak_operator WITH CHECK (true);
CREATE POLICY operator_changes ON credits_package FOR UPDATE TO ulak_operator USING (true) WITH CHECK (true);

REVOKE INSERT, UPDATE, DELETE ON credits_entry FROM ulak_web, ulak_pipeline;
DROP POLICY web ON credits_entry;
CREATE POLICY web ON credits_entry FOR SELECT TO ulak_web USING ({_MINE});
CREATE POLICY web_adds ON credits_entry FOR INSERT TO ulak_web
    WITH CHECK ({_MINE} AND what IN ('used', 'refunded', 'expired'));
GRANT SELECT (document_id) ON credits_entry TO ulak_pipeline;
GRANT INSERT ON credits_entry TO ulak_web, {_ROLES};
GRANT USAGE ON SEQUENCE credits_entry_id_seq TO ulak_web, {_ROLES};
CREATE POLICY operator_adds ON credits_entry FOR INSERT TO ulak_operator
    WITH CHECK (what IN ('loaded', 'corrected', 'expired') AND document_id IS NULL);

ALTER TABLE credits_tariff ENABLE ROW LEVEL SECURITY;
ALTER TABLE credits_tariff FORCE ROW LEVEL SECURITY;
GRANT SELECT ON credits_tariff TO ulak_web, {_ROLES};
GRANT INSERT, UPDATE ON credits_tariff TO ulak_operator;
GRANT USAGE ON SEQUENCE credits_tariff_id_seq TO ulak_operator;
CREATE POLICY web ON credits_tariff FOR SELECT TO ulak_web USING (taxpayer_id IS NULL OR {_MINE});
CREATE POLICY pipeline ON credits_tariff FOR SELECT TO ulak_pipeline USING (true);
CREATE POLICY operator ON credits_tariff TO ulak_operator USING (true) WITH CHECK (true);

CREATE POLICY owner ON credits_entry FOR SELECT TO CURRENT_USER USING (true);
"""
_APPEND_ONLY = """
CREATE FUNCTION ulak_credits_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'entries of kontör are append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credits_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ulak_credits_append_only();
"""
# The faces' role writes entries where people send again or withdraw. None of them may come to more than the document
# had cost, and the balance is what the entries say: so nobody who speaks SQL as that role adds kontör.
_NOBODY_ADDS = """
CREATE FUNCTION ulak_credits_entry_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before numeric;
    standing numeric;
BEGIN
    SELECT e.balance INTO before FROM public.credits_entry e
        WHERE e.taxpayer_id = NEW.taxpayer_id ORDER BY e.id DESC LIMIT 1;
    IF NEW.amount > 0 THEN
        SELECT -sum(e.amount) INTO standing FROM public.credits_entry e
            WHERE e.document_id = NEW.document_id AND e.taxpayer_id = NEW.taxpayer_id;
    END IF;
    IF NEW.balance <> coalesce(before, 0) + NEW.amount OR NEW.amount > greatest(coalesce(standing, 0), 0) THEN
        RAISE EXCEPTION 'this entry of kontör does not add up' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER adds_up BEFORE INSERT ON credits_entry FOR EACH ROW WHEN (current_user = 'ulak_web')
    EXECUTE FUNCTION ulak_credits_entry_adds_up();
CREATE FUNCTION ulak_credits_balance_is_entered() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.balance IS DISTINCT FROM (SELECT e.balance FROM public.credits_entry e
            WHERE e.taxpayer_id = NEW.taxpayer_id ORDER BY e.id DESC LIMIT 1) THEN
        RAISE EXCEPTION 'the balance is what the entries say' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER balance_is_entered BEFORE UPDATE OF balance ON credits_account FOR EACH ROW
    WHEN (current_user = 'ulak_web' AND NEW.balance <> OLD.balance) EXECUTE FUNCTION ulak_credits_balance_is_entered();
"""
_NOBODY_ADDS_BACK = """
DROP FUNCTION ulak_credits_entry_adds_up() CASCADE;
DROP FUNCTION ulak_credits_balance_is_entered() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("credits", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("credits_account", road=_ACCOUNT, rights="SELECT"),
        tenant_table("credits_package", road=_PACKAGE, rights="SELECT"),
        tenant_table("credits_entry", road=_ENTRY),
        tenant_table("credits_usage", road=_USAGE, rights="SELECT, INSERT, UPDATE"),
        tenant_table("credits_waiting", road=("document_id", "taxpayer_id", "amount", "since", "freed_at")),
        migrations.RunSQL(_GRANTS, "DROP POLICY IF EXISTS owner ON credits_entry"),
        migrations.RunSQL(_APPEND_ONLY, "DROP FUNCTION ulak_credits_append_only() CASCADE"),
        migrations.RunSQL(_NOBODY_ADDS, _NOBODY_ADDS_BACK),
    ]
