"""Addresses of keys on tokens: PKCS#11 URIs (RFC 7512)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, unquote_to_bytes

from ulak.errors import Text
from ulak.seal.keys.problems import failure

__all__ = ["PIN_PLACES", "TokenUri", "parse_uri", "uri_of"]

PIN_PLACES: Final = ("file:", "env:")
_MOST: Final = 4096
_PATH: Final = frozenset({"token", "serial", "manufacturer", "model", "slot-id", "object", "id", "type"})
_QUERY: Final = frozenset({"module-path", "pin-source"})
_SECRET: Final = frozenset({"pin-value"})
_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_Part = tuple[str, str]


class TokenUri(NamedTuple):
    """Which key of which token; None matches anything.

    Attributes:
        token: label of the token.
        serial: serial number of the token.
        slot_id: number of its slot, which some modules give anew at each start.
        object: label of the key (CKA_LABEL).
        id: CKA_ID of the key.
        module_path: the PKCS#11 module.
        pin_source: ``file:/path`` or ``env:NAME``.
    """

    token: str | None = None
    serial: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    slot_id: int | None = None
    object: str | None = None
    id: bytes | None = None
    module_path: Path | None = None
    pin_source: str | None = None

    @property
    def text(self) -> str:
        """The URI again, in the order of these attributes."""
        return uri_of(self)

    @property
    def about_token(self) -> str:
        """The parts that say which token, for a person."""
        named = {"token": self.token, "serial": self.serial, "manufacturer": self.manufacturer, "model": self.model}
        parts = [f"{name}={value}" for name, value in named.items() if value is not None]
        return "; ".join(parts + ([] if self.slot_id is None else [f"slot-id={self.slot_id}"])) or "pkcs11:"

    @property
    def about_object(self) -> str:
        """The parts that say which key, for a person."""
        parts = [] if self.object is None else [f"object={self.object}"]
        return "; ".join(parts + ([] if self.id is None else [f"id={self.id.hex()}"])) or "pkcs11:"


def parse_uri(address: str) -> TokenUri:
    """Read a PKCS#11 URI.

    Raises:
        KeyFailure: ``key.address``; ``key.address-part`` for a part that is unknown, twice there or means nothing;
            ``key.secret-in-address`` for ``pin-value``.

    >>> parse_uri("pkcs11:token=HSM%201;id=%A1?module-path=/usr/lib/p11.so").id
    b'\\xa1'
    """
    scheme, _, rest = address.partition(":")
    if scheme != "pkcs11" or len(address) > _MOST:
        raise failure("key.address", address=f"{scheme[:40]}:…")
    path, _, query = rest.partition("?")
    parts = {**_parts(path.split(";"), _PATH), **_parts(query.split("&"), _QUERY)}
    if parts.get("type", b"private") not in (b"private", b"cert"):
        raise _wrong("type", "private, cert")
    return TokenUri(
        token=_text(parts, "token"),
        serial=_text(parts, "serial"),
        manufacturer=_text(parts, "manufacturer"),
        model=_text(parts, "model"),
        slot_id=_number(parts, "slot-id"),
        object=_text(parts, "object"),
        id=parts.get("id"),
        module_path=_absolute(_text(parts, "module-path")),
        pin_source=_pin_source(_text(parts, "pin-source")),
    )


def uri_of(uri: TokenUri) -> str:
    """Write a PKCS#11 URI, which `parse_uri` reads as the same.

    >>> uri_of(TokenUri(token="HSM 1", id=bytes([161, 1])))
    'pkcs11:token=HSM%201;id=%A1%01'
    """
    path: list[_Part] = [
        (name, quote(value, safe=""))
        for name, value in (
            ("token", uri.token),
            ("serial", uri.serial),
            ("manufacturer", uri.manufacturer),
            ("model", uri.model),
            ("slot-id", None if uri.slot_id is None else str(uri.slot_id)),
            ("object", uri.object),
        )
        if value is not None
    ]
    if uri.id is not None:
        path.append(("id", "".join(f"%{byte:02X}" for byte in uri.id)))
    query: list[_Part] = [
        (name, quote(str(value), safe="/:"))
        for name, value in (("module-path", uri.module_path), ("pin-source", uri.pin_source))
        if value is not None
    ]
    return "pkcs11:" + ";".join(map("=".join, path)) + ("?" if query else "") + "&".join(map("=".join, query))


def _parts(parts: Sequence[str], known: frozenset[str]) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for part in filter(None, parts):
        name, _, value = part.partition("=")
        if name in _SECRET:
            raise failure("key.secret-in-address", part=name)
        if name not in known:
            raise _wrong(name, ", ".join(sorted(known)))
        if name in found:
            raise _wrong(name, Text("iki kez yazılmış", "written twice"))
        if _PERCENT.search(value):
            raise _wrong(name, Text("% ardından iki onaltılık basamak gelir", "% takes two hexadecimal digits"))
        found[name] = unquote_to_bytes(value)
    return found


def _text(parts: Mapping[str, bytes], name: str) -> str | None:
    if name not in parts:
        return None
    try:
        return parts[name].decode()
    except UnicodeDecodeError:
        raise _wrong(name, Text("UTF-8 değil", "not UTF-8")) from None


def _number(parts: Mapping[str, bytes], name: str) -> int | None:
    text = _text(parts, name)
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,19}", text):
        raise _wrong(name, Text("bir sayı olmalı", "a number is needed"))
    return int(text)


def _absolute(path: str | None) -> Path | None:
    if path is not None and (not path.startswith("/") or "\0" in path):
        raise _wrong("module-path", Text("tam yol gerekir: /…", "an absolute path is needed: /…"))
    return None if path is None else Path(path)


def _pin_source(place: str | None) -> str | None:
    if place is None:
        return None
    known = f"file:{place}" if place.startswith("/") else place.replace("file:///", "file:/", 1)
    scheme, _, rest = known.partition(":")
    if f"{scheme}:" not in PIN_PLACES or not rest or "\0" in rest or (scheme == "file" and not rest.startswith("/")):
        raise _wrong("pin-source", Text("file:/YOL ya da env:AD olmalı", "file:/PATH or env:NAME is needed"))
    return known


def _wrong(part: str, detail: str | Text) -> Exception:
    said = Text(f"bilinenler: {detail}", f"known are {detail}") if isinstance(detail, str) else detail
    return failure("key.address-part", part=part[:80], detail=said)
