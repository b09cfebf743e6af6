"""Documents as they come and go, what lists are made of, and how they are handed in."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Handed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "taxpayer_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("taxpayer_id", models.IntegerField()),
                ("key", models.TextField()),
                ("digest", models.BinaryField()),
                ("document_id", models.BigIntegerField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "documents_handed",
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
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("document_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("taxpayer_id", models.IntegerField()),
                ("kind", models.TextField()),
                ("stage", models.TextField()),
                ("wake_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("code", models.TextField(default="")),
                ("carrier_id", models.BigIntegerField(null=True)),
                ("road", models.BinaryField()),
            ],
            options={
                "db_table": "documents_answer",
                "indexes": [
                    models.Index(
                        condition=models.Q(("wake_at__isnull", False)), fields=["wake_at"], name="answer_alarm"
                    ),
                    models.Index(
                        condition=models.Q(("stage", "open")), fields=["taxpayer_id", "until"], name="answer_deadline"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("taxpayer_id", models.IntegerField()),
                ("key", models.TextField(null=True)),
                ("digest", models.BinaryField()),
                ("form", models.TextField()),
                ("intent", models.TextField()),
                ("stage", models.TextField(default="stored")),
                ("wake_at", models.DateTimeField(null=True)),
                ("pieces", models.IntegerField(default=0)),
                ("piece", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("read", models.IntegerField(default=0)),
                ("accepted", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("options", models.JSONField(default=dict)),
                ("actor", models.TextField(default="")),
                ("origin", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "documents_batch",
                "indexes": [
                    models.Index(condition=models.Q(("wake_at__isnull", False)), fields=["wake_at"], name="batch_alarm")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key__isnull", False)), fields=("taxpayer_id", "key"), name="one_key_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("accepted_at", models.DateTimeField()),
                (
                    "amount",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.RawSQL(
                            "(greatest(least(coalesce(payable, 0), 90000000000000000), -90000000000000000) * 100)::bigint",
                            [],
                        ),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                ("taxpayer_id", models.IntegerField()),
                ("month", models.DateField()),
                ("direction", models.SmallIntegerField(choices=[(1, "Out"), (2, "In")])),
                (
                    "shelf",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                models.Q(("kind__in", ["despatch_advice", "receipt_advice"])), then=models.Value(3)
                            ),
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
                (
                    "state",
                    models.GeneratedField(
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
                                    models.Q(
                                        (
                                            "stage__in",
                                            ["accepted", "judged", "sealed", "on-road", "retrying", "looking"],
                                        )
                                    ),
                                    then=models.Value(11),
                                ),
                                models.When(
                                    models.Q(
                                        ("stage__in", ["faulty", "returned", "to-correct", "clashed", "disputed"])
                                    ),
                                    then=models.Value(12),
                                ),
                                models.When(
                                    models.Q(("stage__in", ["cancelled", "withdrawn", "expired"])),
                                    then=models.Value(19),
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
                ("form", models.SmallIntegerField(choices=[(1, "Json"), (2, "Ubl"), (3, "Sealed")])),
                ("answer", models.SmallIntegerField(db_default=0, default=0)),
                ("priority", models.BooleanField(default=False)),
                ("is_automatic", models.BooleanField(db_default=False, default=False)),
                ("ettn", models.UUIDField()),
                ("issue_date", models.DateField(null=True)),
                ("party_id", models.IntegerField(null=True)),
                (
                    "serial",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.RawSQL(
                            "CASE WHEN number ~ '^[A-Z0-9]{3}20[0-9]{11}$' THEN right(number, 9)::int END", []
                        ),
                        output_field=models.IntegerField(null=True),
                    ),
                ),
                ("series_id", models.IntegerField(null=True)),
                ("batch_id", models.BigIntegerField(null=True)),
                ("sealed_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("envelope", models.UUIDField(null=True)),
                ("work", models.SmallIntegerField(choices=[(1, "Judge"), (2, "Seal"), (3, "Pack")], null=True)),
                ("ready_at", models.DateTimeField(null=True)),
                ("wake_at", models.DateTimeField(null=True)),
                ("about_id", models.BigIntegerField(null=True)),
                ("design_id", models.IntegerField(null=True)),
                ("stage", models.TextField()),
                ("kind", models.TextField()),
                ("profile", models.TextField(default="")),
                ("type_code", models.TextField(default="")),
                ("currency", models.CharField(default="", max_length=3)),
                ("number", models.TextField(db_collation="C", null=True)),
                ("partner", models.TextField(default="")),
                ("payable", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("vat", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("alias", models.TextField(default="")),
                ("sender_alias", models.TextField(default="")),
                ("erp_key", models.TextField(db_collation="C", null=True)),
                ("party_title", models.TextField(default="")),
                (
                    "labels",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None),
                ),
                ("error", models.JSONField(null=True)),
                ("road", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "documents_document",
                "indexes": [
                    models.Index(
                        condition=models.Q(("work__isnull", False)),
                        fields=["work", "taxpayer_id", "id"],
                        name="document_work",
                    ),
                    models.Index(
                        condition=models.Q(("wake_at__isnull", False)), fields=["wake_at"], name="document_alarm"
                    ),
                    models.Index(
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
                    models.Index(fields=["taxpayer_id", "shelf", "issue_date"], name="document_by_day"),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["accepted_at"], name="document_taken_in", pages_per_range=32
                    ),
                    models.Index(fields=["taxpayer_id", "shelf", "amount"], name="document_by_amount"),
                    models.Index(fields=["taxpayer_id", "party_id", "shelf"], name="document_by_party"),
                    models.Index(
                        condition=models.Q(("labels__isnull", False)),
                        fields=["taxpayer_id", "shelf", "id"],
                        include=("labels", "state", "issue_date", "party_id", "amount", "currency"),
                        name="document_labelled",
                    ),
                    models.Index(
                        condition=models.Q(("direction", 2), ("number__isnull", False)),
                        fields=["taxpayer_id", "number"],
                        name="document_number_in",
                    ),
                    models.Index(
                        condition=models.Q(("serial__isnull", False)),
                        fields=["taxpayer_id", "serial"],
                        name="document_by_serial",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", [10, 12, 14, 16, 17, 19, 21, 31, 32, 34, 35, 37])),
                        fields=["taxpayer_id", "shelf", "state", "id"],
                        include=("issue_date", "party_id", "amount", "currency", "type_code"),
                        name="document_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("about_id__isnull", False)), fields=["about_id"], name="document_about"
                    ),
                    models.Index(
                        condition=models.Q(("batch_id__isnull", False)), fields=["batch_id"], name="document_of_batch"
                    ),
                    models.Index(
                        condition=models.Q(("direction", 1), ("stage__in", ["issued", "voided"])),
                        fields=["taxpayer_id", "stage", "sealed_at"],
                        include=("id", "kind"),
                        name="document_issued",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("taxpayer_id", "direction", "ettn"), name="one_ettn_each"),
                    models.UniqueConstraint(
                        condition=models.Q(("direction", 1), ("number__isnull", False)),
                        fields=("taxpayer_id", "number"),
                        name="one_number_each",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("erp_key__isnull", False)),
                        fields=("taxpayer_id", "erp_key"),
                        name="one_erp_key_each",
                    ),
                ],
            },
        ),
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
                "indexes": [models.Index(fields=["taxpayer_id", "sort_key", "id"], name="party_sorted")],
                "constraints": [
                    models.UniqueConstraint(fields=("taxpayer_id", "number", "title"), name="one_party_each")
                ],
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
                "indexes": [
                    models.Index(fields=["taxpayer_id", "shelf", "day"], name="tally_day"),
                    models.Index(condition=models.Q(("is_sum", False)), fields=["taxpayer_id"], name="tally_change"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taxpayer_id", models.IntegerField()),
                ("place", models.IntegerField()),
                ("name", models.TextField(default="")),
                ("problem", models.JSONField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="refusals", to="documents.batch"
                    ),
                ),
            ],
            options={
                "db_table": "documents_refusal",
                "constraints": [models.UniqueConstraint(fields=("batch", "place"), name="one_refusal_each")],
            },
        ),
    ]
