"""What a type or XML itself cannot hold is refused with a code, a place and a sentence in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import pytest
from lxml import etree

from ulak.errors import UlakError
from ulak.ubl import credit_note, freelance_receipt, invoice, read_document, write_document
from ulak.ubl.components import (
    Attachment,
    DocumentReference,
    Invoice,
    InvoiceLine,
    Item,
    MonetaryTotal,
)
from ulak.ubl.documents import ROOTS, Document
from ulak.ubl.names import NAMESPACES
from ulak.ubl.native_receipt import NativeReceipt
from ulak.ubl.values import Amount, Binary, Identifier, Quantity

_OPEN = f'<Invoice xmlns="{ROOTS[Invoice].namespace}" xmlns:cac="{NAMESPACES["cac"]}" xmlns:cbc="{NAMESPACES["cbc"]}">'


def _refused(body: str) -> UlakError:
    with pytest.raises(UlakError) as caught:
        invoice.read(f"{_OPEN}\n{body}</Invoice>".encode())
    error = caught.value
    assert error.text.tr
    assert error.text.en
    assert error.repair.tr
    assert error.repair.en
    return error


@pytest.mark.parametrize(
    "text", ["abc", "", "1,5", "1e5", "NaN", "INF", "1_000", "١٢", "--1", ".", "1.2.3", "0x1", "1 000"]
)
def test_an_amount_that_is_no_decimal_is_refused(text: str) -> None:
    amount = f'<cbc:PayableAmount currencyID="TRY">{text}</cbc:PayableAmount>'
    error = _refused(f"<cac:LegalMonetaryTotal>{amount}</cac:LegalMonetaryTotal>")
    assert (error.code, error.where) == ("ubl.value", "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount")
    assert error.line == 2
    assert f"“{text}”" in error.text.tr


def test_an_amount_without_a_currency_is_refused() -> None:
    error = _refused("<cac:LegalMonetaryTotal><cbc:PayableAmount>1</cbc:PayableAmount></cac:LegalMonetaryTotal>")
    assert error.code == "ubl.value"
    assert "currencyID" in error.text.en


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-2-3",
        "20260203",
        "03.02.2026",
        "",
        "2026-02-03T00:00:00",
        "2026-02-03+15:00",
        "0000-01-01",
        "1900-02-29",
    ],
)
def test_a_date_that_is_none_is_refused(text: str) -> None:
    assert _refused(f"<cbc:IssueDate>{text}</cbc:IssueDate>").code == "ubl.value"


@pytest.mark.parametrize("text", ["2024-02-29", "2026-07-01+03:00", "12026-01-31Z", "-0044-03-15", "0400-02-29"])
def test_a_date_that_the_schema_allows_is_read_as_it_is(text: str) -> None:
    assert invoice.read(f"{_OPEN}<cbc:IssueDate> {text}\n</cbc:IssueDate></Invoice>".encode()).issue_date == text


@pytest.mark.parametrize("text", ["24:00:01", "12:60:00", "12:00", "", "12:00:00.", "1:02:03"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    assert _refused(f"<cbc:IssueTime>{text}</cbc:IssueTime>").where == "/Invoice/cbc:IssueTime"


@pytest.mark.parametrize("text", ["evet", "", "TRUE", "2"])
def test_an_indicator_that_is_neither_is_refused(text: str) -> None:
    assert _refused(f"<cbc:CopyIndicator>{text}</cbc:CopyIndicator>").code == "ubl.value"


def test_the_place_counts_lines_of_the_invoice() -> None:
    lines = "<cac:InvoiceLine/>\n<cac:InvoiceLine><cbc:InvoicedQuantity>x</cbc:InvoicedQuantity></cac:InvoiceLine>"
    error = _refused(lines)
    assert (error.where, error.line) == ("/Invoice/cac:InvoiceLine[2]/cbc:InvoicedQuantity", 3)


def test_a_long_value_is_shortened_in_the_sentence() -> None:
    assert len(_refused(f"<cbc:IssueDate>{'9' * 10_000}</cbc:IssueDate>").text.tr) < 150


@pytest.mark.parametrize("text", [" 10.00 ", "+10.00", "10.00\n"])
def test_values_may_stand_between_white_space(text: str) -> None:
    line = f"<cac:InvoiceLine><cbc:InvoicedQuantity>{text}</cbc:InvoicedQuantity></cac:InvoiceLine>"
    read = invoice.read(f"{_OPEN}{line}</Invoice>".encode())
    assert read.invoice_line[0].invoiced_quantity == Quantity(Decimal("10.00"))


def test_digits_are_kept() -> None:
    total = MonetaryTotal(
        payable_amount=Amount(Decimal("10.00"), "TRY"), line_extension_amount=Amount(Decimal("1E+2"), "TRY")
    )
    written = invoice.write(Invoice(legal_monetary_total=total))
    assert b">10.00<" in written
    assert b">100<" in written


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_not_written(number: str) -> None:
    total = MonetaryTotal(payable_amount=Amount(Decimal(number), "TRY"))
    with pytest.raises(UlakError, match=r"ubl\.value"):
        invoice.write(Invoice(legal_monetary_total=total))


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_carry_is_refused_with_its_element(character: str) -> None:
    line = InvoiceLine(item=Item(name=f"Kalem{character}"))
    with pytest.raises(UlakError) as caught:
        invoice.write(Invoice(note=("A & B",), invoice_line=(line,)))
    assert (caught.value.code, caught.value.where) == ("ubl.character", "cbc:Name")
    assert f"U+{ord(character):04X}" in caught.value.text.tr


def test_a_character_that_xml_cannot_carry_is_refused_in_attributes_too() -> None:
    with pytest.raises(UlakError) as caught:
        invoice.write(Invoice(id=Identifier("1", scheme_id="\x00")))
    assert (caught.value.code, caught.value.where) == ("ubl.character", "@schemeID")


def test_text_is_escaped_wherever_it_stands() -> None:
    name = "<b> & \"c\" 'd' ]]> \r\n ş"
    written = invoice.write(Invoice(id=Identifier(name, scheme_id=name), note=(name,)))
    root = etree.fromstring(written)
    assert [root[0].text, root[0].get("schemeID"), root[1].text] == [name, name, name]


@pytest.mark.parametrize("size", [10, 100_000])
@pytest.mark.parametrize("name", ["ş", "A & B"])
def test_an_embedded_file_of_any_size_comes_back(size: int, name: str) -> None:
    file = Binary.of(b"\x00\xff" * size, "application/xml", filename=name)
    reference = DocumentReference(id=name, attachment=Attachment(embedded_document_binary_object=file))
    document = Invoice(note=(name,), additional_document_reference=(reference, reference), uuid="ü")
    assert invoice.read(invoice.write(document)) == document
    assert file.content() == b"\x00\xff" * size


def test_a_very_long_text_is_escaped_as_any_other() -> None:
    document = Invoice(note=("a", "<ş>" * 20_000, "&"))
    assert invoice.read(invoice.write(document)) == document


def test_an_attachment_that_is_not_base64_is_refused_when_it_is_opened() -> None:
    with pytest.raises(UlakError, match=r"ubl\.value"):
        Binary("%%%", "application/xml").content()


def test_another_root_is_refused() -> None:
    with pytest.raises(UlakError) as caught:
        read_document(b"<html/>")
    assert (caught.value.code, caught.value.line) == ("ubl.root", 1)


def test_a_wrong_namespace_is_told_from_a_wrong_root() -> None:
    with pytest.raises(UlakError) as caught:
        read_document(b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-1"/>')
    assert caught.value.code == "ubl.namespace"
    assert ROOTS[Invoice].namespace in caught.value.repair.tr


def test_a_document_of_another_kind_is_refused_by_the_verbs_of_a_kind() -> None:
    with pytest.raises(UlakError) as caught:
        credit_note.read(invoice.write(Invoice()))
    assert caught.value.code == "ubl.root"


def test_a_freelance_receipt_is_read_in_both_forms_and_nothing_else_is() -> None:
    ubl, native = Invoice(invoice_type_code="SERBESTMESLEKMAKBUZU"), NativeReceipt()
    assert [freelance_receipt.read(freelance_receipt.write(each)) for each in (ubl, native)] == [ubl, native]
    with pytest.raises(UlakError, match=r"ubl\.kind"):
        freelance_receipt.read(write_document(Invoice(invoice_type_code="SATIS")))


def test_the_root_declares_the_same_prefixes_in_every_document() -> None:
    for document, root in ROOTS.items():
        written = etree.fromstring(write_document(cast(Document, document())))
        assert written.nsmap[None] == root.namespace
        assert {prefix for prefix in written.nsmap if prefix} == set(root.prefixes)
