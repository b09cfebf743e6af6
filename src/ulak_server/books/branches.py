"""Branches of the taxpayer: their own places of business, with an address for their documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction

from ulak.errors import Text
from ulak_server import clock
from ulak_server.books.cleaning import Faults
from ulak_server.books.models import Branch
from ulak_server.books.problems import problem
from ulak_server.folding import sort_key

__all__ = [
    "BRANCH_LABELS",
    "BranchForm",
    "branch",
    "branch_form_of",
    "branches",
    "remove_branch",
    "restore_branch",
    "save_branch",
    "supplier_of",
]


_ADDRESS: Final = ("street", "building", "building_number", "room", "district", "town", "city", "postal_code")
_MOST: Final = 500
BRANCH_LABELS: Final[Mapping[str, Text]] = {
    "name": Text("Şube adı", "Name of the branch"),
    "code": Text("Şube kodu", "Code of the branch"),
    "street": Text("Cadde, sokak", "Street"),
    "building": Text("Bina adı", "Building"),
    "building_number": Text("Dış kapı no", "Building number"),
    "room": Text("İç kapı no", "Door number"),
    "district": Text("Mahalle", "Neighbourhood"),
    "town": Text("İlçe", "Town"),
    "city": Text("İl", "City"),
    "postal_code": Text("Posta kodu", "Postal code"),
    "phone": Text("Telefon", "Telephone"),
    "email": Text("E-posta", "E-mail"),
}


class BranchForm(NamedTuple):
    """A branch as people write it."""

    name: str = ""
    code: str = ""
    street: str = ""
    building: str = ""
    building_number: str = ""
    room: str = ""
    district: str = ""
    town: str = ""
    city: str = ""
    postal_code: str = ""
    phone: str = ""
    email: str = ""


def branches(taxpayer: int) -> list[Branch]:
    """The branches of a taxpayer by name; within a scope that holds it."""
    return sorted(Branch.objects.filter(taxpayer_id=taxpayer, removed_at=None), key=lambda one: sort_key(one.name))


def branch(taxpayer: int, id: int) -> Branch:
    """A branch; raises `Unknown` ``books.branch-unknown``."""
    found = Branch.objects.filter(taxpayer_id=taxpayer, id=id, removed_at=None).first()
    if found is None:
        raise problem("books.branch-unknown")
    return found


def save_branch(taxpayer: int, form: BranchForm, id: int | None = None) -> Branch:
    """Keep a branch: a new one, or what is changed of one.

    Raises:
        BooksError: ``books.missing``, ``books.too-long``, ``books.email``, ``books.branch-known``,
            ``books.branch-unknown``, ``books.too-many``.
    """
    row = branch(taxpayer, id) if id is not None else Branch(taxpayer_id=taxpayer)
    faults = Faults()
    row.name = faults.text("name", form.name, BRANCH_LABELS["name"], 100, needed=True)
    row.code = faults.text("code", form.code, BRANCH_LABELS["code"], 20)
    address = {name: faults.text(name, getattr(form, name), BRANCH_LABELS[name]) for name in _ADDRESS}
    row.address = {name: value for name, value in address.items() if value}
    row.phone = faults.text("phone", form.phone, BRANCH_LABELS["phone"], 60)
    row.email = faults.emails("email", form.email)
    faults.raise_any()
    if id is None and Branch.objects.filter(taxpayer_id=taxpayer, removed_at=None).count() >= _MOST:
        raise problem("books.too-many", limit=_MOST)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise problem("books.branch-known", where="/name", name=row.name) from None
    return row


def branch_form_of(found: Branch) -> BranchForm:
    """A branch as it is written into a form again."""
    plain = {name: getattr(found, name) for name in ("name", "code", "phone", "email")}
    return BranchForm(**plain, **found.address)


def remove_branch(taxpayer: int, id: int) -> None:
    """Take a branch out of the books; raises `Unknown` ``books.branch-unknown``."""
    if not Branch.objects.filter(taxpayer_id=taxpayer, id=id, removed_at=None).update(removed_at=clock.now()):
        raise problem("books.branch-unknown")


def restore_branch(taxpayer: int, id: int) -> Branch:
    """Bring a branch back that was taken out.

    Raises:
        BooksError: ``books.branch-unknown``, ``books.branch-known``.
    """
    found = Branch.objects.filter(taxpayer_id=taxpayer, id=id).first()
    if found is None:
        raise problem("books.branch-unknown")
    found.removed_at = None
    try:
        with transaction.atomic():
            found.save(update_fields=["removed_at"])
    except IntegrityError:
        raise problem("books.branch-known", where="/name", name=found.name) from None
    return found


def supplier_of(party: Mapping[str, Any], found: Branch | None) -> dict[str, Any]:
    """The taxpayer's party of a document with the branch's address, telephone and e-mail, where it has them."""
    made = dict(party)
    if found is None:
        return made
    if found.address:
        made["address"] = {
            ("number" if key == "building_number" else key): value for key, value in found.address.items()
        }
    for name in ("phone", "email"):
        if value := getattr(found, name):
            made[name] = value
    return made
