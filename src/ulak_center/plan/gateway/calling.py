"""Calls to Merkez: an envelope is never sent again before it is known that it did not arrive."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from ulak.envelope.response_reading import read_response
from ulak.errors import UlakError
from ulak.wire import ServiceFault
from ulak.wire.client import Client, Times
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse
from ulak.wire.retrying import deliver, pauses
from ulak_center.plan.candidate import Packet, Sent, Shown

__all__ = ["Merkez", "shown_fault"]

_TIMES: Final = Times(connect=5.0, silence=60.0, total=120.0)
_TRIES: Final = 5


class Merkez:
    """GİB's Merkez as the gateway calls it. Threads take turns.

    Args:
        url: of its EFatura service.
        now: the time, aware.
        wait: lets seconds pass between tries.
        first: seconds of the first pause.
    """

    def __init__(
        self,
        url: str,
        now: Callable[[], datetime],
        *,
        wait: Callable[[float], None] = time.sleep,
        first: float = 0.2,
        times: Times = _TIMES,
    ) -> None:
        self._client: Client[Document | Query, Receipt | SystemResponse] = Client(
            SERVICE, url, times=times, allow_http=True
        )
        self._lock = threading.Lock()
        self._now, self._wait, self._first = now, wait, first

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def send(self, packet: Packet) -> Sent:
        """Send an envelope, until it is known that Merkez has it or does not want it.

        An answer that did not come is followed by a question; the same bytes go out again only after 2004.
        """
        document = Document.of(packet.id, packet.data)
        delivery = deliver(
            lambda: self._call(document),
            lambda: self._call(Query(packet.id)),
            wait=self._wait,
            pauses=pauses(_TRIES, self._first),
        )
        return Sent(packet.id, self._now(), shown_fault(delivery.error) if delivery.error else None)

    def query(self, id: str) -> Shown:
        """Ask how an envelope stands; a fault is shown as such."""
        try:
            answer = self._call(Query(id))
            xml = answer.xml if isinstance(answer, SystemResponse) else ""
            said = read_response(xml)
        except UlakError as error:
            return shown_fault(error)
        return Shown(int(said.status), said.description, xml.encode())

    def once(self, request: Document | Query) -> Receipt | SystemResponse:
        """One call, without a second try; raises ServiceFault or WireError."""
        return self._call(request)

    def _call(self, request: Document | Query) -> Receipt | SystemResponse:
        with self._lock:
            return self._client.call(request)


def shown_fault(error: UlakError) -> Shown:
    """What a person is shown of a fault: the service's code and words, or Ulak's sentence."""
    if isinstance(error, ServiceFault):
        return Shown(error.number, error.message)
    return Shown(None, f"{error.code}: {error.text.tr}")
