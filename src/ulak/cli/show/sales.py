"""Summaries of what is sold: invoices, credit notes (e-MM, e-Gider Pusulası) and e-SMM in UBL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ulak.cli.page import Column
from ulak.cli.show.parts import item_name, party, references, tax_sums
from ulak.cli.show.sheet import Party, Sheet, Sum, Table
from ulak.cli.show.voice import Voice, joined, words
from ulak.errors import Text
from ulak.ubl import components as ubl
from ulak.ubl.values import Amount, Quantity

__all__ = ["credit_note_sheet", "invoice_sheet"]

_INVOICE = Text("Fatura", "Invoice")
_CREDIT_NOTE = Text("Makbuz", "Credit note")
_SELLER = Text("Satıcı", "Seller")
_CUSTOMER = Text("Alıcı", "Customer")
_BUYER = Text("Asıl alıcı", "Buyer")
_COLUMNS = [
    (Text("#", "#"), Column(right=True, style="dim")),
    (Text("Mal / hizmet", "Item"), Column(flexible=True)),
    (Text("Miktar", "Quantity"), Column(right=True)),
    (Text("Birim fiyat", "Unit price"), Column(right=True)),
    (Text("İsk./art.", "Discounts"), Column(right=True)),
    (Text("Vergiler", "Taxes"), Column(right=True)),
    (Text("Tutar", "Amount"), Column(right=True)),
]
_SUMS: tuple[tuple[str, Text], ...] = (
    ("line_extension_amount", Text("Mal / hizmet toplamı", "Lines")),
    ("allowance_total_amount", Text("İskontolar", "Discounts")),
    ("charge_total_amount", Text("Artırımlar", "Charges")),
    ("tax_exclusive_amount", Text("Vergiler hariç", "Without taxes")),
)
_INCLUSIVE = Text("Vergiler dahil", "With taxes")
_ROUNDING = Text("Yuvarlama", "Rounding")
_PAYABLE = Text("Ödenecek", "Payable")
_WITHHELD = Text("Tevkifat {label}", "Withheld {label}")
_RATE = Text("1 {source} = {rate} {target}", "1 {source} = {rate} {target}")

_SHORT = 12

Line = ubl.InvoiceLine | ubl.CreditNoteLine


def invoice_sheet(voice: Voice, document: ubl.Invoice) -> Sheet:
    """The summary of an invoice."""
    sheet = Sheet(joined((voice.say(_INVOICE), document.id)), _kind(document.profile_id, document.invoice_type_code))
    sheet.facts = [*_head(voice, document), *_links(voice, document), *_payment(voice, document)]
    sheet.parties = _parties(voice, document)
    rows = [_row(voice, line, line.invoiced_quantity) for line in document.invoice_line]
    sheet.tables = [Table(_COLUMNS, rows)]
    withheld = tax_sums(voice, document.withholding_tax_total, "withholdings")
    for each in withheld:
        each.label = voice.say(_WITHHELD.format(label=each.label))
    sheet.sums = _sums(voice, document.legal_monetary_total, document.tax_total, withheld)
    sheet.notes = [words(note) for note in document.note]
    return sheet


def credit_note_sheet(voice: Voice, document: ubl.CreditNote) -> Sheet:
    """The summary of a credit note."""
    type_code = words(document.credit_note_type_code)
    label = voice.code("credit_note_types", type_code) if type_code else voice.say(_CREDIT_NOTE)
    sheet = Sheet(joined((label, document.id)), _kind(document.profile_id, type_code))
    sheet.facts = [*_head(voice, document), *_links(voice, document)]
    sheet.parties = _parties(voice, document)
    rows = [_row(voice, line, line.credited_quantity) for line in document.credit_note_line]
    sheet.tables = [Table(_COLUMNS, rows)]
    sheet.sums = _sums(voice, document.legal_monetary_total, document.tax_total, [])
    sheet.notes = [words(note) for note in document.note]
    return sheet


def _kind(profile: object, type_code: object) -> str:
    return joined((profile, type_code), " · ")


def _head(voice: Voice, document: ubl.Invoice | ubl.CreditNote) -> Iterable[tuple[Text, str]]:
    yield Text("ETTN", "ETTN"), words(document.uuid)
    yield Text("Düzenlenme", "Issued"), voice.moment(document.issue_date, document.issue_time)
    currency = words(document.document_currency_code)
    if currency and currency != "TRY":
        yield Text("Para birimi", "Currency"), voice.coded("currencies", currency)
    for rate in (document.pricing_exchange_rate, document.tax_exchange_rate):
        if rate is not None:
            facts = {"source": words(rate.source_currency_code), "target": words(rate.target_currency_code)}
            said = voice.say(_RATE.format(rate=voice.number(rate.calculation_rate), **facts))
            yield Text("Kur", "Exchange rate"), joined((said, voice.day(rate.date)), ", ")
            return


def _links(voice: Voice, document: ubl.Invoice | ubl.CreditNote) -> Iterable[tuple[Text, str]]:
    order = document.order_reference
    if order is not None:
        yield Text("Sipariş", "Order"), joined((order.id, voice.day(order.issue_date)), ", ")
    yield Text("İrsaliye", "Despatch advice"), references(voice, document.despatch_document_reference)
    billed = [one.invoice_document_reference for one in document.billing_reference]
    yield Text("İlgili fatura", "Refers to"), references(voice, [one for one in billed if one is not None])


def _payment(voice: Voice, document: ubl.Invoice) -> Iterable[tuple[Text, str]]:
    for means in document.payment_means:
        account = means.payee_financial_account.id if means.payee_financial_account else None
        code = voice.code("payment_means", means.payment_means_code) if means.payment_means_code else None
        yield Text("Ödeme", "Payment"), joined((code, account, voice.day(means.payment_due_date)), ", ")


def _parties(voice: Voice, document: ubl.Invoice | ubl.CreditNote) -> list[Party]:
    seller, customer = document.accounting_supplier_party, document.accounting_customer_party
    parties = [
        party(voice, _SELLER, seller.party if seller else None),
        party(voice, _CUSTOMER, customer.party if customer else None),
    ]
    if document.buyer_customer_party is not None:
        parties.append(party(voice, _BUYER, document.buyer_customer_party.party))
    return parties


def _row(voice: Voice, line: Line, quantity: Quantity | None) -> list[str]:
    totals = line.tax_total if isinstance(line.tax_total, tuple) else (line.tax_total,)
    rows = [row for total in totals if total is not None for row in total.tax_subtotal]
    return [
        words(line.id),
        item_name(line.item),
        voice.quantity(quantity),
        voice.number(line.price.price_amount) if line.price else "",
        joined((_adjustment(voice, each) for each in line.allowance_charge), " "),
        joined((_tax(voice, row) for row in rows), ", "),
        voice.number(line.line_extension_amount),
    ]


def _adjustment(voice: Voice, each: ubl.AllowanceCharge) -> str:
    return ("+" if each.charge_indicator else "−") + voice.number(each.amount)


def _tax(voice: Voice, row: ubl.TaxSubtotal) -> str:
    scheme = row.tax_category.tax_scheme if row.tax_category else None
    code = words(scheme.tax_type_code) if scheme else ""
    name = words(scheme.name) if scheme else ""
    short = name if 0 < len(name) <= _SHORT else voice.short_tax(code)
    return joined((short or code, voice.percent(row.percent)))


def _sums(
    voice: Voice, total: ubl.MonetaryTotal | None, taxes: Sequence[ubl.TaxTotal], withheld: list[Sum]
) -> list[Sum]:
    if total is None:
        return [*tax_sums(voice, taxes, "taxes"), *withheld]
    before = [_sum(voice, label, getattr(total, name)) for name, label in _SUMS]
    after = [_sum(voice, _INCLUSIVE, total.tax_inclusive_amount), *withheld]
    after.append(_sum(voice, _ROUNDING, total.payable_rounding_amount))
    last = Sum(voice.say(_PAYABLE), voice.money(total.payable_amount))
    return [each for each in (*before, *tax_sums(voice, taxes, "taxes"), *after, last) if each.amount]


def _sum(voice: Voice, label: Text, amount: Amount | None) -> Sum:
    said = voice.money(amount) if amount is not None and amount.value else ""
    return Sum(voice.say(label), said)
