"""Who may see packages of books: operators how they stand, their files only those who work for their taxpayer."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import tenant_table

_PACKAGE = (
    "id", "taxpayer_id", "branch", "month", "kind", "part", "name", "starts", "ends", "signer", "stamped", "size",
    "digest", "due_at", "created_at", "sent_at", "away_at", "approved_digest", "approved_at", "fetched_at",
    "checked_at", "said", "stage", "wake_at", "road",
)  # fmt: skip
_TERM = ("id", "taxpayer_id", "branch", "month", "due_at", "closed_at", "warned", "wake_at")


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_ledgers"), ("audit", "0002_rows")]
    operations = [
        tenant_table("exchange_ledger_package", road=_PACKAGE),
        tenant_table("exchange_ledger_term", road=_TERM),
        tenant_table("exchange_ledger_file"),
        tenant_table("exchange_ledger_copy"),
        migrations.RunSQL(
            "ALTER TABLE exchange_ledger_file ALTER COLUMN data SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
    ]
