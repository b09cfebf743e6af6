"""The rules of GİB's e-Defter Schematrons that look far, or that only XPath 2 can say, and that Ulak judges in passing.

A rule is known by the hash of its context, its test and the names it uses (`dividing.mark_of`): one word changed by GİB
makes it another rule. What each demands is written in `docs/ledger-judging.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["KNOWN"]

KNOWN: Final[Mapping[str, str]] = {
    # journal, inventory book and general ledger
    "2f45137b99ded33c": "any-entry",
    "6f36f84d6647910e": "any-entry",
    "b2976edce33ececc": "one-line",
    "eff57bb3e75462b7": "main-length",
    "bd3ff9c83f571086": "sub-begins",
    # journal and inventory book
    "e8a3773221b7e74c": "entry-counter",
    "fb5d3c91e6e7c83a": "entry-date",
    "236e1a06608da950": "line-number",
    # journal
    "570cb5c137b630a1": "two-lines",
    "cc123a7d03ba584b": "debit-sum",
    "f73e9f4207628ea2": "credit-sum",
    # general ledger
    "48b9f139aed3790f": "accounts-sorted",
    "ff6f23318243ed5f": "mains-once",
    "02197aeadb0fe986": "subs-once",
    "72ab94374ac3f16e": "balance-sum",
    "aab815ff39667400": "one-main",
    "9a8a9e4bafd667dc": "one-sub",
    "560a644759dcad0a": "line-counter",
}
