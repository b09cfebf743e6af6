"""Months of entries for tests, books written from them, and GİB's own judgement of a book."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree

from seal_pki import KNOWN_KEY
from support import REFERENCE
from ulak.ledger.numbering import number
from ulak.ledger.store import COLUMNS, EntryStore
from ulak.ledger.values import Accountant, Address, Company, Month, Part, source_application
from ulak.ledger.writing import unique_id, write_journal, write_ledger
from ulak.rules.schematron import read_schematron
from ulak.seal.large import seal_book

if TYPE_CHECKING:
    from saxon_reference import SaxonReference

OFFICIAL: Final = REFERENCE / "packages" / "edefter"
MONTH: Final = Month(2026, 1)
MADE: Final = date(2026, 2, 2)
ADDRESS: Final = Address("26/4", "Atatürk Caddesi", "Gümüş Sokak", "Ankara", "06110")
COMPANY: Final = Company(
    tax_id="1234567808",
    title="Çağrı & Oğulları İnşaat A.Ş.",
    address=ADDRESS,
    phone="3121111111",
    fax="3121111112",
    email="bilgi@ornek.com.tr",
    website="www.ornek.com.tr",
    activity_codes=("46.90.01",),
    fiscal_start=date(2026, 1, 1),
    fiscal_end=date(2026, 12, 31),
    accountants=(
        Accountant(
            "SMMM Ali Can", "SMMM sözleşmesi, 2025-01-01, M10120", ADDRESS, "3121111113", "3121111114", "a@b.tr"
        ),
    ),
    creator="Ayşe Yılmaz",
    source_application=source_application("1234567808", "Ulak", "Ulak e-Defter", "1.0"),
)
"""A company that keeps books."""


class Side(NamedTuple):
    """One line of a voucher: account, what is over the main account's code, amount, side."""

    account: str
    amount: Decimal
    side: str
    more: Mapping[str, object] = {}


@contextmanager
def store_of(vouchers: Iterable[Mapping[str, object]], lines: Iterable[Iterable[Side]]) -> Iterator[EntryStore]:
    """A store with vouchers (columns that all their lines have) and their lines, not numbered yet."""
    with tempfile.TemporaryDirectory() as directory, EntryStore.create(Path(directory) / "store") as store:
        rows = [
            {**voucher, **_accounts(side), "amount": side.amount, "side": side.side, **side.more}
            for voucher, sides in zip(vouchers, lines, strict=True)
            for side in sides
        ]
        fill(store, rows)
        yield store


def _accounts(side: Side) -> dict[str, object]:
    sub = side.account if "." in side.account else ""
    return {"main": side.account[:3], "main_name": "ANA HESAP", "sub": sub, "sub_name": "Alt hesap" if sub else ""}


def fill(store: EntryStore, rows: Iterable[Mapping[str, object]]) -> None:
    """Put rows into a store, as they stand in the one source they are from."""
    for place, row in enumerate(rows, 1):
        known = {"place": place, "source": "deneme.csv", "source_row": place + 1, **row}
        assert known.keys() <= COLUMNS.keys()
        names, marks = ", ".join(known), ", ".join("?" for _ in known)
        store.connection.execute(f"INSERT INTO line ({names}) VALUES ({marks})", list(known.values()))


def numbered(store: EntryStore, first_entry: int = 1, first_line: int = 1) -> EntryStore:
    number(store, first_entry, first_line)
    return store


def books(store: EntryStore, part: Part, company: Company = COMPANY, **more: Any) -> tuple[bytes, bytes]:
    """Journal and general ledger of a part, without seals."""
    made = []
    for kind, write in (("Y", write_journal), ("K", write_ledger)):
        target = BytesIO()
        size = write(store, company, part, target, at=MADE, unique=unique_id(kind, MONTH, 1), **more)  # type: ignore[arg-type]
        assert size == len(target.getvalue())
        made.append(target.getvalue())
    return made[0], made[1]


def sealed(book: bytes) -> bytes:
    target = BytesIO()
    seal_book(BytesIO(book), target, KNOWN_KEY, at=datetime(2026, 2, 2, 9, tzinfo=UTC), is_canonical=True)
    return target.getvalue()


def file_name(kind: str, part: Part, company: Company = COMPANY) -> str:
    branch = f"-{company.branch.number}" if company.branch else ""
    return f"{company.tax_id}-{MONTH}-{kind}-{part.number}{branch}.xml"


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(OFFICIAL / "xsd" / "edefter.xsd")))


@cache
def _rules(kind: str) -> SaxonReference:
    # Saxon takes 60 MB, and the bench, which measures memory, needs only the company.
    from saxon_reference import SaxonReference

    name = {"Y": "edefter_yevmiye.sch", "K": "edefter_kebir.sch"}[kind]
    return SaxonReference(read_schematron({name: (OFFICIAL / "schematron" / name).read_bytes()}, name), {})


def objections(kind: str, data: bytes, name: str) -> list[str]:
    """What GİB's XSD and Schematron say against a book with a name; the Schematron is run by Saxon as it stands."""
    schema = _schema()
    schema.validate(etree.fromstring(data))
    found = [f"{error.line}: {error.message}" for error in list(schema.error_log)]  # type: ignore[call-overload]
    rules = _rules(kind)
    verdict = rules.judge(data, name)
    texts = {number: assertion.test for number, (_, _, assertion) in enumerate(rules.schema.assertions())}
    return [
        *found,
        *(f"{texts[number]} @ {place}" for number, place in sorted(verdict.failed)),
        *map(str, verdict.stopped),
    ]
