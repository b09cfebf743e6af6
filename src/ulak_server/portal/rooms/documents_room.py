"""The pages of documents; their functions stand in the modules beside this one."""

from __future__ import annotations

from typing import Final

from ulak_server.documents.states import Shelf
from ulak_server.pages.registry import Pages

__all__ = ["PATHS", "ROOM"]

ROOM: Final = Pages("documents")
PATHS: Final = {
    Shelf.OUTGOING: "outgoing",
    Shelf.INCOMING: "incoming",
    Shelf.DESPATCHES: "despatches",
    Shelf.RECEIPTS: "receipts",
}
"""The addresses of the lists."""
