"""The law of the road as this installation goes by it: its times, and who carries out which effect."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings

from ulak.lifecycle.policy import Policy
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.exchange.rooms import Row
from ulak_server.exchange.shell import Handler, Handlers, Shell, shell
from ulak_server.exchange.times import policy_of

__all__ = ["happening", "joined", "policy", "worker"]


@cache
def policy() -> Policy:
    """The times: GİB's and ours, changed by ``ULAK_POLICY`` in rehearsals.

    See `ulak_server.exchange.times.policy_of`.
    """
    return policy_of(settings.ENVIRONMENT["ULAK_POLICY"])


@contextmanager
def happening(
    *, role: Role = Role.PIPELINE, taxpayers: Iterable[int] = (), actor: str = "", origin: str = ""
) -> Iterator[Shell]:
    """A transaction in which things happen to records, by the law in force, now; made by this process unless told."""
    who = actor or worker()
    with shell(clock.now(), policy(), _handlers(), role=role, taxpayers=taxpayers, actor=who, origin=origin) as one:
        yield one


@contextmanager
def joined(*, actor: str = "", origin: str = "") -> Iterator[Shell]:
    """The same within the transaction that is under way, and by its scope: for what others do in the same breath."""
    one = Shell(clock.now(), policy(), _handlers(), actor or worker(), origin)
    yield one
    one.flush()


@cache
def worker() -> str:
    """Who acts where no person does: this process, for the timeline."""
    return f"worker:{socket.gethostname()}/{os.getpid()}"


@cache
def _handlers() -> Handlers:
    from ulak_server.exchange.accounts import handlers as accounts
    from ulak_server.exchange.calls import handlers as calls
    from ulak_server.exchange.inbound import handlers as inbound
    from ulak_server.exchange.ledgers import handlers as ledgers
    from ulak_server.exchange.outbound import handlers as outbound
    from ulak_server.exchange.reports import handlers as reports

    return _together(
        outbound.HANDLERS,
        calls.HANDLERS,
        inbound.HANDLERS,
        accounts.HANDLERS,
        reports.HANDLERS,
        ledgers.HANDLERS,
    )


def _together(*tables: Handlers) -> Handlers:
    """One table of all; what several rooms want to know of is told to each, in their order."""
    merged: dict[tuple[str, type], Handler] = {}
    for key in dict.fromkeys(key for table in tables for key in table):
        found = [table[key] for table in tables if key in table]
        merged[key] = found[0] if len(found) == 1 else _each(found)
    return merged


def _each(handlers: Sequence[Handler]) -> Handler:
    def tell(shell: Shell, row: Row, what: Any) -> None:
        for handler in handlers:
            handler(shell, row, what)

    return tell
