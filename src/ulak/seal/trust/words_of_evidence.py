"""What can be found out about revocation lists and OCSP answers."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.trust.words import Words

__all__ = ["EVIDENCE"]

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

EVIDENCE: Final = {
    "trust.revocation-unknown": Words(
        Text(
            "“{certificate}” sertifikasının iptal edilip edilmediği öğrenilemedi.",
            "It could not be learned whether the certificate “{certificate}” was revoked.",
        ),
        _LATER,
    ),
    "trust.out-of-time": Words(
        Text(
            "Denetim için ayrılan {seconds:.0f} saniye doldu.",
            "The {seconds:.0f} seconds allowed for checking are over.",
        ),
        _LATER,
    ),
    "trust.no-crl": Words(Text("“{certificate}” için elde SİL yok.", "No CRL is at hand for “{certificate}”."), _FRESH),
    "trust.no-ocsp": Words(
        Text("“{certificate}” için elde OCSP yanıtı yok.", "No OCSP answer is at hand for “{certificate}”."), _FRESH
    ),
    "trust.no-crl-address": Words(
        Text("“{certificate}” SİL adresi (http) bildirmiyor.", "“{certificate}” names no address (http) of a CRL."),
        _ISSUER,
    ),
    "trust.no-ocsp-address": Words(
        Text("“{certificate}” OCSP adresi (http) bildirmiyor.", "“{certificate}” names no address (http) of OCSP."),
        _ISSUER,
    ),
    "trust.crl-broken": Words(Text("SİL okunamıyor: {detail}", "The CRL cannot be read: {detail}"), _ISSUER),
    "trust.crl-unsupported": Words(
        Text("SİL desteklenmeyen bir şey içeriyor: {what}", "The CRL has what is not supported: {what}"), _ISSUER
    ),
    "trust.crl-other-issuer": Words(
        Text("SİL “{issuer}” adına değil.", "The CRL is not in the name of “{issuer}”."),
        _ISSUER,
    ),
    "trust.crl-signature": Words(
        Text("SİL'i “{issuer}” imzalamamış.", "The CRL was not signed by “{issuer}”."), _ISSUER
    ),
    "trust.crl-signer": Words(
        Text("“{issuer}” SİL imzalamaya yetkili değil (keyUsage).", "“{issuer}” may not sign CRLs (keyUsage)."), _ISSUER
    ),
    "trust.crl-other-scope": Words(
        Text(
            "SİL “{certificate}” türünden sertifikaları kapsamıyor.",
            "The CRL does not cover certificates like “{certificate}”.",
        ),
        _ISSUER,
    ),
    "trust.crl-stale": Words(Text("SİL'in süresi {until} tarihinde dolmuş.", "The CRL ended on {until}."), _FRESH),
    "trust.crl-from-future": Words(
        Text("SİL gelecekteki bir tarihi taşıyor: {made}", "The CRL is dated in the future: {made}"),
        Text("Bu makinenin saatini denetleyin.", "Check the clock of this machine."),
    ),
    "trust.crl-after-expiry": Words(
        Text(
            "SİL ({made}) sertifikanın bitişinden ({end}) sonra çıkmış; bitmiş sertifikalar silinmiş olabilir.",
            "The CRL ({made}) is younger than the certificate's end ({end}); expired certificates may be gone from it.",
        ),
        Text(
            "Sertifikanın geçerli olduğu günlerden bir SİL verin.",
            "Give a CRL of the days when the certificate was valid.",
        ),
    ),
    "trust.ocsp-broken": Words(
        Text("OCSP yanıtı okunamıyor: {detail}", "The OCSP answer cannot be read: {detail}"), _ISSUER
    ),
    "trust.ocsp-refused": Words(
        Text("OCSP sunucusu yanıt vermeyi reddetti: {status}", "The OCSP server refused to answer: {status}"), _LATER
    ),
    "trust.ocsp-unsupported": Words(
        Text(
            "OCSP yanıtı desteklenmeyen bir şey içeriyor: {what}", "The OCSP answer has what is not supported: {what}"
        ),
        _ISSUER,
    ),
    "trust.ocsp-signature": Words(
        Text(
            "OCSP yanıtının imzası ne “{issuer}” ne de onun yetkilisine ait.",
            "The OCSP answer is signed neither by “{issuer}” nor by whom it entitled.",
        ),
        _ISSUER,
    ),
    "trust.ocsp-signer": Words(
        Text(
            "OCSP yanıtını imzalayan “{signer}” buna yetkili değil.", "“{signer}”, who signed the OCSP answer, may not."
        ),
        _ISSUER,
    ),
    "trust.ocsp-signer-unproven": Words(
        Text(
            "OCSP yanıtını imzalayan “{signer}” sertifikasının iptal edilmediği kanıtlanamadı.",
            "It is not proven that the certificate of “{signer}”, who signed the OCSP answer, was not revoked.",
        ),
        _ISSUER,
    ),
    "trust.ocsp-other-certificate": Words(
        Text("OCSP yanıtı “{certificate}” hakkında değil.", "The OCSP answer is not about “{certificate}”."), _ISSUER
    ),
    "trust.ocsp-nonce": Words(
        Text(
            "OCSP yanıtı sorumuza verilmemiş (nonce tutmuyor); eski bir yanıt yinelenmiş olabilir.",
            "The OCSP answer was not given to our question (nonce); an old answer may have been replayed.",
        ),
        _LATER,
    ),
    "trust.ocsp-unknown": Words(
        Text(
            "OCSP sunucusu “{certificate}” sertifikasını tanımıyor.", "The OCSP server does not know “{certificate}”."
        ),
        _ISSUER,
    ),
    "trust.ocsp-stale": Words(
        Text("OCSP yanıtının süresi {until} tarihinde dolmuş.", "The OCSP answer ended on {until}."), _LATER
    ),
    "trust.ocsp-from-future": Words(
        Text("OCSP yanıtı gelecekteki bir tarihi taşıyor: {made}", "The OCSP answer is dated in the future: {made}"),
        Text("Bu makinenin saatini denetleyin.", "Check the clock of this machine."),
    ),
    "trust.ocsp-after-expiry": Words(
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
