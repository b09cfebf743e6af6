"""What somebody does to a document that is being written, done to it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from ulak_server.composing import typed
from ulak_server.composing.editors import EDITORS
from ulak_server.composing.fields import Path, Sort, field_of, path_of
from ulak_server.composing.pasting import pasted
from ulak_server.composing.problems import problem
from ulak_server.composing.reading import value_of
from ulak_server.composing.shares import fee_of
from ulak_server.composing.state import (
    DECODER,
    DEDUCTED,
    MOST_LINES,
    OPTIONS,
    PASSED_ON,
    Change,
    State,
    day_of,
    is_blank,
    line_of,
    value_at,
)  # fmt: skip

__all__ = ["changed"]

_LISTS: Final = frozenset({"lines", "returns", "despatches", "drivers", "orders"})
_SWITCHES: Final = frozenset({"lines", "internet_sale", "incentive"})
"""Members that stay when nothing is left in them."""


def changed(state: State, changes: Sequence[Change]) -> State:
    """The state after these changes, in their order; the given one is left as it is.

    Raises:
        ComposeError: ``compose.field``, ``compose.row``, ``compose.too-many-lines``, ``compose.change``.
    """
    after = State(state.kind, DECODER.decode(msgspec.json.encode(state.members)), dict(state.options))
    for change in changes:
        _DONE[change.do](after, change.at, change.value)
    return after


def _set(state: State, at: str, value: Any) -> None:
    if at.startswith("/options/"):
        _set_option(state, at.removeprefix("/options/"), str(value))
        return
    field = field_of(state.kind, at)
    if field is None:
        raise problem("compose.field", where=at, name=at)
    path = path_of(at)
    steps = (*path[:-1], field.member) if field.member else path
    before = value_at(state.members, at, field)
    after = _fee(state, path, str(value), before) if field.sort is Sort.SHARE else value_of(field, str(value), before)
    _put(state.members, steps, after, at)


def _fee(state: State, path: Path, text: str, before: Any) -> Any:
    """The fee of which what was typed is left; what nobody understands stands in the fee's place."""
    wanted = typed.number(text) if text.strip() else None
    if wanted is None or typed.is_kept(wanted):
        return wanted
    fee = fee_of(line_of(state, int(path[1])), path[2], Decimal(wanted), date.fromisoformat(day_of(state)))
    return before if fee is None else format(fee, "f")


def _set_option(state: State, name: str, value: str) -> None:
    if name not in OPTIONS:
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
        if parent[key] or (isinstance(parent, list) and key < len(parent) - 1) or key in _SWITCHES:
            return
        if isinstance(parent, list) and trail[0][1] == "lines":
            return
        del parent[key]


# -- rows --------------------------------------------------------------------------------------------------------------


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
    rows.insert(place, _passed_on(state, rows, place) if at.startswith("/lines/") else {})


def _passed_on(state: State, rows: Sequence[Any], place: int) -> dict[str, Any]:
    """What a new line takes over from the one above it."""
    above = rows[place - 1] if place and isinstance(rows[place - 1], dict) else {}
    names = PASSED_ON if EDITORS[state.kind].has_profile else (*PASSED_ON, DEDUCTED)
    return {name: copy.deepcopy(above[name]) for name in names if name in above}


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
    passed = _passed_on(state, rows, place)
    rows[place:place] = [{**passed, **row} for row in found]


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
