"""Many documents are sealed in order, each as if it were alone, whatever happens to its neighbours."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from seal_documents import KINDS, document, example
from seal_pki import KNOWN_KEY, NOW
from ulak.errors import UlakError
from ulak.seal.batch import seal_all
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.problems import failure
from ulak.seal.sealing import seal


class Watched:
    """The known key, noting who uses it; it fails at the calls named."""

    def __init__(self, *failing: int) -> None:
        self.name, self.certificate, self.chain = KNOWN_KEY.name, KNOWN_KEY.certificate, KNOWN_KEY.chain
        self.algorithm = KNOWN_KEY.algorithm
        self.failing, self.calls, self.threads = failing, 0, set[int]()

    def sign(self, digest: bytes) -> bytes:
        self.threads.add(threading.get_ident())
        self.calls += 1
        if self.calls in self.failing:
            raise failure("key.closed", name=self.name)
        return KNOWN_KEY.sign(digest)

    def close(self) -> None:
        """Nothing is held."""


FILE_KEY = open_key(f"pkcs12:{KNOWN_KEY.p12}")
"""Signs in this process itself; `KNOWN_KEY` is treated like a key that is elsewhere."""


@pytest.mark.parametrize("key", [KNOWN_KEY, FILE_KEY], ids=["elsewhere", "file"])
def test_each_document_is_sealed_as_if_it_were_alone(key: SealingKey) -> None:
    documents = [document(kind) for kind in KINDS] * 3
    assert list(seal_all(documents, key, clock=lambda: NOW)) == [seal(one, KNOWN_KEY, at=NOW) for one in documents]


@pytest.mark.parametrize("key", [KNOWN_KEY, FILE_KEY], ids=["elsewhere", "file"])
def test_a_document_that_cannot_be_sealed_does_not_touch_the_others(key: SealingKey) -> None:
    good = example("invoice/temelfatura-satis")
    found = list(seal_all([good, b"<a/>", b"", good], key, clock=lambda: NOW))
    assert [one.code if isinstance(one, UlakError) else "sealed" for one in found] == [
        "sealed",
        "seal.unknown-document",
        "xml.malformed",
        "sealed",
    ]


@pytest.mark.parametrize("failing", [(1,), (3,), (2, 3), tuple(range(1, 9))])
def test_a_key_that_fails_in_between_loses_just_those_documents(failing: tuple[int, ...]) -> None:
    good = example("invoice/temelfatura-satis")
    found = list(seal_all([good] * 8, Watched(*failing), clock=lambda: NOW))
    sealed = seal(good, KNOWN_KEY, at=NOW)
    assert [at for at, one in enumerate(found, 1) if one != sealed] == list(failing)
    assert all(isinstance(found[at - 1], UlakError) for at in failing)


def test_one_thread_alone_uses_the_key() -> None:
    key = Watched()
    assert len(list(seal_all([example("invoice/temelfatura-satis")] * 20, key, clock=lambda: NOW))) == 20
    assert len(key.threads) == 1


def test_only_a_few_documents_are_taken_ahead() -> None:
    taken = 0

    def documents() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield example("invoice/temelfatura-satis")

    sealed = seal_all(documents(), KNOWN_KEY, clock=lambda: NOW)
    next(sealed)
    assert taken < 10
    sealed.close()  # type: ignore[attr-defined]


def test_nothing_in_gives_nothing_out() -> None:
    key: SealingKey = Watched()
    assert list(seal_all([], key, clock=lambda: NOW)) == []
