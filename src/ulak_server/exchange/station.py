"""One kind of work that workers do, turn after turn."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Station"]


class Station(Protocol):
    """Claims a batch of its work, does it, and says how much it was.

    A turn is one transaction or a few; it ends within seconds. Whatever it raises is the worker's to log; its
    transaction is undone and its rows are free again.

    It may have an attribute ``looks``, a sequence of SQL conditions on tables that workers may read: it gets a turn
    only when one of them holds (``now.at`` is the moment). They are asked for all stations together, see
    `ulak_server.exchange.looking`.
    """

    @property
    def name(self) -> str:
        """For logs and metrics."""

    def turn(self) -> int:
        """Do one batch; how many things were done, 0 if there was nothing to do."""

    def close(self) -> None:
        """End what it holds: threads, connections, keys."""
