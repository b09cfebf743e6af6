"""What the signer claims in the signed properties: when, as whom, and with which certificate."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.seal.certificates import Certificate
from ulak.seal.names import xades
from ulak.seal.verify.findings import Findings, Stop
from ulak.seal.verify.report import Policy

__all__ = ["Claims", "check_time", "claims_of", "moment_of"]

_SIGNATURE_PROPERTIES: Final = xades("SignedSignatureProperties")
_DATA_PROPERTIES: Final = xades("SignedDataObjectProperties")
_TIME: Final = xades("SigningTime")
_CERTIFICATE: Final = xades("SigningCertificate")
_CERTIFICATE_V2: Final = xades("SigningCertificateV2")
_ROLES: Final = xades("SignerRole"), xades("SignerRoleV2")
_ROLE: Final = xades("ClaimedRole")
_PARTS: Final = ([_SIGNATURE_PROPERTIES], [_SIGNATURE_PROPERTIES, _DATA_PROPERTIES])
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


class Claims(NamedTuple):
    """The signed properties.

    Attributes:
        time: the signing time with its zone; None if it is missing or no such time.
        certificate: the ``SigningCertificate`` or ``SigningCertificateV2`` element.
    """

    time: datetime | None
    role: str
    certificate: etree._Element | None


def claims_of(properties: etree._Element, findings: Findings) -> Claims:
    """Read ``xades:SignedProperties``.

    Raises:
        Stop: ``seal.structure``.
    """
    parts = list(properties)
    if [part.tag for part in parts] not in _PARTS:
        raise _broken("xades:SignedProperties")
    found: dict[str, etree._Element] = {}
    for part in parts[0]:
        if found.setdefault(part.tag, part) is not part:
            raise _broken("xades:SignedSignatureProperties")
    if _CERTIFICATE_V2 in found:
        findings.add("seal.signing-certificate-v2")
    certificate = found[_CERTIFICATE] if _CERTIFICATE in found else found.get(_CERTIFICATE_V2)
    return Claims(_time(found.get(_TIME), findings), _role(found), certificate)


def check_time(claims: Claims, certificate: Certificate, at: datetime, policy: Policy, findings: Findings) -> None:
    """Hold the signing time against the clock and the certificate."""
    if claims.time is None:
        return
    if claims.time > at + policy.skew:
        findings.add("seal.time-in-future", time=claims.time.isoformat())
    if not certificate.not_before - policy.skew <= claims.time <= certificate.not_after:
        since, until = certificate.not_before.isoformat(), certificate.not_after.isoformat()
        findings.add("seal.time-outside-certificate", time=claims.time.isoformat(), since=since, until=until)


def _time(element: etree._Element | None, findings: Findings) -> datetime | None:
    if element is None:
        findings.add("seal.no-signing-time")
        return None
    text = (element.text or "").strip()
    moment = None if len(element) else moment_of(text)
    if moment is None:
        findings.add("seal.time-form", time=text)
    return moment


def moment_of(text: str) -> datetime | None:
    """The moment that a text says, with its zone; None if it says none.

    >>> str(moment_of("2026-11-22T12:00:00.5+03:00")), moment_of("2026-11-22T12:00:00")
    ('2026-11-22 12:00:00.500000+03:00', None)
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    fraction = match[2][:7].ljust(7, "0") if match[2] else ""
    try:
        moment = datetime.fromisoformat(match[1] + fraction + match[3])
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment


def _role(found: dict[str, etree._Element]) -> str:
    holder = next((found[name] for name in _ROLES if name in found), None)
    role = next(holder.iter(_ROLE), None) if holder is not None else None
    return " ".join("".join(str(text) for text in role.itertext()).split())[:200] if role is not None else ""


def _broken(where: str) -> Stop:
    return Stop("seal.structure", detail=Text(f"{where} bozuk", f"{where} is broken"))
