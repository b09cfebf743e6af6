"""Entries checked before a book is made of them: each kind of finding once, with its number and the first of them."""

from ulak.ledger.checking.engine import check
from ulak.ledger.checking.listing import all_findings, examples, save_findings
from ulak.ledger.checking.values import Checked, Example, Expected, Group
from ulak.ledger.checking.words import SAID

__all__ = ["SAID", "Checked", "Example", "Expected", "Group", "all_findings", "check", "examples", "save_findings"]
