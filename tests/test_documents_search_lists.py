"""Lists find what people look for, in the order they want, page by page both ways, and say what it comes to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platform_world import ARDIC, MELTEM, taxpayer
from portal_documents import standing
from ulak.errors import UlakError
from ulak.lifecycle.documents import Stage
from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import finding, marking, parties, tallies
from ulak_server.documents.listing import Listed, Order, page, totals
from ulak_server.documents.models import Document, Form
from ulak_server.documents.services import Draft, accept
from ulak_server.documents.states import Shelf, State
from ulak_server.documents.wanted import Wanted

pytestmark = pytest.mark.usefixtures("platform_database")
DAY = date(2026, 3, 14)
OUT = Shelf.OUTGOING
TITLES = (
    *("Işık İnşaat A.Ş.", "IŞIK Gıda Ltd. Şti.", "Çiğdem Kırtasiye", "Cemal Öztürk", "İnci Tekstil", "Irmak Su"),
    *("ŞEKER Otomotiv", "Zeki Müren Plak", "Öz Ardıç", "Ozan Ticaret", "Ülker", "Uğur 7 Nakliyat"),
)


def drafts(taxpayer_id: int, count: int) -> list[Draft]:
    return [
        Draft(
            taxpayer_id,
            "invoice",
            Form.UBL,
            b"<Invoice/>",
            uuid4(),
            number=f"{'ARD' if place % 2 else 'BRD'}2026{place + 1:09d}",
            profile="TICARIFATURA" if place % 3 else "TEMELFATURA",
            type_code="SATIS" if place % 4 else "TEVKIFAT",
            issue_date=None if place == 7 else DAY + timedelta(days=place % 5),
            partner=f"{1_000_000_000 + place % len(TITLES)}",
            party_title=TITLES[place % len(TITLES)],
            erp_key=f"Sip/{place}",
            currency="TRY" if place % 5 else "USD",
            payable=None if place == 8 else Decimal(100 * (place % 7)) + Decimal("0.25"),
            vat=Decimal(place),
        )
        for place in range(count)
    ]


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer(ARDIC)


@pytest.fixture(scope="module")
def stored(ardic: int) -> list[int]:
    with scoped(Role.WEB, [ardic]):
        return list(accept(drafts(ardic, 40), DEFAULT))


def rows(ardic: int) -> list[Document]:
    with scoped(Role.WEB, [ardic]):
        return list(Document.objects.filter(taxpayer_id=ardic, shelf=OUT))


def found(ardic: int, wanted: Wanted, order: Order = Order.TAKEN_IN, **said: Any) -> Listed:
    with scoped(Role.WEB, [ardic]):
        return page(ardic, wanted, order, **said)


def ids(ardic: int, wanted: Wanted, **said: Any) -> set[int]:
    return {one.id for one in found(ardic, wanted, limit=200, **said).rows}


def titles(ardic: int, text: str) -> set[str]:
    return {one.party_title for one in found(ardic, Wanted(OUT, text=text), limit=200).rows}


# -- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["ışık", "IŞIK", "isik", "İŞİK", "Isik", "  ışı  "])
def test_turkish_letters_and_case_make_no_difference(ardic: int, stored: list[int], text: str) -> None:
    assert titles(ardic, text) == {"Işık İnşaat A.Ş.", "IŞIK Gıda Ltd. Şti."}


def test_words_come_in_any_order_and_all_of_them_count(ardic: int, stored: list[int]) -> None:
    assert titles(ardic, "insaat isik") == {"Işık İnşaat A.Ş."}
    assert titles(ardic, "gıda ltd ış") == {"IŞIK Gıda Ltd. Şti."}
    assert titles(ardic, "ışık şeker") == set()
    assert titles(ardic, "uğur 7") == {"Uğur 7 Nakliyat"}


def test_numbers_keys_and_ettns_are_found_by_the_same_field(ardic: int, stored: list[int]) -> None:
    one = next(row for row in rows(ardic) if row.number == "ARD2026000000012")
    assert ids(ardic, Wanted(OUT, text="12")) >= {one.id}
    for text in ("ARD2026000000012", "ard2026000000012", "000012", "Sip/11", str(one.ettn), str(one.ettn).upper()):
        assert ids(ardic, Wanted(OUT, text=text)) == {one.id}, text
    assert ids(ardic, Wanted(OUT, text=one.partner)) == {row.id for row in rows(ardic) if row.partner == one.partner}
    assert len(ids(ardic, Wanted(OUT, text="brd"))) == 20
    assert ids(ardic, Wanted(OUT, text=f"{one.party_title} 000012")) == {one.id}


def test_what_is_no_word_finds_nothing_rather_than_all(ardic: int, stored: list[int]) -> None:
    for text in ("%", "_", "' OR 1=1 --", "!!!", "…"):
        assert ids(ardic, Wanted(OUT, text=text)) == set(), text


def test_parties_complete_what_is_typed(ardic: int, stored: list[int]) -> None:
    with scoped(Role.WEB, [ardic]):
        assert [one.title for one in parties.complete(ardic, "isi")] == ["IŞIK Gıda Ltd. Şti.", "Işık İnşaat A.Ş."]
        assert parties.complete(ardic, "") == []


# -- filters -----------------------------------------------------------------------------------------------------------


def chosen(ardic: int, test: Any) -> set[int]:
    return {row.id for row in rows(ardic) if test(row)}


def test_each_filter_finds_what_it_names(ardic: int, stored: list[int]) -> None:
    first, last = DAY + timedelta(days=1), DAY + timedelta(days=2)
    today = clock.now().astimezone(clock.ISTANBUL).date()
    named: dict[str, tuple[Wanted, Any]] = {
        "type": (Wanted(OUT, types=["TEVKIFAT"]), lambda row: row.type_code == "TEVKIFAT"),
        "profile": (Wanted(OUT, profiles=["TEMELFATURA"]), lambda row: row.profile == "TEMELFATURA"),
        "days": (
            Wanted(OUT, issued_from=first, issued_until=last),
            lambda row: row.issue_date and first <= row.issue_date <= last,
        ),
        "until": (Wanted(OUT, issued_until=DAY), lambda row: row.issue_date == DAY),
        "sums": (
            Wanted(OUT, least=Decimal("100.25"), most=Decimal("200.25")),
            lambda row: row.payable in (Decimal("100.25"), Decimal("200.25")),
        ),
        "currency": (Wanted(OUT, currency="usd"), lambda row: row.currency == "USD"),
        "party": (Wanted(OUT, party="1000000003"), lambda row: row.partner == "1000000003"),
        "number": (Wanted(OUT, number="brd2026"), lambda row: row.number.startswith("BRD")),
        "taken in": (Wanted(OUT, arrived_from=today, arrived_until=today), lambda row: True),
        "not yet": (Wanted(OUT, arrived_from=today + timedelta(days=1)), lambda row: False),
        "out": (Wanted(OUT, direction="out"), lambda row: True),
        "in": (Wanted(OUT, direction="in"), lambda row: False),
        "kind": (Wanted(OUT, kinds=["invoice"]), lambda row: True),
        "sending": (Wanted(OUT, states=[State.SENDING]), lambda row: True),
        "drafts": (Wanted(OUT, states=[State.DRAFT]), lambda row: False),
        "taken": (Wanted(OUT, taken=True), lambda row: False),
        "batch": (Wanted(OUT, batch=1), lambda row: False),
        "other shelf": (Wanted(Shelf.INCOMING), lambda row: False),
        "all at once": (
            Wanted(OUT, types=["SATIS"], currency="TRY", text="a", least=Decimal(100), issued_from=DAY),
            lambda row: (
                row.type_code == "SATIS"
                and row.currency == "TRY"
                and (row.payable or 0) >= 100
                and row.issue_date is not None
                and (any(word.startswith("a") for word in row.party_title.lower().split()) or row.number[0] == "A")
            ),
        ),
    }
    for name, (wanted, test) in named.items():
        expected = chosen(ardic, test)
        assert ids(ardic, wanted) == expected, name
        with scoped(Role.WEB, [ardic]):
            assert totals(ardic, wanted).documents == len(expected), name


def test_labels_are_put_on_found_and_taken_off(ardic: int, stored: list[int]) -> None:
    with scoped(Role.WEB, [ardic]):
        assert marking.label(ardic, stored[:3], "takip", actor="user:1") == sorted(stored[:3])
        assert marking.label(ardic, stored[2:4], "takip") == [stored[3]]
        marking.label(ardic, stored[:1], "acil")
    assert ids(ardic, Wanted(OUT, labels=["takip"])) == set(stored[:4])
    assert ids(ardic, Wanted(OUT, labels=["acil", "yok"])) == {stored[0]}
    with scoped(Role.WEB, [ardic]):
        assert marking.unlabel(ardic, stored, "takip") == sorted(stored[:4])
        assert Document.objects.get(id=stored[1]).labels is None
        assert Document.objects.get(id=stored[0]).labels == ["acil"]
        for place in range(20):
            marking.label(ardic, stored[:1], f"etiket-{place}")
        assert len(Document.objects.get(id=stored[0]).labels or ()) == marking.MOST_LABELS


# -- orders and pages --------------------------------------------------------------------------------------------------


def key_of(order: Order, row: Document) -> Any:
    if order is Order.ISSUED:
        return (row.issue_date is None, row.issue_date or date.min, row.id)
    if order is Order.AMOUNT:
        return (row.payable or Decimal(0), row.id)
    return (row.id,)


@pytest.mark.parametrize("is_falling", [True, False])
@pytest.mark.parametrize("few", [1, 2_000])
@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_each_other_both_ways_in_every_order(
    ardic: int, stored: list[int], order: Order, few: int, is_falling: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether few were found, which are sorted, or many, of which the first are read in order."""
    monkeypatch.setattr(finding, "_FEW", few)
    wanted = Wanted(OUT, currency="TRY")
    forth: list[list[int]] = []
    cursor: str | None = None
    while True:
        part = found(ardic, wanted, order, is_falling=is_falling, cursor=cursor, limit=7)
        forth.append([one.id for one in part.rows])
        assert (part.before is None) is (cursor is None)
        if part.after is None:
            break
        cursor = part.after
    back = [forth[-1]]
    while part.before is not None:
        part = found(ardic, wanted, order, is_falling=is_falling, cursor=part.before, limit=7)
        back.insert(0, [one.id for one in part.rows])
    assert back == forth
    seen = [id for part in forth for id in part]
    every = [row for row in rows(ardic) if row.currency == "TRY"]
    assert sorted(seen) == sorted(row.id for row in every)
    if order is not Order.PARTY:
        expected = sorted(every, key=lambda row: key_of(order, row), reverse=is_falling)
        assert seen == [row.id for row in expected]


def test_parties_are_sorted_as_in_the_turkish_alphabet(ardic: int, stored: list[int]) -> None:
    listed = found(ardic, Wanted(OUT), Order.PARTY, is_falling=False, limit=200)
    order = list(dict.fromkeys(one.party_title for one in listed.rows))
    assert order == [
        *("Cemal Öztürk", "Çiğdem Kırtasiye", "Irmak Su", "IŞIK Gıda Ltd. Şti.", "Işık İnşaat A.Ş.", "İnci Tekstil"),
        *("Ozan Ticaret", "Öz Ardıç", "ŞEKER Otomotiv", "Uğur 7 Nakliyat", "Ülker", "Zeki Müren Plak"),
    ]


def test_a_cursor_of_another_order_or_of_nothing_is_refused(ardic: int, stored: list[int]) -> None:
    other = found(ardic, Wanted(OUT), Order.AMOUNT, limit=3).after
    for cursor in (other, "?", "", "AAAA", "W10", "x" * 5000):
        with pytest.raises(UlakError) as caught:
            found(ardic, Wanted(OUT), Order.ISSUED, cursor=cursor)
        assert caught.value.code == "intake.cursor", cursor


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=30),
    number=st.text(max_size=8),
    party=st.text(max_size=12),
    labels=st.lists(st.text(max_size=5), max_size=3),
    least=st.one_of(st.none(), st.decimals()),
    day=st.one_of(st.none(), st.dates()),
    batch=st.one_of(st.none(), st.integers()),
    cursor=st.one_of(st.none(), st.text(max_size=20)),
    order=st.sampled_from(list(Order)),
)
def test_any_question_has_an_answer_or_a_clear_refusal(
    ardic: int, order: Order, cursor: str | None, **said: Any
) -> None:
    wanted = Wanted(
        OUT,
        text=said["text"],
        number=said["number"],
        party=said["party"],
        labels=said["labels"],
        least=said["least"],
        arrived_until=said["day"],
        batch=said["batch"],
    )
    refused = ""
    try:
        found(ardic, wanted, order, cursor=cursor)
        with scoped(Role.WEB, [ardic]):
            totals(ardic, wanted)
    except UlakError as error:
        refused = error.code
    assert refused in ("", "intake.filter", "intake.cursor")


# -- what it comes to --------------------------------------------------------------------------------------------------


def counted(ardic: int) -> dict[tuple[Any, ...], tuple[int, Decimal, Decimal]]:
    """What the tables say, counted by looking at every row."""
    with scoped(Role.WEB, [ardic]), connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, currency, count(*), sum(coalesce(payable, 0)), sum(coalesce(vat, 0)) FROM documents_document"
            " WHERE shelf = 1 GROUP BY 1, 2"
        )
        return {(State.read(state), currency): (n, sum, vat) for state, currency, n, sum, vat in cursor.fetchall()}


def told(ardic: int) -> dict[tuple[Any, ...], tuple[int, Decimal, Decimal]]:
    with scoped(Role.WEB, [ardic]):
        found = tallies.sums(ardic, Wanted(OUT), by=("state",))
    return {(one.by[0], one.currency): (one.documents, one.payable, one.vat) for one in found}


def test_counts_are_exact_after_every_change_and_when_they_are_added_up(ardic: int, stored: list[int]) -> None:
    assert told(ardic) == counted(ardic)
    for place, stage in enumerate((Stage.DELIVERED, Stage.RETURNED, Stage.WITHDRAWN)):
        standing(stored[place], stage, numbered=True)
    assert told(ardic) == counted(ardic)
    assert tallies.add_up([ardic], at_least=1) == 1
    assert told(ardic) == counted(ardic)
    with scoped(Role.WEB, [ardic]):
        Document.objects.filter(id=stored[5]).delete()
        assert accept(drafts(ardic, 42)[41:], DEFAULT)
    assert told(ardic) == counted(ardic)
    assert tallies.add_up([ardic], at_least=1) == 1
    assert tallies.add_up([ardic], at_least=1) == 0
    assert told(ardic) == counted(ardic)


def test_sums_are_told_by_month_state_and_type(ardic: int, stored: list[int]) -> None:
    with scoped(Role.WEB, [ardic]):
        months = tallies.sums(ardic, Wanted(OUT, issued_from=DAY), by=("month", "type_code"))
        whole = tallies.sums(ardic)
    assert {one.by[0] for one in months} == {date(2026, 3, 1)}
    assert sum(one.documents for one in whole) == len(rows(ardic))
    with scoped(Role.WEB, [ardic]), pytest.raises(ValueError, match="counted"):
        tallies.sums(ardic, Wanted(OUT, text="ardıç"))


def test_more_than_are_counted_is_said_to_be_more(
    ardic: int, stored: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with scoped(Role.WEB, [ardic]):
        bounded = totals(ardic, Wanted(OUT, text="brd"), most=10)
        whole = totals(ardic, Wanted(OUT, text="brd"), most=None)
    assert (bounded.is_exact, bounded.documents, bounded.by_currency) == (False, 10, ())
    assert whole.is_exact
    assert whole.documents > 10


def test_nobody_sees_lists_counts_or_parties_of_another(ardic: int, stored: list[int]) -> None:
    other = taxpayer(MELTEM, prefix="MLT")
    with scoped(Role.WEB, [other]):
        assert page(ardic, Wanted(OUT)).rows == ()
        assert totals(ardic, Wanted(OUT)).documents == 0
        assert totals(ardic, Wanted(OUT, text="brd")).documents == 0
        assert tallies.sums(ardic) == []
        assert parties.complete(ardic, "işi") == []
        assert marking.label(ardic, stored, "takip") == []
