"""The interface that every kind of document fills in."""

from __future__ import annotations

from typing import NamedTuple

from ulak.envelope import ElementType, EnvelopeType
from ulak.errors import Text

__all__ = ["Kind"]


class Kind(NamedTuple):
    """One kind.

    Attributes:
        name: ``document`` of the friendly JSON.
        root: local name of the root element.
        label: for people.
        service: of GİB's that carries it: ``einvoice`` or ``edespatch``.
        envelope, element: in which it travels, and in which list.
        from_role, to_role: the role of the sender's and of the receiver's alias: ``GB`` or ``PK``.
        is_numbered: whether Ulak numbers it from a series.
        at_once: whether it travels without waiting for others to the same receiver.
        source: the guide and section that say so.
    """

    name: str
    root: str
    label: Text
    service: str
    envelope: EnvelopeType
    element: ElementType
    from_role: str
    to_role: str
    is_numbered: bool
    at_once: bool
    source: str
