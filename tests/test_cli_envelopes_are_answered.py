"""``ulak envelope answer`` and ``account``: what goes back to a sender, and what an integrator asks of GİB, by hand."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from cli_support import DAY, called, document, put, ulak, wrong_document
from envelopes import ID, NOW, header, made, xml
from ulak.envelope import (
    GIB,
    Action,
    ElementType,
    Envelope,
    EnvelopeType,
    Group,
    Kind,
    SystemResponse,
    account_faults,
    open_envelope,
    opening,
    pack,
    read_account,
    read_response,
    respond,
    services,
)
from ulak.envelope.accounts import options
from ulak.rules import check

Capture = pytest.CaptureFixture[str]
FROM, TO = "urn:mail:pk@meltem.example:7359021640", "urn:mail:gb@ardic.example:4812530769:Ardıç: Ticaret"


def received(folder: Path, data: bytes | None = None, name: str = f"{ID}.zip") -> Path:
    """An envelope with one document, that of the examples if none is given."""
    parties = header(sender=header().sender._replace(number=_seller()))
    packed = pack(Envelope(parties, (Group(ElementType.INVOICE, [data or document()]),)))
    return put(folder, name, packed.data)


def _seller() -> str:
    supplier = document().partition(b"<cac:AccountingSupplierParty>")[2]
    return supplier.partition(b'schemeID="VKN">')[2][:10].decode()


def answered(capsys: Capture, *arguments: str | Path) -> SystemResponse:
    """What the one answer says that is written into a folder of its own."""
    folder = Path(str(arguments[0])).parent / "answers"
    ran = called(capsys, "envelope", "answer", *arguments, "-o", folder)
    assert (ran.code, ran.err) == (0, "")
    (path,) = folder.iterdir()
    assert path.name in ran.out
    assert open_envelope(path.read_bytes(), name=path.name).header.type is EnvelopeType.SYSTEM
    return read_response(path.read_bytes())


def test_what_is_found_is_what_is_answered(tmp_path: Path, capsys: Capture) -> None:
    path = received(tmp_path, wrong_document())
    said = answered(capsys, path, "--as-of", DAY)
    assert (said.status, said.about) == ("1150", ID)
    assert said.notes[0].startswith("InvoiceIDCheck-1, ")
    assert (said.sender.alias, said.receiver.alias) == (header().receiver.alias, header().sender.alias)


def test_reasons_are_turkish_whatever_the_language_of_the_command(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, "other.zip", made(xml()))
    said = answered(capsys, path, "--lang", "en")
    assert said.status == "1142"
    assert "ZIP'in adı “other.zip”" in said.notes[0]


def test_a_given_status_is_not_questioned(tmp_path: Path, capsys: Capture) -> None:
    said = answered(capsys, received(tmp_path, wrong_document()), "--status", "1200", "--from-gib")
    assert (said.status, said.notes, said.sender) == ("1200", (), GIB)


def test_an_unreadable_envelope_is_answered_if_somebody_knows_the_way(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, f"{ID}.zip", b"PK no zip")
    refused = called(capsys, "envelope", "answer", path, "-o", tmp_path / "answers")
    assert (refused.code, "envelope.unanswerable" in refused.err) == (2, True)
    said = answered(capsys, path, "--from", FROM, "--to", TO)
    assert (said.status, said.is_about(ID), said.receiver.title) == ("1110", True, "Ardıç: Ticaret")


def test_the_header_of_an_envelope_that_breaks_off_is_enough(tmp_path: Path, capsys: Capture) -> None:
    whole = xml()
    path = put(tmp_path, "broken.xml", whole[: whole.index(b"</Invoice>")])
    said = answered(capsys, path)
    assert (said.status, said.about) == ("1140", ID)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--status", "1300"), "envelope.status-not-sent"),
        (("--status", "12"), "envelope.unknown-status"),
        (("--from-gib", "--from", FROM), "cli.usage"),
        (("--from", "me"), "cli.usage"),
        (("--to", "you"), "cli.usage"),
        (("--as-of", "soon"), "cli.usage"),
    ],
)
def test_what_makes_no_answer_is_said(arguments: tuple[str, ...], code: str, tmp_path: Path, capsys: Capture) -> None:
    ran = called(capsys, "envelope", "answer", received(tmp_path), *arguments, "-o", tmp_path / "answers")
    assert (ran.code, code in ran.err, (tmp_path / "answers").exists()) == (2, True, False)


def test_a_system_response_is_not_answered(tmp_path: Path, capsys: Capture) -> None:
    answer = pack(respond(header(), "1200", now=NOW, new_id=lambda: str(uuid.uuid4())))
    ran = called(capsys, "envelope", "answer", put(tmp_path, answer.name, answer.data), "--as-of", DAY)
    assert (ran.code, "envelope.no-answer-due" in ran.err) == (2, True)


def test_the_answer_goes_to_a_named_file_or_to_standard_output(tmp_path: Path, capsys: Capture) -> None:
    path = received(tmp_path)
    named = called(capsys, "envelope", "answer", path, "--status", "1163", "-o", tmp_path / "answer.zip")
    assert "answer.zip  1163 " in named.out
    piped = ulak("envelope", "answer", path, "--status", "1163", "-o", tmp_path / "x.ZIP")
    assert piped.code == 0
    assert read_response((tmp_path / "x.ZIP").read_bytes()).status == "1163"


@pytest.mark.parametrize(("language", "meaning"), [("tr", "İmza geçersiz"), ("en", "The signature is invalid")])
def test_show_says_what_a_system_response_means(language: str, meaning: str, tmp_path: Path, capsys: Capture) -> None:
    answer = pack(respond(header(), "1177", now=NOW, new_id=lambda: str(uuid.uuid4())))
    ran = called(capsys, "show", put(tmp_path, "a.zip", answer.data), "--lang", language)
    assert ran.code == 0
    assert f"1177 – {meaning}" in ran.out
    assert ("Yeniden imzalayıp" if language == "tr" else "Sign again") in " ".join(ran.out.split())


def test_show_refuses_a_zip_that_is_no_envelope(tmp_path: Path, capsys: Capture) -> None:
    ran = called(capsys, "show", put(tmp_path, "a.zip", b"PK\x03\x04 no"))
    assert (ran.code, "envelope.zip-damaged" in ran.err) == (2, True)


# -- accounts ---------------------------------------------------------------------------------------------------------

WHOLE: dict[str, Any] = {
    "action": "open",
    "integrator": "8642031054",
    "service": "usergb",
    "kind": "public",
    "customer": {"number": "4812530769", "title": "Ardıç Ticaret A.Ş."},
    "units": [
        {"role": "GB", "alias": "urn:mail:defaultgb@ardic.example", "name": "Merkez"},
        {"role": "PK", "alias": "urn:mail:defaultpk@ardic.example"},
    ],
}
UNITS = ("--gb", "urn:mail:gb@a.example", "--gb", "urn:mail:gb2@a.example", "--pk", "urn:mail:pk@a.example")
FIRM = ("--integrator", "8642031054", "--customer", "4812530769", "--title", "Ardıç Ticaret A.Ş.")


@pytest.mark.parametrize("service", services(), ids=[service.alias for service in services()])
def test_every_service_is_opened_from_options(service: Any, tmp_path: Path, capsys: Capture) -> None:
    more = UNITS if service.role == "required" else ()
    code = options(service.alias, Kind.PRIVATE)[0]
    told = ("--option", code) if service.alias == "erevenue" else ("--service", service.alias)
    ran = called(capsys, "envelope", "account", "--action", "open", *FIRM, *told, *more, "-o", tmp_path / "a.xml")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    asked = read_account((tmp_path / "a.xml").read_bytes())
    assert (asked.action, asked.option, len(asked.units)) == (Action.OPEN, code, len(more) // 2)
    assert account_faults(asked, service.alias) == []


def test_json_says_the_same_and_options_count_more(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, "a.json", json.dumps(WHOLE).encode())
    ran = called(capsys, "envelope", "account", path)
    asked = read_account(ran.out.encode())
    assert (ran.code, asked.action, asked.option, asked.customer.title) == (0, Action.OPEN, "1", "Ardıç Ticaret A.Ş.")
    assert [unit.name for unit in asked.units] == ["Merkez", "Posta Kutusu Etiketi"]
    ran = called(capsys, "envelope", "account", path, "--action", "close", "--kind", "vuk507_private", *UNITS)
    closed = read_account(ran.out.encode())
    assert (closed.action, closed.option, len(closed.units)) == (Action.CLOSE, "4", 3)


def test_a_person_has_names(capsys: Capture) -> None:
    names = ("--customer", "10000000146", "--given", "Ayşe", "--middle", "Nur", "--family", "Öz")
    more = ("--action", "open", "--integrator", "8642031054", "--service", "earchive")
    asked = read_account(called(capsys, "envelope", "account", *names, *more).out.encode())
    assert asked.customer == ("10000000146", "Ayşe Nur Öz", "Ayşe", "Nur", "Öz")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "cli.usage"),
        (("--action", "open"), "cli.usage"),
        (("--action", "start", *FIRM, "--service", "earchive"), "cli.usage"),
        (("--action", "open", *FIRM), "cli.usage"),
        (("--action", "open", *FIRM, "--service", "earchive", "--kind", "royal"), "cli.usage"),
        (("--action", "open", *FIRM, "--service", "erevenue"), "cli.usage"),
        (("--action", "open", *FIRM, "--service", "erevenue", "--kind", "vuk507_public"), "cli.usage"),
        (("--action", "open", *FIRM, "--service", "userpk"), "envelope.account-service"),
        (("--action", "open", *FIRM, "--service", "earchive", "--option", "2"), "envelope.account-option"),
        (("--action", "open", *FIRM, "--service", "usergb"), "envelope.account-unit"),
        (("--action", "open", *FIRM, "--service", "earchive", "--gb", "urn:a:b"), "envelope.account-no-unit"),
        (("--action", "open", *FIRM, "--service", "usergb", "--gb", "gb"), "envelope.account-alias"),
        (("--action", "open", "--integrator", "8642031054", "--service", "earchive"), "envelope.account-number"),
    ],
)
@pytest.mark.parametrize("language", ["tr", "en"])
def test_what_makes_no_account_is_said(arguments: tuple[str, ...], code: str, language: str, capsys: Capture) -> None:
    ran = called(capsys, "envelope", "account", *arguments, "--lang", language)
    assert (ran.code, ran.out, code in ran.err) == (2, "", True)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"x": 1}', b'{"units": [{"role": "XX"}]}', b'{"action": 1}', b"\xff"]
)
def test_json_that_makes_no_account_is_said(data: bytes, tmp_path: Path, capsys: Capture) -> None:
    ran = called(capsys, "envelope", "account", put(tmp_path, "a.json", data))
    assert (ran.code, ran.out, "a.json" in ran.err, "cli.usage" in ran.err) == (2, "", True, True)


@pytest.mark.parametrize("language", ["tr", "en"])
def test_show_says_whose_account_it_is(language: str, tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, "a.json", json.dumps(WHOLE).encode())
    called(capsys, "envelope", "account", path, "-o", tmp_path / "a.xml")
    ran = called(capsys, "show", tmp_path / "a.xml", "--lang", language)
    assert "usergb (e-Fatura)" in ran.out
    assert ("Mükellef" if language == "tr" else "Taxpayer") in ran.out
    assert "urn:mail:defaultpk@ardic.example" in ran.out
    broken = (tmp_path / "a.xml").read_bytes().replace(b"RoleCode>GB", b"RoleCode>BG")
    assert "BG" in called(capsys, "show", put(tmp_path, "b.xml", broken), "--lang", language).out


def test_an_account_travels_the_whole_way(tmp_path: Path, capsys: Capture) -> None:
    """Written, packed and read again; sealing is proved with the library."""
    path = put(tmp_path, "a.json", json.dumps(WHOLE).encode())
    called(capsys, "envelope", "account", path, "-o", tmp_path / "a.xml")
    way = ("--from", "usergb:8642031054", "--to", "GIB:3900383669")
    packed = called(capsys, "envelope", "pack", tmp_path / "a.xml", *way, "-o", tmp_path)
    data = Path(packed.out.split("  ")[0]).read_bytes()
    (found,) = opening(data)
    assert read_account(found.data).option == "1"
    assert [finding.id for finding in check(found.data).findings if finding.id.startswith("xsd.")] == []
