"""What stands on an envelope that came in, as the row keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ulak.envelope import EnvelopeType, Header, Party

__all__ = ["read_header", "written_header"]


def written_header(header: Header) -> dict[str, Any]:
    """A header as JSON."""
    return {
        "type": header.type,
        "id": header.id,
        "sender": list(header.sender),
        "receiver": list(header.receiver),
        "created": header.created.isoformat() if header.created else None,
    }


def read_header(kept: dict[str, Any]) -> Header:
    """A header as it was kept.

    >>> read_header(written_header(Header(None, "x", Party("a", "1"), Party("b", "2"), None))).sender.alias
    'a'
    """
    created = kept["created"]
    return Header(
        EnvelopeType(kept["type"]) if kept["type"] else None,
        kept["id"],
        Party(*kept["sender"]),
        Party(*kept["receiver"]),
        datetime.fromisoformat(created) if created else None,
    )
