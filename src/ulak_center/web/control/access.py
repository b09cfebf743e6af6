"""Who may use the control API.

Without a token only programs on this machine may, by an address that names this machine: a page of a stranger's site,
open in a browser here, must not reach it, neither directly nor by a name that was pointed here (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
from hmac import compare_digest
from typing import Final

from ulak_center.problems import CenterError
from ulak_center.web.problems import web_error
from ulak_center.web.values import Head

__all__ = ["Access"]

_OWN: Final = frozenset({"same-origin", "none"})


class Access:
    """Lets requests through or not.

    Args:
        token: every request must bear it; empty for none.
    """

    def __init__(self, token: str = "") -> None:
        self._token = token.encode()

    def refusal(self, head: Head) -> CenterError | None:
        """Why a request is not let through; None if it is."""
        if not _is_own_page(head):
            return web_error("center.control-origin", base=head.base)
        if self._token:
            return None if self._bears_token(head) else web_error("center.control-token")
        if not (_is_local(head.caller) and _is_local(_name_of(head.host))):
            return web_error("center.control-remote")
        return None

    def _bears_token(self, head: Head) -> bool:
        scheme, _, given = head.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and compare_digest(given.strip().encode("utf-8", "replace"), self._token)


def _is_own_page(head: Head) -> bool:
    origin = head.headers.get("origin")
    return (origin is None or origin == head.base) and head.headers.get("sec-fetch-site", "none") in _OWN


def _name_of(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_local(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
