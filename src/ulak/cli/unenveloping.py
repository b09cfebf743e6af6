"""``ulak envelope open``: an envelope in, its documents in a folder out."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import Final

from lxml import etree

from ulak.cli.enveloping import folder_for, placed
from ulak.cli.errors import Exit
from ulak.cli.inputs import STDIN, Source, read, shown
from ulak.cli.outputs import write_output
from ulak.cli.page import Page
from ulak.cli.session import Session
from ulak.envelope import Document, EnvelopeError, Header, Limits, Opening, opening, opening_xml
from ulak.errors import Text
from ulak.xml import MAX_BYTES, XmlError, parse

__all__ = ["begin", "content_of", "fault_lines", "header_lines", "open_file"]

_UUID: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}UUID"
_ETTN: Final = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_FROM: Final = Text("Gönderen", "From")
_TO: Final = Text("Alıcı", "To")
_MADE: Final = Text("Kurulduğu an", "Created")
_STATUS: Final = Text("durum {status}", "status {status}")
_WRITTEN: Final = Text("{folder} klasörüne yazılan belge: {count}", "Documents written to {folder}: {count}")


def content_of(name: str) -> bytes:
    """What a file that is to be an envelope holds; at most one byte more than Ulak opens.

    Raises:
        InputError: it cannot be read.
    """
    return read(Source(shown(name), "" if name == STDIN else name), Limits().zip_bytes)


def begin(name: str, data: bytes, *, parse: bool = True) -> Opening:
    """Begin to open what was read; a name that ends in ``.xml`` says that it is in no ZIP.

    Raises:
        EnvelopeError: it cannot be opened.
    """
    if name.lower().endswith(".xml"):
        return opening_xml([data], parse=parse)
    return opening(data, name="" if name == STDIN else os.path.basename(shown(name)), parse=parse)


def open_file(session: Session, name: str, folder: str) -> Exit:
    """Write the documents of an envelope, if all of it can be read."""
    data = content_of(name)
    try:
        judged = begin(name, data)
        count = sum(1 for _ in judged)
    except EnvelopeError as error:
        raise placed(error, shown(name)) from None
    folder_for(folder)
    used: Counter[str] = Counter()
    for document in begin(name, data, parse=False):
        write_output(session, document.data, os.path.join(folder, _file_name(document, used)))
    page = session.page()
    page.line(shown(name), judged.header.type or "", judged.header.id)
    header_lines(page, judged.header, session)
    page.paragraph(session.say(_WRITTEN.format(count=count, folder=shown(folder))), indent=2)
    for fault in judged.faults:
        fault_lines(page, fault, session)
    session.put(page)
    return Exit.FINDINGS if judged.faults else Exit.OK


def header_lines(page: Page, header: Header, session: Session) -> None:
    """Write who sent an envelope to whom, and when."""
    for label, party in ((_FROM, header.sender), (_TO, header.receiver)):
        page.labelled(session.say(label), "  ".join(filter(None, party)), indent=2, gap=14)
    if header.created:
        page.labelled(session.say(_MADE), header.created.isoformat(" "), indent=2, gap=14)


def fault_lines(page: Page, fault: EnvelopeError, session: Session) -> None:
    """Write what is wrong, with which status it is answered, where, and what to do."""
    page.blank()
    status = session.say(_STATUS.format(status=fault.status)) if fault.status else ""
    page.line(fault.code, status, fault.where, indent=2)
    page.paragraph(session.say(fault.text), indent=4, style="red")
    page.paragraph(session.say(fault.repair), indent=4)


def _file_name(document: Document, used: Counter[str]) -> str:
    """``<ETTN>.xml``: nothing else that stands in a document gets into a path."""
    try:
        ettn = parse(document.data, max_bytes=MAX_BYTES).findtext(_UUID) or ""
    except (XmlError, etree.LxmlError):
        ettn = ""
    stem = ettn if _ETTN.fullmatch(ettn) else f"{document.group}-{document.position}"
    used[stem.lower()] += 1
    again = used[stem.lower()]
    return f"{stem}-{again}.xml" if again > 1 else f"{stem}.xml"
