"""The plan: every step in GİB's order, each with what is expected and a function that does it."""

from __future__ import annotations

from typing import Final

from ulak_center.plan.scenarios import (
    access,
    commercial,
    despatch,
    features,
    integrator,
    mailbox,
    other,
    preparation,
    sender,
)
from ulak_center.plan.values import Step

__all__ = ["PLAN"]

PLAN: Final[tuple[Step, ...]] = (
    *preparation.STEPS,
    *features.STEPS,
    *access.STEPS,
    *sender.STEPS,
    *mailbox.STEPS,
    *commercial.STEPS,
    *other.STEPS,
    *despatch.STEPS,
    *integrator.STEPS,
)
"""In the plan's order; the özel entegratör's tests come after it."""
