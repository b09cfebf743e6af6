"""An accountant sees all clients in one table, and closes their months point by point."""

from __future__ import annotations

import itertools
import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest

from platform_world import ARDIC, MELTEM, invoices, taxpayer
from portal_client import Visitor, visitor
from ulak_server import clock
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange.models_of_reports import ReportEntry, What
from ulak_server.overview import months
from ulak_server.overview import services as overview
from ulak_server.overview.gaps import gaps
from ulak_server.overview.models import Close
from ulak_server.overview.services import Who

pytestmark = pytest.mark.usefixtures("platform_database")
KARGO = ("9183746505", "Işık İnşaat A.Ş.", "urn:mail:gb@kargo.example", "urn:mail:pk@kargo.example")
DENIZ = Who("user:1", "Deniz Aksoy", "192.0.2.1")
LAST = months.before(months.current())
NUMBERS = itertools.count(900_000)


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int, int]:
    return taxpayer(ARDIC, "ARD"), taxpayer(MELTEM, "MLT"), taxpayer(KARGO, "KRG")


@pytest.fixture(scope="module")
def accountant(firms: tuple[int, int, int]) -> Visitor:
    return visitor((firms[0], "accountant"), (firms[1], "accountant"))


def put(taxpayer_id: int, number: int | None, stage: str, day: date = LAST, prefix: str = "ARD") -> int:
    """A document of a month; its id."""
    (id,) = invoices(taxpayer_id)
    stated = None if number is None else f"{prefix}{day.year}{number:09}"
    with scoped(Role.WEB, [taxpayer_id]):
        Document.objects.filter(id=id).update(stage=stage, number=stated, issue_date=day, work=None)
    return id


def counts(taxpayer_id: int, month: date = LAST) -> dict[str, int | None]:
    with scoped(Role.WEB, [taxpayer_id]):
        return {one.name: one.size for one in overview.checklist(taxpayer_id, month).points}


def test_gaps_are_found_one_by_one_also_before_the_first_of_the_month(firms: tuple[int, int, int]) -> None:
    _, meltem, _ = firms
    put(meltem, 3, "delivered", months.before(LAST, 1), "MLT")
    for number in (6, 7, 10):
        put(meltem, number, "delivered", prefix="MLT")
    same_year = months.before(LAST, 1).year == LAST.year
    with scoped(Role.WEB, [meltem]):
        found = [(one.first, one.last) for one in gaps(meltem, LAST)]
    assert found == ([(4, 5)] if same_year else []) + [(8, 9)]


def test_numbers_without_a_gap_have_none(firms: tuple[int, int, int]) -> None:
    ardic, _, _ = firms
    for number in (1, 2, 3):
        put(ardic, number, "delivered")
    with scoped(Role.WEB, [ardic]):
        assert gaps(ardic, LAST) == []


def entry(taxpayer_id: int, day: date, kind: str) -> None:
    """Something that has to be reported and is in no report."""
    now = clock.now()
    with scoped(Role.PIPELINE, [taxpayer_id]):
        ReportEntry.objects.create(
            taxpayer_id=taxpayer_id, document_id=next(NUMBERS), what=What.ISSUED, kind=kind, product="earsiv", day=day,
            made_at=now, ready_at=now, due_at=now,
        )  # fmt: skip


def test_the_checklist_counts_what_is_open(firms: tuple[int, int, int]) -> None:
    ardic, _, _ = firms
    put(ardic, None, "draft")
    put(ardic, None, "returned")
    put(ardic, 4, "withdrawn")
    put(ardic, None, "draft", months.current())
    entry(ardic, LAST, "earchive_invoice")
    entry(ardic, months.last_day(LAST), "producer_receipt")
    entry(ardic, months.current(), "earchive_invoice")
    found = counts(ardic)
    assert found == {
        "gaps": 0,
        "unsent": 1,
        "broken": 1,
        "under-way": 0,
        "drafts": 1,
        "unanswered": 0,
        "rejected": 0,
        "unreported": 2,
    }


def close_again(taxpayer_id: int) -> None:
    overview.close(taxpayer_id, LAST, DENIZ)


def untick(taxpayer_id: int) -> None:
    overview.tick(taxpayer_id, LAST, "drafts", DENIZ, seen=False)


def test_a_month_is_closed_when_all_was_looked_at_and_says_by_whom(firms: tuple[int, int, int]) -> None:
    ardic, _, _ = firms
    with scoped(Role.WEB, [ardic]), pytest.raises(overview.OverviewError, match="4 points"):
        overview.close(ardic, LAST, DENIZ)
    for point in ("unsent", "broken", "drafts", "unreported"):
        with scoped(Role.WEB, [ardic]):
            overview.tick(ardic, LAST, point, DENIZ, seen=True)
    with scoped(Role.WEB, [ardic]):
        closed = overview.close(ardic, LAST, DENIZ, note="Taslak müşteride.").record
    assert (closed.closed_name, closed.note) == ("Deniz Aksoy", "Taslak müşteride.")
    assert closed.remaining == {"unsent": 1, "broken": 1, "drafts": 1, "unreported": 2}
    with scoped(Role.WEB, [ardic]):
        assert Entry.objects.filter(what="month.closed").exists()
        for again in (close_again, untick):
            with pytest.raises(overview.OverviewError) as refused:
                again(ardic)
            assert refused.value.code == "overview.month-closed"
    with scoped(Role.WEB, [ardic]):
        assert overview.reopen(ardic, LAST, DENIZ).record.closed_at is None


@pytest.mark.parametrize("note", ["x" * 2001])
def test_a_note_has_an_end(firms: tuple[int, int, int], note: str) -> None:
    with scoped(Role.WEB, [firms[0]]), pytest.raises(overview.OverviewError) as refused:
        overview.close(firms[0], LAST, DENIZ, note=note)
    assert refused.value.code == "overview.note-long"


def test_a_month_that_runs_is_not_closed(firms: tuple[int, int, int]) -> None:
    with scoped(Role.WEB, [firms[2]]), pytest.raises(overview.OverviewError) as refused:
        overview.close(firms[2], months.current(), DENIZ)
    assert refused.value.code == "overview.month-running"


# -- pages -------------------------------------------------------------------------------------------------------------


def test_the_desk_shows_all_clients_of_the_accountant_and_no_other(accountant: Visitor) -> None:
    shown = accountant.get("/desk").content.decode()
    assert ARDIC[1] in shown
    assert MELTEM[1] in shown
    assert KARGO[1] not in shown


def test_two_letters_and_enter_lead_to_a_client(firms: tuple[int, int, int]) -> None:
    someone = visitor((firms[0], "accountant"), (firms[2], "accountant"))
    for typed in ("iş", "IS", "İŞIK", "ışık", "9183"):
        response = someone.get("/desk", q=typed, go="yes")
        assert (response.status_code, response["Location"]) == (303, f"/t/{firms[2]}/today"), typed


@pytest.mark.parametrize("query", [{"show": "answers"}, {"sort": "last"}, {"show": "x", "sort": "y"}, {"q": "zzz"}])
def test_any_query_has_a_page(accountant: Visitor, query: dict[str, str]) -> None:
    assert accountant.get("/desk", **query).status_code == 200


def test_who_works_for_nobody_is_told_what_to_do() -> None:
    shown = visitor().get("/desk").content.decode()
    assert "Henüz kimse için çalışmıyorsunuz" in shown
    assert "/start" not in shown, "this installation is no sandbox"


def test_the_month_is_ticked_and_closed_on_its_page(firms: tuple[int, int, int], accountant: Visitor) -> None:
    meltem, name = firms[1], months.written(LAST)
    address = f"/t/{meltem}/months/{name}"
    assert "numara eksik" in accountant.get(address).content.decode()
    early = accountant.post(f"{address}/close", {"note": "Yarın bakarım"})
    assert early.status_code == 422
    assert "Yarın bakarım" in early.content.decode(), "what was written stays"
    part = accountant.client.post(
        f"{address}/tick", {"point": "gaps", "seen": "yes"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in part
    assert "Bakan:" in part
    for odd in ("\0", "x" * 10_000, "<script>"):
        assert accountant.post(f"{address}/tick", {"point": odd, "seen": odd}).status_code == 422
    assert accountant.post(f"{address}/close", {"note": "Eski\0 programdan."}).status_code == 303
    assert "Ay kapalı." in accountant.get(address).content.decode()
    assert "Kapalı" in accountant.get("/desk").content.decode()
    assert accountant.post(f"{address}/reopen").status_code == 303


def test_the_month_comes_as_one_zip(firms: tuple[int, int, int], accountant: Visitor) -> None:
    response = accountant.client.get(f"/t/{firms[1]}/months/{months.written(LAST)}/zip")
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(BytesIO(b"".join(response))) as found:
        assert {name for name in found.namelist() if name.endswith(".xml")} == {
            f"MLT{LAST.year}{number:09}.xml" for number in (6, 7, 10)
        }


def test_clerks_see_the_list_and_close_nothing(firms: tuple[int, int, int]) -> None:
    clerk, address = visitor((firms[0], "clerk")), f"/t/{firms[0]}/months/{months.written(LAST)}"
    shown = clerk.get(address)
    assert shown.status_code == 200
    assert "/tick" not in shown.content.decode()
    assert clerk.post(f"{address}/close").status_code == 403


@pytest.mark.parametrize("month", ["2026-13", "x", "1999-01", "2026-1", "%00", "2026-11-01"])
def test_what_is_no_month_is_said_to_be_none(accountant: Visitor, firms: tuple[int, int, int], month: str) -> None:
    assert accountant.get(f"/t/{firms[0]}/months/{month}").status_code in (404, 422)


def test_others_see_nothing_of_a_closing(firms: tuple[int, int, int]) -> None:
    with scoped(Role.WEB, [firms[2]]):
        assert not Close.objects.exclude(taxpayer_id=firms[2]).exists()


def test_the_last_activity_is_the_newest_document(firms: tuple[int, int, int]) -> None:
    with scoped(Role.WEB, firms):
        found = {one.id: one for one in overview.clients(firms)}
    last = found[firms[0]].waiting.last
    assert last is not None
    assert clock.now() - last < timedelta(minutes=5)
    assert found[firms[2]].waiting.last is None
