"""How a call to Merkez ended, in the few words that the machines need; and what each of GİB's faults is in them.

Sources: Ek-3 V1.4, 8 (the numbers and their meaning; the guide has no column for what to do). `ulak.wire.retrying` has
the same reading for a single delivery; here it serves whole lifecycles.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = ["Outcome", "outcome_of_fault"]


class Outcome(StrEnum):
    """How a call ended that did not bring a status."""

    TAKEN = "taken"
    """A receipt with our hash: Merkez has the envelope."""
    ALREADY_THERE = "already-there"
    """2001: Merkez knows an envelope of this id."""
    NOT_THERE = "not-there"
    """2004: Merkez knows no envelope of this id."""
    DAMAGED = "damaged"
    """2000: what arrived was not what we sent, and was refused."""
    NOT_SENT = "not-sent"
    """No connection, or no key to seal the request: nothing left this machine."""
    UNCLEAR = "unclear"
    """It may have arrived: no answer, an answer that cannot be read, a failure on the other side."""
    REFUSED = "refused"
    """The other side does not want the request, and will not want the same one later."""
    SUSPENDED = "suspended"
    """2007: this identity may neither send nor ask for now."""


_OF_FAULT: Final = {
    2000: Outcome.DAMAGED,
    2001: Outcome.ALREADY_THERE,
    2002: Outcome.UNCLEAR,
    2003: Outcome.UNCLEAR,
    2004: Outcome.NOT_THERE,
    2005: Outcome.UNCLEAR,
    2006: Outcome.REFUSED,
    2007: Outcome.SUSPENDED,
}


def outcome_of_fault(number: int) -> Outcome:
    """What one of EFatura's faults says; a number that no guide has leaves it unclear.

    >>> outcome_of_fault(2001)
    <Outcome.ALREADY_THERE: 'already-there'>
    """
    return _OF_FAULT.get(number, Outcome.UNCLEAR)
