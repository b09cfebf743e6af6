"""The file that e-Arşiv and e-Defter messages carry."""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.wire.fields import Complex, Field, Simple

__all__ = ["ATTACHMENT", "Attachment"]


class Attachment(NamedTuple):
    """A file: its name, e.g. ``<raporNo>.zip``, and its bytes."""

    file_name: str = ""
    data: bytes = b""


ATTACHMENT: Final = Complex(
    "attachment",
    Attachment,
    (
        Field("fileName", "file_name", Simple.STRING, required=True),
        Field("binaryData", "data", Simple.BINARY, required=True),
    ),
)
"""Its type in the WSDL."""
