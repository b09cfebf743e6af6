"""Measures what `bench/seal` prints."""

from __future__ import annotations

import argparse
import base64
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pkcs11

from bench.invoices import NOW, invoice_json
from bench.measuring import ratios, seconds, show, signer
from ulak.process import keep_freed_memory
from ulak.rules.moulds import cast_of
from ulak.seal.alike import alike
from ulak.seal.batch import seal_all
from ulak.seal.keys.module import module_at
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.secrets import Secret
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verify import verify
from ulak.ubl import invoice

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from keys_softhsm import MODULE, PIN, SoftHsm
from seal_pki import KNOWN_KEY, KNOWN_TRUST

RSA = "the RSA-2048 rate"
LATER = NOW + timedelta(hours=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    keep_freed_memory()
    sign = signer()
    key = open_key(f"pkcs12:{KNOWN_KEY.p12}")
    ten, large = ten_lines(), with_stylesheet(300_000)
    sealed = seal(ten, key, at=NOW)
    trust = Trust(TrustStore.read(KNOWN_TRUST))
    print(
        f"10-line invoice: {len(ten)} bytes, sealed {len(sealed)}; {verify(sealed, trust=trust, at=LATER).indication}"
    )

    show("seal, key in a file", ratios(lambda: seal(ten, key, at=NOW), sign, rounds), RSA, 0.5)
    show("seal, as an ERP writes it", ratios(lambda: seal(foreign(ten), key, at=NOW), sign, rounds), RSA, None)
    show("seal, like others before", ratios(lambda: seal_alike(ten, key), sign, rounds), RSA, None)
    show("verify, trust cached", ratios(lambda: verify(sealed, trust=trust, at=LATER), sign, rounds), RSA, 1.0)
    show(f"seal {len(large) // 1000} KB", ratios(lambda: seal(large, key, at=NOW), sign, rounds, 50), RSA, 0.2)
    show("seal, two processes", [scaling(ten) for _ in range(max(3, rounds // 6))], "one process", 1.8)
    with tempfile.TemporaryDirectory() as folder:
        print_token(Path(folder), ten, max(5, rounds // 3))


def seal_alike(draft: bytes, key: SealingKey) -> bytes:
    """Seal a draft whose markup came before (`ulak.seal.alike`)."""
    cast = cast_of(draft)
    like = alike(cast.markup, len(cast.texts)) or alike(cast.markup, len(cast.texts))
    filled = like.filled(cast.texts, key.certificate.tax_id or "") if like else None
    prepared = filled.prepared(key.certificate, at=NOW) if filled else None
    assert prepared is not None
    return prepared.with_value(key.sign(prepared.digest))


def ten_lines() -> bytes:
    return invoice.write(invoice.from_json(json.dumps(invoice_json(10)).encode(), now=NOW))


def with_stylesheet(size: int) -> bytes:
    """The invoice with an embedded file that makes it that large."""
    content = base64.b64encode(random.Random(7).randbytes(size * 3 // 4)).decode()
    reference = (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cbc:IssueDate>2026-11-20</cbc:IssueDate><cac:Attachment>"
        '<cbc:EmbeddedDocumentBinaryObject characterSetCode="UTF-8" encodingCode="Base64" filename="a.xslt"'
        f' mimeCode="application/xml">{content}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>'
        "</cac:AdditionalDocumentReference><cac:Signature>"
    )
    return ten_lines().replace(b"<cac:Signature>", reference.encode(), 1)


def foreign(document: bytes) -> bytes:
    """The same without the marks by which Ulak knows its own drafts."""
    return document.replace(b'<unsigned xmlns="urn:ulak:draft"/>', b"")


def scaling(document: bytes) -> float:
    """What two processes seal in the time of one, over what one does."""
    return together(2, document) / together(1, document)


def together(count: int, document: bytes, times: int = 1500) -> float:
    """Documents a second that so many processes seal side by side."""
    context = multiprocessing.get_context("fork")
    gate, finished = context.Barrier(count + 1), context.Barrier(count + 1)
    workers = [context.Process(target=work, args=(document, times, gate, finished)) for _ in range(count)]
    for worker in workers:
        worker.start()
    gate.wait()
    start = time.perf_counter()
    finished.wait()
    taken = time.perf_counter() - start
    for worker in workers:
        worker.join()
    return count * times / taken


def work(document: bytes, times: int, gate: Barrier, finished: Barrier) -> None:
    key = open_key(f"pkcs12:{KNOWN_KEY.p12}")
    seal(document, key, at=NOW)
    gate.wait()
    for _ in range(times):
        seal(document, key, at=NOW)
    finished.wait()


def print_token(folder: Path, document: bytes, rounds: int) -> None:
    """Sealing with a token of SoftHSM2, over the rate at which the token itself signs."""
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    token = SoftHsm(folder)
    os.environ.update(token.environment)
    token.make_token("bench")
    token.add_key("bench", KNOWN_KEY.private_key)
    key = open_key(token.uri("bench"), secret=lambda _: Secret(PIN), certificate=KNOWN_KEY.certificate_pem)
    own = "SoftHSM2's own rate"
    show("seal_all, key in SoftHSM2", [batch(document, key) for _ in range(rounds)], own, 0.8)
    show("seal, one after the other", ratios(lambda: seal(document, key, at=NOW), raw(), rounds), own, None)
    show("SoftHSM2's own rate", ratios(raw(), signer(), rounds), RSA, None)


def batch(document: bytes, key: SealingKey, count: int = 200) -> float:
    """Documents sealed in a batch in the time in which the token signs once."""
    alone = seconds(raw(), count)
    start = time.perf_counter()
    for _ in seal_all([document] * count, key, clock=lambda: NOW):
        pass
    return alone * count / (time.perf_counter() - start)


def raw() -> Callable[[], object]:
    """Signs once on the token, which the key has logged in to, with nothing around it."""
    session = module_at(MODULE).library.get_token(token_label="bench").open()
    private: Any = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY)
    data = bytes(51)
    return lambda: private.sign(data, mechanism=pkcs11.Mechanism.RSA_PKCS)


if __name__ == "__main__":
    main()
