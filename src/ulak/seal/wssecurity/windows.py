"""The time stamp of a message: from when until when it may be taken.

Source: WS-Security: SOAP Message Security 1.1, 10.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.wssecurity.envelope import elements
from ulak.seal.wssecurity.names import wsu
from ulak.seal.wssecurity.problems import soap_error

__all__ = ["Window", "plain_text", "window_of", "written"]

_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)", re.ASCII)


class Window(NamedTuple):
    """When a message was made and when it ends, in UTC; ``expires`` is None if the message does not say."""

    created: datetime
    expires: datetime | None


def written(moment: datetime) -> str:
    """A moment as messages say it: UTC with milliseconds, as in the e-Defter guide's sample.

    >>> written(datetime(2026, 3, 1, 12, 0, tzinfo=UTC))
    '2026-03-01T12:00:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def window_of(timestamp: etree._Element) -> Window:
    """Read a ``wsu:Timestamp``.

    Raises:
        SoapError: ``soap.timestamp-broken``.
    """
    children = list(elements(timestamp))
    if [child.tag for child in children] not in ([wsu("Created")], [wsu("Created"), wsu("Expires")]):
        raise soap_error("soap.timestamp-broken", detail=", ".join(str(child.tag) for child in children[:5]) or "-")
    created, *rest = [_moment(plain_text(child)) for child in children]
    expires = rest[0] if rest else None
    if expires is not None and expires <= created:
        raise soap_error("soap.timestamp-broken", detail="Expires <= Created")
    return Window(created, expires)


def plain_text(element: etree._Element) -> str:
    """The text of an element that holds nothing else; a comment in it would let two readers see two values.

    Raises:
        SoapError: ``soap.signature-broken``.
    """
    if len(element):
        raise soap_error("soap.signature-broken", detail=str(element.tag))
    return (element.text or "").strip(" \t\r\n")


def _moment(text: str) -> datetime:
    parts = _MOMENT.fullmatch(text)
    if parts is None:
        raise soap_error("soap.timestamp-broken", detail=text[:40] or "-")
    date, fraction, zone = parts.groups()
    try:
        moment = datetime.fromisoformat(date + zone.replace("Z", "+00:00"))
        return moment.astimezone(UTC) + timedelta(microseconds=int((fraction or "0")[:6].ljust(6, "0")))
    except (ValueError, OverflowError):
        raise soap_error("soap.timestamp-broken", detail=text[:40]) from None
