"""A file's first rows under their headings, and what each column is taken for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest

from ulak.errors import Text, UlakError
from ulak.ledger.intake import FIELDS, Look
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Work
from ulak_server.pages.registry import Visit
from ulak_server.portal.rooms.ledger_works_fields import fields_by_group
from ulak_server.portal.rooms.ledger_works_view import Choice

__all__ = ["FIXED", "columns_body"]

_DECIMALS: Final = (
    Choice("auto", Text("kendiliğinden", "automatic")),
    Choice("comma", Text("virgül: 1.234,56", "comma: 1.234,56")),
    Choice("point", Text("nokta: 1,234.56", "point: 1,234.56")),
)
_CONTENTS: Final = (
    Choice("entries", Text("Yevmiye kayıtları", "Journal entries")),
    Choice("accounts", Text("Hesap planı", "Chart of accounts")),
)
_OTHER: Final = Text("Başka bir program", "Another program")
_SHOWN: Final = 8
FIXED: Final = (
    *("entered_by", "entry_comment", "document_type", "document_type_description", "payment_method", "currency"),
    *("branch", "branch_name"),
)
"""Fields that may have the same value in every row."""


def columns_body(request: HttpRequest, visit: Visit, work: Work) -> Mapping[str, Any]:
    """The file that was chosen, the first that is not matched, or the first."""
    found = [one for one in ledgers.files(visit.caller, visit.taxpayer, work.id) if one.state in ("taken", "unknown")]
    files = [{"id": one.id, "name": one.name, "is_unknown": one.state == "unknown"} for one in found]
    if not found:
        return {"files": [], "look": None}
    wanted = request.GET.get("file", "")
    chosen = next((one for one in found if str(one.id) == wanted), None)
    chosen = chosen or next((one for one in found if one.state == "unknown"), found[0])
    values: dict[str, Any] = {"files": files, "file": {"id": chosen.id}, "may_add": not work.is_busy}
    try:
        look = ledgers.looked(visit.caller, visit.taxpayer, work.id, chosen.id)
    except UlakError as error:
        return {**values, "look": None, "look_error": error}
    return {**values, "look": _look(visit, look) if look is not None else None}


def _look(visit: Visit, look: Look) -> dict[str, Any]:
    content = look.content or "entries"
    used = {one.place for one in look.columns if one.field}
    matched = {one.field for one in look.columns if one.field}
    fields = {one.name: one for one in FIELDS[content]}
    programs = ledgers.known_mappings(visit.caller, visit.taxpayer)
    title = next((one.title for one in programs if one.name == look.known), None) if look.known else None
    return {
        "known": look.known,
        "known_title": title,
        "programs": _programs(programs, look.known),
        "contents": _chosen(_CONTENTS, content),
        "sheets": look.sheets if len(look.sheets) > 1 else (),
        "sheet": look.sheet,
        "has_header_row": look.header_row != 0,
        "header": max(look.header_row, 0),
        "decimals": _chosen(_DECIMALS, look.decimal) if look.kind in ("csv", "xlsx", "xls") else (),
        "columns": look.columns,
        "rows": [(number, _cells(cells, used)) for number, cells in look.rows[:_SHOWN]],
        "missing": look.missing,
        "fields": fields_by_group(content),
        "fixables": [
            (fields[name], look.mapping.fixed.get(name, "")) for name in FIXED if name in fields and name not in matched
        ],
        "has_fixed": bool(look.mapping.fixed),
    }


def _cells(cells: Sequence[str], used: set[int]) -> list[dict[str, Any]]:
    return [{"value": cell, "is_used": place in used} for place, cell in enumerate(cells, 1)]


def _programs(programs: Sequence[Any], known: str) -> Sequence[Choice]:
    named = [
        Choice(one.name, one.title if isinstance(one.title, Text) else Text(one.title, one.title), one.name == known)
        for one in programs
    ]
    return [Choice("", _OTHER, not known), *named]


def _chosen(choices: Sequence[Choice], value: str) -> Sequence[Choice]:
    return [one._replace(is_chosen=one.value == value) for one in choices]
