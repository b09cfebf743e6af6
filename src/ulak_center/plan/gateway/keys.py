"""Who seals: the keys of the integrator and of its customers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from ulak.seal.keys.pkcs12 import open_pkcs12
from ulak.seal.keys.port import SealingKey
from ulak.seal.pki import cast
from ulak_center.plan.candidate import Taxpayer
from ulak_center.plan.problems import plan_error

__all__ = ["Keys", "keys_of"]

_NOT_CUSTOMERS: Final = frozenset({"gtb", "gib"})
"""Numbers that GİB's side of the test uses itself."""


class Keys(NamedTuple):
    """The keys at hand.

    Attributes:
        integrator: who the gateway is.
        customers: the others that can seal.
        by_number: keys by VKN or TCKN.
    """

    integrator: Taxpayer
    customers: tuple[Taxpayer, ...]
    by_number: Mapping[str, SealingKey]

    def of(self, number: str) -> SealingKey:
        """The key of a taxpayer; raises PlanError ``plan.key``."""
        if number not in self.by_number:
            raise plan_error("plan.key", number=number)
        return self.by_number[number]


def keys_of(folder: Path) -> Keys:
    """The good keys of a test PKI's folder (`ulak.seal.pki.folder`, ``ulak pki new``).

    Raises:
        PlanError: ``plan.key`` if the integrator's is not there.
        KeyFailure: ``key.*`` if one cannot be opened.
    """
    found: dict[str, SealingKey] = {}
    titles: dict[str, str] = {}
    for plan in cast.GOOD:
        number = plan.owner.tax_id or ""
        file = folder / f"{plan.short}-{number}.p12"
        if number in found or plan.short in _NOT_CUSTOMERS or not file.is_file():
            continue
        found[number], titles[number] = open_pkcs12(file), plan.owner.name
    integrator = cast.INTEGRATOR.tax_id or ""
    if integrator not in found:
        raise plan_error("plan.key", number=integrator)
    customers = tuple(Taxpayer(number, titles[number]) for number in found if number != integrator)
    return Keys(Taxpayer(integrator, titles[integrator]), customers, found)
