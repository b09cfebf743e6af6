"""The table of a document that we send: stage and happening → stage and effects."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.lifecycle.backoff import pause
from ulak.lifecycle.documents.happenings import Happening, happening
from ulak.lifecycle.documents.stages import Stage
from ulak.lifecycle.documents.values import (
    Arrived,
    Document,
    Enveloped,
    Event,
    FindAddress,
    Issued,
    Judge,
    LookUp,
    Pack,
    Reinstated,
    Seal,
    Trip,
    TripEnded,
    TripTurnedOut,
    Voided,
    VoidWanted,
    WithdrawEnvelope,
)
from ulak.lifecycle.effects import Alarm, Effects, Note, Remind
from ulak.lifecycle.machine import Machine, Row, Step
from ulak.lifecycle.policy import Policy

__all__ = ["MACHINE", "ROWS", "step"]

Done = tuple[Document, Effects]


# -- what is done ------------------------------------------------------------------------------------------------------


def work(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    """Hand out the work of the stage; its alarm clock hands it out again if nobody tells its end."""
    after = document._replace(stage=to, tries=1, wake_at=now + policy.work_lease)
    return after, _work(after)


def work_again(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    tries = document.tries + 1
    wake_at = now + policy.work_lease + pause(policy.rework, tries, document.seed)
    after = document._replace(tries=tries, wake_at=wake_at)
    effects = _work(after)
    return after, (*effects, Alarm("lifecycle.work-stuck")) if tries == policy.work_tries else effects


def work_later(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document._replace(wake_at=now + pause(policy.rework, document.tries, document.seed)), ()


def wait_for_credit(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    """Wait until somebody pays, who is told elsewhere; its alarm clock looks once in a while, and calls nobody."""
    return document._replace(tries=0, wake_at=now + policy.remind), ()


def work_anew(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    fresh = document._replace(version=document.version + 1, alone=False, resends=0, code="", by=None)
    return work(fresh, to, event, now, policy)


def work_renumbered(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return work_anew(document._replace(numbered=False), to, event, now, policy)


def keep(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return work(document._replace(numbered=True), to, event, now, policy)


def set_out(document: Document, to: Stage, event: Enveloped, now: datetime, policy: Policy) -> Done:
    trips = (*document.trips, Trip(event.envelope, event.company))
    return document._replace(stage=to, trips=trips, looking=-1, wake_at=now + policy.remind), ()


def still_on_road(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document._replace(wake_at=now + policy.remind), ()


def go_alone(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return work(_back(document, event)._replace(alone=True), to, event, now, policy)


def go_again(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return work(document, to, event, now, policy)


def go_again_by_hand(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return work(document._replace(resends=0), to, event, now, policy)


def retry(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    resends = document.resends + 1
    wake_at = now + pause(policy.repack, resends, document.seed)
    return _back(document, event)._replace(stage=to, resends=resends, wake_at=wake_at), ()


def wait(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    """Wait for a person, who is told now and reminded later."""
    return _back(document, event)._replace(stage=to, wake_at=now + policy.remind), (Remind(),)


def wait_for_address(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, effects = wait(document, to, event, now, policy)
    return after, (FindAddress(), *effects)


def wait_alarmed(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, effects = wait(document, to, event, now, policy)
    return after, (*effects, Alarm("lifecycle.known-not-by-us"))


def remind(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document._replace(wake_at=now + policy.remind), (Remind(),)


def look(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after = _back(document, event)
    return _look(after, len(after.trips) - 2, now, policy), ()


def look_there(document: Document, to: Stage, event: TripTurnedOut, now: datetime, policy: Policy) -> Done:
    place = [trip.envelope for trip in document.trips].index(event.envelope)
    return _look(document, place, now, policy), (Alarm("lifecycle.arrived-after-all"),)


def look_older(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return _look(document, document.looking - 1, now, policy), ()


def look_up(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    trip = document.trips[document.looking]
    trips = list(document.trips)
    trips[document.looking] = trip._replace(asked_at=now)
    after = document._replace(trips=tuple(trips), tries=document.tries + 1, wake_at=now + policy.ask_every)
    alarms = (Alarm("lifecycle.overdue"),) if after.tries == policy.overdue_asks else ()
    return after, (LookUp(trip.envelope), *alarms)


def nothing(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document, ()


def forbid(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document, (Note("resend-forbidden"),)


def refuse_correction(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document, (Note("correction-refused"),)


def refuse_withdrawal(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document, (Note("withdrawal-refused"),)


def withdraw_envelope(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document, (WithdrawEnvelope(document.trips[-1].envelope),)


def arrive(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return _back(document, event)._replace(stage=to, wake_at=None), (Arrived(),)


def arrive_doubtful(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, effects = arrive(document, to, event, now, policy)
    return after, (*effects, Alarm("lifecycle.one-cancelled"))


def arrive_after_all(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, effects = arrive(document, to, event, now, policy)
    return after, (*effects, Alarm("lifecycle.arrived-after-all"))


def watch(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document, (Alarm("lifecycle.arrived-after-all"),)


def issue(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return document._replace(stage=to, numbered=True, wake_at=None), (Issued(),)


def void(document: Document, to: Stage, event: VoidWanted, now: datetime, policy: Policy) -> Done:
    return document._replace(stage=to, settled=not event.is_request), (Voided(),)


def reinstate(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document._replace(stage=to, refused=True), (Reinstated(),)


def settle(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document._replace(settled=True), (Note("void-confirmed"),)


def refuse_void(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document, (Note("void-forbidden"),)


def keep_void(document: Document, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return document, (Note("void-stands"),)


def end(document: Document, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return _back(document, event)._replace(stage=to, wake_at=None), ()


def _work(document: Document) -> Effects:
    if document.stage is Stage.ACCEPTED:
        return (Judge(document.version),)
    return (Seal(document.numbered, document.version),) if document.stage is Stage.JUDGED else (Pack(document.alone),)


def _back(document: Document, event: Event) -> Document:
    """The document with what its envelope's end tells."""
    if not isinstance(event, TripEnded):
        return document
    last = document.trips[-1]._replace(sent_at=event.sent_at, asked_at=event.asked_at)
    return document._replace(trips=(*document.trips[:-1], last), code=event.code, by=event.by)


def _look(document: Document, place: int, now: datetime, policy: Policy) -> Document:
    """Wait until that earlier envelope may be asked for: the rules of asking hold for it as for any."""
    trip = document.trips[place]
    first = (trip.sent_at or now) + policy.first_ask
    at = first if trip.asked_at is None else max(first, trip.asked_at + policy.ask_every)
    return document._replace(stage=Stage.LOOKING, looking=place, tries=0, wake_at=max(now, at))


# -- the table ---------------------------------------------------------------------------------------------------------

_S, _H = Stage, Happening
_AT_HOME: Final = (_S.DRAFT, _S.ACCEPTED, _S.FAULTY, _S.JUDGED, _S.SEALED)
_CAME_BACK: Final = (_S.RETRYING, _S.RETURNED, _S.TO_CORRECT, _S.CLASHED)
_SAME: Final = "Ek-2, 4.1; DK J31, L28"
_WHOLE: Final = "Ek-2, 1; DK J31, L28"
_ONCE: Final = "DK J32, L29"
_ISSUED: Final = "K118, 4 and 5"
_FOR_GOOD: Final = "IPT11, 3.3; own"
_VOID: Final = "IPT11, 3.3 and 3.4"

ROWS: Final = (
    # Our own work.
    Row((_S.DRAFT,), _H.SUBMITTED, _S.ACCEPTED, work, "own"),
    Row((_S.ACCEPTED,), _H.IN_ORDER, _S.JUDGED, work, "DK J9, L7"),
    Row((_S.ACCEPTED, _S.JUDGED), _H.AT_FAULT, _S.FAULTY, wait, "DK J9–J12, L7–L10"),
    Row((_S.FAULTY,), _H.CORRECTED, _S.ACCEPTED, work_anew, "own"),
    Row((_S.JUDGED,), _H.SEALED, _S.SEALED, keep, "DK J11, L9"),
    Row((_S.JUDGED,), _H.ISSUED, _S.ISSUED, issue, _ISSUED),
    Row((_S.JUDGED,), _H.SEAL_LATER, None, work_later, "own"),
    Row((_S.JUDGED,), _H.UNPAID, None, wait_for_credit, "own"),
    Row((_S.SEALED,), _H.ENVELOPED, _S.ON_ROAD, set_out, "Ek-1, 1"),
    Row((_S.ACCEPTED, _S.JUDGED, _S.SEALED), _H.DUE, None, work_again, "own"),
    Row((_S.ON_ROAD,), _H.DUE, None, still_on_road, "own"),
    Row((_S.ON_ROAD,), _H.OVERDUE, None, still_on_road, "own"),
    Row((_S.ON_ROAD,), _H.ENVELOPED, None, forbid, _ONCE),
    # How its envelope ended.
    Row((_S.ON_ROAD,), _H.ARRIVED, _S.DELIVERED, arrive, "Ek-2, 4.1 (1300)"),
    Row((_S.ON_ROAD,), _H.MAY_PASS, _S.RETRYING, retry, _SAME),
    Row((_S.ON_ROAD,), _H.STILL_FAILING, _S.RETURNED, wait, _SAME),
    Row((_S.ON_ROAD,), _H.NEEDS_HELP, _S.RETURNED, wait, _SAME),
    Row((_S.ON_ROAD,), _H.NO_ADDRESS, _S.RETURNED, wait_for_address, "Ek-2, 4 (1172, 1181)"),
    Row((_S.ON_ROAD,), _H.BLAMED, _S.TO_CORRECT, wait, "Ek-2, 4 (1150 …)"),
    Row((_S.ON_ROAD,), _H.BLAMED_TOGETHER, _S.SEALED, go_alone, _WHOLE),
    Row((_S.ON_ROAD,), _H.KNOWN_EARLIER, _S.LOOKING, look, "Ek-2, 4.1 (1163)"),
    Row((_S.ON_ROAD,), _H.KNOWN_TOGETHER, _S.SEALED, go_alone, _WHOLE),
    Row((_S.ON_ROAD,), _H.KNOWN_NOT_BY_US, _S.CLASHED, wait_alarmed, "Ek-2, 4.1 (1163)"),
    Row((_S.ON_ROAD,), _H.VOIDED, _S.CANCELLED, end, "Ek-2, 4 (1235)"),
    Row((_S.ON_ROAD, _S.LOOKING), _H.VOIDED_TOGETHER, _S.DELIVERED, arrive_doubtful, "Ek-2, 4 (1235)"),
    Row((_S.ON_ROAD,), _H.TOO_LATE, _S.EXPIRED, end, "DK J25, L22"),
    Row((_S.ON_ROAD,), _H.TAKEN_BACK, _S.WITHDRAWN, end, "own"),
    Row((_S.ON_ROAD,), _H.DISPUTED, _S.DISPUTED, wait, _ONCE),
    # What goes again.
    Row((_S.RETRYING,), _H.DUE, _S.SEALED, go_again, _SAME),
    Row((*_CAME_BACK,), _H.RESEND, _S.SEALED, go_again_by_hand, _SAME),
    Row((*_AT_HOME, *_CAME_BACK, _S.ON_ROAD, _S.LOOKING, _S.DISPUTED), _H.RESEND_FORBIDDEN, None, forbid, _ONCE),
    Row((_S.DELIVERED,), _H.RESEND_FORBIDDEN, None, forbid, _ONCE),
    Row((_S.RETRYING, _S.RETURNED, _S.TO_CORRECT), _H.CORRECTED, _S.ACCEPTED, work_anew, "own"),
    Row((_S.CLASHED,), _H.CORRECTED, _S.ACCEPTED, work_renumbered, "UBL-TR Fatura, ID"),
    Row((*_AT_HOME, *_CAME_BACK), _H.OVERDUE, _S.EXPIRED, end, "DK J25, L22"),
    Row((_S.DISPUTED,), _H.OVERDUE, None, remind, "own"),
    # An earlier envelope brought it.
    Row((_S.LOOKING,), _H.DUE, None, look_up, "Ek-2, 4.1 (1163); DK J15"),
    Row((_S.LOOKING,), _H.OVERDUE, None, look_up, "Ek-2, 4.1 (1163); DK J15"),
    Row((_S.LOOKING,), _H.ARRIVED, _S.DELIVERED, arrive, "Ek-2, 4.1 (1300)"),
    Row((_S.LOOKING,), _H.EARLIER_WAITS, None, nothing, "Ek-2, 4.1 (1210, 1220)"),
    Row((_S.LOOKING,), _H.EARLIER_FAILED, None, look_older, "Ek-2, 4.1 (1163)"),
    Row((_S.LOOKING,), _H.EARLIER_INNOCENT, _S.SEALED, go_alone, _WHOLE),
    Row((_S.LOOKING,), _H.EARLIER_RETURNED, _S.RETURNED, wait, _SAME),
    Row((_S.LOOKING,), _H.EARLIER_NONE, _S.CLASHED, wait_alarmed, "own"),
    Row((_S.LOOKING,), _H.VOIDED, _S.CANCELLED, end, "Ek-2, 4 (1235)"),
    # It turns out to have arrived.
    Row((_S.ACCEPTED, _S.FAULTY, _S.JUDGED, _S.SEALED), _H.TURNED_OUT, _S.DELIVERED, arrive_after_all, _ONCE),
    Row((*_CAME_BACK, _S.LOOKING, _S.DISPUTED), _H.TURNED_OUT, _S.DELIVERED, arrive_after_all, _ONCE),
    Row((_S.ON_ROAD, _S.EXPIRED, _S.WITHDRAWN), _H.TURNED_OUT, None, watch, _ONCE),
    Row((_S.SEALED, *_CAME_BACK, _S.LOOKING, _S.DISPUTED), _H.TURNED_UP, _S.LOOKING, look_there, _ONCE),
    Row((_S.ACCEPTED, _S.FAULTY, _S.JUDGED, _S.ON_ROAD, _S.EXPIRED, _S.WITHDRAWN), _H.TURNED_UP, None, watch, _ONCE),
    Row((_S.ISSUED, _S.VOIDED), _H.TURNED_OUT, None, watch, _ONCE),
    Row((_S.ISSUED, _S.VOIDED), _H.TURNED_UP, None, watch, _ONCE),
    # What is issued stays as it is; it can only be cancelled.
    Row((_S.ISSUED,), _H.VOID_WANTED, _S.VOIDED, void, _VOID),
    Row((_S.ISSUED, _S.VOIDED), _H.VOID_AGAIN, None, refuse_void, "own"),
    Row((_S.VOIDED,), _H.VOID_REFUSED, _S.ISSUED, reinstate, _VOID),
    Row((_S.VOIDED,), _H.VOID_REFUSED_LATE, None, keep_void, "own"),
    Row((_S.VOIDED,), _H.VOID_CONFIRMED, None, settle, _VOID),
    Row((_S.ISSUED, _S.VOIDED), _H.CORRECTION_FORBIDDEN, None, refuse_correction, _FOR_GOOD),
    Row((_S.ISSUED, _S.VOIDED), _H.WITHDRAWAL_FORBIDDEN, None, refuse_withdrawal, _FOR_GOOD),
    Row((_S.ISSUED, _S.VOIDED), _H.RESEND_FORBIDDEN, None, forbid, _FOR_GOOD),
    # People.
    Row((_S.DISPUTED,), _H.RELEASED, _S.SEALED, go_again_by_hand, _ONCE),
    Row((_S.DISPUTED, _S.CLASHED), _H.CONFIRMED, _S.DELIVERED, arrive, "own"),
    Row((*_AT_HOME, *_CAME_BACK), _H.WITHDRAWN, _S.WITHDRAWN, end, "own"),
    Row((_S.ON_ROAD,), _H.WITHDRAWN, None, withdraw_envelope, "own"),
    Row((_S.ON_ROAD,), _H.WITHDRAWN_TOGETHER, None, refuse_withdrawal, "own"),
    Row((_S.LOOKING, _S.DISPUTED, _S.DELIVERED), _H.WITHDRAWN, None, refuse_withdrawal, _ONCE),
    Row((_S.DRAFT, _S.FAULTY, _S.RETURNED, _S.TO_CORRECT, _S.CLASHED, _S.DISPUTED), _H.DUE, None, remind, "own"),
)

MACHINE: Final = Machine[Document](ROWS, happening)


def step(document: Document, event: Event, now: datetime, policy: Policy) -> Step[Document]:
    """What an event does to a document that we send."""
    return MACHINE.step(document, event, now, policy)
