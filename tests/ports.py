"""Ports for servers that are told theirs before they open it, and one at which nobody answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from random import SystemRandom
from typing import Final

__all__ = ["free_port", "port_of_nobody"]

_OURS: Final = range(10_000, 32_000)
"""Below those that Linux gives away by itself: none is lost to a connection of another test before it is opened."""


def free_port() -> int:
    """A port that nobody has."""
    for port in SystemRandom().sample(_OURS, 100):
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("a hundred ports are all in use")


@contextmanager
def port_of_nobody() -> Iterator[int]:
    """A port that refuses whoever calls, and that nobody else can open meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
