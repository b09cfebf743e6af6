"""The way into the platform for tests: GİB's calls answered in this process, and the station that opens envelopes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from center_registry import INTEGRATOR
from seal_pki import NOW, trust_folder
from ulak.envelope import Packed, SystemResponse, read_response
from ulak.wire.efatura import SERVICE, Document, Query, Receipt
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange import keys
from ulak_server.exchange.inbound.endpoint import answer
from ulak_server.exchange.inbound.station import Opener
from ulak_server.exchange.outbound.parcels import parcel

__all__ = ["asked", "bring", "came", "installation", "open_all", "responses", "rows"]


@contextmanager
def installation(at: Any = NOW) -> Iterator[None]:
    """The platform of the test PKI's integrator, at its time."""
    values: Any = settings.ENVIRONMENT.values
    before = dict(values)
    values.update(ULAK_TRUST=str(trust_folder()), ULAK_INTEGRATOR_NUMBER=INTEGRATOR)
    keys.trust.cache_clear()
    clock.use(lambda: at)
    try:
        yield
    finally:
        clock.use(None)
        values.clear()
        values.update(before)
        keys.trust.cache_clear()


def bring(packed: Packed, *, mtom: bool = True) -> Receipt:
    """Let GİB bring an envelope; raises its fault."""
    found = _called(Document(packed.name, packed.data, packed.md5), mtom=mtom)
    assert isinstance(found, Receipt)
    return found


def asked(id: str) -> SystemResponse:
    """What GİB is told of an envelope that it asks for; raises its fault."""
    found = _called(Query(id))
    assert not isinstance(found, Receipt)
    return read_response(found.xml)


def _called(request: Document | Query, *, mtom: bool = True) -> Any:
    payload = SERVICE.write_request(request, mtom=mtom)
    reply = answer(payload.content_type, payload.body, payload.soap_action or "", "192.0.2.7")
    return SERVICE.read_response(request, reply.payload.content_type, reply.payload.body)


def open_all() -> None:
    """The station, until there is nothing to do."""
    station = Opener()
    while station.turn():
        pass


def came(packed: Packed, *, mtom: bool = True) -> dict[str, Any]:
    """An envelope brought and opened; its row."""
    bring(packed, mtom=mtom)
    open_all()
    (row,) = rows("SELECT * FROM exchange_inbound WHERE id = %s", packed.name.removesuffix(".zip").lower())
    return row


def responses(about: str) -> list[SystemResponse]:
    """The system responses about an envelope that came in, as they are sent."""
    made = rows("SELECT id FROM exchange_envelope WHERE about = %s ORDER BY created_at", about)
    return [read_response(parcel(UUID(str(one["id"]))).data) for one in made]


def rows(statement: str, *parameters: Any, taxpayers: Any = ()) -> list[dict[str, Any]]:
    """Rows as a worker sees them."""
    with scoped(Role.PIPELINE, taxpayers), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
