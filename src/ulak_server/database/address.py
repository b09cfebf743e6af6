"""Django's settings of the database from an address; none means the embedded one in the data folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["EMBEDDED", "database_of", "direct_of", "embedded_folder", "socket_folder"]

EMBEDDED: Final = "ulak"
"""The embedded server's database."""
_OPTIONS: Final[dict[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
# Rows are leased by their locks: whoever hangs within a transaction must lose them.
_OF_SESSION: Final[dict[str, Any]] = {"options": "-c idle_in_transaction_session_timeout=300000"}
"""What poolers refuse: they give their sessions to everybody."""
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


def database_of(url: str, data: Path, *, is_pooled: bool = False) -> dict[str, Any]:
    """What Django wants to know.

    Args:
        is_pooled: whether a pooler stands there, of which a session lasts for a transaction.

    >>> database_of("postgresql://ulak:secret@db.example/prod?sslmode=require", Path("/x"))["OPTIONS"]["sslmode"]
    'require'
    """
    options = _OPTIONS if is_pooled else {**_OPTIONS, **_OF_SESSION}
    settings: dict[str, Any] = {
        "ENGINE": "ulak_server.database.engine",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled,
        "OPTIONS": options,
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
        "OPTIONS": {**options, **query},
    }


def direct_of(url: str, direct: str, data: Path) -> dict[str, Any]:
    """What differs from `database_of` for whoever needs a session of their own; nothing if there is no pooler.

    >>> direct_of("postgresql://ulak@pooler/prod", "postgresql://ulak@db/prod", Path("/x"))["HOST"]
    'db'
    """
    if not url or not direct:
        return {}
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    settings = database_of(direct, data)
    return {name: settings[name] for name in names}
