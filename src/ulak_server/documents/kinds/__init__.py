"""What differs between kinds of documents: one module each, all filling in `Kind`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ulak_server.documents.kinds.answer import ANSWER
from ulak_server.documents.kinds.despatch import DESPATCH
from ulak_server.documents.kinds.einvoice import EINVOICE
from ulak_server.documents.kinds.kind import Kind
from ulak_server.documents.kinds.receipt_advice import RECEIPT_ADVICE

__all__ = ["KINDS", "Kind", "kind_of_root"]

KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {kind.name: kind for kind in (EINVOICE, DESPATCH, RECEIPT_ADVICE, ANSWER)}
)


def kind_of_root(root: str) -> Kind | None:
    """The kind of a document by the local name of its root element.

    >>> kind_of_root("DespatchAdvice").name
    'despatch_advice'
    """
    return next((kind for kind in KINDS.values() if kind.root == root), None)
