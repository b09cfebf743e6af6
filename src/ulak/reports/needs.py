"""What an entry needs and the document does not say, gathered while the entry is made."""

from __future__ import annotations

from ulak.errors import Text
from ulak.reports.problems import ReportError, problem

__all__ = ["Needs"]


class Needs:
    """The faults found so far.

    Attributes:
        found: in the order of the report's elements.
    """

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[ReportError] = []

    def lack(self, code: str, where: str, /, **facts: Text | str | int) -> str:
        """Note a fault; what stands in its place is empty."""
        self.found.append(problem(code, where=where, **facts))
        return ""
