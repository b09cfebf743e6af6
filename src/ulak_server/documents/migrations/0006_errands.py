"""Things that are done for many documents, one after the other."""

import django.contrib.postgres.fields
from django.db import migrations, models

from ulak_server.database.policies import tenant_table


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_design"),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("taxpayer_id", models.IntegerField()),
                ("what", models.TextField()),
                ("label", models.TextField(default="")),
                ("wanted", models.JSONField(null=True)),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("total", models.IntegerField(default=0)),
                ("last", models.BigIntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("skipped", models.IntegerField(default=0)),
                ("failed", models.IntegerField(default=0)),
                ("faults", models.JSONField(default=list)),
                ("actor", models.TextField(default="")),
                ("origin", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "documents_errand",
                "indexes": [models.Index(fields=["taxpayer_id", "-id"], name="errand_newest")],
            },
        ),
        tenant_table("documents_errand"),
    ]
