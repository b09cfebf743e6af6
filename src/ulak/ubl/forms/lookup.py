"""What the code lists say about a code that a caller wrote, or an error with the caller's own field."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from ulak.codes import exemptions, taxes, withholding
from ulak.codes.classes import ExemptionClass
from ulak.codes.taxes import TaxKind
from ulak.errors import Text
from ulak.ubl.forms.errors import JsonError
from ulak.ubl.totals import Effect
from ulak.ubl.values import Date

__all__ = [
    "TaxFact",
    "exemption_class",
    "exemption_name",
    "tax_fact",
    "tax_name",
    "withheld_percent",
    "withholding_name",
]

# The stock stylesheet prints "Hesaplanan <name>(%20)"; the customs guide V1.8, 4.2.1 prescribes the short name.
_NAMES: Final = {taxes.VAT: "KDV"}
_EFFECTS: Final = {TaxKind.EXCISE_WITHHOLDING: Effect.WITHHELD, TaxKind.VAT_WITHHOLDING: Effect.RETAINED}


class TaxFact(NamedTuple):
    """What the totals engine has to know about a tax."""

    in_vat_base: bool
    effect: Effect


@lru_cache(maxsize=512)
def tax_fact(code: str, pointer: str) -> TaxFact:
    """How a tax stands to the sums.

    Raises:
        JsonError: ``json.unknown-code``.
    """
    tax = taxes.get(code)
    if tax is None:
        raise _unknown(code, pointer, "taxes", (each.code for each in taxes.taxes()))
    withheld = tax.kind is TaxKind.EXCISE_WITHHOLDING
    effect = _EFFECTS.get(tax.kind) or Effect(tax.effect.value)
    return TaxFact(withheld or bool(tax.in_vat_base), effect)


@lru_cache(maxsize=512)
def exemption_class(code: str, pointer: str) -> ExemptionClass:
    """The family of an exemption reason.

    Raises:
        JsonError: ``json.unknown-code``.
    """
    found = exemptions.get(code)
    if found is None:
        raise _unknown(code, pointer, "exemptions", (each.code for each in exemptions.exemptions()))
    return found.kind


@lru_cache(maxsize=512)
def withheld_percent(code: str, stated: Decimal | None, day: Date, pointer: str) -> Decimal:
    """The percentage of the VAT that the law withholds on a day, or the stated one.

    Raises:
        JsonError: ``json.unknown-code``; ``json.missing-field`` where the code alone does not fix the percentage.
    """
    kind = withholding.get(code)
    if kind is None and stated is None:
        raise _unknown(code, f"{pointer}/withholding", "withholdings", (one.code for one in withholding.withholdings()))
    percent = stated if stated is not None else kind and kind.rate(date.fromisoformat(day[:10]))
    if percent is None:
        raise JsonError(
            "json.missing-field",
            Text(f"{code} kodunun {day} gününde oranı yok.", f"Code {code} has no rate on {day}."),
            Text("“withholding_percent” ile oranı yazın.", "State the rate with “withholding_percent”."),
            where=f"{pointer}/withholding_percent",
        )
    return percent


def _unknown(code: str, pointer: str, name: str, known: Iterable[str]) -> JsonError:
    near = difflib.get_close_matches(code, list(known), 3, 0.5)
    hint = Text(f"Yakın kodlar: {', '.join(near)}. ", f"Near to it: {', '.join(near)}. ") if near else Text("", "")
    return JsonError(
        "json.unknown-code",
        Text(
            f"“{code}” kodu listede yok ya da artık geçmiyor.", f"The code “{code}” is not, or no longer, in the list."
        ),
        Text(f"{hint.tr}Geçerli kodlar: ulak codes {name}", f"{hint.en}The valid codes: ulak codes {name}"),
        where=pointer,
    )


def tax_name(code: str) -> str:
    """What cac:TaxScheme/cbc:Name says of a tax."""
    tax = taxes.get(code)
    return _NAMES.get(code) or (tax.label.tr if tax else code)


def exemption_name(code: str) -> str:
    """What cbc:TaxExemptionReason says of a reason code."""
    found = exemptions.get(code)
    return found.label.tr if found else code


def withholding_name(code: str) -> str:
    """What cac:TaxScheme/cbc:Name says of a withholding code."""
    found = withholding.get(code)
    return found.label.tr if found else code
