"""What differs between kinds of documents: one module each, all filling in `Kind`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ulak_server.documents.kinds.answer import ANSWER
from ulak_server.documents.kinds.despatch import DESPATCH
from ulak_server.documents.kinds.earchive import EARCHIVE, EARCHIVE_PROFILE
from ulak_server.documents.kinds.einvoice import EINVOICE
from ulak_server.documents.kinds.expense_note import EXPENSE_NOTE
from ulak_server.documents.kinds.freelance_receipt import FREELANCE_RECEIPT
from ulak_server.documents.kinds.kind import Kind
from ulak_server.documents.kinds.producer_receipt import PRODUCER_RECEIPT
from ulak_server.documents.kinds.receipt_advice import RECEIPT_ADVICE

__all__ = ["ARCHIVED", "EARCHIVE", "EARCHIVE_PROFILE", "EINVOICE", "KINDS", "Kind", "kind_of", "kind_of_form"]

_EVERY: Final = (
    EINVOICE,
    EARCHIVE,
    DESPATCH,
    RECEIPT_ADVICE,
    ANSWER,
    FREELANCE_RECEIPT,
    PRODUCER_RECEIPT,
    EXPENSE_NOTE,
)
KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind.name: kind for kind in _EVERY})
ARCHIVED: Final = frozenset(kind.name for kind in _EVERY if kind.is_archived)
"""Names of the kinds that are issued and reported, and never travel."""
_OWN_PROFILES: Final = frozenset(profile for kind in _EVERY for profile in kind.profiles)


def kind_of(root: str, profile: str = "", type_code: str = "") -> Kind | None:
    """The kind of a document by its root element, its profile and its type; None: of none.

    Args:
        root: local name of the root element.
        profile: ``cbc:ProfileID``.
        type_code: ``cbc:InvoiceTypeCode`` or that of its root.

    >>> kind_of("Invoice", "TEMELFATURA", "SATIS").name, kind_of("Invoice", "EARSIVFATURA", "SATIS").name
    ('invoice', 'earchive_invoice')
    """
    return next((kind for kind in _EVERY if kind.root == root and _fits(kind, profile, type_code)), None)


def kind_of_form(form: str, profile: str = "") -> Kind | None:
    """The kind of a friendly document that cannot be built yet, by its ``document`` and its profile."""
    fitting = [kind for kind in _EVERY if kind.form == form]
    return next((kind for kind in fitting if profile in kind.profiles), next(iter(fitting), None))


def _fits(kind: Kind, profile: str, type_code: str) -> bool:
    if not kind.profiles:
        return profile not in _OWN_PROFILES
    return profile in kind.profiles and (not kind.types or type_code in kind.types)
