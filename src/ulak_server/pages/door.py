"""The door of every page: who comes, in which language, for which taxpayer, and whether they may."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request

from ulak.errors import Language, UlakError
from ulak_server.people import services as people
from ulak_server.people.services import NOBODY, Caller

__all__ = ["COOKIE", "LANGUAGE_COOKIE", "THEME_COOKIE", "Visit", "forget", "language_of", "remember", "visit_of"]

COOKIE: Final = "ulak_portal"
LANGUAGE_COOKIE: Final = "ulak_language"
THEME_COOKIE: Final = "ulak_theme"
_HOURS: Final = 12


class Visit(NamedTuple):
    """A visit to a page that is allowed.

    Attributes:
        taxpayer: for whom; 0 where the page is about none in particular.
        language: in which the page speaks.
        origin: the address that it came from.
        token: of the session; empty for nobody.
    """

    caller: Caller
    taxpayer: int
    language: Language
    origin: str
    token: str = ""

    def work(self) -> AbstractContextManager[None]:
        """The transaction in which the visit's work is done: its taxpayer's rows alone.

        Raises:
            NotFound: ``people.no-such-taxpayer``.
        """
        return people.working_for(self.caller, *((self.taxpayer,) if self.taxpayer else ()))

    def may(self, action: str) -> bool:
        """Whether an action of the permission table is open to the visitor, for this taxpayer."""
        return people.allowed(self.caller, action, self.taxpayer or None)


def visit_of(request: HttpRequest, action: str, taxpayer: int, *, is_used: bool = True) -> Visit:
    """Who comes, if they may.

    Args:
        is_used: see `people.authenticate_session`.

    Raises:
        NotSignedIn: ``people.not-signed-in``, ``people.session-ended``.
        NotAllowed: see `people.require`; ``people.support-needed``.
        NotFound: ``people.no-such-taxpayer``.
    """
    token, caller = request.COOKIES.get(COOKIE, ""), NOBODY
    if token:
        try:
            caller = people.authenticate_session(token, is_used=is_used)
        except UlakError:
            # Pages that are open to all do not care for a session that has ended.
            if action != "open":
                raise
            token = ""
    if caller.is_operator and taxpayer:
        # A taxpayer's pages are not the operator's: by the taxpayer's consent they are a reader there.
        page, from_where = request.page.name, str(request.META.get("REMOTE_ADDR", ""))  # type: ignore[attr-defined]
        caller = people.helping(caller, taxpayer, page, request.get_full_path(), origin=from_where, is_told=is_used)
    found = Visit(caller, taxpayer, language_of(request, caller), str(request.META.get("REMOTE_ADDR", "")), token)
    request.visit = found  # type: ignore[attr-defined]
    people.require(caller, action, taxpayer or None)
    return found


def language_of(request: HttpRequest, caller: Caller = NOBODY) -> Language:
    """The language of a page: what was chosen on it, the person's, the browser's, the installation's."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE) or caller.language
    if not chosen and "Accept-Language" in request.headers:
        chosen = get_language_from_request(request)
    return "en" if (chosen or settings.LANGUAGE_CODE) == "en" else "tr"


def remember(response: HttpResponse, token: str) -> HttpResponse:
    """Let the browser keep a session."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=_HOURS * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Let the browser forget its session."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
