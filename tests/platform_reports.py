"""Documents that stay with us, for tests: issued by the platform, reported to the simulated center by one clock."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID, uuid4

from center_registry import INTEGRATOR
from levels_support import ClockStamper, trust_of
from platform_merkez import Merkez, environment, merkez
from platform_world import ARDIC, MELTEM
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import DEFAULT
from ulak.reports import read
from ulak.seal.trust.stamp_problems import stamp_failure
from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json
from ulak_center.faults import Action, Fault, Place
from ulak_center.web.site import ARCHIVE
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Form
from ulak_server.documents.services import Draft, accept
from ulak_server.exchange.alarms import Alarms
from ulak_server.exchange.calls.making import End
from ulak_server.exchange.calls.telling import Result
from ulak_server.exchange.keys import KeyRing
from ulak_server.exchange.models import Report, ReportEntry
from ulak_server.exchange.reports import keeping, services
from ulak_server.exchange.reports.calling import ReportCalls
from ulak_server.exchange.reports.station import Reports
from ulak_server.exchange.shell import Outside
from ulak_server.taxpayers.models import Series, Taxpayer

__all__ = ["CONSUMER", "Office", "balance", "entries", "issue", "office", "reports"]

CONSUMER: Final = "11111111111"
_PLACE: Final = {"address": {"town": "Çankaya", "city": "Ankara"}}


_UNTOLD: Final = "untold"


class Stamper(ClockStamper):
    """Stamps at the platform's time, if it is not away."""

    is_away = False

    def stamp(self, digest: bytes, algorithm: Any) -> Any:
        if self.is_away:
            raise stamp_failure("timestamp.no-answer", why="away", repair="wait")
        self.at = clock.now()
        return super().stamp(digest, algorithm)


class Calls(ReportCalls):
    """Calls that reach GİB, and of which one hears nothing now and then.

    Attributes:
        mishap: says of each call what becomes of its end: ``lost`` on the way back, ``untold`` since the process was
            killed, or nothing.
    """

    mishap: Callable[[], str] = staticmethod(lambda: "")

    def end(self, to: Any, asked_for: Outside) -> End:
        end, what = super().end(to, asked_for), self.mishap()
        if what == "lost":
            return end._replace(outcome=Outcome.UNCLEAR, status="", text="")
        return end._replace(problem=_UNTOLD) if what else end

    def write(self, results: Sequence[Result]) -> list[Outside]:
        told = [one for one in results if one.end is None or one.end.problem != _UNTOLD]
        return super().write(told) if told else []


def _parties() -> dict[int, tuple[str, str]]:
    """Number and title of everybody, by their ids."""
    with scoped(Role.PIPELINE):
        return {id: (number, title) for id, number, title in Taxpayer.objects.values_list("id", "number", "title")}


class Office:
    """Both sides of the reports.

    Attributes:
        merkez: the rest of both.
        center: GİB's office.
        stamper: the time stamp authority.
        station: builds reports.
    """

    def __init__(self, merkez: Merkez, calls: Calls, stamper: Stamper, station: Reports) -> None:
        self.merkez, self.calls, self.stamper, self.station = merkez, calls, stamper, station
        self.center = merkez.lab.center.archive

    def fault(
        self, action: str, number: int = 0, *, times: int | None = 1, operation: str = "sendDocumentFile"
    ) -> None:
        """Let something go wrong at GİB's."""
        place = Place.JUDGE if action == "status" else Place.TAKE
        wanted = Fault(Action(action), place, number=number, times=times, operation=operation)
        self.merkez.lab.center.faults.add(wanted)

    def a_moment(self) -> None:
        """Minutes in which reports that are due at once come and go."""
        for _ in range(6):
            self.pass_time(minutes=1)

    def kill(self) -> None:
        """The process ends while it builds, without a word."""
        self.station._at_work = None

    def known(self) -> set[str]:
        """The packages that GİB has."""
        return {one.id for one in self.center.packages()}

    def judged(self) -> Counter[tuple[str, str]]:
        """What stands in the packages that GİB processed: elements and numbers, as GİB got them."""
        found: Counter[tuple[str, str]] = Counter()
        for file in self.files():
            found.update((each.element, each.number) for each in read(file).entries)
        return found

    def files(self) -> Iterator[io.BytesIO]:
        """The reports that GİB processed, from the packages that we keep."""
        for one in self.center.packages(status=30):
            with scoped(Role.PIPELINE, _parties()):
                data = b"".join(keeping.pieces(UUID(one.id)))
            yield io.BytesIO(zipfile.ZipFile(io.BytesIO(data)).read(f"{one.id}.xml"))

    def work(self, rounds: int = 2_000) -> None:
        """Let the worker work until it has nothing to do."""
        for _ in range(rounds):
            done = sum(station.turn() for station in self.merkez.stations)
            assert self.merkez.calls.settle(30)
            assert self.calls.settle(30)
            if not done:
                return
        raise AssertionError("the worker never comes to rest")

    def pass_time(self, **by: float) -> None:
        """Let time pass for both, and both do what is due then."""
        self.merkez.lab.pass_time(**by)
        self.work()

    def hours(self, count: int) -> None:
        """Let hours pass in steps of twenty minutes."""
        for _ in range(3 * count):
            self.pass_time(minutes=20)


@contextmanager
def office(**changes: Any) -> Iterator[Office]:
    """The platform with its station of reports, and a center whose office takes them."""
    with ExitStack() as stack:
        made = stack.enter_context(merkez(**changes))
        lab = made.lab
        with lab.center.lock, lab.center.desk.store.step():
            for number in (ARDIC[0], MELTEM[0]):
                lab.center.registry.open_service(number, "earchive", INTEGRATOR, "OZEL", lab.center.clock.now())
        stack.enter_context(environment(ULAK_EARSIV_URL=made.url + ARCHIVE))
        keys = KeyRing(lambda: made.key)
        stack.callback(keys.close)
        calls = Calls(keys)
        stack.callback(calls.close)
        stamper = Stamper()
        station = Reports(keys, stamper, trust_of(), every=timedelta())
        made.stations = (Alarms(made.calls, calls), *made.stations[1:], station)
        yield Office(made, calls, stamper, station)


def _series(taxpayer: int) -> Series:
    with scoped(Role.WEB, [taxpayer]):
        return Series.objects.get(taxpayer_id=taxpayer, kind="earchive_invoice", purpose="")


def issue(taxpayer: int, count: int = 1, *, buyer: str = CONSUMER, type_code: str = "SATIS") -> Sequence[int]:
    """e-Arşiv invoices accepted, to be numbered and issued; their ids."""
    series = _series(taxpayer)
    now = clock.now().astimezone(clock.ISTANBUL)
    drafts = []
    for _ in range(count):
        ettn = uuid4()
        draft = from_json(_draft(_parties()[taxpayer], series.prefix, ettn, now, buyer, type_code))
        drafts.append(
            Draft(
                taxpayer,
                "earchive_invoice",
                Form.UBL,
                write_document(cast(Document, draft)),
                ettn,
                series=series.id,
                profile="EARSIVFATURA",
                type_code=type_code,
                issue_date=now.date(),
                partner=buyer,
                currency="TRY",
            )
        )
    with scoped(Role.WEB, [taxpayer]):
        return [] if not drafts else accept(drafts, DEFAULT, actor="test")


def _draft(seller: tuple[str, str], prefix: str, ettn: UUID, now: Any, buyer: str, type_code: str) -> dict[str, Any]:
    person = {"tax_id": buyer, "first_name": "Deniz", "family_name": "Ufuk"}
    firm = {"tax_id": buyer, "name": "Ufuk Ticaret Ltd. Şti.", "tax_office": "Çankaya"}
    day = now.date().isoformat()
    charged: dict[str, Any] = {
        "period": {"start": day, "start_time": "00:00:00", "end": day, "end_time": "00:01:00"},
        "lines": [{"name": "DC", "quantity": 20, "unit": "KWH", "price": 10, "vat": 20, "serial": "45225"}],
    }
    plate: dict[str, Any] = {"ids": {"PLAKA": "06GIB06"}} if type_code == "SARJANLIK" else {}
    return {
        "profile": "EARSIVFATURA",
        "type": type_code,
        "number": f"{prefix}{now.year}000000000",
        "uuid": str(ettn),
        "date": day,
        "time": now.time().isoformat("seconds"),
        "supplier": {
            "tax_id": seller[0],
            "name": seller[1],
            "tax_office": "Çankaya",
            **_PLACE,
        },
        "customer": {
            **(person if len(buyer) == 11 else firm),
            **plate,
            **_PLACE,
        },
        "lines": [{"name": "Kalem", "quantity": 2, "price": "10", "vat": 20}],
        **(charged if plate else {}),
    }


def entries(taxpayer: int) -> list[ReportEntry]:
    with scoped(Role.WEB, [taxpayer]):
        return list(ReportEntry.objects.filter(taxpayer_id=taxpayer).order_by("id"))


def reports(taxpayer: int) -> list[Report]:
    with scoped(Role.WEB, [taxpayer]):
        return list(Report.objects.filter(taxpayer_id=taxpayer).order_by("created_at", "id"))


def balance(taxpayer: int, month: Any) -> services.Balance:
    with scoped(Role.WEB, [taxpayer]):
        return services.balance(taxpayer, month)
