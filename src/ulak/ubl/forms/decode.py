"""JSON to a friendly document, strictly; what is wrong is said with the caller's own field.

The happy path is one call into msgspec. Only when it fails is the input walked once more, to find the field.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from enum import Enum
from types import NoneType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from ulak.errors import Text
from ulak.ubl.forms.errors import JsonError, missing
from ulak.ubl.forms.nuls import refuse_nul
from ulak.ubl.forms.syntax import syntax_error
from ulak.ubl.learned import learn

__all__ = ["decode", "encode"]

_T = TypeVar("_T", bound=msgspec.Struct)
_NUMBERS: Final = msgspec.json.Encoder(decimal_format="number")
_MISSING: Final = re.compile(r"missing required field `([^`]+)`")
_TYPES: Final = {
    "str": Text("metin", "text"),
    "decimal": Text("sayı", "a number"),
    "int": Text("tam sayı", "a whole number"),
    "bool": Text("true ya da false", "true or false"),
    "array": Text("liste", "a list"),
    "object": Text("nesne", "an object"),
    "null": Text("boş (null)", "nothing (null)"),
}
_DATE: Final = Text("tarih (YYYY-AA-GG)", "a date (YYYY-MM-DD)")
_TIME: Final = Text("saat (SS:DD:ss)", "a time (hh:mm:ss)")


def decode(form: type[_T], data: bytes | str | Mapping[str, Any]) -> _T:
    """Read a friendly document from JSON text or from an object that was already decoded.

    Raises:
        JsonError: ``json.syntax``, ``json.encoding``, ``json.unknown-field``, ``json.missing-field``, ``json.type`` or
            ``json.nul``.
    """
    if isinstance(data, bytes):
        refuse_nul(data)
    try:
        decoder: msgspec.json.Decoder[_T] = learn(form)
        return msgspec.convert(data, form) if isinstance(data, Mapping) else decoder.decode(data)
    except msgspec.ValidationError as error:
        raise _explained(form, data, error) from None
    except msgspec.DecodeError as error:
        raise _syntax(data, error) from None
    except UnicodeDecodeError:
        raise JsonError(
            "json.encoding",
            Text("JSON, UTF-8 olarak çözülemiyor.", "The JSON cannot be decoded as UTF-8."),
            Text("Dosyayı UTF-8 olarak kaydedin.", "Save the file as UTF-8."),
        ) from None


def encode(form: msgspec.Struct) -> bytes:
    """A friendly document as JSON text; numbers are JSON numbers with all their digits."""
    return _NUMBERS.encode(form)


def _syntax(data: bytes | str | Mapping[str, Any], error: msgspec.DecodeError | UnicodeDecodeError) -> JsonError:
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace") if isinstance(data, str) else b""
    return syntax_error(raw, str(error))


def _explained(form: type[_T], data: bytes | str | Mapping[str, Any], error: msgspec.ValidationError) -> JsonError:
    try:
        value = data if isinstance(data, Mapping) else msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as broken:
        # The fault of its form came before that of its syntax.
        return _syntax(data, broken)
    return _locate(value, form, "") or _general("", str(error))


def _locate(value: Any, wanted: Any, pointer: str) -> JsonError | None:
    """The first fault below ``pointer``, or None if ``value`` can be read as ``wanted``."""
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError as error:
        return _inside(value, wanted, pointer) or _described(value, wanted, pointer, str(error))
    return None


def _inside(value: Any, wanted: Any, pointer: str) -> JsonError | None:
    for choice in _choices(wanted):
        if isinstance(choice, type) and issubclass(choice, msgspec.Struct) and isinstance(value, Mapping):
            return _in_struct(value, choice, pointer)
        origin = get_origin(choice)
        if origin is tuple and isinstance(value, list | tuple):
            return _first(_locate(item, get_args(choice)[0], f"{pointer}/{index}") for index, item in enumerate(value))
        if origin is dict and isinstance(value, Mapping):
            items = value.items()
            return _first(_locate(item, get_args(choice)[1], f"{pointer}/{_escaped(key)}") for key, item in items)
    return None


def _in_struct(value: Mapping[str, Any], form: type[msgspec.Struct], pointer: str) -> JsonError | None:
    hints = get_type_hints(form, include_extras=True)
    for name in value:
        if name not in hints and name != form.__struct_config__.tag_field:
            return _unknown(name, sorted(hints), f"{pointer}/{_escaped(name)}")
    return _first(_locate(value[name], hints[name], f"{pointer}/{name}") for name in value if name in hints)


def _first(errors: Any) -> JsonError | None:
    return next((error for error in errors if error is not None), None)


def _choices(wanted: Any) -> tuple[Any, ...]:
    if hasattr(wanted, "__metadata__"):
        wanted = wanted.__origin__
    if get_origin(wanted) in (tuple, dict) or not get_args(wanted):
        return (wanted,)
    return tuple(choice for option in get_args(wanted) if option is not NoneType for choice in _choices(option))


def _unknown(name: str, known: list[str], pointer: str) -> JsonError:
    near = difflib.get_close_matches(name, known, 1, 0.6)
    if near:
        repair = Text(f"“{near[0]}” demek istemiş olabilirsiniz.", f"You may have meant “{near[0]}”.")
    else:
        repair = Text(f"Bilinen alanlar: {', '.join(known)}.", f"Known fields: {', '.join(known)}.")
    text = Text(f"“{name}” diye bir alan yok.", f"There is no field “{name}”.")
    return JsonError("json.unknown-field", text, repair, where=pointer)


def _described(value: Any, wanted: Any, pointer: str, message: str) -> JsonError:
    if found := _MISSING.search(message):
        return missing(f"{pointer}/{found[1]}")
    if "matching regex" in message:
        return _wrong(pointer, _DATE if "(0[1-9]|1[0-2])" in message else _TIME, Text("", ""))
    if message.startswith("Invalid decimal"):
        return _wrong(pointer, _TYPES["decimal"], _TYPES["str"])
    if message.startswith("Expected `"):
        return _type_error(pointer, message)
    if message.startswith("Invalid enum value"):
        return _no_choice(pointer, message, wanted)
    return _general(pointer, message)


def _no_choice(pointer: str, message: str, wanted: Any) -> JsonError:
    """A word that is none of those of a Literal or an Enum."""
    known: list[str] = []
    for choice in _choices(wanted):
        known += [str(one.value) for one in choice] if isinstance(choice, type) and issubclass(choice, Enum) else []
        known += [choice] if isinstance(choice, str) else []
    if not known:
        return _general(pointer, message)
    return JsonError(
        "json.value",
        Text(f"“{pointer}” alanı bu değeri alamaz.", f"The field “{pointer}” cannot take this value."),
        Text(f"Şunlardan birini yazın: {', '.join(known)}.", f"Write one of: {', '.join(known)}."),
        where=pointer,
    )


def _type_error(pointer: str, message: str) -> JsonError:
    named = re.findall(r"`([^`]+)`", message)
    return _wrong(pointer, _words(named[0]), _words(named[1]) if len(named) > 1 else Text("", ""))


def _wrong(pointer: str, wanted: Text, got: Text) -> JsonError:
    return JsonError(
        "json.type",
        Text(
            f"“{pointer}” alanında {wanted.tr} beklenirken {got.tr or 'başka bir şey'} geldi.",
            f"The field “{pointer}” takes {wanted.en}, not {got.en or 'this'}.",
        ),
        Text(f"Değeri {wanted.tr} olarak yazın.", f"Write the value as {wanted.en}."),
        where=pointer,
    )


def _words(names: str) -> Text:
    words = [_TYPES.get(name.strip(), Text(name.strip(), name.strip())) for name in names.split("|")]
    words = [word for word in words if word is not _TYPES["null"]] or words
    return Text(" ya da ".join(word.tr for word in words), " or ".join(word.en for word in words))


def _general(pointer: str, message: str) -> JsonError:
    return JsonError(
        "json.value",
        Text(f"“{pointer or '/'}” alanının değeri geçersiz.", f"The value of “{pointer or '/'}” is not valid."),
        Text(f"Ayrıştırıcının sözü: {message}", f"The parser says: {message}"),
        where=pointer,
    )


def _escaped(name: str) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")
