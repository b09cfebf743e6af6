"""The registry as it is asked without the center's lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from ulak.envelope import Party
from ulak_center.values import Filed, Registry, Role, Unit, Use

__all__ = ["Guarded"]


class Guarded:
    """A `Registry` that takes a lock for each question, and for no longer."""

    def __init__(self, registry: Registry, lock: AbstractContextManager[object]) -> None:
        self._registry, self._lock = registry, lock

    def unit(self, number: str, alias: str, role: Role, use: Use, at: datetime) -> Unit | None:
        with self._lock:
            return self._registry.unit(number, alias, role, use, at)

    def has_address(self, party: Party) -> bool:
        with self._lock:
            return self._registry.has_address(party)

    def operators(self, number: str, at: datetime) -> frozenset[str]:
        with self._lock:
            return self._registry.operators(number, at)

    def filed_in(self, documents: Sequence[Filed]) -> Mapping[int, str]:
        with self._lock:
            return self._registry.filed_in(documents)

    def services(self, number: str) -> Mapping[str, str]:
        with self._lock:
            return self._registry.services(number)

    def is_integrator(self, number: str) -> bool:
        with self._lock:
            return self._registry.is_integrator(number)
