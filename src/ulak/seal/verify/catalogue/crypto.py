"""Refused: what was changed after sealing, and algorithms that prove nothing."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.verdicts import SubIndication as Sub
from ulak.seal.verify.catalogue.entry import AGAIN, FORGED, SEALER, Deviation

__all__ = ["CRYPTO"]

CRYPTO: Final[dict[str, Deviation]] = {
    "seal.content-changed": Deviation(
        Sub.HASH_FAILURE,
        Text(
            "Belge mühürlendikten sonra değişmiş: içeriğin özeti mühürdekiyle aynı değil.",
            "The document was changed after it was sealed: its digest is not the sealed one.",
        ),
        AGAIN,
        Text(
            "Bir bayt bile değişse özet değişir; zarfa koyarken yeniden yazılan belgelerde de görülür.",
            "The digest changes with any byte; documents that were written anew when put into an envelope show it, "
            "too.",
        ),
        "GİB's invoice samples 1, 2, 3, 6 and 7, edited after signing",
    ),
    "seal.properties-changed": Deviation(
        Sub.HASH_FAILURE,
        Text(
            "Mührün imzalı bilgileri (zaman, sertifika) mühürlendikten sonra değişmiş.",
            "The seal's signed properties (time, certificate) were changed after sealing.",
        ),
        AGAIN,
        Text(
            "SignedProperties'in özeti mühürdekiyle aynı olmalıdır.",
            "The digest of SignedProperties must be the sealed one.",
        ),
        "yevmiye_signed.xml of an e-Defter program (2014)",
    ),
    "seal.value-changed": Deviation(
        Sub.HASH_FAILURE,
        Text(
            "Karşı imza bu mührün imza değerini kapsamıyor.",
            "The counter-signature does not cover this seal's signature value.",
        ),
        AGAIN,
        Text(
            "Karşı imza mührün SignatureValue öğesini imzalar.", "A counter-signature signs the seal's SignatureValue."
        ),
    ),
    "seal.signature-value": Deviation(
        Sub.SIG_CRYPTO_FAILURE,
        Text(
            "İmza değeri, sertifikadaki anahtarla yapılmamış ya da imzalı bilgiler değişmiş.",
            "The signature value was not made with the certificate's key, or what it signs was changed.",
        ),
        AGAIN,
        Text("XML Signature 1.1, 3.2.2.", "XML Signature 1.1, 3.2.2."),
    ),
    "seal.signature-form": Deviation(
        Sub.SIG_CRYPTO_FAILURE,
        Text(
            "EC imza değeri DER biçiminde; r ve s'nin art arda gelmesi gerekir.",
            "The EC signature value is DER; it must be r followed by s.",
        ),
        SEALER,
        Text(
            "XML Signature 1.1, 6.4.3; öteki doğrulayıcılar bu biçimi reddeder.",
            "XML Signature 1.1, 6.4.3; other verifiers refuse this form.",
        ),
    ),
    "seal.algorithm-key": Deviation(
        Sub.SIG_CRYPTO_FAILURE,
        Text(
            "İmza algoritması ({algorithm}) sertifikadaki anahtara ({key}) uymuyor.",
            "The signature algorithm ({algorithm}) does not fit the certificate's key ({key}).",
        ),
        FORGED,
        Text("Anahtarın türü algoritmayı belirler.", "A key's kind decides the algorithm."),
    ),
    "seal.weak-algorithm": Deviation(
        Sub.CRYPTO_CONSTRAINTS_FAILURE,
        Text(
            "Zayıf ya da mühre uymayan algoritma: {algorithm}.",
            "A weak algorithm, or one that is no seal: {algorithm}.",
        ),
        SEALER,
        Text(
            "SHA-1 ve MD5 ile başka bir belgeye aynı imza uydurulabilir; GİB rsa-sha1'i yasaklar "
            "(SignatureMethodCheck). "
            "HMAC ortak parolayla yapılır, kimseyi bağlamaz.",
            "With SHA-1 and MD5 another document can be made to fit; GİB forbids rsa-sha1 (SignatureMethodCheck). "
            "An HMAC "
            "is made with a shared secret and binds nobody.",
        ),
        "examples in UBL-TR guides before 2013",
    ),
    "seal.unknown-algorithm": Deviation(
        Sub.CRYPTO_CONSTRAINTS_FAILURE,
        Text("Bilinmeyen algoritma: {algorithm}.", "An unknown algorithm: {algorithm}."),
        SEALER,
        Text("Bilinmeyen algoritmayla bir şey kanıtlanamaz.", "Nothing can be proven by an unknown algorithm."),
    ),
    "seal.weak-key": Deviation(
        Sub.CRYPTO_CONSTRAINTS_FAILURE,
        Text(
            "Mühürleyenin anahtarı zayıf ya da desteklenmiyor: {detail}",
            "The signer's key is weak or not supported: {detail}",
        ),
        Text("Mühürleyen KamuSM'den yeni bir sertifika almalı.", "The signer needs a new certificate from KamuSM."),
        Text("RSA anahtarları en az 2048 bit olmalıdır.", "RSA keys need 2048 bits or more."),
    ),
}
