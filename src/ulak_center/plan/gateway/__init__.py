"""The smallest platform that passes GİB's test plan: it makes, seals, sends, receives, judges and answers."""

from __future__ import annotations

from ulak_center.plan.gateway.gateway import Gateway

__all__ = ["Gateway"]
