"""Bodies in monthly partitions, and who may see them: nobody without a scope, operators never."""

from __future__ import annotations

from django.db import migrations

from ulak_server.database.policies import shared_table, tenant_table

_BODY = """
CREATE TABLE archive_body (
    owner bigint NOT NULL,
    month date NOT NULL,
    taxpayer_id integer NOT NULL,
    key_id integer NOT NULL,
    dictionary_id integer NOT NULL,
    part smallint NOT NULL,
    data bytea STORAGE EXTERNAL NOT NULL,
    PRIMARY KEY (month, owner, part)
) PARTITION BY RANGE (month);
CREATE TABLE archive_body_rest PARTITION OF archive_body DEFAULT;
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial"), ("audit", "0002_rows")]
    operations = [
        migrations.RunSQL(_BODY, "DROP TABLE archive_body"),
        tenant_table("archive_body"),
        shared_table("archive_data_key", web="SELECT, INSERT", pipeline="SELECT, INSERT", operator=""),
        shared_table("archive_dictionary", web="SELECT", pipeline="SELECT, INSERT", operator=""),
    ]
