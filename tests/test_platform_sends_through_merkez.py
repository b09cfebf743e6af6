"""Documents go through the simulated Merkez and reach their receivers; how they fare is learnt and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from platform_merkez import Merkez, merkez
from platform_world import MELTEM, invoices, taxpayer
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Direction, Document
from ulak_server.exchange.models import Envelope

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> int:
    return taxpayer(MELTEM, "MEL")


@pytest.fixture
def world() -> Iterator[Merkez]:
    with merkez() as made:
        yield made


def stages(taxpayer: int, ids: Sequence[int]) -> set[str]:
    with scoped(Role.WEB, [taxpayer]):
        return set(Document.objects.filter(id__in=ids).values_list("stage", flat=True))


def test_invoices_are_delivered_once_their_receivers_system_has_answered(
    world: Merkez, ardic: int, meltem: int
) -> None:
    ids = invoices(ardic, 5)
    world.settle()
    assert stages(ardic, ids) == {"delivered"}
    with scoped(Role.WEB, [ardic, meltem]):
        ettns = set(Document.objects.filter(id__in=ids).values_list("ettn", flat=True))
        arrived = Document.objects.filter(taxpayer_id=meltem, direction=Direction.IN)
        assert set(arrived.values_list("ettn", flat=True)) == ettns
        envelope = Envelope.objects.defer("message").get(documents__contains=[ids[0]])
    assert envelope.stage == "completed"
    assert [(by, code) for _, by, code, _ in envelope.said] == [
        ("merkez", "receipt"),
        ("merkez", "1200"),
        ("target", "1200"),
    ]
    assert world.lab.status(str(envelope.id)) == 1300
