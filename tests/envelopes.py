"""Envelopes, and ZIPs around them that can be wrong in one thing, for tests."""

from __future__ import annotations

import struct
import zlib
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from ulak.envelope import ElementType, Envelope, EnvelopeType, Group, Header, Party, xml_pieces

__all__ = [
    "ID",
    "NOW",
    "account",
    "advice",
    "answer",
    "envelope",
    "header",
    "invoice",
    "made",
    "xml",
    "zip_of",
]

NOW: Final = datetime(2026, 11, 22, 14, 30, 7, tzinfo=ZoneInfo("Europe/Istanbul"))
ID: Final = "c6f1c3a4-5a0e-4a57-9d2f-6a1f6f0c8b11"
_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_CBC: Final = f"{_UBL}CommonBasicComponents-2"


def header(type: EnvelopeType = EnvelopeType.SENDER, **changes: Any) -> Header:
    sender = Party("urn:mail:defaultgb@ardic.example", "4812530769", "Ardıç & Oğulları A.Ş.")
    receiver = Party("urn:mail:defaultpk@meltem.example", "7359021640", "Meltem Gıda Ltd. Şti.")
    if type is EnvelopeType.USER:
        sender, receiver = Party("usergb", "7750409379"), Party("GIB", "3900383669")
    return Header(type, ID, sender, receiver, NOW)._replace(**changes)


def _document(name: str, inside: str) -> bytes:
    return f'<{name} xmlns="{_UBL}{name}-2" xmlns:cbc="{_CBC}">{inside}</{name}>'.encode()


def invoice(number: int = 1, profile: str = "TEMELFATURA") -> bytes:
    return _document("Invoice", f"<cbc:ProfileID>{profile}</cbc:ProfileID><cbc:ID>ARD{number:013}</cbc:ID>")


def advice(number: int = 1) -> bytes:
    return _document("DespatchAdvice", f"<cbc:ID>ARD{number:013}</cbc:ID>")


def answer(number: int = 1, code: str = "KABUL") -> bytes:
    response = f"<Response><cbc:ResponseCode>{code}</cbc:ResponseCode></Response>"
    inside = f"<cbc:ID>{number}</cbc:ID><DocumentResponse xmlns='{_UBL}CommonAggregateComponents-2'>{response}"
    return _document("ApplicationResponse", f"{inside}</DocumentResponse>")


def account(name: str = "ProcessUserAccount") -> bytes:
    return f'<{name} xmlns="http://www.hr-xml.org/3"/>'.encode()


def envelope(*documents: bytes, type: ElementType = ElementType.INVOICE, **changes: Any) -> Envelope:
    """A sender's envelope with one list."""
    return Envelope(header(**changes), (Group(type, documents or (invoice(),)),))


def xml(made_of: Envelope | None = None) -> bytes:
    return b"".join(xml_pieces(made_of or envelope()))


def made(content: bytes | None = None, **changes: Any) -> bytes:
    """A ZIP as GİB wants it, around any content."""
    return zip_of((f"{ID}.xml", xml() if content is None else content), **changes)


def zip_of(
    *files: tuple[str, bytes],
    method: int = 8,
    flags: int = 0,
    own_flags: int | None = None,
    descriptor: bytes | None = None,
    own_name: str | None = None,
    size: int | None = None,
    crc: int | None = None,
    before: bytes = b"",
    gap: bytes = b"",
    comment: bytes = b"",
    after: bytes = b"",
    count: int | None = None,
    offset: int | None = None,
    packed_as: bytes | None = None,
) -> bytes:
    """A ZIP written by hand; whatever is given is written in place of the truth."""
    body, directory = before, b""
    for name, data in files:
        packed = _deflated(data) if method == 8 else data
        packed = packed if packed_as is None else packed_as
        facts = (zlib.crc32(data) if crc is None else crc, len(packed), len(data) if size is None else size)
        raw, own = name.encode(), (name if own_name is None else own_name).encode()
        stated = (0, 0, 0) if descriptor is not None else facts
        bits = flags if own_flags is None else own_flags
        place = len(body) if offset is None else offset
        body += struct.pack("<4s5H3L2H", b"PK\3\4", 20, bits, method, 0, 0x5D76, *stated, len(own), 0) + own + packed
        body += b"" if descriptor is None else descriptor + struct.pack("<3L", *facts)
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 788, 20, flags, method, 0, 0x5D76, *facts, len(raw), 0, 0, 0, 0, 0, place
        )
        directory += raw
    body += gap
    many = len(files) if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, many, many, len(directory), len(body), len(comment))
    return body + directory + end + comment + after


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()
