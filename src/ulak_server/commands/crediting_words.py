"""The words of ``ulak credits``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["CREDITS_HELP", "CREDITS_METAVARS"]

_NUMBER: Final = Text("Mükellefin VKN ya da TCKN'si.", "VKN or TCKN of the taxpayer.")

_KEY: Final = Text(
    "Bu işlemin anahtarı: aynı anahtarla yinelenen komut ikinci kez işlenmez.",
    "A key for what is done: given again, the command does it no second time.",
)

CREDITS_METAVARS: Final = {
    "NUMBER": Text("VKN-TCKN", "NUMBER"),
    "AMOUNT": Text("KONTÖR", "AMOUNT"),
    "COUNT": Text("SAYI", "COUNT"),
    "DATE": Text("GÜN", "DATE"),
    "TEXT": Text("METİN", "TEXT"),
    "KIND": Text("TÜR", "KIND"),
    "KEY": Text("ANAHTAR", "KEY"),
}
CREDITS_HELP: Final = {
    "ulak credits": Help(
        Text("Mükelleflerin kontörü: bakiye, yükleme, tarife.", "Taxpayers' kontör: balances, loading, the tariff.")
    ),
    "ulak credits list": Help(
        Text(
            "Kontörü olan herkes, en kötü durumda olan önce: bakiye, durum, bekleyen belge.",
            "Everybody with kontör, those first that are worst off: balance, how it stands, documents that wait.",
        )
    ),
    "ulak credits show": Help(
        Text(
            "Bir mükellefin bakiyesi, paketleri, son hareketleri.", "A taxpayer's balance, packages and last entries."
        ),
        {"number": _NUMBER, "limit": Text("En çok bu kadar hareket.", "So many entries at most.")},
    ),
    "ulak credits load": Help(
        Text(
            "Satılan kontörü yükler; bekleyen belgeler kendiliğinden gider.",
            "Load kontör that were sold; documents that wait go by themselves.",
        ),
        {
            "number": _NUMBER,
            "amount": Text("Kaç kontör.", "How many kontör."),
            "until": Text("Son kullanma günü; yazılmazsa bir yıl.", "Their last day; left out: a year."),
            "forever": Text("Süresiz.", "They never expire."),
            "reference": Text("Satışın faturası ya da siparişi.", "Invoice or order of the sale."),
            "note": Text("Mükellefin de gördüğü not.", "A note; the taxpayer sees it, too."),
            "key": _KEY,
        },
        examples=(
            (
                "ulak credits load 4812530769 1000 --reference KNT2026000000041",
                Text("Bir yıl geçerli 1000 kontör.", "1 000 kontör for a year."),
            ),
            (
                "ulak credits load 4812530769 1000 --key siparis-8812",
                Text("Yinelense de bir kez yüklenir.", "Loaded once, even if it is run again."),
            ),
        ),
    ),
    "ulak credits correct": Help(
        Text(
            "Bir yanlışı düzeltir: ekler ya da (eksi sayıyla) alır.", "Set a mistake right: add, or take if negative."
        ),
        {
            "number": _NUMBER,
            "amount": Text("Kaç kontör; -5 gibi eksi olabilir.", "How many kontör; may be negative, like -5."),
            "note": Text("Neden; mükellef de görür.", "Why; the taxpayer sees it, too."),
            "key": _KEY,
        },
    ),
    "ulak credits meter": Help(
        Text(
            "Mükellefin belgelerinde kontör sayılsın mı; bitince ne olsun.",
            "Whether a taxpayer's documents cost kontör, and what happens when there are none left.",
        ),
        {
            "number": _NUMBER,
            "state": Text("on: sayılır, off: sayılmaz.", "on: they do, off: they do not."),
            "on_empty": Text(
                "wait: belgeler bekler; go-on: gider, bakiye eksi olur.", "wait: documents wait; go-on: they go."
            ),
            "overdraft": Text("Bakiye sıfırın bu kadar altına inebilir.", "So far below zero the balance may go."),
        },
    ),
    "ulak credits tariff": Help(
        Text(
            "Belgelerin bedelini yazar; TÜR ve KONTÖR verilirse değiştirir.",
            "Print what documents cost; change it if KIND and AMOUNT are given.",
        ),
        {
            "kind": Text("Belge türü: invoice, earchive_invoice …", "Kind of document: invoice, earchive_invoice …"),
            "amount": Text(
                "Kaç kontör; “-”: mükellef yeniden ortak tarifeye girer.",
                "How many kontör; “-”: the taxpayer pays what all pay again.",
            ),
            "whose": Text("Yalnız bu mükellef için.", "For this taxpayer alone."),
            "incoming": Text("Gelen belgeler için.", "For documents that come in."),
            "since": Text("Bu günden başlayarak; yazılmazsa bugün.", "From this day on; left out: today."),
        },
        examples=(
            ("ulak credits tariff earchive_invoice 0,5", Text("e-Arşiv yarım kontör.", "Half a kontör for e-Arşiv.")),
        ),
    ),
}
