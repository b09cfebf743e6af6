"""What an envelope's course means for what is in it, and for the permission to send: inside the transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db import connection

from ulak.codes.statuses import Speaker
from ulak.lifecycle import accounts, documents, envelopes, identities, inbound
from ulak.lifecycle.effects import LookUp, Note, Resumed, StopTraffic
from ulak.lifecycle.envelopes import Stage
from ulak_server.exchange import records
from ulak_server.exchange.calls.news import RECEIPT, note, receipt_at
from ulak_server.exchange.rooms import ACCOUNTS, DOCUMENTS, ENVELOPES, IDENTITIES, INBOUND, Row
from ulak_server.exchange.shell import Handlers, Shell

__all__ = ["HANDLERS", "identity"]

_MAY_LEAVE: Final = "DESPATCHADVICE"
_THERE: Final = frozenset({Stage.TAKEN, Stage.PASSED, Stage.UNDELIVERED, Stage.UNANSWERED, Stage.COMPLETED})
_AT_WORK: Final = frozenset({documents.Stage.ACCEPTED, documents.Stage.JUDGED, documents.Stage.SEALED})
_HELD: Final = (Stage.HELD.value, Stage.HELD_UNKNOWN.value)


# -- how an envelope fares ---------------------------------------------------------------------------------------------


def _moved(shell: Shell, row: Row, stage: Stage) -> None:
    """A lorry may leave once Merkez has the despatch advice; others learn the moment when their envelope ends."""
    if stage is Stage.TAKEN:
        note(row, shell.now, Speaker.MERKEZ, RECEIPT)
    if stage in _THERE and row["element"] == _MAY_LEAVE:
        _left(shell, shell.load(DOCUMENTS, row["documents"]), row)


def _said(shell: Shell, row: Row, effect: Note) -> None:
    if effect.code:
        note(row, shell.now, effect.by, effect.code)


def _ended(shell: Shell, row: Row, effect: envelopes.Ended) -> None:
    if effect.code:
        note(row, shell.now, effect.by, effect.code)
    if row["about"] is not None:
        shell.happen(INBOUND, row["about"], inbound.ResponseEnded(str(row.key), effect.stage))
    elif row["about_account"] is not None:
        ended = accounts.RequestEnded(str(row.key), effect.stage, effect.code)
        shell.happen(ACCOUNTS, row["about_account"], ended)
    cargo = shell.load(DOCUMENTS, row["documents"])
    if effect.stage in _THERE:
        _left(shell, cargo, row)
    record = row.record
    trip = documents.TripEnded(str(row.key), effect.stage, effect.code, effect.by, record.sent_at, record.asked_at)
    _tell(shell, cargo, trip)


def _turned_out(shell: Shell, row: Row, effect: envelopes.TurnedOut) -> None:
    turned = documents.TripTurnedOut(str(row.key), effect.code, effect.arrived)
    _tell(shell, shell.load(DOCUMENTS, row["documents"]), turned)


def _left(shell: Shell, cargo: Iterable[Row], row: Row) -> None:
    at = receipt_at(row) or shell.now
    for document in cargo:
        if document["left_at"] is None and document["envelope"] == row.key:
            document["left_at"] = at


def _tell(shell: Shell, cargo: Iterable[Row], event: Any) -> None:
    for document in cargo:
        shell.happen(DOCUMENTS, document.key, event)


# -- the permission to send --------------------------------------------------------------------------------------------


def identity(shell: Shell, number: str) -> Row:
    """An identity's row, locked; made if it is not there. To be locked before any envelope."""
    found = shell.get(IDENTITIES, number)
    if found is not None:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO exchange_identity (number, stage, road) VALUES (%s, %s, %s) ON CONFLICT (number) DO NOTHING",
            [number, identities.Stage.FREE.value, _FREE],
        )
    found = shell.get(IDENTITIES, number)
    assert found is not None
    return found


def _stop_traffic(shell: Shell, row: Row, effect: StopTraffic) -> None:
    if identity(shell, row["identity"]).record.stage is identities.Stage.FREE:
        shell.happen(IDENTITIES, row["identity"], identities.PermissionGone())


def _resume_all(shell: Shell, row: Row, effect: identities.ResumeAll) -> None:
    held = shell.claim(
        ENVELOPES, "WHERE identity = %s AND stage = ANY (%s) ORDER BY id FOR UPDATE", [row.key, list(_HELD)]
    )
    for envelope in held:
        shell.happen(ENVELOPES, envelope.key, Resumed())


# -- documents ---------------------------------------------------------------------------------------------------------


def _document_moved(shell: Shell, row: Row, stage: documents.Stage) -> None:
    """Nobody works for a document any more that was taken back, or turned out to be on its way already."""
    if stage not in _AT_WORK and row["work"] is not None:
        row["work"] = None


def _arrived(shell: Shell, row: Row, effect: documents.Arrived) -> None:
    row["delivered_at"] = shell.now


def _withdraw(shell: Shell, row: Row, effect: documents.WithdrawEnvelope) -> None:
    shell.happen(ENVELOPES, UUID(effect.envelope), envelopes.WithdrawalWanted())


def _look_up(shell: Shell, row: Row, effect: LookUp) -> None:
    """Of two documents that look for one envelope only one asks; the envelope's row keeps when that was."""
    earlier = shell.get(ENVELOPES, UUID(effect.envelope))
    last = None if earlier is None else earlier.record.asked_at
    if earlier is None or (last is not None and shell.now - last < shell.policy.ask_every):
        shell.outside.pop()
        return
    earlier.record, earlier.changed = earlier.record._replace(asked_at=shell.now), True


_FREE: Final = records.write(identities.Identity())
HANDLERS: Final[Handlers] = {
    ("envelope", Stage): _moved,
    ("envelope", Note): _said,
    ("envelope", envelopes.Ended): _ended,
    ("envelope", envelopes.TurnedOut): _turned_out,
    ("envelope", StopTraffic): _stop_traffic,
    ("identity", identities.ResumeAll): _resume_all,
    ("document", documents.Stage): _document_moved,
    ("document", documents.Arrived): _arrived,
    ("document", documents.WithdrawEnvelope): _withdraw,
    ("document", LookUp): _look_up,
}
