"""Files that are broken, hostile or merely odd: each is refused with a reason, or understood as it was meant."""

from __future__ import annotations

import io
import string
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books_files import HEADINGS, LINE, as_csv, checked, faults, workbook
from platform_intake import listed
from platform_world import taxpayer
from ulak.errors import UlakError
from ulak.sheets import delimiter_of, text_of
from ulak_server.books import exporting
from ulak_server.books import services as books
from ulak_server.books.importing import cells, jobs
from ulak_server.books.importing.fields import ABOUTS, field_of_heading, fields_of
from ulak_server.books.importing.files import BIGGEST, form_of, rows_of, sheets_of
from ulak_server.books.importing.mapping import convention, guessed, letters, start_of
from ulak_server.books.importing.preview import preview
from ulak_server.books.importing.problems import ImportFault
from ulak_server.books.importing.workbooks import MOST_ROWS
from ulak_server.books.importing.writing import csv_of, template, workbook_of
from ulak_server.books.numbers import NotANumber, convention_of, decimal_of, tidy
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return taxpayer()


# -- files that are refused --------------------------------------------------------------------------------------------


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(workbook(LINE))
    return zipped({**parts, part: change(parts[part])})


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "nothing at all": ("a.csv", b"", "import.empty"),
    "blanks alone": ("a.csv", b" \r\n\t ", "import.empty"),
    "a byte order mark alone": ("a.csv", b"\xef\xbb\xbf \r\n", "import.empty"),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "import.form"),
    "a PDF called csv": ("a.csv", b"%PDF-1.7 ...", "import.form"),
    "a program": ("a.xlsx", b"MZ\x90\0", "import.form"),
    "a web page called xls, as web shops make them": ("a.xls", b"<html><table><tr><td>1", "import.form"),
    "a workbook cut in half": ("a.xlsx", workbook(LINE)[:2000], "import.unreadable"),
    "a workbook without sheets' parts": ("a.xlsx", zipped({"xl/workbook.xml": b"<workbook/>"}), "import.unreadable"),
    "a zip called xlsx": ("a.xlsx", zipped({"a.txt": b"x"}), "import.unreadable"),
    "an XML bomb in a sheet": ("a.xlsx", changed(SHEET, lambda data: ENTITIES + data[38:]), "import.unreadable"),
    "a sheet of blanks that swells": (
        "a.xlsx",
        changed(SHEET, lambda data: data.replace(b"</sheetData>", b" " * 60_000_000 + b"</sheetData>")),
        "import.too-dense",
    ),
    "ten thousand parts": (
        "a.xlsx",
        zipped({"xl/workbook.xml": b"<workbook/>", **{f"xl/{n}": b"" for n in range(2_100)}}),
        "import.too-dense",
    ),
    "a row beyond the last": (
        "a.xlsx",
        changed(SHEET, lambda data: data.replace(b'<row r="2"', b'<row r="99999999999"')),
        "import.unreadable",
    ),
    "shared strings that are not there": (
        "a.xlsx",
        changed(SHEET, lambda data: data.replace(b't="inlineStr">', b't="s"><v>99</v></c><c r="A1">', 1)),
        "import.unreadable",
    ),
    "an old workbook of random bytes": ("a.xls", OLD + bytes(range(256)) * 40, "import.unreadable"),
    "an encrypted workbook of nothing": ("a.xlsx", OLD + b"\0" * 4000, "import.unreadable"),
}  # fmt: skip
"""The permanent corpus of what is refused: its reason, the file, the code."""


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(ardic: int, why: str) -> None:
    name, data, code = REFUSED[why]
    with pytest.raises(ImportFault) as caught:
        jobs.begin(ardic, "invoice", name, data)
    assert caught.value.code == code
    assert caught.value.text.tr
    assert caught.value.repair.en


def test_too_much_is_refused(ardic: int) -> None:
    with pytest.raises(ImportFault) as caught:
        form_of("a.csv", b"a" * (BIGGEST + 1))
    assert caught.value.code == "import.too-large"
    with pytest.raises(ImportFault) as caught:
        list(rows_of("csv", b"a;b\r\n" * (MOST_ROWS + 2)))
    assert caught.value.code == "import.too-many-rows"


def test_contacts_do_not_come_in_xml(ardic: int) -> None:
    with pytest.raises(ImportFault) as caught:
        jobs.begin(ardic, "contacts", "a.xml", b"<Invoice/>")
    assert caught.value.code == "import.not-books"


@given(st.binary(max_size=600), st.sampled_from(["a.csv", "a.xlsx", "a.xml", "a.zip", "a"]))
@settings(max_examples=150)
def test_any_bytes_are_understood_or_refused(data: bytes, name: str) -> None:
    with suppress(ImportFault):
        form = form_of(name, data)
        if form in ("csv", "xlsx"):
            for sheet in [one.name for one in sheets_of(form, data)] or [""]:
                guessed("invoice", start_of("invoice", rows_of(form, data, sheet)))


# -- files that are odd ------------------------------------------------------------------------------------------------


def read(data: bytes, name: str = "a.xlsx", about: str = "invoice") -> list[tuple[int, list[Any]]]:
    form = form_of(name, data)
    sheet = next((one.name for one in sheets_of(form, data) if not one.is_hidden), "")
    return list(rows_of(form, data, sheet))


def test_hidden_sheets_and_macros_are_left_alone(ardic: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(LINE)))
    hidden = book.create_sheet("Gizli", 0)
    hidden.sheet_state = "hidden"
    hidden.append(["VKN", "Unvan"])
    file = io.BytesIO()
    book.save(file)
    data = zipped({**parts_of(file.getvalue()), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    found = checked(ardic, data, name="fatura.xlsm")
    assert (found.mapping["sheet"], found.good) == ("Faturalar", 1)


def test_merged_cells_hold_for_the_rows_below(ardic: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, LINE, (None, *[None] * 6, "Kitap", "3", "adet", "145", "10")):
        sheet.append(list(row))
    for column in "ABCDEFG":
        sheet.merge_cells(f"{column}2:{column}3")
    file = io.BytesIO()
    book.save(file)
    found = checked(ardic, file.getvalue())
    assert (found.total, found.good) == (1, 1), [one.problem for one in faults(ardic, found.id)]


def test_formulas_count_by_their_last_value_and_their_errors_are_told(ardic: int) -> None:
    wrong = changed(SHEET, lambda data: data.replace(b"412,50", b"#REF!"))
    found = checked(ardic, wrong)
    assert [(one.problem["code"], one.column) for one in faults(ardic, found.id)] == [("import.cell-error", 10)]


def test_rows_that_contradict_each_other_are_told(ardic: int) -> None:
    other = ("1", None, "7359021640", "Başka Unvan", *LINE[4:])
    found = checked(ardic, workbook(LINE, other))
    assert [(one.row, one.column, one.problem["code"]) for one in faults(ardic, found.id)] == [
        (3, 3, "import.rows-differ")
    ]


def test_numbers_that_excel_rounded_are_told(ardic: int) -> None:
    found = checked(ardic, as_csv(("1", "", "7,35902E+09", *LINE[3:])), name="a.csv")
    assert [(one.column, one.problem["code"]) for one in faults(ardic, found.id)] == [(2, "import.cell-rounded")]


def test_a_dropped_zero_comes_back() -> None:
    from ulak_server.books.importing.understanding import understood

    field = fields_of("invoice")["tax_id"]
    assert understood(field, 123456789).value == "0123456789"
    assert understood(field, "123456789").value == "123456789"


def test_doubtful_numbers_are_marked_and_the_file_decides(ardic: int) -> None:
    field_row = ("1", None, *LINE[2:8], "1", "adet", "1.250", "20")
    found = checked(ardic, as_csv(field_row), name="a.csv")
    assert [(one.level, one.problem["code"]) for one in faults(ardic, found.id)] == [
        ("warning", "import.number-doubtful")
    ]
    assert found.good == 1
    rows = [["1.250"], ["99.5"]]
    reading = guessed("invoice", start_of("invoice", [(1, ["Birim fiyat", "Miktar"]), (2, ["1.250", "1"])]))
    assert convention("invoice", reading, rows) == "point"


def test_a_preview_shows_what_is_understood(ardic: int) -> None:
    id = jobs.begin(ardic, "invoice", "a.csv", as_csv(("1", "31.06.2026", *LINE[2:])))
    with scoped(Role.WEB, [ardic]):
        job, data = jobs.get(ardic, id), jobs.content(ardic, id)
    found = preview(job, data)
    cells_of = dict(zip([one.field for one in found.columns], found.rows[0][1], strict=True))
    assert cells_of["date"].error is not None
    assert cells_of["date"].error.code == "import.date-impossible"
    assert (cells_of["price"].value, cells_of["price"].is_read_otherwise) == ("412.5", True)
    assert found.missing == []


def test_readings_that_cannot_be_are_refused(ardic: int) -> None:
    id = jobs.begin(ardic, "invoice", "a.csv", as_csv(LINE))
    with scoped(Role.WEB, [ardic]):
        for columns, code in (
            ({"0": "nothing"}, "import.field"),
            ({"0": "name", "1": "name"}, "import.column-twice"),
            ({"0": {"a": 1}}, "import.field"),
        ):
            with pytest.raises(ImportFault) as caught:
                jobs.change_reading(ardic, id, {"columns": columns})
            assert caught.value.code == code
        jobs.change_reading(ardic, id, {"columns": {"0": "name"}})
        with pytest.raises(ImportFault) as caught:
            jobs.check(ardic, id)
        assert caught.value.code == "import.column-missing"


# -- cells -------------------------------------------------------------------------------------------------------------

DATES = [
    ("22.11.2026", date(2026, 11, 22)),
    ("22/11/2026", date(2026, 11, 22)),
    ("2026-11-22", date(2026, 11, 22)),
    ("20261122", date(2026, 11, 22)),
    ("22.11.26", date(2026, 11, 22)),
    ("22 Kasım 2026", date(2026, 11, 22)),
    ("1 Şubat 2028", date(2028, 2, 1)),
    ("22.11.2026 14:30", date(2026, 11, 22)),
    ("2026-11-22T14:30:00+03:00", date(2026, 11, 22)),
    (46348, date(2026, 11, 22)),
    (46348.75, date(2026, 11, 22)),
    (datetime(2026, 11, 22, 10), date(2026, 11, 22)),
    (["date", "2026-11-22"], date(2026, 11, 22)),
]


@pytest.mark.parametrize(("cell", "day"), DATES, ids=str)
def test_days_are_understood(cell: Any, day: date) -> None:
    assert cells.date_of(cell) == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31.06.2026", "import.date-impossible"),
        ("29.02.2027", "import.date-impossible"),
        ("11/22/2026", "import.date-impossible"),
        ("01.01.1899", "import.date-odd"),
        ("22.11.1926", "import.date-odd"),
        (datetime(1904, 1, 1), "import.date-odd"),
        (20, "import.date"),
        (-5.0, "import.date"),
        (1e12, "import.date"),
        ("dün", "import.date"),
        ("22 Fasıl 2026", "import.date-impossible"),
        (True, "import.date"),
        ("#YOK", "import.cell-error"),
    ],
    ids=str,
)
def test_days_that_cannot_be_are_told(cell: Any, code: str) -> None:
    with pytest.raises(ImportFault) as caught:
        cells.date_of(cell)
    assert caught.value.code == code


TIMES = [
    ("14:30", time(14, 30)),
    ("9.05", time(9, 5)),
    (0.5, time(12)),
    (datetime(2026, 1, 1, 8, 15), time(8, 15)),
    (time(7), time(7)),
]


@pytest.mark.parametrize(("cell", "moment"), TIMES, ids=str)
def test_times_are_understood(cell: Any, moment: time) -> None:
    assert cells.time_of(cell) == moment


@pytest.mark.parametrize("cell", ["25:00", "öğlen", -1.0, "14"])
def test_times_that_cannot_be_are_told(cell: Any) -> None:
    with pytest.raises(ImportFault) as caught:
        cells.time_of(cell)
    assert caught.value.code == "import.time"


NUMBERS = """
1.234,56=1234.56 1,234.56=1234.56 1_234,5=1234.5 ₺1.234=1234 12.5=12.5 0.125=0.125 1.234.567=1234567
1.234.567,8=1234567.8 (5,5)=-5.5 5-=-5 −5=-5 -5_TL=-5 ₺-5=-5 %18=18 18_%=18 ,5=0.5 1'234.50=1234.50
12,50_TL=12.50 1,5E+3=1500 +7=7 1~000,25=1000.25
"""
"""As it is written, with ``_`` for a blank and ``~`` for one that does not break, and what it means."""


@pytest.mark.parametrize("pair", NUMBERS.split())
def test_numbers_are_understood(pair: str) -> None:
    text, _, number = pair.rpartition("=")
    assert decimal_of(text.replace("_", " ").replace("~", "\u00a0")) == Decimal(number)


NO_NUMBERS = ["", "on", "TL", "1.23.4", "1,2,3", "12.34,56", "--5", "1..2", "NaN", "inf", "0x10", "١٢", "1" * 80, "5%5"]


@pytest.mark.parametrize("text", [*NO_NUMBERS, "1.2345,6", "-", "()"])
def test_what_is_no_number_is_told(text: str) -> None:
    with pytest.raises(NotANumber):
        decimal_of(text)


AMOUNTS = st.decimals(min_value=Decimal("-999999999"), max_value=Decimal("999999999"), places=2, allow_nan=False)


def written(value: Decimal, group: str, mark: str) -> str:
    return f"{value:,.2f}".replace(",", "\x01").replace(".", mark).replace("\x01", group)


@given(AMOUNTS, st.sampled_from([(".", ","), (",", "."), (" ", ","), ("", ","), ("'", "."), ("\u00a0", ",")]))
def test_amounts_mean_the_same_however_they_are_written(value: Decimal, signs: tuple[str, str]) -> None:
    assert decimal_of(written(value, *signs)) == value


@given(st.lists(AMOUNTS, min_size=1, max_size=8), st.sampled_from([(".", ",", "comma"), (",", ".", "point")]))
def test_a_file_tells_its_decimal_sign(values: list[Decimal], signs: tuple[str, str, str]) -> None:
    assert convention_of([written(one, *signs[:2]) for one in values]) == signs[2]


@given(AMOUNTS)
def test_tidy_numbers_are_the_same_numbers(value: Decimal) -> None:
    assert Decimal(tidy(value)) == value
    assert not tidy(value).endswith((".", ".0"))


TURKISH = st.text(alphabet=string.ascii_letters + "çğıöşüÇĞİÖŞÜ 0123456789", min_size=3, max_size=40)


@given(TURKISH, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1254", "iso-8859-9"]))
def test_turkish_survives_every_encoding(text: str, encoding: str) -> None:
    line = f"Ünvan;Şehir;Açıklama\r\n{text};İğdır;ışık"
    assert text_of(line.encode(encoding))[0] == line


WORDS = st.text(alphabet="abcçş 12", max_size=6)


@given(st.sampled_from(";\t,|"), st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=6))
def test_separators_are_found(mark: str, rows: list[list[str]]) -> None:
    text = "\n".join(mark.join(row) for row in rows)
    if text.strip():
        assert delimiter_of(text) == mark


def test_a_file_may_say_its_separator() -> None:
    assert [row for _, row in rows_of("csv", b"sep=;\r\na,b;c\r\n")] == [["a,b", "c"]]


# -- headings ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", ABOUTS)
def test_our_own_templates_are_understood_whole(about: str) -> None:
    for language in ("tr", "en"):
        data = template(about, language)
        start = start_of(about, rows_of("xlsx", data, ABOUTS[about].say(language)))
        assert guessed(about, start).columns == dict(enumerate(fields_of(about)))


KNOWN = {
    "invoice": {
        "ALICI VKN/TCKN": "tax_id", "Müşteri Ünvanı": "title", "Fatura No": "number", "İrsaliye No": "despatch_number",
        "KDV Oranı (%)": "vat", "Birim Fiyatı": "price", "unit price": "price", "Bakiye": "",
    },
    "sales": {
        "Sipariş No": "key", "TC Kimlik No": "tax_id", "Ödeme Yöntemi": "payment", "Kargo Firması": "carrier_name",
        "Gönderim Şekli": "sending", "KDV %": "vat", "Web Adresi": "site",
    },
    "freelance_receipt": {"Hizmet": "name", "Brüt Ücret": "fee", "GV Stopajı": "income_withholding"},
    "producer_receipt": {"Üretici": "title", "Bağ-Kur Primi": "social_percent", "Bağ-Kur Tutarı": "social_amount",
                         "Borsa Tescil Ücreti": "exchange_amount", "Stopaj (%)": "income_withholding"},
    "despatch_advice": {"İrsaliye No": "number"},
    "contacts": {"Vergi Kimlik No": "number", "Cari Adı": "title"},
    "items": {"STOK KODU": "code", "Stok Adı": "name"},
}  # fmt: skip


@pytest.mark.parametrize("about", KNOWN)
def test_headings_of_other_programs_are_known(about: str) -> None:
    assert {heading: field_of_heading(about, heading) for heading in KNOWN[about]} == KNOWN[about]


@given(st.integers(0, 16_383))
def test_columns_are_named_as_excel_names_them(column: int) -> None:
    from openpyxl.utils import get_column_letter

    assert letters(column) == get_column_letter(column + 1)


# -- what is written ---------------------------------------------------------------------------------------------------

EVIL = ["=1+1", "=cmd|' /C calc'!A0", "+90 312", "-5+3", "@SUM(A1)", "\t=1", "\r=1", "normal"]


def test_nothing_that_is_written_is_run_as_a_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of("x", EVIL, [EVIL]))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.rows for cell in row} == {"s"}
    text = b"".join(csv_of(["a"], [[one] for one in EVIL])).decode("utf-8-sig")
    assert not any(line.lstrip('"').startswith(("=", "+", "-", "@", "\t")) for line in text.split("\r\n"))


def test_the_books_come_back_as_they_went(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        books.save_contact(ardic, books.ContactForm(number="7359021640", title="=Kötü A.Ş.", phone="+90 216 111"))
        books.save_item(ardic, books.ItemForm(code="+1", name="@Ürün", price="1234,5", vat="20", unit="KGM"))
    for form in ("xlsx", "csv"):
        for about, text in (("contacts", "kotu"), ("items", "urun")):
            data = exporting.books_file(ardic, about, form)
            found = checked(ardic, data, about, f"a.{form}")
            assert (found.good, found.faulty) == (1, 0), [one.problem for one in faults(ardic, found.id)]
            with scoped(Role.WEB, [ardic]):
                jobs.carry_out(ardic, found.id, "draft")
            from books_files import work

            work(ardic, found.id)
            with scoped(Role.WEB, [ardic]):
                find = books.find_contacts if about == "contacts" else books.find_items
                kept = find(ardic, text)
                assert kept.total == 1
    with scoped(Role.WEB, [ardic]):
        assert books.find_contacts(ardic, "kotu").rows[0].phone == "+90 216 111"
        assert books.find_items(ardic, "urun").rows[0].price == Decimal("1234.5")


def test_a_file_comes_back_with_its_errors(ardic: int) -> None:
    wrong = ("1", "31.06.2026", *LINE[2:10], "pahalı", "20")
    found = checked(ardic, workbook(wrong, ("2", *LINE[1:])))
    data = exporting.error_file(ardic, found.id)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert sheet.cell(1, len(HEADINGS) + 1).value == "Hatalar"
    told = str(sheet.cell(2, len(HEADINGS) + 1).value)
    assert "31.06.2026" in told
    assert "sayı değil" in told
    assert not sheet.cell(3, len(HEADINGS) + 1).value
    assert sheet.cell(2, 2).fill.fgColor.rgb == "00FBE7E5"
    assert sheet.cell(2, 11).data_type == "s"
    again = checked(ardic, data, name="hatali.xlsx")
    assert (again.good, again.faulty) == (1, 1)


OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def spreadsheet(*rows: tuple[tuple[str, str], ...]) -> bytes:
    """An ODS of these rows: what is said of a cell, and its text."""
    cell = "<table:table-cell {0}><text:p>{1}</text:p></table:table-cell>"
    made = "".join(f"<table:table-row>{''.join(cell.format(*one) for one in row)}</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="Kisiler">{made}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"/>',
        "content.xml": f'<?xml version="1.0"?><office:document-content {spaces}>{body}</office:document-content>',
    }
    return zipped({name: data.encode() for name, data in parts.items()}, zipfile.ZIP_STORED)


def test_old_workbooks_are_opened_by_another_process(ardic: int) -> None:
    text, number = 'office:value-type="string"', 'office:value-type="float" office:value="4812530769"'
    heading, row = ((text, "VKN"), (text, "Unvan")), ((number, "4812530769"), (text, "Ods Firma"))
    ods = spreadsheet(heading, row)
    found = checked(ardic, ods, "contacts", "kisiler.ods")
    assert (found.form, found.good, found.faulty) == ("old", 1, 0), [one.problem for one in faults(ardic, found.id)]


def test_errors_name_what_to_do() -> None:
    from ulak_server.books.importing.words import PROBLEMS

    for text, repair, _ in PROBLEMS.values():
        assert all((*text, *repair))
    assert issubclass(ImportFault, UlakError)
