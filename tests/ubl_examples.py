"""Hypothesis strategies for components, made by looking at the classes; and the schemas to hold them against."""

from __future__ import annotations

import base64
from datetime import date, time
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import msgspec
from hypothesis import strategies as st
from lxml import etree

from ulak.ubl.describe import Leaf, Member, attributes_of, members_of
from ulak.ubl.documents import ROOTS, Document
from ulak.ubl.values import Component

XSD_FOLDER = Path(str(files("efatura_kontrol"))) / "ekler" / "xsd"
_XSD = "{http://www.w3.org/2001/XMLSchema}"

# Everything that XML 1.0 can carry.
_characters = st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
texts = st.text(_characters | st.sampled_from("\t\n\r&<>\"'"), max_size=12)
decimals = st.decimals(
    min_value=Decimal("-1e15"), max_value=Decimal("1e15"), allow_nan=False, allow_infinity=False, places=3
) | st.sampled_from([Decimal("10.00"), Decimal("-0"), Decimal("1E+3"), Decimal("1E-9"), Decimal("0.000")])
_zones = st.sampled_from(["", "Z", "+03:00", "-05:30", "+14:00"])
_dates = st.builds(lambda day, zone: day.isoformat() + zone, st.dates(min_value=date(1000, 1, 1)), _zones)
_times = st.builds(
    lambda at, fraction, zone: at.replace(microsecond=0).isoformat() + fraction + zone,
    st.times(max_value=time(23, 59, 59)),
    st.sampled_from(["", ".5", ".0000000"]),
    _zones,
)
_PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "number": decimals,
    "amount": decimals,
    "measured": decimals,
    "flag": st.booleans(),
    "date": _dates,
    "time": _times,
    "datetime": st.builds(lambda day, at: f"{day[:10]}T{at}", _dates, _times),
    "binary": st.binary(max_size=9).map(lambda content: base64.b64encode(content).decode()),
}
_ATTRIBUTES: dict[str, st.SearchStrategy[str]] = {
    "languageID": st.sampled_from(["tr", "en-GB"]),
    "listURI": st.sampled_from(["urn:list", "https://example.org/?a=1&b=2"]),
    "listSchemeURI": st.just("urn:scheme"),
    "schemeDataURI": st.just("urn:data"),
    "schemeURI": st.just("urn:scheme"),
    "uri": st.just("https://example.org/a%20b"),
}


@st.composite
def components(draw: st.DrawFn, component: type[Component], depth: int = 4) -> Component:
    """A component with a few of its fields filled in, given in any order."""
    members = [member for member in members_of(component) if depth or member.kind != "component"]
    chosen = draw(st.lists(st.sampled_from(members), max_size=4, unique=True)) if members else []
    return component(**{member.field: draw(_values(member, depth)) for member in chosen})


def documents(*kinds: type[Component]) -> st.SearchStrategy[Document]:
    """Any document of UBL-TR, or one of the given classes."""
    return st.one_of([components(document) for document in kinds or ROOTS]).map(lambda made: cast(Document, made))


def _values(member: Member, depth: int) -> st.SearchStrategy[Any]:
    one = _value(member, depth)
    return st.lists(one, min_size=1, max_size=3).map(tuple) if member.repeated else one


def _value(member: Member, depth: int) -> st.SearchStrategy[Any]:
    if member.kind == "component":
        assert member.type is not None
        assert issubclass(member.type, Component)
        return components(member.type, depth - 1)
    plain = _PLAIN[member.kind]
    if member.type is None:
        return plain
    if member.kind in ("text", "number"):
        return plain | _leaves(member.type, plain, fewest=1)
    return _leaves(member.type, plain, fewest=0)


def _leaves(leaf: Leaf, plain: st.SearchStrategy[Any], *, fewest: int) -> st.SearchStrategy[msgspec.Struct]:
    required = {a.field: _ATTRIBUTES.get(a.name, texts) for a in attributes_of(leaf) if a.required}
    optional = {a.field: _ATTRIBUTES.get(a.name, texts) for a in attributes_of(leaf) if not a.required}
    some = st.lists(st.sampled_from(sorted(optional)), min_size=fewest, max_size=3, unique=True)
    attributes = some.flatmap(lambda names: st.fixed_dictionaries({**required, **{n: optional[n] for n in names}}))
    return st.builds(lambda value, given: leaf(value, **given), plain, attributes)


@cache
def relaxed_schema(name: str, folder: Path) -> etree.XMLSchema:
    """The XSD of a document with nothing required: it judges names, order, repetition and types alone."""
    for path in [*XSD_FOLDER.glob("common/*.xsd"), *XSD_FOLDER.glob("maindoc/*.xsd")]:
        tree = etree.parse(str(path))
        if "xmldsig" not in path.name and "XAdES" not in path.name:
            for element in tree.iter(_XSD + "element", _XSD + "any"):
                if element.getparent().tag != _XSD + "schema":  # type: ignore[union-attr]
                    element.set("minOccurs", "0")
        target = folder / path.relative_to(XSD_FOLDER)
        target.parent.mkdir(exist_ok=True)
        tree.write(str(target))
    return etree.XMLSchema(file=str(folder / "maindoc" / f"UBL-{name}-2.1.xsd"))
