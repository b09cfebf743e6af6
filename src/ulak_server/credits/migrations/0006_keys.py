"""What operators do under a key of their own, and what came of it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credits", "0005_moved")]
    operations = [
        migrations.AddField("once", "content", models.TextField(null=True)),
        migrations.AddField("once", "balance", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
        migrations.RunSQL(
            "GRANT SELECT (content, balance) ON credits_once TO ulak_operator, ulak_pipeline", migrations.RunSQL.noop
        ),
    ]
