"""Whether the books of the e-Defter can be made and go to GİB, and do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db import DatabaseError, connection

from ulak.errors import Text, UlakError
from ulak.rules import PackStore
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.environment import Environment
from ulak_server.operations.examination.finding import Finding, Level, found, well

__all__ = ["ledgers"]

_NEEDED: Final = ("ULAK_EDEFTER_URL", "ULAK_EDEFTER_SOFTWARE", "ULAK_TRUST")
_ASKED: Final = """
SELECT EXISTS (SELECT FROM exchange_ledger_term),
       (SELECT count(*) FROM exchange_ledger_package WHERE stage = 'refused'),
       (SELECT count(*) FROM exchange_ledger_term WHERE closed_at IS NULL AND due_at <= now())
"""
_WELL: Final = Text(
    "e-Defter hazır; geciken ya da reddedilen defter yok", "e-Defter is ready; no book is late or refused"
)


def ledgers(told: Environment) -> Iterator[Finding]:
    """Where taxpayers keep electronic books: that everything is set, and that nothing is late or refused."""
    try:
        keeps, refused, late = _rows()
    except DatabaseError:
        return
    if not keeps:
        return
    faults = [*_settings(told), *_rules(), *_trouble(refused, late)]
    yield from faults or [well("ledgers", _WELL)]


def _settings(told: Environment) -> Iterator[Finding]:
    for name in _NEEDED:
        if not told[name]:
            yield found(Level.ERROR, name, "doctor.ledgers-unset", name=name)
    if not told["ULAK_TSA"]:
        yield found(Level.WARNING, "ULAK_TSA", "doctor.ledgers-unstamped")


def _rules() -> Iterator[Finding]:
    try:
        PackStore().choose("edefter", clock.today())
    except UlakError:
        yield found(Level.ERROR, "ledgers", "doctor.ledgers-rules")


def _trouble(refused: int, late: int) -> Iterator[Finding]:
    if late:
        yield found(Level.ERROR, "ledgers", "doctor.ledgers-late", count=late)
    if refused:
        yield found(Level.WARNING, "ledgers", "doctor.ledgers-refused", count=refused)


def _rows() -> Any:
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_ASKED)
        return cursor.fetchone()
