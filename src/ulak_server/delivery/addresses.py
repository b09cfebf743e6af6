"""Addresses of receivers, checked; and marks by which mail that comes back is known."""

from __future__ import annotations

import base64
import re
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from ulak_server.delivery.problems import problem

__all__ = ["MARK", "address_of", "is_somebody", "mark_of", "message_in", "number_of", "plain"]

_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)
_LONGEST: Final = 254
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_DIGITS: Final = re.compile(r"[1-9][0-9]{7,14}", re.ASCII)
MARK: Final = re.compile(r"([1-9][0-9]{0,18})-([a-z2-7]{16})", re.ASCII)
"""A mark: the message's id and what proves that it is ours."""


def address_of(text: str) -> str:
    """An e-mail address as it is sent to; its domain in ASCII and small letters.

    Raises:
        DeliveryError: ``delivery.address-odd``.

    >>> address_of(" Muhasebe@Örnek.example ")
    'Muhasebe@xn--rnek-4qa.example'
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        ascii_domain = ""
    labels = ascii_domain.split(".")
    whole = f"{local}@{ascii_domain}"
    fits = at and len(whole) <= _LONGEST and len(local) <= 64 and len(labels) > 1
    if not fits or not _LOCAL.fullmatch(local) or not all(map(_LABEL.fullmatch, labels)):
        raise problem("delivery.address-odd", where="/to", address=plain(text)[:80])
    return whole


def is_somebody(number: str) -> bool:
    """Whether a VKN or TCKN is one buyer's: those of one digit alone (1111…, 2222…) are shared by all who have none.

    >>> is_somebody("4812530769"), is_somebody("11111111111"), is_somebody("")
    (True, False, False)
    """
    return len(set(number)) > 1


def number_of(text: str) -> str:
    """A telephone number: digits with the country's code before them; a Turkish mobile number may lack it.

    Raises:
        DeliveryError: ``delivery.number-odd``.

    >>> number_of("0532 111 22 33"), number_of("+49 (151) 23456789")
    ('905321112233', '4915123456789')
    """
    digits = re.sub(r"[\s()./-]+", "", text.strip())
    digits = (
        digits[1:] if digits.startswith("+") else f"90{digits[-10:]}" if re.fullmatch("0?5[0-9]{9}", digits) else digits
    )
    if not _DIGITS.fullmatch(digits):
        raise problem("delivery.number-odd", where="/to", number=plain(text)[:40])
    return digits


def plain(text: str) -> str:
    """Text for a header: no control characters, no ends of lines, no turning of the direction of writing.

    >>> plain("Ardıç\\r\\nBcc: a@b.example")
    'Ardıç Bcc: a@b.example'
    """
    return " ".join(_CONTROLS.sub(" ", text).split())


def mark_of(message: int) -> str:
    """The mark of a message: it stands in its return path and in its Message-ID, and nobody else can make it."""
    digest = salted_hmac("ulak.delivery.mark", str(message), algorithm="sha256").digest()
    return f"{message}-{base64.b32encode(digest[:10]).decode().lower()}"


def message_in(text: str) -> int | None:
    """The id of the message whose mark stands in a text; None if none of ours does.

    >>> message_in(f"bounce+{mark_of(12)}@ulak.example")
    12
    """
    for found in MARK.finditer(text[:2000].lower()):
        id = int(found[1])
        if id < 2**63 and constant_time_compare(found[0], mark_of(id)):
            return id
    return None
