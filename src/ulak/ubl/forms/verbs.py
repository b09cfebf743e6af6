"""The verbs of every document: `from_json` builds UBL, `to_json` shows UBL as a friendly document and loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import DecimalException
from typing import Any, Final, Generic, NamedTuple, TypeVar

import msgspec

from ulak.errors import Text, UlakError
from ulak.ubl.documents import ROOTS
from ulak.ubl.forms.base import Clock, Form
from ulak.ubl.forms.decode import decode, encode
from ulak.ubl.forms.errors import JsonError
from ulak.ubl.forms.patch import apply_patch, difference
from ulak.ubl.names import XSI
from ulak.ubl.values import Component, KeptAttribute

__all__ = ["Kind", "build", "dump", "load"]

_D = TypeVar("_D", bound=Component)
_F = TypeVar("_F", bound=Form)
_SCHEMA_LOCATION: Final = f"{{{XSI}}}schemaLocation"
Json = bytes | str | Mapping[str, Any]


class Kind(NamedTuple, Generic[_F, _D]):
    """How one kind of document goes to UBL and back.

    Attributes:
        form: the friendly document.
        document: its component.
        build: friendly to UBL.
        lift: UBL to friendly, as far as there are fields.
        line_field: the component's field that holds the lines, if it has lines.
    """

    form: type[_F]
    document: type[_D]
    build: Callable[[_F, Clock], _D]
    lift: Callable[[_D], _F]
    line_field: str = ""


def load(kind: Kind[_F, _D], data: Json, clock: Clock) -> _D:
    """A friendly document in UBL.

    Raises:
        JsonError: what is wrong, with the caller's own field.
        TotalsError: the sums cannot be.
    """
    try:
        form = decode(kind.form, data)
    except JsonError as error:
        raw = _raw(data) if error.code == "json.missing-field" else None
        if raw is None:
            raise
        return _patched(kind.document(), raw)
    return build(kind, form, clock)


def build(kind: Kind[_F, _D], form: _F, clock: Clock) -> _D:
    """A decoded friendly document in UBL; raises like `load`."""
    try:
        return kind.build(form, clock)
    except msgspec.ValidationError as error:
        raise _bad_patch(error) from None
    except DecimalException:
        raise JsonError(
            "json.value",
            Text("Sayılardan biri sonlu değil ya da çok büyük.", "One of the numbers is not finite, or too large."),
            Text("Miktarları, fiyatları ve oranları gözden geçirin.", "Look at quantities, prices and rates."),
        ) from None


def _raw(data: Json) -> dict[str, Any] | None:
    """A document without any friendly field: all of it stands in ``ubl``."""
    members = data if isinstance(data, Mapping) else msgspec.json.decode(data)
    patch = members.get("ubl")
    return patch if set(members) <= {"document", "ubl"} and isinstance(patch, dict) else None


def _patched(document: _D, patch: dict[str, Any]) -> _D:
    try:
        return apply_patch(document, patch)
    except msgspec.ValidationError as error:
        raise _bad_patch(error) from None


def _bad_patch(error: msgspec.ValidationError) -> JsonError:
    return JsonError(
        "json.ubl",
        Text("“ubl” alanındaki öğe bu belgede yok ya da türü yanlış.", "“ubl” holds an element that does not fit."),
        Text(f"Ayrıştırıcının sözü: {error}", f"The parser says: {error}"),
        where="/ubl",
    )


def dump(kind: Kind[_F, _D], document: _D, *, exact: bool = False) -> bytes:
    """A document as friendly JSON, from which `load` builds an equal one.

    What the friendly form has no field for, and sums that the engine would not work out the same, stand under ``ubl``.
    Unless ``exact``, numbers may come back with other trailing zeros.
    """
    document = _without_usual_location(document)
    try:
        form = kind.lift(document)
        form = _completed(kind, form, document, exact)
    except (UlakError, DecimalException, msgspec.ValidationError):
        name = kind.form.__struct_config__.tag
        return msgspec.json.encode({"document": name, "ubl": difference(kind.document(), document, exact=exact)})
    return encode(form)


def _completed(kind: Kind[_F, _D], form: _F, document: _D, exact: bool) -> _F:
    rebuilt = kind.build(form, Clock())
    skip = frozenset({kind.line_field} if kind.line_field else ())
    if kind.line_field:
        befores, afters = getattr(rebuilt, kind.line_field), getattr(document, kind.line_field)
        for line, before, after in zip(form.lines, befores, afters, strict=True):  # type: ignore[attr-defined]
            line.ubl = difference(before, after, exact=exact) or None
    form.ubl = difference(rebuilt, document, exact=exact, skip=skip) or None  # type: ignore[attr-defined]
    return form


def _without_usual_location(document: _D) -> _D:
    """The writer puts the usual schemaLocation by itself."""
    usual = KeptAttribute(_SCHEMA_LOCATION, ROOTS[type(document)].schema_location)
    if usual not in document.kept:
        return document
    return msgspec.structs.replace(document, kept=tuple(kept for kept in document.kept if kept != usual))
