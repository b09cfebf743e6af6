"""What lies outside: the key that seals, the roots that are trusted, Merkez, and GİB's user list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import httpx
from django.db import DatabaseError

from ulak.errors import Text, UlakError
from ulak.seal.trust import TrustStore
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.environment import Environment
from ulak_server.exchange.keys import KeyRing
from ulak_server.operations.examination.finding import Finding, Level, found, well
from ulak_server.userlist import services as userlist

__all__ = ["center", "seal", "trust", "user_list"]

_SEALS: Final = Text("{owner}; {until} gününe kadar", "{owner}; until {until}")
_ROOTS: Final = Text("{count} kök", "{count} roots")
_ANSWERS: Final = Text("yanıt veriyor (HTTP {status})", "answers (HTTP {status})")
_AS_OF: Final = Text("{at} itibarıyla {count} etiket", "{count} aliases as of {at}")
_NEVER: Final = Text("hiç okunmamış", "was never read")
_OLD: Final = Text("{at} tarihinden beri okunmamış", "was not read since {at}")
_SOON: Final = timedelta(days=30)
_FRESH: Final = timedelta(hours=6)
_SKEW: Final = 30.0
_TIMEOUT: Final = 10.0


def seal(told: Environment) -> Iterator[Finding]:
    """The integrator's key opens, is the integrator's, and its certificate holds for a while."""
    if not told["ULAK_SEAL_KEY"]:
        return
    ring = KeyRing()
    try:
        with ring.using() as opened:
            certificate = opened.key.certificate
    except UlakError as error:
        yield found(Level.ERROR, "seal", "doctor.seal-key", detail=error)
        return
    finally:
        ring.close()
    until = certificate.not_after
    if until - datetime.now(UTC) < _SOON:
        yield found(Level.WARNING, "seal", "doctor.seal-expires", until=until.date())
    else:
        yield well("seal", _SEALS.format(owner=certificate.common_name, until=until.date()))


def trust(told: Environment) -> Iterator[Finding]:
    """The roots can be read, and there are some."""
    if not told["ULAK_TRUST"]:
        return
    try:
        store = TrustStore.read(Path(told["ULAK_TRUST"]))
    except UlakError as error:
        yield found(Level.ERROR, "trust", "doctor.trust", detail=error)
        return
    yield well("trust", _ROOTS.format(count=len(store.roots)))


def center(told: Environment) -> Iterator[Finding]:
    """Merkez answers at its address, whatever it answers, and its clock is ours."""
    url = told["ULAK_MERKEZ_URL"]
    if not url:
        return
    try:
        answer = httpx.get(url, params={"wsdl": ""}, timeout=_TIMEOUT, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        yield found(Level.ERROR, "Merkez", "doctor.center", url=url, detail=str(error) or type(error).__name__)
        return
    yield well("Merkez", _ANSWERS.format(status=answer.status_code))
    skew = _skew(answer.headers.get("Date", ""))
    if skew > _SKEW:
        yield found(Level.WARNING, "Merkez", "doctor.center-clock", seconds=round(skew))


def _skew(date: str) -> float:
    try:
        return abs((datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def user_list(told: Environment) -> Iterator[Finding]:
    """GİB's list of registered users was read not long ago."""
    if not told["ULAK_USERLIST_URL"]:
        return
    try:
        with scoped(Role.PIPELINE):
            fresh = userlist.freshness()
    except DatabaseError:
        return
    if fresh is None:
        yield found(Level.WARNING, "user list", "doctor.user-list", state=_NEVER)
    elif datetime.now(UTC) - fresh.at > _FRESH:
        yield found(Level.WARNING, "user list", "doctor.user-list", state=_OLD.format(at=f"{fresh.at:%Y-%m-%d %H:%M}"))
    else:
        yield well("user list", _AS_OF.format(at=f"{fresh.at:%Y-%m-%d %H:%M}", count=fresh.entries))
