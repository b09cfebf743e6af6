"""Which design a document wears; the workers that seal it read that."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_lists_rows")]
    operations = [
        migrations.AddField("document", "design_id", models.IntegerField(null=True)),
        migrations.RunSQL("GRANT SELECT (design_id) ON documents_document TO ulak_pipeline", migrations.RunSQL.noop),
    ]
