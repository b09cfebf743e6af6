"""A report's package made of its entries: read, written, sealed and packed in bounded memory, kept in one transaction.

It is made in steps, between which others work in the same process. No step holds a row: whatever comes meanwhile waits
for the next report, and a process that dies leaves a report that is handed out again when its lease ends. An entry that
cannot be written is put aside, and keeps nobody else back.
"""

from __future__ import annotations

import json
import tempfile
from calendar import monthrange
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from typing import IO, Any, BinaryIO, Final, NamedTuple, cast
from uuid import UUID

import structlog
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from ulak import reports
from ulak.errors import UlakError
from ulak.lifecycle import reports as law
from ulak.seal.large import seal_large, zip_report
from ulak.seal.trust import Trust
from ulak.seal.trust.stamping import TimeStamper
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped, widen
from ulak_server.documents.judging import error_of_problem
from ulak_server.exchange.keys import Borrowed, KeyRing, authority, trust
from ulak_server.exchange.law import happening, worker
from ulak_server.exchange.models_of_reports import What
from ulak_server.exchange.reports import keeping
from ulak_server.exchange.reports.checking import Judge
from ulak_server.exchange.reports.problems import reporting_error
from ulak_server.exchange.reports.reading import Cargo, Line, element_of, lines_of
from ulak_server.exchange.rooms import DOCUMENTS, REPORTS
from ulak_server.exchange.shell import Shell
from ulak_server.taxpayers import services as taxpayers

__all__ = ["Build"]

_LOG: Final = structlog.get_logger("ulak_server.reports")
_AT_ONCE: Final = 300
"""Entries of one step."""
_NEXT_TRY: Final = timedelta(days=1)
"""After which an entry that could not be written is tried again; operators are alarmed each time."""
_PROLONG: Final = timedelta(minutes=3)
_OF_THE_REPORT: Final = frozenset({"reporting.header-invalid", "report.header"})
"""Codes that time does not remove. Keys, trust and time stamps come back for all reports at once, by themselves."""
_ASIDE: Final = """
UPDATE exchange_report_entry e SET report_id = NULL, error = v.error::jsonb, ready_at = %s
FROM unnest(%s::bigint[], %s::text[]) AS v(id, error) WHERE e.id = v.id AND e.report_id = %s
"""
_LATER: Final = """
UPDATE exchange_report_entry SET report_id = NULL, ready_at = least(ready_at, %s)
WHERE report_id = %s AND (id = ANY (%s) OR id > %s)
"""


class _Aside(NamedTuple):
    """An entry that cannot be written, and why."""

    line: Line
    error: UlakError


class Build:
    """One report while it is built.

    Args:
        report: `raporNo`.
        keys: the integrator's key seals it.
        stamper, judge: None: those of ``ULAK_TSA`` and ``ULAK_TRUST``.
        at_once: entries of one step.
    """

    def __init__(
        self,
        report: UUID,
        keys: KeyRing,
        stamper: TimeStamper | None = None,
        judge: Trust | None = None,
        *,
        at_once: int = _AT_ONCE,
    ) -> None:
        self.report, self._keys, self._stamper, self._trust, self._most = report, keys, stamper, judge, at_once
        self._aside: list[_Aside] = []
        self._later: list[int] = []
        self._last = 0
        self._left = False
        self._counts: Counter[int] = Counter()
        self._taxpayer = 0

    def steps(self) -> Generator[None, None, None]:
        """Do it; what is yielded are the moments between two steps. It tells the report how it ended.

        Raises:
            DatabaseError: the database went away; the lease ends, and it is begun anew.
        """
        try:
            yield from self._steps()
        except DatabaseError:
            raise
        except Exception as error:
            self._failed(error)

    # -- the steps -----------------------------------------------------------------------------------------------------

    def _steps(self) -> Generator[None, None, None]:
        with ExitStack() as stack:
            key = Borrowed(self._keys)
            plain, sealed, packed = (stack.enter_context(_file()) for _ in range(3))
            header, product = self._head(key.certificate.tax_id or "")
            writer = reports.ReportWriter(plain, header, product)
            yield from self._written(writer, Judge(header, product, clock.today()))
            if not writer.count:
                self._ended(law.Emptied())
                return
            writer.end()
            self._seal(plain, sealed, key)
            yield
            size = zip_report(sealed, packed, f"{self.report}.xml")
            yield
            self._keep(packed, size)

    def _seal(self, plain: BinaryIO, sealed: BinaryIO, key: Borrowed) -> None:
        """XAdES-A with time stamps (e-Arşiv Kılavuzu V1.18, 4)."""
        stamper, judge = self._stamper or authority(), self._trust or trust()
        if stamper is None:
            raise reporting_error("reporting.no-stamper")
        if judge is None:
            raise reporting_error("reporting.no-trust")
        seal_large(plain, sealed, key, at=clock.now(), trusted=key.trusted, stamper=stamper, trust=judge)

    def _head(self, preparer: str) -> tuple[reports.Header, reports.Product]:
        with scoped(Role.PIPELINE), connection.cursor() as cursor:
            cursor.execute(
                "SELECT taxpayer_id, product, month, day, section_no FROM exchange_report WHERE id = %s", [self.report]
            )
            found = cursor.fetchone()
        if found is None:
            raise reporting_error("reporting.no-report")
        self._taxpayer, product, month, day, section_no = found
        with scoped(Role.PIPELINE, [self._taxpayer]):
            number = taxpayers.of(self._taxpayer).number
        header = reports.Header(number, preparer, str(self.report), _whole(month), (day, day), section_no)
        return header, reports.Product(product)

    def _written(self, writer: reports.ReportWriter, judge: Judge) -> Iterator[None]:
        """Entry after entry, until there are no more or no more have room."""
        told = clock.now()
        while not self._left:
            cargo = lines_of(self.report, self._taxpayer, self._last, self._most)
            if not cargo.lines:
                return
            self._write(writer, judge, cargo)
            if clock.now() - told > _PROLONG:
                told = clock.now()
                self._at_work()
            yield

    def _write(self, writer: reports.ReportWriter, judge: Judge, cargo: Cargo) -> None:
        made = [(line, self._made(cargo, line, judge.words)) for line in cargo.lines]
        sound = [(line, entry) for line, entry in made if entry is not None]
        faults = judge.faults([entry for _, entry in sound])
        wrong = {sound[place][0].id: fault for place, fault in faults.items()}
        for line, entry in made:
            if line.id in wrong:
                self._put_by(line, wrong[line.id])
            elif entry is not None and not self._add(writer, line, entry):
                self._left = True
                return
            self._last = line.id

    def _made(self, cargo: Cargo, line: Line, words: reports.Words) -> reports.Entry | None:
        """What is said of one; None if it cannot be said."""
        try:
            return element_of(cargo, line, self._taxpayer, words)
        except UlakError as error:
            self._put_by(line, error)
        except Exception as error:
            _LOG.exception("report.entry-failed", report=str(self.report), entry=line.id)
            self._put_by(line, reporting_error("reporting.internal", kind=type(error).__name__))
        return None

    def _add(self, writer: reports.ReportWriter, line: Line, entry: reports.Entry) -> bool:
        """Write one; False if it has no room and another report has to begin."""
        if writer.is_full(entry) and writer.count:
            return False
        try:
            writer.add(entry)
            self._counts[line.what] += 1
        except UlakError as error:
            self._put_by(line, error)
        return True

    def _put_by(self, line: Line, error: UlakError) -> None:
        """What stands in it already, in the same words, goes into the next; what cannot be written is put aside."""
        if error.code == "report.twice":
            self._later.append(line.id)
        else:
            self._aside.append(_Aside(line, error))

    # -- the ends ------------------------------------------------------------------------------------------------------

    def _at_work(self) -> None:
        with happening(actor=worker()) as shell:
            shell.happen(REPORTS, self.report, law.AtWork())

    def _keep(self, packed: BinaryIO, size: int) -> None:
        """Keep the package, unless another worker was quicker; entries that it does not hold leave the report."""
        with happening(actor=worker()) as shell:
            row = shell.get(REPORTS, self.report)
            if row is None or row.record.stage is not law.Stage.BUILDING:
                return
            widen([self._taxpayer])
            self._let_go(shell)
            _forget_errors(self.report)
            row["digest"] = keeping.keep(self.report, self._taxpayer, packed)
            row["size"], row["packed"], row["built_at"], row["error"] = size, packed.tell(), shell.now, None
            row["entries"] = sum(self._counts.values())
            for what in What:
                row[what.word] = self._counts[what]
            shell.happen(REPORTS, self.report, law.Built(size))
            shell.tell(REPORTS, row, "report.built", entries=row["entries"], size=size)

    def _ended(self, event: Any) -> None:
        with happening(actor=worker()) as shell:
            row = shell.get(REPORTS, self.report)
            if row is None or row.record.stage is not law.Stage.BUILDING:
                return
            widen([self._taxpayer])
            self._let_go(shell)
            row["entries"] = 0
            shell.happen(REPORTS, self.report, event)

    def _let_go(self, shell: Shell) -> None:
        with connection.cursor() as cursor:
            if self._aside:
                ids = [one.line.id for one in self._aside]
                errors = [json.dumps(error_of_problem(one.error)) for one in self._aside]
                cursor.execute(_ASIDE, [shell.now + _NEXT_TRY, ids, errors, self.report])
            last = self._last if self._left else 2**62
            if self._left or self._later:
                cursor.execute(_LATER, [shell.now, self.report, self._later, last])
        for one in self._aside:
            _alarm(shell, one)

    def _failed(self, error: Exception) -> None:
        """Nothing was kept: the entries stay with the report, which is built again later, or waits for a person."""
        _LOG.error("report.not-built", report=str(self.report), exc_info=error)
        said = (
            error if isinstance(error, UlakError) else reporting_error("reporting.internal", kind=type(error).__name__)
        )
        with happening(actor=worker()) as shell:
            row = shell.get(REPORTS, self.report)
            if row is None or row.record.stage is not law.Stage.BUILDING:
                return
            row["error"] = error_of_problem(said)
            row["said"] = [*row["said"][-20:], [shell.now.isoformat(), "build", said.code, ""]]
            shell.happen(REPORTS, self.report, law.BuildFailed(said.code in _OF_THE_REPORT, said.code))


def _forget_errors(report: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exchange_report_entry SET error = NULL WHERE report_id = %s AND error IS NOT NULL", [report]
        )


def _alarm(shell: Shell, one: _Aside) -> None:
    """Operators are called, and the document's timeline says why."""
    for row in shell.load(DOCUMENTS, [one.line.document]):
        shell.tell(DOCUMENTS, row, "document.not-reported", code=one.error.code)
        shell.tell(DOCUMENTS, row, "alarm", code="reporting.put-aside", why=one.error.code)


def _whole(month: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    return month, month.replace(day=monthrange(month.year, month.month)[1])


@contextmanager
def _file() -> Iterator[BinaryIO]:
    """A file without a name, which is gone when its process is; beside the data, since /tmp may be memory."""
    folder = settings.ENVIRONMENT.data / "run"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        yield cast(BinaryIO, cast(IO[bytes], file))
