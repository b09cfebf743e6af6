"""What the description of the API says of it as a whole."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text

__all__ = ["ABOUT", "TITLE"]

TITLE: Final = "Ulak API"
ABOUT: Final = Text(
    "Belgeleri Ulak'a verin, GİB üzerinden gönderin, gelenleri alın, yanıtlayın. Kimlik: “Authorization: Bearer <API"
    " anahtarı>”. Hatalar RFC 9457 biçimindedir; “code” değişmez, cümleler Accept-Language ile tr ya da en gelir."
    " 202 ile yanıtlanan belge kalıcı olarak kaydedilmiştir: kaybolmaz, iki kez gönderilmez."
    " Yinelemeler için Idempotency-Key gönderin.",
    "Hand documents to Ulak, send them through GİB, take in what comes, answer it. Identity: “Authorization: Bearer"
    " <API key>”. Errors have the form of RFC 9457; “code” never changes, sentences come in tr or en by"
    " Accept-Language. A document that was answered with 202 is stored durably: it is not lost and not sent twice."
    " Send an Idempotency-Key so that calls may be repeated.",
)
