"""``fatura``: the entry of an e-Arşiv invoice (e-Arşiv Kılavuzu V1.18, 3.3.2)."""

from __future__ import annotations

import re
from typing import Final

from ulak.reports import parts
from ulak.reports.charging import charging
from ulak.reports.needs import Needs
from ulak.reports.sales import internet_sale
from ulak.reports.source import Source, identified, leaf
from ulak.reports.texts import day, element
from ulak.reports.values import Facts
from ulak.reports.words import Words

__all__ = ["invoice"]

_CERTIFICATE: Final = re.compile(r"[0-9]{6}")
_SUBSCRIPTIONS: Final = ("TESISATNO", "HIZMETNO", "ABONENO", "TELEFONNO")
"""Identifiers that name what a subscriber was given: installation, service, subscription or line."""


def invoice(source: Source, facts: Facts, digest: str, words: Words, needs: Needs) -> str:
    """What stands in ``fatura``."""
    uuid = parts.uuid_of(source, needs)
    date, time = parts.issued_at(source, needs)
    return "".join(
        (
            element("faturaNo", parts.number_of(source, needs)),
            element("faturaUUID", uuid),
            element("faturaTip", _type(source, words, needs)),
            _incentive(source, needs),
            element("gonderimSekli", parts.sending(source, facts, needs)),
            element("dosyaAdi", facts.file_name or f"{uuid}.xml"),
            element("ozetDeger", digest),
            element("duzenlenmeTarihi", date),
            element("duzenlenmeZamani", time),
            element("toplamTutar", parts.money(source, "TaxExclusiveAmount", needs)),
            element("toplamIskonto", parts.money(source, "AllowanceTotalAmount", needs, default="0.00")),
            element("odenecekTutar", parts.money(source, "PayableAmount", needs)),
            element("paraBirimi", parts.currency(source, words, needs)),
            element("dovizKuru", parts.exchange_rate(source, needs)),
            element("faturaUrl", parts.address(source, facts, needs)),
            parts.taxes(source, words, needs),
            f"<aliciBilgileri>{parts.receiver(source, needs)}{_subscription(source)}</aliciBilgileri>",
            internet_sale(source, needs),
            parts.slips(source, needs),
            charging(source, words, needs),
            element("imzaZamani", parts.sealed_at(facts.sealed_at)),
        )
    )


def _type(source: Source, words: Words, needs: Needs) -> str:
    value = source.type
    if value in words.types:
        return value
    known = ", ".join(sorted(words.types))
    return needs.lack("report.type", source.path("cbc:InvoiceTypeCode"), value=value, known=known)


def _incentive(source: Source, needs: Needs) -> str:
    """``ytbBilgileri``: the investment certificate that the YTB types are issued under."""
    if not source.type.startswith("YTB"):
        return ""
    for reference in source.all("ContractDocumentReference"):
        number = identified(reference, "cbc:ID").get("YTBNO", "")
        date = day(leaf(reference, "cbc:IssueDate"))
        if _CERTIFICATE.fullmatch(number) and date:
            return f"<ytbBilgileri><ytbNo>{number}</ytbNo><tarih>{date}</tarih></ytbBilgileri>"
    return needs.lack("report.incentive", source.path("cac:ContractDocumentReference"), type=source.type)


def _subscription(source: Source) -> str:
    ids = identified(source.first("AccountingCustomerParty"), "cac:Party/cac:PartyIdentification/cbc:ID")
    found = next((ids[scheme] for scheme in _SUBSCRIPTIONS if ids.get(scheme)), "")
    return element("tesisatNumarasi", found) if found else ""
