"""Whose seal is put on a taxpayer's documents, and where their own is.

An address of a key is configuration of this machine: files and modules are opened by workers. So taxpayers themselves
may give hosts that sign (https) alone, and none of this network.
"""

from __future__ import annotations

import ipaddress
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from django.db import connection

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.taxpayers.models import OwnKey, Sealing, Taxpayer
from ulak_server.taxpayers.problems import problem
from ulak_server.taxpayers.records import of
from ulak_server.vault import open_secret, seal_secret

__all__ = ["KeyPlace", "own_key", "seal_by_integrator", "seal_by_own_key"]

_ADDRESS: Final = "key address"
_SECRET: Final = "key secret"  # noqa: S105
_PUT: Final = """
INSERT INTO taxpayers_own_key (taxpayer_id, address, secret, changed_at)
VALUES (%(taxpayer)s, %(address)s, %(secret)s, %(now)s)
ON CONFLICT (taxpayer_id) DO UPDATE SET address = %(address)s, secret = %(secret)s, changed_at = %(now)s
"""
_SCHEMES: Final = ("https", "pkcs11", "pkcs12")


class KeyPlace(NamedTuple):
    """Where a key is.

    Attributes:
        address: as `ulak.seal.keys.opening` reads it.
        secret: PIN, password or access token; empty if it needs none or the address tells where it is.
    """

    address: str
    secret: str

    def __repr__(self) -> str:
        return "<KeyPlace>"


def own_key(taxpayer: int) -> KeyPlace | None:
    """Where a taxpayer's own key is, if their documents are sealed with it. The scope must hold the taxpayer."""
    if of(taxpayer).sealing != Sealing.OWN:
        return None
    found = OwnKey.objects.filter(taxpayer_id=taxpayer).first()
    if found is None:
        return None
    return KeyPlace(
        open_secret(found.address, _ADDRESS, taxpayer).decode(), open_secret(found.secret, _SECRET, taxpayer).decode()
    )


def seal_by_own_key(
    taxpayer: int, address: str, secret: str = "", *, by_operator: bool, actor: str = "", origin: str = ""
) -> None:
    """From now on documents get the taxpayer's own seal. The scope must hold the taxpayer.

    Args:
        by_operator: whether whoever gives the address runs this installation.

    Raises:
        TaxpayerError: ``taxpayer.unknown``, ``taxpayer.key-address``, ``taxpayer.key-foreign``.
    """
    of(taxpayer)
    _check(address, by_operator=by_operator)
    values: dict[str, Any] = {
        "taxpayer": taxpayer,
        "address": seal_secret(address.encode(), _ADDRESS, taxpayer),
        "secret": seal_secret(secret.encode(), _SECRET, taxpayer),
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        # Not by the ORM, which would read it first: operators may write here, and not read.
        cursor.execute(_PUT, values)
    Taxpayer.objects.filter(id=taxpayer).update(sealing=Sealing.OWN)
    _tell("taxpayer.sealing", taxpayer, Sealing.OWN, actor, origin)


def seal_by_integrator(taxpayer: int, *, actor: str = "", origin: str = "") -> None:
    """From now on documents get the integrator's seal; where the taxpayer's own is, is forgotten.

    Source: Özel Entegrasyon Kılavuzu V1.13, 2.2.
    """
    of(taxpayer)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM taxpayers_own_key WHERE taxpayer_id = %s", [taxpayer])
    Taxpayer.objects.filter(id=taxpayer).update(sealing=Sealing.INTEGRATOR)
    _tell("taxpayer.sealing", taxpayer, Sealing.INTEGRATOR, actor, origin)


def _check(address: str, *, by_operator: bool) -> None:
    parts = urlsplit(address)
    if parts.scheme not in _SCHEMES or len(address) > 2000:
        raise problem("taxpayer.key-address", where="/address", detail=", ".join(_SCHEMES))
    if by_operator:
        return
    if parts.scheme != "https" or not parts.hostname or _is_near(parts.hostname):
        raise problem("taxpayer.key-foreign", where="/address")


def _is_near(host: str) -> bool:
    """Whether a host is named as one of this network; names that lead here are for the firewall."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))


def _tell(what: str, taxpayer: int, sealing: str, actor: str, origin: str) -> None:
    facts = {"sealing": str(sealing)}
    audit.record([Entry(what, clock.now(), taxpayer, actor=actor, origin=origin, facts=facts)])
