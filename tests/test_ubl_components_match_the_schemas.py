"""The classes say what the schemas say: no element or attribute is missing, misspelt or out of order."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from support import REFERENCE, needs_reference
from ubl_examples import XSD_FOLDER
from ulak.ubl import values
from ulak.ubl.describe import Leaf, attributes_of, members_of
from ulak.ubl.documents import read_document, write_document
from ulak.ubl.native_receipt import NativeReceipt
from ulak.ubl.values import Component

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_NATIVE = REFERENCE / "packages" / "earsiv-1.1_6" / "eArsivVeri.xsd"
_LEAVES = {
    "AmountType": values.Amount,
    "BinaryObjectType": values.Binary,
    "CodeType": values.Code,
    "IdentifierType": values.Identifier,
    "MeasureType": values.Measure,
    "NumericType": values.Numeric,
    "QuantityType": values.Quantity,
    "TextType": values.LanguageText,
}


def _tool() -> ModuleType:
    path = Path(__file__).parents[1] / "tools" / "update_components.py"
    spec = spec_from_file_location("update_components", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_components_are_what_the_installed_schemas_give() -> None:
    tool = _tool()
    assert tool.TARGET.read_text(encoding="utf-8") == tool.render()


@pytest.mark.parametrize(("name", "leaf"), _LEAVES.items())
def test_a_leaf_has_every_attribute_that_the_schema_allows(name: str, leaf: Leaf) -> None:
    core = etree.parse(str(XSD_FOLDER / "common" / "CCTS_CCT_SchemaModule-2.1.xsd"))
    allowed = [a.get("name") for a in core.iterfind(f".//{_XSD}complexType[@name='{name}']//{_XSD}attribute")]
    assert sorted(attribute.name for attribute in attributes_of(leaf)) == sorted(map(str, allowed))


@pytest.mark.parametrize(("name", "leaf"), _LEAVES.items())
def test_a_leaf_requires_the_attributes_that_the_schema_requires(name: str, leaf: Leaf) -> None:
    types = etree.parse(str(XSD_FOLDER / "common" / "UBL-UnqualifiedDataTypes-2.1.xsd"))
    found = types.iterfind(f".//{_XSD}complexType[@name='{name}']//{_XSD}attribute[@use='required']")
    assert [a.name for a in attributes_of(leaf) if a.required] == [a.get("name") for a in found]


def _declared(element: etree._Element, schema: etree._Element) -> Iterator[tuple[str, bool, etree._Element]]:
    """Name, repetition and declaration of the child elements of a declared element."""
    named = schema.find(f"{_XSD}complexType[@name='{element.get('type')}']")
    content = element.find(_XSD + "complexType") if named is None else named
    for child in content.iterfind(".//*") if content is not None else ():
        owner = next(child.iterancestors(_XSD + "complexType"), None)
        if child.tag == _XSD + "element" and owner is content:
            prefix = "earsiv:" if child.get("form") == "qualified" else ""
            yield f"{prefix}{child.get('name')}", child.get("maxOccurs", "1") != "1", child


def _assert_same(component: type[Component], element: etree._Element, schema: etree._Element) -> None:
    declared = list(_declared(element, schema))
    assert [(m.name, m.repeated) for m in members_of(component)] == [(name, many) for name, many, _ in declared]
    for member, (_, _, child) in zip(members_of(component), declared, strict=True):
        if member.type is not None and issubclass(member.type, Component):
            _assert_same(member.type, child, schema)
        else:
            assert not list(_declared(child, schema))


@needs_reference
def test_the_native_receipt_is_what_its_schema_says() -> None:
    schema = etree.parse(str(_NATIVE)).getroot()
    _assert_same(NativeReceipt, schema.find(f"{_XSD}element[@name='eArsivVeri']"), schema)  # type: ignore[arg-type]


@needs_reference
def test_a_native_receipt_is_still_valid_after_reading_and_writing() -> None:
    sample = REFERENCE / "samples" / "esmm" / "GIBFramework" / "SerbestMeslekMakbuzu.xml"
    written = write_document(read_document(sample.read_bytes()))
    etree.XMLSchema(file=str(_NATIVE)).assertValid(etree.fromstring(written))
