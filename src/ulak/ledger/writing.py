"""Journal and general ledger written as streams, in canonical bytes: DuckDB fills the rows, Python passes them on.

Source: Teknik Kılavuz V1.7 section 2.1; the rows are those of `ulak.ledger.lines`.
"""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import BinaryIO, Final, NamedTuple

from ulak.ledger.heads import BOOK_END, CODES, CONTEXTS, XBRL_END, Document, opening
from ulak.ledger.lines import CREDIT, DEBIT, HEADER_END, SOURCE, detail, journal_header, ledger_header
from ulak.ledger.problems import problem
from ulak.ledger.store import EntryStore, needing_room
from ulak.ledger.templates import Element, Item, escaped, prepare, written
from ulak.ledger.values import BookKind, Company, Month, Part

__all__ = ["Attachment", "Told", "unique_id", "write_journal", "write_ledger"]

Told = Callable[[int], None]
"""Is told how many lines are written so far; what it raises ends the writing."""
_BATCH: Final = 2048
_LARGEST_PDF: Final = 7_000_000
"""In base64 it stays below the ten million bytes that readers with usual settings allow a text."""


class Attachment(NamedTuple):
    """A pledge contract of a commercial enterprise, as PDF, that goes with the journal (guide section 2.2.1)."""

    name: str
    content: bytes


def unique_id(kind: BookKind, month: Month, number: int) -> str:
    """``uniqueID`` of a book, counted through the fiscal year (Genel Açıklamalar section 4.1.2).

    >>> unique_id("Y", Month(2026, 1), 1)
    'YEV202601000001'
    """
    return f"{CODES[kind]}{month}{number:06d}"


def write_journal(
    store: EntryStore,
    company: Company,
    part: Part,
    target: BinaryIO,
    *,
    at: date,
    unique: str,
    told: Told | None = None,
    attachments: Iterable[Attachment] = (),
) -> int:
    """Write the journal of a part without its seal, and tell its bytes.

    Args:
        at: the day it is made (``creationDate``).
        unique: see `unique_id`.

    Raises:
        LedgerError: ``ledger.too-early`` if ``at`` is before the end of the part; ``ledger.attachment``.
        OSError: of the target; what is written so far is no book.
    """
    header = (HEADER_END, *journal_header(Element(CONTEXTS["Y"]), company))
    rows = _rows("Y", header, groups="entry", order="row")
    extensions = _extensions(attachments)
    return _write(store, company, part, target, _Book("Y", at, unique, rows, extensions), told)


def write_ledger(
    store: EntryStore,
    company: Company,
    part: Part,
    target: BinaryIO,
    *,
    at: date,
    unique: str,
    told: Told | None = None,
) -> int:
    """Write the general ledger of a part without its seal, and tell its bytes; see `write_journal`.

    Accounts follow each other by main account and subaccount, lines within an account by journal number.
    """
    header = (HEADER_END, *ledger_header(Element(CONTEXTS["K"]), company.branch))
    rows = _rows("K", header, groups="main, sub", order="main, sub, row")
    return _write(store, company, part, target, _Book("K", at, unique, rows, b""), told)


class _Book(NamedTuple):
    kind: BookKind
    at: date
    unique: str
    rows: str
    extensions: bytes


def _rows(kind: BookKind, header: tuple[Item, ...], *, groups: str, order: str) -> str:
    """SQL for the lines of a book; a header precedes the first line of each group."""
    return f"""
        SELECT encode(concat(CASE WHEN first IS NULL THEN '' ELSE {written(header)} END,
            {written(detail(Element(CONTEXTS[kind])))}))
        FROM (SELECT * FROM {SOURCE} LEFT JOIN (
                SELECT min(row) AS first, {DEBIT} AS debit, {CREDIT} AS credit FROM {SOURCE} GROUP BY {groups})
            ON first = row ORDER BY {order})"""  # noqa: S608 ours


@needing_room()
def _write(store: EntryStore, company: Company, part: Part, target: BinaryIO, book: _Book, told: Told | None) -> int:
    if book.at < part.end:
        raise problem("ledger.too-early", end=part.end, created=book.at)
    document = Document(book.kind, book.unique, book.at, part.start, part.end, _is_multicurrency(store, part))
    size = target.write(opening(document, company).encode())
    lines = 0
    for count, piece in _pieces(store, part, book.rows):
        size += target.write(piece)
        lines += count
        if told:
            told(lines)
    return size + target.write(XBRL_END + book.extensions + BOOK_END)


def _is_multicurrency(store: EntryStore, part: Part) -> bool:
    found = store.connection.execute(
        "SELECT count(*) FROM line WHERE entry BETWEEN $first AND $last AND currency <> ''",
        {"first": part.first, "last": part.last},
    ).fetchone()
    return bool(found and found[0])


def _pieces(store: EntryStore, part: Part, rows: str) -> Iterator[tuple[int, bytes]]:
    """The entries of a part, some thousand lines at once: how many lines, and their bytes."""
    connection = store.connection.cursor()
    prepare(connection)
    connection.execute(rows, {"first": part.first, "last": part.last})
    skipped = len(HEADER_END)
    while batch := connection.fetchmany(_BATCH):
        yield len(batch), b"".join([row[0] for row in batch])[skipped:]
        skipped = 0
    if not skipped:
        yield 0, HEADER_END.encode()
    connection.close()


def _extensions(attachments: Iterable[Attachment]) -> bytes:
    """The element ``extensions`` with the files that go with a journal; nothing if there are none."""
    files = tuple(attachments)
    for name, content in files:
        if len(content) > _LARGEST_PDF or not content.startswith(b"%PDF") or not name.endswith(".pdf"):
            raise problem("ledger.attachment", name=name)
    inside = b"".join(
        b'<extension><defterek:binaryObject filename="%b" mimeCode="application/pdf">%b</defterek:binaryObject>'
        b"</extension>" % (_attribute(name), encodebytes(content))
        for name, content in files
    )
    if not inside:
        return b""
    return b'<extensions xmlns:defterek="http://www.edefter.gov.tr/ek">' + inside + b"</extensions>"


def _attribute(value: str) -> bytes:
    """A text as canonical XML has it in an attribute, where ``>`` stays as it is."""
    plain = " ".join(value.split())
    return escaped(plain).replace("&gt;", ">").replace('"', "&quot;").encode()
