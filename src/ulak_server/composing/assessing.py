"""A document while it is written, looked at from all sides: receiver, sums, what is missing, what GİB would say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from ulak.errors import Text, UlakError
from ulak.rules import Finding, Level, Verdict
from ulak_server import clock, formats, numerals
from ulak_server.composing import typed
from ulak_server.composing.editors import EDITORS
from ulak_server.composing.faults import faults, tax_id_fault
from ulak_server.composing.found import Fix, Found, Weight, of_error, place, wrong
from ulak_server.composing.needs import needs
from ulak_server.composing.receivers import Receiver, proposed_profile, receiver_of
from ulak_server.composing.sense import sense
from ulak_server.composing.state import ROUTE, Change, State, is_blank, text_at, value_at
from ulak_server.composing.sums import Live, live, type_of
from ulak_server.documents import checking
from ulak_server.documents.intake import AUTOMATIC
from ulak_server.documents.kinds import EARCHIVE_PROFILE
from ulak_server.taxpayers import services as taxpayers

__all__ = ["MOST_AT_ONCE", "Look", "Ready", "finished", "judged", "looked_at", "sending_of"]

MOST_AT_ONCE: Final = 300
"""Lines up to which a document is judged at every pause; longer ones a while later."""
_SAID_ALREADY: Final = frozenset(
    {
        "intake.not-registered", "intake.no-list", "intake.alias", "intake.partner-number", "intake.partner-missing",
    }
)  # fmt: skip
"""Why a document is not taken in, where the receiver's field says it better."""
_OWN: Final = frozenset({"intake.erp-key-taken", "intake.ettn-taken"})
_NOBODY: Final = frozenset({"compose.tax-id-digits"})
_STOPS: Final = frozenset({Weight.ERROR, Weight.MISSING})


class Look(NamedTuple):
    """What can be told without judging.

    Attributes:
        profile: the chosen one, or the proposed one.
        type: the chosen one, or the one that the lines mean.
        is_proposed: whether nobody chose the profile.
        live: sums so far; of a despatch advice, none.
    """

    state: State
    receiver: Receiver
    profile: str
    type: str
    is_proposed: bool
    live: Live | None
    found: Sequence[Found]

    @property
    def is_earchive(self) -> bool:
        """Whether it is an e-Arşiv invoice."""
        return self.profile == EARCHIVE_PROFILE

    @property
    def can_be_judged(self) -> bool:
        """Whether it can be built, so that GİB's rules have something to look at."""
        return not any(one.weight in _STOPS for one in self.found)


class Ready(NamedTuple):
    """A document looked at and judged.

    Attributes:
        found: everything; errors first.
        body: the UBL that would be sent; empty as long as it cannot be built.
    """

    look: Look
    found: Sequence[Found]
    body: bytes = b""
    is_judged: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it can be sent."""
        return self.is_judged and all(one.weight is Weight.WARNING for one in self.found)


def looked_at(taxpayer: int, state: State) -> Look:
    """What can be told of a document as it stands; within a scope."""
    receiver = receiver_of(state)
    chosen = state.members.get("profile")
    guessed = type_of(state)
    is_proposed = not isinstance(chosen, str) or not chosen
    profile = proposed_profile(state, receiver, guessed) if is_proposed else str(chosen)
    whole = State(state.kind, {**state.members, "profile": profile}, state.options)
    sums = live(whole) if EDITORS[state.kind].price else None
    kind = sums.type if sums else guessed
    found = [*_typed(state, receiver), *needs(whole, profile, kind), *sense(whole, profile, kind)]
    found += _receiver(taxpayer, state, receiver, profile)
    if sums and sums.fault:
        found.append(of_error(sums.fault, state.kind))
    return Look(state, receiver, profile, kind, is_proposed, sums, _sorted(found))


def judged(taxpayer: int, look: Look, document: int | None = None) -> Ready:
    """The same with what GİB's rules say; outside of any scope.

    Args:
        document: its own id, which it does not collide with.
    """
    if not look.can_be_judged:
        return Ready(look, look.found)
    state, places = finished(look)
    item = state.item()
    try:
        checked = checking.check(taxpayer, item.data, "json", item.options._replace(erp_key=None))
    except UlakError as error:
        return Ready(look, _sorted([*look.found, _placed(of_error(error, state.kind), places)]), is_judged=True)
    rules = [_placed(_rule(one, state.kind), places) for one in checked.report.findings]
    stopped = _refusal(checked.refusal, state.kind, document)
    found = _sorted(_once([*look.found, *rules, *stopped]))
    return Ready(look, found, checked.body, is_judged=checked.report.verdict is not Verdict.COULD_NOT_JUDGE)


def finished(look: Look) -> tuple[State, Sequence[int]]:
    """The document as it would be handed in: with its profile, without empty lines; and where its lines stood.

    A profile that nobody chose may become another when the document is sealed: GİB's list is asked once more then.
    """
    members = dict(look.state.members)
    places = [at for at, row in enumerate(look.state.lines) if not is_blank(row)]
    members["lines"] = [look.state.lines[at] for at in places]
    if EDITORS[look.state.kind].has_profile:
        members["profile"] = look.profile
    if "type" in members and "incentive" in members:
        members["type"] = look.type
    if look.is_earchive:
        members["sending"] = sending_of(members)
    if provider := _provider(members):
        members["provider"] = provider
    route = {ROUTE: AUTOMATIC} if look.is_proposed and look.state.kind == "invoice" else {}
    return State(look.state.kind, members, {**look.state.options, **route}), places


def sending_of(members: Mapping[str, Any]) -> str:
    """How an e-Arşiv invoice is delivered: as somebody chose, else by e-mail to those who have an address."""
    customer = members.get("customer")
    has_address = isinstance(customer, Mapping) and customer.get("email")
    return str(members.get("sending") or ("ELEKTRONIK" if has_address else "KAGIT"))


def _provider(members: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The operator of the service of codes, which is called after what it confirms with."""
    provider, confirmation = members.get("provider"), members.get("confirmation")
    if not isinstance(provider, Mapping) or not isinstance(confirmation, Mapping):
        return None
    return {**provider, "kind": "IADE_PROVIDER" if confirmation.get("kind") == "IADEKODU" else "SMS_PROVIDER"}


def _typed(state: State, receiver: Receiver) -> list[Found]:
    found = []
    for fault in faults(state):
        if fault.code in _NOBODY and receiver.is_registered and fault.where == "/customer/tax_id":
            continue
        fixes = _FIXES[fault.code](state, fault) if fault.code in _FIXES else ()
        found.append(of_error(fault, state.kind, fixes=fixes))
    return found


def _cleaning(state: State, fault: UlakError) -> Sequence[Fix]:
    lines = text_at(state, fault.where).split("\n")
    text = "\n".join(typed.clean(line) for line in lines)
    return [Fix(Text("Kaldır", "Remove them"), [Change("set", fault.where, text)])]


def _two_ways(state: State, fault: UlakError) -> Sequence[Fix]:
    """The thousand and the fraction that digits can mean."""
    both = typed.doubtful(typed.kept(text_at(state, fault.where))) or ()
    return [Fix(numerals.shown_text(one), [Change("set", fault.where, numerals.shown(one))]) for one in both]


_FIXES: Final = {"compose.unprintable": _cleaning, "compose.doubtful": _two_ways}


def _receiver(taxpayer: int, state: State, receiver: Receiver, profile: str) -> list[Found]:
    if not receiver.number or _is_wrong(state, receiver):
        return []
    if receiver.number == taxpayers.of(taxpayer).number:
        return [wrong("compose.own-number", "/customer/tax_id")]
    if receiver.route is None:
        return []
    if receiver.is_registered:
        return [*_alias(state, receiver), *_archive(receiver, profile), *_title(state, receiver)]
    return _unlisted(state, receiver, profile)


def _unlisted(state: State, receiver: Receiver, profile: str) -> list[Found]:
    if not receiver.is_unlisted:
        return [wrong("compose.no-list", "/customer/tax_id", Weight.BLOCK)]
    day = formats.day_text(receiver.listed_at or clock.now())
    if state.kind != "invoice":
        return [wrong("compose.no-despatch-user", "/customer/tax_id", Weight.BLOCK, day=day)]
    if profile == EARCHIVE_PROFILE:
        return []
    fix = Fix(Text("e-Arşiv fatura yap", "Make it an e-Arşiv invoice"), [Change("set", "/profile", "")])
    return [wrong("compose.not-registered", "/profile", fixes=[fix], day=day)]


def _is_wrong(state: State, receiver: Receiver) -> bool:
    return not receiver.is_registered and tax_id_fault(receiver.number, "") is not None


def _alias(state: State, receiver: Receiver) -> list[Found]:
    assert receiver.route is not None
    chosen = state.options.get("alias", "")
    if not chosen or chosen in receiver.route.aliases:
        return []
    fixes = [
        Fix(Text(f"{alias} kullan", f"Use {alias}"), [Change("set", "/options/alias", alias)])
        for alias in receiver.route.aliases[:3]
    ]
    return [wrong("compose.alias", "/options/alias", fixes=fixes, alias=chosen)]


def _archive(receiver: Receiver, profile: str) -> list[Found]:
    """An e-Arşiv invoice to somebody who is registered for e-Fatura is against the law (VUK 509, IV.2)."""
    if profile != EARCHIVE_PROFILE:
        return []
    fix = Fix(Text("e-Fatura yap", "Make it an e-Fatura"), [Change("set", "/profile", "")])
    label = Text("e-Arşiv fatura", "e-Arşiv invoice")
    fitting = Text("Ticari fatura", "Commercial invoice")
    kind = Text("e-Fatura kullanıcısına", "to an e-Fatura user")
    return [wrong("compose.profile-type", "/profile", fixes=[fix], profile=label, type=kind, fitting=fitting)]


def _title(state: State, receiver: Receiver) -> list[Found]:
    title = receiver.route.title if receiver.route else ""
    name = value_at(state.members, "/customer/name")
    if not title or name or len(receiver.number) != 10:
        return []
    fix = Fix(Text("GİB'dekini yaz", "Take it"), [Change("set", "/customer/name", title)])
    return [wrong("compose.title", "/customer/name", Weight.WARNING, fixes=[fix], title=title)]


_BY_LEVEL: Final = {Level.WARNING: Weight.WARNING}


def _rule(one: Finding, kind: str) -> Found:
    weight = _BY_LEVEL.get(one.level, Weight.ERROR)
    return Found(one.id, weight, one.explanation, one.repair, place(kind, one.field))


def _placed(one: Found, places: Sequence[int]) -> Found:
    """With the line's place in the form, where empty lines lie between."""
    steps = one.field.split("/")
    if len(steps) > 2 and steps[1] == "lines" and int(steps[2]) < len(places):
        steps[2] = str(places[int(steps[2])])
        return one._replace(field="/".join(steps))
    return one


def _refusal(refusal: UlakError | None, kind: str, document: int | None) -> list[Found]:
    if refusal is None or refusal.code in _SAID_ALREADY:
        return []
    if refusal.code in _OWN and document is not None and getattr(refusal, "existing", None) == document:
        return []
    return [of_error(refusal, kind, Weight.BLOCK)]


def _once(found: Sequence[Found]) -> list[Found]:
    seen: dict[tuple[str, str, Text], Found] = {}
    for one in found:
        seen.setdefault((one.code, one.field, one.text), one)
    return list(seen.values())


_ORDER: Final[Mapping[Weight, int]] = {Weight.ERROR: 0, Weight.MISSING: 1, Weight.BLOCK: 2, Weight.WARNING: 3}


def _sorted(found: Sequence[Found]) -> list[Found]:
    return sorted(found, key=lambda one: _ORDER[one.weight])
