"""The outside of an opened envelope: its elements in the order that the XSDs demand, and the values they hold.

Source: the XSDs in the folder Envelope of e-Fatura package 20260312; Schematron 20260312, ``DocumentCheck``,
``HeaderCheck``, ``ContactInformationCheck``, ``ContactCheck``, ``TypeVersionCheck``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, NamedTuple

from ulak.envelope.problems import EnvelopeError, error
from ulak.envelope.rules import RECEIVER, SENDER, header_faults
from ulak.envelope.values import EnvelopeType, Header, Party
from ulak.envelope.zipping import ISTANBUL
from ulak.errors import Text

__all__ = ["PACKAGE", "SBDH", "STANDARD", "TYPE_VERSION", "Node", "moment_of", "read_header", "structure_faults"]

SBDH: Final = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
PACKAGE: Final = "http://www.efatura.gov.tr/package-namespace"
STANDARD: Final = "UBL-TR"
TYPE_VERSION: Final = "1.2"
_LOCATION: Final = "http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_VERSIONS: Final = ("1.0", "1.2")
_KINDS: Final = ("VKN_TCKN", "UNVAN")
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d{1,6})?\d*(Z|[+-]\d\d:\d\d)?", re.ASCII)
_MANY: Final = 1_000_000
_MOST: Final = 100
"""Faults of a kind that are told; a hostile envelope could have a hundred thousand."""


class Node:
    """An element of the envelope itself; documents and what is in them are none.

    Attributes:
        name: expat's form of the Clark name, ``namespace}local``.
        attributes: by such names.
    """

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node] = []
        self.text = ""

    def all(self, name: str) -> list[Node]:
        return [child for child in self.children if child.name == name]

    def first(self, *path: str) -> Node | None:
        node: Node | None = self
        for name in path:
            found = node.all(name) if node else []
            node = found[0] if found else None
        return node

    def value(self, *path: str) -> str | None:
        """The text of the first element with that path, as it stands there; None if there is none."""
        node = self.first(*path)
        return node.text if node else None


class _Part(NamedTuple):
    """One step of a sequence in an XSD."""

    name: str
    least: int
    most: int


def _sh(local: str) -> str:
    return f"{SBDH}}}{local}"


def _parts(*words: str) -> tuple[_Part, ...]:
    """Names in order; ``?`` may be missing, ``*`` may repeat or be missing, ``+`` may repeat."""
    bounds = {"?": (0, 1), "*": (0, _MANY), "+": (1, _MANY)}
    return tuple(_Part(word.rstrip("?*+"), *bounds.get(word[-1], (1, 1))) for word in words)


_PARTNER: Final = _parts(_sh("Identifier"), _sh("ContactInformation") + "*")
_SEQUENCES: Final[Mapping[str, tuple[_Part, ...]]] = {
    # Schematron's DocumentCheck demands the header, which the XSD does not.
    _sh("StandardBusinessDocument"): _parts(_sh("StandardBusinessDocumentHeader"), f"{PACKAGE}}}Package"),
    _sh("StandardBusinessDocumentHeader"): _parts(
        _sh("HeaderVersion"),
        _sh("Sender") + "+",
        _sh("Receiver") + "+",
        _sh("DocumentIdentification"),
        _sh("Manifest") + "?",
        _sh("BusinessScope") + "?",
    ),
    _sh("Sender"): _PARTNER,
    _sh("Receiver"): _PARTNER,
    _sh("ContactInformation"): _parts(
        _sh("Contact"),
        *(_sh(name) + "?" for name in ("EmailAddress", "FaxNumber", "TelephoneNumber", "ContactTypeIdentifier")),
    ),
    _sh("DocumentIdentification"): _parts(
        *(_sh(name) for name in ("Standard", "TypeVersion", "InstanceIdentifier", "Type")),
        _sh("MultipleType") + "?",
        _sh("CreationDateAndTime"),
    ),
    f"{PACKAGE}}}Package": _parts("Elements+"),
    "Elements": _parts("ElementType", "ElementCount", "ElementList"),
}
_ANYTHING: Final = frozenset({_sh("Manifest"), _sh("BusinessScope"), "ElementList"})
"""Elements whose content is judged elsewhere or by nobody."""
_MISSING: Final = Text("{parent} içinde {name} yok.", "{parent} has no {name}.")
_UNEXPECTED: Final = Text("{parent} içinde {name} burada olamaz.", "{name} cannot stand here in {parent}.")
_TEXT: Final = Text("{parent} içinde öğeler arasında metin var.", "There is text between elements in {parent}.")
_ROOT: Final = Text("kök öğe {name}; StandardBusinessDocument olmalı.", "the root is {name}, no envelope's.")
_NO_MOMENT: Final = Text("CreationDateAndTime “{value}” bir zaman değil.", "CreationDateAndTime “{value}” is no time.")
_NOT_ONE: Final = Text("{count} tane var, bir tane olmalı.", "there are {count}, there must be one.")
_NUMBERS: Final = Text("{count} VKN_TCKN var, bir tane olmalı.", "it has {count} VKN_TCKN and must have one.")
_KIND: Final = Text("ContactTypeIdentifier “{value}” olamaz.", "ContactTypeIdentifier cannot be “{value}”.")


def structure_faults(root: Node) -> list[EnvelopeError]:
    """Where the outside is not as the XSDs demand it, the first fault of each element; ``envelope.structure``."""
    if root.name != _sh("StandardBusinessDocument"):
        return [error("envelope.structure", detail=_ROOT.format(name=_local(root.name)))]
    return [*islice(_below(root, ""), _MOST)]


def _below(node: Node, above: str) -> Iterator[EnvelopeError]:
    where = f"{above}/{_local(node.name)}"
    sequence = _SEQUENCES.get(node.name, ())
    if (sequence or node.name == "ElementList") and node.text.strip():
        yield error("envelope.structure", where=where, detail=_TEXT.format(parent=_local(node.name)))
    if node.name in _ANYTHING:
        return
    detail = _out_of_sequence(node, sequence)
    if detail:
        yield error("envelope.structure", where=where, detail=detail)
    for child in node.children:
        yield from _below(child, where)


def _out_of_sequence(node: Node, sequence: tuple[_Part, ...]) -> Text | None:
    parent = _local(node.name)
    at = 0
    for name, least, most in sequence:
        count = 0
        while at < len(node.children) and node.children[at].name == name and count < most:
            at += 1
            count += 1
        if count < least:
            return _MISSING.format(parent=parent, name=_local(name))
    if at < len(node.children):
        return _UNEXPECTED.format(parent=parent, name=_local(node.children[at].name))
    return None


def _local(name: str) -> str:
    return name.rpartition("}")[2][:100]


def read_header(root: Node) -> tuple[Header, list[EnvelopeError]]:
    """The values on the outside, as far as they are there, and what is wrong with them."""
    header = root.first(_sh("StandardBusinessDocumentHeader")) or Node("", {})
    identification = header.first(_sh("DocumentIdentification")) or Node("", {})
    kind = identification.value(_sh("Type")) or ""
    moment = identification.value(_sh("CreationDateAndTime"))
    read = Header(
        EnvelopeType(kind) if kind in EnvelopeType.__members__.values() else None,
        (identification.value(_sh("InstanceIdentifier")) or "").strip(),
        _party(header.first(_sh("Sender"))),
        _party(header.first(_sh("Receiver"))),
        moment_of(moment or ""),
    )
    faults = [*_versions(root, header, identification), *header_faults(read)]
    for side, name in ((SENDER, "Sender"), (RECEIVER, "Receiver")):
        faults += islice(_side_faults(side, header.all(_sh(name))), _MOST)
    if read.type is None:
        faults.append(error("envelope.type", value=kind[:100]))
    if moment is not None and read.created is None:
        faults.append(error("envelope.structure", detail=_NO_MOMENT.format(value=moment[:100])))
    return read, faults


def _versions(root: Node, header: Node, identification: Node) -> Iterator[EnvelopeError]:
    if "PackageProxy_1_2.xsd" not in root.attributes.get(_LOCATION, ""):
        yield error("envelope.schema-location")
    version = header.value(_sh("HeaderVersion"))
    if version is not None and version not in _VERSIONS:
        yield error("envelope.version", name="HeaderVersion", value=version[:100], allowed=" / ".join(_VERSIONS))
    version = identification.value(_sh("TypeVersion"))
    if version is not None and version != TYPE_VERSION:
        yield error("envelope.version", name="TypeVersion", value=version[:100], allowed=TYPE_VERSION)


def _side_faults(side: Text, parties: list[Node]) -> Iterator[EnvelopeError]:
    if len(parties) > 1:
        yield error("envelope.party", side=side, detail=_NOT_ONE.format(count=len(parties)))
    for party in parties[:1]:
        contacts = party.all(_sh("ContactInformation"))
        kinds = [contact.value(_sh("ContactTypeIdentifier")) or "" for contact in contacts]
        if kinds.count("VKN_TCKN") != 1:
            yield error("envelope.party", side=side, detail=_NUMBERS.format(count=kinds.count("VKN_TCKN")))
        for kind in kinds:
            if kind not in _KINDS:
                yield error("envelope.party", side=side, detail=_KIND.format(value=kind[:100]))


def _party(node: Node | None) -> Party:
    if node is None:
        return Party("", "")
    contacts = {
        contact.value(_sh("ContactTypeIdentifier")): contact.value(_sh("Contact")) or ""
        for contact in reversed(node.all(_sh("ContactInformation")))
    }
    alias = (node.value(_sh("Identifier")) or "").strip()
    return Party(alias, contacts.get("VKN_TCKN", ""), contacts.get("UNVAN", ""))


def moment_of(text: str) -> datetime | None:
    """An ``xs:dateTime``; without a zone it is Istanbul's, as in GİB's samples.

    >>> str(moment_of("2026-11-22T24:00:00"))
    '2026-11-23 00:00:00+03:00'
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    day, time, fraction, zone = found.groups("")
    late = time == "24:00:00"
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(f"{day}T{'00:00:00' if late else time}{zone}") + timedelta(days=late)
        moment = moment.replace(microsecond=int((fraction[1:] or "0").ljust(6, "0")))
        return moment if moment.tzinfo else moment.replace(tzinfo=ISTANBUL)
    return None
