"""The station that opens what came in: claimed, judged outside of any transaction, then filed and answered in one.

A claim is counted before the work begins, so that an envelope that ends its worker is not opened for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import structlog
from django.db import InterfaceError, OperationalError

from ulak.envelope import EnvelopeType, Party
from ulak.errors import Text
from ulak.lifecycle import inbound
from ulak.lifecycle.effects import Woke
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Broken, Unit, blaming
from ulak_server.database.scope import widen
from ulak_server.documents.arriving import known
from ulak_server.exchange.inbound.checks import checker_of, mailbox, trust
from ulak_server.exchange.inbound.examining import Examined, Fault, Item, examine
from ulak_server.exchange.inbound.filing import EXAMINED
from ulak_server.exchange.inbound.headers import written_header
from ulak_server.exchange.inbound.problems import inbound_error
from ulak_server.exchange.inbound.raw import raw_alone
from ulak_server.exchange.inbound.responding import is_answerable
from ulak_server.exchange.law import happening
from ulak_server.exchange.rooms import INBOUND, Row
from ulak_server.exchange.shell import Shell

__all__ = ["OPENING", "Opener", "settle"]

_LOG: Final = structlog.get_logger("ulak_server.inbound")
_BATCH: Final = 8
_SIZE: Final = 4 * 1024 * 1024
"""Bytes of ZIPs that are claimed together."""
OPENING: Final = "opening"
"""Set in a row that the law wants opened, for as long as its transaction lasts."""
_KNOWN, _TWICE, _NO_MAILBOX, _NO_ADDRESS = "1163", "1150", "1172", "1181"
_NAME: Final = "inbound"
_DUE: Final = f"""
WHERE stage = 'stored' AND wake_at <= %s AND {asides.awake(_NAME, "coalesce(taxpayer_id, 0)", asides.subject("id"))}
ORDER BY wake_at LIMIT %s FOR UPDATE SKIP LOCKED
"""


class _Claimed(NamedTuple):
    id: str
    received_at: datetime


class Opener:
    """See the module."""

    name: Final = _NAME

    def turn(self) -> int:
        """Open up to eight envelopes; how many there were. One that cannot even be claimed is put aside.

        Raises:
            InboundError: ``inbound.no-trust``; nothing was claimed then.
            TrustFailure: the folder of roots cannot be read.
        """
        trust()
        try:
            claimed = self._claim()
        except Broken as error:
            asides.put_aside(self.name, error.unit, error)
            return 1
        for one in claimed:
            self._open(one)
        return len(claimed)

    def close(self) -> None:
        """Nothing is held."""

    def _claim(self) -> Sequence[_Claimed]:
        with happening() as shell:
            rows = _some(shell.claim(INBOUND, _DUE, [shell.now, shell.now, _BATCH]))
            units = [Unit.of(row["taxpayer_id"], row.key) for row in rows]
            for row, unit in zip(rows, units, strict=True):
                with blaming(unit, f"{INBOUND.name} {row.key}"):
                    shell.happen(INBOUND, row.key, Woke())
            if units:
                asides.take_back_all(self.name, units)
            return [_Claimed(row.key, row["received_at"]) for row in rows if row.values.get(OPENING)]

    def _open(self, one: _Claimed) -> None:
        """Judge and settle one; whatever happens to it holds up no other, and the law hands it out again."""
        try:
            found = self._examined(one)
            with happening() as shell:
                settle(shell, one.id, found)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            _LOG.exception("inbound.failed", envelope=one.id)

    @staticmethod
    def _examined(one: _Claimed) -> Examined:
        day = one.received_at.astimezone(clock.ISTANBUL).date()
        return examine(raw_alone(one.id), f"{one.id}.zip", checker_of(day), trust(), one.received_at, day)


def _some(rows: Sequence[Row]) -> Sequence[Row]:
    """As many as are opened well within their lease: giants come alone."""
    size = 0
    for place, row in enumerate(rows):
        size += row["size"]
        if place and size > _SIZE:
            return rows[:place]
    return rows


def settle(shell: Shell, id: str, found: Examined) -> None:
    """Tell an envelope what was found in it; once only."""
    row = shell.get(INBOUND, id)
    if row is None or row.record.stage is not inbound.Stage.STORED:
        return
    header = found.header
    if header is not None:
        _note(row, found)
    if header is not None and header.type is EnvelopeType.SYSTEM:
        row.values[EXAMINED] = found
        row["code"], row["reason"] = found.status, _said(found.fault)
        shell.happen(INBOUND, id, inbound.Judged(found.status, is_answered=False))
        return
    found = _placed(row, found)
    row.values[EXAMINED] = found
    row["code"], row["reason"] = found.status, _said(found.fault)
    addressed = is_answerable(header, id, shell.now)
    shell.happen(INBOUND, id, inbound.Judged(found.status, is_addressed=addressed))


def _note(row: Row, found: Examined) -> None:
    header = found.header
    assert header is not None
    row["header"], row["type"] = written_header(header), str(header.type or "")
    for side, party in (("sender", header.sender), ("receiver", header.receiver)):
        row[f"{side}_alias"], row[f"{side}_number"] = party.alias, party.number


def _placed(row: Row, found: Examined) -> Examined:
    """What was found, and whether it is for one of our taxpayers, who has not received it before."""
    header = found.header
    if header is None:
        return found
    row["taxpayer_id"] = taxpayer = mailbox(header.receiver, header.type, row["received_at"])
    if found.fault is not None:
        return found
    fault = _no_mailbox(header.receiver, header.type) if taxpayer is None else _doubled(taxpayer, found.items)
    return found._replace(fault=fault, items=()) if fault else found


def _no_mailbox(receiver: Party, type: EnvelopeType | None) -> Fault:
    status = _NO_MAILBOX if type is EnvelopeType.SENDER else _NO_ADDRESS
    error = inbound_error("inbound.no-mailbox", alias=receiver.alias[:250], number=receiver.number[:11])
    return Fault(status, error.code, error.text)


def _doubled(taxpayer: int, items: Sequence[Item]) -> Fault | None:
    widen([taxpayer])
    here = {item.summary.ettn for item in items if item.summary.ettn}
    before = known(taxpayer, here)
    seen: set[Any] = set()
    for item in items:
        ettn = item.summary.ettn
        code = "inbound.document-known" if ettn in before else "inbound.document-twice" if ettn in seen else ""
        if code:
            said = inbound_error(code, place=item.label, ettn=ettn).text
            return Fault(_KNOWN if ettn in before else _TWICE, code, said)
        seen.add(ettn)
    return None


def _said(fault: Fault | None) -> dict[str, str] | None:
    if fault is None:
        return None
    text: Text = fault.text
    return {"code": fault.code, "tr": text.tr, "en": text.en}
