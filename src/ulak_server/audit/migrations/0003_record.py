"""Writing entries as a function, whose plan is kept."""

from __future__ import annotations

from typing import Final

from django.db import migrations

from ulak_server.database.planned import writing

_RECORD: Final = """
INSERT INTO audit_entry (at, taxpayer_id, what, documents, envelope, stage, code, actor, origin, facts)
SELECT v.at, v.taxpayer, v.what, v.documents::bigint[], v.envelope, v.stage, v.code, v.actor, v.origin, v.facts::jsonb
FROM unnest(moments, taxpayers, whats, documents_each, envelopes, stages, codes, actors, origins, facts_each)
    AS v(at, taxpayer, what, documents, envelope, stage, code, actor, origin, facts)
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_rows")]
    operations = [
        writing(
            "audit_record",
            "moments timestamptz[], taxpayers int[], whats text[], documents_each text[], envelopes uuid[],"
            " stages text[], codes text[], actors text[], origins text[], facts_each text[]",
            _RECORD,
        )
    ]
