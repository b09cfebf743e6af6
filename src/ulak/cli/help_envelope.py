"""The words of ``--help`` of ``ulak envelope``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["ENVELOPE_HELP", "ENVELOPE_METAVARS"]

ENVELOPE_METAVARS: Final = {
    "ALIAS:NUMBER[:TITLE]": Text("ETİKET:NUMARA[:UNVAN]", "ALIAS:NUMBER[:TITLE]"),
    "FILE.zip": Text("DOSYA.zip", "FILE.zip"),
    "FILE.zip…": Text("DOSYA.zip…", "FILE.zip…"),
    "TYPE": Text("TÜR", "TYPE"),
    "COUNT": Text("SAYI", "COUNT"),
}
_PACK: Final = Help(
    Text("Belgeleri zarflara koyar ve sıkıştırır.", "Put documents into envelopes and zip them."),
    {
        "files": Text(
            "Dosyalar; klasörler (alt klasörleriyle *.xml); - standart girdi.",
            "Files; folders (*.xml, also in folders below); - is standard input.",
        ),
        "sender": Text("Gönderen: etiketi, VKN ya da TCKN'si, unvanı.", "The sender: alias, VKN or TCKN, title."),
        "receiver": Text("Alıcı: etiketi, VKN ya da TCKN'si, unvanı.", "The receiver: alias, VKN or TCKN, title."),
        "output": Text("Zarfların yazılacağı klasör; yoksa yapılır.", "Folder for the envelopes; made if missing."),
        "type": Text(
            "Zarfın türü (ör. SYSTEMENVELOPE); yazılmazsa belgelerden anlaşılır.",
            "Type of the envelope (e.g. SYSTEMENVELOPE); the documents tell if left out.",
        ),
        "most": Text(
            "Bir zarfa en çok kaç belge; yazılmazsa GİB'in sınırı (100 fatura, 1000 başka belge).",
            "Documents in an envelope at most; GİB's limit if left out (100 invoices, 1000 of others).",
        ),
    },
    (
        Text(
            "Belgeler önce mühürlenir (ulak seal); zarfa baytı baytına girerler. Sınırı aşanlar ve farklı türler ayrı "
            "zarflara konur. Dosyanın adı zarfın kimliğidir: <UUID>.zip.",
            "Seal documents first (ulak seal); they go in byte by byte. What exceeds the limits, and what is of "
            "another type, gets envelopes of its own. The file is named by the envelope's id: <UUID>.zip.",
        ),
    ),
    (
        (
            "ulak envelope pack giden/ --from urn:mail:defaultgb@ardic.example:4812530769 --to "
            "urn:mail:defaultpk@meltem.example:7359021640 -o zarflar",
            Text("Bir klasördeki faturalar.", "The invoices of a folder."),
        ),
    ),
)
_OPEN: Final = Help(
    Text("Bir zarfı açar, belgeleri baytı baytına yazar.", "Open an envelope, write its documents byte by byte."),
    {
        "file": Text(
            "Zarf: .zip, ya da sıkıştırılmamış .xml; - standart girdi.",
            "The envelope: a .zip, or a plain .xml; - is standard input.",
        ),
        "output": Text("Belgelerin yazılacağı klasör; yoksa yapılır.", "Folder for the documents; made if missing."),
    },
    (
        Text(
            "Her belge <ETTN>.xml olur; ETTN'si olmayan liste ve sıra numarasını alır. Okunamayan zarftan hiçbir şey "
            "yazılmaz. Okunan ama reddedilecek zarf yine yazılır; çıkış kodu 1 olur.",
            "Each document becomes <ETTN>.xml; one without is named by its list and position. Of an envelope that "
            "cannot be read nothing is written. One that is read but would be refused is written, with exit code 1.",
        ),
    ),
    (("ulak envelope open gelen.zip -o belgeler", Text("Belgeleri çıkarır.", "Take out the documents.")),),
)
_CHECK: Final = Help(
    Text("Zarfları alıcının denetleyeceği gibi denetler.", "Judge envelopes as a receiver would."),
    {
        "files": Text(
            "Zarflar: .zip, ya da sıkıştırılmamış .xml; - standart girdi.",
            "The envelopes: .zip, or plain .xml; - is standard input.",
        ),
        "as_of": Text(
            "Denetlenecek gün, yyyy-aa-gg; yazılmazsa bugün (İstanbul).",
            "The day on which to judge, yyyy-mm-dd; today in Istanbul if left out.",
        ),
        "pack": Text("Gün ne olursa olsun bu kural paketi.", "Judge by this rule pack whatever the day."),
        "format": Text("Çıktının biçimi.", "Form of the output."),
        "no_advice": Text("Yalnız GİB'in kuralları.", "GİB's rules alone."),
    },
    (
        Text(
            "ZIP, adlar, başlık, sayılar, GİB'in şemaları ve kuralları; sonunda alıcının yanıtlayacağı durum kodu. "
            "Mühürler ve kayıtlı kullanıcılar burada sorulmaz (ulak verify).",
            "ZIP, names, header, numbers, GİB's schemas and rules; and in the end the status that a receiver would "
            "answer. Seals and registered users are not asked for here (ulak verify).",
        ),
    ),
    (("ulak envelope check zarflar/*.zip", Text("Göndermeden önce.", "Before sending.")),),
)
ENVELOPE_HELP: Final = {
    "ulak envelope": Help(Text("Zarfları kurar, açar ve denetler.", "Pack, open and check envelopes.")),
    "ulak envelope pack": _PACK,
    "ulak envelope open": _OPEN,
    "ulak envelope check": _CHECK,
}
