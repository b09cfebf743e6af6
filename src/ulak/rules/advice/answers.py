"""Application responses: the buyer's answer to a commercial invoice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ulak.rules.advice.dates import day
from ulak.rules.advice.head import Head
from ulak.rules.advice.model import Advice
from ulak.rules.advice.names import cac, cbc
from ulak.rules.advice.reading import text_of
from ulak.rules.advice.table import RULES

__all__ = ["advise_answer"]

_NO_REASON: Final = RULES["advice.answer-without-reason"]
_LATER: Final = RULES["advice.reference-later"]
_REFUSALS: Final = frozenset({"RED", "IADE"})


def advise_answer(head: Head) -> Iterator[Advice]:
    """A refusal that gives no reason, or an answer to a document that did not exist yet."""
    issued = day(head.text("IssueDate"))
    for answer in head.nodes("DocumentResponse"):
        for response in answer.iterchildren(cac("Response")):
            code = response.find(cbc("ResponseCode"))
            if code is not None and text_of(code) in _REFUSALS and not _is_reasoned(response, head):
                yield _NO_REASON.found(code, text_of(code))
        for reference in answer.iterchildren(cac("DocumentReference")):
            stated = reference.find(cbc("IssueDate"))
            answered = day(text_of(stated))
            if stated is not None and answered and issued and answered > issued:
                yield _LATER.found(stated, text_of(stated), head.text("IssueDate"))


def _is_reasoned(response: etree._Element, head: Head) -> bool:
    reasons = [*response.iterchildren(cbc("Description")), *head.nodes("Note")]
    return any(text_of(node) for node in reasons)
