"""A document before its seal: numbered, dressed and prepared, by its tree where it has one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, NamedTuple

from ulak.seal.alike import alike
from ulak.seal.drafts import prepare_draft
from ulak.seal.insertion import is_draft
from ulak.seal.sealing import Prepared, prepare
from ulak.xml import parse
from ulak_server.designs.services import Dress
from ulak_server.documents.judging import Judged
from ulak_server.documents.numbering import number_tree, with_number
from ulak_server.exchange.keys import Opened
from ulak_server.exchange.outbound.dressing import dressed, enclosed, enclosed_in

__all__ = ["Plain", "announcing"]

_VKN: Final = 10
_ANNOUNCED: Final = re.compile(
    rb'(<cac:Signature><cbc:ID schemeID="VKN_TCKN">)\d+(</cbc:ID><cac:SignatoryParty><cac:PartyIdentification>'
    rb'<cbc:ID schemeID=")(?:VKN|TCKN)(">)\d+(?=</cbc:ID></cac:PartyIdentification><cac:PostalAddress>)'
)
"""How a draft of Ulak's announces that its issuer seals it."""


class Plain(NamedTuple):
    """A document that is to be sealed.

    Attributes:
        judged: what was found of it just now, if it was judged just now.
        dress: what is to be put into it.
    """

    body: bytes
    judged: Judged | None
    dress: Dress

    def prepared(self, number: str, opened: Opened, at: datetime) -> Prepared:
        """The document with its number and dress, lacking nothing but the signature.

        Args:
            number: that it is to bear; empty: it bears one.

        Raises:
            UlakError: ``numbering.no-placeholder``, ``seal.…``, ``xml.…``.
        """
        return (
            self._by_texts(number, opened, at)
            or self._by_tree(number, opened, at)
            or self._by_bytes(number, opened, at)
        )

    def _by_texts(self, number: str, opened: Opened, at: datetime) -> Prepared | None:
        """What Ulak wrote itself, and wrote before but for its texts."""
        cast = self.judged.cast if self.judged is not None else None
        like = alike(cast.markup, len(cast.texts)) if cast is not None else None
        if cast is None or like is None:
            return None
        filled = like.filled(cast.texts, opened.key.certificate.tax_id or "", number)
        if filled is None:
            return None
        inside = enclosed_in(filled.data, self.dress, filled)
        if inside is None:
            inside = enclosed(parse(filled.data), self.dress)
        return filled.prepared(opened.key.certificate, at=at, trusted=opened.trusted, enclosed=inside)

    def _by_tree(self, number: str, opened: Opened, at: datetime) -> Prepared | None:
        """What Ulak wrote itself; None of anything else."""
        if not is_draft(self.body):
            return None
        root = self.judged.root if self.judged is not None else None
        root = parse(self.body) if root is None else root
        if number:
            number_tree(root, number)
        inside = enclosed(root, self.dress)
        return prepare_draft(root, opened.key.certificate, at=at, trusted=opened.trusted, enclosed=inside)

    def _by_bytes(self, number: str, opened: Opened, at: datetime) -> Prepared:
        body = with_number(self.body, number) if number else self.body
        if self.dress:
            body = dressed(body, parse(body), self.dress)
        body = announcing(body, opened.key.certificate.tax_id or "")
        return prepare(body, opened.key.certificate, at=at, trusted=opened.trusted)


def announcing(body: bytes, tax_id: str) -> bytes:
    """A draft of Ulak's with whoever seals named in ``cac:Signature``; what is written otherwise is left to `prepare`.

    To set that right at a fixed place takes a tenth of the time that finding the place in any document takes.
    """
    if b"!" in body:
        return body
    scheme = b"VKN" if len(tax_id) == _VKN else b"TCKN"
    return _ANNOUNCED.sub(rb"\g<1>%b\g<2>%b\g<3>%b" % (tax_id.encode(), scheme, tax_id.encode()), body, count=1)
