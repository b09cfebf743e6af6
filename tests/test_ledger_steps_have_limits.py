"""A step at books that takes too long or too much is broken off with a code, and the others go on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from platform_ledger_works import begun, done, entries, let_go, set_up, state, worker
from platform_world import MELTEM, taxpayer
from seal_pki import NOW
from ulak_server import clock
from ulak_server.environment import read
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers import station, turns
from ulak_server.ledgers.limits import Limits
from ulak_server.ledgers.models import Stage
from ulak_server.ledgers.station import Works
from ulak_server.ledgers.turns import Turn
from ulak_server.people.services import Caller
from ulak_server.problems import EnvironmentRefused

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def works(platform_database: str) -> Iterator[Works]:
    clock.use(lambda: NOW)
    try:
        with worker() as made:
            yield made
    finally:
        clock.use(None)


@pytest.fixture(scope="module")
def firms(works: Works) -> tuple[tuple[int, Caller], tuple[int, Caller]]:
    one, other = taxpayer(), taxpayer(MELTEM, "MEL")
    return (one, set_up(one)), (other, set_up(other))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return entries(tmp_path_factory.mktemp("entries"), 40)


@pytest.mark.parametrize(
    ("limits", "code"), [(Limits(minutes=-1), "ledger-work.too-long"), (Limits(megabytes=1), "ledger-work.too-heavy")]
)
def test_a_step_that_does_too_much_waits_for_a_person(
    works: Works,
    firms: tuple[tuple[int, Caller], tuple[int, Caller]],
    data: bytes,
    limits: Limits,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (one, me), (other, she) = firms
    heavy, light = begun(me, one, data), begun(she, other, data)
    done(works)
    ledgers.check(me, one, heavy)
    with monkeypatch.context() as patch:
        patch.setattr(works, "_limits", limits)
        works.turn()
    stopped = state(one, heavy)
    assert (stopped.stage, stopped.error_code, stopped.resumes) == (Stage.FAILED, code, Stage.CHECKING)
    done(works)
    assert state(other, light).stage == Stage.MAPPING
    ledgers.retry(me, one, heavy)
    done(works)
    assert state(one, heavy).stage == Stage.CHECKED
    for firm, who, work in ((one, me, heavy), (other, she, light)):
        ledgers.cancel(who, firm, work)


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_looked_at(
    works: Works, firms: tuple[tuple[int, Caller], tuple[int, Caller]], data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that cannot be broken off holds the step up until its process ends."""
    one, me = firms[0]
    work = begun(me, one, data)
    ended = threading.Event()

    def read_for_ever(turn: Turn) -> None:
        (turn.file,) = [each.id for each in ledgers.files(me, one, work)]
        assert ended.wait(30)

    with monkeypatch.context() as patch:
        patch.setattr(turns, "_GRACE", 0.0)
        patch.setattr(station, "_STEPS", {**station._STEPS, Stage.LOOKING: read_for_ever})
        patch.setattr(works, "_limits", Limits(minutes=-1))
        patch.setattr(works, "_end", ended.set)
        works.turn()
    let_go(one)
    done(works)
    (file,) = ledgers.files(me, one, work)
    assert (file.error and file.error["code"], state(one, work).stage) == ("ledger-work.too-long", Stage.MAPPING)
    ledgers.cancel(me, one, work)


def test_a_process_that_stays_too_large_ends_itself_and_is_started_again(
    works: Works, firms: tuple[tuple[int, Caller], tuple[int, Caller]], data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, me = firms[0]
    work = begun(me, one, data)
    ends: list[int] = []
    monkeypatch.setattr(works, "_limits", Limits(megabytes=1))
    monkeypatch.setattr(works, "_end", lambda: ends.append(1))
    works.turn()
    assert ends
    ledgers.cancel(me, one, work)


@pytest.mark.parametrize(("name", "given"), [("ULAK_LEDGER_MINUTES", "0"), ("ULAK_LEDGER_MEMORY", "200")])
def test_an_installation_sets_the_limits(name: str, given: str) -> None:
    assert (read({}).ledger_minutes, read({}).ledger_megabytes) == (15, 768)
    assert read({"ULAK_LEDGER_MINUTES": "90"}).ledger_minutes == 90
    told = read({name: given})
    with pytest.raises(EnvironmentRefused, match=r"environment\.not-a-count"):
        _ = (told.ledger_minutes, told.ledger_megabytes)
