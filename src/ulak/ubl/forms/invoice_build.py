"""From the friendly invoice to UBL."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import msgspec

from ulak.codes.scenarios import find
from ulak.ubl import components as ubl
from ulak.ubl import totals
from ulak.ubl.forms.archive import Sold, sale_to_ubl, sending_to_ubl, slips_to_ubl
from ulak.ubl.forms.base import Clock, Moment
from ulak.ubl.forms.common import CUSTOMIZATION, DRAFT, UBL_VERSION, signature
from ulak.ubl.forms.delivery import delivery_to_ubl
from ulak.ubl.forms.errors import missing
from ulak.ubl.forms.invoice import Invoice, Sgk
from ulak.ubl.forms.items import item_to_ubl
from ulak.ubl.forms.kinds import derived_type
from ulak.ubl.forms.lines import Line
from ulak.ubl.forms.party import Address, Party, party_to_ubl
from ulak.ubl.forms.patch import apply_patch
from ulak.ubl.forms.references import (
    document_to_ubl,
    payment_to_ubl,
    period_to_ubl,
    reference_to_ubl,
    terms_to_ubl,
)
from ulak.ubl.forms.sums import allowances_to_ubl, monetary_total, tax_total, withholding_total
from ulak.ubl.forms.taxing import adjustments, engine_line
from ulak.ubl.values import Amount, Date, Identifier, Quantity

__all__ = ["MINISTRY", "build_invoice", "compute_invoice"]

_WITHHELD_RETURNS: Final = frozenset({"TEVKIFATIADE", "YTBTEVKIFATIADE"})
_PARTY_TYPES: Final = {"IHRACAT": "EXPORT", "YOLCUBERABERFATURA": "TAXFREE"}
_HOME_CURRENCY: Final = "TRY"

# e-Fatura Uygulaması Gümrük İşlemleri Kılavuzu V1.8, 4.2.1
MINISTRY: Final = Party(
    tax_id="1460415308",
    name="GÜMRÜK VE TİCARET BAKANLIĞI BİLGİ İŞLEM DAİRESİ BAŞKANLIĞI",
    tax_office="Ulus",
    address=Address(street="Üniversiteler Mahallesi Dumlupınar Bulvarı", number="151", town="Çankaya", city="Ankara"),
)


def build_invoice(form: Invoice, clock: Clock) -> ubl.Invoice:
    """The invoice in UBL, unsigned, with every sum worked out.

    Raises:
        JsonError: a field is missing or says what no code list knows.
        TotalsError: the sums cannot be.
    """
    moment = form.moment(clock)
    type_code = form.type or derived_type(form)
    sums = compute_invoice(form, type_code, moment.date)
    document = _document(form, moment, type_code, sums)
    return apply_patch(document, form.ubl) if form.ubl else document


def compute_invoice(form: Invoice, type_code: str, day: Date) -> totals.Totals:
    """Every sum of a friendly invoice."""
    default = _default_exemption(form.profile, type_code)
    return totals.compute(
        [engine_line(line, index, default, day) for index, line in enumerate(form.lines)],
        adjustments(form.discounts, form.charges, "") if form.discounts or form.charges else (),
        rounding=form.rounding,
        returns_withheld=type_code in _WITHHELD_RETURNS,
    )


@lru_cache(maxsize=256)
def _default_exemption(profile: str, type_code: str) -> str | None:
    scenario = find(profile, type_code)
    return scenario.default_exemption if scenario else None


def _document(form: Invoice, moment: Moment, type_code: str, sums: totals.Totals) -> ubl.Invoice:
    currency = form.currency
    sold = None if form.internet_sale is None else sale_to_ubl(form.internet_sale, form.supplier)
    supplier = _seller(form, sold)
    reasons = {line.exemption: line.exemption_reason for line in form.lines if line.exemption and line.exemption_reason}
    lines = [
        _line(line, row, str(at), currency)
        for at, (line, row) in enumerate(zip(form.lines, sums.lines, strict=True), 1)
    ]
    withheld = sums.withheld
    return ubl.Invoice(
        ubl_extensions=DRAFT,
        ubl_version_id=UBL_VERSION,
        customization_id=CUSTOMIZATION,
        profile_id=form.profile,
        id=moment.number,
        copy_indicator=False,
        uuid=moment.uuid,
        issue_date=moment.date,
        issue_time=moment.time,
        invoice_type_code=type_code,
        note=form.notes if sold is None or sold.note in form.notes else (*form.notes, sold.note),
        document_currency_code=currency,
        line_count_numeric=Decimal(len(lines)),
        signature=signature(form.supplier.tax_id or "", supplier.postal_address, moment.uuid),
        accounting_supplier_party=ubl.SupplierParty(party=supplier),
        accounting_customer_party=ubl.CustomerParty(party=_customer(form)),
        tax_total=(tax_total(sums.tax, sums.taxes, currency, reasons),),
        withholding_tax_total=(withholding_total(sums.withholding, withheld, currency),) if withheld else (),
        legal_monetary_total=monetary_total(sums, currency),
        invoice_line=tuple(lines),
        **_occasional(form, moment, sums, sold),
    )


def _seller(form: Invoice, sold: Sold | None) -> ubl.Party:
    seller = party_to_ubl(form.supplier)
    return seller if sold is None else msgspec.structs.replace(seller, website_uri=sold.website)


def _customer(form: Invoice) -> ubl.Party:
    if form.customer is not None:
        return party_to_ubl(form.customer)
    if form.profile in _PARTY_TYPES:
        return _ministry()
    raise missing("/customer")


@lru_cache(maxsize=1)
def _ministry() -> ubl.Party:
    return party_to_ubl(MINISTRY)


def _occasional(form: Invoice, moment: Moment, sums: totals.Totals, sold: Sold | None) -> dict[str, Any]:
    """The elements that an ordinary invoice has none of."""
    more: dict[str, Any] = {}
    if form.accounting_cost is not None:
        more["accounting_cost"] = form.accounting_cost
    if form.period is not None:
        more["invoice_period"] = period_to_ubl(form.period)
    if form.currency != _HOME_CURRENCY and form.exchange_rate is not None:
        more["pricing_exchange_rate"] = _exchange_rate(form)
    if form.delivery is not None:
        more["delivery"] = (delivery_to_ubl(form.delivery),)
    if form.payment is not None:
        more["payment_means"] = (payment_to_ubl(form.payment),)
    if sold is not None:
        more["delivery"] = (*more.get("delivery", ()), sold.delivery)
        more["payment_means"] = (*more.get("payment_means", ()), sold.means)
    if form.terms is not None:
        more["payment_terms"] = terms_to_ubl(form.terms)
    if sums.adjusted:
        more["allowance_charge"] = allowances_to_ubl(sums.adjusted, form.currency)
    if form.sgk is not None:
        more["accounting_cost"] = form.sgk.group
    _references(form, moment, more)
    _parties(form, more)
    return more


def _exchange_rate(form: Invoice) -> ubl.ExchangeRate:
    return ubl.ExchangeRate(
        source_currency_code=form.currency,
        target_currency_code=_HOME_CURRENCY,
        calculation_rate=form.exchange_rate,
        date=form.exchange_date,
    )


def _references(form: Invoice, moment: Moment, more: dict[str, Any]) -> None:
    if form.order is not None:
        more["order_reference"] = ubl.OrderReference(id=form.order.number, issue_date=form.order.date)
    if form.returns:
        more["billing_reference"] = tuple(
            ubl.BillingReference(invoice_document_reference=reference_to_ubl(one, type_code="IADE"))
            for one in form.returns
        )
    if form.register_slips:
        more["billing_reference"] = (*more.get("billing_reference", ()), *slips_to_ubl(form.register_slips))
    if form.despatches:
        more["despatch_document_reference"] = tuple(reference_to_ubl(one) for one in form.despatches)
    if form.receipts:
        more["receipt_document_reference"] = tuple(reference_to_ubl(one) for one in form.receipts)
    if form.incentive is not None:
        more["contract_document_reference"] = (reference_to_ubl(form.incentive, "YTBNO"),)
    documents = [document_to_ubl(one, moment.date) for one in form.documents]
    if form.esu_report is not None:
        documents.append(reference_to_ubl(form.esu_report, "ESURaporID"))
    if form.sgk is not None:
        documents += _sgk(form.sgk, moment.date)
    documents += sending_to_ubl(form.sending, moment)
    if documents:
        more["additional_document_reference"] = tuple(documents)


def _sgk(sgk: Sgk, day: Date) -> list[ubl.DocumentReference]:
    """SGK e-Fatura Teknik Doküman 3.3: the type code names the field, the type is its value."""
    fields = (
        ("MUKELLEF_KODU", sgk.provider_code, "Mükellef Kodu"),
        ("MUKELLEF_ADI", sgk.provider_name, "Mükellef Adı"),
        ("DOSYA_NO", sgk.file_number, "Dosya No"),
    )
    return [
        ubl.DocumentReference(
            id=str(at), issue_date=day, document_type_code=code, document_type=value, document_description=(label,)
        )
        for at, (code, value, label) in enumerate(fields, 1)
        if value is not None
    ]


def _parties(form: Invoice, more: dict[str, Any]) -> None:
    if form.buyer is not None:
        kind = _PARTY_TYPES.get(form.profile)
        first = None if kind is None else Identifier(kind, "PARTYTYPE")
        more["buyer_customer_party"] = ubl.CustomerParty(party=party_to_ubl(form.buyer, first=first))
    if form.intermediary is not None:
        more["tax_representative_party"] = _intermediary(form.intermediary, form.intermediary_alias)


def _intermediary(party: Party, alias: str | None) -> ubl.Party:
    written = party_to_ubl(party)
    ids = [Identifier(party.tax_id or "", "ARACIKURUMVKN")]
    if alias is not None:
        ids.append(Identifier(alias, "ARACIKURUMETIKET"))
    others = written.party_identification[0 if party.tax_id is None else 1 :]
    kept = (*(ubl.PartyIdentification(id=one) for one in ids), *others)
    return msgspec.structs.replace(written, party_identification=kept)


def _line(line: Line, row: totals.LineTotals, position: str, currency: str) -> ubl.InvoiceLine:
    withheld = row.withheld
    written = ubl.InvoiceLine(
        id=line.id or position,
        note=() if line.note is None else (line.note,),
        invoiced_quantity=Quantity(line.quantity, line.unit),
        line_extension_amount=Amount(row.net, currency),
        delivery=() if line.delivery is None else (delivery_to_ubl(line.delivery),),
        allowance_charge=allowances_to_ubl(row.adjusted, currency) if row.adjusted else (),
        tax_total=tax_total(row.tax, row.taxes, currency, _reasons(line)) if row.taxes else None,
        withholding_tax_total=() if withheld is None else _line_withholding(withheld, currency),
        item=item_to_ubl(line),
        price=ubl.Price(price_amount=Amount(line.price, currency)),
    )
    return apply_patch(written, line.ubl) if line.ubl else written


def _reasons(line: Line) -> dict[str, str] | None:
    if line.exemption is None or line.exemption_reason is None:
        return None
    return {line.exemption: line.exemption_reason}


def _line_withholding(row: totals.Withheld, currency: str) -> tuple[ubl.TaxTotal, ...]:
    return (withholding_total(row.amount, (row,), currency),)
