"""The XSDs of a rule pack: which of them judges a root element, and how GİB's loose ends between them are tied.

GİB's packages import schemas by names that are not there (``UBL-Invoice-2.1.xsd`` beside the envelope), by addresses
on the web (XBRL) or not at all. Every reference is resolved to the pack's own files and nothing is read from elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any, Final

from lxml import etree

from ulak.rules.problems import PackError, problem
from ulak.xml import XmlError, parse

__all__ = ["SchemaSet", "Xsd", "read_xsd"]

XSD: Final = "http://www.w3.org/2001/XMLSchema"
_X: Final = "{" + XSD + "}"
_SCHEME: Final = "pack:///"
_TRIES: Final = 6
_REFERENCES: Final = (f"{_X}import", f"{_X}include", f"{_X}redefine")
_NOT_MARKUP: Final = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
SIGNATURES: Final = "http://www.w3.org/2000/09/xmldsig#"
XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True)
class Xsd:
    """One XSD file.

    Attributes:
        path: inside the pack, with forward slashes.
        namespace: its target namespace; empty if it has none.
        roots: local names of the elements it declares globally.
        references: (kind, namespace, location) of each import, include and redefine, in order.
        data: its content without a document type declaration, with what it lacks to be used.
    """

    path: str
    namespace: str
    roots: frozenset[str]
    references: tuple[tuple[str, str, str], ...]
    data: bytes = field(repr=False)

    @property
    def tree(self) -> etree._Element:
        """The file parsed anew: trees of all files would take eight times as much memory as the files."""
        return parse(self.data)

    @property
    def file_name(self) -> str:
        return PurePosixPath(self.path).name


def read_xsd(path: str, data: bytes) -> Xsd:
    """Read one XSD; a document type declaration is cut away, as the W3C's own xmldsig schema carries one.

    Raises:
        PackError: ``pack.schema.broken`` – it is not XML, or not an XSD.
    """
    try:
        root = parse(_without_doctype(data))
    except XmlError as error:
        raise problem("pack.schema.broken", where=path, name=path, detail=error.text.en, line=error.line) from error
    if root.tag != f"{_X}schema":
        raise problem("pack.schema.broken", where=path, name=path, detail=f"<{root.tag}>")
    _admit_signatures(root)
    namespace = root.get("targetNamespace", "")
    roots = frozenset(name for e in root.iterchildren(f"{_X}element") if (name := e.get("name")))
    references = tuple(
        (etree.QName(e).localname, e.get("namespace", "") if e.tag == _REFERENCES[0] else namespace, _location(e))
        for e in root.iterchildren(*_REFERENCES)
    )
    return Xsd(path, namespace, roots, references, etree.tostring(root))


def _admit_signatures(schema: etree._Element) -> None:
    """Import xmldsig where a strict wildcard stands, as for the seal in GİB's user-account messages.

    The XSD of those messages demands a declared element there and imports none, so that not one of GİB's own samples
    would pass.
    """
    strict = any(e.get("processContents", "strict") == "strict" for e in schema.iter(f"{_X}any"))
    known = {schema.get("targetNamespace"), *(e.get("namespace") for e in schema.iterchildren(f"{_X}import"))}
    if strict and SIGNATURES not in known:
        schema.insert(0, schema.makeelement(f"{_X}import", {"namespace": SIGNATURES}))


def _without_doctype(data: bytes) -> bytes:
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while skipped := _NOT_MARKUP.match(data, at):
        at = skipped.end()
    doctype = _DOCTYPE.match(data, at)
    return data[:at] + data[doctype.end() :] if doctype else data


def _location(element: etree._Element) -> str:
    return element.get("schemaLocation", "").strip().replace("\\", "/")


class SchemaSet:
    """All XSDs of a pack."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Take the files as path → content; broken ones are kept in ``problems`` and left out."""
        self.problems: list[PackError] = []
        self.xsds: dict[str, Xsd] = {}
        for path in sorted(files):
            try:
                self.xsds[path] = read_xsd(path, files[path])
            except PackError as error:
                self.problems.append(error)
        self._chosen: dict[str, etree.XMLSchema] = {}
        self._ranks: dict[str, tuple[bool, bool, int]] = {}

    @cached_property
    def tops(self) -> tuple[str, ...]:
        """Paths of the XSDs that no other XSD of the pack uses, and so must each compile by itself."""
        used = {target for path in self.xsds for target in self._targets(path) if target != path}
        return tuple(path for path in self.xsds if path not in used)

    @cached_property
    def declarations(self) -> Mapping[str, tuple[str, ...]]:
        """``{namespace}name`` of each global element → paths that declare it, the one to judge it by first."""
        found: dict[str, list[str]] = {}
        for path in self.xsds:
            for included in self._included(path):
                for name in self.xsds[included].roots:
                    found.setdefault(_clark(self.xsds[path].namespace, name), []).append(path)
        return {name: self._by_preference(paths) for name, paths in found.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """Namespaces that are imported but that no file of the pack declares, sorted."""
        gaps = {ns for xsd in self.xsds.values() for kind, ns, location in xsd.references if kind == "import"}
        return tuple(sorted(gaps - {x.namespace for x in self.xsds.values()} - {XML_NAMESPACE}))

    def schema_for(self, root: etree._Element) -> tuple[str, etree.XMLSchema] | None:
        """The XSD that declares ``root`` and its compiled form; None if no XSD of the pack does.

        An envelope is judged by its shell alone: the documents in ``ElementList`` are left to their own XSDs.

        Raises:
            PackError: ``pack.schema.uncompilable``.
        """
        paths = self.declarations.get(str(root.tag))
        return (paths[0], self.compile(paths[0])) if paths else None

    def compile(self, path: str) -> etree.XMLSchema:
        """Compile one XSD with all it uses; compiled once, and shared by packs whose files are the same.

        Raises:
            PackError: ``pack.schema.uncompilable``.
        """
        if path not in self._chosen:
            closure = {name: self._prepared(name) for name in self.closure(path)}
            self._chosen[path] = _compile(_Sources(path, closure))
        return self._chosen[path]

    def closure_of_namespace(self, namespace: str) -> frozenset[str]:
        """Paths of all files that declare ``namespace`` and of all that they use."""
        starts = [path for path, xsd in self.xsds.items() if xsd.namespace == namespace]
        return frozenset(used for start in starts for used in self.closure(start))

    def _by_preference(self, paths: Iterable[str]) -> tuple[str, ...]:
        # Of two that are otherwise alike the later name is the later version: Package.xsd, Package_1_2.xsd.
        return tuple(sorted(sorted(paths, reverse=True), key=self._rank))

    def _rank(self, path: str) -> tuple[bool, bool, int]:
        if path not in self._ranks:
            # A copy without the signature, as ledger developers keep beside GİB's, must never be the judge.
            unsigned = "unsigned" in path.lower()
            self._ranks[path] = unsigned, path not in self.tops, self._astray(path)
        return self._ranks[path]

    def _astray(self, path: str) -> int:
        """How many references below ``path`` name a file that is not there although its namespace is."""
        references = ((used, *reference) for used in self.closure(path) for reference in self.xsds[used].references)
        return sum(
            "://" not in location and not self._by_name(used, location, ns) and bool(self._by_namespace(used, ns))
            for used, _, ns, location in references
        )

    def _targets(self, path: str) -> Iterator[str]:
        for reference in self.xsds[path].references:
            if target := self._resolve(path, *reference):
                yield target

    def closure(self, path: str) -> list[str]:
        """The file itself and all files that it uses, directly or through others."""
        seen, todo = [path], [path]
        while todo:
            for target in self._targets(todo.pop()):
                if target not in seen:
                    seen.append(target)
                    todo.append(target)
        return seen

    def _included(self, path: str) -> list[str]:
        seen = [path]
        for current in seen:
            for reference in self.xsds[current].references:
                target = self._resolve(current, *reference) if reference[0] != "import" else None
                if target and target not in seen:
                    seen.append(target)
        return seen

    def _resolve(self, path: str, kind: str, namespace: str, location: str) -> str | None:
        if named := self._by_name(path, location, namespace):
            return named
        return self._by_namespace(path, namespace) if kind == "import" else None

    def _by_name(self, path: str, location: str, namespace: str) -> str | None:
        direct = _join(path, location)
        if direct in self.xsds:
            return direct
        name = PurePosixPath(location).name
        same = [p for p in self.xsds if PurePosixPath(p).name == name and self.xsds[p].namespace in (namespace, "")]
        return min(same, key=lambda p: _distance(path, p), default=None)

    def _by_namespace(self, path: str, namespace: str) -> str | None:
        same = [p for p, xsd in self.xsds.items() if xsd.namespace == namespace and p != path and namespace]
        inner = {
            target
            for p in same
            for kind, ns, location in self.xsds[p].references
            if kind != "import" and (target := self._by_name(p, location, ns))
        }
        return min((p for p in same if p not in inner), key=lambda p: _distance(path, p), default=None)

    def _prepared(self, path: str) -> bytes:
        """The XSD with every reference leading to a file of the pack, or to nothing."""
        xsd = self.xsds[path]
        copy = xsd.tree
        loosened = _loosen(copy)
        spoken = {namespace for e in copy.iter() for namespace in e.nsmap.values()}
        for element, (kind, namespace, location) in zip(
            list(copy.iterchildren(*_REFERENCES)), xsd.references, strict=True
        ):
            target = self._resolve(path, kind, namespace, location)
            if target is None or (loosened and kind == "import" and namespace not in spoken):
                copy.remove(element)
            else:
                element.set("schemaLocation", _SCHEME + target)
        return etree.tostring(copy)


def _loosen(schema: etree._Element) -> bool:
    """Let the envelope's ``ElementList`` hold any documents, since each is judged by its own XSD."""
    found = False
    for any_element in schema.iter(f"{_X}any"):
        named = [e.get("name") for e in any_element.iterancestors(f"{_X}element")]
        if named[:1] == ["ElementList"]:
            any_element.set("processContents", "skip")
            found = True
    return found


def _clark(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}" if namespace else name


def _join(path: str, location: str) -> str:
    parts = list(PurePosixPath(path).parent.parts)
    for part in location.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _distance(path: str, other: str) -> tuple[int, str]:
    mine, its = PurePosixPath(path).parent.parts, PurePosixPath(other).parent.parts
    shared = next((i for i, (a, b) in enumerate(zip(mine, its, strict=False)) if a != b), min(len(mine), len(its)))
    return len(mine) + len(its) - 2 * shared, other


class _Sources:
    """The prepared files of one compilation, compared by their content."""

    def __init__(self, main: str, files: Mapping[str, bytes]) -> None:
        self.main = main
        self.files = files
        parts = (main.encode(), *(part for path in sorted(files) for part in (path.encode(), files[path])))
        self.digest = hashlib.sha256(b"\0".join(parts)).digest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sources) and other.digest == self.digest


class _PackResolver(etree.Resolver):
    """Answers libxml2's requests from the pack, and any other with an empty document."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]
        data = self._files.get(system_url.removeprefix(_SCHEME))
        return self.resolve_string(data or b"", context, base_url=system_url)


@lru_cache(maxsize=128)
def _compile(sources: _Sources) -> etree.XMLSchema:
    # lxml puts its loader of files in libxml2's place for all threads while one of them parses, and takes it away with
    # the first that ends: another thread may then find none of its imports. What fails for that reason passes later.
    for _ in range(_TRIES - 1):
        with suppress(PackError):
            return _compiled(sources)
    return _compiled(sources)


def _compiled(sources: _Sources) -> etree.XMLSchema:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    parser.resolvers.add(_PackResolver(sources.files))
    try:
        tree = etree.fromstring(sources.files[sources.main], parser, base_url=_SCHEME + sources.main)
        schema = etree.XMLSchema(tree)
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as error:
        raise problem("pack.schema.uncompilable", where=sources.main, name=sources.main, detail=str(error)) from error
    log: Any = schema.error_log
    for entry in log:
        if entry.type == etree.ErrorTypes.SCHEMAP_WARN_UNLOCATED_SCHEMA:
            raise problem("pack.schema.uncompilable", where=sources.main, name=sources.main, detail=entry.message)
    return schema
