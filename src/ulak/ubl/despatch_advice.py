"""Despatch advices: e-İrsaliye (UBL-DespatchAdvice-2.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, cast

from ulak.ubl.components import DespatchAdvice
from ulak.ubl.documents import read_as, write_document
from ulak.ubl.forms import Json
from ulak.ubl.forms import from_json as _from_json
from ulak.ubl.forms import to_json as _to_json

__all__ = ["from_json", "read", "to_json", "write"]

_KINDS: Final = ("despatch_advice",)


def read(data: bytes) -> DespatchAdvice:
    """Read a despatch advice; raises `UlakError` like `ulak.ubl.documents.read_as`."""
    return read_as(DespatchAdvice, data)


def write(despatch_advice: DespatchAdvice) -> bytes:
    """Write a despatch advice; raises `UlakError` like `ulak.ubl.documents.write_document`."""
    return write_document(despatch_advice)


def from_json(
    data: Json,
    *,
    now: datetime | None = None,
    new_uuid: Callable[[], str] | None = None,
    number: str | None = None,
) -> DespatchAdvice:
    """Build a despatch advice; arguments and errors as in `ulak.ubl.forms.from_json`."""
    return cast(DespatchAdvice, _from_json(data, kinds=_KINDS, now=now, new_uuid=new_uuid, number=number))


def to_json(despatch_advice: DespatchAdvice, *, exact: bool = False) -> bytes:
    """Show a despatch advice in its friendly form; see `ulak.ubl.forms.to_json`."""
    return _to_json(despatch_advice, exact=exact)
