"""What the form of an editor lets a person choose from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Final

from ulak.codes.taxes import get as tax
from ulak.errors import Text
from ulak_server.composing import archive_choices, choices
from ulak_server.composing.assessing import sending_of
from ulak_server.composing.choices import Choice
from ulak_server.composing.editors import EDITORS, Editor
from ulak_server.composing.receivers import proposed_profile
from ulak_server.composing.services import Look, State
from ulak_server.composing.state import day_of
from ulak_server.composing.typed import shown_number
from ulak_server.portal.rooms.compose_ways import may_be

__all__ = ["Choosing"]

_INCOME_TAX: Final = "0003"


class Choosing:
    """The kind of a form, and what its choices are.

    Attributes:
        look: the document as it stands.
        state: what was written.
    """

    look: Look
    state: State

    @property
    def kind(self) -> str:
        return self.state.kind

    @property
    def editor(self) -> Editor:
        return EDITORS[self.kind]

    @property
    def is_invoice(self) -> bool:
        return self.kind == "invoice"

    @property
    def is_despatch(self) -> bool:
        return self.kind == "despatch_advice"

    @property
    def is_freelance(self) -> bool:
        return self.kind == "freelance_receipt"

    @property
    def is_producer(self) -> bool:
        return self.kind == "producer_receipt"

    @property
    def is_expense(self) -> bool:
        return self.kind == "expense_note"

    @cached_property
    def day(self) -> date:
        return date.fromisoformat(day_of(self.state))

    # -- choices -------------------------------------------------------------------------------------------------------

    @property
    def types(self) -> Sequence[Choice]:
        known = {"invoice": choices.TYPES, "despatch_advice": choices.DESPATCH_TYPES}
        return known.get(self.kind, archive_choices.EXPENSE_TYPES if self.is_expense else ())

    @property
    def type(self) -> Choice:
        return next((one for one in self.types if one.code == self.look.type), choices.type_choice(self.look.type))

    @property
    def profiles(self) -> Sequence[Choice]:
        """Every profile that is offered for some customer and some type."""
        return choices.PROFILES if self.is_invoice else choices.DESPATCH_PROFILES

    @cached_property
    def profile_codes(self) -> Sequence[str]:
        """Those that may be chosen now."""
        if not self.is_invoice:
            return [one.code for one in choices.DESPATCH_PROFILES]
        receiver = self.look.receiver
        return [one.code for one in choices.profiles_for(self.look.type) if may_be(one.code, receiver)]

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

    @property
    def income_rates(self) -> Sequence[str]:
        """Rates of income tax that a text of law fixes for the ordinary case."""
        found = tax(_INCOME_TAX) if self.is_freelance else None
        return [shown_number(format(rate, "f")) for rate in reversed(found.usual_rates(self.day))] if found else []

    @property
    def sending(self) -> Choice:
        """How an e-Arşiv invoice is handed over."""
        code = sending_of(self.state.members)
        return next((one for one in archive_choices.SENDINGS if one.code == code), archive_choices.SENDINGS[0])

    sendings = archive_choices.SENDINGS
    payments = archive_choices.PAYMENTS
    payment_codes = tuple(one.code for one in archive_choices.PAYMENTS)
    originals = archive_choices.ORIGINALS
    original_codes = tuple(one.code for one in archive_choices.ORIGINALS)
    confirmations = archive_choices.CONFIRMATIONS
    confirmation_codes = tuple(one.code for one in archive_choices.CONFIRMATIONS)
    known_currencies = choices.CURRENCIES[1:]
    unit_codes = choices.UNITS
    home_currency = Text("Türk lirası (TRY)", "Turkish lira (TRY)")
    nothing = Text("Seçin", "Choose")

    @cached_property
    def expense_types(self) -> Sequence[Choice]:
        """Kinds of spending under an investment certificate."""
        return choices.codes_found("investment_expenses", "", 99)

    @cached_property
    def expense_codes(self) -> Sequence[str]:
        return [one.code for one in self.expense_types]

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
