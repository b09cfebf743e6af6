"""A batch goes on when its token is pulled out and put back: each document is sealed or says why not, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from keys_softhsm import PIN, SoftHsm, make_softhsm, needs_softhsm
from seal_documents import example
from seal_pki import NOW, key, trust_folder
from ulak.errors import UlakError
from ulak.seal.batch import seal_all
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.problems import KeyFailure
from ulak.seal.keys.secrets import Secret
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verify import verify

pytestmark = needs_softhsm
DRAFT = example("invoice/temelfatura-satis")
MANY = 12


@pytest.fixture
def hsm(tmp_path: Path) -> Iterator[SoftHsm]:
    made = make_softhsm(tmp_path / "hsm")
    made.make_token("one")
    made.add_key("one", key("ardic").private_key)
    made.add_certificates("one", key("ardic").certificate.x509)
    with made.in_this_process():
        yield made


def documents() -> list[bytes]:
    """Documents that can be told apart once they are sealed."""
    return [DRAFT.replace(b"</Invoice>", b"<!--%d--></Invoice>" % number) for number in range(MANY)]


class Pulled:
    """A key that something happens to just before it signs for the nth time, counted from 0."""

    def __init__(self, signer: SealingKey, events: dict[int, Callable[[], None]]) -> None:
        self.name, self.certificate, self.chain = signer.name, signer.certificate, signer.chain
        self.algorithm, self.close = signer.algorithm, signer.close
        self._signer, self._events, self._count = signer, events, 0

    def sign(self, digest: bytes) -> bytes:
        self._events.get(self._count, lambda: None)()
        self._count += 1
        return self._signer.sign(digest)


def opened(hsm: SoftHsm) -> SealingKey:
    return open_key(hsm.uri("one"), secret=lambda wanted: Secret(PIN))


def batch(hsm: SoftHsm, events: dict[int, Callable[[], None]]) -> list[bytes | UlakError]:
    signer = Pulled(opened(hsm), events)
    found = list(seal_all(documents(), signer, clock=lambda: NOW))
    signer.close()
    return found


def refused(found: list[bytes | UlakError]) -> list[int]:
    """The places of those that were not sealed; all others hold, and stand where they belong."""
    trust = Trust(TrustStore.read(trust_folder()), clock=lambda: NOW)
    assert len(found) == MANY
    for number, one in enumerate(found):
        if isinstance(one, UlakError):
            assert isinstance(one, KeyFailure)
            assert (one.code, one.permanent) == ("key.token-removed", False)
        else:
            assert b"<!--%d-->" % number in one
            assert verify(one, trust=trust, at=NOW).passed
    return [number for number, one in enumerate(found) if isinstance(one, UlakError)]


def test_documents_between_removal_and_return_say_so_and_all_others_are_sealed(hsm: SoftHsm) -> None:
    assert refused(batch(hsm, {5: hsm.remove, 8: hsm.restore})) == [5, 6, 7]


def test_a_token_may_go_more_than_once(hsm: SoftHsm) -> None:
    assert refused(batch(hsm, {0: hsm.remove, 1: hsm.restore, 6: hsm.remove, 7: hsm.restore})) == [0, 6]


def test_a_token_that_stays_away_ends_no_batch_and_may_be_used_by_the_next(hsm: SoftHsm) -> None:
    assert refused(batch(hsm, {MANY - 3: hsm.remove})) == [MANY - 3, MANY - 2, MANY - 1]
    hsm.restore()
    assert refused(batch(hsm, {})) == []


def test_what_failed_can_be_given_again(hsm: SoftHsm) -> None:
    signer = opened(hsm)
    hsm.remove()
    first = list(seal_all(documents()[:2], signer, clock=lambda: NOW))
    hsm.restore()
    again = list(seal_all(documents()[:2], signer, clock=lambda: NOW))
    assert [isinstance(one, UlakError) for one in (*first, *again)] == [True] * 2 + [False] * 2
    signer.close()


def test_processes_share_a_token_batch_by_batch(hsm: SoftHsm) -> None:
    hsm.run(PROGRAM, hsm.uri("one"), str(Path(__file__).parent))


PROGRAM = """
import os, sys
sys.path.insert(0, sys.argv[2])
from seal_documents import example
from seal_pki import NOW
from ulak.seal.batch import seal_all
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.secrets import Secret
from ulak.seal.sealing import seal
drafts = [example("invoice/temelfatura-satis")] * 12
signer = open_key(sys.argv[1], secret=lambda wanted: Secret("271828"))
# No batch before the fork: its thread may still be leaving OpenSSL, whose locks the children would inherit.
expected = [seal(draft, signer, at=NOW) for draft in drafts]
def work():
    # Half of them go on with the key of their parent, half open their own.
    mine = signer if number % 2 else open_key(sys.argv[1], secret=lambda wanted: Secret("271828"))
    assert list(seal_all(drafts, mine, clock=lambda: NOW)) == expected
    mine.close()
pids = []
for number in range(4):
    pid = os.fork()
    if not pid:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    pids.append(pid)
assert list(seal_all(drafts, signer, clock=lambda: NOW)) == expected
assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * 4
"""
