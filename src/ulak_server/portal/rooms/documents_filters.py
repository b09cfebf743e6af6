"""What a list's address asks for: filters, order, place; and the chips that say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.http import QueryDict

from ulak.codes import code_list
from ulak.errors import Text
from ulak_server import numerals
from ulak_server.documents.listing import Order
from ulak_server.documents.states import STATES_OF, Shelf, State
from ulak_server.documents.wanted import LONGEST_TEXT, Wanted

__all__ = ["AMOUNTS", "NAMES", "Asked", "Chip", "asked_of", "chips_of", "options_of", "query_of"]

NAMES: Final = (
    *("text", "state", "type", "profile", "kind", "direction", "party", "from", "until", "arrived_from"),
    *("arrived_until", "least", "most", "currency", "number", "label", "batch", "taken"),
)
"""Of a list's address; with ``sort`` and ``at``."""
AMOUNTS: Final = ("least", "most")
"""Of them, those that stand in addresses as `ulak_server.numerals.kept` writes them."""
_MOST_VALUES: Final = 30
_LONGEST_VALUE: Final = 60
_ORDERS: Final = {"taken-in": Order.TAKEN_IN, "issued": Order.ISSUED, "amount": Order.AMOUNT, "party": Order.PARTY}
_BAD_DATE: Final = Text("“{value}” bir tarih değil; süzgeç uygulanmadı.", "“{value}” is no date; it was left out.")
_BAD_SUM: Final = Text("“{value}” bir tutar değil; süzgeç uygulanmadı.", "“{value}” is no amount; it was left out.")
_BAD_BATCH: Final = Text(
    "“{value}” bir toplu teslim numarası değil; süzgeç uygulanmadı.", "“{value}” is no batch; it was left out."
)


class Asked(NamedTuple):
    """What an address asks for.

    Attributes:
        query: its filters, cleaned, with neither order nor place.
        faults: what could not be understood, and was left out.
    """

    wanted: Wanted
    order: Order
    is_falling: bool
    cursor: str | None
    query: QueryDict
    faults: Sequence[Text]

    @property
    def is_filtered(self) -> bool:
        return bool(self.query)


class Chip(NamedTuple):
    """One filter that is on.

    Attributes:
        without: the address without it.
    """

    label: Text
    without: str


class Option(NamedTuple):
    """A choice of a filter."""

    value: str
    label: Text
    is_on: bool


def asked_of(shelf: Shelf, given: Mapping[str, Any]) -> Asked:
    """What the query of a list's address asks for."""
    query = given if isinstance(given, QueryDict) else QueryDict()
    faults: list[Text] = []
    odd: list[str] = []

    def one(name: str) -> str:
        return query.get(name, "").replace("\0", "").strip()[:LONGEST_TEXT]

    def many(name: str) -> tuple[str, ...]:
        values = [value.replace("\0", "").strip()[:_LONGEST_VALUE] for value in query.getlist(name)[:_MOST_VALUES]]
        return tuple(dict.fromkeys(value for value in values if value))

    def read(name: str, reader: Callable[[str], Any], fault: Text) -> Any:
        value = one(name)
        if not value:
            return None
        try:
            return reader(value)
        except (ValueError, ArithmeticError):
            faults.append(_doubt(value) or Text(fault.tr.format(value=value), fault.en.format(value=value)))
            odd.append(name)
            return None

    names = {state.name.lower(): state for state in STATES_OF[shelf]}
    wanted = Wanted(
        shelf,
        direction=one("direction") if one("direction") in ("in", "out") else "",
        kinds=many("kind"),
        states=tuple(names[name] for name in many("state") if name in names),
        profiles=many("profile"),
        types=many("type"),
        party=one("party"),
        issued_from=read("from", date.fromisoformat, _BAD_DATE),
        issued_until=read("until", date.fromisoformat, _BAD_DATE),
        arrived_from=read("arrived_from", date.fromisoformat, _BAD_DATE),
        arrived_until=read("arrived_until", date.fromisoformat, _BAD_DATE),
        least=read("least", amount_of, _BAD_SUM),
        most=read("most", amount_of, _BAD_SUM),
        currency=one("currency")[:3],
        number=one("number"),
        text=one("text"),
        labels=many("label"),
        batch=read("batch", _batch, _BAD_BATCH),
        taken={"yes": True, "no": False}.get(one("taken")),
    )
    sort = one("sort")
    order = _ORDERS.get(sort.removeprefix("-"), Order.TAKEN_IN)
    filters = cleaned(query, odd)
    for name, amount in (("least", wanted.least), ("most", wanted.most)):
        if amount is not None:
            # Whoever opens what was saved or sent on may read numbers in the other language.
            filters[name] = numerals.kept(amount)
    return Asked(wanted, order, sort.startswith("-") or not sort, one_cursor(query), filters, faults)


def one_cursor(query: QueryDict) -> str | None:
    return query.get("at") or None


def cleaned(query: QueryDict, without: Sequence[str] = ()) -> QueryDict:
    """The filters of a query: nothing empty, nothing else."""
    kept = QueryDict(mutable=True)
    for name in NAMES:
        values = [value for value in query.getlist(name) if value.strip()]
        if values and name not in without:
            kept.setlist(name, values)
    return kept


def query_of(asked: Asked, **changes: str | None) -> str:
    """The address of the same list with changes; what is None is left out."""
    query = asked.query.copy()
    sort = f"{'-' if asked.is_falling else ''}{asked.order}"
    if sort != "-taken-in":
        query["sort"] = sort
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return query.urlencode()


def amount_of(text: str) -> Decimal:
    """An amount as people write it on the page that is shown: `ulak_server.numerals`.

    >>> amount_of("1.234,56"), amount_of("1234.5"), amount_of("1.234")
    (Decimal('1234.56'), Decimal('1234.5'), Decimal('1234'))
    """
    bare = _bare(text)
    plain = None if _is_doubtful(bare) else numerals.plain(bare)
    if plain is None or abs(found := Decimal(plain)) > Decimal(10) ** 15:
        raise ValueError(text)
    return found


def _bare(text: str) -> str:
    return "".join(text.replace("₺", "").split())


def _is_doubtful(bare: str) -> bool:
    """Whether three digits stand behind the page's own sign of decimals: money has two, so it is asked back."""
    sign = "," if numerals.language() == "tr" else "."
    return sign in bare and numerals.doubtful(bare.replace(sign, ".")) is not None


def _doubt(value: str) -> Text | None:
    """That an amount can be read in two ways, and how each is written; None if it is none at all."""
    both = numerals.doubtful(_bare(value).replace(",", "."))
    if both is None:
        return None
    thousand, fraction = numerals.shown_text(both[0]), numerals.shown_text(f"{Decimal(both[1]):.2f}")
    return numerals.DOUBT.format(value=value, thousand=thousand, fraction=fraction)


def _batch(text: str) -> int:
    found = int(text)
    if not 0 < found < 2**63:
        raise ValueError(text)
    return found


# -- chips -------------------------------------------------------------------------------------------------------------

_TOLD: Final[Mapping[str, Text]] = {
    "text": Text("“{value}”", "“{value}”"),
    "party": Text("VKN/TCKN {value}", "VKN/TCKN {value}"),
    "from": Text("{value} ve sonrası", "from {value}"),
    "until": Text("{value} ve öncesi", "until {value}"),
    "arrived_from": Text("geliş: {value} ve sonrası", "taken in from {value}"),
    "arrived_until": Text("geliş: {value} ve öncesi", "taken in until {value}"),
    "least": Text("en az {value}", "at least {value}"),
    "most": Text("en çok {value}", "at most {value}"),
    "currency": Text("{value}", "{value}"),
    "number": Text("No: {value}…", "No. {value}…"),
    "batch": Text("Toplu teslim {value}", "Batch {value}"),
}
_WORDS: Final[Mapping[tuple[str, str], Text]] = {
    ("direction", "in"): Text("Gelen", "Incoming"),
    ("direction", "out"): Text("Giden", "Outgoing"),
    ("taken", "yes"): Text("ERP aldı", "Taken by the ERP"),
    ("taken", "no"): Text("ERP almadı", "Not taken by the ERP"),
    ("kind", "despatch_advice"): Text("Sevk irsaliyesi", "Despatch advice"),
    ("kind", "receipt_advice"): Text("İrsaliye yanıtı", "Receipt advice"),
    ("kind", "invoice"): Text("e-Fatura", "e-Fatura"),
    ("kind", "earchive_invoice"): Text("e-Arşiv", "e-Arşiv"),
    ("kind", "freelance_receipt"): Text("e-SMM", "e-SMM"),
    ("kind", "producer_receipt"): Text("e-MM", "e-MM"),
    ("kind", "expense_note"): Text("Gider pusulası", "Expense notes"),
    ("kind", "credit_note"): Text("Gümrük bildirimi", "Notice of customs"),
}
_LISTS: Final = {"type": "invoice_types", "profile": "profiles", "currency": "currencies"}


def chips_of(asked: Asked, labels: Mapping[str, str]) -> list[Chip]:
    """The filters that are on, each with the address that takes it away.

    Args:
        labels: names of labels by their keys.
    """
    chips = []
    for name in NAMES:
        values = asked.query.getlist(name)
        for value in values:
            rest = asked.query.copy()
            rest.setlist(name, [other for other in values if other != value])
            said = _said(asked.wanted.shelf, name, value, labels)
            chips.append(Chip(said, query_of(asked._replace(query=cleaned(rest)))))
    return chips


def _said(shelf: Shelf, name: str, value: str, labels: Mapping[str, str]) -> Text:
    if name == "state":
        state = next((one for one in STATES_OF[shelf] if one.name.lower() == value), None)
        return state.label if state else Text(value, value)
    if name == "label":
        said = labels.get(value, value)
        return Text(f"Etiket: {said}", f"Label: {said}")
    if (name, value) in _WORDS:
        return _WORDS[name, value]
    if name in _LISTS:
        return word_of(_LISTS[name], value)
    told = _TOLD.get(name, Text("{value}", "{value}"))
    if name in AMOUNTS:
        figures = numerals.shown_text(value)
        return Text(told.tr.replace("{value}", figures.tr), told.en.replace("{value}", figures.en))
    shown = ".".join(reversed(value.split("-"))) if name.endswith(("from", "until")) else value
    return Text(told.tr.replace("{value}", shown), told.en.replace("{value}", shown))


def word_of(list_name: str, code: str) -> Text:
    """What a code means; the code itself if it is unknown."""
    found = code_list(list_name).get(code)
    return found.label if found else Text(code, code)


_CHIPS: Final[Mapping[Shelf, tuple[str, ...]]] = {
    Shelf.OUTGOING: ("invoice", "earchive_invoice"),
    Shelf.RECEIPTS: ("freelance_receipt", "producer_receipt", "expense_note"),
}
"""Kinds of a list that are told apart by one click."""


def options_of(asked: Asked) -> dict[str, list[Option]]:
    """The choices of a list's filters."""
    shelf = asked.wanted.shelf
    found = {"states": [_option(asked, "state", one.name.lower(), one.label) for one in STATES_OF[shelf]]}
    found["chips"] = [_option(asked, "kind", one, _WORDS["kind", one]) for one in _CHIPS.get(shelf, ())]
    if shelf is Shelf.DESPATCHES:
        found["kinds"] = [
            _option(asked, "kind", one, _WORDS["kind", one]) for one in ("despatch_advice", "receipt_advice")
        ]
        found["directions"] = [_option(asked, "direction", one, _WORDS["direction", one]) for one in ("out", "in")]
    elif shelf is not Shelf.RECEIPTS:
        found["types"] = [_option(asked, "type", one.code, one.label) for one in code_list("invoice_types")]
        found["profiles"] = [
            _option(asked, "profile", one.code, one.label)
            for one in code_list("profiles")
            if "IRSALIYE" not in one.code
        ]
    return found


def _option(asked: Asked, name: str, value: str, label: Text) -> Option:
    return Option(value, label, value in asked.query.getlist(name))


def state_name(state: State) -> str:
    """How addresses call a state."""
    return state.name.lower()
