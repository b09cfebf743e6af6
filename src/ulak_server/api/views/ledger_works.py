"""The making of a month's books, as the API shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Moment, Taken
from ulak_server.api.views.ledgers import BalanceRowView, PartView

__all__ = [
    "BooksSealed",
    "ColumnView",
    "FileLook",
    "FindingView",
    "FindingsShown",
    "InputView",
    "KnownMapping",
    "MappingChosen",
    "MappingList",
    "PlaceView",
    "PlacesPage",
    "PreviewShown",
    "ProgressView",
    "ReportWanted",
    "SealWanted",
    "StepWanted",
    "SumsView",
    "WorkList",
    "WorkShown",
    "WorkView",
    "WorkWanted",
]

_Text = Annotated[str, Meta(max_length=2000)]
_Month = Annotated[str, Meta(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$")]


class WorkWanted(Taken):
    """Books of a month that are to be made; the work that is open already is given if there is one."""

    month: Annotated[_Month, doc("Ay: 2026-10.", "The month: 2026-10.")]
    branch: Annotated[_Text, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")] = ""
    kind: Annotated[
        Literal["books", "inventory"], doc("Yevmiye ve kebir, ya da envanter.", "Journal and ledger, or inventory.")
    ] = "books"


class WorkView(Given):
    """A work: the making of a month's books."""

    id: Annotated[int, doc("Kimliği.", "Its id.")]
    kind: Annotated[str, doc("books, report ya da inventory.", "books, report or inventory.")]
    month: Annotated[str, doc("Ay: 2026-10.", "The month: 2026-10.")]
    branch: Annotated[str, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")]
    until: Annotated[date | None, doc("Ay ortasında son gün.", "The last day of a part in mid-month.")]
    stage: Annotated[str, doc("Aşama (docs/ledgers.md).", "Stage (docs/ledgers.md).")]
    is_busy: Annotated[bool, doc("Üzerinde çalışılıyor mu.", "Whether a worker is at it.")]
    created_at: Annotated[Moment, doc("Başladığı an.", "When it began.")]
    error_code: Annotated[str, doc("Neden durduğunun kodu.", "The code of why it stopped; empty: it did not.")]
    error: Annotated[str, doc("Neden durduğu ve ne yapılacağı.", "Why it stopped, and what to do.")]


class WorkList(Given):
    """Works that have not ended, the last first."""

    items: Annotated[tuple[WorkView, ...], doc("İşler.", "The works.")]


class InputView(Given):
    """A file of entries."""

    id: Annotated[int, doc("Kimliği.", "Its id.")]
    name: Annotated[str, doc("Adı.", "Its name.")]
    size: Annotated[int, doc("Bayt.", "Bytes.")]
    received: Annotated[int, doc("Ulaşan bayt.", "Bytes that are here.")]
    state: Annotated[
        Literal["uploading", "looking", "taken", "unknown", "broken"],
        doc(
            "uploading: sürüyor; looking: bakılıyor; taken: okunabiliyor; unknown: sütunlar eşleştirilmeli; broken:"
            " okunamıyor.",
            "uploading: under way; looking: being looked at; taken: it can be read; unknown: its columns have to be"
            " matched; broken: it cannot be read.",
        ),
    ]
    kind: Annotated[str, doc("csv, xlsx, parquet, jsonl …", "csv, xlsx, parquet, jsonl …")]
    mapping: Annotated[str, doc("Eşleştirmenin adı.", "Name of the mapping.")]
    error: Annotated[str, doc("Neden okunamadığı.", "Why it cannot be read.")]


class ProgressView(Given):
    """How far a work has come."""

    step: Annotated[str, doc("Yapılmakta olan.", "What is being done.")]
    text: Annotated[str, doc("Bunun adı.", "The same in words.")]
    done: Annotated[int, doc("Ne kadarı yapıldı.", "How much of it.")]
    total: Annotated[int, doc("Tümü; 0: bilinmiyor.", "Of how much; 0: not known.")]
    unit: Annotated[str, doc("Birimi.", "Of what.")]
    eta: Annotated[int | None, doc("Kalan saniye, kestirilebiliyorsa.", "Seconds that are left, if they can be told.")]


class WorkShown(Given):
    """A work with its files and how far it has come."""

    work: Annotated[WorkView, doc("İş.", "The work.")]
    progress: Annotated[ProgressView, doc("İlerleme.", "How far it is.")]
    files: Annotated[tuple[InputView, ...], doc("Dosyalar.", "Its files.")]


class ColumnView(Given):
    """A column of a file."""

    place: Annotated[int, doc("Kaçıncı, 1'den.", "Which, counted from 1.")]
    heading: Annotated[str, doc("Başlığı.", "Its heading.")]
    field: Annotated[str, doc("Eşleştiği alan; boş: kullanılmıyor.", "The field it is matched to; empty: not used.")]
    samples: Annotated[tuple[str, ...], doc("İlk değerleri.", "Its first values.")]


class FileLook(Given):
    """What was seen in a file, and how it would be read."""

    file: Annotated[InputView, doc("Dosya.", "The file.")]
    encoding: Annotated[str, doc("CSV'nin karakter kodlaması.", "Encoding of a CSV file.")]
    separator: Annotated[str, doc("CSV'nin ayırıcısı.", "Separator of a CSV file.")]
    sheets: Annotated[tuple[str, ...], doc("Sayfaları.", "Its sheets.")]
    sheet: Annotated[str, doc("Okunan sayfa.", "The sheet that is read.")]
    header_row: Annotated[int, doc("Başlık satırı; -1: bulunamadı.", "Row of the headings; -1: none was found.")]
    columns: Annotated[tuple[ColumnView, ...], doc("Sütunlar.", "The columns.")]
    missing: Annotated[tuple[str, ...], doc("Eksik alanlar.", "What is missing.")]


class MappingChosen(Taken):
    """How a file is to be read: by a known mapping, by columns, or by the text of a mapping file."""

    known: Annotated[_Text, doc("Bilinen eşleştirme (GET /ledgers/mappings).", "A known one (GET …/mappings).")] = ""
    sheet: Annotated[_Text, doc("Sayfa.", "The sheet.")] = ""
    header: Annotated[int, doc("Başlık satırı; 0: bulunur.", "Row of the headings; 0: it is found.")] = 0
    decimal: Annotated[Literal["auto", ",", "."], doc("Ondalık ayırıcı.", "What stands before the decimals.")] = "auto"
    columns: Annotated[
        dict[str, _Text] | UnsetType, doc("Sütunun sırasına göre alan.", "Fields by the place of their column, from 1.")
    ] = UNSET
    fixed: Annotated[
        dict[str, _Text] | UnsetType, doc("Sütunu olmayan alanların değeri.", "Values of fields that no column has.")
    ] = UNSET
    toml: Annotated[
        Annotated[str, Meta(max_length=100_000)],
        doc("Eşleştirme dosyasının metni (docs/ledger-input.md); ötekilerin yerine.", "A mapping file, instead."),
    ] = ""
    keep_as: Annotated[_Text, doc("Bu adla sakla.", "Keep it under this name.")] = ""


class KnownMapping(Given):
    """A mapping that can be chosen by name."""

    name: Annotated[str, doc("Adı.", "Its name.")]
    title: Annotated[str, doc("Başlığı.", "Its title.")]
    is_own: Annotated[bool, doc("Mükellefin kendisininki mi.", "Whether it is the taxpayer's own.")]


class MappingList(Given):
    """Mappings that can be chosen, and the fields that a column can be matched to."""

    items: Annotated[tuple[KnownMapping, ...], doc("Eşleştirmeler.", "The mappings.")]
    fields: Annotated[dict[str, str], doc("Alanlar ve adları.", "Fields with their labels.")]


class StepWanted(Taken):
    """What is to be done with a work next."""

    step: Annotated[
        Literal["check", "plan", "create", "retry", "again", "cancel"],
        doc(
            "check: kayıtları denetle; plan: parçalara böl; create: defterleri oluştur; retry: durduğu yerden sürdür;"
            " again: dosyalardan yeniden başla; cancel: vazgeç.",
            "check: read and check the entries; plan: divide them into parts; create: make the books; retry: go on"
            " where it stopped; again: begin anew with the same files; cancel: give it up.",
        ),
    ]
    until: Annotated[
        date | UnsetType, doc("Ay ortasında son gün (plan, create).", "The last day in mid-month (plan, create).")
    ] = UNSET
    seen: Annotated[
        tuple[_Text, ...], doc("Görülen uyarıların kodları.", "Codes of warnings that somebody has seen.")
    ] = ()


class SealWanted(Taken):
    """Whose key seals."""

    key: Annotated[
        Literal["", "own", "integrator"],
        doc("own: mükellefin, integrator: entegratörün; boşsa olanı.", "own: the taxpayer's; empty: the one there is."),
    ] = ""
    stamped: Annotated[
        bool | UnsetType,
        doc(
            "Zaman damgalı mı (XAdES-T); yazılmazsa olabiliyorsa.",
            "With a time stamp (XAdES-T); left out: if it can be.",
        ),
    ] = UNSET


class BooksSealed(SealWanted):
    """Whose key seals the books of a work."""

    anew: Annotated[
        bool,
        doc(
            "Mühürlenmişleri, GİB'e ulaşmadan, zaman damgalı yeniden mühürle (servis son gün yanıt vermezse).",
            "Seal anew, with time stamps, what is sealed and GİB does not have (its service is away on the last day).",
        ),
    ] = False


class ReportWanted(SealWanted):
    """The month's ledger report (defter raporu), and whose key seals it."""

    branch: Annotated[_Text, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")] = ""


class PlaceView(Given):
    """A place where a fault was met."""

    id: Annotated[int, doc("Sırası.", "Its place in the order.")]
    source: Annotated[str, doc("Dosya.", "The file.")]
    row: Annotated[int | None, doc("Satır.", "The row.")]
    column: Annotated[str, doc("Sütun.", "The column.")]
    value: Annotated[str, doc("Değer.", "The value.")]
    voucher: Annotated[str, doc("Fiş no.", "Number of the voucher.")]


class FindingView(Given):
    """Faults of one kind."""

    code: Annotated[str, doc("Değişmez kod.", "Stable code.")]
    origin: Annotated[
        str, doc("check: kayıtlar, books: defterler, rules: GİB'in kuralları.", "check, books, or rules: GİB's.")
    ]
    level: Annotated[Literal["error", "warning"], doc("Hata ya da uyarı.", "Error or warning.")]
    detail: Annotated[str, doc("Neyin yanlış olduğu.", "What is wrong.")]
    repair: Annotated[str, doc("Ne yapılacağı.", "What to do.")]
    count: Annotated[int, doc("Kaç yerde.", "In how many places.")]
    is_seen: Annotated[bool, doc("Uyarı görüldü mü.", "Whether somebody has seen the warning.")]
    places: Annotated[tuple[PlaceView, ...], doc("İlk yerler.", "The first of these.")]


class SumsView(Given):
    """Totals of what was read."""

    entries: Annotated[int, doc("Madde sayısı.", "How many entries.")]
    lines: Annotated[int, doc("Satır sayısı.", "How many lines.")]
    debit: Annotated[Decimal, doc("Borç, TRY.", "Debits, TRY.")]
    credit: Annotated[Decimal, doc("Alacak, TRY.", "Credits, TRY.")]
    first_entry: Annotated[int | None, doc("İlk madde no.", "First journal number.")]
    last_entry: Annotated[int | None, doc("Son madde no.", "Last journal number.")]
    first_day: Annotated[date | None, doc("İlk gün.", "First day.")]
    last_day: Annotated[date | None, doc("Son gün.", "Last day.")]


class FindingsShown(Given):
    """What was found in a work's entries and books, grouped, errors first."""

    items: Annotated[tuple[FindingView, ...], doc("Bulgular.", "The findings.")]
    sums: Annotated[SumsView, doc("Toplamlar.", "The totals.")]
    next: Annotated[str | None, doc("Sonraki sayfanın imleci.", "Cursor of the next page; null: this is the last.")]


class PlacesPage(Given):
    """A page of the places of one finding."""

    items: Annotated[tuple[PlaceView, ...], doc("Yerler.", "The places.")]
    next: Annotated[str | None, doc("Sonraki sayfanın imleci.", "Cursor of the next page; null: this is the last.")]


class PreviewShown(Given):
    """What will be made of a work."""

    parts: Annotated[tuple[PartView, ...], doc("Parçalar.", "The parts.")]
    sums: Annotated[SumsView, doc("Toplamlar.", "The totals.")]
    balance: Annotated[tuple[BalanceRowView, ...], doc("Mizan, ana hesaplar.", "Trial balance of main accounts.")]
    packages: Annotated[tuple[str, ...], doc("GİB'e gidecek paketler.", "Packages that GİB will get.")]
    due_at: Annotated[Moment | None, doc("Yasal süre, biliniyorsa.", "Until when it is due, if known.")]
