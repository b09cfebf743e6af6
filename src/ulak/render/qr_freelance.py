"""The QR code of an e-SMM (Karekod Standardı Kılavuzu V1.2, 2.4), from both forms of it.

The guide names no elements. Its sample fixes what the sums mean: 1000 gross, 180 VAT of which 90 are withheld, 200
income tax make 800 net and 890 to collect.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from lxml import etree

from ulak.render.qr_values import INCOME_TAX, VAT, Pairs, amount, currency, party_number, path, summed, taxed, text
from ulak.ubl.names import EARSIV, clark

__all__ = ["freelance_pairs"]

_TOTALS: Final = clark("cac:LegalMonetaryTotal")
_WITHHELD: Final = path("cac:WithholdingTaxTotal/cac:TaxSubtotal")


class _Fees(NamedTuple):
    gross: Decimal
    vat: Decimal
    withheld: Decimal
    income_tax: Decimal
    collected: str

    def pairs(self) -> Pairs:
        yield "brutucret", f"{self.gross:f}"
        yield "tahsilkdv", f"{self.vat - self.withheld:f}"
        yield "kdvtevkifat", f"{self.withheld:f}"
        yield "gvstopaj", f"{self.income_tax:f}"
        yield "kdvtutari", f"{self.vat:f}"
        yield "netucret", f"{self.gross - self.income_tax:f}"
        yield "tahsilat", self.collected


def freelance_pairs(root: etree._Element) -> Pairs:
    """Keys and values in the order of the guide."""
    return _native(root) if root.tag == f"{{{EARSIV}}}eArsivVeri" else _ubl(root)


def _ubl(root: etree._Element) -> Pairs:
    totals = root.find(_TOTALS)
    withheld = root.findall(_WITHHELD)
    fees = _Fees(
        gross=amount(text(totals, clark("cbc:LineExtensionAmount"))),
        vat=amount(taxed(root, VAT)),
        withheld=amount(summed(withheld, clark("cbc:TaxAmount"))) if withheld else Decimal("0.00"),
        income_tax=amount(taxed(root, INCOME_TAX)),
        collected=text(totals, clark("cbc:PayableAmount")),
    )
    yield "vkntckn", party_number(root.find(path("cac:AccountingSupplierParty/cac:Party")))
    yield "avkntckn", party_number(root.find(path("cac:AccountingCustomerParty/cac:Party")))
    yield "tarih", text(root, clark("cbc:IssueDate"))
    yield "no", text(root, clark("cbc:ID"))
    yield "ettn", text(root, clark("cbc:UUID"))
    yield "parabirimi", currency(root)
    yield from fees.pairs()


def _native(root: etree._Element) -> Pairs:
    voucher = root.find(path("earsiv:serbestMeslekMakbuz"))
    head = path("earsiv:baslik/earsiv:mukellef")
    buyer = path("earsiv:aliciBilgileri")
    yield "vkntckn", text(root, f"{head}/{clark('earsiv:vkn')}") or text(root, f"{head}/{clark('earsiv:tckn')}")
    company = text(voucher, f"{buyer}/{path('earsiv:tuzelKisi/earsiv:vkn')}")
    yield "avkntckn", company or text(voucher, f"{buyer}/{path('earsiv:gercekKisi/earsiv:tckn')}")
    yield "tarih", text(voucher, clark("earsiv:belgeTarihi"))
    yield "no", text(voucher, clark("earsiv:makbuzNo"))
    yield "ettn", text(voucher, clark("earsiv:ETTN"))
    yield "parabirimi", text(voucher, clark("earsiv:paraBirimi"))
    if voucher is not None:
        yield from _native_fees(voucher).pairs()


def _native_fees(voucher: etree._Element) -> _Fees:
    return _Fees(
        gross=amount(
            summed(voucher.iterfind(path("earsiv:malHizmetBilgisi/earsiv:malHizmet")), clark("earsiv:burutUcret"))
        ),
        vat=_native_tax(voucher, VAT),
        withheld=amount(
            summed(voucher.iterfind(path("earsiv:vergiBilgisi/earsiv:tevkifat")), clark("earsiv:tevkifatTutari"))
        ),
        income_tax=_native_tax(voucher, INCOME_TAX),
        collected=text(voucher, clark("earsiv:odenecekTutar")),
    )


def _native_tax(voucher: etree._Element, code: str) -> Decimal:
    taxes = voucher.iterfind(path("earsiv:vergiBilgisi/earsiv:vergi"))
    found = [tax for tax in taxes if text(tax, clark("earsiv:vergiKodu")) == code]
    return amount(summed(found, clark("earsiv:vergiTutari"))) if found else Decimal("0.00")
