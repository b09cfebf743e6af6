"""One entry of the catalogue of deviations, and the repairs that many share."""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.seal.verdicts import SubIndication as Sub

__all__ = ["AGAIN", "FORGED", "NONE", "SEALER", "Deviation"]


class Deviation(NamedTuple):
    """One entry of the catalogue.

    Attributes:
        sub: the sub-indication that it leads to where it is refused.
        text: what was found, with places for facts.
        repair: what to do about it.
        why: why it is refused, or why it may be tolerated.
        seen: where it was seen; empty if only in attacks and tests.
        since: the version of Ulak that has known it first.
        tolerated: whether a seal passes in spite of it, unless a policy says otherwise.
    """

    sub: Sub
    text: Text
    repair: Text
    why: Text
    seen: str = ""
    since: str = "0.1"
    tolerated: bool = False


AGAIN: Final = Text(
    "Belgeyi gönderenden, mühürlediği haliyle yeniden isteyin.",
    "Ask the sender for the document again, exactly as it was sealed.",
)
SEALER: Final = Text(
    "Belgeyi mühürleyen yazılımın düzeltilmesini ve belgenin yeniden mühürlenmesini isteyin.",
    "Have the software that sealed the document corrected, and the document sealed again.",
)
FORGED: Final = Text(
    "Belgeyi kabul etmeyin; gönderenle başka bir yoldan görüşün.",
    "Do not accept the document; reach the sender by another way.",
)
NONE: Final = Text(
    "Kabul için yapılacak bir şey yok; mühürleyen yazılım düzeltilirse iyi olur.",
    "Nothing needs to be done to accept it; the software that sealed it had better be corrected.",
)
