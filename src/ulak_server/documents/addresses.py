"""Public addresses of issued documents' XML: the ``faturaUrl`` of the report (e-Arşiv Kılavuzu V1.18, 3.3.2.13).

Nothing of them is stored: an address names the taxpayer and the ETTN, and a MAC over both by a key of this installation
alone. Whoever does not have it can neither guess it nor make one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from functools import cache
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings

from ulak_server.documents.problems import problem

__all__ = ["LONGEST", "PATH", "Address", "read_address", "token_of", "xml_address"]

LONGEST: Final = 255
"""Characters that the report has room for."""
PATH: Final = "/e/"
"""What stands between the installation's own address and the token."""
_KEY: Final = b"public address of a document's XML"
_MAC: Final = 18
"""Bytes of the MAC: 144 bits."""
_TOKEN: Final = re.compile(r"([1-9][0-9]{0,9})-([A-Za-z0-9_-]{22})-([A-Za-z0-9_-]{24})", re.ASCII)
_LARGEST: Final = 2**31 - 1


class Address(NamedTuple):
    """Whose document an address leads to, and which."""

    taxpayer: int
    ettn: UUID


def xml_address(taxpayer: int, ettn: UUID) -> str:
    """The address under which anybody who has it gets the sealed XML: ``https://…/e/{token}.xml``.

    Raises:
        IntakeError: ``intake.address``: this installation's own address (``ULAK_PUBLIC_URL``) is too long.

    >>> xml_address(7, UUID(int=1))  # doctest: +SKIP
    'https://ulak.example/e/7-AAAAAAAAAAAAAAAAAAAAAQ-….xml'
    """
    address = f"{settings.PUBLIC}{PATH}{token_of(taxpayer, ettn)}.xml"
    if len(address) > LONGEST:
        raise problem("intake.address", limit=LONGEST)
    return address


def token_of(taxpayer: int, ettn: UUID) -> str:
    """The part of an address that names the document and proves that we made it."""
    name = f"{taxpayer}-{_text(ettn.bytes)}"
    return f"{name}-{_mac(name, settings.SECRET_KEY)}"


def read_address(token: str) -> Address | None:
    """What a token leads to; None for one that was made neither with the secret in use nor with a former one.

    Args:
        token: with or without its ``.xml``.
    """
    found = _TOKEN.fullmatch(token.removesuffix(".xml"))
    if found is None or int(found[1]) > _LARGEST:
        return None
    name = f"{found[1]}-{found[2]}"
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(hmac.compare_digest(_mac(name, secret), found[3]) for secret in secrets):
        return None
    return Address(int(found[1]), UUID(bytes=base64.urlsafe_b64decode(found[2] + "==")))


def _mac(name: str, secret: str) -> str:
    return _text(hmac.digest(_key(secret), name.encode(), hashlib.sha256)[:_MAC])


@cache
def _key(secret: str) -> bytes:
    """A key of this use alone, of the installation's secret."""
    return hmac.digest(secret.encode(), _KEY, hashlib.sha256)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
