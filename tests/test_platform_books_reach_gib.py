"""Packages of books reach GİB once and in their order, and what it approves is verified and kept, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from platform_ledgers import MONTH, Books, books, put_month, view
from platform_world import ARDIC, taxpayer
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.ledgers import services as gib

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module")
def world(platform_database: str) -> Iterator[Books]:
    with books() as made:
        yield made


def test_a_month_goes_in_its_order_and_its_approved_berats_are_kept(world: Books, ardic: int) -> None:
    ids = put_month(ardic, ARDIC[0])
    assert view(ardic, ids["KB"]).waits_for == (f"{ARDIC[0]}-202610-YB-000000",)
    world.a_while()
    stages = {kind: view(ardic, id).stage for kind, id in ids.items()}
    assert stages == {"YB": "fetched", "KB": "fetched", "DR": "filed"}
    with scoped(Role.WEB, [ardic]):
        name, berat = gib.approved_berat(ardic, ids["YB"])
        (term,) = gib.terms_of(ardic, 2026)
    assert name == f"GIB-{ARDIC[0]}-202610-YB-000000.xml"
    assert b"CounterSignature" in berat
    assert (term.month, term.is_late, term.done) == (MONTH, False, 3)
    assert term.closed_at is not None
