"""The user lists, as GİB gives them to everybody: files that say since when they are as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Final

from ulak_center.web.ports import Listing
from ulak_center.web.values import Head, Reply

__all__ = ["PREFIX", "list_reply"]

PREFIX: Final = "/EFaturaMerkez/"
_TEXT: Final = (("Content-Type", "text/plain; charset=utf-8"),)
_KINDS: Final = {".zip": "application/zip", ".csv": "text/csv; charset=utf-8", ".xml": "text/xml; charset=utf-8"}


def list_reply(listing: Listing, name: str, head: Head) -> Reply:
    """A list, or only that it did not change since the client fetched it (RFC 9110, 13)."""
    path = listing.file(name)
    if path is None:
        return Reply(404, "Bu liste daha yayımlanmadı.\nThis list is not published yet.\n".encode(), _TEXT)
    status = path.stat()
    since = datetime.fromtimestamp(int(status.st_mtime), UTC)
    tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    said = (("Last-Modified", format_datetime(since, usegmt=True)), ("ETag", tag))
    if _is_known(head, tag, since):
        return Reply(304, b"", said)
    return Reply(200, path, (("Content-Type", _KINDS.get(Path(name).suffix, "application/octet-stream")), *said))


def _is_known(head: Head, tag: str, since: datetime) -> bool:
    if tags := head.headers.get("if-none-match", ""):
        return tags.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
    try:
        asked = parsedate_to_datetime(head.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since <= (asked if asked.tzinfo else asked.replace(tzinfo=UTC))
