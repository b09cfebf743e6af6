"""Seals judged: what was signed, by whom, and whether it holds."""

from __future__ import annotations

from ulak.seal.verify.deviations import DEVIATIONS, Deviation
from ulak.seal.verify.envelope import verify_all
from ulak.seal.verify.report import LevelCheck, Levels, Policy, SealReport, Signed, Trust
from ulak.seal.verify.verification import verify

__all__ = [
    "DEVIATIONS",
    "Deviation",
    "LevelCheck",
    "Levels",
    "Policy",
    "SealReport",
    "Signed",
    "Trust",
    "verify",
    "verify_all",
]
