"""`ulak keys` lists, tests, forecasts and serves keys; exit codes and JSON are part of the contract."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from cli_support import ULAK, Ran, called, environment, ulak
from keys_host import TOKEN, tls_files
from keys_softhsm import MODULE, PIN, SoftHsm, make_softhsm, needs_softhsm
from seal_pki import key_today as key

ARDIC = f"pkcs12:{key('ardic').p12}"


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Ran:
    return called(capsys, "keys", *arguments, "--lang", "en")


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A key file whose password is the PIN."""
    held, path = key("ardic"), tmp_path / "locked.p12"
    sealed = BestAvailableEncryption(PIN.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"k", held.private_key, held.certificate.x509, None, sealed))
    return path


@pytest.fixture(scope="module")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> SoftHsm:
    made = make_softhsm(tmp_path_factory.mktemp("hsm"))
    for label in ("one", "two"):
        made.make_token(label)
        made.add_key(label, key("ardic").private_key)
        made.add_certificates(label, key("ardic").certificate.x509)
    return made


@pytest.fixture
def tokens(hsm: SoftHsm, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoftHsm]:
    monkeypatch.setenv("ULAK_PKCS11_MODULE", str(MODULE))
    with hsm.in_this_process():
        yield hsm


def test_a_key_that_signs_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    ran = said(capsys, "test", ARDIC, f"pkcs12:{key('ardic-ec').p12}", "--times", "3")
    assert ran.code == 0
    assert "ECDSA_SHA384  signed" in ran.out
    assert "3 signatures" in ran.out


def test_a_key_that_does_not_sign_ends_with_1_and_says_why(
    capsys: pytest.CaptureFixture[str], locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ULAK_PIN", "wrong")
    ran = said(capsys, "test", ARDIC, f"pkcs12:{locked}")
    assert ran.code == 1
    assert "✓" in ran.out
    assert "✗" in ran.out
    assert "[key.password-wrong]" in ran.err


def test_an_address_that_means_nothing_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    for address in ("key", "pkcs11:tokn=a", "https://a:hidden@b#c"):
        ran = said(capsys, "test", address)
        assert ran.code == 2
        assert "hidden" not in ran.out + ran.err
    assert said(capsys, "test").code == 2
    assert said(capsys, "test", ARDIC, "--times", "0").code == 2
    assert said(capsys, "test", ARDIC, "--times", "many").code == 2
    assert said(capsys, "test", ARDIC, "--format", "xml").code == 2


def test_tests_are_printed_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ran = said(capsys, "test", ARDIC, f"pkcs12:{tmp_path}/none.p12", "--format", "json", "--times", "2")
    good, bad = ran.objects()
    assert ran.code == 1
    assert (good["address"], good["works"], good["signatures"], good["error"]) == (ARDIC, True, 2, None)
    assert good["slowest_ms"] >= good["median_ms"] > 0
    assert (bad["key"], bad["works"], bad["median_ms"]) == (None, False, None)
    assert bad["error"]["code"] == "key.file-missing"
    assert bad["error"]["permanent"] is True


def test_the_password_comes_from_a_file_or_a_variable(
    capsys: pytest.CaptureFixture[str], locked: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = f"pkcs12:{locked}"
    ran = said(capsys, "test", address)
    assert ran.code == 1
    assert "[key.password-missing]" in ran.err
    assert "ULAK_PIN_FILE" in ran.err
    monkeypatch.setenv("ULAK_PIN", PIN)
    assert said(capsys, "test", address).code == 0
    file = tmp_path / "pin"
    file.write_text(PIN)
    monkeypatch.setenv("ULAK_PIN", "wrong")
    monkeypatch.setenv("ULAK_PIN_FILE", str(file))
    file.chmod(0o644)
    assert "[key.secret-exposed]" in said(capsys, "test", address).err
    file.chmod(0o600)
    assert said(capsys, "test", address).code == 0


def test_a_terminal_is_asked_without_an_echo(locked: Path) -> None:
    leader, follower = pty.openpty()
    env = environment({"ULAK_LANG": "en"})
    with subprocess.Popen(
        [ULAK, "keys", "test", f"pkcs12:{locked}"],
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=follower,
        env=env,
        start_new_session=True,
    ) as process:
        seen = _until(leader, b"): ")
        os.write(leader, f"{PIN}\n".encode())
        out = process.stdout.read() if process.stdout else b""
        code = process.wait(30)
        seen += _rest(leader)
    os.close(leader)
    os.close(follower)
    assert b"Password (" in seen
    assert PIN.encode() not in seen + out
    assert (code, "signed" in out.decode()) == (0, True)


def _until(leader: int, end: bytes) -> bytes:
    seen = b""
    while not seen.endswith(end) and select.select([leader], [], [], 30)[0]:
        seen += os.read(leader, 1000)
    return seen


def _rest(leader: int) -> bytes:
    seen = b""
    while select.select([leader], [], [], 0.05)[0]:
        seen += os.read(leader, 1000)
    return seen


def test_a_file_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    ran = said(capsys, "list", ARDIC)
    assert ran.code == 0
    assert "RSA 2048" in ran.out
    assert "4812530769" in ran.out
    assert f"{ARDIC}\n" in ran.out


def test_what_cannot_be_listed_ends_with_2_and_the_rest_is_listed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = said(capsys, "list", f"pkcs12:{tmp_path}/none.p12", ARDIC)
    assert ran.code == 2
    assert "[key.file-missing]" in ran.err
    assert "RSA 2048" in ran.out
    ran = said(capsys, "list", f"pkcs12:{tmp_path}/none.p12", ARDIC, "--format", "json")
    bad, good = ran.objects()
    assert (bad["store"], bad["error"]["code"]) == (None, "key.file-missing")
    assert [one["address"] for one in good["keys"]] == [ARDIC]
    monkeypatch.delenv("ULAK_PKCS11_MODULE", raising=False)
    assert "[key.module-missing]" in said(capsys, "list").err


@needs_softhsm
def test_all_tokens_are_listed_without_a_pin(
    capsys: pytest.CaptureFixture[str], tokens: SoftHsm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ULAK_PIN", "would lock them")
    for arguments in (["list"], ["list", "--module", str(MODULE)], ["list", "pkcs11:"]):
        ran = said(capsys, *arguments)
        assert ran.code == 0
        assert "without the PIN" in ran.out
        assert ran.out.count("pkcs11:token=") == 2


@needs_softhsm
def test_a_listed_address_can_be_used_as_it_is(
    capsys: pytest.CaptureFixture[str], tokens: SoftHsm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ULAK_PIN", PIN)
    (store,) = said(capsys, "list", "pkcs11:token=two", "--format", "json").objects()
    assert store["open"] is True
    (held,) = store["keys"]
    assert held["kind"] == "RSA 2048"
    assert held["certificates"][0]["tax_id"] == "4812530769"
    assert said(capsys, "test", held["address"]).code == 0
    assert said(capsys, "list", "pkcs11:token=two;object=none").code == 1


@needs_softhsm
def test_a_pin_that_is_missing_or_wrong_is_said(
    capsys: pytest.CaptureFixture[str], tokens: SoftHsm, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "[key.pin-missing]" in said(capsys, "test", "pkcs11:token=one").err
    monkeypatch.setenv("ULAK_PIN", "000000")
    ran = said(capsys, "test", "pkcs11:token=one")
    assert ran.code == 1
    assert "[key.pin-wrong]" in ran.err
    assert "000000" not in ran.out + ran.err


@needs_softhsm
def test_a_forecast_needs_no_pin(capsys: pytest.CaptureFixture[str], tokens: SoftHsm) -> None:
    ran = said(capsys, "forecast", "pkcs11:token=one", "pkcs11:token=two?pin-source=file:/no/such/file")
    assert ran.code == 0
    assert ran.out.count("ok") >= 2


def test_a_forecast_warns_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "forecast", ARDIC).code == 0
    soon = said(capsys, "forecast", ARDIC, "--soon", "3650")
    assert (soon.code, soon.out.startswith("soon")) == (0, True)
    urgent = said(capsys, "forecast", ARDIC, "--urgent", "3650")
    assert (urgent.code, urgent.out.startswith("urgent")) == (1, True)
    assert said(capsys, "forecast", f"pkcs12:{key('expired').p12}").code == 1
    assert said(capsys, "forecast", ARDIC, "--soon", "-1").code == 2
    assert said(capsys, "forecast", "pkcs12:none.p12").code == 2


def test_a_forecast_begins_with_what_ends_first(capsys: pytest.CaptureFixture[str]) -> None:
    ran = said(capsys, "forecast", ARDIC, f"pkcs12:{key('expired').p12}", "--format", "json")
    first, second = ran.objects()
    assert (first["level"], first["days"] < 0) == ("expired", True)
    assert second["level"] == "ok"
    own, *issuers = second["certificates"]
    assert (own["is_issuer"], [one["is_issuer"] for one in issuers]) == (False, [True] * len(issuers))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, dict[str, str]]]:
    certificate, private = tls_files(tmp_path)
    token = tmp_path / "token"
    token.write_text(TOKEN)
    token.chmod(0o600)
    env = environment({"ULAK_TOKEN_FILE": str(token), "ULAK_CA_FILE": str(certificate), "ULAK_LANG": "en"})
    command = f"keys serve --key m={ARDIC} --key {ARDIC.replace('ardic-', 'ardic-ec-')} --listen 127.0.0.1:0"
    with subprocess.Popen(
        [ULAK, *command.split(), "--certificate", certificate, "--tls-key", private],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().decode() for _ in range(3)]
        assert lines[0].startswith("Ready"), process.communicate(timeout=10)
        yield process, lines[1].rpartition("--key ")[2].strip(), env
        if process.poll() is None:
            process.kill()


def test_keys_that_are_served_sign_at_the_other_end(
    served: tuple[subprocess.Popen[bytes], str, dict[str, str]],
) -> None:
    process, address, env = served
    assert address.endswith("#m")
    ran = ulak("keys", "test", address, "--format", "json", env=env)
    assert ran.code == 0, ran.err
    listed: list[dict[str, Any]] = json.loads(
        ulak("keys", "list", address.partition("#")[0], "--format", "json", env=env).out
    )
    fingerprint = key("ardic-ec").certificate.fingerprint[:16]
    assert [one["label"] for one in listed[0]["keys"]] == ["m", fingerprint]
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert " m 1 digests ✓" in err.decode()
    assert TOKEN not in err.decode()


def test_ctrl_c_ends_a_host(served: tuple[subprocess.Popen[bytes], str, dict[str, str]]) -> None:
    process, _, _ = served
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130


def test_a_host_does_not_start_unprotected(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, private = tls_files(tmp_path)
    tls = ("--certificate", certificate, "--tls-key", private)
    monkeypatch.delenv("ULAK_TOKEN", raising=False)
    assert "[key.host-token-missing]" in said(capsys, "serve", "--key", ARDIC, *tls).err
    monkeypatch.setenv("ULAK_TOKEN", "short")
    ran = said(capsys, "serve", "--key", ARDIC, *tls)
    assert (ran.code, "[key.host-setup]" in ran.err, "short" in ran.err) == (2, True, False)
    monkeypatch.setenv("ULAK_TOKEN", TOKEN)
    for arguments, code in (
        (("--key", ARDIC, "--listen", "nowhere", *tls), "cli.usage"),
        (("--key", ARDIC, "--listen", "127.0.0.1:99999", *tls), "cli.usage"),
        (("--key", ARDIC, "--listen", "192.0.2.1:1", *tls), "key.host-setup"),
        (("--key", f"a={ARDIC}", "--key", f"a={ARDIC}", *tls), "cli.usage"),
        (("--key", "none", *tls), "key.address"),
        (("--key", ARDIC, "--certificate", private, "--tls-key", certificate), "key.host-setup"),
    ):
        ran = said(capsys, "serve", *arguments)
        assert ran.code == 2
        assert f"[{code}]" in " ".join(ran.err.split())
