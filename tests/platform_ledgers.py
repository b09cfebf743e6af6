"""Packages of books for tests: put by hand, sent by the platform to the simulated center's e-Defter office."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from center_offices import NOW, package
from levels_support import trust_of
from platform_merkez import Merkez, environment, merkez
from seal_pki import key
from ulak.lifecycle.ledgers import calendar
from ulak.lifecycle.outcomes import Outcome
from ulak_center.faults import Action, Fault, Place
from ulak_center.office import LedgerOffice
from ulak_center.seals import Seals
from ulak_center.web.site import LEDGER
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.alarms import Alarms
from ulak_server.exchange.calls.making import End
from ulak_server.exchange.calls.telling import Result
from ulak_server.exchange.keys import KeyRing
from ulak_server.exchange.ledgers import services as gib
from ulak_server.exchange.ledgers.calling import LedgerCalls
from ulak_server.exchange.ledgers.keeper import Keeper
from ulak_server.exchange.ledgers.terms import Terms
from ulak_server.exchange.shell import Outside

__all__ = ["DUE", "MONTH", "Books", "alarms", "books", "calls_of", "once", "put", "put_month", "sent", "view"]

MONTH: Final = date(2026, 10, 1)
DUE: Final = calendar.due_at(date(2027, 2, 14))
_UNTOLD: Final = "untold"


class Calls(LedgerCalls):
    """Calls that reach GİB, and of which one hears nothing now and then.

    Attributes:
        mishap: says of each call what becomes of its end: ``lost`` on the way back, ``untold`` since the process was
            killed, ``away`` if the service is not there, or nothing.
    """

    mishap: Callable[[], str] = staticmethod(lambda: "")

    def end(self, to: Any, asked_for: Outside) -> End:
        what = self.mishap()
        if what == "away":
            return End(Outcome.NOT_SENT, problem="wire.unreachable")
        end = super().end(to, asked_for)
        if what == "lost":
            return end._replace(outcome=Outcome.UNCLEAR, status="", text="", data=b"")
        return end._replace(problem=_UNTOLD) if what else end

    def write(self, results: Sequence[Result]) -> list[Outside]:
        told = [one for one in results if one.end is None or one.end.problem != _UNTOLD]
        return super().write(told) if told else []


class Books:
    """Both sides of the books.

    Attributes:
        merkez: the rest of both.
        calls: the platform's to the e-Defter service.
        center: GİB's office.
    """

    def __init__(self, merkez: Merkez, calls: Calls) -> None:
        self.merkez, self.calls = merkez, calls
        self.center: LedgerOffice = merkez.lab.center.ledger

    def fault(self, action: str, number: int = 0, operation: str = "sendDocumentFile", times: int | None = 1) -> None:
        """Let something go wrong at GİB's."""
        place = Place.JUDGE if action == "status" else Place.TAKE
        wanted = Fault(Action(action), place, number=number, times=times, operation=operation)
        self.merkez.lab.center.faults.add(wanted)

    def work(self, rounds: int = 500) -> None:
        """Let the worker work until it has nothing to do."""
        for _ in range(rounds):
            done = sum(station.turn() for station in self.merkez.stations)
            assert self.calls.settle(30)
            if not done:
                return
        raise AssertionError("the worker never comes to rest")

    def pass_time(self, **by: float) -> None:
        """Let time pass for both, and both do what is due then."""
        self.merkez.lab.pass_time(**by)
        self.work()

    def a_while(self, minutes: int = 30) -> None:
        """Minutes in which packages come and go."""
        self.work()
        for _ in range(minutes):
            self.pass_time(minutes=1)


@contextmanager
def books(**changes: Any) -> Iterator[Books]:
    """The platform with its calls to the e-Defter service, and a center whose office takes them."""
    with ExitStack() as stack:
        seals = Seals(None, key("gib"), trust_of(clock=NOW))
        made = stack.enter_context(merkez(seals=seals, **changes))
        stack.enter_context(environment(ULAK_EDEFTER_URL=made.url + LEDGER))
        keys = KeyRing(lambda: made.key)
        stack.callback(keys.close)
        calls = Calls(keys)
        stack.callback(calls.close)
        made.stations = (Alarms(made.calls, None, calls), Terms(), Keeper())
        yield Books(made, calls)


def put(taxpayer: int, id: str, data: bytes = b"", *, due_at: datetime = DUE, instead: bool = False) -> UUID:
    """Put the package of that name, made after GİB's schemas unless it is given."""
    _, month, kind, part, *branch = id.split("-")
    first = date(int(month[:4]), int(month[4:]), 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    parcel = gib.Parcel(first, kind, part, first, date.fromordinal(after.toordinal() - 1), due_at, "".join(branch))
    with scoped(Role.WEB, [taxpayer]):
        return gib.put(taxpayer, parcel, io.BytesIO(data or package(id, _serial(id))), instead=instead, actor="test")


def put_month(taxpayer: int, number: str, month: str = "202610") -> dict[str, UUID]:
    """Journal, ledger and report of a month, by their kinds."""
    return {kind: put(taxpayer, f"{number}-{month}-{kind}-000000") for kind in ("YB", "KB", "DR")}


def view(taxpayer: int, id: UUID) -> gib.PackageView:
    """A package as people see it."""
    with scoped(Role.WEB, [taxpayer]):
        return gib.package_of(taxpayer, id)[0]


def alarms(taxpayer: int, code: str, **facts: str) -> int:
    """How often people were called with that code."""
    with scoped(Role.WEB, [taxpayer]):
        entries = Entry.objects.filter(taxpayer_id=taxpayer, what="alarm", code=code)
        return sum(facts.items() <= one.facts.items() for one in entries)


def calls_of(taxpayer: int, id: UUID) -> list[tuple[str, str]]:
    """What was called about a package, and the codes that came."""
    with scoped(Role.WEB, [taxpayer]):
        return [(one.what, one.code) for one in gib.package_of(taxpayer, id)[1]]


def sent(world: Books, name: str) -> list[Any]:
    """The packages of a name that GİB took."""
    return [one for one in world.center.packages() if one.id == name]


def once(what: str) -> Callable[[], str]:
    """A mishap that happens to the next call alone."""
    left = [what]
    return lambda: left.pop() if left else ""


def _serial(id: str) -> int:
    """A number of its own for each package: no two berats bear the same unique id."""
    return zlib.crc32(id.encode())
