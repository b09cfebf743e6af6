"""`ulak build`: JSON in, UBL out; what is wrong is said with the field of the JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cli_support import DAY, EXAMPLES, called, put, ulak

ORDINARY = EXAMPLES / "invoice" / "temelfatura-satis.json"


def changed(**members: Any) -> bytes:
    """An ordinary invoice with some members set, or left out where they are None."""
    data = {**json.loads(ORDINARY.read_bytes()), **members}
    return json.dumps({name: value for name, value in data.items() if value is not None}).encode()


def test_the_document_goes_to_standard_output_and_the_verdict_to_standard_error() -> None:
    ran = ulak("build", ORDINARY, "--as-of", DAY)
    assert ran.code == 0
    assert ran.out.startswith("<?xml")
    assert "geçerli" in ran.err


def test_the_output_file_is_what_standard_output_would_be(tmp_path: Path) -> None:
    printed = ulak("build", "-", "--as-of", DAY, stdin=ORDINARY.read_bytes())
    written = ulak("build", ORDINARY, "-o", tmp_path / "a.xml", "--as-of", DAY)
    assert (written.code, written.out) == (0, "")
    assert (tmp_path / "a.xml").read_text("utf-8") == printed.out


def test_what_was_built_is_valid_when_it_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    called(capsys, "build", ORDINARY, "-o", tmp_path / "a.xml", "--no-check")
    assert called(capsys, "check", tmp_path / "a.xml", "--as-of", DAY).code == 0


def test_findings_name_the_field_of_the_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = put(tmp_path, "a.json", changed(number="ard-1"))
    ran = called(capsys, "build", wrong, "-o", tmp_path / "a.xml", "--as-of", DAY, "--format", "json")
    (report,) = json.loads(ran.err)
    assert (ran.code, report["file"], report["verdict"]) == (1, str(wrong), "invalid")
    assert {finding["field"] for finding in report["findings"]} == {"/number"}
    assert b"ard-1" in (tmp_path / "a.xml").read_bytes()


def test_the_field_stands_in_the_text_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = put(tmp_path, "a.json", changed(number="ard-1"))
    assert re.search(r"Alan +/number", called(capsys, "build", wrong, "--as-of", DAY).err)
    assert re.search(r"Field +/number", called(capsys, "build", wrong, "--as-of", DAY, "--lang", "en").err)


@pytest.mark.parametrize(
    ("data", "finding", "field"),
    [
        (b"", "json.syntax", ""),
        (b'{"lines": [', "json.syntax", ""),
        (b"[]", "json.type", ""),
        (b"\xff{}", "json.syntax", ""),
        (changed(supplierr={}), "json.unknown-field", "/supplierr"),
        (changed(lines=[{"name": "a", "quantity": "many"}]), "json.type", "/lines/0/quantity"),
        (changed(document="letter"), "json.unknown-document", "/document"),
        (changed(number=None), "json.missing-field", "/number"),
    ],
)
def test_json_that_cannot_be_built_is_2_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, finding: str, field: str
) -> None:
    output = tmp_path / "a.xml"
    ran = called(capsys, "build", put(tmp_path, "a.json", data), "-o", output, "--format", "json")
    (report,) = json.loads(ran.err)
    found = report["findings"][0]
    assert (ran.code, ran.out, output.exists()) == (2, "", False)
    assert (report["verdict"], found["id"], found.get("field", "")) == ("could-not-judge", finding, field)


def test_what_the_json_leaves_out_comes_from_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = put(tmp_path, "a.json", changed(number=None, uuid=None, date=None, time=None))
    first = called(capsys, "build", bare, "--number", "ABC2026000000001", "--no-check").out
    second = called(capsys, "build", bare, "--number", "ABC2026000000001", "--no-check").out
    assert "<cbc:ID>ABC2026000000001</cbc:ID>" in first
    assert re.search(r"<cbc:IssueDate>\d{4}-\d\d-\d\d</cbc:IssueDate><cbc:IssueTime>\d\d:\d\d:\d\d<", first)
    ettns = [re.findall(r"<cbc:UUID>([0-9a-f-]{36})</cbc:UUID>", text)[0] for text in (first, second)]
    assert ettns[0] != ettns[1]


def test_an_output_that_cannot_be_written_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = called(capsys, "build", ORDINARY, "-o", tmp_path / "no" / "a.xml", "--lang", "en")
    assert ran.code == 2
    assert "could not be written" in ran.err


def test_json_of_a_document_builds_the_document_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    called(capsys, "build", ORDINARY, "-o", first, "--no-check")
    friendly = put(tmp_path, "a.json", called(capsys, "json", first).out.encode())
    called(capsys, "build", friendly, "-o", second, "--no-check")
    assert first.read_bytes() == second.read_bytes()
    assert json.loads(friendly.read_bytes())["document"] == "invoice"
