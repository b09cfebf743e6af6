"""One file judged, and what is said of it: the work of a worker process."""

from __future__ import annotations

from datetime import date
from functools import cache
from os.path import basename
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from ulak.cli.errors import Exit
from ulak.cli.inputs import Source, read
from ulak.cli.page import Page, clean
from ulak.cli.report import report_page
from ulak.errors import Language, Text, UlakError
from ulak.rules import Finding, Level, PackStore, Report, Verdict, check
from ulak.rules.check import Scheme
from ulak.rules.store import default_home
from ulak.xml import MAX_BYTES

__all__ = ["Format", "Outcome", "Wish", "exit_of", "judge", "lost", "outcome_of", "rendered", "store", "warm_up"]

Format = Literal["text", "json"]
_UNREADABLE: Final = ("file.", "xml.")
_NOT_READ: Final = Text("Dosya hiç okunamadığı için denetlenemedi.", "The file was not read, so it was not judged.")
_LOST: Final = Text(
    "Bu dosyayı denetleyen süreç beklenmedik biçimde sona erdi.",
    "The process that judged this file ended unexpectedly.",
)
_LOST_REPAIR: Final = Text(
    "Boş belleği denetleyip dosyayı tek başına yeniden denetleyin; yine olursa dosyayla birlikte bildirin.",
    "Look at the free memory and check the file again by itself; if it happens again, report it with the file.",
)
_FAILED: Final = Text("Denetim beklenmedik bir hatayla durdu: {detail}", "The check stopped unexpectedly: {detail}")
_FAILED_REPAIR: Final = Text(
    "Dosyayla birlikte bildirin; bu sonuç geçerli sayılmaz.",
    "Report it together with the file; this does not count as valid.",
)
_WARMING: Final = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'


class Wish(NamedTuple):
    """How to judge and how to show it."""

    as_of: date | None = None
    scheme: Scheme | None = None
    pack: str | None = None
    advice: bool = True
    format: Format = "text"
    language: Language = "tr"
    width: int = 80
    colour: bool = False


class Outcome(NamedTuple):
    """What became of one file: enough for the summary, and the text to print."""

    exit: Exit
    verdict: Verdict
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    shown: bytes


def store() -> PackStore:
    """The user's packs, read once in a process."""
    return _store(default_home())


@cache
def _store(home: Path) -> PackStore:
    return PackStore(home)


def warm_up(wish: Wish) -> None:
    """Compile the usual rules, so that workers that are forked from this process have them."""
    check(_WARMING, as_of=wish.as_of, scheme=wish.scheme, pack=wish.pack, store=store())


def judge(source: Source, wish: Wish) -> Outcome:
    """Judge one file; whatever happens, there is an outcome."""
    try:
        report = _judged(source, wish)
    except UlakError as error:
        report = _could_not(error.code, error.text, error.repair, source.name)
    except Exception as error:
        # A fault of ours is a third verdict and must not keep the other files from being judged.
        detail = f"{type(error).__name__}: {error}"
        report = _could_not("check.failed", _FAILED.format(detail=detail), _FAILED_REPAIR, source.name)
    return outcome_of(report, wish)


def lost(source: Source, wish: Wish) -> Outcome:
    """The outcome of a file whose worker died."""
    return outcome_of(_could_not("check.crashed", _LOST, _LOST_REPAIR, source.name), wish)


def outcome_of(report: Report, wish: Wish) -> Outcome:
    errors = tuple(finding.id for finding in report.findings if finding.level is not Level.WARNING)
    warnings = tuple(finding.id for finding in report.findings if finding.level is Level.WARNING)
    return Outcome(exit_of(report), report.verdict, errors, warnings, rendered(report, wish))


def rendered(report: Report, wish: Wish) -> bytes:
    """The report as it is printed."""
    if wish.format == "json":
        return msgspec.json.encode(report.as_json(wish.language))
    page = Page(wish.width, colour=wish.colour)
    report_page(page, report, wish.language)
    return str(page).encode()


def exit_of(report: Report) -> Exit:
    """The exit code of one report, as docs/cli.md promises it."""
    if any(finding.id.startswith(_UNREADABLE) for finding in report.findings):
        return Exit.UNREADABLE
    return Exit.OK if report.verdict is Verdict.VALID else Exit.FINDINGS


def _judged(source: Source, wish: Wish) -> Report:
    data = read(source, MAX_BYTES)
    # Rules of e-Defter look at the name, and XSLT takes no text that XML could not carry.
    name = clean(basename(source.name))
    report = check(
        data, as_of=wish.as_of, scheme=wish.scheme, pack=wish.pack, file=name, store=store(), advice=wish.advice
    )
    return report.named(source.name)


def _could_not(code: str, text: Text, repair: Text, name: str) -> Report:
    why = _NOT_READ if code.startswith("file.") else text
    finding = Finding(code, Level.ENGINE, text, why, repair)
    return Report(Verdict.COULD_NOT_JUDGE, (finding,), file=name)
