"""``ulak check``: many files and folders, one after the other or by worker processes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Final, cast, get_args

from ulak.cli.crew import Crew, cores
from ulak.cli.errors import Exit, day_of, one_of
from ulak.cli.inputs import Source, expand
from ulak.cli.judging import Format, Outcome, Wish, judge, lost, store, warm_up
from ulak.cli.page import Cell, Page
from ulak.cli.report import VERDICTS
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.rules import Verdict
from ulak.rules.check import Scheme
from ulak.xml import MAX_BYTES

__all__ = ["FEW", "check_files", "wish_of"]

FEW: Final = 32
"""Up to so many files are judged in this process; starting others would take longer."""
_OFTEN: Final = Text("en sık", "most often")
_BAR: Final = 24
_REDRAW: Final = 0.1


def wish_of(
    session: Session,
    *,
    as_of: str | None = None,
    scheme: str | None = None,
    pack: str | None = None,
    advice: bool = True,
    format: str = "text",
) -> Wish:
    """What the options ask for.

    Raises:
        UlakError: ``cli.usage``, or ``pack.unknown``.
    """
    one_of(format, get_args(Format), "--format")
    if scheme is not None:
        one_of(scheme, get_args(Scheme), "--type")
    if pack is not None:
        store().get(pack)
    return Wish(
        as_of=day_of(as_of, "--as-of"),
        scheme=cast("Scheme | None", scheme),
        pack=pack,
        advice=advice,
        format=cast(Format, format),
        language=session.language,
        width=session.width,
        colour=session.colour,
    )


def check_files(session: Session, names: Sequence[str], wish: Wish) -> Exit:
    """Judge everything named, print it in order and sum it up."""
    sources = list(expand(names, MAX_BYTES))
    outcomes = _outcomes(sources, wish)
    if len(sources) > FEW and session.watched:
        outcomes = _with_progress(session, outcomes, len(sources), at_terminal=session.writes_to_terminal)
    print_all = _print_json if wish.format == "json" else _print_text
    return print_all(session, outcomes)


def _outcomes(sources: Sequence[Source], wish: Wish) -> Iterator[Outcome]:
    if len(sources) <= FEW:
        return (judge(source, wish) for source in sources)
    # A pack that cannot be warmed up will be the outcome of each file.
    with suppress(Exception):
        warm_up(wish)
    crew: Crew[Source, Outcome] = Crew(partial(judge, wish=wish), partial(lost, wish=wish), cores())
    return crew.run(sources)


def _print_json(session: Session, outcomes: Iterable[Outcome]) -> Exit:
    worst = Exit.OK
    before = b"[\n"
    for outcome in outcomes:
        session.put_bytes(before + outcome.shown)
        worst, before = max(worst, outcome.exit), b",\n"
    session.put_bytes(b"\n]\n")
    return worst


def _print_text(session: Session, outcomes: Iterable[Outcome]) -> Exit:
    worst = Exit.OK
    verdicts: Counter[Verdict] = Counter()
    ids: Counter[str] = Counter()
    for outcome in outcomes:
        session.put(outcome.shown.decode())
        worst = max(worst, outcome.exit)
        verdicts[outcome.verdict] += 1
        ids.update({*outcome.errors, *outcome.warnings})
    if verdicts.total() > 1:
        page = session.page()
        _summary(page, session, verdicts, ids)
        session.put(page)
    return worst


def _summary(page: Page, session: Session, verdicts: Counter[Verdict], ids: Counter[str]) -> None:
    files = Text("{count} dosya", "{count} files").format(count=verdicts.total())
    cells = [Cell(f"{session.say(files)}:", "bold")]
    for verdict, (mark, word, style) in VERDICTS.items():
        if verdicts[verdict]:
            cells.append(Cell(f"{mark} {verdicts[verdict]} {session.say(word)}", style))
    page.blank()
    page.line(*cells)
    if ids:
        often = ", ".join(f"{id_} ({times})" for id_, times in ids.most_common(5))
        page.labelled(f"{session.say(_OFTEN)}:", often, gap=12)


def _with_progress(
    session: Session, outcomes: Iterable[Outcome], total: int, *, at_terminal: bool
) -> Iterator[Outcome]:
    """Pass outcomes on and keep a line at the foot of the terminal that says how far things are."""
    started = drawn = time.monotonic()
    bad = 0
    try:
        for done, outcome in enumerate(outcomes, start=1):
            bad += outcome.exit is not Exit.OK
            if at_terminal:
                session.tell(_ERASE)
            yield outcome
            now = time.monotonic()
            if at_terminal or now - drawn > _REDRAW:
                session.flush()
                session.tell(_ERASE + _progress(session, done, total, bad, now - started))
                drawn = now
    finally:
        session.tell(_ERASE)


_ERASE: Final = "\r\x1b[2K"


def _progress(session: Session, done: int, total: int, bad: int, seconds: float) -> str:
    filled = _BAR * done // total
    left = round(seconds / done * (total - done))
    words = Text(
        "{done}/{total}  sorunlu {bad}  kalan {minutes}:{seconds:02}",
        "{done}/{total}  with findings {bad}  left {minutes}:{seconds:02}",
    ).format(done=done, total=total, bad=bad, minutes=left // 60, seconds=left % 60)
    return f"{'━' * filled}{'─' * (_BAR - filled)}  {session.say(words)}"[: session.width - 1]
