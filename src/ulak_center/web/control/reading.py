"""Bodies and parameters of requests read into values, or refused in words that name the field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import parse_qsl

import msgspec

from ulak.errors import Text
from ulak_center.web.problems import web_error
from ulak_center.web.values import Request

__all__ = ["FIT_FOR_XML", "Parameters", "body_of"]

T = TypeVar("T")
FIT_FOR_XML: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*\Z"
"""What becomes part of user lists and documents: one character that XML cannot carry would spoil them all."""
_KINDS: Final = {
    "int": Text("tam sayı", "an integer"),
    "float": Text("sayı", "a number"),
    "str": Text("metin", "text"),
    "bool": Text("true ya da false", "true or false"),
    "array": Text("dizi", "an array"),
    "object": Text("nesne", "an object"),
    "null": Text("null", "null"),
    "datetime": Text("zaman", "a time"),
    "date": Text("gün", "a day"),
}
_FORMS: Final = (
    (
        r"Expected `([a-z| ]+)`, got `(\w+)`",
        Text("{0} olmalı, {1} geldi.", "It must be {0}; it is {1}."),
    ),
    (r"Expected `\w+` (>=|<=|>|<) (\S+)", Text("Değer {0} {1} olmalı.", "The value must be {0} {1}.")),
    (
        r"Expected `\w+` of length (>=|<=) (\d+)",
        Text("Uzunluk {0} {1} olmalı.", "The length must be {0} {1}."),
    ),
    (
        re.escape(f"Expected `str` matching regex {FIT_FOR_XML!r}"),
        Text("XML'in taşıyamayacağı bir karakter var.", "It has a character that XML cannot carry."),
    ),
    (r"Expected `\w+` matching regex (.+)", Text("Biçimi {0} olmalı.", "It must have the form {0}.")),
    (
        r"Expected `datetime` with a timezone component|Invalid RFC3339 encoded (?:datetime|date)",
        Text(
            "Saat dilimiyle yazılmış bir zaman olmalı: 2026-07-01T09:00:00+03:00 (gün: 2026-07-01).",
            "It must be a time with its zone: 2026-07-01T09:00:00+03:00 (a day: 2026-07-01).",
        ),
    ),
    (r"Invalid enum value '?(.{0,60}?)'?", Text("Bilinmeyen değer: {0}", "Unknown value: {0}")),
    (r"Object missing required field `(.+)`", Text("“{0}” alanı eksik.", "The field “{0}” is missing.")),
    (
        r"Object contains unknown field `(.{0,60}).*`",
        Text("“{0}” diye bir alan yok.", "There is no field “{0}”."),
    ),
)
_OTHER: Final = Text("Değer geçersiz.", "The value is not valid.")
_AT: Final = re.compile(r" - at `\$(.*)`$")
_WHOLE: Final = Text("Gövde", "The body")
_MOST_PARAMETERS: Final = 20


def body_of(request: Request, kind: type[T]) -> T:
    """The JSON object in the body.

    Raises:
        CenterError: ``center.control-type``, ``center.control-json``, ``center.control-field`` with ``where`` the
            field's JSON pointer.
    """
    said = request.head.headers.get("content-type", "")
    if said.partition(";")[0].strip().lower() != "application/json":
        raise web_error("center.control-type", kind=said[:60] or "-")
    try:
        return msgspec.json.decode(request.body, type=kind)
    except msgspec.ValidationError as error:
        pointer, detail = _explained(str(error))
        raise web_error("center.control-field", where=pointer, place=pointer or _WHOLE, detail=detail) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise web_error("center.control-json", detail=str(error)[:100]) from None


class Parameters:
    """The query of a request; what nobody asked for is refused at the end (`done`).

    Raises:
        CenterError: ``center.control-parameter``: there are too many.
    """

    def __init__(self, query: str) -> None:
        try:
            fields = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS, errors="replace")
        except ValueError:
            allowed = f"<= {_MOST_PARAMETERS}"
            raise web_error("center.control-parameter", name="*", value=query[:60], allowed=allowed) from None
        self._given = dict(fields)

    def text(self, name: str) -> str:
        """A text; empty if it was not given."""
        return self._given.pop(name, "")[:200]

    def number(self, name: str, usual: int, least: int, most: int) -> int:
        """A whole number within bounds.

        Raises:
            CenterError: ``center.control-parameter``.
        """
        given = self._given.pop(name, "")
        if not given:
            return usual
        if not re.fullmatch(r"[0-9]{1,18}", given) or not least <= int(given) <= most:
            raise web_error("center.control-parameter", name=name, value=given[:60], allowed=f"{least}–{most}")
        return int(given)

    def done(self, known: Mapping[str, Any] | tuple[str, ...]) -> None:
        """Refuse what is left.

        Raises:
            CenterError: ``center.control-parameter``.
        """
        for name, value in self._given.items():
            allowed = ", ".join(known) or "-"
            raise web_error("center.control-parameter", name=name[:60], value=value[:60], allowed=allowed)


class _Explained(NamedTuple):
    pointer: str
    detail: Text


def _explained(said: str) -> _Explained:
    """Where a value is wrong, as a JSON pointer, and why."""
    found = _AT.search(said)
    plain = said[: found.start()] if found else said
    pointer = re.sub(r"\[(\d+)\]", r"/\1", found[1].replace(".", "/").replace("[...]", "")) if found else ""
    for form, text in _FORMS:
        if match := re.fullmatch(form, plain, re.DOTALL):
            tr, en = ([_kind(group).say(language) for group in match.groups()] for language in ("tr", "en"))
            return _Explained(pointer, Text(text.tr.format(*tr), text.en.format(*en)))
    return _Explained(pointer, _OTHER)


def _kind(name: str) -> Text:
    parts = [_KINDS.get(one.strip(), Text(one.strip(), one.strip())) for one in name.split(" | ")]
    return Text(" ya da ".join(one.tr for one in parts), " or ".join(one.en for one in parts))
