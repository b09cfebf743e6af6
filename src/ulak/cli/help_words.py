"""The words of ``--help``, by command and parameter. A test holds that nothing is missing in either language."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.cli.help_envelope import ENVELOPE_HELP, ENVELOPE_METAVARS
from ulak.cli.help_keys import KEYS_HELP, KEYS_METAVARS
from ulak.cli.help_ledger import LEDGER_HELP, LEDGER_METAVARS
from ulak.cli.help_pki import PKI_HELP, PKI_METAVARS
from ulak.cli.help_render import RENDER_HELP, RENDER_METAVARS
from ulak.cli.help_report import REPORT_HELP, REPORT_METAVARS
from ulak.cli.help_sealing import SEAL_HELP, SEALING_METAVARS
from ulak.cli.help_userlist import USERLIST_HELP, USERLIST_METAVARS
from ulak.cli.help_verifying import VERIFY_HELP, VERIFYING_METAVARS
from ulak.cli.help_wire import WIRE_HELP, WIRE_METAVARS
from ulak.errors import Text

__all__ = ["EXITS", "HELP", "METAVARS", "Help"]


METAVARS: Final = {
    "FILE|FOLDER…": Text("DOSYA|KLASÖR…", "FILE|FOLDER…"),
    "FILE": Text("DOSYA", "FILE"),
    "FILE.zip|FOLDER": Text("DOSYA.zip|KLASÖR", "FILE.zip|FOLDER"),
    "DATE": Text("GÜN", "DATE"),
    "NAME": Text("AD", "NAME"),
    "LIST": Text("LİSTE", "LIST"),
    "TEXT": Text("METİN", "TEXT"),
    "RULE": Text("KURAL", "RULE"),
    "NUMBER": Text("NUMARA", "NUMBER"),
    "OUT.xml": Text("ÇIKTI.xml", "OUT.xml"),
    "A": Text("ESKİ", "OLD"),
    "B": Text("YENİ", "NEW"),
    **ENVELOPE_METAVARS,
    **KEYS_METAVARS,
    **LEDGER_METAVARS,
    **PKI_METAVARS,
    **RENDER_METAVARS,
    **SEALING_METAVARS,
    **REPORT_METAVARS,
    **USERLIST_METAVARS,
    **VERIFYING_METAVARS,
    **WIRE_METAVARS,
}
EXITS: Final = (
    ("0", Text("Her şey geçerli ya da yapıldı; yalnız uyarı varsa da 0.", "All valid, or done; warnings alone are 0.")),
    (
        "1",
        Text(
            "En az bir belge geçersiz ya da değerlendirilemedi; aranan bulunamadı.",
            "A document is invalid or could not be judged; nothing was found.",
        ),
    ),
    (
        "2",
        Text(
            "Dosya hiç okunamıyor (yok, izin yok, XML değil) ya da komut yanlış yazılmış.",
            "A file cannot be read at all (missing, no permission, not XML), or the command is wrong.",
        ),
    ),
    ("130", Text("Ctrl-C ile durduruldu.", "Stopped by Ctrl-C.")),
    ("141", Text("Çıktıyı okuyan program kapandı.", "The program that read the output went away.")),
)
_AS_OF: Final = Text(
    "Belgenin denetleneceği gün, yyyy-aa-gg; kural paketini o seçer. Yazılmazsa bugün (İstanbul).",
    "The day on which to judge, yyyy-mm-dd; it chooses the rule pack. Today in Istanbul if left out.",
)
_TYPE: Final = Text(
    "Belgenin gideceği sistem; yazılmazsa senaryodan anlaşılır.",
    "The system that the document is meant for; the profile tells if left out.",
)
_PACK: Final = Text(
    "Gün ne olursa olsun bu kural paketi kullanılır (ulak packs list).",
    "Judge by this rule pack whatever the day (ulak packs list).",
)
_FORMAT: Final = Text("Çıktının biçimi.", "Form of the output.")
_NO_ADVICE: Final = Text("Yalnız GİB'in kuralları; Ulak'ın uyarıları yok.", "GİB's rules alone, no warnings of Ulak's.")
_JUDGING: Final = {"as_of": _AS_OF, "type": _TYPE, "pack": _PACK, "format": _FORMAT, "no_advice": _NO_ADVICE}
_XML_FILE: Final = Text("XML dosyası; - standart girdi.", "XML file; - is standard input.")
_PACK_NAME: Final = Text("Paketin adı.", "Name of the pack.")
_SINCE: Final = Text(
    "Paketin denetlemeye başlayacağı gün, yyyy-aa-gg.", "First day from which the pack judges, yyyy-mm-dd."
)

_ROOT: Final = Help(
    Text(
        "Türk e-belgelerini okur, kurar ve GİB'in denetlediği gibi denetler.",
        "Turkish e-documents read, built and judged as GİB judges them.",
    ),
    {
        "version": Text("Sürümü yazar.", "Print the version."),
        "lang": Text(
            "Dil; komutun neresinde yazılırsa yazılsın. Yazılmazsa ULAK_LANG, o da yoksa Türkçe.",
            "The language; may stand anywhere. If left out ULAK_LANG, else Turkish.",
        ),
    },
    examples=(
        ("ulak check fatura.xml", Text("Bir belgeyi denetler.", "Judge a document.")),
        ("ulak build fatura.json -o fatura.xml", Text("JSON'dan UBL kurar.", "Build UBL from JSON.")),
        ("ulak --lang en show fatura.xml", Text("Belgeyi İngilizce özetler.", "Sum up a document in English.")),
    ),
)
_CHECK: Final = Help(
    Text("Belgeleri ve zarfları GİB'in kurallarıyla denetler.", "Judge documents and envelopes by GİB's rules."),
    {
        "files": Text(
            "Dosyalar; klasörler (alt klasörleriyle *.xml); - standart girdi.",
            "Files; folders (*.xml, also in folders below); - is standard input.",
        ),
        **_JUDGING,
    },
    (
        Text(
            "Her dosya için bir sonuç: geçerli, geçersiz ya da değerlendirilemedi. Hatalar GİB'in reddedeceği "
            "yerlerdir; uyarılar Ulak'ındır ve sonucu değiştirmez. Birden çok dosyada çıkış kodu en kötüsüdür.",
            "One verdict a file: valid, invalid or could-not-judge. Errors are what GİB refuses; warnings are Ulak's "
            "own and change no verdict. With several files the exit code is the worst.",
        ),
        Text(
            "--format json tek bir dizi yazar; her dosya için bir nesne: file, document, profile, type, pack, verdict, "
            "findings[id, level, message, explanation, repair, xpath, line, value].",
            "--format json prints one array with an object per file: file, document, profile, type, pack, verdict, "
            "findings[id, level, message, explanation, repair, xpath, line, value].",
        ),
    ),
    (
        ("ulak check fatura.xml", Text("Bir dosya.", "One file.")),
        ("ulak check giden/ --format json > sonuc.json", Text("Bütün bir klasör.", "A whole folder.")),
        (
            "ulak check --as-of 2026-02-01 -",
            Text("Standart girdi, o günün kurallarıyla.", "Standard input, by that day's rules."),
        ),
    ),
)
_BUILD: Final = Help(
    Text("JSON'dan UBL belgesi kurar ve denetler.", "Build a UBL document from JSON, and judge it."),
    {
        "file": Text(
            "JSON dosyası (docs/json.md); - standart girdi.", "JSON file (docs/json.md); - is standard input."
        ),
        "output": Text("Yazılacak dosya; yazılmazsa standart çıktı.", "File to write; standard output if left out."),
        "check": Text(
            "Kurulan belgeyi denetle ya da denetleme; olağanı denetlemek. Bulgular standart hataya yazılır.",
            "Judge what was built, or do not; judging is usual. Findings go to standard error.",
        ),
        "number": Text("JSON'da yoksa belge numarası.", "Document number, where the JSON states none."),
        **_JUDGING,
    },
    (
        Text(
            "JSON'da yoksa tarih ve saat şimdiki (İstanbul), ETTN yeni bir UUID olur. Bulgular JSON'daki alanı "
            "gösterir. GİB'in reddedeceği bir taslak da yazılır; çıkış kodu 1 olur.",
            "Where the JSON states none, date and time are now (Istanbul) and the ETTN is a new UUID. Findings name "
            "the field of the JSON. A draft that GİB would refuse is written all the same, with exit code 1.",
        ),
    ),
    (("ulak build fatura.json -o fatura.xml", Text("Kurar, denetler, yazar.", "Build, judge and write.")),),
)
HELP: Final[dict[str, Help]] = {
    "ulak": _ROOT,
    "ulak check": _CHECK,
    "ulak build": _BUILD,
    "ulak show": Help(
        Text(
            "Bir belgeyi ya da zarfı okunur biçimde özetler.", "Sum up a document or envelope so that it can be read."
        ),
        {"file": _XML_FILE},
        (Text("Taraflar, satırlar, vergiler ve toplamlar.", "Parties, lines, taxes and totals."),),
    ),
    "ulak json": Help(
        Text("Bir UBL belgesini yalın JSON olarak yazar.", "Print a UBL document as friendly JSON."),
        {"file": _XML_FILE},
        (
            Text(
                "Çıktı `ulak build` ile aynı belgeyi kurar. Bir zarf, içindeki belgelerin dizisi olur.",
                "`ulak build` builds the same document from it. An envelope becomes an array of the documents inside.",
            ),
        ),
    ),
    "ulak codes": Help(
        Text("Kod listelerini gösterir ve arar.", "Show code lists and search them."),
        {
            "name": Text(
                "Listenin adı; yazılmazsa bütün listeler. Paketin listeleri de olur (UnitCodeList).",
                "Name of the list; all lists if left out. The pack's own lists too (UnitCodeList).",
            ),
            "search": Text("Kodda, adında ya da notunda geçen sözcükler.", "Words in the code, its label or its note."),
            "as_of": Text("O gün geçerli olan kodlar, yyyy-aa-gg.", "The codes in force on that day, yyyy-mm-dd."),
            "pack": Text("Bu kural paketinin kendi listeleri.", "The own lists of this rule pack."),
        },
        examples=(
            ("ulak codes units --search kilo", Text("Ölçü birimi arar.", "Search a unit.")),
            ("ulak codes --search yemek", Text("Bütün listelerde arar.", "Search all lists.")),
        ),
    ),
    "ulak explain": Help(
        Text("Bir kuralı açıklar: ne ister, nasıl sağlanır.", "Explain a rule: what it demands and how to meet it."),
        {"rule": Text("Kuralın adı, ör. InvoiceIDCheck-1.", "Name of the rule, e.g. InvoiceIDCheck-1.")},
        (
            Text(
                "GİB'in iletisi, sınaması ve bağlamı ile kuralı taşıyan paketler de yazılır.",
                "GİB's message, test and context are printed too, and the packs that have the rule.",
            ),
        ),
    ),
    "ulak packs": Help(
        Text("Kural paketlerini yönetir.", "Manage the rule packs."),
        details=(
            Text(
                "Bir kural paketi GİB'in XSD'leri, Schematron'u ve kod listeleridir; hangisinin denetleyeceğini gün "
                "seçer. Eklenen paketler ULAK_HOME klasöründe durur.",
                "A rule pack is GİB's XSDs, Schematron and code lists; the day chooses which one judges. Added packs "
                "are kept in the folder ULAK_HOME.",
            ),
        ),
    ),
    "ulak packs list": Help(Text("Eldeki paketleri gösterir.", "List the packs at hand.")),
    "ulak packs show": Help(Text("Bir paketin içeriğini gösterir.", "Show what a pack holds."), {"name": _PACK_NAME}),
    "ulak packs diff": Help(
        Text("İki paket arasındaki farkı sözle anlatır.", "Say in words what differs between two packs."),
        {
            "before": Text("Eski paketin adı.", "Name of the older pack."),
            "after": Text("Yeni paketin adı.", "Name of the newer pack."),
        },
    ),
    "ulak packs add": Help(
        Text("GİB'in yayımladığı bir paketi ekler.", "Add a package as GİB publishes it."),
        {
            "path": Text("Zip arşivi ya da açılmış klasörü.", "The zip archive, or the folder it was unpacked to."),
            "name": Text("Verilecek ad; yazılmazsa türü ve günü.", "Name to give it; its kind and day if left out."),
            "since": _SINCE,
            "staged": Text("Ekle ama etkinleştirme.", "Add it, but do not activate it."),
        },
    ),
    "ulak packs fetch": Help(
        Text(
            "GİB'in adreslerine sorar, yenileri indirip bekletir.",
            "Ask GİB's addresses, download what is new and stage it.",
        ),
        details=(
            Text(
                "Hiçbir paket kendiliğinden etkinleşmez. Adresler ULAK_PACK_SOURCES dosyasıyla değiştirilebilir.",
                "Nothing activates by itself. The file ULAK_PACK_SOURCES may name other addresses.",
            ),
        ),
    ),
    "ulak packs activate": Help(
        Text("Bekleyen bir paketi etkinleştirir.", "Let a staged pack judge."), {"name": _PACK_NAME, "since": _SINCE}
    ),
    "ulak packs stage": Help(
        Text("Bir paketi bekletir; yalnız --pack ile kullanılır.", "Let a pack judge only when --pack asks for it."),
        {"name": _PACK_NAME},
    ),
    "ulak packs remove": Help(Text("Eklenmiş bir paketi kaldırır.", "Remove an added pack."), {"name": _PACK_NAME}),
    **ENVELOPE_HELP,
    **KEYS_HELP,
    **LEDGER_HELP,
    **PKI_HELP,
    "ulak render": RENDER_HELP,
    **REPORT_HELP,
    "ulak seal": SEAL_HELP,
    **USERLIST_HELP,
    "ulak verify": VERIFY_HELP,
    **WIRE_HELP,
}
