"""Document numbers, ETTN, line numbers and the number of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ulak.rules.advice.head import Head
from ulak.rules.advice.model import Advice
from ulak.rules.advice.names import cbc
from ulak.rules.advice.reading import text_of
from ulak.rules.advice.screen import Look
from ulak.rules.advice.table import RULES

__all__ = ["advise_identity", "advise_line_numbers"]

_YEAR: Final = RULES["advice.number-year"]
_EMPTY: Final = RULES["advice.ettn-empty"]
_DUPLICATE: Final = RULES["advice.duplicate-line-id"]
_COUNT: Final = RULES["advice.line-count"]
_NUMBER: Final = re.compile(r"[A-Z0-9]{3}(20[0-9]{2})[0-9]{9}", re.ASCII)
_ID: Final = cbc("ID")


def advise_identity(head: Head) -> Iterator[Advice]:
    """Year of the number and ETTN."""
    number, issued = head.text("ID"), head.text("IssueDate")
    if number[3:7] != issued[:4] and (parts := _NUMBER.fullmatch(number)) and issued:
        yield _YEAR.found(head.first("ID"), parts[1], issued[:4])
    ettn = head.text("UUID")
    if ettn and not ettn.strip("0-"):
        yield _EMPTY.found(head.first("UUID"), ettn)


def advise_line_numbers(head: Head, lines: list[etree._Element], cleared: Look | None = None) -> Iterator[Advice]:
    """Line numbers that occur twice, and a count of lines that is not theirs."""
    if cleared is None or len(set(cleared.numbers)) != len(lines):
        yield from _duplicates(lines)
    count = head.text("LineCountNumeric")
    if count.isdecimal() and int(count[:9]) != len(lines):
        yield _COUNT.found(head.first("LineCountNumeric"), text_of(head.first("LineCountNumeric")), str(len(lines)))


def _duplicates(lines: list[etree._Element]) -> Iterator[Advice]:
    seen: set[str] = set()
    for line in lines:
        node = next(line.iterchildren(_ID), None)
        number = "" if node is None else (node.text or "")
        if number in seen and node is not None and number.strip():
            yield _DUPLICATE.found(node, number)
        seen.add(number)
