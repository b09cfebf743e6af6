"""Access in both directions.

Source: e-Fatura Test Planı V1.3, 4. That calls are on HTTPS, from declared addresses and with certificates of a public
authority cannot be judged on one machine; what is reached is noted.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from ulak.errors import Text
from ulak_center.plan.scenarios.parts import fail, shown_text, text
from ulak_center.plan.scenarios.sections import ACCESS
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Step

__all__ = ["STEPS"]

_NOWHERE: Final = str(UUID(int=0))
_UNKNOWN: Final = 2004


def _to_merkez(scene: Scene) -> Found:
    """Whoever reaches Merkez is told that it does not know this envelope."""
    shown = scene.candidate.query(_NOWHERE)
    if shown.code != _UNKNOWN:
        raise fail("{shown}; 2004 beklendi", "{shown}; 2004 was expected", shown=shown_text(shown))
    return Found(
        text("{url} yanıt verdi: {shown}", "{url} answered: {shown}", url=scene.gib.service, shown=shown_text(shown))
    )


def _to_candidate(scene: Scene) -> Found:
    shown = scene.gib.call_wrongly("wrong-name", scene.mailbox)
    if shown.code is None:
        raise fail("{url}: {shown}", "{url}: {shown}", url=scene.about.endpoint, shown=shown_text(shown))
    return Found(
        text("{url} yanıt verdi: {shown}", "{url} answered: {shown}", url=scene.about.endpoint, shown=shown_text(shown))
    )


STEPS: Final = (
    Step(
        "4-a",
        ACCESS,
        Text("Kurumun istemcisi Merkezin sunucusuna erişir", "The candidate's client reaches Merkez's server"),
        Text("erişilir", "it is reached"),
        _to_merkez,
    ),
    Step(
        "4-b",
        ACCESS,
        Text("GİB'in istemcisi kurumun sunucusuna erişir", "GİB's client reaches the candidate's server"),
        Text("erişilir", "it is reached"),
        _to_candidate,
    ),
)
