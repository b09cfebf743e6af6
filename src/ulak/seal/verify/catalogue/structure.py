"""Refused: a seal that is built so that it could mean something else to another reader."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.seal.verdicts import SubIndication as Sub
from ulak.seal.verify.catalogue.entry import AGAIN, FORGED, SEALER, Deviation

__all__ = ["STRUCTURE"]

STRUCTURE: Final[dict[str, Deviation]] = {
    "seal.structure": Deviation(
        Sub.FORMAT_FAILURE,
        Text("Mührün yapısı bozuk: {detail}.", "The seal is not built as a seal is: {detail}."),
        SEALER,
        Text("XML Signature 1.1 ve XAdES 1.3.2 şemaları.", "The schemas of XML Signature 1.1 and XAdES 1.3.2."),
        "the empty signature of IHRACAT.xml in the UBL-TR package",
    ),
    "seal.foreign-content": Deviation(
        Sub.FORMAT_FAILURE,
        Text(
            "Mührün içinde mühre ait olmayan içerik var: {name}.",
            "The seal contains what is no part of a seal: {name}.",
        ),
        FORGED,
        Text(
            "Mührün içi belge özetine girmez; oraya konan içerik imzalanmış gibi görünürdü (sarmalama saldırısı).",
            "The inside of a seal is not covered by the document's digest; what is put there would pass for signed "
            "(signature wrapping).",
        ),
    ),
    "seal.comment": Deviation(
        Sub.FORMAT_FAILURE,
        Text(
            "Mührün içinde açıklama ya da işlem komutu var (satır {line}).",
            "There is a comment or a processing instruction inside the seal (line {line}).",
        ),
        SEALER,
        Text(
            "Açıklamalar değerleri böler; iki okuyucu iki ayrı değer görebilirdi.",
            "Comments split values, so that two readers could see two values.",
        ),
    ),
    "seal.split-value": Deviation(
        Sub.SIG_CONSTRAINTS_FAILURE,
        Text(
            "“{name}” değerinin içine açıklama ya da işlem komutu konmuş (satır {line}).",
            "A comment or a processing instruction stands inside the value of “{name}” (line {line}).",
        ),
        FORGED,
        Text(
            "Belge özeti açıklamaları saymaz; bazı programlar değeri yalnız açıklamaya kadar okur. Mühür bozulmadan "
            "değer "
            "kısaltılmış olabilir.",
            "The document's digest passes over comments, and some programs read a value only up to a comment: a "
            "value could "
            "be shortened without breaking the seal.",
        ),
    ),
    "seal.references": Deviation(
        Sub.FORMAT_FAILURE,
        Text(
            "Mührün {count} başvurusu var; biri belgeye, biri SignedProperties'e iki başvuru olmalı.",
            "The seal has {count} references; there must be two, one to the document and one to SignedProperties.",
        ),
        SEALER,
        Text(
            "Fazla başvuru neyin imzalandığını belirsizleştirir; eksik başvuru belgeyi ya da sertifikayı korumaz.",
            "More references blur what was signed; fewer leave the document or the certificate unprotected.",
        ),
    ),
    "seal.reference-elsewhere": Deviation(
        Sub.FORMAT_FAILURE,
        Text("Mühür başka bir yeri imzalamış: “{uri}”.", "The seal covers another place: “{uri}”."),
        FORGED,
        Text(
            'Yalnız belgenin bütünü (URI="") ve bu mührün kendi SignedProperties öğesi kabul edilir; adresler açılmaz.',
            'Only the whole document (URI="") and this seal\'s own SignedProperties are accepted; addresses are not '
            "opened.",
        ),
    ),
    "seal.reference-type": Deviation(
        Sub.FORMAT_FAILURE,
        Text(
            "SignedProperties başvurusunun türü yanlış: “{type}”.",
            "SignedProperties' reference has a wrong Type: “{type}”.",
        ),
        SEALER,
        Text(
            "TS 101 903, 6.3.1 türü sabitler; başka okuyucular sertifikayı imzasız sayardı.",
            "TS 101 903, 6.3.1 fixes the Type; other readers would take the certificate for unsigned.",
        ),
    ),
    "seal.transform": Deviation(
        Sub.FORMAT_FAILURE,
        Text("Kabul edilmeyen dönüşüm: {transform}.", "A transform that is not accepted: {transform}."),
        FORGED,
        Text(
            "XPath, XSLT ve benzerleri belgenin bir parçasını imza dışında bırakabilir. GİB enveloped-signature ister.",
            "XPath, XSLT and the like can leave parts of the document unsigned. GİB asks for enveloped-signature.",
        ),
    ),
    "seal.canonicalization": Deviation(
        Sub.FORMAT_FAILURE,
        Text("Bilinmeyen kurallı biçim: {method}.", "An unknown canonical form: {method}."),
        SEALER,
        Text(
            "Kurallı biçim bilinmeden imzalanan baytlar bulunamaz. Kapsayan ve dışlayan C14N 1.0 kabul edilir.",
            "Without it the signed bytes cannot be found. Inclusive and exclusive C14N 1.0 are accepted.",
        ),
    ),
    "seal.not-canonical": Deviation(
        Sub.FORMAT_FAILURE,
        Text("Belge kurallı biçime getirilemedi: {detail}", "The document has no canonical form: {detail}"),
        SEALER,
        Text(
            "Canonical XML 1.0, 1.3: göreli ad alanı adları geçersizdir.",
            "Canonical XML 1.0, 1.3: no relative namespaces.",
        ),
    ),
    "seal.base64": Deviation(
        Sub.FORMAT_FAILURE,
        Text("{name} değeri base64 değil ya da boş.", "The value of {name} is no base64, or empty."),
        AGAIN,
        Text("XML Signature 1.1, 4.", "XML Signature 1.1, 4."),
    ),
    "seal.duplicate-id": Deviation(
        Sub.FORMAT_FAILURE,
        Text("“{id}” kimliği belgede {count} kez geçiyor.", "The Id “{id}” occurs {count} times in the document."),
        FORGED,
        Text(
            "Başvurunun hangi öğeyi gösterdiği okuyana bağlı kalırdı.",
            "Which element a reference means would depend on the reader.",
        ),
    ),
    "seal.target": Deviation(
        Sub.FORMAT_FAILURE,
        Text(
            "xades:QualifyingProperties bu mührü göstermiyor: “{target}”.",
            "xades:QualifyingProperties does not point to this seal: “{target}”.",
        ),
        SEALER,
        Text("TS 101 903, 6.3.2.", "TS 101 903, 6.3.2."),
    ),
    "seal.no-signed-properties": Deviation(
        Sub.FORMAT_FAILURE,
        Text(
            "Mühürde xades:SignedProperties yok; bu bir XAdES mührü değil.",
            "No xades:SignedProperties: this is no XAdES.",
        ),
        SEALER,
        Text("Ek-3, 3: mühür en az XAdES-BES olmalıdır.", "Ek-3, 3: a seal is XAdES-BES at least."),
    ),
}
