"""The taxpayer's own details as a form, and back into the words of the friendly JSON."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ulak.errors import Text
from ulak_server.books.services import LABELS
from ulak_server.portal.rooms.books_fields import Group, Shape, groups_of
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["DETAILS", "details_form", "details_of"]

_PLAIN: Final = ("tax_office", "phone", "fax", "email", "website")
_IDS: Final = {"mersis": "MERSISNO", "trade_register": "TICARETSICILNO"}
_ADDRESS: Final = {
    "street": "street",
    "building": "building",
    "building_number": "number",
    "room": "room",
    "district": "district",
    "town": "town",
    "city": "city",
    "postal_code": "postal_code",
}
DETAILS: Final = ("title", "first_name", "family_name", *_PLAIN, *_IDS, *_ADDRESS)
"""Every field of the form."""
_Values = namedtuple("_Values", DETAILS)  # type: ignore[misc]
_SHAPES: Final = {"title": Shape(is_wide=True), "street": Shape(is_wide=True)}
_FIRM: Final = (Text("Firma", "Firm"), ("title", "tax_office", "mersis", "trade_register"))
_PERSON: Final = (Text("Kişi", "Person"), ("first_name", "family_name", "tax_office"))
_REST: Final = (
    (Text("Adres", "Address"), tuple(_ADDRESS)),
    (Text("Ulaşım", "Contact"), ("phone", "fax", "email", "website")),
)


def details_form(there: Taxpayer, given: Mapping[str, str] | None = None) -> Sequence[Group]:
    """The form, with what is kept, or with what was given last."""
    details = there.details
    values: dict[str, str] = {name: str(getattr(there, name)) for name in ("title", "first_name", "family_name")}
    values |= {name: str(details.get(name) or "") for name in _PLAIN}
    values |= {name: str((details.get("ids") or {}).get(scheme) or "") for name, scheme in _IDS.items()}
    values |= {name: str((details.get("address") or {}).get(key) or "") for name, key in _ADDRESS.items()}
    layout = (_FIRM if len(there.number) == 10 else _PERSON, *_REST)
    return groups_of(layout, LABELS, _Values(**{**values, **(given or {})}), _SHAPES, None)


def details_of(given: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says, put over what is kept; what has no field stays."""
    details = dict(before)
    for name in _PLAIN:
        _put(details, name, given[name])
    ids = dict(details.get("ids") or {})
    for name, scheme in _IDS.items():
        _put(ids, scheme, given[name])
    address = dict(details.get("address") or {})
    for name, key in _ADDRESS.items():
        _put(address, key, given[name])
    _put(details, "ids", ids)
    _put(details, "address", address)
    return details


def _put(place: dict[str, Any], name: str, value: Any) -> None:
    if value:
        place[name] = value
    else:
        place.pop(name, None)
