"""Who may see what leaves the platform: receivers, words and addresses only those who work for their taxpayer."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import shared_table, tenant_table

_EVENT = ("id", "key", "taxpayer_id", "kind", "at", "documents", "code", "facts", "once", "told_at")
_NOTIFICATION = ("id", "taxpayer_id", "user_id", "kind", "mail", "updated_at", "created_at", "seen_at", "message_id")
_MESSAGE = (
    "id", "taxpayer_id", "channel", "kind", "document_id", "link_id", "user_id", "stage", "due_at", "lease_until",
    "attempts", "code", "created_at", "sent_at",
)  # fmt: skip
_ATTEMPT = ("id", "taxpayer_id", "message_id", "call_id", "at", "outcome", "code", "status", "seconds")
_HOOK = (
    "id", "taxpayer_id", "kinds", "created_at", "removed_at", "off_at", "off_why", "failures", "failing_since",
    "rests_until", "last_well_at",
)  # fmt: skip
_CALL = (
    "id", "key", "taxpayer_id", "hook_id", "kind", "stage", "due_at", "lease_until", "attempts", "status", "code",
    "created_at", "done_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("delivery_event", road=_EVENT),
        tenant_table("delivery_notification", road=_NOTIFICATION, operator=False),
        tenant_table("delivery_preference", operator=False),
        tenant_table("delivery_link", operator=False),
        tenant_table("delivery_message", road=_MESSAGE),
        tenant_table("delivery_attempt", road=_ATTEMPT),
        tenant_table("delivery_suppression", operator=False),
        tenant_table("delivery_hook", road=_HOOK),
        tenant_table("delivery_call", road=_CALL),
        shared_table("delivery_cursor", web="", operator="SELECT"),
    ]
