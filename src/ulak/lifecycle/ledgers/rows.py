"""The table of a package: stage and happening → stage and effects."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.lifecycle.ledgers import doing
from ulak.lifecycle.ledgers.happenings import Happening, happening
from ulak.lifecycle.ledgers.record import Package
from ulak.lifecycle.ledgers.stages import Stage
from ulak.lifecycle.ledgers.values import Event
from ulak.lifecycle.machine import Machine, Row, Step
from ulak.lifecycle.policy import Policy

__all__ = ["MACHINE", "ROWS", "step"]

_S, _H = Stage, Happening
_GONE: Final = (_S.READY, _S.UNCLEAR, _S.TAKEN)
"""Where GİB may have it: before it is sent again too."""
_DOUBTED: Final = (*_GONE, _S.SENDING, _S.REFUSED)
_WAITING: Final = (_S.READY, _S.SENDING, _S.UNCLEAR, _S.REFUSED)
_SEND: Final = "WS 2.1"
_SEND_CODES: Final = "WS 4"
_ASK: Final = "WS 2.3"
_JUDGED: Final = "UK C 9–10"
_DUE: Final = "Tebliğ 4.3.4"
_DELETED: Final = "UK C 7–8"

ROWS: Final = (
    # Sending.
    Row((_S.READY,), _H.RELEASED, None, doing.release, "TK 2.7.2; own"),
    Row((_S.READY,), _H.DUE, _S.SENDING, doing.send, _SEND),
    Row((_S.READY, _S.SENDING, _S.UNCLEAR), _H.RECEIPT, _S.TAKEN, doing.take, _SEND),
    Row((_S.READY, _S.SENDING, _S.UNCLEAR), _H.KNOWN_THERE, _S.TAKEN, doing.claim, f"{_SEND_CODES} (111)"),
    Row((_S.SENDING,), _H.CLAIMED_THERE, _S.UNCLEAR, doing.claim, f"{_SEND_CODES} (111)"),
    Row((_S.SENDING,), _H.NOTHING_SENT, _S.READY, doing.rest, f"{_SEND_CODES} (107)"),
    Row((_S.SENDING,), _H.POSTPONED, _S.READY, doing.postpone, "own"),
    Row((_S.SENDING,), _H.UNCLEAR, _S.UNCLEAR, doing.doubt, f"{_SEND_CODES} (110, 112, 113)"),
    Row((_S.SENDING,), _H.DUE, _S.UNCLEAR, doing.lose_sight, "own"),
    Row((_S.SENDING,), _H.STRANGE_ANSWER, _S.UNCLEAR, doing.doubt_alarmed, "own"),
    Row((_S.SENDING,), _H.CALL_REFUSED, _S.REFUSED, doing.wait, f"{_SEND_CODES} (101 …)"),
    # Asking.
    Row((_S.UNCLEAR, _S.TAKEN, _S.DELETING), _H.DUE, None, doing.ask, _ASK),
    Row((_S.UNCLEAR, _S.TAKEN, _S.DELETING, _S.APPROVED), _H.POSTPONED, None, doing.postpone, "own"),
    Row((_S.UNCLEAR, _S.TAKEN, _S.DELETING), _H.NO_ANSWER, None, doing.nothing, f"{_SEND_CODES} (303)"),
    Row((_S.UNCLEAR,), _H.NOT_THERE, _S.READY, doing.rest, f"{_SEND_CODES} (304)"),
    Row((_S.UNCLEAR, _S.TAKEN, _S.DELETING), _H.DENIED, None, doing.denied, "own"),
    Row((_S.TAKEN,), _H.VANISHED, _S.READY, doing.vanished, "own"),
    Row((_S.UNCLEAR, _S.TAKEN), _H.DENIED_AGAIN, _S.REFUSED, doing.wait, "own"),
    Row((*_GONE, _S.REFUSED), _H.QUEUED, _S.TAKEN, doing.take, _JUDGED),
    Row(_GONE, _H.OTHERS, _S.REFUSED, doing.wait, f"{_SEND_CODES} (305)"),
    # How it ended.
    Row(_DOUBTED, _H.DONE, _S.APPROVED, doing.approve, _JUDGED),
    Row(_DOUBTED, _H.DONE_REPORT, _S.FILED, doing.secure, "TK 2.8"),
    Row((_S.READY, _S.TAKEN, _S.UNCLEAR), _H.FAULTY, _S.REFUSED, doing.wait, _JUDGED),
    Row((_S.REFUSED,), _H.FAULTY, None, doing.hear, _JUDGED),
    Row((_S.UNCLEAR,), _H.EARLIER_FAULTY, _S.READY, doing.rest, _ASK),
    Row((_S.TAKEN, _S.APPROVED), _H.GONE, _S.DELETED, doing.vacate_alarmed, _DELETED),
    # The berat with GİB's seal.
    Row((_S.APPROVED,), _H.DUE, None, doing.fetch, "WS 2.2"),
    Row((_S.APPROVED,), _H.NO_BERAT, None, doing.miss, f"{_SEND_CODES} (203, 204, 206)"),
    Row((_S.APPROVED,), _H.OTHERS, _S.REFUSED, doing.wait, f"{_SEND_CODES} (205)"),
    Row((_S.APPROVED,), _H.BERAT_BAD, None, doing.distrust, "UK C 7–8"),
    Row((_S.TAKEN, _S.APPROVED, _S.REFUSED), _H.BERAT_HELD, _S.FETCHED, doing.secure, "UK C 7–8"),
    Row((_S.FETCHED,), _H.LOST, _S.APPROVED, doing.fetch_again, "UK C 11–12"),
    # Time.
    Row(_WAITING, _H.RUNNING_OUT, None, doing.warn, _DUE),
    Row((_S.TAKEN, _S.APPROVED), _H.RUNNING_OUT, None, doing.count_warning, "UK C 9–10"),
    # People.
    Row((_S.REFUSED,), _H.DUE, None, doing.remind, "own"),
    Row((_S.REFUSED,), _H.SEND_AGAIN, _S.READY, doing.send_again, _ASK),
    Row((_S.REFUSED,), _H.ASK_AGAIN, _S.UNCLEAR, doing.ask_again, "own"),
    Row((_S.READY, _S.REFUSED), _H.WITHDRAWN, _S.WITHDRAWN, doing.withdraw, _DELETED),
    # Deleted on GİB's portal, in time.
    Row((_S.APPROVED, _S.FETCHED, _S.FILED), _H.DELETION_TOLD, _S.DELETING, doing.verify_deletion, _DELETED),
    Row((_S.DELETING,), _H.GONE, _S.DELETED, doing.vacate, _DELETED),
    Row((_S.DELETING,), _H.DONE, _S.APPROVED, doing.still_there, _DELETED),
    Row((_S.DELETING,), _H.DONE_REPORT, _S.FILED, doing.still_filed, _DELETED),
)

MACHINE: Final = Machine[Package](ROWS, happening)


def step(package: Package, event: Event, now: datetime, policy: Policy) -> Step[Package]:
    """What an event does to a package."""
    return MACHINE.step(package, event, now, policy)
