"""What is missing or wrong, at the field of the form where a person sees it, with repairs where they are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.errors import Text, UlakError
from ulak_server.composing.fields import TABLES, path_of, pattern_of
from ulak_server.composing.problems import problem
from ulak_server.composing.state import Change

__all__ = ["Fix", "Found", "Weight", "missing", "of_error", "place", "wrong"]


class Weight(StrEnum):
    """How much something weighs."""

    ERROR = "error"
    """It is wrong as it stands."""
    MISSING = "missing"
    """It is not there yet."""
    BLOCK = "block"
    """The document is in order, but cannot be sent."""
    WARNING = "warning"
    """It may be a mistake; the document can be sent all the same."""


class Fix(NamedTuple):
    """A repair that is known.

    Attributes:
        label: what its button says.
        changes: what it does.
    """

    label: Text
    changes: Sequence[Change]


class Found(NamedTuple):
    """One thing found.

    Attributes:
        code: ``compose.*``, or that of the rule or error that found it.
        field: pointer of the form's field; empty where there is none.
    """

    code: str
    weight: Weight
    text: Text
    repair: Text
    field: str = ""
    fixes: Sequence[Fix] = ()

    @property
    def name(self) -> str:
        """By which a repair asks for it again."""
        return f"{self.code}{self.field}"


def wrong(
    code: str, field: str = "", weight: Weight = Weight.ERROR, *, fixes: Sequence[Fix] = (), **facts: object
) -> Found:
    """Something of `problems`."""
    error = problem(code, where=field, **facts)
    return Found(code, weight, error.text, error.repair, field, fixes)


def missing(kind: str, pointer: str) -> Found:
    """A field that has to be filled in."""
    field = TABLES[kind][pattern_of(path_of(pointer))]
    return wrong("compose.missing", pointer, Weight.MISSING, label=field.label)


def of_error(error: UlakError, kind: str, weight: Weight = Weight.ERROR, fixes: Sequence[Fix] = ()) -> Found:
    """An error of any room, at the nearest field of the form."""
    return Found(error.code, weight, error.text, error.repair, place(kind, error.where), fixes)


_STANDS_FOR: Final[Mapping[str, str]] = {"discounts": "discount", "charges": "charge", "taxes": "accommodation"}
_ANCHORS: Final[Mapping[tuple[str, ...], str]] = {
    ("customer",): "/customer/tax_id",
    ("customer", "address"): "/customer/address/city",
    ("buyer",): "/buyer/name",
    ("carrier",): "/carrier/name",
    ("payment",): "/payment/iban",
    ("returns",): "/returns/0/number",
    ("despatches",): "/despatches/0/number",
    ("order",): "/order/number",
    ("period",): "/period/start",
    ("sgk",): "/sgk/group",
    ("terms",): "/terms/note",
    ("delivery",): "/delivery/incoterms",
    ("delivery_address",): "/delivery_address/city",
    ("drivers",): "/drivers/0/first_name",
    ("paper",): "/paper/number",
    ("incentive",): "/incentive/number",
    ("internet_sale",): "/internet_sale/site",
    ("original",): "/original/date",
    ("confirmation",): "/confirmation/code",
    ("provider",): "/provider/name",
    ("courier",): "/courier/name",
}


def place(kind: str, pointer: str) -> str:
    """The field of the form that is nearest to a pointer into the friendly JSON; empty if there is none near.

    >>> place("invoice", "/lines/3/discounts/0/percent"), place("invoice", "/supplier/address/city")
    ('/lines/3/discount', '')
    """
    steps = [_STANDS_FOR.get(step, step) for step in path_of(pointer)] if pointer.startswith("/") else []
    table = TABLES[kind]
    for length in range(len(steps), 0, -1):
        part = tuple(steps[:length])
        if pattern_of(part) in table:
            return "/" + "/".join(part)
        if length == 2 and part[1].isdecimal() and (*pattern_of(part), _FIRST.get(part[0], "number")) in table:
            return f"/{part[0]}/{part[1]}/{_FIRST.get(part[0], 'number')}"
        if part in _ANCHORS and pattern_of(path_of(_ANCHORS[part])) in table:
            return _ANCHORS[part]
    return ""


_FIRST: Final = {"lines": "name", "drivers": "first_name"}
