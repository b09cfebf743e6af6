"""Seals that outlive their certificates: time stamps, and the evidence that a certificate was good (XAdES-T to -A).

`add_time_stamp`, `archive` and `renew` extend the seal of a document; `check_levels` judges what a seal carries.
"""

from ulak.seal.levels.adding import Form, add_time_stamp, archive, renew
from ulak.seal.levels.checking import Levels, Stamp, check_levels
from ulak.seal.levels.imprints import Kind
from ulak.seal.levels.problems import LevelFailure

__all__ = ["Form", "Kind", "LevelFailure", "Levels", "Stamp", "add_time_stamp", "archive", "check_levels", "renew"]
