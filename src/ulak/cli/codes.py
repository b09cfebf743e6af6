"""``ulak codes``: the code lists, and what is in them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from ulak.cli.errors import Exit
from ulak.cli.page import Cell, Column, Page
from ulak.cli.session import Session
from ulak.codes.lists import Code, CodeList, all_lists, code_list, fold, list_names
from ulak.errors import Text, UlakError

if TYPE_CHECKING:
    from ulak.rules import Pack

__all__ = ["show_codes"]

_UNKNOWN: Final = Text("“{name}” adlı bir kod listesi yok.", "There is no code list named “{name}”.")
_NEAR: Final = Text("Bunu mu demek istediniz: {near}?", "Did you mean {near}?")
_ALL: Final = Text("Listeler: ulak codes", "The lists: ulak codes")
_NOTHING: Final = Text("“{text}” hiçbir kodda geçmiyor.", "“{text}” occurs in no code.")
_HINT: Final = Text(
    "Bir listenin kodları: ulak codes LİSTE; kural paketinin kendi listeleri: ulak codes --pack AD",
    "The codes of a list: ulak codes LIST; the rule pack's own lists: ulak codes --pack NAME",
)
_CODES: Final = Text("{count} kod", "{count} codes")
_PERCENT: Final = Text("%{rate}", "{rate}%")
_LEGEND: Final = (Text("Kod", "Code"), Text("Anlamı", "Meaning"), Text("Geçerlilik", "Valid"))


def show_codes(session: Session, name: str | None, search: str | None, pack: str | None, day: date | None) -> Exit:
    """Print the names of all lists, one list, or what a search finds.

    Raises:
        UlakError: ``codes.unknown-list``, or ``pack.unknown``.
    """
    page = session.page()
    if pack is not None:
        found = _of_pack(page, session, _pack(pack, day), name, search)
    elif name is None:
        found = _search_all(page, session, search, day) if search else _names(page, session)
    elif name in list_names():
        found = _list(page, session, code_list(name), search, day)
    else:
        found = _of_pack(page, session, _pack(None, day), name, search)
    session.put(page)
    if not found:
        session.tell(session.say(_NOTHING.format(text=search)) + "\n")
    return Exit.OK if found else Exit.FINDINGS


def _names(page: Page, session: Session) -> bool:
    rows = [(name, str(len(found)), session.say(found.title)) for name, found in all_lists().items()]
    page.table([Column(style="bold"), Column(right=True, style="dim"), Column(flexible=True)], rows)
    page.blank()
    page.paragraph(session.say(_HINT), style="dim")
    return True


def _search_all(page: Page, session: Session, search: str, day: date | None) -> bool:
    found = False
    for codes in all_lists().values():
        if rows := codes.search(search, day):
            found = True
            page.blank()
            page.line(Cell(codes.name, "bold"), Cell(session.say(codes.title)))
            _table(page, session, rows, indent=2)
    return found


def _list(page: Page, session: Session, codes: CodeList, search: str | None, day: date | None) -> bool:
    rows = codes.search(search, day) if search else list(codes.in_force(day))
    if not rows and search:
        return False
    count = session.say(_CODES.format(count=len(rows)))
    page.line(Cell(codes.name, "bold"), Cell(session.say(codes.title)), Cell(count, "dim"))
    source = codes.source
    published = f", {source.published.isoformat()}" if source.published else ""
    page.paragraph(f"{source.document}, {source.section}{published}", style="dim")
    page.blank()
    _table(page, session, rows)
    return True


def _table(page: Page, session: Session, rows: Iterable[Code], indent: int = 0) -> None:
    cells = [_cells(session, row) for row in rows]
    dated = any(cell[2] for cell in cells)
    heads = [session.say(head) for head in _LEGEND]
    columns = [Column(heads[0], style="bold"), Column(heads[1], flexible=True), Column(heads[2], style="dim")]
    page.table(columns[: 3 if dated else 2], [cell[: 3 if dated else 2] for cell in cells], indent=indent)


def _cells(session: Session, row: Code) -> tuple[str, str, str]:
    label, note = session.say(row.label), session.say(row.note)
    rate = row.extra.get("percent", "")
    percent = f" ({session.say(_PERCENT.format(rate=rate))})" if rate else ""
    meaning = f"{label}{percent}" + (f" – {note}" if note else "")
    since = row.since.isoformat() if row.since else ""
    until = row.until.isoformat() if row.until else ""
    return row.code, meaning, f"{since}…{until}" if since or until else ""


def _pack(name: str | None, day: date | None) -> Pack:
    """The named pack, else the one in force."""
    from ulak.cli.judging import store
    from ulak.rules.check import ISTANBUL

    if name is not None:
        return store().get(name)
    return store().choose("ubl-tr", day or datetime.now(ISTANBUL).date()).pack


def _of_pack(page: Page, session: Session, pack: Pack, name: str | None, search: str | None) -> bool:
    lists = pack.code_lists
    if name is not None:
        lists = {_spelt(name, lists): lists[_spelt(name, lists)]}
    wanted = fold(search or "")
    found = {key: [code for code in codes if wanted in fold(code)] for key, codes in lists.items()}
    if not any(found.values()):
        return False
    page.line(Cell(pack.name, "bold"), Cell(pack.since.isoformat(), "dim"))
    page.blank()
    if name is None and not search:
        rows = [(key, str(len(codes))) for key, codes in found.items()]
        page.table([Column(style="bold"), Column(right=True, style="dim")], rows, indent=2)
        return True
    for key, codes in found.items():
        if codes:
            page.line(Cell(key, "bold"), Cell(session.say(_CODES.format(count=len(codes))), "dim"))
            page.paragraph(" ".join(codes), indent=2)
    return True


def _spelt(name: str, lists: Mapping[str, object]) -> str:
    """The name as the pack spells it."""
    by_folding = {fold(key): key for key in lists}
    if found := by_folding.get(fold(name)):
        return found
    known = {fold(each): each for each in (*list_names(), *lists)}
    near = [known[match] for match in difflib.get_close_matches(fold(name), known, 3, 0.5)]
    repair = _NEAR.format(near=", ".join(near)) if near else _ALL
    raise UlakError("codes.unknown-list", _UNKNOWN.format(name=name), repair)
