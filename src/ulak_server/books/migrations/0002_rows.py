"""Books belong to their taxpayer alone: operators see nothing of them, workers only when something is due."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table

_TABLES = (
    "contact", "item", "word", "branch", "label", "saved_view", "plan_run", "upload", "fault", "mapping",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("books", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        *(tenant_table(f"books_{name}") for name in _TABLES),
        tenant_table("books_setting", road=("taxpayer_id", "learns", "learned_until"), operator=False),
        tenant_table(
            "books_plan", road=("id", "taxpayer_id", "next_on", "paused_at", "removed_at", "retry_at"), operator=False
        ),
        tenant_table("books_import", road=("id", "taxpayer_id", "stage", "wake_at", "finished_at"), operator=False),
    ]
