"""Mail that came back, read: which of our messages it is about, and whether it will ever arrive.

Sources: RFC 3464 (delivery status notifications), RFC 3463 (their codes), RFC 5965 (complaints). Anybody can write to
the address that takes them, so that only messages are believed whose mark nobody else can make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Parsed
from typing import Final, NamedTuple

from ulak_server.delivery.addresses import MARK, message_in

__all__ = ["LARGEST", "Returned", "read"]

LARGEST: Final = 1024 * 1024
"""Bytes that are looked at; what comes behind them is somebody's returned attachment."""
_PARTS: Final = 60
_DETAIL: Final = 500
_TO: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY: Final = re.compile(r"\b(4|5)\d\d[ -]")
_GONE: Final = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1"})
"""Subject and detail of codes by which an address will not work again (RFC 3463, 3.2 and 3.3)."""
_ACTIONS: Final = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})


class Returned(NamedTuple):
    """What came back.

    Attributes:
        message: id of ours that it is about; None if it cannot be told.
        kind: ``bounced``, ``delayed``, ``complained`` or ``other``.
        status: as RFC 3463 has it, e.g. ``5.1.1``; empty if it was not said.
        is_gone: whether the address will not work again.
        is_lasting: whether the reason is one that lasts.
        detail: what the server said.
    """

    message: int | None
    kind: str
    status: str = ""
    is_gone: bool = False
    is_lasting: bool = False
    detail: str = ""


def read(data: bytes) -> Returned:
    """What a message that came to the return path says. Nothing that anybody sends makes this fail."""
    parsed = message_from_bytes(data[:LARGEST])
    parts = list(_parts(parsed))
    about = _about(parsed, parts, data[:LARGEST])
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/feedback-report":
            return Returned(about, "complained", detail=_flat(_header(part, "Feedback-Type") or _text(part)))
        if kind == "message/delivery-status":
            return _reported(about, part)
    return _guessed(about, parsed, parts)


def _reported(about: int | None, report: Parsed) -> Returned:
    blocks = _blocks(report)
    failed = next((one for one in blocks if one.get("action") == "failed"), None)
    chosen = failed or next((one for one in blocks if one.get("action") in _ACTIONS), None)
    if chosen is None:
        return Returned(about, "other")
    action, detail = chosen["action"], _flat(chosen.get("diagnostic-code", ""))
    found = _STATUS.search(chosen.get("status", "")) or _STATUS.search(detail)
    status = found[0] if found else ""
    if action == "delayed":
        return Returned(about, "delayed", status, detail=detail)
    if action != "failed":
        return Returned(about, "other", status, detail=detail)
    return _bounced(about, status, detail)


def _guessed(about: int | None, parsed: Parsed, parts: list[Parsed]) -> Returned:
    """What servers say that write no report: anything that was sent back to a mark without words is no bounce."""
    text = " ".join(_text(part) for part in parts if part.get_content_type() == "text/plain")[:20_000]
    is_notice = (
        _header(parsed, "Auto-Submitted").startswith("auto-replied")
        or "mailer-daemon" in _header(parsed, "From").lower()
        or _header(parsed, "Return-Path").strip() == "<>"
    )
    found = _STATUS.search(text)
    if not is_notice or not (found or _REPLY.search(text)):
        return Returned(about, "other", detail=_flat(_header(parsed, "Subject")))
    return _bounced(about, found[0] if found else "", _flat(text[max(0, (found.start() if found else 0) - 100) :]))


def _bounced(about: int | None, status: str, detail: str) -> Returned:
    grade, _, rest = status.partition(".")
    is_lasting = grade == "5" or (not grade and bool(re.search(r"\b5\d\d\b", detail)))
    return Returned(about, "bounced", status, is_lasting and rest in _GONE, is_lasting, detail)


# -- which message -----------------------------------------------------------------------------------------------------


def _about(parsed: Parsed, parts: list[Parsed], data: bytes) -> int | None:
    for name in _TO:
        for value in parsed.get_all(name) or ():
            if (id := message_in(str(value))) is not None:
                return id
    for part in parts:
        for name in ("X-Ulak-Message", "Message-ID"):
            if (id := message_in(_header(part, name))) is not None:
                return id
    # Many servers quote the headers of what they return as plain text.
    found = MARK.search(data.decode("ascii", "replace").lower().partition("x-ulak-message:")[2][:100])
    return message_in(found[0]) if found else None


# -- parts -------------------------------------------------------------------------------------------------------------


def _parts(parsed: Parsed) -> Iterator[Parsed]:
    """The parts of a message, some dozen at most; a report's blocks are read with it."""
    left: list[Parsed] = [parsed]
    count = 0
    while left and count < _PARTS:
        part = left.pop(0)
        count += 1
        yield part
        inner = part.get_payload() if part.is_multipart() else None
        if part.get_content_type() == "text/rfc822-headers":
            left.append(message_from_bytes(_bytes(part)))
        if isinstance(inner, list) and part.get_content_type() != "message/delivery-status":
            left += [one for one in inner if isinstance(one, Parsed)]


def _blocks(report: Parsed) -> list[dict[str, str]]:
    inner = report.get_payload()
    if not isinstance(inner, list):
        return [_fields(message_from_bytes(_bytes(report)))]
    return [_fields(one) for one in inner[:_PARTS] if isinstance(one, Parsed)]


def _fields(block: Parsed) -> dict[str, str]:
    fields = {name.lower(): str(value) for name, value in block.items()[:50]}
    if "action" in fields:
        fields["action"] = fields["action"].strip().lower()
    return fields


def _header(part: Parsed, name: str) -> str:
    try:
        return str(part.get(name, ""))
    except (ValueError, UnicodeError):
        return ""


def _text(part: Parsed) -> str:
    return _bytes(part).decode("utf-8", "replace")


def _bytes(part: Parsed) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, UnicodeError):
        return b""
    return found if isinstance(found, bytes) else b""


def _flat(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:_DETAIL]
