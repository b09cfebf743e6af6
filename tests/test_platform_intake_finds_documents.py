"""Documents are found by everything that people and ERPs know of them, page by page, and only by their taxpayer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platform_intake import YEAR, encoded, friendly, listed, sent
from platform_world import ARDIC, MELTEM, taxpayer
from ulak.errors import UlakError
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import finding, search
from ulak_server.documents.intake import Options
from ulak_server.documents.search import Filters, find
from ulak_server.documents.wanted import Condition

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return taxpayer(ARDIC)


@pytest.fixture(scope="module")
def stored(ardic: int) -> list[int]:
    """Seven invoices, the third with a number of its own, the last of yesterday."""
    ids = []
    for place in range(7):
        changed: dict[str, Any] = {"number": f"ERP{YEAR}000000123"} if place == 2 else {}
        if place == 6:
            changed["date"] = str(clock.today() - timedelta(days=1))
        ids.append(sent(ardic, encoded(friendly(**changed)), options=Options(erp_key=f"KEY%{place}")).id)
    return ids


def found(taxpayer: int, filters: Filters, **said: Any) -> list[int]:
    with scoped(Role.WEB, [taxpayer]):
        return [row.id for row in find(taxpayer, filters, **said).rows]


def code_of(taxpayer: int, filters: Filters, **said: Any) -> str:
    with pytest.raises(UlakError) as caught:
        found(taxpayer, filters, **said)
    return caught.value.code


def test_pages_follow_each_other_without_gap_even_while_documents_come_in(ardic: int, stored: list[int]) -> None:
    seen: list[int] = []
    cursor = None
    newest = 0
    while True:
        with scoped(Role.WEB, [ardic]):
            page = find(ardic, Filters(), cursor=cursor, limit=3)
        seen += [row.id for row in page.rows]
        if page.next is None:
            break
        cursor = page.next
        newest = sent(ardic).id
    assert seen == sorted(stored, reverse=True)
    assert newest not in seen


def test_each_filter_finds_what_it_names(ardic: int, stored: list[int]) -> None:
    with scoped(Role.WEB, [ardic]):
        first = search.one(ardic, stored[0])
    assert first is not None
    assert found(ardic, Filters(ettn=first.ettn)) == [stored[0]]
    assert found(ardic, Filters(erp_key="KEY%3")) == [stored[3]]
    assert found(ardic, Filters(number=f"erp{YEAR}")) == [stored[2]]
    assert found(ardic, Filters(number=f"ERP{YEAR}000000123", direction="out", kinds=["invoice"])) == [stored[2]]
    assert found(ardic, Filters(issued_until=clock.today() - timedelta(days=1))) == [stored[6]]
    assert set(stored) <= set(
        found(ardic, Filters(taken_from=clock.today(), taken_until=clock.today(), stages=["accepted"]))
    )
    assert found(ardic, Filters(taken_from=clock.today() + timedelta(days=1))) == []
    assert found(ardic, Filters(taken_until=clock.today() - timedelta(days=1))) == []
    assert set(stored) <= set(found(ardic, Filters(partner=MELTEM[0])))
    assert found(ardic, Filters(partner="1")) == found(ardic, Filters(direction="in")) == []
    assert found(ardic, Filters(stages=["delivered"])) == found(ardic, Filters(batch=1)) == []


def test_text_means_itself_and_no_pattern(ardic: int, stored: list[int]) -> None:
    assert set(stored) <= set(found(ardic, Filters(text="meltem gıda")))
    assert found(ardic, Filters(text="key%4")) == [stored[4]]
    assert found(ardic, Filters(text="%_")) == []
    assert found(ardic, Filters(text="0123")) == [stored[2]]


def test_nobody_finds_what_belongs_to_another(ardic: int, stored: list[int]) -> None:
    other = taxpayer(MELTEM, prefix="MLT")
    assert found(other, Filters()) == []
    with scoped(Role.WEB, [other]):
        assert find(ardic, Filters()).rows == []
        assert search.one(ardic, stored[0]) is None


def test_what_cannot_be_looked_for_is_said(ardic: int) -> None:
    assert code_of(ardic, Filters(), cursor="?") == "intake.cursor"
    assert code_of(ardic, Filters(), cursor="") == "intake.cursor"
    assert code_of(ardic, Filters(direction="up")) == "intake.filter"
    assert code_of(ardic, Filters(text="x")) == "intake.filter"
    assert code_of(ardic, Filters(partner="\0")) == "intake.filter"
    assert code_of(ardic, Filters(taken_until=date.max)) == "intake.filter"
    assert found(ardic, Filters(ettn=uuid4()), limit=10**9) == []


def test_a_search_that_takes_too_long_is_given_up(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_PATIENCE", timedelta(milliseconds=1))
    monkeypatch.setattr(search, "condition", lambda *_: Condition("EXISTS (SELECT FROM pg_sleep(0.2))", ()))

    assert code_of(ardic, Filters()) == "intake.too-broad"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=8),
    st.text(max_size=8),
    st.text(max_size=8),
    st.text(max_size=20),
    st.one_of(st.none(), st.integers()),
    st.one_of(st.none(), st.dates()),
    st.one_of(st.none(), st.text(max_size=12)),
)
def test_any_question_has_an_answer_or_a_clear_refusal(
    ardic: int,
    partner: str,
    number: str,
    erp_key: str,
    text: str,
    batch: int | None,
    day: date | None,
    cursor: str | None,
) -> None:
    filters = Filters(
        partner=partner, number=number, erp_key=erp_key, text=text, batch=batch, taken_from=day, issued_until=day
    )
    refused = ""
    try:
        found(ardic, filters, cursor=cursor)
    except UlakError as error:
        refused = error.code
    assert refused in ("", "intake.filter", "intake.cursor")
    with connection.cursor() as asked:
        asked.execute("SHOW statement_timeout")
        assert asked.fetchone() == ("0",)
