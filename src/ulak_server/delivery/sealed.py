"""Documents that may be passed on: those that are sealed; in the caller's scope."""

from __future__ import annotations

from ulak_server.delivery.problems import problem
from ulak_server.documents.models import Document, Form

__all__ = ["document_of", "is_sealed", "sealed"]


def document_of(taxpayer: int, document: int) -> Document:
    """A document of a taxpayer's.

    Raises:
        NoSuch: ``delivery.no-document``.
    """
    found = Document.objects.filter(taxpayer_id=taxpayer, id=document).first()
    if found is None:
        raise problem("delivery.no-document")
    return found


def is_sealed(taxpayer: int, document: int) -> bool:
    """Whether a document may be passed on yet."""
    return document_of(taxpayer, document).form == Form.SEALED


def sealed(taxpayer: int, document: int) -> Document:
    """A document that may be passed on.

    Raises:
        DeliveryError: ``delivery.no-document``, ``delivery.not-sealed``.
    """
    found = document_of(taxpayer, document)
    if found.form != Form.SEALED:
        raise problem("delivery.not-sealed")
    return found
