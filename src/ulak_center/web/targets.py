"""Request targets and hosts as HTTP writes them (RFC 9112, 3.2; RFC 9110, 7.2)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["Target", "host_of", "target_of"]

_ABSOLUTE: Final = re.compile(r"https?://([^/?#]*)([^#]*)", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[A-Za-z0-9._~%!$&'()*+,;=-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_CLEAN: Final = re.compile(r"[!-~]*")


class Target(NamedTuple):
    """Where a request goes: the path (percent-encoded), its query, and the authority if the target named one."""

    path: str
    query: str
    host: str


def target_of(text: str) -> Target | None:
    """A request target, in origin or absolute form; None for any other.

    >>> target_of("/a%20b?c=1")
    Target(path='/a%20b', query='c=1', host='')
    >>> target_of("http://merkez.example:80?x")
    Target(path='/', query='x', host='merkez.example:80')
    >>> target_of("*"), target_of("/a#b"), target_of("ftp://x/")
    (None, None, None)
    """
    host, rest = "", text
    if found := _ABSOLUTE.fullmatch(text):
        host, rest = found[1], found[2]
        if not _HOST.fullmatch(host):
            return None
        rest = rest if rest.startswith("/") else f"/{rest}"
    if not rest.startswith("/") or "#" in rest or not _CLEAN.fullmatch(rest):
        return None
    path, _, query = rest.partition("?")
    return Target(path, query, host)


def host_of(text: str) -> str | None:
    """A Host header's value if it is one.

    >>> host_of("127.0.0.1:8790"), host_of("[::1]:80"), host_of("a b"), host_of("a@b")
    ('127.0.0.1:8790', '[::1]:80', None, None)
    """
    return text if _HOST.fullmatch(text) else None
