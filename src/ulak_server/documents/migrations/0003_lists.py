"""What lists of documents are made of: parties, counts, and columns that say how a document stands."""

import django.db.models.expressions
from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("taxpayer_id", models.IntegerField()),
                ("number", models.TextField(db_collation="C")),
                ("title", models.TextField(db_collation="C")),
                ("sort_key", models.TextField(db_collation="C")),
            ],
            options={
                "db_table": "documents_party",
            },
        ),
        migrations.CreateModel(
            name="PartyWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "taxpayer_id", "word", "party_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("taxpayer_id", models.IntegerField()),
                ("word", models.TextField(db_collation="C")),
                ("party_id", models.IntegerField()),
            ],
            options={
                "db_table": "documents_party_word",
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("taxpayer_id", models.IntegerField()),
                ("shelf", models.SmallIntegerField()),
                ("direction", models.SmallIntegerField()),
                ("state", models.SmallIntegerField()),
                ("kind", models.TextField()),
                ("profile", models.TextField()),
                ("type_code", models.TextField()),
                ("currency", models.TextField()),
                ("day", models.DateField()),
                ("documents", models.BigIntegerField()),
                ("payable", models.DecimalField(decimal_places=2, max_digits=24)),
                ("vat", models.DecimalField(decimal_places=2, max_digits=24)),
                ("is_sum", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "db_table": "documents_tally",
            },
        ),
        migrations.RemoveIndex(
            model_name="document",
            name="document_of_taxpayer",
        ),
        migrations.AlterField(
            model_name="document",
            name="erp_key",
            field=models.TextField(db_collation="C", null=True),
        ),
        migrations.AlterField(
            model_name="document",
            name="number",
            field=models.TextField(db_collation="C", null=True),
        ),
        migrations.AddField(
            model_name="document",
            name="amount",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.expressions.RawSQL(
                    "(greatest(least(coalesce(payable, 0), 90000000000000000), -90000000000000000) * 100)::bigint",
                    [],
                ),
                output_field=models.BigIntegerField(),
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="answer",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="document",
            name="party_id",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="document",
            name="serial",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.expressions.RawSQL(
                    "CASE WHEN number ~ '^[A-Z0-9]{3}20[0-9]{11}$' THEN right(number, 9)::int END", []
                ),
                output_field=models.IntegerField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="shelf",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(models.Q(("kind__in", ["despatch_advice", "receipt_advice"])), then=models.Value(3)),
                    models.When(models.Q(("kind", "application_response")), then=models.Value(4)),
                    models.When(
                        models.Q(("kind__in", ["freelance_receipt", "producer_receipt", "expense_note"])),
                        then=models.Value(5),
                    ),
                    models.When(models.Q(("direction", 2)), then=models.Value(2)),
                    default=models.Value(1),
                    output_field=models.SmallIntegerField(),
                ),
                output_field=models.SmallIntegerField(),
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="state",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.expressions.CombinedExpression(
                    models.Case(
                        models.When(models.Q(("answer", 1), ("direction", 2)), then=models.Value(31)),
                        models.When(models.Q(("answer", 2), ("direction", 2)), then=models.Value(32)),
                        models.When(models.Q(("answer", 3), ("direction", 2)), then=models.Value(33)),
                        models.When(models.Q(("answer", 4), ("direction", 2)), then=models.Value(34)),
                        models.When(models.Q(("answer", 5), ("direction", 2)), then=models.Value(35)),
                        models.When(models.Q(("answer", 6), ("direction", 2)), then=models.Value(36)),
                        models.When(models.Q(("answer", 7), ("direction", 2)), then=models.Value(37)),
                        models.When(models.Q(("direction", 2)), then=models.Value(30)),
                        models.When(models.Q(("stage__in", ["draft"])), then=models.Value(10)),
                        models.When(
                            models.Q(("stage__in", ["accepted", "judged", "sealed", "on-road", "retrying", "looking"])),
                            then=models.Value(11),
                        ),
                        models.When(
                            models.Q(("stage__in", ["faulty", "returned", "to-correct", "clashed", "disputed"])),
                            then=models.Value(12),
                        ),
                        models.When(
                            models.Q(("stage__in", ["cancelled", "withdrawn", "expired"])), then=models.Value(19)
                        ),
                        models.When(models.Q(("stage__in", ["issued"])), then=models.Value(20)),
                        models.When(models.Q(("stage__in", ["voided"])), then=models.Value(21)),
                        models.When(models.Q(("answer", 1)), then=models.Value(14)),
                        models.When(models.Q(("answer", 3)), then=models.Value(15)),
                        models.When(models.Q(("answer", 4)), then=models.Value(16)),
                        models.When(models.Q(("answer", 5)), then=models.Value(17)),
                        models.When(models.Q(("answer", 6)), then=models.Value(18)),
                        default=models.Value(13),
                        output_field=models.SmallIntegerField(),
                    ),
                    "+",
                    models.Case(
                        models.When(models.Q(("stage", "taken")), then=models.Value(40)),
                        default=models.Value(0),
                        output_field=models.SmallIntegerField(),
                    ),
                ),
                output_field=models.SmallIntegerField(),
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="vat",
            field=models.DecimalField(decimal_places=2, max_digits=20, null=True),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["taxpayer_id", "shelf", "id"],
                include=(
                    "state",
                    "issue_date",
                    "party_id",
                    "amount",
                    "currency",
                    "profile",
                    "type_code",
                    "accepted_at",
                ),
                name="document_list",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("labels__isnull", False)),
                fields=["taxpayer_id", "shelf", "id"],
                include=("labels", "state", "issue_date", "party_id", "amount", "currency"),
                name="document_labelled",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("direction", 2), ("number__isnull", False)),
                fields=["taxpayer_id", "number"],
                name="document_number_in",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=BrinIndex(fields=["accepted_at"], name="document_taken_in", pages_per_range=32, autosummarize=True),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["taxpayer_id", "shelf", "issue_date"], name="document_by_day"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["taxpayer_id", "shelf", "amount"], name="document_by_amount"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["taxpayer_id", "party_id", "shelf"], name="document_by_party"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("serial__isnull", False)),
                fields=["taxpayer_id", "serial"],
                name="document_by_serial",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("state__in", [10, 12, 14, 16, 17, 19, 21, 31, 32, 34, 35, 37])),
                fields=["taxpayer_id", "shelf", "state", "id"],
                include=("issue_date", "party_id", "amount", "currency", "type_code"),
                name="document_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["taxpayer_id", "sort_key", "id"], name="party_sorted"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("taxpayer_id", "number", "title"), name="one_party_each"),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["taxpayer_id", "shelf", "day"], name="tally_day"),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(condition=models.Q(("is_sum", False)), fields=["taxpayer_id"], name="tally_change"),
        ),
    ]
