"""Which outcomes XPath 2 allows where an operand of ``and`` or ``or`` stops with an error.

XPath 2 (section 3.6) leaves open in which order the operands are looked at, and whether all of them are: ``A or B``
with an error in A and B true may be true or an error. Saxon takes what it thinks the cheapest operand first, Ulak goes
from left to right. Both are right, and neither answer may be held against the other; everything else may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final
from urllib.parse import quote

from lxml import etree
from saxonche import PySaxonApiError

from saxon_reference import SaxonReference, compile_stylesheet, processor, silence

__all__ = ["Outcomes"]

_WORDS: Final = {word: re.compile(rf"(?<=[\s)\]']){word}(?=[\s(])") for word in ("or", "and")}
_Tree = tuple[str, tuple["_Tree", ...]] | int


def _split(text: str, operator: str) -> list[str]:
    """The operands of ``operator`` at the outermost level."""
    depth, quoted, parts, start = 0, "", [], 0
    for index, letter in enumerate(text):
        if quoted:
            quoted = "" if letter == quoted else quoted
        elif letter in "'\"":
            quoted = letter
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif not depth and (match := _WORDS[operator].match(text, index)):
            parts.append(text[start:index])
            start = match.end()
    return [*parts, text[start:]]


def _inner(text: str) -> str | None:
    """What stands in the parentheses that enclose all of ``text``."""
    if not text.startswith("(") or not text.endswith(")"):
        return None
    depth = 0
    for index, letter in enumerate(re.sub(r"'[^']*'", lambda match: "x" * len(match[0]), text)):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return text[1:-1] if index == len(text) - 1 else None
    return None


def _tree(text: str, leaves: list[str]) -> _Tree:
    text = text.strip()
    for operator in ("or", "and"):
        parts = _split(text, operator)
        if len(parts) > 1:
            return operator, tuple(_tree(part, leaves) for part in parts)
    if (inner := _inner(text)) is not None:
        return _tree(inner, leaves)
    if text.startswith("not") and (inner := _inner(text[3:].strip())) is not None:
        return "not", (_tree(inner, leaves),)
    leaves.append(text)
    return len(leaves) - 1


def _possible(tree: _Tree, values: list[str]) -> set[str]:
    """What ``tree`` may come to: some of T, F and E(rror)."""
    if isinstance(tree, int):
        return {values[tree]}
    operator, children = tree
    sets = [_possible(child, values) for child in children]
    if operator == "not":
        return {{"T": "F", "F": "T"}.get(value, value) for value in sets[0]}
    decisive, other = ("T", "F") if operator == "or" else ("F", "T")
    found = {decisive} if any(decisive in one for one in sets) else set()
    if any("E" in one for one in sets):
        found.add("E")
    if all(other in one for one in sets):
        found.add(other)
    return found


class Outcomes:
    """Asks Saxon for each operand of an assertion by itself."""

    def __init__(self, reference: SaxonReference) -> None:
        self._reference = reference
        self._made: dict[int, tuple[_Tree, Any]] = {}

    def leave_open(self, number: int, data: bytes, file: str = "") -> bool:
        """Whether an engine may stop at this assertion, and another may not."""
        if number not in self._made:
            self._made[number] = self._make(number)
        tree, executable = self._made[number]
        try:
            with silence():
                possible = [_possible(tree, values) for values in self._values(executable, data, file)]
        except PySaxonApiError:
            # A let stopped Saxon before it came to any operand.
            return True
        return any("E" in one for one in possible) and not any(one == {"E"} for one in possible)

    def _make(self, number: int) -> tuple[_Tree, Any]:
        leaves: list[str] = []
        assertion = [*self._reference.schema.assertions()][number][2]
        tree = _tree(assertion.test, leaves)
        text = self._reference.stylesheet(
            lambda candidate, lets, _: lets + _probe(leaves) if candidate == number else ""
        )
        return tree, compile_stylesheet(text)

    @staticmethod
    def _values(executable: Any, data: bytes, file: str) -> Iterator[list[str]]:
        builder = processor().new_document_builder()
        builder.set_base_uri(f"file:///{quote(file)}")
        node = builder.parse_xml(xml_text=etree.tostring(etree.fromstring(data), encoding="unicode"))
        for entry in etree.fromstring(executable.transform_to_string(xdm_node=node).encode()):
            yield (entry.text or "").split()


def _probe(leaves: list[str]) -> str:
    tried = "".join(
        f"<xsl:try><xsl:value-of select=\"if ({escape(leaf)}) then 'T ' else 'F '\"/>"
        '<xsl:catch errors="*">E </xsl:catch></xsl:try>'
        for leaf in leaves
    )
    return f"<p>{tried}</p>"
