"""Packages handed over to be sent, each once; and what became of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings

from ulak.ledger.values import Month
from ulak_server import clock
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers import law
from ulak_server.ledgers.models import Book, Part, Stage, Work
from ulak_server.ledgers.steps.sealing import fetched
from ulak_server.ledgers.turns import Turn
from ulak_server.ledgers.works import tell

__all__ = ["follow", "send"]

_ORDER: Final = {"YB": 0, "KB": 1, "EB": 2, "DR": 3}
_LOOK_AGAIN: Final = timedelta(minutes=1)
_GOOD: Final = ("fetched", "filed")
_GONE: Final = ("withdrawn", "deleted")


def send(turn: Turn) -> None:
    """Hand the next package over, in the transaction that notes it; when there is none, it is with GİB."""
    with turn.scopes():
        packages = Book.objects.filter(work=turn.work, is_package=True).select_related("file", "part")
        rest = sorted((one for one in packages if one.handed is None), key=_place)
        total = packages.count()
    turn.step("sending", total)
    turn.told(total - len(rest))
    if not rest:
        with turn.settling() as work:
            work.stage, work.ended_at = Stage.SENT, clock.now()
            tell("ledger.sent", work, None, packages=total)
        return
    book = rest[0]
    with fetched(turn, book.file) as path, path.open("rb") as source, turn.settling() as work:
        parcel = _parcel(work, book)
        gib.give_up(turn.taxpayer, _replaced(work), actor=work.actor, origin=work.origin)
        book.handed = gib.put(turn.taxpayer, parcel, source, instead=True, actor=work.actor, origin=work.origin)
        book.stage = "handed"
        book.save(update_fields=["handed", "stage"])
        tell("ledger.handed-over", work, None, name=book.name, digest=book.file.digest, package=str(book.handed))


def _replaced(work: Work) -> list[UUID]:
    """Packages of the month's parts whose days are in other parts now, and that are still to be sent, or refused."""
    kind = law.INVENTORY if work.kind == law.INVENTORY else "books"
    old = Part.objects.filter(
        taxpayer_id=work.taxpayer_id, kind=kind, month=work.month, branch=work.branch, withdrawn_at__isnull=False
    ).exclude(work=work)
    handed = set(Book.objects.filter(part__in=old, handed__isnull=False).values_list("handed", flat=True))
    found = gib.packages_of(work.taxpayer_id, work.month, work.branch)
    return [one.id for one in found if one.id in handed]


def follow(turn: Turn) -> None:
    """See what became of what was handed over: approved, or withdrawn, so that its days can be made anew."""
    with turn.settling() as work:
        stages = {one.id: one.stage for one in gib.packages_of(turn.taxpayer, work.month, work.branch)}
        handed = list(Book.objects.filter(work=work, is_package=True))
        mine = [stages.get(one.handed, "withdrawn") for one in handed if one.handed is not None]
        for part in Part.objects.filter(work=work, withdrawn_at__isnull=True, sealed_at__isnull=False):
            of_part = [stages.get(one.handed, "withdrawn") for one in handed if one.part_id == part.id and one.handed]
            if of_part and all(stage in _GONE for stage in of_part):
                part.withdrawn_at = clock.now()
                part.save(update_fields=["withdrawn_at"])
                tell("ledger.part-withdrawn", work, None, part=part.number)
        if mine and all(stage in _GOOD for stage in mine):
            work.stage = Stage.DONE
            tell("ledger.approved", work, None, packages=len(mine))
        elif not mine or not all(stage in _GONE for stage in mine):
            work.wake_at = clock.now() + _LOOK_AGAIN


def _place(one: Book) -> tuple[str, int]:
    return one.part.number if one.part else "999999", _ORDER.get(one.kind, 9)


def _parcel(work: Work, book: Book) -> gib.Parcel:
    part = book.part
    start, end = (part.start, part.end) if part else (work.month, Month.of(work.month).last)
    return gib.Parcel(
        month=work.month,
        kind=book.kind,
        part=part.number if part else "000000",
        starts=start,
        ends=end,
        due_at=law.due_of(work),
        branch=work.branch,
        signer=settings.ENVIRONMENT["ULAK_INTEGRATOR_NUMBER"] if work.key == "integrator" else "",
        stamped=work.is_stamped,
    )
