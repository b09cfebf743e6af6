"""The sums of a document while it is being written: of what there is so far, by the same engine as the document's.

Lines that lack a price, or hold what nobody understands, count for nothing yet. As soon as the document can be built,
these are the sums that stand in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

import msgspec

from ulak.codes.scenarios import find
from ulak.errors import UlakError
from ulak.ubl import totals
from ulak.ubl.forms.invoice import Invoice
from ulak.ubl.forms.kinds import derived_type
from ulak.ubl.forms.lines import Adjustment, Line
from ulak.ubl.forms.party import Party
from ulak.ubl.forms.references import Reference
from ulak.ubl.forms.taxing import adjustments, engine_line
from ulak.ubl.totals import Effect, LineTotals, Totals
from ulak_server.composing import typed
from ulak_server.composing.editors import EDITORS
from ulak_server.composing.state import State, day_of
from ulak_server.documents.kinds import EARCHIVE_PROFILE

__all__ = ["Live", "live", "type_of"]

_NAME: Final = "-"
_INCOME_TAX: Final = "0003"
_INCENTIVES: Final = frozenset({"SATIS", "IADE", "ISTISNA", "TEVKIFAT", "TEVKIFATIADE"})
"""Types before which an e-Arşiv invoice of an investment certificate says YTB."""
_WITHHELD_RETURNS: Final = frozenset({"TEVKIFATIADE", "YTBTEVKIFATIADE"})
_UNSURE: Final = (
    "taxes",
    "withholding",
    "withholding_percent",
    "exemption",
    "exemption_reason",
    "discounts",
    "charges",
    "delivery",
    "ids",
    "ubl",
)
_REFERENCE: Final = {"number": _NAME, "date": "2026-01-01"}


class Live(NamedTuple):
    """The sums so far.

    Attributes:
        totals: None if they cannot be.
        lines: sums of the lines that count, by their place.
        fault: why they cannot be.
        type: that the lines mean, or that was chosen.
    """

    totals: Totals | None
    lines: Mapping[int, LineTotals]
    fault: UlakError | None
    type: str


def live(state: State) -> Live:
    """The sums of a document so far, of any kind that costs something."""
    lines = _lines(state)
    kind = type_of(state, list(lines.values()))
    profile = EDITORS[state.kind].profile or _word(state.members.get("profile")) or "TEMELFATURA"
    default = scenario.default_exemption if (scenario := find(profile, kind)) else None
    try:
        stated = _adjusted(state.members)
        found = totals.compute(
            [_engine(state, line, at, default) for at, line in lines.items()],
            stated,
            rounding=_number(state.members.get("rounding")),
            returns_withheld=kind in _WITHHELD_RETURNS,
        )
    except UlakError as error:
        return Live(None, {}, _placed(error, list(lines)), kind)
    return Live(found, dict(zip(lines, found.lines, strict=True)), None, kind)


def type_of(state: State, lines: list[Line] | None = None) -> str:
    """The type that was chosen, or that the lines mean."""
    chosen = EDITORS[state.kind].type or _word(state.members.get("type"))
    if state.kind != "invoice":
        return chosen or _type_by_reference(state)
    if chosen:
        return f"YTB{chosen}" if chosen in _INCENTIVES and _is_incentive(state) else chosen
    known = lines if lines is not None else list(_lines(state).values())
    form = Invoice(
        profile=_word(state.members.get("profile")) or "TEMELFATURA",
        supplier=Party(),
        lines=tuple(known),
        returns=msgspec.convert([_REFERENCE] if state.members.get("returns") else [], tuple[Any, ...]),
        incentive=Reference(number=_NAME, date="2026-01-01") if _is_incentive(state) else None,
    )
    try:
        return derived_type(form)
    except UlakError:
        return "SATIS"


def _type_by_reference(state: State) -> str:
    if state.kind == "expense_note":
        return "IADE" if state.members.get("original") else "SATIS"
    return "MATBUDAN" if state.members.get("paper") else "SEVK"


def _is_incentive(state: State) -> bool:
    """Whether an e-Arşiv invoice is one of the investment certificate; an e-Fatura has a profile for it."""
    return _word(state.members.get("profile")) == EARCHIVE_PROFILE and "incentive" in state.members


def _lines(state: State) -> dict[int, Line]:
    rows = ((at, _as_sold(state.kind, row)) for at, row in enumerate(state.lines))
    return {at: line for at, row in rows if (line := _line(row)) is not None}


def _as_sold(kind: str, row: Any) -> Any:
    """A row of a receipt as a line of an invoice says the same."""
    if not isinstance(row, Mapping) or kind not in ("freelance_receipt", "producer_receipt"):
        return row
    kept = {name: value for name, value in row.items() if name not in ("fee", "income_withholding")}
    percent = row.get("income_withholding")
    stopaj = [] if _number(percent) is None else [{"code": _INCOME_TAX, "percent": percent}]
    others = row.get("taxes") if isinstance(row.get("taxes"), list) else []
    price = {"price": row["fee"]} if "fee" in row else {}
    return {**kept, **price, "taxes": [*stopaj, *(one for one in others or () if _is_rate(one))]}


def _is_rate(tax: Any) -> bool:
    return isinstance(tax, Mapping) and (tax.get("percent") is None or _number(tax["percent"]) is not None)


def _line(row: Any) -> Line | None:
    """A line as far as it can be understood; None if it has no price yet."""
    if not isinstance(row, Mapping) or _number(row.get("price")) is None:
        return None
    sound = {name: value for name, value in row.items() if not typed.is_kept(value) and name in Line.__struct_fields__}
    for unsound in ((), _UNSURE):
        kept = {name: value for name, value in sound.items() if name not in unsound}
        try:
            return msgspec.convert({"name": _NAME, **kept}, Line)
        except msgspec.ValidationError:
            continue
    return Line(
        name=_NAME, price=_number(row["price"]) or Decimal(0), quantity=_number(row.get("quantity")) or Decimal(1)
    )


def _engine(state: State, line: Line, at: int, default: str | None) -> totals.Line:
    made = _understood(line, at, default, day_of(state))
    if not EDITORS[state.kind].deducts:
        return made
    kept = tuple(msgspec.structs.replace(tax, effect=Effect.DEDUCTED) for tax in made.taxes)
    return msgspec.structs.replace(made, taxes=kept)


def _understood(line: Line, at: int, default: str | None, day: str) -> totals.Line:
    try:
        return engine_line(line, at, default, day, vat=False)
    except UlakError:
        plain = msgspec.structs.replace(line, taxes=(), withholding=None, exemption=None, discounts=(), charges=())
        return engine_line(plain, at, default, day, vat=False)


def _adjusted(members: Mapping[str, Any]) -> tuple[totals.Adjustment, ...]:
    try:
        rows = [msgspec.convert(members.get(name) or (), tuple[Adjustment, ...]) for name in ("discounts", "charges")]
        return adjustments(rows[0], rows[1], "")
    except (msgspec.ValidationError, UlakError):
        return ()


def _placed(error: UlakError, places: list[int]) -> UlakError:
    """The error with the pointer of the line as it stands in the form, where lines that do not count lie between."""
    steps = error.where.split("/")
    if len(steps) > 2 and steps[1] == "lines" and steps[2].isdecimal() and int(steps[2]) < len(places):
        steps[2] = str(places[int(steps[2])])
        error.where = "/".join(steps)
    return error


def _number(value: Any) -> Decimal | None:
    try:
        return msgspec.convert(value, Decimal) if value is not None and not typed.is_kept(value) else None
    except msgspec.ValidationError:
        return None


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""
