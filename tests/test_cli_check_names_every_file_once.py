"""`ulak check --format json` prints one array with one object a file, whatever the files are called."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from cli_support import DAY, ULAK, called, document, environment, put, ulak, wrong_document

OBJECT = ["file", "document", "profile", "type", "pack", "verdict", "findings"]
FINDING = ["id", "level", "message", "explanation", "repair", "xpath", "line", "value"]


def test_the_objects_have_the_promised_members_in_the_promised_order(tmp_path: Path) -> None:
    put(tmp_path, "a.xml", wrong_document())
    ran = ulak("check", "a.xml", "--as-of", DAY, "--format", "json", "--lang", "en", cwd=tmp_path)
    (found,) = ran.objects()
    assert list(found) == OBJECT
    assert {name: found[name] for name in OBJECT[:-1]} == {
        "file": "a.xml",
        "document": "Invoice",
        "profile": "TEMELFATURA",
        "type": "SATIS",
        "pack": "ubl-tr-2026-07-01",
        "verdict": "invalid",
    }
    (finding,) = found["findings"]
    assert list(finding) == FINDING
    assert (finding["id"], finding["level"]) == ("InvoiceIDCheck-1", "error")
    assert finding["xpath"] == "/Invoice/cbc:ID"
    assert isinstance(finding["line"], int)
    assert all(isinstance(finding[name], str) and finding[name] for name in FINDING if name != "line")


def test_the_words_follow_the_language_and_nothing_else_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["check", str(put(tmp_path, "a.xml", wrong_document())), "--as-of", DAY, "--format", "json"]
    turkish, english = (called(capsys, *line, "--lang", name).objects()[0] for name in ("tr", "en"))
    for name in ("explanation", "repair"):
        said = turkish["findings"][0].pop(name), english["findings"][0].pop(name)
        assert said[0] != said[1]
    assert turkish == english


def test_a_folder_gives_every_xml_file_below_it_in_a_fixed_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("b.xml", "a.XML", "z/c.xml", "z/y/d.xml", "m/e.xml", "notes.txt", "m/picture.xml.png"):
        put(tmp_path, name)
    (tmp_path / "loop").symlink_to(tmp_path)
    ran = called(capsys, "check", tmp_path, "--as-of", DAY, "--format", "json")
    names = [os.path.relpath(found["file"], tmp_path) for found in ran.objects()]
    assert names == ["a.XML", "b.xml", "m/e.xml", "z/c.xml", "z/y/d.xml"]


def test_files_keep_the_order_of_the_line_and_may_be_named_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.xml", "folder/b.xml", "c.xml"):
        put(tmp_path, name)
    ran = called(capsys, "check", "c.xml", "folder", "a.xml", "c.xml", "--as-of", DAY, "--format", "json")
    assert [found["file"] for found in ran.objects()] == ["c.xml", "folder/b.xml", "a.xml", "c.xml"]


def test_a_dash_is_standard_input() -> None:
    ran = ulak("check", "-", "--as-of", DAY, "--format", "json", stdin=document())
    assert (ran.code, ran.objects()[0]["file"], ran.objects()[0]["verdict"]) == (0, "-", "valid")


def test_a_pipe_with_a_name_is_read_too(tmp_path: Path) -> None:
    script = f'cat "{put(tmp_path, "a.xml")}" | "{ULAK}" check --as-of {DAY} --format json /dev/fd/0'
    ran = subprocess.run(["sh", "-c", script], capture_output=True, env=environment(), check=False)
    assert json.loads(ran.stdout)[0]["verdict"] == "valid"


@pytest.mark.parametrize(
    "name",
    [
        "boşluk ve İı.xml",
        "new\nline.xml",
        "\x1b[31mred.xml",
        b"\xff\xfe.xml",
        "[bold]x[/bold].xml",
        "-dash.xml",
        "ƒ🧾.xml",
    ],
)
@pytest.mark.parametrize("form", ["json", "text"])
def test_odd_names_are_judged_and_shown_safely(tmp_path: Path, name: str | bytes, form: str) -> None:
    put(tmp_path, name)
    ran = ulak("check", "--as-of", DAY, "--format", form, "--", name, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "\x1b" not in ran.out
    if form == "json":
        assert ran.objects()[0]["file"] == os.fsencode(name).decode("utf-8", "replace")
    else:
        assert len(ran.out.splitlines()) == 1


def test_a_link_that_leads_nowhere_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xml").symlink_to(tmp_path / "gone.xml")
    ran = called(capsys, "check", tmp_path, "--format", "json")
    assert ran.objects()[0]["findings"][0]["id"] == "file.missing"


def test_a_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.xml")
    put(tmp_path, "a.xml")
    assert len(ulak("check", tmp_path, "--as-of", DAY, "--format", "json").objects()) == 1


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    with open(path, "wb") as file:
        file.write(b"<a>")
        file.truncate(20 << 30)
    ran = ulak("check", path, "--format", "json")
    assert (ran.code, ran.objects()[0]["findings"][0]["id"]) == (2, "xml.too-large")


def test_the_day_the_system_and_the_pack_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path, "a.xml")

    def ids(*options: str) -> set[str]:
        ran = called(capsys, "check", path, "--format", "json", *options)
        return {finding["id"] for finding in ran.objects()[0]["findings"]}

    assert ids("--as-of", DAY) == set()
    assert ids("--as-of", "2026-10-01") != set()
    assert "rules.pack-too-new" in ids("--as-of", "2020-01-01")
    assert ids("--as-of", DAY, "--type", "earchive") != set()
    assert ids("--as-of", DAY, "--pack", "ubl-tr-2026-07-01") == set()


def test_advice_can_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    advised = document().replace(b"<cbc:LineCountNumeric>", b"<cbc:LineCountNumeric>9", 1)
    line = ["check", str(put(tmp_path, "a.xml", advised)), "--as-of", DAY, "--format", "json"]
    assert called(capsys, *line).objects()[0]["findings"]
    assert not called(capsys, *line, "--no-advice").objects()[0]["findings"]


def test_a_fault_of_ours_is_a_third_verdict_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(data: bytes, **options: object) -> None:
        raise ZeroDivisionError("engine")

    monkeypatch.setattr("ulak.cli.judging.check", broken)
    ran = called(capsys, "check", put(tmp_path, "a.xml"), put(tmp_path, "b.xml"), "--format", "json")
    assert ran.code == 1
    assert [(found["verdict"], found["findings"][0]["id"]) for found in ran.objects()] == [
        ("could-not-judge", "check.failed")
    ] * 2
