"""Books belong to their taxpayer alone: operators see how far works have come, and nothing of what is in them."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table

_WORK = (
    "id", "mark", "taxpayer_id", "kind", "month", "branch", "until", "stage", "resumes", "wake_at", "turn", "tries",
    "step", "done", "total", "since", "beat_at", "cancelled_at", "is_stamped", "key", "goes_on", "error_code", "created_at",
    "ended_at",
)  # fmt: skip
_FILE = ("id", "taxpayer_id", "work_id", "what", "size", "received", "created_at", "completed_at")
_BOOK = (
    "id", "taxpayer_id", "work_id", "part_id", "kind", "is_package", "stage", "handed", "built_at", "sealed_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("ledgers_company"),
        tenant_table("ledgers_work", road=_WORK),
        tenant_table("ledgers_file", road=_FILE),
        tenant_table("ledgers_piece"),
        tenant_table("ledgers_finding"),
        tenant_table("ledgers_mapping"),
        tenant_table("ledgers_part"),
        tenant_table("ledgers_book", road=_BOOK),
        migrations.RunSQL("ALTER TABLE ledgers_piece ALTER COLUMN data SET STORAGE EXTERNAL", migrations.RunSQL.noop),
    ]
