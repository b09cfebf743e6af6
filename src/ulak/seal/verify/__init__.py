"""Seals judged: what was signed, by whom, and whether it holds."""

from __future__ import annotations

from ulak.seal.verify.report import LevelCheck, Levels, Policy, SealReport, Signed, Trust
from ulak.seal.verify.verification import verify

__all__ = ["LevelCheck", "Levels", "Policy", "SealReport", "Signed", "Trust", "verify"]
