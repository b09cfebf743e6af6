"""What can be wrong with a file, or with how its columns are matched: codes ``ledger.input.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text

__all__ = ["FILES"]

FILES: Final[dict[str, Problem]] = {
    "ledger.input.empty": Problem(
        Text("Dosyada satır yok.", "The file has no rows."),
        Text("Muhasebe programından yeniden dışa aktarın.", "Export it from the accounting program again."),
    ),
    "ledger.input.form": Problem(
        Text(
            "Dosya CSV, Excel, Parquet ya da JSON satırları değil ({found}).",
            "The file is neither CSV, Excel, Parquet nor JSON lines ({found}).",
        ),
        Text(
            "Kayıtları CSV ya da .xlsx olarak dışa aktarıp onu yükleyin.",
            "Export the entries as CSV or .xlsx and hand that in.",
        ),
    ),
    "ledger.input.unreadable": Problem(
        Text("Dosya okunamadı: {detail}", "The file could not be read: {detail}"),
        Text("Dosyayı yeniden dışa aktarıp yükleyin.", "Export the file again and hand it in."),
    ),
    "ledger.input.encoding": Problem(
        Text("“{encoding}” adlı bir harf kodlaması yok.", "There is no encoding “{encoding}”."),
        Text("utf-8, cp1254, cp857, utf-16 ya da auto yazın.", "Write utf-8, cp1254, cp857, utf-16 or auto."),
    ),
    "ledger.input.too-many-columns": Problem(
        Text("Dosyada {limit} sütundan fazlası var.", "The file has more than {limit} columns."),
        Text(
            "Gerekmeyen sütunları çıkarıp yeniden dışa aktarın; ayraç yanlış seçildiyse düzeltin.",
            "Export it without the columns that are not needed; set the separator if it was guessed wrongly.",
        ),
    ),
    "ledger.input.no-headings": Problem(
        Text(
            "Başlık satırı bulunamadı: sütunların ne olduğu anlaşılmıyor.",
            "There is no row of headings: it cannot be known what the columns are.",
        ),
        Text("Başlık satırının numarasını ya da sütunları elle seçin.", "Choose the row of headings, or the columns."),
    ),
    "ledger.input.column-missing": Problem(
        Text("Gereken sütunlar yok: {fields}", "Columns that are needed are missing: {fields}"),
        Text(
            "Dosyanın başlıklarıyla eşleştirin ({headings}) ya da eksik bilgiyi dışa aktarıma ekleyin.",
            "Match them to the file's headings ({headings}), or add them to the export.",
        ),
    ),
    "ledger.input.heading-twice": Problem(
        Text(
            "“{heading}” başlığı {places} numaralı sütunlarda var; hangisi olduğu bilinemez.",
            "The heading “{heading}” stands over columns {places}; which one is meant cannot be known.",
        ),
        Text(
            "Sütunlardan birinin adını değiştirin ya da sütunu yerinden seçin (#3 gibi).",
            "Rename one of them, or choose the column by its place (as #3).",
        ),
    ),
    "ledger.input.column-twice": Problem(
        Text(
            "“{heading}” sütunu iki alana birden bağlanmış: {first} ve {second}.",
            "Column “{heading}” is matched to two fields: {first} and {second}.",
        ),
        Text("Birini kaldırın.", "Remove one of them."),
    ),
    "ledger.input.decimal-doubtful": Problem(
        Text(
            "Tutarların ondalık ayracı anlaşılmıyor: “{example}” {thousand} de olabilir, {fraction} da.",
            "The decimal sign cannot be known: “{example}” may be {thousand} or {fraction}.",
        ),
        Text("Ondalık ayracını seçin: virgül ya da nokta.", "Choose the decimal sign: comma or point."),
    ),
    "ledger.input.source-twice": Problem(
        Text("“{source}” daha önce yüklenmiş.", "“{source}” was taken in already."),
        Text("Aynı dosyayı ikinci kez yüklemeyin ya da önce ilkini çıkarın.", "Do not hand it in twice, or remove it."),
    ),
    "ledger.input.mapping": Problem(
        Text("Eşleme dosyası okunamadı: {detail}", "The mapping cannot be read: {detail}"),
        Text("Eşlemeyi docs/ledger-input.md'deki gibi yazın.", "Write the mapping as docs/ledger-input.md has it."),
    ),
    "ledger.input.mapping-field": Problem(
        Text("Eşlemedeki “{field}” diye bir alan yok.", "The mapping has a field “{field}”, which there is not."),
        Text("Alanlar: {known}", "The fields: {known}"),
    ),
    "ledger.input.mapping-unknown": Problem(
        Text("“{name}” adlı bir eşleme yok.", "There is no mapping “{name}”."),
        Text("Eşlemeler: {known}", "The mappings: {known}"),
    ),
    "ledger.input.too-many-faults": Problem(
        Text(
            "Dosyanın {limit} hücresinden fazlasında harf olmayan işaretler ya da bozuk harfler var.",
            "More than {limit} cells of the file hold signs that are no letters, or broken letters.",
        ),
        Text(
            "Harf kodlamasını ve ayracı denetleyin; dosyayı yeniden dışa aktarıp yükleyin.",
            "Look at the encoding and the separator; export the file again and hand it in.",
        ),
    ),
    "ledger.input.sheet": Problem(
        Text("“{sheet}” sayfası yok. Sayfalar: {known}", "There is no sheet “{sheet}”. Sheets: {known}"),
        Text("Sayfayı listeden seçin.", "Choose the sheet from the list."),
    ),
    "ledger.input.nested": Problem(
        Text(
            "“{column}” sütunu tek bir değer değil ({kind}).",
            "Column “{column}” does not hold single values ({kind}).",
        ),
        Text("Sütunu metin, sayı ya da tarih olarak yazın.", "Write it as text, number or date."),
    ),
}
