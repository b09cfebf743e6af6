"""``ulak userlist sum``: what is in a list of GİB's, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from ulak.cli.errors import Exit
from ulak.cli.keys import print_json
from ulak.cli.page import Column, Page
from ulak.cli.session import Session
from ulak.cli.userlisting import METHODS, TYPES, USES, ListWish, begin_page, reading
from ulak.errors import Text
from ulak.userlist import User, is_active

__all__ = ["sum_list"]

_USERS: Final = Text("Mükellef", "Taxpayers")
_COMPANIES: Final = Text("VKN'li", "with a VKN")
_PERSONS: Final = Text("TCKN'li", "with a TCKN")
_UNKNOWN: Final = Text("yöntemi belirtilmemiş", "method not stated")
_REGISTERED: Final = Text("Kayıtlı mükellef", "Registered taxpayers")
_ACTIVE: Final = Text("Kullanımdaki etiket", "Aliases in use")
_OTHER: Final = Text("Öteki etiket", "Other aliases")
_VKN_DIGITS: Final = 10

Counts = Counter[tuple[str, str]]


def sum_list(session: Session, name: str, wish: ListWish) -> Exit:
    """Count the taxpayers and aliases of a list as of a moment."""
    with reading(name) as found:
        counts = _counted(found.users, wish.at)
        if wish.format == "json":
            print_json(session, [_as_json(counts, found.role.name if found.role else None, len(found.faults))])
        else:
            page = begin_page(session, found)
            _put_counts(session, page, counts)
            session.put(page)
        return found.tell(session)


def _counted(users: Iterator[User], at: datetime) -> Counts:
    counts: Counts = Counter()
    for user in users:
        counts["users", ""] += 1
        counts["number", "VKN" if len(user.number) == _VKN_DIGITS else "TCKN"] += 1
        counts["type", user.type] += 1
        counts["method", user.account_type or ""] += 1
        for documents in user.documents:
            active = sum(is_active(alias, at) for alias in documents.aliases)
            counts["registered", documents.type] += active > 0
            counts["active", documents.type] += active
            counts["other", documents.type] += len(documents.aliases) - active
    return counts


def _put_counts(session: Session, page: Page, counts: Counts) -> None:
    rows: list[tuple[Text, int]] = [
        (_USERS, counts["users", ""]),
        (_COMPANIES, counts["number", "VKN"]),
        (_PERSONS, counts["number", "TCKN"]),
        *((said, counts["type", type_]) for type_, said in TYPES.items()),
        *((said, counts["method", method]) for method, said in METHODS.items()),
    ]
    if counts["method", ""]:
        rows.append((_UNKNOWN, counts["method", ""]))
    columns = [Column(), Column(right=True)]
    page.table(columns, [(session.say(said), str(count)) for said, count in rows], indent=2)
    page.blank()
    heads = [Column(), *(Column(session.say(said), right=True) for said in (_REGISTERED, _ACTIVE, _OTHER))]
    by_use = [
        (session.say(said), *(str(counts[what, use]) for what in ("registered", "active", "other")))
        for use, said in USES.items()
    ]
    page.table(heads, by_use, indent=2)


def _as_json(counts: Counts, role: str | None, faults: int) -> dict[str, object]:
    return {
        "list": role,
        "users": counts["users", ""],
        "numbers": {kind: counts["number", kind] for kind in ("VKN", "TCKN")},
        "types": {type_: counts["type", type_] for type_ in TYPES},
        "account_types": {**{method: counts["method", method] for method in METHODS}, "": counts["method", ""]},
        "documents": {use: {what: counts[what, use] for what in ("registered", "active", "other")} for use in USES},
        "faults": faults,
    }
