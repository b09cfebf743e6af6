"""A key at a remote host signs as if it were here; a host that lies, stalls or refuses gives a typed error in time."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from keys_host import TOKEN, Running, running, tls_files, token
from keys_softhsm import PIN, make_softhsm, needs_softhsm
from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, key
from ulak.seal.errors import SealError
from ulak.seal.keys.csc import PLAIN_RSA
from ulak.seal.keys.inventory import stores_at
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.problems import KeyFailure
from ulak.seal.keys.remote import RemoteKey, open_remote
from ulak.seal.keys.secrets import Secret
from ulak.seal.keys.transport import MAX_ANSWER, Limits

DIGEST = hashlib.sha256(b"document").digest()
QUICK = Limits(connect=2, answer=0.3, tries=2, pause=0)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Running]:
    with running({"rsa": key("ardic"), "ec": key("ardic-ec")}, tmp_path) as made:
        yield made


def opened(host: Running, credential: str) -> RemoteKey:
    return open_remote(host.address(credential), token, ca_file=host.roots)


@pytest.mark.parametrize(("credential", "owner"), [("rsa", "ardic"), ("ec", "ardic-ec")])
def test_a_remote_key_signs_like_the_key_itself(host: Running, credential: str, owner: str) -> None:
    signer, held = opened(host, credential), key(owner)
    digest = held.algorithm.digest.of(b"document")
    assert signer.sign(digest) == held.sign(digest)
    assert (signer.certificate, signer.chain) == (held.certificate, held.chain)
    assert [one.credential for one in host.signed] == [credential]
    assert base64.b64decode(host.signed[0].digests[0]) == digest
    signer.close()
    signer.close()
    with pytest.raises(KeyFailure) as caught:
        signer.sign(digest)
    assert caught.value.code == "key.closed"


def test_the_address_of_a_host_opens_its_keys(host: Running) -> None:
    signer = open_key(host.address("rsa"), secret=token, ca_file=host.roots)
    assert signer.sign(DIGEST)
    assert "127.0.0.1" in signer.name
    signer.close()


def test_a_hosts_keys_are_listed(host: Running) -> None:
    (store,) = stores_at(f"https://127.0.0.1:{host.port}", token, ca_file=host.roots)
    assert [(held.address, held.kind) for held in store.keys] == [
        (host.address("rsa"), "RSA 2048"),
        (host.address("ec"), "EC secp384r1"),
    ]


def test_a_key_used_after_a_fork_connects_anew(host: Running) -> None:
    signer = opened(host, "rsa")
    assert signer.sign(DIGEST)
    pid = os.fork()
    if not pid:
        code = 1
        try:
            code = 0 if len(signer.sign(DIGEST)) == 256 else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert signer.sign(DIGEST)
    signer.close()


@needs_softhsm
def test_a_card_behind_a_host_may_be_pulled_out_and_put_back(tmp_path: Path) -> None:
    hsm = make_softhsm(tmp_path / "hsm")
    hsm.make_token("card")
    hsm.add_key("card", key("ardic").private_key)
    hsm.add_certificates("card", key("ardic").certificate.x509)
    with hsm.in_this_process():
        card = open_key(hsm.uri("card"), secret=lambda wanted: Secret(PIN))
        with running({"card": card}, tmp_path) as host:
            signer = opened(host, "card")
            assert signer.sign(DIGEST)
            hsm.remove()
            with pytest.raises(KeyFailure) as caught:
                signer.sign(DIGEST)
            assert (caught.value.code, caught.value.permanent) == ("key.host-busy", False)
            assert "key.token-removed" in caught.value.text.tr
            assert host.signed[-1].fault == "key.token-removed"
            hsm.restore()
            assert signer.sign(DIGEST)
            signer.close()
        card.close()


Reply = Callable[[dict[str, Any], str], tuple[int, bytes]]


@contextmanager
def speaking(folder: Path, reply: Reply) -> Iterator[tuple[int, Path, list[str]]]:
    """A host that answers what it is told to; yields its port, its root, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 3

        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["content-length"])))
            asked.append(self.path)
            assert self.headers["authorization"] == f"Bearer {TOKEN}"
            status, body = reply(question, self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if status == 302:
                self.send_header("Location", "https://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    certificate, private = tls_files(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, private)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1], certificate, asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def info(owner: str = "ardic", **changed: object) -> bytes:
    held = key(owner)
    said = {
        "key": {"status": "enabled", "algo": ["1.2.840.113549.1.1.11", PLAIN_RSA], "len": 2048},
        "cert": {"certificates": [held.certificate.base64]},
        "auth": {"mode": "implicit"},
        "multisign": 1,
    }
    return json.dumps({**said, **changed}).encode()


def signing(answer: Callable[[dict[str, Any]], tuple[int, bytes]], **changed: object) -> Reply:
    """Tells of a key as it should, and signs as it is told to."""
    return lambda question, path: (200, info(**changed)) if path.endswith("info") else answer(question)  # type: ignore[arg-type]


def fails(folder: Path, reply: Reply, code: str, *, permanent: bool = True) -> list[str]:
    with speaking(folder, reply) as (port, roots, asked):
        with pytest.raises(SealError) as caught:
            open_remote(f"https://127.0.0.1:{port}#k", token, ca_file=roots, limits=QUICK).sign(DIGEST)
        assert (caught.value.code, caught.value.permanent) == (code, permanent), caught.value
    return asked


def signatures(*values: bytes) -> bytes:
    return json.dumps({"signatures": [base64.b64encode(value).decode() for value in values]}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b"null",
        b"{}",
        b'{"signatures": []}',
        b'{"signatures": "AAAA"}',
        b'{"signatures": [1]}',
        b'{"signatures": ["A"]}',
        b'{"signatures": ["\xff"]}',
        b'{"signatures": ["AAAA", "AAAA"]}',
        b"[" * 100_000,
        b" " * (MAX_ANSWER + 1),
    ],
    ids=lambda body: repr(body[:30]),
)
def test_an_answer_that_makes_no_sense_is_refused(tmp_path: Path, body: bytes) -> None:
    fails(tmp_path, signing(lambda question: (200, body)), "key.host-malformed")


def test_a_signature_that_is_not_ours_is_thrown_away(tmp_path: Path) -> None:
    for wrong in (b"", b"\0" * 256, KNOWN_KEY.sign(DIGEST), key("ardic").sign(hashlib.sha256(b"").digest())):
        answer = (200, signatures(wrong))
        fails(tmp_path, signing(lambda question, answer=answer: answer), "key.wrong-signature")  # type: ignore[misc]


@pytest.mark.parametrize(
    ("status", "code", "permanent", "tries"),
    [
        (401, "key.host-refused", True, 1),
        (403, "key.host-refused", True, 1),
        (400, "key.host-error", True, 1),
        (404, "key.host-error", True, 1),
        (302, "key.host-error", True, 1),
        (204, "key.host-error", True, 1),
        (429, "key.host-busy", False, 2),
        (500, "key.host-busy", False, 2),
        (503, "key.host-busy", False, 2),
    ],
)
def test_every_refusal_says_whether_it_may_pass(
    tmp_path: Path, status: int, code: str, permanent: bool, tries: int
) -> None:
    said = b"" if status == 204 else b'{"error": "x", "error_description": "y"}'
    asked = fails(tmp_path, signing(lambda question: (status, said)), code, permanent=permanent)
    assert len(asked) == 1 + tries


def test_what_failed_once_on_the_way_is_tried_again(tmp_path: Path) -> None:
    answers = [(503, b""), (200, signatures(key("ardic").sign(DIGEST)))]
    with speaking(tmp_path, signing(lambda question: answers.pop(0))) as (port, roots, _):
        signer = open_remote(f"https://127.0.0.1:{port}#k", token, ca_file=roots, limits=QUICK)
        assert signer.sign(DIGEST) == key("ardic").sign(DIGEST)
        signer.close()


def test_a_host_that_hangs_is_given_up(tmp_path: Path) -> None:
    stop = threading.Event()

    def hang(question: dict[str, Any]) -> tuple[int, bytes]:
        stop.wait(2)
        return 200, b""

    with speaking(tmp_path, signing(hang)) as (port, roots, _):
        signer = open_remote(
            f"https://127.0.0.1:{port}#k", token, ca_file=roots, limits=QUICK._replace(tries=1, answer=0.2)
        )
        with pytest.raises(KeyFailure) as caught:
            signer.sign(DIGEST)
        stop.set()
        assert (caught.value.code, caught.value.permanent) == ("key.host-timeout", False)
        signer.close()


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_host_that_drips_is_given_up(tmp_path: Path, start: bytes) -> None:
    certificate, private = tls_files(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, private)
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            peer, _ = listener.accept()
            try:
                with context.wrap_socket(peer, server_side=True) as talk:
                    talk.recv(4096)
                    talk.sendall(start)
                    while not stop.wait(0.02):
                        talk.sendall(b" ")
            except OSError:
                pass

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        address = f"https://127.0.0.1:{listener.getsockname()[1]}#k"
        with pytest.raises(KeyFailure) as caught:
            open_remote(address, token, ca_file=certificate, limits=QUICK._replace(tries=1))
        stop.set()
        thread.join(5)
    assert caught.value.code == "key.host-timeout"


def test_nobody_there_is_said() -> None:
    with pytest.raises(KeyFailure) as caught:
        open_remote("https://127.0.0.1:1#k", token, limits=QUICK)
    assert (caught.value.code, caught.value.permanent) == ("key.host-unreachable", False)
    assert "127.0.0.1:1" in caught.value.text.tr


def test_a_certificate_that_no_root_vouches_for_is_refused(host: Running, tmp_path: Path) -> None:
    for address, roots in (
        (host.address("rsa"), None),
        (host.address("rsa").replace("127.0.0.1", "127.0.0.2"), host.roots),
    ):
        with pytest.raises(KeyFailure) as caught:
            open_remote(address, token, ca_file=roots, limits=QUICK)
        assert caught.value.code in ("key.host-tls", "key.host-unreachable")
    with pytest.raises(KeyFailure) as caught:
        open_remote(host.address("rsa"), token, ca_file=tmp_path / "none.pem")
    assert caught.value.code == "key.file-unreadable"


def test_a_host_of_another_name_is_refused(host: Running) -> None:
    with pytest.raises(KeyFailure) as caught:
        open_remote(host.address("rsa").replace("127.0.0.1", "ip6-localhost"), token, ca_file=host.roots, limits=QUICK)
    assert caught.value.code in ("key.host-tls", "key.host-unreachable")


def test_who_has_no_token_or_a_wrong_one_is_refused(host: Running) -> None:
    for secret, code in (
        (lambda wanted: None, "key.host-token-missing"),
        (lambda wanted: Secret("guess"), "key.host-refused"),
        (lambda wanted: Secret(TOKEN[:-1]), "key.host-refused"),
    ):
        with pytest.raises(KeyFailure) as caught:
            open_remote(host.address("rsa"), secret, ca_file=host.roots)
        assert caught.value.code == code


def test_what_a_host_tells_of_a_key_must_do(tmp_path: Path) -> None:
    def never(question: dict[str, Any]) -> tuple[int, bytes]:
        raise AssertionError("must not be asked to sign")

    for changed, code in (
        ({"cert": {"certificates": []}}, "key.certificate-missing"),
        ({"cert": "none"}, "key.certificate-missing"),
        ({"cert": {"certificates": ["?"]}}, "key.host-malformed"),
        ({"cert": {"certificates": ["AAAA"]}}, "certificate.broken"),
        ({"cert": {"certificates": [key("weak-rsa1024").certificate.base64]}}, "key.unsupported"),
        ({"key": {"algo": ["1.2.840.10045.4.3.2"]}}, "key.mechanism"),
        ({"key": {}}, "key.mechanism"),
        ({"auth": {"mode": "explicit"}}, "key.host-authorization"),
    ):
        fails(tmp_path, signing(never, **changed), code)


def test_a_host_that_knows_plain_rsa_alone_is_told_the_digest(tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = []

    def sign(question: dict[str, Any]) -> tuple[int, bytes]:
        asked.append(question)
        return 200, signatures(key("ardic").sign(DIGEST))

    with speaking(tmp_path, signing(sign, key={"algo": [PLAIN_RSA]})) as (port, roots, _):
        signer = open_remote(f"https://127.0.0.1:{port}#a%20b", token, ca_file=roots, limits=QUICK)
        signer.sign(DIGEST)
        signer.close()
    (question,) = asked
    assert question == {
        "credentialID": "a b",
        "hashes": [base64.b64encode(DIGEST).decode()],
        "signAlgo": PLAIN_RSA,
        "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
    }


def test_the_certificate_may_be_kept_here(tmp_path: Path) -> None:
    held = key("ardic")
    reply = signing(lambda question: (200, signatures(held.sign(DIGEST))), cert={})
    with speaking(tmp_path, reply) as (port, roots, _):
        signer = open_key(f"https://127.0.0.1:{port}#k", secret=token, ca_file=roots, certificate=held.certificate_pem)
        assert signer.sign(DIGEST)
        assert signer.chain == (*held.chain, held.root)
        signer.close()


def test_the_base_of_an_address_comes_before_the_call(tmp_path: Path) -> None:
    reply = signing(lambda question: (200, b"{}"))
    with speaking(tmp_path, reply) as (port, roots, asked):
        open_remote(f"https://127.0.0.1:{port}/tenants/7/#k", token, ca_file=roots, limits=QUICK).close()
    assert asked == ["/tenants/7/csc/v2/credentials/info"]


def test_a_digest_of_another_length_is_not_sent(host: Running) -> None:
    signer = opened(host, "ec")
    with pytest.raises(KeyFailure) as caught:
        signer.sign(DIGEST)
    assert caught.value.code == "key.digest-length"
    assert host.signed == []
    signer.close()
    assert KNOWN_EC_KEY.algorithm.digest.size != len(DIGEST)
