"""The UserTempList: taxpayers whose accounts were closed (UserList Kılavuzu V1.0, 3).

A row stays in the list for seven days, so the list must be asked for more often than that. No source gives its schema,
its address or its file's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ulak.userlist.fields import Fields
from ulak.userlist.limits import Limits
from ulak.userlist.markup import escaped
from ulak.userlist.records import Names, OnFault, Shape, Texts, records
from ulak.userlist.sources import Source, pieces_of
from ulak.userlist.times import DAY_FORM, day_of, day_text
from ulak.userlist.values import Closure
from ulak.userlist.writing import in_pieces

__all__ = ["closure_list", "read_closures"]

_ROOT: Final = "UserTempList"
_ELEMENTS: Final = (
    *("Identifier", "NewIdentifier", "ClosureDate"),
    *("Status", "RegistrationCode", "RegistrationDescription"),
)
_SHAPE: Final = Shape(_ROOT, {"User": "", **dict.fromkeys(_ELEMENTS, "User")})
_STATUS: Final = "1"


def read_closures(
    source: Source,
    *,
    on_fault: OnFault | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> Iterator[Closure]:
    """The rows of a UserTempList, one after the other; arguments and errors like `read_users`."""
    return records(pieces_of(source, limits), _SHAPE, _closure, on_fault, limits)


def closure_list(closures: Iterable[Closure]) -> Iterator[bytes]:
    """The XML of a UserTempList in pieces, UTF-8.

    Raises:
        UserListError: ``userlist.unwritable``.
    """
    return in_pieces(_ROOT, map(_row, closures))


def _closure(names: Names, texts: Texts, ordinal: int) -> Closure:
    fields = Fields(ordinal)
    for name, text in zip(names, texts, strict=True):
        fields.put(name, text)
    number, day = fields.number("Identifier"), fields.filled("ClosureDate")
    closed = day_of(day)
    if closed is None:
        raise fields.no_time("ClosureDate", day, DAY_FORM)
    return Closure(
        number,
        fields.number("NewIdentifier") if fields.values.get("NewIdentifier") else "",
        closed,
        fields.code("Status", fields.filled("Status"), {_STATUS: _STATUS}),
        fields.values.get("RegistrationCode", ""),
        fields.values.get("RegistrationDescription", ""),
    )


def _row(closure: Closure) -> str:
    values = closure._replace(closed=day_text(closure.closed))  # type: ignore[arg-type]
    cells = zip(_ELEMENTS, values, strict=True)
    inner = "".join(f"<{name}>{escaped(str(value), name, closure.number)}</{name}>" for name, value in cells)
    return f"<User>{inner}</User>"
