"""Kinds that are issued and reported: what GİB's list decided, and what prefixes of the authors' own are used for."""

from __future__ import annotations

from django.db import migrations, models

from ulak_server.database.policies import tenant_table


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_errands")]
    operations = [
        migrations.AddField("document", "is_automatic", models.BooleanField(db_default=False, default=False)),
        migrations.RunSQL("GRANT SELECT (is_automatic) ON documents_document TO ulak_pipeline", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Prefix",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "taxpayer_id", "prefix", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("taxpayer_id", models.IntegerField()),
                ("prefix", models.CharField(max_length=3)),
                ("kind", models.TextField()),
                ("purpose", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "documents_prefix",
            },
        ),
        tenant_table("documents_prefix"),
        migrations.AddIndex(
            "document",
            models.Index(
                condition=models.Q(("direction", 1), ("stage__in", ["issued", "voided"])),
                fields=["taxpayer_id", "stage", "sealed_at"],
                include=("id", "kind"),
                name="document_issued",
            ),
        ),
    ]
