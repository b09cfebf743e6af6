"""Drafts with everything that they were: saved at every pause, undone and redone, and never lost to another window.

A save says from which version it was written. If the draft has moved on since, what was written is kept aside as a
version of its own, and the person chooses. All verbs work within a scope that holds the taxpayer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from django.db import connection

from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.composing.changing import changed
from ulak_server.composing.models import Version, Writing
from ulak_server.composing.problems import problem
from ulak_server.composing.state import Change, State, of_item
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import drafts
from ulak_server.documents.intake import Options
from ulak_server.documents.items import packed, unpacked
from ulak_server.documents.models import Document

__all__ = [
    "KEPT",
    "Aside",
    "Draft",
    "forget",
    "forget_orphans",
    "is_told",
    "load",
    "opened",
    "put",
    "redo",
    "take",
    "undo",
    "version",
    "versions",
    "write",
]

KEPT: Final = 100
"""Versions of a draft that are kept; older ones make room."""
_FIRST_PART: Final = archive.BATCH + 1
_QUIET_SECONDS: Final = 600
"""For how long somebody's saves of one draft are told in its timeline once."""
_MOST_ORPHANS: Final = 1_000
_STATION: Final = "draft-versions"
_ORPHANS: Final = f"""
SELECT writing.taxpayer_id, writing.document_id
FROM composing_writing AS writing LEFT JOIN documents_document AS document ON document.id = writing.document_id
WHERE document.stage IS DISTINCT FROM 'draft' AND {asides.awake(_STATION, "writing.taxpayer_id")}
ORDER BY writing.taxpayer_id LIMIT %s
"""  # noqa: S608


class Draft(NamedTuple):
    """A draft as it stands.

    Attributes:
        version: by which the next save says what it was written from; 0: nobody has written here yet.
    """

    document: int
    state: State
    version: int
    can_undo: bool = False
    can_redo: bool = False


class Aside(NamedTuple):
    """What was written from a version that was not the last: kept, and not part of the draft.

    Attributes:
        version: under which it is kept.
        when: at what time of day the draft was changed by the other; "14.32".
        who: the other.
        draft: as the other left it.
    """

    version: int
    when: str
    who: str
    draft: Draft


def load(taxpayer: int, document: int) -> Draft:
    """A draft as it stands now.

    Raises:
        UlakError: ``intake.no-draft``, ``compose.kind``, ``compose.content``.
    """
    state = of_item(drafts.content(taxpayer, document))
    writing = Writing.objects.filter(document_id=document).first()
    return _draft(writing, document, state) if writing else Draft(document, state, 0)


def opened(taxpayer: int, document: int) -> Writing:
    """The record of a draft that is about to be written, locked; made if nobody has written here yet.

    Raises:
        IntakeError: ``intake.no-draft``.
    """
    item = drafts.content(taxpayer, document)
    found = Writing.objects.select_for_update().filter(document_id=document).first()
    if found is not None:
        return found
    month = Document.objects.values_list("month", flat=True).get(id=document)
    made = Writing(document_id=document, taxpayer_id=taxpayer, month=month, head=0, last=0)
    made.save(force_insert=True)
    _keep(made, of_item(item), 0)
    return made


def write(taxpayer: int, document: int, base: int, changes: Sequence[Change], actor: str = "") -> Draft | Aside:
    """Change a draft.

    Args:
        base: the version from which the changes were made. If the draft has moved on since, they are kept aside.

    Raises:
        UlakError: ``intake.no-draft``; ``compose.no-version`` if the base is too long ago; what `changed` and keeping a
            draft raise. Nothing has changed then.
    """
    writing = opened(taxpayer, document)
    if base != writing.head:
        return _aside(writing, base, changes, actor)
    before = load(taxpayer, document)
    after = changed(before.state, changes)
    return before if after == before.state else _become(writing, after, actor, parent=writing.head)


def undo(taxpayer: int, document: int) -> Draft:
    """Let a draft be what it was one pause before.

    Raises:
        ComposeError: ``compose.no-version``.
    """
    writing = opened(taxpayer, document)
    now = Version.objects.filter(document_id=document, number=writing.head).first()
    if now is None:
        raise problem("compose.no-version")
    return _move(writing, now.parent)


def redo(taxpayer: int, document: int) -> Draft:
    """Take the last `undo` back; raises like it."""
    writing = opened(taxpayer, document)
    following = _following(writing)
    if following is None:
        raise problem("compose.no-version")
    return _move(writing, following)


def take(taxpayer: int, document: int, number: int, actor: str = "") -> Draft:
    """Let a draft be what one of its versions was; what it is now stays as a version.

    Raises:
        ComposeError: ``compose.no-version``.
    """
    writing = opened(taxpayer, document)
    return _become(writing, version(writing, number), actor, parent=writing.head)


def put(taxpayer: int, document: int, state: State, actor: str = "") -> Draft:
    """Let a draft be this, whatever it was written from."""
    writing = opened(taxpayer, document)
    return _become(writing, state, actor, parent=writing.head)


def versions(document: int) -> Sequence[Version]:
    """What a draft was, the last first."""
    return list(Version.objects.filter(document_id=document).order_by("-number"))


def version(writing: Writing, number: int) -> State:
    """What a draft was at a version.

    Raises:
        ComposeError: ``compose.no-version``.
    """
    known = number == 0 or Version.objects.filter(document_id=writing.document_id, number=number).exists()
    ref = _ref(writing, number)
    found = archive.read([ref]).get(ref) if known and (number > 0 or writing.last < KEPT) else None
    if found is None:
        raise problem("compose.no-version")
    return of_item(unpacked(found, Options()))


def forget(document: int) -> None:
    """Throw a draft's versions away: it was sent, or deleted."""
    writing = Writing.objects.filter(document_id=document).first()
    if writing is None:
        return
    archive.forget([_ref(writing, slot) for slot in range(min(writing.last + 1, KEPT))])
    Version.objects.filter(document_id=document).delete()
    writing.delete()


def forget_orphans() -> int:
    """Throw away the versions of what is no draft any more: others than the editor delete and send drafts too.

    How many drafts that were. Opens its own scopes.
    """
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [clock.now(), _MOST_ORPHANS])
        found = cursor.fetchall()
    orphans = {Unit(taxpayer): [id for _, id in rows] for taxpayer, rows in groupby(found, itemgetter(0))}
    return asides.each(_STATION, orphans, lambda unit: _forget_of(unit.taxpayer, orphans[unit]))


def _forget_of(taxpayer: int, documents: Sequence[int]) -> int:
    with scoped(Role.WEB, [taxpayer]):
        for document in documents:
            forget(document)
    return len(documents)


def is_told(document: int, actor: str) -> bool:
    """Whether the timeline says already that this person writes here."""
    since = clock.now().timestamp() - _QUIET_SECONDS
    before = Version.objects.filter(document_id=document, actor=actor).order_by("-number")[1:2].first()
    return before is not None and before.made_at.timestamp() > since


def _become(writing: Writing, state: State, actor: str, *, parent: int) -> Draft:
    drafts.change(writing.taxpayer_id, writing.document_id, state.item(_kept_options(writing)))
    _add(writing, state, actor, parent, is_aside=False)
    writing.head = writing.last
    writing.save(update_fields=["head", "last"])
    return _draft(writing, writing.document_id, state)


def _kept_options(writing: Writing) -> Options:
    """What is said of a draft besides its content and is not the editor's to change."""
    item = drafts.content(writing.taxpayer_id, writing.document_id)
    return item.options


def _aside(writing: Writing, base: int, changes: Sequence[Change], actor: str) -> Draft | Aside:
    state = changed(version(writing, base), changes)
    now = load(writing.taxpayer_id, writing.document_id)
    if state == now.state:
        # The same save once more: its answer did not reach the page.
        return now
    other = Version.objects.filter(document_id=writing.document_id, number=writing.head).first()
    _add(writing, state, actor, base, is_aside=True)
    writing.save(update_fields=["last"])
    when = other.made_at.astimezone(clock.ISTANBUL).strftime("%H.%M") if other else "–"
    return Aside(writing.last, when, other.actor if other else "–", now)


def _add(writing: Writing, state: State, actor: str, parent: int, *, is_aside: bool) -> None:
    writing.last += 1
    _keep(writing, state, writing.last)
    Version(
        document_id=writing.document_id,
        taxpayer_id=writing.taxpayer_id,
        number=writing.last,
        parent=parent,
        actor=actor,
        is_aside=is_aside,
    ).save(force_insert=True)
    Version.objects.filter(document_id=writing.document_id, number__lte=writing.last - KEPT).delete()


def _keep(writing: Writing, state: State, number: int) -> None:
    archive.keep([archive.Body(_ref(writing, number), packed(state.item()), state.kind)])


def _ref(writing: Writing, number: int) -> archive.Ref:
    month: date = writing.month
    return archive.Ref(writing.taxpayer_id, month, -writing.document_id, _FIRST_PART + number % KEPT)


def _move(writing: Writing, number: int) -> Draft:
    """The draft becomes a version that is there already, so that the way forth and back stays open."""
    state = version(writing, number)
    drafts.change(writing.taxpayer_id, writing.document_id, state.item(_kept_options(writing)))
    writing.head = number
    writing.save(update_fields=["head"])
    return _draft(writing, writing.document_id, state)


def _following(writing: Writing) -> int | None:
    own = Version.objects.filter(document_id=writing.document_id, parent=writing.head, is_aside=False)
    return own.order_by("-number").values_list("number", flat=True).first()


def _draft(writing: Writing, document: int, state: State) -> Draft:
    now = Version.objects.filter(document_id=document, number=writing.head).values_list("parent", flat=True).first()
    reachable = now is not None and (now > writing.last - KEPT) and (now > 0 or writing.last < KEPT)
    return Draft(document, state, writing.head, reachable, _following(writing) is not None)
