"""Who may see users, memberships and keys."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import shared_table, tenant_table


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        shared_table("people_user", web="SELECT, INSERT, UPDATE", pipeline="", operator=""),
        shared_table("people_membership", web="SELECT, INSERT, UPDATE, DELETE", pipeline="SELECT", operator="SELECT"),
        tenant_table("people_api_key", operator=False),
    ]
