"""What libxml2 says about a document that breaks its XSD, in words of a person."""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.rules.explanations.words import element as element_name
from ulak.rules.explanations.words import term

__all__ = ["PLACEHOLDERS", "SchemaProblem", "read_message", "schema_id"]

_MESSAGE: Final = re.compile(
    r"Element '(?P<element>(?:\{[^}]*\})?[^']+)'(?:, attribute '(?P<attribute>(?:\{[^}]*\})?[^']+)')?: (?P<rest>.*)",
    re.DOTALL,
)
_EXPECTED: Final = re.compile(r"Expected is (?:one of )?\( (.*) \)", re.DOTALL)
_QUOTED: Final = re.compile(r"[Vv]alue '(.*?)'(?: |\.|$)", re.DOTALL)
_TYPED: Final = re.compile(
    r"^'(?P<value>.*)' is not a valid value of the (?:(?:local )?\w+ type)(?: '(?P<type>[^']+)')?", re.DOTALL
)
_LAST_QUOTED: Final = re.compile(r"'([^']*)'[^']*$")
_ATTRIBUTE: Final = re.compile(r"The attribute '([^']+)'")
_SET: Final = re.compile(r"the set \{(.*)\}", re.DOTALL)
_LISTED: Final = 8
_LONGEST: Final = 80

_IDS: Final[dict[str, str]] = {
    "SCHEMAV_CVC_ELT_1": "xsd.root",
    "SCHEMAV_CVC_ELT_3_1": "xsd.nil",
    "SCHEMAV_CVC_ELT_3_2_1": "xsd.nil",
    "SCHEMAV_CVC_ELT_3_2_2": "xsd.nil",
    "SCHEMAV_CVC_ELT_4_1": "xsd.xsi-type",
    "SCHEMAV_CVC_ELT_4_2": "xsd.xsi-type",
    "SCHEMAV_CVC_ELT_4_3": "xsd.xsi-type",
    "SCHEMAV_CVC_ELT_5_2_2_2_1": "xsd.fixed-value",
    "SCHEMAV_CVC_ELT_5_2_2_2_2": "xsd.fixed-value",
    "SCHEMAV_CVC_AU": "xsd.fixed-value",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": "xsd.content-not-allowed",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_2": "xsd.children-not-allowed",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "xsd.text-not-allowed",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "xsd.attribute-unexpected",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "xsd.attribute-unexpected",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "xsd.attribute-missing",
    "SCHEMAV_CVC_TYPE_3_1_1": "xsd.attribute-unexpected",
    "SCHEMAV_CVC_TYPE_3_1_2": "xsd.children-not-allowed",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "xsd.value-type",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_2": "xsd.value-type",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_3": "xsd.value-type",
    "SCHEMAV_CVC_ENUMERATION_VALID": "xsd.enumeration",
    "SCHEMAV_CVC_PATTERN_VALID": "xsd.pattern",
    "SCHEMAV_CVC_LENGTH_VALID": "xsd.length",
    "SCHEMAV_CVC_MINLENGTH_VALID": "xsd.length",
    "SCHEMAV_CVC_MAXLENGTH_VALID": "xsd.length",
    "SCHEMAV_CVC_MININCLUSIVE_VALID": "xsd.range",
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": "xsd.range",
    "SCHEMAV_CVC_MINEXCLUSIVE_VALID": "xsd.range",
    "SCHEMAV_CVC_MAXEXCLUSIVE_VALID": "xsd.range",
    "SCHEMAV_CVC_TOTALDIGITS_VALID": "xsd.digits",
    "SCHEMAV_CVC_FRACTIONDIGITS_VALID": "xsd.digits",
    "SCHEMAV_CVC_IDC": "xsd.duplicate",
}
_TYPE_BY_ENDING: Final = {
    "Amount": "xs:decimal",
    "Quantity": "xs:decimal",
    "Percent": "xs:decimal",
    "Numeric": "xs:decimal",
    "Rate": "xs:decimal",
    "Measure": "xs:decimal",
    "Date": "xs:date",
    "Time": "xs:time",
    "Indicator": "xs:boolean",
}
_SOME: Final = Text("…", "…")
_NOTHING: Final = Text("başka öğe olamaz", "no further element")
_UNKNOWN_TYPE: Final = Text("şemadaki türde bir değer", "a value of the type in the schema")
_NO_HINT: Final = Text("", "")
_NEAR: Final = Text("Adı {near} olabilir.", "Its name may be meant to be {near}.")
_UNSEALED: Final = Text(
    "İmzanın konduğu ext:UBLExtensions belgenin ilk öğesi olarak eksik; belge imzalanmadıysa önce imzalayın.",
    "ext:UBLExtensions, which holds the signature, is missing as the first element; if it is unsealed, seal it.",
)
_NAMESPACE: Final = Text(
    "Öğenin adı doğru, ad alanı yanlış; beklenen ad alanı: {near}.",
    "The name of the element is right, its namespace is not; the expected namespace is {near}.",
)
PLACEHOLDERS: Final[dict[str, Text]] = {
    "element": Text("bu", "in question"),
    "field": Text("ilgili", "in question"),
    "attribute": Text("ilgili", "in question"),
    "expected": Text("doğrulayıcının iletisinde sayılanlar", "those named in the validator's message"),
    "allowed": Text("doğrulayıcının iletisinde sayılanlar", "those named in the validator's message"),
    "type": _UNKNOWN_TYPE,
    "value": _SOME,
    "pattern": _SOME,
    "limit": _SOME,
}
"""What the braces of ``schema.toml`` say where there is no message to fill them from."""


class SchemaProblem(NamedTuple):
    """A schema violation, explained.

    Attributes:
        id: stable, ``xsd.*``.
        explanation: what is wrong.
        repair: what to do.
        value: the offending value, or the name of the offending element or attribute.
    """

    id: str
    explanation: Text
    repair: Text
    value: str


class Facts(NamedTuple):
    """What a message says: fillings for the braces, the offending value, and a hint to add to the repair."""

    fillings: dict[str, Text]
    value: str
    hint: Text


def schema_id(type_name: str, message: str) -> str:
    """The stable id for a libxml2 error.

    >>> schema_id("SCHEMAV_CVC_PATTERN_VALID", "")
    'xsd.pattern'
    """
    if type_name == "SCHEMAV_ELEMENT_CONTENT":
        return "xsd.missing-element" if "Missing child" in message else "xsd.unexpected-element"
    found = _IDS.get(type_name, "xsd.other")
    if found == "xsd.value-type" and ": '' is not a valid value" in message:
        return "xsd.empty-value"
    return found


def read_message(message: str) -> Facts:
    """Take a libxml2 message apart; what it does not say stays at `PLACEHOLDERS`."""
    match = _MESSAGE.match(message)
    if match is None:
        return Facts(dict(PLACEHOLDERS), "", _NO_HINT)
    name, rest = match["element"], match["rest"]
    attribute = match["attribute"] or _first(_ATTRIBUTE, rest)
    typed = _TYPED.match(rest)
    value = typed["value"] if typed else _first(_QUOTED, rest)
    element = _labelled(name)
    fillings = {**PLACEHOLDERS, "element": element, "field": _field(element, match["attribute"])}
    fillings["attribute"] = _same(_local(attribute))
    fillings["value"] = _same(_clipped(value))
    fillings["type"] = _type((typed["type"] if typed else "") or "", match["attribute"] or name)
    fillings["pattern"] = fillings["limit"] = _same(_first(_LAST_QUOTED, rest))
    fillings["allowed"] = _same(_shortened([code.strip(" '") for code in _first(_SET, rest).split("', '")]))
    expected = [tag for tag in _first(_EXPECTED, rest).split(", ") if tag]
    fillings["expected"] = _expected(expected)
    return Facts(
        fillings, value or _local(attribute or name), _hint(name, expected) if "not expected" in rest else _NO_HINT
    )


def _clipped(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _same(text: str) -> Text:
    return Text(text, text)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


@cache
def _labelled(tag: str) -> Text:
    name = _local(tag)
    known = element_name((name,))
    return Text(f"{name} ({known.tr})", f"{name} ({known.en})") if known else _same(name)


def _field(element: Text, attribute: str | None) -> Text:
    if not attribute:
        return element
    return Text(f"{element.tr} öğesinin {_local(attribute)}", f"the attribute {_local(attribute)} of {element.en}")


def _type(type_name: str, tag: str) -> Text:
    guess = next((type_ for ending, type_ in _TYPE_BY_ENDING.items() if _local(tag).endswith(ending)), "")
    return term("types", type_name) or term("types", guess) or _UNKNOWN_TYPE


def _shortened(names: list[str]) -> str:
    shown = ", ".join(names[:_LISTED])
    return f"{shown}, … (+{len(names) - _LISTED})" if len(names) > _LISTED else shown


def _expected(tags: list[str]) -> Text:
    return _same(_shortened([_local(tag) for tag in tags])) if tags else _NOTHING


def _hint(tag: str, expected: list[str]) -> Text:
    name = _local(tag)
    if [_local(other) for other in expected] == ["UBLExtensions"]:
        return _UNSEALED
    same = [other for other in expected if _local(other) == name and other != tag]
    if same:
        return _NAMESPACE.format(near=same[0][1:].partition("}")[0] if same[0].startswith("{") else "–")
    near = difflib.get_close_matches(name, [_local(other) for other in expected], n=1, cutoff=0.75)
    return _NEAR.format(near=near[0]) if near else _NO_HINT
