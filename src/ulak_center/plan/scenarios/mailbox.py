"""The mailbox's tests: working, errors, performance.

Source: e-Fatura Test Planı V1.3, 5.2 and 9.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ulak.errors import Text
from ulak_center.plan.scenarios import inbound
from ulak_center.plan.scenarios.bulk import bulk_steps
from ulak_center.plan.scenarios.faults import fault_steps
from ulak_center.plan.scenarios.inbound import Asked
from ulak_center.plan.scenarios.sections import MAILBOX, MAILBOX_BULK, MAILBOX_FAULTS
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Section, Step

__all__ = ["STEPS", "delivery_steps"]

_CHECKS: Final = (
    (
        "b",
        Text("Merkezden gelen zarf alınır", "The envelope is received from Merkez"),
        Text("bayt bayt alınır", "it is received byte by byte"),
        inbound.received,
    ),
    (
        "c",
        Text("Zarf ve belgeler işlenir", "Envelope and documents are processed"),
        Text("şema, şematron ve mühür denetiminden geçer", "they pass schema, Schematron and seal"),
        inbound.processed,
    ),
    (
        "d",
        Text("Sistem yanıtı Merkeze gönderilir", "A system response is sent to Merkez"),
        Text("Merkez alır", "Merkez takes it"),
        inbound.responded,
    ),
    (
        "e",
        Text("Portaldaki gönderici birime bakılır", "The portal's sender unit is looked at"),
        Text("‘Posta Kutusundan Sistem Yanıtı’", "‘Posta Kutusundan Sistem Yanıtı’"),
        inbound.at_sender,
    ),
    (
        "f",
        Text("Gönderilen sistem yanıtının zarfı sorgulanır", "The response's envelope is asked for"),
        Text("kod ve metin görülür", "code and text are shown"),
        inbound.asked,
    ),
)


def delivery_steps(section: Section, prefix: str, asked: Callable[[Scene], Asked], what: Text, last: str) -> list[Step]:
    """The steps of TP 5.2.1, up to the letter ``last``."""

    def deliver(scene: Scene) -> Found:
        scene.notes[prefix], found = inbound.deliver(scene, asked(scene))
        return found

    first = Step(f"{prefix}-a", section, what, Text("gönderilir", "it is sent"), deliver, ("4-a", "4-b"))
    steps, before = [first], first.id
    for letter, title, expected, check in _CHECKS:
        if letter <= last:
            run = _checked(prefix, check)
            steps.append(Step(f"{prefix}-{letter}", section, title, expected, run, (before,)))
            before = steps[-1].id
    return steps


def _checked(prefix: str, check: Callable[[Scene, inbound.Delivery], Found]) -> Callable[[Scene], Found]:
    return lambda scene: check(scene, scene.notes[prefix])


def _bulk(scene: Scene, envelopes: int, documents: int, limit: float | None) -> Found:
    asked = Asked((scene.mailbox,), envelopes=envelopes, documents=documents)
    return inbound.whole(scene, asked, limit)[1]


STEPS: Final = (
    *delivery_steps(
        MAILBOX,
        "5.2.1",
        lambda scene: Asked((scene.mailbox,)),
        Text(
            "Portalda fatura oluşturulup kuruma gönderilir",
            "At the portal an invoice is made and sent to the candidate",
        ),
        "f",
    ),
    *fault_steps(MAILBOX_FAULTS, lambda scene: scene.mailbox, ("wrong-hash", "wrong-name", "duplicate", "unknown-id")),
    *bulk_steps(MAILBOX_BULK, "5.2.3", "5.2.1", "5.2.1-f", _bulk),
)
