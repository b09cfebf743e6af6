"""What is left of credits as a function, whose plan is kept: every document that is handed in asks for it."""

from __future__ import annotations

from typing import Final

from django.db import migrations

from ulak_server.database.planned import asking

_FUNDS: Final = """
SELECT a.taxpayer_id, a.balance + a.overdraft
    - coalesce((SELECT sum(p.remaining) FROM credits_package p
                WHERE p.taxpayer_id = a.taxpayer_id AND p.remaining > 0 AND p.expires_on < today), 0)
    - coalesce((SELECT sum(w.amount) FROM credits_waiting w
                WHERE w.taxpayer_id = a.taxpayer_id AND w.freed_at IS NULL), 0)
FROM credits_account a WHERE a.taxpayer_id = ANY (taxpayers) AND a.metered AND a.on_empty = 'wait'
"""


class Migration(migrations.Migration):
    dependencies = [("credits", "0003_once")]
    operations = [
        asking("credits_funds", "taxpayers int[], today date", "taxpayer int, funds numeric", _FUNDS),
    ]
