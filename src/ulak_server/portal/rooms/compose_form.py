"""An editor's form as its pages show it: values of fields, which parts are there, what was found, what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

from ulak.codes.needs import Need
from ulak.codes.scenarios import Use, find
from ulak.errors import Language, Text
from ulak.render import in_words
from ulak_server import formats
from ulak_server.composing import choices
from ulak_server.composing.choices import Choice
from ulak_server.composing.fields import Field, field_of
from ulak_server.composing.needs import needs_of
from ulak_server.composing.receivers import proposed_profile
from ulak_server.composing.services import MOST_AT_ONCE, Draft, Found, Look, Ready, State, Weight
from ulak_server.composing.state import day_of, text_at
from ulak_server.composing.typed import shown_number

__all__ = ["LINES_OF_PAGE", "Form", "Line", "Sum", "id_of"]

LINES_OF_PAGE: Final = 50
"""Amounts are shown as they are typed, whatever language the page speaks."""
_LABELLED: Final = frozenset({"withholding", "exemption", "unit"})
_WITHHOLDING_RETURN: Final = frozenset({"TEVKIFATIADE"})
_OF_LINES: Final = (
    "withholding", "exemption", "vat_base", "accommodation", "original", "gtip", "export", "kunye", "etiket", "medical",
)  # fmt: skip
"""Parts of which every line has its own."""
_PLAIN: Final = Field(Text("", ""))


class Line(NamedTuple):
    """A line as its page shows it."""

    at: int
    place: int
    amount: str
    has_more: bool = False


class Sum(NamedTuple):
    """A row of the sums.

    Attributes:
        kind: ``main`` for what is to be paid.
    """

    label: Text
    amount: str
    kind: str = ""


def id_of(pointer: str) -> str:
    """The id of a field's element.

    >>> id_of("/lines/3/price")
    'f-lines-3-price'
    """
    return "f" + pointer.replace("/", "-")


class Form:
    """What the templates ask.

    Args:
        draft: with its version; None as long as nobody has kept it.
        page: of the lines, from 1.
        series: prefixes that number such documents.
    """

    def __init__(
        self, ready: Ready, draft: Draft | None, language: Language, page: int = 1, series: Sequence[str] = ()
    ) -> None:
        self.ready, self.look, self.draft, self.language = ready, ready.look, draft, language
        self.state: State = self.look.state
        self.series = series
        self.pages = max(1, -(-len(self.state.lines) // LINES_OF_PAGE))
        self.page = min(max(page, 1), self.pages)

    # -- fields --------------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        return self.state.kind

    @property
    def is_invoice(self) -> bool:
        return self.kind == "invoice"

    @cached_property
    def day(self) -> date:
        return date.fromisoformat(day_of(self.state))

    def field(self, pointer: str) -> Field:
        return field_of(self.kind, pointer) or _PLAIN

    def text(self, pointer: str) -> str:
        return text_at(self.state, pointer)

    def shown(self, pointer: str, language: Language) -> str:
        """What a field shows: codes that are chosen by words are shown in words."""
        name = pointer.rpartition("/")[2]
        text = self.text(pointer)
        if not text or name not in _LABELLED:
            return text
        return self.words(name, text).say(language)

    def words(self, name: str, code: str) -> Text:
        found: Choice | None = None
        if name == "withholding":
            found = choices.withholding_choice(code, self.day)
        elif name == "exemption":
            found = choices.exemption_choice(code)
        return found.label if found else choices.label_of("units" if name == "unit" else "", code)

    def rows(self, name: str) -> Sequence[int]:
        """Places of the rows of a list, at least one."""
        found = self.state.members.get(name)
        return range(max(len(found) if isinstance(found, list) else 0, 1))

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The lines of this page."""
        first = (self.page - 1) * LINES_OF_PAGE
        last = min(len(self.state.lines), first + LINES_OF_PAGE)
        return [Line(at, at + 1, self.amount_of(at), self._has_more(at)) for at in range(first, last)]

    def _has_more(self, at: int) -> bool:
        row = self.state.lines[at]
        return isinstance(row, Mapping) and any(row.get(name) for name in ("description", "code", "note"))

    def amount_of(self, at: int) -> str:
        """What a line comes to, before VAT."""
        sums = self.look.live.lines.get(at) if self.look.live else None
        return self.decimal(sums.net) if sums else ""

    # -- choices -------------------------------------------------------------------------------------------------------

    @property
    def types(self) -> Sequence[Choice]:
        return choices.TYPES if self.is_invoice else choices.DESPATCH_TYPES

    @property
    def type(self) -> Choice:
        return choices.type_choice(self.look.type)

    @cached_property
    def profiles(self) -> Sequence[Choice]:
        return choices.profiles_for(self.look.type) if self.is_invoice else choices.DESPATCH_PROFILES

    @property
    def profile(self) -> Choice:
        known = (*choices.PROFILES, *choices.DESPATCH_PROFILES)
        code = self.look.profile
        return next((one for one in known if one.code == code), Choice(code, choices.label_of("profiles", code)))

    @property
    def proposed(self) -> str:
        return proposed_profile(self.state, self.look.receiver, self.look.type)

    @cached_property
    def units(self) -> Sequence[Choice]:
        return choices.units_found("")

    @cached_property
    def currencies(self) -> Sequence[Choice]:
        return [Choice(code, choices.label_of("currencies", code)) for code in choices.CURRENCIES[1:]]

    @cached_property
    def rates(self) -> Sequence[str]:
        """Rates of VAT that the law knows on the day of issue, as they are typed."""
        return [*(shown_number(format(rate, "f")) for rate in choices.vat_rates(self.day)), "0"]

    @property
    def currency(self) -> str:
        code = self.state.members.get("currency")
        return code if isinstance(code, str) and len(code) == 3 else "TRY"

    known_currencies = choices.CURRENCIES[1:]
    unit_codes = choices.UNITS
    home_currency = Text("Türk lirası (TRY)", "Turkish lira (TRY)")
    nothing = Text("Seçin", "Choose")

    @cached_property
    def sgk_groups(self) -> Sequence[Choice]:
        return choices.codes_found("sgk_groups", "", 99)

    @cached_property
    def sgk_codes(self) -> Sequence[str]:
        return [one.code for one in self.sgk_groups]

    @cached_property
    def incoterms(self) -> Sequence[Choice]:
        return choices.codes_found("delivery_terms", "", 99)

    @cached_property
    def incoterm_codes(self) -> Sequence[str]:
        return [one.code for one in self.incoterms]

    @cached_property
    def modes(self) -> Sequence[Choice]:
        return choices.codes_found("transport_modes", "", 99)

    @cached_property
    def mode_codes(self) -> Sequence[str]:
        return [one.code for one in self.modes]

    @property
    def returns(self) -> Sequence[int]:
        return self.rows("returns")

    @property
    def drivers(self) -> Sequence[int]:
        return self.rows("drivers")

    @property
    def despatches(self) -> Sequence[int]:
        return self.rows("despatches")

    # -- parts that are there only where they are needed -----------------------------------------------------------

    @cached_property
    def parts(self) -> dict[str, bool]:
        """Which parts of the form are shown."""
        scenario = find(self.look.profile, self.look.type)
        needs = needs_of(self.state, self.look.profile, self.look.type)
        number = str((self.state.members.get("customer") or {}).get("tax_id") or "")
        zero = any(isinstance(row, Mapping) and str(row.get("vat")) == "0" for row in self.state.lines)
        route = self.look.receiver.route
        return {
            "person": len(number) == 11,
            "company": len(number) != 11,
            "rate": self.currency != "TRY",
            "withholding": self._any("withholding") or bool(scenario and scenario.withholding is Use.REQUIRED),
            "exemption": self._any("exemption") or zero or bool(scenario and scenario.exemption is Use.REQUIRED),
            "vat_base": self._any("vat_base") or self.look.type == "OZELMATRAH",
            "accommodation": self._any("taxes") or self.look.type == "KONAKLAMAVERGISI",
            "original": self.look.type in _WITHHOLDING_RETURN,
            "returns": Need.BILLING_REFERENCE in needs,
            "sgk": Need.SGK_FIELDS in needs,
            "export": Need.BUYER_EXPORT in needs,
            "gtip": Need.GTIP in needs or Need.EXPORT_LINE_CODE in needs,
            "kunye": Need.KUNYE in needs,
            "etiket": Need.ETIKET in needs,
            "medical": Need.MEDICAL_ITEM in needs,
            "paper": self.look.type == "MATBUDAN",
            "alias": bool(route and len(route.aliases) > 1) or bool(self.state.options.get("alias")),
        }

    def _any(self, name: str) -> bool:
        return any(isinstance(row, Mapping) and row.get(name) for row in self.state.lines)

    @property
    def of_lines(self) -> str:
        """The parts of lines that are there, in one word."""
        return ",".join(name for name in _OF_LINES if self.parts[name])

    @cached_property
    def hidden(self) -> dict[str, bool]:
        return {name: not there for name, there in self.parts.items()}

    # -- sums ----------------------------------------------------------------------------------------------------------

    def money(self, amount: Decimal) -> str:
        return formats.money(amount, self.currency)

    def decimal(self, amount: Decimal) -> str:
        return formats.number(amount, 2)

    @property
    def payable(self) -> str:
        found = self.look.live and self.look.live.totals
        return self.money(found.payable) if found else self.money(Decimal(0))

    @property
    def in_words(self) -> str:
        found = self.look.live and self.look.live.totals
        return in_words(found.payable, self.currency, self.language) if found and found.payable else ""

    @cached_property
    def sums(self) -> Sequence[Sum]:
        """The sums as they stand on the paper."""
        found = self.look.live and self.look.live.totals
        if not found:
            return []
        rows = [Sum(Text("Mal ve hizmet toplamı", "Goods and services"), self.money(found.line_extension))]
        if found.allowance:
            rows.append(Sum(Text("İskonto", "Discount"), self.money(-found.allowance)))
        if found.charge:
            rows.append(Sum(Text("Artırım", "Charges"), self.money(found.charge)))
        for tax in found.taxes:
            rows.append(Sum(self._tax(tax.code, tax.percent), self.money(tax.amount)))
        for kept in found.withheld:
            part = choices.share(kept.percent)
            rows.append(Sum(Text(f"Tevkifat ({part})", f"Withholding ({part})"), self.money(-kept.amount)))
        if found.rounding:
            rows.append(Sum(Text("Yuvarlama", "Rounding"), self.money(found.rounding)))
        if found.tax_inclusive != found.payable:
            rows.append(Sum(Text("Vergiler dahil toplam", "Total with taxes"), self.money(found.tax_inclusive)))
        return [*rows, Sum(Text("Ödenecek", "To be paid"), self.money(found.payable), "main")]

    def _tax(self, code: str, percent: Decimal | None) -> Text:
        rate = f"%{shown_number(format(percent.normalize(), 'f'))}" if percent is not None else ""
        if code == "0015":
            return Text(f"KDV {rate}".strip(), f"VAT {rate}".strip())
        label = choices.label_of("taxes", code)
        return Text(f"{label.tr} {rate}".strip(), f"{label.en} {rate}".strip())

    # -- findings ------------------------------------------------------------------------------------------------------

    @property
    def found(self) -> Sequence[Found]:
        return self.ready.found

    @cached_property
    def problems(self) -> Sequence[Found]:
        """What is wrong, or keeps the document from being sent."""
        return [one for one in self.found if one.weight in (Weight.ERROR, Weight.BLOCK)]

    @cached_property
    def missing(self) -> Sequence[Found]:
        return [one for one in self.found if one.weight is Weight.MISSING]

    @cached_property
    def warnings(self) -> Sequence[Found]:
        return [one for one in self.found if one.weight is Weight.WARNING]

    @cached_property
    def stopping(self) -> Sequence[Found]:
        """Everything that keeps the document from being sent."""
        return [one for one in self.found if one.weight is not Weight.WARNING]

    @property
    def more_problems(self) -> int:
        return len(self.problems) - 20

    @property
    def more_missing(self) -> int:
        return len(self.missing) - 8

    def page_of(self, pointer: str) -> int:
        """On which page of the lines a field stands."""
        steps = pointer.split("/")
        is_line = len(steps) > 2 and steps[1] == "lines" and steps[2].isdecimal()
        return int(steps[2]) // LINES_OF_PAGE + 1 if is_line else 0

    def at_fields(self) -> list[dict[str, Any]]:
        """What stands at the fields, for the page's script."""
        said = self.language
        return [
            {
                "at": one.field,
                "id": id_of(one.field),
                "weight": str(one.weight),
                "text": one.text.say(said),
                "repair": one.repair.say(said),
                "name": one.name,
                "fixes": [fix.label.say(said) for fix in one.fixes],
            }
            for one in self.found
            if one.field and self.page_of(one.field) in (0, self.page)
        ]

    # -- the rest of the page ------------------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        return self.draft.version if self.draft else 0

    @property
    def document(self) -> int | str:
        return self.draft.document if self.draft else ""

    @property
    def first_place(self) -> int:
        return (self.page - 1) * LINES_OF_PAGE + 1

    @property
    def has_payment(self) -> bool:
        return any(self.state.members.get(name) for name in ("payment", "terms", "order", "despatches", "discounts"))

    @property
    def is_customer_open(self) -> bool:
        """Whether the customer's details are shown: something of them is missing or wrong."""
        there = bool(self.state.members.get("customer"))
        return there and any(one.field.startswith("/customer/") for one in self.stopping)

    @property
    def what(self) -> str:
        """What is sent, in words: its profile and type."""
        profile, kind = (one.say(self.language) for one in (self.profile.label, self.type.label))
        return f"{profile} – {kind}"

    @property
    def is_long(self) -> bool:
        return len(self.state.lines) > MOST_AT_ONCE

    @property
    def way(self) -> Text:
        """Where the document goes, in a sentence."""
        return _way(self.look)

    @property
    def who(self) -> str:
        """The customer's name, or number."""
        customer = self.state.members.get("customer") or {}
        person = f"{customer.get('first_name', '')} {customer.get('family_name', '')}".strip()
        return str(customer.get("name") or person or customer.get("tax_id") or "")


def _way(look: Look) -> Text:
    receiver = look.receiver
    if not receiver.number or receiver.route is None:
        return Text("", "")
    service = Text("e-Fatura", "e-Fatura") if look.state.kind == "invoice" else Text("e-İrsaliye", "e-İrsaliye")
    if receiver.is_registered:
        alias = receiver.alias
        return Text(
            f"{service.tr} kullanıcısı. Belge {alias} etiketine gider.",
            f"A user of {service.en}. It goes to the alias {alias}.",
        )
    if receiver.listed_at is None:
        return Text("GİB'in listesi henüz okunmadı.", "GİB's list has not been read yet.")
    if look.state.kind == "invoice":
        return Text(
            "e-Fatura kullanıcısı değil: e-Arşiv fatura olur. Henüz gönderilemez, taslak kalır.",
            "No e-Fatura user: it becomes an e-Arşiv invoice. It cannot be sent yet and stays a draft.",
        )
    return Text("e-İrsaliye kullanıcısı değil.", "No user of e-İrsaliye.")
