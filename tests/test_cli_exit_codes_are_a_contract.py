"""0 all valid, 1 findings, 2 unreadable or wrongly called; of several files the worst (docs/cli.md)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from cli_support import DAY, ULAK, called, document, environment, put, ulak, wrong_document


def test_a_valid_document_is_0(tmp_path: Path) -> None:
    ran = ulak("check", "--as-of", DAY, put(tmp_path, "a.xml"))
    assert (ran.code, ran.err) == (0, "")


def test_warnings_alone_are_0(tmp_path: Path) -> None:
    advised = document().replace(b"<cbc:LineCountNumeric>", b"<cbc:LineCountNumeric>9", 1)
    ran = ulak("check", "--as-of", DAY, put(tmp_path, "a.xml", advised), "--format", "json")
    (found,) = ran.objects()
    assert {finding["level"] for finding in found["findings"]} == {"warning"}
    assert (ran.code, found["verdict"]) == (0, "valid")


def test_a_broken_rule_is_1(tmp_path: Path) -> None:
    assert ulak("check", "--as-of", DAY, put(tmp_path, "a.xml", wrong_document())).code == 1


def test_a_document_without_rules_could_not_be_judged_and_is_1(tmp_path: Path) -> None:
    ran = ulak("check", put(tmp_path, "a.xml", b"<something/>"), "--format", "json")
    assert (ran.code, ran.objects()[0]["verdict"]) == (1, "could-not-judge")


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"", "xml.empty"),
        (b"hello", "xml.not-xml"),
        (b"PK\x03\x04rest of a zip", "xml.not-xml"),
        (b"%PDF-1.7", "xml.not-xml"),
        (b"<Invoice><a>", "xml.truncated"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml.dtd"),
    ],
)
def test_what_is_not_xml_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, finding: str) -> None:
    ran = called(capsys, "check", put(tmp_path, "a.xml", data), "--format", "json")
    assert (ran.code, ran.objects()[0]["findings"][0]["id"]) == (2, finding)


def test_a_missing_file_is_2_and_has_its_place_in_the_array(tmp_path: Path) -> None:
    put(tmp_path, "b.xml")
    ran = ulak("check", "a.xml", "b.xml", "--as-of", DAY, "--format", "json", cwd=tmp_path)
    assert ran.code == 2
    assert [(found["file"], found["verdict"]) for found in ran.objects()] == [
        ("a.xml", "could-not-judge"),
        ("b.xml", "valid"),
    ]
    assert ran.objects()[0]["findings"][0]["id"] == "file.missing"


def test_of_several_files_the_worst_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, wrong, unreadable = put(tmp_path, "a.xml"), put(tmp_path, "b.xml", wrong_document()), tmp_path / "c.xml"
    assert called(capsys, "check", "--as-of", DAY, good, wrong, good).code == 1
    assert called(capsys, "check", "--as-of", DAY, unreadable, wrong, good).code == 2


def test_a_folder_without_documents_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, "readme.txt", b"nothing")
    ran = called(capsys, "check", tmp_path, "--format", "json")
    assert (ran.code, ran.objects()[0]["findings"][0]["id"]) == (2, "file.no-documents")


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_that_may_not_be_read_is_2(tmp_path: Path) -> None:
    path = put(tmp_path, "a.xml")
    path.chmod(0)
    if os.access(path, os.R_OK):
        # The superuser may read everything but the memory of a process that is not being traced.
        path = Path("/proc/self/mem")
    ran = ulak("check", path, "--format", "json")
    assert (ran.code, ran.objects()[0]["findings"][0]["id"]) == (2, "file.unreadable")


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["chek", "a.xml"],
        ["check"],
        ["check", "a.xml", "--as-of", "yesterday"],
        ["check", "a.xml", "--as-of", "2026-02-30"],
        ["check", "a.xml", "--type", "fatura"],
        ["check", "a.xml", "--format", "xml"],
        ["check", "a.xml", "--pack", "nothing-like-it"],
        ["check", "a.xml", "--colour"],
        ["check", "a.xml", "--as-of"],
        ["check", "a.xml", "--no-advice=1"],
        ["show"],
        ["show", "a.xml", "b.xml"],
        ["show", "a.xml"],
        ["json", "a.xml"],
        ["build", "a.json"],
        ["explain", "NoSuchRule"],
        ["codes", "no_such_list"],
        ["packs"],
        ["packs", "show", "nothing-like-it"],
        ["packs", "add", "nothing-like-it"],
        ["--lang", "fr", "packs", "list"],
        ["--lang"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_wrong_command_line_is_2_and_says_why_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: list[str], language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ULAK_LANG", language)
    monkeypatch.setenv("ULAK_HOME", str(tmp_path))
    ran = called(capsys, *line)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
    assert "Traceback" not in ran.err


def test_wrong_options_are_noticed_before_anything_is_judged(tmp_path: Path) -> None:
    ran = ulak("check", put(tmp_path, "a.xml"), "--pack", "nothing-like-it", "--format", "json")
    assert ran.out == ""
    assert "nothing-like-it" in ran.err


def test_a_reader_that_goes_away_ends_the_command_in_silence(tmp_path: Path) -> None:
    for number in range(30):
        put(tmp_path, f"{number}.xml", wrong_document().replace(b"</Invoice>", b"<x/>" * 50 + b"</Invoice>"))
    process = subprocess.Popen(
        [ULAK, "check", "--as-of", DAY, "--format", "json", tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait(60) == 141
    process.stderr.close()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_closed_streams_are_as_good_as_empty_ones(tmp_path: Path, closed: str) -> None:
    path = put(tmp_path, "a.xml")
    script = f'"{ULAK}" check --as-of {DAY} "{path}" {closed}'
    ran = subprocess.run(["sh", "-c", script], capture_output=True, env=environment(), check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
