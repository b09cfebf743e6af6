"""``ulak gib-tests run``: the plan carried out against a candidate, told while it runs."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from ulak.cli.errors import Exit, usage
from ulak.cli.page import Cell, Style
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.seal.trust import Trust, TrustStore
from ulak_center.plan.candidates import Surroundings, opener
from ulak_center.plan.checks import Checks
from ulak_center.plan.gib import Gib
from ulak_center.plan.laboratory import laboratory
from ulak_center.plan.problems import PlanError
from ulak_center.plan.report import PAGES, Report
from ulak_center.plan.running import chosen
from ulak_center.plan.session import run_plan
from ulak_center.plan.values import Outcome, Result, Sizes
from ulak_center.plan.viewer import Viewer
from ulak_center.seals import Seals

__all__ = ["Wish", "run"]

_AGAIN: Final = 0.5
_QUICK: Final = Sizes(3, 5, 3)
_MARKS: Final[dict[Outcome, tuple[str, Style]]] = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "bold red"),
    Outcome.NOT_RUN: ("–", "dim"),
    Outcome.NOT_JUDGED: ("?", "yellow"),
}
_PREPARING: Final = Text("Deneme PKI'si yapılıyor…", "Making a test PKI…")
_COUNTS: Final = Text(
    "{passed} geçti, {failed} kaldı, {not_run} yapılmadı, {not_judged} değerlendirilmedi",
    "{passed} passed, {failed} failed, {not_run} not run, {not_judged} not judged",
)
_EXEMPT: Final = Text("7-a zarf numarası: {id}", "Envelope number of 7-a: {id}")
_REPORT: Final = Text("Rapor: {path}", "Report: {path}")
_NO_PLACE: Final = Text("--listen: “{text}” bir yer değil.", "--listen: “{text}” is no place to listen.")
_PLACE_FORM: Final = Text("127.0.0.1:8795 gibi yazın.", "Write it like 127.0.0.1:8795.")
_PKI_NEEDED: Final = Text(
    "--center ile --pki de gerekir: mühürler merkezin güvendiği anahtarlarla atılmalı.",
    "--center needs --pki, too: seals must be made with keys that the center trusts.",
)
_PKI_FORM: Final = Text(
    "Merkezin PKI klasörünü verin: --pki KLASÖR (ulak center run onu söyler).",
    "Give the folder of the center's PKI: --pki DIR (ulak center run names it).",
)


class Wish(NamedTuple):
    """What the options ask for.

    Attributes:
        center: address of a center; None for one in this process.
        report: folder for the report; None for none.
        pki: folder of a test PKI; None for a temporary one.
        listen: where the candidate's service listens.
        candidate: who is tested, by name.
    """

    center: str | None
    report: str | None
    only: tuple[str, ...]
    pki: str | None
    listen: str
    token: str
    is_quick: bool
    candidate: str


def run(session: Session, wish: Wish) -> Exit:
    """Carry out the plan; raises PlanError ``plan.*``, ``pki.*``, ``key.*``, ``trust.*``."""
    chosen(wish.only)
    open_candidate = opener(wish.candidate)
    host, port = _place(wish.listen)
    if wish.center and not wish.pki:
        raise usage(_PKI_NEEDED, _PKI_FORM)
    with ExitStack() as stack:
        folder = stack.enter_context(_pki(session, wish.pki))
        gib = Gib(
            wish.center or stack.enter_context(laboratory(_seals(folder), publishes=True)), wish.token, session.language
        )
        stack.callback(gib.close)
        now = stack.enter_context(_clock_of(gib))
        trust = Trust(TrustStore.read(folder), clock=now)
        given = Surroundings(gib.service, folder, trust, now, host, port)
        report = run_plan(
            stack.enter_context(open_candidate(given)),
            gib,
            Viewer(Checks(trust, now)),
            only=wish.only,
            folder=Path(wish.report) if wish.report else None,
            sizes=_QUICK if wish.is_quick else Sizes(),
            watch=lambda result: _tell(session, result),
        )
    _sum_up(session, report, wish.report)
    return Exit.OK if report.outcome is Outcome.PASSED else Exit.FINDINGS


def _place(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdecimal() and int(port) < 65536):
        raise usage(_NO_PLACE.format(text=text), _PLACE_FORM)
    return host.strip("[]"), int(port)


@contextmanager
def _pki(session: Session, given: str | None) -> Iterator[Path]:
    """The folder with keys and roots; a temporary one is made if none is given."""
    if given:
        yield Path(given)
        return
    session.tell(f"{session.say(_PREPARING)}\n")
    with tempfile.TemporaryDirectory(prefix="ulak-gib-tests-") as name:
        _seals(Path(name) / "pki")
        yield Path(name) / "pki"


def _seals(folder: Path) -> Seals:
    return Seals.in_folder(folder, lambda: datetime.now(UTC))


@contextmanager
def _clock_of(gib: Gib) -> Iterator[Callable[[], datetime]]:
    """GİB's time: documents must not be of a day that GİB has not reached.

    It is asked for aside: the center may be waiting for the candidate when the candidate wants to know the time.
    """
    known = [(gib.now(), time.monotonic())]
    stop = threading.Event()

    def ask() -> None:
        while not stop.wait(_AGAIN):
            with suppress(PlanError):
                known[0] = (gib.now(), time.monotonic())

    def now() -> datetime:
        then, at = known[0]
        return then + timedelta(seconds=min(time.monotonic() - at, _AGAIN))

    thread = threading.Thread(target=ask, name="clock", daemon=True)
    thread.start()
    try:
        yield now
    finally:
        stop.set()
        thread.join()


def _tell(session: Session, result: Result) -> None:
    mark, style = _MARKS[result.outcome]
    page = session.page()
    page.line(Cell(f"{mark} {result.step.id}", style), session.say(result.step.title))
    if result.outcome is not Outcome.PASSED:
        page.paragraph(session.say(result.found), indent=4)
    session.put(page)
    session.flush()


def _sum_up(session: Session, report: Report, folder: str | None) -> None:
    counts = {outcome.name.lower(): count for outcome, count in report.counts.items()}
    page = session.page()
    page.blank()
    page.line(Cell(session.say(_COUNTS.format(**counts)), "bold"))
    if report.exempt_envelope:
        page.line(session.say(_EXEMPT.format(id=report.exempt_envelope)))
    if folder is not None:
        page.line(session.say(_REPORT.format(path=Path(folder) / PAGES[session.language])))
    session.put(page)
