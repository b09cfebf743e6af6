"""What is handed in, read: friendly JSON or UBL-TR to the document's bytes and what its row says of it.

Nothing here asks a database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

from ulak_server.documents.problems import problem
from ulak_server.documents.reading_json import read_json
from ulak_server.documents.reading_ubl import read_ubl
from ulak_server.documents.readings import SENT, Reading, numbered

__all__ = ["LARGEST", "SENT", "Format", "Reading", "format_of", "numbered", "read"]

Format = Literal["json", "ubl"]
LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a document."""
_JSON_BEGINS: Final = b'{["-0123456789tfn'


def format_of(data: bytes) -> Format:
    """Whether bytes are meant as JSON or as XML, by the first of them that says something.

    >>> format_of(b' {"lines": []}'), format_of(b"<Invoice/>")
    ('json', 'ubl')
    """
    first = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return "json" if first and first in _JSON_BEGINS else "ubl"


def read(
    data: bytes, format: Format | None = None, *, kinds: Sequence[str] = SENT, ettn: UUID | None = None
) -> Reading:
    """Read one document.

    Args:
        format: None: as `format_of` sees it.
        kinds: of `ulak_server.documents.kinds` that are taken.
        ettn: of a JSON document that states none; None: a new one.

    Raises:
        JsonError, TotalsError: of `ulak.ubl.forms.from_json`, with the caller's own field.
        XmlError: of `ulak.xml.parse`.
        IntakeError: ``intake.empty``, ``intake.too-large``, ``intake.kind``, ``intake.answer``, ``intake.ettn…``,
            ``intake.date``, ``intake.number-missing``, ``intake.split``, ``intake.sealed-…``.
    """
    if not data or data.isspace():
        raise problem("intake.empty")
    if len(data) > LARGEST:
        raise problem("intake.too-large", limit=LARGEST)
    if (format or format_of(data)) == "json":
        return read_json(data, kinds, ettn)
    return read_ubl(data, kinds)
