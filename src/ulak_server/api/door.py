"""The door of every way: who asks, whether they may, for whom, and whether the body may be read at all."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from ulak.errors import UlakError
from ulak_server.api.limits import ANONYMOUS, CALLS, Bucket
from ulak_server.api.problems import problem
from ulak_server.people import services as people
from ulak_server.people.services import NOBODY, Caller
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["COOKIE", "TAXPAYER", "Door", "Takes", "Visit", "csrf_token", "origin_of", "stay", "visit"]

COOKIE: Final = "ulak_api_session"
TAXPAYER: Final = "Ulak-Taxpayer"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_KNOWN: Final = Bucket(CALLS)
_UNKNOWN: Final = Bucket(ANONYMOUS)
_NUMBER: Final = 11


class Takes(NamedTuple):
    """What the body of a call may be.

    Attributes:
        kinds: by media type: a structure, or a JSON schema.
        limit: in bytes.
        is_needed: whether there must be one.
        is_streamed: whether the way reads it itself, piece by piece.
    """

    kinds: Mapping[str, Any]
    limit: int = 64 * 1024
    is_needed: bool = True
    is_streamed: bool = False


class Visit(NamedTuple):
    """A call that may be carried out.

    Attributes:
        taxpayer: for whom; 0 where the way works for none in particular.
        origin: the address that it came from.
        token: of the session, if it is one's.
    """

    caller: Caller
    taxpayer: int
    origin: str
    token: str = ""


def visit(request: HttpRequest) -> Visit:
    """Who asks, once the door has let them in."""
    found: Visit = request.auth  # type: ignore[attr-defined]
    return found


def origin_of(request: HttpRequest) -> str:
    """The address that a call came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def csrf_token(session: str) -> str:
    """What a page has to send along with changes, worked out from the session's token, which it cannot read."""
    return hmac.new(settings.SECRET_KEY.encode(), b"csrf:" + session.encode(), hashlib.sha256).hexdigest()


def stay(request: HttpRequest) -> str:
    """The token of the session that a call belongs to, for the steps of signing in; nothing of it is proven.

    Raises:
        ApiError: ``api.who``, ``api.csrf``.
    """
    session = request.COOKIES.get(COOKIE, "")
    if not session:
        raise problem("api.who")
    _check_csrf(request, session)
    return session


class Door:
    """Lets a call in, or raises what keeps it out.

    Args:
        action: of the permission table.
        takes: what the body may be; None: there is none.
        needs_taxpayer: whether the way works for one taxpayer.
    """

    def __init__(self, action: str, takes: Takes | None, *, needs_taxpayer: bool) -> None:
        self.action, self.takes, self.needs_taxpayer = action, takes, needs_taxpayer
        self.parameters: Collection[str] = ()

    def __call__(self, request: HttpRequest) -> Visit:
        origin = origin_of(request)
        _check_nuls(request)
        if self.action == "open":
            _slow_down(_UNKNOWN, origin)
            self._look_at(request)
            return Visit(NOBODY, 0, origin)
        caller, token = self._caller(request, origin)
        self._admit(caller, None)
        taxpayer = _taxpayer(request, caller) if self.needs_taxpayer else 0
        if taxpayer:
            self._admit(caller, taxpayer)
        self._look_at(request)
        return Visit(caller, taxpayer, origin, token)

    def _caller(self, request: HttpRequest, origin: str) -> tuple[Caller, str]:
        try:
            caller, token = _who(request)
        except UlakError:
            _slow_down(_UNKNOWN, origin)
            raise
        if caller.actor:
            _slow_down(_KNOWN, caller.actor)
        else:
            _slow_down(_UNKNOWN, origin)
        return caller, token

    def _admit(self, caller: Caller, taxpayer: int | None) -> None:
        people.require(caller, self.action, taxpayer)

    def _look_at(self, request: HttpRequest) -> None:
        for name in request.GET:
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "–"
                raise problem("api.unknown-parameter", where=f"?{name[:60]}", name=name[:60], known=known)
        if self.takes is not None:
            _weigh(request, self.takes)


def _check_nuls(request: HttpRequest) -> None:
    """Before anybody looks for what the address names: the database would fail at it."""
    if "\0" in request.path:
        raise problem("api.nul")
    for name, values in request.GET.lists():
        if "\0" in name or any("\0" in one for one in values):
            raise problem("api.nul", where=f"?{name[:60]}".replace("\0", "\ufffd"))


def _who(request: HttpRequest) -> tuple[Caller, str]:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind:
        if kind.lower() != "bearer":
            raise problem("api.who")
        return people.authenticate_key(token), ""
    session = request.COOKIES.get(COOKIE, "")
    if not session:
        return NOBODY, ""
    caller = people.authenticate_session(session)
    _check_csrf(request, session)
    return caller, session


def _check_csrf(request: HttpRequest, session: str) -> None:
    if request.method not in _SAFE:
        given = request.headers.get("X-CSRFToken", "")
        if not hmac.compare_digest(given.encode(), csrf_token(session).encode()):
            raise problem("api.csrf")


def _slow_down(bucket: Bucket, who: str) -> None:
    wait = bucket.take(who)
    if wait:
        error = problem("api.rate", seconds=max(1, round(wait)))
        error.retry_after = wait
        raise error


def _taxpayer(request: HttpRequest, caller: Caller) -> int:
    number = request.headers.get(TAXPAYER, "").strip()
    if not number:
        if len(caller.taxpayers) == 1:
            return next(iter(caller.taxpayers))
        raise problem("api.taxpayer-wanted")
    with people.working_for(caller, *caller.taxpayers):
        found = Taxpayer.objects.filter(number=number[:_NUMBER]).values_list("id", flat=True).first()
    if found is None or len(number) > _NUMBER:
        raise problem("api.taxpayer-unknown", number=number[:_NUMBER])
    return found


def _weigh(request: HttpRequest, takes: Takes) -> None:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and request.META.get("HTTP_TRANSFER_ENCODING"):
        raise problem("api.length-required")
    size = int(length) if length.isdecimal() else 0
    if size > takes.limit:
        raise problem("api.too-large", size=size, limit=takes.limit)
    if not size:
        if takes.is_needed:
            raise problem("api.body-wanted")
        return
    if request.content_type not in takes.kinds:
        raise problem("api.content-type", given=(request.content_type or "")[:80], known=", ".join(takes.kinds))
    if takes.is_streamed:
        return
    try:
        _ = request.body
    except UnreadablePostError:
        raise problem("api.broken-off") from None
    except RequestDataTooBig:
        raise problem("api.too-large", size=size, limit=takes.limit) from None
