"""Whom the center trusts: whoever the certificates say, and every integrator that is registered."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime
from typing import NamedTuple

from ulak.seal.certificates import Certificate
from ulak.seal.verdicts import Evidence, Trusted
from ulak.seal.verify import Trust
from ulak_center.values import Registry

__all__ = ["RegistryTrust"]


class _Integrators:
    """The VKNs of all integrators that are registered, and those that the trust knew before."""

    def __init__(self, registry: Registry, known: Container[str]) -> None:
        self._registry, self._known = registry, known

    def __contains__(self, number: object) -> bool:
        return number in self._known or (isinstance(number, str) and self._registry.is_integrator(number))


class _Store(NamedTuple):
    integrators: Container[str]


class RegistryTrust:
    """A trust that takes the seals of every integrator that is registered (ÖEK V1.13, 2.2).

    Args:
        registry: asked for each seal: hand in what takes the center's lock, or hold that.
    """

    def __init__(self, trust: Trust, registry: Registry) -> None:
        self._trust = trust
        self.store = _Store(_Integrators(registry, trust.store.integrators))

    def judge(
        self,
        certificate: Certificate,
        *,
        at: datetime,
        known: Sequence[Certificate] = (),
        evidence: Evidence = Evidence(),  # noqa: B008
        since: datetime | None = None,
    ) -> Trusted:
        return self._trust.judge(certificate, at=at, known=known, evidence=evidence, since=since)
