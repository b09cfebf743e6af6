"""The seal of one document judged, from its bytes to its verdict."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.seal.names import ds, local
from ulak.seal.octets import Streamed
from ulak.seal.problems import problem
from ulak.seal.verify.findings import Findings, Stop
from ulak.seal.verify.place import seals_in
from ulak.seal.verify.report import LevelCheck, Policy, SealReport, Trust
from ulak.seal.verify.seals import Context, CounterSeal, Seal
from ulak.xml import parse

__all__ = ["verify"]

_DEFAULT: Final = Policy()
_VALUE: Final = ds("SignatureValue")


def verify(
    data: bytes,
    *,
    trust: Trust,
    at: datetime,
    policy: Policy = _DEFAULT,
    levels: LevelCheck | None = None,
    whole: Streamed | None = None,
) -> SealReport:
    """Judge the seal of one document.

    Args:
        data: the document's bytes; for envelopes see `ulak.seal.verify.verify_all`.
        trust: what judges the signer's certificate.
        at: a moment at which the seal is known to have existed, with zone: now, or when the document was received.
        policy: how strict to be.
        levels: looks at time stamps in the seal, which may prove an earlier moment; without it they are not used.
        whole: what the seal covers, where ``data`` is only the frame of a large document (`ulak.seal.large`); the
            report's ``content`` is empty then.

    Raises:
        XmlError: the bytes cannot be read.
        SealError: ``seal.unknown-document`` for a root for which no place of a seal is defined; ``seal.naive-time``.
    """
    if at.tzinfo is None:
        raise problem("seal.naive-time")
    root = parse(data, max_bytes=policy.max_bytes)
    try:
        seals = seals_in(root)
    except Stop as stop:
        findings = Findings(policy.refused)
        findings.add_stop(stop)
        return SealReport(*findings.summary(), document=local(root.tag), data=data)
    context = Context(root, trust, at, policy, levels, len(data), whole)
    # Counter-signatures are judged while the document is whole: its namespaces are part of what they sign.
    counters = [CounterSeal(counter, context, seals.signature.find(_VALUE)) for counter in seals.counters]
    for counter in counters:
        counter.judge()
    sealed = Seal(seals.signature, context)
    sealed.judge()
    return sealed.report(data, tuple(counter.report(data) for counter in counters))
