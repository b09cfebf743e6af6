"""The compiled rules beside Saxon: what one says of a document and the other does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from lxml import etree

from saxon_outcomes import Outcomes
from saxon_reference import TODAY, SaxonReference, Verdict
from support import REFERENCE
from ulak.rules.compiler import compile_schema
from ulak.rules.engine import Engine, Failure, Outcome
from ulak.rules.functions import today_minutes
from ulak.rules.schematron import Schema, read_schematron
from ulak.xml import parse

__all__ = ["Comparison", "default_schema", "default_stylesheet", "engine_for", "failures", "official_schema", "run"]

_TODAY: Final = today_minutes(date.fromisoformat(TODAY))


def _default_files() -> Path:
    return Path(str(resources.files("efatura_kontrol"))) / "ekler" / "sematron"


@cache
def default_schema() -> Schema:
    """The Schematron of the default pack."""
    return read_schematron({"efatura.sch": (_default_files() / "efatura.sch").read_bytes()}, "efatura.sch")


def default_stylesheet() -> str:
    """The XSLT that the default pack's authors compiled from the same Schematron by other means."""
    return (_default_files() / "efatura.xsl").read_text(encoding="utf-8")


@cache
def official_schema(folder: str, main: str) -> Schema:
    """A Schematron as GİB publishes it, from ``shared/reference/packages``."""
    path = REFERENCE / "packages" / folder
    return read_schematron({file.name: file.read_bytes() for file in path.iterdir() if file.is_file()}, main)


@cache
def engine_for(scheme: str = "efatura") -> Engine:
    """The engine of the default pack; one for all tests of a process, so that what it remembers is tested too."""
    return Engine(compile_schema(default_schema(), {"type": scheme}))


def run(engine: Engine, data: bytes, file: str = "", *, with_bytes: bool = True) -> Outcome:
    return engine.run(parse(data), data if with_bytes else b"", today=_TODAY, file=file)


def failures(outcome: Outcome) -> set[tuple[int, str]]:
    """(assertion number, place) in `SaxonReference`'s notation."""
    return {(failure.number, _place(failure)) for failure in outcome.failures}


def _place(failure: Failure) -> str:
    chain = [failure.node, *failure.node.iterancestors()]
    before = (sum(isinstance(other.tag, str) for other in one.itersiblings(preceding=True)) for one in reversed(chain))
    path = "".join(f"/{count}" for count in before)
    return f"{path}@{failure.attribute}" if failure.attribute else path


class Comparison:
    """Saxon and the compiled rules over one Schematron."""

    def __init__(self, schema: Schema, parameters: Mapping[str, str], engine: Engine | None = None) -> None:
        self.reference = SaxonReference(schema, dict(parameters))
        self.engine = engine or Engine(compile_schema(schema, parameters))
        self._outcomes = Outcomes(self.reference)

    def differences(self, data: bytes, file: str = "", *, with_bytes: bool = True) -> list[str]:
        """What the two do not agree on, as sentences; empty where they agree."""
        saxon = self.reference.judge(data, file)
        if saxon.unclear:
            return []
        ours = run(self.engine, data, file, with_bytes=with_bytes)
        return [*self._disagreements(saxon, ours, data, file)]

    def _disagreements(self, saxon: Verdict, ours: Outcome, data: bytes, file: str) -> Iterator[str]:
        stopped = saxon.stopped | set(ours.unjudged)
        # The document itself is no element: its root stands for it.
        theirs = {(number, place or "/0") for number, place in saxon.failed if number not in stopped}
        mine = {(number, place) for number, place in failures(ours) if number not in stopped}
        for number, place in sorted(theirs ^ mine):
            who = "only Saxon" if (number, place) in theirs else "only Ulak"
            yield f"{who} faults {place}: {self._words(number)}"
        for number in sorted(saxon.stopped ^ set(ours.unjudged)):
            if not self._outcomes.leave_open(number, data, file):
                who = "only Saxon" if number in saxon.stopped else "only Ulak"
                yield f"{who} stops: {self._words(number)}"

    def _words(self, number: int) -> str:
        _, rule, assertion = self.engine.program.assertions[number]
        return f"{number} {assertion.printed_id or assertion.rule} in {rule.context}: {assertion.test[:300]}"


@cache
def default_comparison(scheme: str) -> Comparison:
    return Comparison(default_schema(), {"type": scheme}, engine_for(scheme))


def stripped(data: bytes) -> str:
    """A sample without what is long and no rule reads: embedded files, signature values and comments."""
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True))
    for name in ("EmbeddedDocumentBinaryObject", "X509Certificate", "SignatureValue", "Modulus"):
        for element in root.iter(f"{{*}}{name}"):
            element.text = "AA=="
    return etree.tostring(root, encoding="unicode")
