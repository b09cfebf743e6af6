"""Refused: no seal, more than one, or one that does not stand where GİB wants it."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.verdicts import SubIndication as Sub
from ulak.seal.verify.catalogue.entry import FORGED, SEALER, Deviation

__all__ = ["PLACE"]

PLACE: Final[dict[str, Deviation]] = {
    "seal.missing": Deviation(
        Sub.FORMAT_FAILURE,
        Text("Belgede mühür (ds:Signature) yok.", "The document carries no seal (ds:Signature)."),
        Text(
            "Belgeyi mühürleyin ya da gönderenden mühürlü halini isteyin.", "Seal it, or ask for the sealed document."
        ),
        Text("GİB bu belgenin mühürlü olmasını ister.", "GİB demands that a document of this kind is sealed."),
        "unsealed examples of the UBL-TR package",
    ),
    "seal.not-required": Deviation(
        Sub.GENERIC,
        Text(
            "Belge mühürsüz; GİB bu tür belgede mühür istemez.",
            "The document is not sealed; GİB does not ask for a seal on this kind.",
        ),
        Text(
            "Yapılacak bir şey yok; belgeye mühre güvenir gibi güvenmeyin.",
            "Nothing needs to be done; do not rely on it as on a sealed document.",
        ),
        Text(
            "Sistem yanıtları ve gümrük yanıtları mühürsüz gelebilir. Kanıtlanacak bir şey olmadığından sonuç "
            "“geçti” olamaz.",
            "System responses and customs answers may come unsealed. With nothing to prove, the verdict cannot be "
            "passed.",
        ),
        "GİB's system responses; answers of GTB (profile IHRACAT)",
    ),
    "seal.misplaced": Deviation(
        Sub.FORMAT_FAILURE,
        Text(
            "Mühür GİB'in istediği yerde değil; yeri: {place}.",
            "The seal is not where GİB wants it, which is: {place}.",
        ),
        SEALER,
        Text(
            "Mührün yeri özete girmez; yeri serbest olsaydı mühürlü belge başka bir belgenin içine taşınabilirdi.",
            "The place of a seal is not covered by its digest; if it were free, a sealed document could be moved "
            "into another.",
        ),
    ),
    "seal.several": Deviation(
        Sub.FORMAT_FAILURE,
        Text("Belgede {count} mühür var; bir tane olmalı.", "The document carries {count} seals; there must be one."),
        FORGED,
        Text(
            "Hangi mührün geçerli olduğu okuyana bağlı kalırdı. Karşı imza ancak mührün xades:CounterSignature "
            "öğesinde "
            "durabilir.",
            "Which one counts would depend on the reader. A counter-signature may stand in the seal's "
            "xades:CounterSignature only.",
        ),
    ),
    "seal.further-seal": Deviation(
        Sub.GENERIC,
        Text(
            "Beratta ikinci bir mühür var; GİB'in onay mührünün biçimi yayımlanmadığı için değerlendirilemedi.",
            "The berat carries a second seal; the form of GİB's approval is not published, so it could not be judged.",
        ),
        Text(
            "Onaylı beratı GİB'in e-Defter uygulamasından denetleyin.", "Check the approved berat in GİB's application."
        ),
        Text("Bilinmeyen bir biçime tahminle “geçti” denmez.", "An unknown form is not passed on a guess."),
    ),
    "seal.not-self-contained": Deviation(
        Sub.FORMAT_FAILURE,
        Text(
            "Zarftan çıkarılan belge kendi başına okunamıyor: {detail}",
            "Cut out of its envelope, the document cannot be read: {detail}",
        ),
        SEALER,
        Text(
            "Belge zarfa mühürlendiği baytlarla girer; kendi ad alanı bildirimleri olmadan mührü de doğrulanamaz.",
            "A document enters its envelope byte by byte as sealed; without its own namespaces its seal cannot hold.",
        ),
    ),
    "seal.unknown-kind": Deviation(
        Sub.GENERIC,
        Text("“{root}” türünde bir belgenin mührü değerlendirilemez.", "The seal of a “{root}” cannot be judged."),
        Text("Belgenin türünü denetleyin.", "Check what kind of document it is."),
        Text(
            "GİB'in mühür için yer tanımladığı belgeler bellidir.", "GİB defines a place for seals in known documents."
        ),
    ),
}
