"""An inventory's parts stand beside those of its month's books."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0002_rows")]
    operations = [
        migrations.AddField("part", "kind", models.CharField(default="books", max_length=9)),
        migrations.RemoveConstraint("part", "one_ledger_part_each"),
        migrations.AddConstraint(
            "part",
            models.UniqueConstraint(
                condition=models.Q(("sealed_at__isnull", False), ("withdrawn_at__isnull", True)),
                fields=("taxpayer_id", "kind", "month", "branch", "number"),
                name="one_ledger_part_each",
            ),
        ),
    ]
