"""Why the receiver of an invoice rejected it: what their answer says, as they wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ulak.errors import UlakError
from ulak.xml import parse
from ulak_server.archive import services as archive
from ulak_server.documents.models import Document

__all__ = ["reasons_of"]

_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_PLACES: Final = (
    f"{_CAC}DocumentResponse/{_CAC}Response/{_CBC}Description",
    f"{_CBC}Note",
)
"""Where senders write it (Uygulama Yanıtı guide, 2.3.5: Response/Description; many use Note)."""
_LONGEST: Final = 160


def reasons_of(taxpayer: int, carriers: Sequence[int]) -> Mapping[int, str]:
    """The reason in each of these answers that came in, by its id, shortened; those without one are left out."""
    rows = Document.objects.filter(taxpayer_id=taxpayer, id__in=list(carriers)).values_list("id", "month")
    refs = {archive.Ref(taxpayer, month, id): id for id, month in rows}
    try:
        bodies = archive.read(refs)
    except UlakError:
        # A body that cannot be read is told of where it is opened; a first page must not fail for it.
        return {}
    found = {refs[ref]: _reason(body) for ref, body in bodies.items()}
    return {id: reason for id, reason in found.items() if reason}


def _reason(body: bytes) -> str:
    try:
        root = parse(body)
    except UlakError:
        return ""
    said = " ".join(" ".join((one.text or "").split()) for place in _PLACES for one in root.findall(place)).strip()
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1].rstrip() + "…"
