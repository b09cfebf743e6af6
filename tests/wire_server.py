"""A server for the tests of the client: it reads one request after another and does with each what it is told to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

__all__ = ["Heard", "Script", "http", "serving"]


class Heard(NamedTuple):
    """A request: its header lines by name in lower case, and its body."""

    headers: dict[str, str]
    body: bytes


Script = Callable[[socket.socket, Heard], None]


def http(status: int, kind: str, body: bytes, *more: str) -> bytes:
    """An HTTP answer."""
    lines = [f"HTTP/1.1 {status} x", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def serving(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[int]]]:
    """A server that lives as long as the block: its port, and the requests that each connection brought."""
    requests: list[int] = []
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_listen, args=(listener, script, tls, requests), daemon=True).start()
    try:
        yield listener.getsockname()[1], requests
    finally:
        listener.close()


def _listen(listener: socket.socket, script: Script, tls: ssl.SSLContext | None, requests: list[int]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        requests.append(0)
        threading.Thread(target=_talk, args=(connection, script, tls, requests), daemon=True).start()


def _talk(plain: socket.socket, script: Script, tls: ssl.SSLContext | None, requests: list[int]) -> None:
    with suppress(OSError), plain:
        connection = tls.wrap_socket(plain, server_side=True) if tls else plain
        with connection:
            while heard := _heard(connection):
                requests[-1] += 1
                script(connection, heard)


def _heard(connection: socket.socket) -> Heard | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lines = (line.decode().split(":", 1) for line in head.split(b"\r\n")[1:])
    headers = {name.lower(): value.strip() for name, value in lines}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return Heard(headers, body)
