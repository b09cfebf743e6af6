"""Documents written by people: begun, changed, looked at, sent.

Verbs work in the caller's transaction and scope, but for those that say otherwise.

>>> with working_for(caller, taxpayer):  # doctest: +SKIP
...     draft = begin(taxpayer, "invoice")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ulak.codes.identifiers import FINAL_CONSUMER
from ulak.errors import UlakError
from ulak.lifecycle.policy import Policy
from ulak.uuids import new_uuid
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.composing import versions as kept_versions
from ulak_server.composing.assessing import MOST_AT_ONCE, Look, Ready, finished, judged, looked_at
from ulak_server.composing.changing import changed
from ulak_server.composing.choices import vat_rates
from ulak_server.composing.copying import corrected, customer_of, despatch_of, invoice_of, repeated
from ulak_server.composing.editors import EDITORS
from ulak_server.composing.fields import TABLES
from ulak_server.composing.found import Found, Weight
from ulak_server.composing.problems import ComposeError, problem
from ulak_server.composing.sense import reasoned
from ulak_server.composing.state import Change, State, new, read_changes
from ulak_server.composing.versions import Aside, Draft, load, redo, take, undo, versions
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import drafts
from ulak_server.documents.models import Direction, Document
from ulak_server.documents.services import accept
from ulak_server.documents.sketches import sketch
from ulak_server.documents.taking import Taken
from ulak_server.exchange import services as exchange
from ulak_server.taxpayers import services as taxpayers

__all__ = [
    "MOST_AT_ONCE",
    "Aside",
    "Change",
    "ComposeError",
    "Draft",
    "Found",
    "Look",
    "NotReady",
    "Ready",
    "State",
    "Weight",
    "apart",
    "begin",
    "blank",
    "changed",
    "completed",
    "corrected",
    "customer_of",
    "delete",
    "despatch_of",
    "final_consumer",
    "invoice_of",
    "judged",
    "keep",
    "load",
    "looked_at",
    "mend",
    "read_changes",
    "reasoned",
    "redo",
    "repeated",
    "send",
    "take",
    "undo",
    "versions",
    "write",
]

_MOST_TOLD: Final = 100


class NotReady(ComposeError):
    """A document that cannot be sent as it stands.

    Attributes:
        ready: what is missing or wrong.
    """

    ready: Ready


def blank(taxpayer: int, kind: str = "invoice") -> State:
    """A new document that nobody has kept yet.

    Raises:
        ComposeError: ``compose.kind``.
    """
    if kind not in TABLES:
        raise problem("compose.kind", kind=kind)
    usual = dict(EDITORS[kind].usual)
    if "vat" in usual:
        usual["vat"] = format(vat_rates(taxpayers.today())[0], "f")
    made = new(kind, taxpayers.party(taxpayers.of(taxpayer)), usual)
    if kind == "expense_note":
        made.members["confirmation"] = {"kind": "SMS"}
    return made


def final_consumer(taxpayer: int) -> dict[str, Any]:
    """The customer who says neither name nor number, as the friendly JSON has one: where the taxpayer sells.

    UBL-TR wants town and city of every party; within a scope.
    """
    own = taxpayers.party(taxpayers.of(taxpayer)).get("address") or {}
    place = {name: own[name] for name in ("town", "city") if own.get(name)}
    known = {"tax_id": FINAL_CONSUMER, "first_name": "Nihai", "family_name": "Tüketici"}
    return {**known, "address": place} if place else known


def begin(
    taxpayer: int, state: State, policy: Policy, *, about: int | None = None, actor: str = "", origin: str = ""
) -> Draft:
    """Keep a new document as a draft.

    Args:
        about: the document that it was made from, if it returns it.
    """
    item = state.item()
    made = sketch(taxpayer, item._replace(options=item.options._replace(about=about)), new_uuid())
    (id,) = accept([made], policy, submit=False, actor=actor, origin=origin)
    return Draft(id, state, 0)


def write(
    taxpayer: int,
    document: int,
    base: int,
    changes: Sequence[Change],
    *,
    who: str = "",
    actor: str = "",
    origin: str = "",
) -> Draft | Aside:
    """Change a draft; see `kept_versions.write`. The timeline tells of it once for each ten minutes of writing.

    Args:
        who: the person's name, for others who write in the same draft.
    """
    result = kept_versions.write(taxpayer, document, base, changes, who)
    if isinstance(result, Draft) and result.version != base and not kept_versions.is_told(document, who):
        _tell(taxpayer, document, actor, origin)
    return result


def keep(taxpayer: int, document: int, changes: Mapping[str, Any], at: str = "", *, who: str = "") -> Draft:
    """Take members over from where they are known – a customer or an item of the books – whatever version it has."""
    head = kept_versions.opened(taxpayer, document).head
    result = kept_versions.write(taxpayer, document, head, [Change("merge", at, dict(changes))], who)
    assert isinstance(result, Draft)
    return result


def mend(
    taxpayer: int, document: int, base: int, name: str, place: int, ready: Ready, *, who: str = ""
) -> Draft | Aside:
    """Carry a repair out that was offered.

    Args:
        name: of the `Found` that offered it.
        place: which of its repairs.
        ready: what was found of the draft as it stands.

    Raises:
        ComposeError: ``compose.no-repair``.
    """
    found = next((one for one in ready.found if one.name == name and place < len(one.fixes)), None)
    if found is None or place < 0:
        raise problem("compose.no-repair")
    return kept_versions.write(taxpayer, document, base, found.fixes[place].changes, who)


def completed(taxpayer: int, document: int, *, who: str = "") -> Draft:
    """A draft with what it would be sent with: the proposed profile is written down, empty lines are gone."""
    look = looked_at(taxpayer, load(taxpayer, document).state)
    return kept_versions.put(taxpayer, document, finished(look)[0], who)


def apart(taxpayer: int, document: int, version: int, policy: Policy, *, actor: str = "", origin: str = "") -> Draft:
    """Make a draft of its own of one of a draft's versions.

    Raises:
        ComposeError: ``compose.no-version``.
    """
    state = kept_versions.version(kept_versions.opened(taxpayer, document), version)
    return begin(taxpayer, state, policy, actor=actor, origin=origin)


def send(
    taxpayer: int,
    document: int,
    base: int,
    *,
    policy: Policy,
    actor: str = "",
    origin: str = "",
) -> Taken:
    """Send a draft as it stands; outside of any scope. A draft is sent once, however often this is asked for.

    A draft that corrects a document takes its place: that one is sent, with its number, and the draft is gone.

    Args:
        base: the version that the person has seen.

    Raises:
        ComposeError: ``compose.changed-elsewhere`` if it is not the last one.
        NotReady: ``compose.not-ready``, with what is missing or wrong.
        UlakError: ``intake.no-draft``; like `documents.drafts.submit`.
    """
    with scoped(Role.WEB, [taxpayer]):
        draft = load(taxpayer, document)
        if draft.version != base:
            raise problem("compose.changed-elsewhere", when="–", who="–")
        look = looked_at(taxpayer, draft.state)
    ready = judged(taxpayer, look, document)
    if not ready.is_ready:
        raise _not_ready(ready)
    with scoped(Role.WEB, [taxpayer]):
        if load(taxpayer, document).state != draft.state:
            raise problem("compose.changed-elsewhere", when="–", who="–")
        kept = drafts.content(taxpayer, document).options
        drafts.change(taxpayer, document, finished(look)[0].item(kept))
        about = _corrects(taxpayer, document)
    if about is not None:
        return _correct(taxpayer, document, about, finished(look)[0], actor, origin)
    taken = drafts.submit(taxpayer, document, policy=policy, actor=actor, origin=origin)
    with scoped(Role.WEB, [taxpayer]):
        kept_versions.forget(document)
    return taken


def _corrects(taxpayer: int, document: int) -> Document | None:
    """The own document that a draft corrects, as long as it may be corrected."""
    about = Document.objects.filter(taxpayer_id=taxpayer, id=document).values_list("about_id", flat=True).first()
    row = Document.objects.filter(taxpayer_id=taxpayer, id=about, direction=Direction.OUT).first() if about else None
    return row if row is not None and exchange.possible(exchange.shown([row])[0]).correct else None


def _correct(taxpayer: int, draft: int, row: Document, state: State, actor: str, origin: str) -> Taken:
    item = state.item()
    stage = exchange.correct(taxpayer, row.id, item.data, "json", item.options, actor=actor, origin=origin)
    delete(taxpayer, draft, actor=actor, origin=origin)
    return Taken(row.id, row.ettn, row.number or "", str(stage))


def delete(taxpayer: int, document: int, *, actor: str = "", origin: str = "") -> None:
    """Throw a draft away with all its versions; outside of any scope.

    Raises:
        IntakeError: ``intake.no-draft``.
    """
    drafts.delete(taxpayer, document, actor=actor, origin=origin)
    with scoped(Role.WEB, [taxpayer]):
        kept_versions.forget(document)


def _not_ready(ready: Ready) -> NotReady:
    stopping = [one for one in ready.found if one.weight is not Weight.WARNING]
    made = problem("compose.not-ready", count=max(len(stopping), 1))
    error = NotReady(made.code, made.text, made.repair)
    error.ready = ready
    error.errors = [UlakError(one.code, one.text, one.repair, where=one.field) for one in stopping[:_MOST_TOLD]]  # type: ignore[attr-defined]
    return error


def _tell(taxpayer: int, document: int, actor: str, origin: str) -> None:
    what = "document.draft-changed"
    audit.record([Entry(what, clock.now(), taxpayer, (document,), stage="draft", actor=actor, origin=origin)])
