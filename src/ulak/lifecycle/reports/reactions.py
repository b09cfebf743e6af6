"""What each result code of the e-Arşiv service asks for.

The codes and their words are GİB's (e-Arşiv Kılavuzu V1.18, 11; `ulak.wire.earsiv_codes` has the words); the guide has
no column for what to do. So each reaction is read out of what the code says about the package: whether GİB has it,
never had it, or has it and will not take it under this number any more.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

__all__ = ["SEND", "STATUS", "Reaction", "Rule", "shown"]


class Reaction(StrEnum):
    """What is to be done."""

    TAKE = "take"
    """GİB has the package: ask how it fares."""
    ASK = "ask"
    """It may be there: ask before it is sent again."""
    KNOWN = "known"
    """A package of this number is there: ask how that one fares, never send it again."""
    WAIT = "wait"
    """It is there and being worked on: ask again, ever more rarely."""
    ACCEPT = "accept"
    """What is in it is reported."""
    SAME = "same"
    """It is not there: send the same package again."""
    ANEW = "anew"
    """Its wrapping or its seal is at fault: build and seal it anew under a new number; a person, if that is no help."""
    LATER = "later"
    """The fault is GİB's: the same content under a new number, after a pause that grows; for as long as it takes."""
    DIVIDE = "divide"
    """It is too large: several reports instead of it."""
    PERSON = "person"
    """A person has to remove the reason; nothing helps before."""
    ALARM = "alarm"
    """It says nothing about the package: people are called, and it is asked for again."""


class Rule(NamedTuple):
    """One code and what it asks for."""

    code: int
    reaction: Reaction
    why: str


_R = Reaction


def _by_code(*rules: Rule) -> dict[int, Rule]:
    return {rule.code: rule for rule in rules}


SEND: Final = _by_code(
    Rule(0, _R.TAKE, "stored"),
    Rule(1, _R.PERSON, "the right to send is missing; nothing was stored"),
    Rule(2, _R.PERSON, "the call is wrong; nothing was stored"),
    Rule(3, _R.PERSON, "the call is wrong; nothing was stored"),
    Rule(4, _R.KNOWN, "a package of this number was sent before"),
    Rule(5, _R.PERSON, "the call is wrong; nothing was stored"),
    Rule(6, _R.ASK, "GİB's failure; it does not say after what"),
    Rule(7, _R.ASK, "GİB's failure; it does not say after what"),
    Rule(8, _R.ASK, "GİB's failure; it does not say after what"),
    Rule(9, _R.PERSON, "the call is wrong; nothing was stored"),
    Rule(10, _R.PERSON, "the call is wrong; nothing was stored"),
)
"""`sendDocumentFile`, by number."""

STATUS: Final = _by_code(
    Rule(1, _R.ALARM, "not in the guide: no right to ask; it says nothing about the package"),
    Rule(2, _R.SAME, "not in the guide: no such package"),
    Rule(10, _R.WAIT, "in the queue"),
    Rule(15, _R.WAIT, "being processed"),
    Rule(30, _R.ACCEPT, "processed"),
    Rule(150, _R.KNOWN, "this copy is a second one; how the first one fares is not said"),
    Rule(151, _R.ANEW, "damaged, or packaged wrongly"),
    Rule(152, _R.ANEW, "damaged, or packaged wrongly"),
    Rule(153, _R.ANEW, "packaged wrongly"),
    Rule(154, _R.ANEW, "sealed wrongly; certificates and time stamps are fetched anew"),
    Rule(155, _R.PERSON, "the header is wrong, and would be again"),
    Rule(156, _R.PERSON, "the version is wrong, and would be again"),
    Rule(157, _R.PERSON, "the content is wrong, and would be again"),
    Rule(158, _R.ANEW, "packaged wrongly"),
    Rule(159, _R.ANEW, "sealed wrongly"),
    Rule(160, _R.LATER, "GİB's failure; this number is used up"),
    Rule(161, _R.LATER, "GİB's failure; this number is used up"),
    Rule(162, _R.LATER, "GİB's failure; this number is used up"),
    Rule(163, _R.LATER, "GİB's failure; this number is used up"),
    Rule(164, _R.ANEW, "packaged wrongly"),
    Rule(165, _R.DIVIDE, "more than 100 MB unpacked"),
    Rule(166, _R.ANEW, "sealed by another key than the call: the key was changed in between"),
    Rule(167, _R.ANEW, "sealed by another key than its hazirlayan: the key was changed in between"),
    Rule(168, _R.PERSON, "not in the guide: the taxpayer's account is not open at GİB"),
    Rule(169, _R.PERSON, "not in the guide: of cash registers' reports"),
)
"""`getBatchStatus`, as `durumKodu`, by number."""


def shown(code: int, *, is_send: bool) -> str:
    """A code as GİB writes it: of three digits from `sendDocumentFile`, bare from `getBatchStatus`.

    >>> shown(4, is_send=True), shown(30, is_send=False)
    ('004', '30')
    """
    return f"{code:03}" if is_send else str(code)
