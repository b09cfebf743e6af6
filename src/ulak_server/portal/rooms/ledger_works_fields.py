"""What a column can be, by groups, and the exports that are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ulak.errors import Text
from ulak.ledger.intake import FIELDS, MAPPINGS
from ulak_server.ledgers import services as ledgers
from ulak_server.pages.registry import Visit

__all__ = ["fields_by_group", "label_of", "own_sources", "sources"]

_GROUPS: Final[Mapping[str, Text]] = {
    "voucher": Text("Fiş", "Voucher"),
    "account": Text("Hesap", "Account"),
    "money": Text("Tutar", "Amount"),
    "document": Text("Belge", "Document"),
    "currency": Text("Döviz", "Currency"),
    "branch": Text("Şube", "Branch"),
    "other": Text("Öbür alanlar", "Others"),
}


def fields_by_group(content: str, *, in_form: bool = False) -> Sequence[Mapping[str, Any]]:
    """Fields of a kind of file, in the order of their groups.

    Args:
        in_form: those alone that Ulak's own form has.
    """
    fields = [one for one in FIELDS[content] if one.heading or not in_form]
    found = [
        {"label": label, "fields": [one for one in fields if one.group == name]} for name, label in _GROUPS.items()
    ]
    return [one for one in found if one["fields"]]


def label_of(content: str, name: str) -> Text:
    """What people call a field."""
    return next((one.label for one in FIELDS[content] if one.name == name), Text(name, name))


def sources() -> Sequence[Mapping[str, Any]]:
    """The programs whose exports are recognised."""
    return [
        {
            "name": name,
            "title": one.title,
            "about": one.export if one.export.tr else one.about,
            "content": one.content,
            "columns": [(heading, label_of(one.content, field)) for heading, field in one.headings()],
        }
        for name, one in MAPPINGS.items()
    ]


def own_sources(visit: Visit) -> Sequence[Mapping[str, Any]]:
    """How the taxpayer matched files of its own."""
    return [
        {"name": one.name, "title": one.title, "at": one.at}
        for one in ledgers.known_mappings(visit.caller, visit.taxpayer)
        if one.is_own
    ]
