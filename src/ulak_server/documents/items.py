"""One thing handed in: a document alone, or a document with options around it.

``{"erp_key": "4711", "series": "ABC", "document": {friendly JSON}}`` or ``{"erp_key": …, "xml": "<Invoice …"}``; the
friendly document itself has the name of its kind as ``document``, so the two are told apart by what stands there.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from ulak.ubl.forms.nuls import refuse_nul
from ulak_server.documents.intake import Options
from ulak_server.documents.problems import problem
from ulak_server.documents.reading import Format, format_of

__all__ = ["Item", "packed", "unpacked"]


class Item(NamedTuple):
    """What was handed in: the document's bytes, their format, and what is said besides."""

    data: bytes
    format: Format
    options: Options


class _Probe(msgspec.Struct, gc=False):
    document: msgspec.Raw | UnsetType = UNSET
    xml: msgspec.Raw | UnsetType = UNSET


class _Wrapped(msgspec.Struct, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    document: msgspec.Raw | UnsetType = UNSET
    xml: str | None = None
    erp_key: str | None = None
    series: str = ""
    branch: str = ""
    alias: str = ""
    sender_alias: str = ""
    priority: bool = False
    design: int | None = None
    route: str = ""


_DECLARED: Final = re.compile(r"""\ufeff?<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"'>]*)["'][^>]*>\s*""")
_PROBE: Final = msgspec.json.Decoder(_Probe)
_WRAPPED: Final = msgspec.json.Decoder(_Wrapped)
_ENCODER: Final = msgspec.json.Encoder()


def unpacked(data: bytes, options: Options) -> Item:
    """What was handed in, taken out of its wrapping if it has any; the options of the wrapping win.

    Raises:
        IntakeError: ``intake.item`` for a wrapping with unknown members or values.
        JsonError: ``json.nul``.
    """
    if format_of(data) == "ubl":
        return Item(data, "ubl", options)
    refuse_nul(data)
    try:
        probe = _PROBE.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # The reader of friendly documents says better what is wrong.
        return Item(data, "json", options)
    is_object = probe.document is not UNSET and bytes(probe.document).lstrip()[:1] == b"{"
    if is_object or probe.xml is not UNSET:
        return _unwrapped(data, options)
    return Item(data, "json", options)


def packed(item: Item) -> bytes:
    """The item as it is kept with a draft; `unpacked` reads it again."""
    options = item.options
    wrapped = _Wrapped(
        msgspec.Raw(item.data) if item.format == "json" else UNSET,
        item.data.decode() if item.format == "ubl" else None,
        options.erp_key,
        options.series,
        options.branch,
        options.alias,
        options.sender_alias,
        options.priority,
        options.design,
        options.route,
    )
    return _ENCODER.encode(wrapped)


def _unwrapped(data: bytes, options: Options) -> Item:
    try:
        found = _WRAPPED.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise problem("intake.item", detail=str(error)) from None
    if (found.xml is None) == (found.document is UNSET):
        raise problem("intake.item", detail="document, xml")
    said = options._replace(
        series=found.series or options.series,
        branch=found.branch or options.branch,
        alias=found.alias or options.alias,
        sender_alias=found.sender_alias or options.sender_alias,
        erp_key=found.erp_key if found.erp_key is not None else options.erp_key,
        priority=found.priority or options.priority,
        design=options.design if found.design is None else found.design,
        route=found.route or options.route,
    )
    if found.document is UNSET:
        return Item(_text(found.xml or ""), "ubl", said)
    return Item(bytes(found.document), "json", said)


def _text(xml: str) -> bytes:
    """XML out of a JSON text, which is UTF-8 whatever its declaration says."""
    declared = _DECLARED.match(xml)
    is_other = declared is not None and declared[1].lower() != "utf-8"
    return (xml[declared.end() :] if declared and is_other else xml).encode()
