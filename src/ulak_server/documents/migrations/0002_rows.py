"""Who may see documents: their contents only those who work for their taxpayer."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table

_DOCUMENT = (
    "id", "taxpayer_id", "month", "direction", "kind", "profile", "type_code", "ettn", "number", "series_id",
    "issue_date", "partner", "alias", "sender_alias", "priority", "form", "stage", "wake_at", "road", "work",
    "ready_at", "envelope", "about_id", "batch_id", "accepted_at", "sealed_at", "left_at", "delivered_at", "error",
)  # fmt: skip
_ANSWER = ("document_id", "taxpayer_id", "kind", "stage", "wake_at", "until", "code", "carrier_id", "road")
_BATCH = (
    "id", "taxpayer_id", "key", "digest", "form", "intent", "stage", "wake_at", "pieces", "piece", "total", "read",
    "accepted", "refused", "options", "actor", "origin", "created_at", "finished_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("documents_document", road=_DOCUMENT),
        tenant_table("documents_answer", road=_ANSWER),
        tenant_table("documents_batch", road=_BATCH),
        tenant_table("documents_refusal"),
        tenant_table("documents_handed", road=("taxpayer_id", "created_at"), operator=False),
    ]
