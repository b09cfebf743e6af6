"""From which address a request came, where proxies stand before the platform.

Limits on guessing and the timeline go by that address: behind a proxy that is not known all strangers would be one,
and whoever is believed without being a proxy could be anybody.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from ulak_server.environment import Networks

__all__ = ["is_among", "origin"]


def origin(peer: str, forwarded: str, proxies: Networks) -> str:
    """The address of the nearest one in the chain who is no proxy of ours; what they say of others is not believed.

    Args:
        peer: who is connected.
        forwarded: ``X-Forwarded-For``: each proxy adds at the end whom it heard.

    >>> from ulak_server.environment import Environment
    >>> origin("10.0.0.1", "6.6.6.6, 203.0.113.9", Environment({"ULAK_PROXIES": "10.0.0.0/8"}).proxies)
    '203.0.113.9'
    """
    nearest = peer
    for said in reversed(forwarded.split(",")):
        if not is_among(nearest, proxies):
            break
        found = _address(said.strip())
        if found is None:
            break
        nearest = str(found)
    return nearest


def is_among(address: str, networks: Networks) -> bool:
    """Whether an address lies in one of these networks."""
    found = _address(address) if networks else None
    return found is not None and any(found in network for network in networks)


@lru_cache(maxsize=1024)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
