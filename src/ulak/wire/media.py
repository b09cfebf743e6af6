"""Content-Type and its parameters, and header lines as MIME writes them (RFC 2045, 5.1; RFC 5322, 2.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from ulak.wire.problems import wire_error

__all__ = ["MediaType", "media_type", "quoted"]

_TOKEN: Final = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"  # noqa: S105
_TYPE: Final = re.compile(rf"\s*({_TOKEN}/{_TOKEN})\s*")
_PARAMETER: Final = re.compile(rf';\s*({_TOKEN})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*')
_LONGEST: Final = 8192


class MediaType(NamedTuple):
    """A content type.

    Attributes:
        kind: ``type/subtype`` in lower case.
        parameters: by name in lower case, without quotes.
    """

    kind: str
    parameters: Mapping[str, str]

    def get(self, name: str) -> str:
        """A parameter's value, empty where there is none."""
        return self.parameters.get(name, "")


def media_type(value: str) -> MediaType:
    r"""Read a Content-Type header.

    Raises:
        WireError: ``wire.media-type``; a parameter given twice is refused too, since readers differ on which counts.

    >>> media_type('Multipart/Related; boundary="a b"; start-info="x; action=\\"s\\""').parameters
    {'boundary': 'a b', 'start-info': 'x; action="s"'}
    """
    start = _TYPE.match(value) if len(value) <= _LONGEST else None
    if start is None:
        raise wire_error("wire.media-type", value=value[:100])
    parameters: dict[str, str] = {}
    at, end = start.end(), len(value.rstrip(" \t;"))
    while at < end:
        found = _PARAMETER.match(value, at)
        if found is None or found[1].lower() in parameters:
            raise wire_error("wire.media-type", value=value[:100])
        plain = found[3] if found[2] is None else re.sub(r"\\(.)", r"\1", found[2], flags=re.DOTALL)
        parameters[found[1].lower()] = plain
        at = found.end()
    return MediaType(start[1].lower(), parameters)


def quoted(value: str) -> str:
    r"""A parameter's value in quotes; ValueError for one that would end the header.

    >>> print(quoted('a"b'))
    "a\"b"
    """
    if not value.isprintable():
        raise ValueError(f"not a header's value: {value!r}")
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
