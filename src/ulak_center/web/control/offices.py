"""Routes about the e-Arşiv and e-Defter offices: packages, what was reported, and what is held against whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from ulak_center.office import Package, Step
from ulak_center.web.control.asked import AskStanding
from ulak_center.web.control.asking import Asking, Route, route
from ulak_center.web.problems import web_error

__all__ = ["ROUTES"]

_PAGE: Final = 1000
_FILINGS: Final = 10_000
_BIG: Final = 10**15
_DIGITS: Final = 15

Office = Callable[[Asking], Any]


def _archive(asking: Asking) -> Any:
    return asking.center.archive


def _ledger(asking: Asking) -> Any:
    return asking.center.ledger


def _packages(office: Office, asking: Asking) -> Any:
    """The oldest first; ``after`` is the row of the last one seen."""
    given = asking.parameters
    limit = given.number("limit", 100, 1, _PAGE)
    status = given.number("status", 0, 0, 9999)
    after, party = given.number("after", 0, 0, _BIG), given.text("party")
    given.done(("after", "limit", "party", "status"))
    with asking.center.lock:
        desk = office(asking)
        found = desk.packages(party=party, status=status or None, after=after, limit=limit)
        shown = [_package(one, desk.why(one).say(asking.language)) for one in found]
    following = found[-1].row if len(found) == limit else None
    return {"packages": shown, "next": following}


def _one(office: Office, asking: Asking) -> Any:
    id = asking.named["id"]
    with asking.center.lock:
        steps = office(asking).steps(id)
    if not steps:
        raise web_error("center.no-package", id=id[:100])
    return {"id": id, "steps": [_step(one, asking) for one in steps]}


def _reports(asking: Asking) -> Any:
    """What GİB knows by accepted reports, for those who compare it with their own books."""
    given = asking.parameters
    taxpayer = given.text("taxpayer")
    given.done(("taxpayer",))
    with asking.center.lock:
        return {"reports": [one._asdict() for one in asking.center.archive.reports(taxpayer)]}


def _filings(asking: Asking) -> Any:
    """Every document that was reported, in the order of kind, taxpayer and number; ``after`` is what ``next`` said."""
    given = asking.parameters
    limit = given.number("limit", _PAGE, 1, _FILINGS)
    taxpayer, after = given.text("taxpayer"), given.text("after")
    given.done(("taxpayer", "after", "limit"))
    kind, owner, number, row = (*after.split(":"), "", "", "", "")[:4]
    since = (kind, owner, number, int(row) if row.isdecimal() and len(row) <= _DIGITS else 0)
    with asking.center.lock:
        found = asking.center.archive.filings(taxpayer, since, limit)
    shown = [{"kind": one.kind, "taxpayer": one.owner, "number": one.number, "report": one.package} for one in found]
    return {"filings": shown, "next": ":".join(map(str, found[-1][:4])) if len(found) == limit else None}


def _books(asking: Asking) -> Any:
    """Accepted books, berats and ledger reports, the oldest first."""
    given = asking.parameters
    taxpayer, month = given.text("taxpayer"), given.text("month")
    given.done(("taxpayer", "month"))
    with asking.center.lock:
        return {"ledgers": [one._asdict() for one in asking.center.ledger.books(taxpayer, month)]}


def _hold(office: Office, asking: Asking) -> Any:
    body = asking.body(AskStanding)
    with asking.center.lock:
        office(asking).hold(body.number, body.standing)
    return {"number": body.number, "standing": body.standing.value if body.standing else None}


def _package(one: Package, reason: str) -> Any:
    said = {**one._asdict(), "reason": reason}
    return {**said, "received": one.received.isoformat(), "due": one.due.isoformat() if one.due else None}


def _step(one: Step, asking: Asking) -> Any:
    said = one.reason.say(asking.language)
    return {"at": one.at.isoformat(), "status": one.status, "code": one.code, "reason": said}


def _office_routes(name: str, office: Office) -> tuple[Route, ...]:
    return (
        route(f"GET /control/{name}/packages", partial(_packages, office)),
        route(f"GET /control/{name}/packages/{{id}}", partial(_one, office)),
        route(f"POST /control/{name}/standings", partial(_hold, office)),
    )


ROUTES: Final[tuple[Route, ...]] = (
    *_office_routes("archive", _archive),
    route("GET /control/archive/reports", _reports),
    route("GET /control/archive/filings", _filings),
    *_office_routes("ledger", _ledger),
    route("GET /control/ledger/books", _books),
)
