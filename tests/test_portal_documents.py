"""Lists of documents and single ones, as people see and use them: without a browser."""

from __future__ import annotations

import pytest

from platform_world import ARDIC, invoices, taxpayer
from portal_client import Visitor, visitor

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer(ARDIC)


@pytest.fixture(scope="module")
def sent(ardic: int) -> list[int]:
    return list(invoices(ardic, 3))


@pytest.fixture(scope="module")
def owner(ardic: int) -> Visitor:
    return visitor((ardic, "owner"))


def test_lists_show_what_there_is(ardic: int, sent: list[int], owner: Visitor) -> None:
    for path in ("outgoing", "incoming", "despatches"):
        response = owner.get(f"/t/{ardic}/{path}")
        assert response.status_code == 200, response.content.decode()[-3000:]
    assert "Meltem" in owner.get(f"/t/{ardic}/outgoing").content.decode()
    one = owner.get(f"/t/{ardic}/documents/{sent[0]}")
    assert one.status_code == 200, one.content.decode()[-3000:]
