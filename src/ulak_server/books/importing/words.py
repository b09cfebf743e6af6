"""The sentences about files that are imported; they stand in docs/importing.md."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["PROBLEMS"]

_TEMPLATE: Final = Text(
    "Örnek şablonu indirip verileri ona yapıştırın.", "Download the template and paste the data into it."
)
_SAVE_AGAIN: Final = Text(
    "Dosyayı Excel'de açıp .xlsx olarak yeniden kaydedin.", "Open the file in Excel and save it as .xlsx again."
)
_CELL: Final = Text("Hücreyi düzeltip dosyayı yeniden yükleyin.", "Correct the cell and upload the file again.")

PROBLEMS: Final[Table] = {
    "import.unknown": Problem(
        Text("Böyle bir içe aktarma yok.", "There is no such import."), Text("Listeye dönün.", "Go back to the list.")
    ),
    "import.empty": Problem(Text("Dosya boş.", "The file is empty."), _TEMPLATE),
    "import.too-large": Problem(
        Text("Dosya çok büyük: en çok {limit} MB.", "The file is too large: {limit} MB at most."),
        Text("Dosyayı parçalara ayırın.", "Split the file."),
    ),
    "import.too-many-rows": Problem(
        Text("Sayfada çok fazla satır var: en çok {limit}.", "The sheet has too many rows: {limit} at most."),
        Text("Dosyayı parçalara ayırın.", "Split the file."),
    ),
    "import.too-many-documents": Problem(
        Text(
            "Dosyada {count} belge var; bir seferde en çok {limit}.", "The file has {count} documents; {limit} at once."
        ),
        Text("Dosyayı parçalara ayırın.", "Split the file."),
    ),
    "import.too-dense": Problem(
        Text(
            "Dosya açıldığında olağan dışı büyüyor; güvenlik için okunmadı.",
            "The file grows beyond reason when it is unpacked; it was not read, for safety.",
        ),
        _SAVE_AGAIN,
    ),
    "import.form": Problem(
        Text("“{name}” tanınan bir dosya türü değil.", "“{name}” is no kind of file that is known."),
        Text("xlsx, xls, ods, csv, xml ya da zip yükleyin.", "Upload xlsx, xls, ods, csv, xml or zip."),
    ),
    "import.not-books": Problem(
        Text("XML ve ZIP'ten yalnız belge içe aktarılır.", "Only documents are imported from XML and ZIP."),
        Text("Kişiler ve ürünler için Excel ya da CSV yükleyin.", "Upload Excel or CSV for contacts and items."),
    ),
    "import.encrypted": Problem(
        Text("Dosya parolayla korunuyor.", "The file is protected by a password."),
        Text("Parolayı kaldırıp yeniden kaydedin.", "Remove the password and save it again."),
    ),
    "import.unreadable": Problem(
        Text(
            "Dosya açılamadı; bozuk ya da adından başka türde olabilir.",
            "The file cannot be opened; it may be damaged, or not be what its name says.",
        ),
        _SAVE_AGAIN,
    ),
    "import.sheet": Problem(
        Text("“{sheet}” adlı bir sayfa yok.", "There is no sheet “{sheet}”."),
        Text("Sayfalar: {known}.", "The sheets are: {known}."),
    ),
    "import.no-rows": Problem(
        Text("Başlık satırının altında dolu satır yok.", "There is no filled row below the heading."), _TEMPLATE
    ),
    "import.column-missing": Problem(
        Text("“{field}” için bir sütun seçilmedi.", "No column was chosen for “{field}”."),
        Text("Sütunu eşleyin ya da sabit bir değer verin.", "Match a column, or give a fixed value."),
    ),
    "import.column-twice": Problem(
        Text("“{field}” iki sütuna eşlendi.", "“{field}” is matched to two columns."),
        Text("Birini seçin.", "Choose one of them."),
    ),
    "import.field": Problem(
        Text("“{field}” bilinen bir alan değil.", "“{field}” is no known field."),
        Text("Alanı listeden seçin.", "Choose the field from the list."),
    ),
    "import.number": Problem(Text("“{value}” bir sayı değil.", "“{value}” is no number."), _CELL),
    "import.number-doubtful": Problem(
        Text(
            "“{value}” {read} olarak okundu; dosyada ondalık işareti belli değil.",
            "“{value}” was read as {read}; the file does not tell its decimal sign.",
        ),
        Text("Ondalık işaretini eşleme adımında seçin.", "Choose the decimal sign where columns are matched."),
    ),
    "import.number-large": Problem(
        Text("“{value}” çok büyük ya da çok küçük bir sayı.", "“{value}” is too large or too small a number."), _CELL
    ),
    "import.percent": Problem(Text("“{value}” bir yüzde değil (0–100).", "“{value}” is no percentage (0–100)."), _CELL),
    "import.date": Problem(
        Text("“{value}” bir tarih değil.", "“{value}” is no date."),
        Text("22.11.2026 gibi yazın.", "Write it like 22.11.2026."),
    ),
    "import.date-impossible": Problem(
        Text("“{value}” diye bir gün yok.", "There is no such day as “{value}”."),
        Text("Gün ve ayı denetleyin; sıra gün.ay.yıl olmalı.", "Check day and month; the order is day.month.year."),
    ),
    "import.date-odd": Problem(
        Text("“{value}” beklenmeyen bir yılda.", "“{value}” is in an unexpected year."),
        Text("Yılı dört haneli yazın (2000–2100).", "Write the year with four digits (2000–2100)."),
    ),
    "import.time": Problem(
        Text("“{value}” bir saat değil.", "“{value}” is no time of the day."),
        Text("14:30 gibi yazın.", "Write it like 14:30."),
    ),
    "import.cell-error": Problem(
        Text("Hücrede formül hatası var: {value}.", "The cell holds an error of a formula: {value}."),
        Text("Formülü düzeltin ya da değeri yazın.", "Correct the formula, or write the value."),
    ),
    "import.cell-rounded": Problem(
        Text(
            "Excel bu numarayı yuvarlamış: {value}. Doğru haneler dosyada yok.",
            "Excel has rounded this number: {value}. The right digits are not in the file.",
        ),
        Text(
            "Sütunu metin biçimine alıp numarayı yeniden yazın.",
            "Format the column as text and write the number again.",
        ),
    ),
    "import.cell-long": Problem(
        Text("Hücrede {count} karakter var; en çok {limit}.", "The cell has {count} characters; {limit} at most."),
        _CELL,
    ),
    "import.value": Problem(
        Text("“{value}” {field} olarak anlaşılamadı.", "“{value}” is not understood as {field}."),
        Text(
            "Bilinen değerler docs/importing.md sayfasındadır{nearest}.",
            "docs/importing.md has the known values{nearest}.",
        ),
    ),
    "import.choice": Problem(
        Text("“{value}” {field} olarak anlaşılamadı.", "“{value}” is not understood as {field}."),
        Text("Şunlardan birini yazın: {known}.", "Write one of these: {known}."),
    ),
    "import.rows-differ": Problem(
        Text(
            "{field}, aynı belgenin {row}. satırındakinden farklı.",
            "{field} differs from row {row} of the same document.",
        ),
        Text("Aynı belgenin satırlarında aynı değeri yazın.", "Write the same value in all rows of one document."),
    ),
    "import.number-known": Problem(
        Text("Aynı numara dosyada {row}. satırda da var.", "The same number stands in row {row} of the file."),
        Text("Birini silin ya da şube adı verin.", "Remove one of them, or give the name of a branch."),
    ),
    "import.mapping-late": Problem(
        Text("Bu içe aktarma artık değiştirilemez.", "This import can no longer be changed."),
        Text("Dosyayı yeniden yükleyin.", "Upload the file again."),
    ),
    "import.not-checked": Problem(
        Text("Dosya daha denetlenmedi.", "The file has not been checked yet."),
        Text("Denetim bitince yeniden deneyin.", "Try again when the check is over."),
    ),
    "import.nothing-good": Problem(
        Text("Dosyada kusursuz bir kayıt yok.", "Nothing in the file is without fault."),
        Text("Hata sütunlu dosyayı indirip düzeltin.", "Download the file with the column of errors and correct it."),
    ),
    "import.not-undone": Problem(
        Text("Geri alınacak bir şey yok.", "There is nothing to be undone."),
        Text(
            "Gönderilen belgeler geri alınmaz; iptal ya da iade edilir.",
            "Documents that were sent are not undone; they are cancelled or returned.",
        ),
    ),
    "import.failed": Problem(
        Text("Dosya işlenemedi; kaydedildi.", "The file could not be worked on; it has been recorded."),
        Text("Yeniden deneyin; sürerse bize yazın.", "Try again; if it goes on, write to us."),
        permanent=False,
    ),
    "import.gone": Problem(
        Text("Dosyanın kendisi artık saklanmıyor.", "The file itself is no longer kept."),
        Text("Dosyayı yeniden yükleyin.", "Upload the file again."),
    ),
}
