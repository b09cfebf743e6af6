"""Routes about GİB's own ends: the portal user, customs, probes and wrong calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from ulak.envelope import Party
from ulak_center.ends.customs import Customs, Decision
from ulak_center.ends.portal import Order, Portal
from ulak_center.ends.values import EndDocument, EndEnvelope, Sent
from ulak_center.web.control import asked, showing
from ulak_center.web.control.asking import Asking, Route, route
from ulak_center.web.values import Reply

__all__ = ["ROUTES"]

_PAGE: Final = 1000
_BIG: Final = 10**15
_PROFILES: Final = {"invoice": "TEMELFATURA", "despatch": "TEMELIRSALIYE"}
_XML: Final = (
    ("Content-Type", "application/xml"),
    ("Content-Disposition", "attachment"),
    ("Content-Security-Policy", "sandbox; default-src 'none'"),
    ("X-Content-Type-Options", "nosniff"),
)
"""A document may hold XHTML scripts or name a style sheet: in a browser it must not run as a page of the center."""

End = Callable[[Asking], Portal | Customs]


def _portal(asking: Asking) -> Portal:
    return asking.center.portal


def _customs(asking: Asking) -> Customs:
    return asking.center.customs


def _portal_itself(asking: Asking) -> Any:
    portal = _portal(asking)
    return {
        "number": portal.party.number,
        "title": portal.party.title,
        "units": list(map(showing.unit, portal.units())),
    }


def _customs_itself(asking: Asking) -> Any:
    customs = _customs(asking)
    units = customs.units()
    return {"number": units[0].number, "title": customs.name, "units": list(map(showing.unit, units))}


def _listed(end: End, direction: str, asking: Asking) -> Any:
    given = asking.parameters
    limit = given.number("limit", 100, 1, _PAGE)
    after = given.number("after", 0, 0, _BIG)
    given.done(("after", "limit"))
    found = getattr(end(asking), direction)(after=after, limit=limit)
    following = found[-1].sequence if len(found) == limit else None
    return {"envelopes": [_envelope(one, asking) for one in found], "next": following}


def _document(end: End, asking: Asking) -> Any:
    return Reply(200, end(asking).data(asking.named["ettn"]), _XML)


def _send(asking: Asking) -> Any:
    body = asking.body(asked.AskSend)
    order = Order(
        Party(body.alias, body.receiver, body.title),
        body.profile or _PROFILES[body.kind],
        documents=body.documents,
        envelopes=body.envelopes,
    )
    return {"envelopes": [_sent(one) for one in _portal(asking).send(order)]}


def _answer(asking: Asking) -> Any:
    body = asking.body(asked.AskAnswer)
    return _sent(_portal(asking).answer(body.ettn, body.answer, body.reason, force=body.force))


def _decide(asking: Asking) -> Any:
    body = asking.body(asked.AskCustoms)
    decision = Decision(body.answer, body.reason, body.registration, body.exported, body.gate)
    return _sent(_customs(asking).decide(body.ettn, decision, force=body.force))


def _envelope(one: EndEnvelope, asking: Asking) -> Any:
    language = asking.language
    return {
        "id": one.id,
        "type": one.type,
        "sender": {**showing.party(one.sender), "title": one.sender.title},
        "receiver": {**showing.party(one.receiver), "title": one.receiver.title},
        "at": one.at.isoformat(),
        "state": one.state,
        "label": showing.label_of(one.state, language),
        "status": one.answered_with or None,
        "sequence": one.sequence,
        "documents": [_held(document, asking) for document in one.documents],
        "responses": [
            {
                "code": told.status,
                "label": showing.label_of(told.status, language),
                "from": showing.party(told.teller),
                "at": told.at.isoformat(),
            }
            for told in one.responses
        ],
    }


def _held(one: EndDocument, asking: Asking) -> Any:
    return {
        "ettn": one.ettn,
        "number": one.number,
        "kind": one.element.value,
        "profile": one.profile,
        "type": one.type_code,
        "issued": one.issued.isoformat() if one.issued else None,
        "about": one.about,
        "says": one.says,
        "status": one.status,
        "reason": one.reason.say(asking.language),
        "mark": one.mark.value,
        "reference": one.reference,
        "answer": one.answer,
        "answered": one.answered.isoformat() if one.answered else None,
        "answer_envelope": one.answer_envelope,
    }


def _sent(one: Sent) -> Any:
    return {"id": one.id, "documents": [{"ettn": ettn, "number": number} for ettn, number in one.documents]}


def _end_routes(name: str, end: End) -> tuple[Route, ...]:
    return (
        route(f"GET /control/{name}/incoming", partial(_listed, end, "incoming")),
        route(f"GET /control/{name}/outgoing", partial(_listed, end, "outgoing")),
        route(f"GET /control/{name}/documents/{{ettn}}", partial(_document, end)),
    )


ROUTES: Final[tuple[Route, ...]] = (
    route("GET /control/portal", _portal_itself),
    *_end_routes("portal", _portal),
    route("POST /control/portal/send", _send),
    route("POST /control/portal/answer", _answer),
    route("GET /control/customs", _customs_itself),
    *_end_routes("customs", _customs),
    route("POST /control/customs/answer", _decide),
)
