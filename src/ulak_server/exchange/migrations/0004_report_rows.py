"""Who may see reports: operators how they stand, their contents only those who work for their taxpayer."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table

_REPORT = (
    "id", "taxpayer_id", "product", "month", "day", "section_no", "cause", "entries", "issued", "cancelled",
    "objected", "size", "packed", "digest", "due_at", "created_at", "built_at", "sent_at", "accepted_at", "replaces",
    "replaced_by", "said", "error", "stage", "wake_at", "road",
)  # fmt: skip
_ENTRY = (
    "id", "taxpayer_id", "document_id", "what", "turn", "kind", "product", "day", "at_once", "made_at", "ready_at",
    "due_at", "report_id", "error", "reversed_at", "confirmed_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_reports"), ("audit", "0002_rows")]
    operations = [
        tenant_table("exchange_report", road=_REPORT),
        tenant_table("exchange_report_entry", road=_ENTRY),
        tenant_table("exchange_report_file"),
        tenant_table("exchange_report_note"),
        migrations.RunSQL(
            "ALTER TABLE exchange_report_file ALTER COLUMN data SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
    ]
