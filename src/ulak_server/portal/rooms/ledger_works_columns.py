"""Which column is what: changed by a person, and kept for files with the same columns."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.ledgers import services as ledgers
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.portal.rooms.ledger_works_look import FIXED
from ulak_server.portal.rooms.ledger_works_room import ROOM

_PLACES: Final = 4
"""Digits of a column's place."""


@ROOM.page(
    "POST",
    "ledgers/works/<int:id>/files/<int:file>/columns",
    "ledgers.write",
    Text("Sütunları eşle", "Match columns"),
)
def change_columns(request: HttpRequest, visit: Visit, id: int, file: int) -> HttpResponse:
    """Read a file in another way."""
    is_saved = request.POST.get("then") != "look"
    look = ledgers.looked(visit.caller, visit.taxpayer, id, file)
    before = {one.place: one.field for one in look.columns if one.field} if look else {}
    keep_as = _name(request, visit, id, file) if is_saved and request.POST.get("keep") == "yes" else ""
    reading = _reading(request, before)
    ledgers.choose_mapping(visit.caller, visit.taxpayer, id, file, reading, keep_as=keep_as, origin=visit.origin)
    here = at(visit, "ledger_works.one", id=id)
    return go(request, f"{here}?step=files" if is_saved else f"{here}?step=columns&file={file}")


@ROOM.page("POST", "ledgers/mappings/forget", "ledgers.write", Text("Eşlemeyi unut", "Forget a matching"))
def forget(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Forget how files of a kind were matched."""
    ledgers.forget_mapping(visit.caller, visit.taxpayer, request.POST.get("name", ""))
    said = Text("Eşleme unutuldu.", "The matching was forgotten.")
    return notice(go(request, at(visit, "ledger_works.templates")), said, visit)


def _name(request: HttpRequest, visit: Visit, id: int, file: int) -> str:
    """What a matching is kept as: the name that was given, else its file's."""
    given = request.POST.get("keep_as", "").strip()
    files = ledgers.files(visit.caller, visit.taxpayer, id)
    return given or next((one.name.rpartition(".")[0] for one in files if one.id == file), "")


def _reading(request: HttpRequest, before: dict[int, str]) -> dict[str, Any]:
    """The reading that the form says.

    Args:
        before: the columns as the page showed them: a known program's own unless a person changed one.
    """
    given = request.POST
    columns = {
        int(name.removeprefix("column-")): str(value)
        for name, value in given.items()
        if name.startswith("column-") and value and _is_number(name.removeprefix("column-"))
    }
    fixed = {name: given.get(f"fixed-{name}", "").strip() for name in FIXED if name not in columns.values()}
    known, header = given.get("known", ""), given.get("header", "")
    is_other = known != given.get("shown", "")
    is_changed = columns != before or any(fixed.values())
    reading = {
        "known": known,
        "sheet": given.get("sheet", ""),
        "header": int(header) if _is_number(header) else 0,
        "decimal": given.get("decimal", "auto"),
        "content": given.get("content", "entries"),
        "fixed": {name: value for name, value in fixed.items() if value},
    }
    # Another program's columns are its own; those that the page showed are not sent along.
    return reading if known and (is_other or not is_changed) else {**reading, "columns": columns}


def _is_number(given: str) -> bool:
    return given.isascii() and given.isdigit() and len(given) <= _PLACES
