"""The table of accounts: stage and happening → stage and effects."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from ulak.lifecycle.accounts.happenings import Happening, happening
from ulak.lifecycle.accounts.stages import Stage
from ulak.lifecycle.accounts.values import (
    Account,
    CheckList,
    Event,
    MakeRequest,
    RequestEnded,
    RequestPacked,
    SendLastReports,
    StartAnew,
    StopIssuing,
    TempListed,
)
from ulak.lifecycle.backoff import pause
from ulak.lifecycle.days import ISTANBUL
from ulak.lifecycle.effects import Effects, Note, Remind
from ulak.lifecycle.machine import Machine, Row, Step
from ulak.lifecycle.policy import Policy

__all__ = ["MACHINE", "ROWS", "step"]

Done = tuple[Account, Effects]


# -- what is done ------------------------------------------------------------------------------------------------------


def request(account: Account, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return _request(account._replace(stage=to, tries=0, request="", code=""), now, policy)


def request_again(account: Account, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return _request(account, now, policy)


def request_later(account: Account, to: Stage, event: RequestEnded, now: datetime, policy: Policy) -> Done:
    wake_at = now + pause(policy.repack, account.tries, account.seed)
    return account._replace(request="", code=event.code, wake_at=wake_at), ()


def set_out(account: Account, to: Stage, event: RequestPacked, now: datetime, policy: Policy) -> Done:
    after = account._replace(request=event.envelope, tries=account.tries + 1, wake_at=now + policy.remind)
    return after, ()


def wait(account: Account, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return account._replace(wake_at=now + policy.remind), ()


def open_up(account: Account, to: Stage, event: RequestEnded, now: datetime, policy: Policy) -> Done:
    return account._replace(stage=to, request="", code=event.code, wake_at=now + policy.remind), ()


def check(account: Account, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return account._replace(wake_at=now + policy.remind), (CheckList(),)


def ask_person(account: Account, to: Stage, event: RequestEnded, now: datetime, policy: Policy) -> Done:
    after = account._replace(stage=to, request="", code=event.code, wake_at=now + policy.remind)
    return after, (Remind(),)


def remind(account: Account, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return account._replace(wake_at=now + policy.remind), (Remind(),)


def end(account: Account, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    code = event.code if isinstance(event, RequestEnded) else account.code
    return account._replace(stage=to, request="", code=code, wake_at=None), ()


def wind_up(account: Account, to: Stage, event: TempListed, now: datetime, policy: Policy) -> Done:
    until = _reports_until(event.closed_on, policy)
    after = account._replace(stage=to, request="", closed_on=event.closed_on, wake_at=max(now, until))
    return after, (StopIssuing(event.closed_on), SendLastReports(until))


def start_anew(account: Account, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return account, (StartAnew(),)


def close_despatch_first(account: Account, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return account, (Note("close-despatch-first"),)


def open_first(account: Account, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return account, (Note("being-opened"),)


def _request(account: Account, now: datetime, policy: Policy) -> Done:
    return account._replace(wake_at=now + policy.work_lease), (MakeRequest(account.stage is not Stage.CLOSING),)


def _reports_until(closed_on: date, policy: Policy) -> datetime:
    """The list has a day and no hour; counted from its first moment nobody can say that we were late."""
    return datetime.combine(closed_on, time(), ISTANBUL) + policy.reports_within


# -- the table ---------------------------------------------------------------------------------------------------------

_S, _H = Stage, Happening
_UNOPENED: Final = (_S.CONTRACTED, _S.NOT_OPENED)
_REQUESTED: Final = (_S.OPENING, _S.ADDING, _S.CLOSING)
_PUT_BY: Final = (*_UNOPENED, _S.NOT_CLOSED)

ROWS: Final = (
    Row(_UNOPENED, _H.OPEN_WANTED, _S.OPENING, request, "ÖEK 2.2, 5.2"),
    Row(_UNOPENED, _H.CONTRACT_ENDED, _S.DROPPED, end, "ÖEK 2.2"),
    Row(_PUT_BY, _H.DUE, None, remind, "own"),
    Row(_REQUESTED, _H.PACKED, None, set_out, "ÖEK 5.1"),
    Row(_REQUESTED, _H.DUE, None, request_again, "own"),
    Row(_REQUESTED, _H.DUE_ON_ROAD, None, wait, "own"),
    Row(_REQUESTED, _H.MAY_PASS, None, request_later, "Ek-2, 4 (1170, 1195 …)"),
    Row((_S.OPENING, _S.ADDING), _H.CLOSE_WANTED, None, open_first, "own"),
    Row((_S.OPENING, _S.ADDING), _H.CONTRACT_ENDED, None, open_first, "own"),
    Row((_S.OPENING,), _H.DONE, _S.ACTIVE, open_up, "ÖEK 2.2, 6 (1200, 1300)"),
    Row((_S.OPENING,), _H.FAILED, _S.NOT_OPENED, ask_person, "Ek-2, 4 (1182)"),
    Row((_S.ACTIVE,), _H.DUE, None, check, "ÖEK 4"),
    Row((_S.ACTIVE,), _H.ALIAS_WANTED, _S.ADDING, request, "ÖEK 4, 5.2"),
    Row((_S.ADDING,), _H.DONE, _S.ACTIVE, open_up, "ÖEK 5.2, 6 (1200, 1300)"),
    Row((_S.ADDING,), _H.FAILED, _S.ACTIVE, ask_person, "Ek-2, 4 (1182)"),
    Row((_S.ACTIVE, _S.NOT_CLOSED), _H.CLOSE_WANTED, _S.CLOSING, request, "ÖEK 5.3; DK J34, L31"),
    Row((_S.ACTIVE, _S.NOT_CLOSED), _H.CLOSE_TOO_EARLY, None, close_despatch_first, "ÖEK 5.3"),
    Row((_S.CLOSING,), _H.DONE, _S.CLOSED, end, "ÖEK 5.3, 6 (1200, 1300)"),
    Row((_S.CLOSING,), _H.FAILED, _S.NOT_CLOSED, ask_person, "Ek-2, 4 (1183)"),
    Row((*_REQUESTED, _S.ACTIVE, _S.NOT_CLOSED), _H.CLOSED_BY_GIB, _S.WINDING_UP, wind_up, "UserList, 3"),
    Row((_S.WINDING_UP,), _H.DUE, _S.CLOSED_BY_GIB, end, "UserList, 3"),
    Row((_S.WINDING_UP, _S.CLOSED_BY_GIB), _H.LISTED, None, start_anew, "UserList, 3"),
)

MACHINE: Final = Machine[Account](ROWS, happening)


def step(account: Account, event: Event, now: datetime, policy: Policy) -> Step[Account]:
    """What an event does to an account."""
    return MACHINE.step(account, event, now, policy)
