"""Who may see users, memberships, sessions and keys.

A person's rows are seen by themselves (``ulak.user``, ``ulak.email``, ``ulak.session`` of the transaction) and, as far
as they are members, by whoever works for the same taxpayer. Only people change themselves; operators may let somebody
in or out, and never see what proves who they are.
"""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import in_scope, shared_table, tenant_table

_MINE = in_scope()
_COLLEAGUE = f"id IN (SELECT user_id FROM people_membership WHERE {_MINE})"  # noqa: S608
_SHOWN = "id, email, name, is_active, is_operator, language, last_login, password_changed_at"
_INVITATION = "id, taxpayer_id, email, role, invited_by, created_at, expires_at, accepted_at, revoked_at"
_PEOPLE = f"""
CREATE FUNCTION ulak_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('ulak.user', true), '')::bigint $$;
CREATE FUNCTION ulak_email() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('ulak.email', true), '') $$;
CREATE FUNCTION ulak_session() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('ulak.session', true), '') $$;

ALTER TABLE people_membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_membership FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_membership TO ulak_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_membership TO ulak_operator;
CREATE POLICY web_reads ON people_membership FOR SELECT TO ulak_web
    USING ({_MINE} OR user_id = (SELECT ulak_user()));
CREATE POLICY web_adds ON people_membership FOR INSERT TO ulak_web WITH CHECK ({_MINE});
CREATE POLICY web_changes ON people_membership FOR UPDATE TO ulak_web USING ({_MINE}) WITH CHECK ({_MINE});
CREATE POLICY web_removes ON people_membership FOR DELETE TO ulak_web USING ({_MINE});
CREATE POLICY operator ON people_membership TO ulak_operator USING (true) WITH CHECK (true);

ALTER TABLE people_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_user FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON people_user TO ulak_web;
GRANT SELECT ({_SHOWN}), UPDATE (is_active, is_operator, totp, totp_step) ON people_user TO ulak_operator;
CREATE POLICY web_reads ON people_user FOR SELECT TO ulak_web
    USING (id = (SELECT ulak_user()) OR email = (SELECT ulak_email()) OR {_COLLEAGUE});
CREATE POLICY web_adds ON people_user FOR INSERT TO ulak_web
    WITH CHECK (email = (SELECT ulak_email()) AND NOT is_operator);
CREATE POLICY web_changes ON people_user FOR UPDATE TO ulak_web
    USING (id = (SELECT ulak_user())) WITH CHECK (id = (SELECT ulak_user()));
CREATE POLICY operator ON people_user TO ulak_operator USING (true) WITH CHECK (true);

ALTER TABLE people_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_session FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_session TO ulak_web;
GRANT SELECT (id, user_id, ended_at), UPDATE (ended_at) ON people_session TO ulak_operator;
CREATE POLICY web ON people_session TO ulak_web
    USING (user_id = (SELECT ulak_user()) OR digest = (SELECT ulak_session())) WITH CHECK (user_id = (SELECT ulak_user()));
GRANT SELECT (id, expires_at), DELETE ON people_session TO ulak_pipeline;
CREATE POLICY pipeline ON people_session TO ulak_pipeline USING (true);
CREATE POLICY operator ON people_session TO ulak_operator USING (true) WITH CHECK (true);

ALTER TABLE people_recovery_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_recovery_code FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_recovery_code TO ulak_web;
CREATE POLICY web ON people_recovery_code TO ulak_web
    USING (user_id = (SELECT ulak_user())) WITH CHECK (user_id = (SELECT ulak_user()));

ALTER TABLE people_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_invitation FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON people_invitation TO ulak_web;
GRANT SELECT ({_INVITATION}), INSERT, UPDATE (revoked_at) ON people_invitation TO ulak_operator;
CREATE POLICY web ON people_invitation TO ulak_web USING ({_MINE}) WITH CHECK ({_MINE});
CREATE POLICY operator ON people_invitation TO ulak_operator USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        migrations.RunSQL(_PEOPLE, migrations.RunSQL.noop),
        tenant_table("people_api_key", operator=False),
        shared_table("people_limit", web="SELECT, INSERT, UPDATE, DELETE", pipeline="SELECT, DELETE", operator=""),
    ]
