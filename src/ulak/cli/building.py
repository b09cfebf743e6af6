"""``ulak build`` and ``ulak json``: friendly JSON to UBL, and back."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import msgspec
from lxml import etree

from ulak.cli.errors import Exit
from ulak.cli.inputs import STDIN, Source, read, shown
from ulak.cli.judging import Wish, exit_of, rendered, store
from ulak.cli.outputs import write_output
from ulak.cli.session import Session
from ulak.errors import UlakError
from ulak.rules import Finding, Level, Report, Verdict, check
from ulak.rules.check import ISTANBUL
from ulak.rules.pack import documents
from ulak.ubl.documents import Document, read_root, write_document
from ulak.ubl.forms import from_json, to_json
from ulak.ubl.forms.fields import FieldMap
from ulak.uuids import uuid_text
from ulak.xml import MAX_BYTES, parse

__all__ = ["build_document", "one_file", "show_as_json"]


def one_file(name: str, limit: int = MAX_BYTES) -> bytes:
    """The content of the file that a command was given; at most one byte more than ``limit``.

    Raises:
        InputError: it cannot be read.
    """
    path = "" if name == STDIN else name
    return read(Source(shown(name), path), limit)


def build_document(
    session: Session, name: str, output: str | None, wish: Wish, *, checked: bool, number: str | None
) -> Exit:
    """Build UBL from friendly JSON, write it, and say on standard error what GİB would say.

    A draft that GİB would refuse is written all the same.
    """
    data = one_file(name)
    try:
        document = _built(data, number)
    except UlakError as error:
        _tell(session, _refused(error, shown(name)), wish)
        return Exit.UNREADABLE
    xml = write_document(document)
    write_output(session, xml, output)
    if not checked:
        return Exit.OK
    fields = FieldMap(data, document)
    report = check(
        xml,
        as_of=wish.as_of,
        scheme=wish.scheme,
        pack=wish.pack,
        store=store(),
        advice=wish.advice,
        field_of=fields.field_of,
    ).named(shown(name))
    _tell(session, report, wish)
    return exit_of(report)


def show_as_json(session: Session, name: str) -> Exit:
    """Print a document as friendly JSON; an envelope as an array of those inside."""
    root = parse(one_file(name))
    inside = [element for element in documents(root) if element is not root]
    made = [_friendly(element) for element in inside] if _is_envelope(root) else _friendly(root)
    encoded = b"[" + b",".join(made) + b"]" if isinstance(made, list) else made
    session.put_bytes(msgspec.json.format(encoded, indent=2) + b"\n")
    return Exit.OK


def _built(data: bytes, number: str | None) -> Document:
    now = datetime.now(ISTANBUL)
    return cast(Document, from_json(data, number=number, now=now, new_uuid=uuid_text))


def _friendly(element: etree._Element) -> bytes:
    return to_json(read_root(element))


def _is_envelope(root: etree._Element) -> bool:
    return etree.QName(root).localname == "StandardBusinessDocument"


def _refused(error: UlakError, name: str) -> Report:
    finding = Finding(error.code, Level.ERROR, error.text, error.text, error.repair, line=error.line, field=error.where)
    return Report(Verdict.COULD_NOT_JUDGE, (finding,), file=name)


def _tell(session: Session, report: Report, wish: Wish) -> None:
    """The report goes to standard error, since the document may be on standard output."""
    shown_report = rendered(report, wish._replace(colour=session.colour_of_errors)).decode()
    session.tell(f"[\n{shown_report}\n]\n" if wish.format == "json" else shown_report)
