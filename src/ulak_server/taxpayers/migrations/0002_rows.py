"""Who may see taxpayers, and what the pipeline needs of them.

Operators take taxpayers on and see who they are; where a taxpayer's own key is they do not see.
"""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table

_TAXPAYER = (
    "id", "number", "title", "first_name", "family_name", "details", "sealing", "contract_from", "contract_until",
    "created_at",
)  # fmt: skip
_ACCOUNT = ("id", "taxpayer_id", "service", "stage", "wake_at", "road", "envelope")
_REQUEST = (
    "id", "account_id", "taxpayer_id", "action", "option", "stage", "document", "created_at", "ready_at",
    "sealed_at", "error",
)  # fmt: skip
_ALIAS = ("id", "taxpayer_id", "service", "role", "name", "is_default", "closed_at")
_SERIES = ("id", "taxpayer_id", "kind", "purpose", "prefix", "branch", "is_default", "in_date_order", "closed_at")
_COUNTER = ("id", "series_id", "taxpayer_id", "year", "last", "last_date")
_TAKEN_ON_BY_OPERATORS = ("taxpayer", "account", "request", "alias", "series", "counter")


def _operators_take_on(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"GRANT INSERT, UPDATE ON taxpayers_{table} TO ulak_operator;"
        f"CREATE POLICY operator_adds ON taxpayers_{table} FOR INSERT TO ulak_operator WITH CHECK (true);"
        f"CREATE POLICY operator_changes ON taxpayers_{table} FOR UPDATE TO ulak_operator USING (true) WITH CHECK (true)",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("taxpayers", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("taxpayers_taxpayer", column="id", road=_TAXPAYER),
        tenant_table("taxpayers_account", road=_ACCOUNT),
        tenant_table("taxpayers_request", road=_REQUEST),
        tenant_table("taxpayers_alias", road=_ALIAS),
        tenant_table("taxpayers_series", road=_SERIES),
        tenant_table("taxpayers_counter", road=_COUNTER),
        tenant_table("taxpayers_own_key", operator=False),
        # Operators put keys in place and take them away; they read none.
        migrations.RunSQL(
            "GRANT SELECT (taxpayer_id), INSERT, UPDATE (address, secret, changed_at), DELETE"
            " ON taxpayers_own_key TO ulak_operator;"
            "CREATE POLICY operator ON taxpayers_own_key TO ulak_operator USING (true) WITH CHECK (true)",
            migrations.RunSQL.noop,
        ),
        *(_operators_take_on(table) for table in _TAKEN_ON_BY_OPERATORS),
        migrations.RunSQL("GRANT USAGE ON SEQUENCE taxpayers_account_id_seq TO ulak_pipeline", migrations.RunSQL.noop),
    ]
