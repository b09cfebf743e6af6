"""What a webhook is told: a kind, a moment, and which documents; nothing of what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from ulak_server.delivery.models import Event
from ulak_server.documents.models import Direction

__all__ = ["payload", "test_payload"]

_MOST: Final = 200
"""Documents that one call names."""


def payload(event: Event, taxpayer: str, documents: Mapping[int, Mapping[str, Any]]) -> str:
    """The body of the calls about an event.

    Args:
        taxpayer: VKN or TCKN.
        documents: rows by id: ettn, number, kind, direction, stage, erp_key.
    """
    named = [documents[id] for id in event.documents if id in documents]
    facts = {name: value for name, value in event.facts.items() if name != "count"}
    data: dict[str, Any] = {"taxpayer": taxpayer, "count": event.facts.get("count", 1)}
    if named:
        data["documents"] = [_document(one) for one in named[:_MOST]]
    if event.code:
        data["code"] = event.code
    if facts:
        data["facts"] = facts
    return _written(event.kind, event.at.isoformat(), data)


def test_payload(taxpayer: str, at: str) -> str:
    """The body of a call that only tries whether the receiver hears."""
    return _written("webhook.test", at, {"taxpayer": taxpayer})


def _written(kind: str, at: str, data: Mapping[str, Any]) -> str:
    return msgspec.json.encode({"type": kind, "timestamp": at, "data": data}).decode()


def _document(one: Mapping[str, Any]) -> dict[str, Any]:
    direction = "out" if one["direction"] == Direction.OUT else "in"
    kept = {name: one[name] for name in ("id", "number", "kind", "stage", "erp_key") if one[name] is not None}
    return {**kept, "ettn": str(one["ettn"]), "direction": direction}
