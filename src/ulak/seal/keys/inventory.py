"""What a store of keys holds, each key with the address that opens it."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Any, Final, NamedTuple

import pkcs11
from pkcs11 import TokenFlag

from ulak.seal.certificates import Certificate
from ulak.seal.errors import SealError
from ulak.seal.keys.login import TokenRef, ref_of
from ulak.seal.keys.module import Module, module_at
from ulak.seal.keys.objects import certificates_on, identity, key_kind, own_certificate, private_keys, public_keys_on
from ulak.seal.keys.pkcs11 import pin_for
from ulak.seal.keys.pkcs12 import key_kind_of, read_pkcs12
from ulak.seal.keys.problems import failure
from ulak.seal.keys.remote import credentials_at, open_remote
from ulak.seal.keys.secrets import SecretSource, no_secret
from ulak.seal.keys.signatures import chain_of
from ulak.seal.keys.uri import TokenUri, parse_uri

__all__ = ["Held", "Store", "stores_at"]

STATES: Final = {
    TokenFlag.USER_PIN_LOCKED: "pin-locked",
    TokenFlag.USER_PIN_FINAL_TRY: "pin-last-try",
    TokenFlag.USER_PIN_COUNT_LOW: "pin-wrong-before",
    TokenFlag.USER_PIN_TO_BE_CHANGED: "pin-to-be-changed",
    TokenFlag.PROTECTED_AUTHENTICATION_PATH: "pin-pad",
}


class Held(NamedTuple):
    """A key, or what shows that there is one.

    Attributes:
        address: opens it.
        label: its name in the store; may be empty.
        kind: such as ``RSA 2048`` or ``EC secp384r1``; empty if the store does not tell.
        certificate: its own, if the store has it.
        chain: its issuers in the store, nearest first.
    """

    address: str
    label: str
    kind: str
    certificate: Certificate | None
    chain: tuple[Certificate, ...] = ()


class Store(NamedTuple):
    """A file, a token or a host.

    Attributes:
        name: how a person calls it.
        facts: such as its serial number, by name; for a token also ``states``.
        keys: what it holds.
        is_open: whether private keys can be seen; if not, ``keys`` are those whose certificates can.
    """

    name: str
    facts: dict[str, str]
    keys: tuple[Held, ...]
    is_open: bool = True


def stores_at(
    address: str, secret: SecretSource = no_secret, module: Path | None = None, ca_file: Path | None = None
) -> tuple[Store, ...]:
    """The stores that an address names: the file, the token or tokens, the host.

    Of a ``pkcs11:`` address any part may be missing; one that names a key leaves out the others. A PIN is asked for
    only if a single token fits: to try it on several might lock them. Without a PIN the certificates are listed.

    Raises:
        KeyFailure: ``key.*``.
    """
    scheme, _, rest = address.partition(":")
    if scheme == "pkcs12" and rest:
        return (_file(address, Path(rest), secret),)
    if scheme == "pkcs11":
        uri = parse_uri(address)
        path = uri.module_path or module
        if path is None:
            raise failure("key.module-missing")
        return _tokens(uri, path, secret)
    if scheme == "https":
        return (_host(address, secret, ca_file),)
    raise failure("key.address", address=address.partition("?")[0].rpartition("@")[2][:80])


def _file(address: str, path: Path, secret: SecretSource) -> Store:
    content = read_pkcs12(path, secret)
    if content.key is None:
        return Store(str(path), {}, ())
    own = content.own
    chain = chain_of(own, content.certificates) if own else ()
    return Store(str(path), {}, (Held(address, path.name, key_kind_of(content.key), own, chain),))


def _host(address: str, secret: SecretSource, ca_file: Path | None) -> Store:
    held = []
    for one in credentials_at(address, secret, ca_file):
        key = open_remote(one, secret, None, ca_file)
        held.append(Held(one, one.partition("#")[2], key.kind, key.certificate, key.chain))
        key.close()
    return Store(address.partition("#")[0], {}, tuple(held))


def _tokens(uri: TokenUri, path: Path, secret: SecretSource) -> tuple[Store, ...]:
    module = module_at(path)
    with module.lock:
        if not module.is_used:
            module.renew()
        tokens = module.fitting(uri)
        try:
            return tuple(_token(module, one, uri, secret if len(tokens) == 1 else no_secret) for one in tokens)
        except pkcs11.PKCS11Error as error:
            detail = type(error).__name__
    raise failure("key.token-removed", token=uri.about_token, detail=detail)


def _token(module: Module, token: Any, uri: TokenUri, secret: SecretSource) -> Store:
    ref = ref_of(token)
    stem = TokenUri(ref.label, ref.serial.decode(errors="replace"), module_path=module.path, pin_source=uri.pin_source)
    locked = bool(token.flags & TokenFlag.LOGIN_REQUIRED)
    pin = None if _is_risky(token) else pin_for(token, ref, uri, secret)
    if locked and pin is None:
        session = token.open()
        try:
            return Store(str(ref), _facts(token), _by_certificates(session, stem, uri), is_open=False)
        finally:
            session.close()
    try:
        return Store(str(ref), _facts(token), _by_keys(module.session(ref, pin).session, ref, stem, uri))
    finally:
        module.release(ref)


def _is_risky(token: Any) -> bool:
    return bool(token.flags & (TokenFlag.USER_PIN_LOCKED | TokenFlag.USER_PIN_FINAL_TRY))


def _facts(token: Any) -> dict[str, str]:
    return {
        "serial": token.serial.decode(errors="replace"),
        "slot-id": str(token.slot.slot_id),
        "slot": token.slot.slot_description,
        "manufacturer": token.manufacturer_id,
        "model": token.model,
        "states": ", ".join(name for flag, name in STATES.items() if token.flags & flag),
    }


def _by_keys(session: Any, ref: TokenRef, stem: TokenUri, uri: TokenUri) -> tuple[Held, ...]:
    found = []
    for key in private_keys(session, uri):
        exact = identity(key)
        address, label, kind = _address(stem, exact.object, exact.id), exact.object or "", key_kind(key)
        try:
            own, others = own_certificate(session, key, None, ref)
        except SealError:
            found.append(Held(address, label, kind, None))
        else:
            found.append(Held(address, label, kind, own, chain_of(own, others)))
    return tuple(found)


def _by_certificates(session: Any, stem: TokenUri, uri: TokenUri) -> tuple[Held, ...]:
    all_, named = certificates_on(session), public_keys_on(session)
    others = [certificate for _, _, certificate in all_]
    return tuple(
        # Of a key that cannot be seen the certificate may have another label: the id alone is sure.
        Held(
            _address(stem, label if not id_ or (id_, label) in named else None, id_),
            label,
            "",
            one,
            chain_of(one, others),
        )
        for id_, label, one in all_
        if not one.is_authority and _is_meant(uri, id_, label, named)
    )


def _is_meant(uri: TokenUri, id_: bytes, label: str, public: Set[tuple[bytes, str]]) -> bool:
    """Whether an address means the key of a certificate with this CKA_ID and label."""
    is_labelled = uri.object in (None, label) or (id_, uri.object) in public
    if uri.id is not None:
        return id_ == uri.id or (not id_ and is_labelled)
    return is_labelled


def _address(stem: TokenUri, label: str | None, id_: bytes | None) -> str:
    return stem._replace(object=label or None, id=id_ or None).text
