"""Rates against a peer in the same run. Rounds are interleaved, so that a busy moment hits both sides."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

__all__ = ["ratios", "seconds", "show", "signer"]


def signer() -> Callable[[], Any]:
    """Signs once with RSA-2048: the physical limit of sealing on this core."""
    key = rsa.generate_private_key(65537, 2048)
    data = bytes(200)
    return lambda: key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def ratios(ours: Callable[[], object], peer: Callable[[], object], rounds: int, calls: int = 200) -> list[float]:
    """Our rate over the peer's, once a round."""
    return [seconds(peer, calls) / seconds(ours, calls) for _ in range(rounds)]


def seconds(call: Callable[[], object], calls: int) -> float:
    """Mean time of a call, after one that does not count."""
    call()
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - start) / calls


def show(what: str, found: Sequence[float], peer: str, goal: float | None) -> None:
    """Print the median of the ratios and whether it reaches the goal."""
    middle = statistics.median(found)
    verdict = "" if goal is None else f"   goal {goal:g}x: {'reached' if middle >= goal else 'MISSED'}"
    print(f"{what:28} {middle:6.2f}x {peer} (min {min(found):.2f}, max {max(found):.2f}){verdict}")
