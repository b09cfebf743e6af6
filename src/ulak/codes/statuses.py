"""Envelope status codes 1000–1300: what Merkez and the other side say about an envelope, and what to do then.

Sources: e-Fatura Uygulaması Sistem Yanıtı (Ek-2) V1.5, section 4; Schematron 20260701 (`AppResponseCodeType`).

>>> get("1163").resend
<Resend.FORBIDDEN: 'forbidden'>
>>> get("1215").is_final, get("1215").permanent
(True, False)
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from ulak.codes.lists import Code, code_list
from ulak.errors import Text

__all__ = ["Outcome", "Resend", "Speaker", "Status", "get", "statuses"]


class Outcome(StrEnum):
    """How an envelope stands."""

    WAITING = "waiting"
    OK = "ok"
    ERROR = "error"


class Resend(StrEnum):
    """What may be sent again."""

    FORBIDDEN = "forbidden"
    """Nothing: the document is on its way, there already, or known to Merkez."""
    SAME_DOCUMENT = "same_document"
    """The unchanged document in a new envelope."""
    CORRECTED = "corrected"
    """A corrected and newly sealed document; the innocent ones of the envelope unchanged."""


class Speaker(StrEnum):
    """Who says how an envelope stands."""

    MERKEZ = "merkez"
    TARGET = "target"
    """The unit to which the envelope is addressed."""


_BOTH: Final = tuple(Speaker)


class Status(NamedTuple):
    """One status.

    Attributes:
        code: four digits.
        label: what happened.
        repair: what to do.
        outcome: success, failure or neither yet.
        is_final: whether the envelope's state changes no more. 1200 is final only where the target said it.
        permanent: for failures, False if the same bytes may pass later.
        in_system_response: whether a system response may carry it; the others are seen only by asking Merkez.
        resend: what may be sent again.
        official: GİB's own words for it, letter by letter; empty for 1191, which only the Schematron names.
        said_by: who gives it. GİB names the speaker of few codes; the others follow from who can know.
    """

    code: str
    label: Text
    repair: Text
    outcome: Outcome
    is_final: bool
    permanent: bool
    in_system_response: bool
    resend: Resend
    official: str
    said_by: tuple[Speaker, ...]

    @property
    def written(self) -> str:
        """What stands beside the code in a system response."""
        return self.official or self.label.tr


def _of(row: Code) -> Status:
    extra = row.extra
    return Status(
        row.code,
        row.label,
        row.note,
        Outcome(extra["outcome"]),
        extra["final"] == "yes",
        extra["permanent"] == "yes",
        extra["system"] == "yes",
        Resend(extra["resend"]),
        extra["official"],
        _BOTH if extra["said_by"] == "both" else (Speaker(extra["said_by"]),),
    )


@cache
def _table() -> dict[str, Status]:
    return {row.code: _of(row) for row in code_list("status_codes").rows}


def statuses() -> tuple[Status, ...]:
    """All status codes, in the order of their numbers."""
    return tuple(_table().values())


def get(code: str) -> Status | None:
    """The status of that code, or None if GİB published none."""
    return _table().get(code)
