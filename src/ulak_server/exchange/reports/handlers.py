"""What carries out effects inside the transaction: of documents that stay with us, and of their reports."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection

from ulak.lifecycle import accounts, documents
from ulak.lifecycle import reports as law
from ulak.lifecycle.days import end_of
from ulak.lifecycle.effects import Remind
from ulak_server.database.scope import widen
from ulak_server.documents.kinds import KINDS
from ulak_server.exchange.models_of_reports import What
from ulak_server.exchange.reports import gathering
from ulak_server.exchange.reports.entries import enter
from ulak_server.exchange.rooms import REPORTS, Row
from ulak_server.exchange.shell import Handlers, Shell

__all__ = ["HANDLERS"]

_ANSWERED: Final = """
UPDATE exchange_report_entry SET {column} = %s
WHERE document_id = %s AND what = %s AND reversed_at IS NULL AND confirmed_at IS NULL
"""


def _issued(shell: Shell, row: Row, _: documents.Issued) -> None:
    enter(shell, row, What.ISSUED)


def _voided(shell: Shell, row: Row, _: documents.Voided) -> None:
    enter(shell, row, What.CANCELLED, until=_until(shell, row))


def _until(shell: Shell, row: Row) -> datetime | None:
    """From when on a request to the buyer is too late: the report's entry is the request (IPT11, 3 and 3.3)."""
    if row.record.settled:
        return None
    return end_of(row["delivered_at"] or row["sealed_at"] or row["accepted_at"], shell.policy.cancel_days)


def _reinstated(shell: Shell, row: Row, _: documents.Reinstated) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED.format(column="reversed_at"), [shell.now, row.key, int(What.CANCELLED)])


def _renew(shell: Shell, row: Row, effect: law.RenewReport) -> None:
    gathering.renew(shell, row, effect)


def _accepted(shell: Shell, row: Row, effect: law.Accepted) -> None:
    row["accepted_at"], row["error"] = shell.now, None


def _remind(shell: Shell, row: Row, _: Remind) -> None:
    shell.tell(REPORTS, row, "report.reminder", code=row.record.code)


def _last_reports(shell: Shell, row: Row, effect: accounts.SendLastReports) -> None:
    """What is left of a service that GİB closed goes at once (UserList Kılavuzu V1.0, 3)."""
    kinds = [kind.name for kind in KINDS.values() if kind.product and kind.service == row["service"]]
    if kinds:
        widen([row["taxpayer_id"]])
        gathering.hurry(row["taxpayer_id"], shell.now, kinds=kinds, until=effect.until)


HANDLERS: Final[Handlers] = {
    ("document", documents.Issued): _issued,
    ("document", documents.Voided): _voided,
    ("document", documents.Reinstated): _reinstated,
    ("report", law.RenewReport): _renew,
    ("report", law.Accepted): _accepted,
    ("report", Remind): _remind,
    ("account", accounts.SendLastReports): _last_reports,
}
