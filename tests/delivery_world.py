"""Taxpayers with sealed documents, mail servers of every temper and receivers of webhooks, for tests of delivery."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message as Parsed
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from platform_database import settled
from platform_world import ARDIC, MELTEM, taxpayer
from ports import free_port
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Direction, Document, Form
from ulak_server.environment import Environment

__all__ = ["Receiver", "Server", "breaking_server", "document", "receiving", "serving_mail", "settled", "told"]

_SAMPLE: Final = (Path(__file__).parent / "data").resolve()


@contextmanager
def told(**values: str) -> Iterator[None]:
    """Let the installation be told these values by its environment."""
    before = settings.ENVIRONMENT
    settings.ENVIRONMENT = Environment({**before.values, **values})
    try:
        yield
    finally:
        settings.ENVIRONMENT = before


def firm() -> int:
    """A taxpayer."""
    return taxpayer(ARDIC, "ARD")


def document(
    taxpayer_id: int, body: bytes = b"<Invoice><SignatureValue/></Invoice>", *, number: str = "", kind: str = "invoice"
) -> int:
    """A sealed outgoing document with any body; its id."""
    now = clock.now()
    month = now.astimezone(clock.ISTANBUL).date().replace(day=1)
    with scoped(Role.WEB, [taxpayer_id]):
        made = Document(
            taxpayer_id=taxpayer_id,
            month=month,
            direction=Direction.OUT,
            kind=kind,
            ettn=uuid4(),
            number=number or f"ARD2026{uuid4().int % 10**9:09}",
            issue_date=now.date(),
            partner=MELTEM[0],
            form=Form.SEALED,
            stage="delivered",
            accepted_at=now,
            party_title=MELTEM[1],
            currency="TRY",
            payable="1234.56",
        )
        made.save(force_insert=True)
        archive.keep([archive.Body(archive.Ref(taxpayer_id, month, made.id), body, kind)])
        return int(made.id)


# -- mail servers ------------------------------------------------------------------------------------------------------


class Server:
    """A mail server that keeps what it takes, and answers as it is told.

    Attributes:
        taken: return path, receiver and message of each.
        to: what it answers to a receiver, by address; else 250.
        at_end: what it answers to a message; else 250.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, Parsed]] = []
        self.raw: list[bytes] = []
        self.to: dict[str, str] = {}
        self.at_end: list[str] = []
        self.url = ""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if (said := self.to.get(address)) is not None:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_end and not (said := self.at_end.pop(0)).startswith("250"):
            return said
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.taken.append((envelope.mail_from or "", envelope.rcpt_tos[0], message_from_bytes(envelope.content)))
        return "250 2.0.0 queued as 4711"


@contextmanager
def serving_mail(**options: Any) -> Iterator[Server]:
    """A mail server on this machine."""
    server = Server()
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port, **options)
    controller.start()
    server.url = f"smtp://127.0.0.1:{port}"
    try:
        with told(ULAK_SMTP_URL=server.url, ULAK_MAIL_FROM="Ulak <fatura@ulak.example>"):
            yield server
    finally:
        controller.stop()


@contextmanager
def breaking_server(at: str) -> Iterator[list[bytes]]:
    """A mail server that hangs up: at ``hello``, ``rcpt``, ``data`` (while the message is written) or ``dot``.

    Yields:
        what it heard after ``DATA``, of each caller.
    """
    heard: list[bytes] = []
    stop = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)

    def serve() -> None:
        while not stop.is_set():
            try:
                line, _ = listening.accept()
            except OSError:
                continue
            with line:
                line.settimeout(5)
                _talk(line, at, heard)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        url = f"smtp://127.0.0.1:{listening.getsockname()[1]}"
        with told(ULAK_SMTP_URL=url, ULAK_MAIL_FROM="Ulak <fatura@ulak.example>"):
            yield heard
    finally:
        stop.set()
        thread.join()
        listening.close()


def _talk(line: socket.socket, at: str, heard: list[bytes]) -> None:
    if at == "hello":
        return
    line.sendall(b"220 odd.example ESMTP\r\n")
    file = line.makefile("rb")
    while said := file.readline():
        verb = said[:4].upper()
        if (at, verb) == ("rcpt", b"RCPT"):
            return
        if verb == b"QUIT":
            line.sendall(b"221 bye\r\n")
            return
        if verb != b"DATA":
            line.sendall(b"250 OK\r\n")
            continue
        if at == "data":
            return
        line.sendall(b"354 go on\r\n")
        data = b""
        while not data.endswith(b"\r\n.\r\n") and (more := file.readline()):
            data += more
        heard.append(data)
        if at == "dot":
            return
        line.sendall(b"250 OK\r\n")


# -- receivers of webhooks ---------------------------------------------------------------------------------------------


class Receiver:
    """Somebody who receives webhooks.

    Attributes:
        heard: headers and body of each call.
        status: what it answers; a function of the number of the call may say.
    """

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status: Callable[[int], int] = lambda number: 200
        self.headers: dict[str, str] = {}
        self.url = ""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on this machine, whose network the installation allows."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.status(len(receiver.heard)))
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook?x=1"
    try:
        with told(ULAK_WEBHOOK_NETWORKS="127.0.0.0/8"):
            yield receiver
    finally:
        server.shutdown()
        server.server_close()
