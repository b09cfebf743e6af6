"""A document's bytes, opened at the place where its seal goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.announcement import announce, announcement_paths, is_announced
from ulak.seal.names import ds, local
from ulak.seal.places import CBC, EXT, PLACES, Path, Place
from ulak.seal.problems import problem
from ulak.spans import Edit, Span, edited, root_of, spans_of, start_tag
from ulak.xml import parse

__all__ = ["ETTN", "PLACEHOLDER", "Opened", "is_draft", "open_document"]

_DRAFT: Final = "{urn:ulak:draft}unsigned"
PLACEHOLDER: Final = b'<ext:ExtensionContent><unsigned xmlns="urn:ulak:draft"/></ext:ExtensionContent>'
"""What a draft of Ulak's holds where the seal will stand."""
_HOLE: Final = slice(len("<ext:ExtensionContent>"), -len("</ext:ExtensionContent>"))
_BEGINNING: Final = 64 * 1024
"""Extensions are the first thing in a document."""
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>'
ETTN: Final = re.compile(rb"[0-9A-Za-z-]{1,64}")
"""An ETTN that can stand in the Ids of a signature."""
_EXTENSION: Final = (
    b'<ext:UBLExtension xmlns:ext="' + EXT[1:-1].encode() + b'"><ext:ExtensionContent>',
    b"</ext:ExtensionContent></ext:UBLExtension>",
)


class Opened(NamedTuple):
    """The sealed document is ``before + signature + after``; what is sealed is ``before + after``.

    Attributes:
        id: what the Ids of the signature end with; empty if the document has no ETTN to take it from.
        holder: the element of the parsed ``before + after`` that holds the signature.
    """

    before: bytes
    after: bytes
    id: str
    holder: etree._Element

    @property
    def root(self) -> etree._Element:
        return self.holder.getroottree().getroot()


class _Hole(NamedTuple):
    """The signature goes in place of the bytes ``start`` to ``end``, between ``before`` and ``after``."""

    start: int
    end: int
    before: bytes = b""
    after: bytes = b""
    turn: int = 0


class _Edits(NamedTuple):
    """What is done to the bytes of a document before it is sealed."""

    hole: _Hole
    others: Sequence[Edit] = ()
    id: str = ""

    def made(self, data: bytes) -> tuple[bytes, bytes]:
        """What comes before and after the signature."""
        hole = self.hole
        earlier = [edit for edit in self.others if edit.end <= hole.start]
        later = [Edit(start - hole.end, end - hole.end, put) for start, end, put in self.others if start >= hole.end]
        return edited(data[: hole.start], earlier) + hole.before, hole.after + edited(data[hole.end :], later)


def open_document(data: bytes, tax_id: str, id: str | None, max_bytes: int) -> Opened:
    """Open the place of the seal, and set ``cac:Signature`` right.

    Args:
        data: the document.
        tax_id: VKN or TCKN of the signatory.
        id: what the Ids of the signature are to end with; by default the document's ETTN, where it has one.
        max_bytes: the largest document that is read.

    Raises:
        SealingError: see `ulak.seal.problems`.
        XmlError: the bytes are not XML, or not UTF-8.
    """
    if opened := _open_draft(data, tax_id, id, max_bytes):
        return opened
    root = root_of(data).name
    place = PLACES.get(root)
    if place is None:
        raise problem("seal.unknown-document", root=local(root), where=f"/{local(root)}")
    if place.issuer:
        edits = _edits_of_ubl(data, place.holder, place.issuer, tax_id, id)
    else:
        edits = _Edits(_hole_in(data, place), id=id or "")
    before, after = edits.made(data)
    return Opened(
        before, after, edits.id, _holder(parse(before + after, max_bytes=max_bytes), place.holder, edits.hole.turn)
    )


def is_draft(data: bytes) -> bool:
    """Whether a document looks as `ulak.ubl` writes one that is yet to be sealed."""
    at = data.find(PLACEHOLDER, 0, _BEGINNING)
    # A comment or processing instruction could hold what looks like the placeholder.
    return at >= 0 and data.startswith(_DECLARATION) and b"!" not in data and data.find(b"?", len(_DECLARATION)) < 0


def _open_draft(data: bytes, tax_id: str, id: str | None, max_bytes: int) -> Opened | None:
    """A draft of Ulak's for this very signatory, in which only the placeholder has to give way; None of others."""
    if not is_draft(data):
        return None
    at = data.find(PLACEHOLDER)
    hole = range(at, at + len(PLACEHOLDER))[_HOLE]
    before, after = data[: hole.start], data[hole.stop :]
    root = parse(before + after, max_bytes=max_bytes)
    place = PLACES.get(root.tag)
    if place is None or place.issuer is None:
        return None
    holders = [content for one in list(root)[:1] for extension in one for content in extension]
    uuid = next(root.iterchildren(CBC + "UUID"), None)
    id = id or (uuid.text or "" if uuid is not None else "")
    if len(holders) != 1 or holders[0].tag != place.holder[-1] or len(holders[0]):
        return None
    ready = ETTN.fullmatch(id.encode()) and is_announced(root, tax_id, f"Signature_{id}")
    return Opened(before, after, id, holders[0]) if ready else None


def _holder(root: etree._Element, path: Path, turn: int) -> etree._Element:
    found = [root]
    for name in path[1:]:
        found = [child for parent in found for child in parent.iterchildren(name)]
    return found[turn]


def _edits_of_ubl(data: bytes, holder: Path, issuer: Path, tax_id: str, id: str | None) -> _Edits:
    spans = spans_of(data, _wanted(holder, issuer), until=issuer)
    id = id or _ettn(data, spans, (holder[0], CBC + "UUID"))
    return _Edits(_extension(data, spans, holder), announce(data, spans, issuer, tax_id, f"Signature_{id}"), id)


@lru_cache(maxsize=16)
def _wanted(holder: Path, issuer: Path) -> tuple[Path, ...]:
    extensions = [holder[:depth] for depth in (2, 3, 4)]
    return (*extensions, (*holder, "*"), (holder[0], CBC + "UUID"), *announcement_paths(issuer))


def _hole_in(data: bytes, place: Place) -> _Hole:
    """The hole at the end of the element that holds the seal of a document that is not UBL."""
    spans = spans_of(data, [place.holder, (*place.holder, ds("Signature")), *([place.after] if place.after else ())])
    holders = [span for span in spans if span.path == place.holder]
    where = "/" + "/".join(local(name) for name in place.holder)
    if len(holders) > 1:
        raise problem("seal.several-places", path=local(place.holder[-1]), where=where)
    if any(span.path[-1] == ds("Signature") for span in spans):
        raise problem("seal.already-sealed", where=where)
    if holders:
        return _hole_at_end(data, holders[0])
    before = [span for span in spans if span.path == place.after]
    if not before:
        raise problem("seal.no-place", path=local(place.holder[-1]), where=where)
    namespace, _, name = place.holder[-1][1:].partition("}")
    return _Hole(before[0].end, before[0].end, f'<oa:{name} xmlns:oa="{namespace}">'.encode(), f"</oa:{name}>".encode())


def _ettn(data: bytes, spans: Sequence[Span], uuid: Path) -> str:
    """The document's ETTN, if it can stand in an Id."""
    for span in spans:
        if span.path == uuid and (found := ETTN.fullmatch(data[span.inside : span.close].strip())):
            return found[0].decode()
    raise problem("seal.no-ettn", where=f"/{local(uuid[0])}/cbc:UUID")


def _extension(data: bytes, spans: Sequence[Span], holder: Path) -> _Hole:
    """The hole in the first extension that holds nothing; one is made if there is none."""
    contents = [span for span in spans if span.path == holder]
    inner = [span for span in spans if span.path[:-1] == holder]
    if any(span.path[-1] == ds("Signature") for span in inner):
        raise problem("seal.already-sealed", where="/" + "/".join(local(name) for name in holder))
    for turn, content in enumerate(contents):
        held = [span for span in inner if content.start < span.start < content.end]
        if all(span.path[-1] == _DRAFT for span in held):
            hole = _Hole(held[0].start, held[-1].end) if held else _hole_at_end(data, content)
            return hole._replace(turn=turn)
    return _new_extension(data, spans, holder, len(contents))


def _new_extension(data: bytes, spans: Sequence[Span], holder: Path, turn: int) -> _Hole:
    extensions = next((span for span in spans if span.path == holder[:2]), None)
    if extensions:
        hole = _hole_at_end(data, extensions)
        return hole._replace(before=hole.before + _EXTENSION[0], after=_EXTENSION[1] + hole.after, turn=turn)
    at = root_of(data).inside
    opening = b'<ext:UBLExtensions xmlns:ext="' + EXT[1:-1].encode() + b'">'
    return _Hole(at, at, opening + _EXTENSION[0], _EXTENSION[1] + b"</ext:UBLExtensions>", turn)


def _hole_at_end(data: bytes, span: Span) -> _Hole:
    """Before the end tag; ``<a/>`` is written out."""
    if not span.is_empty_tag:
        return _Hole(span.close, span.close)
    tag = start_tag(data, span.start)
    name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
    return _Hole(span.start, span.end, tag[:-2].rstrip() + b">", b"</" + name + b">")
