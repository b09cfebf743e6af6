"""Who may see that a draft is written, and when: those who work for its taxpayer."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table


class Migration(migrations.Migration):
    dependencies = [("composing", "0001_initial"), ("documents", "0002_rows"), ("audit", "0002_rows")]
    operations = [
        tenant_table("composing_writing", road=("document_id", "taxpayer_id"), operator=False),
        tenant_table("composing_version", operator=False),
    ]
