"""A key-encryption key in a token: an AES-256 key that never leaves it (Denetim Kılavuzu 4.1.2.2)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pkcs11
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, ObjectClass

from ulak.errors import UlakError
from ulak.seal.keys.login import ref_of
from ulak.seal.keys.module import module_at
from ulak.seal.keys.pkcs11 import pin_for
from ulak.seal.keys.secrets import no_secret
from ulak.seal.keys.uri import TokenUri, parse_uri
from ulak_server.archive.problems import archive_error

__all__ = ["TokenKek"]

_NONCE: Final = 12
_TAG_BITS: Final = 128


class TokenKek:
    """Encrypts by AES-GCM on the device. A session is opened for every key: each process asks once for each taxpayer.

    Args:
        address: ``pkcs11:token=…;object=…?module-path=…&pin-source=file:…`` (RFC 7512).

    Raises:
        ArchiveError: ``archive.kek-token``.
    """

    def __init__(self, address: str) -> None:
        try:
            self._uri: TokenUri = parse_uri(address)
        except UlakError as error:
            raise archive_error("archive.kek-token", detail=error.text) from error
        if self._uri.module_path is None:
            raise archive_error("archive.kek-token", detail="module-path?")
        self.name: str = f"pkcs11:{self._uri.about_token}/{self._uri.about_object}"

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Raises ArchiveError ``archive.kek-token``, ``archive.kek-missing``."""
        nonce = os.urandom(_NONCE)
        with self._key() as device:
            return nonce + bytes(device.encrypt(key, **_gcm(nonce, about)))

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Raises ArchiveError ``archive.kek-token``, ``archive.kek-missing``; ValueError if it is not wrapped by it."""
        with self._key() as device:
            try:
                return bytes(device.decrypt(wrapped[_NONCE:], **_gcm(wrapped[:_NONCE], about)))
            # What devices call a tag that does not fit.
            except (pkcs11.EncryptedDataInvalid, pkcs11.EncryptedDataLenRange, pkcs11.GeneralError) as error:
                raise ValueError("not wrapped by this key") from error

    @contextmanager
    def _key(self) -> Iterator[Any]:
        assert self._uri.module_path is not None
        module = module_at(self._uri.module_path)
        try:
            with module.lock:
                token = module.find(self._uri)
                ref = ref_of(token)
                session = module.session(ref, pin_for(token, ref, self._uri, no_secret)).session
                try:
                    yield self._found(session)
                finally:
                    module.release(ref)
        except UlakError as error:
            if error.code.startswith("archive."):
                raise
            raise archive_error("archive.kek-token", detail=error.text) from error
        except pkcs11.PKCS11Error as error:
            raise archive_error("archive.kek-token", detail=type(error).__name__) from error

    def _found(self, session: Any) -> Any:
        asked: dict[Attribute, Any] = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.KEY_TYPE: KeyType.AES}
        asked |= {} if self._uri.id is None else {Attribute.ID: self._uri.id}
        asked |= {} if self._uri.object is None else {Attribute.LABEL: self._uri.object}
        found = list(session.get_objects(asked))
        if len(found) != 1:
            raise archive_error("archive.kek-missing", address=self.name)
        return found[0]


def _gcm(nonce: bytes, about: bytes) -> dict[str, Any]:
    return {"mechanism": Mechanism.AES_GCM, "mechanism_param": GCMParams(nonce, about, _TAG_BITS)}
