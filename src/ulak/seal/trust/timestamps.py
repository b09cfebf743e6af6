"""Time stamps (RFC 3161) as they lie in documents: read, and checked against the certificate that signed them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from asn1crypto import cms, core, tsp

from ulak.seal.algorithms import Digest
from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.errors import SealError
from ulak.seal.remembering import remembered
from ulak.seal.trust.chains import subject_key
from ulak.seal.trust.stamp_problems import stamp_failure

__all__ = ["MAX_BYTES", "TimeStampToken", "read_token", "signer_of"]

MAX_BYTES: Final = 256 * 1024
"""A time stamp larger than this is refused unread; with its certificates one takes some eight kilobytes."""

_MAX_CERTIFICATES: Final = 16
_DIGESTS: Final = {digest.name.lower(): digest for digest in Digest}


class SignerId(NamedTuple):
    """A certificate's issuer (DER) and number, or else its key identifier (RFC 5652, 5.3)."""

    issuer: bytes = b""
    serial: int = 0
    key: bytes = b""


@dataclass(frozen=True)
class TimeStampToken:
    """A time stamp as read, not judged: that it holds is for `Trust.judge_stamp` to say.

    Attributes:
        der: the token, a CMS ContentInfo.
        time: when what it covers existed (genTime, UTC).
        accuracy: by how much the time may be off; None if the authority does not say.
        policy: number of the policy under which it was given.
        serial: its number at the authority.
        digest: what the stamped digest was made with; None if that is too weak or unknown.
        imprint: the digest that was stamped.
        nonce: what the request gave to be repeated; None if nothing.
        certificates: what the token carries, in its order.
        signer: how it names the certificate that signed it.
    """

    der: bytes
    time: datetime
    accuracy: timedelta | None
    policy: str
    serial: int
    digest: Digest | None
    imprint: bytes
    nonce: int | None
    certificates: tuple[Certificate, ...]
    signer: SignerId
    info: bytes = field(repr=False)
    """The TSTInfo that was signed, DER."""
    attributes: bytes = field(repr=False)
    """The signed attributes as they are signed: a SET OF; empty if there are none."""
    signed: Any = field(repr=False, compare=False)
    """The one SignerInfo (`asn1crypto.cms.SignerInfo`)."""

    def covers(self, data: bytes) -> bool:
        """Whether it was given for these data."""
        return self.digest is not None and self.digest.of(data) == self.imprint


@remembered(most=256, largest=32 * 1024)
def read_token(der: bytes) -> TimeStampToken:
    """Read a time stamp.

    Raises:
        StampFailure: ``timestamp.broken`` or ``timestamp.too-large``.
    """
    if len(der) > MAX_BYTES:
        raise stamp_failure("timestamp.too-large", size=len(der), limit=MAX_BYTES)
    try:
        return _read(der)
    # asn1crypto lets whatever strange bytes cause come through.
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise stamp_failure("timestamp.broken", detail=str(error)[:200]) from None
    except SealError as error:
        raise stamp_failure("timestamp.broken", detail=error.text) from None


def _read(der: bytes) -> TimeStampToken:
    content = cms.ContentInfo.load(der, strict=True)
    if content["content_type"].native != "signed_data":
        raise ValueError("ContentInfo: signedData")
    signed = content["content"]
    wrapped = signed["encap_content_info"]
    if wrapped["content_type"].native != "tst_info":
        raise ValueError("EncapsulatedContentInfo: id-ct-TSTInfo")
    if len(signed["signer_infos"]) != 1:
        raise ValueError("signerInfos: 1")
    # Before anything looks into them: what was looked into is written anew, not as it came.
    attributes = _as_set(signed["signer_infos"][0]["signed_attrs"].dump())
    octets = bytes(wrapped["content"])
    info = tsp.TSTInfo.load(octets, strict=True)
    if info["version"].native != "v1" or any(each["critical"].native for each in _extensions(info)):
        raise ValueError("TSTInfo: version, extensions")
    imprint = info["message_imprint"]
    digest = _DIGESTS.get(str(imprint["hash_algorithm"]["algorithm"].native))
    hashed = imprint["hashed_message"].native
    if digest is not None and len(hashed) != digest.size:
        raise ValueError("messageImprint")
    return TimeStampToken(
        der=der,
        time=_moment(info["gen_time"].native),
        accuracy=_accuracy(info["accuracy"].native),
        policy=info["policy"].dotted,
        serial=info["serial_number"].native,
        digest=digest,
        imprint=hashed,
        nonce=info["nonce"].native,
        certificates=tuple(_certificates(signed)),
        signer=_signer_id(signed["signer_infos"][0]["sid"]),
        info=octets,
        attributes=attributes,
        signed=signed["signer_infos"][0],
    )


def _signer_id(sid: cms.SignerIdentifier) -> SignerId:
    if sid.name == "issuer_and_serial_number":
        return SignerId(sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native)
    return SignerId(key=sid.chosen.native)


def _as_set(attributes: bytes) -> bytes:
    """They lie under an implicit tag but are signed under that of a SET OF (RFC 5652, 5.4)."""
    return b"\x31" + attributes[1:] if attributes else b""


def _extensions(info: tsp.TSTInfo) -> Iterable[Any]:
    found = info["extensions"]
    return () if isinstance(found, core.Void) else found


def _moment(said: object) -> datetime:
    if not isinstance(said, datetime) or said.tzinfo is None:
        raise ValueError("genTime")
    return said.astimezone(UTC)


def _accuracy(said: dict[str, int | None] | None) -> timedelta | None:
    if not said:
        return None
    parts = {name: said.get(name) or 0 for name in ("seconds", "millis", "micros")}
    return timedelta(seconds=parts["seconds"], milliseconds=parts["millis"], microseconds=parts["micros"])


def _certificates(signed: cms.SignedData) -> Iterator[Certificate]:
    carried = signed["certificates"]
    if isinstance(carried, core.Void):
        return
    if len(carried) > _MAX_CERTIFICATES:
        raise ValueError("certificates")
    for each in carried:
        if each.name == "certificate":
            yield certificate_of(each.chosen.dump())


def signer_of(token: TimeStampToken, known: Iterable[Certificate]) -> Certificate | None:
    """The certificate that the token's signature names; looked for in the token first."""
    named = token.signer
    for each in (*token.certificates, *known):
        if named.key:
            if subject_key(each) == named.key:
                return each
        elif each.serial == named.serial and each.x509.issuer.public_bytes() == named.issuer:
            return each
    return None
