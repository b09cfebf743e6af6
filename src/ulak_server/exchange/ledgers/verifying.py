"""The berat that GİB approved, judged before it is kept: that it is ours, unchanged, and that GİB sealed it.

Sources: Web Servis Kılavuzu V1.7, 2.2; Teknik Kılavuz V1.7, 2.1 and 2.5.3; Uygulama Kılavuzu V1.12, C (software checks
schema, Schematron, that the berat is not empty, and its seals; if one fails, GİB has to be contacted). GİB approves by
a counter-signature.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Final, NamedTuple

from ulak.envelope.values import GIB
from ulak.errors import UlakError
from ulak.ledger.judging import judge
from ulak.rules import Level, PackStore, Verdict
from ulak.seal.levels.hook import level_check
from ulak.seal.trust import Trust, TrustFailure
from ulak.seal.verdicts import Reason, SubIndication
from ulak.seal.verify import Policy, SealReport, verify
from ulak.xml import XmlError
from ulak.zips import BROKEN, is_encrypted
from ulak_server.exchange.ledgers.problems import ledger_error

__all__ = ["PREFIX", "Approved", "approved", "berat_in", "check_rules", "unpacked"]

PREFIX: Final = "GIB-"
"""What GİB puts before the names of files that it approved."""
_MOST: Final = 8 * 1024 * 1024
"""Bytes of a berat, which holds sums alone."""
_MOST_FILES: Final = 4
_RIGHT: Final = frozenset({"seal.another-taxpayer", "seal.by-integrator", "seal.no-owner"})
"""Who may seal is known from whoever made the package, and told apart."""


class Approved(NamedTuple):
    """A berat that GİB approved.

    Attributes:
        xml: its bytes, as GİB gave them.
        at: when GİB sealed it, by that seal; None if it does not say.
    """

    xml: bytes
    at: datetime | None


def unpacked(data: bytes, name: str) -> bytes:
    """The XML in what GİB gave: the only file of a ZIP, named after the package.

    Raises:
        LedgerExchangeError: ``ledger-exchange.berat-empty``, ``ledger-exchange.berat-unreadable``,
            ``ledger-exchange.berat-of-other``.
    """
    if not data:
        raise ledger_error("ledger-exchange.berat-empty")
    try:
        found = _only_file(data)
    except BROKEN as error:
        raise ledger_error("ledger-exchange.berat-unreadable", detail=str(error)[:200] or "ZIP") from None
    file, xml = found
    if file not in (f"{PREFIX}{name}.xml", f"{name}.xml"):
        wanted = f"{PREFIX}{name}.xml"
        raise ledger_error("ledger-exchange.berat-of-other", found=_shown(file), wanted=wanted)
    if not xml.strip():
        raise ledger_error("ledger-exchange.berat-empty")
    return xml


def berat_in(package: bytes, name: str) -> bytes:
    """The berat, or the report, in a package of ours.

    Raises:
        LedgerExchangeError: ``ledger-exchange.package-files``.
    """
    try:
        with zipfile.ZipFile(BytesIO(package)) as archive:
            return archive.read(f"{name}.xml")
    except (KeyError, *BROKEN):
        raise ledger_error("ledger-exchange.package-files", wanted=f"{name}.xml", found="–") from None


def approved(xml: bytes, ours: bytes, *, signer: str, trust: Trust | None, at: datetime) -> Approved:
    """Judge a berat that GİB gave.

    Args:
        ours: the berat that was sent.
        signer: VKN or TCKN of whoever sealed it; empty if that is not known.
        trust: judges certificates; None: nothing can be judged.

    Raises:
        LedgerExchangeError: ``ledger-exchange.berat-*``; `permanent` says whether judging it later would help.
    """
    theirs = _report(xml, trust, at)
    of_others = {reason for counter in theirs.counter_seals for reason in counter.reasons}
    if (fault := _fault(reason for reason in theirs.reasons if reason not in of_others)) is not None:
        raise _of(fault, theirs.sub, "ledger-exchange.berat-seal")
    sealed_at = _gibs(theirs).signing_time
    _compare(theirs, _report(ours, trust, at), signer)
    return Approved(xml, sealed_at)


def check_rules(xml: bytes, name: str, on: date, store: PackStore | None = None) -> None:
    """See that a berat under GİB's seal keeps GİB's rules, those of the day on which it was sent.

    Where the rules are not at hand nothing is said: what it says was judged before it was sent.

    Args:
        store: the rule packs at hand; None: those of this installation.

    Raises:
        LedgerExchangeError: ``ledger-exchange.berat-rules``.
    """
    report = judge(BytesIO(xml), f"{name}.xml", store or PackStore(), on=on)
    errors = [found for found in report.findings if found.level is Level.ERROR]
    if report.verdict is Verdict.INVALID and errors:
        raise ledger_error("ledger-exchange.berat-rules", detail=errors[0].message)


def _compare(theirs: SealReport, ours: SealReport, signer: str) -> None:
    """The same content under the same seal; how it is written down may differ."""
    found = "" if theirs.signer is None else theirs.signer.tax_id or ""
    if signer and found != signer:
        raise ledger_error("ledger-exchange.berat-signer", found=found or "–", wanted=signer)
    if not theirs.content or theirs.content != ours.content or theirs.signing_time != ours.signing_time:
        raise ledger_error("ledger-exchange.berat-differs")


def _gibs(report: SealReport) -> SealReport:
    """GİB's seal over the taxpayer's."""
    if not report.counter_seals:
        raise ledger_error("ledger-exchange.berat-unapproved")
    found = [one for one in report.counter_seals if one.signer is not None and one.signer.tax_id == GIB.number]
    if not found:
        numbers = ((one.signer.tax_id if one.signer else None) or "–" for one in report.counter_seals)
        raise ledger_error("ledger-exchange.berat-not-gib", found=", ".join(numbers)[:100])
    for one in found:
        if (fault := _fault(one.reasons)) is not None:
            raise _of(fault, one.sub, "ledger-exchange.berat-gib-seal")
    return found[0]


def _report(xml: bytes, trust: Trust | None, at: datetime) -> SealReport:
    if trust is None:
        raise ledger_error("ledger-exchange.berat-unjudged", detail="ULAK_TRUST")
    try:
        return verify(xml, trust=trust, at=at, policy=Policy(max_bytes=_MOST), levels=level_check(trust))
    except TrustFailure as error:
        raise ledger_error("ledger-exchange.berat-unjudged", detail=error.text) from None
    except XmlError as error:
        raise ledger_error("ledger-exchange.berat-unreadable", detail=error.text) from None
    except UlakError as error:
        raise ledger_error("ledger-exchange.berat-seal", detail=error.text) from None


def _fault(reasons: Iterable[Reason]) -> Reason | None:
    return next((reason for reason in reasons if reason.code not in _RIGHT), None)


def _of(fault: Reason, sub: SubIndication | None, code: str) -> Exception:
    """What cannot be judged while a list is away is judged later."""
    is_passing = sub is SubIndication.TRY_LATER
    return ledger_error("ledger-exchange.berat-unjudged" if is_passing else code, detail=fault.text)


def _only_file(data: bytes) -> tuple[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) != 1:
            raise ValueError(f"{min(len(entries), _MOST_FILES)}{'+' if len(entries) > _MOST_FILES else ''} dosya")
        entry = entries[0]
        if is_encrypted(entry) or entry.file_size > _MOST:
            raise ValueError(f"{entry.file_size} B")
        with archive.open(entry) as file:
            content = file.read(_MOST + 1)
        if len(content) > _MOST:
            raise ValueError(f"> {_MOST} B")
        return entry.filename, content


def _shown(name: str) -> str:
    return "".join(letter for letter in name[:80] if letter.isprintable()) or "–"
