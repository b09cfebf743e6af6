"""What is found of time stamps and evidence, in ETSI's words and ours."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text, UlakError
from ulak.seal.errors import error_of
from ulak.seal.levels.problems import PROBLEMS, LevelFailure
from ulak.seal.verdicts import Reason, SubIndication, Trusted, indication_of

__all__ = ["bad", "reason_of", "said", "weight"]

_WORST: Final = (
    SubIndication.HASH_FAILURE,
    SubIndication.SIG_CRYPTO_FAILURE,
    SubIndication.FORMAT_FAILURE,
    SubIndication.TIMESTAMP_ORDER_FAILURE,
)


def weight(sub: SubIndication) -> int:
    """The worse, the smaller."""
    return _WORST.index(sub) if sub in _WORST else len(_WORST)


def bad(sub: SubIndication, element: Text, code: str, /, **facts: object) -> Trusted:
    """The verdict on a time stamp that does not hold by itself, whoever made it."""
    return Trusted(indication_of(sub), sub, (reason_of(code, element=element, **facts),))


def reason_of(code: str, /, **facts: object) -> Reason:
    return said(error_of(LevelFailure, PROBLEMS, code, where="", line=None, **facts))


def said(error: UlakError) -> Reason:
    return Reason(error.code, error.text, error.repair)
