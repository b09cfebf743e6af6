"""Writes examples/erp: a month's export of two firms' ERPs and a shop's day, always the same.

Ardıç's ERP speaks JSON lines, Meltem's a CSV as spreadsheets of Turkish offices have it (semicolons, decimal commas,
one row for each item, rows of one invoice together); despatch advices are a file each. Dates, numbers and ETTNs are
left to the platform. The shop is Meltem's: what its tills and its web shop sold to people in a day, a CSV again.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

HOME: Final = Path(__file__).parents[1] / "examples" / "erp"
SEED: Final = 20261122
JSON_LINES: Final = 700
CSV_INVOICES: Final = 300
DESPATCHES: Final = 50
SALES: Final = 2000

ARDIC: Final[Mapping[str, Any]] = {
    "tax_id": "4812530769",
    "name": "Ardıç Ticaret A.Ş.",
    "tax_office": "Çankaya",
    "address": {"street": "Bahar Sokak", "number": "7", "town": "Çankaya", "city": "Ankara", "postal_code": "06420"},
}
MELTEM: Final[Mapping[str, Any]] = {
    "tax_id": "7359021640",
    "name": "Meltem Gıda Ltd. Şti.",
    "tax_office": "Kadıköy",
    "address": {
        "street": "Yosun Caddesi",
        "number": "42",
        "town": "Kadıköy",
        "city": "İstanbul",
        "postal_code": "34710",
    },
}
PORTAL: Final[Mapping[str, Any]] = {
    "tax_id": "5610247301",
    "name": "GİB Portal Deneme Kullanıcısı A.Ş.",
    "tax_office": "Ulus",
    "address": {"street": "Deneme Sokak", "number": "1", "town": "Altındağ", "city": "Ankara", "postal_code": "06050"},
}
GOODS: Final = (
    ("Çelik raf", "C62", "412.50", 20),
    ("Bağlantı seti", "C62", "18.75", 20),
    ("Ofis koltuğu", "C62", "2899.90", 20),
    ("Baskı kâğıdı A4", "PK", "164.00", 20),
    ("Kitap", "C62", "145.00", 10),
    ("Zeytinyağı 5 L", "C62", "1240.00", 1),
    ("Kuru fasulye", "KGM", "96.40", 1),
    ("Pamuk ipliği", "KGM", "212.80", 10),
    ("Paletli taşıma", "C62", "780.00", 20),
    ("Temizlik bezi", "MTR", "34.25", 20),
)


def main() -> None:
    """Write everything."""
    chance = random.Random(SEED)
    (HOME / "despatches").mkdir(parents=True, exist_ok=True)
    with (HOME / "invoices.jsonl").open("w", encoding="utf-8") as file:
        for number in range(1, JSON_LINES + 1):
            file.write(_text(_invoice(chance, number)) + "\n")
    with (HOME / "invoices.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(_COLUMNS)
        for number in range(1, CSV_INVOICES + 1):
            writer.writerows(_rows(chance, number))
    with (HOME / "shop.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(_SALE_COLUMNS)
        sales = random.Random(SEED + 1)
        for number in range(1, SALES + 1):
            writer.writerows(_sale(sales, number))
    for number in range(1, DESPATCHES + 1):
        path = HOME / "despatches" / f"SEVK-{number:04}.json"
        path.write_text(json.dumps(_despatch(chance, number), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _invoice(chance: random.Random, number: int) -> dict[str, Any]:
    receiver = chance.choices((MELTEM, PORTAL), (9, 1))[0]
    invoice: dict[str, Any] = {
        "profile": chance.choice(("TEMELFATURA", "TICARIFATURA", "TICARIFATURA")),
        "supplier": ARDIC,
        "customer": receiver,
        "notes": [f"Sipariş {4000 + number}"],
        "lines": [_line(chance) for _ in range(chance.choice((1, 2, 3, 3, 5, 8)))],
    }
    kind = chance.random()
    if kind < 0.08:
        invoice["lines"] = [
            {"name": "Bina temizliği", "quantity": 1, "price": _price(chance, 9000), "vat": 20, "withholding": "612"}
        ]
    elif kind < 0.12:
        price = _price(chance, 40000)
        invoice["lines"] = [{"name": "Uluslararası taşıma", "quantity": 1, "price": price, "exemption": "311"}]
    return {"erp_key": f"ARDIC-{number:05}", "document": invoice}


def _line(chance: random.Random) -> dict[str, Any]:
    name, unit, price, vat = chance.choice(GOODS)
    return {"name": name, "quantity": chance.randrange(1, 60), "unit": unit, "price": price, "vat": vat}


def _price(chance: random.Random, about: int) -> str:
    return f"{chance.randrange(about // 2, about)}.{chance.randrange(100):02}"


_COLUMNS: Final = (
    "Kayıt No",
    "Senaryo",
    "Alıcı VKN",
    "Alıcı Unvanı",
    "Vergi Dairesi",
    "İlçe",
    "İl",
    "Ürün",
    "Miktar",
    "Birim",
    "Birim Fiyat",
    "KDV %",
)


def _rows(chance: random.Random, number: int) -> Iterator[list[str]]:
    receiver = chance.choices((ARDIC, PORTAL), (9, 1))[0]
    address = receiver["address"]
    profile = chance.choice(("TEMELFATURA", "TICARIFATURA"))
    head = [
        f"MLT/{number:05}",
        profile,
        receiver["tax_id"],
        receiver["name"],
        receiver["tax_office"],
        address["town"],
        address["city"],
    ]
    for line in (_line(chance) for _ in range(chance.choice((1, 1, 2, 4)))):
        price = line["price"].replace(".", ",")
        yield [*head, line["name"], str(line["quantity"]), line["unit"], price, str(line["vat"])]


_SALE_COLUMNS: Final = (
    "Fiş No",
    "TCKN",
    "Ad",
    "Soyad",
    "İl",
    "E-posta",
    "Teslim",
    "Ödeme",
    "Taşıyan VKN",
    "Taşıyan",
    "Ürün",
    "Miktar",
    "Birim",
    "Birim Fiyat",
    "KDV %",
)
SHELF: Final = (
    ("Sızma zeytinyağı 5 L", "C62", "1450.00", 1),
    ("Süzme bal 850 g", "C62", "420.00", 1),
    ("Kuru incir", "KGM", "310.00", 1),
    ("Domates salçası 1,6 kg", "C62", "186.50", 1),
    ("Zeytin sabunu", "C62", "64.90", 20),
    ("Cam kavanoz", "C62", "38.25", 20),
    ("Hediye sepeti", "C62", "1290.00", 10),
)
NAMES: Final = ("Ayşe", "Fatma", "Zeynep", "Emine", "Hatice", "Mehmet", "Mustafa", "Ali", "Hüseyin", "Ömer")
FAMILIES: Final = ("Yıldız", "Şahin", "Öztürk", "Aydın", "Güneş", "Çelik", "Koç", "Arslan", "Doğan", "Işık")
CITIES: Final = ("İstanbul", "Ankara", "İzmir", "Bursa", "Antalya", "Muğla", "Şanlıurfa", "Trabzon")


def _sale(chance: random.Random, number: int) -> Iterator[list[str]]:
    """Of ten sales two are the web shop's, and three buyers give their name at the till."""
    is_online = chance.random() < 0.2
    is_named = is_online or chance.random() < 0.3
    first, family = (chance.choice(NAMES), chance.choice(FAMILIES)) if is_named else ("", "")
    mail = f"musteri{number}@posta.example" if is_online else ""
    tckn = _tckn(chance) if is_named and chance.random() < 0.5 else ""
    way = "ELEKTRONIK" if is_online else "KAGIT"
    payment = chance.choice(("KREDIKARTI/BANKAKARTI", "EFT/HAVALE")) if is_online else ""
    carrier = ("9183746505", "Örnek Kargo A.Ş.") if is_online else ("", "")
    head = [f"MGZ/{number:05}", tckn, first, family, chance.choice(CITIES), mail, way, payment, *carrier]
    for name, unit, price, vat in chance.sample(SHELF, chance.choice((1, 1, 2, 3))):
        yield [*head, name, str(chance.randrange(1, 5)), unit, price.replace(".", ","), str(vat)]


def _tckn(chance: random.Random) -> str:
    """A number that has the form of a TCKN and the sums of one."""
    digits = [chance.randrange(1, 10), *(chance.randrange(10) for _ in range(8))]
    digits.append((sum(digits[0:9:2]) * 7 - sum(digits[1:8:2])) % 10)
    return "".join(map(str, [*digits, sum(digits) % 10]))


def _despatch(chance: random.Random, number: int) -> dict[str, Any]:
    goods = chance.sample(GOODS, chance.choice((1, 2, 4)))
    return {
        "document": "despatch_advice",
        "profile": "TEMELIRSALIYE",
        "supplier": ARDIC,
        "customer": MELTEM,
        "notes": [f"Sevk {number}"],
        "delivery_address": MELTEM["address"],
        "plate": f"06ARD{chance.randrange(100, 1000)}",
        "drivers": [{"first_name": "Veli", "family_name": "Demir", "tckn": "50721483392"}],
        "lines": [{"name": name, "quantity": chance.randrange(1, 80), "unit": unit} for name, unit, _, _ in goods],
    }


if __name__ == "__main__":
    main()
