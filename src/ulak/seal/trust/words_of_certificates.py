"""What can be found out about a certificate and its chain."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.trust.words import Words

__all__ = ["CERTIFICATES"]

_STORE: Final = Text(
    "Sertifika KamuSM'ninse kök ve alt kök sertifikalarını güven klasörüne koyun; değilse mühre güvenmeyin.",
    "If it is KamuSM's, put its root and issuing certificates into the trust folder; if not, do not trust the seal.",
)
_SENDER: Final = Text(
    "Belgeyi kabul etmeden önce gönderenden geçerli bir mali mühürle mühürlenmişini isteyin.",
    "Before you accept the document, ask the sender for one that is sealed with a valid mali mühür.",
)
_OWNER: Final = Text(
    "Sertifika sizinse KamuSM'den yenileyin; değilse belgenin ne zaman var olduğunu gösteren zaman damgası arayın.",
    "If it is yours, renew it at KamuSM; if not, look for a time stamp that proves when the document existed.",
)

CERTIFICATES: Final = {
    "trust.no-root": Words(
        Text(
            "“{certificate}” sertifikasını veren “{issuer}” güvenilen köklere bağlanmıyor.",
            "The issuer “{issuer}” of the certificate “{certificate}” leads to no trusted root.",
        ),
        _STORE,
    ),
    "trust.self-issued": Words(
        Text(
            "“{certificate}” sertifikası kendi kendini imzalamış ve güvenilen kökler arasında değil.",
            "The certificate “{certificate}” vouches for itself and is not among the trusted roots.",
        ),
        _STORE,
    ),
    "trust.pretender": Words(
        Text(
            "“{certificate}” sertifikası “{issuer}” adını taşıyor ama onun anahtarıyla imzalanmamış; sahte olabilir.",
            "“{certificate}” names the issuer “{issuer}” but was not signed with its key; it may be forged.",
        ),
        _SENDER,
    ),
    "trust.too-many-issuers": Words(
        Text(
            "“{certificate}” için kök arayışı durduruldu: zincir çok uzun ya da aday çok fazla.",
            "The search for a root of “{certificate}” was stopped: too long a chain or too many candidates.",
        ),
        _SENDER,
    ),
    "trust.not-yet-valid": Words(
        Text(
            "“{certificate}” sertifikası {start} tarihinde başlıyor; {at} tarihinde geçerli değildi.",
            "The certificate “{certificate}” begins on {start}; it was not valid on {at}.",
        ),
        _SENDER,
    ),
    "trust.expired": Words(
        Text(
            "“{certificate}” sertifikasının süresi {end} tarihinde bitmiş; {at} tarihinde geçerli değildi.",
            "The certificate “{certificate}” ended on {end}; it was not valid on {at}.",
        ),
        _OWNER,
    ),
    "trust.issuer-out-of-validity": Words(
        Text(
            "Zincirdeki “{certificate}” yalnız {start} – {end} arasında geçerli; {at} tarihinde değildi.",
            "“{certificate}” in the chain is valid from {start} to {end} only; it was not on {at}.",
        ),
        _OWNER,
    ),
    "trust.unknown-extension": Words(
        Text(
            "“{certificate}” sertifikasında tanınmayan kritik bir uzantı var: {extension}",
            "The certificate “{certificate}” has a critical extension that is not understood: {extension}",
        ),
        _SENDER,
    ),
    "trust.not-an-authority": Words(
        Text(
            "“{certificate}” sertifika verme yetkisine sahip değil ama zincirde veren olarak duruyor.",
            "“{certificate}” may not issue certificates, but stands in the chain as an issuer.",
        ),
        _SENDER,
    ),
    "trust.path-too-long": Words(
        Text(
            "“{certificate}” altında en çok {limit} ara kuruluşa izin veriyor; zincir daha uzun.",
            "“{certificate}” allows {limit} intermediate issuers at most; the chain is longer.",
        ),
        _SENDER,
    ),
    "trust.weak-key": Words(
        Text(
            "“{certificate}” anahtarı çok zayıf ya da desteklenmiyor (en az RSA 2048 ya da 256 bitlik eğri gerekir).",
            "The key of “{certificate}” is too weak or not supported (RSA 2048 or a curve of 256 bits is the least).",
        ),
        _SENDER,
    ),
    "trust.weak-signature": Words(
        Text(
            "“{certificate}” sertifikası zayıf bir algoritmayla imzalanmış (en az SHA-256 gerekir).",
            "The certificate “{certificate}” is signed with a weak algorithm (SHA-256 is the least).",
        ),
        _SENDER,
    ),
    "trust.wrong-usage": Words(
        Text(
            "“{certificate}” sertifikası bu iş için verilmemiş ({extension}).",
            "The certificate “{certificate}” was not issued for this use ({extension}).",
        ),
        _SENDER,
    ),
    "trust.revoked": Words(
        Text(
            "“{certificate}” sertifikası {since} tarihinde iptal edilmiş (neden: {why}).",
            "The certificate “{certificate}” was revoked on {since} (reason: {why}).",
        ),
        _SENDER,
    ),
    "trust.issuer-revoked": Words(
        Text(
            "Zincirdeki “{certificate}” {since} tarihinde iptal edilmiş (neden: {why}).",
            "“{certificate}” in the chain was revoked on {since} (reason: {why}).",
        ),
        _SENDER,
    ),
    "trust.suspended": Words(
        Text(
            "“{certificate}” sertifikası {since} tarihinden beri askıda.",
            "The certificate “{certificate}” is suspended since {since}.",
        ),
        Text(
            "Askıdan kalkmasını bekleyip yeniden denetleyin; sertifika sizinse KamuSM'ye başvurun.",
            "Wait until the suspension ends and check again; if the certificate is yours, turn to KamuSM.",
        ),
    ),
}
