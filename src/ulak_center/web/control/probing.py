"""Routes about GİB's probes, and about calls that are wrong on purpose."""

from __future__ import annotations

from typing import Annotated, Any, Final

from msgspec import Meta

from ulak.envelope import Party
from ulak_center.ends.calls import Mistake
from ulak_center.ends.probes import Kind, Outcome, Repeated
from ulak_center.web.control import showing
from ulak_center.web.control.asked import Alias, Asked, Number
from ulak_center.web.control.asking import Asking, Route, route

__all__ = ["ROUTES", "AskCall", "AskProbe", "AskStop"]


class AskStop(Asked, frozen=True):
    """A probe that is no longer to be sent again and again."""

    kind: Kind
    receiver: Number
    alias: Alias


class AskProbe(Asked, frozen=True):
    """A probe of GİB's (TP, 7 b and c); with ``hours`` it is sent again and again, the first time after so many."""

    kind: Kind
    receiver: Number
    alias: Alias
    hours: Annotated[float, Meta(gt=0, le=8760)] | None = None


class AskCall(Asked, frozen=True):
    """A call that is wrong on purpose (TP, 5.1.2 b)."""

    kind: Mistake
    receiver: Number
    alias: Alias


def _probe(asking: Asking) -> Any:
    body, probes = asking.body(AskProbe), asking.center.probes
    receiver = Party(body.alias, body.receiver)
    if body.hours is not None:
        return _repeated(probes.every(body.kind, receiver, body.hours))
    return {"id": probes.send(body.kind, receiver)}


def _probes(asking: Asking) -> Any:
    limit = asking.parameters.number("limit", 100, 1, 1000)
    asking.parameters.done(("limit",))
    probes = asking.center.probes
    return {
        "probes": [_outcome(one, asking) for one in probes.outcomes(limit)],
        "repeated": [_repeated(one) for one in probes.repeated()],
    }


def _one_probe(asking: Asking) -> Any:
    return _outcome(asking.center.probes.outcome(asking.named["id"]), asking)


def _stop(asking: Asking) -> Any:
    body = asking.body(AskStop)
    return {"stopped": asking.center.probes.stop(body.kind, Party(body.alias, body.receiver))}


def _call(asking: Asking) -> Any:
    body = asking.body(AskCall)
    found = asking.center.faulty_calls.call(body.kind, Party(body.alias, body.receiver))
    return {
        "kind": found.mistake.value,
        "url": found.url,
        "status": found.status,
        "code": found.code,
        "message": str(found.found.say(asking.language) or found.message),
        "expected": list(found.expected),
        "right": found.is_right,
        "seconds": found.seconds,
    }


def _outcome(one: Outcome, asking: Asking) -> Any:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "receiver": showing.party(one.receiver),
        "at": one.at.isoformat(),
        "state": one.state,
        "label": showing.label_of(one.state, asking.language),
        "accepted": one.accepted,
        "responses": [
            {"code": told.status, "from": showing.party(told.teller), "at": told.at.isoformat()}
            for told in one.responses
        ],
        "attempts": [showing.attempt(each) for each in one.attempts],
    }


def _repeated(one: Repeated) -> Any:
    return {
        "kind": one.kind.value,
        "receiver": showing.party(one.receiver),
        "hours": one.hours,
        "due": one.due.isoformat(),
    }


ROUTES: Final[tuple[Route, ...]] = (
    route("GET /control/probes", _probes),
    route("POST /control/probes", _probe),
    route("GET /control/probes/{id}", _one_probe),
    route("POST /control/probes/stop", _stop),
    route("POST /control/calls", _call),
)
