"""Documents that their author sealed: the seal has to hold, and has to be the issuer's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from ulak.errors import Text, UlakError
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Indication
from ulak.seal.verify import verify
from ulak_server import clock
from ulak_server.documents.problems import problem
from ulak_server.documents.reading import Reading

__all__ = ["check_seal"]


def check_seal(reading: Reading, number: str) -> None:
    """Verify the seal of a document handed in with it.

    Args:
        number: VKN or TCKN of the issuer, whose seal it has to be.

    Raises:
        IntakeError: ``intake.seal``, ``intake.seal-of-other``, ``intake.seal-unjudged`` (not permanent).
    """
    try:
        report = verify(reading.body, trust=_trust(), at=clock.now())
    except (UlakError, OSError) as error:
        text = error.text if isinstance(error, UlakError) else Text(str(error), str(error))
        raise problem("intake.seal-unjudged", detail=text) from None
    if report.indication is not Indication.PASSED:
        code = "intake.seal" if report.indication is Indication.FAILED else "intake.seal-unjudged"
        raise problem(code, detail=report.reasons[0].text if report.reasons else _UNKNOWN)
    signer = report.signer.tax_id if report.signer else None
    if signer != number:
        raise problem("intake.seal-of-other", signer=signer or "?", number=number)


_UNKNOWN: Final = Text("neden belli değil", "the reason is not known")


@cache
def _trust() -> Trust:
    return Trust(TrustStore.read(Path(settings.ENVIRONMENT["ULAK_TRUST"])))
