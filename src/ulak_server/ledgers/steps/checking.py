"""Entries read and checked; if no book is impossible with them, numbered and kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from ulak.errors import Text
from ulak.ledger.checking import Checked, Example, Expected, Group, all_findings
from ulak.ledger.checking import check as checked_by_rules
from ulak.ledger.intake import take_in
from ulak.ledger.numbering import number
from ulak.ledger.store import EntryStore
from ulak.ledger.totals import totals
from ulak.ledger.values import Month
from ulak_server import clock
from ulak_server.ledgers import keeping, law
from ulak_server.ledgers.companies import Facts, fiscal_year, read_facts
from ulak_server.ledgers.folders import has_room
from ulak_server.ledgers.mapping import mapping_of
from ulak_server.ledgers.models import File, Finding, Stage
from ulak_server.ledgers.steps.looking import disk_name
from ulak_server.ledgers.stores import keep_entries, leave_ready, made_anew
from ulak_server.ledgers.turns import Turn
from ulak_server.ledgers.works import drop_results, tell

__all__ = ["LIST", "check", "fetched_input", "keep_checked", "keep_list", "listed", "numbered"]

LIST: Final = "findings.jsonl"
"""All findings, one a line."""
_EXAMPLES: Final = 50
_TIMES: Final = 4
"""How much more room entries take on the disk than the files that they come in."""


def check(turn: Turn) -> None:
    """Read all files into a store, check it, number it, and keep what was found and what was read."""
    with turn.scopes():
        inputs = list(File.objects.filter(work=turn.work, what="input", completed_at__isnull=False).order_by("id"))
        expected = _expected(turn)
    has_room(_TIMES * sum(one.size for one in inputs))
    kept: list[File] = []
    with made_anew(turn) as store:
        _read(turn, store, inputs)
        turn.step("finding", 100)
        found = checked_by_rules(store, expected, turn.told)
        listed = _keep_findings(turn, store, found)
        said = _said(found)
        if found.may_build:
            turn.step("numbering")
            number(store, expected.first_entry, expected.first_line)
            said = numbered(store)
            kept = keep_entries(turn, store)
    keep_checked(turn, found, said, kept, listed)


def keep_checked(turn: Turn, found: Checked, said: dict[str, Any], kept: list[File], listed: list[File]) -> None:
    """Keep what a check found, instead of what was found before.

    Args:
        said: totals, as `numbered` gives them.
        kept: files of the numbered entries.
        listed: files of all findings.
    """
    with turn.settling() as work:
        drop_results(work, None, but=(*kept, *listed))
        for file in (*kept, *listed):
            keeping.complete(file)
        Finding.objects.bulk_create([_finding(turn, place, one) for place, one in enumerate(found.groups)])
        work.said, work.stage = {"sums": said}, Stage.CHECKED
        tell("ledger.checked", work, None, errors=found.errors, warnings=found.warnings, lines=found.lines)
    if kept:
        leave_ready(turn, kept)


def _expected(turn: Turn) -> Expected:
    work = turn.work
    facts = read_facts(turn.taxpayer, work.branch) or read_facts(turn.taxpayer) or Facts()
    fiscal = fiscal_year(facts, law.period_day(work))
    entry, line = law.first_numbers(work)
    return Expected(
        Month.of(work.month),
        clock.today(),
        work.branch,
        fiscal.start,
        fiscal.end,
        entry,
        line,
        closed_until=law.day_before(work),
    )


def _read(turn: Turn, store: EntryStore, inputs: Iterable[File]) -> None:
    before = 0
    turn.step("reading", 0)
    for file in inputs:
        path = fetched_input(turn, file)
        taken = take_in(store, path, mapping_of(file), file.name, lambda done, before=before: turn.told(before + done))  # type: ignore[misc]
        path.unlink()
        before += taken.rows


def fetched_input(turn: Turn, file: File) -> Path:
    """An uploaded file in the work's folder."""
    path = turn.folder / disk_name(file)
    path.unlink(missing_ok=True)
    return keeping.fetch(file, path, turn.scopes)


def _keep_findings(turn: Turn, store: EntryStore, found: Checked) -> list[File]:
    """Every single finding, one a line of JSON, for who wants all of them."""
    if not any(one.count > len(one.examples) for one in found.groups):
        return []
    path = turn.folder / LIST
    with path.open("wb") as target:
        for code, example in all_findings(store):
            target.write(listed(code, example))
    return keep_list(turn)


def listed(code: str, example: Example) -> bytes:
    """A finding as a line of the list of all of them."""
    return msgspec.json.encode([code, *example[:5]]) + b"\n"


def keep_list(turn: Turn) -> list[File]:
    """Keep the list of all findings, which is in the work's folder."""
    path = turn.folder / LIST
    with path.open("rb") as source:
        kept = keeping.keep(turn.taxpayer, turn.work.id, "findings", path.name, source)
    path.unlink()
    return [kept]


def _finding(turn: Turn, place: int, one: Group) -> Finding:
    return Finding(
        taxpayer_id=turn.taxpayer,
        work=turn.work,
        origin="check",
        place=place,
        code=one.code,
        level=one.level,
        text=_both(one.text),
        repair=_both(one.repair),
        count=one.count,
        examples=[list(example[:5]) for example in one.examples[:_EXAMPLES]],
    )


def _both(text: Text) -> dict[str, str]:
    return text._asdict()


def _said(found: Checked) -> dict[str, Any]:
    facts = ("entries", "lines", "debit", "credit", "first_entry", "last_entry", "first_day", "last_day")
    return {name: _plain(getattr(found, name)) for name in facts}


def numbered(store: EntryStore) -> dict[str, Any]:
    """Totals of a store's entries and the numbers that they have, as they are kept."""
    sums = totals(store)._asdict()
    sums.pop("accounts")
    return {name: _plain(value) for name, value in sums.items()}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) or value is None else str(value)
