"""A center on the network, for tests: one that judges nothing, or a whole one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from seal_pki import NOW
from ulak.wire import efatura
from ulak.wire.client import Client
from ulak_center.center import Center, Setup
from ulak_center.clock import VirtualClock
from ulak_center.courier import InlineCourier
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.web.http import Address, serving
from ulak_center.web.site import EFATURA, Furnishing, Site
from ulak_center.web.values import Limits

__all__ = ["QUICK", "center", "client", "on_network"]

QUICK = Limits(head_seconds=0.3, gap_seconds=0.3, linger=0.3, silence=2.0, body=300_000)


@contextmanager
def center(**changes: Any) -> Iterator[Center]:
    """A center whose clock stands still, and that looks into no document."""
    found = Center(
        Setup(clock=VirtualClock(NOW), courier=InlineCourier(), **changes), Judge(None, documents=False), Packs()
    )
    try:
        yield found
    finally:
        found.close()


@contextmanager
def on_network(center: Center, furnishing: Furnishing | None = None, limits: Limits = QUICK) -> Iterator[Address]:
    """The site of a center, as long as the block lasts."""
    with serving(Site(center, furnishing or Furnishing()), limits=limits) as address:
        yield address


@contextmanager
def client(address: Address, **changes: Any) -> Iterator[Client[Any, Any]]:
    """A client of the EFatura service."""
    found: Client[Any, Any] = Client(efatura.SERVICE, address.url + EFATURA, allow_http=True, **changes)
    try:
        yield found
    finally:
        found.close()


def moment(text: str) -> datetime:
    """A time as the control API writes it."""
    return datetime.fromisoformat(text)
