"""The sums beside a form, as they stand on the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ulak.errors import Text
from ulak.ubl.totals import Effect, Subtotal, Totals
from ulak_server.composing import choices
from ulak_server.composing.typed import shown_number

__all__ = ["Sum", "fees", "sums"]

Money = Callable[[Decimal], str]


class Sum(NamedTuple):
    """A row of the sums.

    Attributes:
        kind: ``main`` for what is to be paid.
    """

    label: Text
    amount: str
    kind: str = ""


def sums(found: Totals, money: Money, payable: Text) -> Sequence[Sum]:
    """The sums of a sale or a purchase."""
    rows = [Sum(Text("Mal ve hizmet toplamı", "Goods and services"), money(found.line_extension))]
    if found.allowance:
        rows.append(Sum(Text("İskonto", "Discount"), money(-found.allowance)))
    if found.charge:
        rows.append(Sum(Text("Artırım", "Charges"), money(found.charge)))
    rows += [_taxed(tax, money) for tax in found.taxes]
    rows += _withheld(found, money)
    if found.rounding:
        rows.append(Sum(Text("Yuvarlama", "Rounding"), money(found.rounding)))
    if found.tax_inclusive not in (found.payable, found.tax_exclusive):
        rows.append(Sum(Text("Vergiler dahil toplam", "Total with taxes"), money(found.tax_inclusive)))
    return [*rows, Sum(payable, money(found.payable), "main")]


def fees(found: Totals, money: Money, payable: Text) -> Sequence[Sum]:
    """The sums of a freelance receipt: gross, net, and what the client pays."""
    kept = [tax for tax in found.taxes if tax.effect is Effect.DEDUCTED]
    added = [tax for tax in found.taxes if tax.effect is not Effect.DEDUCTED]
    net = found.line_extension - _added(kept)
    return [
        Sum(Text("Brüt ücret", "Gross fee"), money(found.line_extension)),
        *(_taxed(tax, money) for tax in kept),
        Sum(Text("Net ücret", "Net fee"), money(net)),
        *(_taxed(tax, money) for tax in added),
        *_withheld(found, money),
        Sum(payable, money(found.payable), "main"),
    ]


def _added(taxes: Sequence[Subtotal]) -> Decimal:
    total = Decimal(0)
    for tax in taxes:
        total += tax.amount
    return total


def _withheld(found: Totals, money: Money) -> Iterator[Sum]:
    for one in found.withheld:
        part = choices.share(one.percent)
        yield Sum(Text(f"Tevkifat ({part})", f"Withholding ({part})"), money(-one.amount))


def _taxed(tax: Subtotal, money: Money) -> Sum:
    rate = f"%{shown_number(format(tax.percent.normalize(), 'f'))}" if tax.percent is not None else ""
    label = Text("KDV", "VAT") if tax.code == "0015" else choices.label_of("taxes", tax.code)
    said = Text(f"{label.tr} {rate}".strip(), f"{label.en} {rate}".strip())
    return Sum(said, money(-tax.amount if tax.effect is Effect.DEDUCTED else tax.amount))
