"""What can be found out about a time stamp."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.trust.words import Words

__all__ = ["STAMPS"]

_STAMPER: Final = Text(
    "Bu zaman damgasına güvenmeyin; belgeyi veren taraftan ya da zaman damgası sunucusundan yenisini isteyin.",
    "Do not trust this time stamp; ask who gave you the document, or the time stamp authority, for another.",
)
STAMPS: Final = {
    "timestamp.signature": Words(
        Text("Zaman damgasının imzası tutmuyor.", "The signature of the time stamp does not hold."), _STAMPER
    ),
    "timestamp.content-changed": Words(
        Text(
            "Zaman damgasının içeriği imzalandıktan sonra değiştirilmiş.",
            "The content of the time stamp was changed after it was signed.",
        ),
        _STAMPER,
    ),
    "timestamp.unsupported": Words(
        Text("Zaman damgasında desteklenmeyen bir şey var: {what}", "The time stamp has what is not supported: {what}"),
        _STAMPER,
    ),
    "timestamp.attributes": Words(
        Text(
            "Zaman damgasının imzalı özniteliği eksik ya da yanlış: {what}",
            "A signed attribute of the time stamp is missing or wrong: {what}",
        ),
        _STAMPER,
    ),
    "timestamp.no-certificate": Words(
        Text(
            "Zaman damgasını imzalayanın sertifikası ne damgada ne de eldekiler arasında.",
            "The certificate of who signed the time stamp is neither in it nor at hand.",
        ),
        Text(
            "Zaman damgası sunucusunun sertifikasını güven klasörüne koyun.",
            "Put the certificate of the time stamp authority into the trust folder.",
        ),
    ),
    "timestamp.another-signer": Words(
        Text(
            "Zaman damgası, imzasının adını verdiği sertifikadan başka bir sertifika taşıyor.",
            "The time stamp carries another certificate than the one that its signature names.",
        ),
        _STAMPER,
    ),
    "timestamp.weak": Words(
        Text("Zaman damgası zayıf bir algoritma kullanıyor: {what}", "The time stamp uses a weak algorithm: {what}"),
        _STAMPER,
    ),
    "timestamp.before-certificate": Words(
        Text(
            "Zaman damgası {time} diyor, sertifikası ise {start} tarihinde başlıyor.",
            "The time stamp says {time}, but its certificate begins on {start}.",
        ),
        _STAMPER,
    ),
}
