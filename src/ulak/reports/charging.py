"""``sarj`` and ``sarjAnlik``: charging of cars (e-Arşiv Kılavuzu V1.18, 3.3.2.19 …; Elektrik Şarj Kılavuzu V1.0, 2)."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.reports import parts
from ulak.reports.needs import Needs
from ulak.reports.source import Node, Source, identified, leaf
from ulak.reports.texts import amount, attribute, day, element, exact, moment_of_day, number
from ulak.reports.words import Words

__all__ = ["INSTANT", "charging"]

INSTANT: Final = "SARJANLIK"
"""The type of invoice whose report is due as soon as it is issued (e-Arşiv Kılavuzu V1.18, 5)."""
_TYPES: Final = {INSTANT: "sarjAnlik", "SARJ": "sarj"}
_REPORT: Final = "ESURaporID"
_TIMES: Final = (
    ("baslamaTarihi", "StartDate", day),
    ("bitisTarihi", "EndDate", day),
    ("baslamaZamani", "StartTime", moment_of_day),
    ("bitisZamani", "EndTime", moment_of_day),
)


def charging(source: Source, words: Words, needs: Needs) -> str:
    """The element of the invoice's type, or nothing for another."""
    name = _TYPES.get(source.type)
    if name is None:
        return ""
    lines = source.all("InvoiceLine")
    details = "".join(_detail(line, source, words, needs) for line in lines)
    instant = source.type == INSTANT
    if instant and len(lines) != 1:
        _lack(needs, source, "cac:InvoiceLine", "kalemDetay")
    return "".join(
        (
            f"<{name}>{_times(source, needs)}",
            "" if instant else _report(source, needs),
            element("plaka", _plate(source, needs)),
            element("toplamTutar", parts.money(source, "TaxExclusiveAmount", Needs())),
            _discount(source),
            details,
            _device(lines, source, needs) if instant else "",
            f"</{name}>",
        )
    )


def _lack(needs: Needs, source: Source, steps: str, name: str) -> str:
    return needs.lack("report.charging", source.path(steps), name=Text(name, name))


def _times(source: Source, needs: Needs) -> str:
    period = source.first("InvoicePeriod")
    rows = []
    for name, place, read in _TIMES:
        value = read(leaf(period, f"cbc:{place}")) or _lack(needs, source, f"cac:InvoicePeriod/cbc:{place}", name)
        rows.append(element(name, value))
    return f"<sarjZamani>{''.join(rows)}</sarjZamani>"


def _report(source: Source, needs: Needs) -> str:
    """The schema holds one ESÜ report; an invoice over several days names the first."""
    for reference in source.all("AdditionalDocumentReference"):
        found = identified(reference, "cbc:ID").get(_REPORT, "")
        if parts.UUID.fullmatch(found):
            return element("esuRaporID", found)
    return _lack(needs, source, "cac:AdditionalDocumentReference", "esuRaporID")


def _plate(source: Source, needs: Needs) -> str:
    ids = identified(source.first("AccountingCustomerParty"), "cac:Party/cac:PartyIdentification/cbc:ID")
    return ids.get("PLAKA") or _lack(
        needs, source, "cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification", "plaka"
    )


def _discount(source: Source) -> str:
    stated = number(leaf(source.first("LegalMonetaryTotal"), "cbc:AllowanceTotalAmount"))
    return element("indirim", exact(stated, 2) or "") if stated else ""


def _device(lines: list[Node], source: Source, needs: Needs) -> str:
    serials = (leaf(line, "cac:Item/cac:ItemInstance/cbc:SerialID") for line in lines)
    return element(
        "esuSeriNo",
        next((serial for serial in serials if serial), "")
        or _lack(needs, source, "cac:InvoiceLine/cac:Item", "esuSeriNo"),
    )


def _detail(line: Node, source: Source, words: Words, needs: Needs) -> str:
    quantity = line.find("{*}InvoicedQuantity")
    unit = attribute(quantity.get("unitCode", "")) if quantity is not None else ""
    count = exact(number((quantity.text or "") if quantity is not None else ""), 8, 24)
    price = exact(number(leaf(line, "cac:Price/cbc:PriceAmount")), 8, 24)
    if count is None or price is None:
        _lack(needs, source, "cac:InvoiceLine/cac:Price", "hizmetBirimFiyati")
    total = amount(leaf(line, "cac:TaxTotal/cbc:TaxAmount") or "0.00") or ""
    rows = "".join(parts.tax(row, words, source, needs) for row in line.iterfind("{*}TaxTotal/{*}TaxSubtotal"))
    net = amount(leaf(line, "cbc:LineExtensionAmount")) or "0.00"
    return (
        f"<kalemDetay>{element('hizmetAdi', leaf(line, 'cac:Item/cbc:Name'))}"
        f"<hizmetBirimFiyati>{price}</hizmetBirimFiyati>"
        f'<hizmetMiktari unitCode="{unit}">{count}</hizmetMiktari><vergilerToplami>{total}</vergilerToplami>'
        f"{rows or parts.no_tax(net)}</kalemDetay>"
    )
