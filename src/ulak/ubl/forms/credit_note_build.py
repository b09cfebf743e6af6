"""From the friendly producer receipt and expense note to UBL."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import msgspec

from ulak.ubl import components as ubl
from ulak.ubl import totals
from ulak.ubl.forms.archive import sending_to_ubl, slips_to_ubl
from ulak.ubl.forms.base import Clock, Moment
from ulak.ubl.forms.common import DRAFT, LATER_CUSTOMIZATION, UBL_VERSION, signature
from ulak.ubl.forms.credit_note import Confirmation, ExpenseNote, ProducerLine, ProducerReceipt, Provider
from ulak.ubl.forms.items import item_to_ubl
from ulak.ubl.forms.lines import Item, Line, Tax
from ulak.ubl.forms.party import Party, party_to_ubl
from ulak.ubl.forms.patch import apply_patch
from ulak.ubl.forms.references import document_to_ubl
from ulak.ubl.forms.sums import allowances_to_ubl, monetary_total, tax_total
from ulak.ubl.forms.taxing import engine_line
from ulak.ubl.totals import Effect
from ulak.ubl.values import Amount, Code, Date, Identifier, Quantity

__all__ = ["EXPENSE_PROFILE", "PRODUCER_PROFILE", "PRODUCER_TYPE", "build_expense_note", "build_producer_receipt"]

PRODUCER_PROFILE: Final = "EARSIVBELGE"
PRODUCER_TYPE: Final = "MUSTAHSILMAKBUZ"
EXPENSE_PROFILE: Final = "GIDERPUSULASI"
_INCOME_TAX: Final = "0003"


def build_producer_receipt(form: ProducerReceipt, clock: Clock) -> ubl.CreditNote:
    """The producer receipt in UBL, unsigned; every tax of it is kept back (UBL-TR Müstahsil Makbuzu V1.1, 2.3.17)."""
    moment = form.moment(clock)
    # The guide wants a TaxTotal of every receipt (2.3.17); one that keeps nothing back says so by a rate of nothing.
    usual = None if any(line.income_withholding is not None or line.taxes for line in form.lines) else Decimal(0)
    sums = totals.compute([_producer_line(line, at, moment.date, usual) for at, line in enumerate(form.lines)])
    day = form.delivery_date
    document = _document(
        form,
        moment,
        sums,
        profile_id=PRODUCER_PROFILE,
        credit_note_type_code=PRODUCER_TYPE,
        billing_reference=slips_to_ubl(form.register_slips),
        delivery=() if day is None else (ubl.Delivery(actual_delivery_date=day),),
    )
    return apply_patch(document, form.ubl) if form.ubl else document


def _producer_line(line: ProducerLine, index: int, day: Date, usual: Decimal | None) -> totals.Line:
    percent = usual if line.income_withholding is None else line.income_withholding
    taxes = () if percent is None else (Tax(code=_INCOME_TAX, percent=percent),)
    stated = Line(name=line.name, quantity=line.quantity, price=line.price, taxes=(*taxes, *line.taxes))
    engine = engine_line(stated, index, None, day, vat=False)
    kept = tuple(msgspec.structs.replace(tax, effect=Effect.DEDUCTED) for tax in engine.taxes)
    return msgspec.structs.replace(engine, taxes=kept)


def build_expense_note(form: ExpenseNote, clock: Clock) -> ubl.CreditNote:
    """The expense note in UBL, unsigned (e-Gider Pusulası package V1.0)."""
    moment = form.moment(clock)
    sums = totals.compute([engine_line(line, at, None, moment.date, vat=False) for at, line in enumerate(form.lines)])
    original = form.original
    references: tuple[ubl.BillingReference, ...] = ()
    if original is not None:
        reference = ubl.DocumentReference(id=Identifier(original.number, original.kind), issue_date=original.date)
        references = (ubl.BillingReference(invoice_document_reference=reference),)
    document = _document(
        form,
        moment,
        sums,
        profile_id=EXPENSE_PROFILE,
        credit_note_type_code=form.type or ("SATIS" if original is None else "IADE"),
        billing_reference=references,
        delivery=_courier(form),
    )
    return apply_patch(document, form.ubl) if form.ubl else document


def _courier(form: ExpenseNote) -> tuple[ubl.Delivery, ...]:
    if form.courier is None:
        return ()
    party, permit = party_to_ubl(form.courier), form.courier_permit
    if permit is not None:
        party = msgspec.structs.replace(party, industry_classification_code=Code(permit, name="YETKIBELGENO"))
    return (ubl.Delivery(delivery_party=party),)


def _document(form: ProducerReceipt | ExpenseNote, moment: Moment, sums: totals.Totals, **more: Any) -> ubl.CreditNote:
    currency = form.currency
    supplier = _with_provider(party_to_ubl(form.supplier), form.provider)
    lines = [
        _line(line, row, str(at), currency)
        for at, (line, row) in enumerate(zip(form.lines, sums.lines, strict=True), 1)
    ]
    return ubl.CreditNote(
        ubl_extensions=DRAFT,
        ubl_version_id=UBL_VERSION,
        customization_id=LATER_CUSTOMIZATION,
        id=moment.number,
        copy_indicator=False,
        uuid=moment.uuid,
        issue_date=moment.date,
        issue_time=moment.time,
        note=form.notes,
        document_currency_code=currency,
        line_count_numeric=Decimal(len(lines)),
        additional_document_reference=(
            *(document_to_ubl(each, moment.date) for each in form.documents),
            *sending_to_ubl(form.sending, moment),
        ),
        signature=signature(form.supplier.tax_id or "", supplier.postal_address, moment.uuid),
        accounting_supplier_party=ubl.SupplierParty(party=supplier),
        accounting_customer_party=ubl.CustomerParty(party=_confirmed(form.customer, form.confirmation)),
        tax_total=(tax_total(sums.tax, sums.taxes, currency),) if sums.taxes else (),
        legal_monetary_total=monetary_total(sums, currency),
        credit_note_line=tuple(lines),
        **more,
    )


def _with_provider(party: ubl.Party, provider: Provider | None) -> ubl.Party:
    if provider is None:
        return party
    channel = ubl.Communication(channel_code=Code(provider.name, name=provider.kind), value=provider.vkn)
    contact = msgspec.structs.replace(party.contact or ubl.Contact(), other_communication=(channel,))
    return msgspec.structs.replace(party, contact=contact)


def _confirmed(party: Party, confirmation: Confirmation | None) -> ubl.Party:
    written = party_to_ubl(party)
    if confirmation is None:
        return written
    contact = msgspec.structs.replace(
        written.contact or ubl.Contact(),
        id=confirmation.code,
        name=confirmation.kind,
        telephone=confirmation.phone or party.phone,
    )
    return msgspec.structs.replace(written, contact=contact)


def _line(line: Item, row: totals.LineTotals, position: str, currency: str) -> ubl.CreditNoteLine:
    assert isinstance(line, Line | ProducerLine)
    written = ubl.CreditNoteLine(
        id=line.id or position,
        note=() if line.note is None else (line.note,),
        credited_quantity=Quantity(line.quantity, line.unit),
        line_extension_amount=Amount(row.net, currency),
        tax_total=(tax_total(row.tax, row.taxes, currency),) if row.taxes else (),
        allowance_charge=allowances_to_ubl(row.adjusted, currency) if row.adjusted else (),
        item=item_to_ubl(line),
        price=ubl.Price(price_amount=Amount(line.price, currency)),
    )
    return apply_patch(written, line.ubl) if line.ubl else written
