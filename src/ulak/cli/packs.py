"""``ulak packs``: which rule packs are at hand, what they hold, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from ulak.cli.errors import Exit, day_of
from ulak.cli.page import Cell, Column, Page
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.rules.diff import PackDiff, diff
from ulak.rules.pack import Pack, State
from ulak.rules.store import PackStore

__all__ = ["activate", "add_pack", "compare", "fetch_packs", "list_packs", "remove", "show_pack", "stage"]

_STATES: Final[dict[State, Text]] = {"active": Text("etkin", "active"), "staged": Text("bekliyor", "staged")}
_HEADS: Final = (Text("Paket", "Pack"), Text("Tür", "Kind"), Text("Tarih", "Since"), Text("Durum", "State"))
_SOURCE: Final = Text("Kaynak", "Source")
_ADDRESS: Final = Text("Adres", "Address")
_VERSION: Final = Text("Sürüm", "Version")
_SINCE: Final = Text("Yürürlük", "In force")
_RECORDED: Final = Text("Eklenme", "Added")
_ROLES: Final = Text("Schematron", "Schematron")
_LISTS: Final = Text("Listeler", "Lists")
_FILES: Final = Text("Dosyalar", "Files")
_NOTES: Final = Text("Notlar", "Notes")
_ASSERTS: Final = Text("{role}: {count} denetim", "{role}: {count} assertions")
_SAME: Final = Text("{before} ile {after} arasında fark yok.", "There is no difference between {before} and {after}.")
_CHANGES: Final = Text("{before} → {after}: {count} değişiklik", "{before} → {after}: {count} changes")
_ADDED: Final = Text(
    "{name} eklendi; {since} gününden başlayarak denetler.", "{name} was added; it judges from {since} on."
)
_STAGED: Final = Text(
    "{name} bekliyor; yalnız --pack {name} ile kullanılır. Etkinleştirmek için: ulak packs activate {name}",
    "{name} is staged; it judges only with --pack {name}. To activate it: ulak packs activate {name}",
)
_ACTIVE: Final = Text(
    "{name} etkin; {since} gününden başlayarak denetler.", "{name} is active; it judges from {since} on."
)
_REMOVED: Final = Text("{name} kaldırıldı.", "{name} was removed.")
_ASKING: Final = Text("{title}: soruluyor …", "{title}: asking …")
_UNCHANGED: Final = Text("değişmemiş", "unchanged")


def list_packs(session: Session) -> Exit:
    """Print every pack; damaged ones are named on standard error."""
    store = PackStore()
    rows = [(p.name, p.kind, p.since.isoformat(), session.say(_STATES[p.state]), p.source.title) for p in store.packs()]
    heads = [session.say(head) for head in (*_HEADS, _SOURCE)]
    page = session.page()
    page.table([Column(heads[0], style="bold"), *map(Column, heads[1:4]), Column(heads[4], flexible=True)], rows)
    session.put(page)
    session.flush()
    for error in store.problems:
        session.complain(error)
    return Exit.UNREADABLE if store.problems else Exit.OK


def show_pack(session: Session, name: str) -> Exit:
    """Print what a pack is and holds; raises ``pack.unknown``."""
    pack = PackStore().get(name)
    page = session.page()
    page.line(Cell(pack.name, "bold"), Cell(pack.kind), Cell(session.say(_STATES[pack.state])))
    for label, text in _facts(session, pack):
        if text:
            page.labelled(session.say(label), text, indent=2, gap=12)
    session.put(page)
    return Exit.OK


def _facts(session: Session, pack: Pack) -> Iterable[tuple[Text, str]]:
    yield _SINCE, pack.since.isoformat()
    yield _VERSION, pack.version
    yield _SOURCE, pack.source.title
    yield _ADDRESS, pack.source.address
    yield _RECORDED, pack.recorded_at.isoformat(sep=" ", timespec="seconds") if pack.recorded_at else ""
    yield Text("SHA-256", "SHA-256"), pack.sha256
    yield _FILES, str(len(pack.files))
    for role in pack.schematrons:
        count = sum(1 for _ in pack.schematron(role).assertions())
        yield _ROLES, session.say(_ASSERTS.format(role=role, count=count))
    yield _LISTS, ", ".join(f"{name} ({len(codes)})" for name, codes in pack.code_lists.items())
    for note in pack.notes:
        yield _NOTES, session.say(note)


def compare(session: Session, before: str, after: str) -> Exit:
    """Print in words what differs between two packs; raises ``pack.unknown``."""
    store = PackStore()
    changes = diff(store.get(before), store.get(after), store.ledger())
    page = session.page()
    _changes(page, session, changes)
    session.put(page)
    return Exit.OK


def _changes(page: Page, session: Session, changes: PackDiff, indent: int = 0) -> None:
    facts = {"before": changes.before, "after": changes.after, "count": len(changes.changes)}
    page.line(Cell(session.say((_CHANGES if changes else _SAME).format(**facts)), "bold"), indent=indent)
    for sentence in changes.in_words(session.language):
        first, *rest = _wrapped(page, sentence, indent + 2)
        page.line(f"• {first}", indent=indent)
        for row in rest:
            page.line(row, indent=indent + 2)


def _wrapped(page: Page, sentence: str, indent: int) -> list[str]:
    from ulak.cli.page import clean, wrap

    return wrap(clean(sentence), page.measure - indent)


def add_pack(session: Session, path: str, name: str | None, since: str | None, *, staged: bool) -> Exit:
    """Take over a package of GİB's; raises ``pack.*``."""
    from ulak.rules.importer import add

    state: State = "staged" if staged else "active"
    pack = add(Path(path), PackStore(), name=name, since=day_of(since, "--since"), state=state)
    page = session.page()
    _said(page, session, _STAGED if pack.state == "staged" else _ADDED, pack)
    for note in pack.notes:
        page.paragraph(session.say(note), indent=2, style="dim")
    session.put(page)
    return Exit.OK


def fetch_packs(session: Session) -> Exit:
    """Ask GİB's addresses for newer packages and stage them; 2 if one of them could not be had."""
    from ulak.rules.fetch import fetch, published_packages

    store, worst = PackStore(), Exit.OK
    for package in published_packages():
        if session.watched:
            session.tell(session.say(_ASKING.format(title=package.title)) + "\n")
        for result in fetch(store, [package]):
            page = session.page()
            if result.error is not None:
                worst = Exit.UNREADABLE
                session.complain(result.error)
            elif result.pack is None:
                page.line(Cell(package.title, "bold"), Cell(session.say(_UNCHANGED), "dim"))
            else:
                page.line(Cell(package.title, "bold"))
                _said(page, session, _STAGED, result.pack, indent=2)
                if result.changes is not None:
                    _changes(page, session, result.changes, indent=2)
            session.put(page)
            session.flush()
    return worst


def activate(session: Session, name: str, since: str | None) -> Exit:
    """Let a pack judge; raises ``pack.*``."""
    return _done(session, _ACTIVE, PackStore().activate(name, day_of(since, "--since")))


def stage(session: Session, name: str) -> Exit:
    """Let a pack judge only when it is asked for; raises ``pack.*``."""
    return _done(session, _STAGED, PackStore().stage(name))


def remove(session: Session, name: str) -> Exit:
    """Forget an added pack; raises ``pack.*``."""
    PackStore().remove(name)
    session.put(session.say(_REMOVED.format(name=name)) + "\n")
    return Exit.OK


def _done(session: Session, sentence: Text, pack: Pack) -> Exit:
    page = session.page()
    _said(page, session, sentence, pack)
    session.put(page)
    return Exit.OK


def _said(page: Page, session: Session, sentence: Text, pack: Pack, indent: int = 0) -> None:
    page.paragraph(session.say(sentence.format(name=pack.name, since=_day(pack.since))), indent=indent)


def _day(day: date) -> str:
    return day.isoformat()
