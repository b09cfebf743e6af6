"""The key-encryption key: wraps data keys, lives in a file or in a token (PKCS#11) and never in the database."""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from ulak_server.archive.problems import archive_error
from ulak_server.secrets_of_installation import own_secret

__all__ = ["NONCE", "FileKek", "Kek", "configured", "kek_of"]

NONCE: Final = 12
"""Bytes of an AES-GCM nonce (NIST SP 800-38D, 8.2)."""
_LENGTH: Final = 32


class Kek(Protocol):
    """Wraps and unwraps keys of 32 bytes."""

    @property
    def name(self) -> str:
        """Which key it is; stored with what it wraps. Tells nothing about the key itself."""
        ...

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """The key, encrypted; ``about`` is bound to it."""
        ...

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """What `wrap` encrypted; raises ValueError if this key or ``about`` are not those."""
        ...


class FileKek:
    """32 bytes in a file.

    Raises:
        ArchiveError: ``archive.kek-missing``, ``archive.kek-length``.
    """

    def __init__(self, path: Path) -> None:
        try:
            secret = path.read_bytes()
        except OSError as error:
            raise archive_error("archive.kek-missing", address=path) from error
        if len(secret) != _LENGTH:
            raise archive_error("archive.kek-length", address=path, length=len(secret))
        self._cipher = AESGCM(secret)
        self.name: str = f"file:{sha256(b'ulak kek' + secret).hexdigest()[:16]}"

    def wrap(self, key: bytes, about: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, key, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        try:
            return self._cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], about)
        except InvalidTag as error:
            raise ValueError("not wrapped by this key") from error


@cache
def configured() -> Kek:
    """The key that ``ULAK_KEK`` names; by default a file in the data folder, made at its first use."""
    address = settings.ENVIRONMENT["ULAK_KEK"]
    if not address:
        path = settings.ENVIRONMENT.data / "kek"
        own_secret(path, _LENGTH)
        return FileKek(path)
    return kek_of(address)


def kek_of(address: str) -> Kek:
    """The key of an address: the path of a file of 32 bytes, or ``pkcs11:…`` (RFC 7512) of an AES key in a token.

    Raises:
        ArchiveError: ``archive.kek-missing``, ``archive.kek-length``, ``archive.kek-token``.
    """
    if address.startswith("pkcs11:"):
        from ulak_server.archive.keks_token import TokenKek

        return TokenKek(address)
    return FileKek(Path(address).expanduser())
