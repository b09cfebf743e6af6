from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Aside",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "station",
                        "taxpayer_id",
                        "subject",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("station", models.TextField()),
                ("taxpayer_id", models.IntegerField()),
                ("subject", models.BigIntegerField(default=0)),
                ("reason", models.TextField()),
                ("failures", models.IntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
            options={"db_table": "asides_aside"},
        ),
    ]
