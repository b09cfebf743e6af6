"""The HTTP server of the test PKI: small, threaded, for one's own machine and tests."""

from __future__ import annotations

import re
import socketserver
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

from ulak.seal.errors import error_of
from ulak.seal.pki.problems import PROBLEMS, PkiError
from ulak.seal.pki.services import Reply, Services, respond

__all__ = ["LARGEST_REQUEST", "listening", "serving"]

LARGEST_REQUEST: Final = 64 * 1024
_READ_AT_MOST: Final = 1024 * 1024
_PATIENCE: Final = 30.0
Tell = Callable[[str, str, int], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    services: Services
    tell: Tell

    def server_bind(self) -> None:
        """Bind without asking the name service who we are."""
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no error of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "UlakTestPKI"
    timeout = _PATIENCE
    server: _Server

    def do_GET(self) -> None:
        self._reply(respond(self.server.services, "GET", self.path, b""))

    def do_POST(self) -> None:
        length = self._length()
        if length is None or length > LARGEST_REQUEST:
            # What was sent is read, for else the connection would be reset before the answer arrives.
            self.rfile.read(min(length or 0, _READ_AT_MOST))
            self.close_connection = True
            self._reply(Reply(411 if length is None else 413, "text/plain", b"Content-Length\n"))
            return
        self._reply(respond(self.server.services, "POST", self.path, self.rfile.read(length)))

    def _length(self) -> int | None:
        """Bytes of the request's body; None if it does not say."""
        said = self.headers.get("Content-Length", "")
        return int(said) if re.fullmatch(r"[0-9]{1,12}", said) else None

    def _reply(self, reply: Reply) -> None:
        # Told before it is answered, so that whoever has the answer can read that it was asked.
        self.server.tell(self.command, self.path, reply.status)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are told to the server's owner, not to standard error."""


def _silent(method: str, path: str, status: int) -> None:
    pass


@contextmanager
def listening(host: str, port: int, services: Services, tell: Tell = _silent) -> Iterator[ThreadingHTTPServer]:
    """A server that has its address and waits to be told to serve.

    Args:
        port: 0 for any free one; ``server_address`` of the result says which.
        tell: is told method, path and status of every request, from several threads.

    Raises:
        PkiError: ``pki.address-in-use``, also for an address that is not this machine's.
    """
    try:
        server = _Server((host, port), _Handler)
    except OSError as error:
        detail = error.strerror or error
        raise error_of(PkiError, PROBLEMS, "pki.address-in-use", address=f"{host}:{port}", detail=detail) from None
    server.services, server.tell = services, tell
    try:
        yield server
    finally:
        server.server_close()


@contextmanager
def serving(host: str, port: int, services: Services, tell: Tell = _silent) -> Iterator[int]:
    """A server that serves in a thread of its own; gives its port."""
    with listening(host, port, services, tell) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()
