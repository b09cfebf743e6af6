"""What GİB's own ends send: numbered, sealed, packed, and put into Merkez like anybody's envelopes."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final, NamedTuple
from uuid import UUID

from lxml import etree

from ulak.envelope import ElementType, Envelope, EnvelopeType, Group, Header, Party, xml_pieces
from ulak.envelope.zipping import write_zip
from ulak.errors import UlakError
from ulak.seal.batch import seal_all
from ulak.seal.keys.port import SealingKey
from ulak.xml import parse
from ulak_center.ends.drafts import Named
from ulak_center.ends.shelf import Shelf
from ulak_center.ends.values import Direction, House, Packet
from ulak_center.judging.filing import noted
from ulak_center.values import ISTANBUL, Filed

__all__ = ["Batch", "Dispatch", "Names", "Sealer", "as_packet", "packed"]

_HEADER_VERSION: Final = b"<sh:HeaderVersion>1.0<"
_GIVEN_VERSION: Final = b"<sh:HeaderVersion>%s<"
_UUID_BITS: Final = 128


class Batch(NamedTuple):
    """Names that were reserved.

    Attributes:
        at: the moment of issue.
        envelopes: ids.
    """

    at: datetime
    envelopes: tuple[str, ...]
    documents: tuple[Named, ...]


class Names:
    """Gives ETTNs, ids and numbers, the same in every run with the same seed.

    Args:
        series: the first three characters of numbers.
    """

    def __init__(self, house: House, series: str) -> None:
        self._house, self._series = house, series

    def reserve(self, documents: int, envelopes: int = 1) -> Batch:
        """Names for so many documents and envelopes; takes the center's lock for a moment."""
        house = self._house
        with house.lock, house.desk.store.step():
            now = house.desk.clock.now()
            year = now.astimezone(ISTANBUL).year
            first = self._count(year, documents)
            chance = random.Random(house.desk.new_id())  # noqa: S311 repeatable on purpose
        numbers = [f"{self._series}{year}{first + at:09}" for at in range(documents)]
        named = tuple(Named(_uuid(chance), number) for number in numbers)
        return Batch(now, tuple(_uuid(chance) for _ in range(envelopes)), named)

    def _count(self, year: int, documents: int) -> int:
        key, store = f"{self._series}{year}", self._house.desk.store
        before = int(store.setting(key) or 0)
        store.keep(key, str(before + documents))
        return before + 1


def _uuid(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(_UUID_BITS), version=4))


class Sealer:
    """Seals with one key, one thread at a time, as a key must be used."""

    def __init__(self, key: SealingKey) -> None:
        self._key, self._turn = key, threading.Lock()

    def seal(self, documents: Iterable[bytes], at: datetime) -> list[bytes]:
        """Documents sealed, in their order.

        Raises:
            SealingError: ``seal.*``, e.g. for a certificate that is not valid at that time.
        """
        with self._turn:
            return list(self._sealed(documents, at))

    def _sealed(self, documents: Iterable[bytes], at: datetime) -> Iterator[bytes]:
        for one in seal_all(documents, self._key, clock=lambda: at):
            if isinstance(one, UlakError):
                raise one
            yield one


def packed(
    kind: EnvelopeType,
    element: ElementType,
    parties: tuple[Party, Party],
    documents: Sequence[bytes],
    id: str,
    at: datetime,
    *,
    version: str = "1.0",
) -> Packet:
    """One envelope.

    Args:
        parties: sender and receiver.
        version: ``HeaderVersion``; customs write 1.2 to intermediaries (Gümrük İşlemleri Kılavuzu V1.8, 4.3).
    """
    header = Header(kind, id, *parties, at)
    return as_packet(Envelope(header, (Group(element, documents),)), at, version)


def as_packet(envelope: Envelope, at: datetime, version: str = "1.0") -> Packet:
    """An envelope with one list."""
    header, (group,) = envelope.header, envelope.groups
    pieces = xml_pieces(envelope, parse=False)
    file = BytesIO()
    zipped = write_zip(file, header.id, _with_version(pieces, version), at)
    documents = tuple(_filed(group.type, one) for one in group.documents)
    return Packet(header, group.type, zipped.name, file.getvalue(), documents)


def _with_version(pieces: Iterator[bytes], version: str) -> Iterator[bytes]:
    yield next(pieces).replace(_HEADER_VERSION, _GIVEN_VERSION % version.encode(), 1)
    yield from pieces


def _filed(element: ElementType, document: bytes) -> Filed:
    root: etree._Element = parse(document)
    return noted(element, root, b"").filed


class Dispatch:
    """Puts packets into Merkez and notes them on a shelf."""

    def __init__(self, house: House, shelf: Shelf) -> None:
        self._house, self._shelf = house, shelf

    def send(self, packets: Sequence[Packet]) -> None:
        """All packets in one step."""
        house, desk = self._house, self._house.desk
        with house.lock, desk.store.step():
            for packet in packets:
                self.put(packet)
        house.wake()

    def put(self, packet: Packet) -> None:
        """One packet, within a step."""
        header, desk = packet.header, self._house.desk
        self._house.put(packet.name, packet.data)
        desk.book.describe(header.id, header, (packet.element,))
        titles = (header.sender.title, header.receiver.title)
        self._shelf.put(header.id, Direction.OUT, packet.documents, at=desk.clock.now(), titles=titles)
