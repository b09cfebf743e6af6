"""An editor's form as its pages show it: values of fields, which parts are there, what was found, what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

from ulak.codes.identifiers import FINAL_CONSUMER
from ulak.codes.needs import Need
from ulak.codes.scenarios import Use, find
from ulak.errors import Language, Text
from ulak.render import in_words
from ulak_server import formats
from ulak_server.composing import choices
from ulak_server.composing.choices import Choice
from ulak_server.composing.fields import Field, field_of
from ulak_server.composing.needs import needs_of
from ulak_server.composing.services import MOST_AT_ONCE, Draft, Found, Ready, State, Weight
from ulak_server.composing.state import text_at
from ulak_server.portal.rooms import compose_sums
from ulak_server.portal.rooms.compose_choosing import Choosing
from ulak_server.portal.rooms.compose_sums import Sum
from ulak_server.portal.rooms.compose_ways import MARKS, OTHER_SIDES, way_of

__all__ = ["LINES_OF_PAGE", "Form", "Line", "Sum", "id_of"]

LINES_OF_PAGE: Final = 50
_LABELLED: Final = frozenset({"withholding", "exemption", "unit"})
_WITHHOLDING_RETURN: Final = frozenset({"TEVKIFATIADE"})
_OF_LINES: Final = (
    "withholding", "exemption", "vat_base", "accommodation", "original", "gtip", "export", "kunye", "etiket", "medical",
    "incentive",
)  # fmt: skip
"""Parts of which every line has its own."""
_MORE: Final = {
    "freelance_receipt": ("note", "withholding", "exemption"),
    "producer_receipt": ("description", "code", "note", "taxes"),
    "expense_note": ("description", "code", "note", "taxes"),
}
_MORE_OF_ALL: Final = ("description", "code", "note")
"""Members of a line that its closed part holds."""
_REST: Final = Text("Açıklama, kod, not", "Description, code, note")
NAMES: Final = {
    "invoice": "invoice",
    "despatch_advice": "despatch",
    "freelance_receipt": "freelance",
    "producer_receipt": "producer",
    "expense_note": "expense",
}
"""What editors are called in addresses."""
_PLAIN: Final = Field(Text("", ""))


class Line(NamedTuple):
    """A line as its page shows it."""

    at: int
    place: int
    amount: str
    has_more: bool = False


def id_of(pointer: str) -> str:
    """The id of a field's element.

    >>> id_of("/lines/3/price")
    'f-lines-3-price'
    """
    return "f" + pointer.replace("/", "-")


class Form(Choosing):
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
    def has_sums(self) -> bool:
        return bool(self.editor.price)

    @property
    def mark(self) -> str:
        """What stands at the top of the paper."""
        return "e-ARŞİV FATURA" if self.look.is_earchive else MARKS[self.kind]

    @property
    def name(self) -> str:
        """The editor in addresses."""
        return NAMES[self.kind]

    @property
    def is_issued(self) -> bool:
        """Whether it is issued by being sealed, and travels to nobody."""
        return self.look.is_earchive or not self.editor.is_listed

    @property
    def is_reached(self) -> bool:
        """Whether it is known how the document reaches the other side."""
        receiver = self.look.receiver
        return receiver.is_registered or bool(receiver.number and self.is_issued)

    @property
    def verb(self) -> Text:
        return Text("Düzenle", "Issue") if self.is_issued else Text("Gönder", "Send")

    @property
    def handing(self) -> Text:
        """How what is issued reaches the other side."""
        if self.look.is_earchive and self.sending.code == "KAGIT":
            return Text("Çıktısını siz verirsiniz.", "You hand the print over.")
        mail = self.text("/customer/email")
        if not mail:
            return Text("", "")
        return Text(f"{mail} adresine e-postayla gider.", f"It goes to {mail} by e-mail.")

    @property
    def payable_label(self) -> Text:
        return Text("Ele geçen", "Collected") if self.is_freelance else Text("Ödenecek", "To be paid")

    @property
    def rest_of_line(self) -> Text:
        """What the closed part of a line holds."""
        if self.is_expense:
            return Text("Stopaj; açıklama, kod", "Income tax; description, code")
        if self.is_producer:
            return Text("SGK, borsa, mera fonu; açıklama", "Social insurance, exchange, pasture fund; description")
        return Text("KDV tevkifatı, istisna, not", "VAT withholding, exemption, note") if self.is_freelance else _REST

    @property
    def is_confirmed(self) -> bool:
        """Whether the codes in place of a signature are shown; an expense note always has them."""
        members = self.state.members
        return self.is_expense or bool(members.get("confirmation") or members.get("provider"))

    @property
    def sending_label(self) -> Text:
        return self.field("/sending").label

    @property
    def other_side(self) -> Text:
        """What the other party is called here."""
        return OTHER_SIDES[self.kind]

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
        return isinstance(row, Mapping) and any(row.get(name) for name in _MORE.get(self.kind, _MORE_OF_ALL))

    def amount_of(self, at: int) -> str:
        """What a line comes to, before VAT."""
        sums = self.look.live.lines.get(at) if self.look.live else None
        return self.decimal(sums.net) if sums else ""

    def linked(self) -> dict[str, str]:
        """Fields of the lines of this page that are reckoned from each other, by their pointers."""
        if not self.is_freelance:
            return {}
        names = ("fee", "net", "collected")
        return {at: self.text(at) for line in self.lines for name in names for at in (f"/lines/{line.at}/{name}",)}

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
            "archive": self.look.is_earchive,
            "internet": "internet_sale" in self.state.members,
            "agent": self.text("/internet_sale/payment") == "ODEMEARACISI" if self.is_invoice else False,
            "other": self.text("/internet_sale/payment") == "DIGER" if self.is_invoice else False,
            "incentive": "incentive" in self.state.members or Need.YTB_NUMBER in needs,
            "sale": self.is_expense and self.look.type == "IADE",
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
        return formats.money(amount, self.currency, self.language)

    def decimal(self, amount: Decimal) -> str:
        return formats.number(amount, 2, self.language)

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
        made = compose_sums.fees if self.is_freelance else compose_sums.sums
        return made(found, self.money, self.payable_label) if found else []

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
    def is_final_consumer(self) -> bool:
        return self.text("/customer/tax_id") == FINAL_CONSUMER

    @property
    def is_customer_open(self) -> bool:
        """Whether the customer's details are shown: something of them is missing or wrong."""
        there = bool(self.state.members.get("customer"))
        return there and any(one.field.startswith("/customer/") for one in self.stopping)

    @property
    def what(self) -> str:
        """What is sent, in words: its profile and type."""
        if not self.editor.has_profile:
            return self.editor.title.say(self.language)
        profile, kind = (one.say(self.language) for one in (self.profile.label, self.type.label))
        return f"{profile} – {kind}"

    @property
    def is_long(self) -> bool:
        return len(self.state.lines) > MOST_AT_ONCE

    @property
    def way(self) -> Text:
        """Where the document goes, in a sentence."""
        return way_of(self.look)

    @property
    def who(self) -> str:
        """The customer's name, or number."""
        customer = self.state.members.get("customer") or {}
        person = f"{customer.get('first_name', '')} {customer.get('family_name', '')}".strip()
        return str(customer.get("name") or person or customer.get("tax_id") or "")
