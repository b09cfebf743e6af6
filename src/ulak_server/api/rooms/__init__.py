"""The rooms of the API: each the ways of one thing."""

from __future__ import annotations

from typing import Final

from ulak_server.api.contract import Ways
from ulak_server.api.rooms.documents import ROOM as DOCUMENTS
from ulak_server.api.rooms.people import ROOM as PEOPLE
from ulak_server.api.rooms.registered import ROOM as REGISTERED
from ulak_server.api.rooms.sessions import ROOM as SESSIONS
from ulak_server.api.rooms.taxpayers import ROOM as TAXPAYERS

__all__ = ["ROOMS"]

ROOMS: Final[tuple[Ways, ...]] = (DOCUMENTS, SESSIONS, PEOPLE, TAXPAYERS, REGISTERED)
