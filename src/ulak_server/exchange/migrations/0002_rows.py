"""Who may see envelopes, and what belongs to nobody."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import shared_table, tenant_table

_ENVELOPE = (
    "id", "taxpayer_id", "identity", "kind", "type", "element", "sender_alias", "sender_number", "receiver_alias",
    "receiver_number", "documents", "about", "about_account", "size", "digest", "stage", "wake_at", "road", "said",
    "created_at",
)  # fmt: skip
_INBOUND = "id, taxpayer_id, received_at, origin, size, digest, type, documents, code, reason, response, stage, wake_at"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        tenant_table("exchange_envelope", road=_ENVELOPE),
        migrations.RunSQL(
            "GRANT SELECT (message) ON exchange_envelope TO ulak_pipeline;"
            "ALTER TABLE exchange_envelope ALTER COLUMN message SET STORAGE EXTERNAL;"
            "GRANT SELECT, INSERT, UPDATE, DELETE ON exchange_inbound TO ulak_pipeline;"
            f"GRANT SELECT ({_INBOUND}) ON exchange_inbound TO ulak_operator;"
            "ALTER TABLE exchange_inbound ALTER COLUMN data SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
        shared_table("exchange_identity"),
        shared_table("exchange_counterpart"),
    ]
