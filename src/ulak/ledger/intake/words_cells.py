"""What can be wrong with a cell or a row that was read: codes ``ledger.cell.*``."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from ulak.errors import Text

__all__ = ["CELLS", "Level", "Said"]

Level = Literal["error", "warning"]


class Said(NamedTuple):
    """What is said of one kind of finding, however many there are.

    Attributes:
        level: ``error``: no book is made while there is one; ``warning``: somebody should look.
        source: which guide demands it; empty: none does, good sense does.
    """

    level: Level
    text: Text
    repair: Text
    source: str = ""


def _error(text: Text, repair: Text, source: str = "") -> Said:
    return Said("error", text, repair, source)


def _warning(text: Text, repair: Text, source: str = "") -> Said:
    return Said("warning", text, repair, source)


_XML: Final = "XML 1.0 section 2.2"
_SHEET: Final = Text(
    "Hücreyi muhasebe programında ya da dosyada düzeltip yeniden yükleyin.",
    "Correct the cell in the accounting program or the file, and hand it in again.",
)
CELLS: Final[dict[str, Said]] = {
    "ledger.cell.encoding": _error(
        Text("Hücrede okunamayan harfler var.", "There are letters in the cell that cannot be read."),
        Text(
            "Dosyayı UTF-8 ya da Windows-1254 olarak yeniden dışa aktarın; kodlama yanlış seçildiyse düzeltin.",
            "Export the file as UTF-8 or Windows-1254; set the encoding if it was guessed wrongly.",
        ),
    ),
    "ledger.cell.control": _error(
        Text(
            "Satırda XML'de bulunamayacak, gözle görülmeyen işaretler var.",
            "There are invisible characters in the row that XML does not allow.",
        ),
        _SHEET,
        _XML,
    ),
    "ledger.cell.quotes": _error(
        Text(
            "Satırdaki tırnak işaretleri eşleşmiyor; hücreler kaymış olabilir.",
            "The quotation marks of the row do not match; its cells may have shifted.",
        ),
        Text(
            "Satıra bakın: tırnak içeren metinler çift tırnak içinde, içteki tırnak iki kez yazılmalı.",
            "Look at the row: a text with a quotation mark stands in quotation marks, and the mark is written twice.",
        ),
    ),
    "ledger.cell.too-many-cells": _error(
        Text(
            "Satırda başlıklardan fazla dolu hücre var; metnin içinde ayraç kalmış olabilir.",
            "The row has more filled cells than there are headings; a text may hold the separator.",
        ),
        Text(
            "Satıra bakın; ayraç geçen metni tırnak içine alarak dışa aktarın.",
            "Look at the row; export texts that hold the separator in quotation marks.",
        ),
    ),
    "ledger.cell.long": _error(
        Text("Hücrede 10.000 harften uzun metin var.", "The cell holds more than 10,000 letters."),
        _SHEET,
    ),
    "ledger.cell.error": _error(
        Text("Hücrede Excel'in hata değeri var.", "The cell holds an error value of Excel."),
        Text("Formülü düzeltin ya da değerini yazın.", "Correct the formula, or write the value."),
    ),
    "ledger.cell.formula": _warning(
        Text(
            "Metin formül gibi başlıyor; e-Deftere olduğu gibi, metin olarak yazılır.",
            "The text begins as a formula does; the book holds it as it is, as text.",
        ),
        Text("Böyle olması istenmiyorsa kaynağında düzeltin.", "Correct it in its source if it is not meant so."),
    ),
    "ledger.cell.date": _error(
        Text("Tarih okunamadı.", "The date cannot be read."),
        Text("Tarihi GG.AA.YYYY yazın (31.01.2026).", "Write dates as DD.MM.YYYY (31.01.2026)."),
        "Yevmiye Defteri Kılavuzu 2.1.1.2",
    ),
    "ledger.cell.date-impossible": _error(
        Text("Takvimde böyle bir gün yok.", "There is no such day in the calendar."),
        Text("Günü düzeltin (haziran 30 gündür).", "Correct the day (June has 30)."),
        "Yevmiye Defteri Kılavuzu 2.1.1.2",
    ),
    "ledger.cell.date-odd": _error(
        Text("Tarihin yılı 2000 ile 2100 arasında değil.", "The year of the date is not between 2000 and 2100."),
        Text("Yılı dört haneyle yazın.", "Write the year with four digits."),
    ),
    "ledger.cell.amount": _error(
        Text("Tutar okunamadı.", "The amount cannot be read."),
        Text(
            "Tutarları hep aynı biçimde yazın: 1.234,56 ya da 1234.56; ondalık ayracı yanlışsa seçin.",
            "Write all amounts alike: 1.234,56 or 1234.56; set the decimal sign if it was guessed wrongly.",
        ),
    ),
    "ledger.cell.amount-decimals": _error(
        Text("Tutarın kuruştan küçük hanesi var.", "The amount has digits below the kuruş."),
        Text(
            "Tutarı iki haneye muhasebe programında yuvarlayın.",
            "Round it to two digits in the accounting program.",
        ),
        "edefter_yevmiye.sch: gl-cor:amount",
    ),
    "ledger.cell.number-large": _error(
        Text("Sayı çok büyük.", "The number is too large."),
        Text("Sayıya bakın; ayraçlar karışmış olabilir.", "Look at it; separators may be mixed up."),
    ),
    "ledger.cell.number": _error(
        Text("Sayı okunamadı.", "The number cannot be read."),
        Text("Yalnız rakam ve ondalık ayracı yazın.", "Write digits and the decimal sign alone."),
    ),
    "ledger.cell.both-sides": _error(
        Text("Aynı satırda hem borç hem alacak var.", "The row has a debit and a credit."),
        Text("Borç ve alacağı iki ayrı satıra yazın.", "Write debit and credit on two rows."),
        "Yevmiye Defteri Kılavuzu 2.1.1.10.12",
    ),
    "ledger.cell.side": _error(
        Text("Borç mu alacak mı olduğu anlaşılmıyor.", "It cannot be known whether it is a debit or a credit."),
        Text(
            "B ya da A yazın; başka bir işaret varsa eşlemede tanıtın.", "Write B or A, or tell the mapping the sign."
        ),
        "Yevmiye Defteri Kılavuzu 2.1.1.10.12",
    ),
    "ledger.cell.currency": _error(
        Text("Döviz kodu bilinmiyor.", "The currency is not known."),
        Text(
            "ISO 4217 kodunu yazın (USD, EUR); programınız sayı kullanıyorsa eşlemede tanıtın.",
            "Write the ISO 4217 code (USD, EUR), or tell the mapping your program's numbers.",
        ),
        "edefter_yevmiye.sch: iso4217",
    ),
    "ledger.cell.rounded": _error(
        Text("Excel numarayı yuvarlamış.", "Excel has rounded the number."),
        Text(
            "Sütunun biçimini “Metin” yapıp numarayı yeniden yazın.",
            "Format the column as text and write the number again.",
        ),
    ),
    "ledger.cell.number-code": _error(
        Text(
            "Hesap kodu Excel'de ondalık sayı olarak duruyor; sondaki sıfırlar kaybolmuş olabilir.",
            "The account code is a decimal number in Excel; zeros at its end may be lost.",
        ),
        Text(
            "Sütunun biçimini “Metin” yapıp yeniden dışa aktarın.",
            "Format the column as text and export it again.",
        ),
    ),
    "ledger.cell.loose-row": _warning(
        Text(
            "Satırın hesabı, fişi ve tarihi yok; toplam satırı sayıldı, deftere alınmadı.",
            "The row has no account, voucher and date; it counts as a sum and is not taken into the book.",
        ),
        Text("Satır bir kayıtsa eksiklerini tamamlayın.", "If it is an entry, complete it."),
    ),
    "ledger.cell.json": _error(
        Text("Satır, belgelenen JSON biçiminde değil: {value}", "The row is not in the documented JSON form: {value}"),
        Text("Satırı docs/ledger-input.md'deki gibi yazın.", "Write the row as docs/ledger-input.md has it."),
    ),
}
