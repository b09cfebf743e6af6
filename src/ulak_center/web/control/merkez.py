"""Routes about the center itself: time, faults, envelopes, calls, accounts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

from ulak_center.clock import LATEST
from ulak_center.problems import center_error
from ulak_center.registry import Integrator
from ulak_center.values import Role, Unit, Use
from ulak_center.web.control import asked, showing
from ulak_center.web.control.asking import Asking, Route, route
from ulak_center.web.problems import web_error
from ulak_center.web.values import Reply

__all__ = ["ROUTES"]

_SAFE: Final = re.compile(r"[0-9A-Za-z-]{1,60}")
_PAGE: Final = 1000
_BIG: Final = 10**15
_FARTHEST: Final = timedelta(days=3653)


def _status(asking: Asking) -> Any:
    return showing.status(asking.center)


def _move_clock(asking: Asking) -> Any:
    body, center = asking.body(asked.AskClock), asking.center
    if (body.advance is None) == (body.to is None):
        raise web_error("center.control-parameter", name="advance, to", value="-", allowed="advance | to")
    now = center.clock.now()
    by = timedelta(seconds=body.advance) if body.advance is not None else (body.to or now) - now
    if body.to is not None and by < timedelta(0):
        raise center_error("center.clock-back", now=now.isoformat(), to=body.to.isoformat())
    if not timedelta(0) <= by <= min(_FARTHEST, LATEST - now):
        raise web_error("center.control-clock", value=body.advance if body.to is None else body.to.isoformat())
    tasks = center.advance(by)
    return {"now": center.clock.now().isoformat(), "tasks": tasks}


def _faults(asking: Asking) -> Any:
    return {"faults": [showing.fault(one) for one in asking.center.faults]}


def _add_fault(asking: Asking) -> Any:
    return showing.fault(asking.center.faults.add(asking.body(asked.AskFault).fault()))


def _remove_fault(asking: Asking) -> Any:
    id = asking.named["id"]
    if not (re.fullmatch(r"[0-9]{1,12}", id) and asking.center.faults.remove(int(id))):
        raise web_error("center.no-fault", id=id[:20])
    return {"removed": int(id)}


def _clear_faults(asking: Asking) -> Any:
    number = len(list(asking.center.faults))
    asking.center.faults.clear()
    return {"removed": number}


def _envelopes(asking: Asking) -> Any:
    given = asking.parameters
    state = given.number("state", 0, 1000, 1999)
    limit = given.number("limit", 100, 1, _PAGE)
    found = asking.center.envelopes(
        status=state or None,
        type=given.text("type"),
        party=given.text("party"),
        after=given.number("after", 0, 0, _BIG),
        limit=limit,
    )
    given.done(("state", "type", "party", "after", "limit"))
    return showing.envelopes(found, limit, asking.language)


def _envelope(asking: Asking) -> Any:
    return showing.dossier(asking.center.dossier(asking.named["id"]), asking.language)


def _envelope_zip(asking: Asking) -> Any:
    id = asking.named["id"]
    data = asking.center.envelope_zip(id)
    name = f"{id}.zip" if _SAFE.fullmatch(id) else "envelope.zip"
    said = (
        ("Content-Type", "application/zip"),
        ("Content-Disposition", f'attachment; filename="{name}"'),
        ("X-Content-Type-Options", "nosniff"),
    )
    return Reply(200, data, said)


def _log(asking: Asking) -> Any:
    given = asking.parameters
    limit = given.number("limit", 100, 1, _PAGE)
    found = asking.center.calls(after=given.number("after", 0, 0, _BIG), limit=limit)
    given.done(("after", "limit"))
    return {"calls": [showing.call(one) for one in found], "next": found[-1].id if len(found) == limit else None}


def _integrators(asking: Asking) -> Any:
    with asking.center.lock:
        return {"integrators": [showing.integrator(one) for one in asking.center.registry.integrators()]}


def _add_integrator(asking: Asking) -> Any:
    body, center = asking.body(asked.AskIntegrator), asking.center
    center.register_integrator(Integrator(body.number, body.title, body.endpoint_gb, body.endpoint_pk))
    with center.lock:
        found = center.registry.integrator(body.number)
    return showing.integrator(found) if found else {}


def _account(asking: Asking) -> Any:
    number = asking.named["number"]
    with asking.center.lock:
        found = asking.center.registry.account(number)
        units = asking.center.registry.units(number)
    if found is None:
        raise web_error("center.no-account", number=number[:20])
    return showing.account(found, units)


def _open_account(asking: Asking) -> Any:
    body, center = asking.body(asked.AskAccount), asking.center
    now = center.clock.now()
    units = [
        Unit(body.number, one.alias, Role(one.role), Use(use), one.operator, now)
        for one in body.units
        for use in one.uses
    ]
    center.open_account(body.number, body.title, body.kind, units)
    return _account(asking._replace(named={"number": body.number}))


def _close_account(asking: Asking) -> Any:
    number, center = asking.named["number"], asking.center
    with center.lock, center.desk.store.step():
        if center.registry.account(number) is None:
            raise web_error("center.no-account", number=number[:20])
        now = center.clock.now()
        for alias in {one.alias for one in center.registry.units(number)}:
            center.registry.close_units(number, alias, tuple(Use), now)
    return _account(asking)


def _suspend(asking: Asking) -> Any:
    number = asking.body(asked.AskSuspension).number
    asking.center.suspend(number)
    return {"suspended": asking.center.summary().suspended}


def _resume(asking: Asking) -> Any:
    asking.center.suspend(asking.named["number"], suspended=False)
    return {"suspended": asking.center.summary().suspended}


def _cancel(asking: Asking) -> Any:
    ettn = asking.body(asked.AskCancellation).ettn
    asking.center.cancel_invoice(ettn)
    return {"ettn": ettn}


def _change_pack(asking: Asking) -> Any:
    body = asking.body(asked.AskPack)
    asking.center.change_pack(body.pack, body.since)
    return _packs(asking)


def _packs(asking: Asking) -> Any:
    changes = asking.center.packs.changes
    return {"packs": [{"pack": pack, "since": since.isoformat()} for since, pack in changes]}


ROUTES: Final[tuple[Route, ...]] = (
    route("GET /control/status", _status),
    route("POST /control/clock", _move_clock),
    route("GET /control/faults", _faults),
    route("POST /control/faults", _add_fault, 201),
    route("DELETE /control/faults", _clear_faults),
    route("DELETE /control/faults/{id}", _remove_fault),
    route("GET /control/envelopes", _envelopes),
    route("GET /control/envelopes/{id}", _envelope),
    route("GET /control/envelopes/{id}/zip", _envelope_zip),
    route("GET /control/log", _log),
    route("GET /control/integrators", _integrators),
    route("POST /control/integrators", _add_integrator),
    route("GET /control/accounts/{number}", _account),
    route("POST /control/accounts", _open_account),
    route("DELETE /control/accounts/{number}", _close_account),
    route("POST /control/suspensions", _suspend),
    route("DELETE /control/suspensions/{number}", _resume),
    route("POST /control/cancellations", _cancel),
    route("GET /control/packs", _packs),
    route("POST /control/packs", _change_pack),
)
