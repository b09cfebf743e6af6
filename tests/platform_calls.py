"""Envelopes of ours for tests of calls: rows without documents, and a Merkez that does what it is told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from gateways import Script, Scripted, scripted_merkez
from ulak.envelope import Packed
from ulak.lifecycle import documents as law
from ulak.lifecycle import envelopes
from ulak.lifecycle.effects import Woke
from ulak.wire.efatura import hash_of
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.calls.carrying import Calls
from ulak_server.exchange.law import happening
from ulak_server.exchange.models import Counterpart, Envelope, Identity
from ulak_server.exchange.rooms import DOCUMENTS, ENVELOPES

__all__ = ["IDENTITY", "calling", "envelope", "forget_everything", "on_road", "parcel", "stage", "woken"]

IDENTITY = "1234567803"
_SEEDS = itertools.count(1)


def parcel(id: UUID) -> Packed:
    """The same bytes for the same envelope."""
    data = f"zip of {id}".encode()
    return Packed(f"{id}.zip", hash_of(data), len(data), data)


def envelope(taxpayer: int = 1, documents: Sequence[int] = (), **changes: Any) -> UUID:
    """An envelope that is about to be sent; its id."""
    id, now = uuid4(), clock.now()
    record = envelopes.packed(changes.pop("kind", envelopes.EnvelopeKind.BUSINESS), now, seed=next(_SEEDS))
    record = record._replace(**changes.pop("record", {}))
    values = {
        "taxpayer_id": taxpayer,
        "identity": IDENTITY,
        "kind": str(record.kind),
        "type": "SENDERENVELOPE",
        "element": "INVOICE",
        "sender_alias": "urn:mail:gb",
        "sender_number": "4812530769",
        "receiver_alias": "urn:mail:pk",
        "receiver_number": "7359021640",
        "documents": list(documents),
        "size": 1,
        "digest": b"",
        "said": [],
        "created_at": now,
        **changes,
    }
    with happening() as shell:
        shell.add(ENVELOPES, id, record, **values)
    return id


def on_road(documents: Sequence[int], taxpayer: int, **changes: Any) -> UUID:
    """An envelope that holds these documents, which are told so."""
    id = envelope(taxpayer, documents, **changes)
    with happening() as shell:
        for row in shell.load(DOCUMENTS, documents):
            row.record = row.record._replace(stage=law.Stage.SEALED)
            row["work"], row["envelope"] = None, id
            shell.happen(DOCUMENTS, row.key, law.Enveloped(str(id), len(documents)))
    return id


def woken(calls: Calls, *ids: UUID) -> None:
    """Ring the alarm clocks of envelopes, and carry out what they ask for until nothing is under way."""
    with happening() as shell:
        for row in shell.load(ENVELOPES, ids):
            row.record = row.record._replace(wake_at=shell.now)
            shell.happen(ENVELOPES, row.key, Woke())
    calls.carry_out(shell.outside)
    assert calls.settle(20)


def stage(id: UUID) -> str:
    with scoped(Role.PIPELINE):
        found: str = Envelope.objects.values_list("stage", flat=True).get(id=id)
        return found


def forget_everything() -> None:
    """The breaker and the identity as on the first day."""
    with scoped(Role.PIPELINE):
        Counterpart.objects.all().delete()
        Identity.objects.all().delete()


@contextmanager
def calling(script: Script | None = None, **changes: Any) -> Iterator[tuple[Calls, Scripted]]:
    """Calls that go to a Merkez which does what it is told."""
    forget_everything()
    with scripted_merkez(*([script] if script else [])) as merkez:
        calls = Calls(changes.pop("parcel", parcel), url=changes.pop("url", merkez.url), identity=IDENTITY, **changes)
        try:
            yield calls, merkez
        finally:
            calls.close(timedelta(seconds=5).total_seconds())
