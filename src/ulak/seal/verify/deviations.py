"""Every way in which a seal can differ from a flawless one, with its code: what is refused, what is tolerated.

`ulak.seal.verify` says nothing that is not in this table; ``docs/seal-deviations.md`` has a section for each code.
Codes are published and never reused for another meaning.
"""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.verdicts import Reason
from ulak.seal.verdicts import SubIndication as Sub
from ulak.seal.verify.catalogue.crypto import CRYPTO
from ulak.seal.verify.catalogue.entry import Deviation
from ulak.seal.verify.catalogue.place import PLACE
from ulak.seal.verify.catalogue.signer import SIGNER
from ulak.seal.verify.catalogue.structure import STRUCTURE
from ulak.seal.verify.catalogue.tolerated import TOLERATED

__all__ = ["DEVIATIONS", "Deviation", "rank_of", "reason_of"]


_WORST_FIRST: Final = (
    Sub.FORMAT_FAILURE,
    Sub.HASH_FAILURE,
    Sub.SIG_CRYPTO_FAILURE,
    Sub.REVOKED,
    Sub.EXPIRED,
    Sub.NOT_YET_VALID,
    Sub.SIGNED_DATA_NOT_FOUND,
    Sub.NO_SIGNING_CERTIFICATE_FOUND,
    Sub.CRYPTO_CONSTRAINTS_FAILURE,
    Sub.REVOKED_NO_POE,
    Sub.REVOKED_CA_NO_POE,
    Sub.CHAIN_CONSTRAINTS_FAILURE,
    Sub.CERTIFICATE_CHAIN_GENERAL_FAILURE,
    Sub.NO_CERTIFICATE_CHAIN_FOUND,
    Sub.SIG_CONSTRAINTS_FAILURE,
    Sub.TIMESTAMP_ORDER_FAILURE,
    Sub.OUT_OF_BOUNDS_NO_POE,
    Sub.TRY_LATER,
    Sub.GENERIC,
)
_RANKS: Final = {sub: rank for rank, sub in enumerate(_WORST_FIRST)}

DEVIATIONS: Final[dict[str, Deviation]] = {
    **PLACE,
    **STRUCTURE,
    **CRYPTO,
    **SIGNER,
    **{code: deviation._replace(tolerated=True) for code, deviation in TOLERATED.items()},
}


def rank_of(sub: Sub) -> int:
    """0 for what decides over all else, higher for what counts less."""
    return _RANKS[sub]


def reason_of(code: str, facts: dict[str, object]) -> Reason:
    """What the table says of a code, its facts filled in; a `Text` among them is said in the sentence's language."""
    deviation = DEVIATIONS[code]
    tr = {name: fact.tr if isinstance(fact, Text) else _short(fact) for name, fact in facts.items()}
    en = {name: fact.en if isinstance(fact, Text) else _short(fact) for name, fact in facts.items()}
    text = Text(deviation.text.tr.format_map(tr), deviation.text.en.format_map(en))
    return Reason(code, text, Text(deviation.repair.tr.format_map(tr), deviation.repair.en.format_map(en)))


def _short(fact: object) -> str:
    text = str(fact)
    return text if len(text) <= 200 else text[:199] + "…"
