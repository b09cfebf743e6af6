"""The chain's head of every day, signed with the integrator's key and stamped by a time stamp authority.

Whoever owns the database could write the whole chain anew; what was sealed of it on a day it was still true cannot be.
Sources: Özel Entegrasyon Kılavuzu V1.13, 7 (log archive signed daily); Denetim Kılavuzu 10 (WORM or time stamp).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak.seal.algorithms import Algorithm, Digest
from ulak.seal.certificates import certificate_of
from ulak.seal.errors import SealError
from ulak.seal.keys.port import SealingKey
from ulak.seal.trust.stamp_checks import misfit
from ulak.seal.trust.stamping import TimeStamper
from ulak.seal.trust.timestamps import read_token, signer_of
from ulak.seal.values import is_by
from ulak_server import clock
from ulak_server.audit.problems import AuditFault, audit_fault
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["due", "seal_head", "verify_heads"]

_COLUMNS: Final = "day, block, digest, statement, algorithm, signature, certificate, stamp"


class _Head(NamedTuple):
    day: date
    block: int
    digest: bytes
    statement: str
    algorithm: str
    signature: bytes
    certificate: bytes
    stamp: bytes


def due() -> date | None:
    """The day whose head is to be sealed now, yesterday in Istanbul; None if it is, or if there is nothing yet."""
    day = clock.today() - timedelta(days=1)
    with scoped(Role.PIPELINE):
        done = _one("SELECT 1 FROM audit_head WHERE day = %s", day)
        return None if done or _last_of(day) is None else day


def seal_head(day: date, key: SealingKey | None, stamper: TimeStamper | None) -> None:
    """Seal the last block of a day; with neither key nor authority its statement is kept as it is.

    Raises:
        KeyFailure, StampFailure: nothing was kept.
    """
    with scoped(Role.PIPELINE):
        found = _last_of(day)
    if found is None:
        return
    statement = _statement(day, *found)
    signed: tuple[Any, ...] = ("", b"", b"")
    if key is not None:
        signature = key.sign(key.algorithm.digest.of(statement.encode()))
        signed = (key.algorithm.name, signature, key.certificate.der)
    stamp = stamper.stamp(sha256(statement.encode()).digest(), Digest.SHA256).der if stamper else b""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_head ({_COLUMNS}, at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608
            " ON CONFLICT DO NOTHING",
            [day, *found, statement, *signed, stamp, clock.now()],
        )


def verify_heads(first: int) -> tuple[int, AuditFault | None]:
    """Check the heads from a block on; how many hold, and the first that does not.

    Signatures and stamps are checked against the certificates that lie with them.
    """
    with scoped(Role.OPERATOR), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS}, (SELECT b.digest FROM audit_block b WHERE b.number = h.block)"  # noqa: S608
            " FROM audit_head h WHERE block >= %s ORDER BY day",
            [first],
        )
        found = cursor.fetchall()
    for place, (*values, digest) in enumerate(found):
        head = _Head._make(bytes(value) if isinstance(value, memoryview) else value for value in values)
        if (fault := _fault(head, digest)) is not None:
            return place, fault
    return len(found), None


def _fault(head: _Head, digest: bytes | None) -> AuditFault | None:
    if digest is None:
        return audit_fault("audit.block-missing", head.block)
    if head.digest != bytes(digest) or head.statement != _statement(head.day, head.block, head.digest):
        return audit_fault("audit.head-other", head.block, day=head.day)
    detail = _signature_fault(head) or _stamp_fault(head)
    return audit_fault("audit.head-forged", head.block, day=head.day, detail=detail) if detail else None


def _signature_fault(head: _Head) -> str:
    if not head.signature:
        return ""
    try:
        certificate, algorithm = certificate_of(head.certificate), Algorithm[head.algorithm]
    except (SealError, KeyError) as error:
        return str(error)
    digest = algorithm.digest.of(head.statement.encode())
    return "" if is_by(certificate, head.signature, digest, algorithm) else "signature"


def _stamp_fault(head: _Head) -> str:
    if not head.stamp:
        return ""
    try:
        token = read_token(head.stamp)
        signer = signer_of(token, ())
    except SealError as error:
        return error.code
    if token.imprint != sha256(head.statement.encode()).digest() or signer is None or misfit(token, signer):
        return "time stamp"
    return ""


def _statement(day: date, block: int, digest: bytes) -> str:
    return f"Ulak audit log\nday: {day.isoformat()}\nblock: {block}\ndigest: sha256:{digest.hex()}\n"


def _last_of(day: date) -> tuple[int, bytes] | None:
    """The last block that was sealed before a day ended in Istanbul."""
    end = datetime.combine(day + timedelta(days=1), time(), clock.ISTANBUL)
    found = _one("SELECT number, digest FROM audit_block WHERE at < %s ORDER BY number DESC LIMIT 1", end)
    return None if found is None else (found[0], bytes(found[1]))


def _one(statement: str, parameter: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [parameter])
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found
