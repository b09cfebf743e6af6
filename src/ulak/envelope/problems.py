"""What can be wrong with an envelope, and the status with which a receiver answers it.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 4 for the statuses; Schematron 20260312 and the XSDs of its package for
what is checked. Where GİB does not say which status a fault has, docs/envelopes.md says how it was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.envelope.problem_words import ACCOUNTS, RESPONSES, Problem
from ulak.errors import Text, UlakError

__all__ = ["PROBLEMS", "EnvelopeError", "Problem", "error", "first"]


class EnvelopeError(UlakError):
    """An envelope cannot be packed or opened, or would be refused; ``code`` is one of ``envelope.*``.

    Attributes:
        status: the code of GİB's with which a receiver answers such an envelope, e.g. ``1131``; empty if it is no
            matter between sender and receiver.
    """

    status: str = ""


_REZIP: Final = Text(
    "XML'i <zarf kimliği>.xml adıyla, tek dosya olarak, olağan ZIP biçiminde yeniden sıkıştırın.",
    "Compress the XML again as <envelope id>.xml, the only file of an ordinary ZIP.",
)
_REWRITE: Final = Text(
    "Zarfı yeniden kurun (ulak envelope pack) ya da göndericisinden yeniden isteyin.",
    "Build the envelope again (ulak envelope pack) or ask its sender for it again.",
)
_DIVIDE: Final = Text("Belgeleri birden çok zarfa bölün.", "Divide the documents among several envelopes.")
_FIX_DOCUMENT: Final = Text("Belgeyi düzeltip yeniden mühürleyin.", "Correct the document and seal it again.")

PROBLEMS: Final[Mapping[str, Problem]] = {
    "envelope.not-zip": Problem("1110", Text("Bu bir ZIP dosyası değil.", "This is no ZIP file."), _REZIP),
    "envelope.zip-damaged": Problem(
        "1130", Text("ZIP açılamıyor: {detail}", "The ZIP cannot be opened: {detail}"), _REZIP
    ),
    "envelope.zip-encrypted": Problem("1130", Text("ZIP şifreli.", "The ZIP is encrypted."), _REZIP),
    "envelope.zip-method": Problem(
        "1130",
        Text("ZIP bilinmeyen bir yöntemle ({method}) sıkıştırılmış.", "The ZIP uses the unusual method {method}."),
        _REZIP,
    ),
    "envelope.too-large": Problem(
        "1130",
        Text("{what} {limit} bayttan büyük.", "{what} is larger than {limit} bytes."),
        _DIVIDE,
    ),
    "envelope.zip-bomb": Problem(
        "1130",
        Text(
            "ZIP olağandışı sıkıştırılmış: içeriği kendisinin {limit} katından büyük.",
            "The ZIP is packed unusually: its content is more than {limit} times its size.",
        ),
        _REZIP,
    ),
    "envelope.file-count": Problem(
        "1131", Text("ZIP'te tek dosya olmalı, {count} tane var.", "The ZIP must hold one file, not {count}."), _REZIP
    ),
    "envelope.not-xml": Problem(
        "1132", Text("ZIP'teki “{name}” XML değil.", "What the ZIP holds, “{name}”, is no XML."), _REZIP
    ),
    "envelope.malformed": Problem(
        "1140", Text("Zarfın XML'i okunamıyor: {detail}", "The envelope's XML cannot be read: {detail}"), _REWRITE
    ),
    "envelope.document-malformed": Problem(
        "1140", Text("Belge okunamıyor: {detail}", "The document cannot be read: {detail}"), _FIX_DOCUMENT
    ),
    "envelope.document-not-alone": Problem(
        "1140",
        Text(
            "Belge zarfın ad alanlarına yaslanıyor; zarftan çıkarılınca okunamaz ve mührü tutmaz: {detail}",
            "The document leans on the envelope's namespaces; cut out, it cannot be read and no seal holds: {detail}",
        ),
        Text(
            "Belgenin kullandığı bütün xmlns bildirimlerini belgenin kök öğesine koyup yeniden mühürleyin.",
            "Declare every namespace that the document uses on its own root element, and seal it again.",
        ),
    ),
    "envelope.document-instruction": Problem(
        "",
        Text(
            "Belgenin kök öğesi dışında bir işlem yönergesi (<?…?>) var; zarfta kaybolur ve mühür tutmaz.",
            "An instruction (<?…?>) stands outside the document's root; in an envelope it is lost and no seal holds.",
        ),
        Text("Yönergeyi silip belgeyi yeniden mühürleyin.", "Remove it and seal the document again."),
    ),
    "envelope.no-id": Problem(
        "1141", Text("Zarfın kimliği (InstanceIdentifier) yok.", "The envelope has no InstanceIdentifier."), _REWRITE
    ),
    "envelope.id-length": Problem(
        "1111",
        Text("Zarf kimliği 36 karakter olmalı: “{id}”", "An envelope's id has 36 characters: “{id}”"),
        Text("Yeni bir UUID verin.", "Give it a new UUID."),
    ),
    "envelope.id": Problem(
        "1150",
        Text("Zarf kimliği bir UUID değil: “{id}”", "The envelope's id is no UUID: “{id}”"),
        Text("Yeni bir UUID verin.", "Give it a new UUID."),
    ),
    "envelope.xml-name": Problem(
        "1133",
        Text("XML'in adı “{name}”, zarf kimliği “{id}”.", "The XML is called “{name}”, the envelope “{id}”."),
        Text("XML dosyasına <zarf kimliği>.xml adını verin.", "Call the XML file <envelope id>.xml."),
    ),
    "envelope.zip-name": Problem(
        "1142",
        Text("ZIP'in adı “{name}”, zarf kimliği “{id}”.", "The ZIP is called “{name}”, the envelope “{id}”."),
        Text("ZIP dosyasına <zarf kimliği>.zip adını verin.", "Call the ZIP file <envelope id>.zip."),
    ),
    "envelope.version": Problem(
        "1143",
        Text("{name} “{value}”; {allowed} olmalı.", "{name} is “{value}”; it must be {allowed}."),
        _REWRITE,
    ),
    "envelope.structure": Problem(
        "1160", Text("Zarfın şeması bozuk: {detail}", "The envelope breaks its schema: {detail}"), _REWRITE
    ),
    "envelope.schema-location": Problem(
        "1150",
        Text(
            "Kök öğenin xsi:schemaLocation niteliğinde PackageProxy_1_2.xsd yok.",
            "The root's xsi:schemaLocation does not name PackageProxy_1_2.xsd.",
        ),
        _REWRITE,
    ),
    "envelope.party": Problem(
        "1150",
        Text("{side}: {detail}", "{side}: {detail}"),
        Text(
            "Etiketi ve VKN/TCKN'yi GİB'in kayıtlı kullanıcılar listesinden alın.",
            "Take the alias and VKN/TCKN from GİB's list of registered users.",
        ),
    ),
    "envelope.user-party": Problem(
        "1150",
        Text("USERENVELOPE: {detail}", "USERENVELOPE: {detail}"),
        Text(
            "Alıcı GIB (3900383669), gönderen etiketi usergb gibi bir hizmet etiketi olmalı.",
            "The receiver is GIB (3900383669), the sender's alias one of the services', e.g. usergb.",
        ),
    ),
    "envelope.type": Problem(
        "1150", Text("Bilinmeyen zarf türü: “{value}”", "Unknown envelope type: “{value}”"), _REWRITE
    ),
    "envelope.element-type": Problem(
        "1150", Text("Bilinmeyen ElementType: “{value}”", "Unknown ElementType: “{value}”"), _REWRITE
    ),
    "envelope.not-carried": Problem(
        "1150",
        Text("{type} zarfı {element} taşımaz.", "A {type} carries no {element}."),
        Text("Bu zarf türü şunları taşır: {allowed}", "This type of envelope carries {allowed}."),
    ),
    "envelope.mixed": Problem(
        "1150",
        Text("Zarfta farklı türde belgeler var: {types}", "The envelope mixes types of documents: {types}"),
        Text("Her tür için ayrı zarf kurun.", "Use one envelope for each type."),
    ),
    "envelope.group-count": Problem(
        "1150",
        Text("Zarfta {limit} belge listesinden çoğu var.", "The envelope has more than {limit} lists."),
        _DIVIDE,
    ),
    "envelope.element-limit": Problem(
        "1150", Text("Listede {limit} belgeden çoğu var.", "The list has more than {limit} documents."), _DIVIDE
    ),
    "envelope.invoice-limit": Problem(
        "1150", Text("Listede {limit} faturadan çoğu var.", "The list has more than {limit} invoices."), _DIVIDE
    ),
    "envelope.profile-limit": Problem(
        "1150",
        Text("Bir listede tek bir {profile} faturası olabilir.", "A list may hold only one {profile} invoice."),
        _DIVIDE,
    ),
    "envelope.element-count": Problem(
        "1150",
        Text("ElementCount {stated}, belge sayısı {count}.", "ElementCount says {stated}, there are {count}."),
        _REWRITE,
    ),
    "envelope.wrong-document": Problem(
        "1150",
        Text("{type} listesinde {root} var.", "The {type} list holds {root}."),
        Text("Belgeyi kendi türünden bir listeye koyun.", "Put the document into a list of its own type."),
    ),
    "envelope.empty": Problem("1160", Text("Listede belge yok.", "There is no document in the list."), _REWRITE),
    "envelope.duplicate-id": Problem(
        "1160",
        Text("Zarfta aynı Id iki mühürde var: “{id}”", "Two seals in the envelope have the same Id: “{id}”"),
        Text(
            "Mühürlerin Id'lerini belgenin ETTN'siyle ayırarak (ulak seal böyle yapar) yeniden mühürleyin ya da "
            "belgeleri ayrı zarflara koyun.",
            "Seal again with Ids that carry the document's ETTN, as ulak seal does, or use separate envelopes.",
        ),
    ),
    "envelope.id-limit": Problem(
        "1130", Text("Zarftaki mühürlerde {limit} Id'den çoğu var.", "The seals have more than {limit} Ids."), _DIVIDE
    ),
    **RESPONSES,
    **ACCOUNTS,
}
_ORDER: Final = ("1110", "1130", "1131", "1132", "1140", "1141", "1111", "1133", "1142", "1143", "1160", "1150", "")


def error(code: str, /, *, where: str = "", **facts: object) -> EnvelopeError:
    """The error of a code, its facts filled in; a fact that is a `Text` is said in the language of the sentence."""
    status, text, repair = PROBLEMS[code]
    tr = {name: fact.tr if isinstance(fact, Text) else fact for name, fact in facts.items()}
    en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
    said = Text(text.tr.format_map(tr), text.en.format_map(en))
    advised = Text(repair.tr.format_map(tr), repair.en.format_map(en))
    made = EnvelopeError(code, said, advised, where=where)
    made.status = status
    return made


def first(faults: list[EnvelopeError]) -> list[EnvelopeError]:
    """The faults in the order in which a receiver meets them; it answers with the status of the first."""
    return sorted(faults, key=lambda fault: _ORDER.index(fault.status))
