"""A registry by hand, for tests of judging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from ulak.envelope import ElementType, Party
from ulak_center.values import CUSTOMS, Filed, Role, Unit, Use

__all__ = ["ARDIC_GB", "ARDIC_PK", "INTEGRATOR", "MELTEM_GB", "MELTEM_PK", "OTHER", "Book", "book"]

INTEGRATOR: Final = "8642031054"
OTHER: Final = "9183746505"
"""Another integrator."""
ARDIC_GB: Final = Party("urn:mail:defaultgb@ardic.example", "4812530769", "Ardıç Ticaret A.Ş.")
ARDIC_PK: Final = Party("urn:mail:defaultpk@ardic.example", "4812530769", "Ardıç Ticaret A.Ş.")
MELTEM_GB: Final = Party("urn:mail:defaultgb@meltem.example", "7359021640", "Meltem Gıda Ltd. Şti.")
MELTEM_PK: Final = Party("urn:mail:defaultpk@meltem.example", "7359021640", "Meltem Gıda Ltd. Şti.")
_LONG_AGO: Final = datetime.fromisoformat("2020-01-01T00:00:00+03:00")


class Book:
    """Everything that is registered; `broken` makes a question fail as a store does that cannot be read."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.filed: dict[tuple[ElementType, str, str, str], str] = {}
        self.integrators = {INTEGRATOR}
        self.opened: dict[str, dict[str, str]] = {}
        self.broken = ""

    def enter(self, party: Party, role: Role, *uses: Use, operator: str = INTEGRATOR) -> None:
        self.units += [Unit(party.number, party.alias, role, use, operator, _LONG_AGO) for use in uses]

    def unit(self, number: str, alias: str, role: Role, use: Use, at: datetime) -> Unit | None:
        self._fail("unit")
        for unit in self.units:
            is_open = unit.created <= at and (unit.deleted is None or at < unit.deleted)
            if unit[:4] == (number, alias, role, use) and is_open:
                return unit
        return None

    def has_address(self, party: Party) -> bool:
        self._fail("has_address")
        return any((unit.number, unit.alias) == (party.number, party.alias) for unit in self.units)

    def operators(self, number: str, at: datetime) -> frozenset[str]:
        self._fail("operators")
        return frozenset(unit.operator for unit in self.units if unit.number == number and unit.operator)

    def filed_in(self, documents: Sequence[Filed]) -> Mapping[int, str]:
        self._fail("filed_in")
        return {
            place: envelope
            for place, one in enumerate(documents)
            for (kind, *known), envelope in self.filed.items()
            if kind is one.element and (known[0] == one.ettn or known[1:] == [one.number, one.sender])
        }

    def services(self, number: str) -> Mapping[str, str]:
        self._fail("services")
        return self.opened.get(number, {})

    def is_integrator(self, number: str) -> bool:
        self._fail("is_integrator")
        return number in self.integrators

    def _fail(self, question: str) -> None:
        if self.broken == question:
            raise OSError("disk I/O error")


def book() -> Book:
    """Ardıç and Meltem with both aliases for both uses, and the customs."""
    made = Book()
    for party, role in ((ARDIC_GB, Role.GB), (ARDIC_PK, Role.PK), (MELTEM_GB, Role.GB), (MELTEM_PK, Role.PK)):
        made.enter(party, role, *Use)
    for name in ("ihracatpk", "yolcuberaberpk"):
        made.enter(Party(f"urn:mail:{name}@gtb.gov.tr", CUSTOMS), Role.PK, Use.INVOICE, operator="")
    return made
