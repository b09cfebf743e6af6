"""A seal that properties are being added to, byte by byte beside the document it stands in.

Canonical forms of a seal's parts depend on the document only through the namespaces and ``xml:`` attributes in force.
So the seal is worked on alone, in a small document of its own, and put back at the end.
"""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from ulak.seal.levels.imprints import unchanged_content
from ulak.seal.levels.parts import Parts
from ulak.seal.names import PREFIXES, ds, xades
from ulak.seal.octets import Streamed
from ulak.spans import Edit, Span, edited, spans_of
from ulak.xml import parse

__all__ = ["PREFIXES_WRITTEN", "Draft"]

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_QUALIFYING: Final = ("*", ds("Signature"), ds("Object"), xades("QualifyingProperties"))
_UNSIGNED: Final = (*_QUALIFYING, xades("UnsignedProperties"))
_HOLDER: Final = (*_UNSIGNED, xades("UnsignedSignatureProperties"))
PREFIXES_WRITTEN: Final = {prefix: PREFIXES[prefix] for prefix in ("xades", "ds", "xades141")}
"""The prefixes in force inside every property that is added."""


class Draft:
    """The seal of a document, to be extended.

    Attributes:
        parts: the seal as it stands now.
        content: what the references of the seal give, in their order.
    """

    def __init__(self, document: bytes, signature: etree._Element, whole: Streamed | None = None) -> None:
        """Read a sealed document.

        Args:
            signature: its seal, in the parsed document; not needed afterwards.
            whole: what the seal covers, where ``document`` is only the frame of a large one.

        Raises:
            LevelFailure: ``level.changed`` for content that the seal does not fit; other ``level.*``.
        """
        self.content: Final = unchanged_content(Parts.of(signature), whole)
        self._document = document
        self._span = _span_of(document, signature)
        self._before, self._after = _context(signature)
        self._text = document[self._span.start : self._span.end]
        self.parts = self._read()

    def _read(self) -> Parts:
        wrapped = self._before + self._text + self._after
        return Parts.of(parse(wrapped, max_bytes=len(wrapped))[0])

    @property
    def place(self) -> etree._Element:
        """The innermost element around the place of the next property."""
        return next(
            each for each in (self.parts.holder, self.parts.unsigned, self.parts.qualifying) if each is not None
        )

    @property
    def declared(self) -> str:
        """The ``xmlns`` attributes that a property must carry itself where it will stand."""
        at = self.place
        return "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES_WRITTEN.items() if not _knows(at, prefix))

    def new_id(self, name: str) -> str:
        """An Id that the seal does not have yet; as unique as the seal's own."""
        taken = {each.get("Id") for each in self.parts.signature.iter("*")}
        wanted = f"{name}_{self.parts.id.removeprefix('Signature_')}"
        numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
        return wanted if wanted not in taken else next(each for each in numbered if each not in taken)

    def add(self, text: str) -> None:
        """Put a property behind all others; ``text`` is XML that declares `declared` itself."""
        if self.parts.holder is None:
            self._make_holder()
        self._put_last(_HOLDER, text)

    def _make_holder(self) -> None:
        inner = "<xades:UnsignedSignatureProperties></xades:UnsignedSignatureProperties>"
        if self.parts.unsigned is None:
            outer = f"<xades:UnsignedProperties{self.declared}>{inner}</xades:UnsignedProperties>"
            self._put_last(_QUALIFYING, outer)
            return
        span = self._place(_UNSIGNED)
        inner = inner.replace(">", f"{self.declared}>", 1)
        if span.is_empty_tag:
            self._open_up(span, inner)
        else:
            self._edit(Edit(span.inside, span.inside, inner.encode()))

    def _put_last(self, path: tuple[str, ...], text: str) -> None:
        span = self._place(path)
        if span.is_empty_tag:
            self._open_up(span, text)
        else:
            self._edit(Edit(span.close, span.close, text.encode()))

    def _open_up(self, span: Span, text: str) -> None:
        """Turn ``<a/>`` into ``<a>text</a>``."""
        tag = (self._before + self._text)[span.start : span.end]
        name = tag[1:].split()[0].rstrip(b"/>")
        self._edit(Edit(span.end - 2, span.end, b">" + text.encode() + b"</" + name + b">"))

    def _place(self, path: tuple[str, ...]) -> Span:
        (span,) = spans_of(self._before + self._text + self._after, [path])
        return span

    def _edit(self, edit: Edit) -> None:
        changed = edited(self._before + self._text, [edit])
        self._text = changed[len(self._before) :]
        self.parts = self._read()

    def finish(self) -> bytes:
        """The document with the extended seal; every byte outside of it as it was."""
        return edited(self._document, [Edit(self._span.start, self._span.end, self._text)])


def _span_of(document: bytes, signature: etree._Element) -> Span:
    path = tuple(str(each.tag) for each in (*reversed(list(signature.iterancestors())), signature))
    (span,) = spans_of(document, [path], until=path)
    return span


def _context(signature: etree._Element) -> tuple[bytes, bytes]:
    """The tags of an element in which the same namespaces and ``xml:`` attributes are in force as around the seal."""
    parent = signature.getparent()
    if parent is None:
        return b"<context>", b"</context>"
    names = (f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}" for prefix, uri in parent.nsmap.items() if uri)
    inherited: dict[str, str] = {}
    for ancestor in signature.iterancestors():
        for name, value in ancestor.attrib.items():
            if str(name).startswith(_XML):
                inherited.setdefault(f"xml:{etree.QName(name).localname}", str(value))
    held = (f" {name}={quoteattr(value, _ESCAPED)}" for name, value in inherited.items())
    return f"<context{''.join((*names, *held))}>".encode(), b"</context>"


_ESCAPED: Final = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def _knows(element: etree._Element, prefix: str) -> bool:
    return element.nsmap.get(prefix) == PREFIXES[prefix]
