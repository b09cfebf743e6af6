"""``ulak userlist show``: taxpayers looked up in a list of GİB's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from typing import Final, NamedTuple

from ulak.cli.errors import Exit, day_of, one_of
from ulak.cli.inputs import shown
from ulak.cli.keys import print_json
from ulak.cli.page import Cell, Column, Page
from ulak.cli.seeking import seekable
from ulak.cli.session import Session
from ulak.errors import Text
from ulak.userlist import Alias, Documents, ListRole, User, UserListError, is_active, read_users, role_of_file
from ulak.userlist.times import ISTANBUL, time_text

__all__ = [
    "METHODS",
    "ROLES",
    "TYPES",
    "USES",
    "ListWish",
    "Reading",
    "begin_page",
    "list_wish",
    "reading",
    "show_users",
]

ROLES: Final = {
    ListRole.GB: Text("gönderici birimler (GB)", "sending units (GB)"),
    ListRole.PK: Text("posta kutuları (PK)", "mailboxes (PK)"),
}
TYPES: Final = {"KAMU": Text("kamu", "public"), "OZEL": Text("özel", "private")}
METHODS: Final = {
    "GIBPORTAL": Text("GİB portalı", "GİB's portal"),
    "ENTEGRASYON": Text("doğrudan entegrasyon", "own integration"),
    "OZELENTEGRASYON": Text("özel entegratör", "an integrator"),
}
USES: Final = {"Invoice": Text("e-Fatura", "e-Fatura"), "DespatchAdvice": Text("e-İrsaliye", "e-İrsaliye")}
_NO_METHOD: Final = Text("yöntemi belirtilmemiş", "method not stated")
_SINCE: Final = Text("{time} tarihinden beri", "since {time}")
_NOT_FOUND: Final = Text("Listede yok: {wanted}", "Not in the list: {wanted}")
_NO_ALIAS: Final = Text("Kayıtlı etiketi yok.", "No alias is registered.")
_IN_USE: Final = Text("✓ kullanımda", "✓ in use")
_HEADS: Final = (Text("Etiket", "Alias"), Text("Açıldı", "Created"), Text("Silindi", "Deleted"))
_FAULTS: Final = Text(
    "Anlaşılamayan kayıt: {count}. İlki: {first}", "Entries not understood: {count}. The first: {first}"
)
_NOT_THIS_LIST: Final = Text(
    "Bu, etiketlerin listesi olmayabilir. e-Arşiv listesini ve UserTempList'i ulak.userlist okur: docs/userlists.md.",
    "This may not be a list of aliases. The e-Arşiv list and the UserTempList are read by ulak.userlist: "
    "docs/userlists.md.",
)
_MINUTES: Final = 16
_END_OF_DAY: Final = time(23, 59, 59)


class ListWish(NamedTuple):
    """What the options of both commands say: the moment that counts, and the form of the output."""

    at: datetime
    format: str


class Reading(NamedTuple):
    """A list that is being read.

    Attributes:
        role: None if the file's name in the ZIP does not tell.
        faults: of users who cannot be understood, so far.
    """

    name: str
    role: ListRole | None
    users: Iterator[User]
    faults: list[UserListError]

    def tell(self, session: Session) -> Exit:
        """Say how many users were not understood, once all were read."""
        if not self.faults:
            return Exit.OK
        first = session.say(self.faults[0].text)
        page = session.error_page()
        page.paragraph(session.say(_FAULTS.format(count=len(self.faults), first=first)), style="yellow")
        # Neither the e-Arşiv list nor the UserTempList has documents, and both are called UserList, too.
        if all(fault.code == "userlist.missing" for fault in self.faults) and "Documents" in first:
            page.paragraph(session.say(_NOT_THIS_LIST), indent=2)
        session.tell(page)
        return Exit.FINDINGS


def list_wish(as_of: str | None, format: str) -> ListWish:
    """What the options say.

    Raises:
        UlakError: ``cli.usage``.
    """
    one_of(format, ("text", "json"), "--format")
    day = day_of(as_of, "--as-of")
    return ListWish(datetime.combine(day, _END_OF_DAY, ISTANBUL) if day else datetime.now(ISTANBUL), format)


@contextmanager
def reading(name: str) -> Iterator[Reading]:
    """Begin to read a list.

    Raises:
        UserListError: it cannot be read.
        InputError: ``file.missing``, ``file.unreadable``.
    """
    faults: list[UserListError] = []
    with seekable(name) as file:
        yield Reading(shown(name), role_of_file(file), read_users(file, on_fault=faults.append), faults)


def show_users(session: Session, name: str, wanted: Sequence[str], wish: ListWish) -> Exit:
    """Print what a list says of some taxpayers, in the order in which they were asked for."""
    asked = [text.strip() for text in wanted]
    with reading(name) as found:
        users = _look_up(found.users, frozenset(asked))
        role = found.role
        told = found.tell(session)
    if wish.format == "json":
        print_json(session, _objects(asked, users, role, wish.at))
    else:
        session.put(_page(session, asked, users, found, wish.at))
    return Exit.OK if all(users.values()) and told is Exit.OK else Exit.FINDINGS


def _look_up(users: Iterator[User], wanted: frozenset[str]) -> dict[str, list[User]]:
    """All of the list is read: before its end nobody knows that it is whole."""
    found: dict[str, list[User]] = {text: [] for text in wanted}
    aliases = frozenset(text for text in wanted if not text.isdecimal())
    for user in users:
        if user.number in wanted:
            found[user.number].append(user)
        if aliases:
            for name in aliases & {alias.name for documents in user.documents for alias in documents.aliases}:
                found[name].append(user)
    return found


def begin_page(session: Session, found: Reading) -> Page:
    """A page headed by the list's name and role."""
    page = session.page()
    page.line(Cell(found.name, "bold"), session.say(ROLES[found.role]) if found.role else "")
    return page


def _page(session: Session, asked: Sequence[str], users: dict[str, list[User]], found: Reading, at: datetime) -> Page:
    page = begin_page(session, found)
    for text in asked:
        for user in users[text]:
            _put_user(session, page, user, at)
        if not users[text]:
            page.blank()
            page.line(Cell(f"✗ {session.say(_NOT_FOUND.format(wanted=text))}", "bold red"))
    return page


def _put_user(session: Session, page: Page, user: User, at: datetime) -> None:
    page.blank()
    page.line(Cell(user.number, "bold"), user.title)
    method = METHODS[user.account_type] if user.account_type else _NO_METHOD
    since = _SINCE.format(time=_shown(user.first_created))
    page.line(", ".join(map(session.say, (TYPES[user.type], method, since))), indent=2)
    if not user.documents:
        page.line(session.say(_NO_ALIAS), indent=2)
    for documents in user.documents:
        _put_documents(session, page, documents, at)


def _put_documents(session: Session, page: Page, documents: Documents, at: datetime) -> None:
    legend = session.say(_IN_USE) if any(is_active(alias, at) for alias in documents.aliases) else ""
    page.line(Cell(session.say(USES[documents.type]), "bold"), Cell(legend, "dim"), indent=2)
    heads = [Column(session.say(head), flexible=not place) for place, head in enumerate(_HEADS)]
    page.table([Column(style="bold green"), *heads], [_row(alias, at) for alias in documents.aliases], indent=2)


def _row(alias: Alias, at: datetime) -> tuple[str, ...]:
    mark = "✓" if is_active(alias, at) else ""
    return (mark, alias.name, _shown(alias.created), _shown(alias.deleted) if alias.deleted else "")


def _shown(moment: datetime) -> str:
    return time_text(moment)[:_MINUTES].replace("T", " ")


def _objects(
    asked: Sequence[str], users: dict[str, list[User]], role: ListRole | None, at: datetime
) -> list[dict[str, object]]:
    objects: list[dict[str, object]] = []
    for text in asked:
        objects += [_as_json(text, user, role, at) for user in users[text]] or [{"asked": text, "found": False}]
    return objects


def _as_json(asked: str, user: User, role: ListRole | None, at: datetime) -> dict[str, object]:
    return {
        "asked": asked,
        "found": True,
        "list": role.name if role else None,
        "number": user.number,
        "title": user.title,
        "type": user.type,
        "first_created": user.first_created.isoformat(),
        "account_type": user.account_type,
        "documents": [
            {"type": documents.type, "aliases": [_alias_json(alias, at) for alias in documents.aliases]}
            for documents in user.documents
        ],
    }


def _alias_json(alias: Alias, at: datetime) -> dict[str, object]:
    return {
        "name": alias.name,
        "created": alias.created.isoformat(),
        "deleted": alias.deleted.isoformat() if alias.deleted else None,
        "active": is_active(alias, at),
    }
