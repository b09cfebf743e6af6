"""What a piece of advice is, and the rule that it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from ulak.codes.law import Source
from ulak.errors import Text

__all__ = ["Advice", "Rule"]


class Advice(NamedTuple):
    """Something that GİB takes and that is probably a mistake all the same; always a warning, never a rejection.

    Attributes:
        id: of the rule, ``advice.*``; published, never reused for another meaning.
        message: what is wrong, with the values.
        explanation: what holds, and why.
        repair: what to do.
        node: the element at fault.
        attribute: name of the attribute at fault, or "".
        value: the text at fault, as it stands in the document.
        expected: what should stand there, where that can be told.
    """

    id: str
    message: Text
    explanation: Text
    repair: Text
    node: etree._Element
    attribute: str
    value: str
    expected: str = ""


class Rule(NamedTuple):
    """One check of Ulak's own.

    Attributes:
        id: ``advice.*``.
        message: with places in braces: ``{value}``, ``{expected}`` and what the check adds.
        explanation: what holds, and its exceptions.
        repair: what to do.
        source: where it is written.
        since: the version of Ulak that brought the check.
    """

    id: str
    message: Text
    explanation: Text
    repair: Text
    source: Source
    since: str = "0.1.0"

    def found(
        self,
        node: etree._Element,
        value: str,
        expected: str = "",
        *,
        attribute: str = "",
        facts: Mapping[str, object] | None = None,
    ) -> Advice:
        """Advice by this rule on ``node``; ``facts`` fill further places of the message."""
        places = {"value": value, "expected": expected, **(facts or {})}
        message, repair = self.message.format(**places), self.repair.format(**places)
        return Advice(self.id, message, self.explanation, repair, node, attribute, value, expected)
