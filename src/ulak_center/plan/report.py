"""The evidence of a run: the messages themselves, a JSON file for programs and a page for people, in one folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from ulak.envelope import Party
from ulak.errors import LANGUAGES, Language, Text
from ulak_center.plan.candidate import About
from ulak_center.plan.gib import Portal
from ulak_center.plan.page import page
from ulak_center.plan.problems import plan_error
from ulak_center.plan.scenarios.other import EXEMPT
from ulak_center.plan.values import Outcome, Result, Sizes
from ulak_center.values import ISTANBUL

__all__ = ["FORMAT", "MESSAGES", "PAGES", "Report", "Reporter", "as_json"]

FORMAT: Final = 1
"""Version of the JSON's form."""
MESSAGES: Final = "messages"
"""The folder of the messages, beside the pages."""
PAGES: Final[dict[Language, str]] = {"tr": "index.html", "en": "index.en.html"}
_JSON: Final = "report.json"


class Report(NamedTuple):
    """A run, as it is told.

    Attributes:
        center: address of GİB's side.
        is_whole: whether all steps of the plan were asked for.
        judges: who verified seals.
    """

    software: str
    center: str
    candidate: About
    portal: Portal
    sizes: Sizes
    is_whole: bool
    judges: str
    began: datetime
    ended: datetime
    results: tuple[Result, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many steps ended how."""
        found = Counter(result.outcome for result in self.results)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def outcome(self) -> Outcome:
        """The worst of all steps; what was not judged does not count against the candidate, but is told."""
        counts = self.counts
        return next(
            (each for each in (Outcome.FAILED, Outcome.NOT_RUN) if counts[each]),
            Outcome.PASSED if counts[Outcome.PASSED] else Outcome.NOT_JUDGED,
        )

    @property
    def counts_for_gib(self) -> bool:
        """Whether it is a run of the whole plan in its own sizes, each unit's tests on one day."""
        on_one_day = all(len(self.days(unit)) == 1 for unit in ("GB", "PK"))
        return self.is_whole and self.sizes.are_the_plans and on_one_day

    def days(self, unit: str) -> list[str]:
        """The days of a unit's tests (``GB``, ``PK``), which GİB wants to be one each (TP, 5.1 and 5.2)."""
        moments = [
            moment
            for result in self.results
            if result.step.section.day == unit and result.outcome is not Outcome.NOT_RUN
            for moment in (result.began, result.ended)
        ]
        return sorted({moment.astimezone(ISTANBUL).date().isoformat() for moment in moments})

    @property
    def exempt_envelope(self) -> str:
        """Number of the envelope of 7-a, which the closing e-mail names (TP, 7 a); empty if it did not pass."""
        passed = (one for one in self.results if one.step.id == EXEMPT and one.outcome is Outcome.PASSED)
        return next((one.envelopes[0] for one in passed), "")


class Reporter:
    """Writes messages while the plan runs, and the rest at its end.

    Args:
        folder: made if it is not there; an earlier report in it is replaced.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            (folder / MESSAGES).mkdir(parents=True, exist_ok=True)
            if any(path.name not in {MESSAGES, _JSON, *PAGES.values()} for path in folder.iterdir()):
                raise plan_error("plan.report", folder=folder, detail=_NOT_EMPTY)
            for path in (folder / MESSAGES).iterdir():
                path.unlink()
        except OSError as error:
            raise self._failure(error) from None

    def keep(self, result: Result) -> Result:
        """Write a result's messages; it is returned without their bytes."""
        try:
            for one in result.evidence:
                (self.folder / MESSAGES / _safe(one.name)).write_bytes(one.data)
        except OSError as error:
            raise self._failure(error) from None
        return result._replace(evidence=tuple(one._replace(name=_safe(one.name), data=b"") for one in result.evidence))

    def finish(self, report: Report) -> None:
        """Write the JSON file and the pages."""
        told = as_json(report)
        try:
            (self.folder / _JSON).write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1))
            for language in LANGUAGES:
                written = page(told, report.results, language, PAGES, MESSAGES)
                (self.folder / PAGES[language]).write_text(written, encoding="utf-8")
        except OSError as error:
            raise self._failure(error) from None

    def _failure(self, error: OSError) -> Exception:
        return plan_error("plan.report", folder=self.folder, detail=error.strerror or error)


_NOT_EMPTY: Final = Text("başka dosyalar var", "there are other files in it")


def _safe(name: str) -> str:
    """A name of a file that stays in its folder; ids come from the candidate.

    >>> _safe("../../a b.zip")
    '______a_b.zip'
    """
    return re.sub(r"[^0-9A-Za-z.-]|\.(?=\.|/)|^\.", "_", name)[-150:]


def as_json(report: Report) -> dict[str, Any]:
    """The report as docs/gib-tests.md describes it."""
    return {
        "format": FORMAT,
        "software": report.software,
        "center": report.center,
        "candidate": _candidate(report.candidate),
        "portal": {"number": report.portal.sender.number, "title": report.portal.sender.title}
        | _aliases(report.portal.sender, report.portal.mailbox),
        "sizes": report.sizes._asdict(),
        "whole": report.is_whole,
        "counts_for_gib": report.counts_for_gib,
        "judges": report.judges,
        "began": report.began.isoformat(),
        "ended": report.ended.isoformat(),
        "outcome": report.outcome.value,
        "counts": {outcome.value: count for outcome, count in report.counts.items()},
        "days": {unit: report.days(unit) for unit in ("GB", "PK")},
        "exempt_envelope": report.exempt_envelope,
        "steps": [_step(result) for result in report.results],
    }


def _candidate(about: About) -> dict[str, Any]:
    customers = [customer._asdict() for customer in about.customers]
    return about._asdict() | {"customers": customers}


def _aliases(sender: Party, mailbox: Party) -> dict[str, str]:
    return {"sender": sender.alias, "mailbox": mailbox.alias}


def _step(result: Result) -> dict[str, Any]:
    step = result.step
    return {
        "id": step.id,
        "section": step.section.id,
        "source": step.section.source,
        "title": _said(step.title),
        "expected": _said(step.expected),
        "outcome": result.outcome.value,
        "found": _said(result.found),
        "began": result.began.isoformat(),
        "ended": result.ended.isoformat(),
        "seconds": round(result.seconds, 3),
        "measured": None if result.measured is None else round(result.measured, 3),
        "envelopes": list(result.envelopes),
        "documents": list(result.documents),
        "messages": [{"file": f"{MESSAGES}/{one.name}", "about": _said(one.about)} for one in result.evidence],
        "proven_by": list(step.proven_by),
    }


def _said(text: Text) -> dict[str, str]:
    return {"tr": text.tr, "en": text.en}


def in_plan_order(results: Iterable[Result], ids: Sequence[str]) -> tuple[Result, ...]:
    """Results in the order of steps."""
    place = {id: number for number, id in enumerate(ids)}
    return tuple(sorted(results, key=lambda result: place[result.step.id]))
