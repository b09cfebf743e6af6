"""API keys: made, shown once, checked, revoked.

A key reads ``ulak_<taxpayer>_<prefix>_<secret>``. The taxpayer in it says only in whose rows it is looked for.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Q

from ulak.kept import Kept
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.remembered import here
from ulak_server.database.roles import Role
from ulak_server.database.scope import row_of, scoped
from ulak_server.people.actors import Caller
from ulak_server.people.models import ApiKey
from ulak_server.people.permissions import SCOPES
from ulak_server.people.problems import problem

__all__ = [
    "LONGEST_LIFE",
    "MadeKey",
    "Presented",
    "authenticate_key",
    "keys_of",
    "make_key",
    "presented",
    "revoke_key",
]

LONGEST_LIFE: Final = timedelta(days=3 * 366)
_NAME: Final = 100
_MINUTE: Final = timedelta(minutes=1)
_KEY: Final = re.compile(r"ulak_([1-9][0-9]{0,9})_([a-z0-9]{10})_([A-Za-z0-9_-]{43})", re.ASCII)
_PREFIX: Final = "abcdefghijkmnpqrstuvwxyz23456789"
_FIND: Final = """
SELECT id, digest, scopes, name, expires_at, revoked_at, last_used_at FROM people_api_key
WHERE taxpayer_id = %s AND prefix = %s
"""
_NONE: Final = (0, b"", (), "", None, None, None)
_LARGEST_ID: Final = 2**31 - 1
_BELIEVED: Final = 1.0
"""Seconds for which a key's row is not read again: a program calls a hundred times in them. So long a key may still
open its taxpayer in other processes after it was revoked in one."""
_SEEN: Final = Kept[tuple[str, int, str], tuple[float, tuple[Any, ...]]]("people.keys", 4 << 20)


class Presented(NamedTuple):
    """A key as somebody gave it; nothing of it is proven."""

    taxpayer: int
    prefix: str
    secret: str


class MadeKey(NamedTuple):
    """A new key: the text is shown this once."""

    id: int
    prefix: str
    text: str


class _Found(NamedTuple):
    """A key's owner, and whether it is a minute since that it was used was written down."""

    id: int
    caller: Caller
    at: datetime
    is_stale: bool


def presented(token: str) -> Presented:
    """A key as it is written.

    Raises:
        NotSignedIn: ``people.key-unknown``: it is no key.
    """
    found = _KEY.fullmatch(token.strip())
    if found is None or int(found[1]) > _LARGEST_ID:
        raise problem("people.key-unknown")
    return Presented(int(found[1]), found[2], found[3])


def authenticate_key(token: str) -> Caller:
    """Who presents a key, in a transaction of its own.

    Raises:
        NotSignedIn: ``people.key-unknown``, ``people.key-expired``, ``people.key-revoked``.
    """
    given = presented(token)
    # Every call of a program comes by here: one round trip once a second, and another once a minute.
    found = _proven(given, _row_of(given))
    if found.is_stale:
        with scoped(Role.WEB, [given.taxpayer]):
            _touch(found)
        _SEEN.take(_place_of(given))
    return found.caller


def _row_of(given: Presented) -> tuple[Any, ...] | None:
    place, now = _place_of(given), time.monotonic()
    if (seen := _SEEN.get(place)) is not None and now < seen[0]:
        return seen[1]
    row = row_of(Role.WEB, [given.taxpayer], _FIND, [given.taxpayer, given.prefix])
    if row is not None:
        _SEEN.put(place, (now + _BELIEVED, row))
    return row


def _place_of(given: Presented) -> tuple[str, int, str]:
    return here(), given.taxpayer, given.prefix


def _proven(given: Presented, row: tuple[Any, ...] | None) -> _Found:
    """Whose key a row is, if it is the one that was presented and still counts."""
    now = clock.now()
    id, digest, scopes, name, expires_at, revoked_at, last_used_at = row or _NONE
    if not hmac.compare_digest(bytes(digest), _digest(given.secret)):
        raise problem("people.key-unknown")
    if revoked_at is not None:
        raise problem("people.key-revoked")
    if expires_at is not None and expires_at <= now:
        raise problem("people.key-expired")
    caller = Caller(f"key:{id}", {given.taxpayer: frozenset(scopes)}, key=id, name=name)
    return _Found(id, caller, now, last_used_at is None or now - last_used_at >= _MINUTE)


def _touch(found: _Found) -> None:
    """Write down that a key was used, once a minute at most."""
    stale = Q(last_used_at=None) | Q(last_used_at__lte=found.at - _MINUTE)
    ApiKey.objects.filter(stale, id=found.id).update(last_used_at=found.at)


def keys_of(taxpayer: int) -> list[ApiKey]:
    """A taxpayer's keys, newest first, without what proves them; in the caller's scope."""
    return list(ApiKey.objects.filter(taxpayer_id=taxpayer).defer("digest").order_by("-id"))


def make_key(
    taxpayer: int,
    name: str,
    scopes: Collection[str],
    *,
    expires_at: datetime | None = None,
    actor: str = "",
    origin: str = "",
) -> MadeKey:
    """A new key for a program, in the caller's scope.

    Args:
        scopes: of `SCOPES`.
        expires_at: aware; by default a year from now.

    Raises:
        Unfit: ``people.key-name``, ``people.key-expiry``, ``people.scope-unknown``.
    """
    now = clock.now()
    ends = expires_at or now + timedelta(days=365)
    if not name.strip() or len(name) > _NAME:
        raise problem("people.key-name", where="/name", length=_NAME)
    if not now < ends <= now + LONGEST_LIFE:
        raise problem("people.key-expiry", where="/expires_at", days=LONGEST_LIFE.days)
    for scope in scopes:
        if scope not in SCOPES:
            raise problem("people.scope-unknown", where="/scopes", scope=scope[:40], scopes=", ".join(SCOPES))
    prefix, secret = "".join(secrets.choice(_PREFIX) for _ in range(10)), secrets.token_urlsafe(32)
    made = ApiKey(
        taxpayer_id=taxpayer,
        name=name.strip(),
        prefix=prefix,
        digest=_digest(secret),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=ends,
    )
    made.save(force_insert=True)
    facts = {"key": made.id, "scopes": made.scopes, "expires_at": ends.isoformat()}
    audit.record([Entry("key.made", now, taxpayer, actor=actor, origin=origin, facts=facts)])
    return MadeKey(made.id, prefix, f"ulak_{taxpayer}_{prefix}_{secret}")


def revoke_key(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """From now on nobody gets in with that key. Revoking twice does nothing.

    Raises:
        NotFound: ``people.no-such-key``.
    """
    now = clock.now()
    mine = ApiKey.objects.filter(taxpayer_id=taxpayer, id=id)
    if not mine.exists():
        raise problem("people.no-such-key")
    if mine.filter(revoked_at=None).update(revoked_at=now):
        transaction.on_commit(_SEEN.clear)
        audit.record([Entry("key.revoked", now, taxpayer, actor=actor, origin=origin, facts={"key": id})])


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
