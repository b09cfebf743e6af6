"""What a person is told in the portal: the bell and its list. Within a scope that holds the taxpayer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from ulak.errors import Language, Text
from ulak_server import clock, formats
from ulak_server.delivery.kinds import KINDS
from ulak_server.delivery.models import Notification
from ulak_server.documents.models import Document

__all__ = ["Notice", "notices", "said", "seen", "unseen"]

_MOST: Final = 100
_NAMES: Final = 3
_BOTH: Final[tuple[Language, Language]] = ("tr", "en")
_AMOUNTS: Final = frozenset({"amount", "balance"})
_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")


class Notice(NamedTuple):
    """A notification as it is shown.

    Attributes:
        documents: ids that it is about, the last ones; a link leads there.
        names: numbers or partners of some of them.
    """

    row: Notification
    sentence: Text
    tone: str
    documents: Sequence[int]
    names: Sequence[str]


def unseen(taxpayer: int, user: int) -> int:
    """How many notifications the bell counts."""
    return Notification.objects.filter(taxpayer_id=taxpayer, user_id=user, shown=True, seen_at=None).count()


def notices(taxpayer: int, user: int, *, before: int | None = None, limit: int = 30) -> list[Notice]:
    """What a person was told, the last first.

    Args:
        before: id of a notification: those that are older.
    """
    found = Notification.objects.filter(taxpayer_id=taxpayer, user_id=user, shown=True)
    if before is not None:
        found = found.filter(id__lt=before)
    return said(taxpayer, list(found.order_by("-id")[: min(limit, _MOST)]))


def seen(taxpayer: int, user: int, ids: Iterable[int] | None = None) -> int:
    """Mark notifications as seen, all of them if none is named; how many there were."""
    found = Notification.objects.filter(taxpayer_id=taxpayer, user_id=user, seen_at=None)
    if ids is not None:
        found = found.filter(id__in=list(ids))
    return found.update(seen_at=clock.now())


def said(taxpayer: int, rows: Sequence[Notification]) -> list[Notice]:
    """Notifications with their sentences."""
    wanted = {id for row in rows for id in row.documents[-_NAMES:]}
    found = Document.objects.filter(taxpayer_id=taxpayer, id__in=wanted).only("id", "number", "party_title", "ettn")
    names = {one.id: _name(one) for one in found}
    return [_said(row, [names[id] for id in reversed(row.documents[-_NAMES:]) if id in names]) for row in rows]


def _said(row: Notification, names: Sequence[str]) -> Notice:
    kind = KINDS[row.kind]
    facts: dict[str, object] = {name: value for name, value in row.facts.items() if isinstance(value, str | int)}
    if row.count == 1:
        facts.setdefault("document", names[0] if names else "–")
        sentence = _filled(kind.one, facts)
    else:
        sentence = kind.many.format(n=row.count)
    return Notice(row, sentence, kind.tone, row.documents, names)


def _filled(text: Text, facts: dict[str, object]) -> Text:
    known = {
        language: _Facts({name: _written(name, one, language) for name, one in facts.items()}) for language in _BOTH
    }
    return Text(
        *(said.format_map(known[language]).replace("..", ".") for language, said in zip(_BOTH, text, strict=True))
    )


def _written(name: str, fact: object, language: Language) -> object:
    """A fact as people write it: events have days and months as ISO 8601 and amounts with a point, for programs."""
    given = str(fact)
    if name == "day" and _ISO_DAY.fullmatch(given):
        return formats.day(date.fromisoformat(given), language)
    if name == "month" and _ISO_MONTH.fullmatch(given):
        return formats.month_text(date.fromisoformat(f"{given}-01")).say(language)
    if name in _AMOUNTS and _NUMBER.fullmatch(given):
        return formats.number(Decimal(given), None, language)
    return fact


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "–"


def _name(document: Document) -> str:
    number = document.number or str(document.ettn)[:8]
    return f"{number} · {document.party_title}" if document.party_title else number
