"""A token that is pulled out gives a typed error, and signs again once it is back; processes leave each other be."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from keys_softhsm import MODULE, PIN, SoftHsm, make_softhsm, needs_softhsm
from seal_pki import key
from ulak.seal.keys.module import module_at
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.pkcs11 import Patience, open_pkcs11
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.problems import KeyFailure
from ulak.seal.keys.secrets import Secret
from ulak.seal.keys.uri import parse_uri

pytestmark = needs_softhsm
DIGEST = hashlib.sha256(b"document").digest()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> SoftHsm:
    hsm = make_softhsm(tmp_path_factory.mktemp("hsm"))
    for label in ("one", "two"):
        hsm.make_token(label)
        hsm.add_key(label, key("ardic").private_key)
        hsm.add_certificates(label, key("ardic").certificate.x509)
    return hsm


@pytest.fixture
def hsm(template: SoftHsm, tmp_path: Path) -> SoftHsm:
    made = make_softhsm(tmp_path / "hsm")
    for token in template.tokens.iterdir():
        (made.tokens / token.name).mkdir()
        for file in token.iterdir():
            (made.tokens / token.name / file.name).write_bytes(file.read_bytes())
    return made


@pytest.fixture
def here(hsm: SoftHsm) -> Iterator[SoftHsm]:
    with hsm.in_this_process():
        yield hsm


def opened(hsm: SoftHsm, token: str = "one") -> SealingKey:
    return open_key(hsm.uri(token), secret=lambda wanted: Secret(PIN))


def removed(signer: SealingKey) -> KeyFailure:
    with pytest.raises(KeyFailure) as caught:
        signer.sign(DIGEST)
    assert caught.value.code == "key.token-removed"
    assert not caught.value.permanent
    return caught.value


def folder_of(hsm: SoftHsm, label: str) -> Path:
    """The folder of one token: its label stands in its object."""
    return next(one for one in hsm.tokens.iterdir() if label.encode() in (one / "token.object").read_bytes())


def test_a_token_pulled_out_in_mid_batch_is_a_typed_error_until_it_is_back(here: SoftHsm) -> None:
    signer = opened(here)
    assert signer.sign(DIGEST)
    here.remove()
    assert "one" in removed(signer).text.tr
    removed(signer)
    here.restore()
    assert [len(signer.sign(DIGEST)) for _ in range(3)] == [256] * 3
    signer.close()


def test_one_token_may_go_while_another_stays(here: SoftHsm, tmp_path: Path) -> None:
    one, two = opened(here, "one"), opened(here, "two")
    place = folder_of(here, "one")
    place.rename(tmp_path / "pulled")
    removed(one)
    assert two.sign(DIGEST)
    removed(one)
    assert two.sign(DIGEST)
    (tmp_path / "pulled").rename(place)
    assert one.sign(DIGEST)
    assert two.sign(DIGEST)
    one.close()
    two.close()


def test_a_token_that_is_back_in_time_is_not_noticed(here: SoftHsm) -> None:
    restored: list[float] = []

    def come_back() -> float:
        if not here.tokens.exists():
            here.restore()
            restored.append(1)
        return 0.0

    patience = Patience(clock=come_back, sleep=lambda seconds: None)
    signer = open_pkcs11(parse_uri(here.uri("one")), lambda wanted: Secret(PIN), patience=patience)
    here.remove()
    assert signer.sign(DIGEST)
    assert restored == [1]
    signer.close()


def test_a_token_that_stays_away_is_looked_for_in_peace(here: SoftHsm) -> None:
    now, waits = [100.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    patience = Patience(tries=1, calm=0.25, clock=lambda: now[0], sleep=sleep)
    signer = open_pkcs11(parse_uri(here.uri("one")), lambda wanted: Secret(PIN), patience=patience)
    here.remove()
    removed(signer)
    assert waits == []
    before = module_at(MODULE).generation
    removed(signer)
    assert waits == [0.25]
    assert module_at(MODULE).generation == before + 1
    now[0] += 10
    removed(signer)
    assert waits[1:] == [0.0]
    here.restore()
    assert signer.sign(DIGEST)
    signer.close()


def test_a_token_that_another_process_keeps_busy_is_waited_for_longer_each_time(here: SoftHsm) -> None:
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            here.restore()

    patience = Patience(sleep=sleep)
    signer = open_pkcs11(parse_uri(here.uri("one")), lambda wanted: Secret(PIN), patience=patience)
    here.remove()
    assert signer.sign(DIGEST)
    assert waits == [0.1, 0.2, 0.4]
    signer.close()


def test_the_module_s_other_keys_work_while_a_token_is_looked_for(here: SoftHsm, tmp_path: Path) -> None:
    signatures: list[bytes] = []
    two = opened(here, "two")

    def sleep(seconds: float) -> None:
        with ThreadPoolExecutor(1) as other:
            signatures.append(other.submit(two.sign, DIGEST).result(timeout=60))

    one = open_pkcs11(parse_uri(here.uri("one")), lambda wanted: Secret(PIN), patience=Patience(sleep=sleep))
    folder_of(here, "one").rename(tmp_path / "pulled")
    removed(one)
    assert len(set(signatures)) == 1
    assert len(signatures) == 3
    one.close()
    two.close()


def test_a_key_may_be_closed_while_its_token_is_away(here: SoftHsm) -> None:
    signer = opened(here)
    here.remove()
    removed(signer)
    signer.close()
    here.restore()
    again = opened(here)
    assert again.sign(DIGEST)
    again.close()


def test_a_token_that_comes_after_the_module_started_is_found(here: SoftHsm) -> None:
    signer = opened(here)
    here.make_token("late")
    here.add_key("late", key("ardic").private_key)
    here.add_certificates("late", key("ardic").certificate.x509)
    late = opened(here, "late")
    assert late.sign(DIGEST)
    assert signer.sign(DIGEST)
    late.close()
    signer.close()


def test_a_token_set_up_anew_does_not_take_the_old_pin_for_good(here: SoftHsm) -> None:
    signer = opened(here)
    here.util("--delete-token", "--token", "one")
    removed(signer)
    signer.close()


def test_no_token_at_all_is_said_when_opening(here: SoftHsm) -> None:
    here.remove()
    with pytest.raises(KeyFailure) as caught:
        opened(here)
    assert caught.value.code == "key.module-failed"
    assert not caught.value.permanent
    here.restore()
    signer = opened(here)
    assert signer.sign(DIGEST)
    signer.close()


PROGRAM = """
import hashlib, os, signal, sys, time
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.problems import KeyFailure
from ulak.seal.keys.secrets import Secret
from ulak.seal.keys.module import module_at
from pathlib import Path
DIGEST = hashlib.sha256(b"document").digest()
def opened(address, pin="271828"):
    return open_key(address, secret=lambda wanted: Secret(pin))
def in_child(work):
    pid = os.fork()
    if not pid:
        code = 1
        try:
            work()
            code = 0
        except BaseException as error:
            print(repr(error), flush=True)
        finally:
            sys.stdout.flush()
            os._exit(code)
    return pid
def ended(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
"""


def test_a_key_opened_before_a_fork_signs_in_parent_and_children(hsm: SoftHsm) -> None:
    program = """
key = opened(sys.argv[1])
key.sign(DIGEST)
def work():
    for _ in range(20):
        assert len(key.sign(DIGEST)) == 256
    grandchild = in_child(lambda: key.sign(DIGEST))
    assert ended(grandchild) == 0
    key.close()
pids = [in_child(work) for _ in range(3)]
for _ in range(20):
    assert len(key.sign(DIGEST)) == 256
assert [ended(pid) for pid in pids] == [0, 0, 0]
assert len(key.sign(DIGEST)) == 256
key.close()
"""
    hsm.run(PROGRAM + program, hsm.uri("one"))


def test_processes_that_start_by_themselves_sign_at_once(hsm: SoftHsm) -> None:
    program = """
def work():
    key = opened(sys.argv[1])
    for _ in range(20):
        assert len(key.sign(DIGEST)) == 256
    key.close()
pids = [in_child(work) for _ in range(4)]
assert [ended(pid) for pid in pids] == [0] * 4
"""
    hsm.run(PROGRAM + program, hsm.uri("one"))


def test_a_worker_killed_while_it_signs_leaves_the_token_usable(hsm: SoftHsm) -> None:
    program = """
key = opened(sys.argv[1])
def work():
    while True:
        key.sign(DIGEST)
        os.write(out, b"s")
back, out = os.pipe()
for _ in range(3):
    pid = in_child(work)
    os.read(back, 1)
    os.kill(pid, signal.SIGKILL)
    assert ended(pid) == -signal.SIGKILL
    assert len(key.sign(DIGEST)) == 256
again = opened(sys.argv[1])
assert len(again.sign(DIGEST)) == 256
"""
    hsm.run(PROGRAM + program, hsm.uri("one"))


def test_a_fork_while_another_thread_signs_does_not_hang(hsm: SoftHsm) -> None:
    program = """
import threading
key = opened(sys.argv[1])
stop = threading.Event()
def sign():
    while not stop.is_set():
        key.sign(DIGEST)
thread = threading.Thread(target=sign)
thread.start()
codes = [ended(in_child(lambda: key.sign(DIGEST))) for _ in range(5)]
stop.set()
thread.join()
assert codes == [0] * 5, codes
"""
    hsm.run(PROGRAM + program, hsm.uri("one"))


def test_a_pin_that_was_refused_in_the_parent_is_not_tried_by_its_children(hsm: SoftHsm) -> None:
    program = """
from ulak.seal.keys import login
def wrong():
    try:
        opened(sys.argv[1], "999999")
    except KeyFailure as error:
        assert error.code == "key.pin-wrong", error
    else:
        raise AssertionError("opened")
wrong()
def work():
    def refuse(error):
        raise AssertionError("tried again")
    login._pin_code = refuse
    wrong()
assert ended(in_child(work)) == 0
"""
    hsm.run(PROGRAM + program, hsm.uri("one"))


def test_a_lost_token_is_found_again_by_every_process(hsm: SoftHsm) -> None:
    program = """
key = opened(sys.argv[1])
key.sign(DIGEST)
tokens, away = Path(sys.argv[2]), Path(sys.argv[2] + "-away")
def work():
    key.sign(DIGEST)
    os.write(ready_out, b"r")
    os.read(go_in, 1)
    try:
        key.sign(DIGEST)
    except KeyFailure as error:
        assert error.code == "key.token-removed", error
    else:
        raise AssertionError("signed without a token")
    os.write(ready_out, b"r")
    os.read(back_in, 1)
    assert len(key.sign(DIGEST)) == 256
ready_in, ready_out = os.pipe()
go_in, go_out = os.pipe()
back_in, back_out = os.pipe()
def let_go():
    for _ in pids:
        os.read(ready_in, 1)
pids = [in_child(work) for _ in range(2)]
let_go()
tokens.rename(away)
os.write(go_out, b"gg")
let_go()
away.rename(tokens)
os.write(back_out, b"bb")
assert [ended(pid) for pid in pids] == [0, 0]
assert len(key.sign(DIGEST)) == 256
"""
    hsm.run(PROGRAM + program, hsm.uri("one"), str(hsm.tokens))


def test_the_token_s_own_tools_agree(here: SoftHsm) -> None:
    signer = opened(here)
    assert signer.sign(DIGEST)
    assert len(re.findall(r"Initialized:\s+yes", here.util("--show-slots"))) == 2
    signer.close()
