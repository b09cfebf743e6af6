"""Documents changed at random, the same ones on every run: what the compiled rules and Saxon are compared on.

A mutant is a seed (`mutants_seeds`) with one to four changes to its tree and, at times, one to its bytes. The changes
are aimed at what a rule can see, and at what the engine's short cuts look at: values, attributes, counts, encodings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from random import Random
from typing import Final, NamedTuple

from lxml import etree

from mutants_parts import NAMESPACES, PROFILES, TYPES
from mutants_seeds import envelope, seeds

__all__ = ["Mutant", "discard", "elements", "mutants"]

Element = etree._Element
CBC: Final = "{" + NAMESPACES["cbc"] + "}"
CAC: Final = "{" + NAMESPACES["cac"] + "}"


class Mutant(NamedTuple):
    """A document to judge; ``name`` tells its seed and the changes."""

    name: str
    data: bytes


NUMBERS: Final = (
    "0", "0.00", "-1", "1", "-0", "+1", "1e3", "1E-2", "1e", "1e+", "abc", " 5 ", "\t0\n", "INF", "-INF", "+INF", "NaN",
    "inf", ".5", "5.", ".", "1,5", "1.234.567", "1,234.50", "0x1F", "1 2", "12345678901234567", "123456789012345678",
    "0.001", "1001", "101", "11", "٣", "5\u00a0", "00", "100.00   ", "  100.1", "1.", "", " ", "555", "555.0",
)  # fmt: skip
DATES: Final = (
    "2026-06-15", "2026-06-16", "2026-06-14", "2026-06-16Z", "2026-06-15Z", "2026-06-16+14:00", "2026-06-15-12:00",
    "2005-01-01", "2004-12-31", "2005-01-01+04:00", "2005-01-01+05:00", "2005-01-01Z", "2026-02-30", "2026-1-5",
    "2024-02-29", "2023-02-29", " 2026-01-15 ", "2026-01-15T00:00:00", "15.01.2026", "20260115", "", "0000-01-01",
    "-2026-01-01", "12026-01-01", "2026-01-15+15:00", "2026-01-15+14:30", "2026-01-15+03:60", "9999-12-31",
    "2026-00-10",
)  # fmt: skip
TIMES: Final = ("24:00:00", "12:61:00", "9:00:00", "10:00", "10:00:00.5", "10:00:00Z", "10:00:00+14:30", "24:00:01")
WORDS: Final = (
    "TRY", "EUR", "TRL", "try", "TR", "TÜRKİYE", "C62", "KGM", "XYZ", "0015", "4171", "0059", "9015", "603", "60350",
    "TCKN", "VKN", "SEVKIYATNO", "PLAKA", "KUNYENO", "ETIKETNO", "INCOTERMS", "FOB", "TAXFREE", "EXPORT", "PARTYTYPE",
    "KABUL", "RED", "S_APR", "IADE", "İADE", "2.1", "2.0", "TR1.2", "TR1.2.1", "true", "false", "1.0", "1.2",
    "OKCBF", "OKCBilgiFisi", "YTBNO", "ESURaporID", "1460415308", "3900892152", "3900383669", "GIB", "usergb",
    "archive", "application/pdf", "image/png", "TR330006100519786457841326", "SE-1234567", "AB1234567",
    "1234567801", "12345678901", "35ABC12", "702", "555", "308", "339", "301", "801", ",", "TRY,EUR", ",TRY,", "a\nb",
    "\u00a0", "😀" * 16, "x" * 300, "ABC2026000000001", "ABC2026000000001\n", "ABC٢٠٢٦000000001",
    "0f8fad5b-d9cb-469f-a165-70867728950e", "01", "02", "03",
)  # fmt: skip
ATTRIBUTES: Final = {
    "schemeID": ("VKN", "TCKN", "PLAKA", "DORSE", "INCOTERMS", "YTBNO", "KUNYENO", "PARTYTYPE", "VKN_TCKN", "", "vkn"),
    "currencyID": ("TRY", "EUR", "TRL", "", " TRY", "TRY ", "TRY,EUR", "try", "T\nRY"),
    "unitCode": ("C62", "KGM", "NIU", "", "XXX", "C62,KGM"),
    "mimeCode": ("application/pdf", "application/xml", "text/plain", "image/x", ""),
    "URI": ("", "#x"),
    "Algorithm": ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", ""),
}
ADDABLE: Final = (
    "cbc:TaxCurrencyCode", "cbc:PricingCurrencyCode", "cbc:PaymentCurrencyCode", "cbc:PaymentAlternativeCurrencyCode",
    "cbc:DocumentCurrencyCode", "cbc:ProfileID", "cbc:InvoiceTypeCode", "cbc:UBLVersionID", "cbc:ChannelCode",
    "cbc:CurrencyCode", "cbc:IssueDate", "cbc:IdentificationCode", "cbc:TaxTypeCode", "cac:WithholdingTaxTotal",
    "cac:TaxTotal", "cac:TaxSubtotal", "cac:PricingExchangeRate", "cac:Delivery", "cac:Signature", "cac:PartyName",
    "cac:InvoicePeriod", "cac:PaymentMeans", "cac:Person", "cbc:ID", "cbc:Percent", "cbc:TaxExemptionReasonCode",
)  # fmt: skip


# -- changes to the tree: each changes ``root`` in place and gives the document's new root -----------------------------

Change = Callable[[Random, Element], Element]


def elements(root: Element) -> list[Element]:
    return [element for element in root.iter() if isinstance(element.tag, str)]


def _inner(rng: Random, root: Element) -> Element | None:
    """Any element but the root."""
    return rng.choice(inner) if (inner := elements(root)[1:]) else None


def _leaf(rng: Random, root: Element) -> Element:
    return rng.choice([element for element in elements(root) if not len(element)] or [root])


def discard(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def delete(rng: Random, root: Element) -> Element:
    if (element := _inner(rng, root)) is not None:
        discard(element)
    return root


def duplicate(rng: Random, root: Element) -> Element:
    if (element := _inner(rng, root)) is not None:
        for _ in range(rng.choice((1, 1, 2))):
            element.addnext(deepcopy(element))
    return root


def duplicate_apart(rng: Random, root: Element) -> Element:
    """A second occurrence that is not the first one's neighbour and may differ from it."""
    if (element := _inner(rng, root)) is not None and (parent := element.getparent()) is not None:
        twin = deepcopy(element)
        if not len(twin):
            twin.text = _value(rng, twin)
        parent.insert(rng.randint(0, len(parent)), twin)
    return root


def empty(rng: Random, root: Element) -> Element:
    if (element := _inner(rng, root)) is not None:
        for child in list(element):
            element.remove(child)
        element.text = None
    return root


def swap(rng: Random, root: Element) -> Element:
    parents = [element for element in elements(root) if len(element) > 1]
    if parents:
        parent = rng.choice(parents)
        parent.append(parent[rng.randrange(len(parent) - 1)])
    return root


def move(rng: Random, root: Element) -> Element:
    element, target = _inner(rng, root), rng.choice(elements(root))
    if element is not None and element not in (target, *target.iterancestors()):
        target.append(element)
    return root


def _near(rng: Random, text: str) -> str:
    """Almost ``text``: what a shortened list look-up or a lenient comparison would let pass."""
    changes: Sequence[Callable[[], str]] = (
        lambda: text[:-1],
        lambda: text[1:],
        lambda: f"{text} ",
        lambda: f" {text}",
        lambda: f"\n{text}\n",
        lambda: f"{text},",
        lambda: f",{text}",
        lambda: text.lower(),
        lambda: text + text,
        lambda: f"{text}x",
        lambda: text.replace("I", "İ"),
        lambda: text.replace("0", "O"),
    )
    return rng.choice(changes)()


def _value(rng: Random, element: Element) -> str:
    name = etree.QName(element).localname
    kinds: list[Callable[[], str]] = [lambda: _near(rng, element.text or ""), lambda: rng.choice(WORDS)]
    if name.endswith("Date"):
        kinds += [lambda: rng.choice(DATES)] * 4
    elif name.endswith("Time"):
        kinds += [lambda: rng.choice(TIMES)] * 4
    elif name == "ProfileID":
        kinds += [lambda: rng.choice(PROFILES)] * 4
    elif name == "InvoiceTypeCode":
        kinds += [lambda: rng.choice(TYPES)] * 4
    elif name.endswith(("Amount", "Percent", "Numeric", "Count", "Rate", "Quantity", "ID")):
        kinds += [lambda: rng.choice(NUMBERS)] * 3
    else:
        kinds += [lambda: rng.choice(NUMBERS), lambda: rng.choice(DATES)]
    return rng.choice(kinds)()


def revalue(rng: Random, root: Element) -> Element:
    leaf = _leaf(rng, root)
    leaf.text = _value(rng, leaf)
    return root


def rename_kind(rng: Random, root: Element) -> Element:
    """Another profile, another type, or both."""
    for name, values in (("ProfileID", PROFILES), ("InvoiceTypeCode", TYPES)):
        found = list(root.iter(CBC + name))
        if found and rng.random() < 0.7:
            rng.choice(found).text = rng.choice(values)
    return root


def unattribute(rng: Random, root: Element) -> Element:
    if holders := [element for element in elements(root) if element.attrib]:
        element = rng.choice(holders)
        del element.attrib[rng.choice(element.keys())]
    return root


def reattribute(rng: Random, root: Element) -> Element:
    holders = [element for element in elements(root) if element.attrib]
    element = rng.choice(holders) if holders and rng.random() < 0.7 else rng.choice(elements(root))
    known = [name for name in element.keys() if name in ATTRIBUTES]  # noqa: SIM118 -- an element is no dict
    name = rng.choice(known) if known else rng.choice(list(ATTRIBUTES))
    element.set(name, rng.choice(ATTRIBUTES[name]))
    return root


def prefixed_attribute(rng: Random, root: Element) -> Element:
    """The attribute's name in a namespace: to XPath it is another attribute."""
    name = rng.choice(("currencyID", "unitCode", "schemeID"))
    rng.choice(elements(root)).set(f"{{{NAMESPACES['ext']}}}{name}", "XXX")
    return root


def comment_inside(rng: Random, root: Element) -> Element:
    """``12<!-- -->34``: one value, two text nodes."""
    leaf = _leaf(rng, root)
    text = leaf.text or ""
    cut = rng.randint(0, len(text))
    node = etree.Comment(" açıklama ") if rng.random() < 0.6 else etree.ProcessingInstruction("pi", "x")
    leaf.text, node.tail = text[:cut], text[cut:]
    leaf.append(node)
    return root


def cdata(rng: Random, root: Element) -> Element:
    leaf = _leaf(rng, root)
    if leaf.text and "]]>" not in leaf.text:
        leaf.text = etree.CDATA(leaf.text)
    return root


def child_inside(rng: Random, root: Element) -> Element:
    """An element within a value: its string is still the whole text."""
    leaf = _leaf(rng, root)
    text = leaf.text or ""
    child = etree.SubElement(leaf, CBC + rng.choice(("ID", "Note", "IssueDate")))
    cut = rng.randint(0, len(text))
    leaf.text, child.text = text[:cut], text[cut:]
    return root


def rename(rng: Random, root: Element) -> Element:
    """The name of another element of the document, or the same name in another namespace."""
    element, other = rng.choice(elements(root)), rng.choice(elements(root))
    name = etree.QName(element).localname
    element.tag = other.tag if rng.random() < 0.6 else f"{{{rng.choice(list(NAMESPACES.values()))}}}{name}"
    return root


def add(rng: Random, root: Element) -> Element:
    prefix, _, name = rng.choice(ADDABLE).partition(":")
    parents = [element for element in elements(root) if len(element)] or [root]
    parent = root if rng.random() < 0.5 else rng.choice(parents)
    element = etree.Element(f"{{{NAMESPACES[prefix]}}}{name}")
    if prefix == "cbc":
        element.text = _value(rng, element)
    parent.insert(rng.randint(0, len(parent)), element)
    return root


def nest(rng: Random, root: Element) -> Element:
    """Another document inside this one, for instance in its extension."""
    holders = list(root.iter(f"{{{NAMESPACES['ext']}}}ExtensionContent"))
    target = rng.choice(holders) if holders and rng.random() < 0.6 else rng.choice(elements(root))
    target.append(etree.fromstring(_small_seed(rng)[1]))
    return root


def lengthen(rng: Random, root: Element) -> Element:
    """More children than the engine screens at once."""
    lines = [*root.iter(CAC + "InvoiceLine"), *root.iter(CAC + "DespatchLine"), *root.iter(CBC + "Note")]
    if lines:
        line = rng.choice(lines)
        for _ in range(64):
            line.addnext(deepcopy(line))
    return root


_PACKED: Final = {
    "Invoice": ("SENDERENVELOPE", "INVOICE"),
    "DespatchAdvice": ("SENDERENVELOPE", "DESPATCHADVICE"),
    "ReceiptAdvice": ("POSTBOXENVELOPE", "RECEIPTADVICE"),
    "ApplicationResponse": ("POSTBOXENVELOPE", "APPLICATIONRESPONSE"),
    "CreditNote": ("SENDERENVELOPE", "CREDITNOTE"),
}


def pack(rng: Random, root: Element) -> Element:
    """The document, once or several times, in an envelope."""
    name = etree.QName(root).localname
    if name not in _PACKED:
        return root
    kind, element = _PACKED[name]
    text = etree.tostring(root, encoding="unicode")
    others = [_small_seed(rng)[1]] if rng.random() < 0.3 else []
    wrapped = envelope(kind, element, *[text] * rng.choice((1, 1, 1, 2)), *others)
    return etree.fromstring(wrapped)


CHANGES: Final[Mapping[Change, int]] = {
    revalue: 20, delete: 12, duplicate: 8, duplicate_apart: 10, rename_kind: 10, reattribute: 8, unattribute: 5,
    empty: 5, add: 8, comment_inside: 4, cdata: 2, child_inside: 2, swap: 2, move: 3, rename: 3, nest: 2,
    pack: 3, lengthen: 1, prefixed_attribute: 1,
}  # fmt: skip


# -- changes to the bytes ---------------------------------------------------------------------------------------------

Recode = Callable[[Random, str], bytes]
_ATTRIBUTE: Final = re.compile(r'([\w:]+)="([^"\'<&]*)"')


def _declare(text: str, encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'


def _encoded(name: str, encoding: str = "") -> Recode:
    def encode(_: Random, text: str) -> bytes:
        return _declare(text, name).encode(encoding or name, "xmlcharrefreplace")

    return encode


def _single_quoted(rng: Random, text: str) -> bytes:
    return _ATTRIBUTE.sub(lambda m: f"{m[1]}='{m[2]}'" if rng.random() < 0.5 else m[0], text).encode()


def _spaced(rng: Random, text: str) -> bytes:
    return _ATTRIBUTE.sub(lambda m: f'{m[1]} = "{m[2]}"' if rng.random() < 0.3 else m[0], text).encode()


def _references(rng: Random, text: str) -> bytes:
    def refer(match: re.Match[str]) -> str:
        if not match[2] or match[1].startswith("xmlns") or rng.random() < 0.6:
            return match[0]
        return f'{match[1]}="&#x{ord(match[2][0]):X};{match[2][1:]}"'

    return _ATTRIBUTE.sub(refer, text).encode()


def _decoy(rng: Random, text: str) -> bytes:
    """What looks like an attribute to whoever reads bytes, in a comment or in a value."""
    name = rng.choice(("currencyID", "unitCode", "mimeCode"))
    shown = f'{name}="{rng.choice(("TRY", "XXX", "C62"))}"'
    at = text.rindex("</")
    return (text[:at] + rng.choice((f"<!-- {shown} -->", f"<![CDATA[<a {shown}>]]>", shown, name)) + text[at:]).encode()


def _indented(_: Random, text: str) -> bytes:
    return text.replace("><", ">\r\n\t<").encode()


def _shortened(_: Random, text: str) -> bytes:
    """A processing instruction and comments around the root element."""
    return f'<?xml-stylesheet href="a.xsl"?><!-- önce -->{text}<!-- sonra -->'.encode()


RECODINGS: Final[Sequence[Recode]] = (
    _encoded("UTF-8"),
    _encoded("UTF-8", "utf-8-sig"),
    _encoded("UTF-16"),
    _encoded("UTF-8", "utf-16"),
    _encoded("UTF-16LE", "utf-16-le"),
    _encoded("ISO-8859-9"),
    _encoded("windows-1254"),
    _encoded("US-ASCII"),
    _encoded("UTF-32"),
    _encoded("UTF-7"),
    lambda _, text: text.encode("utf-16"),
    lambda _, text: b"\xfe\xff" + text.encode("utf-16-be"),
    _single_quoted,
    _single_quoted,
    _spaced,
    _references,
    _references,
    _decoy,
    _decoy,
    _indented,
    _shortened,
)


# -- mutants ----------------------------------------------------------------------------------------------------------


def _small_seed(rng: Random) -> tuple[str, str]:
    """A seed of ordinary size: the long ones cost a hundred others."""
    name, text = rng.choice(list(seeds().items()))
    return (name, text) if len(text) < 15_000 or rng.random() < 0.1 else _small_seed(rng)


def mutants(chunk: int, count: int, extra: Mapping[str, str] | None = None) -> Iterator[Mutant]:
    """``count`` well-formed mutants, always the same for the same ``chunk``; ``extra`` are further seeds."""
    rng = Random(f"mutants {chunk}")
    further = list((extra or {}).items())
    changes, weights = list(CHANGES), list(CHANGES.values())
    made = 0
    while made < count:
        name, text = rng.choice(further) if further else _small_seed(rng)
        root = etree.fromstring(text)
        chosen = rng.choices(changes, weights, k=rng.choice((1, 1, 2, 2, 3, 4)))
        for change in chosen:
            root = change(rng, root)
        text = etree.tostring(root, encoding="unicode")
        recode = rng.choice(RECODINGS) if rng.random() < 0.25 else lambda _, same: same.encode()
        data = recode(rng, text)
        try:
            etree.fromstring(data)
        except etree.XMLSyntaxError:
            continue
        made += 1
        yield Mutant(f"{chunk}/{made} {name}: {', '.join(change.__name__ for change in chosen)}", data)
