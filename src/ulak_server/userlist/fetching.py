"""A list downloaded into a file, within bounds that no server can stretch."""

from __future__ import annotations

import time
from hashlib import sha256
from typing import BinaryIO, Final

import httpx

from ulak.userlist import Limits
from ulak_server.userlist.problems import lists_error

__all__ = ["download"]

_PIECE: Final = 1 << 16
_SECONDS: Final = 15 * 60
_SILENCE: Final = 30.0


def download(
    url: str,
    file: BinaryIO,
    *,
    most: int = Limits().zip_bytes,
    seconds: float = _SECONDS,
    transport: httpx.BaseTransport | None = None,
) -> bytes:
    """Download into an empty file; the SHA-256 of what came.

    Args:
        most: bytes.
        seconds: the longest time for all of it.

    Raises:
        ListsError: ``lists.unreachable``, ``lists.status``, ``lists.too-large``.
    """
    digest, size, until = sha256(), 0, time.monotonic() + seconds
    try:
        with (
            httpx.Client(transport=transport, timeout=_SILENCE, headers={"Accept-Encoding": "identity"}) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise lists_error("lists.status", url=url, status=response.status_code)
            for piece in response.iter_raw(_PIECE):
                size += len(piece)
                if size > most:
                    raise lists_error("lists.too-large", url=url, limit=most)
                if time.monotonic() > until:
                    raise lists_error("lists.unreachable", url=url, detail=f"> {seconds:.0f} s")
                digest.update(piece)
                file.write(piece)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise lists_error("lists.unreachable", url=url, detail=f"{type(error).__name__}: {error}") from error
    file.flush()
    return digest.digest()
