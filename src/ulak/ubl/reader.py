"""XML to components: one table per class, made when it is first read.

Nothing that the schema allows is lost. What the model has no field for is kept and written back in its place:
the content of extensions, unknown elements and attributes, a second value where the schema allows one, stray text.
Comments and processing instructions outside of kept XML, white space between elements and the choice of prefixes are
not kept; so a sealed document keeps its meaning but not its signature, which is verified on the original bytes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar, cast

from lxml import etree

from ulak.errors import Text, UlakError
from ulak.ubl.describe import Kind, Leaf, Member, attributes_of, members_of
from ulak.ubl.escape import escape_attribute, escape_text
from ulak.ubl.names import clark, prefixed
from ulak.ubl.values import DATE_PATTERN, DATE_TIME_PATTERN, TIME_PATTERN, Component, Kept, KeptAttribute, KeptContent

__all__ = ["line_of", "read_component", "xpath_of"]

C = TypeVar("C", bound=Component)
_Attributes = list[tuple[str, str]]
_Read = Callable[[etree._Element, _Attributes], Any]
_Convert = Callable[[str], Any]

_SHOWN: Final = 60
_BLANKS: Final = " \t\n\r"
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DECLARATION: Final = re.compile(r'\s(xmlns(?::([^\s=]+))?="[^"]*")')
_START: Final = re.compile(r"(<[^\s/>]+)(.*)", re.DOTALL)
_FLAGS: Final = {"true": True, "1": True, "false": False, "0": False}

_EXPECTED: Final[dict[Kind, Text]] = {
    "number": Text("bir sayı (ör. 10.00)", "a number (e.g. 10.00)"),
    "amount": Text("bir tutar (ör. 10.00)", "an amount (e.g. 10.00)"),
    "measured": Text("bir miktar (ör. 10.00)", "a quantity (e.g. 10.00)"),
    "flag": Text("true ya da false", "true or false"),
    "date": Text("bir tarih (YYYY-AA-GG)", "a date (YYYY-MM-DD)"),
    "time": Text("bir saat (SS:DD:ss)", "a time (hh:mm:ss)"),
    "datetime": Text("bir tarih ve saat", "a date and time"),
}


class _Entry(NamedTuple):
    field: str
    read: _Read
    repeated: bool


def read_component(component: type[C], element: etree._Element) -> C:
    """Read ``element`` as a component of the given class.

    Raises:
        UlakError: ``ubl.value`` for a value that its type cannot hold, with XPath and line.
    """
    return cast(C, _read_children(component, _table(component), element))


def xpath_of(element: etree._Element) -> str:
    """Where an element stands, with the prefixes of this house: ``/Invoice/cac:InvoiceLine[2]/cbc:ID``."""
    steps: list[str] = []
    at: etree._Element | None = element
    while at is not None:
        name = prefixed(str(at.tag))
        twins = sum(1 for _ in at.itersiblings(at.tag, preceding=True))
        only = twins == 0 and next(at.itersiblings(at.tag), None) is None
        steps.append(name if only else f"{name}[{twins + 1}]")
        at = at.getparent()
    return "/" + "/".join(reversed(steps))


@cache
def _table(component: type[Component]) -> dict[Any, _Entry]:
    members = members_of(component)
    return {clark(member.name): _Entry(member.field, _reader(member), member.repeated) for member in members}


def _read_children(component: type[Component], table: dict[Any, _Entry], element: etree._Element) -> Component:
    found: dict[str, Any] = {}
    many: dict[str, list[Any]] = {}
    kept: list[Kept] = []
    extra: _Attributes = []
    last, index = "", 0
    if (text := element.text) and text.strip(_BLANKS):
        kept.append(KeptContent(escape_text(text)))
    for child in list(element):
        entry = table.get(child.tag)
        value = _UNREADABLE if entry is None or entry.field in found else entry.read(child, extra)
        if entry is None:
            _keep_element(child, last, index, kept)
        elif value is _UNREADABLE:
            # Beside its own kind, so that among twins the first one stays the first.
            before = len(many.get(entry.field, ())) + (entry.field in found)
            _keep_element(child, entry.field, before - 1, kept)
            extra.clear()
        else:
            last, index = entry.field, 0
            if entry.repeated:
                values = many.setdefault(last, [])
                index = len(values)
                values.append(value)
            else:
                found[last] = value
            if extra:
                kept += [KeptAttribute(name, text, last, index) for name, text in extra]
                extra.clear()
        if (text := child.tail) and text.strip(_BLANKS):
            kept.append(KeptContent(escape_text(text), last, index))
    for field, values in many.items():
        found[field] = tuple(values)
    return component(**found, kept=tuple(kept)) if kept else component(**found)


def _keep_element(element: etree._Element, after: str, index: int, kept: list[Kept]) -> None:
    if isinstance(element.tag, str):
        kept.append(KeptContent(_standing_alone(element), after, index))


def _standing_alone(element: etree._Element) -> str:
    """The XML of an element with those declarations of namespaces that it needs, wherever they were made."""
    xml = etree.tostring(element, encoding="unicode", with_tail=False)
    head, close, rest = xml.partition(">")
    found = _DECLARATION.findall(head)
    name, attributes = _START.match(_DECLARATION.sub("", head)).groups()  # type: ignore[union-attr]
    declared = [
        f" {each}" for each, prefix in found if prefix and re.search(rf"(?<![\w.-]){prefix}:", name + attributes + rest)
    ]
    default = element.nsmap.get(None) or ""
    if any(child.prefix is None and _namespace(child) == default for child in element.iter(etree.Element)):
        declared.insert(0, f' xmlns="{escape_attribute(default)}"')
    return "".join([name, *declared, attributes, close, rest])


def _namespace(element: etree._Element) -> str:
    return etree.QName(element).namespace or ""


def _reader(member: Member) -> _Read:
    if member.kind == "component":
        return _component_reader(cast(type[Component], member.type))
    convert = _CONVERTERS[member.kind]
    if member.type is None:
        return _plain_reader(convert, member.kind)
    return _leaf_reader(member.type, convert, member.kind)


def _component_reader(component: type[Component]) -> _Read:
    def read(element: etree._Element, extra: _Attributes) -> Component:
        attributes: Any = element.items()
        extra += attributes
        return _read_children(component, _table(component), element)

    return read


def _plain_reader(convert: _Convert, kind: Kind) -> _Read:
    def read(element: etree._Element, extra: _Attributes) -> object:
        attributes: Any = element.items()
        extra += attributes
        return _converted(element, convert, kind)

    return read


def _leaf_reader(leaf: Leaf, convert: _Convert, kind: Kind) -> _Read:
    fields = {attribute.name: attribute.field for attribute in attributes_of(leaf)}
    required = [attribute for attribute in attributes_of(leaf) if attribute.required]
    bare = kind in ("text", "number")

    def read(element: etree._Element, extra: _Attributes) -> object:
        value = _converted(element, convert, kind)
        attributes: Any = element.items()
        if bare and not attributes:
            return value
        known: dict[str, str] = {}
        for name, text in attributes:
            if name in fields:
                known[fields[name]] = text
            else:
                extra.append((name, text))
        for attribute in required:
            if attribute.field not in known:
                raise _missing_attribute(element, attribute.name)
        return value if value is _UNREADABLE or (bare and not known) else leaf(value, **known)

    return read


def line_of(element: etree._Element) -> int | None:
    """The line in the input, counted from 1."""
    return cast("int | None", element.sourceline)


def _converted(element: etree._Element, convert: _Convert, kind: Kind) -> object:
    text = element.text or ""
    if len(element):
        if any(isinstance(child.tag, str) for child in element):
            return _UNREADABLE
        text += "".join(child.tail or "" for child in element)
    if convert is str:
        return text
    try:
        return convert(text)
    except ValueError:
        raise _bad_value(element, text, kind) from None


def _decimal(text: str) -> Decimal:
    text = text.strip(_BLANKS)
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _flag(text: str) -> bool:
    try:
        return _FLAGS[text.strip(_BLANKS)]
    except KeyError:
        raise ValueError(text) from None


def _lexical(pattern: str) -> Callable[[str], str]:
    expression = re.compile(pattern)

    def convert(text: str) -> str:
        text = text.strip(_BLANKS)
        match = expression.fullmatch(text)
        if not match or (match.lastindex and not _exists(*map(int, match.groups()))):
            raise ValueError(text)
        return text

    return convert


def _exists(year: int, month: int, day: int) -> bool:
    # The calendar repeats after 400 years; Python's own stops at 9999, that of XML Schema does not, but has no year 0.
    return year != 0 and day <= monthrange(2000 + year % 400, month)[1]


_UNREADABLE: Final = object()
_CONVERTERS: Final[dict[Kind, _Convert]] = {
    "text": str,
    "binary": str,
    "number": _decimal,
    "amount": _decimal,
    "measured": _decimal,
    "flag": _flag,
    "date": _lexical(DATE_PATTERN),
    "time": _lexical(TIME_PATTERN),
    "datetime": _lexical(DATE_TIME_PATTERN),
}


def _bad_value(element: etree._Element, text: str, kind: Kind) -> UlakError:
    name = prefixed(str(element.tag))
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    expected = _EXPECTED[kind]
    return UlakError(
        "ubl.value",
        Text(f"{name} değeri okunamıyor: “{shown}”.", f"The value of {name} cannot be read: “{shown}”."),
        Text(f"Beklenen: {expected.tr}.", f"Expected: {expected.en}."),
        where=xpath_of(element),
        line=line_of(element),
    )


def _missing_attribute(element: etree._Element, attribute: str) -> UlakError:
    name = prefixed(str(element.tag))
    return UlakError(
        "ubl.value",
        Text(f"{name} öğesinde {attribute} niteliği yok.", f"{name} has no {attribute} attribute."),
        Text(f"{attribute} niteliğini ekleyin.", f"Add the {attribute} attribute."),
        where=xpath_of(element),
        line=line_of(element),
    )
