"""An envelope judged at Merkez: the first code in GİB's order that refuses it, and why."""

from __future__ import annotations

from ulak_center.judging.judge import CheckerOf, Judge
from ulak_center.judging.problems import Refused

__all__ = ["CheckerOf", "Judge", "Refused"]
