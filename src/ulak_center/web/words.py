"""What the server says where it refuses a request itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Text
from ulak_center.web.values import Refusal

__all__ = ["refusal"]

_TEXTS: Final[Mapping[str, tuple[int, Text]]] = {
    "not-http": (400, Text("İstek, HTTP/1.1 değil: {detail}", "The request is not HTTP/1.1: {detail}")),
    "target": (400, Text("İstek adresi anlaşılmıyor.", "The request target cannot be read.")),
    "host": (400, Text("Host başlığı anlaşılmıyor.", "The Host header cannot be read.")),
    "header-twice": (400, Text("{name} başlığı iki kez var.", "The header {name} is there twice.")),
    "two-lengths": (
        400,
        Text(
            "Content-Length ve Transfer-Encoding birlikte olamaz.",
            "Content-Length and Transfer-Encoding cannot be there together.",
        ),
    ),
    "tiny-chunks": (400, Text("Gövde çok küçük parçalara bölünmüş.", "The body is cut into too small chunks.")),
    "truncated": (400, Text("İstek yarım kaldı.", "The request ends before its end.")),
    "expectation": (417, Text("Expect başlığı desteklenmiyor.", "The Expect header is not supported.")),
    "slow-head": (408, Text("İsteğin başlıkları zamanında bitmedi.", "The head of the request did not end in time.")),
    "slow-body": (408, Text("İsteğin gövdesi çok yavaş geldi.", "The body of the request came too slowly.")),
    "large-body": (
        413,
        Text("İsteğin gövdesi {limit} bayttan uzun.", "The body of the request is longer than {limit} bytes."),
    ),
    "large-head": (
        431,
        Text(
            "İsteğin başlıkları çok uzun ({limit} bayt, {count} satır olabilir).",
            "The head of the request is too large ({limit} bytes and {count} headers are taken).",
        ),
    ),
    "failed": (500, Text("Sunucuda beklenmeyen bir hata oldu.", "The server failed unexpectedly.")),
    "encoding": (501, Text("Bu Transfer-Encoding desteklenmiyor.", "This Transfer-Encoding is not supported.")),
    "full": (503, Text("Çok fazla bağlantı açık.", "Too many connections are open.")),
}


def refusal(name: str, /, **facts: object) -> Refusal:
    """A refusal by its name, its facts filled in.

    >>> refusal("large-body", limit=10).text.en
    'The body of the request is longer than 10 bytes.'
    """
    status, text = _TEXTS[name]
    return Refusal(status, text.format(**facts))
