"""Documents handed in one by one, placed and stored: those that come at the same time by one transaction.

What a document costs PostgreSQL and this process is mostly the transaction around it. Each is placed by itself, and
what is wrong with one is its own; what the database refuses the whole for makes each be taken by itself again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from ulak.errors import UlakError
from ulak.lifecycle.policy import Policy
from ulak_server import clock
from ulak_server.database.ahead import ahead, asked
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.database.together import Together
from ulak_server.documents import admission
from ulak_server.documents.desk import desk_of, desks_asked
from ulak_server.documents.existing import collision, remember
from ulak_server.documents.inserting import ids_asked
from ulak_server.documents.intake import Options, Placed, place
from ulak_server.documents.models import Form
from ulak_server.documents.problems import problem
from ulak_server.documents.reading import Reading
from ulak_server.documents.routing import asked_of_list, book_from
from ulak_server.documents.services import By, accept

__all__ = ["Handing", "Stored", "store"]

_MOST: Final = 32
_LARGE: Final = 256 * 1024
"""Bytes of a document that is stored by itself: others need not wait for it."""
_PATIENCE: Final = "SET LOCAL lock_timeout = '50ms'"
_AGAIN: Final = (DeadlockDetected, LockNotAvailable, SerializationFailure)
"""Why PostgreSQL undoes a transaction that may succeed another time."""


class Handing(NamedTuple):
    """A document that was read and is to be sent.

    Attributes:
        key: the caller's ``Idempotency-Key``.
        digest: of what was handed in under it.
    """

    taxpayer: int
    reading: Reading
    options: Options
    policy: Policy
    by: By
    key: str | None = None
    digest: bytes = b""


class Stored(NamedTuple):
    """A document that is stored, and as what."""

    id: int
    placed: Placed


class _Alone(Exception):
    """It is to be stored by itself."""


def store(handing: Handing) -> Stored:
    """Place and store a document, with those that others hand in at this moment; outside of any scope.

    Raises:
        UlakError: ``intake.*`` of `intake.place`, what `admission` has against it, what it collides with.
        IntegrityError: its key was used meanwhile.
    """
    if not _is_alone(handing):
        try:
            return _TOGETHER.do(handing)
        except _Alone:
            pass
    (outcome,) = _stored([handing])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _is_alone(handing: Handing) -> bool:
    """Whether placing it may take long: seals are looked at again, designs are looked up."""
    reading = handing.reading
    return reading.form is Form.SEALED or bool(handing.options.design) or len(reading.body) > _LARGE


def _all_stored(handings: Sequence[Handing]) -> Sequence[Stored | Exception]:
    """Store documents by one transaction, which waits for no lock for long; `_Alone` if it was undone."""
    try:
        return _stored(handings, is_hurried=True)
    except IntegrityError:
        return [_Alone() for _ in handings]
    except OperationalError as error:
        if not isinstance(error.__cause__, _AGAIN):
            raise
        return [_Alone() for _ in handings]


_TOGETHER: Final = Together[Handing, Stored](_all_stored, _MOST)


def _stored(handings: Sequence[Handing], *, is_hurried: bool = False) -> Sequence[Stored | Exception]:
    outcomes: list[Placed | Exception] = []
    try:
        with scoped(Role.WEB, {one.taxpayer for one in handings}):
            if is_hurried:
                ahead(_PATIENCE, ())
            outcomes, drawn = _placed(handings)
            good = [(one, placed) for one, placed in zip(handings, outcomes, strict=True) if isinstance(placed, Placed)]
            _keep(good, drawn[: len(good)])
    except IntegrityError as error:
        if is_hurried or not isinstance(outcomes[0], Placed):
            raise
        raise _refused(handings[0], outcomes[0], error) from None
    given = iter(drawn)
    return [Stored(next(given), one) if isinstance(one, Placed) else one for one in outcomes]


def _placed(handings: Sequence[Handing]) -> tuple[list[Placed | Exception], list[int]]:
    """Each placed and admitted, or what is wrong with it; and ids for all."""
    taxpayers = sorted({one.taxpayer for one in handings})
    services = [(one.reading.kind.list, one.reading.partner) for one in handings]
    desks, listed, ids, *funds = asked(
        desks_asked(taxpayers), asked_of_list(services), ids_asked(len(handings)), *admission.asks(taxpayers)
    )
    books = {service: book_from(service, listed) for service, _ in services}
    known = {desk.taxpayer: desk for desk in map(desk_of, desks)}
    outcomes: list[Placed | Exception] = []
    for one in handings:
        try:
            if one.taxpayer not in known:
                raise problem("intake.taxpayer")
            outcomes.append(place(known[one.taxpayer], books[one.reading.kind.list], one.reading, one.options))
        except UlakError as error:
            outcomes.append(error)
    _admit(outcomes, funds)
    return outcomes, [id for (id,) in ids]


def _admit(outcomes: list[Placed | Exception], funds: Sequence[Sequence[Sequence[Any]]]) -> None:
    """Put what `admission` has against documents in their places."""
    by_taxpayer: dict[int, list[int]] = {}
    for at, one in enumerate(outcomes):
        if isinstance(one, Placed):
            by_taxpayer.setdefault(one.draft.taxpayer, []).append(at)
    for taxpayer, places in by_taxpayer.items():
        kinds = [one.draft.kind for at in places if isinstance(one := outcomes[at], Placed)]
        for nth, error in admission.refused(taxpayer, kinds, funds).items():
            outcomes[places[nth]] = error


def _keep(good: Sequence[tuple[Handing, Placed]], ids: Sequence[int]) -> None:
    if not good:
        return
    drafts, by = [placed.draft for _, placed in good], [one.by for one, _ in good]
    accept(drafts, good[0][0].policy, each_by=by, ids=ids)
    keyed = zip(good, ids, strict=True)
    remember(((one.taxpayer, one.key, one.digest, id) for (one, _), id in keyed if one.key is not None), clock.now())


def _refused(handing: Handing, placed: Placed, error: IntegrityError) -> UlakError | IntegrityError:
    """Why the database did not take it: another document has its ETTN, its number or its key."""
    with scoped(Role.WEB, [handing.taxpayer]):
        return collision(handing.taxpayer, placed.draft) or error
