"""Whatever happens to kontör, in whatever order and by however many: entries, balance and packages say the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, Final

import pytest
from django.db import DatabaseError, connection
from hypothesis import given, settings
from hypothesis import strategies as st

from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.credits import expiring, waiting
from ulak_server.credits import services as credits
from ulak_server.credits.services import By, CreditsError, Thing, What
from ulak_server.credits.spending import Lot, allot, in_order
from ulak_server.credits.tasks import go_on, look_after
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.taxpayers import services as taxpayers

pytestmark = pytest.mark.usefixtures("platform_database")

_TAXPAYERS = count(10_000)
_START: Final = datetime(2026, 11, 23, 9, tzinfo=clock.ISTANBUL)
_KINDS: Final = ("invoice", "earchive_invoice", "application_response")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    clock.use(lambda: moment)
    try:
        yield
    finally:
        clock.use(None)


def opened(amount: int = 0, *, on_empty: credits.OnEmpty = credits.OnEmpty.WAIT) -> int:
    """A metered account; its taxpayer."""
    taxpayer = next(_TAXPAYERS)
    with scoped(Role.OPERATOR):
        credits.meter(taxpayer, metered=True)
        credits.set_on_empty(taxpayer, on_empty)
        if amount:
            credits.load(taxpayer, Decimal(amount))
    return taxpayer


def balance(taxpayer: int) -> Decimal:
    with scoped(Role.OPERATOR):
        return credits.balance(taxpayer)


def use(taxpayer: int, *documents: int, kind: str = "invoice") -> None:
    with scoped(Role.PIPELINE):
        credits.settle(taxpayer, [Thing(one, kind) for one in documents], (), By(clock.now()))


def give_back(taxpayer: int, *documents: int) -> None:
    with scoped(Role.PIPELINE):
        credits.settle(taxpayer, (), documents, By(clock.now()))


def lines(taxpayer: int) -> list[tuple[Any, ...]]:
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, amount, balance, document_id, package_id FROM credits_entry WHERE taxpayer_id = %s"
            " ORDER BY id",
            [taxpayer],
        )
        return list(cursor.fetchall())


def lots(taxpayer: int) -> dict[int, tuple[Decimal, date | None]]:
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("SELECT id, remaining, expires_on FROM credits_package WHERE taxpayer_id = %s", [taxpayer])
        return {id: (remaining, until) for id, remaining, until in cursor.fetchall()}


def check(taxpayer: int, charged: dict[int, Decimal]) -> None:
    """What must be so after any steps.

    Args:
        charged: documents that cost something and did not get it back.
    """
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("SELECT balance FROM credits_account WHERE taxpayer_id = %s", [taxpayer])
        ((stored,),) = cursor.fetchall()
        cursor.execute("SELECT sum(used), sum(refunded) FROM credits_usage WHERE taxpayer_id = %s", [taxpayer])
        ((used, refunded),) = cursor.fetchall()
    rows, running = lines(taxpayer), Decimal(0)
    standing: dict[int, Decimal] = {}
    for what, amount, after, document, _ in rows:
        running += amount
        assert after == running, "each entry tells the balance after it"
        if document is not None:
            standing[document] = standing.get(document, Decimal(0)) - amount
            assert what in (What.USED, What.REFUNDED)
    assert stored == running
    assert {document: amount for document, amount in standing.items() if amount} == charged
    assert (used or 0) - (refunded or 0) == sum(charged.values())
    left = sum((remaining for remaining, _ in lots(taxpayer).values()), Decimal(0))
    assert left >= max(stored, Decimal(0))
    assert left == stored or left == 0, "nothing is used beyond the packages while one has something left"


_AMOUNTS = st.integers(1, 600).map(lambda cents: Decimal(cents) / 100)
_DOCUMENTS = st.lists(st.integers(1, 8), min_size=1, max_size=4, unique=True)
_STEPS = st.one_of(
    st.tuples(st.just("load"), _AMOUNTS, st.none() | st.integers(0, 40)),
    st.tuples(st.just("use"), _DOCUMENTS, st.sampled_from(_KINDS)),
    st.tuples(st.just("use"), _DOCUMENTS, st.just("invoice")),
    st.tuples(st.just("give back"), _DOCUMENTS, st.none()),
    st.tuples(st.just("correct"), st.one_of(_AMOUNTS, _AMOUNTS.map(lambda one: -one)), st.none()),
    st.tuples(st.just("pass"), st.integers(1, 45), st.none()),
    st.tuples(st.just("price"), _AMOUNTS, st.sampled_from(_KINDS)),
    st.tuples(st.just("meter"), st.booleans(), st.none()),
    st.tuples(st.just("sweep"), st.none(), st.none()),
)


class Model:
    """What a person would keep in their head: which documents cost what."""

    def __init__(self) -> None:
        self.taxpayer, self.now = opened(), _START
        self.charged: dict[int, Decimal] = {}
        self.prices = {"invoice": Decimal(1), "earchive_invoice": Decimal(1), "application_response": Decimal(0)}
        self.metered = True

    def do(self, what: str, first: Any, second: Any) -> None:
        getattr(self, what.replace(" ", "_"))(first, second)

    def load(self, amount: Decimal, days: int | None) -> None:
        until = None if days is None else self.now.date() + timedelta(days=days)
        with scoped(Role.OPERATOR):
            credits.load(self.taxpayer, amount, expires_on=until)

    def use(self, documents: list[int], kind: str) -> None:
        use(self.taxpayer, *documents, kind=kind)
        if self.metered and self.prices[kind]:
            self.charged |= {one: self.prices[kind] for one in documents if one not in self.charged}

    def give_back(self, documents: list[int], _: None) -> None:
        give_back(self.taxpayer, *documents)
        for one in documents:
            self.charged.pop(one, None)

    def correct(self, amount: Decimal, _: None) -> None:
        with scoped(Role.OPERATOR):
            credits.correct(self.taxpayer, amount, "sayım")

    def price(self, amount: Decimal, kind: str) -> None:
        with scoped(Role.OPERATOR):
            credits.set_tariff(kind, amount, taxpayer=self.taxpayer)
        self.prices[kind] = amount

    def meter(self, metered: bool, _: None) -> None:
        with scoped(Role.OPERATOR):
            credits.meter(self.taxpayer, metered=metered)
        self.metered = metered

    def sweep(self, _: None, __: None) -> None:
        waiting.free(self.taxpayer)


@given(st.lists(_STEPS, max_size=12))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_any_order_of_steps_keeps_the_account_straight(steps: list[tuple[Any, Any, Any]]) -> None:
    model = Model()
    for what, first, second in steps:
        if what == "pass":
            model.now += timedelta(days=first)
        else:
            with at(model.now):
                model.do(what, first, second)
    check(model.taxpayer, model.charged)


@given(
    st.lists(st.tuples(_AMOUNTS, st.none() | st.dates()), max_size=5),
    st.lists(st.integers(0, 500).map(lambda cents: Decimal(cents) / 100), max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_what_expires_first_is_spent_first(found: list[tuple[Decimal, date | None]], amounts: list[Decimal]) -> None:
    ordered = in_order(Lot(id, *one) for id, one in enumerate(found))
    parts = allot(ordered, amounts)
    for place, amount in enumerate(amounts):
        assert sum((one.amount for one in parts if one.place == place), Decimal(0)) == amount
    assert all(one.amount > 0 for one in parts)
    taken = [sum((one.amount for one in parts if one.package == lot.id), Decimal(0)) for lot in ordered]
    begun = [at for at, amount in enumerate(taken) if amount]
    assert all(taken[at] == ordered[at].remaining for at in begun[:-1]), "a lot is begun when those before are empty"
    beyond = sum((one.amount for one in parts if one.package is None), Decimal(0))
    assert beyond == max(sum(amounts, Decimal(0)) - sum((one.remaining for one in ordered), Decimal(0)), Decimal(0))


def test_what_is_given_back_to_a_package_that_has_expired_may_be_used_for_a_while() -> None:
    with at(_START):
        taxpayer = opened()
        with scoped(Role.OPERATOR):
            credits.load(taxpayer, Decimal(5), expires_on=_START.date())
        use(taxpayer, 1, 2)
    with at(_START + timedelta(days=3)):
        waiting.sweep()
        assert (balance(taxpayer), lines(taxpayer)[-1][:2]) == (Decimal(0), (What.EXPIRED, -3))
        give_back(taxpayer, 1)
        ((remaining, until),) = lots(taxpayer).values()
        assert (remaining, until) == (Decimal(1), _START.date() + timedelta(days=33))
    with at(_START + timedelta(days=33)):
        assert balance(taxpayer) == 1
    with at(_START + timedelta(days=34)):
        assert balance(taxpayer) == 0, "it counts no more, booked or not"


def test_two_workers_never_charge_a_document_twice_nor_beyond_the_credit() -> None:
    taxpayer = opened(30)
    barrier = threading.Barrier(4)
    short: list[int] = []

    def work(offset: int) -> None:
        try:
            barrier.wait()
            for begin in range(0, 40, 5):
                things = [Thing((begin + offset + step) % 40 + 1, "invoice") for step in range(5)]
                with scoped(Role.PIPELINE):
                    by = By(clock.now())
                    cover = credits.cover(taxpayer, things, by)
                    assert cover is not None
                    lacking = cover.short
                    short.extend(lacking)
                    credits.settle(taxpayer, [one for one in things if one.document not in lacking], (), by)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(offset,)) for offset in (0, 3, 11, 20)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    used = [document for what, _, _, document, _ in lines(taxpayer) if what == What.USED]
    assert len(used) == len(set(used)) <= 30
    assert balance(taxpayer) == 30 - len(used)
    check(taxpayer, dict.fromkeys(used, Decimal(1)))
    assert short


def test_it_is_told_once_that_kontor_run_low_are_used_up_or_expire() -> None:
    def told() -> list[str]:
        with scoped(Role.PIPELINE), connection.cursor() as cursor:
            cursor.execute(
                "SELECT what FROM audit_entry WHERE taxpayer_id = %s AND what IN"
                " ('credits.low', 'credits.exhausted', 'credits.expiring') ORDER BY id",
                [taxpayer],
            )
            return [what for (what,) in cursor.fetchall()]

    with at(_START):
        taxpayer = opened(on_empty=credits.OnEmpty.GO_ON)
        with scoped(Role.OPERATOR):
            credits.load(taxpayer, Decimal(10), expires_on=_START.date() + timedelta(days=31))
        use(taxpayer, *range(1, 9))
        assert told() == [], "a fifth is left"
        use(taxpayer, 9)
        give_back(taxpayer, 9, 8)
        use(taxpayer, 8, 9)
        assert told() == ["credits.low"]
        expiring.tell()
        assert told() == ["credits.low"], "31 days are not soon"
    with at(_START + timedelta(days=1)):
        expiring.tell()
        expiring.tell()
        assert told() == ["credits.low", "credits.expiring"]
        use(taxpayer, 10, 11)
        use(taxpayer, 12)
        assert told() == ["credits.low", "credits.expiring", "credits.exhausted"]
        with scoped(Role.OPERATOR):
            credits.load(taxpayer, Decimal(10))
        use(taxpayer, 13)
        assert len(told()) == 3
        with scoped(Role.WEB, [taxpayer]):
            credits.set_threshold(taxpayer, Decimal("6.5"))
        use(taxpayer, 14)
        assert told()[3:] == ["credits.low"], "by the taxpayer's own threshold"


def test_a_price_holds_from_its_day_on_and_the_own_one_before_the_one_of_all() -> None:
    taxpayer = opened(100)
    today = clock.today()
    with scoped(Role.OPERATOR):
        credits.set_tariff("despatch_advice", Decimal("0.4"), since=today + timedelta(days=5))
        credits.set_tariff("despatch_advice", Decimal("0.3"), taxpayer=taxpayer, since=today + timedelta(days=9))
        credits.set_tariff("despatch_advice", None, taxpayer=taxpayer, since=today + timedelta(days=12))
        on = {days: price(taxpayer, today + timedelta(days=days)) for days in (0, 5, 9, 12)}
    assert [one.amount for one in on.values()] == [1, Decimal("0.4"), Decimal("0.3"), Decimal("0.4")]
    assert [one.is_own for one in on.values()] == [False, False, True, False]
    assert on[0].next == (today + timedelta(days=5), Decimal("0.4"))
    with pytest.raises(CreditsError), scoped(Role.OPERATOR):
        credits.set_tariff("despatch_advice", Decimal(2), since=today - timedelta(days=1))
    with pytest.raises(CreditsError), scoped(Role.OPERATOR):
        credits.set_tariff("pizza", Decimal(2))


def price(taxpayer: int, day: date) -> credits.Price:
    (found,) = [
        one for one in credits.tariff(taxpayer, day) if (one.kind, one.is_incoming) == ("despatch_advice", False)
    ]
    return found


def test_a_sale_is_loaded_once_and_corrections_are_no_sale() -> None:
    taxpayer = opened()
    with scoped(Role.OPERATOR):
        credits.load(taxpayer, Decimal(50), reference="KNT1")
        credits.correct(taxpayer, Decimal(5), "eksik yükleme")
        assert credits.standing(taxpayer).threshold == 10, "a fifth of what was sold"
    with pytest.raises(CreditsError) as caught, scoped(Role.OPERATOR):
        credits.load(taxpayer, Decimal(50), reference="KNT1")
    assert (caught.value.code, balance(taxpayer)) == ("credits.reference-twice", Decimal(55))


@pytest.mark.parametrize("counts", [True, False])
def test_an_installation_counts_for_new_taxpayers_if_it_says_so(monkeypatch: pytest.MonkeyPatch, counts: bool) -> None:
    monkeypatch.setattr("django.conf.settings.COUNTS_CREDITS", counts)
    number = "4812530769" if counts else "7359021640"
    with scoped(Role.OPERATOR):
        made = taxpayers.create(taxpayers.NewTaxpayer(number, "Ardıç Ticaret A.Ş."))
        assert credits.standing(made.id).metered is counts


def test_loading_has_a_worker_look_at_what_waits() -> None:
    taxpayer = opened(5)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'ulak_server.credits.tasks.go_on'"
            " AND args->>'taxpayer' = %s",
            [str(taxpayer)],
        )
        assert cursor.fetchone()[0] >= 1
    go_on.func(taxpayer)
    look_after.func(0)


def test_one_account_that_cannot_be_looked_after_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def free(taxpayer: int) -> int:
        seen.append(taxpayer)
        raise DatabaseError("locked")

    one, other = opened(), opened()
    monkeypatch.setattr(waiting, "free", free)
    assert waiting.sweep() == 0
    assert {one, other} <= {*seen}
    with scoped(Role.OPERATOR):
        aside = {found.taxpayer for found in asides.standing(100_000) if found.station == "credits"}
    assert {one, other} <= aside, "it is seen whose account it is"
    for taxpayer in seen:
        asides.take_back("credits", Unit(taxpayer))


def test_a_balance_may_be_larger_than_any_load() -> None:
    taxpayer = opened()
    with scoped(Role.OPERATOR):
        for _ in range(101):
            last = credits.correct(taxpayer, Decimal("99999999.99"), "çok")
    assert last == balance(taxpayer) == Decimal("10099999998.99")


def test_usual_packages_last_a_year() -> None:
    assert credits.usual_expiry(date(2028, 2, 29)) == date(2029, 2, 28)
    assert credits.usual_expiry(date(2026, 1, 1)) == date(2026, 12, 31)
