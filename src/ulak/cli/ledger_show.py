"""``ulak ledger show``: what a book, berat or report is, what it comes to, and the lines that are looked for."""

from __future__ import annotations

from io import BytesIO
from typing import Final, cast

from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.inputs import shown
from ulak.cli.keys import print_json
from ulak.cli.ledger_finding import Row, Search, Told, document, told_of
from ulak.cli.outputs import write_output
from ulak.cli.page import Cell, Column, Page, clean
from ulak.cli.session import Session
from ulak.cli.show.voice import Voice
from ulak.errors import Text
from ulak.ledger.berat_problems import problem
from ulak.ledger.names import Kind
from ulak.ledger.reading import head_of
from ulak.ledger.stylesheets import page as page_of
from ulak.xml import MAX_BYTES, parse

__all__ = ["show_book"]

_KINDS: Final[dict[str, Text]] = {
    "Y": Text("Yevmiye defteri", "Journal"),
    "K": Text("Büyük defter", "General ledger"),
    "E": Text("Envanter defteri", "Inventory"),
    "YB": Text("Yevmiye beratı", "Berat of a journal"),
    "KB": Text("Büyük defter beratı", "Berat of a general ledger"),
    "EB": Text("Envanter beratı", "Berat of an inventory"),
    "DR": Text("Defter raporu", "Ledger report"),
}
_ANY: Final = Text("Bilinmeyen belge", "Unknown document")
_SEALED: Final = Text("mühürlü", "sealed")
_UNSEALED: Final = Text("mühürsüz", "not sealed")
_OWNER: Final = Text("Mükellef", "Taxpayer")
_BRANCH: Final = Text("Şube", "Branch")
_PERIOD: Final = Text("Dönem", "Period")
_LABEL: Final = Text("Kontrol no", "Control number")
_UNIQUE: Final = Text("ETTN", "UUID")
_VALUE: Final = Text("Mühür değeri", "Signature value")
_CONTENT: Final = Text("İçerik", "Content")
_SUMS: Final = Text("Toplam", "Totals")
_COUNTS: Final = Text("{entries} kayıt, {lines} satır", "{entries} entries, {lines} lines")
_BOTH: Final = Text("borç {debit}, alacak {credit}", "debit {debit}, credit {credit}")
_FOUND: Final = Text("{count} satır bulundu", "{count} lines found")
_SHOWN: Final = Text(
    "{count} satır bulundu, ilk {limit} gösteriliyor", "{count} lines found, the first {limit} are shown"
)
_HEADS: Final = (
    Text("Satır", "Line"),
    Text("Madde", "Entry"),
    Text("Tarih", "Day"),
    Text("Fiş", "Voucher"),
    Text("Hesap", "Account"),
    Text("Açıklama", "Comment"),
    Text("Borç", "Debit"),
    Text("Alacak", "Credit"),
)
_TOO_LARGE: Final = Text(
    "{size} bayttan büyük defter tek sayfa olamaz.", "A book above {size} bytes is no single page."
)
_SEARCH: Final = Text("Satırları arayın (--account, --voucher …).", "Search its lines (--account, --voucher …).")


def show_book(session: Session, name: str, search: Search, html: str | None, format: str) -> Exit:
    """Show a document, or the first one of a package."""
    one_of(format, ("text", "json"), "--format")
    if html is not None:
        return _as_page(session, name, html)
    with document(name) as source:
        told = told_of(source, search)
    if format == "json":
        print_json(session, [_as_json(told, search)])
    else:
        session.put(_page(session, clean(shown(name)), told, search))
    return Exit.FINDINGS if search.is_wished and not told.found else Exit.OK


# -- Text -------------------------------------------------------------------------------------------------------------


def _page(session: Session, name: str, told: Told, search: Search) -> Page:
    page, voice, head = session.page(), Voice(session.language), told.head
    kind = session.say(_KINDS.get(head.kind, _ANY))
    page.line(Cell(name, "bold"), kind, session.say(_SEALED if head.is_sealed else _UNSEALED))
    sides = _BOTH.format(debit=voice.number(told.debit), credit=voice.number(told.credit))
    amounts = voice.number(told.other) if head.kind == "E" else session.say(sides)
    facts = (
        (_OWNER, f"{head.tax_id} {head.title}"),
        (_BRANCH, f"{head.branch} {head.branch_name}".strip()),
        (_PERIOD, f"{voice.day(head.start)} – {voice.day(head.end)}"),
        (_LABEL, head.label),
        (_UNIQUE, head.unique),
        (_CONTENT, session.say(_COUNTS.format(entries=told.entries, lines=told.lines)) if told.lines else ""),
        (_SUMS, f"{amounts} TL" if told.lines else ""),
        (_VALUE, _short(head.signature_value)),
    )
    for label, value in facts:
        if value:
            page.labelled(session.say(label), value, indent=2, gap=16)
    if search.is_wished:
        _rows(session, page, told, search)
    return page


def _rows(session: Session, page: Page, told: Told, search: Search) -> None:
    page.blank()
    said = (_SHOWN if told.found > search.limit else _FOUND).format(count=told.found, limit=search.limit)
    page.line(Cell(session.say(said), "bold" if told.found else "yellow"))
    voice = Voice(session.language)
    columns = [
        Column(session.say(head), right=place in (0, 1, 6, 7), flexible=place == 5) for place, head in enumerate(_HEADS)
    ]
    page.table(columns, [_cells(voice, row) for row in told.rows], indent=2)


def _cells(voice: Voice, row: Row) -> tuple[str, ...]:
    entry, line = row
    amount = voice.number(line.amount) if line.amount is not None else ""
    return (
        line.number,
        line.counter or entry.counter,
        voice.day(line.posted or entry.entered),
        entry.number or line.document_reference,
        line.sub or line.main,
        line.comment or entry.comment or line.sub_name or line.main_name,
        amount if line.side != "C" else "",
        amount if line.side == "C" else "",
    )


def _short(value: str) -> str:
    return f"{value[:24]}…{value[-8:]}" if len(value) > 40 else value


# -- JSON and HTML ----------------------------------------------------------------------------------------------------


def _as_json(told: Told, search: Search) -> dict[str, object]:
    head = told.head
    return {
        "kind": head.kind,
        "tax_id": head.tax_id,
        "title": head.title,
        "branch": head.branch,
        "start": head.start,
        "end": head.end,
        "label": head.label,
        "unique": head.unique,
        "sealed": head.is_sealed,
        "signature_value": head.signature_value,
        "entries": told.entries,
        "lines": told.lines,
        "debit": str(told.debit),
        "credit": str(told.credit),
        "found": told.found if search.is_wished else None,
        "rows": [
            {
                "line": line.number,
                "entry": line.counter or entry.counter,
                "day": line.posted or entry.entered,
                "voucher": entry.number or line.document_reference,
                "account": line.sub or line.main,
                "account_name": line.sub_name or line.main_name,
                "comment": line.comment or entry.comment,
                "amount": str(line.amount) if line.amount is not None else None,
                "side": line.side,
            }
            for entry, line in told.rows
        ],
    }


def _as_page(session: Session, name: str, html: str) -> Exit:
    """Write a document as a page, by the stylesheet for its kind."""
    with document(name) as source:
        data = source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise usage(_TOO_LARGE.format(size=MAX_BYTES), _SEARCH)
    kind = head_of(BytesIO(data)).kind
    if kind not in _KINDS:
        raise problem("berat.no-book", kind=Text(kind or "?", kind or "?"))
    write_output(session, page_of(parse(data), cast(Kind, kind)), html)
    return Exit.OK
