"""Whether a key works: it signs something, and the signature is verified."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Final, NamedTuple

from ulak.seal.errors import SealError
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.signatures import checked

__all__ = ["Health", "probe"]

_PURPOSE: Final = b"Ulak: probe of a key, no document\n"


class Health(NamedTuple):
    """What a probe found.

    Attributes:
        key: None if it could not be opened.
        seconds: each signature took, in order; empty if there was none.
        error: why there is no further signature; None if all were made.
    """

    key: SealingKey | None
    seconds: tuple[float, ...]
    error: SealError | None = None

    @property
    def works(self) -> bool:
        return self.error is None and bool(self.seconds)


def probe(
    open_: Callable[[], SealingKey],
    times: int = 1,
    *,
    clock: Callable[[], float] = time.perf_counter,
    random: Callable[[int], bytes] = os.urandom,
) -> Health:
    """Open a key, sign with it, and verify each signature. What is signed is random and fits no document.

    Args:
        open_: opens the key, which is the caller's to close.
        times: how many signatures.
        clock: in seconds.
    """
    key, seconds = None, []
    try:
        key = open_()
        for _ in range(times):
            digest = key.algorithm.digest.of(_PURPOSE + random(32))
            start = clock()
            signature = key.sign(digest)
            seconds.append(clock() - start)
            checked(signature, digest, key.certificate, key.name)
    except SealError as error:
        return Health(key, tuple(seconds), error)
    return Health(key, tuple(seconds))
