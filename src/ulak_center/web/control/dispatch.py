"""The control API put together: who may, which route, and every failure as a problem (RFC 9457)."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from ulak.errors import Language, UlakError
from ulak_center.center import Center
from ulak_center.web.control import ends, lists, merkez, offices, probing
from ulak_center.web.control.access import Access
from ulak_center.web.control.asking import Asking, Route, replied
from ulak_center.web.control.reading import Parameters
from ulak_center.web.problems import web_error
from ulak_center.web.values import Admitted, Answer, Head, Refusal, Reply, Request

__all__ = ["PREFIX", "ROUTES", "Control", "language_of"]

PREFIX: Final = "/control/"
ROUTES: Final[tuple[Route, ...]] = (
    *merkez.ROUTES,
    *ends.ROUTES,
    *probing.ROUTES,
    *offices.ROUTES,
    *lists.ROUTES,
)
_BODY: Final = 256 * 1024
_WAITING: Final = frozenset({"/control/clock", "/control/calls", "/control/portal/send", "/control/lists"})
"""What calls integrators or makes much, and is waited for; the services must answer meanwhile."""
_STATUS: Final = {
    "center.control-path": 404,
    "center.control-method": 405,
    "center.control-type": 415,
    "center.control-remote": 403,
    "center.control-origin": 403,
    "center.control-token": 401,
    "center.control-json": 400,
    "center.control-parameter": 400,
    "center.control-field": 400,
}


class Control:
    """Answers under ``/control/``.

    Args:
        more: routes besides those of the center itself.
    """

    def __init__(self, center: Center, access: Access, more: tuple[Route, ...] = ()) -> None:
        self._center = center
        self._access = access
        self._routes = (*ROUTES, *more)

    def admit(self, head: Head) -> Admitted | Answer:
        """Let a small body come from those who may."""
        error = self._access.refusal(head)
        if error is not None:
            return _problem(error, head)
        return Admitted(_BODY, waits=head.method == "POST" and head.path in _WAITING)

    def handle(self, request: Request) -> Reply:
        """Answer a request."""
        head = request.head
        try:
            return self._routed(request)
        except UlakError as error:
            return _problem(error, head)

    def refuse(self, head: Head, refusal: Refusal) -> Reply:
        """What HTTP refused, as a problem."""
        return _written(head, refusal.status, "center.http", refusal.text.say(language_of(head)), "")

    def _routed(self, request: Request) -> Reply:
        head, language = request.head, language_of(request.head)
        method = "GET" if head.method == "HEAD" else head.method
        here = [(one, named) for one in self._routes if (named := one.match(head.path)) is not None]
        if not here:
            raise web_error("center.control-path", path=head.path[:100])
        for found, named in here:
            if found.method == method:
                parameters = Parameters(head.query)
                value = found.handler(Asking(self._center, request, named, parameters, language))
                parameters.done(())
                return replied(value, found.status, language)
        allowed = ", ".join(sorted({one.method for one, _ in here}))
        error = web_error("center.control-method", method=head.method[:20], path=head.path[:100], allowed=allowed)
        reply = _problem(error, head)
        return reply._replace(headers=(*reply.headers, ("Allow", allowed)))


def language_of(head: Head) -> Language:
    """English if that is what the client likes best, else Turkish."""
    first = head.headers.get("accept-language", "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "tr"


def _problem(error: UlakError, head: Head) -> Reply:
    language = language_of(head)
    usual = 404 if error.code.startswith("center.no-") else 422
    status = _STATUS.get(error.code, usual if error.permanent else 503)
    reply = _written(
        head, status, error.code, error.text.say(language), error.repair.say(language), pointer=error.where
    )
    if status == 401:
        return reply._replace(headers=(*reply.headers, ("WWW-Authenticate", "Bearer")))
    return reply


def _written(head: Head, status: int, code: str, title: str, detail: str, **more: Any) -> Reply:
    said = {"type": f"urn:ulak:{code}", "title": title, "status": status, "detail": detail, "code": code}
    body = msgspec.json.encode({**said, **{name: value for name, value in more.items() if value}})
    headers = (
        ("Content-Type", "application/problem+json"),
        ("Content-Language", language_of(head)),
        ("Vary", "Accept-Language"),
    )
    return Reply(status, body, headers)
