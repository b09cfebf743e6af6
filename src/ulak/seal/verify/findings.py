"""Findings on their way to a report: codes of the catalogue with their facts, collected or stopping all."""

from __future__ import annotations

from typing import NamedTuple

from ulak.seal.algorithms import WEAK
from ulak.seal.verdicts import Indication, Reason, SubIndication, indication_of
from ulak.seal.verify.deviations import DEVIATIONS, rank_of, reason_of

__all__ = ["Findings", "Stop", "Summary", "weak_or_unknown"]


class Stop(Exception):
    """A finding after which nothing more can be said of the seal; never leaves this package."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def weak_or_unknown(algorithm: str) -> Stop:
    """The finding on an algorithm that no seal may be made with."""
    # Whatever its digest, an HMAC binds nobody: who can verify it can make it.
    weak = algorithm in WEAK or "#hmac-" in algorithm or "md5" in algorithm
    return Stop("seal.weak-algorithm" if weak else "seal.unknown-algorithm", algorithm=algorithm or "?")


class Summary(NamedTuple):
    """What all findings amount to."""

    indication: Indication
    sub: SubIndication | None
    reasons: tuple[Reason, ...]
    deviations: tuple[Reason, ...]


_FLAWLESS = Summary(Indication.PASSED, None, (), ())


class Findings:
    """Collects what is found of one seal."""

    def __init__(self, refused: frozenset[str]) -> None:
        self._refused = refused
        self._found: list[tuple[int, SubIndication, Reason]] = []
        self._tolerated: list[Reason] = []

    def add(self, code: str, **facts: object) -> None:
        """Note a finding; whether it is refused or tolerated is for the catalogue and the policy to say."""
        deviation = DEVIATIONS[code]
        reason = reason_of(code, facts)
        if deviation.tolerated and code not in self._refused:
            if reason not in self._tolerated:
                self._tolerated.append(reason)
        else:
            self.add_reasons(deviation.sub, (reason,))

    def add_stop(self, stop: Stop) -> None:
        self.add(stop.code, **stop.facts)

    def add_reasons(self, sub: SubIndication, reasons: tuple[Reason, ...]) -> None:
        """Note what another room found."""
        known = {reason for _, _, reason in self._found}
        self._found.extend((rank_of(sub), sub, reason) for reason in reasons if reason not in known)

    @property
    def is_broken(self) -> bool:
        """Whether something fails for good, so that asking further would be of no use."""
        return any(indication_of(sub) is Indication.FAILED for _, sub, _ in self._found)

    def summary(self) -> Summary:
        if not self._found:
            return Summary(Indication.PASSED, None, (), tuple(self._tolerated)) if self._tolerated else _FLAWLESS
        self._found.sort(key=lambda found: found[0])
        sub = self._found[0][1]
        reasons = tuple(reason for _, _, reason in self._found)
        return Summary(indication_of(sub), sub, reasons, tuple(self._tolerated))
