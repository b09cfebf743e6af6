"""Taking documents in as functions, whose plans are kept; their ids may be drawn before they are written."""

from __future__ import annotations

from typing import Final

from django.db import migrations

from ulak_server.database.planned import asking, writing
from ulak_server.database.roles import Role

_DESKS: Final = """
SELECT t.id, t.number::text, t.title, t.contract_from, t.contract_until,
 (SELECT array_agg(ARRAY[a.service::text, a.stage::text]) FROM taxpayers_account a WHERE a.taxpayer_id = t.id),
 (SELECT json_agg(json_build_array(l.service, l.role, l.name, l.is_default) ORDER BY l.id)
    FROM taxpayers_alias l WHERE l.taxpayer_id = t.id AND l.closed_at IS NULL),
 (SELECT json_agg(json_build_array(s.id, s.kind, s.purpose, s.prefix, s.branch, s.is_default, s.closed_at IS NULL)
    ORDER BY s.id) FROM taxpayers_series s WHERE s.taxpayer_id = t.id),
 (SELECT json_agg(json_build_array(p.prefix, p.kind, p.purpose)) FROM documents_prefix p WHERE p.taxpayer_id = t.id)
FROM taxpayers_taxpayer t WHERE t.id = ANY (taxpayers)
"""
_DESK: Final = (
    "taxpayer int, number text, title text, contract_from date, contract_until date, accounts text[], aliases json,"
    " series json, prefixes json"
)
_COLUMNS: Final = {
    "id": "bigint",
    "kind": "text",
    "profile": "text",
    "type_code": "text",
    "ettn": "uuid",
    "number": "text",
    "series_id": "int",
    "issue_date": "date",
    "partner": "text",
    "alias": "text",
    "sender_alias": "text",
    "erp_key": "text",
    "priority": "bool",
    "form": "smallint",
    "party_title": "text",
    "currency": "text",
    "payable": "numeric",
    "vat": "numeric",
    "design_id": "int",
    "is_automatic": "bool",
    "party_id": "int",
    "taxpayer_id": "int",
    "month": "date",
    "direction": "smallint",
    "stage": "text",
    "wake_at": "timestamptz",
    "road": "bytea",
    "work": "smallint",
    "ready_at": "timestamptz",
    "about_id": "bigint",
    "batch_id": "bigint",
    "accepted_at": "timestamptz",
}
_NAMES: Final = ", ".join(_COLUMNS)
_ARRAYS: Final = ", ".join(f"{name}_each" for name in _COLUMNS)
_TAKE: Final = f"INSERT INTO documents_document ({_NAMES}) SELECT * FROM unnest({_ARRAYS})"  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_rows"), ("taxpayers", "0002_rows")]
    operations = [
        asking("documents_desks", "taxpayers int[]", _DESK, _DESKS),
        migrations.RunSQL(
            f"GRANT USAGE ON SEQUENCE documents_document_id_seq TO {Role.WEB}, {Role.PIPELINE}",
            f"REVOKE USAGE ON SEQUENCE documents_document_id_seq FROM {Role.WEB}, {Role.PIPELINE}",
        ),
        writing("documents_take", ", ".join(f"{name}_each {kind}[]" for name, kind in _COLUMNS.items()), _TAKE),
    ]
