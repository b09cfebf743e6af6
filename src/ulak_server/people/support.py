"""Support access: an operator asks to see a taxpayer's pages, an owner consents, for some hours, to reading only.

Operators' own role has no grant on contents. A consent makes an operator, on that taxpayer's pages and nowhere else, a
reader under the role of the taxpayer's people, in transactions that can only read (`permissions.working_for`). Every
page that is looked at is written into the timeline of the taxpayer. The hours over, nothing needs to be done: the
consent is looked up with each request.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from django.db.models import Q

from ulak.errors import Text
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people.actors import Caller
from ulak_server.people.models import Role as Part
from ulak_server.people.models import Support, SupportView
from ulak_server.people.problems import problem

__all__ = [
    "HOURS",
    "ask_for_support",
    "consent_to_support",
    "end_support",
    "helping",
    "refuse_support",
    "support_going_on",
    "support_known",
    "support_views",
]

HOURS: Final = (1, 4, 24, 72)
"""For how long an operator may ask."""
_PATIENCE: Final = timedelta(days=7)
"""How long a request waits for an answer."""
_LONGEST: Final = 500
_VIEWED: Final = "support.viewed"
_ASKING: Final = Text("Destek erişimi istemek.", "Ask for support access.")


def ask_for_support(caller: Caller, taxpayer: int, reason: str, hours: int, *, origin: str = "") -> int:
    """Ask a taxpayer's owners to let an operator read along; in an operator's scope. The id of the request.

    Raises:
        NotAllowed: ``people.not-allowed``: it is no operator, or a program.
        Unfit: ``people.support-reason``, ``people.support-hours``, ``people.support-asked``.
    """
    said, now = " ".join(reason.split()), clock.now()
    if caller.user is None or not caller.is_operator:
        raise problem("people.not-allowed", action=_ASKING, name="support.ask")
    if not said or len(said) > _LONGEST:
        raise problem("people.support-reason", where="/reason", most=_LONGEST)
    if hours not in HOURS:
        raise problem("people.support-hours", where="/hours", hours=", ".join(map(str, HOURS)))
    mine = Support.objects.filter(user_id=caller.user, taxpayer_id=taxpayer)
    if mine.filter(_open(now)).exists():
        raise problem("people.support-asked")
    made = Support(
        taxpayer_id=taxpayer, user_id=caller.user, name=caller.name[:200], reason=said, hours=hours, asked_at=now
    )
    made.save(force_insert=True)
    _tell("support.asked", made, caller.actor, origin, hours=hours, reason=said)
    return made.id


def consent_to_support(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> datetime:
    """Let the operator who asked read along from now on; until when. In the taxpayer's scope.

    Raises:
        NotFound: ``people.no-such-support``: there is no such request, or it has been answered or is too old.
    """
    found, now = _asked(taxpayer, id), clock.now()
    until = now + timedelta(hours=found.hours)
    _answer(found, actor, expires_at=until)
    _tell("support.consented", found, actor, origin, until=until)
    return until


def refuse_support(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Say no to a request. In the taxpayer's scope; raises like `consent_to_support`."""
    found = _asked(taxpayer, id)
    _answer(found, actor, ended_at=clock.now(), ended_by=actor)
    _tell("support.refused", found, actor, origin)


def end_support(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """End a support session, or take a request back; either side may, in its own scope.

    Raises:
        NotFound: ``people.no-such-support``: there is none, or it is over.
    """
    now = clock.now()
    found = Support.objects.filter(_open(now), taxpayer_id=taxpayer, id=id).first()
    if found is None or not Support.objects.filter(id=id, ended_at=None).update(ended_at=now, ended_by=actor):
        raise problem("people.no-such-support")
    _tell("support.ended", found, actor, origin)


def support_known(taxpayer: int | None = None, most: int = 100) -> Sequence[Support]:
    """Requests and sessions, newest first: of one taxpayer in their scope, of all in an operator's."""
    found = Support.objects.all() if taxpayer is None else Support.objects.filter(taxpayer_id=taxpayer)
    return list(found.order_by("-id")[:most])


def support_views(support: int, most: int = 200) -> Sequence[SupportView]:
    """What was looked at, newest first; in the scope of either side."""
    return list(SupportView.objects.filter(support_id=support).order_by("-id")[:most])


def support_going_on(user: int) -> MappingProxyType[int, int]:
    """For an operator: the taxpayers who let them read along now, each with the id of the consent."""
    found = Support.objects.filter(user_id=user, ended_at=None, expires_at__gt=clock.now())
    return MappingProxyType(dict(found.values_list("taxpayer_id", "id")))


def helping(caller: Caller, taxpayer: int, page: str, path: str, *, origin: str = "", is_told: bool = True) -> Caller:
    """The operator as a reader of a taxpayer who lets them read along; the view is written down before it is shown.

    Args:
        page: its name.
        is_told: False for what pages ask for by themselves.

    Raises:
        NotAllowed: ``people.support-needed``: there is no consent, or it is over.
    """
    support = caller.helps.get(taxpayer)
    if support is None:
        raise problem("people.support-needed")
    if is_told:
        facts, now = {"support": support, "page": page, "path": path[:300]}, clock.now()
        with scoped(Role.WEB, [taxpayer]):
            SupportView(support_id=support, taxpayer_id=taxpayer, at=now, page=page, path=path[:300]).save()
            audit.record([Entry(_VIEWED, now, taxpayer, actor=caller.actor, origin=origin, facts=facts)])
    grants = MappingProxyType({taxpayer: Part.READER})
    return caller._replace(is_operator=False, grants=grants, helps=MappingProxyType({}), support=support)


def _open(now: datetime) -> Q:
    is_asked = Q(answered_at=None, asked_at__gt=now - _PATIENCE)
    return Q(ended_at=None) & (is_asked | Q(expires_at__gt=now))


def _asked(taxpayer: int, id: int) -> Support:
    found = Support.objects.filter(_open(clock.now()), taxpayer_id=taxpayer, id=id, answered_at=None).first()
    if found is None:
        raise problem("people.no-such-support")
    return found


def _answer(found: Support, actor: str, **values: object) -> None:
    now = clock.now()
    # Of two owners who answer at the same time, one does.
    if not Support.objects.filter(id=found.id, answered_at=None).update(answered_at=now, answered_by=actor, **values):
        raise problem("people.no-such-support")


def _tell(what: str, support: Support, actor: str, origin: str, **facts: object) -> None:
    told = {"support": support.id, "operator": support.name, **facts}
    audit.record([Entry(what, clock.now(), support.taxpayer_id, actor=actor, origin=origin, facts=told)])
