"""The facts of the ledgers as a form, and back: names of nested fields are joined by underscores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from ulak.errors import Text, UlakError
from ulak_server.ledgers import services as ledgers
from ulak_server.portal.rooms.books_fields import Choice, Group, Shape, View, faults_of
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["MOST_ACCOUNTANTS", "Form", "empty_form", "form_of", "values_of"]

MOST_ACCOUNTANTS: Final = 5
_ADDRESS: Final = ("street", "building", "detail", "postal_code", "city", "country")
_REACH: Final = ("phone", "fax", "email", "website")
_LISTS: Final = ("activity_codes", "elsewhere", "turns")
_MONTHS: Final = (
    ("01", Text("Ocak (takvim yılı)", "January (the calendar year)")),
    ("02", Text("Şubat", "February")),
    ("03", Text("Mart", "March")),
    ("04", Text("Nisan", "April")),
    ("05", Text("Mayıs", "May")),
    ("06", Text("Haziran", "June")),
    ("07", Text("Temmuz", "July")),
    ("08", Text("Ağustos", "August")),
    ("09", Text("Eylül", "September")),
    ("10", Text("Ekim", "October")),
    ("11", Text("Kasım", "November")),
    ("12", Text("Aralık", "December")),
)
_LAYOUT: Final = (
    (Text("Defterde yazacaklar", "What the books say"), ("title", "creator", "activity_codes")),
    (Text("Adres", "Address"), tuple(f"address_{one}" for one in _ADDRESS)),
    (Text("Ulaşım", "Contact"), _REACH),
    (Text("Dönem ve takvim", "Period and calendar"), ("fiscal_start", "payer", "preference")),
    (Text("Kısa hesap dönemi", "Short fiscal years"), ("founded_on", "turns", "closed_on")),
    (
        Text("Ulak'ta başlangıç", "The beginning in Ulak"),
        ("first_month", "first_entry", "first_line", "elsewhere"),
    ),
)
_OF_BRANCH: Final = (Text("Şube", "Branch"), ("branch", "branch_name"))
_ACCOUNTANT: Final = ("name", "engagement", "phone", "email", *(f"address_{one}" for one in _ADDRESS))
_FISCAL: Final = tuple(Choice(f"{number}-01", label) for number, label in _MONTHS)
_PAYER: Final = (
    Choice("", Text("Vergi numarasına göre", "By the tax number")),
    Choice("other", Text("Kurumlar vergisi ve diğer (ayın 14'ü)", "Corporate tax and others (the 14th)")),
    Choice("income", Text("Gelir vergisi (ayın 10'u)", "Income tax (the 10th)")),
)
_PREFERENCE: Final = (
    Choice("monthly", Text("Aylık", "Monthly")),
    Choice("quarterly", Text("Geçici vergi dönemi (üç aylık)", "By provisional tax periods (quarterly)")),
)
_PHONE: Final = Text("Alan koduyla on hane: 3122223344", "Ten digits with the area code: 3122223344")
_SHAPES: Final[Mapping[str, Shape]] = {
    "title": Shape(is_wide=True, maxlength=200),
    "creator": Shape(hint=Text("Defteri hazırlayan kişinin adı", "The name of who prepares the books"), maxlength=200),
    "activity_codes": Shape(
        hint=Text("Asıl faaliyet başta; virgülle ayırın", "The main one first; by commas"), placeholder="620101, 620201"
    ),
    "phone": Shape(hint=_PHONE, inputmode="tel", maxlength=24),
    "fax": Shape(inputmode="tel", maxlength=24),
    "email": Shape(inputmode="email", maxlength=200),
    "address_postal_code": Shape(inputmode="numeric", maxlength=5),
    "address_street": Shape(is_wide=True, maxlength=200),
    "fiscal_start": Shape(choices=_FISCAL),
    "founded_on": Shape(
        kind="date",
        hint=Text(
            "İş bu dönemde kurulduysa: ilk hesap dönemi bu gün başlar",
            "If the business is new: its first fiscal year begins on that day",
        ),
    ),
    "turns": Shape(
        is_wide=True,
        placeholder="2026-05-21",
        hint=Text(
            "Tasfiyeye giriş ya da dönem değişikliği: önceki dönem bir gün önce biter; virgülle ayırın",
            "Liquidation, or another fiscal year: the one before ends the day before; separated by commas",
        ),
    ),
    "closed_on": Shape(
        kind="date",
        hint=Text(
            "İş bırakıldıysa ya da tasfiye bittiyse: sonraki aylar için defter istenmez",
            "If the business or its liquidation ended: no books are expected of later months",
        ),
    ),
    "payer": Shape(choices=_PAYER),
    "preference": Shape(
        choices=_PREFERENCE,
        hint=Text(
            "GİB'in e-Defter uygulamasında hesap döneminin ilk ayında bildirdiğiniz tercih",
            "What you told GİB's e-Defter application in the first month of the fiscal year",
        ),
    ),
    "first_month": Shape(
        kind="month", hint=Text("Defterini Ulak'ta oluşturacağınız ilk ay", "The first month that you make in Ulak")
    ),
    "first_entry": Shape(
        inputmode="numeric", hint=Text("Yıl ortasında geçtiyseniz kaldığı numara", "Where it stood, if in mid-year")
    ),
    "first_line": Shape(inputmode="numeric"),
    "elsewhere": Shape(placeholder="2026-01, 2026-02", hint=Text("Virgülle ayırın", "Separated by commas")),
    "engagement": Shape(is_wide=True, placeholder="SMMM sözleşmesi, 2015-01-01, M10120", maxlength=200),
    "name": Shape(placeholder="SMMM Ali Can", maxlength=200),
    "branch": Shape(inputmode="numeric", maxlength=4, placeholder="0001"),
}
_PLAIN: Final = Shape(maxlength=200)
_BRANCH: Final = Text("Şube no", "Number of the branch")


class Form(NamedTuple):
    """The form as the page draws it.

    Attributes:
        accountants: their fields, of one at least.
        spare: fields of one more; None if there is no room.
    """

    groups: Sequence[Group]
    accountants: Sequence[Group]
    spare: Group | None


def form_of(values: Mapping[str, str], branch: str, error: UlakError | None, *, adds: bool = False) -> Form:
    """The form with what is kept, or with what was given last.

    Args:
        values: fields by their flat names.
        adds: whether a branch is being added, which has no number yet.
    """
    faults = faults_of(error)
    layout = [(_OF_BRANCH[0], _OF_BRANCH[1] if adds else _OF_BRANCH[1][1:]), *_LAYOUT] if branch or adds else _LAYOUT
    groups = [Group(heading, [_view(name, values, faults) for name in names]) for heading, names in layout]
    count = max(1 + max(_places(values), default=-1), 1)
    spare = _accountant(count, values, faults) if count < MOST_ACCOUNTANTS and _places(values) else None
    return Form(groups, [_accountant(place, values, faults) for place in range(count)], spare)


def empty_form(there: Taxpayer) -> dict[str, str]:
    """What can be known beforehand, from the taxpayer's own details."""
    details = there.details
    address = details.get("address") or {}
    phone = "".join(one for one in str(details.get("phone") or "") if one.isdigit())
    known = {
        "title": there.title,
        "phone": phone.removeprefix("90").removeprefix("0")[:10],
        "email": str(details.get("email") or ""),
        "website": str(details.get("website") or ""),
        "address_street": str(address.get("street") or ""),
        "address_building": str(address.get("number") or ""),
        "address_city": str(address.get("city") or ""),
        "address_postal_code": str(address.get("postal_code") or ""),
    }
    return flat_of(ledgers.Facts()) | {name: value for name, value in known.items() if value}


def flat_of(facts: ledgers.Facts) -> dict[str, str]:
    """The fields of what is kept, by their flat names."""
    found: dict[str, str] = {}
    for name, value in msgspec.to_builtins(facts).items():
        _flatten(name, value, found)
    return found


def values_of(given: Mapping[str, str]) -> dict[str, Any]:
    """What the form says, as `ulak_server.ledgers.services.save_facts` takes it; empty accountants are left out."""
    plain = [name for _, names in _LAYOUT for name in names if not name.startswith("address_")]
    values: dict[str, Any] = {name: given.get(name, "").strip() for name in (*plain, "branch_name")}
    for name in _LISTS:
        values[name] = [one.strip() for one in values[name].replace(";", ",").split(",") if one.strip()]
    for name in ("first_entry", "first_line"):
        text = values[name]
        values[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0 if text else 1
    values["address"] = _address(given, "address")
    values["accountants"] = [one for place in range(MOST_ACCOUNTANTS) if (one := _who(given, place))]
    return values


def _flatten(name: str, value: Any, found: dict[str, str]) -> None:
    if isinstance(value, Mapping):
        for key, one in value.items():
            _flatten(f"{name}_{key}", one, found)
    elif name in _LISTS:
        found[name] = ", ".join(value)
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value):
            _flatten(f"{name}_{place}", one, found)
    else:
        found[name] = str(value)


def _places(values: Mapping[str, str]) -> list[int]:
    return [
        place
        for place in range(MOST_ACCOUNTANTS)
        if any(values.get(f"accountants_{place}_{name}") for name in _ACCOUNTANT if not name.endswith("country"))
    ]


def _who(given: Mapping[str, str], place: int) -> dict[str, Any]:
    if place not in _places(given):
        return {}
    prefix = f"accountants_{place}"
    reach = {name: given.get(f"{prefix}_{name}", "").strip() for name in ("name", "engagement", "phone", "email")}
    return {**reach, "address": _address(given, f"{prefix}_address")}


def _address(given: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name: given.get(f"{prefix}_{name}", "").strip() for name in _ADDRESS}


def _accountant(place: int, values: Mapping[str, str], faults: Mapping[str, Text]) -> Group:
    names = [f"accountants_{place}_{name}" for name in _ACCOUNTANT]
    heading = Text(f"{place + 1}. muhasebeci", f"Accountant {place + 1}")
    return Group(heading, [_view(name, values, faults) for name in names])


def _view(name: str, values: Mapping[str, str], faults: Mapping[str, Text]) -> View:
    short = name.split("_", 2)[2] if name.startswith("accountants_") else name
    default = "Türkiye" if short.endswith("country") else ""
    return View(name, _label(short), values.get(name, default), _SHAPES.get(short, _PLAIN), faults.get(name))


def _label(name: str) -> Text:
    if name == "branch":
        return _BRANCH
    return ledgers.LABELS.get(name) or ledgers.LABELS[name.replace("address_", "address/")]
