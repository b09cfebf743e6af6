"""Whatever happens to kontör, and whoever does it: the entries, the balance and the packages say the same."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("platform_database")

from datetime import date, timedelta
from decimal import Decimal
from platform_world import taxpayer

from ulak_server import clock
from ulak_server.credits import services as credits
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped


def test_smoke() -> None:
    me = taxpayer()
    with scoped(Role.OPERATOR):
        credits.meter(me, metered=True)
        credits.load(me, Decimal(10), expires_on=credits.usual_expiry(), reference="ULK1", actor="x")
        credits.set_tariff("invoice", Decimal("1.5"))
        print(credits.standing(me))
        print(credits.standings([me]), credits.every(), credits.totals(), credits.entries(me), credits.tariff(me)[:2])
    by = credits.By(clock.now(), "w")
    with scoped(Role.PIPELINE, [me]):
        assert credits.cover(me, [credits.Thing(n, "invoice") for n in range(1, 9)], by) == {7: credits.Short(Decimal("1.50"), Decimal("1.00")), 8: credits.Short(Decimal("1.50"), Decimal("1.00"))}
        credits.settle(me, [credits.Thing(n, "invoice") for n in range(1, 7)], [], by)
        print(credits.standing(me))
    with scoped(Role.PIPELINE):
        credits.settle(me, [], [2,3], by)
    with scoped(Role.WEB, [me]):
        credits.settle(me, [credits.Thing(2, "invoice")], [1], by)
        print(credits.standing(me), credits.entries(me), credits.usage_by_month(me))
        assert credits.balance(me) == Decimal(4)
    with scoped(Role.OPERATOR):
        credits.correct(me, Decimal(-5), "yanlış yükleme")
        credits.load(me, Decimal(2))
        print(credits.standings([me]), credits.packages(me), credits.totals())
    from ulak_server.credits import waiting, expiring
    print(waiting.sweep(), expiring.tell())
