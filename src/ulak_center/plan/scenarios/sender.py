"""The sender unit's tests: working, errors, performance.

Source: e-Fatura Test Planı V1.3, 5.1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ulak.errors import Text
from ulak_center.plan.candidate import Order, Sample
from ulak_center.plan.scenarios import outbound
from ulak_center.plan.scenarios.bulk import bulk_steps
from ulak_center.plan.scenarios.faults import fault_steps
from ulak_center.plan.scenarios.sections import SENDER, SENDER_BULK, SENDER_FAULTS
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Step

__all__ = ["CHECKS", "STEPS", "check_step", "send_step"]

_PROCESSED: Final = Text("durum ‘ZARF BAŞARI İLE İŞLENDİ’ (1200)", "the state ‘ZARF BAŞARI İLE İŞLENDİ’ (1200)")

CHECKS: Final = (
    (
        "b",
        Text("Merkezin sistem yanıtı alınır", "Merkez's system response comes in"),
        Text("alınır", "it comes in"),
        "a",
    ),
    ("c", Text("Merkezin yanıtındaki durum görülür", "Merkez's response shows the state"), _PROCESSED, "b"),
    (
        "d",
        Text("Portaldaki posta kutusuna bakılır", "The portal's mailbox is looked at"),
        Text("zarf ve belgeleri görülür", "the envelope and its documents are there"),
        "a",
    ),
    (
        "e",
        Text("Posta kutusunun sistem yanıtı alınır", "The mailbox's system response comes in"),
        Text("alınır", "it comes in"),
        "d",
    ),
    ("f", Text("Posta kutusunun yanıtındaki durum görülür", "The mailbox's response shows the state"), _PROCESSED, "e"),
    (
        "g",
        Text("Zarf getApplicationResponse ile sorgulanır", "The envelope is asked for by getApplicationResponse"),
        Text("‘BASARIYLA TAMAMLANDI’ (1300)", "‘BASARIYLA TAMAMLANDI’ (1300)"),
        "c f",
    ),
)
"""What TP 5.1.1 looks at after sending: letter, step, what is expected, and the steps before it."""


def send_step(key: str, order: Callable[[Scene], Order]) -> Callable[[Scene], Found]:
    """Send an order and leave the run for the checks, under ``key``."""

    def run(scene: Scene) -> Found:
        sent, found = outbound.send(scene, order(scene))
        scene.notes[key] = sent
        return found

    return run


def check_step(key: str, number: int) -> Callable[[Scene], Found]:
    """One of the checks of `outbound.all_checks`, of the run that was left."""
    return lambda scene: outbound.all_checks(scene)[number](scene, scene.notes[key])


def _order(scene: Scene) -> Order:
    return Order(Sample.BASIC, scene.portal.mailbox)


def _bulk(scene: Scene, envelopes: int, documents: int, limit: float | None) -> Found:
    order = Order(Sample.BASIC, scene.portal.mailbox, envelopes, documents)
    return outbound.whole(scene, order, limit)[1]


STEPS: Final = (
    Step(
        "5.1.1-a",
        SENDER,
        Text("Mühürlü faturaların zarfı sendDocument ile gönderilir", "An envelope of sealed invoices is sent"),
        Text("Merkez alır", "Merkez takes it"),
        send_step("5.1.1", _order),
        ("4-a", "4-b"),
    ),
    *(
        Step(
            f"5.1.1-{letter}",
            SENDER,
            title,
            expected,
            check_step("5.1.1", number),
            tuple(f"5.1.1-{need}" for need in needs.split()),
        )
        for number, (letter, title, expected, needs) in enumerate(CHECKS)
    ),
    *fault_steps(SENDER_FAULTS, lambda scene: scene.sender, ("wrong-name", "wrong-hash")),
    *bulk_steps(SENDER_BULK, "5.1.3", "5.1.1", "5.1.1-g", _bulk),
)
