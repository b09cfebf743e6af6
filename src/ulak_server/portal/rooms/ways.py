"""Where the pages of home and desk lead to: lists with what they are about already chosen."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlencode

from ulak.errors import Text
from ulak_server.documents.states import Shelf
from ulak_server.overview.months import current, last_day, written

__all__ = ["document", "need_list", "notice_page", "period_tables", "point_list"]

_NEEDS: Final = {
    "returned": ("outgoing", "troubled"),
    "faulty": ("outgoing", "troubled"),
    "resting": ("outgoing", "troubled"),
    "rejected": ("outgoing", "rejected"),
    "answers": ("incoming", "to_answer"),
    "receipts": ("despatches", "to_answer"),
    "drafts": ("outgoing", "draft"),
}
_PAGES: Final = {
    **dict.fromkeys(("reports-late", "reports-refused", "reports-due", "reports-unclear"), "reports"),
    "reports-aside": "reports/{month}/balance",
    **dict.fromkeys(("ledgers-late", "ledgers-refused", "ledgers-stopped", "ledgers-unsent", "ledgers-due"), "ledgers"),
    **dict.fromkeys(("credits-waiting", "credits-empty", "credits-low"), "settings/credits"),
}
_SHELVES: Final = {int(Shelf.DESPATCHES): "despatches", int(Shelf.RECEIPTS): "receipts"}
_POINTS: Final = {
    "unsent": ("outgoing", "ended"),
    "broken": ("outgoing", "troubled"),
    "under-way": ("outgoing", "sending"),
    "drafts": ("outgoing", "draft"),
    "unanswered": ("incoming", "to_answer"),
    "rejected": ("outgoing", "rejected"),
}
_LISTS: Final = (
    ("outgoing", Text("Giden", "Outgoing")),
    ("incoming", Text("Gelen", "Incoming")),
    ("despatches", Text("İrsaliye", "Despatches")),
    ("receipts", Text("Makbuzlar", "Receipts")),
)
_NOTICES: Final = {
    "key": "settings/keys",
    "account": "settings/account",
    "contract": "settings",
    "mail": "deliveries?group=failed",
    "hook": "settings/webhooks",
    "support": "settings/support",
    "seal": "settings/seal",
    "credits": "settings/credits",
}


def document(taxpayer: int, id: int) -> str:
    """A document's page."""
    return f"/t/{taxpayer}/documents/{id}"


def need_list(taxpayer: int, need: str, shelf: int | None = None) -> str:
    """The list with all documents of a need.

    Args:
        shelf: of the first of them, where documents of several lists may have it.
    """
    if need in _PAGES:
        return f"/t/{taxpayer}/{_PAGES[need].format(month=written(current()))}"
    path, state = _NEEDS[need]
    if shelf is not None and path == "outgoing":
        path = _SHELVES.get(shelf, path)
    return f"/t/{taxpayer}/{path}?{urlencode({'state': state})}"


def point_list(taxpayer: int, point: str, month: date) -> str:
    """The list with what is open at a point of a month's closing; empty if no list shows it."""
    if point == "unreported":
        return f"/t/{taxpayer}/reports/{written(month)}/balance"
    if point not in _POINTS:
        return ""
    path, state = _POINTS[point]
    days = {"from": month.isoformat(), "until": last_day(month).isoformat()}
    return f"/t/{taxpayer}/{path}?{urlencode({'state': state, **days})}"


def notice_page(taxpayer: int, notice: str) -> str:
    """Where something is renewed that ends."""
    return "/me" if notice == "password" else f"/t/{taxpayer}/{_NOTICES.get(notice, 'settings')}"


def period_tables(taxpayer: int, month: date) -> list[tuple[Text, str]]:
    """Where the tables of a month are downloaded: what was issued, what came in, and despatches."""
    days = {"from": month.isoformat(), "until": last_day(month).isoformat()}
    return [
        (label, f"/t/{taxpayer}/documents/export/excel?{urlencode({'list': path, **days})}") for path, label in _LISTS
    ]
