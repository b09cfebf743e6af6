"""``internetSatisBilgi``: a sale over the internet (e-Arşiv Kılavuzu V1.18, 3.3.2.17; places in docs/json.md)."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.reports import parts
from ulak.reports.needs import Needs
from ulak.reports.source import Node, Source, leaf
from ulak.reports.texts import day, element
from ulak.ubl.forms.archive import PHRASE, is_payment

__all__ = ["internet_sale", "is_internet_sale"]

_UNDATED: Final = ("KAPIDAODEME", "DIGER")
_MEANS: Final = "cac:PaymentMeans"


def is_internet_sale(source: Source) -> bool:
    """Whether the invoice carries the sentence that the law wants on such a sale."""
    wanted = PHRASE.rstrip(".")
    return any(note.rstrip(".") == wanted for note in source.texts("Note"))


def internet_sale(source: Source, needs: Needs) -> str:
    """The element, or nothing for a sale of another kind."""
    if not is_internet_sale(source):
        return ""
    site = leaf(source.first("AccountingSupplierParty"), "cac:Party/cbc:WebsiteURI")
    if len(site) < 2:
        _lack(needs, source, "cac:AccountingSupplierParty/cac:Party/cbc:WebsiteURI", "webAdresi")
    return (
        f"<internetSatisBilgi>{element('webAdresi', site)}{_payment(source, needs)}{_shipment(source, needs)}"
        "</internetSatisBilgi>"
    )


def _lack(needs: Needs, source: Source, steps: str, name: str) -> str:
    return needs.lack("report.sale", source.path(steps), name=Text(name, name))


def _payment(source: Source, needs: Needs) -> str:
    listed = source.all("PaymentMeans")
    found = ((at, leaf(each, "cbc:InstructionNote")) for at, each in enumerate(listed))
    at, way = next(((at, note) for at, note in found if is_payment(note)), (-1, ""))
    if at < 0:
        return _lack(needs, source, f"{_MEANS}/cbc:InstructionNote", "odemeSekli")
    means = listed[at]
    agent, paid = leaf(means, "cbc:PaymentChannelCode"), day(leaf(means, "cbc:PaymentDueDate"))
    if paid is None and not way.startswith(_UNDATED):
        _lack(needs, source, f"{_MEANS}[{at + 1}]/cbc:PaymentDueDate", "odemeTarihi")
    return "".join(
        (
            element("odemeSekli", way),
            element("odemeAracisiAdi", agent) if agent else "",
            element("odemeTarihi", paid) if paid else "",
        )
    )


def _shipment(source: Source, needs: Needs) -> str:
    """Who carried the goods, and when; without a carrier the seller itself (3.3.2.17.5)."""
    listed = source.all("Delivery")
    found = ((at, day(leaf(each, "cac:Despatch/cbc:ActualDespatchDate"))) for at, each in enumerate(listed))
    at, sent = next(((at, date) for at, date in found if date), (-1, ""))
    if at < 0:
        return _lack(needs, source, "cac:Delivery/cac:Despatch/cbc:ActualDespatchDate", "gonderimTarihi")
    carrier, steps = _carrier(listed[at], at, source)
    own = Needs()
    who = parts.person(carrier, source.path(steps), own)
    if own.found:
        _lack(needs, source, steps, "gonderiTasiyan")
    return (
        f"<gonderiBilgileri><gonderimTarihi>{sent}</gonderimTarihi>"
        f"<gonderiTasiyan>{who}</gonderiTasiyan></gonderiBilgileri>"
    )


def _carrier(delivery: Node, at: int, source: Source) -> tuple[Node | None, str]:
    carrier = delivery.find("{*}CarrierParty")
    if carrier is not None:
        return carrier, f"cac:Delivery[{at + 1}]/cac:CarrierParty"
    supplier = source.first("AccountingSupplierParty")
    own = next(iter(supplier), None) if supplier is not None else None
    return own, "cac:AccountingSupplierParty/cac:Party"
