"""``ulak pki serve`` answers for the folder as it is now, until it is stopped."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cli_support import ULAK, called, environment
from pki_folders import Capture, certificate, make_quickly


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PKI that nobody may change."""
    return make_quickly(tmp_path_factory.mktemp("pki") / "pki")


@pytest.fixture
def pki(tmp_path: Path) -> Path:
    """A PKI that the test may change."""
    return make_quickly(tmp_path / "pki")


def openssl(*arguments: str | Path) -> str:
    """What openssl says on standard output."""
    run = ["openssl", *map(str, arguments)]
    return subprocess.run(run, capture_output=True, timeout=60, check=False).stdout.decode()


@contextmanager
def served(place: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Iterator[tuple[str, Path]]:
    """``ulak pki serve`` in a process of its own: its address, and the file of its standard error."""
    told = place.parent / "told"
    with told.open("wb") as errors:
        command = [str(ULAK), "--lang", "en", "pki", "serve", str(place), "--listen", "127.0.0.1:0", *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment(env))
    assert process.stdout
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline().decode())
        assert found, told.read_text()
        yield found[0], told
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 130
        process.stdout.close()


def test_it_serves_lists_as_they_change(pki: Path, capsys: Capture) -> None:
    with served(pki) as (url, told):
        before = httpx.get(f"{url}/mali-muhur-s2.crl").content
        assert called(capsys, "pki", "revoke", pki, "ardic-4812530769.p12").code == 0
        after = httpx.get(f"{url}/mali-muhur-s2.crl").content
        assert after == (pki / "mali-muhur-s2.crl").read_bytes() != before
        serial = str(certificate(pki, "ardic-4812530769.p12").serial_number)
        asked = ("-issuer", pki / "mali-muhur-s2.pem", "-url", f"{url}/ocsp", "-noverify", "-serial", serial)
        assert ": revoked" in openssl("ocsp", *asked)
        assert httpx.get(f"{url}/").text == (pki / "README.txt").read_text("utf-8")
        said = told.read_text()
    assert "GET /mali-muhur-s2.crl 200" in said
    assert "The certificates name http://127.0.0.1:8770" in said


def test_it_stamps_through_openssl(pki: Path, tmp_path: Path) -> None:
    query, response = tmp_path / "q", tmp_path / "r"
    (tmp_path / "data").write_bytes(b"data")
    openssl("ts", "-query", "-data", tmp_path / "data", "-sha256", "-cert", "-out", query)
    with served(pki) as (url, _):
        response.write_bytes(httpx.post(f"{url}/tsa", content=query.read_bytes()).content)
    checked = ("-CAfile", pki / "test-root-rsa.pem", "-untrusted", pki / "zaman-damgasi-s1.pem")
    assert "Verification: OK" in openssl("ts", "-verify", "-queryfile", query, "-in", response, *checked)


def test_without_openssl_the_rest_is_served(pki: Path, tmp_path: Path) -> None:
    with served(pki, env={"PATH": str(tmp_path)}) as (url, told):
        assert "pki.openssl-missing" in told.read_text()
        answer = httpx.post(f"{url}/tsa", content=b"x")
        assert answer.status_code == 503
        assert "apt-get install openssl" in answer.text
        assert httpx.get(f"{url}/mali-muhur-s2.crl").status_code == 200


def test_a_broken_openssl_is_told_to_whoever_asks(pki: Path, tmp_path: Path) -> None:
    fake = tmp_path / "openssl"
    fake.write_text("#!/bin/sh\n[ $2 = -query ] && exit 0\necho it broke >&2; exit 1\n")
    fake.chmod(0o755)
    with served(pki, env={"PATH": f"{tmp_path}:/bin"}) as (url, _):
        answer = httpx.post(f"{url}/tsa", content=b"x")
    assert answer.status_code == 503
    assert "it broke" in answer.text


def test_a_folder_that_goes_away_is_told_too(pki: Path) -> None:
    with served(pki) as (url, told):
        shutil.rmtree(pki)
        answer = httpx.get(f"{url}/mali-muhur-s2.crl")
        assert answer.status_code == 503
        assert "pki.not-a-pki" in answer.text
        assert "Traceback" not in told.read_text()


def test_what_is_asked_cannot_steer_the_terminal(pki: Path) -> None:
    with served(pki) as (url, told):
        with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as line:
            line.sendall(b"GET /\x1b[2Jx HTTP/1.0\r\n\r\n")
            assert b"404" in line.makefile("rb").readline()
        httpx.get(f"{url}/")
        assert "GET /\ufffd[2Jx 404" in told.read_text("utf-8")


def test_an_address_in_use_is_named(made: Path, capsys: Capture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ran = called(capsys, "pki", "serve", made, "--listen", address)
    assert (ran.code, ran.out) == (2, "")
    assert "pki.address-in-use" in ran.err
    assert address in ran.err


@pytest.mark.parametrize("address", ["", "127.0.0.1", ":80", "127.0.0.1:x", "127.0.0.1:99999", "a b:80"])
def test_an_address_that_is_none_is_named(address: str, made: Path, capsys: Capture) -> None:
    ran = called(capsys, "pki", "serve", made, "--listen", address)
    assert ran.code == 2
    assert "pki.bad-address" in ran.err


def test_no_key_of_the_time_stamp_authority_is_left_behind(pki: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with served(pki, env={"TMPDIR": str(scratch)}):
        assert [stat.S_IMODE(path.stat().st_mode) for path in scratch.iterdir()] == [0o700]
    assert list(scratch.iterdir()) == []
