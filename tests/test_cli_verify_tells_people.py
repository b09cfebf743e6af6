"""`ulak verify` says who sealed what, whether it holds and what to do; its exit code and its JSON are a contract."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli_support import Ran, called, ulak
from seal_documents import document
from seal_envelopes import alone, envelope
from seal_forge import Forge
from seal_pki import KNOWN_TRUST, NOW, key, serving, trust_folder
from ulak.seal.counter import counter_seal
from ulak.seal.sealing import seal

DAY = "2026-11-22"
MEMBERS = {
    *("file", "position", "document", "number", "verdict", "sub", "sealed", "level", "owner", "signer", "signing_time"),
    *("role", "judged_at", "content_sha256", "reasons", "deviations", "counter_seals"),
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    good = seal(document("Invoice"), key("ardic"), at=NOW)
    (tmp_path / "good.xml").write_bytes(good)
    (tmp_path / "bad.xml").write_bytes(good.replace(b">ARD2026000000001<", b">ARX2026000000001<"))
    (tmp_path / "envelope.xml").write_bytes(envelope(alone(good), alone(document("CreditNote"))))
    account = seal(document("ProcessUserAccount"), key("integrator"), at=NOW)
    (tmp_path / "account.xml").write_bytes(counter_seal(account, key("ardic"), at=NOW))
    (tmp_path / "broken.xml").write_bytes(b"<a>")
    return tmp_path


def verified(capsys: pytest.CaptureFixture[str], *arguments: str | Path, trust: Path | None = None) -> Ran:
    return called(capsys, "verify", *arguments, "--trust", trust or trust_folder(), "--at", DAY)


def test_a_good_seal_ends_with_0(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    ran = verified(capsys, files / "good.xml")
    assert ran.code == 0
    assert ran.err == ""
    for said in (
        "✓",
        "ARD2026000000001",
        "mühür geçerli",
        "TOTAL-PASSED",
        "Ardıç Ticaret A.Ş. (VKN 4812530769)",
        "XAdES-BES",
    ):
        assert said in ran.out
    english = verified(capsys, files / "good.xml", "--lang", "en")
    for said in ("the seal holds", "Sealed by", "as the signer says", "valid and not revoked at"):
        assert said in " ".join(english.out.split())


def test_a_changed_document_ends_with_1_and_says_what_to_do(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    ran = verified(capsys, files / "bad.xml", "--lang", "en")
    assert ran.code == 1
    said = " ".join(ran.out.split())
    assert "✗" in said
    assert "the seal does not hold TOTAL-FAILED / HASH_FAILURE" in said
    assert "changed after it was sealed" in said
    assert "[seal.content-changed]" in said
    assert "What to do Ask the sender for the document again" in said


def test_a_file_that_cannot_be_read_ends_with_2_and_the_others_are_judged(
    capsys: pytest.CaptureFixture[str], files: Path
) -> None:
    ran = verified(capsys, files / "broken.xml", files / "good.xml", files / "missing.xml")
    assert ran.code == 2
    assert "[xml.truncated]" in ran.out
    assert "[file.missing]" in ran.out
    assert "TOTAL-PASSED" in ran.out


def test_each_document_of_an_envelope_is_told(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    ran = verified(capsys, files / "envelope.xml")
    assert ran.code == 1
    assert "[1/2]" in ran.out
    assert "[2/2]" in ran.out
    assert "[seal.missing]" in ran.out


def test_a_counter_signature_is_told(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    ran = verified(capsys, files / "account.xml", "--lang", "en")
    assert ran.code == 0
    assert "Counter-signature  the seal holds" in ran.out
    assert ran.out.count("Sealed by") == 2


def test_two_seals_are_not_called_none(capsys: pytest.CaptureFixture[str], files: Path, tmp_path: Path) -> None:
    data = (files / "good.xml").read_bytes()
    one = data[data.index(b"<ds:Signature") : data.index(b"</ds:Signature>") + len(b"</ds:Signature>")]
    (tmp_path / "two.xml").write_bytes(data.replace(one, one * 2))
    (tmp_path / "elsewhere.xml").write_bytes(data.replace(one, b"").replace(b"</Invoice>", one + b"</Invoice>"))
    for name, code in (("two.xml", "seal.several"), ("elsewhere.xml", "seal.misplaced")):
        ran = verified(capsys, tmp_path / name, "--lang", "en")
        assert ran.code == 1
        assert f"[{code}]" in ran.out
        assert "no seal" not in ran.out


def test_json_is_one_array_with_the_promised_members(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    ran = verified(capsys, files / "envelope.xml", files / "bad.xml", files / "account.xml", "--format", "json")
    assert ran.code == 1
    found = json.loads(ran.out)
    assert all(set(one) == MEMBERS for one in found)
    assert [(one["position"], one["document"], one["verdict"]) for one in found] == [
        (1, "Invoice", "TOTAL-PASSED"),
        (2, "CreditNote", "TOTAL-FAILED"),
        (1, "Invoice", "TOTAL-FAILED"),
        (1, "ProcessUserAccount", "TOTAL-PASSED"),
    ]
    good, unsealed, bad, account = found
    assert good["signer"]["tax_id"] == good["owner"] == "4812530769"
    assert re.fullmatch(r"[0-9a-f]{64}", good["content_sha256"])
    assert (good["sub"], good["reasons"], good["sealed"], good["level"]) == (None, [], True, "BES")
    assert (unsealed["signer"], unsealed["sealed"], unsealed["level"]) == (None, False, "")
    assert bad["reasons"][0].keys() == {"code", "text", "repair"}
    assert bad["content_sha256"] is None
    assert account["counter_seals"][0]["signer"]["tax_id"] == "4812530769"


def test_json_of_an_unreadable_file_says_so(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    ran = verified(capsys, files / "broken.xml", "--format", "json")
    (one,) = json.loads(ran.out)
    assert ran.code == 2
    assert (one["verdict"], one["position"], one["reasons"][0]["code"]) == ("UNREADABLE", 0, "xml.truncated")


def test_without_roots_nothing_passes_and_it_is_said_why(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    ran = called(capsys, "verify", files / "good.xml", "--at", DAY, "--lang", "en")
    assert ran.code == 1
    said = " ".join(ran.out.split())
    assert "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND" in said
    assert "ULAK_TRUST" in said


def test_the_trust_folder_may_come_from_the_environment(files: Path) -> None:
    ran = ulak("verify", files / "good.xml", "--at", DAY, env={"ULAK_TRUST": str(trust_folder())})
    assert (ran.code, ran.err) == (0, "")
    through = ulak("verify", "-", "--at", DAY, "--trust", trust_folder(), stdin=(files / "good.xml").read_bytes())
    assert through.code == 0


def test_strict_refuses_what_is_tolerated(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(Forge().remove("//ds:KeyValue").data())
    assert verified(capsys, tmp_path / "a.xml", trust=KNOWN_TRUST).code == 0
    ran = verified(capsys, tmp_path / "a.xml", "--strict", trust=KNOWN_TRUST)
    assert ran.code == 1
    assert "[seal.no-key-value]" in ran.out


def test_the_moment_decides(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    ran = called(capsys, "verify", files / "good.xml", "--trust", trust_folder(), "--at", "2026-11-21T10:00")
    assert ran.code == 1
    assert "[seal.time-in-future]" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "yesterday"], "--at"),
        (["--at", "0001-01-01T00:00:00+14:00"], "--at"),
        (["--format", "xml"], "--format"),
        (["--trust", "/nonexistent"], "trust.folder-missing"),
    ],
)
def test_a_wrong_command_line_is_refused(
    capsys: pytest.CaptureFixture[str], files: Path, arguments: list[str], said: str
) -> None:
    ran = called(capsys, "verify", files / "good.xml", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert said in ran.err


def test_the_network_is_asked_only_if_the_caller_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with serving() as served:
        data = seal(document("Invoice"), served.key("ardic"), at=NOW)
        (tmp_path / "a.xml").write_bytes(data)
        trust = tmp_path / "roots"
        trust.mkdir()
        for path in served.folder.glob("*.pem"):
            (trust / path.name).write_bytes(path.read_bytes())
        offline = called(capsys, "verify", tmp_path / "a.xml", "--trust", trust, "--at", NOW.isoformat())
        assert (offline.code, served.requests) == (1, [])
        assert "TRY_LATER" in offline.out
        called(capsys, "verify", tmp_path / "a.xml", "--trust", trust, "--at", NOW.isoformat(), "--online")
        assert served.requests


def test_what_a_document_holds_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    forge = Forge().set("//xades:ClaimedRole", "\u202eevil\u0085").set("//ds:X509SubjectName", "CN=\u2066x")
    (tmp_path / "a.xml").write_bytes(forge.sign().data())
    ran = verified(capsys, tmp_path / "a.xml", trust=KNOWN_TRUST)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u0080-\u009f]", ran.out)
