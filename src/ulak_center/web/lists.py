"""The user lists, as GİB gives them to everybody: files that say since when they are as they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from pathlib import Path
from typing import Final

from ulak.errors import Text
from ulak_center.faults import Circumstance, Faults, Place
from ulak_center.userlists import List
from ulak_center.web.mischief import INSTEAD, instead
from ulak_center.web.rooms import plain
from ulak_center.web.values import Answer, Head, Reply

__all__ = ["OPERATION", "PREFIX", "Listing", "is_known", "list_page", "list_reply", "struck"]

PREFIX: Final = "/EFaturaMerkez/"
OPERATION: Final = "userList"
"""By this name a fault strikes downloads of the lists."""
Listing = Callable[[List], Path]
"""Where a list lies once it was published."""
_MISSING: Final = Text("Bu liste daha yayımlanmadı.", "This list is not published yet.")
_STYLE: Final = "body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}"
_POLICY: Final = ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")


def list_reply(path: Path, head: Head) -> Reply:
    """A list, or only that it did not change since the client fetched it (RFC 9110, 13)."""
    try:
        status = path.stat()
    except OSError:
        return plain(404, _MISSING)
    since = datetime.fromtimestamp(int(status.st_mtime), UTC)
    tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    said = (("Last-Modified", format_datetime(since, usegmt=True)), ("ETag", tag))
    if is_known(head, tag, since):
        return Reply(304, b"", said)
    return Reply(200, path, (("Content-Type", "application/zip"), *said))


def list_page(listing: Listing) -> Reply:
    """A page that links the lists, as ``userList.jsp`` does."""
    rows = "".join(
        f'<li><a href="{escape(PREFIX + one)}">{escape(one)}</a> {escape(_size(listing(one)))}</li>' for one in List
    )
    title = "Kullanıcı listeleri – User lists"
    page = (
        f'<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1><ul>{rows}</ul></body></html>\n"
    )
    return Reply(200, page.encode(), (("Content-Type", "text/html; charset=utf-8"), _POLICY))


def struck(faults: Faults, now: datetime) -> Answer | None:
    """What a fault makes of a download: an outage, or a fault that was scripted for downloads by name."""
    return instead(faults.strike(Circumstance(Place.TAKE, now, OPERATION, can=INSTEAD, is_by_name=True)))


def _size(path: Path) -> str:
    try:
        return f"{path.stat().st_size:,} B".replace(",", ".")
    except OSError:
        return "–"


def is_known(head: Head, tag: str, since: datetime | None = None) -> bool:
    """Whether the client says that it has what is at a path in its present form (RFC 9110, 13.1)."""
    if tags := head.headers.get("if-none-match", ""):
        return tags.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
    try:
        asked = parsedate_to_datetime(head.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since is not None and since <= (asked if asked.tzinfo else asked.replace(tzinfo=UTC))
