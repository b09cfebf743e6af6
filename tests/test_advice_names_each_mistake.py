"""Every check finds the mistake it is named after, points at it and says what was expected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest
from lxml import etree

from advice_documents import NEIGHBOUR, SELLER, built, element, tree
from json_documents import UUID
from ulak.rules.advice import RULES, Advice, advise
from ulak.rules.advice.names import CAC, CBC, cac, cbc, local_name

_Spoil = Callable[[], etree._Element]
_ADDRESS: Final = {"town": "Çankaya", "city": "Ankara"}
_SELLER: Final = {"tax_id": SELLER, "name": "Ardıç A.Ş.", "address": _ADDRESS}
_BUYER: Final = {"tax_id": NEIGHBOUR, "name": "Meltem Ltd.", "address": _ADDRESS}


def _changed(root: etree._Element, path: str, text: str) -> etree._Element:
    element(root, path).text = text
    return root


def _added(root: etree._Element, before: str, xml: str) -> etree._Element:
    at = next(node for node in root if local_name(node.tag) == before)
    at.addprevious(etree.fromstring(f'<a:x xmlns:a="{CAC[1:-1]}" xmlns:b="{CBC[1:-1]}">{xml}</a:x>')[0])
    return root


def _dated(before: str, xml: str) -> etree._Element:
    return _added(tree(date="2026-11-02"), before, xml)


def _withheld() -> etree._Element:
    return tree({"price": 1000, "withholding": "606"})


def _discounted() -> etree._Element:
    return tree({"price": 1000, "discounts": [{"percent": 10}]})


def _foreign(rate: str = "41.2345") -> etree._Element:
    return tree({"price": 100}, currency="USD", exchange_rate=rate)


def _counterpart(amount: str) -> etree._Element:
    block = f'<a:TaxTotal><b:TaxAmount currencyID="TRY">{amount}</b:TaxAmount></a:TaxTotal>'
    return _added(_foreign(), "LegalMonetaryTotal", block)


def _despatch(**more: Any) -> etree._Element:
    return built(
        {
            "document": "despatch_advice",
            "number": "ABC2026000000001",
            "uuid": UUID,
            "date": "2026-11-02",
            "time": "09:00:00",
            "supplier": _SELLER,
            "customer": _BUYER,
            "despatched": "2026-11-02T10:00:00",
            "carrier": _BUYER,
            "address": _ADDRESS,
            "lines": [{"name": "Mal", "quantity": 3}],
            **more,
        }
    )


_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd"


def _bare(document: str, body: str) -> etree._Element:
    head = "<b:ID>ABC2026000000001</b:ID><b:IssueDate>2026-11-02</b:IssueDate>"
    return etree.fromstring(
        f'<{document} xmlns="{_UBL}:{document}-2" xmlns:a="{CAC[1:-1]}" xmlns:b="{CBC[1:-1]}">{head}{body}</{document}>'
    )


def _received(quantities: str) -> etree._Element:
    return _bare("ReceiptAdvice", f"<a:ReceiptLine><b:ID>1</b:ID>{quantities}</a:ReceiptLine>")


def _quantity(kind: str, amount: int, unit: str = "C62") -> str:
    return f'<b:{kind}Quantity unitCode="{unit}">{amount}</b:{kind}Quantity>'


def _shipment(stages: str, despatched: str = "2026-11-02") -> etree._Element:
    day = f"<b:ActualDespatchDate>{despatched}</b:ActualDespatchDate>"
    delivery = f"<a:Delivery><a:Despatch>{day}</a:Despatch></a:Delivery>"
    line = f"<a:DespatchLine><b:ID>1</b:ID>{_quantity('Delivered', 3)}</a:DespatchLine>"
    return _bare("DespatchAdvice", f"<a:Shipment>{stages}{delivery}</a:Shipment>{line}")


def _stage(plate: str, driver: str = "10000000146") -> str:
    vehicle = f"<a:RoadTransport><b:LicensePlateID>{plate}</b:LicensePlateID></a:RoadTransport>" if plate else ""
    person = f"<a:DriverPerson><b:NationalityID>{driver}</b:NationalityID></a:DriverPerson>"
    return f"<a:ShipmentStage><a:TransportMeans>{vehicle}</a:TransportMeans>{person}</a:ShipmentStage>"


def _without_reason() -> etree._Element:
    root = tree({"vat": 0, "exemption": "301"}, type="ISTISNA")
    element(root, "InvoiceTypeCode").text = "KONAKLAMAVERGISI"
    for node in list(root.iter(cbc("TaxExemptionReasonCode"), cbc("TaxExemptionReason"))):
        node.getparent().remove(node)  # type: ignore[union-attr]
    return root


def _market(*kunyes: str) -> etree._Element:
    return tree(*({"ids": {"KUNYENO": kunye}} for kunye in kunyes), profile="HKS")


def _signed(moment: str) -> etree._Element:
    root = tree(date="2026-11-02")
    content = next(root.iter("{*}ExtensionContent"))
    etree.SubElement(content, "{http://uri.etsi.org/01903/v1.3.2#}SigningTime").text = moment
    return root


def _repeated_line_number() -> etree._Element:
    root = tree({}, {})
    list(root.iterchildren(cac("InvoiceLine")))[1].find(cbc("ID")).text = "1"  # type: ignore[union-attr]
    return root


_LINE: Final = "InvoiceLine"
_ROW: Final = "TaxTotal/TaxSubtotal"
_TOTALS: Final = "LegalMonetaryTotal"
_FORMER: Final = "<b:ID>ABC2026000000009</b:ID><b:IssueDate>{day}</b:IssueDate>"

_MISTAKES: Final[dict[str, list[tuple[str, _Spoil, str, str]]]] = {
    "line-amount": [("price", lambda: _changed(tree(), f"{_LINE}/Price/PriceAmount", "90"), "100.00", "90.00")],
    "allowance-amount": [
        (
            "rate",
            lambda: _changed(_discounted(), f"{_LINE}/AllowanceCharge/MultiplierFactorNumeric", "0.2"),
            "100.00",
            "200.00",
        )
    ],
    "allowance-base": [
        ("base", lambda: _changed(_discounted(), f"{_LINE}/AllowanceCharge/BaseAmount", "900"), "900", "1000.00")
    ],
    "tax-base": [("line", lambda: _changed(tree(), f"{_LINE}/{_ROW}/TaxableAmount", "99"), "99", "100.00")],
    "tax-amount": [
        ("line", lambda: _changed(tree(), f"{_LINE}/{_ROW}/TaxAmount", "18"), "18", "20.00"),
        ("document", lambda: _changed(tree(), f"{_ROW}/TaxAmount", "21"), "21", "20.00"),
        ("a rate of the document", lambda: _changed(tree(), f"{_ROW}/Percent", "10"), "20.00", "10.00"),
    ],
    "tax-total": [
        ("line", lambda: _changed(tree(), f"{_LINE}/TaxTotal/TaxAmount", "21"), "21", "20.00"),
        ("document", lambda: _changed(tree(), "TaxTotal/TaxAmount", "19.99"), "19.99", "20.00"),
    ],
    "withholding-amount": [
        (
            "line",
            lambda: _changed(_withheld(), f"{_LINE}/WithholdingTaxTotal/TaxSubtotal/TaxAmount", "170"),
            "170",
            "180.00",
        )
    ],
    "withholding-base": [
        (
            "line",
            lambda: _changed(_withheld(), f"{_LINE}/WithholdingTaxTotal/TaxSubtotal/TaxableAmount", "150"),
            "150",
            "200.00",
        )
    ],
    "withholding-total": [
        ("document", lambda: _changed(_withheld(), "WithholdingTaxTotal/TaxAmount", "181"), "181", "180.00")
    ],
    "tax-rows": [("base", lambda: _changed(tree(), f"{_ROW}/TaxableAmount", "100.03"), "100.03", "100.00")],
    "withholding-rows": [
        (
            "amount",
            lambda: _changed(_withheld(), "WithholdingTaxTotal/TaxSubtotal/TaxAmount", "181"),
            "181.00",
            "180.00",
        )
    ],
    "total-lines": [("sum", lambda: _changed(tree(), f"{_TOTALS}/LineExtensionAmount", "101"), "101", "100.00")],
    "total-exclusive": [("sum", lambda: _changed(tree(), f"{_TOTALS}/TaxExclusiveAmount", "101"), "101", "100.00")],
    "total-inclusive": [("sum", lambda: _changed(tree(), f"{_TOTALS}/TaxInclusiveAmount", "100"), "100", "120.00")],
    "total-payable": [
        ("sum", lambda: _changed(tree(), f"{_TOTALS}/PayableAmount", "119"), "119", "120.00"),
        ("withheld", lambda: _changed(_withheld(), f"{_TOTALS}/PayableAmount", "1200"), "1200", "1020.00"),
    ],
    "total-allowance": [
        ("sum", lambda: _changed(_discounted(), f"{_TOTALS}/AllowanceTotalAmount", "50"), "50", "100.00")
    ],
    "total-charge": [
        (
            "sum",
            lambda: _changed(tree({"charges": [{"amount": 7}]}), f"{_TOTALS}/ChargeTotalAmount", "8"),
            "8",
            "7.00",
        )
    ],
    "line-count": [("lost line", lambda: _changed(tree(), "LineCountNumeric", "2"), "2", "1")],
    "exemption-with-vat": [("301", lambda: tree({"exemption": "301", "vat": 20}), "20.00", "")],
    "zero-vat-without-reason": [("accommodation", _without_reason, "0.00", "100.00")],
    "currency": [("price", lambda: _other_currency(), "USD", "TRY")],
    "exchange-rate": [
        ("nothing", lambda: _foreign("0"), "0", ""),
        ("inverted", lambda: _foreign("0.0242"), "0.0242", ""),
    ],
    "exchange-direction": [
        (
            "other source",
            lambda: _changed(_foreign(), "PricingExchangeRate/SourceCurrencyCode", "EUR"),
            "EUR → TRY",
            "USD → TRY",
        )
    ],
    "exchange-date": [
        (
            "tomorrow",
            lambda: tree(currency="USD", exchange_rate="41", exchange_date="2026-11-03", date="2026-11-02"),
            "2026-11-03",
            "2026-11-02",
        )
    ],
    "exchange-counterpart": [("not converted", lambda: _counterpart("20.00"), "20.00", "824.69")],
    "vkn-check-digit": [
        ("supplier", lambda: tree(supplier={**_SELLER, "tax_id": "1460415309"}), "1460415309", ""),
        ("a stand-in that sells", lambda: tree(supplier={**_SELLER, "tax_id": "2222222222"}), "2222222222", ""),
    ],
    "tckn-check-digit": [
        ("driver", lambda: _shipment(_stage("34ABC34", "14922266600")), "14922266600", ""),
        ("a stand-in that sells", lambda: _person("11111111111"), "11111111111", ""),
    ],
    "number-year": [("last year's series", lambda: tree(number="ABC2025000000001"), "2025", "2026")],
    "ettn-empty": [
        (
            "zeros",
            lambda: tree(uuid="00000000-0000-0000-0000-000000000000"),
            "00000000-0000-0000-0000-000000000000",
            "",
        )
    ],
    "duplicate-line-id": [("two lines", _repeated_line_number, "1", "")],
    "issued-late": [
        (
            "delivered",
            lambda: _dated(
                "TaxTotal",
                "<a:Delivery><b:ActualDeliveryDate>2026-10-25</b:ActualDeliveryDate></a:Delivery>",
            ),
            "2026-11-02",
            "2026-10-25",
        ),
        (
            "despatched",
            lambda: _dated(
                "Signature",
                f"<a:DespatchDocumentReference>{_FORMER.format(day='2026-10-01')}</a:DespatchDocumentReference>",
            ),
            "2026-11-02",
            "2026-10-01",
        ),
    ],
    "signed-before-issue": [
        ("local", lambda: _signed("2026-11-01T23:59:59"), "2026-11-02", "2026-11-01"),
        ("in Greenwich", lambda: _signed("2026-11-01T20:59:59Z"), "2026-11-02", "2026-11-01"),
    ],
    "reference-later": [
        (
            "billing",
            lambda: _dated(
                "Signature",
                "<a:BillingReference><a:InvoiceDocumentReference>"
                f"{_FORMER.format(day='2026-11-03')}</a:InvoiceDocumentReference></a:BillingReference>",
            ),
            "2026-11-03",
            "2026-11-02",
        ),
        (
            "answer",
            lambda: _bare(
                "ApplicationResponse",
                "<a:DocumentResponse><a:DocumentReference>"
                f"{_FORMER.format(day='2026-11-03')}</a:DocumentReference></a:DocumentResponse>",
            ),
            "2026-11-03",
            "2026-11-02",
        ),
    ],
    "period-order": [
        (
            "backwards",
            lambda: _dated(
                "Signature",
                "<a:InvoicePeriod><b:StartDate>2026-10-31</b:StartDate><b:EndDate>2026-10-01</b:EndDate></a:InvoicePeriod>",
            ),
            "2026-10-01",
            "2026-10-31",
        )
    ],
    "due-date": [
        (
            "before issue",
            lambda: _dated(
                "TaxTotal", "<a:PaymentTerms><b:PaymentDueDate>2026-11-01</b:PaymentDueDate></a:PaymentTerms>"
            ),
            "2026-11-01",
            "2026-11-02",
        )
    ],
    "despatch-before-issue": [("yesterday", lambda: _shipment("", "2026-11-01"), "2026-11-01", "2026-11-02")],
    "fractional-pieces": [("half a piece", lambda: tree({"quantity": "2.5"}), "2.5", "")],
    "duplicate-kunye": [("same lot", lambda: _market("1" * 19, "1" * 19), "1" * 19, "")],
    "item-name": [("blank", lambda: _changed(tree(), f"{_LINE}/Item/Name", "  "), "", "")],
    "quantity-not-positive": [
        ("nothing", lambda: _changed(_shipment(""), "DespatchLine/DeliveredQuantity", "0"), "0", "")
    ],
    "driver-without-plate": [("second stage", lambda: _shipment(_stage("34ABC34") + _stage("")), "", "")],
    "rejected-more-than-received": [
        ("five of three", lambda: _received(_quantity("Received", 3) + _quantity("Rejected", 5)), "5", "3")
    ],
    "rejection-without-reason": [
        ("silent", lambda: _received(_quantity("Received", 3) + _quantity("Rejected", 1)), "1", "")
    ],
    "short-and-over": [
        ("both", lambda: _received(_quantity("Short", 1) + _quantity("Oversupply", 2)), "1", "2"),
    ],
    "unit-differs": [
        ("kilos of pieces", lambda: _received(_quantity("Received", 3) + _quantity("Short", 1, "KGM")), "KGM", "C62")
    ],
    "answer-without-reason": [
        (
            "refused",
            lambda: _bare(
                "ApplicationResponse",
                "<a:DocumentResponse><a:Response><b:ResponseCode>RED</b:ResponseCode></a:Response></a:DocumentResponse>",
            ),
            "RED",
            "",
        )
    ],
    "qr-mismatch": [
        ("sum", lambda: tree(notes=['{"vkntckn": "1460415308", "odenecek": "121.00"}']), "121.00", "120.00"),
        (
            "base of a rate",
            lambda: tree(notes=['{"vkntckn": "1460415308", "kdvmatrah(20)": "90"}']),
            "90",
            "100.00",
        ),
        ("number", lambda: tree(notes=['{"vkntckn": "9999999999"}']), "9999999999", SELLER),
    ],
}


def _other_currency() -> etree._Element:
    root = tree()
    element(root, f"{_LINE}/Price/PriceAmount").set("currencyID", "USD")
    return root


def _person(number: str) -> etree._Element:
    return tree(supplier={"tax_id": number, "first_name": "Ayşe", "family_name": "Demir", "address": _ADDRESS})


_CASES: Final = [
    pytest.param(f"advice.{name}", spoil, value, expected, id=f"{name}-{case}".replace(" ", "-"))
    for name, cases in _MISTAKES.items()
    for case, spoil, value, expected in cases
]


@pytest.mark.parametrize(("rule", "spoil", "value", "expected"), _CASES)
def test_a_mistake_is_named(rule: str, spoil: _Spoil, value: str, expected: str) -> None:
    root = spoil()
    found = [advice for advice in advise(root) if advice.id == rule]
    assert {(advice.value, advice.expected) for advice in found} == {(value, expected)}
    _is_readable(found[0])
    assert found[0].node.getroottree().getroot() is root


def _is_readable(advice: Advice) -> None:
    for text in (advice.message, advice.explanation, advice.repair):
        assert text.tr
        assert text.en
        assert not set("{}") & set(text.tr + text.en)


def test_every_check_has_a_mistake_that_shows_it() -> None:
    assert {f"advice.{name}" for name in _MISTAKES} == set(RULES)


def test_every_check_says_where_it_is_written_and_since_when() -> None:
    for rule in RULES.values():
        assert rule.source.document
        assert rule.since


def test_one_wrong_amount_of_the_totals_gives_one_warning() -> None:
    for name in ("LineExtension", "TaxExclusive", "TaxInclusive", "Payable"):
        root = _changed(tree(), f"{_TOTALS}/{name}Amount", "77")
        assert len(advise(root)) == 1, name


def test_the_same_wrong_number_is_named_once() -> None:
    wrong = {"tax_id": "1460415309", "name": "A", "address": _ADDRESS}
    assert [advice.id for advice in advise(tree(supplier=wrong, customer=wrong))] == ["advice.vkn-check-digit"]


def test_an_envelope_is_advised_on_document_by_document() -> None:
    envelope = etree.Element(
        "{http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader}StandardBusinessDocument"
    )
    envelope.append(tree(number="ABC2025000000001"))
    envelope.append(tree(number="ABC2024000000001"))
    assert [advice.value for advice in advise(envelope)] == ["2025", "2024"]


def test_qr_data_that_says_what_the_document_says_is_fine() -> None:
    note = (
        f'{{"vkntckn": "{SELLER}", "avkntckn": "{NEIGHBOUR}", "ettn": "{UUID.upper()}", "malhizmettoplam": "100",'
        ' "kdvmatrah(20)": "100.00", "hesaplanankdv(20)": "20.00", "vergidahil": "120.00", "odenecek": "120.00"}'
    )
    assert advise(tree(notes=[note])) == []
    assert advise(tree(notes=['{"vkntckn": broken'])) == []
