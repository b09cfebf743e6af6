"""Distinguished names compared by what they say, since seals write them in many forms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from asn1crypto import core
from asn1crypto import x509 as asn1

from ulak.seal.certificates import Certificate
from ulak.seal.remembering import remembered

__all__ = ["names_issuer", "names_subject", "trimmed"]

_LONGEST: Final = 4096
_NUMBERS: Final = {
    "CN": "2.5.4.3",
    "SN": "2.5.4.4",
    "SURNAME": "2.5.4.4",
    "SERIALNUMBER": "2.5.4.5",
    "C": "2.5.4.6",
    "L": "2.5.4.7",
    "S": "2.5.4.8",
    "ST": "2.5.4.8",
    "STREET": "2.5.4.9",
    "O": "2.5.4.10",
    "OU": "2.5.4.11",
    "T": "2.5.4.12",
    "TITLE": "2.5.4.12",
    "G": "2.5.4.42",
    "GN": "2.5.4.42",
    "GIVENNAME": "2.5.4.42",
    "E": "1.2.840.113549.1.9.1",
    "EMAIL": "1.2.840.113549.1.9.1",
    "EMAILADDRESS": "1.2.840.113549.1.9.1",
    "UID": "0.9.2342.19200300.100.1.1",
    "DC": "0.9.2342.19200300.100.1.25",
}
"""Short names that programs write for attribute types (RFC 4514, 3; X.520; OpenSSL and .NET for the others)."""
_PART: Final = re.compile(
    r"""\s*(?P<type>[A-Za-z0-9.\-]+)\s*=\s*(?P<value>"(?:[^"\\]|\\.)*"|(?:[^,;+"\\]|\\.)*)\s*(?P<end>[,;+]|$)""",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"((?:\\[0-9A-Fa-f]{2})+)|\\(.)", re.DOTALL)
_UNREADABLE: Final = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)
"""asn1crypto lets whatever strange bytes cause come through."""

Parts = tuple[tuple[str, str], ...]


def names_issuer(text: str, certificate: Certificate) -> bool:
    """Whether a written name says the same as the certificate's issuer: order, blanks and forms aside."""
    return _says(text, certificate.x509.issuer.public_bytes())


def names_subject(text: str, certificate: Certificate) -> bool:
    """Whether a written name says the same as the certificate's subject."""
    return _says(text, certificate.x509.subject.public_bytes())


def trimmed(written: str) -> str:
    """A written name without the blanks around it, but for one at the end that is escaped and so a part of the name.

    >>> trimmed(" CN=Yıldız "), trimmed("CN=Yıldız\\\\ "), trimmed("CN=Yıldız\\\\\\\\ ")
    ('CN=Yıldız', 'CN=Yıldız\\\\ ', 'CN=Yıldız\\\\\\\\')
    """
    short = written.strip()
    escapes = len(short) - len(short.rstrip("\\"))
    return short + " " if escapes % 2 and written.rstrip() != written else short


@remembered(most=1024, largest=_LONGEST)
def _says(text: str, name: bytes) -> bool:
    parts = _parts(text) if len(text) <= _LONGEST else None
    return parts is not None and parts == _certified(name)


def _parts(text: str) -> Parts | None:
    """The attributes of a written name, sorted; None if it is no name.

    >>> _parts("CN=Ay\\\\, Yıldız , 2.5.4.5=#130a31323334353637383930") == _parts(
    ...     'SERIALNUMBER=1234567890,cn="Ay, Yıldız"')
    True
    """
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text) or not found:
        match = _PART.match(text, at)
        if not match:
            return None
        value = _value(match["value"])
        if value is None:
            return None
        kind = match["type"].upper().removeprefix("OID.")
        found.append((_NUMBERS.get(kind, kind), _spaced(value)))
        at = match.end()
    return tuple(sorted(found))


def _value(written: str) -> str | None:
    written = trimmed(written)
    if written.startswith("#"):
        return _from_hex(written[1:])
    if written.startswith('"'):
        written = written[1:-1]
    try:
        return _ESCAPE.sub(_unescaped, written)
    except UnicodeDecodeError:
        return None


def _unescaped(match: re.Match[str]) -> str:
    return bytes.fromhex(match[1].replace("\\", "")).decode() if match[1] else match[2]


def _from_hex(digits: str) -> str | None:
    try:
        return str(core.load(bytes.fromhex(digits), strict=True).native)
    except _UNREADABLE:
        return None


@lru_cache(maxsize=1024)
def _certified(name: bytes) -> Parts | None:
    """The attributes of a certificate's name, sorted; None if one holds what no such name does."""
    try:
        attributes = [attribute for part in asn1.Name.load(name).chosen for attribute in part]
        return tuple(sorted((each["type"].dotted, _spaced(str(each["value"].native))) for each in attributes))
    except _UNREADABLE:
        return None


def _spaced(value: str) -> str:
    return " ".join(value.split())
