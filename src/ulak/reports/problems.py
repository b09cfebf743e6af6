"""What can be wrong with a document that is to be reported, and with a report."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of
from ulak.reports.problem_words import DOCUMENTS, REPORTS

__all__ = ["PROBLEMS", "ReportError", "problem"]

PROBLEMS: Final[dict[str, Problem]] = {**DOCUMENTS, **REPORTS}


class ReportError(UlakError):
    """A document lacks what its entry needs, or a report is not one; ``where`` is an XPath."""


def problem(code: str, /, *, where: str = "", **facts: Text | str | int) -> ReportError:
    """The error of a code."""
    return error_of(ReportError, PROBLEMS, code, where=where, line=None, **facts)
