"""What can keep a document from being sealed: every ``seal.*`` code of sealing, with its sentence and its repair."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.errors import Problem, SealError, error_of

__all__ = ["SealingError", "problem"]

_PROBLEMS: Final = {
    "seal.unknown-document": Problem(
        Text("“{root}” belgesinin mührünün nerede duracağı bilinmiyor.", "Where a “{root}” is sealed is not known."),
        Text(
            "Fatura, müstahsil makbuzu, irsaliye, yanıt, kullanıcı mesajı, e-Arşiv raporu ya da e-Defter verin; "
            "zarflar mühürlenmez, içindeki belge zarfa konmadan önce mühürlenir.",
            "Give an invoice, credit note, despatch advice, answer, user-account message, e-Arşiv report or e-Defter; "
            "envelopes are not sealed, the document is sealed before it is put in one.",
        ),
    ),
    "seal.already-sealed": Problem(
        Text("Belgede zaten bir mühür var.", "The document carries a seal already."),
        Text(
            "Mührü `ulak verify` ile denetleyin; yeniden mühürlenecekse mühürsüz halini verin.",
            "Judge the seal with `ulak verify`; to seal anew, give the document without a seal.",
        ),
    ),
    "seal.no-place": Problem(
        Text("Mührün duracağı öğe yok: {path}.", "The element that holds the seal is missing: {path}."),
        Text("Belgeye bu öğeyi şemadaki yerine ekleyin.", "Add this element to the document, where the schema has it."),
    ),
    "seal.several-places": Problem(
        Text("{path} öğesi birden fazla.", "There is more than one {path}."),
        Text("Yalnız birini bırakın.", "Leave just one."),
    ),
    "seal.no-issuer": Problem(
        Text(
            "Belgeyi düzenleyen taraf ({path}) bulunamadı; cac:Signature onun önüne yazılır.",
            "The party that issues the document ({path}) was not found; cac:Signature is written before it.",
        ),
        Text("Belgeyi şemaya göre tamamlayın.", "Complete the document as the schema demands."),
    ),
    "seal.no-address": Problem(
        Text(
            "cac:Signature için mühürleyenin adresi yok ve belgeden alınamıyor.",
            "cac:Signature needs the address of the one who seals, and the document does not hold it.",
        ),
        Text(
            "Düzenleyen tarafa cac:PostalAddress ekleyin ya da belgede cac:Signature verin.",
            "Give the issuing party a cac:PostalAddress, or put a cac:Signature into the document.",
        ),
    ),
    "seal.no-ettn": Problem(
        Text(
            "Belgenin ETTN'si (cbc:UUID) yok ya da biçimi yanlış; mührün kimliği ondan alınır.",
            "The document's ETTN (cbc:UUID) is missing or malformed; the seal's Id is taken from it.",
        ),
        Text("Belgeye bir UUID yazın.", "Give the document a UUID."),
    ),
    "seal.no-tax-id": Problem(
        Text(
            "Sertifikada VKN ya da TCKN yok ({subject}); GİB böyle bir mührü kabul etmez (1161).",
            "The certificate holds neither VKN nor TCKN ({subject}); GİB refuses such a seal (1161).",
        ),
        Text("KamuSM'den alınmış bir mali mühür kullanın.", "Use a mali mühür issued by KamuSM."),
    ),
    "seal.certificate-expired": Problem(
        Text(
            "Sertifikanın süresi {until} tarihinde dolmuş ({subject}).",
            "The certificate expired on {until} ({subject}).",
        ),
        Text("KamuSM'den sertifikayı yenileyin.", "Have KamuSM renew the certificate."),
    ),
    "seal.certificate-not-yet-valid": Problem(
        Text(
            "Sertifika {since} tarihinden önce geçerli değil ({subject}).",
            "The certificate is not valid before {since} ({subject}).",
        ),
        Text("Saati denetleyin ya da sertifikanın başlamasını bekleyin.", "Check the clock, or wait until it begins."),
    ),
    "seal.key-not-trusted": Problem(
        Text(
            "Anahtarın sertifikasına şu an güvenilemiyor ({sub}): {why}",
            "The key's certificate cannot be trusted now ({sub}): {why}",
        ),
        Text(
            "Sertifikanın iptal edilmediğini KamuSM'den doğrulayın; iptal bilgisi alınamıyorsa sonra yeniden deneyin.",
            "Verify with KamuSM that it is not revoked; if revocation cannot be learned, try again later.",
        ),
        permanent=False,
    ),
    "seal.wrong-value": Problem(
        Text(
            "Verilen imza değeri bu belgeye ya da bu sertifikaya ait değil.",
            "The signature value does not belong to this document, or not to this certificate.",
        ),
        Text("Belgeyi aynı anahtarla yeniden imzalatın.", "Have it signed again by the same key."),
    ),
    "seal.nothing-to-countersign": Problem(
        Text(
            "Belgedeki mührün ds:SignatureValue öğesinde Id yok; karşı imza ona bağlanamaz.",
            "The ds:SignatureValue of the document's seal has no Id that a counter-signature could point to.",
        ),
        Text("Önce entegratörün mührüyle mühürleyin.", "Seal it with the integrator's seal first."),
    ),
    "seal.already-countersigned": Problem(
        Text("Mühür zaten karşı imzalanmış.", "The seal is counter-signed already."),
        Text("Belgeyi `ulak verify` ile denetleyin.", "Judge the document with `ulak verify`."),
    ),
    "seal.not-canonical": Problem(
        Text(
            "Belgenin üzerinde herkesin anlaştığı bir kurallı biçimi (C14N) yok: {detail}",
            "The document has no canonical form that all software agrees on: {detail}",
        ),
        Text(
            "Ad alanlarına (xmlns) tam adresler verin; içlerinde &, <, > bulunmasın, göreli de olmasınlar.",
            "Give namespaces (xmlns) absolute names without &, < and >.",
        ),
    ),
    "seal.split-value": Problem(
        Text(
            "“{name}” değerinin içine açıklama ya da işlem komutu konmuş; mühür onu kapsamaz, alıcılar değeri başka "
            "başka okuyabilir.",
            "A comment or a processing instruction stands inside the value of “{name}”; the seal does not cover it, "
            "and receivers may read the value in different ways.",
        ),
        Text("Açıklamayı değerin dışına alın ya da silin.", "Move the comment out of the value, or delete it."),
    ),
    "seal.naive-time": Problem(
        Text("Mühürleme zamanının saat dilimi yok.", "The signing time has no zone."),
        Text("Zamanı saat dilimiyle verin.", "Give the time with its zone."),
    ),
}


class SealingError(SealError):
    """A document cannot be sealed; nothing was made."""


def problem(code: str, *, where: str = "", line: int | None = None, **facts: object) -> SealingError:
    """The error of a code of this table."""
    return error_of(SealingError, _PROBLEMS, code, where=where, line=line, **facts)
