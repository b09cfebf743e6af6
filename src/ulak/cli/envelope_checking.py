"""``ulak envelope check``: envelopes judged as a receiver would, and the status that it would answer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from ulak.cli.errors import Exit
from ulak.cli.inputs import InputError, shown
from ulak.cli.judging import Wish, store
from ulak.cli.page import Cell, Style
from ulak.cli.report import report_page
from ulak.cli.session import Session
from ulak.cli.unenveloping import begin, content_of, fault_lines, header_lines
from ulak.codes import statuses
from ulak.envelope import EnvelopeError, Header, Limits
from ulak.envelope.unzipping import content, entry_of
from ulak.errors import Language, Text, UlakError
from ulak.rules import Level, Report, Verdict
from ulak.rules.check import ISTANBUL, checker_for, choose, unreadable
from ulak.rules.store import Choice
from ulak.xml import XmlError, parse

__all__ = ["Judged", "check_envelopes", "judged"]

_LARGEST: Final = 128 * 1024 * 1024
"""Bytes of XML that are judged by GİB's rules; the tree takes some ten times as much."""
_OK: Final = "1200"
_SCHEMA: Final = "1160"
_RULES: Final = "1150"
_ANSWER: Final = Text("Alıcının yanıtı: {status} {label}", "A receiver would answer {status} {label}")
_UNSURE: Final = Text(
    "Alıcının yanıtı bilinemiyor: kurallar değerlendirilemedi.",
    "What a receiver would answer cannot be told: the rules could not be judged.",
)


class Judged(NamedTuple):
    """What is said of one envelope.

    Attributes:
        header: None if what stands on it could not be read.
        documents: how many it holds; 0 if it could not be read to its end.
        report: of GİB's schemas and rules; None if they were not asked.
    """

    name: str
    header: Header | None
    documents: int
    faults: Sequence[EnvelopeError]
    report: Report | None

    @property
    def status(self) -> str:
        """The status of GİB's that a receiver answers with; empty if it cannot be told."""
        if self.faults:
            return self.faults[0].status
        if self.report is None or self.report.verdict is Verdict.COULD_NOT_JUDGE:
            return ""
        wrong = [finding.id for finding in self.report.findings if finding.level is Level.ERROR]
        if any(name.startswith("xsd.") for name in wrong):
            return _SCHEMA
        return _RULES if wrong else _OK


def check_envelopes(session: Session, names: Sequence[str], wish: Wish) -> Exit:
    """Judge every envelope named; the worst exit code counts."""
    worst = Exit.OK
    shown_: list[dict[str, object]] = []
    for name in names:
        try:
            found = judged(name, wish)
        except InputError as error:
            worst = Exit.UNREADABLE
            shown_.append({"file": shown(name), "error": _error_json(error, session.language)})
            if wish.format == "text":
                _show_unreadable(session, shown(name), error)
            continue
        worst = max(worst, Exit.OK if found.status == _OK else Exit.FINDINGS)
        shown_.append(_as_json(found, session.language))
        if wish.format == "text":
            _show(session, found)
    if wish.format == "json":
        session.put_bytes(b"[\n" + b",\n".join(map(msgspec.json.encode, shown_)) + b"\n]\n")
    return worst


def judged(name: str, wish: Wish) -> Judged:
    """Judge one envelope.

    Raises:
        InputError: the file cannot be read.
    """
    data = content_of(name)
    opened = None
    try:
        opened = begin(name, data)
        count = sum(1 for _ in opened)
        xml = _xml_of(name, data)
    except EnvelopeError as error:
        return Judged(shown(name), opened.header if opened else None, 0, [error], None)
    return Judged(shown(name), opened.header, count, opened.faults, _by_rules(xml, shown(name), wish))


def _xml_of(name: str, data: bytes) -> bytes:
    if name.lower().endswith(".xml"):
        return data
    file, limits = io.BytesIO(data), Limits()
    return b"".join(content(file, entry_of(file, limits), limits))


def _by_rules(xml: bytes, name: str, wish: Wish) -> Report:
    try:
        root = parse(xml, max_bytes=_LARGEST)
    except XmlError as error:
        return unreadable(error, file=name)
    day = wish.as_of or datetime.now(ISTANBUL).date()
    packs = store()
    choice = Choice(packs.get(wish.pack), False) if wish.pack else choose(root, packs, day)
    report = checker_for(choice.pack, packs, advice=wish.advice).check_tree(root, xml, today=day)
    return replace(report, file=name)


def _show(session: Session, judged: Judged) -> None:
    page = session.page()
    mark, style = _marked(judged.status)
    kind = judged.header.type if judged.header else None
    page.line(Cell(f"{mark} {judged.name}", style), Cell(kind or ""), Cell(session.say(_answer(judged.status)), style))
    if judged.header:
        header_lines(page, judged.header, session)
    for fault in judged.faults:
        fault_lines(page, fault, session)
    if judged.report and (judged.report.findings or judged.report.verdict is not Verdict.VALID):
        page.blank()
        report_page(page, judged.report, session.language)
    page.blank()
    session.put(page)


def _show_unreadable(session: Session, name: str, error: UlakError) -> None:
    page = session.page()
    page.line(Cell(f"? {name}", "bold yellow"), Cell(error.code, "dim"))
    page.paragraph(session.say(error.text), indent=4)
    page.paragraph(session.say(error.repair), indent=4)
    page.blank()
    session.put(page)


def _marked(status: str) -> tuple[str, Style]:
    if status == _OK:
        return "✓", "bold green"
    return ("✗", "bold red") if status else ("?", "bold yellow")


def _answer(status: str) -> Text:
    found = statuses.get(status)
    if found is None:
        return _UNSURE
    tr, en = found.label
    return Text(_ANSWER.tr.format(status=status, label=tr), _ANSWER.en.format(status=status, label=en))


def _as_json(judged: Judged, language: Language) -> dict[str, object]:
    header = judged.header
    return {
        "file": judged.name,
        "status": judged.status,
        "answer": _answer(judged.status).say(language),
        "id": header.id if header else "",
        "type": (header.type or "") if header else "",
        "sender": header.sender._asdict() if header else None,
        "receiver": header.receiver._asdict() if header else None,
        "created": header.created.isoformat() if header and header.created else None,
        "documents": judged.documents,
        "faults": [{**_error_json(fault, language), "status": fault.status} for fault in judged.faults],
        "report": judged.report.as_json(language) if judged.report else None,
    }


def _error_json(error: UlakError, language: Language) -> dict[str, object]:
    return {
        "code": error.code,
        "message": error.text.say(language),
        "repair": error.repair.say(language),
        "where": error.where,
    }
