"""Documents on which a design is tried: the taxpayer's own last ones, or a sample."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, cast

from ulak.errors import UlakError
from ulak.render.kinds import Kind
from ulak.ubl import write_document
from ulak.ubl.forms import from_json
from ulak_server.designs import services as designs
from ulak_server.documents.models import Direction, Document, Form
from ulak_server.portal.rooms.documents_viewer import body_of, document_of

__all__ = ["Paper", "body_for", "papers_of", "sample"]

_MOST: Final = 8
_ANSWER: Final = "application_response"


class Paper(NamedTuple):
    """A document to choose."""

    id: int
    number: str
    party: str
    kind: str


def papers_of(taxpayer: int) -> list[Paper]:
    """The taxpayer's own last documents that have a paper and a number, an answer last, within its scope."""
    wearing = [kind for kind, worn in designs.WORN_BY.items() if worn]
    found = Document.objects.filter(taxpayer_id=taxpayer, direction=Direction.OUT, number__isnull=False)
    last = found.exclude(form=Form.JSON).order_by("-id")
    rows = [*last.filter(kind__in=set(wearing) - {_ANSWER})[:_MOST], *last.filter(kind=_ANSWER)[:1]]
    return [Paper(one.id, one.number or "", one.party_title, designs.WORN_BY[one.kind]) for one in rows]


def body_for(visit: Any, chosen: str, kind: str) -> bytes:
    """The document that was chosen, or the sample of the kind; within the visit's scope."""
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        try:
            return body_of(document_of(visit, int(chosen)))
        except UlakError:
            # It was deleted meanwhile; the design can be tried on the sample all the same.
            return sample(kind)
    return sample(chosen.removeprefix("sample-") or kind)


@cache
def sample(kind: str) -> bytes:
    """The sample document of a kind of design."""
    known = cast(Kind, kind) if kind in designs.KINDS else "invoice"
    text = (files("ulak_server.portal") / "samples" / f"{known}.json").read_bytes()
    document: Any = from_json(text)
    return write_document(document)
