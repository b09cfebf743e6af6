"""Django's connection to PostgreSQL over a `Line`: transactions begin and end along with their statements.

Nothing is asked before a request whether the connection still works: that it was closed shows by itself, and only one
that has been idle for a while is tried.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.postgresql import base
from django.db.backends.postgresql.base import ServerSideCursor

from ulak_server.database.engine.line import Asking, Held, Line

__all__ = ["DatabaseWrapper"]

_FRESH: Final = 10.0
"""Seconds after which an idle connection is tried before it is used: a network may have forgotten it."""
_BEGIN: Final = Held("BEGIN")
_Named: Final[Any] = ServerSideCursor


class DatabaseWrapper(base.DatabaseWrapper):
    """A thread's connection."""

    health_check_done: bool

    def get_new_connection(self, conn_params: dict[str, Any]) -> Line:
        """A connection that holds back."""
        return Line.connect(**{**conn_params, "cursor_factory": Asking, "autocommit": True})

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor; one with a name lives on the server, in the running transaction if there is one."""
        if name:
            return _Named(self.connection, name=name, scrollable=False, withhold=self.autocommit)
        return super().create_cursor()

    def close_if_health_check_failed(self) -> None:
        """Close a connection that does not work any more; one that was used just now is not asked."""
        if not self.health_check_done and self.connection is not None and self.connection.seems_well(_FRESH):
            self.health_check_done = True
        super().close_if_health_check_failed()

    def _start_transaction_under_autocommit(self) -> None:
        self.connection.hold(_BEGIN)

    def _savepoint_rollback(self, sid: str) -> None:
        # What is held back came after the savepoint, which is always sent.
        self.connection.taken()
        super()._savepoint_rollback(sid)  # type: ignore[misc]

    def _set_autocommit(self, autocommit: bool) -> None:
        # psycopg stays as it is: the transaction is begun and ended by statements.
        if self.connection.autocommit != autocommit:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
