"""What can go wrong when time stamps and evidence are added to a seal or read from it."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.errors import Problem, SealError, Table

__all__ = ["PROBLEMS", "LevelFailure"]


class LevelFailure(SealError):
    """A time stamp or evidence could not be added; the document that was handed in is as it was."""


_SEAL_FIRST: Final = Text(
    "Belgeyi önce XAdES-BES ile mühürleyin; zaman damgası ve karşı imza mühre eklenir.",
    "Seal the document with XAdES-BES first; time stamps and counter-signatures are added to a seal.",
)
_ASK_MAKER: Final = Text(
    "Belgeyi mühürleyen tarafa bildirin; mührün yapısı ETSI TS 101 903'e uymuyor.",
    "Tell the one who sealed the document; the seal is not built as ETSI TS 101 903 says.",
)
_SEAL_AGAIN: Final = Text(
    "Belge ya da damga sonradan değişmiş: değişmemiş dosyayı sahibinden ya da arşivden alın.",
    "The document or the stamp was changed later: take the unchanged file from its owner or the archive.",
)
_OTHER_AUTHORITY: Final = Text(
    "Zaman damgası makamının adresini ve ayarlarını denetleyin; sorun sürerse makama bildirin.",
    "Check the address and settings of the time-stamp authority; if it goes on, tell the authority.",
)

PROBLEMS: Final[Table] = {
    "level.no-seal": Problem(Text("Belgede mühür (ds:Signature) yok.", "The document has no seal."), _SEAL_FIRST),
    "level.several-seals": Problem(
        Text(
            "Belgede {count} mühür var; birine bir şey eklemek ötekini bozar.",
            "The document has {count} seals; adding to one of them would break the other.",
        ),
        Text(
            "Zaman damgasını belge tek mühürlüyken ekleyin.", "Add the time stamp while the document has a single seal."
        ),
    ),
    "level.not-xades": Problem(
        Text("Mühür XAdES yapısında değil: {what}", "The seal is not built as XAdES: {what}"), _ASK_MAKER
    ),
    "level.reference-unknown": Problem(
        Text(
            "Mührün kapsadığı şey bulunamıyor ya da tek değil: URI={uri}",
            "What the seal covers cannot be found, or is not one thing: URI={uri}",
        ),
        _ASK_MAKER,
    ),
    "level.changed": Problem(
        Text(
            "Belge mühürlendikten sonra değişmiş: URI={uri} özeti tutmuyor; böyle bir mühür damgalanmaz.",
            "The document was changed after sealing: the digest of URI={uri} differs; such a seal is not stamped.",
        ),
        _SEAL_AGAIN,
    ),
    "level.not-trusted": Problem(
        Text(
            "Mühür sahibinin sertifikası {at} anında geçerli sayılamadı, kanıt eklenmedi: {found}",
            "The sealer's certificate was not found good at {at}, no evidence was added: {found}",
        ),
        Text(
            "Sertifikanın durumunu denetleyin; geçerli bir sertifikayla yeniden mühürleyin.",
            "Check the certificate; seal again with a good one.",
        ),
    ),
    "level.try-later": Problem(
        Text(
            "Sertifikanın iptal durumu şu an öğrenilemiyor, kanıt eklenmedi: {found}",
            "Whether the certificate is revoked cannot be learned now, no evidence was added: {found}",
        ),
        Text(
            "SİL ve ÇİSDUP adreslerine erişimi denetleyip yeniden deneyin.",
            "Check that the CRL and OCSP addresses can be reached, and try again.",
        ),
        permanent=False,
    ),
    "level.no-signer": Problem(
        Text(
            "Mührün KeyInfo alanında mühür sahibinin sertifikası yok ya da birden çok.",
            "The seal's KeyInfo does not hold exactly one certificate of the sealer.",
        ),
        _ASK_MAKER,
    ),
    "level.not-archived": Problem(
        Text(
            "Belgede yenilenecek arşiv zaman damgası yok.",
            "The document has no archive time stamp that could be renewed.",
        ),
        Text("Önce XAdES-A ekleyin.", "Add XAdES-A first."),
    ),
    "level.archived-already": Problem(
        Text(
            "Belge zaten arşiv zaman damgalı; eklenecek şeyler damganın kapsamına girmez.",
            "The document has an archive time stamp already; what was added now would not be covered by it.",
        ),
        Text("Yeni bir arşiv zaman damgası eklemek için yenileyin.", "Renew it to add a further archive time stamp."),
    ),
    "level.extended-already": Problem(
        Text(
            "Mühür zaten XAdES-{level}; arşivleme XAdES-BES ya da XAdES-T mühürden başlar.",
            "The seal is XAdES-{level} already; archiving begins with a XAdES-BES or XAdES-T seal.",
        ),
        Text("Belgenin ek kanıt taşımayan ilk halini verin.", "Give the document as it was before evidence was added."),
    ),
    "level.broken-base64": Problem(
        Text("{element} içindeki base64 bozuk.", "The base64 in {element} is broken."), _SEAL_AGAIN
    ),
    "level.unreadable": Problem(
        Text("{element} içindeki veri okunamıyor: {detail}", "The data in {element} cannot be read: {detail}"),
        _SEAL_AGAIN,
    ),
    "level.references-unmatched": Problem(
        Text(
            "{element} içinde adı geçen kanıt belgede yok: {what}",
            "Evidence named in {element} is not in the document: {what}",
        ),
        _SEAL_AGAIN,
    ),
    "timestamp.other-data": Problem(
        Text(
            "Makamın verdiği zaman damgası başka bir veriye ait.",
            "The authority returned a time stamp of other data.",
        ),
        _OTHER_AUTHORITY,
    ),
    "timestamp.not-trusted": Problem(
        Text(
            "Zaman damgası makamına güvenilemedi, damga eklenmedi: {found}",
            "The time-stamp authority could not be trusted, the stamp was not added: {found}",
        ),
        Text(
            "Makamın kök sertifikasını güven klasörüne koyun ve adresini denetleyin.",
            "Put the authority's root into the trust folder and check its address.",
        ),
    ),
    "timestamp.try-later": Problem(
        Text(
            "Zaman damgası makamının sertifikası şu an denetlenemiyor, damga eklenmedi: {found}",
            "The time-stamp authority's certificate cannot be checked now, the stamp was not added: {found}",
        ),
        Text(
            "SİL ve ÇİSDUP adreslerine erişimi denetleyip yeniden deneyin.",
            "Check that the CRL and OCSP addresses can be reached, and try again.",
        ),
        permanent=False,
    ),
    "timestamp.changed": Problem(
        Text(
            "{element} zaman damgası, kapsadığı verilerle uyuşmuyor: damgadan sonra bir şey değişmiş.",
            "The time stamp {element} does not fit what it covers: something was changed after it.",
        ),
        _SEAL_AGAIN,
    ),
    "timestamp.order": Problem(
        Text(
            "{element} zaman damgası ({time}), onu kapsayan damgadan ya da denetim anından ({moment}) sonraya ait.",
            "The time stamp {element} ({time}) is later than the stamp that covers it or the moment asked ({moment}).",
        ),
        _ASK_MAKER,
    ),
    "timestamp.too-many": Problem(
        Text(
            "Mühürde {count} zaman damgası ya da imzasız özellik var; en çok {limit} okunur.",
            "The seal has {count} time stamps or unsigned properties; {limit} are read.",
        ),
        _ASK_MAKER,
    ),
    "timestamp.unknown-shape": Problem(
        Text(
            "{element} zaman damgası tanınmayan biçimde: {what}",
            "The time stamp {element} has a form that is not known: {what}",
        ),
        _ASK_MAKER,
    ),
    "timestamp.weak-digest": Problem(
        Text(
            "{element} zaman damgası zayıf ya da bilinmeyen bir özetle alınmış (SHA-256, 384, 512 değil).",
            "The time stamp {element} was made with a weak or unknown digest (not SHA-256, 384, 512).",
        ),
        _ASK_MAKER,
    ),
    "timestamp.unreadable": Problem(
        Text("{element} zaman damgası okunamıyor: {detail}", "The time stamp {element} cannot be read: {detail}"),
        _SEAL_AGAIN,
    ),
    "timestamp.untrusted-here": Problem(
        Text(
            "{element} zaman damgasına güvenilemedi, kanıtladığı an hesaba katılmadı: {why}",
            "The time stamp {element} could not be trusted, the moment it would prove is left out: {why}",
        ),
        Text("{repair}", "{repair}"),
    ),
}
