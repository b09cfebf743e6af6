"""What GİB's services answer: result codes as values, and the faults that carry them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from ulak.errors import Text
from ulak.wire.problems import WireError

__all__ = ["Outcome", "Result", "Results", "ServiceFault"]


class Outcome(StrEnum):
    """How what was asked for stands."""

    WAITING = "waiting"
    OK = "ok"
    ERROR = "error"


class Result(NamedTuple):
    """One documented code of one service.

    Attributes:
        code: Ulak's own name, e.g. ``wire.efatura.2001``; published, never reused.
        number: on the wire.
        label: GİB's own words, letter by letter; what a server says.
        text: what it means.
        repair: what to do.
        permanent: for errors, False if the same call may succeed later.
        in_guide: whether GİB's guide has it; the others were seen in the field only.
    """

    code: str
    number: int
    label: str
    text: Text
    repair: Text
    outcome: Outcome = Outcome.ERROR
    permanent: bool = True
    in_guide: bool = True


class Results:
    """The codes of one operation, or of a service whose operations share them."""

    def __init__(self, rows: Iterable[Result]) -> None:
        self.rows = tuple(rows)
        self._by_number = {row.number: row for row in self.rows}

    def get(self, number: int | None) -> Result | None:
        """The result of a number, None if it is not documented."""
        return None if number is None else self._by_number.get(number)

    def __getitem__(self, number: int) -> Result:
        return self._by_number[number]


class ServiceFault(WireError):
    """A service's own fault: its number, its words, and what is known about it.

    Attributes:
        number: None if the fault has none.
        message: the words that came, or that are to be sent.
        result: None for a number that is not documented.
    """

    number: int | None = None
    message: str = ""
    result: Result | None = None

    @classmethod
    def of(cls, service: str, number: int | None, message: str, result: Result | None) -> ServiceFault:
        """The fault of a number; one that is not documented is permanent, since nobody knows what to wait for."""
        fault = cls(*_said(service, number, message, result), permanent=result is None or result.permanent)
        fault.number, fault.message, fault.result = number, message, result
        return fault


_UNKNOWN = Text(
    "{service} servisi belgelenmemiş bir hata döndürdü ({number}): {message}",
    "The service {service} answered with a fault that is not documented ({number}): {message}",
)
_UNKNOWN_REPAIR = Text(
    "Hata metnine bakın; anlaşılmıyorsa GİB'e sorun.", "Look at the fault's text; if that does not help, ask GİB."
)


def _said(service: str, number: int | None, message: str, result: Result | None) -> tuple[str, Text, Text]:
    if result is None:
        shown = "-" if number is None else number
        return (
            f"wire.{service}.unknown",
            _UNKNOWN.format(service=service, number=shown, message=message[:500]),
            _UNKNOWN_REPAIR,
        )
    return result.code, result.text, result.repair
