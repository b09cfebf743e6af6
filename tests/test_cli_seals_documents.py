"""``ulak seal`` writes a sealed document or nothing, and says on standard error who sealed what."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from cli_support import called, document, put, ulak
from seal_documents import account
from seal_documents import document as report_document
from seal_pki import KNOWN_KEY, KNOWN_TRUST, key_today, serving, trust_today
from ulak.seal.names import ds, xades

KEY = f"pkcs12:{KNOWN_KEY.p12}"


def properties(data: bytes) -> list[str]:
    (found,) = etree.fromstring(data).iter(xades("UnsignedSignatureProperties"))
    return [etree.QName(child).localname for child in found]


def test_a_document_is_sealed_to_a_file_and_the_signer_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sealed.xml"
    ran = called(capsys, "seal", put(tmp_path, "a.xml"), "--key", KEY, "-o", out)
    assert (ran.code, ran.out) == (0, "")
    assert "Mühürlendi: " in ran.err
    assert "4812530769" in ran.err
    command = ["xmlsec1", "--verify", "--enabled-key-data", "key-name"]
    command += ["--pubkey-cert-pem", str(KNOWN_KEY.certificate_pem)]
    command += ["--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties", str(out)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_standard_input_and_output_carry_nothing_but_the_document() -> None:
    ran = ulak("seal", "-", "--key", KEY, stdin=document())
    assert ran.code == 0
    assert next(etree.fromstring(ran.out.encode()).iter(ds("Signature"))) is not None
    assert "Mühürlendi" in ran.err


def test_a_seal_for_somebody_else_is_pointed_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = document().replace(b"4812530769", b"7359021640")
    ran = called(capsys, "--lang", "en", "seal", put(tmp_path, "a.xml", other), "--key", KEY, "-o", tmp_path / "b.xml")
    assert ran.code == 0
    assert "only if 4812530769 is the issuer's integrator" in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("missing.xml", "--key", KEY), "file.missing"),
        (("a.xml", "--key", "pkcs12:missing.p12"), "key.file-missing"),
        (("a.xml", "--key", "nonsense"), "key.address"),
        (("a.xml",), "cli.usage"),
        (("a.xml", "--key", KEY, "--level", "b"), "cli.usage"),
        (("a.xml", "--key", KEY, "--level", "t"), "cli.usage"),
        (("a.xml", "--key", KEY, "--level", "a", "--tsa", "http://127.0.0.1:1"), "cli.usage"),
        (("a.xml", "--key", KEY, "--level", "t", "--tsa", "http://127.0.0.1:1"), "timestamp.no-answer"),
        (("a.xml", "--key", KEY, "--trust", "missing"), "trust."),
        (("a.xml", "--key", KEY, "-o", "no/such/folder.xml"), "file.unwritable"),
        (("sealed.xml", "--key", KEY), "seal.already-sealed"),
        (("other.xml", "--key", KEY), "seal.unknown-document"),
        (("a.xml", "--key", KEY, "--counter"), "level.no-seal"),
    ],
)
def test_after_an_error_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "a.xml")
    put(tmp_path, "other.xml", b"<a/>")
    called(capsys, "seal", "a.xml", "--key", KEY, "-o", "sealed.xml")
    before = sorted(os.listdir(tmp_path))
    options = arguments if "-o" in arguments else (*arguments, "-o", "out.xml")
    ran = called(capsys, "seal", *options)
    assert ran.code == 2
    assert f"[{code}" in ran.err.replace("\n", "")
    assert sorted(os.listdir(tmp_path)) == before


def test_an_untrusted_key_does_not_seal_where_trust_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = put(tmp_path, "a.xml")
    for name in ("revoked", "suspended", "pretender", "tls-server"):
        address = f"pkcs12:{key_today(name).p12}"
        ran = called(capsys, "seal", source, "--key", address, "--trust", trust_today(), "-o", tmp_path / "b.xml")
        assert (ran.code, "seal.key-not-trusted" in ran.err) == (2, True), name
    assert not (tmp_path / "b.xml").exists()
    trusted = called(capsys, "seal", source, "--key", KEY, "--trust", KNOWN_TRUST, "-o", tmp_path / "b.xml")
    assert trusted.code == 0, trusted.err


def test_levels_are_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = put(tmp_path, "a.xml"), tmp_path / "b.xml"
    with serving(stamps="openssl", at=datetime.now(UTC)) as pki:
        address = f"pkcs12:{pki.key('ardic').p12}"
        common = ("seal", source, "--key", address, "-o", out, "--tsa", pki.tsa, "--trust", pki.folder)
        assert called(capsys, *common, "--level", "t").code == 0
        assert properties(out.read_bytes()) == ["SignatureTimeStamp"]
        ran = called(capsys, *common, "--level", "a", "--online")
        assert ran.code == 0, ran.err
    assert properties(out.read_bytes())[-1] == "ArchiveTimeStamp"


def test_a_customer_counter_signs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, once, twice = put(tmp_path, "a.xml", account("ProcessUserAccount")), tmp_path / "b.xml", tmp_path / "c.xml"
    assert called(capsys, "seal", source, "--key", KEY, "-o", once).code == 0
    ran = called(capsys, "seal", once, "--key", KEY, "--counter", "-o", twice)
    assert (ran.code, len(ran.err.splitlines())) == (0, 1)
    assert properties(twice.read_bytes()) == ["CounterSignature"]


def test_a_counter_signature_of_somebody_else_is_pointed_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, once, twice = put(tmp_path, "a.xml", account("ProcessUserAccount")), tmp_path / "b.xml", tmp_path / "c.xml"
    assert called(capsys, "seal", source, "--key", KEY, "-o", once).code == 0
    stranger = f"pkcs12:{key_today('kargo').p12}"
    ran = called(capsys, "--lang", "en", "seal", once, "--key", stranger, "--counter", "-o", twice)
    assert ran.code == 0
    assert "the counter-seal 9183746505's" in " ".join(ran.err.split())


def test_a_file_is_replaced_in_one_step_and_keeps_its_permissions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = put(tmp_path, "out.xml", b"old")
    out.chmod(0o640)
    held = out.open("rb")
    assert called(capsys, "seal", put(tmp_path, "a.xml"), "--key", KEY, "-o", out).code == 0
    assert held.read() == b"old"
    held.close()
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["a.xml", "out.xml"]


def test_a_link_is_written_through_and_stays_a_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = put(tmp_path, "target.xml", b"old")
    (tmp_path / "link.xml").symlink_to(target)
    assert called(capsys, "seal", put(tmp_path, "a.xml"), "--key", KEY, "-o", tmp_path / "link.xml").code == 0
    assert (tmp_path / "link.xml").is_symlink()
    assert b"ds:Signature" in target.read_bytes()


def test_a_large_report_is_sealed_and_judged_while_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = put(tmp_path, "a.xml", report_document("eArsivRaporu")), tmp_path / "b.xml"
    monkeypatch.setattr("ulak.cli.inputs.MAX_BYTES", 100)
    ran = called(capsys, "seal", source, "--key", KEY, "-o", out)
    assert ran.code == 0
    assert "4812530769" in ran.err
    asked = ("verify", out, "--trust", KNOWN_TRUST, "--at", "2026-11-22T12:00", "--format", "json")
    (streamed,) = json.loads(called(capsys, *asked).out)
    monkeypatch.undo()
    (held,) = json.loads(called(capsys, *asked).out)
    assert streamed.pop("content_sha256") is None
    assert held.pop("content_sha256")
    assert streamed == held
