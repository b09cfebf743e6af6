"""Documents go through the simulated Merkez and reach their receivers; how they fare is learnt and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

import pytest

from center_registry import INTEGRATOR
from platform_chaos import FAULTS
from platform_merkez import Merkez, merkez
from platform_world import MELTEM, invoices, taxpayer
from ulak_center.faults import ACTIONS, Action, Fault, Place
from ulak_center.problems import CenterError
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Direction, Document
from ulak_server.exchange import services
from ulak_server.exchange.models import Envelope
from ulak_server.exchange.services import ExchangeError

_FAULTS: Final = [fault for fault in FAULTS if fault["action"] not in ("timeout", "slow")]
"""Those that need no waiting; a call without an answer is in `test_platform_calls_merkez`."""
_AT_REST: Final = frozenset({"delivered", "returned", "to-correct", "clashed", "disputed"})
_PLAIN: Final = ("id", "documents")

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


# -- what can go wrong -------------------------------------------------------------------------------------------------


def scripted(world: Merkez, fault: dict[str, Any]) -> None:
    action = Action(fault["action"])
    place = Place(fault.get("place", ACTIONS[action][0]))
    rest = {name: value for name, value in fault.items() if name not in ("action", "place")}
    world.lab.center.faults.add(Fault(action, place, **rest))


def rested(world: Merkez, taxpayer: int, ids: Sequence[int]) -> None:
    """Let days pass until the documents rest; GİB's permission comes back whenever it was taken away."""
    world.settle(4)
    for _ in range(40):
        if stages(taxpayer, ids) <= _AT_REST:
            return
        with suppress(ExchangeError):
            services.give_permission_back(INTEGRATOR)
        world.pass_time(hours=2.5)
        world.settle(2)
    raise AssertionError(stages(taxpayer, ids))


@pytest.mark.parametrize("fault", _FAULTS, ids=lambda fault: "-".join(map(str, fault.values())))
def test_whatever_goes_wrong_each_arrives_once_or_rests_truthfully(
    fault: dict[str, Any], world: Merkez, ardic: int, meltem: int
) -> None:
    scripted(world, fault)
    ids = invoices(ardic, 2)
    rested(world, ardic, ids)
    with scoped(Role.WEB, [ardic, meltem]):
        found = list(Document.objects.filter(id__in=ids).values_list("id", "ettn", "stage"))
        came = list(Document.objects.filter(taxpayer_id=meltem, direction=Direction.IN).values_list("ettn", flat=True))
        trips = [(one.id, one.documents) for one in Envelope.objects.filter(documents__overlap=ids).only(*_PLAIN)]
    for id, ettn, stage in found:
        states = [_state(world, envelope) for envelope, documents in trips if id in documents]
        assert states.count(1300) == (stage == "delivered"), (stage, states)
        assert came.count(ettn) == (stage == "delivered"), (stage, came.count(ettn))


def _state(world: Merkez, envelope: UUID) -> int:
    """How it stands at Merkez; 0 if it is not there."""
    try:
        return world.lab.status(str(envelope))
    except CenterError:
        return 0
