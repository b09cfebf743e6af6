"""Keeping drafts as a function, whose plan is kept."""

from __future__ import annotations

from typing import Final

from django.db import migrations

from ulak_server.database.planned import writing

_KEEP: Final = """
INSERT INTO archive_draft (month, owner, part, taxpayer_id, key_id, dictionary_id, data)
SELECT * FROM unnest(months, owners, parts, taxpayers, keys, dictionaries, bodies)
ON CONFLICT (month, owner, part)
DO UPDATE SET key_id = excluded.key_id, dictionary_id = excluded.dictionary_id, data = excluded.data
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_dictionaries")]
    operations = [
        writing(
            "archive_keep_drafts",
            "months date[], owners bigint[], parts smallint[], taxpayers int[], keys int[], dictionaries int[],"
            " bodies bytea[]",
            _KEEP,
        )
    ]
