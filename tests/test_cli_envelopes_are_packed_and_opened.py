"""``ulak envelope``: documents go in and come out byte for byte, and a person learns what a receiver would answer."""

from __future__ import annotations

import re
import uuid
import zipfile
from pathlib import Path

import pytest

from cli_support import DAY, called, document, put, ulak, wrong_document
from envelope_cases import CASES, Case
from envelopes import ID, NOW, header, invoice, made, xml
from seal_documents import account
from ulak.envelope import ElementType, Envelope, Group, pack, system_response

ADDRESSES = (
    *("--from", "urn:mail:defaultgb@ardic.example:4812530769:Ardıç: Ticaret"),
    *("--to", "urn:mail:defaultpk@meltem.example:7359021640"),
)
USER = ("--from", "usergb:7750409379", "--to", "GIB:3900383669")
Capture = pytest.CaptureFixture[str]


def numbered(count: int) -> list[bytes]:
    """Valid invoices with ETTNs of their own, without an XML declaration."""
    (known,) = re.findall(rb"<cbc:UUID>([^<]+)<", document())[:1]
    bare = document().partition(b"?>")[2].strip()
    return [bare.replace(known, str(uuid.uuid5(uuid.NAMESPACE_OID, str(n))).encode()) for n in range(count)]


def parties(invoice: bytes) -> tuple[str, ...]:
    """The addresses that fit an invoice: GİB compares them."""
    numbers = re.findall(rb'schemeID="(?:VKN|TCKN)">(\d+)<', invoice)
    return ("--from", f"urn:mail:gb@a.example:{numbers[0].decode()}", "--to", f"urn:mail:pk@b.example:{_last(invoice)}")


def _last(invoice: bytes) -> str:
    customer = invoice[invoice.index(b"<cac:AccountingCustomerParty>") :]
    found = re.search(rb'schemeID="(?:VKN|TCKN)">(\d+)<', customer)
    assert found is not None
    return found[1].decode()


def test_documents_come_out_as_they_went_in(tmp_path: Path, capsys: Capture) -> None:
    documents = numbered(5)
    for at, data in enumerate(documents):
        put(tmp_path, f"in/{at}.xml", b'<?xml version="1.0" encoding="UTF-8"?>\n' + data)
    packed = called(capsys, "envelope", "pack", tmp_path / "in", *ADDRESSES, "--most", "2", "-o", tmp_path / "out")
    assert packed.code == 0
    zips = sorted((tmp_path / "out").iterdir())
    assert sorted(line.split()[0] for line in packed.out.splitlines()) == [str(path) for path in zips]
    assert len(zips) == 3
    for path in zips:
        assert called(capsys, "envelope", "open", path, "-o", tmp_path / "docs").code == 0
    assert sorted(path.read_bytes() for path in (tmp_path / "docs").iterdir()) == sorted(documents)


def test_each_type_gets_an_envelope_of_its_own(tmp_path: Path, capsys: Capture) -> None:
    put(tmp_path, "a.xml")
    put(tmp_path, "b.xml", document("despatch_advice/temelirsaliye-sevk"))
    put(tmp_path, "c.xml", document("application_response/ticarifatura-red"))
    packed = called(capsys, "envelope", "pack", tmp_path, *ADDRESSES, "-o", tmp_path)
    types = [line.split()[1:4:2] for line in packed.out.splitlines()]
    assert types == [
        ["SENDERENVELOPE", "INVOICE"],
        ["SENDERENVELOPE", "DESPATCHADVICE"],
        ["POSTBOXENVELOPE", "APPLICATIONRESPONSE"],
    ]


def test_a_system_envelope_and_a_user_envelope_are_packed(tmp_path: Path, capsys: Capture) -> None:
    answer = system_response(header(), "1200", now=NOW, new_id=lambda: str(uuid.uuid4()))
    system = called(capsys, "envelope", "pack", put(tmp_path, "c.xml", answer), *ADDRESSES, "-o", tmp_path)
    assert "SYSTEMENVELOPE" in system.out
    opened = put(tmp_path, "d.xml", account("ProcessUserAccount"))
    user = called(capsys, "envelope", "pack", opened, *USER, "-o", tmp_path)
    assert "USERENVELOPE" in user.out
    path = user.out.split()[0]
    assert called(capsys, "envelope", "open", path, "-o", tmp_path / "docs").code == 0
    assert [found.name for found in (tmp_path / "docs").iterdir()] == ["1-1.xml"]


@pytest.mark.parametrize(("type", "code"), [("SYSTEMENVELOPE", "RED"), ("POSTBOXENVELOPE", "S_APR")])
def test_an_answer_of_the_wrong_sort_is_not_packed(type: str, code: str, tmp_path: Path, capsys: Capture) -> None:
    red = document("application_response/ticarifatura-red")
    system = system_response(header(), "1200", now=NOW, new_id=lambda: str(uuid.uuid4()))
    path = put(tmp_path, "a.xml", red if code == "RED" else system)
    refused = called(capsys, "envelope", "pack", path, *ADDRESSES, "--type", type, "-o", tmp_path / "out")
    assert refused.code == 2
    assert "S_APR" in refused.err
    assert not (tmp_path / "out").exists()


def test_seals_of_the_same_id_are_not_packed_together(tmp_path: Path, capsys: Capture) -> None:
    sealed = b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="Signature_1"/></Invoice>'
    for number in (1, 2):
        put(tmp_path, f"{number}.xml", invoice(number).replace(b"</Invoice>", sealed))
    refused = called(capsys, "envelope", "pack", tmp_path, *ADDRESSES, "-o", tmp_path / "out")
    assert (refused.code, "Signature_1" in refused.err, (tmp_path / "out").exists()) == (2, True, False)
    apart = called(capsys, "envelope", "pack", tmp_path, *ADDRESSES, "--most", "1", "-o", tmp_path / "out")
    assert len(apart.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--from", "me", "--to", "urn:mail:pk:7359021640"), "cli.usage"),
        (("--from", "urn:mail:gb:4812530769", "--to", "urn:mail:pk:73"), "cli.usage"),
        ((*ADDRESSES, "--type", "LETTER"), "cli.usage"),
        ((*ADDRESSES, "--most", "0"), "cli.usage"),
        ((*ADDRESSES, "--most", "many"), "cli.usage"),
        (ADDRESSES[:2], "cli.usage"),
        ((*ADDRESSES, "--type", "POSTBOXENVELOPE"), "envelope.not-carried"),
        ((*ADDRESSES, "--type", "USERENVELOPE"), "envelope.not-carried"),
    ],
)
def test_a_wish_that_cannot_be_met_writes_nothing(
    arguments: tuple[str, ...], code: str, tmp_path: Path, capsys: Capture
) -> None:
    file = put(tmp_path, "a.xml")
    ran = called(capsys, "envelope", "pack", file, *arguments, "-o", tmp_path / "out")
    assert ran.code == 2
    assert f"[{code}]" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<Order/>", "envelope.document-malformed"),
        (b"not xml", "envelope.document-malformed"),
        (b"<?a?><Invoice/>", "envelope.document-instruction"),
    ],
)
def test_what_cannot_travel_is_refused_before_anything_is_written(
    data: bytes, code: str, tmp_path: Path, capsys: Capture
) -> None:
    put(tmp_path, "in/a.xml")
    put(tmp_path, "in/b.xml", data)
    ran = called(capsys, "--lang", "en", "envelope", "pack", tmp_path / "in", *ADDRESSES, "-o", tmp_path / "out")
    assert ran.code == 2
    assert f"[{code}]" in ran.err
    assert "b.xml" in ran.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: Capture) -> None:
    file = put(tmp_path, "a.xml")
    for arguments in (("pack", file, *ADDRESSES), ("open", put(tmp_path, f"{ID}.zip", made()))):
        ran = called(capsys, "envelope", *arguments, "-o", file / "below")
        assert ran.code == 2
        assert "[file.unwritable]" in ran.err


def test_nothing_is_written_of_an_envelope_that_cannot_be_read_to_its_end(tmp_path: Path, capsys: Capture) -> None:
    for data in (made(crc=1), made(xml()[:-20])):
        ran = called(capsys, "envelope", "open", put(tmp_path, f"{ID}.zip", data), "-o", tmp_path / "docs")
        assert ran.code == 2
        assert f"{ID[-12:]}.zip" in ran.err
        assert not (tmp_path / "docs").exists()


def test_an_envelope_that_would_be_refused_is_opened_and_its_faults_told(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, "other.zip", made(xml().replace(b"TypeVersion>1.2", b"TypeVersion>1.0")))
    ran = called(capsys, "--lang", "en", "envelope", "open", path, "-o", tmp_path / "docs")
    assert ran.code == 1
    assert [found.read_bytes() for found in (tmp_path / "docs").iterdir()] == [invoice()]
    assert re.findall(r"(envelope\.\S+)  status (\d+)", ran.out) == [
        ("envelope.zip-name", "1142"),
        ("envelope.version", "1143"),
    ]


@pytest.mark.parametrize("ettn", ["../../evil", "/tmp/evil", "a" * 300, "", "..\\evil", "CON"])
def test_an_ettn_is_never_a_path(ettn: str, tmp_path: Path, capsys: Capture) -> None:
    bad = document().partition(b"?>")[2].strip()
    bad = re.sub(rb"<cbc:UUID>[^<]*<", b"<cbc:UUID>" + ettn.encode().replace(b"\\", rb"\\") + b"<", bad, count=1)
    path = put(tmp_path, f"{ID}.zip", pack(Envelope(header(), (Group(ElementType.INVOICE, [bad, bad]),))).data)
    before = set(tmp_path.rglob("*"))
    assert called(capsys, "envelope", "open", path, "-o", tmp_path / "docs").code == 0
    new = set(tmp_path.rglob("*")) - before
    assert new == {tmp_path / "docs", tmp_path / "docs" / "1-1.xml", tmp_path / "docs" / "1-2.xml"}


def test_the_same_ettn_twice_overwrites_nothing(tmp_path: Path, capsys: Capture) -> None:
    one = numbered(1)[0]
    documents = [one, one.replace(b"<cbc:UUID>", b"<cbc:UUID><!-- -->"), one]
    path = put(tmp_path, f"{ID}.zip", pack(Envelope(header(), (Group(ElementType.INVOICE, documents),))).data)
    called(capsys, "envelope", "open", path, "-o", tmp_path / "docs")
    assert len(list((tmp_path / "docs").iterdir())) == 3


def test_check_says_what_a_receiver_would_answer(tmp_path: Path, capsys: Capture) -> None:
    for data, status, code in ((document(), "1200", 0), (wrong_document(), "1150", 1), (off_schema(), "1160", 1)):
        file = put(tmp_path, "a.xml", data)
        packed = called(capsys, "envelope", "pack", file, *parties(document()), "-o", tmp_path)
        path = packed.out.split()[0]
        ran = called(capsys, "envelope", "check", path, "--format", "json", "--as-of", DAY)
        (found,) = ran.objects()
        assert (found["status"], ran.code) == (status, code), found["report"]["findings"]
        assert (found["documents"], found["faults"]) == (1, [])
        text = called(capsys, "--lang", "en", "envelope", "check", path, "--as-of", DAY)
        assert f"A receiver would answer {status} " in " ".join(text.out.split())


def off_schema() -> bytes:
    return document().replace(b"<cbc:CopyIndicator>", b"<cbc:Unheard/><cbc:CopyIndicator>", 1)


@pytest.mark.parametrize("case", [case for case in CASES if case.why != "bomb"][::7], ids=lambda case: case.why)
def test_check_answers_a_bad_envelope_with_its_status(case: Case, tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, case.name, case.data)
    ran = called(capsys, "envelope", "check", path, "--format", "json")
    (found,) = ran.objects()
    assert ran.code == 1
    assert found["status"] == case.status
    assert found["faults"][0]["code"] == case.code
    text = called(capsys, "envelope", "check", path)
    assert case.code in text.out
    assert f"Alıcının yanıtı: {case.status}" in " ".join(text.out.split())


def test_an_envelope_without_a_zip_is_named_xml(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, "answer.xml", xml())
    assert called(capsys, "envelope", "open", path, "-o", tmp_path / "docs").code == 0
    ran = called(capsys, "envelope", "check", path, "--format", "json")
    assert ran.objects()[0]["faults"] == []


def test_a_missing_file_does_not_keep_the_others_from_being_judged(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, f"{ID}.zip", made())
    ran = called(capsys, "envelope", "check", tmp_path / "none.zip", path, "--format", "json")
    assert ran.code == 2
    missing, judged = ran.objects()
    assert missing["error"]["code"] == "file.missing"
    assert judged["id"] == ID
    text = called(capsys, "envelope", "check", tmp_path / "none.zip", path)
    assert text.code == 2
    assert "none.zip" in text.out
    assert "[" not in text.err


def test_standard_input_is_read(tmp_path: Path) -> None:
    ran = ulak("envelope", "open", "-", "-o", tmp_path / "docs", stdin=made())
    assert ran.code == 0
    assert [found.name for found in (tmp_path / "docs").iterdir()] == ["1-1.xml"]


def test_the_time_in_the_zip_is_istanbuls(tmp_path: Path, capsys: Capture) -> None:
    packed = called(capsys, "envelope", "pack", put(tmp_path, "a.xml"), *ADDRESSES, "-o", tmp_path)
    with zipfile.ZipFile(packed.out.split()[0]) as archive:
        (entry,) = archive.infolist()
        stated = re.search(rb"CreationDateAndTime>([^<]+)<", archive.read(entry))
    assert stated is not None
    assert stated[1].decode()[:16] == "{:04}-{:02}-{:02}T{:02}:{:02}".format(*entry.date_time)
