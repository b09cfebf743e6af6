"""Where webhooks may lead: to the public internet, by https; to private networks only where the installation says so.

Taxpayers choose the addresses, and the platform stands inside a network: without this, anybody with an account could
have it call what only it can reach. Names are resolved once for each call, and what was found is what is called.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from ulak_server.delivery.addresses import plain
from ulak_server.delivery.problems import problem
from ulak_server.environment import Networks

__all__ = ["Target", "checked_url", "is_allowed", "target_of"]

_LONGEST: Final = 2000
_PORTS: Final = {"https": 443, "http": 80}
_TRANSLATED: Final = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("2002::/16"))
"""Networks of IPv6 in which IPv4 addresses hide (RFC 6052, 8215, 3056)."""


class Target(NamedTuple):
    """Whom a call goes to.

    Attributes:
        host: as the address has it: for the certificate and the header.
        address: that was found for it, and is connected to.
        path: with the query.
    """

    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def authority(self) -> str:
        """Host and port as the header ``Host`` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """With the number of the address in place of the name."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{host}:{self.port}{self.path}"


def checked_url(url: str) -> str:
    """An address that somebody gives for a webhook, if it has the form of one; where it leads is seen at each call.

    Raises:
        DeliveryError: ``webhook.url-odd``.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        fits = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits, parts = False, urlsplit("")
    if fits and parts.scheme == "http" and not settings.ENVIRONMENT.webhook_networks:
        fits = False
    if (
        not fits
        or "@" in parts.netloc
        or parts.fragment
        or len(url) > _LONGEST
        or not url.isascii()
        or plain(url) != url
    ):
        raise problem("webhook.url-odd", where="/url", url=plain(url)[:100])
    if " " in url or "\\" in url:
        raise problem("webhook.url-odd", where="/url", url=plain(url)[:100])
    return url


def target_of(url: str, allowed: Networks) -> Target:
    """Whom to call, its name resolved now.

    Args:
        allowed: private networks in which webhooks may lie.

    Raises:
        DeliveryError: ``webhook.unresolved``, ``webhook.private``.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    port = parts.port or _PORTS[parts.scheme]
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    found = _resolved(host, port)
    address = next((one for one in found if is_allowed(one, allowed)), None)
    # A name that leads inside and outside is somebody's trick; it is not called at all.
    if address is None or not all(is_allowed(one, allowed) for one in found):
        raise problem("webhook.private")
    if parts.scheme == "http" and not _is_within(address, allowed):
        raise problem("webhook.private")
    return Target(parts.scheme, host, port, str(address), path)


def is_allowed(address: IPv4Address | IPv6Address, allowed: Networks) -> bool:
    """Whether an address may be called."""
    plain_one = _inner(address)
    return _is_within(plain_one, allowed) or (
        plain_one.is_global
        and not plain_one.is_multicast
        and not (isinstance(plain_one, IPv6Address) and any(plain_one in one for one in _TRANSLATED))
    )


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    return getattr(address, "ipv4_mapped", None) or address


def _is_within(address: IPv4Address | IPv6Address, allowed: Networks) -> bool:
    return any(_inner(address) in network for network in allowed if network.version == _inner(address).version)


def _resolved(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise problem("webhook.unresolved") from None
    return [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
