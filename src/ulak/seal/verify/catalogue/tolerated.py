"""What a seal passes with, although it differs from GİB's flavour: the tolerated half of the catalogue."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.verdicts import SubIndication as Sub
from ulak.seal.verify.catalogue.entry import NONE, Deviation

__all__ = ["TOLERATED"]

TOLERATED: Final[dict[str, Deviation]] = {
    "seal.sha1-certificate": Deviation(
        Sub.CRYPTO_CONSTRAINTS_FAILURE,
        Text("İmzalı sertifika özeti SHA-1 ile alınmış.", "The signed digest of the certificate is a SHA-1 one."),
        NONE,
        Text(
            "Eski belgelerde yaygındır. Bu özet yalnız sertifikayı seçer; aynı anahtarla, aynı SHA-1 özetini veren "
            "ikinci bir "
            "sertifika üretilemez. Belgenin ve imzanın özeti yine güçlü olmak zorundadır.",
            "Common in old documents. This digest only picks the certificate; no second certificate of the same key "
            "can be "
            "made to fit it. The digests of the document and the signature must be strong all the same.",
        ),
        "documents sealed before 2015",
    ),
    "seal.signing-certificate-v2": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "Sertifika xades:SigningCertificateV2 ile imzalanmış.", "The certificate is signed by SigningCertificateV2."
        ),
        NONE,
        Text(
            "EN 319 132-1'in yeni öğesi aynı kanıtı verir; GİB'in kuralları eskisini (SigningCertificate) arar.",
            "The newer element of EN 319 132-1 proves the same; GİB's rules look for the older one.",
        ),
        "seals made by European software",
    ),
    "seal.issuer-name-form": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "Sertifikayı verenin adı başka biçimde yazılmış: {issuer}.",
            "The issuer's name is written in another form: {issuer}.",
        ),
        NONE,
        Text(
            "Ad, parçalarına ayrılınca aynıdır (boşluk, sıra, numara ya da onaltılık yazım farkı). Sertifikayı asıl "
            "bağlayan "
            "özet uyuyor.",
            "Taken apart, the name is the same (blanks, order, numbers or hex in place of letters). What binds the "
            "certificate is the digest, and it fits.",
        ),
        "GİB's samples (“…Sürüm 1, C=TR” with a blank)",
    ),
    "seal.explicit-c14n": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "Başvuruda açık bir kurallı biçim dönüşümü var: {method}.",
            "A reference names its canonical form: {method}.",
        ),
        NONE,
        Text(
            "Sonuç aynı baytlardır; GİB'in TransformCountCheck kuralı faturada tek dönüşüm ister.",
            "The signed bytes are as certain; GİB's TransformCountCheck wants one transform in invoices.",
        ),
        "CNK2025000000026 (SignedProperties by exclusive C14N)",
    ),
    "seal.type-with-version": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "SignedProperties başvurusunun türünde sürüm var: {type}.",
            "The Type of SignedProperties names a version: {type}.",
        ),
        NONE,
        Text(
            "Aynı öğeyi gösterdiği bellidir; doğrusu sürümsüzdür (TS 101 903, 6.3.1).",
            "The same element is meant beyond doubt; the right Type has no version (TS 101 903, 6.3.1).",
        ),
        "a seal made on GİB's portal",
    ),
    "seal.no-key-value": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text("Mühürde ds:KeyValue yok.", "The seal has no ds:KeyValue."),
        NONE,
        Text(
            "Ek-3'ün iskeletinde vardır, ama anahtar sertifikadan alınır.",
            "Ek-3's skeleton has it, but the key is taken from the certificate.",
        ),
        "seals made by European software",
    ),
    "seal.subject-title": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "ds:X509SubjectName yalnız sertifikadaki unvanı yazıyor: {name}.",
            "ds:X509SubjectName holds the title in the certificate alone: {name}.",
        ),
        NONE,
        Text(
            "Sertifikanın adının bir parçasıdır, başkasını göstermez; mühürleyen sertifikadan okunur.",
            "It is a part of the certificate's name and means nobody else; the signer is read from the certificate.",
        ),
        "yevmiye_berat.xml and kebir_berat.xml",
    ),
    "seal.chain-in-key-info": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "Mühürde verenlerin sertifikaları da var ({count}).",
            "The seal carries issuers' certificates, too ({count}).",
        ),
        NONE,
        Text(
            "Yalnız veren kurumların sertifikalarıdır; imzalayan SigningCertificate ile bellidir.",
            "They are authorities' certificates only; the signer is the one that SigningCertificate binds.",
        ),
        "seals with the whole chain",
    ),
    "seal.target-form": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "xades:QualifyingProperties hedefinde # eksik: {target}.",
            "The Target of QualifyingProperties lacks its #: {target}.",
        ),
        NONE,
        Text(
            "Ek-3'ün iskeleti böyle yazar; gösterdiği mühür bellidir.",
            "Ek-3's skeleton has it so; which seal is meant is certain.",
        ),
        "the skeleton of Ek-3 V1.4, 3",
    ),
    "seal.no-signatory": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text("Belgede cac:Signature yok.", "The document has no cac:Signature."),
        Text("Belgeyi `ulak check` ile denetleyin.", "Judge the document with `ulak check`."),
        Text(
            "Mührün kendisi eksiksizdir; öğenin zorunlu olup olmadığını kurallar bilir.",
            "The seal itself is whole; whether the element is mandatory is for the rules to say.",
        ),
    ),
    "seal.signatory-reference": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "cac:Signature bu mührü göstermiyor: “{uri}” (mührün kimliği “{id}”).",
            "cac:Signature does not point to this seal: “{uri}” (the seal's Id is “{id}”).",
        ),
        NONE,
        Text(
            "GİB bu kuralı uygulamaz (URI2ID kuralları kapalı); belgede zaten tek mühür vardır.",
            "GİB does not enforce this (its URI2ID rules are switched off), and there is one seal only.",
        ),
        "UBL-TR examples (“#Signature”)",
    ),
    "seal.by-integrator": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "{owner} belgesini özel entegratör {signer} mühürlemiş.",
            "The integrator {signer} sealed the document of {owner}.",
        ),
        Text("Yapılacak bir şey yok.", "Nothing needs to be done."),
        Text(
            "Mükellefin isteğiyle entegratör kendi mührünü basabilir (Özel Entegrasyon Kılavuzu, 2.2). Güven "
            "klasörü bu "
            "entegratörü tanıyor.",
            "On the taxpayer's request an integrator may use its own seal (Özel Entegrasyon Kılavuzu, 2.2). The "
            "trust folder "
            "knows this integrator.",
        ),
        "documents of integrators' customers",
    ),
    "seal.stamps-unused": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text("Mühürdeki zaman damgalarına bakılmadı.", "The time stamps in the seal were not looked at."),
        Text("Damgalar sayılacaksa onlarla birlikte doğrulayın.", "Verify with the time stamps if they are to count."),
        Text(
            "Damga olmadan da karar verilebildi; damga ancak daha erken bir anı kanıtlayabilirdi.",
            "The verdict stands without them; a stamp could only have proven an earlier moment.",
        ),
    ),
}
