"""The parts of a message put together as bytes: texts quoted-printable, files base64 (RFC 2045, 6.7 and 6.8).

Python's email package does the same at ten times the cost, which is most of what a message with files takes.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from email.utils import encode_rfc2231
from typing import Final

from ulak_server.delivery.addresses import plain
from ulak_server.delivery.papers import File

__all__ = ["whole"]

_END: Final = b"\r\n"
_LINE: Final = 76
_ENDS: Final = re.compile(r"\r\n|\r|\n")
# "=_" cannot stand in quoted-printable nor in base64, so no part can hold a boundary.
_MIXED, _ALTERNATIVE = b"=_ulak_mixed", b"=_ulak_alternative"


def whole(head: bytes, text: str, html: str, files: Sequence[File]) -> bytes:
    """A message.

    Args:
        head: its headers, each ended by CRLF, without those of its content.
        text, html: the same in two forms; readers show the last one that they can.
        files: to attach.
    """
    shown = _alternative(text, html)
    if not files:
        return b"".join((head, b"MIME-Version: 1.0", _END, shown))
    parts = [shown, *map(_attached, files)]
    kind = b'Content-Type: multipart/mixed; boundary="' + _MIXED + b'"'
    return b"".join((head, b"MIME-Version: 1.0", _END, kind, _END, _END, _bounded(_MIXED, parts)))


def _alternative(text: str, html: str) -> bytes:
    kind = b'Content-Type: multipart/alternative; boundary="' + _ALTERNATIVE + b'"'
    parts = [_worded(b"plain", text), _worded(b"html", html)]
    return b"".join((kind, _END, _END, _bounded(_ALTERNATIVE, parts)))


def _bounded(boundary: bytes, parts: Sequence[bytes]) -> bytes:
    begun = b"--" + boundary + _END
    return b"".join([piece for part in parts for piece in (begun, part, _END)] + [b"--", boundary, b"--", _END])


def _worded(kind: bytes, text: str) -> bytes:
    lines = _ENDS.sub("\r\n", f"{text.rstrip()}\n")
    quoted = binascii.b2a_qp(lines.encode(errors="replace"), istext=True)
    head = b"Content-Type: text/" + kind + b'; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable'
    return head + _END + _END + quoted


def _attached(file: File) -> bytes:
    coded = binascii.b2a_base64(file.data, newline=False)
    lines = _END.join(coded[at : at + _LINE] for at in range(0, len(coded), _LINE))
    head = (
        f"Content-Type: {file.mime}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment; {_named(file.name)}"
    )
    return head.encode("ascii") + _END + _END + lines + _END


def _named(name: str) -> str:
    bare = plain(name).replace("\\", "_").replace('"', "_")
    return f'filename="{bare}"' if bare.isascii() else f"filename*={encode_rfc2231(bare, 'utf-8')}"
