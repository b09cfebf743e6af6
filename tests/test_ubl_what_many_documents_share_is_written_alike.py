"""Tax categories, of which all documents have the same few, are written as if each were the first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ulak.errors import UlakError
from ulak.ubl.components import TaxCategory, TaxScheme, TaxSubtotal
from ulak.ubl.values import Amount, Code, KeptContent
from ulak.ubl.writer import finish, write_component


def written(category: TaxCategory, percent: str = "20") -> str:
    pieces: list[str] = []
    amount = Amount(Decimal("1E+3"), "TRY")
    subtotal = TaxSubtotal(taxable_amount=amount, tax_amount=amount, percent=Decimal(percent), tax_category=category)
    pending = write_component(pieces.extend, subtotal, "<x>")
    return finish(pieces, f"{pending}</x>").decode()


def category(reason: str, code: str | Code = "301") -> TaxCategory:
    scheme = TaxScheme(name="KDV", tax_type_code="0015")
    return TaxCategory(tax_exemption_reason_code=code, tax_exemption_reason=reason, tax_scheme=scheme)


def test_it_is_the_same_each_time_and_escaped() -> None:
    first = written(category("11/1-a & < Mal ihracatı"))
    assert written(category("11/1-a & < Mal ihracatı")) == first
    assert "<cbc:TaxExemptionReason>11/1-a &amp; &lt; Mal ihracatı</cbc:TaxExemptionReason>" in first
    assert '<cbc:TaxableAmount currencyID="TRY">1000</cbc:TaxableAmount>' in first


def test_what_differs_in_anything_is_written_as_it_is() -> None:
    plain, listed = category("a"), category("a", Code("301", list_id="X"))
    kept = TaxCategory(kept=(KeptContent("<y/>"),), tax_scheme=plain.tax_scheme)
    texts = {written(one) for one in (plain, category("b"), listed, kept)}
    assert len(texts) == 4
    assert sum('listID="X"' in one for one in texts) == sum("<y/>" in one for one in texts) == 1
    assert written(plain, "10") != written(plain, "10.0")


def test_what_cannot_be_written_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(UlakError) as caught:
            written(category("\0"))
        assert caught.value.code == "ubl.character"
    for odd in ("NaN", "Infinity", "-Infinity", "sNaN"):
        with pytest.raises(UlakError) as caught:
            written(category("a"), odd)
        assert caught.value.code == "ubl.value"
