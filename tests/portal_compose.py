"""A seller, a shop, their clerks, and what they write in the editors of the portal, without a browser."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.http import HttpResponse

from platform_intake import listed
from platform_world import MELTEM, archiving, taxpayer
from portal_client import Visitor, visitor
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["WHOLE", "body", "clerk", "keeper", "news", "saved", "seller", "set_all", "shop", "written"]

WHOLE = {
    "/customer/tax_id": MELTEM[0],
    "/customer/name": MELTEM[1],
    "/customer/address/city": "İstanbul",
    "/customer/address/town": "Kadıköy",
    "/lines/0/name": "Boya",
    "/lines/0/price": "1.250,50",
}


@pytest.fixture(scope="module")
def seller(platform_database: str) -> int:
    id = taxpayer()
    with scoped(Role.PIPELINE):
        listed()
    return id


@pytest.fixture(scope="module")
def clerk(seller: int) -> Visitor:
    return visitor((seller, "clerk"))


@pytest.fixture(scope="module")
def shop(seller: int) -> int:
    """A shop that issues every document of the e-Arşiv family."""
    return archiving(taxpayer(MELTEM, "MEL"), "ME")


@pytest.fixture(scope="module")
def keeper(shop: int) -> Visitor:
    return visitor((shop, "clerk"))


def body(response: HttpResponse) -> str:
    return response.content.decode()


def news(response: HttpResponse) -> dict[str, Any]:
    found = re.search(r'data-news="([^"]*)"', body(response))
    assert found, body(response)[:500]
    told: dict[str, Any] = json.loads(html.unescape(found[1]))
    return told


def saved(clerk: Visitor, seller: int, changes: Any, **more: Any) -> HttpResponse:
    fields = {"kind": "invoice", "changes": json.dumps(changes), **more}
    return clerk.post(f"/t/{seller}/compose/save", fields, part=True)


def set_all(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"do": "set", "at": at, "value": value} for at, value in values.items()]


def written(clerk: Visitor, seller: int, values: dict[str, str] | None = None) -> dict[str, Any]:
    response = saved(clerk, seller, set_all(values or WHOLE))
    assert response.status_code == 200, body(response)
    return news(response)
