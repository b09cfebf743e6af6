"""Measures what `bench/wire` prints."""

from __future__ import annotations

import argparse
import sys
import uuid
import zlib
from pathlib import Path

from bench.invoices import NOW
from bench.measuring import ratios, show, signer
from bench.seal_rates import RSA, ten_lines
from ulak.envelope import ElementType, Envelope, EnvelopeType, Group, Header, Party, open_envelope, pack
from ulak.envelope.packing import xml_pieces
from ulak.process import keep_freed_memory
from ulak.seal.keys.opening import open_key
from ulak.seal.sealing import seal

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
    for level in (1, 3, 6, 9):
        size = len(zlib.compress(xml, level))
        found = ratios(lambda level=level: zlib.compress(xml, level), sign, max(3, rounds // 6), CALLS)  # type: ignore[misc]
        show(f"deflate {level}: {size} bytes", found, RSA, None)


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
