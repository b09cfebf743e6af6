"""``ulak ledger check``: entries before books are made of them; books, berats and packages before they go."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import BinaryIO, Final

from ulak.cli.errors import Exit, day_of, usage
from ulak.cli.inputs import InputError, shown
from ulak.cli.judging import Wish, exit_of, rendered, store
from ulak.cli.keys import print_json
from ulak.cli.ledger_input import EntriesWish, taken_in
from ulak.cli.page import Cell, Page, Style, clean
from ulak.cli.seeking import seekable
from ulak.cli.session import Session
from ulak.cli.show.voice import Voice
from ulak.errors import Text, UlakError
from ulak.ledger.berat_problems import problem
from ulak.ledger.checking import Checked, Group, check
from ulak.ledger.judging import judge
from ulak.ledger.names import FileName
from ulak.ledger.packages import contents, opened
from ulak.rules import Finding, Level, Report, Verdict
from ulak.seal.xades import ISTANBUL

__all__ = ["check_files", "found_page", "judged", "today"]

_DOCUMENTS: Final = (".xml", ".zip")
_NO_MONTH: Final = Text("Muhasebe kayıtlarını denetlemek için --month gerekir.", "To check entries, --month is needed.")
_WRITE_MONTH: Final = Text("Yıl-ay olarak yazın: 2026-11.", "Write it as year-month: 2026-11.")
_MIXED: Final = Text(
    "Muhasebe kayıtları ile defterler birlikte denetlenmez.", "Entries and books are not checked together."
)
_ONE_KIND: Final = Text("Ayrı ayrı verin.", "Give them separately.")
_HEAD: Final = Text(
    "{lines} satır, {entries} madde; borç {debit}, alacak {credit} TL",
    "{lines} lines, {entries} entries; debit {debit}, credit {credit} TRY",
)
_FINE: Final = Text("Defter oluşturulabilir.", "Books can be made.")
_NOT_FINE: Final = Text(
    "Hatalar düzeltilmeden defter oluşturulamaz.", "No book can be made before the errors are gone."
)
_WORDS: Final[dict[str, tuple[Text, Style]]] = {
    "error": (Text("hata", "error"), "bold red"),
    "warning": (Text("uyarı", "warning"), "yellow"),
}
_REPAIR: Final = Text("Çözüm", "Repair")
_WHERE: Final = Text("Yer", "Where")
_PLACE: Final = Text("{source}, satır {row}", "{source}, row {row}")
_MORE: Final = Text("… ve {count} yer daha", "… and {count} more")
_MOST_PLACES: Final = 8


def today() -> date:
    """The business day."""
    return datetime.now(ISTANBUL).date()


def check_files(
    session: Session,
    names: Sequence[str],
    wish: EntriesWish,
    as_of: str | None,
    *,
    is_sealed: bool,
    format: str,
) -> Exit:
    """Check entries, or judge books, berats, reports and packages; by the ending of their names."""
    day = day_of(as_of, "--as-of") or today()
    documents = [name for name in names if name.lower().endswith(_DOCUMENTS)]
    if documents and len(documents) < len(names):
        raise usage(_MIXED, _ONE_KIND)
    if documents:
        return _judge(session, documents, day, is_sealed, format)
    if wish.month is None:
        raise usage(_NO_MONTH, _WRITE_MONTH)
    with taken_in(session, names, wish) as entries:
        found = check(entries, wish.expected(wish.month, day))
    if format == "json":
        print_json(session, [_as_json(session, found)])
    else:
        session.put(found_page(session, found))
    return Exit.OK if found.may_build else Exit.FINDINGS


# -- Entries ----------------------------------------------------------------------------------------------------------


def found_page(session: Session, found: Checked) -> Page:
    """What was found in entries: each kind of finding once, with its first places."""
    page, voice = session.page(), Voice(session.language)
    facts = {"lines": found.lines, "entries": found.entries}
    sums = {"debit": voice.number(found.debit), "credit": voice.number(found.credit)}
    page.line(Cell(session.say(_HEAD.format(**facts, **sums)), "bold"))
    page.line(Cell(session.say(_FINE if found.may_build else _NOT_FINE), "green" if found.may_build else "red"))
    for group in found.groups:
        page.blank()
        _group(session, page, group)
    return page


def _group(session: Session, page: Page, group: Group) -> None:
    word, style = _WORDS[group.level]
    times = f"×{group.count}" if group.count > 1 else ""
    page.line(Cell(session.say(word), style), Cell(group.code, "bold"), Cell(times, "bold"), Cell(group.origin, "dim"))
    page.paragraph(session.say(group.text), indent=2)
    page.labelled(session.say(_REPAIR), session.say(group.repair), indent=2, style="green")
    label = session.say(_WHERE)
    for example in group.examples[:_MOST_PLACES]:
        row = _PLACE.format(source=example.source, row=example.row) if example.row else Text(*[example.source] * 2)
        parts = (session.say(row), example.column, f"“{example.value}”" if example.value else "")
        page.labelled(label, " · ".join(filter(None, parts)), indent=2, style="cyan")
        label = ""
    if group.count > _MOST_PLACES:
        page.labelled("", session.say(_MORE.format(count=group.count - _MOST_PLACES)), indent=2, style="dim")


def _as_json(session: Session, found: Checked) -> dict[str, object]:
    return {
        "may_build": found.may_build,
        "entries": found.entries,
        "lines": found.lines,
        "debit": str(found.debit),
        "credit": str(found.credit),
        "findings": [
            {
                "code": group.code,
                "level": group.level,
                "text": session.say(group.text),
                "repair": session.say(group.repair),
                "origin": group.origin,
                "count": group.count,
                "examples": [
                    {"source": one.source, "row": one.row, "column": one.column, "value": one.value}
                    for one in group.examples
                ],
            }
            for group in found.groups
        ],
    }


# -- Documents --------------------------------------------------------------------------------------------------------


def _judge(session: Session, names: Sequence[str], day: date, is_sealed: bool, format: str) -> Exit:
    wish = Wish(language=session.language, width=session.width, colour=session.colour)
    worst = Exit.OK
    reports = []
    for name in names:
        for report in judged(name, day, is_sealed):
            worst = max(worst, exit_of(report))
            reports.append(report)
            if format == "text":
                session.put_bytes(rendered(report, wish))
    if format == "json":
        print_json(session, [report.as_json(session.language) for report in reports])
    return worst


def judged(name: str, day: date, is_sealed: bool) -> Iterator[Report]:
    """The judgement of a document, or of each one in a package."""
    try:
        with seekable(name) as file:
            if name.lower().endswith(".zip"):
                yield from _judged_package(name, file, day)
            else:
                yield _by_name(file, os.path.basename(shown(name)), day, is_sealed).named(clean(shown(name)))
    except (InputError, UlakError) as error:
        yield _refused(error, clean(shown(name)))


def _judged_package(name: str, file: BinaryIO, day: date) -> Iterator[Report]:
    base = os.path.basename(shown(name))
    wanted = [each.xml for each in contents(FileName.parse(base))]
    with opened(file) as package:
        for document in wanted:
            if document not in package.names:
                raise problem("berat.missing-file", package=base, file=document)
        for document in package.names:
            if document not in wanted:
                raise problem("berat.foreign-file", package=base, file=clean(document)[:100])
            with package.open(document) as source:
                yield _by_name(source, document, day, True).named(f"{clean(shown(name))}/{document}")


def _by_name(source: BinaryIO, file: str, day: date, is_sealed: bool) -> Report:
    FileName.parse(file)
    return judge(source, file, store(), on=day, is_sealed=is_sealed)


def _refused(error: UlakError, file: str) -> Report:
    unread = error.code.startswith(("file.", "rules.", "pack"))
    verdict, level = (Verdict.COULD_NOT_JUDGE, Level.ENGINE) if unread else (Verdict.INVALID, Level.ERROR)
    finding = Finding(error.code, level, error.text, error.text, error.repair, error.where, error.line)
    return Report(verdict, (finding,), file=file)
