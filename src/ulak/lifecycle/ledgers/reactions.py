"""What each fault of the e-Defter service asks for, and what GİB's words about a package mean.

The codes and their words are GİB's (Web Servis Kılavuzu V1.7, 4; `ulak.wire.edefter_codes` has the words); the guide
has no column for what to do. So each reaction is read out of what the code says about the package: whether GİB has it,
never had it, or may have it. The values of `durumKodu` are listed nowhere; two sentences of `durumAciklama` are, and
everything else is read by a few words, or shown to a person as GİB wrote it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

__all__ = ["RECEIVE", "SEND", "STATUS", "Reaction", "Rule", "Said", "read"]


class Reaction(StrEnum):
    """What is to be done."""

    ASK = "ask"
    """It may be there: ask before it is sent again."""
    KNOWN = "known"
    """A package of this name is there: ask how that one fares, never send it again."""
    SAME = "same"
    """It is not there: send the same package again after a pause."""
    AGAIN = "again"
    """It says nothing about the package: the same question again after a pause."""
    WAIT = "wait"
    """Not approved yet, whatever was said before: ask how it stands."""
    OTHERS = "others"
    """A package of this name is there, and not from us: a person has to look."""
    PERSON = "person"
    """A person has to remove the reason; nothing helps before."""


class Rule(NamedTuple):
    """One code and what it asks for."""

    code: int
    reaction: Reaction
    why: str


_R = Reaction


def _by_code(*rules: Rule) -> dict[int, Rule]:
    return {rule.code: rule for rule in rules}


SEND: Final = _by_code(
    Rule(101, _R.PERSON, "our seal's owner is unknown to GİB; nothing was stored"),
    Rule(102, _R.PERSON, "the taxpayer's e-Defter account is not open; nothing was stored"),
    Rule(103, _R.PERSON, "the call is wrong; nothing was stored"),
    Rule(104, _R.PERSON, "the call is wrong; nothing was stored"),
    Rule(105, _R.PERSON, "the package is empty; nothing was stored"),
    Rule(106, _R.PERSON, "too large: the month is to be cut into more parts; nothing was stored"),
    Rule(107, _R.SAME, "the attachment did not come through; nothing was stored"),
    Rule(108, _R.PERSON, "the name is wrong; nothing was stored"),
    Rule(109, _R.PERSON, "we may not send for this taxpayer; nothing was stored"),
    Rule(110, _R.ASK, "GİB's failure; it does not say after what"),
    Rule(111, _R.KNOWN, "a package of this name was taken before"),
    Rule(112, _R.ASK, "GİB's failure; it does not say after what"),
    Rule(113, _R.ASK, "GİB's failure; it does not say after what"),
    Rule(114, _R.PERSON, "the taxpayer may not send now; GİB has the reason; nothing was stored"),
)
"""`sendDocumentFile`, by number."""

RECEIVE: Final = _by_code(
    Rule(203, _R.AGAIN, "GİB's failure"),
    Rule(204, _R.WAIT, "no package of this name was processed with success"),
    Rule(205, _R.OTHERS, "the approved berat is there, but not for us"),
    Rule(206, _R.AGAIN, "GİB's failure"),
)
"""`receiveDocumentFile`, by number."""

STATUS: Final = _by_code(
    Rule(303, _R.AGAIN, "GİB's failure"),
    Rule(304, _R.SAME, "no package of this name is there"),
    Rule(305, _R.OTHERS, "a package of this name is there, but not for us to ask about"),
)
"""`getBatchStatus`, by number."""


class Said(StrEnum):
    """What GİB's words say of a package."""

    DONE = "done"
    """Processed with success."""
    WAITING = "waiting"
    """In the queue, being processed, or waiting for its book."""
    GONE = "gone"
    """Deleted."""
    FAULTY = "faulty"
    """None of these: an explanation of what is wrong, for a person."""


_FOLDED: Final = str.maketrans("İIıŞşĞğÜüÖöÇç", "iiissgguuoocc", "\N{COMBINING DOT ABOVE}")
_DONE: Final = re.compile(r"\bbasari(?:yla| ile) islen(?:di|mistir)\b")
_WAITING: Final = re.compile(
    r"islenmesi bekleni|\bisleme alin(?:di|mistir)\b|\bislen(?:iyor|mekte(?:dir)?)\b|\bkuyru[kg]|\bsirada(?:dir)?\b"
    r"|\bbekl(?:iyor|emekte(?:dir)?)\b"
)
_GONE: Final = re.compile(r"\bsilin(?:di|mis(?:tir)?)\b")


def read(words: str) -> Said:
    """What GİB's sentence about a package says; case and Turkish letters do not matter.

    "Paket Başarıyla İşlendi" and "… defter paketinin işlenmesi bekleniyor" are the guide's (Uygulama Kılavuzu V1.12,
    steps 9–10); the other words are taken for what they mean.

    >>> read("Paket Başarıyla İşlendi"), read("Paket başarılı, defter paketinin işlenmesi bekleniyor.")
    (<Said.DONE: 'done'>, <Said.WAITING: 'waiting'>)
    >>> read("Şematron hatası: hesap kodu boş")
    <Said.FAULTY: 'faulty'>
    """
    folded = words.translate(_FOLDED).lower()
    for said, pattern in ((Said.GONE, _GONE), (Said.WAITING, _WAITING), (Said.DONE, _DONE)):
        if pattern.search(folded):
            return said
    return Said.FAULTY
