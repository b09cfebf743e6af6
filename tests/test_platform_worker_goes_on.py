"""A worker goes from station to station, whatever happens at one of them."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction

from ulak_server.database.bell import Bell, Clockwork, ring
from ulak_server.delivery.running import crew
from ulak_server.exchange.looking import _OFTEN, _WORK, Lookout
from ulak_server.exchange.station import Station
from ulak_server.exchange.worker import Context, Post, run

pytestmark = pytest.mark.usefixtures("platform_database")


class Bench:
    """A station that does what it is given."""

    def __init__(self, work: Callable[[], int], name: str = "bench") -> None:
        self.name, self._work = name, work
        self.turns = 0
        self.is_closed = False

    def turn(self) -> int:
        self.turns += 1
        return self._work()

    def close(self) -> None:
        self.is_closed = True


def failing() -> int:
    raise OperationalError("the server closed the connection")


def at_work(*crew: Bench) -> None:
    """Run a worker until one of its stations sets ``stop``."""
    thread = threading.Thread(target=lambda: run(context, crew))
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


context = Context("worker-1", threading.Event())


@pytest.fixture(autouse=True)
def new_context() -> None:
    context.stop.clear()


def counting(until: int) -> Callable[[], int]:
    done = 0

    def work() -> int:
        nonlocal done
        done += 1
        if done == until:
            context.stop.set()
        return 1

    return work


def test_a_station_that_fails_leaves_the_others_alone() -> None:
    bad, good = Bench(failing, "bad"), Bench(counting(50), "good")
    at_work(bad, good)
    assert good.turns == 50
    assert bad.turns < 5


def test_stations_take_turns() -> None:
    one, two = Bench(lambda: 1), Bench(counting(10))
    at_work(one, two)
    assert one.turns == two.turns == 10


def test_every_station_is_closed_at_the_end_even_if_one_cannot_be() -> None:
    stuck, other = Bench(lambda: 0), Bench(counting(1))

    def refuse() -> None:
        raise RuntimeError("held")

    stuck.close = refuse  # type: ignore[method-assign]
    at_work(other, stuck)
    assert other.is_closed


def test_a_turn_under_way_is_finished_and_no_other_begun() -> None:
    first, second = Bench(counting(1)), Bench(lambda: 1)
    at_work(first, second)
    assert (first.turns, second.turns) == (1, 0)


def test_rests_grow_and_end_with_success() -> None:
    moment = [0.0]
    outcomes = [failing, failing, lambda: 3, failing]
    station = Bench(lambda: outcomes.pop(0)())
    post = Post(station, lambda: moment[0])
    rests = []
    for _ in range(4):
        began = moment[0]
        post.turn()
        while post.is_resting:
            moment[0] += 0.01
        rests.append(moment[0] - began)
    assert rests[2] == 0
    assert 0.24 <= rests[0] <= 0.52
    assert 0.49 <= rests[1] <= 1.02
    assert rests[3] <= 0.52


def test_a_station_at_rest_is_not_asked() -> None:
    station = Bench(failing)
    post = Post(station, lambda: 0.0)
    assert [post.turn(), post.turn(), station.turns] == [0, 0, 1]


def test_a_station_that_has_nothing_to_do_gets_no_turn() -> None:
    waits, other = Bench(lambda: 0, "preparing"), Bench(counting(3))
    at_work(waits, other)
    assert (waits.turns, other.turns) == (0, 3)


def test_a_station_may_say_itself_what_it_looks_for() -> None:
    waits, due, other = Bench(lambda: 0, "waits"), Bench(lambda: 0, "due"), Bench(counting(3))
    waits.looks = ("(SELECT true WHERE now.at < '2020-01-01')",)  # type: ignore[attr-defined]
    due.looks = ("(SELECT true WHERE now.at > '2020-01-01')",)  # type: ignore[attr-defined]
    at_work(waits, due, other)
    assert (waits.turns, due.turns, other.turns) == (0, 3, 3)


def test_what_every_station_looks_for_can_be_asked() -> None:
    names = ("alarms", "batches", "preparing", "packing", "inbound", "requests")
    assert set(Lookout([Bench(lambda: 0, name) for name in names]).idle()) == set(names)
    delivering: list[Station] = list(crew())
    assert set(Lookout(delivering).idle()) == {one.name for one in delivering[1:]}


def test_every_kind_of_work_that_the_database_looks_for_has_its_station() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'exchange_due'")
        (source,) = cursor.fetchone()
    assert set(re.findall(r"SELECT '(\w+)'", source)) == set().union(*_WORK.values())
    often = source.partition("IF is_all")[0]
    assert set(re.findall(r"SELECT '(\w+)'", often)) == _OFTEN


def test_what_is_rare_is_looked_for_seldom_until_there_is_some(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    there: list[list[str]] = [[]]
    monkeypatch.setattr("ulak_server.exchange.looking.row_of", lambda *asked: (there[0] if asked[3][1] else [],))
    lookout = Lookout([Bench(lambda: 0, "requests")], lambda: moment[0])
    assert [bool(lookout.idle()) for _ in range(3)] == [True, True, True]
    there[0], moment[0] = ["request"], 1.0
    assert [bool(lookout.idle()) for _ in range(3)] == [False, False, False]


def test_every_station_is_asked_where_the_look_cannot_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ulak_server.exchange.looking._DUE", "gone(now.at, now.is_all)")
    blind, other = Bench(lambda: 0, "preparing"), Bench(counting(3))
    at_work(blind, other)
    assert (blind.turns, other.turns) == (3, 3)


def test_a_ring_wakes_an_idle_worker_after_the_commit_alone() -> None:
    rung: list[bool] = []
    stop = threading.Event()
    listening = threading.Event()

    def listen() -> None:
        with Bell(stop) as bell:
            bell.wait(0.01)
            listening.set()
            rung.append(bell.wait(10))
        connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    assert listening.wait(10)
    with transaction.atomic():
        ring()
        transaction.set_rollback(True)
    assert not rung
    with transaction.atomic():
        ring()
    thread.join(20)
    assert rung == [True]


def test_a_bell_without_a_database_only_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    with Bell(threading.Event()) as bell:
        assert not bell.wait(0.01)


def test_who_hears_no_rings_looks_at_regular_times_and_stops_at_once() -> None:
    stop = threading.Event()
    clockwork = Clockwork(stop)
    ring()
    assert not clockwork.wait(0.01)
    stop.set()
    assert not clockwork.wait(3600)


def test_a_crew_without_a_bell_works_until_it_is_told_to_stop() -> None:
    stop = threading.Event()

    def work() -> int:
        stop.set()
        return 1

    station = Bench(work)
    run(Context("deaf", stop), [station], hears=None)
    assert station.turns == 1
