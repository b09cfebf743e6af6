"""Files that pages hand out."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

__all__ = ["attachment"]

_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def attachment(data: bytes, name: str) -> HttpResponse:
    """A file to be kept, under a name."""
    response = HttpResponse(data, content_type=_TYPES.get(name.rpartition(".")[2], "application/octet-stream"))
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
