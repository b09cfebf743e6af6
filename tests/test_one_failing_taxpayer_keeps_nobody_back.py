"""What fails for one taxpayer is put aside with its reason, while everybody else goes on; once it succeeds it is taken
back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import DataError, OperationalError

from delivery_world import Receiver, document, receiving, settled, told
from platform_asides import standing
from platform_people import Watch, person
from platform_world import ARDIC, MELTEM, taxpayer
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.books import learning, plans
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import feed, posting, sharing, telling
from ulak_server.delivery import services as delivery
from ulak_server.delivery import tasks as delivery_tasks
from ulak_server.delivery.hooks import station as hooks
from ulak_server.delivery.hooks.calling import Caller
from ulak_server.delivery.hooks.keeping import secrets_of
from ulak_server.delivery.models import Call, Event, Handover, Message, Notification
from ulak_server.documents.chosen import Chosen
from ulak_server.exchange import errands
from ulak_server.exchange.wishes import resend

pytestmark = pytest.mark.usefixtures("platform_database")
NUL = DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")


@pytest.fixture(scope="module")
def both(platform_database: str) -> tuple[int, int]:
    """The taxpayer whose work fails, and another one, who comes after it in every order."""
    return taxpayer(ARDIC, "ARD"), taxpayer(MELTEM, "MEL")


@pytest.fixture(autouse=True)
def fresh(both: tuple[int, int], watch: Watch) -> Iterator[None]:
    yield
    with scoped(Role.WEB, both):
        for model in (Event, Notification, Message, Handover):
            model.objects.all().delete()
    for one in standing():
        asides.take_back(one.station, Unit(one.taxpayer, one.subject))


def failing(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, whom: int) -> None:
    """Let a function that is given a taxpayer first fail for one of them."""
    real = getattr(where, name)

    def fail(taxpayer: Any, *rest: Any, **more: Any) -> Any:
        if getattr(taxpayer, "taxpayer", taxpayer) == whom:
            raise NUL
        return real(taxpayer, *rest, **more)

    monkeypatch.setattr(where, name, fail)


def holds(
    both: tuple[int, int],
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    broken: tuple[Any, str],
    turn: Callable[[], object],
    is_done: Callable[[int], bool],
) -> None:
    """The promise of this page, for one kind of work that both taxpayers wait for."""
    bad, good = both
    with monkeypatch.context() as patch:
        failing(patch, *broken, bad)
        turn()
        assert is_done(good), "the other one goes on in the same turn"
        assert not is_done(bad)
        (one,) = standing()
        assert (one.taxpayer, one.reason, one.failures) == (bad, "DataError", 1)
        turn()
        assert standing() == [one], "it is not tried at every turn"
        watch.pass_time(minutes=1)
        turn()
        (again,) = standing()
        assert (again.failures, again.since) == (2, one.since)
        assert again.until - clock.now() > one.until - one.since, "each pause is longer"
    watch.pass_time(minutes=6)
    turn()
    assert is_done(bad), "nothing is lost"
    assert standing() == []


def happened(*whom: int) -> None:
    for one in whom:
        with scoped(Role.WEB, [one]):
            feed.happened(one, "document.returned")


def test_what_happens_is_told_to_the_others(
    both: tuple[int, int], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened(*both)

    def is_told(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            return not Event.objects.filter(told_at=None).exists()

    holds(both, watch, monkeypatch, (telling, "wishes"), telling.Telling().turn, is_told)


def test_issued_documents_of_the_others_are_handed_over(
    both: tuple[int, int], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in both:
        id = document(one, kind="earchive_invoice")
        with scoped(Role.WEB, [one]):
            Handover(taxpayer_id=one, document_id=id, what="issued", created_at=clock.now()).save(force_insert=True)

    def is_shared(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            return not Handover.objects.filter(stage="due").exists()

    holds(both, watch, monkeypatch, (sharing, "stopped_among"), sharing.Sharing().turn, is_shared)


def test_notifications_of_the_others_are_posted(
    both: tuple[int, int], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in both:
        owner = person((one, "owner"))
        with scoped(Role.WEB, [one]):
            Notification(
                taxpayer_id=one, user_id=owner.id, kind="document.returned", count=1, mail="once",
                created_at=clock.now(), updated_at=clock.now() - timedelta(minutes=1),
            ).save(force_insert=True)  # fmt: skip

    def is_posted(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            return Message.objects.filter(kind="notice").exists()

    with told(ULAK_SMTP_URL="smtp://127.0.0.1:9", ULAK_MAIL_FROM="Ulak <fatura@ulak.example>"):
        holds(both, watch, monkeypatch, (posting, "is_suppressed"), posting.Posting().turn, is_posted)


def test_entries_of_the_others_are_read_out_of_the_log(
    both: tuple[int, int], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, _ = both
    settled()
    while feed.read_on()[0]:
        pass
    for one in both:
        id = document(one)
        with scoped(Role.PIPELINE, [one]):
            audit.record([Entry("document.returned", clock.now(), one, (id,))])
    settled()
    real = feed._event

    def event(entry: Any, source: Any) -> Any:
        if entry.taxpayer == bad:
            raise NUL
        return real(entry, source)

    def count(one: int) -> int:
        with scoped(Role.WEB, [one]):
            return Event.objects.filter(kind="document.returned").count()

    station = feed.Feed(seconds=0)
    with monkeypatch.context() as patch:
        patch.setattr(feed, "_event", event)
        station.turn()
        assert [count(one) for one in both] == [0, 1]
        (aside,) = standing()
        assert (aside.station, aside.taxpayer) == ("feed", bad)
    watch.pass_time(minutes=1)
    station.turn()
    station.turn()
    assert [count(one) for one in both] == [1, 1], "each once"
    assert standing() == []


def test_webhooks_of_the_others_are_called(
    both: tuple[int, int], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as receiver:
        ids = [_hooked(one, receiver) for one in both]
        station = hooks.Hooks(Caller((ip_network("127.0.0.0/8"),), whole=3), threads=2)
        real = secrets_of

        def secrets(hook: Any) -> Any:
            if hook.id == ids[0]:
                raise NUL
            return real(hook)

        with monkeypatch.context() as patch:
            patch.setattr(hooks, "secrets_of", secrets)
            station.turn()
            assert [_stage(one) for one in both] == ["waiting", "done"]
            assert [(one.station, one.subject) for one in standing()] == [("webhooks", ids[0])]
        watch.pass_time(minutes=1)
        station.turn()
        station.close()
    assert [_stage(one) for one in both] == ["done", "done"]
    assert standing() == []


def _hooked(one: int, receiver: Receiver) -> int:
    with scoped(Role.WEB, [one]):
        id = delivery.make_hook(one, receiver.url, (), label="ERP").id
        delivery.test_hook(one, id)
        return int(id)


def _stage(one: int) -> str:
    with scoped(Role.WEB, [one]):
        return str(Call.objects.values_list("stage", flat=True).order_by("-id")[0])


@pytest.mark.parametrize(
    ("module", "name", "turn"),
    [
        (learning, "_learn", learning.learn_all),
        (delivery_tasks, "_tell_of_keys", partial(delivery_tasks.look_at_keys.func, 0)),
    ],
)
def test_what_the_clock_does_for_each_taxpayer_is_done_for_the_others(
    both: tuple[int, int],
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    turn: Callable[[], object],
) -> None:
    seen: list[int] = []
    real = getattr(module, name)

    def spy(one: int) -> Any:
        seen.append(one)
        return real(one)

    monkeypatch.setattr(module, name, spy)

    def is_done(one: int) -> bool:
        return one in seen

    holds(both, watch, monkeypatch, (module, name), turn, is_done)


def test_recurring_documents_of_the_others_are_made(
    both: tuple[int, int], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {}
    for one in both:
        with scoped(Role.WEB, [one]):
            begins = clock.today()
            rhythm = {"unit": "month", "every": 1, "day": begins.day}
            ids[one] = plans.save_plan(one, "Kira", {"document": "invoice"}, rhythm=rhythm, begins_on=begins).id

    def is_made(one: int) -> bool:
        with scoped(Role.WEB, [one]):
            found = plans.plan(one, ids[one])
            return found.next_on is None or found.next_on > clock.today()

    holds(both, watch, monkeypatch, (plans, "_make"), plans.make_due, is_made)


def test_an_errand_goes_on_behind_the_document_that_fails(
    both: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    taxpayer, _ = both
    ids = sorted(document(taxpayer) for _ in range(3))
    real = resend

    def fail(one: int, id: int, **more: Any) -> Any:
        if id == ids[1]:
            raise NUL
        return real(one, id, **more)

    monkeypatch.setattr(errands, "resend", fail)
    made = errands.begin(taxpayer, "resend", Chosen(ids=ids))
    left = errands.carry_on(taxpayer, made.id, seconds=0)
    assert (left.last, left.finished_at) == (ids[-1], None), "it is others' turn once its time is over"
    done = errands.carry_on(taxpayer, made.id)
    assert done.finished_at is not None
    assert [(fault[0], fault[2]) for fault in done.faults] == [(ids[1], "exchange.errand-failed")]
    assert (done.failed, done.skipped) == (1, 2)


def test_nobody_is_to_blame_while_the_database_is_away(both: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    away = OperationalError("the connection is lost")
    tried: list[int] = []

    def fail(unit: Unit) -> int:
        tried.append(unit.taxpayer)
        raise away

    def write(*_: Any) -> None:
        raise away

    monkeypatch.setattr(asides, "_scope", write)
    with pytest.raises(OperationalError):
        asides.each("telling", map(Unit, both), fail)
    monkeypatch.undo()
    assert tried == [both[0]]
    assert standing() == []


def test_what_nobody_tries_any_more_is_forgotten(both: tuple[int, int], watch: Watch) -> None:
    asides.put_aside("plans", Unit(both[0], 4711), NUL)
    asides.forget_old()
    assert len(standing()) == 1
    watch.pass_time(days=2)
    asides.forget_old()
    assert standing() == []
