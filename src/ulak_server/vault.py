"""Small secrets encrypted before they are stored: second factors, addresses and PINs of taxpayers' keys.

The key is derived from the installation's key-encryption key (``ULAK_KEK``); every purpose has one of its own, and a
secret opens only for whom it was sealed.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ulak_server.secrets_of_installation import own_secret

__all__ = ["open_secret", "seal_secret"]

_NONCE: Final = 12
_LENGTH: Final = 32


def seal_secret(data: bytes, purpose: str, owner: int) -> bytes:
    """A secret of an owner as it may be stored; nothing stays nothing."""
    if not data:
        return b""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(purpose).encrypt(nonce, data, str(owner).encode())


def open_secret(data: bytes | memoryview, purpose: str, owner: int) -> bytes:
    """What `seal_secret` stored for the same purpose and owner.

    Raises:
        cryptography.exceptions.InvalidTag: it was sealed for somebody else, changed, or under another key.
    """
    sealed = bytes(data)
    return _cipher(purpose).decrypt(sealed[:_NONCE], sealed[_NONCE:], str(owner).encode()) if sealed else b""


@cache
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), _LENGTH, None, f"ulak {purpose}".encode()).derive(_root()))


def _root() -> bytes:
    named = settings.ENVIRONMENT["ULAK_KEK"]
    return Path(named).read_bytes() if named else own_secret(settings.ENVIRONMENT.data / "kek", _LENGTH)
