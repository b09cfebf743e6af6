"""Passwords, PINs and access tokens come from where nobody else looks, and show up nowhere."""

from __future__ import annotations

import copy
import gc
import hashlib
import logging
import os
import pickle
import socket
import ssl
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from hypothesis import given
from hypothesis import strategies as st

from keys_host import tls_files
from keys_softhsm import PIN, make_softhsm, needs_softhsm
from seal_pki import key
from ulak.seal.errors import SealError
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.problems import KeyFailure
from ulak.seal.keys.secrets import (
    Kind,
    Secret,
    SecretSource,
    Wanted,
    first_of,
    from_environment,
    from_file,
    no_secret,
)

HIDDEN = "Gizli-314159"
DIGEST = hashlib.sha256(b"document").digest()


def source(wanted: Wanted) -> Secret:
    return Secret(HIDDEN)


def everything_said(error: BaseException) -> str:
    """An error as a curious tool shows it: its whole family, with the variables of every frame."""
    said, left, seen = "", [error], set()
    while left:
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        said += "".join(traceback.TracebackException.from_exception(one, capture_locals=True).format())
        said += repr(one) + str(one) + repr(vars(one))
        left += [other for other in (one.__cause__, one.__context__) if other is not None]
    return said


def silent_failure(work: Callable[[], object], caplog: pytest.LogCaptureFixture) -> KeyFailure:
    with caplog.at_level(logging.DEBUG), pytest.raises(SealError) as caught:
        work()
    assert isinstance(caught.value, KeyFailure)
    assert HIDDEN not in everything_said(caught.value)
    assert HIDDEN not in caplog.text
    return caught.value


@given(st.text(min_size=5))
def test_a_secret_shows_itself_to_nobody_but_who_asks(text: str) -> None:
    secret = Secret(text)
    shown = (repr(secret), str(secret), f"{secret}", f"{secret:>30}", f"{secret!r}", repr([secret]))
    assert all("Secret(…)" in one for one in shown)
    assert secret.reveal() == text
    assert secret == Secret(text)
    assert secret != Secret(text + "x")
    assert secret != text


def test_a_secret_is_not_written_down() -> None:
    secret = Secret(HIDDEN)
    for one in (secret, {"pin": secret}, [secret]):
        with pytest.raises(TypeError):
            pickle.dumps(one)
    with pytest.raises(TypeError):
        hash(secret)
    assert copy.copy(secret) is copy.deepcopy(secret) is secret
    assert not hasattr(secret, "__dict__")
    assert Secret("x")
    assert not Secret("")


def test_a_wrong_password_is_not_in_the_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ardic = key("ardic")
    path = tmp_path / "k.p12"
    sealed = BestAvailableEncryption(b"another password")
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"k", ardic.private_key, ardic.certificate.x509, None, sealed)
    )
    failed = silent_failure(lambda: open_key(f"pkcs12:{path}", secret=source), caplog)
    assert failed.code == "key.password-wrong"


@needs_softhsm
def test_a_wrong_pin_is_not_in_the_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    hsm = make_softhsm(tmp_path)
    hsm.make_token("one")
    with hsm.in_this_process():
        failed = silent_failure(lambda: open_key(hsm.uri("one"), secret=source), caplog)
    assert failed.code == "key.pin-wrong"


@needs_softhsm
def test_a_pin_is_not_in_any_object_of_an_open_key(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    hsm = make_softhsm(tmp_path)
    hsm.make_token("one", pin=HIDDEN)
    hsm.add_key("one", key("ardic").private_key, pin=HIDDEN)
    hsm.add_certificates("one", key("ardic").certificate.x509, pin=HIDDEN)
    with hsm.in_this_process():
        signer = open_key(hsm.uri("one"), secret=source)
        assert signer.sign(DIGEST)
        assert HIDDEN not in repr(signer) + signer.name + repr(vars(signer))
        with pytest.raises(TypeError):
            pickle.dumps(signer)
        hsm.remove()
        failed = silent_failure(lambda: signer.sign(DIGEST), caplog)
        assert failed.code == "key.token-removed"
        hsm.restore()
        signer.close()


@pytest.fixture
def rude_host(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Speaks TLS, then hangs up on whoever asks."""
    certificate, private = tls_files(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, private)
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                peer, _ = listener.accept()
                with context.wrap_socket(peer, server_side=True) as talk:
                    talk.recv(100)
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1], certificate
    stop.set()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


def test_an_access_token_is_not_in_the_error(rude_host: tuple[int, Path], caplog: pytest.LogCaptureFixture) -> None:
    port, roots = rude_host
    address = f"https://127.0.0.1:{port}#key"
    failed = silent_failure(lambda: open_key(address, secret=source, ca_file=roots), caplog)
    assert failed.code == "key.host-unreachable"
    assert silent_failure(lambda: open_key(address, secret=source), caplog).code == "key.host-tls"


@needs_softhsm
def test_the_process_list_never_shows_a_pin(tmp_path: Path) -> None:
    hsm = make_softhsm(tmp_path)
    hsm.make_token("one")
    hsm.add_key("one", key("ardic").private_key)
    hsm.add_certificates("one", key("ardic").certificate.x509)
    file = tmp_path / "pin"
    file.write_text(PIN)
    file.chmod(0o600)
    program = """
import sys
from pathlib import Path
from ulak.cli.main import main
code = main(sys.argv[1:])
words = Path("/proc/self/cmdline").read_text()
assert str(271829 - 1) not in words, words
assert code == 0, code
"""
    hsm.run(program, "keys", "test", hsm.uri("one"), env={"ULAK_PIN_FILE": str(file)})


def test_a_secret_comes_from_a_variable() -> None:
    assert from_environment("PIN", {"PIN": HIDDEN}).reveal() == HIDDEN
    for environment in ({}, {"PIN": ""}):
        with pytest.raises(KeyFailure) as caught:
            from_environment("PIN", environment)
        assert caught.value.code == "key.secret-missing"


@pytest.mark.parametrize("data", [b"1234", b"1234\n", b"1234\r\n"])
def test_a_secret_comes_from_a_file_without_its_line_end(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "pin"
    file.write_bytes(data)
    file.chmod(0o400)
    assert from_file(file).reveal() == "1234"


def test_blanks_belong_to_the_secret(tmp_path: Path) -> None:
    file = tmp_path / "pin"
    file.write_bytes(" ğ 1 \n".encode())
    file.chmod(0o600)
    assert from_file(file).reveal() == " ğ 1 "


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o444, 0o777])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "pin"
    file.write_text(HIDDEN)
    file.chmod(mode)
    with pytest.raises(KeyFailure) as caught:
        from_file(file)
    assert caught.value.code == "key.secret-exposed"
    assert f"chmod 600 {file}" in caught.value.repair.tr
    assert HIDDEN not in everything_said(caught.value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "key.secret-missing"),
        (b"\n", "key.secret-missing"),
        (b"1234\n5678\n", "key.secret-unreadable"),
        (b"12\x0034", "key.secret-unreadable"),
        (b"\xff\xfe", "key.secret-unreadable"),
        (b"1" * 5000, "key.secret-unreadable"),
    ],
)
def test_a_file_must_hold_one_line(tmp_path: Path, data: bytes, code: str) -> None:
    file = tmp_path / "pin"
    file.write_bytes(data)
    file.chmod(0o600)
    with pytest.raises(KeyFailure) as caught:
        from_file(file)
    assert caught.value.code == code
    if len(data) > 3:
        assert data.decode(errors="ignore")[:4] not in caught.value.text.tr.replace(str(file), "")


def test_files_that_are_none_are_said(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none", "key.secret-missing"), (tmp_path, "key.secret-unreadable")):
        with pytest.raises(KeyFailure) as caught:
            from_file(path)
        assert caught.value.code == code


def test_a_pipe_is_as_good_as_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write('1234')"]):
        assert from_file(pipe).reveal() == "1234"


def test_the_first_source_that_has_a_secret_gives_it() -> None:
    asked: list[str] = []

    def noting(name: str, secret: Secret | None) -> SecretSource:
        def answer(wanted: Wanted) -> Secret | None:
            asked.append(name)
            return secret

        return answer

    wanted = Wanted(Kind.PIN, "card")
    found = first_of(no_secret, noting("a", None), noting("b", Secret("1")), noting("c", Secret("2")))(wanted)
    assert found == Secret("1")
    assert asked == ["a", "b"]
    assert first_of()(wanted) is None


def test_no_file_key_leaves_its_password_behind(tmp_path: Path) -> None:
    ardic = key("ardic")
    path = tmp_path / "k.p12"
    sealed = BestAvailableEncryption(HIDDEN.encode())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"k", ardic.private_key, ardic.certificate.x509, None, sealed)
    )
    signer = open_key(f"pkcs12:{path}", secret=lambda wanted: Secret(HIDDEN))
    gc.collect()
    kept = [one for one in gc.get_referents(signer, vars(signer)) if isinstance(one, Secret)]
    assert kept == []
