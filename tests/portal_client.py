"""Visitors of the portal for tests that need no browser: Django's client with somebody's session."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse
from django.test import Client

from platform_people import Person, person, signed_in
from ulak_server.pages.door import COOKIE, LANGUAGE_COOKIE

__all__ = ["Visitor", "visitor"]


class Visitor:
    """Somebody with a session; nobody without a token.

    Attributes:
        person: who they are, if they are known.
    """

    def __init__(self, token: str = "", language: str = "tr", who: Person | None = None) -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.person = who
        self.token = token
        self.client.cookies[LANGUAGE_COOKIE] = language
        if token:
            self.client.cookies[COOKIE] = token

    def get(self, path: str, **query: Any) -> HttpResponse:
        """A page."""
        return cast(HttpResponse, self.client.get(path, query))

    def part(self, path: str, **query: Any) -> HttpResponse:
        """What htmx asks for."""
        return cast(HttpResponse, self.client.get(path, query, headers={"HX-Request": "true"}))

    def post(self, path: str, fields: dict[str, Any] | None = None, *, part: bool = False) -> HttpResponse:
        """A form sent; of the page, or by htmx."""
        headers = {"HX-Request": "true"} if part else {}
        return cast(HttpResponse, self.client.post(path, fields or {}, headers=headers))


def visitor(*roles: tuple[int, str], operator: bool = False, language: str = "tr") -> Visitor:
    """A new person with these roles (taxpayer, role), who has signed in."""
    who = person(*roles, operator=operator)
    return Visitor(signed_in(who), language, who)
