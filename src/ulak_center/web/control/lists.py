"""Routes about the user lists that are published."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from msgspec import Meta

from ulak.userlist import Closure
from ulak_center.ends.lists import Lists
from ulak_center.userlists import List
from ulak_center.web.control.asked import Asked, Number
from ulak_center.web.control.asking import Asking, Route, route
from ulak_center.web.lists import PREFIX
from ulak_center.web.problems import web_error

__all__ = ["ROUTES", "AskEnd"]


class AskEnd(Asked, frozen=True):
    """A taxpayer whose accounts end, for the UserTempList; ``new_number`` after a merger, split or change of type."""

    number: Number
    closed: date | None = None
    new_number: Annotated[str, Meta(pattern=r"^([0-9]{10,11})?\Z")] = ""
    code: Annotated[str, Meta(max_length=60)] = ""
    reason: Annotated[str, Meta(max_length=300)] = ""


def _lists_of(asking: Asking) -> Lists:
    if asking.center.lists is None:
        raise web_error("center.control-missing", name="lists")
    return asking.center.lists


def _lists(asking: Asking) -> Any:
    lists = _lists_of(asking)
    return {"lists": [_list(lists, one) for one in List]}


def _publish(asking: Asking) -> Any:
    found = _lists_of(asking).publish()
    return {"at": found.at.isoformat(), "new": found.is_new, **_lists(asking)}


def _ends(asking: Asking) -> Any:
    return {"ends": [_end(one) for one in _lists_of(asking).ends()]}


def _announce(asking: Asking) -> Any:
    body = asking.body(AskEnd)
    found = _lists_of(asking).announce_end(
        body.number, closed=body.closed, new_number=body.new_number, code=body.code, reason=body.reason
    )
    return _end(found)


def _list(lists: Lists, which: List) -> Any:
    path = lists(which)
    return {"name": which.value, "path": PREFIX + which.value, "size": path.stat().st_size if path.is_file() else None}


def _end(one: Closure) -> Any:
    return {
        "number": one.number,
        "new_number": one.new_number,
        "closed": one.closed.isoformat(),
        "code": one.code,
        "reason": one.reason,
    }


ROUTES: Final[tuple[Route, ...]] = (
    route("GET /control/lists", _lists),
    route("POST /control/lists", _publish),
    route("GET /control/lists/ends", _ends),
    route("POST /control/lists/ends", _announce),
)
