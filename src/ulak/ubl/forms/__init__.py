"""The friendly JSON form of every document, and the way from it to UBL and back.

`from_json` takes any of them and tells them apart by their member ``document`` (an invoice, if it has none); each
document's own module (`ulak.ubl.invoice` …) has the same two verbs for its kind alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from ulak.errors import Text, UlakError
from ulak.ubl.forms.base import Clock
from ulak.ubl.forms.errors import JsonError
from ulak.ubl.forms.registry import KINDS, kind_of
from ulak.ubl.forms.verbs import Kind, dump, load
from ulak.ubl.values import Component

__all__ = ["Json", "JsonError", "from_json", "kind_named", "to_json"]


Json = bytes | str | Mapping[str, Any]


class _Named(msgspec.Struct, gc=False):
    document: Any = None


_NAMED: msgspec.json.Decoder[_Named] = msgspec.json.Decoder(_Named)


def from_json(
    data: Json,
    *,
    kinds: Sequence[str] = tuple(KINDS),
    now: datetime | None = None,
    new_uuid: Callable[[], str] | None = None,
    number: str | None = None,
) -> Component:
    """A friendly document in UBL, unsigned, every sum worked out.

    Args:
        data: JSON text, or an object already decoded.
        kinds: the values of ``document`` that are taken, the first being that of a document without this member.
        now: the moment of issue, where the document states none.
        new_uuid: makes the ETTN, where the document states none.
        number: the document number, where the document states none.

    Raises:
        JsonError: what is wrong, with the JSON pointer of the caller's own field in ``where``.
        TotalsError: the sums cannot be.
    """
    try:
        document: Component = load(kind_named(data, kinds), data, Clock(now, new_uuid, number))
    except RecursionError:
        raise JsonError(
            "json.too-deep",
            Text("JSON, iç içe çok derin.", "The JSON is nested too deeply."),
            Text("Bir belge böyle derin olmaz; dosyayı denetleyin.", "No document is that deep; check the file."),
        ) from None
    return document


def kind_named(data: Json, kinds: Sequence[str] = tuple(KINDS)) -> Kind[Any, Any]:
    """The kind that a friendly document says it is; raises `JsonError` ``json.unknown-document``."""
    if len(kinds) == 1:
        return KINDS[kinds[0]]
    try:
        name = data.get("document") if isinstance(data, Mapping) else _NAMED.decode(data).document
    except (msgspec.DecodeError, UnicodeDecodeError):
        # Not even an object; reading it as the first kind says what is wrong with it.
        name = None
    if name is None:
        return KINDS[kinds[0]]
    if name not in kinds:
        raise JsonError(
            "json.unknown-document",
            Text(f"“{name}” türünde belge burada geçmez.", f"A document of kind “{name}” is not taken here."),
            Text(f"Geçerli türler: {', '.join(kinds)}.", f"The kinds: {', '.join(kinds)}."),
            where="/document",
        )
    return KINDS[name]


def to_json(document: Component, *, exact: bool = False) -> bytes:
    """A document as friendly JSON text, from which `from_json` builds an equal one.

    Unless ``exact``, numbers may come back with other trailing zeros (``10.50`` for ``10.5``).

    Raises:
        UlakError: ``json.no-form`` for a document that has no friendly form (the native e-SMM).
    """
    kind = kind_of(document)
    if kind is None:
        name = type(document).__name__
        raise UlakError(
            "json.no-form",
            Text(f"{name} belgesinin JSON biçimi yok.", f"A {name} has no JSON form."),
            Text("Belgeyi XML olarak kullanın.", "Use the document as XML."),
        )
    return dump(kind, document, exact=exact)
