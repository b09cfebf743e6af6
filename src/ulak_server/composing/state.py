"""A document as it is being written: the friendly JSON, which may still lack anything, and how it goes out.

Every change names the field by its pointer and holds what was typed. Members that the editor has no field for stay as
they are. Nothing here asks anybody or judges anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec

from ulak.ubl.documents import read_document
from ulak.ubl.forms import to_json
from ulak_server import clock
from ulak_server.composing import typed
from ulak_server.composing.fields import TABLES, Field, Path, Sort, field_of, path_of
from ulak_server.composing.problems import problem
from ulak_server.composing.reading import text_of
from ulak_server.composing.shares import share
from ulak_server.documents.intake import AUTOMATIC, Options
from ulak_server.documents.items import Item

__all__ = [
    "MOST_LINES",
    "Change",
    "State",
    "day_of",
    "is_blank",
    "line_of",
    "new",
    "of_item",
    "read_changes",
    "text_at",
    "value_at",
    "walk",
]

MOST_LINES: Final = 5_000
_MOST_CHANGES: Final = 10_000
_LONGEST: Final = 20_000
_LONGEST_PASTE: Final = 4_000_000
DOINGS: Final = frozenset({"set", "add", "remove", "copy", "move", "paste", "all", "merge"})
"""What a `Change` may do (`changing`)."""
ROUTE: Final = "route"
"""Whether GİB's list decides between e-Fatura and e-Arşiv; said by `assessing.finished`, never by a person."""
OPTIONS: Final = ("series", "branch", "alias", "sender_alias")
PASSED_ON: Final = (
    "unit", "vat", "withholding", "withholding_percent", "exemption", "exemption_reason", "income_withholding",
)  # fmt: skip
"""What a new line takes over from the one above it."""
DEDUCTED: Final = "taxes"
"""Deductions, which a new line of a receipt takes over too."""
DECODER: Final = msgspec.json.Decoder(float_hook=str)
"""Digit by digit, never through binary floating point."""


class State(NamedTuple):
    """What is being written.

    Attributes:
        kind: of `EDITORS`.
        members: the friendly JSON; numbers stand as text.
        options: series, alias … by their names in `Options`; only those that are set.
    """

    kind: str
    members: dict[str, Any]
    options: dict[str, str]

    @property
    def lines(self) -> list[dict[str, Any]]:
        found = self.members.get("lines")
        return found if isinstance(found, list) else []

    def item(self, options: Options = Options()) -> Item:  # noqa: B008
        """As documents are handed in, with what else is said of it."""
        series, branch, alias, sender_alias, route = (self.options.get(name, "") for name in (*OPTIONS, ROUTE))
        said = options._replace(series=series, branch=branch, alias=alias, sender_alias=sender_alias, route=route)
        return Item(msgspec.json.encode(self.members), "json", said)


class Change(NamedTuple):
    """One thing that somebody does.

    Attributes:
        do: ``set`` a field to a text; ``add``, ``remove``, ``copy`` a row of a list; ``move`` it to the place
            ``value``; ``paste`` lines of a spreadsheet; ``all``: give all lines this line's value of a field; ``merge``
            members into an object, or into the options.
        at: JSON pointer; ``/options/alias`` and its siblings are how it goes out.
        value: what was typed.
    """

    do: str
    at: str
    value: Any = ""


def new(kind: str, supplier: Mapping[str, Any], line: Mapping[str, Any] | None = None) -> State:
    """An empty document with one empty line.

    Args:
        line: what the first line holds from the beginning, e.g. the usual VAT.
    """
    members: dict[str, Any] = {"document": kind, "supplier": dict(supplier), "lines": [dict(line or {})]}
    return State(kind, members, {})


def of_item(item: Item) -> State:
    """What was kept of a draft, or a whole document, as it is edited.

    Raises:
        ComposeError: ``compose.kind`` for a kind that has no editor, ``compose.content`` for what is no object.
        UlakError: what reading UBL raises.
    """
    try:
        members = DECODER.decode(item.data if item.format == "json" else to_json(read_document(item.data)))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        members = None
    if not isinstance(members, dict):
        raise problem("compose.content")
    kind = members.get("document", "invoice")
    if kind not in TABLES:
        raise problem("compose.kind", kind=str(kind))
    members["document"] = kind
    given = {name: getattr(item.options, name) for name in OPTIONS}
    if item.options.route == AUTOMATIC:
        members.pop("profile", None)
    return State(kind, members, {name: value for name, value in given.items() if value})


def read_changes(said: Any) -> list[Change]:
    """Changes as a browser sends them: ``[{"do": "set", "at": "/lines/0/price", "value": "12,50"}, …]``.

    Raises:
        ComposeError: ``compose.change``.
    """
    if not isinstance(said, list) or len(said) > _MOST_CHANGES:
        raise problem("compose.change")
    return [_change(one) for one in said]


def _change(one: Any) -> Change:
    if not isinstance(one, dict) or not isinstance(one.get("at"), str):
        raise problem("compose.change")
    do, value = one.get("do", "set"), one.get("value", "")
    longest = _LONGEST_PASTE if do == "paste" else _LONGEST
    is_known = isinstance(do, str) and do in DOINGS
    if not is_known or not isinstance(value, str | int) or len(str(value)) > longest or len(one["at"]) > _LONGEST:
        raise problem("compose.change")
    text = value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
    return Change(do, one["at"], text)


# -- fields ------------------------------------------------------------------------------------------------------------


def value_at(members: Mapping[str, Any], pointer: str, field: Field | None = None) -> Any:
    """The value of a member; None if it is not there."""
    path = path_of(pointer)
    steps = (*path[:-1], field.member) if field and field.member else path
    found: Any = members
    for step in steps:
        if isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(found, list) and step.isascii() and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found


def text_at(state: State, pointer: str) -> str:
    """What a field shows."""
    if pointer.startswith("/options/"):
        return state.options.get(pointer.rpartition("/")[2], "")
    field = field_of(state.kind, pointer)
    if field and field.sort is Sort.SHARE:
        return _share_at(state, pointer)
    return text_of(field, value_at(state.members, pointer, field)) if field else ""


def _share_at(state: State, pointer: str) -> str:
    _, _, line, name = pointer.split("/")
    left = share(line_of(state, int(line)), name, date.fromisoformat(day_of(state)))
    return "" if left is None else typed.shown_number(format(left, "f"))


def day_of(state: State) -> str:
    """The day of issue: the one that was chosen, else today in Istanbul."""
    chosen = state.members.get("date")
    try:
        return date.fromisoformat(str(chosen)).isoformat()
    except ValueError:
        return clock.today().isoformat()


def walk(state: State) -> Iterator[tuple[str, Field, Any]]:
    """Every field that has a value: its pointer, itself and the value."""
    table = {path: field for path, field in TABLES[state.kind].items() if field.sort is not Sort.SHARE}
    for path, field in table.items():
        if "*" not in path:
            pointer = "/" + "/".join(path)
            if (value := value_at(state.members, pointer, field)) is not None:
                yield pointer, field, value
    for name in sorted({path[0] for path in table if "*" in path}):
        rows = state.members.get(name)
        inner = [(path[2:], field) for path, field in table.items() if path[0] == name and "*" in path]
        for at, row in enumerate(rows if isinstance(rows, list) else ()):
            yield from _walk_row(f"/{name}/{at}", row, inner)


def _walk_row(begin: str, row: Any, inner: Sequence[tuple[Path, Field]]) -> Iterator[tuple[str, Field, Any]]:
    if not isinstance(row, Mapping):
        return
    for path, field in inner:
        found: Any = row
        for step in (*path[:-1], field.member) if field.member else path:
            found = found.get(step) if isinstance(found, Mapping) else None
        if found is not None and found != []:
            yield f"{begin}/{'/'.join(path)}", field, found


def line_of(state: State, at: int) -> dict[str, Any]:
    """A line, or an empty one where there is none."""
    return state.lines[at] if at < len(state.lines) else {}


def is_blank(row: Any) -> bool:
    """Whether nothing has been written into a line but what it held from the beginning."""
    return not isinstance(row, dict) or set(row) <= {*PASSED_ON, DEDUCTED, "quantity"}
