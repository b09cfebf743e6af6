"""From what was found of a chain to the verdict on its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509

from ulak.seal.certificates import Certificate
from ulak.seal.trust.chains import Chain, Search
from ulak.seal.trust.findings import Finding, finding, worst_first
from ulak.seal.trust.policy import Purpose
from ulak.seal.trust.reasons import reason
from ulak.seal.trust.revocation import Inquiry, Outcome
from ulak.seal.trust.standing import Kind, Standing, State
from ulak.seal.verdicts import Evidence, Indication, Trusted
from ulak.seal.verdicts import SubIndication as Sub

__all__ = ["kinder", "proven", "unreached", "verdict"]

_HARMLESS: Final = frozenset(
    {
        x509.ReasonFlags.unspecified,
        x509.ReasonFlags.affiliation_changed,
        x509.ReasonFlags.superseded,
        x509.ReasonFlags.cessation_of_operation,
    }
)
"""Reasons for which the older time stamps of a revoked authority stay good (RFC 3161, 4)."""
_TELLING: Final = (Sub.REVOKED_NO_POE, Sub.TRY_LATER, Sub.REVOKED_CA_NO_POE)
"""What only a way can say on which all else is in order, the most telling first."""


def verdict(chain: Chain, findings: Sequence[Finding]) -> Trusted | None:
    """What follows from the findings about a chain; None if there are none."""
    if not findings:
        return None
    worst, *_ = ordered = worst_first(findings)
    return Trusted(worst.indication, worst.sub, tuple(found.reason for found in ordered), chain)


def kinder(one: Trusted, other: Trusted) -> Trusted:
    """Of two ways that did not pass the one that says more of the certificate itself, else the one with less in it."""
    return min(one, other, key=lambda found: (_telling(found), len(found.reasons)))


def _telling(found: Trusted) -> int:
    if found.indication is Indication.FAILED:
        return 0
    return _TELLING.index(found.sub) + 1 if found.sub in _TELLING else len(_TELLING) + 1


def unreached(certificate: Certificate, search: Search) -> Trusted:
    """The verdict on a certificate from which no way leads to a root."""
    last = search.longest[-1]
    name = last.common_name or last.subject
    codes = ["trust.self-issued" if last.is_self_issued else "trust.no-root"]
    if search.was_cut:
        codes = ["trust.too-many-issuers"]
    if search.pretended and not last.is_self_issued:
        codes.insert(0, "trust.pretender")
    subject = certificate.common_name if search.was_cut else name
    reasons = tuple(reason(code, certificate=subject, issuer=last.issuer) for code in codes)
    return Trusted(Indication.INDETERMINATE, Sub.NO_CERTIFICATE_CHAIN_FOUND, reasons, search.longest)


def proven(chain: Chain, inquiry: Inquiry, since: datetime | None, purpose: Purpose) -> Trusted:
    """Ask of every certificate below the root whether it was revoked, the issuers first: they vouch for the rest."""
    findings: list[Finding] = []
    standings: list[Standing] = []
    revoked_at: datetime | None = None
    for place in range(len(chain) - 2, -1, -1):
        outcome = inquiry.outcome(chain[place], chain[place + 1])
        standings += outcome.standings
        stands_for = _stamping(outcome, since) if place == 0 and purpose is Purpose.TIME_STAMPING else outcome
        findings += _findings(chain[place], stands_for, place == 0, since)
        if place == 0:
            revoked_at = _taken_back(outcome)
        # A revoked issuer's word on what it issued is worth nothing.
        if findings:
            break
    answer = verdict(chain, findings) or Trusted(Indication.PASSED, chain=chain, good_until=_end(chain, standings))
    return answer._replace(evidence=_evidence(standings), revoked_at=revoked_at)


def _findings(certificate: Certificate, outcome: Outcome, is_leaf: bool, since: datetime | None) -> list[Finding]:
    name = certificate.common_name or certificate.subject
    for standing in sorted(outcome.standings, key=lambda known: known.state is not State.REVOKED):
        if standing.state is State.GOOD:
            continue
        facts = {"certificate": name, "since": standing.since, "why": _why(standing)}
        if standing.state is State.HELD:
            return [finding(Sub.TRY_LATER, "trust.suspended", **facts)]
        if not is_leaf:
            return [finding(Sub.REVOKED_CA_NO_POE, "trust.issuer-revoked", **facts)]
        is_final = since is not None and standing.since is not None and since >= standing.since
        return [finding(Sub.REVOKED if is_final else Sub.REVOKED_NO_POE, "trust.revoked", **facts)]
    if outcome.is_enough:
        return []
    unknown = finding(Sub.TRY_LATER, "trust.revocation-unknown", certificate=name)
    return [unknown, *(Finding(Sub.TRY_LATER, why) for why in outcome.missed)]


def _stamping(outcome: Outcome, since: datetime | None) -> Outcome:
    """What a revocation means for time stamps made before it (RFC 3161, 4).

    Where the authority's key may have been stolen all its stamps are void, since they can be backdated; where it merely
    stopped, those made before stay good.
    """

    def meant(standing: Standing) -> Standing:
        if standing.since is None or standing.why is x509.ReasonFlags.certificate_hold:
            return standing
        is_void = standing.why not in _HARMLESS or since is None or since >= standing.since
        return standing._replace(state=State.REVOKED if is_void else State.GOOD)

    return outcome._replace(standings=tuple(map(meant, outcome.standings)))


def _taken_back(outcome: Outcome) -> datetime | None:
    return next((standing.since for standing in outcome.standings if standing.since is not None), None)


def _why(standing: Standing) -> str:
    return standing.why.value if standing.why else "unspecified"


def _end(chain: Chain, standings: Sequence[Standing]) -> datetime:
    # Who was revoked later, an issuer for instance, was good until just before.
    before = [standing.since - timedelta.resolution for standing in standings if standing.since is not None]
    return min([certificate.not_after for certificate in chain] + [standing.until for standing in standings] + before)


def _evidence(standings: Sequence[Standing]) -> Evidence:
    lists = [standing.der for standing in standings if standing.kind is Kind.CRL]
    lists += [standing.behind for standing in standings if standing.behind]
    answers = [standing.der for standing in standings if standing.kind is Kind.OCSP]
    return Evidence(tuple(dict.fromkeys(lists)), tuple(dict.fromkeys(answers)))
