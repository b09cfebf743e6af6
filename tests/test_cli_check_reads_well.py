"""The text of `ulak check`: every finding explained once, within the width, with colours on terminals alone."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cli_support import DAY, ULAK, called, document, environment, put, wrong_document
from ulak.cli.page import Cell, Column, Page, clean, wrap
from ulak.cli.report import report_page
from ulak.errors import Text
from ulak.rules import Finding, Level, Report, Verdict

SAME = Text("Aynı", "Same")


def page_of(report: Report, width: int = 80) -> str:
    page = Page(width)
    report_page(page, report, "en")
    return str(page)


def finding(
    line: int, *, id: str = "SomeCheck-1", level: Level = Level.ERROR, value: str = "X", message: Text = SAME
) -> Finding:
    return Finding(id, level, message, Text("Çünkü", "Because"), Text("Düzelt", "Mend"), f"/a/b[{line}]", line, value)


def test_a_finding_is_explained_with_its_repair_and_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path, "a.xml", wrong_document())
    said = called(capsys, "check", path, "--as-of", DAY).out
    for word in ("geçersiz", "1 hata", "InvoiceIDCheck-1", "Neden", "Çözüm", "satır", "/Invoice/cbc:ID"):
        assert word in said
    said = called(capsys, "check", path, "--as-of", DAY, "--lang", "en").out
    for word in ("invalid", "1 error", "InvoiceIDCheck-1", "Why", "Repair", "line", "/Invoice/cbc:ID"):
        assert word in said


def test_a_valid_document_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "a.xml")
    said = called(capsys, "check", "a.xml", "--as-of", DAY).out
    assert said == "✓ a.xml  Invoice · TEMELFATURA · SATIS  geçerli\n"


def test_the_same_finding_in_many_places_is_explained_once() -> None:
    report = Report(Verdict.INVALID, tuple(finding(line) for line in range(1, 31)), file="a.xml")
    said = page_of(report)
    assert said.count("Because") == said.count("“X”") == 1
    assert "×30" in said
    assert "line 8" in said
    assert "line 9" not in said
    assert "22 more places" in said


def test_errors_and_doubts_come_before_warnings() -> None:
    levels = (Level.WARNING, Level.ERROR, Level.ENGINE)
    findings = tuple(finding(1, id=f"{level}-1", level=level) for level in levels)
    said = page_of(Report(Verdict.COULD_NOT_JUDGE, findings))
    assert said.index("engine-1") < said.index("error-1") < said.index("warning-1")
    assert "1 unclear, 1 error, 1 warning" in said


def test_several_files_are_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, "a.xml")
    put(tmp_path, "b.xml", wrong_document())
    put(tmp_path, "c.xml", b"<unknown/>")
    said = called(capsys, "check", tmp_path, "--as-of", DAY, "--lang", "en").out
    assert "3 files:  ✓ 1 valid  ✗ 1 invalid  ? 1 could not be judged" in said
    assert re.search(r"most often: .*InvoiceIDCheck-1 \(1\)", said)


@pytest.mark.parametrize("width", [24, 40, 80, 110, 160, 400])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    long = Text("Uzun " * 60, "Long " * 60)
    report = Report(
        Verdict.INVALID,
        (finding(1, message=long), finding(2, value="W" * 200), finding(3, id="Very" * 20)),
        "Invoice",
        "TEMELFATURA",
        "SATIS",
        "ubl-tr-2026-07-01",
        "a/long/path/" * 20,
    )
    lines = page_of(report, width).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_what_a_document_holds_cannot_steer_the_terminal() -> None:
    evil = "\x1b]0;title\x07\x9b31m\u202eabc\u2066"
    said = page_of(Report(Verdict.INVALID, (finding(1, value=evil, message=Text(evil, evil)),), evil, evil, file=evil))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)


def on_terminal(*arguments: str | Path, columns: int = 80, **env: str) -> str:
    """What the command writes to a terminal, standard output and standard error alike."""
    master, slave = pty.openpty()
    variables = {**environment({"COLUMNS": str(columns), "TERM": "xterm-256color"}), **env}
    process = subprocess.Popen([ULAK, *arguments], stdout=slave, stderr=slave, env=variables)
    os.close(slave)
    said = b""
    while select.select([master], [], [], 60)[0]:
        try:
            said += os.read(master, 65536)
        except OSError:
            break
    os.close(master)
    process.wait(60)
    return said.decode()


def test_colours_are_for_terminals_that_want_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["check", str(put(tmp_path, "a.xml", wrong_document())), "--as-of", DAY]
    assert "\x1b[1;31m✗" in on_terminal(*line)
    plain = called(capsys, *line).out
    assert "\x1b" not in plain
    assert on_terminal(*line, NO_COLOR="1").replace("\r\n", "\n") == plain
    assert on_terminal(*line, TERM="dumb").replace("\r\n", "\n") == plain


def test_a_watched_run_over_many_files_shows_how_far_it_is(tmp_path: Path) -> None:
    for number in range(40):
        put(tmp_path, f"{number}.xml")
    said = on_terminal("check", tmp_path, "--as-of", DAY, "--lang", "en")
    assert "40/40  with findings 0" in said
    # What is left on the terminal is the report alone.
    shown = re.sub(r"[^\n]*\r\x1b\[2K", "", said.replace("\r\n", "\n"))
    assert len([line for line in shown.splitlines() if line.endswith("valid\x1b[0m")]) >= 40


def test_nothing_but_the_report_is_written_when_nobody_watches(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(40):
        put(tmp_path, f"{number}.xml")
    assert called(capsys, "check", tmp_path, "--as-of", DAY).err == ""


@given(st.text(), st.integers(1, 60))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    plain = clean(text)
    lines = wrap(plain, width)
    assert "".join("".join(lines).split()) == "".join(plain.split())
    assert all(cell_len(line) <= max(width, 2) for line in lines)


@given(st.text())
def test_clean_text_is_one_line_that_can_be_written(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert len(cleaned.splitlines()) <= 1
    assert clean(cleaned) == cleaned


@given(
    st.lists(st.lists(st.text("abc /-", max_size=30), min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(24, 120),
)
def test_tables_fit_or_are_stacked(rows: list[list[str]], width: int) -> None:
    page = Page(width)
    page.table([Column("One"), Column("Two", flexible=True), Column("Three", right=True)], rows)
    assert all(cell_len(line) <= width for line in str(page).splitlines())
    shown = "".join(str(page).split())
    assert all(letter in shown for row in rows for cell in row for letter in "".join(cell.split()))


def test_cells_that_do_not_fit_on_a_line_go_to_the_next() -> None:
    page = Page(30)
    page.line(Cell("a" * 20, "bold"), Cell("b" * 20), Cell("c"))
    assert str(page) == f"{'a' * 20}\n  {'b' * 20}  c\n"


def test_the_document_is_not_needed_to_be_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = document().replace(b"TEMELFATURA", "\u202eTEMEL".encode(), 1)
    said = called(capsys, "check", put(tmp_path, "a.xml", broken), "--as-of", DAY).out
    assert "\u202e" not in said
