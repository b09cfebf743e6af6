"""The words of ``--help`` of ``ulak userlist``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["USERLIST_HELP", "USERLIST_METAVARS"]

USERLIST_METAVARS: Final = {
    "LIST.zip": Text("LİSTE.zip", "LIST.zip"),
    "NUMBER|ALIAS…": Text("NUMARA|ETİKET…", "NUMBER|ALIAS…"),
}
_READING: Final = {
    "file": Text(
        "GİB'in yayımladığı liste (newUserPkListxml.zip, newUserGbListxml.zip) ya da içindeki XML; - standart girdi.",
        "The list that GİB publishes (newUserPkListxml.zip, newUserGbListxml.zip), or the XML inside; "
        "- is standard input.",
    ),
    "as_of": Text(
        "O günün sonundaki durum, yyyy-aa-gg; yazılmazsa şimdi.",
        "As it was at the end of that day, yyyy-mm-dd; now if left out.",
    ),
    "format": Text("Çıktının biçimi.", "Form of the output."),
}
_FAULTS: Final = Text(
    "Anlaşılamayan kayıtlar sayılır, ilki söylenir ve çıkış kodu 1 olur; ötekiler yine okunur. Bütün olmayan bir "
    "listeden hiçbir şey yazılmaz.",
    "Entries that cannot be understood are counted, the first is told, and the exit code is 1; the others are read "
    "all the same. Of a list that is not whole nothing is printed.",
)
_SHOW: Final = Help(
    Text("Mükellefleri listede bulur.", "Find taxpayers in a list."),
    {
        **_READING,
        "numbers": Text("VKN, TCKN ya da etiketler (urn:mail:…).", "VKNs, TCKNs or aliases (urn:mail:…)."),
    },
    (
        Text(
            "Etiketler belge türüne göre, silinmiş olanlarla birlikte gösterilir. Bulunmayan varsa çıkış kodu 1 olur.",
            "Aliases are shown by type of document, deleted ones too. The exit code is 1 if anybody is not found.",
        ),
        _FAULTS,
    ),
    (
        (
            "ulak userlist show newUserPkListxml.zip 4812530769",
            Text("Alıcının posta kutuları.", "The mailboxes of a receiver."),
        ),
        (
            "ulak userlist show newUserPkListxml.zip 4812530769 --as-of 2025-12-31",
            Text("O gün kayıtlı mıydı?", "Was it registered that day?"),
        ),
    ),
)
_SUM: Final = Help(
    Text("Bir listeyi sayar.", "Count what is in a list."),
    _READING,
    (
        Text(
            "Mükellefler, türlerine ve yöntemlerine göre; belge türüne göre kayıtlı mükellefler ile kullanımdaki ve "
            "silinmiş etiketler.",
            "Taxpayers by type and by method; by type of document the taxpayers registered, and the aliases in use "
            "and deleted.",
        ),
        _FAULTS,
    ),
    (("ulak userlist sum newUserPkListxml.zip", Text("İnen liste bütün mü?", "Is the download whole?")),),
)
USERLIST_HELP: Final = {
    "ulak userlist": Help(
        Text("GİB'in kullanıcı listelerini okur.", "Read GİB's user lists."),
        details=(
            Text(
                "Listeler GİB'den indirilir; buraya yalnız entegre olanlar erişir (docs/userlists.md).",
                "The lists are downloaded from GİB, which only integrated parties can (docs/userlists.md).",
            ),
        ),
    ),
    "ulak userlist show": _SHOW,
    "ulak userlist sum": _SUM,
}
