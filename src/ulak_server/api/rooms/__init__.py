"""The rooms of the API: each the ways of one thing."""

from __future__ import annotations

from typing import Final

from ulak_server.api.contract import Ways
from ulak_server.api.rooms.accounts import ROOM as ACCOUNTS
from ulak_server.api.rooms.answers import ROOM as ANSWERS
from ulak_server.api.rooms.batches import ROOM as BATCHES
from ulak_server.api.rooms.cancelling import ROOM as CANCELLING
from ulak_server.api.rooms.credits import ROOM as CREDITS
from ulak_server.api.rooms.deliveries import ROOM as DELIVERIES
from ulak_server.api.rooms.ledger_findings import ROOM as LEDGER_FINDINGS
from ulak_server.api.rooms.ledger_inventories import ROOM as LEDGER_INVENTORIES
from ulak_server.api.rooms.ledger_packages import ROOM as LEDGER_PACKAGES
from ulak_server.api.rooms.ledger_works import ROOM as LEDGER_WORKS
from ulak_server.api.rooms.ledgers import ROOM as LEDGERS
from ulak_server.api.rooms.lists import ROOM as DOCUMENTS
from ulak_server.api.rooms.people import ROOM as PEOPLE
from ulak_server.api.rooms.registered import ROOM as REGISTERED
from ulak_server.api.rooms.reports import ROOM as REPORTS
from ulak_server.api.rooms.sessions import ROOM as SESSIONS
from ulak_server.api.rooms.taxpayers import ROOM as TAXPAYERS
from ulak_server.api.rooms.timelines import ROOM as TIMELINES

__all__ = ["ROOMS"]

ROOMS: Final[tuple[Ways, ...]] = (
    DOCUMENTS,
    BATCHES,
    ANSWERS,
    CANCELLING,
    REPORTS,
    CREDITS,
    LEDGERS,
    LEDGER_PACKAGES,
    LEDGER_WORKS,
    LEDGER_FINDINGS,
    LEDGER_INVENTORIES,
    DELIVERIES,
    TIMELINES,
    TAXPAYERS,
    ACCOUNTS,
    PEOPLE,
    SESSIONS,
    REGISTERED,
)
