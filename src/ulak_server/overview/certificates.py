"""When a taxpayer's own seal ends: read from the last document that it sealed, for the key itself is elsewhere."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from datetime import datetime
from typing import Final

from ulak.errors import UlakError
from ulak.seal.certificates import Certificate, certificate_of
from ulak.xml import parse
from ulak_server.archive import services as archive
from ulak_server.documents.models import Document, Form
from ulak_server.documents.states import Shelf
from ulak_server.taxpayers.models import Sealing, Taxpayer

__all__ = ["own_seal_ends"]

_CERTIFICATE: Final = "{http://www.w3.org/2000/09/xmldsig#}X509Certificate"


def own_seal_ends(taxpayer: int) -> datetime | None:
    """The end of the certificate of a taxpayer's own seal; None if they have none, or it has sealed nothing yet."""
    number = Taxpayer.objects.filter(id=taxpayer, sealing=Sealing.OWN).values_list("number", flat=True).first()
    if number is None:
        return None
    mine = Document.objects.filter(taxpayer_id=taxpayer, shelf=int(Shelf.OUTGOING), form=Form.SEALED)
    last = mine.order_by("-id").values_list("id", "month").first()
    if last is None:
        return None
    found = _signer(archive.Ref(taxpayer, last[1], last[0]))
    return found.not_after if found is not None and found.tax_id == number else None


def _signer(ref: archive.Ref) -> Certificate | None:
    try:
        root = parse(archive.read([ref])[ref])
        said = next(root.iter(_CERTIFICATE), None)
        return None if said is None else certificate_of(b64decode(said.text or ""))
    except (UlakError, Error, KeyError):
        # What cannot be read is told of where it is opened; a first page must not fail for it.
        return None
