"""Numbers of a series follow each other without gap or duplicate, whatever happens to those who give them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from platform_reports import balance, issue
from platform_way_out import assert_no_gap, documents, run, sql
from platform_world import ARDIC, MELTEM, archiving, invoices, taxpayer
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import numbering
from ulak_server.documents.numbering import LAST, Numbers, Wanted, placeholder, with_number
from ulak_server.documents.numbering_problems import NumberingError

HOME = Path(__file__).parent
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> int:
    return taxpayer(MELTEM, "MLT")


def series(taxpayer: int, prefix: str, *, in_order: bool = True, closed: bool = False) -> int:
    ((id,),) = sql(
        "INSERT INTO taxpayers_series (taxpayer_id, kind, prefix, branch, is_default, in_date_order, closed_at)"
        " VALUES (%s, 'invoice', %s, '', false, %s, CASE WHEN %s THEN now() END) RETURNING id",
        [taxpayer, prefix, in_order, closed],
    )
    return int(id)


def number(one: Wanted) -> str:
    with scoped(Role.PIPELINE):
        numbers = Numbers([one])
        offered = numbers.offer(one)
        numbers.use(one)
        numbers.store()
        return offered


def test_each_year_begins_anew(ardic: int) -> None:
    id = series(ardic, "YIL")
    days = [date(2025, 12, 31), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)]
    assert [number(Wanted(n, ardic, id, day)) for n, day in enumerate(days)] == [
        "YIL2025000000001",
        "YIL2025000000002",
        "YIL2026000000001",
        "YIL2026000000002",
    ]


def test_a_day_before_the_last_is_refused_where_dates_go_in_order(ardic: int) -> None:
    strict, free = series(ardic, "SIR"), series(ardic, "SRB", in_order=False)
    later, earlier = date(2026, 11, 20), date(2026, 11, 19)
    for id in (strict, free):
        number(Wanted(1, ardic, id, later))
    with pytest.raises(NumberingError) as raised:
        number(Wanted(2, ardic, strict, earlier))
    assert raised.value.code == "numbering.date-order"
    assert "20.11.2026" in raised.value.text.tr
    assert number(Wanted(2, ardic, free, earlier)) == "SRB2026000000002"
    assert number(Wanted(3, ardic, strict, later)) == "SIR2026000000002"


def test_documents_that_come_together_are_numbered_by_their_dates(ardic: int) -> None:
    id = series(ardic, "TAR")
    days = [date(2026, 11, 20), date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 18)]
    wanted = [Wanted(n, ardic, id, day) for n, day in enumerate(days)]
    with scoped(Role.PIPELINE):
        assert [one.key for one in Numbers(wanted).in_order(wanted)] == [1, 3, 2, 0]


def test_what_was_offered_and_not_used_is_offered_again(ardic: int) -> None:
    id = series(ardic, "TEK")
    one, two = Wanted(1, ardic, id, date(2026, 5, 5)), Wanted(2, ardic, id, date(2026, 5, 5))
    with scoped(Role.PIPELINE):
        numbers = Numbers([one, two])
        assert numbers.offer(one) == numbers.offer(two)
        mark = numbers.mark()
        numbers.use(one)
        assert numbers.offer(two) == "TEK2026000000002"
        numbers.back_to(mark)
        assert numbers.offer(two) == "TEK2026000000001"


def test_a_closed_series_and_a_full_year_give_none(ardic: int) -> None:
    with pytest.raises(NumberingError) as raised:
        number(Wanted(1, ardic, series(ardic, "KAP", closed=True), date(2026, 5, 5)))
    assert raised.value.code == "numbering.series-closed"
    full = series(ardic, "DOL")
    number(Wanted(1, ardic, full, date(2026, 5, 5)))
    sql("UPDATE taxpayers_counter SET last = %s WHERE series_id = %s", [LAST - 1, full])
    assert number(Wanted(2, ardic, full, date(2026, 5, 5))) == f"DOL2026{LAST}"
    with pytest.raises(NumberingError) as raised:
        number(Wanted(3, ardic, full, date(2026, 5, 5)))
    assert raised.value.code == "numbering.exhausted"


def test_numbers_that_the_author_used_before_are_passed_over(meltem: int) -> None:
    day = clock.today()
    ids = invoices(meltem, 3, sender=MELTEM, receiver=ARDIC, prefix="MLT")
    for id, place in zip(ids, (2, 3, 5), strict=True):
        sql(
            "UPDATE documents_document SET work = NULL, number = %s, series_id = NULL WHERE id = %s",
            [f"MLT{day.year}{place:09}", id],
        )
    invoices(meltem, 4, sender=MELTEM, receiver=ARDIC, prefix="MLT")
    run()
    places = [int(row.number[7:]) for row in documents(meltem) if row.number is not None and row.series_id is not None]
    assert places == [1, 4, 6, 7]


def test_threads_that_number_at_once_share_no_number(ardic: int) -> None:
    id = series(ardic, "BIR")
    given: list[str] = []

    def give() -> None:
        for n in range(20):
            given.append(number(Wanted(n, ardic, id, date(2026, 5, 5))))
        connection.close()

    threads = [threading.Thread(target=give) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [f"BIR2026{place:09}" for place in range(1, 81)]


def test_killed_workers_leave_neither_gap_nor_duplicate(platform_database: str) -> None:
    one = taxpayer(("1234567893", "Çınar Ltd.", "urn:mail:gb@cinar.example", "urn:mail:pk@cinar.example"), "CNR")
    archiving(one, "CN")
    ids, issued = [*invoices(one, 400, prefix="CNR")], [*issue(one, 60)]
    seed = random.randrange(1, 2**31)
    print(f"seed {seed}")
    for round in range(2):
        mortals = [_worker(platform_database, seed + 2 * round + n) for n in range(2)]
        ends = [each.wait(60) for each in mortals]
        assert ends == [-9, -9]
        ids += invoices(one, 60, prefix="CNR")
        issued += issue(one, 20)
    assert _worker(platform_database, 0).wait(120) == 0
    rows = [row for row in documents(one) if row.id in ids]
    assert {row.stage for row in rows} <= {"sealed", "on-road"}
    assert len(rows) == 520
    assert_no_gap(one)
    told = sql(
        "SELECT d, count(*) FROM audit_entry, unnest(documents) AS d WHERE what = 'document.sealed'"
        " AND taxpayer_id = %s GROUP BY d HAVING count(*) <> 1",
        [one],
    )
    assert told == [], "each was sealed once"
    assert reported(one) == dict.fromkeys(issued, 1), "each is in one report that was built"
    assert {found.cause for found in balance(one, clock.today()).differences} == {"under-way"}


def reported(taxpayer: int) -> dict[int, int]:
    """The documents of the entries of reports that were built, and how often."""
    rows = sql(
        "SELECT e.document_id, count(*) FROM exchange_report_entry e JOIN exchange_report r ON r.id = e.report_id"
        " WHERE e.taxpayer_id = %s AND r.stage = 'ready' AND r.digest <> '' GROUP BY 1",
        [taxpayer],
    )
    return dict(rows)


def _worker(database: str, seed: int) -> subprocess.Popen[bytes]:
    # Of a report whose builder was killed the lease ends soon; sooner than some reports are built.
    policy = '{"report_lease": 0.2, "rework": [0.1, 1, 0.1, 0]}'
    environment = {
        **os.environ,
        "ULAK_POLICY": policy,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, str(HOME / "platform_mortal.py"), database, str(seed)]
    return subprocess.Popen(command, env=environment, cwd=HOME)


@given(
    st.integers(1, LAST),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="<>&"), max_size=40),
    st.sampled_from(["cbc", "n1", ""]),
)
def test_the_number_takes_the_place_of_the_placeholder_and_of_nothing_else(place: int, text: str, prefix: str) -> None:
    held, colon = placeholder("ARD", 2026), ":" if prefix else ""
    declared = f'xmlns{colon}{prefix}="{CBC}"'
    before = f"<a {declared}><x>{held}{text}</x><y><{prefix}{colon}ID>{held}</{prefix}{colon}ID></y><{prefix}{colon}ID>"
    after = f"</{prefix}{colon}ID><z>{held}</z></a>"
    made = with_number(f"{before}{held}{after}".encode(), f"ARD2026{place:09}")
    assert made == f"{before}ARD2026{place:09}{after}".encode()


@pytest.mark.parametrize("held", ["", "ARD2025000000000", "ARD2026000000001", "XYZ2026000000000", "\N{SNOWMAN}" * 30])
def test_a_number_replaces_nothing_but_its_placeholder(held: str) -> None:
    body = f'<a xmlns:c="{CBC}"><c:ID>{held}</c:ID></a>'.encode()
    with pytest.raises(NumberingError) as raised:
        with_number(body, "ARD2026000000007")
    assert raised.value.code == "numbering.no-placeholder"
    with pytest.raises(NumberingError):
        numbering.with_number(b"<a/>", "ARD2026000000007")
