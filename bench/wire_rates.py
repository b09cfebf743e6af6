"""Measures what `bench/wire` prints."""

from __future__ import annotations

import argparse
import sys
import threading
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from isal import isal_zlib

from bench.invoices import NOW
from bench.measuring import ratios, show, signer
from bench.seal_rates import RSA, ten_lines
from ulak.envelope import ElementType, Envelope, EnvelopeType, Group, Header, Packed, Party, open_envelope, pack
from ulak.envelope.packing import xml_pieces
from ulak.process import keep_freed_memory
from ulak.seal.keys.opening import open_key
from ulak.seal.sealing import seal
from ulak.wire import Payload, efatura
from ulak.wire.client import Client

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from seal_pki import KNOWN_KEY

INVOICES = 100
CALLS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    keep_freed_memory()
    sign = signer()
    envelope = full()
    packed = pack(envelope)
    xml = b"".join(xml_pieces(envelope))
    print(f"{INVOICES} sealed 10-line invoices: {len(xml)} bytes, packed {packed.size}")

    def opened(*, parse: bool) -> object:
        return open_envelope(packed.data, name=packed.name, parse=parse)

    show("pack, known to be XML", ratios(lambda: pack(envelope, parse=False), sign, rounds, CALLS), RSA, 0.02)
    show("pack, each document parsed", ratios(lambda: pack(envelope), sign, rounds, CALLS), RSA, None)
    show("open and split", ratios(lambda: opened(parse=False), sign, rounds, CALLS), RSA, 0.05)
    show("open, each document parsed", ratios(lambda: opened(parse=True), sign, rounds, CALLS), RSA, None)
    carried(packed, sign, rounds)
    for name, level in (("zlib", 6), ("isal", 1), ("isal", 2), ("isal", 3)):
        squeeze = partial({"zlib": zlib, "isal": isal_zlib}[name].compress, xml, level)
        found = ratios(squeeze, sign, max(3, rounds // 6), CALLS)
        show(f"{name} {level}: {len(squeeze())} bytes", found, RSA, None)


def carried(packed: Packed, sign: Callable[[], object], rounds: int) -> None:
    """From our client to our server end: in memory, and over HTTP on this machine with both ends in this process."""
    document = efatura.Document(packed.name, packed.data, packed.md5)
    show("message, written and read", ratios(lambda: taken(document), sign, rounds, CALLS), RSA, None)
    with serving() as url, Client(efatura.SERVICE, url, allow_http=True) as client:
        show("sent over HTTP, MTOM", ratios(lambda: client.call(document), sign, rounds, CALLS), RSA, None)
        question = efatura.Query(document.envelope_id)
        show("asked over HTTP", ratios(lambda: client.call(question), sign, rounds, CALLS), RSA, None)
    with serving() as url, Client(efatura.SERVICE, url, allow_http=True, mtom=False) as client:
        show("sent over HTTP, base64", ratios(lambda: client.call(document), sign, rounds, CALLS), RSA, None)


def taken(document: efatura.Document) -> bytes:
    sent = efatura.SERVICE.write_request(document)
    return answered(sent.content_type, sent.body).body


def answered(content_type: str, body: bytes) -> Payload:
    """What a server end says to a message: a receipt, or a state of the length that system responses have."""
    call = efatura.SERVICE.read_request(content_type, body)
    if isinstance(call.request, efatura.Document):
        efatura.check_document(call.request)
        receipt = efatura.Receipt("ZARF KUYRUGA EKLENDI", call.request.hash)
        return efatura.SERVICE.write_response(call, receipt).payload
    return efatura.SERVICE.write_response(call, efatura.SystemResponse("<a>" + "x" * 4000 + "</a>")).payload


class Handler(BaseHTTPRequestHandler):
    """Answers one request after another on a connection that is kept."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        payload = answered(self.headers["Content-Type"], body)
        self.send_response(200)
        for name, value in {**payload.headers, "Content-Length": str(len(payload.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server end in a thread of this process."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def full() -> Envelope:
    """An envelope of sealed invoices that differ in number, ETTN and seal."""
    key = open_key(f"pkcs12:{KNOWN_KEY.p12}")
    sender = Party("urn:mail:defaultgb@ardic.example", "4812530769", "Ardıç Ticaret A.Ş.")
    receiver = Party("urn:mail:defaultpk@meltem.example", "7359021640", "Meltem Gıda Ltd. Şti.")
    header = Header(EnvelopeType.SENDER, str(uuid.uuid4()), sender, receiver, NOW)
    return Envelope(header, (Group(ElementType.INVOICE, [seal(invoice(n), key, at=NOW) for n in range(INVOICES)]),))


def invoice(number: int) -> bytes:
    ettn = str(uuid.uuid5(uuid.NAMESPACE_OID, str(number))).encode()
    document = ten_lines().replace(b"3f6c0c5e-6a5b-4a0e-9f0f-0d1c7b7f2a11", ettn)
    return document.replace(b"ULK2026000000017", b"ULK2026%09d" % number)


if __name__ == "__main__":
    main()
