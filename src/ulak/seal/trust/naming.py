"""Distinguished names, compared as RFC 5280 (7.1) wants: however they are encoded."""

from __future__ import annotations

from functools import lru_cache

from asn1crypto import x509 as asn1

__all__ = ["name_of"]


@lru_cache(maxsize=4096)
def name_of(name: bytes) -> object:
    """A distinguished name (DER) in a form in which equal names are equal (RFC 5280, 7.1)."""
    try:
        return asn1.Name.load(name, strict=True).hashable
    # asn1crypto lets whatever strange bytes cause come through.
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError):
        return name
