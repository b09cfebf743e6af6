"""What the network side of the center needs of rooms that other people furnish."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

__all__ = ["Listing", "Office"]


class Office(Protocol):
    """A service whose messages are sealed: e-Arşiv's, e-Defter's."""

    def handle(self, request: Any, signer: str) -> Any:
        """Answer a request of its service.

        Args:
            signer: VKN or TCKN of the one who sealed the message; empty if no valid seal says.

        Raises:
            ServiceFault: the service's own.
        """


class Listing(Protocol):
    """The user lists that are published."""

    def file(self, name: str) -> Path | None:
        """The file of a name, e.g. ``newUserPkListxml.zip``; None while there is none."""
