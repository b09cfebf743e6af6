"""Whatever a month holds, its journal and general ledger are canonical, within the limit, and as GİB's rules want."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ledger_books import COMPANY, MONTH, Side, books, file_name, numbered, objections, sealed, store_of
from support import needs_reference
from ulak.ledger.heads import DECLARATION
from ulak.ledger.planning import RESERVE, plan
from ulak.ledger.reading import entries
from ulak.ledger.scanning import sums_of_file
from ulak.ledger.totals import reconcile, sums_of, totals, trial_balance
from ulak.ledger.values import LIMIT, Branch, Company

_ODD: Final = "ğüşıöçİĞ &<>\"'\t\n\r\x00\x0b\x1f\x7f\x85\u2028\ufffe\U0001f4d6]]>a1%{}$"
_words: Final = st.text(st.sampled_from(_ODD), max_size=12)
_names: Final = _words.map(lambda text: f"Ad {text}")
_days: Final = st.dates(MONTH.first, MONTH.last)
_accounts: Final = st.sampled_from(
    ["100", "102.01", "120.01.001", "120", "191.18", "391", "600.01", "740.01.00/1", "153.A&<B>"]
)
_amounts: Final = st.decimals(Decimal("0.01"), Decimal("99999999.99"), places=2)
_documents: Final[st.SearchStrategy[dict[str, object]]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {
            "document_type": st.sampled_from(["invoice", "check", "other", "receipt", "voucher", "shipment"]),
            "document_type_description": _names,
            "document_number": _names,
            "document_date": _days,
        }
    ),
)
_currencies: Final[st.SearchStrategy[dict[str, object]]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {
            "currency": st.sampled_from(["USD", "EUR"]),
            "original_amount": st.decimals(Decimal("0.0001"), Decimal("9999"), places=4),
            "rate": st.decimals(Decimal("0.00000001"), Decimal("99"), places=8),
            "rate_date": _days,
            "rate_source": _names,
            "rate_comment": _words,
        }
    ),
)
_more: Final = st.builds(
    lambda *parts: {name: value for part in parts for name, value in part.items()},
    _documents,
    _currencies,
    st.fixed_dictionaries({"comment": _words}, optional={"payment_method": _names}),
)
_funds: Final = st.integers(1, 500).map(lambda count: {"quantity": Decimal(count), "unit_cost": Decimal("2.50")})
_vouchers: Final = st.fixed_dictionaries(
    {"voucher": _names, "entry_date": _days, "entry_comment": _words},
    optional={"entered_by": _names, "voucher_type": st.sampled_from(["opening", "closing"])},
)
_companies: Final = st.sampled_from(
    [
        COMPANY,
        COMPANY._replace(branch=Branch("0001", 'A & "B" Şubesi')),
        COMPANY._replace(
            tax_id="12345678901", title="Şükrü Öğüt", creator="O'x'); DROP TABLE line;--", fax="", website=""
        ),
    ]
)


@st.composite
def _balanced(draw: st.DrawFn) -> list[Side]:
    """The lines of one voucher: one on the one side, one to three on the other that come to as much."""
    side, other = draw(st.permutations(["D", "C"]))
    amounts = draw(st.lists(_amounts, min_size=1, max_size=3))
    fund = draw(st.none() | _funds)
    against = [Side(draw(_accounts), amount, other, draw(_more)) for amount in amounts]
    if fund:
        against.append(Side("110.01", fund["quantity"] * fund["unit_cost"], other, fund))
    return [Side(draw(_accounts), sum((line.amount for line in against), Decimal(0)), side, draw(_more)), *against]


@needs_reference
@settings(max_examples=12, deadline=None)
@given(
    vouchers=st.lists(
        st.tuples(_vouchers, _balanced()), min_size=1, max_size=8, unique_by=lambda one: one[0]["voucher"]
    ),
    company=_companies,
    room=st.sampled_from([21_000, 37_000, LIMIT]),
    first=st.sampled_from([1, 1_000_000]),
)
def test_books_of_any_shape(vouchers: list[Any], company: Company, room: int, first: int) -> None:
    with store_of([one for one, _ in vouchers], [lines for _, lines in vouchers]) as store:
        numbered(store, first, 3 * first)
        parts = plan(store, MONTH, company=company, limit=RESERVE + room)
        assert [sum(part.entries for part in parts), parts[0].first, parts[-1].last] == [
            len(vouchers),
            first,
            first + len(vouchers) - 1,
        ]
        for part in parts:
            journal, ledger = made = books(store, part, company)
            assert totals(store, part).lines == part.lines
            sums = sums_of_file(BytesIO(journal)), sums_of_file(BytesIO(ledger))
            assert sums == (sums_of(entries(BytesIO(journal))), sums_of(entries(BytesIO(ledger))))
            assert reconcile(*sums, trial_balance(store, part)) == ()
            for kind, book, size in zip("YK", made, (part.journal_size, part.ledger_size), strict=True):
                head = book.index(b"<gl-cor:entryHeader>") + len(book) - book.rindex(b"</gl-cor:entryHeader>") - 21
                assert (book[: len(DECLARATION)].decode(), book[len(DECLARATION) :]) == (DECLARATION, _canonical(book))
                assert len(book) - head == size
                assert objections(kind, sealed(book), file_name(kind, part, company)) == []


def _canonical(book: bytes) -> bytes:
    target = BytesIO()
    etree.fromstring(book).getroottree().write_c14n(target, with_comments=True)
    return target.getvalue()


@needs_reference
def test_the_days_after_an_audit_may_be_without_entries_but_have_their_books() -> None:
    day = {"voucher": "1", "entry_date": date(2026, 1, 3)}
    sides = [Side("100", Decimal(1), "D"), Side("600", Decimal(1), "C")]
    with store_of([day], [sides]) as store:
        numbered(store)
        (audited,) = plan(store, MONTH, until=date(2026, 1, 16))
        (rest,) = plan(store, MONTH, since=date(2026, 1, 17), first_part=2)
        assert [(part.number, part.start.day, part.end.day, part.entries) for part in (audited, rest)] == [
            ("000001", 1, 16, 1),
            ("000002", 17, 31, 0),
        ]
        for kind, book in zip("YK", books(store, rest), strict=True):
            assert objections(kind, sealed(book), file_name(kind, rest)) == []
            assert len(list(entries(BytesIO(book)))) == 0
