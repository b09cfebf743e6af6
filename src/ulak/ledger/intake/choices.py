"""What the words of a column of choices mean: document types, sides, currencies, voucher kinds, branches.

Document types: Yevmiye Defteri Kılavuzu V1.5 section 2.1.1.10.14 and Uygulama Kılavuzu V1.12 heading 18: eight kinds;
whatever is none of the first seven is ``other``, with the document's name for its description.
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import Final, NamedTuple

from ulak.codes.lists import code_list
from ulak.ledger.intake.fields import folded_heading

__all__ = ["CHOICES", "DOCUMENT_TYPES", "Meaning", "meaning"]

DOCUMENT_TYPES: Final = (
    "check",
    "invoice",
    "order-customer",
    "order-vendor",
    "voucher",
    "shipment",
    "receipt",
    "other",
)
"""Values of ``documentType`` that e-Defter uses."""
_DOCUMENTS: Final = {
    "invoice": "fatura;e fatura;efatura;e arsiv;e arsiv fatura;earsiv fatura;alis faturasi;satis faturasi;invoice",
    "check": "cek;check;cheque",
    "voucher": "senet;voucher;police;bono;emre yazili senet",
    "receipt": "makbuz;receipt;tahsilat makbuzu;tediye makbuzu;odeme makbuzu",
    "shipment": "navlun;shipment",
    "order-customer": "musteri siparis belgesi;musteri siparisi;order customer",
    "order-vendor": "satici siparis belgesi;satici siparisi;order vendor",
    "other": "diger;other;diger belge",
    "": "yok;belgesiz;belge yok;none",
}
_SIDES: Final = {"D": "b;borc;d;debit;borclu", "C": "a;alacak;c;credit;alacakli"}
_VOUCHERS: Final = {"opening": "acilis;acilis fisi;opening", "closing": "kapanis;kapanis fisi;closing"}
_LIRA: Final = frozenset(["tl", "try", "trl", "ytl", "turk", "lirasi", "lira", "₺"]) | {"turk lirasi"}
_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "dolar": "USD", "avro": "EUR", "euro": "EUR", "sterlin": "GBP"}
_DIGITS: Final = 4


class Meaning(NamedTuple):
    """What a word means.

    Attributes:
        value: as the store has it; None: nothing that is known.
        description: of a document that is ``other``.
    """

    value: str | None
    description: str = ""


def _turned(words: Dict[str, str]) -> dict[str, str]:
    return {word: value for value, group in words.items() for word in group.split(";")}


_WORDS: Final = {
    "document_type": _turned(_DOCUMENTS),
    "side": _turned(_SIDES),
    "voucher_type": _turned(_VOUCHERS),
}
CHOICES: Final = ("document_type", "side", "voucher_type", "currency", "branch", "entry")
"""Fields whose words are looked up."""


def meaning(field: str, word: str, said: Dict[str, str]) -> Meaning:
    """What a cell means.

    Args:
        said: the mapping's own words, which come first.

    >>> meaning("document_type", "Dekont", {}), meaning("document_type", "1", {"1": "invoice"})
    (Meaning(value='other', description='Dekont'), Meaning(value='invoice', description=''))
    >>> meaning("branch", "7", {}).value, meaning("currency", "TL", {}).value, meaning("side", "?", {}).value
    ('0007', '', None)
    """
    folded = folded_heading(word) or word
    own = {folded_heading(key) or key: value for key, value in said.items()}
    if folded in own:
        return Meaning(own[folded])
    if field == "currency":
        return Meaning(_currency(word, folded))
    if field == "branch":
        return Meaning(word.rjust(_DIGITS, "0") if word.isascii() and word.isdigit() else word)
    if field == "entry":
        return Meaning(word)
    known = _WORDS[field]
    if folded in known:
        return Meaning(known[folded])
    if field == "document_type":
        return Meaning(word, "") if word in DOCUMENT_TYPES else Meaning("other", word)
    return Meaning("" if field == "voucher_type" else None)


def _currency(word: str, folded: str) -> str | None:
    if folded in _LIRA:
        return ""
    code = _SIGNS.get(word) or _SIGNS.get(folded) or word.strip().upper()
    return code if code_list("currencies").get(code) else None
