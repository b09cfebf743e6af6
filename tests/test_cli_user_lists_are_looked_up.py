"""``ulak userlist``: who is registered, under which aliases, on which day."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from cli_support import called, put, ulak
from ulak.userlist import ArchiveUser, archive_list
from userlist_cases import FILES, ROWS, Case
from userlist_support import AT, someone, xml, zipped

Capture = pytest.CaptureFixture[str]
ARDIC = someone()
PERSON = someone("56646224690", title="EBRU BİLGİN", account_type=None, documents=())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return put(tmp_path, "newUserPkListxml.zip", zipped(xml([ARDIC, PERSON])))


def test_a_taxpayer_is_shown_with_all_aliases(path: Path, capsys: Capture) -> None:
    ran = called(capsys, "userlist", "show", path, ARDIC.number, "--as-of", "2026-01-01")
    assert ran.code == 0
    text = " ".join(ran.out.split())
    assert "posta kutuları (PK)" in text
    assert "4812530769 ARDIÇ TİCARET A.Ş." in text
    assert "özel, özel entegratör, 2021-03-09 15:36 tarihinden beri" in text
    assert "✓ urn:mail:defaultpk@ardic.example 2021-03-11 18:25 urn:mail:eskipk" in text
    assert "urn:mail:eskipk@ardic.example 2021-03-09 15:36 2023-07-10 09:46 e-İrsaliye ✓ kullanımda" in text
    assert text.index("e-Fatura") < text.index("urn:mail:defaultpk") < text.index("e-İrsaliye")


def test_the_order_is_that_of_the_question(path: Path, capsys: Capture) -> None:
    alias = "urn:mail:irsaliyepk@ardic.example"
    ran = called(capsys, "--lang", "en", "userlist", "show", path, PERSON.number, alias)
    assert ran.code == 0
    assert ran.out.index("EBRU BİLGİN") < ran.out.index("ARDIÇ")
    assert "method not stated" in ran.out
    assert "No alias is registered." in ran.out


def test_who_is_not_in_the_list_is_said(path: Path, capsys: Capture) -> None:
    ran = called(capsys, "userlist", "show", path, "7359021640", ARDIC.number, "urn:mail:pk@nobody.example")
    assert ran.code == 1
    assert "Listede yok: 7359021640" in ran.out
    assert "Listede yok: urn:mail:pk@nobody.example" in ran.out
    assert "ARDIÇ" in ran.out


@pytest.mark.parametrize(
    ("day", "active"), [("2021-03-08", 0), ("2021-03-09", 1), ("2022-01-01", 2), ("2026-01-01", 2)]
)
def test_a_day_counts_to_its_end(day: str, active: int, path: Path, capsys: Capture) -> None:
    ran = called(capsys, "userlist", "show", path, ARDIC.number, "--as-of", day, "--format", "json")
    (found,) = ran.objects()
    states = [alias["active"] for documents in found["documents"] for alias in documents["aliases"]]
    assert sum(states) == active


def test_json_holds_everything(path: Path, capsys: Capture) -> None:
    ran = called(capsys, "userlist", "show", path, "123", ARDIC.number, "--format", "json")
    assert ran.code == 1
    missing, found = ran.objects()
    assert missing == {"asked": "123", "found": False}
    assert (found["asked"], found["found"], found["list"]) == (ARDIC.number, True, "PK")
    assert (found["type"], found["account_type"]) == ("OZEL", "OZELENTEGRASYON")
    assert found["first_created"] == "2021-03-09T15:36:56+03:00"
    assert [documents["type"] for documents in found["documents"]] == ["Invoice", "DespatchAdvice"]


def test_a_list_is_counted(path: Path, capsys: Capture) -> None:
    ran = called(capsys, "userlist", "sum", path, "--format", "json", "--as-of", "2026-01-01")
    (found,) = ran.objects()
    assert found == {
        "list": "PK",
        "users": 2,
        "numbers": {"VKN": 1, "TCKN": 1},
        "types": {"KAMU": 0, "OZEL": 2},
        "account_types": {"GIBPORTAL": 0, "ENTEGRASYON": 0, "OZELENTEGRASYON": 1, "": 1},
        "documents": {
            "Invoice": {"registered": 1, "active": 1, "other": 1},
            "DespatchAdvice": {"registered": 1, "active": 1, "other": 0},
        },
        "faults": 0,
    }
    text = called(capsys, "--lang", "en", "userlist", "sum", path)
    assert text.code == 0
    assert "Taxpayers" in text.out
    assert "e-İrsaliye" in text.out


@pytest.mark.parametrize("case", FILES[::7], ids=lambda case: case.why)
def test_nothing_is_printed_of_a_list_that_is_not_whole(case: Case, tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, "list", case.data)
    for arguments in (("show", path, ARDIC.number), ("sum", path)):
        ran = called(capsys, "userlist", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert f"[{case.code}]" in ran.err


def test_a_list_of_another_kind_is_recognised(tmp_path: Path, capsys: Capture) -> None:
    user = ArchiveUser("4812530769", "ARDIÇ TİCARET A.Ş.", AT, AT, None)
    path = put(tmp_path, "eArsivUserList.xml", b"".join(archive_list([user])))
    ran = called(capsys, "--lang", "en", "userlist", "sum", path)
    assert ran.code == 1
    assert "The e-Arşiv list and the UserTempList are read by ulak.userlist" in " ".join(ran.err.split())


def test_an_entry_that_is_not_understood_is_told_and_the_others_shown(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, "list.xml", ROWS[0].data)
    for arguments in (("show", path, ARDIC.number), ("sum", path)):
        ran = called(capsys, "--lang", "en", "userlist", *arguments)
        assert ran.code == 1
        assert "Entries not understood: 1. The first: User 2" in " ".join(ran.err.split())
        assert ran.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "missing.zip", "1"), "file.missing"),
        (("sum", "."), "file.unreadable"),
        (("sum", "missing.zip", "--format", "csv"), "cli.usage"),
        (("sum", "missing.zip", "--as-of", "yesterday"), "cli.usage"),
        (("show", "missing.zip"), "cli.usage"),
    ],
)
def test_what_cannot_be_done_is_explained(arguments: tuple[str, ...], code: str, capsys: Capture) -> None:
    ran = called(capsys, "userlist", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert f"[{code}]" in ran.err


def test_standard_input_and_pipes_are_read(path: Path, tmp_path: Path) -> None:
    ran = ulak("userlist", "sum", "-", "--format", "json", stdin=path.read_bytes())
    assert json.loads(ran.out)[0]["users"] == 2
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(path.read_bytes(),))
    writer.start()
    ran = ulak("userlist", "show", pipe, ARDIC.number)
    writer.join()
    assert ran.code == 0
    assert "ARDIÇ" in ran.out
