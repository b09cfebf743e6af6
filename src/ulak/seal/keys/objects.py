"""Keys and certificates on a token: found, told apart, and used."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import pkcs11
from asn1crypto.keys import ECDomainParameters
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.types import SignMixin

from ulak.seal.algorithms import Algorithm
from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.errors import SealError
from ulak.seal.keys.login import TokenRef
from ulak.seal.keys.problems import failure
from ulak.seal.keys.secrets import Secret
from ulak.seal.keys.uri import TokenUri

__all__ = [
    "Handle",
    "certificates_on",
    "find_key",
    "handle_of",
    "identity",
    "own_certificate",
    "public_keys_on",
    "refuse_unable",
    "value_of",
]

MOST_OBJECTS: Final = 4096
_MECHANISMS: Final = {"RSA": Mechanism.RSA_PKCS, "EC": Mechanism.ECDSA}
_TYPES: Final = {"RSA": KeyType.RSA, "EC": KeyType.EC}


def find_key(session: Any, uri: TokenUri, ref: TokenRef) -> Any:
    """The one private key that fits; raises KeyFailure ``key.object-not-found`` or ``key.object-ambiguous``."""
    found = private_keys(session, uri)
    if len(found) == 1:
        return found[0]
    if found:
        raise failure("key.object-ambiguous", token=ref, seen=_seen(found))
    raise failure("key.object-not-found", token=ref, object=uri.about_object, seen=_seen(private_keys(session)))


def private_keys(session: Any, uri: TokenUri = TokenUri()) -> list[Any]:  # noqa: B008
    """The private keys that the session sees and the URI's ``object`` and ``id`` fit."""
    asked: dict[Attribute, Any] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
    asked |= {} if uri.id is None else {Attribute.ID: uri.id}
    asked |= {} if uri.object is None else {Attribute.LABEL: uri.object}
    return _objects(session, asked)


def key_kind(key: Any) -> str:
    """Such as ``RSA 2048`` or ``EC secp384r1``."""
    kind = value_of(key, Attribute.KEY_TYPE)
    if kind == KeyType.RSA:
        return f"RSA {8 * len((value_of(key, Attribute.MODULUS) or b'').lstrip(bytes(1)))}"
    curve = value_of(key, Attribute.EC_PARAMS)
    return f"EC {_curve(curve)}" if kind == KeyType.EC and curve else getattr(kind, "name", "")


def identity(key: Any) -> TokenUri:
    """What tells a key from the token's others."""
    return TokenUri(object=value_of(key, Attribute.LABEL) or None, id=value_of(key, Attribute.ID) or None)


def certificates_on(session: Any) -> list[tuple[bytes, str, Certificate]]:
    """All X.509 certificates of a token that can be read, each with its CKA_ID and label."""
    found = []
    for one in _objects(session, {Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            certificate = certificate_of(value_of(one, Attribute.VALUE) or b"")
        except SealError:
            continue
        found.append((value_of(one, Attribute.ID) or b"", value_of(one, Attribute.LABEL) or "", certificate))
    return found


def public_keys_on(session: Any) -> frozenset[tuple[bytes, str]]:
    """CKA_ID and label of all public keys of a token; it shows them without a PIN, too."""
    held = _objects(session, {Attribute.CLASS: ObjectClass.PUBLIC_KEY})
    return frozenset((value_of(one, Attribute.ID) or b"", value_of(one, Attribute.LABEL) or "") for one in held)


def own_certificate(
    session: Any, key: Any, given: tuple[Certificate, ...] | None, ref: TokenRef
) -> tuple[Certificate, tuple[Certificate, ...]]:
    """The certificate of a key, and all others at hand.

    Of several certificates for the same key the one that ends last is taken: a renewed one.

    Args:
        given: the only certificates to choose from; by default those on the token with the key's CKA_ID, else label.

    Raises:
        KeyFailure: ``key.certificate-missing``, ``key.mismatch``.
        SealError: ``key.unsupported``.
    """
    on_token = certificates_on(session)
    others = tuple(certificate for _, _, certificate in on_token)
    candidates = list(given) if given is not None else _beside(key, on_token)
    if not candidates:
        raise failure("key.certificate-missing", place=ref)
    fitting = [one for one in candidates if _belongs(session, key, one)]
    if not fitting:
        raise failure("key.mismatch", subject=candidates[0].subject, place=ref)
    return max(fitting, key=lambda one: one.not_after), (*candidates, *others)


class Handle(NamedTuple):
    """A key in a session, ready to sign.

    Attributes:
        asks_always: whether the PIN has to be given with every signature (CKA_ALWAYS_AUTHENTICATE).
    """

    key: Any
    asks_always: bool

    def sign(self, data: bytes, algorithm: Algorithm, secret: Secret | None) -> bytes:
        """What the token makes of a DigestInfo (RSA) or a digest (EC); raises pkcs11.PKCS11Error."""
        mechanism = _MECHANISMS[algorithm.family]
        if self.asks_always and secret is not None:
            return bytes(self.key.sign(data, mechanism=mechanism, pin=secret.reveal()))
        return bytes(self.key.sign(data, mechanism=mechanism))


def handle_of(key: Any) -> Handle:
    """A key that was found, ready to sign."""
    return Handle(key, bool(value_of(key, Attribute.ALWAYS_AUTHENTICATE)))


def refuse_unable(token: Any, key: Any, algorithm: Algorithm, ref: TokenRef) -> None:
    """Raises KeyFailure ``key.mechanism`` if the key cannot sign a digest on this token."""
    if not isinstance(key, SignMixin):
        raise failure("key.mechanism", place=ref, mechanism="CKA_SIGN")
    mechanism = _MECHANISMS[algorithm.family]
    if mechanism not in token.slot.get_mechanisms():
        raise failure("key.mechanism", place=ref, mechanism=f"CKM_{mechanism.name}")


def value_of(one: Any, attribute: Attribute) -> Any:
    """An attribute of an object; None where the token does not tell it."""
    try:
        return one[attribute]
    except (pkcs11.AttributeTypeInvalid, pkcs11.AttributeSensitive, pkcs11.AttributeValueInvalid, KeyError, IndexError):
        return None


def _curve(parameters: bytes) -> str:
    try:
        return str(ECDomainParameters.load(parameters).native)
    except ValueError:
        return "?"


def _objects(session: Any, asked: dict[Attribute, Any]) -> list[Any]:
    return list(islice(session.get_objects(asked), MOST_OBJECTS))


def _seen(keys: Sequence[Any]) -> str:
    return "; ".join(identity(key).about_object for key in keys) or "–"


def _beside(key: Any, held: Sequence[tuple[bytes, str, Certificate]]) -> list[Certificate]:
    id_, label = value_of(key, Attribute.ID) or b"", value_of(key, Attribute.LABEL) or ""
    same_id = [certificate for one, _, certificate in held if one == id_ and id_]
    return same_id or [certificate for _, one, certificate in held if one == label and label]


def _belongs(session: Any, key: Any, certificate: Certificate) -> bool:
    """Whether key and certificate can belong together, as far as the token tells; the first signature proves it."""
    if value_of(key, Attribute.KEY_TYPE) != _TYPES[certificate.algorithm.family]:
        return False
    public_key = certificate.public_key
    if isinstance(public_key, rsa.RSAPublicKey):
        modulus = value_of(key, Attribute.MODULUS)
        return modulus is None or int.from_bytes(modulus, "big") == public_key.public_numbers().n
    id_ = value_of(key, Attribute.ID)
    public = _objects(session, {Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.ID: id_}) if id_ else []
    points = [point for one in public if (point := value_of(one, Attribute.EC_POINT))]
    return not points or any(point.endswith(_point(certificate)) for point in points)


def _point(certificate: Certificate) -> bytes:
    return certificate.x509.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
