"""Envelopes packed: documents put in byte by byte, the ZIP around them written while they are read.

Sources: Zarf Şema Yapısı (Ek-1) V1.5, 3; Yazılım Standartları (Ek-3) V1.4, 4, 5 and 7.7; the prefixes and the
schemaLocation are those of GİB's sample envelopes (e-Fatura package 20260312).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Final
from xml.sax.saxutils import escape

from ulak.envelope.documents import bare, parsed_alone, profile_of, root_name
from ulak.envelope.header import PACKAGE, SBDH, STANDARD, TYPE_VERSION
from ulak.envelope.ids import Ids
from ulak.envelope.limits import ONE_PER_LIST, Limits
from ulak.envelope.problems import EnvelopeError, error
from ulak.envelope.rules import Tally, answer_faults, group_faults, header_faults, mixing_faults
from ulak.envelope.values import ElementType, Envelope, EnvelopeType, Group, Header, Party
from ulak.envelope.zipping import ISTANBUL, Packed, write_zip
from ulak.errors import Text

__all__ = ["pack", "pack_to", "xml_pieces"]

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_OPENING: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<sh:StandardBusinessDocument xmlns:sh="{SBDH}" xmlns:ef="{PACKAGE}" xmlns:xsi="{_XSI}"'
    f' xsi:schemaLocation="{SBDH} PackageProxy_1_2.xsd">\n'
)
_CLOSING: Final = b"</ef:Package>\n</sh:StandardBusinessDocument>\n"
_LIMITS: Final = Limits()
_WHOLE: Final = Text("Zarfın XML'i", "The envelope's XML")
_NOT_AWARE: Final = Text("oluşturma zamanının dilimi yok", "its time of creation has no zone")


def pack(envelope: Envelope, *, parse: bool = True, limits: Limits = _LIMITS) -> Packed:
    """The ZIP of an envelope, in memory.

    Args:
        parse: whether each document is parsed first; without it seals with the same Id, and answers of the wrong sort,
            are not noticed: False only for documents that were judged before.
        limits: by ``xml_bytes`` of which the envelope is refused; the usual ones are those of opening.

    Raises:
        EnvelopeError: the envelope would be refused, or a document cannot stand in one.
    """
    file = io.BytesIO()
    packed = pack_to(file, envelope, parse=parse, limits=limits)
    return packed._replace(data=file.getvalue())


def pack_to(file: BinaryIO, envelope: Envelope, *, parse: bool = True, limits: Limits = _LIMITS) -> Packed:
    """Write the ZIP of an envelope, holding one document at a time. See `pack`.

    Args:
        file: an empty file that can be read and sought. After an error there is half a ZIP in it.
    """
    created = _refuse_header(envelope)
    pieces = _bounded(xml_pieces(envelope, parse=parse), limits)
    return write_zip(file, envelope.header.id, pieces, created)


def _bounded(pieces: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limits.xml_bytes:
            raise error("envelope.too-large", what=_WHOLE, limit=limits.xml_bytes)
        yield piece


def xml_pieces(envelope: Envelope, *, parse: bool = True) -> Iterator[bytes]:
    """The XML of an envelope, piece by piece. See `pack`."""
    created = _refuse_header(envelope)
    judge = _Judge(envelope.header.type) if parse else None
    yield (_OPENING + _header(envelope.header, created) + "<ef:Package>\n").encode()
    for number, group in enumerate(envelope.groups, start=1):
        yield from _group(group, number, judge)
    yield _CLOSING


def _refuse_header(envelope: Envelope) -> datetime:
    header = envelope.header
    _refuse([*header_faults(header), *mixing_faults(header.type, [group.type for group in envelope.groups])])
    created = header.created
    if created is None or created.tzinfo is None:
        raise error("envelope.structure", detail=_NOT_AWARE)
    return created


class _Judge:
    """Judges what stands in the documents of an envelope that is packed."""

    def __init__(self, type: EnvelopeType | None) -> None:
        self._type = type
        self._ids = Ids()

    def refuse(self, document: bytes, place: str) -> None:
        root = parsed_alone(document, place)
        _refuse([*self._ids.add(root, place), *answer_faults(self._type, root, place)])


def _group(group: Group, number: int, judge: _Judge | None) -> Iterator[bytes]:
    where = f"Elements[{number}]"
    tally = Tally(group.type, len(group.documents), where)
    tally.count = tally.stated or 0
    _refuse(group_faults(tally, where))
    tally = Tally(group.type, len(group.documents), where)
    is_whole = judge is not None or group.profiles is not None
    yield (
        f"<Elements>\n<ElementType>{group.type}</ElementType>\n<ElementCount>{tally.stated}</ElementCount>\n"
        "<ElementList>\n"
    ).encode()
    for position, document in enumerate(group.documents, start=1):
        place = f"{where}/ElementList[{position}]"
        if judge:
            judge.refuse(document, place)
        element = bare(document, parse=False, is_whole=is_whole, where=place)
        tally.add(root_name(element, place), _profile(group, position, element))
        _refuse(tally.wrong)
        yield element
        yield b"\n"
    _refuse(group_faults(tally, where))
    yield b"</ElementList>\n</Elements>\n"


def _profile(group: Group, position: int, element: bytes) -> str:
    """Which of `ONE_PER_LIST` an invoice is."""
    if group.type is not ElementType.INVOICE:
        return ""
    known = profile_of(element) if group.profiles is None else group.profiles[position - 1]
    return known if known in ONE_PER_LIST else ""


def _refuse(faults: list[EnvelopeError]) -> None:
    for fault in faults:
        raise fault


def _header(header: Header, created: datetime) -> str:
    moment = created.astimezone(ISTANBUL).replace(tzinfo=None).isoformat(timespec="seconds")
    return (
        "<sh:StandardBusinessDocumentHeader>\n<sh:HeaderVersion>1.0</sh:HeaderVersion>\n"
        f"{_party('Sender', header.sender)}{_party('Receiver', header.receiver)}"
        f"<sh:DocumentIdentification>\n<sh:Standard>{STANDARD}</sh:Standard>\n"
        f"<sh:TypeVersion>{TYPE_VERSION}</sh:TypeVersion>\n"
        f"<sh:InstanceIdentifier>{escape(header.id)}</sh:InstanceIdentifier>\n<sh:Type>{header.type}</sh:Type>\n"
        f"<sh:CreationDateAndTime>{moment}</sh:CreationDateAndTime>\n</sh:DocumentIdentification>\n"
        "</sh:StandardBusinessDocumentHeader>\n"
    )


def _party(name: str, party: Party) -> str:
    title = _contact(party.title, "UNVAN") if party.title else ""
    return (
        f"<sh:{name}>\n<sh:Identifier>{escape(party.alias)}</sh:Identifier>\n"
        f"{title}{_contact(party.number, 'VKN_TCKN')}</sh:{name}>\n"
    )


def _contact(value: str, kind: str) -> str:
    return (
        f"<sh:ContactInformation>\n<sh:Contact>{escape(value)}</sh:Contact>\n"
        f"<sh:ContactTypeIdentifier>{kind}</sh:ContactTypeIdentifier>\n</sh:ContactInformation>\n"
    )
