"""What an accounting program wrote is what stands in the store, every row and amount, in any dialect; or it is told."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_entries import entries
from ulak.errors import UlakError
from ulak.ledger.checking import SAID, Expected, all_findings, check, examples, save_findings
from ulak.ledger.checking.words import RULES
from ulak.ledger.intake import (
    FIELDS,
    MAPPINGS,
    FileForm,
    InputError,
    Look,
    Mapping,
    Taken,
    look_at,
    mapping_text,
    read_mapping,
    take_in,
    template,
)
from ulak.ledger.intake.numbers import number_sql, tidy_sql
from ulak.ledger.intake.problems import CELLS, FILES
from ulak.ledger.problems import LedgerError
from ulak.ledger.store import EntryStore
from ulak.ledger.values import Month
from ulak.sheets.problems import PROBLEMS as SHEETS

HEADINGS: Final = ("Fiş No", "Fiş Tarihi", "Hesap Kodu", "Hesap Adı", "Borç", "Alacak", "Açıklama")
CORPUS: Final = Path(__file__).parent / "corpus" / "ledger"
JANUARY: Final = Expected(Month(2026, 1), date(2026, 2, 5))


def taken(store: EntryStore, data: bytes, mapping: Mapping | None = None, name: str = "journal") -> tuple[Look, Taken]:
    path = store.directory / "upload"
    path.write_bytes(data)
    look = look_at(path, mapping=mapping)
    return look, take_in(store, path, look.mapping, name)


def rows(store: EntryStore, columns: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(f"SELECT {columns} FROM line ORDER BY place").fetchall()


def journal(*lines: str, headings: tuple[str, ...] = HEADINGS) -> bytes:
    return "\r\n".join([";".join(headings), *lines, ""]).encode()


# -- any dialect of CSV ------------------------------------------------------------------------------------------------

_letters: Final = st.sampled_from("abcçğıİşöüÜ 0129.,;|\"'\n-&<>")
_texts: Final = st.text(_letters, max_size=12).map(lambda text: " ".join(text.split()).lstrip("=+-@'"))
_lines: Final = st.lists(
    st.tuples(
        st.integers(1, 9).map(str),
        st.dates(date(2026, 1, 1), date(2026, 1, 31)),
        st.sampled_from(["100", "102.01", "320.01.001", "1001.5", "60001"]),
        _texts,
        st.decimals(Decimal("0.01"), Decimal("9999999.99"), places=2),
        st.sampled_from("DC"),
        _texts,
    ),
    min_size=1,
    max_size=12,
)
_dialects: Final = st.tuples(
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1254"]),
    st.sampled_from(";\t|,"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from(["comma", "point"]),
    st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y%m%d"]),
)


def _written(amount: Decimal, convention: str) -> str:
    text = f"{amount:,.2f}"
    return text if convention == "point" else text.translate(str.maketrans(",.", ".,"))


@settings(max_examples=8, deadline=None)
@given(lines=_lines, dialect=_dialects)
def test_a_journal_in_any_dialect_comes_in_as_it_was_meant(lines: list[Any], dialect: tuple[Any, ...]) -> None:
    encoding, separator, quoting, end, convention, day = dialect
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, quoting=quoting, lineterminator=end)
    writer.writerow(HEADINGS)
    for voucher, on, account, name, amount, side, comment in lines:
        money = _written(amount, convention)
        cells = (money, "") if side == "D" else ("", money)
        writer.writerow([voucher, on.strftime(day), account, name, *cells, comment])
    with entries() as store:
        _, found = taken(store, target.getvalue().encode(encoding))
        assert found == Taken(len(lines), found.faults, 0)
        kept = rows(store, "voucher, entry_date, coalesce(nullif(sub, ''), main), amount, side, comment, source_row")
    wanted = [
        (voucher, on, account, amount, side, comment, number)
        for number, (voucher, on, account, _, amount, side, comment) in enumerate(lines, 2)
    ]
    assert kept == wanted


def test_main_accounts_are_what_stands_before_the_first_separator() -> None:
    codes = {"102.01": "102", "1001.5": "1001", "60001": "600", "320-07": "320", "100": "100", "740 01": "740"}
    with entries() as store:
        taken(store, journal(*(f"1;05.01.2026;{code};Ad;1,50;;" for code in codes)))
        found = rows(store, "main, sub")
    assert found == [(main, "" if main == code else code) for code, main in codes.items()]


# -- numbers -----------------------------------------------------------------------------------------------------------


def _meant(text: str, group: str, sign: str) -> Decimal | None:
    shape = rf"-?([0-9]{{1,3}}(\{group}[0-9]{{3}})+|[0-9]+)(\{sign}[0-9]+)?"
    return Decimal(text.replace(group, "").replace(sign, ".")) if re.fullmatch(shape, text) else None


@settings(max_examples=6, deadline=None)
@given(texts=st.lists(st.text("0123456789.,-", min_size=1, max_size=9), min_size=30, max_size=60))
def test_a_number_is_read_by_its_convention_or_not_at_all(texts: list[str]) -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t AS SELECT unnest(?) AS c", [texts])
    for convention, group, sign in (("comma", ".", ","), ("point", ",", ".")):
        value = number_sql("c", tidy_sql("c"), convention)  # type: ignore[arg-type]
        found = [one for (one,) in connection.execute(f"SELECT {value} FROM t").fetchall()]
        assert found == [_meant(text, group, sign) for text in texts]


def test_brackets_signs_and_blanks_of_numbers_are_understood() -> None:
    cells = ("1.234,50 TL", "₺12,50", "1 234,50", "(12,50)", "12,50₺")
    with entries() as store:
        taken(store, journal(*(f"1;05.01.2026;100;Kasa;{cell};;" for cell in cells)))
        found = [amount for (amount,) in rows(store, "amount")]
    assert found == [Decimal(one) for one in ("1234.50", "12.50", "1234.50", "-12.50", "12.50")]


# -- what strangers send -----------------------------------------------------------------------------------------------

_SEEDS: Final = [
    (CORPUS / name).read_bytes() for name in ("good.csv", "good.xlsx", "good.parquet", "good.jsonl", "quoted.csv")
]


@settings(max_examples=12, deadline=None)
@given(
    seed=st.sampled_from(_SEEDS),
    cuts=st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4),
)
def test_no_bytes_get_more_than_a_refusal(seed: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    data = seed
    for place, length, piece in cuts:
        place %= len(data) + 1
        data = data[:place] + piece + data[place + length :]
    with entries() as store:
        refused = False
        try:
            taken(store, data)
        except UlakError as error:
            refused = error.code in FILES or error.code in SHEETS
        assert (rows(store, "place") == []) or not refused
        check(store, JANUARY)


# -- mappings ----------------------------------------------------------------------------------------------------------

LOGO: Final = (
    "FICHENO;DATE_;ACCOUNTCODE;DEFINITION_;DEBIT;CREDIT;LINEEXP;BRANCH;CANCELLED;DOCUMENTNR",
    "00012;2026-01-05 00:00:00.000;102.01;Banka;1500.25;0;Tahsilat;0;0;X1",
    "00012;2026-01-05 00:00:00.000;120.01;Alıcı;0;1500.25;Tahsilat;0;0;X1",
    "00013;2026-01-06 00:00:00.000;120.01;Alıcı;0;99;İptal;0;1;",
)
MIKRO: Final = (
    "fis_tarih;fis_sira_no;fis_tur;fis_hesap_kod;fis_aciklama1;fis_meblag0;fis_yevmiye_no;fis_subeno;fis_iptal",
    "05.01.2026;12;3;102.01;Tahsilat;1500,25;1;0;0",
    "05.01.2026;12;3;120.01;Tahsilat;-1500,25;1;0;0",
)
NETSIS: Final = (
    "FISNO;TARIH;HES_KOD;HESAPISMI;BA;TUTAR;ACIKLAMA;SUBE_KODU;KAYITYAPANKUL",
    "12;05/01/2026;102.01;Banka;1;1500,25;Tahsilat;0;AYSE",
    "12;05/01/2026;120.01;Alıcı;2;1500,25;Tahsilat;0;AYSE",
)
ZIRVE: Final = (
    "Fisno;Fistar;Fistur;gmkod;borclu;alacakli;aciklama;Belge_Turu;Belge_Turu_Aciklamasi;Evrakno;Evraktarihi",
    "12;05.01.2026;0;102.01;1500,25;0;Tahsilat;8;Dekont;D-1;05.01.2026",
    "12;05.01.2026;0;120.01;0;1500,25;Tahsilat;9;;;",
)
LUCA: Final = (
    "Fiş No;Fiş Tarihi;Hesap Kodu;Hesap Adı;Evrak No;Evrak Tarihi;Evrak Türü;Detay Açıklama;Borç;Alacak;Madde No",
    "12;05.01.2026;102.01;Banka;D-1;05.01.2026;Dekont;Tahsilat;1.500,25;;1",
    "12;05.01.2026;120.01;Alıcı;D-1;05.01.2026;Dekont;Tahsilat;;1.500,25;1",
)
PROGRAMS: Final = {"logo": LOGO, "mikro": MIKRO, "netsis": NETSIS, "zirve": ZIRVE, "luca": LUCA}


@pytest.mark.parametrize("program", PROGRAMS)
def test_exports_of_known_programs_are_recognised(program: str) -> None:
    with entries() as store:
        look, found = taken(store, "\r\n".join(PROGRAMS[program]).encode("cp1254"))
        assert (look.known, look.missing, found.rows, found.faults) == (program, (), 2, 0)
        assert rows(store, "entry_date, main, sub, amount, side, branch") == [
            (date(2026, 1, 5), "102", "102.01", Decimal("1500.25"), "D", ""),
            (date(2026, 1, 5), "120", "120.01", Decimal("1500.25"), "C", ""),
        ]


def test_words_and_numbers_of_programs_mean_what_they_say() -> None:
    with entries() as store:
        taken(store, "\n".join(ZIRVE).encode())
        shown = rows(store, "voucher_type, document_type, document_type_description")
    assert shown == [("opening", "other", "Dekont"), ("opening", "", "")]
    with entries() as store:
        taken(store, "\n".join(LOGO).encode())
        assert rows(store, "voucher") == [("00012",), ("00012",)], "the cancelled voucher is left out"


def test_a_mapping_by_hand_is_followed_and_kept() -> None:
    mapping = read_mapping(
        """
        name = "dekont-listesi"
        fill_down = ["voucher", "date"]
        [file]
        decimal = "comma"
        header_row = 1
        [columns]
        voucher = "Dekont"
        date = "#2"
        account = "Kod"
        debit = "Artı"
        credit = "Eksi"
        side = []
        [fixed]
        entered_by = "Ali Can"
        account_name = "Ad"
        [skip]
        Durum = ["İPTAL"]
        """
    )
    assert read_mapping(mapping_text(mapping)) == mapping
    data = (
        "Dekont;Gün;Kod;Artı;Eksi;Durum\n7;05.01.2026;100;1.500;;\n;;600;;1.500;\n8;06.01.2026;600;;1;İptal\n".encode()
    )
    with entries() as store:
        _, found = taken(store, data, mapping)
        assert found == Taken(2, 0, 1)
        assert rows(store, "voucher, entry_date, main, main_name, amount, entered_by") == [
            ("7", date(2026, 1, 5), "100", "Ad", Decimal("1500.00"), "Ali Can"),
            ("7", date(2026, 1, 5), "600", "Ad", Decimal("1500.00"), "Ali Can"),
        ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name =", "ledger.input.mapping"),
        ("[columns]\nvoucher = 3", "ledger.input.mapping"),
        ('name = "a"\ncolour = 1\n[columns]', "ledger.input.mapping"),
        ('name = "a"\n[columns]\nvouchr = "x"', "ledger.input.mapping-field"),
        ('name = "a"\n[columns]\n[file]\nseparator = ""', "ledger.input.mapping"),
        ('name = "a"\n[columns]\n[file]\nseparator = ";;"', "ledger.input.mapping"),
        ('name = "a"\n[columns]\n[fixed]\ncomment = "\\u0000"', "ledger.input.mapping"),
        ('name = "a"\n[columns]\n[file]\nencoding = "rot13"', "ledger.input.encoding"),
        ('name = "a"\n[columns]\n[file]\nencoding = "unicode_escape"', "ledger.input.encoding"),
        ('name = "a"\n[columns]\n[file]\nencoding = "utf-32"', "ledger.input.encoding"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(text: str, code: str) -> None:
    with entries() as store, pytest.raises(InputError) as caught:
        taken(store, journal("1;05.01.2026;100;Kasa;1,50;;"), read_mapping(text))
    assert caught.value.code == code


def test_signs_that_are_no_letters_reach_neither_what_is_seen_nor_what_is_fixed() -> None:
    mapping = MAPPINGS["ulak"]
    columns = {"voucher": ["Fiş\0 No"], "date": ["#2"], "account": ["#3"], "debit": ["#5"], "credit": ["#6"]}
    mapping = msgspec.structs.replace(mapping, columns=columns, fixed={"comment": "a\x01'; DROP TABLE line; --" * 900})
    data = journal("1\x01;05.01.2026;100;\0;1,50;;").replace("Fiş No".encode(), "Fiş\0 No".encode())
    with entries() as store:
        mapping = msgspec.structs.replace(mapping, columns={**columns, "voucher": ["#1"]})
        look, _ = taken(store, data, mapping)
        assert not re.search("[\0\x01]", str([look.columns, look.rows]))
        assert b"u0000" not in msgspec.json.encode(look)
        assert look.columns[0].heading == "Fiş No"
        [(comment,)] = rows(store, "comment")
        assert (comment[:10], len(comment) <= 10_000) == ("a'; DROP T", True)


def test_what_would_fill_the_memory_is_refused_or_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusal(data: bytes) -> str:
        with entries() as store, pytest.raises(InputError) as caught:
            taken(store, data)
        return caught.value.code

    assert refusal(journal() + b"1;" * 3_000_000) == "ledger.input.unreadable"
    monkeypatch.setattr("ulak.ledger.intake.jsonl._MOST_LETTERS", 9)
    assert refusal(b'{"account": {"code": "100.01", "name": "Kasa"}}\n') == "ledger.input.unreadable"
    monkeypatch.setattr("ulak.ledger.intake.neutral._MOST_FAULTS", 2)
    assert refusal(journal(*["1;05.01.2026;100;\1;1,50;;"] * 3)) == "ledger.input.too-many-faults"
    said = "'1' AS voucher, DATE '2026-01-05' AS date, '100' AS account, 1.5 AS debit, 0 AS credit"
    wide = ", ".join(f"repeat('x', 9000) AS c{place}" for place in range(20))
    assert refusal(parquet(f"SELECT {said}, {wide} FROM range(3)")) == "ledger.input.unreadable"
    assert refusal(parquet(f"SELECT {said}, " + ", ".join(f"1 AS c{place}" for place in range(500)))) == (
        "ledger.input.too-many-columns"
    )


def test_a_long_text_of_parquet_is_cut_and_its_strange_names_are_names() -> None:
    said = "'1' AS voucher, DATE '2026-01-05' AS date, '100' AS account, 1.5 AS debit, 0 AS credit"
    with entries() as store:
        odd = ', 2 AS "a\'); DROP TABLE line; --"'
        _, got = taken(store, parquet(f"SELECT {said}, repeat('x', 3000000) AS comment {odd}"))
        assert (got.rows, got.faults, rows(store, "length(comment)")) == (1, 1, [(10_000,)])


def parquet(query: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "made.parquet"
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def test_forgotten_quotation_marks_cost_no_more_than_the_file() -> None:
    with entries() as store:
        lines = ['x";"y;05.01.2026;100;Kasa;1,50;;'] * 5_000
        assert taken(store, journal(*lines))[1].rows == 5_000


def test_shipped_mappings_say_what_they_are() -> None:
    for name, mapping in MAPPINGS.items():
        assert mapping.name == name
        assert all((*mapping.title, *mapping.about, *mapping.export, mapping.vendor, mapping.source))
        assert mapping.headings()
    with pytest.raises(InputError):
        MAPPINGS["sap"]


def test_a_journal_is_never_taken_for_a_chart_of_accounts() -> None:
    with entries() as store, pytest.raises(InputError) as caught:
        taken(store, "Dekont;Gün;Kod;İsim;Artı;Eksi\n7;05.01.2026;100;Kasa;1,50;\n".encode())
    assert caught.value.code in ("ledger.input.no-headings", "ledger.input.column-missing")


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_taken_in_without_an_error(kind: Any, language: Any) -> None:
    with entries() as store:
        _, found = taken(store, template(kind, language))
        taken(store, template(kind, language, "accounts"), name="accounts")
        checked = check(store, JANUARY._replace(fiscal_start=date(2026, 1, 1), fiscal_end=date(2026, 12, 31)))
    assert (found.rows, found.faults, checked.errors) == (5, 0, 0)
    assert [one.code for one in checked.groups] == ["ledger.check.account-unknown", "ledger.check.no-opening"]
    assert (checked.debit, checked.entries, checked.first_entry) == (Decimal("55250.00"), 2, 1)


# -- whole or not at all -----------------------------------------------------------------------------------------------


def test_a_file_that_is_given_up_leaves_nothing() -> None:
    def stop(count: int) -> None:
        raise KeyboardInterrupt

    with entries() as store:
        path = store.directory / "upload"
        path.write_bytes(journal("1;05.01.2026;100;Kasa;1,50;;"))
        mapping = look_at(path).mapping
        with pytest.raises(KeyboardInterrupt):
            take_in(store, path, mapping, "journal", stop)
        assert (rows(store, "place"), list(store.directory.glob("incoming*"))) == ([], [])
        assert take_in(store, path, mapping, "journal").rows == 1
        with pytest.raises(InputError) as caught:
            take_in(store, path, mapping, "journal")
        assert caught.value.code == "ledger.input.source-twice"


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with entries() as store:
        path = store.directory / "upload"
        path.write_bytes(journal("1;05.01.2026;100;Kasa;1,50;;"))
        mapping = look_at(path).mapping

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("ulak.ledger.intake.neutral.NeutralFile.add_clean", full)
        with pytest.raises(LedgerError) as caught:
            take_in(store, path, mapping)
        assert (caught.value.code, caught.value.permanent) == ("ledger.store.no-room", False)


def test_names_come_from_the_chart_of_accounts() -> None:
    chart = {"account": {"code": "100", "name": "KASA"}}
    voucher = {
        "voucher": "1",
        "date": "2026-01-05",
        "lines": [{"account": "100", "debit": 5}, {"account": "600", "credit": "5.00"}],
    }
    with entries() as store:
        taken(store, "\n".join(map(json.dumps, (voucher, chart))).encode())
        found = {one.code: [here.value for here in one.examples] for one in check(store, JANUARY).groups}
    assert found == {"ledger.check.main-name": ["600"], "ledger.check.account-unknown": ["600"]}


# -- many findings -----------------------------------------------------------------------------------------------------


def test_ten_thousand_findings_are_one_group_and_can_all_be_seen() -> None:
    lines = [f"{n};05.01.2026;100;Kasa;{n},50;;" for n in range(1, 5001)]
    lines += [f"{n};05.01.2026;600;Satış;;{n},49;31.02" for n in range(1, 5001)]
    with entries() as store:
        taken(store, journal(*lines))
        groups = {one.code: one for one in check(store, JANUARY).groups}
        unbalanced = groups["ledger.check.unbalanced"]
        assert (set(groups), unbalanced.count, len(unbalanced.examples)) == ({"ledger.check.unbalanced"}, 5000, 20)
        first = unbalanced.examples[0]
        assert (first.row, first.voucher, first.value) == (2, "1", "B 1,50 – A 1,49")
        seen = examples(store, unbalanced.code, limit=4000)
        seen += examples(store, unbalanced.code, after=seen[-1].place, limit=4000)
        assert [one.row for one in seen] == list(range(2, 5002))
        assert sum(1 for _ in all_findings(store)) == 5000
        assert save_findings(store, store.directory / "findings.parquet") == 5000


def test_findings_name_the_row_and_the_column_of_the_source() -> None:
    with entries() as store:
        taken(store, journal("1;05.01.2026;100;Kasa;1,50;;", "1;31.02.2026;600;Satış;;x;"), name="ocak.csv")
        found = {one.code: one.examples[0] for one in check(store, JANUARY).groups}
    day, amount = found["ledger.cell.date-impossible"], found["ledger.cell.amount"]
    assert (day.source, day.row, day.column, day.value) == ("ocak.csv", 3, "Fiş Tarihi", "31.02.2026")
    assert (amount.row, amount.column, amount.value) == (3, "Alacak", "x")


def test_numbers_go_on_over_parts_and_months() -> None:
    lines = [
        f"{n};0{n}.01.2026;{a};Ad;{b};{c};;{41 + n}" for n in (1, 2) for a, b, c in ((100, "1,5", ""), (600, "", "1,5"))
    ]
    with entries() as store:
        taken(store, journal(*lines, headings=(*HEADINGS, "Yevmiye No")))
        assert check(store, JANUARY._replace(first_entry=42)).errors == 0
        assert [one.code for one in check(store, JANUARY).groups] == ["ledger.check.entry-first"]


def test_a_rest_of_a_month_may_be_empty_but_a_month_may_not() -> None:
    with entries() as store:
        assert [one.code for one in check(store, JANUARY).groups] == ["ledger.check.empty"]
        assert check(store, JANUARY._replace(closed_until=JANUARY.month.first + timedelta(9))).groups == ()


# -- words -------------------------------------------------------------------------------------------------------------

PAGE: Final = (Path(__file__).parents[1] / "docs" / "ledger-input.md").read_text("utf-8")


def test_everything_is_said_in_both_languages_and_on_the_page() -> None:
    for code, said in SAID.items():
        assert all((*said.text, *said.repair))
        assert f"| `{code}` | {said.level} | {said.text.en} | {said.repair.en} | {said.source or '–'} |" in PAGE
    for code, one in {**FILES, **SHEETS}.items():
        assert f"| `{code}` | {one.text.en} | {one.repair.en} |" in PAGE
    assert set(SAID) == set(CELLS) | set(RULES)


def test_every_field_and_mapping_is_on_the_page() -> None:
    assert all(f"| `{one.name}` |" in PAGE for fields in FIELDS.values() for one in fields)
    assert all(f"| `{name}` |" in PAGE for name in MAPPINGS)
    assert FileForm() == MAPPINGS["ulak"].file
