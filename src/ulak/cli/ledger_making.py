"""The documents of one run of ``ulak ledger build``, on their way: written, judged, sealed, handed over."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from ulak.cli.errors import Exit, usage
from ulak.cli.inputs import Source, read, shown
from ulak.cli.judging import Wish, exit_of, rendered, store
from ulak.cli.ledger_check import found_page, today
from ulak.cli.ledger_input import EntriesWish
from ulak.cli.ledger_package import pack
from ulak.cli.ledger_seal import Seal, Sealer, refuse_there, written
from ulak.cli.session import Session
from ulak.cli.show.voice import Voice
from ulak.errors import Text
from ulak.ledger.berats import Counted, berat
from ulak.ledger.checking import check
from ulak.ledger.heads import CODES
from ulak.ledger.inventory import Item, write_inventory
from ulak.ledger.inventory_input import InventoryFile
from ulak.ledger.judging import judge
from ulak.ledger.names import FileName
from ulak.ledger.numbering import number
from ulak.ledger.planning import plan
from ulak.ledger.reading import head_of
from ulak.ledger.report import balances_of, report
from ulak.ledger.scanning import last_numbers, sums_of_file
from ulak.ledger.store import EntryStore
from ulak.ledger.stylesheets import NAMES, stylesheet
from ulak.ledger.totals import main_sums, reconcile, totals, trial_balance
from ulak.ledger.values import UNDIVIDED, BookKind, Company, Month, Part
from ulak.ledger.writing import unique_id, write_journal, write_ledger

__all__ = ["BuildWish", "Maker"]

_PART: Final = Text(
    "{start} – {end} · {entries} madde ({first}–{last}), {lines} satır",
    "{start} – {end} · {entries} entries ({first}–{last}), {lines} lines",
)
_INVENTORY: Final = Text(
    "envanter · {entries} kayıt, {lines} satır, {amount} TL",
    "inventory · {entries} entries, {lines} lines, {amount} TRY",
)
_REPORT_LATER: Final = Text(
    "Defter raporu oluşturulmadı: ayın önceki parçalarının kayıtları bu dosyalarda yok. "
    "Raporu ayın bütün büyük defterlerinden oluşturun: ulak ledger berat --report K-DOSYALARI",
    "No ledger report was made: the entries of the month's earlier parts are not in these files. "
    "Make it from all general ledgers of the month: ulak ledger berat --report K-FILES",
)
_NEXT: Final = Text(
    "Sonraki defter: --first-entry {entry} --first-line {line} --serial {serial}",
    "The next book: --first-entry {entry} --first-line {line} --serial {serial}",
)
_GAP: Final = Text(
    "{file} {entry}. maddede, {line}. satırda bitiyor; bu parça {first}. maddeden, {start}. satırdan başlıyor.",
    "{file} ends with entry {entry}, line {line}; this part begins with entry {first}, line {start}.",
)
_GO_ON: Final = Text(
    "--first-entry {entry} --first-line {line} verin; numaralar dışa aktarımdaysa onları düzeltin.",
    "Give --first-entry {entry} --first-line {line}; if the export has numbers, correct them.",
)
_CHECKING: Final = Text("Kayıtlar denetleniyor…", "Checking the entries…")
_WRITING: Final = Text("Defterler yazılıyor: parça {at}/{of}…", "Writing the books: part {at} of {of}…")
_JUDGING: Final = Text("{file} GİB'in kurallarıyla denetleniyor…", "Judging {file} by GİB's rules…")
_SEALING: Final = Text("{file} mühürleniyor…", "Sealing {file}…")
_STYLES: Final = Text("okumak için", "to read them with")
_KINDS: Final[dict[str, Text]] = {
    "YB": Text("yevmiye beratı", "berat of the journal"),
    "KB": Text("büyük defter beratı", "berat of the general ledger"),
    "EB": Text("envanter beratı", "berat of the inventory"),
    "DR": Text("defter raporu", "ledger report"),
}


class BuildWish(NamedTuple):
    """How to build.

    Attributes:
        entries: which month of which company; both are known.
        since, until: the days of books that are made in mid-month, or after such.
        part: number of the first part, where the month is divided.
        limit: bytes of a sealed book.
        serial: number of the first book of its kind in the fiscal year, for ``uniqueID``.
    """

    entries: EntriesWish
    until: date | None
    since: date | None
    part: int
    limit: int
    serial: int
    output: str
    sealer: Sealer | None
    is_checked: bool

    @property
    def month(self) -> Month:
        assert self.entries.month is not None
        return self.entries.month

    @property
    def company(self) -> Company:
        assert self.entries.company is not None
        return self.entries.company

    @property
    def branch(self) -> str:
        return self.company.branch.number if self.company.branch else ""

    def name(self, kind: BookKind, part: str) -> FileName:
        """What a book is called."""
        return FileName(self.company.tax_id, self.month, kind, part, self.branch)


class Made(NamedTuple):
    """A document in the place where it is made, and what is said of it."""

    name: FileName
    said: Text
    counted: Counted | None = None


class Maker:
    """The documents of one run, on their way."""

    def __init__(self, session: Session, wish: BuildWish, aside: Path) -> None:
        self._session, self._wish, self._aside = session, wish, aside
        self._made: list[Made] = []
        self._report: bytes | None = None
        self._next: Text | None = None

    def _tell(self, step: Text) -> None:
        """Say what is being done to a person who waits."""
        if self._session.watched:
            self._session.tell(self._session.say(step) + "\n")

    # -- Made -------------------------------------------------------------------------------------------------------

    def books(self, entries_of: EntryStore) -> Exit:
        """Journal and general ledger of every part."""
        wish = self._wish
        self._tell(_CHECKING)
        found = check(entries_of, wish.entries.expected(wish.month, today()))
        if not found.may_build or found.warnings:
            self._session.tell(found_page(self._session, found))
        if not found.may_build:
            return Exit.FINDINGS
        numbered = number(entries_of, wish.entries.first_entry, wish.entries.first_line)
        parts = plan(
            entries_of,
            wish.month,
            until=wish.until,
            since=wish.since,
            first_part=wish.part,
            limit=wish.limit,
            company=wish.company,
        )
        self._hold_to_book_before(entries_of, parts[0])
        for place, part in enumerate(parts):
            self._tell(_WRITING.format(at=place + 1, of=len(parts)))
            self._both(entries_of, part, wish.serial + place)
        last = next((totals(entries_of, part) for part in reversed(parts) if part.entries), None)
        entry, line = (last.last_entry, last.last_line) if last else (numbered.last_entry, numbered.last_line)
        self._next = _NEXT.format(entry=(entry or 0) + 1, line=(line or 0) + 1, serial=wish.serial + len(parts))
        if parts[-1].end == wish.month.last:
            self._conclude(entries_of, wish.serial + len(parts) - 1)
        worst = max((self._agreeing(entries_of, part) for part in parts), default=Exit.OK)
        return max(worst, self._judged())

    def _hold_to_book_before(self, entries_of: EntryStore, part: Part) -> None:
        """See that a part goes on where the one before it ended, if that is in the folder and of the same fiscal year.

        Raises:
            UlakError: ``cli.usage``.
        """
        wish = self._wish
        path = Path(wish.output) / wish.name("Y", f"{wish.part - 1:06}").xml
        if wish.since is None or not part.entries or not path.is_file():
            return
        with path.open("rb") as source:
            is_of_year = head_of(source).company.fiscal_start == wish.company.fiscal_start
            ended = last_numbers(source) if is_of_year else None
        begins = totals(entries_of, part)
        if ended is not None and (begins.first_entry, begins.first_line) != (ended[0] + 1, ended[1] + 1):
            text = _GAP.format(
                file=path.name, entry=ended[0], line=ended[1], first=begins.first_entry, start=begins.first_line
            )
            raise usage(text, _GO_ON.format(entry=ended[0] + 1, line=ended[1] + 1))

    def inventory(self, names: Sequence[str]) -> Exit:
        """The inventory, as of the last day of the month or the day that is wished for."""
        wish = self._wish
        day = wish.until or wish.month.last
        for name in names:
            read(Source(shown(name), name), 0)
        with ExitStack() as stack:
            files = [InventoryFile(stack.enter_context(open(name, "rb"))) for name in names]
            parts = write_inventory(
                _All(files),
                wish.company,
                day,
                lambda part: stack.enter_context((self._aside / f"{part}.part").open("wb")),
                at=today(),
                unique=lambda part: unique_id("E", wish.month, wish.serial + part - 1),
                limit=wish.limit,
                first_entry=wish.entries.first_entry,
                first_line=wish.entries.first_line,
            )
        for place, part in enumerate(parts, 1):
            book = wish.name("E", UNDIVIDED if len(parts) == 1 else f"{place:06}")
            os.replace(self._aside / f"{place}.part", self._aside / book.xml)
            amount = Voice(self._session.language).number(part.amount)
            said = _INVENTORY.format(entries=part.entries, lines=part.lines, amount=amount)
            self._made.append(Made(book, said, Counted(part.entries, {})))
        return self._judged()

    def _both(self, entries_of: EntryStore, part: Part, serial: int) -> None:
        wish = self._wish
        sums = main_sums(entries_of, part)
        kinds: tuple[BookKind, ...] = ("Y", "K")
        for kind in kinds:
            name = wish.name(kind, part.number)
            write = write_journal if kind == "Y" else write_ledger
            with (self._aside / name.xml).open("wb") as target:
                write(entries_of, wish.company, part, target, at=today(), unique=unique_id(kind, wish.month, serial))
            self._made.append(Made(name, _said_of(part), Counted(part.entries, sums)))

    def _conclude(self, entries_of: EntryStore, serial: int) -> None:
        """Make the month's report, unless the entries of its earlier parts are not among the files."""
        since, first = self._wish.since, self._wish.month.first
        if since is None or since <= first or balances_of(entries_of, first, since - timedelta(days=1)):
            self._report = self._report_of(entries_of, serial)
        elif self._wish.sealer is not None:
            self._session.tell(self._session.say(_REPORT_LATER) + "\n")

    def _report_of(self, entries_of: EntryStore, serial: int) -> bytes:
        month = self._wish.month
        label = f"{CODES['K']}{month}{serial:06}"
        balances = balances_of(entries_of, month.first, month.last)
        return report(self._wish.company, month, balances, str(uuid4()), label=label, created=today())

    # -- Judged -----------------------------------------------------------------------------------------------------

    def _agreeing(self, entries_of: EntryStore, part: Part) -> Exit:
        """Whether both books of a part and the trial balance agree."""
        if not self._wish.is_checked:
            return Exit.OK
        sums = []
        for kind in ("Y", "K"):
            with (self._aside / self._wish.name(kind, part.number).xml).open("rb") as book:
                sums.append(sums_of_file(book))
        found = reconcile(sums[0], sums[1], trial_balance(entries_of, part))
        for difference in found:
            page = self._session.error_page()
            page.paragraph(f"{self._session.say(difference.text)} [{difference.code}]", style="red")
            page.paragraph(self._session.say(difference.repair), indent=2)
            self._session.tell(page)
        return Exit.FINDINGS if found else Exit.OK

    def _judged(self) -> Exit:
        """Whether GİB's rules let the books pass; the seals are yet to come."""
        worst = Exit.OK
        for made in self._made if self._wish.is_checked else ():
            self._tell(_JUDGING.format(file=made.name.xml))
            with (self._aside / made.name.xml).open("rb") as book:
                said = judge(book, made.name.xml, store(), on=today(), is_sealed=False)
            if (code := exit_of(said)) is not Exit.OK:
                width, colour = self._session.width, self._session.colour_of_errors
                wish = Wish(language=self._session.language, width=width, colour=colour)
                self._session.tell(rendered(said, wish).decode())
                worst = max(worst, code)
        return worst

    # -- Sealed -----------------------------------------------------------------------------------------------------

    def sealed(self, stack: ExitStack) -> None:
        """Seal the books, make and seal their berats, and the report if the month is complete."""
        assert self._wish.sealer is not None
        seal = stack.enter_context(self._wish.sealer.opened(self._session))
        for made in tuple(self._made):
            self._tell(_SEALING.format(file=made.name.xml))
            path = self._aside / made.name.xml
            beside = path.with_suffix(".sealed")
            with path.open("rb") as source, beside.open("wb") as target:
                seal(source, target)
            os.replace(beside, path)
            with path.open("rb") as book:
                document = berat(book, str(uuid4()), made.counted)
            self._put_sealed(made.name.berat, document, seal)
        if self._report is not None:
            self._put_sealed(self._made[0].name.report, self._report, seal)

    def _put_sealed(self, name: FileName, document: bytes, seal: Seal) -> None:
        with (self._aside / name.xml).open("wb") as target:
            seal(BytesIO(document), target)
        self._made.append(Made(name, _KINDS[name.kind]))

    # -- Handed over ------------------------------------------------------------------------------------------------

    def handed_over(self, folder: Path) -> None:
        """Put everything in its place, the packages last."""
        files = {made.name.xml: made.said for made in self._made}
        for made in self._made:
            if made.name.is_berat:
                files[made.name.zip] = pack(self._aside, made.name, self._aside)
        refuse_there(folder, files)
        for file, said in files.items():
            os.replace(self._aside / file, folder / file)
            written(self._session, folder / file, said)
        for style in NAMES:
            (folder / style).write_bytes(stylesheet(style))
        written(self._session, folder / ", ".join(NAMES), _STYLES)
        if self._next is not None:
            self._session.put(self._session.say(self._next) + "\n")


class _All:
    """The items of several files, one behind another, as often as they are asked for."""

    def __init__(self, files: Sequence[InventoryFile]) -> None:
        self._files = files

    def __iter__(self) -> Iterator[Item]:
        for file in self._files:
            yield from file


def _said_of(part: Part) -> Text:
    days = {"start": f"{part.start:%d.%m.%Y}", "end": f"{part.end:%d.%m.%Y}"}
    return _PART.format(**days, entries=part.entries, first=part.first, last=part.last, lines=part.lines)
