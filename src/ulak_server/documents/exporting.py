"""Many documents as one file: a zip of their bodies, written while it is being sent; a table for spreadsheets."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import IO, Final, cast

from ulak.errors import Language, Text, UlakError
from ulak_server.archive import services as archive
from ulak_server.archive.problems import archive_error
from ulak_server.documents.chosen import Chosen, Span, count, next_ids, spans
from ulak_server.documents.kinds import KINDS
from ulak_server.documents.models import Document, Form
from ulak_server.documents.problems import problem
from ulak_server.documents.states import State
from ulak_server.spreadsheets import DAY, MOMENT, MONEY, Column, spreadsheet

__all__ = ["MOST", "MOST_OF_PARTS", "check", "parts", "sheet", "zipped"]

MOST: Final[Mapping[str, int]] = {"xml": 20_000, "pdf": 500, "excel": 50_000}
"""Documents of a file."""
MOST_OF_PARTS: Final[Mapping[str, int]] = {"xml": 200_000, "pdf": 50_000, "excel": 200_000}
"""Documents of all files in which a choice can be had."""
_AT_ONCE: Final[Mapping[str, int]] = {"xml": 50, "pdf": 5, "excel": 1_000}
_ODD: Final = re.compile(r"[^A-Za-z0-9_-]+")
_FAULTS: Final = Text("okunamayanlar.txt", "unreadable.txt")

Work = Callable[[], AbstractContextManager[None]]
"""Opens the transaction and scope in which some documents are read."""
Make = Callable[[Document, bytes], bytes]
"""A file of a document and its body."""


def check(taxpayer: int, chosen: Chosen, form: str) -> int:
    """How many documents a file would have; within a scope that holds the taxpayer.

    Raises:
        IntakeError: ``intake.export-too-large``, ``intake.filter``, ``intake.too-broad``.
    """
    found = count(taxpayer, chosen, MOST[form])
    if found > MOST[form]:
        raise problem("intake.export-too-large", limit=MOST[form])
    return found


def parts(taxpayer: int, chosen: Chosen, form: str) -> list[Span]:
    """The files in which they can be had if one cannot hold them; none if one can. Like `check`.

    A file is written while it is sent: nothing of what documents say is kept on a disk for it, and a line that is lost
    costs one part.

    Raises:
        IntakeError: ``intake.export-too-large`` beyond `MOST_OF_PARTS`, ``intake.filter``, ``intake.too-broad``.
    """
    found = count(taxpayer, chosen, MOST_OF_PARTS[form])
    if found > MOST_OF_PARTS[form]:
        raise problem("intake.export-too-large", limit=MOST_OF_PARTS[form])
    return spans(taxpayer, chosen, MOST[form]) if found > MOST[form] else []


# -- zips --------------------------------------------------------------------------------------------------------------


class _Sink:
    """What a zip is written into: given out piece by piece, never held whole."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def zipped(taxpayer: int, chosen: Chosen, form: str, make: Make, work: Work, language: Language) -> Iterator[bytes]:
    """A zip of documents, in pieces; some are read at a time, each time in a transaction of its own.

    Drafts have no file. What cannot be read is told in a file of the zip.

    Args:
        form: ``xml`` or ``pdf``: the ending of the files' names.
    """
    sink, names, faults = _Sink(), set[str](), list[str]()
    with zipfile.ZipFile(cast(IO[bytes], sink), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for row, body in _bodies(taxpayer, chosen, form, work):
            try:
                data = make(row, _found(row, body))
            except UlakError as error:
                faults.append(f"{row.number or row.ettn}: {error.text.say(language)} ({error.code})")
                continue
            made.writestr(_name(row, form, names), data)
            yield sink.taken()
        if faults:
            made.writestr(_FAULTS.say(language), "\n".join(faults))
    yield sink.taken()


def _bodies(taxpayer: int, chosen: Chosen, form: str, work: Work) -> Iterator[tuple[Document, bytes | None]]:
    after = 0
    while True:
        with work():
            ids = next_ids(taxpayer, chosen, after, _AT_ONCE[form])
            rows = [one for one in _rows(taxpayer, ids) if one.form != Form.JSON]
            refs = [archive.Ref(taxpayer, one.month, one.id) for one in rows]
            bodies = archive.read(refs) if refs else {}
        if not ids:
            return
        after = ids[-1]
        yield from zip(rows, (bodies.get(ref) for ref in refs), strict=True)


def _rows(taxpayer: int, ids: Sequence[int]) -> list[Document]:
    return list(Document.objects.filter(taxpayer_id=taxpayer, id__in=ids).defer("road").order_by("id"))


def _found(row: Document, body: bytes | None) -> bytes:
    if body is None:
        raise archive_error("archive.not-found", what=row.ettn)
    return body


def _name(row: Document, form: str, taken: set[str]) -> str:
    """A name that every system takes; the party's number before that of a document that somebody else numbered."""
    whose = f"{row.partner}-" if row.direction == 2 and row.partner else ""
    name = _ODD.sub("-", f"{whose}{row.number or row.ettn}")[:80]
    if name.lower() in taken:
        name = f"{name}-{row.id}"
    taken.add(name.lower())
    return f"{name}.{form}"


# -- tables ------------------------------------------------------------------------------------------------------------


def _kind(row: Document) -> Text:
    known = KINDS.get(row.kind)
    return known.label if known else Text(row.kind, row.kind)


_COLUMNS: Final[Sequence[Column[Document]]] = (
    Column(Text("Tarih", "Date"), 12, lambda row, _: row.issue_date, DAY),
    Column(Text("Belge no", "Number"), 20, lambda row, _: row.number),
    Column(Text("VKN/TCKN", "VKN/TCKN"), 14, lambda row, _: row.partner),
    Column(Text("Unvan", "Title"), 44, lambda row, _: row.party_title),
    Column(Text("Tür", "Kind"), 22, lambda row, language: _kind(row).say(language)),
    Column(Text("Senaryo", "Scenario"), 18, lambda row, _: row.profile),
    Column(Text("Tip", "Type"), 14, lambda row, _: row.type_code),
    Column(Text("Durum", "State"), 22, lambda row, language: State.read(row.state).label.say(language)),
    Column(Text("Ödenecek", "Payable"), 16, lambda row, _: row.payable, MONEY),
    Column(Text("KDV", "VAT"), 14, lambda row, _: row.vat, MONEY),
    Column(Text("Para birimi", "Currency"), 10, lambda row, _: row.currency),
    Column(Text("Ulak'a geliş", "Taken in"), 18, lambda row, _: row.accepted_at, MOMENT),
    Column(Text("ETTN", "ETTN"), 38, lambda row, _: str(row.ettn)),
    Column(Text("ERP anahtarı", "ERP key"), 20, lambda row, _: row.erp_key),
    Column(Text("Etiketler", "Labels"), 20, lambda row, _: ", ".join(row.labels or ())),
)


def sheet(taxpayer: int, chosen: Chosen, work: Work, language: Language) -> IO[bytes]:
    """A spreadsheet of documents in an open temporary file, at its beginning; whoever closes it removes it."""
    return spreadsheet(Text("Belgeler", "Documents"), _COLUMNS, _all_rows(taxpayer, chosen, work), language)


def _all_rows(taxpayer: int, chosen: Chosen, work: Work) -> Iterator[Document]:
    after = 0
    while True:
        with work():
            ids = next_ids(taxpayer, chosen, after, _AT_ONCE["excel"])
            rows = _rows(taxpayer, ids)
        if not ids:
            return
        after = ids[-1]
        yield from rows
