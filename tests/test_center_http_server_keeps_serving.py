"""The center's HTTP server answers what it can, refuses the rest in words, and goes on whatever comes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from ulak_center.problems import CenterError
from ulak_center.web.http import Address, serving
from ulak_center.web.values import Admitted, Answer, Drop, Head, Limits, Plain, Reply, Request

QUICK = Limits(
    head=2000,
    headers=20,
    body=50_000,
    memory=1000,
    idle=5.0,
    head_seconds=0.3,
    gap_seconds=0.3,
    body_rate=1000,
    body_grace=0.2,
    linger=0.3,
    silence=2.0,
    connections=30,
    per_address=30,
)


def echo(request: Request) -> Answer:
    head = request.head
    said = f"{head.method} {head.path} {head.query} {head.base} {len(request.body)} {request.body[:50]!r}"
    return Reply(200, said.encode(), (("Content-Type", "text/plain"),))


@contextmanager
def server(handle: Callable[[Request], Answer] = echo, limits: Limits = QUICK) -> Iterator[Address]:
    with serving(Plain(handle), limits=limits) as address:
        yield address


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    with server() as found:
        yield found


def connect(address: Address) -> socket.socket:
    connection = socket.create_connection((address.host, address.port))
    connection.settimeout(5)
    return connection


def told(address: Address, *pieces: bytes, ends: bool = False) -> bytes:
    """Everything that comes back until the server closes."""
    with closing(connect(address)) as connection:
        with suppress(OSError):
            for piece in pieces:
                connection.sendall(piece)
            if ends:
                connection.shutdown(socket.SHUT_WR)
        return read_all(connection)


def read_all(connection: socket.socket) -> bytes:
    found = b""
    with suppress(ConnectionError):
        while piece := connection.recv(65536):
            found += piece
    return found


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def assert_serves(address: Address) -> None:
    assert httpx.get(f"{address.url}/still").status_code == 200


HOST = b"Host: a\r\n"


def test_requests_are_answered_one_after_another_on_one_connection(address: Address) -> None:
    with httpx.Client(base_url=address.url) as client:
        first = client.post("/a%20b?c=d", content=b"x" * 3000)
        assert first.text.startswith(f"POST /a%20b c=d {address.url} 3000")
        assert "date" in first.headers
        assert client.get("/").text.endswith("0 b''")
        assert client.post("/", content=iter([b"one", b"two"])).text.endswith("6 b'onetwo'")


def test_head_has_no_body(address: Address) -> None:
    with httpx.Client(base_url=address.url) as client:
        answer = client.head("/")
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer.headers["content-length"]) > 0
        assert client.get("/next").status_code == 200


def test_a_refused_head_has_no_body_either(address: Address) -> None:
    answer = told(address, b"HEAD /a#b HTTP/1.1\r\n" + HOST + b"\r\n")
    assert status(answer) == 400
    assert answer.endswith(b"\r\n\r\n")


def test_pipelined_requests_are_answered_in_order(address: Address) -> None:
    requests = b"".join(b"GET /%d HTTP/1.1\r\n" % number + HOST + b"\r\n" for number in range(20))
    answer = told(address, requests + b"GET /last HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
    places = [answer.find(b"GET /%d " % number) for number in range(20)]
    assert places == sorted(places)
    assert places[0] > 0
    assert b"GET /last" in answer


def test_a_half_closed_client_is_answered(address: Address) -> None:
    assert status(told(address, b"POST / HTTP/1.1\r\nContent-Length: 2\r\n" + HOST + b"\r\nab", ends=True)) == 200


def test_a_body_is_asked_for_where_the_client_waits(address: Address) -> None:
    with closing(connect(address)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n")
        connection.sendall(HOST + b"\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"ok")
        assert b"b'ok'" in read_all(connection)


def test_a_target_may_be_absolute(address: Address) -> None:
    answer = told(address, b"GET http://merkez.example/x?y HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
    assert b"GET /x y http://merkez.example" in answer


def test_http_1_0_is_answered_and_closed(address: Address) -> None:
    assert status(told(address, b"GET / HTTP/1.0\r\n\r\n")) == 200


BAD: dict[str, tuple[bytes, int]] = {
    "garbage": (b"\x00\xff\x01garbage\r\n\r\n", 400),
    "a TLS greeting": (bytes.fromhex("1603010200010001fc0303") + b"\x07" * 300, 400),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "a host that is none": (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    "two content types": (b"GET / HTTP/1.1\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n" + HOST + b"\r\n", 400),
    "a strange target": (b"GET * HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "a target with a fragment": (b"GET /a#b HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "two lengths": (
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n" + HOST + b"\r\n0\r\n\r\n",
        400,
    ),
    "differing lengths": (b"POST / HTTP/1.1\r\nContent-Length: 3, 4\r\n" + HOST + b"\r\n", 400),
    "a length that is none": (b"POST / HTTP/1.1\r\nContent-Length: -3\r\n" + HOST + b"\r\n", 400),
    "another encoding": (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n" + HOST + b"\r\n", 501),
    "broken chunks": (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\nzz\r\n", 400),
    "tiny chunks": (
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\n" + b"1\r\nx\r\n" * 2000,
        400,
    ),
    "an expectation": (b"POST / HTTP/1.1\r\nExpect: wonders\r\nContent-Length: 3\r\n" + HOST + b"\r\n", 417),
    "a huge header": (b"GET / HTTP/1.1\r\nX: " + b"x" * 3000 + b"\r\n" + HOST + b"\r\n", 431),
    "an endless header": (b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000, 431),
    "too many headers": (b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 21 + b"\r\n", 431),
    "an announced giant": (b"POST / HTTP/1.1\r\nContent-Length: 50001\r\n" + HOST + b"\r\n", 413),
    "a giant in chunks": (
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\nffff\r\n" + b"x" * 70_000,
        413,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_request_is_refused_in_words(address: Address, name: str) -> None:
    sent, wanted = BAD[name]
    answer = told(address, sent)
    assert status(answer) == wanted
    assert b"Connection: close" in answer
    assert len(answer.partition(b"\r\n\r\n")[2].splitlines()) == 3
    assert_serves(address)


ENDED = {
    "in the head": b"GET / HTTP/1.1\r\nHos",
    "in the body": b"POST / HTTP/1.1\r\nContent-Length: 10\r\n" + HOST + b"\r\nabc",
    "in a chunk": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\n5\r\nab",
    "in the length of a chunk": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\n5",
}


@pytest.mark.parametrize("name", ENDED)
def test_a_request_that_ends_early_is_refused(address: Address, name: str) -> None:
    assert status(told(address, ENDED[name], ends=True)) == 400
    assert_serves(address)


SLOW = {
    "a head that stops": b"GET / HTTP/1.1\r\nHos",
    "a body that stops": b"POST / HTTP/1.1\r\nContent-Length: 10\r\n" + HOST + b"\r\nabc",
}


@pytest.mark.parametrize("name", SLOW)
def test_one_who_stops_in_the_middle_is_told_and_closed(address: Address, name: str) -> None:
    assert status(told(address, SLOW[name])) == 408
    assert_serves(address)


@pytest.mark.parametrize(
    "head", [b"GET / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nContent-Length: 9000\r\n" + HOST + b"\r\n"]
)
def test_one_who_sends_a_byte_now_and_then_is_told_and_closed(address: Address, head: bytes) -> None:
    with closing(connect(address)) as connection:
        connection.sendall(head)
        connection.settimeout(0.02)
        answer = b""
        for _ in range(200):
            try:
                connection.sendall(b"x")
                answer = connection.recv(1000)
                break
            except TimeoutError:
                continue
        assert status(answer) == 408
    assert_serves(address)


def test_many_idle_connections_keep_nobody_out() -> None:
    with server(limits=QUICK._replace(connections=250, per_address=250)) as address, ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(closing(connect(address)))
        assert_serves(address)


def test_an_idle_connection_makes_room_for_a_new_one() -> None:
    with server(limits=QUICK._replace(connections=3, per_address=3)) as address, ExitStack() as stack:
        idle = [stack.enter_context(closing(connect(address))) for _ in range(6)]
        assert_serves(address)
        assert read_all(idle[0]) == b""


@pytest.mark.parametrize(
    "begun", [b"POST / HTTP/1.1\r\nHost:", b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\na"]
)
def test_those_who_only_begin_requests_make_room_too(begun: bytes) -> None:
    limits = QUICK._replace(connections=3, per_address=3, head_seconds=5, gap_seconds=5)
    with server(limits=limits) as address, ExitStack() as stack:
        slow = [stack.enter_context(closing(connect(address))) for _ in range(6)]
        for each in slow:
            with suppress(OSError):
                each.sendall(begun)
        assert_serves(address)


def test_who_comes_when_all_are_busy_is_turned_away() -> None:
    free = threading.Event()
    begun = threading.Event()

    def wait(request: Request) -> Answer:
        begun.set()
        free.wait(5)
        return Reply(200)

    with server(wait, QUICK._replace(connections=1)) as address, closing(connect(address)) as busy:
        busy.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        begun.wait(5)
        assert status(told(address)) == 503
        free.set()
        assert status(read_all(busy)) == 200


class Patient(Plain):
    """Waits at /wait, on threads that are for waiting."""

    def admit(self, head: Head) -> Admitted | Answer:
        return Admitted(waits=head.path == "/wait")


def test_those_who_wait_for_others_keep_nobody_waiting() -> None:
    free, begun = threading.Event(), threading.Semaphore(0)

    def handle(request: Request) -> Answer:
        if request.head.path == "/wait":
            begun.release()
            free.wait(5)
        return Reply(200)

    with serving(Patient(handle), limits=QUICK._replace(threads=2)) as address, ExitStack() as stack:
        waiting = [stack.enter_context(closing(connect(address))) for _ in range(5)]
        for each in waiting:
            each.sendall(b"GET /wait HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        assert begun.acquire(timeout=5)
        assert begun.acquire(timeout=5)
        assert_serves(address)
        free.set()
        assert [status(read_all(each)) for each in waiting] == [200] * 5


def test_long_bodies_are_answered_two_at_a_time() -> None:
    held, most = list[int](), list[int]()

    def handle(request: Request) -> Answer:
        held.append(1)
        most.append(len(held))
        threading.Event().wait(0.1)
        held.pop()
        return Reply(200)

    def post(url: str) -> None:
        assert httpx.post(url, content=b"x" * 2000).status_code == 200

    with server(handle, QUICK._replace(heavy=1000)) as address:
        threads = [threading.Thread(target=post, args=(address.url,)) for _ in range(6)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(10)
    assert len(most) == 6
    assert max(most) <= 2


def test_an_application_that_fails_says_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    def fail(request: Request) -> Answer:
        raise ValueError("secret")

    with server(fail) as address:
        answer = httpx.get(address.url)
        assert (answer.status_code, "secret" in answer.text) == (500, False)
        assert "secret" in caplog.text


def test_an_answer_that_http_cannot_say_ends_only_its_connection(caplog: pytest.LogCaptureFixture) -> None:
    def odd(request: Request) -> Answer:
        return Reply(200, b"", (("X", "a\r\nb"),)) if request.head.path == "/odd" else Reply(200)

    with server(odd) as address:
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{address.url}/odd")
        assert_serves(address)


def test_a_file_is_sent_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "list.zip"
    file.write_bytes(bytes(range(256)) * 10_000)
    with server(lambda request: Reply(200, file)) as address:
        assert httpx.get(address.url).content == file.read_bytes()
        assert int(httpx.head(address.url).headers["content-length"]) == 2_560_000


class Choosy(Plain):
    """Wants no bodies at /no, short ones at /short, and drops what comes to /drop."""

    def admit(self, head: Head) -> Admitted | Answer:
        if head.path == "/no":
            return Reply(403, b"no")
        return Drop() if head.path == "/drop" else Admitted(5 if head.path == "/short" else None, head.path)


def test_an_application_may_answer_before_the_body() -> None:
    with serving(Choosy(lambda request: Reply(200, request.note.encode())), limits=QUICK) as address:
        with httpx.Client(base_url=address.url) as client:
            assert client.post("/no", content=b"x" * 40_000).status_code == 403
            assert client.post("/short", content=b"123456").status_code == 413
            assert client.post("/short", content=b"12345").text == "/short"
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{address.url}/drop", content=b"x")
        assert b"100 Continue" not in told(
            address, b"POST /no HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 9\r\n" + HOST + b"\r\n"
        )


MISBEHAVIOUR: dict[str, Answer] = {
    "a reset": Drop(),
    "a break in the middle": Reply(200, b"x" * 1000, cut=10),
}


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_it_breaks_connections_when_told_to(name: str) -> None:
    with (
        server(lambda request: MISBEHAVIOUR[name]) as address,
        pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)),
    ):
        httpx.get(address.url)


def test_it_keeps_silent_when_told_to() -> None:
    with server(lambda request: Drop(silent=True)) as address, closing(connect(address)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        connection.settimeout(0.2)
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_it_answers_late_when_told_to_and_others_meanwhile() -> None:
    def handle(request: Request) -> Answer:
        return Reply(200, request.head.path.encode(), after=0.2 if request.head.path == "/late" else 0.0)

    with server(handle, QUICK._replace(threads=1)) as address, closing(connect(address)) as late:
        late.sendall(b"GET /late HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        assert httpx.get(f"{address.url}/soon").text == "/soon"
        late.setblocking(False)
        with pytest.raises(BlockingIOError):
            late.recv(1)
        late.settimeout(5)
        assert read_all(late).endswith(b"/late")


def test_a_place_that_is_taken_is_said_so(address: Address) -> None:
    with pytest.raises(CenterError) as caught, serving(Plain(echo), port=address.port):
        pass
    assert caught.value.code == "center.listen"


def test_the_end_waits_for_nobody() -> None:
    with server() as address, ExitStack() as stack:
        for line in (b"", b"GET / HT", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n" + HOST + b"\r\n"):
            stack.enter_context(closing(connect(address))).sendall(line)
        assert_serves(address)
