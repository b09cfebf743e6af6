"""A trading company's month as its accounting program exports it: always the same for the same month and size.

    python -m tools.make_accounting_export 2026-10 20000 journal.csv

Sales, purchases, banks, cash, cheques, wages, depreciation and a little foreign trade; every voucher balances. The
columns are those of Ulak's own form (docs/ledger-input.md).
"""

from __future__ import annotations

import csv
import random
import sys
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["ACCOUNTS", "HEADER", "Line", "lines", "write"]

SEED: Final = 20261123
_CENT: Final = Decimal("0.01")
_COMMAS: Final = str.maketrans(",.", ".,")
_CUSTOMERS: Final = 180
_SUPPLIERS: Final = 90
ACCOUNTS: Final = {
    "100": "Kasa",
    "101": "Alınan Çekler",
    "102": "Bankalar",
    "120": "Alıcılar",
    "153": "Ticari Mallar",
    "191": "İndirilecek KDV",
    "257": "Birikmiş Amortismanlar (-)",
    "320": "Satıcılar",
    "335": "Personele Borçlar",
    "360": "Ödenecek Vergi ve Fonlar",
    "361": "Ödenecek Sosyal Güvenlik Kesintileri",
    "391": "Hesaplanan KDV",
    "600": "Yurt İçi Satışlar",
    "601": "Yurt Dışı Satışlar",
    "602": "Diğer Gelirler",
    "610": "Satıştan İadeler (-)",
    "646": "Kambiyo Kârları",
    "760": "Pazarlama Satış ve Dağıtım Giderleri",
    "770": "Genel Yönetim Giderleri",
    "780": "Finansman Giderleri",
}
_SUBS: Final = {
    "100.01": "Merkez kasa",
    "101.01": "Portföydeki çekler",
    "102.01": "Vadesiz TL hesabı",
    "102.02": "Vadesiz USD hesabı",
    "153.01": "Ticari mal stoku",
    "191.20": "İndirilecek KDV %20",
    "191.10": "İndirilecek KDV %10",
    "257.01": "Demirbaş amortismanı",
    "335.01": "Ücret borçları",
    "360.01": "Gelir vergisi stopajı",
    "361.01": "SGK primleri",
    "391.20": "Hesaplanan KDV %20",
    "391.10": "Hesaplanan KDV %10",
    "600.01": "Mal satışları",
    "601.01": "İhracat",
    "602.01": "Vade farkı gelirleri",
    "610.01": "Satış iadeleri",
    "646.01": "Kur farkı geliri",
    "760.01": "Nakliye",
    "770.01": "Kira",
    "770.02": "Elektrik ve su",
    "770.03": "Ücretler",
    "770.04": "Amortisman",
    "780.01": "Banka masrafı",
}


class Line(NamedTuple):
    """A journal line; `debit` and `credit` in TRY, one of them zero.

    Attributes:
        voucher: the accounting voucher's number (fiş no).
        original: amount, currency and rate of a line in foreign currency.
    """

    voucher: str
    day: date
    comment: str
    account: str
    account_name: str
    sub: str
    sub_name: str
    debit: Decimal
    credit: Decimal
    document: str = ""
    document_name: str = ""
    document_number: str = ""
    document_day: date | None = None
    payment: str = ""
    original: tuple[Decimal, str, Decimal] | None = None


class _Voucher:
    """A voucher while it is written."""

    def __init__(self, number: str, day: date, comment: str) -> None:
        self.number, self.day, self.comment = number, day, comment
        self.document: tuple[str, str, str] = ("", "", "")
        self.payment = ""
        self.lines: list[Line] = []

    def add(
        self, sub: str, debit: Decimal, credit: Decimal, original: tuple[Decimal, str, Decimal] | None = None
    ) -> None:
        main = sub[:3]
        kind, name, number = self.document
        self.lines.append(
            Line(
                self.number,
                self.day,
                self.comment,
                main,
                ACCOUNTS[main],
                sub,
                _sub_name(sub),
                debit,
                credit,
                kind,
                name,
                number,
                self.day if number else None,
                self.payment,
                original,
            )
        )

    def debit(self, sub: str, amount: Decimal) -> None:
        self.add(sub, amount, Decimal(0))

    def credit(self, sub: str, amount: Decimal) -> None:
        self.add(sub, Decimal(0), amount)


def lines(year: int, month: int, count: int) -> Iterator[Line]:
    """At least ``count`` lines of a month, in the order of days; the last voucher is a whole one."""
    chance = random.Random(SEED + year * 12 + month)
    days = [day for day in _days(year, month) if day.weekday() < 6]
    written = number = 0
    while written < count:
        number += 1
        day = days[min(len(days) - 1, written * len(days) // count)]
        voucher = _KINDS[chance.choices(range(len(_KINDS)), _WEIGHTS)[0]](chance, f"{number:06}", day)
        yield from voucher.lines
        written += len(voucher.lines)


def _days(year: int, month: int) -> Iterator[date]:
    first = date(year, month, 1)
    yield from (first + timedelta(days=day) for day in range(monthrange(year, month)[1]))


def _money(chance: random.Random, about: int) -> Decimal:
    return Decimal(chance.randrange(about * 20, about * 180)) / 100


def _share(amount: Decimal, rate: int) -> Decimal:
    return (amount * rate / 100).quantize(_CENT, ROUND_HALF_UP)


def _customer(chance: random.Random) -> str:
    return f"120.{chance.randrange(1, _CUSTOMERS + 1):04}"


def _supplier(chance: random.Random) -> str:
    return f"320.{chance.randrange(1, _SUPPLIERS + 1):04}"


def _sub_name(sub: str) -> str:
    if sub.startswith("120."):
        return f"Alıcı {int(sub[4:])} Ticaret Ltd. Şti."
    if sub.startswith("320."):
        return f"Satıcı {int(sub[4:])} Sanayi A.Ş."
    return _SUBS[sub]


def _sale(chance: random.Random, number: str, day: date) -> _Voucher:
    voucher = _Voucher(number, day, f"{number} sayılı satış")
    voucher.document = ("Fatura", "", f"ARF{day.year}{int(number):09}")
    parts = [_money(chance, 900) for _ in range(chance.choice((1, 1, 2, 3)))]
    rate = chance.choice((10, 20, 20))
    net = sum(parts, Decimal(0))
    vat = _share(net, rate)
    voucher.debit(_customer(chance), net + vat)
    for part in parts:
        voucher.credit("600.01", part)
    voucher.credit(f"391.{rate}", vat)
    return voucher


def _export(chance: random.Random, number: str, day: date) -> _Voucher:
    voucher = _Voucher(number, day, f"{number} sayılı ihracat")
    voucher.document = ("Fatura", "", f"ARX{day.year}{int(number):09}")
    dollars, rate = _money(chance, 2000), Decimal("43.1275")
    amount = (dollars * rate).quantize(_CENT, ROUND_HALF_UP)
    voucher.add(_customer(chance), amount, Decimal(0), (dollars, "USD", rate))
    voucher.credit("601.01", amount)
    return voucher


def _purchase(chance: random.Random, number: str, day: date) -> _Voucher:
    voucher = _Voucher(number, day, f"{number} sayılı mal alışı")
    voucher.document = ("Fatura", "", f"TED{day.year}{int(number):09}")
    rate = chance.choice((10, 20))
    net = _money(chance, 2400)
    vat = _share(net, rate)
    voucher.debit("153.01", net)
    voucher.debit(f"191.{rate}", vat)
    voucher.credit(_supplier(chance), net + vat)
    return voucher


def _expense(chance: random.Random, number: str, day: date) -> _Voucher:
    sub = chance.choice(("770.01", "770.02", "760.01"))
    voucher = _Voucher(number, day, f"{_SUBS[sub]} gideri")
    voucher.document = ("Fatura", "", f"GDR{day.year}{int(number):09}")
    net = _money(chance, 600)
    vat = _share(net, 20)
    voucher.debit(sub, net)
    voucher.debit("191.20", vat)
    voucher.credit(_supplier(chance), net + vat)
    return voucher


def _receipt(chance: random.Random, number: str, day: date) -> _Voucher:
    voucher = _Voucher(number, day, "Banka tahsilatı")
    voucher.document, voucher.payment = ("Diğer", "Dekont", f"D{int(number):07}"), "Banka"
    amount = _money(chance, 1500)
    voucher.debit("102.01", amount)
    voucher.credit(_customer(chance), amount)
    return voucher


def _payment(chance: random.Random, number: str, day: date) -> _Voucher:
    voucher = _Voucher(number, day, "Satıcıya ödeme")
    voucher.document, voucher.payment = ("Diğer", "Dekont", f"D{int(number):07}"), "Banka"
    amount, fee = _money(chance, 1800), _money(chance, 1)
    voucher.debit(_supplier(chance), amount)
    voucher.debit("780.01", fee)
    voucher.credit("102.01", amount + fee)
    return voucher


def _cheque(chance: random.Random, number: str, day: date) -> _Voucher:
    voucher = _Voucher(number, day, "Müşteriden alınan çek")
    voucher.document, voucher.payment = ("Çek", "", f"{5_000_000 + int(number)}"), "Çek"
    amount = _money(chance, 3000)
    voucher.debit("101.01", amount)
    voucher.credit(_customer(chance), amount)
    return voucher


def _till(chance: random.Random, number: str, day: date) -> _Voucher:
    voucher = _Voucher(number, day, "Kasa tahsilatı “peşin satış” & küçük gelirler")
    voucher.document, voucher.payment = ("Makbuz", "", f"M{int(number):07}"), "Nakit"
    amount = _money(chance, 200)
    voucher.debit("100.01", amount)
    voucher.credit("602.01", amount)
    return voucher


def _wages(chance: random.Random, number: str, day: date) -> _Voucher:
    voucher = _Voucher(number, day, "Ücret tahakkuku")
    voucher.document = ("Diğer", "Ücret bordrosu", f"B{int(number):06}")
    gross = _money(chance, 30000)
    tax, social = _share(gross, 15), _share(gross, 14)
    voucher.debit("770.03", gross)
    voucher.credit("360.01", tax)
    voucher.credit("361.01", social)
    voucher.credit("335.01", gross - tax - social)
    return voucher


def _depreciation(chance: random.Random, number: str, day: date) -> _Voucher:
    voucher = _Voucher(number, day, "Aylık amortisman")
    amount = _money(chance, 5000)
    voucher.debit("770.04", amount)
    voucher.credit("257.01", amount)
    return voucher


HEADER: Final = (
    "Fiş No",
    "Fiş Tarihi",
    "Fiş Açıklaması",
    "Hesap Kodu",
    "Hesap Adı",
    "Ana Hesap Adı",
    "Borç",
    "Alacak",
    "Belge Türü",
    "Belge Türü Açıklaması",
    "Belge No",
    "Belge Tarihi",
    "Ödeme Yöntemi",
    "Döviz Cinsi",
    "Döviz Tutarı",
    "Kur",
    "Kur Tarihi",
    "Kur Kaynağı",
)


def write(path: Path, year: int, month: int, count: int) -> None:
    """A file as a Turkish accounting program writes it: semicolons, decimal commas, days as 31.10.2026."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows(_row(line) for line in lines(year, month, count))


def _row(line: Line) -> list[str]:
    foreign, currency, rate = line.original or (None, "", None)
    return [
        line.voucher,
        _day(line.day),
        line.comment,
        line.sub,
        line.sub_name,
        line.account_name,
        _money_of(line.debit),
        _money_of(line.credit),
        line.document,
        line.document_name,
        line.document_number,
        _day(line.document_day),
        line.payment,
        currency,
        _number(foreign),
        _number(rate),
        _day(line.day if currency else None),
        "TCMB döviz alış" if currency else "",
    ]


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d.%m.%Y}"


def _money_of(value: Decimal) -> str:
    return f"{value:,.2f}".translate(_COMMAS) if value else ""


def _number(value: Decimal | None) -> str:
    return "" if value is None else str(value).replace(".", ",")


_KINDS: Final = (_sale, _purchase, _receipt, _payment, _expense, _cheque, _till, _export, _wages, _depreciation)
_WEIGHTS: Final = (40, 14, 18, 10, 8, 4, 3, 1.5, 1, 0.5)


if __name__ == "__main__":
    month, count, target = sys.argv[1:]
    year_of, month_of = map(int, month.split("-"))
    write(Path(target), year_of, month_of, int(count))
