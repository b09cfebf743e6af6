"""Write src/ulak/ubl/components.py from the UBL-TR schemas that the installed efatura-kontrol package carries.

Run it after a change of that package: ``.venv/bin/python tools/update_components.py``. Only names, order and repetition
are taken from the schemas.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

from lxml import etree

TARGET: Final = Path(__file__).parents[1] / "src" / "ulak" / "ubl" / "components.py"
DOCUMENTS: Final = ("Invoice", "CreditNote", "DespatchAdvice", "ReceiptAdvice", "ApplicationResponse")

_XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_UNQUALIFIED: Final = _UBL + "UnqualifiedDataTypes-2"
_PREFIXES: Final = {
    _UBL + "CommonAggregateComponents-2": "cac",
    _UBL + "CommonBasicComponents-2": "cbc",
    _UBL + "CommonExtensionComponents-2": "ext",
}
_LEAVES: Final = {
    "AmountType": "Amount",
    "BinaryObjectType": "Binary",
    "CodeType": "CodeValue",
    "DateTimeType": "DateTime",
    "DateType": "Date",
    "IdentifierType": "IdentifierValue",
    "IndicatorType": "bool",
    "MeasureType": "Measure",
    "NameType": "TextValue",
    "NumericType": "NumericValue",
    "PercentType": "NumericValue",
    "QuantityType": "Quantity",
    "RateType": "NumericValue",
    "TextType": "TextValue",
    "TimeType": "Time",
    "ValueType": "NumericValue",
}
_WORDS: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")
_HEAD: Final = '''\
# Written by tools/update_components.py from the UBL-TR schemas of efatura-kontrol {version}.
"""The components of the UBL-TR documents: one class per type of the schema, fields in the schema's order.

Everything is optional here, because a draft and a faulty document must be representable too; the rule pack
judges what is missing. Repeated elements are tuples. The schema: UBL-TR 1.2.1, a subset of UBL 2.1.
"""

from __future__ import annotations

from msgspec import field

from ulak.ubl.values import {used}

__all__ = [{all}]'''
_QName = tuple[str, str]


class _Member(NamedTuple):
    name: str
    type: str
    repeated: bool


class Schemas:
    """All global elements and types of the schema files, by qualified name."""

    def __init__(self, folder: Path) -> None:
        self.elements: dict[_QName, etree._Element] = {}
        self.types: dict[_QName, etree._Element] = {}
        for path in sorted(folder.glob("common/*.xsd")) + sorted(folder.glob("maindoc/*.xsd")):
            self._add(etree.parse(str(path)).getroot())

    def _add(self, schema: etree._Element) -> None:
        namespace = schema.get("targetNamespace", "")
        for child in schema:
            if child.tag == _XSD + "element":
                self.elements[namespace, child.get("name", "")] = child
            elif child.tag == _XSD + "complexType":
                self.types[namespace, child.get("name", "")] = child

    def leaf(self, name: _QName) -> str | None:
        """The name of the value type if the type has simple content."""
        extension = self.types[name].find(f"{_XSD}simpleContent/*")
        if extension is None:
            return None
        return _LEAVES[name[1]] if name[0] == _UNQUALIFIED else self.leaf(_qname(extension, "base"))

    def members(self, name: _QName) -> list[_Member]:
        """The child elements of a type, in order."""
        return [self._member(element) for element in self.types[name].iter(_XSD + "element")]

    def children(self, name: _QName) -> list[_QName]:
        """The types of the child elements that are components themselves."""
        found = [_qname(self.elements[_qname(e, "ref")], "type") for e in self.types[name].iter(_XSD + "element")]
        return [child for child in found if self.leaf(child) is None]

    def _member(self, element: etree._Element) -> _Member:
        reference = _qname(element, "ref")
        kind = _qname(self.elements[reference], "type")
        name = f"{_PREFIXES[reference[0]]}:{reference[1]}"
        return _Member(name, self.leaf(kind) or class_name(kind), element.get("maxOccurs", "1") != "1")


def _qname(element: etree._Element, attribute: str) -> _QName:
    prefix, _, local = element.get(attribute, "").rpartition(":")
    return element.nsmap.get(prefix or None, ""), local


def class_name(kind: _QName) -> str:
    return kind[1].removesuffix("Type")


def snake_case(name: str) -> str:
    return "_".join(_WORDS.findall(name)).lower()


def reachable(schemas: Schemas) -> list[_QName]:
    """The types of the documents, then all others by name."""
    documents = [(f"{_UBL}{name}-2", f"{name}Type") for name in DOCUMENTS]
    found: set[_QName] = set()
    waiting = list(documents)
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            waiting += schemas.children(kind)
    return documents + sorted(found - set(documents), key=class_name)


def _field(member: _Member) -> str:
    kind = f"tuple[{member.type}, ...]" if member.repeated else f"{member.type} | None"
    default = "()" if member.repeated else "None"
    return f'    {snake_case(member.name.partition(":")[2])}: {kind} = field(name="{member.name}", default={default})'


def _class(schemas: Schemas, kind: _QName) -> str:
    fields = [_field(member) for member in schemas.members(kind)] or ["    pass"]
    head = f"class {class_name(kind)}(Component, frozen=True, kw_only=True):"
    return "\n".join([head, *fields])


def render() -> str:
    """The text of components.py."""
    schemas = Schemas(Path(str(files("efatura_kontrol"))) / "ekler" / "xsd")
    kinds = reachable(schemas)
    exported = ", ".join(f'"{name}"' for name in sorted(class_name(kind) for kind in kinds))
    used = {member.type for kind in kinds for member in schemas.members(kind)} & set(_LEAVES.values()) - {"bool"}
    head = _HEAD.format(version=version("efatura-kontrol"), used=", ".join(sorted({*used, "Component"})), all=exported)
    text = "\n\n\n".join([head, *(_class(schemas, kind) for kind in kinds)])
    return _formatted(text + "\n")


def _formatted(text: str) -> str:
    command = [sys.executable, "-m", "ruff"]
    sort = [*command, "check", "--select=I", "--fix", "--quiet", "--stdin-filename", str(TARGET), "-"]
    for step in (sort, [*command, "format", "--quiet", "--stdin-filename", str(TARGET), "-"]):
        text = subprocess.run(step, input=text, capture_output=True, text=True, check=True).stdout
    return text


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
