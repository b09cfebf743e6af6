"""Whether what was filled in fits together: type and lines, profile and type, rates, days; and what puts it right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from ulak.codes import exemptions
from ulak.codes.classes import ExemptionClass, Use
from ulak.codes.identifiers import FINAL_CONSUMER
from ulak.codes.scenarios import Scenario, find
from ulak.errors import Text
from ulak_server import clock, formats, numerals
from ulak_server.composing import choices, typed
from ulak_server.composing.found import Fix, Found, Weight, missing, wrong
from ulak_server.composing.state import Change, State, day_of, is_blank
from ulak_server.documents.kinds import EARCHIVE_PROFILE

__all__ = ["reasoned", "sense"]

_C: Final = ExemptionClass
_VAT_STAYS: Final = frozenset({_C.SPECIAL_BASE, _C.EXPORT_REGISTERED, _C.UNCHECKED_RATE, _C.INVESTMENT, _C.PASSENGER})
"""Families of reasons beside which a rate above 0 may stand."""
_TYPE_OF: Final = {
    _C.SPECIAL_BASE: "OZELMATRAH",
    _C.EXPORT_REGISTERED: "IHRACKAYITLI",
    _C.FULL: "ISTISNA",
    _C.PARTIAL: "ISTISNA",
    _C.NOT_EXEMPT: "SATIS",
    _C.UNCHECKED_RATE: "SATIS",
}
_RAISED: Final = {Decimal(18): Decimal(20), Decimal(8): Decimal(10)}
"""Rates before and after 10 July 2023 (7346 sayılı Cumhurbaşkanı Kararı)."""
_DAYS: Final = 7
"""Within which an invoice is issued (Vergi Usul Kanunu 231/5)."""


def sense(state: State, profile: str, type_code: str) -> Iterator[Found]:
    """Everything that does not fit together."""
    yield from _dates(state)
    if state.kind == "producer_receipt" and not state.members.get("confirmation"):
        # The farmer signs the printed copy, unless a code stands for it (e-MM kılavuzu V1.1, 2.4).
        yield wrong("compose.wet-signature", "/confirmation/code", Weight.WARNING)
    if state.kind == "expense_note" and type_code == "IADE":
        yield from _returned(state)
    if state.kind not in ("invoice", "freelance_receipt"):
        return
    if state.kind == "freelance_receipt":
        yield from _withholder(state)
    scenario = find(profile, type_code)
    if scenario is None:
        yield _unpaired(profile, type_code)
    yield from _currency(state)
    if profile == EARCHIVE_PROFILE:
        yield from _handed_over(state)
    yield from _withholding(state, scenario, type_code)
    for at, row in enumerate(state.lines):
        if not is_blank(row):
            yield from _line(state, at, row, scenario, type_code)


def reasoned(sort: str, code: str, line: int) -> list[Change]:
    """What choosing a withholding or a reason of exemption for a line means: one takes the other's place, and where
    the reason leaves no VAT, the rate becomes 0.

    Args:
        sort: ``withholding`` or ``exemption``.
    """
    other = "exemption" if sort == "withholding" else "withholding"
    changes = [Change("set", f"/lines/{line}/{sort}", code), Change("set", f"/lines/{line}/{other}", "")]
    reason = exemptions.get(code) if sort == "exemption" else None
    if reason is not None and reason.kind not in _VAT_STAYS:
        changes.append(Change("set", f"/lines/{line}/vat", "0"))
    return changes


def _dates(state: State) -> Iterator[Found]:
    chosen = state.members.get("date")
    if chosen is None or typed.is_kept(chosen):
        return
    today, day = clock.today(), date.fromisoformat(day_of(state))
    fixes = [Fix(Text("Bugün yap", "Make it today"), [Change("set", "/date", "")])]
    if day > today:
        yield wrong("compose.future", "/date", fixes=fixes, day=formats.day_text(day))
    elif (today - day).days > _DAYS and state.kind == "invoice":
        yield wrong("compose.late", "/date", Weight.WARNING, fixes=fixes, days=(today - day).days)


def _withholder(state: State) -> Iterator[Found]:
    """A client who says no number is no taxpayer, and so keeps no income tax back (Gelir Vergisi Kanunu 94)."""
    customer = state.members.get("customer")
    withheld = [at for at, row in enumerate(state.lines) if _number(row.get("income_withholding"))]
    if withheld and isinstance(customer, Mapping) and customer.get("tax_id") == FINAL_CONSUMER:
        changes = [Change("set", f"/lines/{at}/income_withholding", "0") for at in withheld]
        fixes = [Fix(Text("Stopajı 0 yap", "Make it 0"), changes)]
        yield wrong("compose.no-withholder", f"/lines/{withheld[0]}/income_withholding", Weight.WARNING, fixes=fixes)


def _handed_over(state: State) -> Iterator[Found]:
    customer = state.members.get("customer")
    has_address = isinstance(customer, Mapping) and customer.get("email")
    if state.members.get("sending") == "ELEKTRONIK" and not has_address:
        fixes = [Fix(Text("Kâğıt olarak ver", "Hand it over on paper"), [Change("set", "/sending", "KAGIT")])]
        yield wrong("compose.no-email", "/customer/email", Weight.WARNING, fixes=fixes)


def _returned(state: State) -> Iterator[Found]:
    """A return without a document names whoever brings the goods (package e-Gider Pusulası V1.0); others name it."""
    original, customer = state.members.get("original"), state.members.get("customer")
    if not isinstance(original, Mapping):
        return
    number = customer.get("tax_id") if isinstance(customer, Mapping) else None
    if original.get("kind") == "BELGESIZ" and number and (number == FINAL_CONSUMER or len(str(number)) != _CITIZEN):
        yield wrong("compose.real-person", "/customer/tax_id")
    if original.get("kind") != "BELGESIZ" and not original.get("number"):
        yield missing(state.kind, "/original/number")


_CITIZEN: Final = 11


def _unpaired(profile: str, type_code: str) -> Found:
    fitting = choices.profiles_for(type_code)
    type_label, label = choices.type_choice(type_code).label, choices.label_of("profiles", profile)
    if not fitting:
        return wrong("compose.unpaired", "/type", profile=label, type=type_label)
    best = next((one for one in fitting if one.code == "TEMELFATURA"), fitting[0])
    fixes = [Fix(Text(f"“{best.label.tr}” yap", f"Make it “{best.label.en}”"), [Change("set", "/profile", best.code)])]
    return wrong("compose.profile-type", "/profile", fixes=fixes, profile=label, type=type_label, fitting=best.label)


def _currency(state: State) -> Iterator[Found]:
    currency = state.members.get("currency", "TRY")
    if currency != "TRY" and not state.members.get("exchange_rate"):
        yield wrong("compose.no-rate", "/exchange_rate", Weight.MISSING, currency=str(currency))


def _withholding(state: State, scenario: Scenario | None, type_code: str) -> Iterator[Found]:
    withheld = [at for at, row in enumerate(state.lines) if isinstance(row, Mapping) and row.get("withholding")]
    first = next((at for at, row in enumerate(state.lines) if not is_blank(row)), 0)
    if scenario and scenario.withholding is Use.REQUIRED and not withheld:
        yield wrong("compose.no-withholding", f"/lines/{first}/withholding", Weight.MISSING)
    if withheld and scenario and scenario.withholding is Use.NO and not scenario.is_return:
        label = choices.type_choice(type_code).label
        fixes = (
            Fix(Text("Tevkifatlı satış yap", "Make it a sale with withholding"), [Change("set", "/type", "TEVKIFAT")]),
            Fix(
                Text("Tevkifatı kaldır", "Remove the withholding"),
                [Change("set", f"/lines/{at}/withholding", "") for at in withheld],
            ),
        )
        yield wrong(
            "compose.withholding-type",
            f"/lines/{withheld[0]}/withholding",
            fixes=fixes,
            place=withheld[0] + 1,
            type=label,
        )


def _line(state: State, at: int, row: Mapping[str, Any], scenario: Scenario | None, type_code: str) -> Iterator[Found]:
    vat, code = _number(row.get("vat")), row.get("exemption")
    reason = exemptions.get(code) if isinstance(code, str) else None
    if reason is not None:
        yield from _reason(at, vat, reason, scenario, type_code)
    elif scenario:
        yield from _no_reason(at, vat, scenario, type_code)
    if row.get("withholding") and not vat and row.get("collected_vat") is None and row.get("vat") is not None:
        yield wrong("compose.withheld-zero-vat", f"/lines/{at}/vat")
    if vat:
        yield from _rate(at, vat, date.fromisoformat(day_of(state)))


def _reason(
    at: int, vat: Decimal | None, reason: exemptions.Exemption, scenario: Scenario | None, type_code: str
) -> Iterator[Found]:
    pointer = f"/lines/{at}/exemption"
    if scenario and reason.kind not in scenario.exemption_classes:
        label, better = choices.type_choice(type_code).label, _TYPE_OF.get(reason.kind)
        remove = Fix(Text("Sebebi kaldır", "Remove the reason"), [Change("set", pointer, "")])
        fixes = [remove]
        if better and better != type_code:
            name = choices.type_choice(better).label
            fixes.insert(
                0, Fix(Text(f"Türü “{name.tr}” yap", f"Make the type “{name.en}”"), [Change("set", "/type", better)])
            )
        yield wrong("compose.exemption-type", pointer, fixes=fixes, place=at + 1, type=label)
    if vat and reason.kind not in _VAT_STAYS:
        zero = Fix(Text("KDV'yi 0 yap", "Make VAT 0"), [Change("set", f"/lines/{at}/vat", "0")])
        yield wrong("compose.exempt-vat", f"/lines/{at}/vat", fixes=[zero], vat=_percent(vat))


def _percent(rate: Decimal) -> Text:
    said = numerals.shown_text(format(rate, "f"))
    return Text(f"%{said.tr}", f"{said.en} %")


def _no_reason(at: int, vat: Decimal | None, scenario: Scenario, type_code: str) -> Iterator[Found]:
    if scenario.default_exemption:
        return
    label = choices.type_choice(type_code).label
    if scenario.required_classes and (vat == 0 or scenario.required_classes & _VAT_STAYS):
        yield wrong("compose.no-exemption", f"/lines/{at}/exemption", Weight.MISSING, type=label)
    elif vat == 0 and scenario.zero_vat_needs_reason:
        yield wrong("compose.zero-vat", f"/lines/{at}/exemption", Weight.MISSING)


def _rate(at: int, vat: Decimal, day: date) -> Iterator[Found]:
    usual = choices.vat_rates(day)
    if vat in usual or not usual:
        return
    better = _RAISED.get(vat)
    if better in usual:
        now = numerals.shown_text(format(better, "f"))
        change = Change("set", f"/lines/{at}/vat", typed.shown_number(format(better, "f")))
        fix = Fix(Text(f"%{now.tr} yap", f"Make it {now.en} %"), [change])
        facts = {"vat": numerals.shown_text(format(vat, "f")), "now": now, "day": formats.day_text(day)}
        yield wrong("compose.old-vat", f"/lines/{at}/vat", Weight.WARNING, fixes=[fix], **facts)


def _number(value: Any) -> Decimal | None:
    try:
        return msgspec.convert(value, Decimal) if value is not None else None
    except msgspec.ValidationError:
        return None
