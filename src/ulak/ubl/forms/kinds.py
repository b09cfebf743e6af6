"""Which invoice type the lines mean, when the caller does not say.

| the document has | type |
|---|---|
| profile ENERJI | SARJ with ``esu_report``, else SARJANLIK |
| ``sgk`` | SGK |
| ``returns`` | TEVKIFATIADE if a line has ``withholding`` or ``collected_vat``, else IADE |
| a line with ``withholding``, or tax 4171 | TEVKIFAT |
| a line with an exemption of class special base (8xx) | OZELMATRAH |
| a line with an exemption of class export registered (7xx) | IHRACKAYITLI |
| a line with any other exemption but 151, 351 and 555 | ISTISNA |
| a line with accommodation tax (0059) | KONAKLAMAVERGISI |
| nothing of these | SATIS |

A profile that allows a single type decides by itself; EARSIVFATURA with ``incentive`` puts YTB before the type.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ulak.codes.classes import ExemptionClass
from ulak.codes.scenarios import types_of
from ulak.errors import Text
from ulak.ubl.forms.errors import JsonError, mixed
from ulak.ubl.forms.lines import Line
from ulak.ubl.forms.lookup import exemption_class
from ulak.ubl.forms.taxing import EXCISE_WITHHOLDING

if TYPE_CHECKING:
    from ulak.ubl.forms.invoice import Invoice

__all__ = ["derived_type"]

_ACCOMMODATION: Final = "0059"
_ARCHIVE: Final = "EARSIVFATURA"
_INCENTIVE_TYPES: Final = frozenset({"SATIS", "IADE", "ISTISNA", "TEVKIFAT", "TEVKIFATIADE"})
_BY_CLASS: Final = {
    ExemptionClass.SPECIAL_BASE: "OZELMATRAH",
    ExemptionClass.EXPORT_REGISTERED: "IHRACKAYITLI",
    ExemptionClass.NOT_EXEMPT: None,
    ExemptionClass.UNCHECKED_RATE: None,
}


def derived_type(form: Invoice) -> str:
    """The type code that the document's own content means.

    Raises:
        JsonError: ``json.mixed`` for lines that cannot stand in one invoice.
    """
    if only := _only_type(form.profile):
        return only
    if form.profile == "ENERJI":
        return "SARJ" if form.esu_report is not None else "SARJANLIK"
    if form.sgk is not None:
        return "SGK"
    plain = _plain_type(form.lines, returns=bool(form.returns))
    return f"YTB{plain}" if form.profile == _ARCHIVE and form.incentive and plain in _INCENTIVE_TYPES else plain


@lru_cache(maxsize=64)
def _only_type(profile: str) -> str | None:
    allowed = types_of(profile, document="Invoice")
    return allowed[0] if len(allowed) == 1 else None


def _plain_type(lines: Sequence[Line], *, returns: bool) -> str:
    if returns:
        return "TEVKIFATIADE" if any(line.withholding or line.collected_vat is not None for line in lines) else "IADE"
    if not any(line.taxes or line.withholding is not None or line.exemption is not None for line in lines):
        return "SATIS"
    withheld = next((at for at, line in enumerate(lines) if line.withholding is not None), None)
    exempt = _exempt_types(lines)
    if withheld is None:
        withheld = _at(lines, EXCISE_WITHHOLDING)
    if withheld is not None:
        if exempt:
            raise _mixed(withheld, "TEVKIFAT", next(iter(exempt.items())))
        return "TEVKIFAT"
    if len(exempt) > 1:
        first, second = list(exempt.items())[:2]
        raise _mixed(first[1], first[0], second)
    if exempt:
        return next(iter(exempt))
    return "SATIS" if _at(lines, _ACCOMMODATION) is None else "KONAKLAMAVERGISI"


def _exempt_types(lines: Sequence[Line]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, line in enumerate(lines):
        if line.exemption is None and not line.taxes:
            continue
        for code in (line.exemption, *(tax.exemption for tax in line.taxes)):
            if code is not None:
                kind = _BY_CLASS.get(exemption_class(code, f"/lines/{at}/exemption"), "ISTISNA")
                if kind is not None:
                    found.setdefault(kind, at)
    return _absorbed(found)


def _absorbed(found: dict[str, int]) -> dict[str, int]:
    # An ihraç kayıtlı invoice may also hold lines with an exemption (rule TaxExemptionReasonCodeCheck).
    if "IHRACKAYITLI" in found and "ISTISNA" in found:
        return {kind: at for kind, at in found.items() if kind != "ISTISNA"}
    return found


def _at(lines: Sequence[Line], code: str) -> int | None:
    return next((at for at, line in enumerate(lines) if any(tax.code == code for tax in line.taxes)), None)


def _mixed(at: int, kind: str, other: tuple[str, int]) -> JsonError:
    return mixed(
        f"/lines/{max(at, other[1])}",
        Text(
            f"{kind} ve {other[0]} satırları aynı faturada olamaz ({at + 1}. ve {other[1] + 1}. satır).",
            f"{kind} and {other[0]} lines cannot stand in one invoice (lines {at + 1} and {other[1] + 1}).",
        ),
        Text(
            "İki ayrı fatura düzenleyin ya da fatura tipini kendiniz yazın (“type”).",
            "Issue two invoices, or state the type yourself (“type”).",
        ),
    )
