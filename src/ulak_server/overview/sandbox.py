"""A sandbox: an installation against a simulated Merkez, where people take taxpayers on for themselves.

It is one if ``ULAK_SANDBOX`` names the folder of a test authority (`ulak pki new`). Whoever is signed in may then take
on a taxpayer of any number that is free, and owns it; seals come from the test authority and are worth nothing
elsewhere. In every other installation these verbs refuse.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from ulak.errors import Text, UlakError
from ulak.seal.counter import counter_seal
from ulak.seal.keys.opening import open_key
from ulak.seal.pki.authority import Held, random_serial
from ulak.seal.pki.cast import PERSONAL, S2
from ulak.seal.pki.folder import changing, p12_of
from ulak.seal.pki.issuer import Validity
from ulak.seal.pki.keymaking import KeyKind, generate
from ulak.seal.pki.profiles import E_IMZA, MALI_MUHUR, holder_name
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.accounts import services as accounts
from ulak_server.overview.models import Start
from ulak_server.overview.problems import problem
from ulak_server.people import services as people
from ulak_server.people.services import Caller, Rate
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.services import NewTaxpayer

__all__ = ["counter_seal_request", "is_sandbox", "seal_by_test_key", "take_on"]

_RATE: Final = Rate(5, timedelta(days=1))
"""Taxpayers that one person takes on: enough to try everything, too few to fill the database."""
_LIFE: Final = timedelta(days=365)
_NO_MEANING: Final = Text("", "")


def is_sandbox() -> bool:
    """Whether this installation is a sandbox."""
    return folder() is not None


def folder() -> Path | None:
    """Where the test authority lies; None: this is no sandbox."""
    given = settings.ENVIRONMENT["ULAK_SANDBOX"]
    return Path(given).expanduser().resolve() if given else None


def take_on(caller: Caller, new: NewTaxpayer, *, origin: str = "") -> int:
    """Take a taxpayer on for oneself; its id. Whoever does it is its owner from now on.

    Opens its own transactions: call it outside of any.

    Raises:
        OverviewError: ``overview.no-self-service``.
        TooMany: ``people.too-many``.
        TaxpayerError: ``taxpayer.number``, ``taxpayer.name``, ``taxpayer.known``.
    """
    if not is_sandbox() or caller.user is None or caller.is_operator:
        raise problem("overview.no-self-service")
    with scoped(Role.WEB):
        people.take(people.bucket_of("sandbox", str(caller.user)), _RATE)
    # Nobody works for a taxpayer that is not there yet: it is taken on as operators do it, for its owner alone.
    with scoped(Role.OPERATOR):
        made = taxpayers.create(new, actor=caller.actor, origin=origin)
        people.add_member(made.id, caller.user, "owner", actor=caller.actor, origin=origin)
        Start(taxpayer_id=made.id, is_self_service=True).save(force_insert=True)
    return made.id


def seal_by_test_key(taxpayer: int, *, actor: str = "", origin: str = "") -> None:
    """From now on documents get a seal of the taxpayer's own, from the test authority.

    Raises:
        OverviewError: ``overview.seal-not-here``, ``overview.seal-failed``.
    """
    address = f"pkcs12:{_test_key(taxpayer)}"
    taxpayers.seal_by_own_key(taxpayer, address, by_operator=True, actor=actor, origin=origin)


def counter_seal_request(taxpayer: int, service: str, *, actor: str = "", origin: str = "") -> None:
    """Put the taxpayer's test seal on the request that waits for it.

    Raises:
        OverviewError: ``overview.seal-not-here``, ``overview.seal-failed``.
        NoAccount: ``account.none``, ``account.request-none``.
    """
    document = accounts.to_counter_seal(taxpayer, service)
    key = open_key(f"pkcs12:{_test_key(taxpayer)}")
    try:
        sealed = counter_seal(document, key, at=clock.now())
    finally:
        key.close()
    accounts.counter_sealed(taxpayer, service, sealed, actor=actor, origin=origin)


def _test_key(taxpayer: int) -> Path:
    """The file with the taxpayer's test key, made where it is missing."""
    authority = folder()
    if authority is None:
        raise problem("overview.seal-not-here")
    whose = taxpayers.of(taxpayer)
    path = settings.ENVIRONMENT.data / "sandbox" / f"{whose.number}.p12"
    if not path.exists():
        try:
            _put(path, _issued(authority, whose.number, whose.title))
        except (UlakError, OSError) as error:
            detail = error.text if isinstance(error, UlakError) else error.strerror
            raise problem("overview.seal-failed", detail=detail) from None
    return Path(path)


def _issued(authority: Path, number: str, title: str) -> bytes:
    is_person, now, key = len(number) == 11, clock.now(), generate(KeyKind.RSA_2048)
    with changing(authority) as made:
        issuer = made.issuers[PERSONAL if is_person else S2]
        validity = Validity(now - timedelta(days=1), min(now + _LIFE, made.lasts_until))
        certificate = issuer.issue(
            holder_name(title, number, country=is_person),
            key,
            E_IMZA if is_person else MALI_MUHUR,
            validity,
            serial=random_serial(),
            url=made.url,
        )
        return p12_of(Held(number, number, certificate, key, issuer.chain, _NO_MEANING))


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    other = path.with_suffix(f".{os.getpid()}")
    with open(os.open(other, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    other.replace(path)
