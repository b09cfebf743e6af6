"""Books and berats judged by GİB's rules in force, and what is kept of it: one finding for each rule, with examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from django.conf import settings

from ulak.ledger.judging import judge as judged_by_rules
from ulak.rules import Finding as Found
from ulak.rules import Level, PackStore, Verdict
from ulak_server import clock
from ulak_server.ledgers.models import Finding, Work
from ulak_server.ledgers.problems import problem

__all__ = ["Judged", "judge", "keep_findings"]

_EXAMPLES: Final = 20
_MOST_RULES: Final = 500
_KIND: Final = "edefter"
_NO_RULES: Final = "ledger-work.no-rules"


class Judged(NamedTuple):
    """What came of it: findings as they are kept, without their work and place; how many errors."""

    findings: list[Finding]
    errors: int


def judge(path: Path, name: str, *, is_sealed: bool, told: Callable[[int], None]) -> Judged:
    """Judge a document by the pack in force today.

    Args:
        name: of its file, which the rules look at.
        told: called while it is read, with the bytes so far; what it raises ends the judging.

    Raises:
        LedgerWorkError: ``ledger-work.unjudged``: there are no rules for it, or one could not be evaluated.
    """
    if settings.SANDBOX and not any(pack.kind == _KIND for pack in _store().packs()):
        return Judged([_unjudged()], 0)
    with path.open("rb") as source:
        report = judged_by_rules(
            cast(BinaryIO, _Told(source, told)), name, _store(), on=clock.today(), is_sealed=is_sealed
        )
    if report.verdict is Verdict.VALID:
        return Judged([], 0)
    found = [one for one in report.findings if one.level is not Level.WARNING]
    if report.verdict is Verdict.COULD_NOT_JUDGE and not any(one.level is Level.ERROR for one in found):
        raise problem("ledger-work.unjudged", name=name, detail=found[0].message if found else "-")
    return Judged(_grouped(name, found), len(found))


def keep_findings(work: Work, rows: Iterable[Finding]) -> None:
    """Keep what is wrong with a work's books instead of what was found before, each kind once; within a scope."""
    each = {(row.origin, row.code): row for row in rows}
    Finding.objects.filter(work=work).exclude(origin="check").delete()
    last = Finding.objects.filter(work=work).order_by("-place").values_list("place", flat=True).first() or 0
    for place, row in enumerate(each.values(), last + 1):
        row.taxpayer_id, row.work, row.place = work.taxpayer_id, work, place
    Finding.objects.bulk_create(each.values())


class _Told:
    """A file that lets somebody look in while it is read."""

    def __init__(self, source: BinaryIO, told: Callable[[int], None]) -> None:
        self._source, self._told, self._read = source, told, 0

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._read += len(data)
        self._told(self._read)
        return data

    def seek(self, place: int, whence: int = 0) -> int:
        return self._source.seek(place, whence)

    def tell(self) -> int:
        return self._source.tell()


def _grouped(name: str, found: list[Found]) -> list[Finding]:
    groups: dict[str, list[Found]] = {}
    for one in found:
        groups.setdefault(one.id, []).append(one)
    return [_finding(name, id, ones) for id, ones in list(groups.items())[:_MOST_RULES]]


def _finding(name: str, id: str, found: list[Found]) -> Finding:
    first = found[0]
    text = first.explanation if first.explanation.tr else first.message
    return Finding(
        origin="rules",
        code=id,
        level="error",
        text=text._asdict(),
        repair=first.repair._asdict(),
        count=len(found),
        examples=[[name, one.line, one.xpath, one.value or one.message.tr, ""] for one in found[:_EXAMPLES]],
    )


def _unjudged() -> Finding:
    """In a sandbox the way goes on without GİB's package, which nobody can be given; it is said."""
    said = problem(_NO_RULES)
    texts = {"text": said.text._asdict(), "repair": said.repair._asdict()}
    return Finding(origin="rules", code=_NO_RULES, level="warning", count=1, **texts)


@cache
def _store() -> PackStore:
    return PackStore()
