"""What came in is examined in a thread of its own, and answered with a system response through Merkez."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from datetime import datetime

from ulak.envelope import EnvelopeError, EnvelopeType, Header, Party, pack
from ulak.envelope.responses import respond
from ulak_center.plan.candidate import Incoming, Packet, Reply, Sent
from ulak_center.plan.checks import Checks
from ulak_center.plan.gateway.examining import Examined, examine
from ulak_center.plan.gateway.keeping import Kept

__all__ = ["Receiver"]

_NOBODY = Party("", "")
_WAIT = 10.0


class Receiver:
    """Processes envelopes one after the other.

    Args:
        checks: judge what came in.
        send: sends a system response to Merkez.
    """

    def __init__(
        self,
        kept: Kept,
        checks: Checks,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        send: Callable[[Packet], Sent],
    ) -> None:
        self._kept, self._checks, self._now, self._new_id, self._send = kept, checks, now, new_id, send
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._waiting = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="gateway-receiver", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self) -> None:
        """End after what is waiting."""
        self._queue.put(None)
        self._thread.join(_WAIT)

    def add(self, id: str) -> None:
        """Have an envelope processed that came in."""
        with self._lock:
            self._waiting += 1
        self._queue.put(id)

    @property
    def is_idle(self) -> bool:
        """Whether everything that came in is processed."""
        return self._waiting == 0

    def _work(self) -> None:
        while (id := self._queue.get()) is not None:
            try:
                self.process(id)
            finally:
                with self._lock:
                    self._waiting -= 1

    def process(self, id: str) -> None:
        """Examine an envelope that came in, keep what was found, and answer it."""
        arrived = self._kept.arrived(id)
        if arrived is None:
            return
        found = examine(self._kept.body(id), f"{id}.zip", self._checks)
        noted = _noted(arrived, found)
        self._kept.note(noted, found.header)
        if found.response is not None:
            self._note_reply(noted, found)
        elif found.header is not None and found.header.type is not EnvelopeType.SYSTEM:
            self._answer(noted, found, found.header)

    def _note_reply(self, arrived: Incoming, found: Examined) -> None:
        said = found.response
        if said is not None:
            reply = Reply(arrived.id, said.sender, int(said.status), said.description, arrived.at)
            self._kept.note_reply(said.about, reply)

    def _answer(self, arrived: Incoming, found: Examined, header: Header) -> None:
        status = found.fault if found.fault is not None and found.fault.status else str(found.worst.status)
        reasons = [] if found.worst.passed or status is found.fault else [found.worst.reason.tr]
        try:
            envelope = respond(header, status, now=self._now(), new_id=self._new_id, about=arrived.id, reasons=reasons)
        except EnvelopeError as error:
            self._kept.note(arrived._replace(reason=f"{arrived.reason} {error.text.tr}".strip()))
            return
        packed = pack(envelope)
        response = self._kept.add(Packet(envelope.header.id, packed.data, (), header.receiver.number))
        self._kept.note(arrived._replace(response=response.id))
        sent = self._send(response)
        self._kept.note_sent(sent)
        self._kept.note(arrived._replace(response=response.id, responded=sent.fault is None))


def _noted(arrived: Incoming, found: Examined) -> Incoming:
    header = found.header
    return arrived._replace(
        type=header.type if header else None,
        sender=header.sender if header else _NOBODY,
        receiver=header.receiver if header else _NOBODY,
        documents=found.documents,
        about=found.response.about if found.response else "",
        by_rules=found.shell.passed and found.fault is None if found.shell else False,
        code=found.worst.status,
        reason="" if found.worst.passed else found.worst.reason.tr,
    )
