"""Faults that strike calls which come in."""

from __future__ import annotations

from typing import Final

from ulak_center.faults import Action, Fault
from ulak_center.web.phrases import said_of
from ulak_center.web.values import Answer, Drop, Reply

__all__ = ["INSTEAD", "WRONG_HASH", "instead", "spoiled"]

INSTEAD: Final = frozenset({Action.REFUSE, Action.OUTAGE, Action.ERROR})
"""What leaves nothing of a call."""
WRONG_HASH: Final = "0" * 32
_HTML: Final = (("Content-Type", "text/html; charset=utf-8"),)


def instead(fault: Fault | None) -> Answer | None:
    """What is answered in place of everything else; None if the call goes on.

    An outage looks like a refusal: the connection is taken and reset, since the control API, on the same port, must
    stay within reach.
    """
    if fault is None:
        return None
    if fault.action in (Action.REFUSE, Action.OUTAGE):
        return Drop()
    if fault.action is Action.ERROR:
        title = f"{fault.status} {said_of(fault.status)}"
        page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
        return Reply(fault.status, page.encode(), _HTML)
    return None


def spoiled(fault: Fault | None, reply: Reply) -> Answer:
    """The answer to a call that was carried out, as a fault lets it through."""
    if fault is not None and fault.action is Action.TIMEOUT:
        return Drop(silent=True)
    if fault is not None and fault.action is Action.SLOW:
        return reply._replace(after=fault.seconds)
    return reply
