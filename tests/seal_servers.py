"""HTTP servers that do not do what they should."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

__all__ = ["Misbehaviour", "misbehaving"]

Misbehaviour = Literal["hang", "slow", "500", "garbage", "huge", "redirect", "truncated", "refused"]


@contextmanager
def misbehaving(how: Misbehaviour, *, target: str = "") -> Iterator[str]:
    """A server that does not do what it should, whatever it is asked; gives its address.

    Args:
        how: ``hang`` never answers; ``slow`` sends a byte every 50 ms, without end; ``500`` fails; ``garbage`` sends
            bytes that mean nothing; ``huge`` sends without end; ``redirect`` sends elsewhere; ``truncated`` breaks off;
            ``refused`` does not even take the connection.
        target: where a redirect leads; by default back to the server itself.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    over = threading.Event()
    if how == "refused":
        listener.close()
    else:
        answer = _answers(target or url)[how]
        threading.Thread(target=_misbehave, args=(listener, answer, over), daemon=True).start()
    try:
        yield url
    finally:
        over.set()
        with suppress(OSError):
            # Closing alone would not wake the thread that waits for a connection.
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _answers(target: str) -> dict[str, tuple[bytes, bytes]]:
    """What a misbehaving server sends at once, and what it goes on sending."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
    return {
        "hang": (b"", b""),
        "slow": (head + b"Content-Length: 100000\r\n\r\n", b"."),
        "500": (b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\nlost", b"CLOSE"),
        "garbage": (head + b"Content-Length: 300\r\n\r\n" + bytes(range(200, 250)) * 6, b"CLOSE"),
        "huge": (head + b"\r\n", b"0" * 65536),
        "redirect": (f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode(), b"CLOSE"),
        "truncated": (head + b"Content-Length: 1000\r\n\r\n0", b"CLOSE"),
    }


def _misbehave(listener: socket.socket, answer: tuple[bytes, bytes], over: threading.Event) -> None:
    with suppress(OSError):
        while not over.is_set():
            connection, _ = listener.accept()
            threading.Thread(target=_answer_badly, args=(connection, answer, over), daemon=True).start()


def _answer_badly(connection: socket.socket, answer: tuple[bytes, bytes], over: threading.Event) -> None:
    first, then = answer
    with suppress(OSError), connection:
        connection.recv(65536)
        connection.sendall(first)
        while then != b"CLOSE" and not over.wait(0 if len(then) > 1 else 0.05):
            connection.sendall(then)
        # Closing before all of the request is read would reset the connection.
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(1)
        while connection.recv(65536):
            pass
