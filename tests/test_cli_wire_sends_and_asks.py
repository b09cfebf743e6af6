"""`ulak wire` sends what may be sent, asks how it stands, and says of each outcome what it means and what to do."""

from __future__ import annotations

import io
import ssl
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from cli_support import Ran, called, put
from envelopes import ID, NOW, header, made, xml
from keys_host import tls_files
from seal_pki import KNOWN_KEY
from soap_messages import Pinned
from ulak.codes import statuses
from ulak.envelope import query_answer
from ulak.seal.wssecurity import verify_message
from ulak.wire import earsiv, edefter, efatura
from ulak.wire.client import Client
from wire_other_side import HANG_UP, RECEIPT, OtherSide, listening
from wire_server import http, serving

Capture = pytest.CaptureFixture[str]
E, A, D = efatura.SERVICE, earsiv.SERVICE, edefter.SERVICE
NAME = f"{ID}.zip"
BERAT = "4812530769-202611-YB-000000"
KEY = ("--key", f"pkcs12:{KNOWN_KEY.p12}")
NOBODY = "http://127.0.0.1:9/"


def fault(number: int) -> Any:
    return E.fault_of("sendDocument", number)


def state(status: str, about: str = ID, **more: Any) -> efatura.SystemResponse:
    ids = iter(f"d5d5c9a4-0000-4000-8000-{number:012}" for number in range(9))
    answer = query_answer(header(id=about), status, now=NOW, new_id=lambda: next(ids), **more)
    return efatura.SystemResponse(answer)


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    return put(tmp_path, NAME, made())


def send(capsys: Capture, *arguments: str | Path) -> Ran:
    return called(capsys, "wire", "send", *arguments, "--pause", "0", "--lang", "en")


def ask(capsys: Capture, *arguments: str | Path) -> Ran:
    return called(capsys, "wire", "status", *arguments, "--lang", "en")


@pytest.mark.parametrize("more", [(), ("--inline",)])
def test_an_envelope_is_sent_and_its_receipt_shown(zipped: Path, more: tuple[str, ...], capsys: Capture) -> None:
    with listening(E, RECEIPT) as (url, other):
        ran = send(capsys, zipped, "--to", url, *more)
    assert (ran.code, ran.err) == (0, "")
    data = zipped.read_bytes()
    (call,) = other.calls
    assert call.request == efatura.Document(NAME, data, efatura.hash_of(data))
    assert call.message.is_mtom == (not more)
    assert "taken" in ran.out
    assert "ZARF KUYRUGA EKLENDI" in ran.out
    assert f"\n    ulak wire status {ID} --to {url}\n" in ran.out


def test_an_envelope_from_standard_input_is_named_by_its_id(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(made())))
    with listening(E, RECEIPT) as (url, other):
        assert send(capsys, "-", "--to", url).code == 0
    assert other.calls[0].request.file_name == NAME


def test_several_files_go_in_their_order_and_the_worst_counts(tmp_path: Path, zipped: Path, capsys: Capture) -> None:
    with listening(E, RECEIPT, fault(2001)) as (url, other):
        ran = send(capsys, zipped, tmp_path / "missing.zip", zipped, "--to", url, "--format", "json")
    assert other.operations == ["sendDocument"] * 2
    assert ran.code == 2
    found = ran.objects()
    assert [one["result"] for one in found] == ["taken", "absent", "there"]
    assert [one["error"] and one["error"]["code"] for one in found] == [None, "file.missing", "wire.efatura.2001"]
    assert found[0] == {
        "file": str(zipped),
        "service": "efatura",
        "id": ID,
        "md5": efatura.hash_of(zipped.read_bytes()),
        "result": "taken",
        "message": "ZARF KUYRUGA EKLENDI",
        "sends": 1,
        "asks": 0,
        "error": None,
        "asked": None,
    }


OUTCOMES = {
    2000: (1, "refused"),
    2001: (1, "there"),
    2002: (2, "unknown"),
    2003: (2, "unknown"),
    2004: (1, "refused"),
    2005: (2, "unknown"),
    2006: (1, "refused"),
    2007: (1, "refused"),
}


@pytest.mark.parametrize("number", OUTCOMES)
def test_every_fault_is_explained(number: int, zipped: Path, capsys: Capture) -> None:
    row = efatura.FAULTS[number]
    for format in ("text", "json"):
        with listening(E, fault(number)) as (url, _):
            ran = send(capsys, zipped, "--to", url, "--format", format)
        assert ran.code == OUTCOMES[number][0]
        if format == "json":
            (found,) = ran.objects()
            assert found["result"] == OUTCOMES[number][1]
            error = found["error"]
            assert (error["code"], error["number"], error["words"]) == (row.code, number, row.label)
            assert (error["message"], error["repair"], error["permanent"]) == (
                *(row.text.en, row.repair.en),
                row.permanent,
            )
        else:
            said = " ".join(ran.out.split())
            for words in (row.text.en, row.repair.en, row.label, str(number), row.code):
                assert words in said


def test_after_a_suspension_nothing_more_is_sent(zipped: Path, capsys: Capture) -> None:
    with listening(E, fault(2007)) as (url, other):
        ran = send(capsys, zipped, zipped, zipped, "--to", url, "--retry", "5")
    assert (ran.code, other.operations) == (1, ["sendDocument"])
    assert "the 2 files left were not sent" in ran.err


def test_an_unclear_outcome_says_to_ask_first(zipped: Path, capsys: Capture) -> None:
    with listening(E, HANG_UP) as (url, _):
        ran = send(capsys, zipped, "--to", url)
    assert ran.code == 2
    said = " ".join(ran.out.split())
    assert "wire.broken" in said
    assert f"Whether it arrived is unknown. Before you send it again ask: ulak wire status {ID} --to {url}" in said


RETRIES: dict[str, tuple[list[object], str, int, str]] = {
    "it had arrived": ([HANG_UP, state("1000")], "sa", 0, "there"),
    "it had not arrived": ([HANG_UP, fault(2004), RECEIPT], "sas", 0, "taken"),
    "nobody says": ([HANG_UP, HANG_UP, HANG_UP, HANG_UP], "saaa", 2, "unknown"),
    "known already": ([fault(2001), state("1200")], "sa", 0, "there"),
    "failing at first": ([fault(2005), fault(2004), RECEIPT], "sas", 0, "taken"),
    "wrong for good": ([fault(2006)], "s", 1, "refused"),
    "forbidden to ask": ([HANG_UP, fault(2007)], "sa", 2, "unknown"),
}


@pytest.mark.parametrize("name", RETRIES)
def test_a_retry_asks_before_it_sends(name: str, zipped: Path, capsys: Capture) -> None:
    answers, steps, code, result = RETRIES[name]
    with listening(E, *answers) as (url, other):
        ran = send(capsys, zipped, "--to", url, "--retry", "3", "--format", "json")
    assert "".join("s" if name == "sendDocument" else "a" for name in other.operations) == steps
    (found,) = ran.objects()
    assert (ran.code, found["result"], found["sends"], found["asks"]) == (
        code,
        result,
        steps.count("s"),
        steps.count("a"),
    )


def test_what_a_question_ended_in_is_told(zipped: Path, capsys: Capture) -> None:
    with listening(E, HANG_UP, fault(2007)) as (url, _):
        ran = send(capsys, zipped, "--to", url, "--retry", "3")
    assert "Asked, without an answer: GİB has suspended the permission" in " ".join(ran.out.split())


def test_a_question_that_was_answered_does_not_look_like_a_failure(zipped: Path, capsys: Capture) -> None:
    with listening(E, HANG_UP, fault(2004), RECEIPT) as (url, _):
        ran = send(capsys, zipped, "--to", url, "--retry", "3")
    said = " ".join(ran.out.split())
    assert "Asked in between: " in said
    assert "[wire.efatura.2004]" in said


def test_what_never_left_is_not_sent(zipped: Path, capsys: Capture) -> None:
    ran = send(capsys, zipped, "--to", NOBODY, "--retry", "2", "--format", "json")
    (found,) = ran.objects()
    assert (ran.code, found["result"], found["sends"], found["asks"]) == (2, "absent", 3, 0)


WRONG_FILES = {
    "another name": ("a.zip", made(), "wire.efatura.2006"),
    "another id": ("c6f1c3a4-5a0e-4a57-9d2f-6a1f6f0c8b12.zip", made(), "wire.efatura.2006"),
    "no zip": (NAME, b"hello", "envelope.not-zip"),
    "empty": (NAME, b"", "envelope.not-zip"),
    "no envelope": (NAME, made(b"<a/>"), "wire.efatura.2006"),
    "an id that is none": ("a.zip", made(xml().replace(ID.encode(), b"a")), "wire.efatura.2006"),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_what_is_no_envelope_of_that_name_is_not_sent(name: str, tmp_path: Path, capsys: Capture) -> None:
    file, data, code = WRONG_FILES[name]
    path = put(tmp_path, file, data)
    with listening(E) as (url, other):
        ran = send(capsys, path, "--to", url, "--format", "json")
    (found,) = ran.objects()
    assert (ran.code, found["result"], other.calls) == (2, "absent", [])
    assert found["error"]["code"].startswith(code)


def test_as_is_lets_the_other_side_judge(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, "a.zip", b"hello")
    with listening(E, fault(2006)) as (url, other):
        ran = send(capsys, path, "--to", url, "--as-is")
    assert (ran.code, other.calls[0].request.file_name) == (1, "a.zip")


def test_what_is_too_large_is_not_sent(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / NAME
    with path.open("wb") as file:
        file.truncate(128 * 1024 * 1024 + 1)
    ran = send(capsys, path, "--to", NOBODY, "--format", "json")
    assert (ran.code, ran.objects()[0]["error"]["code"]) == (2, "wire.too-large")


WRONG_LINES = {
    "no address": ["wire", "send", "a.zip"],
    "no address to ask": ["wire", "status", "a"],
    "http elsewhere": ["wire", "send", "a.zip", "--to", "http://merkez.example/"],
    "http to an address that is none": ["wire", "send", "a.zip", "--to", "http://[::1"],
    "service": ["wire", "send", "a.zip", "--to", NOBODY, "--service", "efatura2"],
    "format": ["wire", "send", "a.zip", "--to", NOBODY, "--format", "xml"],
    "timeout": ["wire", "send", "a.zip", "--to", NOBODY, "--timeout", "0"],
    "retry": ["wire", "send", "a.zip", "--to", NOBODY, "--retry", "-1"],
    "pause": ["wire", "send", "a.zip", "--to", NOBODY, "--pause", "1.5"],
    "a key for EFatura": ["wire", "status", "a", "--to", NOBODY, *KEY],
    "no key for e-Arşiv": ["wire", "status", "a", "--to", NOBODY, "--service", "earsiv"],
    "no key for e-Defter": ["wire", "send", "a.zip", "--to", NOBODY, "--service", "edefter"],
}


@pytest.mark.parametrize("name", WRONG_LINES)
def test_a_wrong_line_is_refused(name: str, capsys: Capture) -> None:
    ran = called(capsys, *WRONG_LINES[name])
    assert (ran.code, ran.out) == (2, "")
    assert "[cli.usage]" in " ".join(ran.err.split())


@pytest.mark.parametrize("url", ["ftp://x/", "https://", "https://a:b@x/", " http://merkez.example/", "merkez.example"])
def test_an_address_that_cannot_be_used_is_refused(url: str, zipped: Path, capsys: Capture) -> None:
    ran = send(capsys, zipped, "--to", url)
    assert (ran.code, ran.out) == (2, "")
    assert "[wire.address]" in " ".join(ran.err.split())


def test_own_roots_are_trusted_and_others_are_not(tmp_path: Path, zipped: Path, capsys: Capture) -> None:
    certificate, key = tls_files(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    other = OtherSide(E, RECEIPT)
    with serving(other, context) as (port, _):
        url = f"https://127.0.0.1:{port}/"
        refused = send(capsys, zipped, "--to", url, "--format", "json")
        assert (refused.code, refused.objects()[0]["error"]["code"]) == (2, "wire.tls")
        assert send(capsys, zipped, "--to", url, "--roots", certificate).code == 0
    empty = put(tmp_path, "empty.pem", b"")
    for path in (empty, tmp_path / "missing.pem", tmp_path):
        ran = send(capsys, zipped, "--to", "https://127.0.0.1:9/", "--roots", path)
        assert (ran.code, "[wire.roots]" in " ".join(ran.err.split())) == (2, True)


@pytest.mark.parametrize("row", statuses.statuses(), ids=lambda row: row.code)
def test_every_status_is_explained(row: statuses.Status, capsys: Capture) -> None:
    wanted = 1 if row.outcome == "error" else 0
    with listening(E, state(row.code), state(row.code)) as (url, other):
        ran = ask(capsys, ID, "--to", url)
        in_json = ask(capsys, NAME, "--to", url, "--format", "json")
    assert [call.request for call in other.calls] == [efatura.Query(ID)] * 2
    said = " ".join(ran.out.split())
    for words in (row.code, row.written, row.label.en, row.repair.en):
        assert " ".join(words.split()) in said
    (found,) = in_json.objects()
    assert (ran.code, in_json.code) == (wanted, wanted)
    assert (found["id"], found["status"], found["words"], found["final"]) == (ID, row.code, row.written, row.is_final)
    assert (found["meaning"], found["repair"], found["error"]) == (row.label.en, row.repair.en, None)
    assert found["outcome"] == row.outcome.value


def test_the_reasons_of_the_other_side_are_shown(capsys: Capture) -> None:
    with listening(E, state("1150", reasons=["cbc:ID yanlış"])) as (url, _):
        ran = ask(capsys, ID, "--to", url)
    assert "“cbc:ID yanlış”" in ran.out


def test_an_envelope_that_is_not_known_is_1(capsys: Capture) -> None:
    with listening(E, fault(2004)) as (url, _):
        ran = ask(capsys, ID, "--to", url)
    assert ran.code == 1
    assert "If it was sent, send the same envelope again." in " ".join(ran.out.split())


def test_an_undocumented_status_is_1(capsys: Capture) -> None:
    answer = efatura.SystemResponse(state("1200").xml.replace(">1200<", ">1999<"))
    with listening(E, answer) as (url, _):
        ran = ask(capsys, ID, "--to", url, "--format", "json")
    (found,) = ran.objects()
    assert (ran.code, found["status"], found["outcome"], found["final"]) == (1, "1999", "unknown", None)


NO_STATES = {
    "nothing": (efatura.SystemResponse(""), "envelope."),
    "no xml": (efatura.SystemResponse("hello"), "envelope."),
    "about another": (state("1200", "d5d5c9a4-0000-4000-8000-000000000099"), "wire.answer-other"),
    "a hang-up": (HANG_UP, "wire.broken"),
}


@pytest.mark.parametrize("name", NO_STATES)
def test_what_tells_nothing_is_2(name: str, capsys: Capture) -> None:
    answer, code = NO_STATES[name]
    with listening(E, answer, state("1300")) as (url, _):
        ran = ask(capsys, ID, ID, "--to", url, "--format", "json")
    first, second = ran.objects()
    assert ran.code == 2
    assert first["error"]["code"].startswith(code)
    assert (second["status"], second["error"]) == ("1300", None)


SEALED: dict[str, tuple[Any, str, object, object]] = {
    "earsiv": (A, NAME, earsiv.Sent("Dosya Kaydedildi"), earsiv.StatusAnswer(earsiv.BatchStatus("", 30, ID))),
    "edefter": (D, f"{BERAT}.zip", edefter.Sent("alındı"), edefter.StatusAnswer(edefter.BatchStatus("tamam", "3"))),
}


@pytest.mark.parametrize("service", SEALED)
def test_reports_and_books_are_sent_and_asked_for_with_a_seal(service: str, tmp_path: Path, capsys: Capture) -> None:
    end, name, sent, stands = SEALED[service]
    path = put(tmp_path, name, b"PK zip")
    with listening(end, sent, stands) as (url, other):
        ran = send(capsys, path, "--to", url, "--service", service, *KEY)
        assert (ran.code, "taken" in ran.out) == (0, True)
        asked = ask(capsys, name, "--to", url, "--service", service, *KEY, "--format", "json")
    assert other.calls[0].request.attachment == (name, b"PK zip")
    for call in other.calls:
        message = call.message
        report = verify_message(message.envelope, trust=Pinned(), at=datetime.now(UTC), attachments=message.attachments)
        assert report.has_passed
    (found,) = asked.objects()
    assert (asked.code, found["id"], found["error"]) == (0, name.removesuffix(".zip"), None)
    assert (found["status"], found["outcome"]) == (("30", "ok") if service == "earsiv" else ("3", ""))


def test_a_package_of_a_wrong_name_is_not_sent(tmp_path: Path, capsys: Capture) -> None:
    for service, code in (("earsiv", "wire.earsiv.send.009"), ("edefter", "wire.edefter.108")):
        path = put(tmp_path, "a.zip", b"PK")
        ran = send(capsys, path, "--to", NOBODY, "--service", service, *KEY, "--format", "json")
        assert (ran.code, ran.objects()[0]["error"]["code"]) == (2, code)


def test_a_package_needs_a_name(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"PK")))
    ran = send(capsys, "-", "--to", NOBODY, "--service", "earsiv", *KEY, "--format", "json")
    assert (ran.code, ran.objects()[0]["error"]["code"]) == (2, "cli.usage")


def test_an_unsealed_package_goes_out_only_as_is(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, NAME, b"PK")
    with listening(A, A.fault_of("sendDocumentFile", 1)) as (url, other):
        ran = send(capsys, path, "--to", url, "--service", "earsiv", "--as-is")
    assert (ran.code, other.calls[0].message.headers) == (1, ())


def test_a_report_that_may_have_arrived_is_asked_for(tmp_path: Path, capsys: Capture) -> None:
    path = put(tmp_path, NAME, b"PK")
    unknown = earsiv.StatusAnswer(earsiv.BatchStatus("Paket bulunamadı", 2, ID))
    with listening(A, HANG_UP, unknown, earsiv.Sent("Dosya Kaydedildi")) as (url, other):
        ran = send(capsys, path, "--to", url, "--service", "earsiv", *KEY, "--retry", "3")
    assert (ran.code, other.operations) == (0, ["sendDocumentFile", "getBatchStatus", "sendDocumentFile"])


REPORTS = [
    (10, "Dosya kuyrukta", "waiting", 0),
    (157, "cvc-type.3.1.3: …", "error", 1),
    (999, "?", "unknown", 1),
    (None, "", "unknown", 1),
]


@pytest.mark.parametrize(("code", "words", "outcome", "exit"), REPORTS)
def test_the_state_of_a_report_is_explained(
    code: int | None, words: str, outcome: str, exit: int, capsys: Capture
) -> None:
    with listening(A, earsiv.StatusAnswer(earsiv.BatchStatus(words, code, ID) if code else None)) as (url, _):
        ran = ask(capsys, ID, "--to", url, "--service", "earsiv", *KEY, "--format", "json")
    (found,) = ran.objects()
    assert (ran.code, found["outcome"]) == (exit, outcome)
    assert words in (found["words"], *found["notes"], "")
    assert found["meaning"]


def test_html_instead_of_soap_is_told(zipped: Path, capsys: Capture) -> None:
    page = http(404, "text/html", b"<html>no such page</html>")
    with serving(lambda connection, _: connection.sendall(page)) as (port, _):
        ran = send(capsys, zipped, "--to", f"http://localhost:{port}/")
    assert (ran.code, "HTTP 404" in ran.out) == (1, True)


def stopping(call: Any) -> Any:
    """Ctrl-C at the second call."""
    times = count()

    def stopped(client: Any, request: Any) -> Any:
        if next(times):
            raise KeyboardInterrupt
        return call(client, request)

    return stopped


def test_what_was_sent_before_it_was_stopped_is_told(zipped: Path, capsys: Capture) -> None:
    with listening(E, RECEIPT) as (url, _), patch.object(Client, "call", stopping(Client.call)):
        ran = send(capsys, zipped, zipped, "--to", url, "--format", "json")
    assert (ran.code, [one["result"] for one in ran.objects()]) == (130, ["taken"])


def test_a_key_that_cannot_be_opened_sends_nothing(tmp_path: Path, capsys: Capture) -> None:
    path, key = put(tmp_path, NAME, b"PK"), ("--key", f"pkcs12:{tmp_path / 'none.p12'}")
    ran = send(capsys, path, "--to", NOBODY, "--service", "earsiv", *key)
    assert (ran.code, ran.out, "[key." in " ".join(ran.err.split())) == (2, "", True)


def test_a_number_that_stands_in_the_words_too_is_told_once(capsys: Capture) -> None:
    with listening(D, D.fault_of("getBatchStatus", 304)) as (url, _):
        ran = ask(capsys, BERAT, "--to", url, "--service", "edefter", *KEY)
    assert "The other side's words: 304 Paket bulunamamıştır." in " ".join(ran.out.split())
