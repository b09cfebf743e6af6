"""A document judged as GİB judges it: read, XSD, Schematron, then Ulak's own advice.

>>> report = check(b"<Invoice/>")
>>> report.verdict, report.findings[0].id
(<Verdict.INVALID: 'invalid'>, 'xsd.root')
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cache, cached_property, partial
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from lxml import etree

from ulak.errors import Text, UlakError
from ulak.kept import ENTRY, Kept
from ulak.rules.advice import advise
from ulak.rules.compiler import compile_schema
from ulak.rules.engine import Engine, Outcome
from ulak.rules.findings import Finding, Level, Report, Verdict, line_of
from ulak.rules.functions import today_minutes
from ulak.rules.leaf_types import LeafTypes
from ulak.rules.moulds import Cast, Moulds
from ulak.rules.pack import KINDS, Pack, documents
from ulak.rules.program import Program
from ulak.rules.store import Choice, PackStore
from ulak.rules.writer import Writer
from ulak.xml import MAX_BYTES, XmlError, parse

__all__ = [
    "MOST",
    "Checker",
    "FieldOf",
    "Scheme",
    "and_more",
    "check",
    "checker_for",
    "choose",
    "printable",
    "schema_errors",
    "too_new",
    "unreadable",
    "verdict_of",
]

Scheme = Literal["efatura", "earchive", "goruntuleme"]
"""The Schematron's own parameter ``type``: which system the document is meant for."""
FieldOf = Callable[[str], str]
"""Gives the caller's own field for an XPath of the document."""

_PACK: Final = 16 << 20
"""About the bytes of a pack's compiled rules."""
_MOST_PACKS: Final = 12
_REST: Final = 3600.0
"""Seconds after which the rules of a pack that judges nothing any more are let go."""
ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_PROFILE: Final = f"{_CBC}ProfileID"
_TYPES: Final = tuple(f"{_CBC}{name}TypeCode" for name in ("Invoice", "CreditNote", "DespatchAdvice", "ReceiptAdvice"))
_ENVELOPE: Final = "{http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader}StandardBusinessDocument"
_ENVELOPE_TYPE: Final = "{*}StandardBusinessDocumentHeader/{*}DocumentIdentification/{*}Type"
_RECEIPTS: Final = frozenset({"EARSIVBELGE", "GIDERPUSULASI"})
_NOT_FOR_RECEIPTS: Final = frozenset({"//inv:Invoice", "//cbc:ChannelCode"})
"""Rules of invoices; GİB judges e-SMM, e-MM and gider pusulası by no Schematron, and its own samples break these."""

_OUR_LIMITS: Final = frozenset({"xml.too-large", "xml.too-deep", "xml.dtd"})
"""Reasons for which Ulak does not read a file although GİB might."""

_UNKNOWN: Final = Text(
    "Bu kök öğe ({name}) için {pack} paketinde kural yok.", "The pack {pack} has no rules for the root element {name}."
)
_UNKNOWN_REPAIR: Final = Text(
    "Kök öğenin adını ve ad alanını (xmlns) denetleyin; e-Arşiv raporu ya da e-Defter için GİB'in paketini "
    "`ulak packs add` ile ekleyin.",
    "Check the name and namespace (xmlns) of the root element; for e-Arşiv reports or e-Defter add GİB's package with "
    "`ulak packs add`.",
)
_WRONG_ROOT: Final = Text(
    "Kök öğe {name} GİB şemalarında bu ad ve ad alanıyla (xmlns) tanımlı değil.",
    "GİB's schemas declare no root element {name} with this name and namespace (xmlns).",
)
_WRONG_ROOT_REPAIR: Final = Text(
    'Kök öğeye UBL 2.1\'in ad alanını verin, örneğin faturada xmlns="{expected}".',
    'Give the root element UBL 2.1\'s namespace, for an invoice xmlns="{expected}".',
)
_EXPECTED: Final = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
MOST: Final = 1_000
"""Findings of a kind that are listed."""
_MORE: Final = Text("{more} hata daha var; listelenmedi.", "There are {more} more errors; they are not listed.")
_MORE_REPAIR: Final = Text(
    "Listelenenleri düzeltip belgeyi yeniden denetleyin.", "Correct those listed and check the document again."
)
_TOO_NEW: Final = Text(
    "{day} gününde geçerli bir kural paketi yok; eldeki en eski paket ({pack}) kullanıldı.",
    "No pack at hand was in force on {day}; the oldest one ({pack}) was used.",
)
_TOO_NEW_REPAIR: Final = Text(
    "O günün GİB paketini `ulak packs add` ile ekleyin.", "Add GİB's package of that day with `ulak packs add`."
)


class Checker:
    """Judges documents by one pack. Threads may share it; compiled rules are kept for its life.

    Args:
        pack: the rules.
        store: gives the rules their stable ids.
        advice: whether Ulak's own checks run too.
    """

    def __init__(self, pack: Pack, store: PackStore, *, advice: bool = True) -> None:
        self.pack = pack
        self._store = store
        self._advice = advice

    def check(
        self,
        data: bytes,
        *,
        today: date,
        scheme: Scheme | None = None,
        file: str = "",
        field_of: FieldOf | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> Report:
        """Judge one document or one whole envelope.

        Args:
            data: the file.
            today: the business day on which it is judged; a later ``cbc:IssueDate`` is refused.
            scheme: which system it is meant for; without it the profile tells.
            file: its name, which e-Defter's rules look at.
            field_of: names the caller's own field for an XPath, where the document was built from JSON.
        """
        try:
            root = parse(data, max_bytes=max_bytes)
        except XmlError as error:
            return unreadable(error, pack=self.pack.name, file=file)
        return self.check_tree(root, data, today=today, scheme=scheme, file=file, field_of=field_of)

    def check_tree(
        self,
        root: etree._Element,
        data: bytes = b"",
        *,
        today: date,
        scheme: Scheme | None = None,
        file: str = "",
        field_of: FieldOf | None = None,
        cast: Cast | None = None,
    ) -> Report:
        """Judge a document that is parsed already.

        Args:
            data: the bytes it came from, if at hand.
            cast: the same taken apart, if `recall` is to know documents that are like it.
        """
        profile, kind = _coordinates(root)
        writer = Writer(root)
        findings = [*self._by_schema(root, writer)]
        findings.extend(self._by_rules(root, data, profile, today, scheme, file, writer))
        if self._advice:
            findings.extend(writer.advice(found) for found in advise(root, data))
        if field_of is not None:
            findings = [replace(finding, field=field_of(finding.xpath)) for finding in findings]
        name = etree.QName(root).localname
        report = Report(verdict_of(findings), tuple(findings), name, profile, kind, self.pack.name, file)
        if cast is not None and not (findings or file or self._advice):
            self._remember(cast, root, today, scheme, report)
        return report

    # -- likeness -----------------------------------------------------------------------------------------------------

    def recall(self, cast: Cast, *, today: date, scheme: Scheme | None = None) -> Report | None:
        """The report on a document that is like one without findings, by its texts alone (`ulak.rules.moulds`).

        Returns:
            None for all others, which have to be parsed and judged; always, where Ulak's own checks run too.
        """
        return self._moulds.find(cast, (today, scheme))

    @cached_property
    def _moulds(self) -> Moulds[Report]:
        return Moulds(LeafTypes(self.pack.schemas), frozenset({_PROFILE, *_TYPES}))

    def _remember(self, cast: Cast, root: etree._Element, today: date, scheme: Scheme | None, report: Report) -> None:
        role = self.pack.role_for(root)
        if role is not None and root.tag != _ENVELOPE:
            engine = _engine_for(self.pack, role, self._scheme(scheme, report.profile))
            self._moulds.keep(cast, (today, scheme), root, lambda: engine.reads(root, today_minutes(today)), report)

    # -- XSD ----------------------------------------------------------------------------------------------------------

    def _by_schema(self, root: etree._Element, writer: Writer) -> Iterator[Finding]:
        for document in documents(root) if root.tag == _ENVELOPE else (root,):
            try:
                found = self.pack.schema_for(document)
            except UlakError as error:
                yield writer.stopped(error, document)
                continue
            if found is None:
                yield self._unknown(document, writer)
                continue
            errors = schema_errors(found[1], document)
            yield from _at_most([partial(writer.schema_error, entry, document) for entry in errors])

    def _unknown(self, root: etree._Element, writer: Writer) -> Finding:
        name = etree.QName(root)
        declared = {etree.QName(tag) for tag in self.pack.schemas.declarations}
        facts = {"name": root.tag, "pack": self.pack.name}
        if any(name.localname == known.localname or name.namespace == known.namespace for known in declared):
            repair = _WRONG_ROOT_REPAIR.format(expected=_EXPECTED)
            return writer.plain("xsd.root", Level.ERROR, _WRONG_ROOT.format(**facts), repair, root)
        return writer.plain("rules.unknown-document", Level.ENGINE, _UNKNOWN.format(**facts), _UNKNOWN_REPAIR, root)

    # -- Schematron ---------------------------------------------------------------------------------------------------

    def _by_rules(
        self,
        root: etree._Element,
        data: bytes,
        profile: str,
        today: date,
        scheme: Scheme | None,
        file: str,
        writer: Writer,
    ) -> Iterator[Finding]:
        role = self.pack.role_for(root, file)
        if role is None:
            return
        engine = _engine_for(self.pack, role, self._scheme(scheme, profile))
        without = _NOT_FOR_RECEIPTS if profile in _RECEIPTS else frozenset()
        try:
            outcome = engine.run(root, data, today=today_minutes(today), file=printable(file), without=without)
        except (UlakError, etree.LxmlError) as error:
            yield writer.stopped(error, root)
            return
        if outcome.failures or outcome.unjudged:
            yield from self._findings(outcome, engine.program, role, writer)

    @staticmethod
    def _scheme(scheme: Scheme | None, profile: str) -> Scheme:
        return scheme or ("earchive" if profile == "EARSIVFATURA" else "efatura")

    def _findings(self, outcome: Outcome, program: Program, role: str, writer: Writer) -> Iterator[Finding]:
        ids = self._store.ids(self.pack, role)
        failures = sorted(outcome.failures, key=lambda f: (line_of(f.node) or 0, f.number))
        yield from _at_most([partial(writer.failure, failure, program, ids) for failure in failures])
        for number in outcome.unjudged:
            _, _, assertion = program.assertions[number]
            yield writer.unjudged(ids[assertion], assertion)


class _Engines:
    """The rules of a pack, compiled once for all its checkers, and these."""

    def __init__(self) -> None:
        self.checkers: dict[tuple[PackStore, bool], Checker] = {}
        self._made: dict[tuple[str, Scheme], Engine] = {}

    def of(self, pack: Pack, role: str, scheme: Scheme) -> Engine:
        if (role, scheme) not in self._made:
            self._made[role, scheme] = Engine(compile_schema(pack.schematron(role), {"type": scheme}))
        return self._made[role, scheme]


_COMPILED: Final = Kept[Pack, _Engines]("rules.packs", _MOST_PACKS * _PACK, lambda _: _PACK - ENTRY, rest=_REST)


def _engine_for(pack: Pack, role: str, scheme: Scheme) -> Engine:
    return _COMPILED.obtain(pack, _Engines).of(pack, role, scheme)


def checker_for(pack: Pack, store: PackStore, *, advice: bool = True) -> Checker:
    """The checker of a pack, kept as long as it is used, so that its rules are compiled once in the process."""
    kept = _COMPILED.obtain(pack, _Engines).checkers
    if (store, advice) not in kept:
        kept[store, advice] = Checker(pack, store, advice=advice)
    return kept[store, advice]


@cache
def _default_store() -> PackStore:
    return PackStore()


def check(
    data: bytes,
    *,
    as_of: date | None = None,
    scheme: Scheme | None = None,
    pack: str | None = None,
    file: str = "",
    store: PackStore | None = None,
    advice: bool = True,
    field_of: FieldOf | None = None,
) -> Report:
    """Judge one document by the pack in force on a day.

    Args:
        data: the file.
        as_of: the day; today in Istanbul if not given.
        scheme: which system it is meant for; without it the profile tells.
        pack: a pack's name, to be judged by it whatever the day.
        store: the packs at hand; the user's own if not given.

    Raises:
        PackError: no such pack.
    """
    store = store or _default_store()
    day = as_of or datetime.now(ISTANBUL).date()
    try:
        root = parse(data)
    except XmlError as error:
        return unreadable(error, pack=pack or "", file=file)
    choice = Choice(store.get(pack), False) if pack else choose(root, store, day)
    checker = checker_for(choice.pack, store, advice=advice)
    report = checker.check_tree(root, data, today=day, scheme=scheme, file=file, field_of=field_of)
    return replace(report, findings=(*report.findings, too_new(choice.pack, day))) if choice.too_new else report


def choose(root: etree._Element, store: PackStore, day: date) -> Choice:
    """The pack in force on ``day`` that knows documents of this root; the one for UBL-TR if none does.

    Raises:
        PackError: there is no pack at all.
    """
    usual = store.choose("ubl-tr", day)
    if root.tag in usual.pack.schemas.declarations:
        return usual
    for kind in KINDS:
        with suppress(UlakError):
            choice = store.choose(kind, day)
            if root.tag in choice.pack.schemas.declarations:
                return choice
    return usual


def unreadable(error: XmlError, *, pack: str = "", file: str = "") -> Report:
    """The report on a file that is no XML, or none that Ulak reads."""
    limit = error.code in _OUR_LIMITS
    level, verdict = (Level.ENGINE, Verdict.COULD_NOT_JUDGE) if limit else (Level.ERROR, Verdict.INVALID)
    finding = Finding(error.code, level, error.text, error.text, error.repair, line=error.line)
    return Report(verdict, (finding,), pack=pack, file=file)


@cache
def _lock_of(_schema: etree.XMLSchema) -> threading.Lock:
    return threading.Lock()


def schema_errors(schema: etree.XMLSchema, document: etree._Element) -> list[etree._LogEntry]:
    """What a schema holds against a document; one thread at a time, since a schema has but one log."""
    with _lock_of(schema):
        log: Any = () if schema.validate(document) else schema.error_log
        return [*log]


def printable(file: str) -> str:
    """A file's name as XPath can hold it: bytes that are no text, and control characters, become question marks."""
    return "".join(letter if letter.isprintable() else "?" for letter in file)


def _coordinates(root: etree._Element) -> tuple[str, str]:
    """Profile and type of a document, or the type of an envelope."""
    if root.tag == _ENVELOPE:
        return root.findtext(_ENVELOPE_TYPE) or "", ""
    profile = kind = None
    for child in root.iterchildren(_PROFILE, *_TYPES):
        if child.tag == _PROFILE:
            profile = profile or child.text
        else:
            kind = kind or child.text
        if profile and kind:
            break
    return profile or "", kind or ""


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """What findings come to."""
    levels = {finding.level for finding in findings}
    if Level.ENGINE in levels:
        return Verdict.COULD_NOT_JUDGE
    return Verdict.INVALID if Level.ERROR in levels else Verdict.VALID


def too_new(pack: Pack, day: date) -> Finding:
    """The finding that says that a pack was not in force yet on the day."""
    text = _TOO_NEW.format(day=day.isoformat(), pack=pack.name)
    return Finding("rules.pack-too-new", Level.WARNING, text, text, _TOO_NEW_REPAIR)


def and_more(count: int) -> Iterator[Finding]:
    """The finding that says how many more there are; none for none."""
    if count > 0:
        text = _MORE.format(more=count)
        yield Finding("rules.more", Level.ERROR, text, text, _MORE_REPAIR)


def _at_most(makers: list[Callable[[], Finding]]) -> Iterator[Finding]:
    """The first findings, and how many more there would be: a hostile file can hold a million faults."""
    yield from (make() for make in makers[:MOST])
    yield from and_more(len(makers) - MOST)
