"""Who may see designs: whoever works for their taxpayer, and workers within the scope; operators none."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table


class Migration(migrations.Migration):
    dependencies = [("designs", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("designs_design", operator=False),
        tenant_table("designs_picture", operator=False),
        tenant_table("designs_wardrobe", operator=False),
        tenant_table("designs_sheet", operator=False, rights="SELECT, INSERT"),
    ]
