"""The words of ``--help`` of ``ulak report``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["REPORT_HELP", "REPORT_METAVARS"]

REPORT_METAVARS: Final = {
    "REPORT": Text("RAPOR", "REPORT"),
    "REPORT…": Text("RAPOR…", "REPORT…"),
    "MONTH": Text("AY", "MONTH"),
    "ADDRESS": Text("ADRES", "ADDRESS"),
    "UUID": Text("UUID", "UUID"),
}
_FORMAT: Final = Text("Çıktının biçimi.", "Form of the output.")
_BUILD: Final = Help(
    Text("Mühürlü belgelerden e-Arşiv raporu yazar.", "Write e-Arşiv reports from sealed documents."),
    {
        "files": Text(
            "Mühürlü e-Arşiv fatura, e-SMM, e-MM ve gider pusulaları; klasörler (*.xml, alt klasörleriyle).",
            "Sealed e-Arşiv invoices, e-SMM, e-MM and expense notes; folders (*.xml, also in folders below).",
        ),
        "taxpayer": Text("Raporun sahibinin VKN ya da TCKN'si.", "VKN or TCKN of whose report it is."),
        "url": Text(
            "Belgelerin XML'ine giden adres; {uuid} ve {number} yerine ETTN ve numara yazılır.",
            "Address that leads to a document's XML; {uuid} and {number} are replaced by ETTN and number.",
        ),
        "day": Text(
            "Bölümün günü, yyyy-aa-gg; yazılmazsa bütün dönem tek bölümdür.",
            "Day of the section, yyyy-mm-dd; the whole period is one section if left out.",
        ),
        "section_no": Text("Bölüm numarası.", "Number of the section."),
        "period": Text(
            "Dönem, yyyy-aa; yazılmazsa bölümün ayı ya da bu ay.",
            "The period, yyyy-mm; the section's month, or this one, if left out.",
        ),
        "cancelled": Text(
            "İptal edilen mühürlü belge ya da klasör; yinelenebilir. İptal tarihi bölümün son günüdür.",
            "A sealed document that was cancelled, or a folder; may be repeated. The section's last day is the date.",
        ),
        "preparer": Text(
            "Hazırlayanın VKN ya da TCKN'si; yazılmazsa mükellefin kendisi.",
            "VKN or TCKN of who prepares it; the taxpayer if left out.",
        ),
        "number": Text("Raporun numarası (raporNo); yazılmazsa üretilir.", "The report's number; made if left out."),
        "output": Text("Raporların yazılacağı klasör; yoksa yapılır.", "Folder for the reports; made if missing."),
        "key": Text(
            "Anahtarın adresi (ulak seal gibi): rapor XAdES-A ile mühürlenir ve <raporNo>.zip olarak paketlenir.",
            "Address of the key (as for ulak seal): reports are sealed as XAdES-A and packed as <raporNo>.zip.",
        ),
        "certificate": Text(
            "Anahtarın sertifikası, anahtarın yanında durmuyorsa.", "The key's certificate, if not kept with the key."
        ),
        "trust": Text("Kökler ve iptal listeleri; --key ile gerekir.", "Roots and revocation lists; --key needs it."),
        "tsa": Text(
            "Zaman damgası sunucusunun adresi; --key ile gerekir.", "Address of a time-stamp authority; --key needs it."
        ),
        "online": Text(
            "İptal bilgisi sertifikadaki adreslerden sorulur.", "Ask the addresses in certificates for revocation."
        ),
        "check": Text("Yazmadan önce GİB'in kurallarıyla denetle.", "Judge by GİB's rules before writing."),
    },
    (
        Text(
            "Gider pusulaları ayrı rapora girer; 100 MB'ı aşanlar yeni bölüme geçer. Eksiği olan tek bir belge varsa "
            "hiçbir şey yazılmaz, nedeni söylenir.",
            "Expense notes get a report of their own; what exceeds 100 MB goes into further sections. If one document "
            "lacks anything nothing is written, and it is told what.",
        ),
    ),
    (
        (
            "ulak report build gun/ --taxpayer 4812530769 --preparer 8642031054 --section 2026-11-22 --section-no 22 "
            "--url https://belge.example/{uuid}.xml -o raporlar",
            Text("Bir günün raporu.", "The report of a day."),
        ),
    ),
)
_CHECK: Final = Help(
    Text("Raporları GİB gibi denetler.", "Judge reports as GİB does."),
    {
        "files": Text("Raporlar: .xml ya da .zip; - standart girdi.", "Reports: .xml or .zip; - is standard input."),
        "as_of": Text(
            "Denetlenecek gün, yyyy-aa-gg; yazılmazsa bugün.", "The day on which to judge, yyyy-mm-dd; else today."
        ),
        "format": _FORMAT,
        "unsealed": Text("Mühürsüz rapor: mühür aranmaz.", "Not sealed yet: no seal is asked for."),
    },
    (
        Text(
            "GİB'in şeması, Schematron'u, tekrar eden numaralar ve ZIP'in adları denetlenir; 100 MB'lık rapor da az "
            "bellekle. GİB'in paketini önce ekleyin (ulak packs add). Mühür: ulak verify.",
            "GİB's schema and Schematron, repeated numbers and the ZIP's names; reports of 100 MB too, in little "
            "memory. Add GİB's package first (ulak packs add). For the seal: ulak verify.",
        ),
    ),
    (("ulak report check raporlar/*.zip", Text("Göndermeden önce.", "Before sending.")),),
)
_SHOW: Final = Help(
    Text("Bir raporu özetler.", "Sum up a report."),
    {
        "file": Text("Rapor: .xml ya da .zip; - standart girdi.", "The report: .xml or .zip; - is standard input."),
        "format": _FORMAT,
    },
    examples=(("ulak report show rapor.zip", Text("Ne bildirilmiş?", "What is reported?")),),
)
REPORT_HELP: Final = {
    "ulak report": Help(
        Text("e-Arşiv raporlarını kurar, denetler ve gösterir.", "Build, check and show e-Arşiv reports.")
    ),
    "ulak report build": _BUILD,
    "ulak report check": _CHECK,
    "ulak report show": _SHOW,
}
