"""The records of the law's machines as bytes: MessagePack arrays of their fields, in their order."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import msgspec

from ulak.lifecycle import accounts, answers, breaker, documents, envelopes, identities, inbound, ledgers, reports

__all__ = ["read", "write"]

R = TypeVar("R")
_TYPES: Final = (
    documents.Document,
    envelopes.Envelope,
    inbound.Incoming,
    answers.Answer,
    accounts.Account,
    identities.Identity,
    reports.Report,
    ledgers.Package,
    breaker.Breaker,
)
_DECODERS: Final[dict[type[Any], msgspec.msgpack.Decoder[Any]]] = {
    kind: msgspec.msgpack.Decoder(kind) for kind in _TYPES
}
_ENCODER: Final = msgspec.msgpack.Encoder()


def write(record: object) -> bytes:
    """A record as it is kept."""
    return _ENCODER.encode(record)


def read(kind: type[R], data: bytes | memoryview) -> R:
    """A record as it was kept. Fields that came later take their defaults.

    >>> from ulak.lifecycle import identities
    >>> read(identities.Identity, write(identities.Identity()))
    Identity(stage=<Stage.FREE: 'free'>, wake_at=None, since=None)
    """
    found: R = _DECODERS[kind].decode(data)
    return found
