"""Documents that stay with us, for tests: issued by the platform, reported to the simulated center by one clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID, uuid4

from center_registry import INTEGRATOR
from levels_support import ClockStamper, trust_of
from platform_merkez import Merkez, environment, merkez
from platform_world import ARDIC
from ulak.lifecycle.policy import DEFAULT
from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json
from ulak_center.web.site import ARCHIVE
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Form
from ulak_server.documents.services import Draft, accept
from ulak_server.exchange.alarms import Alarms
from ulak_server.exchange.keys import KeyRing
from ulak_server.exchange.models import Report, ReportEntry
from ulak_server.exchange.reports import services
from ulak_server.exchange.reports.calling import ReportCalls
from ulak_server.exchange.reports.station import Reports
from ulak_server.taxpayers.models import Series

__all__ = ["CONSUMER", "Office", "balance", "entries", "issue", "office", "reports", "series_of"]

CONSUMER: Final = "11111111111"
_FIRM: Final = "9876543210"


class _Stamper(ClockStamper):
    """Stamps at the platform's time."""

    def stamp(self, digest: bytes, algorithm: Any) -> Any:
        self.at = clock.now()
        return super().stamp(digest, algorithm)


class Office:
    """Both sides of the reports.

    Attributes:
        merkez: the rest of both.
        center: GİB's office.
        stamper: the time stamp authority.
    """

    def __init__(self, merkez: Merkez, calls: ReportCalls, stamper: ClockStamper) -> None:
        self.merkez, self.calls, self.stamper = merkez, calls, stamper
        self.center = merkez.lab.center.archive

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
            for number in (ARDIC[0],):
                lab.center.registry.open_service(number, "earchive", INTEGRATOR, "OZEL", lab.center.clock.now())
        stack.enter_context(environment(ULAK_EARSIV_URL=made.url + ARCHIVE))
        keys = KeyRing(lambda: made.key)
        stack.callback(keys.close)
        calls = ReportCalls(keys)
        stack.callback(calls.close)
        stamper = _Stamper()
        trust = trust_of()
        station = Reports(keys, stamper, trust, every=timedelta())
        made.stations = (Alarms(made.calls, calls), *made.stations[1:], station)
        yield Office(made, calls, stamper)


def series_of(taxpayer: int, kind: str, prefix: str) -> int:
    """A taxpayer's series for a kind, made at its first use."""
    with scoped(Role.WEB, [taxpayer]):
        found, _ = Series.objects.get_or_create(
            taxpayer_id=taxpayer, kind=kind, prefix=prefix, defaults={"is_default": True}
        )
        return found.id


def issue(taxpayer: int, count: int = 1, *, buyer: str = CONSUMER, type_code: str = "SATIS") -> Sequence[int]:
    """e-Arşiv invoices accepted, to be numbered and issued; their ids."""
    series = series_of(taxpayer, "earchive_invoice", "EAR")
    now = clock.now().astimezone(clock.ISTANBUL)
    drafts = []
    for _ in range(count):
        ettn = uuid4()
        draft = from_json(_draft(ettn, now, buyer, type_code))
        drafts.append(
            Draft(
                taxpayer,
                "earchive_invoice",
                Form.UBL,
                write_document(cast(Document, draft)),
                ettn,
                series=series,
                profile="EARSIVFATURA",
                type_code=type_code,
                issue_date=now.date(),
                partner=buyer,
                currency="TRY",
            )
        )
    with scoped(Role.WEB, [taxpayer]):
        return accept(drafts, DEFAULT, actor="test")


def _draft(ettn: UUID, now: Any, buyer: str, type_code: str) -> dict[str, Any]:
    person = {"tax_id": buyer, "first_name": "Deniz", "family_name": "Ufuk"}
    firm = {"tax_id": buyer, "name": "Ufuk Ticaret Ltd. Şti.", "tax_office": "Çankaya"}
    return {
        "profile": "EARSIVFATURA",
        "type": type_code,
        "number": f"EAR{now.year}000000000",
        "uuid": str(ettn),
        "date": now.date().isoformat(),
        "time": now.time().isoformat("seconds"),
        "supplier": {
            "tax_id": ARDIC[0],
            "name": ARDIC[1],
            "tax_office": "Çankaya",
            "address": {"town": "Çankaya", "city": "Ankara"},
        },
        "customer": {**(person if len(buyer) == 11 else firm), "address": {"town": "Çankaya", "city": "Ankara"}},
        "lines": [{"name": "Kalem", "quantity": 2, "price": "10", "vat": 20}],
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
