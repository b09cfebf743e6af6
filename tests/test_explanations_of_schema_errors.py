"""What libxml2 says is explained, with the same id for the same mistake."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ulak.rules.explain import SchemaProblem, curated_ids, explain_schema_error

CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType><xs:sequence>
<xs:element name="b" maxOccurs="2"><xs:simpleType><xs:restriction base="xs:string">
  <xs:enumeration value="x"/><xs:enumeration value="y"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="Code" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">
  <xs:pattern value="[0-9]*"/><xs:maxLength value="3"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="Amount" minOccurs="0"><xs:simpleType><xs:restriction base="xs:decimal">
  <xs:maxInclusive value="30"/><xs:fractionDigits value="1"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="IssueDate" type="xs:date" minOccurs="0"/>
<xs:element name="e" minOccurs="0"><xs:complexType><xs:attribute name="q" use="required"/>
  <xs:attribute name="f" fixed="1"/></xs:complexType></xs:element>
</xs:sequence></xs:complexType>
<xs:unique name="u"><xs:selector xpath="b"/><xs:field xpath="."/></xs:unique></xs:element></xs:schema>"""
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
CASES = {
    "<z/>": ("xsd.root", "z"),
    "<a/>": ("xsd.missing-element", "a"),
    "<a><b>x</b><c/></a>": ("xsd.unexpected-element", "c"),
    "<a><b>z</b></a>": ("xsd.enumeration", "z"),
    "<a><b>x</b><Code>k</Code></a>": ("xsd.pattern", "k"),
    "<a><b>x</b><Code>1234</Code></a>": ("xsd.length", "Code"),
    "<a><b>x</b><Amount>31</Amount></a>": ("xsd.range", "31"),
    "<a><b>x</b><Amount>1.23</Amount></a>": ("xsd.digits", "1.23"),
    "<a><b>x</b><Amount>1,5</Amount></a>": ("xsd.value-type", "1,5"),
    "<a><b>x</b><IssueDate>31.03.2026</IssueDate></a>": ("xsd.value-type", "31.03.2026"),
    "<a><b>x</b><IssueDate/></a>": ("xsd.empty-value", "IssueDate"),
    "<a><b>x</b><e/></a>": ("xsd.attribute-missing", "q"),
    "<a><b>x</b><e q='1' w='2'/></a>": ("xsd.attribute-unexpected", "w"),
    "<a><b>x</b><e q='1' f='2'/></a>": ("xsd.fixed-value", "2"),
    "<a><b>x</b><e q='1'>text</e></a>": ("xsd.content-not-allowed", "e"),
    "<a>text<b>x</b></a>": ("xsd.text-not-allowed", "a"),
    "<a><b><i/></b></a>": ("xsd.children-not-allowed", "b"),
    "<a><b>x</b><b>x</b></a>": ("xsd.duplicate", "b"),
    f"<a {XSI}><b xsi:nil='true'/></a>": ("xsd.nil", "b"),
    f"<a {XSI}><b xsi:type='q'>x</b></a>": ("xsd.xsi-type", "q"),
}


def problems(schema: etree.XMLSchema, document: bytes) -> list[SchemaProblem]:
    schema.validate(etree.fromstring(document))
    entries: Iterable[Any] = schema.error_log  # type: ignore[assignment]  # lxml-stubs leave out the iteration
    return [explain_schema_error(entry.type_name, entry.message) for entry in entries]


@pytest.mark.parametrize("document", CASES)
def test_each_mistake_has_its_id_and_value(document: str) -> None:
    found = problems(etree.XMLSchema(etree.fromstring(SCHEMA)), document.encode())
    assert (found[0].id, found[0].value) == CASES[document]
    for problem in found:
        for text in (problem.explanation, problem.repair):
            assert text.tr
            assert text.en
            assert text.tr != text.en
            assert "{" not in "".join(text)


def test_every_id_is_published_with_a_text() -> None:
    published = {rule_id for rule_id in curated_ids() if rule_id.startswith("xsd.")}
    assert {id_ for id_, _ in CASES.values()} | {"xsd.other"} == published


def test_a_misspelled_element_is_recognised() -> None:
    found = problems(etree.XMLSchema(etree.fromstring(SCHEMA)), b"<a><b>x</b><IssueDat/></a>")[0]
    assert found.repair.tr.startswith("Adı IssueDate olabilir.")
    assert "IssueDate" in found.repair.en


def test_a_right_name_in_the_wrong_namespace_is_recognised() -> None:
    said = explain_schema_error(
        "SCHEMAV_ELEMENT_CONTENT",
        f"Element '{{urn:wrong}}ID': This element is not expected. Expected is ( {{{CBC}}}ID ).",
    )
    assert CBC in said.repair.en
    assert "ad alanı" in said.repair.tr


def test_an_unsealed_document_is_told_to_be_sealed() -> None:
    path = files("efatura_kontrol").joinpath("ekler", "xsd", "maindoc", "UBL-Invoice-2.1.xsd")
    invoice = (
        '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" '
        f'xmlns:cbc="{CBC}"><cbc:UBLVersionID>2.1</cbc:UBLVersionID></Invoice>'
    )
    found = problems(etree.XMLSchema(etree.parse(str(path))), invoice.encode())[0]
    assert found.id == "xsd.unexpected-element"
    assert "ext:UBLExtensions" in found.repair.tr
    assert "seal it" in found.repair.en


def test_a_field_is_called_by_its_name_and_its_form_is_shown() -> None:
    said = explain_schema_error(
        "SCHEMAV_CVC_DATATYPE_VALID_1_2_1",
        f"Element '{{{CBC}}}IssueDate': '01.02.2020' is not a valid value of the atomic type 'xs:date'.",
    )
    assert "IssueDate (düzenleme tarihi)" in said.explanation.tr
    assert "IssueDate (issue date)" in said.explanation.en
    assert "2026-03-31" in said.repair.tr


def test_a_huge_value_is_not_repeated_in_full() -> None:
    message = f"Element 'Amount': '{'9' * 100_000}x' is not a valid value of the atomic type 'xs:decimal'."
    said = explain_schema_error("SCHEMAV_CVC_DATATYPE_VALID_1_2_1", message)
    assert len(said.explanation.tr) < 400


@given(st.text(max_size=40), st.text(max_size=200))
def test_no_message_is_beyond_it(type_name: str, message: str) -> None:
    said = explain_schema_error(type_name, message)
    assert said.id == "xsd.other"
    assert said.explanation.tr
    assert said.repair.en


@given(st.text(alphabet="'{}(), <>ab", max_size=30), st.sampled_from(["SCHEMAV_ELEMENT_CONTENT", "SCHEMAV_CVC_AU"]))
def test_odd_names_and_values_do_not_confuse_it(value: str, type_name: str) -> None:
    said = explain_schema_error(type_name, f"Element 'a', attribute 'b': The value '{value}' is not right.")
    assert said.explanation.tr
