"""The interface that every kind of document fills in."""

from __future__ import annotations

from typing import NamedTuple

from ulak.envelope import ElementType, EnvelopeType
from ulak.errors import Text

__all__ = ["Kind"]


class Kind(NamedTuple):
    """One kind.

    Attributes:
        name: as rows have it.
        form: ``document`` of the friendly JSON.
        root: local name of the root element.
        profiles: values of ``cbc:ProfileID`` that make a document of this root one of this kind; empty: all that make
            none of another.
        types: values of its type code, as far as they tell it from others of the same profile.
        label: for people.
        service: of GİB's, by its identifier: ``einvoice``, ``edespatch``, ``earchive``, ``esevoucher`` …
        source: the guide and section that say so.
        list: of GİB's registered users that says who may have it: ``einvoice``, ``edespatch``; empty: anybody may.
        envelope, element: in which it travels, and in which list; None if it is archived.
        from_role, to_role: the role of the sender's and of the receiver's alias: ``GB`` or ``PK``; empty: it has none.
        is_numbered: whether Ulak numbers it from a series.
        at_once: whether it goes without waiting for others to the same receiver.
        product: which of GİB's reports it stands in, ``earsiv`` or ``egider``; empty: in none.
    """

    name: str
    form: str
    root: str
    label: Text
    service: str
    source: str
    list: str = ""
    envelope: EnvelopeType | None = None
    element: ElementType | None = None
    from_role: str = ""
    to_role: str = ""
    is_numbered: bool = True
    at_once: bool = False
    product: str = ""
    profiles: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def is_archived(self) -> bool:
        """Whether it is issued by being sealed, kept by us and reported to GİB, and never travels through Merkez."""
        return self.product != ""
