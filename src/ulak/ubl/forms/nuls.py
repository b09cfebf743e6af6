"""NULs in JSON: JSON can write them, but neither XML nor a database can hold one, so nothing that is meant has any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from ulak.errors import Text
from ulak.ubl.forms.errors import JsonError

__all__ = ["refuse_nul"]

_ESCAPED: Final = b"\\u0000"
_SHOWN: Final = "\ufffd"


def refuse_nul(data: bytes) -> None:
    """See that no text of a JSON holds a NUL; what is no JSON is left to its reader.

    Raises:
        JsonError: ``json.nul`` with the pointer of the first field, or of the member, that does.
    """
    if _ESCAPED not in data:
        return
    try:
        found = next(_places(msgspec.json.decode(data), ""), None)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    if found is not None:
        pointer = found.replace("\0", _SHOWN)
        raise JsonError(
            "json.nul",
            Text(
                f"“{pointer}” alanında NUL karakteri (U+0000) var.", f"The field “{pointer}” has a NUL (U+0000) in it."
            ),
            Text(
                "Bu karakteri çıkarın; çoğu zaman yazılımınızdaki sabit uzunluklu bir alanın dolgusudur.",
                "Take this character out; mostly it is the padding of a field of fixed length in your software.",
            ),
            where=pointer,
        )


def _places(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, str) and "\0" in value:
        yield pointer
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _places(one, f"{pointer}/{place}")
    elif isinstance(value, dict):
        for name, one in value.items():
            inside = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            if "\0" in name:
                yield inside
            yield from _places(one, inside)
