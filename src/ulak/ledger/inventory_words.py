"""What is said of inventories in which something is wrong: codes ``ledger.inventory.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.ledger.intake.words_cells import Said

__all__ = ["SAID"]

_GUIDE: Final = "Envanter Defteri Kılavuzu 2.1.1.8"
SAID: Final[dict[str, Said]] = {
    "ledger.inventory.empty": Said(
        "error",
        Text("Listede hiç envanter kalemi yok.", "The list has no item of inventory."),
        Text(
            "Başlık satırının altına en az bir kalem yazıp dosyayı yeniden yükleyin.",
            "Write at least one item below the headings, and upload the file again.",
        ),
        "envanter_defter.sch",
    ),
    "ledger.inventory.cell": Said(
        "error",
        Text("Sayı ya da gün olarak okunamayan hücreler var.", "Some cells cannot be read as a number or a day."),
        Text(
            "Sayıları 1.234,56, günleri 31.12.2026 gibi yazın.", "Write numbers like 1.234,56 and days like 31.12.2026."
        ),
    ),
    "ledger.inventory.amount": Said(
        "error",
        Text(
            "Tutar sıfırdan büyük, en çok iki ondalıklı bir sayı olmalı.",
            "The amount has to be above zero, with two decimal places at most.",
        ),
        Text(
            "Kalemin TL değerini kuruşuna kadar yazın; değeri olmayan satırı çıkarın.",
            "Write the value of the item in TRY to the kuruş; leave out rows that have none.",
        ),
        _GUIDE,
    ),
    "ledger.inventory.main": Said(
        "error",
        Text(
            "Hesap kodu üç ya da dört haneli bir ana hesapla başlamıyor.",
            "The account's code does not begin with a main account of three or four digits.",
        ),
        Text("Kodu 153 ya da 153.01 gibi yazın.", "Write the code like 153 or 153.01."),
        _GUIDE,
    ),
    "ledger.inventory.main-name": Said(
        "error",
        Text("Ana hesap adı boş.", "The name of the main account is missing."),
        Text("“Ana Hesap Adı” sütununu doldurun.", "Fill in the column “Ana Hesap Adı”."),
        _GUIDE,
    ),
    "ledger.inventory.sub": Said(
        "error",
        Text("Alt hesap kodu ana hesabın koduyla başlamıyor.", "The subaccount does not begin with its main account."),
        Text("Kodu 153.01 gibi yazın.", "Write the code like 153.01."),
        _GUIDE,
    ),
    "ledger.inventory.sub-name": Said(
        "error",
        Text("Alt hesabın adı boş.", "The name of the subaccount is missing."),
        Text("“Hesap Adı” sütununu doldurun.", "Fill in the column “Hesap Adı”."),
        _GUIDE,
    ),
    "ledger.inventory.currency": Said(
        "error",
        Text(
            "Döviz cinsi üç harfli bir kod değil ya da döviz tutarının cinsi yazılmamış.",
            "The currency is no code of three letters, or is missing where there is an amount in foreign money.",
        ),
        Text("USD, EUR gibi yazın; TL için boş bırakın.", "Write USD or EUR; leave it empty for TRY."),
        _GUIDE,
    ),
    "ledger.inventory.rate": Said(
        "error",
        Text("Dövizli kalemin kuru yazılmamış.", "An item in foreign money has no exchange rate."),
        Text("“Kur” sütununu doldurun.", "Fill in the column “Kur”."),
        _GUIDE,
    ),
    "ledger.inventory.rate-date": Said(
        "error",
        Text("Döviz tutarı olan kalemin kur tarihi yazılmamış.", "The day of the exchange rate is missing."),
        Text("“Kur Tarihi” sütununu doldurun.", "Fill in the column “Kur Tarihi”."),
        _GUIDE,
    ),
    "ledger.inventory.item": Said(
        "error",
        Text("Adı yazılan ürünün kodu yok.", "A product has a name, but no code."),
        Text("“Ürün Kodu” sütununu doldurun.", "Fill in the column “Ürün Kodu”."),
        _GUIDE,
    ),
    "ledger.inventory.unit": Said(
        "error",
        Text("Miktarın birimi yazılmamış.", "The unit of a quantity is missing."),
        Text(
            "Birimi UN/ECE koduyla yazın: adet C62, kilogram KGM.", "Write the UN/ECE code: C62 for pieces, KGM for kg."
        ),
        _GUIDE,
    ),
    "ledger.inventory.decimals": Said(
        "error",
        Text(
            "Miktar ve döviz tutarı en çok dört, kur en çok sekiz ondalıklı olabilir.",
            "Quantity and foreign amount may have four decimal places, the exchange rate eight.",
        ),
        Text("Sayıyı yuvarlayın.", "Round the number."),
    ),
    "ledger.inventory.entered-by": Said(
        "error",
        Text("Giriş yapanın adı en az iki harf olmalı.", "Who entered it needs a name of two letters at least."),
        Text(
            "“Giriş Yapan” sütununu doldurun ya da boş bırakın.", "Fill in the column “Giriş Yapan”, or leave it empty."
        ),
        "Envanter Defteri Kılavuzu 2.1.1.1",
    ),
    "ledger.inventory.twice": Said(
        "warning",
        Text("Aynı satır birden çok kez yazılmış.", "The same row stands there more than once."),
        Text(
            "İki kez sayılmışsa birini çıkarın; gerçekten iki ayrı kalemse sürdürün.",
            "Remove one if it was counted twice; go on if they are two items.",
        ),
    ),
}
"""By code: level, sentences and source."""
