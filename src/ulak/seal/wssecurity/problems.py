"""What can be wrong with a SOAP message's security: codes ``soap.*``, and the verdict that each leads to."""

from __future__ import annotations

from typing import Final

from ulak.seal.errors import Problem, SealError, error_of
from ulak.seal.verdicts import SubIndication
from ulak.seal.wssecurity.problem_words import MAKING, READING, SAYING

__all__ = ["PROBLEMS", "SoapError", "soap_error", "sub_indication_of"]

PROBLEMS: Final[dict[str, Problem]] = {**READING, **MAKING, **SAYING}
"""Every ``soap.*`` code with its sentence and its repair."""

_SUBS: Final = {
    "soap.reference-lost": SubIndication.SIGNED_DATA_NOT_FOUND,
    "soap.attachment-missing": SubIndication.SIGNED_DATA_NOT_FOUND,
    "soap.algorithm-weak": SubIndication.CRYPTO_CONSTRAINTS_FAILURE,
    "soap.algorithm-unknown": SubIndication.CRYPTO_CONSTRAINTS_FAILURE,
    "key.unsupported": SubIndication.CRYPTO_CONSTRAINTS_FAILURE,
    "soap.token-lost": SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
    "soap.key-reference": SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
    "soap.digest": SubIndication.HASH_FAILURE,
    "soap.value": SubIndication.SIG_CRYPTO_FAILURE,
    "soap.expired": SubIndication.SIG_CONSTRAINTS_FAILURE,
    "soap.future": SubIndication.SIG_CONSTRAINTS_FAILURE,
    "soap.window": SubIndication.SIG_CONSTRAINTS_FAILURE,
    "soap.replayed": SubIndication.SIG_CONSTRAINTS_FAILURE,
    "soap.no-trust": SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
}


class SoapError(SealError):
    """A message cannot be sealed, or is not one that can be judged; ``code`` is one of ``soap.*``."""


def soap_error(code: str, *, where: str = "", line: int | None = None, **facts: object) -> SoapError:
    """The error of a code of `PROBLEMS`."""
    return error_of(SoapError, PROBLEMS, code, where=where, line=line, **facts)


def sub_indication_of(code: str) -> SubIndication:
    """Why a message with this fault does not pass; what has no word of its own is a fault of format."""
    return _SUBS.get(code, SubIndication.FORMAT_FAILURE)
