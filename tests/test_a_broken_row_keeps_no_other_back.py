"""What is done by itself for all taxpayers goes on when the database refuses the rows of one: that one's work is put
aside with its reason, and done once the cause is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection

from books_files import LINE, uploaded, workbook
from center_registry import INTEGRATOR
from delivery_world import document
from platform_asides import standing
from platform_ledger_works import FACTS, someone
from platform_merkez import environment
from platform_people import Watch
from platform_way_out import key_ring
from platform_world import ARDIC, MELTEM, taxpayer
from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.books.importing import jobs, working
from ulak_server.books.models import Import, Upload
from ulak_server.composing import services as composing
from ulak_server.composing import versions
from ulak_server.composing.models import Writing
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import drafts, tallies
from ulak_server.documents.models import Tally
from ulak_server.exchange.accounts import services as accounts
from ulak_server.exchange.accounts.station import Requests
from ulak_server.ledgers import housekeeping
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import File, Work
from ulak_server.taxpayers.models import Request

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def both(platform_database: str) -> tuple[int, int]:
    """The taxpayer whose rows are refused, and another one, who comes after it in every order."""
    return taxpayer(ARDIC, "ARD"), taxpayer(MELTEM, "MEL")


@pytest.fixture(autouse=True)
def nothing_is_aside(both: tuple[int, int], watch: Watch) -> Iterator[None]:
    yield
    for one in standing():
        asides.take_back(one.station, Unit(one.taxpayer, one.subject))


@contextmanager
def refusing(table: str, what: str, whom: int) -> Iterator[None]:
    """The database refuses to insert, update or delete a taxpayer's rows of a table meanwhile."""
    row = "NEW" if what == "INSERT" else "OLD"
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$BEGIN RAISE EXCEPTION 'a broken row' USING ERRCODE = '22021'; END$$"
        )
        cursor.execute(
            f"CREATE TRIGGER refusing BEFORE {what} ON {table} FOR EACH ROW WHEN ({row}.taxpayer_id = {whom})"
            " EXECUTE FUNCTION refuse()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION refuse() CASCADE")


def holds(
    both: tuple[int, int],
    watch: Watch,
    refused: tuple[str, str],
    turn: Callable[[], object],
    is_done: Callable[[int], bool],
    station: str,
) -> None:
    """The promise of this page, for one kind of work that both taxpayers wait for."""
    bad, good = both
    assert not is_done(bad)
    assert not is_done(good)
    with refusing(*refused, bad):
        turn()
        assert is_done(good), "the other one goes on in the same turn"
        assert not is_done(bad)
        (one,) = standing()
        assert (one.station, one.taxpayer, one.reason, one.failures) == (station, bad, "DataError", 1)
        turn()
        assert standing() == [one], "it is not tried at every turn"
        watch.pass_time(minutes=1)
        turn()
        assert [(each.failures, each.since) for each in standing()] == [(2, one.since)]
    turn()
    assert not is_done(bad), "its pause is not over"
    watch.pass_time(minutes=6)
    turn()
    assert is_done(bad), "nothing is lost"
    assert standing() == []


def test_imports_of_the_others_go_on(both: tuple[int, int], watch: Watch) -> None:
    ids = {one: uploaded(one, workbook(LINE)) for one in both}
    for one, id in ids.items():
        with scoped(Role.WEB, [one]):
            jobs.check(one, id)

    def is_taken_on(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            return not Import.objects.filter(id=ids[one], wake_at__lte=clock.now()).exists()

    holds(both, watch, ("books_import", "UPDATE"), working.advance_all, is_taken_on, "imports")


def test_imported_files_of_the_others_are_forgotten(both: tuple[int, int], watch: Watch) -> None:
    ids = {one: uploaded(one, workbook(LINE)) for one in both}
    for one, id in ids.items():
        with scoped(Role.WEB, [one]):
            Import.objects.filter(id=id).update(finished_at=clock.now() - timedelta(days=31), wake_at=None)

    def is_forgotten(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            return not Upload.objects.filter(job_id=ids[one]).exists()

    holds(both, watch, ("books_upload", "DELETE"), jobs.forget_old, is_forgotten, "forget-imported-files")


def test_requests_of_the_others_are_sealed(both: tuple[int, int], watch: Watch) -> None:
    for one in both:
        with environment(ULAK_INTEGRATOR_NUMBER=INTEGRATOR), scoped(Role.WEB, [one]):
            accounts.want_closing(one, "edespatch", actor="user:1")

    def is_sealed(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            return not Request.objects.filter(stage="wanted").exists()

    holds(both, watch, ("taxpayers_request", "UPDATE"), Requests(key_ring()).turn, is_sealed, "requests")


def test_versions_of_what_is_no_draft_any_more_are_forgotten_for_the_others(
    both: tuple[int, int], watch: Watch
) -> None:
    for one in both:
        with scoped(Role.WEB, [one]):
            begun = composing.begin(one, composing.blank(one, "invoice"), DEFAULT)
            change = composing.Change("set", "/customer/name", MELTEM[1])
            composing.write(one, begun.document, begun.version, [change], who="Ayşe")
        drafts.delete(one, begun.document)

    def is_forgotten(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            return not Writing.objects.exists()

    turn = versions.forget_orphans
    holds(both, watch, ("composing_writing", "DELETE"), turn, is_forgotten, "draft-versions")


def test_counts_of_the_others_are_added_up(both: tuple[int, int], watch: Watch) -> None:
    for one in both:
        document(one)

    def is_added_up(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            return not Tally.objects.filter(is_sum=False).exists()

    def add_up() -> int:
        return tallies.add_up(both, at_least=1)

    holds(both, watch, ("documents_tally", "DELETE"), add_up, is_added_up, "tallies")


def test_files_of_books_of_the_others_are_forgotten(both: tuple[int, int], watch: Watch) -> None:
    for one in both:
        with scoped(Role.WEB, [one]):
            work = Work.objects.create(taxpayer_id=one, month=date(2026, 1, 1), stage="checked")
            began = clock.now() - 2 * housekeeping.UNFINISHED
            File.objects.create(taxpayer_id=one, work=work, what="book", size=1, created_at=began)

    def is_forgotten(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            return not File.objects.exists()

    holds(both, watch, ("ledgers_file", "DELETE"), housekeeping.sweep, is_forgotten, "ledger-files")


def test_days_of_books_of_the_others_are_watched(both: tuple[int, int], watch: Watch) -> None:
    for one in both:
        ledgers.save_facts(someone(one), one, {**FACTS, "first_month": f"{clock.today():%Y-%m}"})
        with scoped(Role.WEB, [one]):
            Work.objects.create(taxpayer_id=one, month=date(2026, 2, 1), stage="checked")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM exchange_ledger_term WHERE taxpayer_id = %s", [one])

    def is_watched(one: int) -> bool:
        with scoped(Role.WEB, [one]), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM exchange_ledger_term WHERE taxpayer_id = %s", [one])
            return cursor.fetchone() is not None

    turn = housekeeping.watch_terms
    holds(both, watch, ("exchange_ledger_term", "INSERT"), turn, is_watched, "ledger-months")
