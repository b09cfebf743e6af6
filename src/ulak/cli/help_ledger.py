"""The words of ``--help`` of ``ulak ledger``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["LEDGER_HELP", "LEDGER_METAVARS"]

LEDGER_METAVARS: Final = {
    "FILE…": Text("DOSYA…", "FILE…"),
    "BOOK": Text("DEFTER", "BOOK"),
    "BOOK…": Text("DEFTER…", "BOOK…"),
    "BERAT…": Text("BERAT…", "BERAT…"),
    "PACKAGE.zip…": Text("PAKET.zip…", "PACKAGE.zip…"),
    "FACTS.toml": Text("FİRMA.toml", "FACTS.toml"),
    "NAME|FILE.toml": Text("AD|DOSYA.toml", "NAME|FILE.toml"),
    "MB": Text("MB", "MB"),
    "AMOUNT": Text("TUTAR", "AMOUNT"),
    "CODE": Text("KOD", "CODE"),
    "OUT.html": Text("ÇIKTI.html", "OUT.html"),
}
_FORMAT: Final = Text("Çıktının biçimi.", "Form of the output.")
_MONTH: Final = Text("Defterin ayı, yyyy-aa.", "Month of the books, yyyy-mm.")
_COMPANY: Final = Text(
    "Firma bilgileri, TOML (docs/ledger-books.md): unvan, adres, mali müşavir, yazılım.",
    "Company facts, TOML (docs/ledger-books.md): title, address, accountant, software.",
)
_MAPPING: Final = Text(
    "Sütun eşlemesi: hazır olanlardan biri ya da bir TOML dosyası; yazılmazsa başlıklardan anlaşılır.",
    "How columns are matched: one of those shipped, or a TOML file; known from the headings if left out.",
)
_FIRST: Final = {
    "first_entry": Text(
        "İlk yevmiye madde numarası; dosyada yoksa bundan başlanır.",
        "The first journal entry number, where the file has none.",
    ),
    "first_line": Text("İlk satır numarası, yine öyle.", "The first line number, likewise."),
}
_OUTPUT: Final = Text(
    "Yazılacak klasör; yazılmazsa dosyanın kendi klasörü.", "Folder to write to; that of the file if left out."
)
_SEALING: Final = {
    "certificate": Text(
        "Anahtarın sertifikası, anahtarın yanında durmuyorsa.", "The key's certificate, if not kept with the key."
    ),
    "trust": Text(
        "Kökler ve iptal listeleri: sertifika önce bunlarla denetlenir.",
        "Roots and revocation lists, by which the certificate is judged first.",
    ),
    "tsa": Text(
        "Zaman damgası sunucusu: mühür XAdES-T olur (Tebliğ bunu ister); yazılmazsa XAdES-BES.",
        "Time-stamp authority: seals become XAdES-T, as the communiqué wants them; XAdES-BES if left out.",
    ),
    "online": Text(
        "İptal bilgisi sertifikadaki adreslerden sorulur.", "Ask the addresses in certificates for revocation."
    ),
}
_ADDRESS: Final = Text("Anahtarın adresi (ulak seal gibi).", "Address of the key (as for ulak seal).")
_CHECK: Final = Help(
    Text(
        "Muhasebe kayıtlarını, defterleri, beratları ve paketleri denetler.",
        "Check accounting entries, books, berats and packages.",
    ),
    {
        "files": Text(
            "Muhasebe çıktıları (CSV, Excel, Parquet, JSON satırları) ya da .xml ve .zip olarak defterler, beratlar.",
            "Accounting exports (CSV, Excel, Parquet, JSON lines), or books and berats as .xml and .zip.",
        ),
        "month": Text(
            "Kayıtların ayı, yyyy-aa; kayıtlar için gerekir.", "Month of the entries, yyyy-mm; they need it."
        ),
        "company": _COMPANY,
        "mapping": _MAPPING,
        **_FIRST,
        "as_of": Text("Denetlenecek gün, yyyy-aa-gg; yazılmazsa bugün.", "The day on which to judge; else today."),
        "unsealed": Text("Mühürsüz defter: mühür aranmaz.", "Not sealed yet: no seal is asked for."),
        "format": _FORMAT,
    },
    (
        Text(
            "Kayıtlarda bulgular türlerine göre toplanır; hata varsa defter oluşturulamaz. Defter ve beratlar GİB'in "
            "şeması ve Schematron'larıyla denetlenir; dosya adı da kuralların parçasıdır. GİB'in paketini önce "
            "ekleyin (ulak packs add).",
            "Findings in entries are grouped by their kind; errors keep books from being made. Books and berats are "
            "judged by GİB's schema and Schematrons; their file names are part of the rules. Add GİB's package "
            "first (ulak packs add).",
        ),
    ),
    (
        ("ulak ledger check fisler.xlsx --month 2026-10", Text("Kayıtlar hazır mı?", "Are the entries ready?")),
        ("ulak ledger check *.zip", Text("Göndermeden önce.", "Before sending.")),
    ),
)
_BUILD: Final = Help(
    Text(
        "Muhasebe kayıtlarından bir ayın defterlerini oluşturur.", "Make the books of a month from accounting entries."
    ),
    {
        "files": Text(
            "Muhasebe çıktıları; --inventory ile envanter listesi (CSV, Excel).",
            "Accounting exports; with --inventory an inventory (CSV, Excel).",
        ),
        "company": _COMPANY,
        "month": _MONTH,
        "mapping": _MAPPING,
        "until": Text(
            "Ay ortasında (kıst dönem) son gün, yyyy-aa-gg; envanterde envanter günü.",
            "Last day of books made in mid-month, yyyy-mm-dd; of an inventory its day.",
        ),
        "since": Text(
            "Onaylı bir parçadan sonraki ilk gün, yyyy-aa-gg.", "First day behind a part that is approved, yyyy-mm-dd."
        ),
        "part": Text("İlk parçanın numarası.", "Number of the first part."),
        "part_size": Text("Bir parçanın en büyük boyutu.", "The largest size of a part."),
        **_FIRST,
        "serial": Text(
            "Hesap döneminde bu türden kaçıncı defter (uniqueID).",
            "Which book of its kind it is in the fiscal year (uniqueID).",
        ),
        "inventory": Text("Envanter defteri oluştur.", "Make the inventory book."),
        "output": Text("Yazılacak klasör; yoksa yapılır.", "Folder to write to; made if missing."),
        "key": Text(
            "Anahtarın adresi: defterler mühürlenir, beratları ve defter raporu üretilir, paketlenir.",
            "Address of the key: books are sealed; berats and the ledger report are made, sealed and packed.",
        ),
        **_SEALING,
        "check": Text("Yazmadan önce GİB'in kurallarıyla denetle.", "Judge by GİB's rules before writing."),
    },
    (
        Text(
            "Kayıtlarda hata varsa ya da defterler kurallardan geçmezse hiçbir şey yazılmaz. Yevmiye, büyük defter ve "
            "mizan birbirini tutmalıdır. Okumak için XSLT dosyaları da yazılır.",
            "If entries have errors, or a book breaks a rule, nothing is written. Journal, general ledger and trial "
            "balance have to agree. The XSLT files to read them with are written, too.",
        ),
    ),
    (
        (
            "ulak ledger build fisler.csv --company firma.toml --month 2026-10 -o defter/2026-10",
            Text("Mühürsüz defterler.", "Books, not sealed yet."),
        ),
        (
            "ulak ledger build fisler.csv --company firma.toml --month 2026-10 -o defter/2026-10 "
            "--key pkcs12:muhur.p12 --tsa http://zd.example",
            Text("GİB'e gidecek her şey.", "All that goes to GİB."),
        ),
    ),
)
_SEAL: Final = Help(
    Text("Defterleri, beratları ve raporları mühürler.", "Seal books, berats and reports."),
    {
        "files": Text("Defter, berat ya da rapor; adları GİB'in adları.", "Books, berats or reports, by GİB's names."),
        "key": _ADDRESS,
        **_SEALING,
        "output": Text(
            "Mühürlülerin yazılacağı klasör; yazılmazsa dosyanın yerine.",
            "Folder for what is sealed; in place of the file if left out.",
        ),
    },
    (
        Text(
            "200 MB'lık defter de az bellekle mühürlenir. Dosya ancak mühür tamamlanınca değişir.",
            "Books of 200 MB too, in little memory. A file changes only when its seal is complete.",
        ),
    ),
    (("ulak ledger seal 1234567808-202610-Y-000000.xml --key pkcs12:muhur.p12", Text("Bir defter.", "A book.")),),
)
_BERAT: Final = Help(
    Text("Mühürlü defterlerin beratlarını üretir.", "Make the berats of sealed books."),
    {
        "files": Text(
            "Mühürlü defterler; --report ile ayın bütün büyük defterleri.",
            "Sealed books; with --report all general ledgers of a month.",
        ),
        "report": Text("Ayın defter raporunu (DR) üret.", "Make the month's ledger report (DR)."),
        "key": Text("Anahtarın adresi; yazılmazsa mühürsüz kalır.", "Address of the key; not sealed if left out."),
        **_SEALING,
        "output": _OUTPUT,
    },
    examples=(
        (
            "ulak ledger berat *-Y-*.xml *-K-*.xml --key pkcs12:muhur.p12",
            Text("Bir ayın beratları.", "A month's berats."),
        ),
        (
            "ulak ledger berat --report *-K-*.xml --key pkcs12:muhur.p12",
            Text("Ayın defter raporu.", "The month's report."),
        ),
    ),
)
_PACKAGE: Final = Help(
    Text("Mühürlü beratları GİB'in adlarıyla paketler.", "Pack sealed berats by GİB's names."),
    {
        "files": Text(
            "Beratlar ve defter raporu; yevmiye ve envanter defteri beratın yanında aranır.",
            "Berats and ledger reports; journals and inventories are looked for beside them.",
        ),
        "output": _OUTPUT,
    },
    (
        Text(
            "Ocak 2025'ten beri büyük defterin paketinde yalnız beratı bulunur; defterin kendisi saklanır.",
            "Since January 2025 the package of a general ledger holds the berat alone; the book itself is kept.",
        ),
    ),
    (("ulak ledger package *-YB-*.xml *-KB-*.xml *-DR-*.xml", Text("Bir ayın paketleri.", "A month's packages.")),),
)
_SEND: Final = Help(
    Text(
        "Paketleri GİB'in e-Defter servisine gönderir; onaylı beratları alır.",
        "Send packages to GİB's e-Defter service; fetch its approved berats.",
    ),
    {
        "files": Text("Paketler; sırası GİB'in sırasına göre düzeltilir.", "Packages; put into the order GİB wants."),
        "to": Text("Servisin adresi.", "Address of the service."),
        "key": Text("İsteği mühürleyen anahtarın adresi.", "Address of the key that seals the requests."),
        "certificate": _SEALING["certificate"],
        "fetch": Text(
            "Göndermek yerine bu paketlerin onaylı beratlarını iste ve sakla (GIB-….xml).",
            "Instead of sending, ask for the approved berats of these packages and keep them (GIB-….xml).",
        ),
        "trust": Text(
            "Kökler ve iptal listeleri: onaylı beratların mühürleri bunlarla denetlenir.",
            "Roots and revocation lists, by which the seals of approved berats are judged.",
        ),
        "online": _SEALING["online"],
        "output": Text("Onaylı beratların klasörü; yazılmazsa paketinki.", "Folder for approved berats; else theirs."),
        "retry": Text("Sonuç belirsizse kaç kez daha denenir.", "How many more tries if the outcome is unclear."),
        "pause": Text("Denemeler arasındaki saniye.", "Seconds between tries."),
        "timeout": Text("Bir çağrının en uzun süresi, saniye.", "The longest time of one call, in seconds."),
        "roots": Text("TLS için güvenilen kökler.", "Roots that TLS trusts."),
        "format": _FORMAT,
    },
    (
        Text(
            "Durumu sormak için: ulak wire status --service edefter.",
            "To ask how they stand: ulak wire status --service edefter.",
        ),
    ),
    (
        (
            "ulak ledger send *.zip --to https://edefter.gib.gov.tr/edefter/services/EDefterWsPort "
            "--key pkcs12:muhur.p12",
            Text("Bir ayın paketleri.", "A month's packages."),
        ),
    ),
)
_SHOW: Final = Help(
    Text("Bir defteri özetler, satırlarını arar.", "Sum up a book, and search its lines."),
    {
        "file": Text(
            "Defter, berat, rapor ya da paket; - standart girdi.",
            "A book, berat, report or package; - is standard input.",
        ),
        "account": Text("Hesap kodu bununla başlayan satırlar.", "Lines whose account code begins with it."),
        "voucher": Text("Bu fişin satırları.", "Lines of this voucher."),
        "amount": Text("Tutarı bu olan satırlar.", "Lines of this amount."),
        "text": Text("Açıklamasında, adında ya da belgesinde geçen.", "Found in comment, name or document number."),
        "limit": Text("En çok kaç satır gösterilir.", "How many lines are shown at most."),
        "html": Text("Belgeyi bir sayfa olarak yaz (20 MB'a kadar).", "Write the document as a page (up to 20 MB)."),
        "format": _FORMAT,
    },
    (
        Text(
            "Koşulların hepsi birden tutmalıdır; hiç satır bulunmazsa çıkış kodu 1 olur.",
            "All conditions have to hold; the exit code is 1 if no line is found.",
        ),
    ),
    (
        ("ulak ledger show 1234567808-202610-Y-000000.xml --account 391", Text("KDV satırları.", "Lines of VAT.")),
        ("ulak ledger show 1234567808-202610-YB-000000.zip", Text("Paketteki berat.", "The berat of a package.")),
    ),
)
LEDGER_HELP: Final = {
    "ulak ledger": Help(
        Text(
            "e-Defterleri oluşturur, mühürler, paketler, gönderir ve gösterir.",
            "Make, seal, pack, send and show electronic ledgers (e-Defter).",
        )
    ),
    "ulak ledger check": _CHECK,
    "ulak ledger build": _BUILD,
    "ulak ledger seal": _SEAL,
    "ulak ledger berat": _BERAT,
    "ulak ledger package": _PACKAGE,
    "ulak ledger send": _SEND,
    "ulak ledger show": _SHOW,
}
