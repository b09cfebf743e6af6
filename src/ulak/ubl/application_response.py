"""Application responses: answers to an invoice and system responses (UBL-ApplicationResponse-2.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, cast

from ulak.ubl.components import ApplicationResponse
from ulak.ubl.documents import read_as, write_document
from ulak.ubl.forms import Json
from ulak.ubl.forms import from_json as _from_json
from ulak.ubl.forms import to_json as _to_json

__all__ = ["from_json", "read", "to_json", "write"]

_KINDS: Final = ("application_response", "system_response")


def read(data: bytes) -> ApplicationResponse:
    """Read an application response; raises `UlakError` like `ulak.ubl.documents.read_as`."""
    return read_as(ApplicationResponse, data)


def write(response: ApplicationResponse) -> bytes:
    """Write an application response; raises `UlakError` like `ulak.ubl.documents.write_document`."""
    return write_document(response)


def from_json(
    data: Json,
    *,
    now: datetime | None = None,
    new_uuid: Callable[[], str] | None = None,
    number: str | None = None,
) -> ApplicationResponse:
    """Build an answer or a system response; arguments and errors as in `ulak.ubl.forms.from_json`."""
    return cast(ApplicationResponse, _from_json(data, kinds=_KINDS, now=now, new_uuid=new_uuid, number=number))


def to_json(response: ApplicationResponse, *, exact: bool = False) -> bytes:
    """Show an answer or a system response in its friendly form; see `ulak.ubl.forms.to_json`."""
    return _to_json(response, exact=exact)
