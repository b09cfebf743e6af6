"""Many documents sealed with one key: while a token or a host signs one, the next are prepared.

The time of preparing disappears behind that of signing. The key is used by one thread only, as it must be. A key in a
file calculates in this process itself, and gains nothing. Processes that fork do so before their first batch: a thread
that has just ended may still hold locks of OpenSSL, which the child would inherit for ever.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Final

from ulak.errors import UlakError
from ulak.seal.keys.pkcs12 import FileKey
from ulak.seal.keys.port import SealingKey
from ulak.seal.sealing import ROLE, Prepared, prepare
from ulak.seal.verdicts import Trusted
from ulak.xml import MAX_BYTES

__all__ = ["seal_all"]

_AHEAD: Final = 4
"""Documents that are prepared while the key is at work: enough to hide hiccups, few enough to keep memory low."""


def seal_all(
    documents: Iterable[bytes],
    key: SealingKey,
    *,
    clock: Callable[[], datetime],
    trusted: Trusted | None = None,
    role: str = ROLE,
    max_bytes: int = MAX_BYTES,
) -> Iterator[bytes | UlakError]:
    """Seal documents in their order.

    Args:
        documents: taken one by one, a few ahead of what is given out.
        key: signs; nobody else may use it until the iterator has ended or is closed.
        clock: gives each document's signing time, with zone.
        trusted: what is known of the key's certificate (see `ulak.seal.sealing.seal`).
        role: the claimed role.
        max_bytes: the largest document that is read.

    Yields:
        for each document its sealed form, byte for byte that of `ulak.seal.sealing.seal`, or why it could not be
        sealed; one document's failure does not touch the others.
    """

    def ready() -> Iterator[Prepared | UlakError]:
        for document in documents:
            try:
                yield prepare(document, key.certificate, at=clock(), trusted=trusted, role=role, max_bytes=max_bytes)
            except UlakError as error:
                yield error

    return _one_by_one(ready(), key) if isinstance(key, FileKey) else _overlapping(ready(), key)


def _one_by_one(ready: Iterator[Prepared | UlakError], key: SealingKey) -> Iterator[bytes | UlakError]:
    for one in ready:
        yield one if isinstance(one, UlakError) else _sealed(one, partial(key.sign, one.digest))


def _overlapping(ready: Iterator[Prepared | UlakError], key: SealingKey) -> Iterator[bytes | UlakError]:
    waiting: deque[tuple[Prepared, Future[bytes]] | UlakError] = deque()
    with ThreadPoolExecutor(1, thread_name_prefix="ulak-sealing-key") as signer:
        try:
            for one in ready:
                waiting.append(one if isinstance(one, UlakError) else (one, signer.submit(key.sign, one.digest)))
                if len(waiting) > _AHEAD:
                    yield _outcome(waiting.popleft())
            while waiting:
                yield _outcome(waiting.popleft())
        finally:
            signer.shutdown(cancel_futures=True)


def _outcome(one: tuple[Prepared, Future[bytes]] | UlakError) -> bytes | UlakError:
    return one if isinstance(one, UlakError) else _sealed(one[0], one[1].result)


def _sealed(prepared: Prepared, value: Callable[[], bytes]) -> bytes | UlakError:
    try:
        return prepared.with_value(value())
    except UlakError as error:
        return error
