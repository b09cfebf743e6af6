"""Callers of the API for tests: a key or a person, and Django's client with what they need."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Final, cast

import pyotp
from django.http import HttpResponse
from django.test import Client

from platform_intake import friendly, listed
from platform_world import ARDIC, MELTEM, taxpayer
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people import services as people
from ulak_server.people.services import SCOPES

__all__ = ["PASSWORD", "ROOT", "Asker", "answer", "friendly", "person", "program", "signed_in", "two_firms"]

ROOT: Final = "/api/v1"
PASSWORD: Final = "kirmizi-bisiklet-42"


class Asker:
    """Somebody who calls the API.

    Attributes:
        headers: sent along with every call.
    """

    def __init__(self, **headers: str) -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.headers = headers

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        kind: str = "application/json",
        **headers: str,
    ) -> HttpResponse:
        """One call; a body that is not bytes goes as JSON."""
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        more: dict[str, Any] = {"content_type": kind} if body is not None else {}
        return cast(HttpResponse, self.client.generic(method, f"{ROOT}{path}", data, headers=sent, **more))

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.call("POST", path, body, **headers)


def answer(response: HttpResponse, status: int) -> Any:
    """The JSON of a response of that status."""
    assert response.status_code == status, (response.status_code, response.content.decode())
    return json.loads(response.content) if response.content else None


def program(taxpayer_id: int, scopes: Collection[str] = SCOPES, name: str = "ERP") -> Asker:
    """A program with a key of a taxpayer's."""
    with scoped(Role.WEB, [taxpayer_id]):
        key = people.make_key(taxpayer_id, name, scopes)
    return Asker(Authorization=f"Bearer {key.text}")


def person(email: str, parts: Mapping[int, str], *, is_operator: bool = False) -> Asker:
    """A person who is signed in with both factors."""
    user = people.new_user(email, PASSWORD, "Deniz Aksoy")
    for taxpayer_id, part in parts.items():
        with scoped(Role.WEB, [taxpayer_id]):
            people.add_member(taxpayer_id, user, part)
    if is_operator:
        with scoped(Role.OPERATOR):
            people.let_in(user, as_operator=True)
    return signed_in(email)


def signed_in(email: str) -> Asker:
    """Somebody who signs in for the first time, over the API."""
    asker = Asker()
    asker.headers["X-CSRFToken"] = answer(asker.post("/session", {"email": email, "password": PASSWORD}), 201)[
        "csrf_token"
    ]
    address = answer(asker.post("/session/second-factor"), 200)["address"]
    otp = pyotp.parse_uri(address)
    assert isinstance(otp, pyotp.TOTP)
    opened = answer(asker.post("/session/second-factor/confirm", {"code": otp.now()}), 200)
    assert opened["level"] == "full"
    asker.headers["X-CSRFToken"] = opened["csrf_token"]
    return asker


def two_firms() -> tuple[int, int]:
    """Ardıç and Meltem, both registered at GİB."""
    first, second = taxpayer(ARDIC, "ARD"), taxpayer(MELTEM, "MLT")
    for firm in (MELTEM, ARDIC):
        for service in ("einvoice", "edespatch"):
            listed(firm, service=service)
    return first, second
