"""Refused: doubts about who sealed, when, and whether they may seal this document."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.verdicts import SubIndication as Sub
from ulak.seal.verify.catalogue.entry import AGAIN, FORGED, SEALER, Deviation

__all__ = ["SIGNER"]

SIGNER: Final[dict[str, Deviation]] = {
    "seal.no-certificate": Deviation(
        Sub.NO_SIGNING_CERTIFICATE_FOUND,
        Text("Mühürde sertifika yok.", "The seal carries no certificate."),
        SEALER,
        Text("Ek-3, 3: ds:X509Certificate zorunludur.", "Ek-3, 3: ds:X509Certificate is mandatory."),
    ),
    "seal.certificate-unreadable": Deviation(
        Sub.NO_SIGNING_CERTIFICATE_FOUND,
        Text("Mühürdeki sertifika okunamıyor: {detail}", "The seal's certificate cannot be read: {detail}"),
        AGAIN,
        Text("Bozuk ya da dev sertifikalar hiç açılmaz.", "Broken or giant certificates are not opened."),
    ),
    "seal.second-certificate": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "Mühürde imzalayan dışında bir kişinin de sertifikası var: {subject}.",
            "The seal carries the certificate of somebody other than the signer, too: {subject}.",
        ),
        FORGED,
        Text(
            "Başka okuyucular o sertifikanın sahibini imzalayan sanabilir.",
            "Other readers may take its owner for the signer.",
        ),
    ),
    "seal.subject-name": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "ds:X509SubjectName sertifikadan başka birini adlandırıyor: {name}.",
            "ds:X509SubjectName names somebody other than the certificate does: {name}.",
        ),
        FORGED,
        Text(
            "İmzalanmayan bir alandır; ona bakan okuyucular mühürleyeni başkası sanırdı.",
            "It is unsigned; readers that look at it would take somebody else for the signer.",
        ),
    ),
    "seal.key-info": Deviation(
        Sub.FORMAT_FAILURE,
        Text(
            "ds:KeyInfo içinde kabul edilmeyen öğe: {name}.", "An element that is not accepted in ds:KeyInfo: {name}."
        ),
        SEALER,
        Text(
            "Anahtar yalnız mührün kendi sertifikasından alınır; başka yerden getirilmez.",
            "The key is taken from the seal's own certificate; it is not fetched from elsewhere.",
        ),
    ),
    "seal.key-value": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text("ds:KeyValue sertifikadaki anahtar değil.", "ds:KeyValue is not the certificate's key."),
        FORGED,
        Text(
            "ds:KeyValue'ya bakan okuyucular başka bir anahtara güvenirdi.",
            "Readers that look at ds:KeyValue would trust another key.",
        ),
    ),
    "seal.no-signing-certificate": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "Mühür sertifikasını imzalamamış (xades:SigningCertificate yok).", "The seal does not sign its certificate."
        ),
        SEALER,
        Text(
            "İmzalanmamış sertifika aynı anahtarın başka bir sertifikasıyla değiştirilebilir (TS 101 903, 7.2.2).",
            "An unsigned certificate can be exchanged for another one of the same key (TS 101 903, 7.2.2).",
        ),
    ),
    "seal.signing-certificate": Deviation(
        Sub.NO_SIGNING_CERTIFICATE_FOUND,
        Text(
            "Mühürdeki sertifika, imzalanan sertifika değil (xades:SigningCertificate özeti uymuyor).",
            "The seal's certificate is not the one that was signed (xades:SigningCertificate has another digest).",
        ),
        AGAIN,
        Text("TS 101 903, 7.2.2; EN 319 102-1, 5.2.3.", "TS 101 903, 7.2.2; EN 319 102-1, 5.2.3."),
    ),
    "seal.issuer-serial": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "IssuerSerial başka bir sertifikayı adlandırıyor: {issuer} / {serial}.",
            "IssuerSerial names another certificate: {issuer} / {serial}.",
        ),
        SEALER,
        Text("TS 101 903, 7.2.2.", "TS 101 903, 7.2.2."),
    ),
    "seal.no-signing-time": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text("Mühürde imza zamanı (xades:SigningTime) yok.", "The seal has no signing time (xades:SigningTime)."),
        SEALER,
        Text("Ek-3, 3 ve GİB'in SigningTime kuralı.", "Ek-3, 3 and GİB's rule on SigningTime."),
    ),
    "seal.time-form": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "İmza zamanı saat dilimi olan bir zaman değil: “{time}”.",
            "The signing time is no time with a zone: “{time}”.",
        ),
        SEALER,
        Text(
            "Saat dilimi yoksa an belirsizdir; sertifikanın o an geçerli olduğu söylenemez.",
            "Without its zone the moment is unknown, and so is whether the certificate was valid.",
        ),
    ),
    "seal.time-in-future": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text("İmza zamanı gelecekte: {time}.", "The signing time lies in the future: {time}."),
        Text(
            "Kendi saatinizi denetleyin; doğruysa belge mühürleyenin saati düzeltildikten sonra yeniden mühürlenmeli.",
            "Check your own clock; if it is right, the document must be sealed again by a right one.",
        ),
        Text("Mühür, var olduğu andan sonra yapılmış olamaz.", "A seal cannot have been made after it existed."),
    ),
    "seal.time-outside-certificate": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "İmza zamanı ({time}) sertifikanın geçerlilik süresinin ({since} – {until}) dışında.",
            "The signing time ({time}) lies outside the certificate's validity ({since} – {until}).",
        ),
        Text("Belge geçerli bir sertifikayla yeniden mühürlenmeli.", "Have it sealed with a valid certificate."),
        Text("İmza anında sertifika geçerli olmalıdır.", "A certificate must be valid when it signs."),
    ),
    "seal.no-tax-id": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "Sertifikada VKN ya da TCKN yok ({subject}); GİB böyle bir mührü kabul etmez (1161).",
            "The certificate holds neither VKN nor TCKN ({subject}); GİB refuses such a seal (1161).",
        ),
        Text(
            "Belge KamuSM'den alınmış bir mali mühürle mühürlenmeli.", "Have it sealed with a mali mühür of KamuSM's."
        ),
        Text("Mühür sahibi vergi numarasından tanınır.", "The owner of a seal is known by the tax number."),
    ),
    "seal.another-taxpayer": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "Belgeyi düzenleyen {owner}, mühürleyen {signer}; mühürleyen onun entegratörü olarak tanınmıyor.",
            "{owner} issues the document, {signer} sealed it, who is not known as an integrator.",
        ),
        Text(
            "Mühürleyen onun özel entegratörüyse VKN'sini güven klasöründeki integrators.txt dosyasına ekleyin; "
            "değilse "
            "belgeyi kabul etmeyin.",
            "If the signer is their integrator, add its VKN to integrators.txt in the trust folder; otherwise do "
            "not accept "
            "the document.",
        ),
        Text(
            "Belgeyi mükellef ya da onun özel entegratörü mühürler (GİB 1176).",
            "A document is sealed by the taxpayer or by their integrator (GİB 1176).",
        ),
        "field samples with invented numbers",
    ),
    "seal.no-owner": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "Belgeyi düzenleyenin VKN ya da TCKN'si bulunamadı ({path}).",
            "The VKN or TCKN of the one who issues the document was not found ({path}).",
        ),
        Text("Belgeyi `ulak check` ile denetleyin.", "Judge the document with `ulak check`."),
        Text(
            "Mühür kimin belgesini mühürlediği bilinmeden geçemez.",
            "A seal cannot pass if it is unknown whose document it seals.",
        ),
    ),
    "seal.signatory": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "cac:Signature mühürleyen olarak {named} diyor, sertifika {signer}.",
            "cac:Signature names {named} as the signatory, the certificate is that of {signer}.",
        ),
        SEALER,
        Text(
            "cac:Signature mührü kimin bastığını söyler; sertifika ile çelişemez.",
            "cac:Signature says whose seal it is; it cannot contradict the certificate.",
        ),
        "field samples with invented numbers",
    ),
}
