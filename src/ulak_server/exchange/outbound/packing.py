"""Sealed documents put into envelopes: which go together, when, and the envelope's row.

Documents of one taxpayer, from one alias, to one receiver's alias and of one type go together, up to GİB's hundred.
They wait for others a moment; what has priority goes at once, what must go alone (after an envelope of several was
refused, exports, passengers' invoices) goes alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connection

from ulak.envelope import Header, Party
from ulak.envelope.limits import MOST_INVOICES, ONE_PER_LIST
from ulak.lifecycle import Woke
from ulak.lifecycle import documents as law
from ulak.lifecycle import envelopes as trips
from ulak.uuids import new_uuid
from ulak_server.archive.services import Ref
from ulak_server.documents.kinds import KINDS
from ulak_server.exchange.outbound.parcels import remember, written
from ulak_server.exchange.outbound.work import bodies_of, ref_of
from ulak_server.exchange.rooms import DOCUMENTS, ENVELOPES, Row
from ulak_server.exchange.shell import Shell

__all__ = ["MOST_BYTES", "Lot", "lots", "pack_lots"]

MOST_BYTES: Final = 8 * 1024 * 1024
"""Of documents in one envelope that holds more than one; GİB names no limit."""


_MOST_AT_ONCE: Final = 400
"""Documents that one transaction puts into envelopes."""
_NUMBER: Final = "SELECT number FROM taxpayers_taxpayer WHERE id = %s"


class Lot(NamedTuple):
    """Documents that may go together."""

    rows: list[Row]
    is_full: bool


def pack_lots(shell: Shell, rows: Sequence[Row], bodies: dict[Ref, bytes], free: int) -> int:
    """Put into envelopes what fills one or has waited long enough; the rest stays as it is.

    Args:
        rows: sealed documents of one taxpayer.
        bodies: sealed ones that are at hand; others are read.
        free: how many envelopes may be sent as soon as the transaction is through; others wait for their alarm clocks.

    Returns:
        how many documents were put into envelopes.
    """
    due = _due(rows, shell.now)
    packed = [row for lot in due for row in lot]
    missing = [row for row in packed if ref_of(row) not in bodies]
    bodies = {**bodies, **bodies_of(shell, missing)}
    parts = [part for lot in due for part in split([row for row in lot if ref_of(row) in bodies], bodies)]
    sender = _number_of(packed[0]["taxpayer_id"]) if packed else ""
    for place, part in enumerate(parts):
        _pack(shell, part, bodies, sender, send=place < free)
    return len(packed)


def _due(rows: Iterable[Row], now: datetime) -> list[list[Row]]:
    due: list[list[Row]] = []
    left = _MOST_AT_ONCE
    for lot in lots(rows):
        if left > 0 and (lot.is_full or any(row["ready_at"] <= now for row in lot.rows)):
            due.append(lot.rows)
            left -= len(lot.rows)
    return due


def _number_of(taxpayer: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, [taxpayer])
        number: str = cursor.fetchone()[0]
        return number


def lots(rows: Iterable[Row]) -> Iterator[Lot]:
    """Documents put together by where they go and how, in their order; full lots of a hundred, and the rest."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(_together(row), []).append(row)
    for key, group in groups.items():
        most = 1 if key[-1] is not None else MOST_INVOICES
        for start in range(0, len(group), most):
            lot = group[start : start + most]
            yield Lot(lot, len(lot) == most)


def _together(row: Row) -> tuple[Any, ...]:
    kind = KINDS[row["kind"]]
    alone = row.key if row.record.alone or row["profile"] in ONE_PER_LIST else None
    return kind.element, row["sender_alias"], row["partner"], row["alias"], row.record.not_after, alone


def split(rows: Sequence[Row], bodies: Mapping[Ref, bytes]) -> Iterator[list[Row]]:
    """A lot cut where its documents would become too large for one envelope."""
    part: list[Row] = []
    size = 0
    for row in rows:
        length = len(bodies[ref_of(row)])
        if part and size + length > MOST_BYTES:
            yield part
            part, size = [], 0
        part.append(row)
        size += length
    if part:
        yield part


def _pack(shell: Shell, rows: Sequence[Row], bodies: Mapping[Ref, bytes], sender: str, *, send: bool) -> None:
    """One envelope of these documents: its row, and each document told.

    Args:
        sender: VKN or TCKN of the taxpayer.
        send: whether it goes as soon as the transaction is through; else its alarm clock sends it.
    """
    first, kind, id = rows[0], KINDS[rows[0]["kind"]], new_uuid()
    assert kind.envelope is not None, "archived kinds never travel"
    assert kind.element is not None
    receiver = Party(first["alias"], first["partner"])
    header = Header(kind.envelope, str(id), Party(first["sender_alias"], sender), receiver, shell.now)
    profiles = [row["profile"] for row in rows]
    xml = written(header, kind.element, [bodies[ref_of(row)] for row in rows], profiles)
    not_after = first.record.not_after
    record = trips.packed(trips.EnvelopeKind.BUSINESS, shell.now, seed=secrets.randbits(31), not_after=not_after)
    row = shell.add(ENVELOPES, id, record, **_columns(header, kind.element, rows, shell.now))
    row["size"], row["digest"] = len(xml.data), xml.digest
    for each in rows:
        each["work"], each["error"], each["envelope"] = None, None, id
        shell.happen(DOCUMENTS, each.key, law.Enveloped(str(id), len(rows)))
    if send:
        remember(id, xml, shell.now)
        shell.happen(ENVELOPES, id, Woke())


def _columns(header: Header, element: str, rows: Sequence[Row], now: datetime) -> dict[str, Any]:
    return {
        "taxpayer_id": rows[0]["taxpayer_id"],
        "identity": settings.ENVIRONMENT["ULAK_INTEGRATOR_NUMBER"],
        "kind": str(trips.EnvelopeKind.BUSINESS),
        "type": str(header.type),
        "element": str(element),
        "sender_alias": header.sender.alias,
        "sender_number": header.sender.number,
        "receiver_alias": header.receiver.alias,
        "receiver_number": header.receiver.number,
        "documents": [row.key for row in rows],
        "said": [],
        "created_at": now,
    }
