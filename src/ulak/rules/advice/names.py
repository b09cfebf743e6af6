"""The element names that the checks look at, in Clark's notation."""

from __future__ import annotations

from typing import Final

__all__ = ["CAC", "CBC", "FEW", "PREFIXES", "cac", "cbc", "local_name"]

CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"

PREFIXES: Final = {"cac": CAC[1:-1], "cbc": CBC[1:-1]}
"""For XPath."""
FEW: Final = 100
"""So many lines may be read by XPath, which is quick but, sorting what it found, quadratic."""


def cac(name: str) -> str:
    """The full name of an aggregate.

    >>> cac("Item")
    '{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}Item'
    """
    return CAC + name


def cbc(name: str) -> str:
    """The full name of a basic element."""
    return CBC + name


def local_name(tag: object) -> str:
    """The name without its namespace; empty for what is no element.

    >>> local_name("{urn:x}Invoice")
    'Invoice'
    """
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
