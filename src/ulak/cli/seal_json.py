"""Reports on seals as JSON; docs/cli.md promises its members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from ulak.cli.seal_facts import number_of
from ulak.errors import Language, UlakError
from ulak.seal.certificates import Certificate
from ulak.seal.verdicts import Reason
from ulak.seal.verify import SealReport

__all__ = ["UNREADABLE", "as_json", "unreadable_as_json"]

UNREADABLE = "UNREADABLE"


def as_json(name: str, position: int, report: SealReport, language: Language) -> dict[str, object]:
    """One document's report."""
    return {
        "file": name,
        "position": position,
        "document": report.document,
        "number": number_of(report),
        **_seal(report, language),
        "counter_seals": [_seal(counter, language) for counter in report.counter_seals],
    }


def unreadable_as_json(name: str, error: UlakError, language: Language) -> dict[str, object]:
    """A file that could not be read."""
    reason = Reason(error.code, error.text, error.repair)
    return {"file": name, "position": 0, "verdict": UNREADABLE, "reasons": _reasons((reason,), language)}


def _seal(report: SealReport, language: Language) -> dict[str, object]:
    return {
        "verdict": report.indication.value,
        "sub": report.sub.value if report.sub else None,
        "sealed": report.is_sealed,
        "level": report.level,
        "owner": report.owner,
        "signer": _signer(report.signer) if report.signer else None,
        "signing_time": _moment(report.signing_time),
        "role": report.role,
        "judged_at": _moment(report.existed_at),
        "content_sha256": sha256(report.content).hexdigest() if report.content else None,
        "reasons": _reasons(report.reasons, language),
        "deviations": _reasons(report.deviations, language),
    }


def _signer(certificate: Certificate) -> dict[str, object]:
    return {
        "name": certificate.common_name,
        "tax_id": certificate.tax_id,
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "serial": str(certificate.serial),
        "sha256": certificate.fingerprint,
        "not_before": _moment(certificate.not_before),
        "not_after": _moment(certificate.not_after),
    }


def _reasons(reasons: Sequence[Reason], language: Language) -> list[dict[str, str]]:
    return [
        {"code": code, "text": text.say(language), "repair": repair.say(language)} for code, text, repair in reasons
    ]


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
