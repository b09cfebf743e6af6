"""What keeps a time stamp from being had or read, each with a stable code."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Text
from ulak.seal.errors import Problem, SealError, Table, error_of
from ulak.seal.trust.problems import shown

__all__ = ["StampFailure", "stamp_failure"]


class StampFailure(SealError):
    """There is no time stamp, or it is none; ``code`` is one of ``timestamp.*``."""


_AUTHORITY: Final = Text(
    "Zaman damgası sunucusunun adresini ve kullanıcı bilgilerini denetleyin; doğruysa sağlayıcıya bildirin.",
    "Check the address and the credentials of the time stamp authority; if they are right, tell its provider.",
)
_LATER: Final = Text("Biraz sonra yeniden deneyin.", "Try again a little later.")
_PROBLEMS: Final[Table] = {
    "timestamp.broken": Problem(
        Text("Zaman damgası okunamıyor: {detail}", "The time stamp cannot be read: {detail}"),
        Text("Damgayı kaynağından yeniden alın.", "Get the time stamp again from where it came from."),
    ),
    "timestamp.too-large": Problem(
        Text("Zaman damgası {size} bayt; sınır {limit}.", "The time stamp has {size} bytes; the limit is {limit}."),
        Text("Bu veri bir zaman damgası değil.", "These data are no time stamp."),
    ),
    "timestamp.no-answer": Problem(
        Text("Zaman damgası alınamadı: {why}", "There is no time stamp: {why}"),
        Text("{repair}", "{repair}"),
        permanent=False,
    ),
    "timestamp.broken-answer": Problem(
        Text(
            "Zaman damgası sunucusunun yanıtı anlaşılmıyor: {address}: {detail}",
            "The answer of the time stamp authority makes no sense: {address}: {detail}",
        ),
        _AUTHORITY,
        permanent=False,
    ),
    "timestamp.refused": Problem(
        Text(
            "Zaman damgası sunucusu isteği reddetti: {address}: {status} {words}",
            "The time stamp authority refused the request: {address}: {status} {words}",
        ),
        _AUTHORITY,
    ),
    "timestamp.busy": Problem(
        Text(
            "Zaman damgası sunucusu şu an damga veremiyor: {address}: {status} {words}",
            "The time stamp authority cannot give a time stamp now: {address}: {status} {words}",
        ),
        _LATER,
        permanent=False,
    ),
    "timestamp.not-asked": Problem(
        Text(
            "Sunucu istenenden başka bir zaman damgası verdi ({what}): {address}",
            "The authority gave another time stamp than was asked for ({what}): {address}",
        ),
        _AUTHORITY,
        permanent=False,
    ),
    "timestamp.untrusted": Problem(
        Text("Verilen zaman damgasına güvenilemiyor: {why}", "The time stamp that was given cannot be trusted: {why}"),
        Text("{repair}", "{repair}"),
        permanent=False,
    ),
    "timestamp.plain-password": Problem(
        Text(
            "Parola şifresiz (http) bir adrese gönderilmez: {address}",
            "A password is not sent to an address that is not encrypted (http): {address}",
        ),
        Text("Sağlayıcının https adresini kullanın.", "Use the provider's https address."),
    ),
}


def stamp_failure(code: str, /, **facts: Any) -> StampFailure:
    if "address" in facts:
        facts["address"] = shown(facts["address"])
    return error_of(StampFailure, _PROBLEMS, code, **facts)
