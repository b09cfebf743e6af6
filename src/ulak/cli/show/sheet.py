"""What a summary consists of, whatever the document, and how it is set on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from ulak.cli.page import Cell, Column, Page
from ulak.errors import Language, Text

__all__ = ["Party", "Sheet", "Sum", "Table", "set_sheet"]

_NOTES = Text("Notlar", "Notes")
_GAP = 18


@dataclass(slots=True)
class Party:
    """Somebody: the part they play, and what is known of them, line by line."""

    role: Text
    lines: list[str]


@dataclass(slots=True)
class Table:
    """Lines of a document; columns that are empty in every row are left out."""

    columns: list[tuple[Text, Column]]
    rows: list[list[str]]


@dataclass(slots=True)
class Sum:
    """A line of the sums."""

    label: str
    amount: str


@dataclass(slots=True)
class Sheet:
    """A document in short."""

    title: str
    kind: str = ""
    facts: list[tuple[Text, str]] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    inside: list[Sheet] = field(default_factory=list)


def set_sheet(page: Page, sheet: Sheet, language: Language, indent: int = 0) -> None:
    """Set a summary on a page, and behind it those of the documents inside."""
    page.line(Cell(sheet.title, "bold"), Cell(sheet.kind, "cyan"), indent=indent)
    for label, text in sheet.facts:
        if text:
            page.labelled(label.say(language), text, indent=indent, gap=_GAP)
    for party in sheet.parties:
        page.blank()
        _set_party(page, party, language, indent)
    for table in sheet.tables:
        page.blank()
        _set_table(page, table, language, indent)
    page.blank()
    _set_sums(page, sheet.sums, indent)
    if sheet.notes:
        page.blank()
        for at, note in enumerate(sheet.notes):
            page.labelled(_NOTES.say(language) if not at else "", note, indent=indent, gap=_GAP)
    for number, inside in enumerate(sheet.inside, start=1):
        page.blank()
        page.line(Cell(f"── {number}/{len(sheet.inside)} ──", "dim"), indent=indent)
        set_sheet(page, inside, language, indent)


def _set_party(page: Page, party: Party, language: Language, indent: int) -> None:
    lines = [line for line in party.lines if line] or ["–"]
    for at, line in enumerate(lines):
        label = party.role.say(language) if not at else ""
        page.labelled(label, line, indent=indent, gap=_GAP, style="" if at else "bold")


def _set_table(page: Page, table: Table, language: Language, indent: int) -> None:
    kept = [at for at in range(len(table.columns)) if any(row[at] for row in table.rows)]
    columns = [table.columns[at] for at in kept]
    heads = [column._replace(head=head.say(language)) for head, column in columns]
    page.table(heads, [[row[at] for at in kept] for row in table.rows], indent=indent)


def _set_sums(page: Page, sums: list[Sum], indent: int) -> None:
    columns = [Column(right=True, flexible=True), Column(right=True)]
    page.table(columns, [(each.label, each.amount) for each in sums], indent=indent, last="bold")
