"""Documents that their author sealed: the seal has to hold, and has to be the issuer's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from ulak.errors import Text
from ulak.seal.names import ds, xades
from ulak.seal.trust import MemoryCache, Policy, Trust, TrustFailure, TrustStore
from ulak.seal.verdicts import Indication, SubIndication
from ulak.seal.verify import verify
from ulak.xml import XmlError, parse
from ulak_server import clock
from ulak_server.documents.problems import problem
from ulak_server.documents.reading import Reading

__all__ = ["check_seal", "sealed_at", "trust"]

_SIGNED_AT: Final = "/".join(
    (
        ds("Object"),
        xades("QualifyingProperties"),
        xades("SignedProperties"),
        xades("SignedSignatureProperties"),
        xades("SigningTime"),
    )
)
_EVIDENCE: Final = 16 << 20
"""Bytes of revocation lists and answers that are kept; what does not fit is asked for again."""
_FIRST: Final = 2000
"""Year before which nothing was sealed so."""
_AHEAD: Final = timedelta(minutes=10)
"""By which clocks may differ."""


@cache
def trust() -> Trust | None:
    """The trust by which this installation judges certificates, of the folder ``ULAK_TRUST``; None if it is not set.

    Raises:
        TrustFailure: the folder, or a file in it, cannot be read.
    """
    folder: Final = settings.ENVIRONMENT["ULAK_TRUST"]
    if not folder:
        return None
    cache = MemoryCache(_EVIDENCE)
    return Trust(TrustStore.read(Path(folder)), Policy(online=True), cache=cache, clock=clock.now)


def check_seal(reading: Reading, number: str) -> None:
    """Verify the seal of a document handed in with it.

    Args:
        number: VKN or TCKN of the issuer, whose seal it has to be.

    Raises:
        IntakeError: ``intake.seal``, ``intake.seal-of-other``, ``intake.seal-unjudged`` (not permanent).
    """
    try:
        judge = trust()
        if judge is None:
            raise problem("intake.seal-unjudged", detail=_NO_TRUST)
        report = verify(reading.body, trust=judge, at=clock.now())
    except TrustFailure as error:
        raise problem("intake.seal-unjudged", detail=error.text) from None
    if report.indication is not Indication.PASSED:
        code = "intake.seal-unjudged" if report.sub is SubIndication.TRY_LATER else "intake.seal"
        raise problem(code, detail=report.reasons[0].text if report.reasons else _UNKNOWN)
    signer = report.signer.tax_id if report.signer else None
    if signer != number:
        raise problem("intake.seal-of-other", signer=signer or "?", number=number)


def sealed_at(body: bytes) -> datetime | None:
    """When a document was sealed by what its seal says (``xades:SigningTime``); None if it does not say.

    Only the seal itself counts, whatever stands elsewhere under that name, and only a moment that can have been. A time
    without offset is Istanbul's.
    """
    try:
        # Taking in saw that there is one seal, with nothing but counter-signatures inside of it.
        seal = next(parse(body).iter(ds("Signature")), None)
        at = datetime.fromisoformat("" if seal is None else (seal.findtext(_SIGNED_AT) or "").strip())
    except (XmlError, ValueError):
        return None
    at = at.replace(tzinfo=clock.ISTANBUL) if at.tzinfo is None else at
    return at if at.year >= _FIRST and at <= clock.now() + _AHEAD else None


_NO_TRUST: Final = Text("güvenilen kökler ayarlı değil", "no trusted roots are configured")
_UNKNOWN: Final = Text("neden belli değil", "the reason is not known")
