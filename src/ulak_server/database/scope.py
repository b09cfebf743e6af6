"""For whom a transaction works: its role, and the taxpayers whose rows it sees.

>>> with scoped(Role.WEB, [taxpayer.id]):  # doctest: +SKIP
...     Document.objects.get(ettn=ettn)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from ulak_server.database.ahead import ahead
from ulak_server.database.roles import Role

__all__ = ["NotScoped", "Scope", "current", "is_scoped", "row_of", "scoped", "widen"]


class NotScoped(RuntimeError):
    """A tenant's rows were asked for outside of `scoped`: a mistake in the program."""


class Scope(NamedTuple):
    """For whom the running transaction works."""

    role: Role
    taxpayers: frozenset[int]


_BEGIN: Final = "SELECT set_config('role', %s, true), set_config('ulak.taxpayers', %s, true)"
_SCOPE: Final[ContextVar[Scope | None]] = ContextVar("ulak_scope", default=None)


def current() -> Scope:
    """The scope of the running transaction.

    Raises:
        NotScoped: there is none.
    """
    scope = _SCOPE.get()
    if scope is None:
        raise NotScoped("rows of taxpayers were asked for outside of a scope")
    return scope


def is_scoped() -> bool:
    """Whether there is a scope."""
    return _SCOPE.get() is not None


@contextmanager
def scoped(role: Role, taxpayers: Iterable[int] = ()) -> Iterator[Scope]:
    """A transaction that works for these taxpayers. Scopes do not nest: a transaction has one role.

    Args:
        taxpayers: ids; none: only what the role sees of everybody.
    """
    if _SCOPE.get() is not None:
        raise NotScoped("a scope within a scope")
    scope = Scope(role, frozenset(taxpayers))
    with transaction.atomic():
        ahead(_BEGIN, [role.value, _array(scope.taxpayers)])
        token = _SCOPE.set(scope)
        try:
            yield scope
        finally:
            _SCOPE.reset(token)


def row_of(role: Role, taxpayers: Iterable[int], statement: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row of one statement that reads, in a transaction and scope of its own: `scoped`, in one round trip."""
    if _SCOPE.get() is not None or connection.in_atomic_block:
        raise NotScoped("a scope within a transaction")
    with connection.cursor() as cursor:
        # What comes in one message is one transaction (PostgreSQL, Message Flow, "Multiple Statements in a Simple
        # Query"); each statement is planned after those before it, thus under the role.
        cursor.execute(f"{_BEGIN}; {statement}", [role.value, _array(frozenset(taxpayers)), *parameters])
        cursor.nextset()
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def widen(taxpayers: Iterable[int]) -> Scope:
    """Let the running transaction of a worker work for these taxpayers too, once it knows whose rows it holds.

    Raises:
        NotScoped: there is no transaction, or it is not a worker's: people's scopes come from who they are, alone.
    """
    scope = current()
    if scope.role is not Role.PIPELINE:
        raise NotScoped("only workers may widen their scope")
    wider = Scope(scope.role, scope.taxpayers | frozenset(taxpayers))
    if wider != scope:
        ahead("SELECT set_config('ulak.taxpayers', %s, true)", [_array(wider.taxpayers)])
        _SCOPE.set(wider)
    return wider


def _array(taxpayers: frozenset[int]) -> str:
    return "{" + ",".join(map(str, sorted(taxpayers))) + "}"
