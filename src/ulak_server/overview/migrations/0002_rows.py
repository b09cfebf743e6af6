"""Who may see what is remembered of months: whoever works for their taxpayer; operators nothing."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table


class Migration(migrations.Migration):
    dependencies = [("overview", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("overview_month", operator=False),
        tenant_table("overview_close", operator=False),
        tenant_table("overview_start", operator=False),
        # Who takes themselves on in a sandbox is not in any scope yet; operators take on without seeing more of it.
        migrations.RunSQL(
            "GRANT INSERT ON overview_start TO ulak_operator;"
            "CREATE POLICY operator ON overview_start FOR INSERT TO ulak_operator WITH CHECK (true)",
            migrations.RunSQL.noop,
        ),
    ]
