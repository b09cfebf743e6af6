"""Who may see taxpayers, and what the pipeline needs of them."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table

_TAXPAYER = ("id", "number", "title", "sealing", "contract_from", "contract_until", "created_at")
_ACCOUNT = ("id", "taxpayer_id", "service", "stage", "wake_at", "road", "envelope")
_ALIAS = ("id", "taxpayer_id", "service", "role", "name", "is_default", "closed_at")
_SERIES = ("id", "taxpayer_id", "kind", "prefix", "branch", "is_default", "in_date_order", "closed_at")
_COUNTER = ("id", "series_id", "taxpayer_id", "year", "last", "last_date")


class Migration(migrations.Migration):
    dependencies = [("taxpayers", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("taxpayers_taxpayer", column="id", road=_TAXPAYER),
        tenant_table("taxpayers_account", road=_ACCOUNT),
        tenant_table("taxpayers_alias", road=_ALIAS),
        tenant_table("taxpayers_series", road=_SERIES),
        tenant_table("taxpayers_counter", road=_COUNTER),
    ]
