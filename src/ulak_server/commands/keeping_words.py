"""The words of ``--help`` of ``ulak archive``, ``ulak audit`` and ``ulak lists``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["ARCHIVE_HELP", "AUDIT_HELP", "KEEPING_METAVARS", "LISTS_HELP"]

KEEPING_METAVARS: Final = {
    "BLOCK": Text("BLOK", "BLOCK"),
    "ETTN": Text("ETTN", "ETTN"),
    "FILE": Text("DOSYA", "FILE"),
    "KEY": Text("ANAHTAR", "KEY"),
    "NUMBER": Text("NUMARA", "NUMBER"),
}
_FORMAT: Final = Text("İnsanlar için metin ya da programlar için JSON.", "Text for people, or JSON for programs.")
ARCHIVE_HELP: Final = {
    "ulak archive": Help(
        Text("Saklanan belgeleri verir ve denetler.", "Give out kept documents, and check them."),
    ),
    "ulak archive get": Help(
        Text("Bir belgeyi saklandığı baytlarla verir.", "Give out a document, byte by byte as it is kept."),
        {
            "ettn": Text("Belgenin ETTN'si.", "The document's ETTN."),
            "taxpayer": Text(
                "Belge birden çok mükellefte varsa: hangisininki.", "Whose, if several taxpayers have the document."
            ),
            "incoming": Text("Gelen ya da giden belge.", "The document that came in, or the one that went out."),
            "output": Text("Yazılacak dosya; yoksa standart çıktı.", "File to write; else standard output."),
        },
        details=(
            Text(
                "Okuyan işletim sistemi kullanıcısı, belgenin kaydına işlenir.",
                "The user of the operating system who reads it is written into the document's timeline.",
            ),
        ),
        examples=(
            (
                "ulak archive get 3f6c0c5e-6a5b-4a0e-9f0f-0d1c7b7f2a11 --output fatura.xml",
                Text("Giden faturayı dosyaya yazar.", "Writes the invoice that went out into a file."),
            ),
        ),
    ),
    "ulak archive check": Help(
        Text(
            "Saklanan her gövdeyi açar; kaybolanı, bozulanı söyler.",
            "Open every kept body; say what was lost or damaged.",
        ),
        {"taxpayer": Text("Yalnız bu mükellefinkiler.", "Those of this taxpayer alone."), "format": _FORMAT},
    ),
    "ulak archive rewrap": Help(
        Text(
            "Mükelleflerin veri anahtarlarını başka bir anahtarla sarar.",
            "Wrap the taxpayers' data keys by another key.",
        ),
        {
            "old": Text("Şimdi saran anahtar: dosya ya da pkcs11:…", "That wraps them now: file or pkcs11:…"),
            "new": Text("Bundan böyle saracak anahtar.", "That is to wrap them from now on."),
        },
        details=(
            Text(
                "Ardından ULAK_KEK'i değiştirip her süreci yeniden başlatın; eskisini o zamana dek silmeyin.",
                "Then change ULAK_KEK and start every process again; keep the old one until then.",
            ),
        ),
    ),
}
AUDIT_HELP: Final = {
    "ulak audit": Help(Text("Kayıt zincirini denetler.", "Check the audit log.")),
    "ulak audit verify": Help(
        Text(
            "Kayıt zincirini baştan sona denetler; ilk bozuk kaydın adını verir.",
            "Check the audit log from end to end; name the first entry that is not as it was sealed.",
        ),
        {"first": Text("Denetime başlanacak blok.", "Block to begin with."), "format": _FORMAT},
    ),
}
LISTS_HELP: Final = {
    "ulak lists": Help(Text("GİB'in kullanıcı listelerini okur.", "Read GİB's user lists.")),
    "ulak lists sync": Help(
        Text("Listeleri, saatini beklemeden şimdi okur.", "Read the lists now, without waiting for their hour."),
        {
            "accept_smaller": Text(
                "%10'dan fazla küçülmüş listeyi de al.", "Take a list that shrank by more than 10 %, too."
            )
        },
    ),
}
