"""What can be wrong with what people want to send, to whom, and what they want to be told."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of
from ulak_server.delivery.words import OUTCOMES, PROBLEMS

__all__ = ["OUTCOMES", "PROBLEMS", "DeliveryError", "LinkError", "NoSuch", "outcome", "problem"]


class DeliveryError(UlakError):
    """It cannot be sent, made or set so."""


class NoSuch(DeliveryError):
    """There is no such message, link, webhook or call."""


class LinkError(NoSuch):
    """A public link leads to nothing."""


_KINDS: Final[dict[str, type[DeliveryError]]] = {
    "delivery.no-document": NoSuch,
    "delivery.no-message": NoSuch,
    "delivery.no-suppression": NoSuch,
    "webhook.none": NoSuch,
    "webhook.no-call": NoSuch,
    "link.unknown": LinkError,
    "link.not-found": LinkError,
    "link.expired": LinkError,
    "link.revoked": LinkError,
}


def problem(code: str, /, *, where: str = "", **facts: object) -> DeliveryError:
    """The error of a code."""
    table = PROBLEMS if code in PROBLEMS else OUTCOMES
    return error_of(_KINDS.get(code, DeliveryError), table, code, where=where, line=None, **facts)


def outcome(code: str, **facts: object) -> Problem:
    """What is said of an attempt's or a message's code; empty sentences for none."""
    found = OUTCOMES.get(code) or PROBLEMS.get(code)
    if found is None:
        return Problem(Text("", ""), Text("", ""))
    known = {"status": "?", "channel": "SMS/KEP"} | {name: fact for name, fact in facts.items() if fact is not None}
    return Problem(found.text.format(**known), found.repair)
