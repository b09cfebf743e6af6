"""What can be found out about a certificate or its evidence, said in both languages under a stable code."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from ulak.errors import Text
from ulak.seal.verdicts import Reason

__all__ = ["REASONS", "reason"]

_BUSINESS_ZONE: Final = ZoneInfo("Europe/Istanbul")


class _Words(NamedTuple):
    text: Text
    repair: Text


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
_LATER: Final = Text(
    "Daha sonra yeniden deneyin ya da güncel SİL dosyasını güven klasörüne koyun.",
    "Try again later, or put a current CRL file into the trust folder.",
)
_ISSUER: Final = Text(
    "Sertifikayı veren kuruluşa (KamuSM) bildirin; verdiği iptal bilgisi kullanılamıyor.",
    "Tell the issuer (KamuSM); the revocation information that it gives cannot be used.",
)
_FRESH: Final = Text(
    "SİL dosyasını yenileyin ya da çevrimiçi denetime izin verin.", "Renew the CRL file, or allow checking online."
)

REASONS: Final = {
    "trust.no-root": _Words(
        Text(
            "“{certificate}” sertifikasını veren “{issuer}” güvenilen köklere bağlanmıyor.",
            "The issuer “{issuer}” of the certificate “{certificate}” leads to no trusted root.",
        ),
        _STORE,
    ),
    "trust.self-issued": _Words(
        Text(
            "“{certificate}” sertifikası kendi kendini imzalamış ve güvenilen kökler arasında değil.",
            "The certificate “{certificate}” vouches for itself and is not among the trusted roots.",
        ),
        _STORE,
    ),
    "trust.pretender": _Words(
        Text(
            "“{certificate}” sertifikası “{issuer}” adını taşıyor ama onun anahtarıyla imzalanmamış; sahte olabilir.",
            "“{certificate}” names the issuer “{issuer}” but was not signed with its key; it may be forged.",
        ),
        _SENDER,
    ),
    "trust.too-many-issuers": _Words(
        Text(
            "“{certificate}” için kök arayışı durduruldu: zincir çok uzun ya da aday çok fazla.",
            "The search for a root of “{certificate}” was stopped: too long a chain or too many candidates.",
        ),
        _SENDER,
    ),
    "trust.not-yet-valid": _Words(
        Text(
            "“{certificate}” sertifikası {start} tarihinde başlıyor; {at} tarihinde geçerli değildi.",
            "The certificate “{certificate}” begins on {start}; it was not valid on {at}.",
        ),
        _SENDER,
    ),
    "trust.expired": _Words(
        Text(
            "“{certificate}” sertifikasının süresi {end} tarihinde bitmiş; {at} tarihinde geçerli değildi.",
            "The certificate “{certificate}” ended on {end}; it was not valid on {at}.",
        ),
        _OWNER,
    ),
    "trust.issuer-out-of-validity": _Words(
        Text(
            "Zincirdeki “{certificate}” yalnız {start} – {end} arasında geçerli; {at} tarihinde değildi.",
            "“{certificate}” in the chain is valid from {start} to {end} only; it was not on {at}.",
        ),
        _OWNER,
    ),
    "trust.unknown-extension": _Words(
        Text(
            "“{certificate}” sertifikasında tanınmayan kritik bir uzantı var: {extension}",
            "The certificate “{certificate}” has a critical extension that is not understood: {extension}",
        ),
        _SENDER,
    ),
    "trust.not-an-authority": _Words(
        Text(
            "“{certificate}” sertifika verme yetkisine sahip değil ama zincirde veren olarak duruyor.",
            "“{certificate}” may not issue certificates, but stands in the chain as an issuer.",
        ),
        _SENDER,
    ),
    "trust.path-too-long": _Words(
        Text(
            "“{certificate}” altında en çok {limit} ara kuruluşa izin veriyor; zincir daha uzun.",
            "“{certificate}” allows {limit} intermediate issuers at most; the chain is longer.",
        ),
        _SENDER,
    ),
    "trust.weak-key": _Words(
        Text(
            "“{certificate}” anahtarı çok zayıf ya da desteklenmiyor (en az RSA 2048 ya da 256 bitlik eğri gerekir).",
            "The key of “{certificate}” is too weak or not supported (RSA 2048 or a curve of 256 bits is the least).",
        ),
        _SENDER,
    ),
    "trust.weak-signature": _Words(
        Text(
            "“{certificate}” sertifikası zayıf bir algoritmayla imzalanmış (en az SHA-256 gerekir).",
            "The certificate “{certificate}” is signed with a weak algorithm (SHA-256 is the least).",
        ),
        _SENDER,
    ),
    "trust.wrong-usage": _Words(
        Text(
            "“{certificate}” sertifikası bu iş için verilmemiş ({extension}).",
            "The certificate “{certificate}” was not issued for this use ({extension}).",
        ),
        _SENDER,
    ),
    "trust.revoked": _Words(
        Text(
            "“{certificate}” sertifikası {since} tarihinde iptal edilmiş (neden: {why}).",
            "The certificate “{certificate}” was revoked on {since} (reason: {why}).",
        ),
        _SENDER,
    ),
    "trust.issuer-revoked": _Words(
        Text(
            "Zincirdeki “{certificate}” {since} tarihinde iptal edilmiş (neden: {why}).",
            "“{certificate}” in the chain was revoked on {since} (reason: {why}).",
        ),
        _SENDER,
    ),
    "trust.suspended": _Words(
        Text(
            "“{certificate}” sertifikası {since} tarihinden beri askıda.",
            "The certificate “{certificate}” is suspended since {since}.",
        ),
        Text(
            "Askıdan kalkmasını bekleyip yeniden denetleyin; sertifika sizinse KamuSM'ye başvurun.",
            "Wait until the suspension ends and check again; if the certificate is yours, turn to KamuSM.",
        ),
    ),
    "trust.revocation-unknown": _Words(
        Text(
            "“{certificate}” sertifikasının iptal edilip edilmediği öğrenilemedi.",
            "It could not be learned whether the certificate “{certificate}” was revoked.",
        ),
        _LATER,
    ),
    "trust.out-of-time": _Words(
        Text(
            "Denetim için ayrılan {seconds:.0f} saniye doldu.",
            "The {seconds:.0f} seconds allowed for checking are over.",
        ),
        _LATER,
    ),
    "trust.no-crl": _Words(
        Text("“{certificate}” için elde SİL yok.", "No CRL is at hand for “{certificate}”."), _FRESH
    ),
    "trust.no-ocsp": _Words(
        Text("“{certificate}” için elde OCSP yanıtı yok.", "No OCSP answer is at hand for “{certificate}”."), _FRESH
    ),
    "trust.no-crl-address": _Words(
        Text("“{certificate}” SİL adresi (http) bildirmiyor.", "“{certificate}” names no address (http) of a CRL."),
        _ISSUER,
    ),
    "trust.no-ocsp-address": _Words(
        Text("“{certificate}” OCSP adresi (http) bildirmiyor.", "“{certificate}” names no address (http) of OCSP."),
        _ISSUER,
    ),
    "trust.crl-broken": _Words(Text("SİL okunamıyor: {detail}", "The CRL cannot be read: {detail}"), _ISSUER),
    "trust.crl-unsupported": _Words(
        Text("SİL desteklenmeyen bir şey içeriyor: {what}", "The CRL has what is not supported: {what}"), _ISSUER
    ),
    "trust.crl-signature": _Words(
        Text("SİL'i “{issuer}” imzalamamış.", "The CRL was not signed by “{issuer}”."), _ISSUER
    ),
    "trust.crl-signer": _Words(
        Text("“{issuer}” SİL imzalamaya yetkili değil (keyUsage).", "“{issuer}” may not sign CRLs (keyUsage)."), _ISSUER
    ),
    "trust.crl-other-scope": _Words(
        Text(
            "SİL “{certificate}” türünden sertifikaları kapsamıyor.",
            "The CRL does not cover certificates like “{certificate}”.",
        ),
        _ISSUER,
    ),
    "trust.crl-stale": _Words(Text("SİL'in süresi {until} tarihinde dolmuş.", "The CRL ended on {until}."), _FRESH),
    "trust.crl-from-future": _Words(
        Text("SİL gelecekteki bir tarihi taşıyor: {made}", "The CRL is dated in the future: {made}"),
        Text("Bu makinenin saatini denetleyin.", "Check the clock of this machine."),
    ),
    "trust.crl-after-expiry": _Words(
        Text(
            "SİL ({made}) sertifikanın bitişinden ({end}) sonra çıkmış; bitmiş sertifikalar silinmiş olabilir.",
            "The CRL ({made}) is younger than the certificate's end ({end}); expired certificates may be gone from it.",
        ),
        Text(
            "Sertifikanın geçerli olduğu günlerden bir SİL verin.",
            "Give a CRL of the days when the certificate was valid.",
        ),
    ),
    "trust.ocsp-broken": _Words(
        Text("OCSP yanıtı okunamıyor: {detail}", "The OCSP answer cannot be read: {detail}"), _ISSUER
    ),
    "trust.ocsp-refused": _Words(
        Text("OCSP sunucusu yanıt vermeyi reddetti: {status}", "The OCSP server refused to answer: {status}"), _LATER
    ),
    "trust.ocsp-unsupported": _Words(
        Text(
            "OCSP yanıtı desteklenmeyen bir şey içeriyor: {what}", "The OCSP answer has what is not supported: {what}"
        ),
        _ISSUER,
    ),
    "trust.ocsp-signature": _Words(
        Text(
            "OCSP yanıtının imzası ne “{issuer}” ne de onun yetkilisine ait.",
            "The OCSP answer is signed neither by “{issuer}” nor by whom it entitled.",
        ),
        _ISSUER,
    ),
    "trust.ocsp-signer": _Words(
        Text(
            "OCSP yanıtını imzalayan “{signer}” buna yetkili değil.", "“{signer}”, who signed the OCSP answer, may not."
        ),
        _ISSUER,
    ),
    "trust.ocsp-signer-unproven": _Words(
        Text(
            "OCSP yanıtını imzalayan “{signer}” sertifikasının iptal edilmediği kanıtlanamadı.",
            "It is not proven that the certificate of “{signer}”, who signed the OCSP answer, was not revoked.",
        ),
        _ISSUER,
    ),
    "trust.ocsp-other-certificate": _Words(
        Text("OCSP yanıtı “{certificate}” hakkında değil.", "The OCSP answer is not about “{certificate}”."), _ISSUER
    ),
    "trust.ocsp-nonce": _Words(
        Text(
            "OCSP yanıtı sorumuza verilmemiş (nonce tutmuyor); eski bir yanıt yinelenmiş olabilir.",
            "The OCSP answer was not given to our question (nonce); an old answer may have been replayed.",
        ),
        _LATER,
    ),
    "trust.ocsp-unknown": _Words(
        Text(
            "OCSP sunucusu “{certificate}” sertifikasını tanımıyor.", "The OCSP server does not know “{certificate}”."
        ),
        _ISSUER,
    ),
    "trust.ocsp-stale": _Words(
        Text("OCSP yanıtının süresi {until} tarihinde dolmuş.", "The OCSP answer ended on {until}."), _LATER
    ),
    "trust.ocsp-from-future": _Words(
        Text("OCSP yanıtı gelecekteki bir tarihi taşıyor: {made}", "The OCSP answer is dated in the future: {made}"),
        Text("Bu makinenin saatini denetleyin.", "Check the clock of this machine."),
    ),
    "trust.ocsp-after-expiry": _Words(
        Text(
            "OCSP yanıtı ({made}) sertifika bittikten ({end}) sonra verilmiş; bitmiş sertifikaları bilmeyebilir.",
            "The OCSP answer ({made}) is younger than the certificate's end ({end}); it may not know expired ones.",
        ),
        Text(
            "Sertifikanın geçerli olduğu günlerden bir yanıt verin.",
            "Give an answer of the days when the certificate was valid.",
        ),
    ),
}
"""Every sentence about trust, by its stable code."""


def reason(code: str, /, **facts: object) -> Reason:
    """The reason of a code; moments are said in Turkey's time.

    >>> reason("trust.no-crl", certificate="Ardıç Ticaret A.Ş.").text.en
    'No CRL is at hand for “Ardıç Ticaret A.Ş.”.'
    """
    words = REASONS[code]
    said = {name: _local(fact) if isinstance(fact, datetime) else fact for name, fact in facts.items()}
    return Reason(code, words.text.format(**said), words.repair)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(_BUSINESS_ZONE):%d.%m.%Y %H:%M:%S}"
