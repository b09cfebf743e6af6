"""Who may do what here: every verb asks the table of permissions, and works in a scope of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError

from ulak_server.ledgers.keeping import Scopes
from ulak_server.ledgers.problems import problem
from ulak_server.people.services import Caller, require, working_for

__all__ = ["CHANGE", "CONSENT", "READ", "SEND", "WRITE", "admitted", "scopes"]

READ = "ledgers.read"
WRITE = "ledgers.write"
SEND = "ledgers.send"
CHANGE = "ledgers.change"
CONSENT = "ledgers.consent"


@contextmanager
def admitted(caller: Caller, taxpayer: int, action: str = READ) -> Iterator[None]:
    """The transaction of somebody's request, if the action is open to them.

    Raises:
        NotSignedIn, NotAllowed, NotFound: as `ulak_server.people.services.require`.
        UnknownLedger: ``ledger-work.unknown`` for what has a NUL in its name, which nothing in a database has.
    """
    require(caller, action, taxpayer)
    try:
        with working_for(caller, taxpayer):
            yield
    except (ValueError, DataError) as error:
        if "NUL" in str(error):
            raise problem("ledger-work.unknown") from None
        raise


def scopes(caller: Caller, taxpayer: int) -> Scopes:
    """Scopes in which pieces are read for somebody."""
    return lambda: working_for(caller, taxpayer)
