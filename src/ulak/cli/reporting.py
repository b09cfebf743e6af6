"""``ulak report build``: sealed documents in, reports out."""

from __future__ import annotations

import os
import re
import tempfile
from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from uuid import uuid4

from lxml import etree

from ulak.cli.errors import Exit, day_of, usage
from ulak.cli.inputs import InputError, Source, expand, read, shown
from ulak.cli.judging import Wish, exit_of, rendered, store
from ulak.cli.page import Cell, clean
from ulak.cli.reporting_seal import Sealer
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.reports import Entry, Facts, Header, Product, ReportError, ReportWriter, cancelled_document, check, issued
from ulak.reports.entries import signing_time
from ulak.reports.problems import problem
from ulak.reports.values import ISTANBUL
from ulak.xml import MAX_BYTES, XmlError, parse

__all__ = ["BuildWish", "build_reports", "head_of"]

_MONTH: Final = re.compile(r"\d{4}-\d\d")
_COUNT: Final = re.compile(r"[1-9]\d{0,8}")
_NO_MONTH: Final = Text("--period: “{text}” bir ay değil.", "--period: “{text}” is no month.")
_WRITE_MONTH: Final = Text("Yıl-ay olarak yazın: 2026-11.", "Write it as year-month: 2026-11.")
_NO_COUNT: Final = Text("--section-no: “{text}” bir sıra numarası değil.", "--section-no: “{text}” is no number.")
_WRITE_COUNT: Final = Text("1'den başlayan bir sayı yazın.", "Write a number from 1.")
_LINE: Final = Text("{count} kayıt, bölüm {no}", "{count} entries, section {no}")
_NOTHING: Final = Text(
    "Yukarıdakiler düzeltilmeden rapor yazılmadı.", "No report was written; correct the above first."
)


class BuildWish(NamedTuple):
    """How to build.

    Attributes:
        head: of the first report; further ones count on and have numbers of their own.
        url: address of a document, with ``{uuid}`` or ``{number}`` where these belong.
        output: folder.
    """

    head: Header
    url: str
    output: str
    sealer: Sealer | None
    is_checked: bool


class _Built(NamedTuple):
    """A report that was written, in a place that is not yet its own."""

    path: Path
    header: Header
    product: Product
    entries: int


def head_of(
    taxpayer: str, preparer: str | None, period: str | None, day: str | None, section_no: str, number: str | None
) -> Header:
    """The head that the options describe: a month and one day of it; without a day the whole month.

    Raises:
        UlakError: ``cli.usage``.
    """
    section = day_of(day, "--section")
    month = period or (section or datetime.now(ISTANBUL).date()).isoformat()[:7]
    if not _MONTH.fullmatch(month) or not 1 <= int(month[5:]) <= 12 or int(month[:4]) < 1:
        raise usage(_NO_MONTH.format(text=month), _WRITE_MONTH)
    if not _COUNT.fullmatch(section_no):
        raise usage(_NO_COUNT.format(text=section_no), _WRITE_COUNT)
    first = date(int(month[:4]), int(month[5:]), 1)
    whole = (first, first.replace(day=monthrange(first.year, first.month)[1]))
    return Header(
        taxpayer,
        preparer or taxpayer,
        number or str(uuid4()).upper(),
        whole,
        whole if section is None else (section, section),
        int(section_no),
    )


def build_reports(session: Session, names: Sequence[str], cancelled: Sequence[str], wish: BuildWish) -> Exit:
    """Write the reports of sealed documents: one per product, more where 100 MB do not hold them.

    Nothing is written if a document cannot be reported, or a report would be refused.
    """
    folder = Path(wish.output)
    _make(folder)
    with ExitStack() as stack:
        aside = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder, prefix=".ulak-")))
        shelf = _Shelf(aside, wish.head)
        worst = _gathered(session, names, cancelled, wish, shelf)
        built = shelf.end() if worst is Exit.OK else []
        for report in built if wish.is_checked else ():
            worst = max(worst, _checked(session, report))
        if worst is not Exit.OK:
            session.tell(_told(session, _NOTHING))
            return worst
        key = stack.enter_context(wish.sealer.key(session)) if wish.sealer else None
        for report in built:
            packed = [] if wish.sealer is None or key is None else [wish.sealer.package(report.path, key)]
            for path in (report.path, *packed):
                os.replace(path, folder / path.name)
                _line(session, folder / path.name, report)
    return Exit.OK


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = error.strerror or str(error)
        raise InputError(
            "file.unwritable",
            Text(f"{folder} yapılamadı: {detail}", f"{folder} could not be made: {detail}"),
            Text("Başka bir klasör verin.", "Name another folder."),
        ) from None


class _Shelf:
    """The reports that are being written: one per product at a time."""

    def __init__(self, folder: Path, head: Header) -> None:
        self._folder = folder
        self._next = head
        self._open: dict[Product, tuple[ReportWriter, BinaryIO, Header]] = {}
        self._built: list[_Built] = []

    def add(self, entry: Entry) -> None:
        if entry.product in self._open and self._open[entry.product][0].is_full(entry):
            self._close(entry.product)
        if entry.product not in self._open:
            self._begin(entry.product)
        self._open[entry.product][0].add(entry)

    def _begin(self, product: Product) -> None:
        header = self._next
        self._next = header._replace(number=str(uuid4()).upper(), section_no=header.section_no + 1)
        file = (self._folder / f"{header.number}.xml").open("wb")
        self._open[product] = ReportWriter(file, header, product), file, header

    def _close(self, product: Product) -> None:
        writer, file, header = self._open.pop(product)
        writer.end()
        file.close()
        self._built.append(_Built(Path(file.name), header, product, writer.count))

    def end(self) -> list[_Built]:
        """All of them, closed.

        Raises:
            ReportError: ``report.empty``.
        """
        for product in [*self._open]:
            self._close(product)
        if not self._built:
            raise problem("report.empty")
        return self._built


def _gathered(session: Session, names: Sequence[str], cancelled: Sequence[str], wish: BuildWish, shelf: _Shelf) -> Exit:
    """Every document put into its report; what is wrong with which is said on standard error."""
    worst = Exit.OK
    for source, is_cancelled in _sources(names, cancelled):
        try:
            shelf.add(_entry(read(source, MAX_BYTES), wish, is_cancelled=is_cancelled))
        except (InputError, ReportError, XmlError) as error:
            page = session.error_page()
            page.line(Cell(f"✗ {source.name}", "bold red"))
            page.paragraph(session.say(error.text), indent=2)
            page.paragraph(session.say(error.repair), indent=2, style="dim")
            session.tell(page)
            worst = max(worst, Exit.FINDINGS if isinstance(error, ReportError) else Exit.UNREADABLE)
    return worst


def _sources(names: Sequence[str], cancelled: Sequence[str]) -> Iterator[tuple[Source, bool]]:
    for source in expand(names, MAX_BYTES):
        yield source, False
    for source in expand(cancelled, MAX_BYTES):
        yield source, True


def _entry(document: bytes, wish: BuildWish, *, is_cancelled: bool) -> Entry:
    if is_cancelled:
        return cancelled_document(document, wish.head.section[1])
    root = parse(document)
    at = signing_time(root)
    if at is None:
        raise problem("report.unsealed", where=f"/{etree.QName(root).localname}")
    told = {name: (root.findtext(f"{{*}}{tag}") or "").strip() for name, tag in (("uuid", "UUID"), ("number", "ID"))}
    url = wish.url
    for name, value in told.items():
        url = url.replace(f"{{{name}}}", value)
    return issued(document, Facts(url, at))


def _checked(session: Session, report: _Built) -> Exit:
    today = datetime.now(ISTANBUL).date()
    with report.path.open("rb") as file:
        said = check(file, store(), day=today, product=report.product, is_sealed=False, file=report.path.name)
    code = exit_of(said)
    if code is not Exit.OK:
        wish = Wish(language=session.language, width=session.width, colour=session.colour_of_errors)
        session.tell(rendered(said, wish).decode())
    return code


def _told(session: Session, text: Text) -> str:
    page = session.error_page()
    page.paragraph(session.say(text), style="yellow")
    return str(page)


def _line(session: Session, path: Path, report: _Built) -> None:
    facts = _LINE.format(count=report.entries, no=report.header.section_no)
    session.put(f"{clean(shown(str(path)))}  {report.product}  {session.say(facts)}\n")
