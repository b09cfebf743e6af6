"""From an accounting export to GİB's approval: in one file, in parts, in mid-month, month after month."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from levels_support import ClockStamper
from platform_ledger_works import MONTH, begun, done, entries, rules, set_up, software, state, to, worker
from platform_ledgers import Books, books
from platform_world import ARDIC, taxpayer
from support import needs_reference
from ulak.ledger.names import FileName
from ulak.ledger.packages import opened
from ulak.ledger.reading import head_of
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers import works
from ulak_server.ledgers.station import Works
from ulak_server.ledgers.steps import planning, sealing
from ulak_server.people.services import Caller

pytestmark = [pytest.mark.usefixtures("platform_database"), needs_reference]
NOVEMBER = date(2026, 11, 1)


class World:
    """A company, a worker and GİB."""

    def __init__(self, gib: Books, works: Works, one: int, me: Caller) -> None:
        self.gib, self.works, self.one, self.me = gib, works, one, me

    def approved(self, work: int) -> None:
        """Bring a work to its end."""
        to("sent", self.works, self.me, self.one, work)
        self.gib.a_while(10)
        done(self.works)
        assert state(self.one, work).stage == "done"

    def stages(self, month: date = MONTH) -> dict[str, str]:
        (view,) = [each for each in ledgers.months(self.me, self.one, 2026) if each.month.month == month.month]
        return {package.name.split("-", 2)[2]: package.stage for package in view.packages}


@pytest.fixture(scope="module")
def world(platform_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with books() as gib, software(), rules(tmp_path_factory.mktemp("rules")), worker() as made:
        one = taxpayer()
        yield World(gib, made, one, set_up(one))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return entries(tmp_path_factory.mktemp("entries"), 400)


def test_what_will_be_made_is_shown_before_it_is(world: World, data: bytes) -> None:
    work = begun(world.me, world.one, data)
    to("planned", world.works, world.me, world.one, work)
    shown = ledgers.preview(world.me, world.one, work)
    (part,) = shown.parts
    assert (part.number, part.start, part.end, part.first) == ("000000", MONTH, date(2026, 10, 31), 1)
    assert (part.entries, part.lines, part.debit) == (shown.sums.entries, shown.sums.lines, shown.sums.credit)
    assert sum((row.debit for row in shown.balance), Decimal(0)) == part.debit
    assert [(kind, len(files)) for _, kind, files in shown.packages] == [("YB", 2), ("KB", 1)]
    assert shown.due is not None
    assert shown.due.date().isoformat() == "2027-02-15"
    page = ledgers.page_of(world.me, world.one, work, 2, 10)
    assert [entry.number for entry in page.entries] == list(range(11, 21))
    assert page.debit == page.credit > 0
    ledgers.cancel(world.me, world.one, work)
    assert state(world.one, work).stage == "cancelled"


def test_a_month_in_two_halves_is_approved_and_the_next_goes_on_counting(
    world: World, data: bytes, tmp_path: Path
) -> None:
    half = begun(world.me, world.one, data)
    to("checked", world.works, world.me, world.one, half)
    seen(world, half)
    ledgers.plan(world.me, world.one, half, date(2026, 10, 15))
    done(world.works)
    world.approved(half)
    assert world.stages() == {"YB-000001": "fetched", "KB-000001": "fetched"}
    later = of_days(data, range(16, 32))
    rest = begun(world.me, world.one, later)
    world.approved(rest)
    first, second = ledgers.parts(world.me, world.one, MONTH)
    assert [(each.number, each.start, each.end) for each in (first, second)] == [
        ("000001", MONTH, date(2026, 10, 15)),
        ("000002", date(2026, 10, 16), date(2026, 10, 31)),
    ]
    assert second.first == first.last + 1
    report = ledgers.report(world.me, world.one, MONTH)
    done(world.works)
    assert state(world.one, report.id).stage == "sent"
    world.gib.a_while(10)
    done(world.works)
    assert state(world.one, report.id).stage == "done"
    assert world.stages()["DR-000000"] == "filed"
    (october,) = [each for each in ledgers.months(world.me, world.one, 2026) if each.month.first == MONTH]
    assert (october.state, october.may_begin) == ("closed", False)
    made_again = begun(world.me, world.one, data)
    done(world.works)
    ledgers.check(world.me, world.one, made_again)
    done(world.works)
    assert ledgers.findings(world.me, world.one, made_again).errors >= first.lines
    ledgers.cancel(world.me, world.one, made_again)


def seen(world: World, work: int) -> None:
    """A person has read all warnings."""
    codes = [each.code for each in ledgers.findings(world.me, world.one, work).groups]
    ledgers.acknowledge(world.me, world.one, work, codes)


def of_days(data: bytes, days: range) -> bytes:
    """The headings, and the rows of some days."""
    headings, *rows = data.decode().splitlines(keepends=True)
    return "".join([headings, *(row for row in rows if int(row.split(";")[1][:2]) in days)]).encode()


def test_lines_are_found_by_account_voucher_amount_and_words(world: World) -> None:
    first, second = ledgers.parts(world.me, world.one, MONTH)

    def found(query: ledgers.Query, part: int = first.id) -> ledgers.LinePage:
        return ledgers.lines(world.me, world.one, part, query, limit=500)

    everything = found(ledgers.Query())
    assert (everything.count, everything.debit) == (first.lines, first.debit)
    some = found(ledgers.query_of("600"))
    assert {hit.line.account for hit in some.hits} == {"600"}
    one = some.hits[0]
    assert one in found(ledgers.query_of(f"{one.line.credit:f}".replace(".", ","))).hits
    assert one in found(ledgers.Query(voucher=one.voucher, side="C")).hits
    assert found(ledgers.query_of("ALICI")).count == found(ledgers.query_of("alıcı")).count > 0
    assert found(ledgers.query_of("böyle bir şey yok")).hits == []
    assert found(ledgers.query_of("'; DROP TABLE found; --")).hits == []
    by_account = [hit.line.account for hit in found(ledgers.Query(order="account")).hits]
    assert by_account == sorted(by_account)
    assert found(ledgers.Query(), second.id).count == second.lines
    whole = ledgers.balances(world.me, world.one, MONTH)
    assert sum((row.debit for row in whole), Decimal(0)) == first.debit + second.debit
    leafed = ledgers.page_of_part(world.me, world.one, second.id, 1, 5)
    assert leafed.entries[0].number == second.first


def test_a_large_month_is_divided_and_its_packages_hold_their_parts(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of November only what has passed of it can be made by the world's clock: 22 November."""
    monkeypatch.setattr(planning, "LIMIT", 420_000)
    data = entries(tmp_path, 400, NOVEMBER)
    work = begun(world.me, world.one, data, NOVEMBER, "kasim.csv")
    done(world.works)
    ledgers.check(world.me, world.one, work)
    done(world.works)
    found = ledgers.findings(world.me, world.one, work)
    assert {group.code for group in found.groups if group.level == "error"} == {"ledger.check.future"}
    past = of_days(data, range(1, 23))
    (file,) = ledgers.files(world.me, world.one, work)
    ledgers.remove_file(world.me, world.one, work, file.id)
    ledgers.add_file(world.me, world.one, work, "kasim-22.csv", io.BytesIO(past), len(past))
    to("checked", world.works, world.me, world.one, work)
    seen(world, work)
    ledgers.plan(world.me, world.one, work, date(2026, 11, 22))
    done(world.works)
    to("sealed", world.works, world.me, world.one, work)
    parts = ledgers.parts(world.me, world.one, NOVEMBER)
    last_of_october = ledgers.parts(world.me, world.one, MONTH)[-1].last
    assert [each.number for each in parts] == [f"{number:06}" for number in range(1, len(parts) + 1)]
    assert len(parts) > 1
    assert parts[0].first == last_of_october + 1
    for before, after in pairwise(parts):
        assert after.first == before.last + 1
        assert after.start <= before.end or after.start.toordinal() == before.end.toordinal() + 1
    for each in parts:
        assert all(book.size <= 420_000 for book in each.books)
        for package in each.packages:
            assert_package(world, package)
    uniques = [book.unique for each in parts for book in each.books if book.kind == "Y"]
    assert uniques == [f"YEV202611{number:06}" for number in range(3, 3 + len(parts))]


def test_books_that_have_not_gone_yet_are_sealed_anew_with_time_stamps(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GİB was away on the last day: what waits gets time stamps (Uygulama Kılavuzu V1.12, C 9–10)."""
    (work,) = [each.id for each in ledgers.works(world.me, world.one) if each.stage == "sealed"]
    before = {book.name: book.digest for _, book in ledgers.books(world.me, world.one, work)}
    for room in (works, sealing):
        monkeypatch.setattr(room, "authority", ClockStamper)
    ledgers.stamp(world.me, world.one, work)
    done(world.works)
    assert state(world.one, work).stage == "sealed", state(world.one, work).error
    after = {book.name: book for _, book in ledgers.books(world.me, world.one, work)}
    assert set(after) == set(before)
    assert all(after[name].digest != digest for name, digest in before.items())
    for book in after.values():
        if not book.is_package:
            content = b"".join(ledgers.file_of(world.me, world.one, book.id)[1])
            assert (content.count(b"<ds:Signature "), b"SignatureTimeStamp" in content) == (1, True)


def test_a_month_whose_first_part_gib_refuses_is_cut_anew_and_nothing_of_the_old_cut_goes(
    world: World, tmp_path: Path
) -> None:
    (old,) = [each.id for each in ledgers.works(world.me, world.one) if each.stage == "sealed"]
    refused = ledgers.parts(world.me, world.one, NOVEMBER)
    world.gib.fault("fault", 106)
    ledgers.send(world.me, world.one, old)
    done(world.works)
    world.gib.a_while(5)
    stages = world.stages(NOVEMBER)
    assert (stages["YB-000001"], stages["KB-000001"], stages["YB-000002"]) == ("refused", "ready", "ready")
    past = of_days(entries(tmp_path, 400, NOVEMBER), range(1, 23))
    again = begun(world.me, world.one, past, NOVEMBER, "kasim-yeniden.csv")
    to("checked", world.works, world.me, world.one, again)
    seen(world, again)
    ledgers.plan(world.me, world.one, again, date(2026, 11, 22))
    done(world.works)
    world.approved(again)
    (made,) = ledgers.parts(world.me, world.one, NOVEMBER)
    assert (made.number, made.first, made.last) == ("000001", refused[0].first, refused[-1].last)
    assert world.stages(NOVEMBER) == {"YB-000001": "fetched", "KB-000001": "fetched"}
    world.gib.a_while(10)
    assert [one.id for one in world.gib.center.packages() if "-202611-" in one.id and one.status == 30] == [
        f"{ARDIC[0]}-202611-{kind}-000001" for kind in ("YB", "KB")
    ]


def assert_package(world: World, package: ledgers.BookView) -> None:
    """A package is named as GİB wants it and holds what its name says."""
    _, pieces = ledgers.file_of(world.me, world.one, package.id)
    name = FileName.parse(package.name)
    with opened(io.BytesIO(b"".join(pieces))) as held:
        assert set(held.names) == ({name.xml, name.book.xml} if package.kind == "YB" else {name.xml})
        if package.kind == "YB":
            head = head_of(io.BytesIO(held.open(name.book.xml).read()))
            assert head.company.tax_id == name.tax_id
