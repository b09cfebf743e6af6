"""The rooms of the API: each the ways of one thing."""

from __future__ import annotations

from typing import Final

from ulak_server.api.contract import Ways
from ulak_server.api.rooms.people import ROOM as PEOPLE
from ulak_server.api.rooms.registered import ROOM as REGISTERED
from ulak_server.api.rooms.sessions import ROOM as SESSIONS

__all__ = ["ROOMS"]

ROOMS: Final[tuple[Ways, ...]] = (SESSIONS, PEOPLE, REGISTERED)
