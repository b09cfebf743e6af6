"""Whether a PDF keeps what PDF/A-3b (ISO 19005-3, level B) demands of documents like ours: what breaks it, in words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

__all__ = ["breaches"]

FORBIDDEN_ACTIONS = {
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans",
    "/GoTo3DView", "/JavaScript",
}  # fmt: skip
RELATIONSHIPS = {"/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"}


def breaches(data: bytes) -> list[str]:
    """Every demand that is not met; empty for a conforming file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [*_file(data, pdf), *_metadata(pdf), *_intent(pdf), *_objects(pdf), *_fonts(pdf), *_attachments(pdf)]


def _file(data: bytes, pdf: Pdf) -> Iterator[str]:
    """6.1.2, 6.1.3."""
    lines = data.split(b"\n", 2)
    if not re.fullmatch(rb"%PDF-1\.[0-7]", lines[0]):
        yield "6.1.2: header"
    if lines[1][:1] != b"%" or len(lines[1]) < 5 or min(lines[1][1:5]) < 128:
        yield "6.1.2: no comment of four high bytes"
    if "/Encrypt" in pdf.trailer:
        yield "6.1.3: encrypted"
    if "/ID" not in pdf.trailer:
        yield "6.1.3: no ID"
    if not re.search(rb"%%EOF\r?\n?$", data):
        yield "6.1.3: something after the end"
    yield from pdf.check_pdf_syntax()


def _metadata(pdf: Pdf) -> Iterator[str]:
    """6.6.2: an XMP packet that can be read without inflating, says part and level, and agrees with the information."""
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, Stream):
        yield "6.6.2.1: no metadata"
        return
    if "/Filter" in stream:
        yield "6.6.2.1: metadata compressed"
    if stream.get("/Type") != Name.Metadata or stream.get("/Subtype") != Name.XML:
        yield "6.6.2.1: metadata not marked as XML"
    xmp = stream.read_bytes().decode()
    if not re.match(r"<\?xpacket begin=\"\ufeff\" id=\"[^\"]+\"\?>", xmp):
        yield "6.6.2.1: packet header"
    if "<pdfaid:part>3</pdfaid:part>" not in xmp or "<pdfaid:conformance>B</pdfaid:conformance>" not in xmp:
        yield "6.6.4: part and level"
    info = pdf.docinfo
    if "/Title" in info and f">{_escaped(str(info.Title))}<" not in xmp:
        yield "6.6.3: title"
    if "/CreationDate" in info and str(info.CreationDate)[2:10] not in xmp.replace("-", ""):
        yield "6.6.3: date"


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&apos;")
        .replace('"', "&quot;")
    )


def _intent(pdf: Pdf) -> Iterator[str]:
    """6.2.3: one output intent with a profile."""
    intents = pdf.Root.get("/OutputIntents", Array())
    marked = [one for one in intents if one.get("/S") == Name.GTS_PDFA1]
    if len(marked) != 1:
        yield "6.2.3: output intent"
        return
    profile = marked[0].get("/DestOutputProfile")
    if not isinstance(profile, Stream) or profile.read_bytes()[36:40] != b"acsp":
        yield "6.2.3: profile"


def _objects(pdf: Pdf) -> Iterator[str]:
    """6.1.7, 6.2.8, 6.2.9, 6.5: no foreign filters, outside streams, actions, interpolation."""
    if "/AA" in pdf.Root or "/XFA" in pdf.Root.get("/AcroForm", Dictionary()):
        yield "6.4, 6.5: actions or XFA"
    for found in pdf.objects:
        if not isinstance(found, Dictionary | Stream):
            continue
        if str(found.get("/S", "")) in FORBIDDEN_ACTIONS or "/JS" in found:
            yield "6.5.1: action"
        if isinstance(found, Stream):
            yield from _stream(found)


def _stream(found: Stream) -> Iterator[str]:
    filters = found.get("/Filter", Array())
    names = {str(one) for one in (filters if isinstance(filters, Array) else [filters])}
    if names & {"/LZWDecode", "/Crypt"}:
        yield "6.1.7.2: filter"
    if {"/F", "/FFilter", "/FDecodeParms"} & set(found.keys()):
        yield "6.1.7.1: outside stream"
    if found.get("/Subtype") == Name.Image and (found.get("/Interpolate", False) or "/Alternates" in found):
        yield "6.2.8: image"
    if found.get("/Subtype") == Name.PS:
        yield "6.2.9: PostScript"


def _fonts(pdf: Pdf) -> Iterator[str]:
    """6.2.11: every font's program lies inside, with its mapping to Unicode."""
    for page in pdf.pages:
        for font in _fonts_of(page.get("/Resources", Dictionary()), depth=0):
            inner = font.DescendantFonts[0] if font.get("/Subtype") == Name.Type0 else font
            descriptor: Any = inner.get("/FontDescriptor", Dictionary())
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                yield f"6.2.11.4: {font.get('/BaseFont')} is not embedded"
            if inner.get("/Subtype") == Name.CIDFontType2 and "/CIDToGIDMap" not in inner:
                yield "6.2.11.3.2: no mapping of glyphs"
            if "/ToUnicode" not in font:
                yield f"{font.get('/BaseFont')} cannot be searched"


def _fonts_of(resources: Any, depth: int) -> Iterator[Any]:
    yield from resources.get("/Font", Dictionary()).values()
    for inner in resources.get("/XObject", Dictionary()).values():
        if depth < 8:
            yield from _fonts_of(inner.get("/Resources", Dictionary()), depth + 1)


def _attachments(pdf: Pdf) -> Iterator[str]:
    """6.8: what each file is to the document, named in both forms, with its type, listed as associated."""
    associated = list(pdf.Root.get("/AF", Array()))
    for name, spec in pdf.attachments.items():
        found = spec.obj
        if str(found.get("/AFRelationship")) not in RELATIONSHIPS:
            yield f"6.8: {name} has no relationship"
        if not {"/F", "/UF", "/EF"} <= set(found.keys()):
            yield f"6.8: {name} is not named"
        elif "/Subtype" not in found.EF.F:
            yield f"6.8: {name} has no type"
        if not any(one.objgen == found.objgen for one in associated):
            yield f"6.8: {name} is not associated"
