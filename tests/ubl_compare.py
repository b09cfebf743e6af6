"""Compare two documents by what they say: names, attributes and values, not white space, prefixes or comments."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from ulak.ubl.describe import Kind, members_of
from ulak.ubl.documents import ROOTS
from ulak.ubl.names import XSI, clark
from ulak.ubl.values import Component

SCHEMA_LOCATION = f"{{{XSI}}}schemaLocation"


def differences(original: etree._Element, written: etree._Element) -> list[str]:
    """Every way in which ``written`` says something else than ``original``."""
    document = next(root.document for root in ROOTS.values() if original.tag == f"{{{root.namespace}}}{root.name}")
    return list(_differences(original, written, document, ""))


def _differences(
    left: etree._Element, right: etree._Element, component: type[Component] | None, path: str
) -> Iterator[str]:
    here = f"{path}/{etree.QName(left).localname}"
    if left.tag != right.tag:
        yield f"{here}: became {right.tag}"
        return
    wanted, found = _attributes(left), _attributes(right)
    if not path and SCHEMA_LOCATION not in wanted:
        found.pop(SCHEMA_LOCATION, None)
    if wanted != found:
        yield f"{here}: attributes {wanted} became {found}"
    children = [_elements(left), _elements(right)]
    names = [[child.tag for child in side] for side in children]
    if names[0] != names[1]:
        yield f"{here}: children {names[0]} became {names[1]}"
        return
    members = {clark(member.name): member for member in members_of(component)} if component else {}
    for one, other in zip(*children, strict=True):
        member = members.get(str(one.tag))
        if member is None:
            yield from _differences(one, other, None, here)
        elif member.kind == "component":
            assert member.type is not None
            assert issubclass(member.type, Component)
            yield from _differences(one, other, member.type, here)
        else:
            yield from _different_leaf(one, other, member.kind, here)
    if component is None and _texts(left, blanks=not children[0]) != _texts(right, blanks=not children[0]):
        yield f"{here}: text changed"


def _different_leaf(left: etree._Element, right: etree._Element, kind: Kind, path: str) -> Iterator[str]:
    here = f"{path}/{etree.QName(left).localname}"
    if _attributes(left) != _attributes(right):
        yield f"{here}: attributes {_attributes(left)} became {_attributes(right)}"
    wanted, found = "".join(_texts(left, blanks=True)), "".join(_texts(right, blanks=True))
    if _value(wanted, kind) != _value(found, kind):
        yield f"{here}: {wanted!r} became {found!r}"


def _value(text: str, kind: Kind) -> object:
    if kind in ("text", "binary"):
        return text
    text = text.strip()
    if kind == "flag":
        return {"1": "true", "0": "false"}.get(text, text)
    if kind in ("number", "amount", "measured"):
        try:
            return Decimal(text).as_tuple()
        except InvalidOperation:
            return text
    return text


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.items()}


def _elements(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _texts(element: etree._Element, *, blanks: bool) -> list[str]:
    texts = [element.text or "", *(child.tail or "" for child in element)]
    joined = "".join(texts)
    return [joined] if blanks else [text.strip() for text in texts if text.strip()]
