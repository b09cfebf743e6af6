"""What carries out the effects of this room's records inside the transaction."""

from __future__ import annotations

import secrets
from datetime import datetime, time
from typing import Any, Final

from django.db import connection

from ulak.codes.statuses import Outcome, get
from ulak.envelope import read_account
from ulak.errors import Text
from ulak.lifecycle import accounts as law
from ulak.lifecycle.documents import WithdrawalWanted
from ulak.lifecycle.effects import Remind
from ulak_server import clock
from ulak_server.database.bell import ring
from ulak_server.documents.kinds import KINDS
from ulak_server.documents.models import Direction, Document
from ulak_server.exchange.accounts.ending import wind_down
from ulak_server.exchange.accounts.problems import PROBLEMS
from ulak_server.exchange.accounts.writing import send
from ulak_server.exchange.rooms import ACCOUNTS, DOCUMENTS, Row
from ulak_server.exchange.shell import Handlers, Shell
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Alias, Request
from ulak_server.userlist import services as userlist

__all__ = ["HANDLERS"]

_GONE: Final = ("draft", "delivered", "cancelled", "withdrawn", "expired", "filed", "issued", "voided")
"""Stages of documents that need not be withdrawn: ended, or not on their way."""


def _make_request(shell: Shell, row: Row, effect: law.MakeRequest) -> None:
    """Put the sealed request into an envelope; of a try that follows, into another one (Ek-2, 4)."""
    actions = ("open", "add") if effect.opens else ("close",)
    mine = Request.objects.filter(account_id=row.key, action__in=actions, stage__in=("sealed", "sent"))
    request = mine.order_by("-id").first()
    if request is None:
        shell.tell(ACCOUNTS, row, "account.request-missing", action=actions[0])
        return
    id = send(shell, row, request)
    row["envelope"] = id
    Request.objects.filter(id=request.id).update(stage="sent", ready_at=None)
    shell.happen(ACCOUNTS, row.key, law.RequestPacked(str(id)))
    ring()


def _arrived_at(shell: Shell, row: Row, stage: law.Stage) -> None:
    """What a new stage means for the request, the aliases, and the taxpayer's other account."""
    if stage is law.Stage.ACTIVE:
        _opened(row)
    if stage is law.Stage.CLOSED:
        _end_requests(row, "done", None)
    if stage in (law.Stage.NOT_OPENED, law.Stage.NOT_CLOSED):
        _end_requests(row, "refused", _why(row.record.code))
    if stage is law.Stage.CLOSED:
        taxpayers.close_aliases(row["taxpayer_id"], row["service"])
        _look_at_others(shell, row)
    if stage in (law.Stage.WINDING_UP, law.Stage.DROPPED):
        _end_requests(row, "withdrawn", None, ("wanted", "waiting", "sealed", "sent"))


def _opened(row: Row) -> None:
    """It is open, and may have been before: then GİB has added an alias to it, or did not want to."""
    added = Request.objects.filter(account_id=row.key, action="add", stage="sent").first()
    status = get(row.record.code)
    if added is not None and (status is None or status.outcome is not Outcome.OK):
        _end_requests(row, "refused", _why(row.record.code))
        return
    _end_requests(row, "done", None)
    if added is not None:
        for unit in read_account(bytes(added.document)).units:
            taxpayers.take_alias(row["taxpayer_id"], row["service"], str(unit.role), unit.alias)


def _look_at_others(shell: Shell, row: Row) -> None:
    """e-Fatura may be closed once e-İrsaliye is: its account looks now whether it has a contract."""
    for other in taxpayers.accounts(row["taxpayer_id"]):
        found = shell.get(ACCOUNTS, other.id) if other.id != row.key else None
        if found is not None and found.record.stage is law.Stage.ACTIVE:
            found.record, found.changed = found.record._replace(wake_at=shell.now), True


def _remind(shell: Shell, row: Row, effect: Remind) -> None:
    """Nobody is reminded of an account without a contract: it is given up."""
    taxpayer = taxpayers.of(row["taxpayer_id"])
    if taxpayers.contract_on(taxpayer, taxpayers.today()) or taxpayer.contract_from > taxpayers.today():
        shell.tell(ACCOUNTS, row, "account.reminded")
    elif row.record.stage is not law.Stage.NOT_CLOSED:
        shell.happen(ACCOUNTS, row.key, law.ContractEnded())


def _check_list(shell: Shell, row: Row, effect: law.CheckList) -> None:
    """Compare with GİB's list what counts as open, and close what has no contract any more."""
    if wind_down(row["taxpayer_id"]) or userlist.freshness() is None:
        return
    number = taxpayers.of(row["taxpayer_id"]).number
    listed = {(one.role, one.alias) for one in userlist.lookup(number, row["service"])}
    for one in taxpayers.aliases(row["taxpayer_id"], row["service"]):
        if (one.role, one.name) not in listed:
            shell.tell(ACCOUNTS, row, "alarm", code="account.not-listed", role=one.role, alias=one.name)


def _stop_issuing(shell: Shell, row: Row, effect: law.StopIssuing) -> None:
    """GİB has closed the account: nothing that has not gone may go (UserList Kılavuzu V1.0, 3)."""
    taxpayers.close_aliases(row["taxpayer_id"], row["service"])
    kinds = [kind.name for kind in KINDS.values() if kind.service == row["service"]]
    waiting = Document.objects.filter(taxpayer_id=row["taxpayer_id"], direction=Direction.OUT, kind__in=kinds)
    ids = list(waiting.exclude(stage__in=_GONE).order_by("id").values_list("id", flat=True))
    shell.load(DOCUMENTS, ids)
    for id in ids:
        shell.happen(DOCUMENTS, id, WithdrawalWanted())
    shell.tell(ACCOUNTS, row, "account.issuing-stopped", after=effect.after.isoformat(), documents=len(ids))


def _last_reports(shell: Shell, row: Row, effect: law.SendLastReports) -> None:
    shell.tell(ACCOUNTS, row, "account.last-reports", until=effect.until.isoformat())


def _start_anew(shell: Shell, row: Row, effect: law.StartAnew) -> None:
    """GİB lists the taxpayer again: another account, open at once, with the aliases that GİB had closed."""
    if taxpayers.account(row["taxpayer_id"], row["service"]) is not None:
        return
    now = shell.now
    record = law.contracted(now, seed=secrets.randbits(31), remind_at=now + shell.policy.remind)
    record = record._replace(stage=law.Stage.ACTIVE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('taxpayers_account_id_seq')")
        (id,) = cursor.fetchone()
    anew = shell.add(ACCOUNTS, id, record, taxpayer_id=row["taxpayer_id"], service=row["service"])
    shell.tell(ACCOUNTS, anew, "account.active", before=row.key)
    _reopen_aliases(row, datetime.combine(row.record.closed_on or now.date(), time(), clock.ISTANBUL))


def _reopen_aliases(row: Row, since: datetime) -> None:
    mine = Alias.objects.filter(taxpayer_id=row["taxpayer_id"], service=row["service"])
    mine.filter(closed_at__gte=since).update(closed_at=None)
    for role in ("GB", "PK"):
        first = mine.filter(role=role, closed_at=None).order_by("-is_default", "id").first()
        if first is not None and not first.is_default:
            taxpayers.make_alias_default(row["taxpayer_id"], first.id)


def _end_requests(row: Row, stage: str, error: Any, among: tuple[str, ...] = ("sent",)) -> None:
    Request.objects.filter(account_id=row.key, stage__in=among).update(stage=stage, error=error, ready_at=None)


def _why(code: str) -> dict[str, Any]:
    status, unknown = get(code), PROBLEMS["account.refused"]
    text, repair = (status.label, status.repair) if status else (unknown.text.format(code=code), unknown.repair)
    return {"code": code, "text": _both(text), "repair": _both(repair)}


def _both(text: Text) -> dict[str, str]:
    return {"tr": text.tr, "en": text.en}


HANDLERS: Final[Handlers] = {
    ("account", law.MakeRequest): _make_request,
    ("account", law.Stage): _arrived_at,
    ("account", Remind): _remind,
    ("account", law.CheckList): _check_list,
    ("account", law.StopIssuing): _stop_issuing,
    ("account", law.SendLastReports): _last_reports,
    ("account", law.StartAnew): _start_anew,
}
