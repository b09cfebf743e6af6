"""Django's settings of the database from an address; none means the embedded one in the data folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["EMBEDDED", "database_of", "embedded_folder", "socket_folder"]

EMBEDDED: Final = "ulak"
"""The embedded server's database."""
_OPTIONS: Final[dict[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    # Rows are leased by their locks: whoever hangs within a transaction must lose them.
    "options": "-c idle_in_transaction_session_timeout=300000",
}
_SOCKET: Final = ".s.PGSQL.5432"
_LONGEST_SOCKET: Final = 100
"""Bytes of a socket's path; systems take 103 or 107."""


def embedded_folder(data: Path) -> Path:
    """Where the embedded server keeps its files."""
    return data / "postgres"


def socket_folder(data: Path) -> Path:
    """Where the embedded server's socket lies: with its files, or, where that path is too long for one, elsewhere."""
    folder = embedded_folder(data)
    if len(os.fsencode(folder / _SOCKET)) <= _LONGEST_SOCKET:
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"ulak-{os.geteuid()}-{name}"


def database_of(url: str, data: Path) -> dict[str, Any]:
    """What Django wants to know.

    >>> database_of("postgresql://ulak:secret@db.example/prod?sslmode=require", Path("/x"))["OPTIONS"]["sslmode"]
    'require'
    """
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": dict(_OPTIONS),
    }
    if not url:
        return settings | {"NAME": EMBEDDED, "USER": "postgres", "HOST": str(socket_folder(data))}
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return settings | {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**_OPTIONS, **query},
    }
