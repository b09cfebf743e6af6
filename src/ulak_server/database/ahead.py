"""Statements in fewer messages: those that nobody waits for go along with others, questions are asked together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, cast

from django.db import connection

from ulak_server.database.bound import bound
from ulak_server.database.engine.line import Held, Line

__all__ = ["Ask", "ahead", "asked", "written"]

_SMALL: Final = 64 * 1024
"""Characters of parameters that are cheaper quoted into a message than sent beside a statement in one of its own."""


class Ask(NamedTuple):
    """A statement that reads."""

    statement: str
    parameters: Sequence[Any] = ()


def ahead(statement: str, parameters: Sequence[Any], *, matters: bool = False) -> None:
    """Send a statement of the running transaction along with the next one; what is wrong with it is raised there.

    Args:
        matters: whether it is sent with COMMIT if nothing else follows. One that only prepares what follows is not.
    """
    connection.validate_no_broken_transaction()
    cast(Line, connection.connection).hold(Held(statement, parameters, matters))


def written(statement: str, parameters: Sequence[str]) -> None:
    """Write by a statement whose answer nobody needs; small ones are sent along with what follows, or with COMMIT.

    Outside of a transaction it is sent at once.
    """
    if connection.in_atomic_block and sum(map(len, parameters)) <= _SMALL:
        ahead(statement, parameters, matters=True)
        return
    with bound() as cursor:
        cursor.execute(statement.encode(), parameters)


def asked(*asks: Ask) -> list[list[tuple[Any, ...]]]:
    """The rows of some statements, in one round trip; within the running scope and transaction."""
    if not asks:
        return []
    found = []
    with connection.cursor() as cursor:
        cursor.execute("; ".join(one.statement for one in asks), [value for one in asks for value in one.parameters])
        for _ in asks:
            found.append(cursor.fetchall())
            cursor.nextset()
    return found
