"""What a stranger's document holds is not kept once it is judged, however many come and however long their words."""

from __future__ import annotations

import tracemalloc
from base64 import b64encode
from collections.abc import Callable, Iterator

import pytest
from cryptography import x509

from seal_documents import example
from seal_pki import KNOWN_KEY, KNOWN_TRUST, NOW
from trust_cases import crl, judged, new_ca
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Indication
from ulak.seal.verify import verify

LONG = 400_000
TIMES = 12
TRUST = Trust(TrustStore.read(KNOWN_TRUST), clock=lambda: NOW)
SEALED = seal(example("invoice/temelfatura-satis"), KNOWN_KEY, at=NOW)
NAMESPACE = b'<q:z xmlns:q="urn:%b"/>'


def held_after(work: Callable[[bytes], object]) -> int:
    """Bytes that are held for each time that the work was done with another long text."""
    work(b"%06d" % 999_999 * (LONG // 6))
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(TIMES):
            work(b"%06d" % number * (LONG // 6))
        return (tracemalloc.get_traced_memory()[0] - before) // TIMES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("found", "put"),
    [
        (b"</ds:X509SubjectName>", b"%b</ds:X509SubjectName>"),
        (b"</ds:X509IssuerName>", b"%b</ds:X509IssuerName>"),
        (b"</xades:ClaimedRole>", b"%b</xades:ClaimedRole>"),
        (b"</ds:X509SerialNumber>", b"%b</ds:X509SerialNumber>"),
        (b"<ds:X509Data>", b"<ds:X509Data><ds:X509SubjectName>%b</ds:X509SubjectName>"),
        (b"</ds:KeyInfo>", NAMESPACE + b"</ds:KeyInfo>"),
        (b"<Invoice ", b'<Invoice xmlns:q="urn:%b" '),
        (b"</xades:ClaimedRoles>", b"</xades:ClaimedRoles>" + NAMESPACE),
    ],
)
def test_long_words_in_a_seal_are_forgotten(found: bytes, put: bytes) -> None:
    assert SEALED.count(found) == 1

    def judge(text: bytes) -> None:
        assert not verify(SEALED.replace(found, put % text), trust=TRUST, at=NOW).passed

    assert held_after(judge) < LONG // 10


def test_large_certificates_are_forgotten() -> None:
    def judge(text: bytes) -> None:
        certificate = b"<ds:X509Certificate>" + b64encode(KNOWN_KEY.certificate.der + text[:40_000])
        verify(SEALED.replace(b"<ds:X509Certificate>", certificate, 1), trust=TRUST, at=NOW)

    assert held_after(judge) < LONG // 10


def test_long_words_in_documents_to_be_sealed_are_forgotten() -> None:
    draft = example("invoice/temelfatura-satis")

    def make(text: bytes) -> None:
        root = b'<Invoice xmlns:q="urn:%b" xml:lang="%b" ' % (text, text)
        assert seal(draft.replace(b"<Invoice ", root), KNOWN_KEY, at=NOW)

    assert held_after(make) < LONG // 10


@pytest.mark.parametrize("size", [50_000, 1_500_000])
def test_the_evidence_in_documents_is_forgotten_but_for_the_last(size: int) -> None:
    root = new_ca()
    leaf = root.issue()
    trust = Trust(TrustStore((root.certificate,)), clock=lambda: NOW)
    number = x509.ObjectIdentifier("1.2.3.4")

    def lists() -> Iterator[bytes]:
        for at in range(100):
            content = b"%06d" % at * (size // 6)
            yield crl(root, more=[(x509.UnrecognizedExtension(number, content), False)])

    tracemalloc.start()
    try:
        for one in lists():
            assert judged(leaf, [root], crls=[one], trust=trust).indication is Indication.PASSED
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 32 * 1024 * 1024
