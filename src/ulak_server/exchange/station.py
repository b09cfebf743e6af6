"""One kind of work that workers do, turn after turn."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Station"]


class Station(Protocol):
    """Claims a batch of its work, does it, and says how much it was.

    A turn is one transaction or a few; it ends within seconds. Whatever it raises is the worker's to log; its
    transaction is undone and its rows are free again.
    """

    @property
    def name(self) -> str:
        """For logs and metrics."""

    def turn(self) -> int:
        """Do one batch; how many things were done, 0 if there was nothing to do."""

    def close(self) -> None:
        """End what it holds: threads, connections, keys."""
