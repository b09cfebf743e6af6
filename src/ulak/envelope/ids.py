"""Ids of seals, which must differ in all documents of an envelope.

In the XSDs ``Id`` is an ``xs:ID`` on the elements of XMLDSig and XAdES, which the envelope's schema takes in with
every document: one that stands there twice breaks it (cvc-id.2 of XML Schema 1.0; code 1160).
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

from lxml import etree

from ulak.envelope.problems import EnvelopeError, error

__all__ = ["MOST_IDS", "Ids"]

MOST_IDS: Final = 250_000
"""Ids that are kept in mind, some 25 MB; 10 lists of 1000 documents with 25 each."""
_OF_SEALS: Final = etree.XPath(
    "//ds:*/@Id | //xades:*/@Id",
    namespaces={"ds": "http://www.w3.org/2000/09/xmldsig#", "xades": "http://uri.etsi.org/01903/v1.3.2#"},
)


class Ids:
    """The Ids that stood in the documents of an envelope so far."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def add(self, root: etree._Element, where: str = "") -> Iterator[EnvelopeError]:
        """``envelope.duplicate-id`` for the first Id of a document that stood in the envelope before.

        Raises:
            EnvelopeError: ``envelope.id-limit`` beyond `MOST_IDS`.
        """
        again = ""
        for value in _of(root):
            short = blake2b(value.encode(), digest_size=16).digest()
            if short in self._seen:
                again = again or value
            self._seen.add(short)
        if len(self._seen) > MOST_IDS:
            raise error("envelope.id-limit", limit=MOST_IDS)
        if again:
            yield error("envelope.duplicate-id", where=where, id=again[:200])


def _of(root: etree._Element) -> Iterator[str]:
    found = _OF_SEALS(root)
    assert isinstance(found, list)
    return (str(value).strip() for value in found)
