"""``eGiderPusulasi``: the entry of an expense note (schema and samples of the e-Gider Pusulası package V1.0)."""

from __future__ import annotations

import re
from typing import Final

from ulak.errors import Text
from ulak.reports import parts
from ulak.reports.needs import Needs
from ulak.reports.source import Node, Source, identified, leaf
from ulak.reports.texts import day, element
from ulak.reports.values import Facts
from ulak.reports.words import Words

__all__ = ["expense_note"]

_TYPES: Final = ("SATIS", "IADE")
_ORIGINALS: Final = ("EARSIV_FATURA", "BELGESIZ", "SATIS_FISI")
_CHANNELS: Final = ("SMS_PROVIDER", "IADE_PROVIDER")
_CONFIRMATIONS: Final = ("SMS", "IADEKODU")
_TELEPHONE: Final = re.compile(r"0[1-9][0-9]{9}")
_CUSTOMER: Final = "cac:AccountingCustomerParty/cac:Party"


def expense_note(source: Source, facts: Facts, digest: str, words: Words, needs: Needs) -> str:
    """What stands in ``eGiderPusulasi``."""
    date, time = parts.issued_at(source, needs)
    return "".join(
        (
            element("giderPusulasiBelgeNo", parts.number_of(source, needs)),
            element("UUID", parts.uuid_of(source, needs)),
            element("belgeTip", _type(source, needs)),
            element("gonderimSekli", parts.sending(source, facts, needs)),
            element("ozetDeger", digest),
            element("duzenlenmeTarihi", date),
            element("duzenlenmeZamani", time),
            element("paraBirimi", parts.currency(source, words, needs)),
            element("toplamTutar", parts.money(source, "TaxExclusiveAmount", needs)),
            element("odenecekTutar", parts.money(source, "PayableAmount", needs)),
            parts.taxes(source, words, needs, withheld=False),
            _receiver(source, needs),
            _original(source, needs),
            _provider(source, needs),
            _courier(source, needs),
            element("url", parts.address(source, facts, needs)),
            element("imzaZamani", parts.sealed_at(facts.sealed_at)),
        )
    )


def _type(source: Source, needs: Needs) -> str:
    value = source.type
    if value in _TYPES:
        return value
    known = ", ".join(_TYPES)
    return needs.lack("report.type", source.path("cbc:CreditNoteTypeCode"), value=value, known=known)


def _receiver(source: Source, needs: Needs) -> str:
    customer = source.first("AccountingCustomerParty")
    party = next(iter(customer), None) if customer is not None else None
    who, confirmed = _person(party, source, needs), _confirmed(party, source, needs)
    return f"<aliciBilgileri><kisi>{who}</kisi>{confirmed}</aliciBilgileri>"


def _person(party: Node | None, source: Source, needs: Needs) -> str:
    """The schema knows persons alone: with a TCKN, or foreigners with a passport."""
    ids, where = identified(party, "cac:PartyIdentification/cbc:ID"), source.path(_CUSTOMER)
    if ids.get("TCKN"):
        return parts.person(party, where, needs)
    passport = ids.get("PASAPORTNO") or leaf(party, "cac:Person/cac:IdentityDocumentReference/cbc:ID")
    name = parts.name_of(party)
    if len(name) < 2:
        needs.lack("report.buyer-name", f"{where}/cac:Person")
    if not passport:
        return needs.lack("report.buyer-id", f"{where}/cac:PartyIdentification", value=ids.get("VKN", ""))
    return f"<yabanci>{element('pasaportNo', passport)}{element('adiSoyadi', name)}</yabanci>"


def _confirmed(party: Node | None, source: Source, needs: Needs) -> str:
    code, kind = leaf(party, "cac:Contact/cbc:ID"), leaf(party, "cac:Contact/cbc:Name")
    phone = _telephone(leaf(party, "cac:Contact/cbc:Telephone"))
    wrong = (("kod", not code), ("tip", kind not in _CONFIRMATIONS), ("telefon", not phone))
    for name, is_wrong in wrong:
        if is_wrong:
            needs.lack("report.confirmation", source.path(f"{_CUSTOMER}/cac:Contact"), name=Text(name, name))
    return f"<bilgiDetay>{element('kod', code)}{element('tip', kind)}{element('telefon', phone)}</bilgiDetay>"


def _telephone(value: str) -> str:
    """A number in the report's form, 0 and ten digits; empty if it is none.

    >>> _telephone("+90 (555) 000 00 00"), _telephone("5550000000"), _telephone("12")
    ('05550000000', '05550000000', '')
    """
    digits = re.sub(r"[^0-9]", "", value)
    if len(digits) > 11:
        digits = digits.removeprefix("00").removeprefix("90")
    digits = digits if digits.startswith("0") else f"0{digits}"
    return digits if _TELEPHONE.fullmatch(digits) else ""


def _original(source: Source, needs: Needs) -> str:
    """``iadeDetay`` of a return."""
    if source.type != "IADE":
        return ""
    reference = source.first("BillingReference")
    place = "cac:InvoiceDocumentReference/cbc:ID"
    kind, number = next(iter(identified(reference, place).items()), ("", ""))
    date = day(leaf(reference, "cac:InvoiceDocumentReference/cbc:IssueDate"))
    if kind not in _ORIGINALS or date is None:
        return needs.lack("report.original", source.path(f"cac:BillingReference/{place}"))
    return (
        f"<iadeDetay><iadeBelgeTip>{kind}</iadeBelgeTip>{element('belgeNo', number)}"
        f"<belgeTarihi>{date}</belgeTarihi></iadeDetay>"
    )


def _provider(source: Source, needs: Needs) -> str:
    """``operatorUygulamaBilgi``: whose SMS or return code it was."""
    supplier = source.first("AccountingSupplierParty")
    path = "{*}Party/{*}Contact/{*}OtherCommunication"
    channel = supplier.find(path) if supplier is not None else None
    code = channel.find("{*}ChannelCode") if channel is not None else None
    way, name = (code.get("name", ""), (code.text or "").strip()) if code is not None else ("", "")
    vkn = leaf(channel, "cbc:Value")
    if way not in _CHANNELS or not name or not re.fullmatch("[0-9]{10}", vkn):
        steps = "cac:AccountingSupplierParty/cac:Party/cac:Contact/cac:OtherCommunication"
        return needs.lack("report.provider", source.path(steps))
    return (
        f"<operatorUygulamaBilgi><yontem>{way}</yontem>{element('saglayiciAdi', name)}<vkn>{vkn}</vkn>"
        "</operatorUygulamaBilgi>"
    )


def _courier(source: Source, needs: Needs) -> str:
    """``kargoBilgi``, where goods came back by a courier."""
    delivery = source.first("Delivery")
    party = delivery.find("{*}DeliveryParty") if delivery is not None else None
    if party is None:
        return ""
    permit = leaf(party, "cbc:IndustryClassificationCode")
    vkn = identified(party, "cac:PartyIdentification/cbc:ID").get("VKN", "")
    if not permit or not re.fullmatch("[0-9]{10}", vkn):
        return needs.lack("report.courier", source.path("cac:Delivery/cac:DeliveryParty"))
    return f"<kargoBilgi>{element('yetkiBelgeNo', permit)}<vkn>{vkn}</vkn></kargoBilgi>"
