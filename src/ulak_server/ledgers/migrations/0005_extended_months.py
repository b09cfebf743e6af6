"""Extensions are of the months that GİB's announcement names; those recorded before are of all months due that day."""

from __future__ import annotations

from django.db import migrations, models

_GRANTS = "GRANT SELECT (month_from, month_to) ON ledgers_extension TO ulak_web, ulak_pipeline;"


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0004_extension")]
    operations = [
        migrations.AddField("extension", "month_from", models.DateField(null=True)),
        migrations.AddField("extension", "month_to", models.DateField(null=True)),
        migrations.RemoveConstraint("extension", "one_extension_each"),
        migrations.AddConstraint(
            "extension",
            models.UniqueConstraint(fields=("what", "last", "month_from"), name="one_extension_each"),
        ),
        migrations.RunSQL(_GRANTS, migrations.RunSQL.noop),
    ]
