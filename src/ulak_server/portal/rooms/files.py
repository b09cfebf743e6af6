"""Files that pages hand out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from ulak_server.delivery.services import File

__all__ = ["attachment", "document_file", "zip_file"]

_TYPES: Final = {
    "xml": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def attachment(data: bytes, name: str) -> HttpResponse:
    """A file to be kept, under a name."""
    response = HttpResponse(data, content_type=_TYPES.get(name.rpartition(".")[2], "application/octet-stream"))
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def document_file(made: File) -> HttpResponse:
    """A document to be kept; opened in the browser all the same, it can do nothing."""
    response = HttpResponse(made.data, content_type=made.mime)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def zip_file(pieces: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """A zip to be kept, sent while it is made."""
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response
