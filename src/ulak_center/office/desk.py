"""What both offices do alike: packages queue, are worked on, and end; faults on demand strike on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from ulak.errors import Text, UlakError
from ulak.wire.attachment import Attachment
from ulak_center.faults import Action, Circumstance, Fault, Faults, Place
from ulak_center.office.problems import Note, Refused, refused
from ulak_center.office.values import Filing, Package, Shelf, Step

__all__ = ["DONE", "QUEUED", "USUAL_PACE", "WORKING", "Accepted", "Desk", "Job", "Pace"]

QUEUED: Final = 10
WORKING: Final = 15
BERAT_DONE: Final = 20
"""Of e-Defter: the berat was judged, its book is about to be (Uygulama Kılavuzu V1.12, step 10)."""
DONE: Final = 30
_OPERATION: Final = "sendDocumentFile"
_ON_THE_WAY: Final = frozenset({QUEUED, WORKING, BERAT_DONE})
_STUCK: Final = 60.0
"""Seconds for which a scripted 10 or 15 holds a package, unless it says otherwise."""
_NOTHING: Final = Text("", "")


class Pace(NamedTuple):
    """How long a package waits in the queue, and how long it is worked on. GİB says nothing of it."""

    queue: timedelta = timedelta(milliseconds=200)
    work: timedelta = timedelta(milliseconds=300)


USUAL_PACE: Final = Pace()


class Accepted(NamedTuple):
    """What a package that is accepted holds.

    Attributes:
        owner: VKN or TCKN of the taxpayer.
        facts: for `Package.facts`.
        filings: what is remembered of it.
        paper: the approved berat; None where none is given.
        has_book: whether it holds a book besides its berat.
    """

    owner: str
    facts: Mapping[str, Any]
    filings: Sequence[Filing] = ()
    notes: Sequence[Note] = ()
    paper: bytes | None = None
    has_book: bool = False


class Job(NamedTuple):
    """A package that is to be judged, what was sent, and when that began."""

    package: Package
    data: bytes
    at: datetime


Judge = Callable[[Package, bytes, datetime], Accepted]


class Desk:
    """Takes packages of one office and leads them from 10 over 15 to 30 or a refusal.

    Args:
        office: ``earsiv`` or ``edefter``; as a fault's ``envelope_type`` it names the office.
        words: beginning of the office's codes, ``archive`` or ``ledger``.
        judge: raises Refused for a package that is not accepted; any other error counts as a failure of GİB's.
    """

    def __init__(
        self,
        office: str,
        words: str,
        shelf: Shelf,
        judge: Judge,
        *,
        pace: Pace = USUAL_PACE,
        faults: Faults | None = None,
    ) -> None:
        self.office = office
        self.shelf = shelf
        self._words = words
        self._judge = judge
        self._pace = pace
        self._faults = faults
        self._listener: Callable[[str, datetime], None] = lambda id, due: None

    def take(self, file: Attachment, sender: str, owner: str, now: datetime) -> Package:
        """Put a package into the queue."""
        id, due = file.file_name[:-4], now + self._pace.queue
        package = Package(0, self.office, id, file.file_name, sender, owner, now, len(file.data), QUEUED, due, facts={})
        kept = self.shelf.put(package, file.data, Step(now, QUEUED, "", _NOTHING))
        self._listener(id, due)
        return kept

    def process(self, id: str, now: datetime) -> datetime | None:
        """Carry on the newest package of an id by one step; when it is to be carried on next, None if it has ended."""
        begun = self.begin(id, now)
        if isinstance(begun, Job):
            return self.settle(begun, self.verdict(begun), now)
        return begun

    def begin(self, id: str, now: datetime) -> datetime | Job | None:
        """As `process`, but for judging, which is left as a job."""
        package = self.shelf.newest(self.office, id)
        if package is None or package.due is None:
            return None
        fault = self._struck(package, now)
        if fault is not None and fault.number in _ON_THE_WAY:
            return self._kept_waiting(package, fault, now)
        if package.status == QUEUED:
            due = now + self._pace.work
            self.shelf.move(package._replace(due=due), Step(now, WORKING, "", _NOTHING))
            return due
        if fault is None and package.status == BERAT_DONE and package.facts:
            self.shelf.move(package._replace(due=None), Step(now, DONE, "", _reason(package.facts)))
            return None
        if fault is None:
            return Job(package, self.shelf.data(package.row), now)
        scripted = refused(f"{self._words}.scripted")
        self.shelf.move(package._replace(due=None), Step(now, fault.number, scripted.code, scripted.text))
        return None

    def verdict(self, job: Job) -> Accepted | Refused:
        """Judge a package; nothing is changed, and no lock is needed."""
        try:
            return self._judge(job.package, job.data, job.at)
        except Refused as error:
            return error
        # A package that is carried on again and again, and fails each time, would stop the whole center.
        except Exception as error:
            detail = error.text if isinstance(error, UlakError) else type(error).__name__
            return refused(f"{self._words}.failed", detail=detail)

    def settle(self, job: Job, verdict: Accepted | Refused, now: datetime) -> datetime | None:
        """End a package as it was judged; when it is to be carried on, if that takes one more step."""
        package = job.package._replace(due=None)
        if isinstance(verdict, Accepted):
            return self._accept(package, verdict, now)
        self.shelf.move(package, Step(now, verdict.status, verdict.code, verdict.text))
        return None

    def _kept_waiting(self, package: Package, fault: Fault, now: datetime) -> datetime:
        """A package that does not move on; it is looked at again later."""
        due = now + timedelta(seconds=fault.seconds or _STUCK)
        self.shelf.move(package._replace(due=due), Step(now, fault.number, f"{self._words}.scripted", _NOTHING))
        return due

    def run_due(self, now: datetime) -> int:
        """Carry on all packages whose time has come; the number of steps."""
        steps = 0
        while package := self.shelf.due(self.office, now):
            self.process(package.id, now)
            steps += 1
        return steps

    def waiting(self) -> list[tuple[str, datetime]]:
        """Ids of the packages that have not ended, and when they are to be carried on."""
        return [(package.id, package.due) for package in self.shelf.waiting(self.office) if package.due]

    def tell(self, listener: Callable[[str, datetime], None]) -> None:
        """Say whom to tell of each package that is taken: its id, and when it is to be carried on."""
        self._listener = listener

    def next_due(self) -> datetime | None:
        """When the next package is to be carried on."""
        return self.shelf.next_due(self.office)

    def _accept(self, package: Package, accepted: Accepted, now: datetime) -> datetime | None:
        notes = [{"code": note.code, "tr": note.text.tr, "en": note.text.en} for note in accepted.notes]
        facts = {**accepted.facts, "notes": notes}
        self.shelf.file(package.row, accepted.filings)
        if accepted.paper is not None:
            self.shelf.lay_by(package.row, accepted.paper)
        due = now + self._pace.work if accepted.has_book else None
        status = BERAT_DONE if accepted.has_book else DONE
        reason = _NOTHING if accepted.has_book else _reason(facts)
        self.shelf.move(package._replace(owner=accepted.owner, facts=facts, due=due), Step(now, status, "", reason))
        return due

    def _struck(self, package: Package, now: datetime) -> Fault | None:
        """A fault that forces a status; it must name this operation, for others are meant for envelopes."""
        if self._faults is None:
            return None
        parties = (package.sender, package.owner, package.id)
        numbers = {QUEUED} if package.status == QUEUED else None
        return self._faults.strike(
            Circumstance(
                Place.JUDGE, now, _OPERATION, self.office, parties, (Action.STATUS,), is_by_name=True, numbers=numbers
            )
        )


def _reason(facts: Mapping[str, Any]) -> Text:
    """What was noted of an accepted package."""
    notes = facts.get("notes", ())
    return Text(" ".join(note["tr"] for note in notes), " ".join(note["en"] for note in notes))
