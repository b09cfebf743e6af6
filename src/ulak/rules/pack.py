"""A rule pack: the files by which GİB judges a kind of document from a day on, and where they came from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.rules.problems import PackError, problem
from ulak.rules.schemas import SchemaSet
from ulak.rules.schematron import Schema, read_schematron

__all__ = ["KINDS", "Kind", "Pack", "PackError", "Source", "State", "digest", "digest_of", "documents"]

Kind = Literal["ubl-tr", "earsiv", "egider", "edefter"]
State = Literal["staged", "active"]
KINDS: Final[tuple[Kind, ...]] = ("ubl-tr", "earsiv", "egider", "edefter")

_SCHEMATRON_FILES: Final = (".xml", ".sch", ".xsl")
_ELEMENT_LISTS: Final = "{http://www.efatura.gov.tr/package-namespace}Package/Elements/ElementList"
_ENTRIES_TYPE: Final = "{*}xbrl/{*}accountingEntries/{*}documentInfo/{*}entriesType"
_LEDGER_NAME: Final = re.compile(r"-(YB|KB|EB|DR|Y|K|E)-\d{6}(?:[-.]|$)")
# e-Defter Teknik Kılavuzu V1.7 §2.4.1 names the type codes; entriesType is what each Schematron itself demands.
_LEDGER_ROLES: Final[dict[str, dict[str, str]]] = {
    "defter": {"Y": "edefter_yevmiye", "K": "edefter_kebir", "E": "envanter_defter"},
    "berat": {"YB": "edefter_berat", "KB": "edefter_berat", "EB": "envanter_berat"},
    "defterraporu": {"DR": "edefter_rapor"},
}
_ENTRIES_CODES: Final = {"journal": "Y", "ledger": "K", "assets": "E"}


class Source(NamedTuple):
    """Where a pack's files came from.

    Attributes:
        title: name of the published package, or of the distribution with its version.
        address: where it was taken from; empty if a person handed over a file.
    """

    title: str
    address: str = ""


@dataclass(frozen=True, eq=False)
class Pack:
    """One rule pack.

    Attributes:
        name: unique among the packs at hand, in small letters, digits and hyphens: ``ubl-tr-2026-07-01``.
        since: first day from which it judges.
        version: GİB's own mark of it, as far as it has one.
        sha256: of the list of its files with their hashes; two packs with the same files have the same.
        recorded_at: when it was added here; None for the pack that comes with Ulak.
        root: folder of its files.
        files: path inside ``root`` → sha256 of the content, in hex.
        schematrons: role → main file; ``main`` alone, except for e-Defter, whose roles are GİB's file names.
        taken_from: path → name of the pack that lent the file.
        notes: what the importer had to remark.
    """

    name: str
    kind: Kind
    since: date
    version: str
    source: Source
    sha256: str
    recorded_at: datetime | None
    root: Path = field(repr=False)
    files: Mapping[str, str] = field(repr=False)
    schematrons: Mapping[str, str]
    state: State = "active"
    taken_from: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: tuple[Text, ...] = ()

    def read(self, path: str) -> bytes:
        """The content of one of its files.

        Raises:
            PackError: ``pack.damaged`` – the file is gone or is not what was recorded.
        """
        try:
            data = (self.root / path).read_bytes()
        except OSError as error:
            raise problem("pack.damaged", name=self.name, detail=f"{path}: {error.strerror}") from error
        if digest(data) != self.files.get(path):
            raise problem("pack.damaged", name=self.name, detail=path)
        return data

    def verify(self) -> None:
        """Read every file once.

        Raises:
            PackError: ``pack.damaged``.
        """
        for path in self.files:
            self.read(path)

    def schematron(self, role: str = "main") -> Schema:
        """The Schematron of that role, read once.

        Raises:
            PackError: ``pack.role`` – the pack has none of that name – or ``pack.damaged``.
            SchematronError: it cannot be read.
        """
        if role not in self.schematrons:
            raise problem("pack.role", pack=self.name, role=role)
        if role not in self._schematrons:
            texts = {path: self.read(path) for path in self.files if path.endswith(_SCHEMATRON_FILES)}
            self._schematrons[role] = read_schematron(texts, self.schematrons[role])
        return self._schematrons[role]

    @cached_property
    def code_lists(self) -> Mapping[str, tuple[str, ...]]:
        """Name → codes of every list that its Schematrons hold."""
        return {name: codes for role in self.schematrons for name, codes in self.schematron(role).code_lists.items()}

    @cached_property
    def schemas(self) -> SchemaSet:
        """All of its XSDs.

        Raises:
            PackError: ``pack.damaged``.
        """
        return SchemaSet({path: self.read(path) for path in self.files if path.lower().endswith(".xsd")})

    def schema_for(self, root: etree._Element) -> tuple[str, etree.XMLSchema] | None:
        """The XSD that declares ``root`` and its compiled form; None if the pack has none.

        For an envelope it is the XSD of the shell, which says nothing about the documents inside: ask for the XSD of
        each of ``documents(root)``.

        Raises:
            PackError: ``pack.schema.uncompilable`` or ``pack.damaged``.
        """
        return self.schemas.schema_for(root)

    def role_for(self, root: etree._Element, filename: str = "") -> str | None:
        """The Schematron that judges ``root``; None if none does.

        ``filename`` decides between ledgers (…-YB-000000.xml); without it the entries' type does, as in e-Defter
        Teknik Kılavuzu V1.7 §2.4.1.
        """
        if self.kind == "edefter":
            role = _ledger_role(root, filename)
            return role if role in self.schematrons else None
        return "main" if "main" in self.schematrons and self._knows(root) else None

    def _knows(self, root: etree._Element) -> bool:
        namespace = etree.QName(root).namespace
        spoken = self.schematron().namespaces.values()
        return root.tag in self.schemas.declarations or (namespace is not None and namespace in spoken)

    @cached_property
    def _schematrons(self) -> dict[str, Schema]:
        return {}


def documents(root: etree._Element) -> Iterator[etree._Element]:
    """``root`` itself and, if it is an envelope, each document in it: the elements that XSDs judge one by one."""
    yield root
    for elements in root.iterfind(_ELEMENT_LISTS):
        yield from elements.iterchildren("*")


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def digest_of(files: Mapping[str, str]) -> str:
    """The sha256 of a pack: that of its ``sha256  path`` lines in order of path.

    >>> digest_of({"b": "2", "a": "1"}) == digest(b"1  a\\n2  b\\n")
    True
    """
    return digest("".join(f"{files[path]}  {path}\n" for path in sorted(files)).encode())


def _ledger_role(root: etree._Element, filename: str) -> str | None:
    roles = _LEDGER_ROLES.get(etree.QName(root).localname, {})
    if (named := _LEDGER_NAME.search(filename)) and named[1] in roles:
        return roles[named[1]]
    entries = _ENTRIES_CODES.get((root.findtext(_ENTRIES_TYPE) or "").strip(), "")
    known = roles.get(entries) or roles.get(f"{entries}B" if entries else "")
    return known or next(iter(roles.values()), None)
