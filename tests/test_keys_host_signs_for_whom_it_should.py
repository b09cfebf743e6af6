"""`SigningHost` signs digests of the right length for who has the token, and turns everything else away in words."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keys_host import TOKEN, Running, running, tls_files
from seal_pki import key
from ulak.seal.keys.csc import PLAIN_RSA
from ulak.seal.keys.host import MOST_HASHES, Answer, Signed, SigningHost, credential_of
from ulak.seal.keys.listening import Bounds, Listener, server_tls
from ulak.seal.keys.problems import KeyFailure, failure
from ulak.seal.keys.secrets import Secret

DIGEST = hashlib.sha256(b"document").digest()
HASH = base64.b64encode(DIGEST).decode()
BEARER = f"Bearer {TOKEN}"
SIGN = "/csc/v2/signatures/signHash"
INFO = "/csc/v2/credentials/info"
GOOD = {"credentialID": "rsa", "hashes": [HASH], "signAlgo": "1.2.840.113549.1.1.11"}


@pytest.fixture
def signed() -> list[Signed]:
    return []


@pytest.fixture
def host(signed: list[Signed]) -> SigningHost:
    return SigningHost({"rsa": key("ardic"), "ec": key("ardic-ec")}, Secret(TOKEN), signed.append)


def ask(host: SigningHost, path: str, question: object, bearer: str = BEARER) -> Answer:
    return host.answer("POST", path, bearer, json.dumps(question).encode())


def test_digests_are_signed_in_their_order(host: SigningHost, signed: list[Signed]) -> None:
    digests = [hashlib.sha256(bytes([at])).digest() for at in range(3)]
    hashes = [base64.b64encode(one).decode() for one in digests]
    answer = ask(host, SIGN, {**GOOD, "hashes": hashes})
    assert answer.status == 200
    assert [base64.b64decode(one) for one in answer.body["signatures"]] == [key("ardic").sign(one) for one in digests]
    assert signed == [Signed("rsa", tuple(hashes))]


def test_the_form_of_questions_is_free_where_the_standard_says_so(host: SigningHost) -> None:
    for more in (
        {"signAlgo": PLAIN_RSA, "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1"},
        {"hashAlgorithmOID": "2.16.840.1.101.3.4.2.1"},
        {"operationMode": "S"},
        {"clientData": "7", "SAD": "x"},
    ):
        assert ask(host, SIGN, {**GOOD, **more}).status == 200


@pytest.mark.parametrize(
    "bearer", ["", "Bearer", "Bearer ", f"Basic {TOKEN}", "Bearer x", f"{BEARER}x", TOKEN, BEARER[:-1]]
)
@pytest.mark.parametrize("path", [SIGN, INFO, "/csc/v2/info", "/csc/v2/credentials/list", "/", "/admin"])
def test_a_stranger_learns_nothing(host: SigningHost, signed: list[Signed], path: str, bearer: str) -> None:
    answer = ask(host, path, GOOD, bearer)
    assert answer == Answer(
        401, {"error": "invalid_token", "error_description": "The access token is missing or wrong"}
    )
    assert signed == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"credentialID": "other"}, "credentialID"),
        ({"credentialID": None}, "credentialID"),
        ({"credentialID": ["rsa"]}, "credentialID"),
        ({"hashes": []}, "hashes"),
        ({"hashes": HASH}, "hashes"),
        ({"hashes": [HASH] * (MOST_HASHES + 1)}, "hashes"),
        ({"hashes": [1]}, "Base64"),
        ({"hashes": [None]}, "Base64"),
        ({"hashes": ["%%%%"]}, "Base64"),
        ({"hashes": [HASH[:-4]]}, "length"),
        ({"hashes": [HASH, ""]}, "length"),
        ({"hashes": [base64.b64encode(DIGEST + DIGEST).decode()]}, "length"),
        ({"signAlgo": "1.2.840.113549.1.1.5"}, "signAlgo"),
        ({"signAlgo": "1.2.840.10045.4.3.3"}, "signAlgo"),
        ({"signAlgo": None}, "signAlgo"),
        ({"signAlgo": PLAIN_RSA}, "hashAlgorithmOID"),
        ({"signAlgo": PLAIN_RSA, "hashAlgorithmOID": "1.3.14.3.2.26"}, "hashAlgorithmOID"),
        ({"hashAlgorithmOID": "2.16.840.1.101.3.4.2.3"}, "hashAlgorithmOID"),
        ({"operationMode": "A"}, "operationMode"),
        ({"credentialID": "ec", "signAlgo": "1.2.840.10045.4.3.3"}, "length"),
    ],
)
def test_a_wrong_question_is_refused_by_name(
    host: SigningHost, signed: list[Signed], changed: dict[str, Any], said: str
) -> None:
    answer = ask(host, SIGN, {**GOOD, **changed})
    assert answer.status == 400
    assert answer.body["error"] == "invalid_request"
    assert said in answer.body["error_description"]
    assert signed == []


def test_what_is_no_question(host: SigningHost) -> None:
    for body in (b"", b"{", b"[]", b"1", b"\xff", b"[" * 100_000):
        assert host.answer("POST", SIGN, BEARER, body).status == 400
    assert host.answer("GET", SIGN, BEARER, b"{}").status == 405
    assert host.answer("POST", "/csc/v2/signatures/signDoc", BEARER, b"{}").status == 404
    assert host.answer("POST", SIGN + "/", BEARER, b"{}").status == 404


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_gets_an_answer(value: object) -> None:
    host = SigningHost({"rsa": key("ardic")}, Secret(TOKEN))
    for question in (value, {**GOOD, "hashes": value}, {**GOOD, "signAlgo": value}, {"credentialID": value}):
        assert ask(host, SIGN, question).status == 400
    assert ask(host, INFO, {"credentialID": "rsa", "certificates": value, "certInfo": value}).status == 400


def test_info_says_what_the_standard_asks(host: SigningHost) -> None:
    ardic = key("ardic")
    body = ask(host, INFO, {"credentialID": "rsa", "certificates": "chain", "certInfo": True}).body
    assert body["key"] == {"status": "enabled", "algo": ["1.2.840.113549.1.1.11", PLAIN_RSA], "len": 2048}
    assert body["cert"]["certificates"] == [ardic.certificate.base64, *(one.base64 for one in ardic.chain)]
    assert body["cert"]["validTo"] == f"{ardic.certificate.not_after:%Y%m%d%H%M%SZ}"
    assert body["auth"] == {"mode": "implicit"}
    assert ask(host, INFO, {"credentialID": "rsa"}).body["cert"] == {"certificates": [ardic.certificate.base64]}
    assert ask(host, INFO, {"credentialID": "ec", "certificates": "none"}).body["cert"] == {"certificates": []}
    assert ask(host, INFO, {"credentialID": "rsa", "certificates": "all"}).status == 400
    assert ask(host, INFO, {"credentialID": "rsa", "certificates": []}).status == 400
    assert ask(host, "/csc/v2/credentials/list", {}).body == {"credentialIDs": ["rsa", "ec"]}
    service = ask(host, "/csc/v2/info", {}).body
    assert service["methods"] == ["info", "credentials/list", "credentials/info", "signatures/signHash"]


def test_a_key_without_a_name_is_called_by_its_certificate() -> None:
    assert credential_of(key("ardic")) == key("ardic").certificate.fingerprint[:16]


class Broken:
    """A key that fails."""

    def __init__(self, error: KeyFailure) -> None:
        self.name, self.error = "broken", error
        self.certificate, self.chain, self.algorithm = key("ardic").certificate, (), key("ardic").algorithm

    def sign(self, digest: bytes) -> bytes:
        raise self.error

    def close(self) -> None:
        pass


def test_a_key_that_fails_is_told_apart_by_whether_it_may_pass(signed: list[Signed]) -> None:
    away = failure("key.token-removed", token="card", detail="DeviceRemoved")
    locked = failure("key.pin-locked", token="card")
    for error, status in ((away, 503), (locked, 500)):
        host = SigningHost({"rsa": Broken(error)}, Secret(TOKEN), signed.append)
        answer = ask(host, SIGN, GOOD)
        assert answer == Answer(status, {"error": "server_error", "error_description": error.code})
        assert signed.pop() == Signed("rsa", (HASH,), error.code)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Running]:
    with running({"rsa": key("ardic")}, tmp_path, Bounds(head=2000, body=1000, seconds=0.3, connections=3)) as made:
        yield made


def connected(live: Running) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=live.roots)
    plain = socket.create_connection(("127.0.0.1", live.port), 5)
    return context.wrap_socket(plain, server_hostname="localhost")


def sent(live: Running, data: bytes) -> tuple[int, dict[str, Any]]:
    """The answer to raw bytes, after which the host has to hang up."""
    with connected(live) as talk:
        talk.sendall(data)
        answer = b""
        while piece := talk.recv(4096):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def test_several_requests_share_a_connection(live: Running) -> None:
    context = ssl.create_default_context(cafile=live.roots)
    talk = http.client.HTTPSConnection("localhost", live.port, context=context, timeout=5)
    for _ in range(3):
        talk.request("POST", SIGN, json.dumps(GOOD), {"Authorization": BEARER})
        answer = talk.getresponse()
        assert answer.status == 200
        assert json.loads(answer.read())["signatures"] == [base64.b64encode(key("ardic").sign(DIGEST)).decode()]
    talk.close()
    assert len(live.signed) == 3


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\r\n\r\n", 400),
        (b"hello\r\n\r\n", 400),
        (b"POST / HTTP/2.0\r\n\r\n", 400),
        (b"POST  / HTTP/1.1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nno header\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nA: 1\r\n b\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nA : 1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nA: 1\0\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\n\r\n", 411),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n", 411),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 0x1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nA: " + b"a" * 4000 + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.0\r\nContent-Length: 0\r\n\r\n", 401),
        (b"POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 401),
    ],
)
def test_odd_requests_are_answered_and_the_connection_ends(live: Running, data: bytes, status: int) -> None:
    assert sent(live, data)[0] == status
    assert live.signed == []


def test_a_slow_client_is_left_behind(live: Running) -> None:
    with connected(live) as talk:
        talk.sendall(b"POST / HTTP/1.1\r\n")
        talk.settimeout(5)
        assert talk.recv(100) == b""


def test_a_client_that_keeps_its_connection_does_not_keep_the_host(tmp_path: Path, host: SigningHost) -> None:
    certificate, private = tls_files(tmp_path)
    trusting = ssl.create_default_context(cafile=certificate)
    clients: list[ssl.SSLSocket] = []

    def come(port: int) -> None:
        clients.append(trusting.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname="localhost"))
        clients[0].sendall(b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
        assert clients[0].recv(12) == b"HTTP/1.1 401"

    async def serve() -> None:
        async with Listener(host, server_tls(certificate, private), "127.0.0.1", 0, Bounds(seconds=600)) as listener:
            await asyncio.to_thread(come, listener.port)

    ended = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    ended.start()
    ended.join(20)
    assert not ended.is_alive()
    clients[0].close()


def test_more_clients_than_allowed_are_turned_away(live: Running) -> None:
    held = [connected(live) for _ in range(3)]
    with suppress(OSError), connected(live) as talk:
        talk.settimeout(5)
        assert talk.recv(10) == b""
    for one in held:
        one.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_leave_the_host_listening(live: Running, data: bytes) -> None:
    with connected(live) as talk:
        talk.sendall(data)
    assert sent(live, b"POST / HTTP/1.0\r\nContent-Length: 0\r\n\r\n")[0] == 401


def test_the_files_of_the_tls_must_do(tmp_path: Path, live: Running) -> None:
    (tmp_path / "no.pem").write_text("none")
    for certificate, private in (
        (tmp_path / "missing.pem", tmp_path / "tls.key"),
        (live.roots, tmp_path / "missing.key"),
        (live.roots, tmp_path / "no.pem"),
        (tmp_path / "no.pem", tmp_path / "tls.key"),
        (live.roots, key("ardic").pem),
    ):
        with pytest.raises(KeyFailure) as caught:
            server_tls(certificate, private)
        assert caught.value.code == "key.host-setup"
