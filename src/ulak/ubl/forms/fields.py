"""The caller's own field for a place in the document that was built from it.

Nothing of this happens while a document is built: it is worked out when a finding asks.

>>> data = {"supplier": {}, "lines": [{"name": "A", "price": 1, "vat": 20}, {"name": "B", "price": 2, "vat": 20}]}
>>> fields = FieldMap(data)
>>> fields.field_of("/Invoice/cac:InvoiceLine[2]/cac:TaxTotal/cac:TaxSubtotal[1]/cbc:Percent")
'/lines/1/vat'
>>> fields.field_of("/Invoice/cac:AccountingSupplierParty/cac:Party/cac:PostalAddress/cbc:CityName")
'/supplier/address/city'
>>> fields.field_of("/Invoice")
''
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, NamedTuple, cast

import msgspec

from ulak.ubl import components as ubl
from ulak.ubl.forms.field_tables import REPEATED, SALE, TABLES
from ulak.ubl.forms.registry import KINDS
from ulak.ubl.totals import VAT
from ulak.ubl.values import Component

__all__ = ["FieldMap"]

_STEP: Final = re.compile(r"(@?)(?:[\w.-]+:)?([\w.-]+)(?:\[(\d+)\])?")
_PREDICATE: Final = re.compile(r"\[(?!\d+\])[^\]]*\]")
_LINES: Final = frozenset({"InvoiceLine", "CreditNoteLine"})
_SALE_OWNS: Final = {"Delivery": "delivery", "PaymentMeans": "payment"}
Members = Mapping[str, Any]


class _Step(NamedTuple):
    name: str
    at: int


class FieldMap:
    """Finds the caller's fields.

    Args:
        data: the friendly document, as text or decoded.
        document: what was built from it, if at hand; it tells which tax a row of the document's sums is.
    """

    def __init__(self, data: bytes | str | Members, document: Component | None = None) -> None:
        self._data = data
        self._document = document

    @cached_property
    def _members(self) -> Members:
        if isinstance(self._data, Mapping):
            return self._data
        return cast(Members, msgspec.json.decode(self._data))

    @cached_property
    def _table(self) -> dict[str, str]:
        name = self._members.get("document", "invoice")
        return TABLES[name if name in KINDS else "invoice"]

    def field_of(self, xpath: str) -> str:
        """The JSON pointer of the field behind an XPath such as ``/Invoice/cac:InvoiceLine[2]/cbc:ID``.

        A field that the caller left out is named all the same, so that it can be added; empty for the document as a
        whole.
        """
        steps = _steps(xpath)[1:]
        return self._passed_through(steps) or self._tax(steps) or self._sale(steps) or self._listed(steps)

    def _sale(self, steps: list[_Step]) -> str:
        """A sale over the internet has a delivery and a payment of its own, behind the ordinary ones."""
        own = _SALE_OWNS.get(steps[0].name) if steps else None
        if own is None or "internet_sale" not in self._members or steps[0].at != (own in self._members):
            return ""
        for length in range(len(steps), 0, -1):
            key = "/".join(step.name for step in steps[:length])
            if key in SALE:
                return SALE[key]
        return ""

    def _listed(self, steps: list[_Step]) -> str:
        for length in range(len(steps), 0, -1):
            key = "/".join(step.name for step in steps[:length])
            if key in self._table:
                return _filled(self._table[key], steps[:length])
        return ""

    def _passed_through(self, steps: list[_Step]) -> str:
        """A pointer into ``ubl``, of the document or of a line, where the element stands there."""
        if steps and steps[0].name.endswith("Line"):
            lines = self._members.get("lines", ())
            line = lines[steps[0].at] if steps[0].at < len(lines) else {}
            if found := _below(line.get("ubl"), steps[1:]):
                return f"/lines/{steps[0].at}/ubl{found}"
        found = _below(self._members.get("ubl"), steps)
        return f"/ubl{found}" if found else ""

    def _tax(self, steps: list[_Step]) -> str:
        names = [step.name for step in steps]
        if names[:1] and names[0] in _LINES and names[1:3] == ["TaxTotal", "TaxSubtotal"]:
            return self._line_tax(steps[0].at, steps[2].at, exemption="TaxExemptionReasonCode" in names)
        if names[:2] == ["TaxTotal", "TaxSubtotal"] and isinstance(self._document, ubl.Invoice):
            return self._document_tax(self._document, steps[1].at, exemption="TaxExemptionReasonCode" in names)
        return ""

    def _line_tax(self, line: int, row: int, *, exemption: bool) -> str:
        """Rows stand in the order of calculation; without the document the last is taken for VAT."""
        code = self._code(line, row)
        if code in (None, VAT):
            return f"/lines/{line}/{'exemption' if exemption else 'vat'}"
        stated = self._members["lines"][line].get("taxes", ()) if line < len(self._members.get("lines", ())) else ()
        for at, tax in enumerate(stated):
            if tax.get("code") == code:
                return f"/lines/{line}/taxes/{at}"
        return f"/lines/{line}/income_withholding" if code == "0003" else f"/lines/{line}"

    def _code(self, line: int, row: int) -> str | None:
        rows: list[ubl.TaxSubtotal] = []
        if isinstance(self._document, ubl.Invoice) and line < len(self._document.invoice_line):
            total = self._document.invoice_line[line].tax_total
            rows = list(total.tax_subtotal) if total else []
        elif isinstance(self._document, ubl.CreditNote) and line < len(self._document.credit_note_line):
            totals = self._document.credit_note_line[line].tax_total
            rows = [each for total in totals for each in total.tax_subtotal]
        return _code(rows[row]) if row < len(rows) else None

    def _document_tax(self, document: ubl.Invoice, row: int, *, exemption: bool) -> str:
        rows = [each for total in document.tax_total for each in total.tax_subtotal]
        wanted = _key(rows[row]) if row < len(rows) else None
        for at, line in enumerate(document.invoice_line):
            own = line.tax_total.tax_subtotal if line.tax_total else ()
            for place, each in enumerate(own):
                if _key(each) == wanted:
                    return self._line_tax(at, place, exemption=exemption)
        return ""


def _code(row: ubl.TaxSubtotal) -> str | None:
    scheme = row.tax_category.tax_scheme if row.tax_category else None
    return str(scheme.tax_type_code) if scheme and scheme.tax_type_code is not None else None


def _key(row: ubl.TaxSubtotal) -> tuple[str | None, str, str]:
    reason = row.tax_category.tax_exemption_reason_code if row.tax_category else None
    return _code(row), str(row.percent), str(reason)


def _steps(xpath: str) -> list[_Step]:
    plain = _PREDICATE.sub("", xpath)
    found = [_STEP.fullmatch(part) for part in plain.split("/") if part]
    return [_Step(f"{step[1]}{step[2]}", int(step[3] or 1) - 1) for step in found if step]


def _filled(template: str, steps: list[_Step]) -> str:
    return template.format(*(step.at for step in steps if step.name in REPEATED)) if "{" in template else template


def _below(patch: Any, steps: list[_Step]) -> str:
    """How far a passthrough object goes along a path, as a pointer; empty if it does not even begin."""
    pointer = ""
    for step in steps:
        if not isinstance(patch, Mapping):
            break
        name = next((name for name in patch if name.rpartition(":")[2] == step.name), None)
        if name is None:
            break
        pointer, patch = f"{pointer}/{name}", patch[name]
        if isinstance(patch, list) and step.at < len(patch):
            pointer, patch = f"{pointer}/{step.at}", patch[step.at]
        elif isinstance(patch, Mapping) and str(step.at) in patch:
            pointer, patch = f"{pointer}/{step.at}", patch[str(step.at)]
    return pointer
