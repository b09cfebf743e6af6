"""What documents of the e-Arşiv family say besides: how they are handed over, sales over the internet, signatures.

Sources: e-Arşiv Kılavuzu V1.18, 3.3.2.17 and 6; e-Arşiv Uygulamasına Geçiş Rehberi – İnternet Satışı (return form);
e-MM kılavuzu V1.1, 2.4, and package e-Gider Pusulası V1.0 (codes in place of signatures).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ulak.render.labels import LABELS
from ulak.render.sheets.facts import Facts, said
from ulak.render.sheets.reading import Node, each, one, text
from ulak.render.sheets.values import Block
from ulak.render.sheets.wording import Wording

__all__ = ["confirmed", "internet_sale", "is_internet_sale", "returned_sale", "sending", "signature"]

_PHRASE: Final = "Bu satış internet"
_CONTACT: Final = "cac:AccountingCustomerParty/cac:Party/cac:Contact"
_DOTS: Final = "." * 60
_SHORT_DOTS: Final = "." * 30


def is_internet_sale(root: Node) -> bool:
    """Whether an e-Arşiv invoice says that it was sold over the internet."""
    is_archive = text(root, "cbc:ProfileID") == "EARSIVFATURA"
    return is_archive and any(text(note).startswith(_PHRASE) for note in each(root, "cbc:Note"))


def sending(words: Wording, root: Node) -> Facts:
    """How it is handed over, if it says so."""
    for reference in each(root, "cac:AdditionalDocumentReference"):
        code = text(reference, "cbc:DocumentTypeCode")
        if text(reference, "cbc:DocumentType") == "SendingType" and code in LABELS:
            yield from said(words, "sending", words.label(code))


def confirmed(words: Wording, root: Node) -> Facts:
    """The code that stands in place of the other side's signature."""
    yield from said(words, "confirmation", text(root, f"{_CONTACT}/cbc:ID"))


def returned_sale(words: Wording, root: Node) -> Facts:
    """The sale that an expense note takes back."""
    reference = one(root, "cac:BillingReference/cac:InvoiceDocumentReference")
    number = one(reference, "cbc:ID")
    kind = number.get("schemeID", "") if number is not None else ""
    parts = (words.label(kind) if kind in LABELS else kind, text(number), words.day(text(reference, "cbc:IssueDate")))
    yield from said(words, "returned_sale", " · ".join(part for part in parts if part))


def internet_sale(words: Wording, root: Node) -> tuple[Block, ...]:
    """The sale over the internet, and the form with which its goods are sent back."""
    if not is_internet_sale(root):
        return ()
    lines = tuple(f"{words.label(label)}: {value}" for label, value in _sale(words, root) if value)
    blank = (*(line for name in ("returned_item", "returner") for line in (words.label(name), "", _DOTS)),)
    return Block(words.label("internet"), lines), Block(words.label("return_form"), blank)


def _sale(words: Wording, root: Node) -> Iterator[tuple[str, str]]:
    means = next((one for one in each(root, "cac:PaymentMeans") if text(one, "cbc:InstructionNote")), None)
    way = text(means, "cbc:InstructionNote")
    yield "web", text(root, "cac:AccountingSupplierParty/cac:Party/cbc:WebsiteURI")
    yield "payment_means", words.label(way) if way in LABELS else way
    yield "payment_agent", text(means, "cbc:PaymentChannelCode")
    yield "paid_on", words.day(text(means, "cbc:PaymentDueDate"))
    yield "shipped_on", words.day(text(root, "cac:Delivery/cac:Despatch/cbc:ActualDespatchDate"))


def signature(words: Wording, root: Node, label: str) -> tuple[Block, ...]:
    """Room for the signature of the other side, where no code stands for it."""
    return () if text(root, f"{_CONTACT}/cbc:ID") else (Block(words.label(label), ("", _SHORT_DOTS)),)
