"""What the portal user and customs have in common: a shelf, and a way to send."""

from __future__ import annotations

from typing import ClassVar, Final

from ulak_center.ends.problems import end_error
from ulak_center.ends.reading import bytes_of
from ulak_center.ends.sending import Dispatch, Names
from ulak_center.ends.shelf import Shelf
from ulak_center.ends.values import Direction, EndDocument, EndEnvelope, House, Packet, Sent

__all__ = ["End", "sent"]


class End:
    """One of GİB's own ends. Threads may share it; the center's lock is held only while its store is touched.

    Attributes:
        name: its title.
        holder: its name in the store.
        series: the first three characters of its documents' numbers.
    """

    name: ClassVar[str]
    holder: ClassVar[str]
    series: ClassVar[str]

    def __init__(self, house: House) -> None:
        self._house, self._desk = house, house.desk
        self.shelf: Final = Shelf(house.desk, self.holder)
        self._names = Names(house, self.series)
        self._dispatch = Dispatch(house, self.shelf)

    def incoming(self, *, after: int = 0, limit: int = 100) -> list[EndEnvelope]:
        """What came in, newest first; ``after`` is a sequence number, for the next page."""
        with self._house.lock:
            return self.shelf.envelopes(Direction.IN, after=after, limit=limit)

    def outgoing(self, *, after: int = 0, limit: int = 100) -> list[EndEnvelope]:
        """What was sent, newest first, with the system responses that arrived."""
        with self._house.lock:
            return self.shelf.envelopes(Direction.OUT, after=after, limit=limit)

    def document(self, ettn: str) -> EndDocument:
        """A document by its ETTN; the one that came, if one was sent under the same.

        Raises:
            CenterError: ``center.not-held``.
        """
        with self._house.lock:
            return self._held(ettn)

    def data(self, ettn: str) -> bytes:
        """A document's own bytes.

        Raises:
            CenterError: ``center.not-held``, ``center.unreadable``.
        """
        with self._house.lock:
            return bytes_of(self._desk, self._held(ettn))

    def _held(self, ettn: str) -> EndDocument:
        found = self.shelf.document(ettn, Direction.IN) or self.shelf.document(ettn, Direction.OUT)
        if found is None:
            raise end_error("center.not-held", who=self.name, ettn=ettn[:100])
        return found


def sent(packet: Packet) -> Sent:
    """What is told of a packet that was put into Merkez."""
    return Sent(packet.header.id, tuple((one.ettn, one.number) for one in packet.documents))
