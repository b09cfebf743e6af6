"""What the pages of the first steps show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

from ulak_server.books import services as books
from ulak_server.overview import services as overview
from ulak_server.overview.services import Progress
from ulak_server.pages.registry import Visit
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Service

__all__ = ["ADDRESS", "values_of"]

ADDRESS: Final = ("street", "building_number", "room", "district", "town", "city", "postal_code")
_OURS: Final = ("tax_office", "phone", "email")
_ABOUT: Final = ("number", "title", "first_name", "family_name", "tax_office", "town", "city", "email")
_RATES: Final = ("20", "10", "1")


def values_of(visit: Visit, found: Progress, step: str) -> dict[str, Any]:
    """What a step's page shows besides how far somebody has come."""
    maker = _MAKERS.get(step)
    return maker(visit, found) if maker else {}


def _details(visit: Visit, found: Progress) -> dict[str, Any]:
    whose = found.taxpayer
    address = whose.details.get("address", {})
    given = {name: whose.details.get(name, "") for name in _OURS} | {name: address.get(name, "") for name in ADDRESS}
    given |= {"title": whose.title, "first_name": whose.first_name, "family_name": whose.family_name}
    return {"given": given, "labels": books.LABELS, "address": ADDRESS, "is_person": len(whose.number) == 11}


def _seal(visit: Visit, found: Progress) -> dict[str, Any]:
    return {"given": {"policy": str(found.taxpayer.sealing)}}


def _series(visit: Visit, found: Progress) -> dict[str, Any]:
    there = taxpayers.series_of(visit.taxpayer)
    return {"series": there, "given": {"prefix": "", "last": ""}, "proposed": _proposed(found.taxpayer.title)}


def _account(visit: Visit, found: Progress) -> dict[str, Any]:
    names = {one.role: one.name for one in taxpayers.aliases(visit.taxpayer, "einvoice")}
    number = found.taxpayer.number
    given = {
        role.lower(): names.get(role) or f"urn:mail:default{role.lower()}@{number}.example" for role in ("GB", "PK")
    }
    archive = taxpayers.account(visit.taxpayer, Service.EARCHIVE)
    return {
        "given": {**given, "kind": "private"},
        "has_aliases": len(names) == 2,
        "has_archive": archive is not None,
    }


def _contact(visit: Visit, found: Progress) -> dict[str, Any]:
    known = books.by_number(visit.taxpayer, [found.receiver]).get(found.receiver) if found.receiver else None
    form = books.form_of(known) if known else books.ContactForm()
    return {"given": {name: getattr(form, name) for name in _ABOUT}, "labels": books.LABELS}


def _invoice(visit: Visit, found: Progress) -> dict[str, Any]:
    known = books.by_number(visit.taxpayer, [found.receiver]).get(found.receiver) if found.receiver else None
    given = {"name": "", "quantity": "1", "price": "", "vat": _RATES[0], "key": uuid4().hex}
    return {"receiver": known, "labels": overview.LABELS, "rates": _RATES, "given": given}


def _proposed(title: str) -> str:
    """Three letters of a title, as a series may begin."""
    plain = title.translate(str.maketrans("çğıöşüÇĞİÖŞÜ", "cgiosuCGIOSU")).upper()
    letters = "".join(one for one in plain if one.isascii() and one.isalnum())
    return (letters + "ABC")[:3]


_MAKERS: Final[dict[str, Callable[[Visit, Progress], dict[str, Any]]]] = {
    "details": _details,
    "seal": _seal,
    "series": _series,
    "account": _account,
    "contact": _contact,
    "invoice": _invoice,
}
