"""GİB's Schematron as the tests of `ulak.codes` ask it: its lists, and single asserts by the name of their rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

import elementpath
from elementpath.xpath2 import XPath2Parser
from lxml import etree

__all__ = ["CAC", "CBC", "codes_of", "fails", "invoice", "lists", "schematron"]

CBC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
INV: Final = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
_LET: Final = re.compile(r"',(.*),'")


@cache
def schematron() -> etree._Element:
    """The whole flattened Schematron."""
    path = files("efatura_kontrol") / "ekler" / "sematron" / "efatura.sch"
    return etree.fromstring(path.read_bytes())


@cache
def lists() -> dict[str, str]:
    """The comma lists as GİB writes them: `,A,B,`."""
    lets = ((let.get("name"), _LET.fullmatch(let.get("value", ""))) for let in schematron().iter("{*}let"))
    return {str(name): f",{match[1]}," for name, match in lets if match}


def codes_of(name: str) -> set[str]:
    """The codes of one list."""
    return {code for code in lists()[name].split(",") if code}


@cache
def _namespaces() -> dict[str, str]:
    return {str(ns.get("prefix")): str(ns.get("uri")) for ns in schematron().iter("{*}ns")}


Judge = Callable[[etree._Element, str], bool]


@cache
def _variables() -> dict[str, str]:
    return {**lists(), "senderId": "", "receiverId": "", "senderAlias": "", "receiverAlias": "", "responseCode": ""}


def _judge(test: str) -> Judge:
    """libxml2 where it can, since it is fast; elementpath for what only XPath 2 knows."""
    if "castable" not in test and "matches(" not in test:
        xpath = etree.XPath(f"boolean({test.replace('exists(', 'boolean(')})", namespaces=_namespaces())
        return lambda node, type_: bool(xpath(node, type=type_, **_variables()))
    parser = XPath2Parser(namespaces=_namespaces(), variable_types=dict.fromkeys((*_variables(), "type"), "xs:string"))
    token = parser.parse(test)

    def slow(node: etree._Element, type_: str) -> bool:
        root: Any = node.getroottree()
        variables: Any = {**_variables(), "type": type_}
        context = elementpath.XPathContext(root, item=node, variables=variables)
        return bool(token.boolean_value(token.get_results(context)))

    return slow


@cache
def _asserts(rule: str) -> tuple[tuple[str, etree.XPath, Judge], ...]:
    """(id, context, judge) of every assert that came from the abstract rule of that name."""
    found = []
    for each in schematron().iter("{*}assert"):
        name, _, _ = str(each.get("id")).rpartition("-")
        if name == rule:
            parent = each.getparent()
            assert parent is not None
            context = etree.XPath(f"//{parent.get('context')}", namespaces=_namespaces())
            found.append((str(each.get("id")), context, _judge(str(each.get("test")))))
    assert found, f"GİB's Schematron has no rule {rule}"
    return tuple(found)


def fails(document: etree._Element, rules: Iterable[str], type_: str = "efatura") -> set[str]:
    """The ids of the asserts of these rules that the document fails."""
    return {
        name
        for rule in rules
        for name, context, judge in _asserts(rule)
        for node in context(document)  # type: ignore[union-attr]
        if not judge(node, type_)  # type: ignore[arg-type]
    }


def _child(parent: etree._Element, path: str, text: str | None = None, **attributes: str) -> etree._Element:
    for step in path.split("/"):
        parent = etree.SubElement(parent, f"{{{CBC if step[0] == '_' else CAC}}}{step.lstrip('_')}")
    parent.text = text
    for name, value in attributes.items():
        parent.set(name, value)
    return parent


def _vat(parent: etree._Element, amount: str, percent: str, code: str | None) -> None:
    subtotal = _child(parent, "TaxTotal/TaxSubtotal")
    _child(subtotal, "_TaxAmount", amount)
    _child(subtotal, "_Percent", percent)
    category = _child(subtotal, "TaxCategory")
    if code is not None:
        _child(category, "_TaxExemptionReasonCode", code)
        _child(category, "_TaxExemptionReason", "sebep")
    _child(category, "TaxScheme/_TaxTypeCode", "0015")


def invoice(profile: str, type_code: str, *, vat: str = "20", reason: str | None = None) -> etree._Element:
    """A bare invoice of one line: no more than the asserts of profile, type and tax look at."""
    root = etree.Element(f"{{{INV}}}Invoice", nsmap={"cac": CAC, "cbc": CBC})
    _child(root, "_UBLVersionID", "2.1")
    _child(root, "_ProfileID", profile)
    _child(root, "_InvoiceTypeCode", type_code)
    _child(root, "AccountingSupplierParty/Party/PartyIdentification/_ID", "1460415308", schemeID="VKN")
    _child(root, "AccountingCustomerParty/Party/PartyIdentification/_ID", "1460415308", schemeID="VKN")
    _vat(root, vat, vat, reason)
    line = _child(root, "InvoiceLine")
    _vat(line, vat, vat, reason)
    _child(line, "Item/_Name", "Mal")
    return root
