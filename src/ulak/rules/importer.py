"""Take over a package as GİB publishes it: recognise it, fill its gaps, try everything in it, and only then keep it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec
from lxml import etree

from ulak.errors import Text
from ulak.rules.archive import LIMITS, Limits, read_package
from ulak.rules.engine import rehearse
from ulak.rules.pack import Kind, Pack, State, digest, digest_of
from ulak.rules.problems import PackError, problem
from ulak.rules.schemas import SchemaSet
from ulak.rules.schematron import SCHEMATRON, XSLT, read_schematron
from ulak.rules.store import Fetched, Manifest, PackStore
from ulak.xml import XmlError, parse

__all__ = ["add", "history_date"]

SUFFIXES: Final = (".xsd", ".sch", ".xsl", ".xml", ".txt")
TAKEN: Final = "taken/"
_SCHEMA: Final = f"{{{SCHEMATRON}}}schema"
_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_ENVELOPE: Final = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
_EARSIV: Final = "http://earsiv.efatura.gov.tr"
_EDEFTER: Final = "http://www.edefter.gov.tr"
_NAMESPACES: Final[dict[str, Kind]] = {
    f"{_UBL}Invoice-2": "ubl-tr",
    _ENVELOPE: "ubl-tr",
    _EARSIV: "earsiv",
    _EDEFTER: "edefter",
}
_ROOTS: Final[dict[Kind, tuple[str, ...]]] = {
    "ubl-tr": (
        *(f"{{{_UBL}{name}-2}}{name}" for name in ("Invoice", "CreditNote", "ApplicationResponse")),
        *(f"{{{_UBL}{name}-2}}{name}" for name in ("DespatchAdvice", "ReceiptAdvice")),
        f"{{{_ENVELOPE}}}StandardBusinessDocument",
    ),
    "earsiv": (f"{{{_EARSIV}}}eArsivRaporu",),
    "egider": (f"{{{_EARSIV}}}eArsivRaporu",),
    "edefter": (f"{{{_EDEFTER}}}defter", f"{{{_EDEFTER}}}berat", f"{{{_EDEFTER}}}defterraporu"),
}
_WITHOUT_RULES: Final[tuple[Kind, ...]] = ("earsiv", "egider")
_HEADING: Final = re.compile(r"^\s*(\d{8})\s*$", re.MULTILINE)
_VERSION: Final = re.compile(r"\d+(?:[._]\d+)+|(?<=\()\d+(?=\))")
_LENT_RULES: Final = Text(
    "Schematron ve yürürlük tarihi {name} paketinden alındı.",
    "The Schematron, and the day from which it holds, were taken from {name}.",
)
_LENT_XSDS: Final = Text("{count} XSD {name} paketinden alındı.", "{count} XSDs were taken from {name}.")
_NO_DAY: Final = Text(
    "Pakette yürürlük tarihi yok; eklendiği gün alındı.",
    "The package names no day from which it holds; the day on which it was added was taken.",
)
_NO_RULES: Final = Text(
    "Pakette Schematron yok; yalnız XSD ile denetlenir.", "No Schematron: documents meet the XSD alone."
)
_DOUBLE: Final = Text("{path} ikinci bir Schematron; kullanılmadı.", "{path} is a second Schematron and was not used.")


@dataclass(frozen=True)
class _Draft:
    """A package on its way: files by path, main Schematron by role, and what is known of it so far."""

    kind: Kind
    files: Mapping[str, bytes]
    schematrons: Mapping[str, str]
    taken: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    since: date | None = None

    def xsds(self) -> SchemaSet:
        return SchemaSet({path: data for path, data in self.files.items() if path.lower().endswith(".xsd")})

    def plus(self, lender: Pack, paths: Iterable[str], note: Text, mains: Mapping[str, str] | None = None) -> _Draft:
        """With files of another pack, which keep their places to one another."""
        lent = {TAKEN + path.removeprefix(TAKEN): path for path in sorted(paths)}
        return replace(
            self,
            files={**self.files, **{new: lender.read(path) for new, path in lent.items()}},
            schematrons=mains or self.schematrons,
            since=lender.since if mains else self.since,
            taken={**self.taken, **{new: lender.taken_from.get(path, lender.name) for new, path in lent.items()}},
            notes=(*self.notes, note.format(name=lender.name, count=len(lent))),
        )


def add(
    path: Path,
    store: PackStore,
    *,
    name: str | None = None,
    since: date | None = None,
    state: State = "active",
    now: datetime | None = None,
    title: str = "",
    fetched: Fetched | None = None,
    limits: Limits = LIMITS,
) -> Pack:
    """Add a package of GİB's, a zip archive or a folder, to ``store``.

    Args:
        name: what to call it; by default its kind and day.
        since: first day from which it judges; by default the newest heading of History.txt, or that of the pack which
            lends it a Schematron, else the day of ``now``.
        state: ``staged`` keeps it without letting it judge.
        now: the moment that is recorded, with its zone; by default the present.
        title: name of the published package; by default that of the file.
        fetched: what the download told of itself.

    Returns:
        the pack; an earlier one if it has the same files.

    Raises:
        PackError: ``pack.*`` – the package cannot be read, is not one of GİB's, or a part of it does not work.
        SchematronError, XmlError: its Schematron cannot be read.
    """
    moment = now or datetime.now(UTC)
    draft = _completed(_recognised(read_package(path, SUFFIXES, limits=limits)), store)
    problems = _tried(draft)
    day = since or draft.since or moment.date()
    notes = (*draft.notes, *problems, *(() if since or draft.since else (_NO_DAY,)))
    hashes = {file: digest(data) for file, data in draft.files.items()}
    manifest = Manifest(
        name=name or "",
        kind=draft.kind,
        since=day,
        version=_version(title or path.name.removesuffix(".zip"), history_date(draft.files), day),
        state=state,
        title=title or path.name,
        address=fetched.address if fetched else "",
        sha256=digest_of(hashes),
        recorded_at=moment,
        files=hashes,
        schematrons=dict(draft.schematrons),
        taken_from=dict(draft.taken),
        notes=notes,
        fetched=fetched,
    )
    return store.record(manifest if name else _named(manifest, store), draft.files)


def history_date(files: Mapping[str, bytes]) -> date | None:
    """The newest ``yyyymmdd`` heading of GİB's History.txt, whatever folder that lies in.

    >>> history_date({"schematron/History.txt": "20260109\\r\\n---\\r\\n1) X g\\xfcncellendi.".encode("cp1254")})
    datetime.date(2026, 1, 9)
    """
    days: list[date] = []
    for path, data in files.items():
        if PurePosixPath(path).name.lower() == "history.txt":
            for heading in _HEADING.findall(data.decode("cp1254", errors="replace")):
                try:
                    days.append(datetime.strptime(heading, "%Y%m%d").replace(tzinfo=UTC).date())
                except ValueError:
                    continue
    return max(days, default=None)


def _named(manifest: Manifest, store: PackStore) -> Manifest:
    """Name it by kind and day; a correction of the same day is told apart by a number."""
    plain = f"{manifest.kind}-{manifest.since.isoformat()}"
    known = {pack.name: pack for pack in store.packs()}
    for pack in known.values():
        if pack.sha256 == manifest.sha256:
            return msgspec.structs.replace(manifest, name=pack.name)
    numbered = (f"{plain}-{number}" for number in range(2, len(known) + 3))
    return msgspec.structs.replace(manifest, name=next(n for n in (plain, *numbered) if n not in known))


def _version(title: str, history: date | None, day: date) -> str:
    if history:
        return history.strftime("%Y%m%d")
    found = _VERSION.search(title)
    return found[0].replace("_", ".") if found else day.strftime("%Y%m%d")


def _recognised(contents: Mapping[str, bytes]) -> _Draft:
    """Keep what matters of a package and tell its kind."""
    candidates = {path: root for path, data in contents.items() if (root := _schematron_root(path, data)) is not None}
    mains = _mains(candidates)
    files = {path: data for path, data in contents.items() if path.lower().endswith(".xsd")}
    kind = _kind(mains, SchemaSet(files))
    schematrons, notes = _roles(kind, mains)
    for main in schematrons.values():
        files |= {path: contents[path] for path in _reachable(main, candidates)}
    history = {path: data for path, data in contents.items() if path.lower().endswith("history.txt")}
    return _Draft(kind, {**files, **history}, schematrons, notes=notes, since=history_date(history))


def _schematron_root(path: str, data: bytes) -> etree._Element | None:
    if not path.lower().endswith((".sch", ".xml", ".xsl")) or SCHEMATRON.encode() not in data:
        return None
    try:
        root = parse(data)
    except XmlError as error:
        raise problem("pack.unusable", detail=f"{path}: {error.text.en}", line=error.line) from error
    return root if root.tag in (_SCHEMA, f"{{{XSLT}}}stylesheet") else None


def _mains(candidates: Mapping[str, etree._Element]) -> dict[str, etree._Element]:
    included = {target for path, root in candidates.items() for target in _includes(path, root)}
    mains = {path: root for path, root in candidates.items() if path not in included}
    return {path: mains[path] for path in sorted(mains, key=lambda p: (mains[p].tag != _SCHEMA, len(p), p))}


def _includes(path: str, root: etree._Element) -> list[str]:
    hrefs = (include.get("href", "") for include in root.iter(f"{{{SCHEMATRON}}}include"))
    return [str(PurePosixPath(path).parent / href.partition("#")[0]) for href in hrefs]


def _reachable(main: str, candidates: Mapping[str, etree._Element]) -> list[str]:
    seen = [main]
    for path in seen:
        targets = _includes(path, candidates[path])
        seen.extend(target for target in targets if target in candidates and target not in seen)
    return seen


def _kind(mains: Mapping[str, etree._Element], xsds: SchemaSet) -> Kind:
    spoken = {namespace for root in mains.values() for namespace in _spoken(root)}
    declared = {xsd.namespace for xsd in xsds.xsds.values()}
    for namespaces in (spoken, declared):
        kinds = {kind for namespace, kind in _NAMESPACES.items() if namespace in namespaces}
        if len(kinds) > 1:
            raise problem("pack.mixed", kinds=", ".join(sorted(kinds)))
        if kinds == {"earsiv"} and not spoken and _is_expense_note(xsds):
            return "egider"
        if kinds:
            return kinds.pop()
    raise problem("pack.unknown-kind")


def _spoken(root: etree._Element) -> set[str]:
    declared = {ns.get("uri", "") for ns in root.iter(f"{{{SCHEMATRON}}}ns")}
    return declared | {uri for uri in root.nsmap.values() if root.tag != _SCHEMA}


def _is_expense_note(xsds: SchemaSet) -> bool:
    names = {element.get("name") for xsd in xsds.xsds.values() for element in xsd.tree.iter("{*}element")}
    return "eGiderPusulasi" in names and "fatura" not in names


def _roles(kind: Kind, mains: Mapping[str, etree._Element]) -> tuple[dict[str, str], tuple[Text, ...]]:
    roles: dict[str, str] = {}
    notes: list[Text] = []
    for path in mains:
        role = PurePosixPath(path).stem if kind == "edefter" else "main"
        if roles.setdefault(role, path) != path:
            notes.append(_DOUBLE.format(path=path))
    return roles, tuple(notes)


def _completed(draft: _Draft, store: PackStore) -> _Draft:
    """Take what the package lacks from the newest pack that has it.

    Reports of expense notes bear time stamps of archives, which e-Arşiv's schemas of seals know and UBL-TR's do not.
    """
    newest_first = store.packs()[::-1]
    near = "earsiv" if draft.kind == "egider" else draft.kind
    for lender in sorted(newest_first, key=lambda pack: (pack.kind != near, pack.kind != draft.kind)):
        if not draft.schematrons and lender.kind == draft.kind and lender.schematrons:
            rules = [p for p in lender.files if p.lower().endswith((".sch", ".xml", ".xsl"))]
            mains = {role: TAKEN + path.removeprefix(TAKEN) for role, path in lender.schematrons.items()}
            draft = draft.plus(lender, rules, _LENT_RULES, mains)
        if paths := _lendable(draft, lender):
            draft = draft.plus(lender, paths, _LENT_XSDS)
    if draft.schematrons:
        return draft
    if draft.kind not in _WITHOUT_RULES:
        raise problem("pack.no-rules", name=draft.kind)
    return replace(draft, notes=(*draft.notes, _NO_RULES))


def _lendable(draft: _Draft, lender: Pack) -> set[str]:
    """XSDs of the lender for namespaces that the package lacks; of its own kind it takes whatever it has not."""
    xsds = draft.xsds()
    own = {xsd.namespace for xsd in xsds.xsds.values()}
    lent = lender.schemas.xsds
    whole = draft.kind == lender.kind == "ubl-tr"
    wanted = {xsd.namespace for xsd in lent.values()} - own if whole else set(xsds.missing)
    reached = {path for namespace in wanted for path in lender.schemas.closure_of_namespace(namespace)}
    return {path for path in reached if lent[path].namespace not in own}


def _tried(draft: _Draft) -> tuple[Text, ...]:
    """Compile every Schematron and every XSD.

    Returns:
        notes on XSDs that do not work but judge none of the documents that the pack is for.
    """
    for role, main in draft.schematrons.items():
        schema = read_schematron(draft.files, main)
        if not any(schema.assertions()):
            raise problem("pack.no-rules", name=role)
        rehearse(schema)
    xsds = draft.xsds()
    roots = {xsds.declarations[root][0] for root in _ROOTS[draft.kind] if root in xsds.declarations}
    if not roots:
        raise problem("pack.unusable", detail=", ".join(sorted(xsds.xsds)) or "XSD")
    faults = _compile_faults(xsds, roots | set(xsds.tops))
    if fatal := [*xsds.problems, *(faults[path] for path in sorted(roots & set(faults)))]:
        raise problem("pack.unusable", detail="; ".join(fault.text.en for fault in fatal))
    return tuple(fault.text for fault in faults.values())


def _compile_faults(xsds: SchemaSet, paths: Iterable[str]) -> dict[str, PackError]:
    faults: dict[str, PackError] = {}
    for path in sorted(paths):
        try:
            xsds.compile(path)
        except PackError as error:
            faults[path] = error
    return faults
