"""What the gateway keeps, in memory: envelopes that it made, what was said about them, and envelopes that came in.

Ids of envelopes are compared without regard to capitals, as UUIDs are (RFC 4122, 3).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime

from ulak.envelope import Header, Party
from ulak_center.plan.candidate import Incoming, Packet, Reply, Sent
from ulak_center.plan.problems import plan_error

__all__ = ["Kept"]

_NOBODY = Party("", "")


class Kept:
    """The gateway's memory. Threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._packets: dict[str, Packet] = {}
        self._sent: dict[str, Sent] = {}
        self._replies: dict[str, list[Reply]] = {}
        self._incoming: dict[str, Incoming] = {}
        self._headers: dict[str, Header] = {}
        self._bodies: dict[str, bytes] = {}
        self._answered: set[str] = set()

    # -- made here ---------------------------------------------------------------------------------------------------

    def add(self, packet: Packet) -> Packet:
        """Keep an envelope that was made, before it is sent."""
        with self._lock:
            self._packets[packet.id.lower()] = packet
            self._bodies[packet.id.lower()] = packet.data
        return packet

    def packet(self, id: str) -> Packet:
        """An envelope that was made; raises PlanError ``plan.unknown-envelope``."""
        with self._lock:
            found = self._packets.get(id.lower())
        if found is None:
            raise plan_error("plan.unknown-envelope", id=id)
        return found

    def note_sent(self, sent: Sent) -> None:
        """Keep what became of sending."""
        with self._lock:
            self._sent[sent.id.lower()] = sent

    def sent(self, id: str) -> Sent | None:
        """What became of sending an envelope; None if it was not sent."""
        with self._lock:
            return self._sent.get(id.lower())

    def note_reply(self, about: str, reply: Reply) -> None:
        """Keep a system response about an envelope, whether it is known here or not."""
        with self._lock:
            self._replies.setdefault(about.lower(), []).append(reply)

    def replies(self, about: str) -> Sequence[Reply]:
        """The system responses about an envelope, oldest first."""
        with self._lock:
            return tuple(self._replies.get(about.lower(), ()))

    # -- came in -----------------------------------------------------------------------------------------------------

    def take(self, id: str, data: bytes, at: datetime) -> bool:
        """Keep an envelope that comes in; False if one of this id did before."""
        with self._lock:
            if id.lower() in self._incoming:
                return False
            self._incoming[id.lower()] = Incoming(id, None, _NOBODY, _NOBODY, at)
            self._bodies[id.lower()] = data
            return True

    def note(self, incoming: Incoming, header: Header | None = None) -> None:
        """Keep what was found out about an envelope that came in."""
        with self._lock:
            self._incoming[incoming.id.lower()] = incoming
            if header is not None:
                self._headers[incoming.id.lower()] = header

    def incoming(self) -> Sequence[Incoming]:
        """Everything that came in, oldest first."""
        with self._lock:
            return tuple(self._incoming.values())

    def arrived(self, id: str) -> Incoming | None:
        """An envelope that came in."""
        with self._lock:
            return self._incoming.get(id.lower())

    def header(self, id: str) -> Header | None:
        """What stands on an envelope that came in, once it was read."""
        with self._lock:
            return self._headers.get(id.lower())

    def body(self, id: str) -> bytes:
        """The ZIP of an envelope of either way; empty if there is none."""
        with self._lock:
            return self._bodies.get(id.lower(), b"")

    def claim_answer(self, ettn: str) -> bool:
        """Whether an invoice may be answered now: only once."""
        with self._lock:
            if ettn.lower() in self._answered:
                return False
            self._answered.add(ettn.lower())
            return True
