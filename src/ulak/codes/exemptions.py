"""Exemption reason codes: why a line bears no tax, or an unusual one.

The class of a code decides where it may stand (`ulak.codes.scenarios`). The Turkish label is what
`cbc:TaxExemptionReason` says.

Sources: UBL-TR Kod Listeleri V1.42, 1.8; Schematron 20260701; for 501 the customs guide V1.8, 4.2.1.

>>> get("301").kind
<ExemptionClass.FULL: 'full'>
>>> [each.code for each in allowed("YATIRIMTESVIK", "ISTISNA")]
['308', '339']
>>> is_allowed("702", "TEMELFATURA", "SATIS")
False
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final, NamedTuple

from ulak.codes.classes import ExemptionClass
from ulak.codes.law import in_force
from ulak.codes.lists import Code, code_list
from ulak.codes.scenarios import find
from ulak.errors import Text

__all__ = ["Exemption", "ExemptionClass", "allowed", "exemptions", "get", "is_allowed"]

_EXCISE: Final = frozenset({"151", "703"})
_RESTRICTED: Final = date(2026, 7, 1)


class Exemption(NamedTuple):
    """One exemption reason.

    Attributes:
        code: `cbc:TaxExemptionReasonCode`.
        label: the reason in words.
        kind: the family that it behaves like.
        since, until: first and last day on which it may be used.
        note: what a person should know before using it.
    """

    code: str
    label: Text
    kind: ExemptionClass
    since: date | None
    until: date | None
    note: Text

    @property
    def is_excise(self) -> bool:
        """Whether it speaks of excise (ÖTV) alone; 704 speaks of VAT too and answers False."""
        return self.kind is ExemptionClass.EXCISE or self.code in _EXCISE


def _of(row: Code) -> Exemption:
    return Exemption(row.code, row.label, ExemptionClass(row.extra["class"]), row.since, row.until, row.note)


@cache
def _table() -> dict[str, Exemption]:
    return {row.code: _of(row) for row in code_list("exemptions").rows}


def exemptions(as_of: date | None = None, *, kind: ExemptionClass | None = None) -> tuple[Exemption, ...]:
    """All reasons that may be used on `as_of` (None: the newest state), of one class or of all."""
    return tuple(
        each for each in _table().values() if in_force(each.since, each.until, as_of) and kind in (None, each.kind)
    )


def get(code: str, as_of: date | None = None) -> Exemption | None:
    """The reason of that code, or None if there was none on `as_of` (None: the newest state)."""
    found = _table().get(code)
    return found if found and in_force(found.since, found.until, as_of) else None


def _may_stand(each: Exemption, classes: frozenset[ExemptionClass], as_of: date | None) -> bool:
    """308 and 339 were ordinary full exemptions until Schematron 20260701 kept them to investment invoices."""
    before = as_of is not None and as_of < _RESTRICTED and each.kind is ExemptionClass.INVESTMENT
    return each.kind in classes or (before and ExemptionClass.FULL in classes)


def _classes(profile: str, type_code: str, as_of: date | None) -> frozenset[ExemptionClass]:
    scenario = find(profile, type_code, as_of)
    return scenario.exemption_classes if scenario else frozenset()


def allowed(profile: str, type_code: str, as_of: date | None = None) -> tuple[Exemption, ...]:
    """The reasons that a document of this profile and type may name; empty if none, or if there is no such pair."""
    classes = _classes(profile, type_code, as_of)
    return tuple(each for each in exemptions(as_of) if _may_stand(each, classes, as_of))


def is_allowed(code: str, profile: str, type_code: str, as_of: date | None = None) -> bool:
    """Whether a document of this profile and type may name this reason on `as_of`."""
    found = get(code, as_of)
    return found is not None and _may_stand(found, _classes(profile, type_code, as_of), as_of)
