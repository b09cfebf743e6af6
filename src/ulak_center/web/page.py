"""The page at ``/``: files that are the same for everybody; what they show they ask of the control API."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import Final

from ulak_center.web.lists import is_known
from ulak_center.web.rooms import Fetched, Room
from ulak_center.web.values import Head, Reply

__all__ = ["page_rooms"]

_KINDS: Final = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_SAFE: Final = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-cache"),
)


def page_rooms() -> dict[str, Room]:
    """The page and its files by their paths."""
    folder = files("ulak_center.web") / "static"
    found = {f"/static/{one.name}": _Static(one.name, one.read_bytes()) for one in folder.iterdir() if one.is_file()}
    rooms: dict[str, Room] = {path: Fetched(static.reply) for path, static in found.items()}
    return {**rooms, "/": rooms["/static/index.html"], "/favicon.ico": rooms["/static/icon.svg"]}


class _Static:
    def __init__(self, name: str, data: bytes) -> None:
        self._data, self._tag = data, f'"{sha256(data).hexdigest()[:32]}"'
        self._kind = _KINDS[name.rpartition(".")[2]]

    def reply(self, head: Head) -> Reply:
        said = (("ETag", self._tag), *_SAFE)
        if is_known(head, self._tag):
            return Reply(304, b"", said)
        return Reply(200, self._data, (("Content-Type", self._kind), *said))
