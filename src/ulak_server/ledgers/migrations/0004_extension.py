"""More time that GİB gave: known to all, recorded by operators."""

from __future__ import annotations

from django.db import migrations, models

import ulak_server.clock

_GRANTS = """
ALTER TABLE ledgers_extension ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledgers_extension FORCE ROW LEVEL SECURITY;
GRANT SELECT (id, what, last, until, source) ON ledgers_extension TO ulak_web, ulak_pipeline;
GRANT SELECT, INSERT, DELETE ON ledgers_extension TO ulak_operator;
GRANT USAGE ON SEQUENCE ledgers_extension_id_seq TO ulak_operator;
CREATE POLICY web ON ledgers_extension FOR SELECT TO ulak_web USING (true);
CREATE POLICY pipeline ON ledgers_extension FOR SELECT TO ulak_pipeline USING (true);
CREATE POLICY operator ON ledgers_extension TO ulak_operator USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0003_inventories")]
    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("what", models.CharField(max_length=9)),
                ("last", models.DateField()),
                ("until", models.DateField()),
                ("source", models.TextField()),
                ("made_at", models.DateTimeField(default=ulak_server.clock.now)),
                ("actor", models.TextField(default="")),
            ],
            options={
                "db_table": "ledgers_extension",
                "constraints": [
                    models.UniqueConstraint(fields=("what", "last"), name="one_extension_each"),
                ],
            },
        ),
        migrations.RunSQL(_GRANTS, migrations.RunSQL.noop),
    ]
