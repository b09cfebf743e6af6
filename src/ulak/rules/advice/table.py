"""Every check of Ulak's own, by its id."""

from __future__ import annotations

from typing import Final

from ulak.rules.advice.model import Rule
from ulak.rules.advice.table_facts import FACTS
from ulak.rules.advice.table_sums import SUMS

__all__ = ["RULES"]

RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in (*SUMS, *FACTS)}
"""All rules, by id; the levels are always warning.

>>> RULES["advice.vkn-check-digit"].message.format(value="1234567891").en
'VKN 1234567891 cannot be: its check digit is wrong.'
"""
