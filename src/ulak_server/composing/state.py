"""A document as it is being written: the friendly JSON, which may still lack anything, and how it goes out.

Every change names the field by its pointer and holds what was typed. Members that the editor has no field for stay as
they are. Nothing here asks anybody or judges anything.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from ulak.ubl.documents import read_document
from ulak.ubl.forms import to_json
from ulak_server.composing.fields import TABLES, Field, Path, field_of, path_of
from ulak_server.composing.pasting import pasted
from ulak_server.composing.problems import problem
from ulak_server.composing.reading import text_of, value_of
from ulak_server.documents.intake import Options
from ulak_server.documents.items import Item

__all__ = [
    "MOST_LINES",
    "Change",
    "State",
    "changed",
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
_OPTIONS: Final = ("series", "branch", "alias", "sender_alias")
_PASSED_ON: Final = (
    "unit", "vat", "withholding", "withholding_percent", "exemption", "exemption_reason",
)  # fmt: skip
"""What a new line takes over from the one above it."""
_DECODER: Final = msgspec.json.Decoder(float_hook=str)
"""Digit by digit, never through binary floating point."""
_LISTS: Final = frozenset({"lines", "returns", "despatches", "drivers", "orders"})


class State(NamedTuple):
    """What is being written.

    Attributes:
        kind: ``invoice`` or ``despatch_advice``.
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
        series, branch, alias, sender_alias = (self.options.get(name, "") for name in _OPTIONS)
        said = options._replace(series=series, branch=branch, alias=alias, sender_alias=sender_alias)
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
        members = _DECODER.decode(item.data if item.format == "json" else to_json(read_document(item.data)))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        members = None
    if not isinstance(members, dict):
        raise problem("compose.content")
    kind = members.get("document", "invoice")
    if kind not in TABLES:
        raise problem("compose.kind", kind=str(kind))
    members["document"] = kind
    given = {name: getattr(item.options, name) for name in _OPTIONS}
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
    is_known = isinstance(do, str) and do in _DONE
    if not is_known or not isinstance(value, str | int) or len(str(value)) > longest or len(one["at"]) > _LONGEST:
        raise problem("compose.change")
    text = value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
    return Change(do, one["at"], text)


def changed(state: State, changes: Sequence[Change]) -> State:
    """The state after these changes, in their order; the given one is left as it is.

    Raises:
        ComposeError: ``compose.field``, ``compose.row``, ``compose.too-many-lines``, ``compose.change``.
    """
    after = State(state.kind, _DECODER.decode(msgspec.json.encode(state.members)), dict(state.options))
    for change in changes:
        _DONE[change.do](after, change.at, change.value)
    return after


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
    return text_of(field, value_at(state.members, pointer, field)) if field else ""


def walk(state: State) -> Iterator[tuple[str, Field, Any]]:
    """Every field that has a value: its pointer, itself and the value."""
    table = TABLES[state.kind]
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


def _set(state: State, at: str, value: Any) -> None:
    if at.startswith("/options/"):
        _set_option(state, at.removeprefix("/options/"), str(value))
        return
    field = field_of(state.kind, at)
    if field is None:
        raise problem("compose.field", where=at, name=at)
    path = path_of(at)
    steps = (*path[:-1], field.member) if field.member else path
    _put(state.members, steps, value_of(field, str(value), value_at(state.members, at, field)), at)


def _set_option(state: State, name: str, value: str) -> None:
    if name not in _OPTIONS:
        raise problem("compose.field", name=f"/options/{name}")
    state.options.pop(name, None)
    if value.strip():
        state.options[name] = value.strip()


def _put(members: dict[str, Any], steps: Sequence[str], value: Any, at: str) -> None:
    """Set a member, making what it stands in; nothing takes it away, together with what is empty then."""
    found: Any = members
    trail: list[tuple[Any, Any]] = []
    for place, step in enumerate(steps[:-1]):
        key: Any = int(step) if isinstance(found, list) else step
        made: Any = [] if step in _LISTS and place == 0 else {}
        if isinstance(found, list):
            if key > len(found) or key >= MOST_LINES:
                raise problem("compose.row", where=at)
            if key == len(found):
                found.append(made)
        elif not isinstance(found.get(key), type(made)):
            found[key] = made
        trail.append((found, key))
        found = found[key]
    if value is None:
        found.pop(steps[-1], None)
        _prune(trail)
    else:
        found[steps[-1]] = value


def _prune(trail: Sequence[tuple[Any, Any]]) -> None:
    for parent, key in reversed(trail):
        if parent[key] or (isinstance(parent, list) and key < len(parent) - 1) or key == "lines":
            return
        if isinstance(parent, list) and trail[0][1] == "lines":
            return
        del parent[key]


# -- rows --------------------------------------------------------------------------------------------------------------


def line_of(state: State, at: int) -> dict[str, Any]:
    """A line, or an empty one where there is none."""
    return state.lines[at] if at < len(state.lines) else {}


def _rows(state: State, at: str) -> tuple[list[Any], int]:
    path = path_of(at)
    if len(path) != 2 or path[0] not in _LISTS or not (path[1].isascii() and path[1].isdecimal()) or len(path[1]) > 6:
        raise problem("compose.row", where=at)
    rows = state.members.get(path[0])
    if not isinstance(rows, list):
        rows = state.members[path[0]] = []
    place = int(path[1])
    if place > len(rows):
        raise problem("compose.row", where=at)
    return rows, place


def _room(rows: Sequence[Any], more: int = 1) -> None:
    if len(rows) + more > MOST_LINES:
        raise problem("compose.too-many-lines", most=MOST_LINES)


def _add(state: State, at: str, value: Any) -> None:
    rows, place = _rows(state, at)
    _room(rows)
    above = rows[place - 1] if place and isinstance(rows[place - 1], dict) else {}
    rows.insert(place, {name: above[name] for name in _PASSED_ON if name in above} if at.startswith("/lines/") else {})


def _existing(state: State, at: str) -> tuple[list[Any], int]:
    rows, place = _rows(state, at)
    if place >= len(rows):
        raise problem("compose.row", where=at)
    return rows, place


def _remove(state: State, at: str, value: Any) -> None:
    rows, place = _existing(state, at)
    del rows[place]
    if not rows and not at.startswith("/lines/"):
        del state.members[path_of(at)[0]]
    elif not rows:
        rows.append({})


def _copy(state: State, at: str, value: Any) -> None:
    rows, place = _existing(state, at)
    _room(rows)
    rows.insert(place + 1, {k: v for k, v in copy.deepcopy(rows[place]).items() if k not in ("id", "ubl")})


def _move(state: State, at: str, value: Any) -> None:
    rows, place = _existing(state, at)
    try:
        to = min(max(int(value), 0), len(rows) - 1)
    except ValueError:
        raise problem("compose.change") from None
    rows.insert(to, rows.pop(place))


def _paste(state: State, at: str, value: Any) -> None:
    rows, place = _rows(state, at)
    found = pasted(state.kind, str(value))
    if place < len(rows) and not is_blank(rows[place]):
        place += 1
    elif place < len(rows):
        blank = rows.pop(place)
        found = [{**blank, **row} for row in found]
    _room(rows, len(found))
    above = rows[place - 1] if place and isinstance(rows[place - 1], dict) else {}
    passed = {name: above[name] for name in _PASSED_ON if name in above}
    rows[place:place] = [{**passed, **row} for row in found]


def is_blank(row: Any) -> bool:
    """Whether nothing has been written into a line but what it held from the beginning."""
    return not isinstance(row, dict) or set(row) <= {*_PASSED_ON, "quantity"}


def _all(state: State, at: str, value: Any) -> None:
    path, field = path_of(at), field_of(state.kind, at)
    if field is None or path[0] != "lines" or len(path) != 3:
        raise problem("compose.field", where=at, name=at)
    name = field.member or path[2]
    _, place = _existing(state, "/" + "/".join(path[:2]))
    given = state.lines[place].get(name)
    for row in state.lines:
        row.pop(name, None)
        if given is not None:
            row[name] = copy.deepcopy(given)


def _merge(state: State, at: str, value: Any) -> None:
    """Take members over from where they are known: a customer from the books, an item, a repair."""
    if not isinstance(value, Mapping):
        raise problem("compose.change")
    if at == "/options":
        for name, text in value.items():
            _set_option(state, name, str(text))
        return
    path = path_of(at)
    if at == "":
        state.members.update(copy.deepcopy(dict(value)))
    elif len(path) == 2 and path[0] in _LISTS:
        rows, place = _rows(state, at)
        if place == len(rows):
            _room(rows)
            rows.append({})
        rows[place].update(copy.deepcopy(dict(value)))
    else:
        _put(state.members, path, copy.deepcopy(dict(value)) or None, at)


_DONE: Final = {
    "set": _set,
    "add": _add,
    "remove": _remove,
    "copy": _copy,
    "move": _move,
    "paste": _paste,
    "all": _all,
    "merge": _merge,
}
