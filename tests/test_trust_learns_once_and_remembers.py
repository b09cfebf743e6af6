"""What was learned of an authority is asked for once, kept while it holds, and never believed unexamined."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID
from hypothesis import given, settings
from hypothesis import strategies as st

from seal_pki import NOW
from trust_cases import DAY, HOUR, Known, answer, codes, crl, entry, new_ca, other_key
from ulak.errors import Text
from ulak.seal.trust import Ask, Cache, FetchFailure, FolderCache, MemoryCache, Policy, Revocation, Trust, TrustStore
from ulak.seal.trust.cache import Kept
from ulak.seal.verdicts import Evidence, Indication, Reason, Trusted
from ulak.seal.verdicts import SubIndication as Sub

ROOT = new_ca()
CRL, OCSP = "http://here.invalid/a.crl", "http://here.invalid/ocsp"
MINUTE = timedelta(minutes=1)


def named() -> Known:
    lists = x509.CRLDistributionPoints(
        [x509.DistributionPoint([x509.UniformResourceIdentifier(CRL)], None, None, None)]
    )
    place = x509.UniformResourceIdentifier(OCSP)
    access = x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)])
    return ROOT.issue(more=[(lists, False), (access, False)])


LEAF = named()


class World:
    """A clock and an address that both do as the test says."""

    def __init__(self, cache: Cache | None = None, rule: Revocation = Revocation.CRL_FIRST, **policy: Any) -> None:
        self.now = NOW
        self.gives: dict[str, bytes | Callable[[Ask], bytes]] = {}
        self.asked: list[str] = []
        self.cache = cache or MemoryCache()
        self.policy = Policy(online=True, revocation=rule, **policy)
        self.trust = self.another()

    def another(self) -> Trust:
        """As after a restart: nothing remembered but the cache."""
        store = TrustStore((ROOT.certificate,))
        return Trust(
            store, self.policy, fetcher=self, cache=self.cache, clock=lambda: self.now, nonce=lambda size: b"n" * size
        )

    def fetch(self, ask: Ask, *, seconds: float) -> bytes:
        self.asked.append(ask.url)
        given = self.gives.get(ask.url)
        if given is None:
            raise FetchFailure("trust.fetch-unreachable", Text("yok", "away"), Text("bekle", "wait"))
        return given if isinstance(given, bytes) else given(ask)

    def judge(self, at: datetime | None = None, leaf: Known = LEAF, trust: Trust | None = None) -> Trusted:
        return (trust or self.trust).judge(leaf.certificate, at=at or self.now)


class TestEvidenceThatTheSenderChose:
    """A stolen key's seal comes with the last answer from before the revocation."""

    OLD = answer(LEAF, ROOT, ROOT, made=NOW - 2 * HOUR)

    def test_is_not_enough_where_the_issuer_can_be_asked_what_holds_now(self) -> None:
        world = World(rule=Revocation.OCSP_FIRST)
        world.gives[OCSP] = answer(LEAF, ROOT, ROOT, made=NOW, revoked=NOW - HOUR)
        assert world.trust.judge(LEAF.certificate, at=NOW, evidence=Evidence((), (self.OLD,))).sub is Sub.REVOKED_NO_POE
        world = World(rule=Revocation.CRL_FIRST)
        world.gives[CRL] = crl(ROOT, entry(LEAF, NOW - HOUR), made=NOW - MINUTE)
        before = crl(ROOT, made=NOW - 2 * HOUR)
        assert world.trust.judge(LEAF.certificate, at=NOW, evidence=Evidence((before,))).sub is Sub.REVOKED_NO_POE

    def test_serves_while_the_issuer_is_away(self) -> None:
        world = World(rule=Revocation.OCSP_FIRST)
        found = world.trust.judge(LEAF.certificate, at=NOW, evidence=Evidence((), (self.OLD,)))
        assert (found.indication, found.evidence.ocsp_responses) == (Indication.PASSED, (self.OLD,))

    def test_is_enough_if_it_was_made_after_the_moment(self) -> None:
        world = World(rule=Revocation.OCSP_FIRST)
        found = world.trust.judge(LEAF.certificate, at=NOW - 3 * HOUR, evidence=Evidence((), (self.OLD,)))
        assert (found.indication, world.asked) == (Indication.PASSED, [])


class TestAListIsFetched:
    def test_once_for_all_certificates_of_its_issuer(self) -> None:
        world = World()
        world.gives[CRL] = crl(ROOT)
        for leaf in (LEAF, named(), named()):
            assert world.judge(leaf=leaf).indication is Indication.PASSED
        assert world.asked == [CRL]

    def test_again_when_it_is_no_longer_fresh_and_the_policys_time_is_over(self) -> None:
        world = World(keep=HOUR)
        world.gives[CRL] = crl(ROOT, until=NOW + 2 * HOUR)
        world.judge()
        world.now += 59 * MINUTE
        world.judge()
        assert len(world.asked) == 1
        world.now += 2 * MINUTE
        world.gives[CRL] = crl(ROOT, entry(LEAF, NOW), made=NOW + HOUR)
        assert world.judge().sub is Sub.REVOKED_NO_POE
        assert len(world.asked) == 2

    def test_again_when_its_next_update_has_come_though_the_policy_would_wait(self) -> None:
        world = World(keep=DAY)
        world.gives[CRL] = crl(ROOT, until=NOW + HOUR)
        world.judge()
        world.now += HOUR + MINUTE
        world.gives[CRL] = crl(ROOT, made=NOW + HOUR)
        assert world.judge().indication is Indication.PASSED
        assert len(world.asked) == 2

    def test_in_vain_without_harm_while_the_last_one_still_holds(self) -> None:
        world = World(keep=HOUR)
        world.gives[CRL] = crl(ROOT, until=NOW + 5 * HOUR)
        world.judge()
        del world.gives[CRL]
        world.now += 2 * HOUR
        assert world.judge().indication is Indication.PASSED
        world.now += 4 * HOUR
        found = world.judge()
        assert (found.sub, codes(found)[1]) == (Sub.TRY_LATER, "trust.fetch-unreachable")


class TestAFailure:
    def test_is_remembered_for_a_short_time_only(self) -> None:
        world = World(keep_failure=MINUTE)
        for _ in range(5):
            found = world.judge()
            assert codes(found)[:2] == ["trust.revocation-unknown", "trust.fetch-unreachable"]
        assert world.asked == [CRL, OCSP]
        world.gives[CRL] = crl(ROOT)
        world.now += 2 * MINUTE
        assert world.judge().indication is Indication.PASSED

    @pytest.mark.parametrize(
        "data", [b"<html>maintenance</html>", crl(ROOT, key=other_key(ROOT.key)), crl(ROOT, until=NOW - HOUR)]
    )
    def test_so_is_an_answer_that_is_worth_nothing(self, data: bytes) -> None:
        world = World(keep_failure=MINUTE)
        world.gives[CRL] = data
        for _ in range(3):
            assert world.judge().sub is Sub.TRY_LATER
        assert world.asked.count(CRL) == 1
        world.gives[CRL] = crl(ROOT)
        world.now += 2 * MINUTE
        assert world.judge().indication is Indication.PASSED


class TestAnOcspAnswer:
    def world(self, made: Callable[[Ask], bytes], **policy: Any) -> World:
        world = World(rule=Revocation.OCSP_FIRST, **policy)
        world.gives[OCSP] = made
        return world

    def test_repeats_our_nonce_if_it_has_one(self) -> None:
        assert self.world(lambda ask: answer(LEAF, ROOT, ROOT, nonce=b"n" * 16)).judge().indication is Indication.PASSED
        replayed = self.world(lambda ask: answer(LEAF, ROOT, ROOT, nonce=b"o" * 16)).judge()
        assert codes(replayed)[:2] == ["trust.revocation-unknown", "trust.ocsp-nonce"]

    def test_needs_none_unless_the_policy_wants_it(self) -> None:
        assert self.world(lambda ask: answer(LEAF, ROOT, ROOT)).judge().indication is Indication.PASSED
        found = self.world(lambda ask: answer(LEAF, ROOT, ROOT), need_nonce=True).judge()
        assert "trust.ocsp-nonce" in codes(found)

    def test_is_kept_for_its_certificate_alone(self) -> None:
        world = self.world(lambda ask: answer(LEAF, ROOT, ROOT, nonce=b"n" * 16))
        other = named()
        assert world.judge().indication is Indication.PASSED
        assert world.judge(trust=world.another()).indication is Indication.PASSED
        assert world.judge(leaf=other).sub is Sub.TRY_LATER
        assert world.asked.count(OCSP) == 2

    def test_that_is_broken_is_said_to_be(self) -> None:
        found = self.world(lambda ask: b"garbage").judge()
        assert codes(found)[:2] == ["trust.revocation-unknown", "trust.ocsp-broken"]


class TestManyAtOnce:
    def test_fetch_one_list_once(self) -> None:
        world = World()
        ready = threading.Event()

        def slowly(ask: Ask) -> bytes:
            ready.wait(0.1)
            return crl(ROOT)

        world.gives[CRL] = slowly
        leaves = [named() for _ in range(8)]
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda leaf: world.judge(leaf=leaf), leaves))
        assert [one.indication for one in found] == [Indication.PASSED] * 8
        assert world.asked == [CRL]

    def test_wait_no_longer_than_their_own_patience_for_the_one_who_fetches(self) -> None:
        begun, over = threading.Event(), threading.Event()
        world = World(total_seconds=0.2)

        def hang(ask: Ask) -> bytes:
            begun.set()
            over.wait(5)
            return b""

        world.gives[CRL] = world.gives[OCSP] = hang
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(world.judge)
            assert begun.wait(5)
            second = world.judge(leaf=named())
            over.set()
            first.result()
        assert "trust.out-of-time" in codes(second)


@pytest.fixture(params=["memory", "folder"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Cache:
    return MemoryCache() if request.param == "memory" else FolderCache(tmp_path / "cache")


class TestACache:
    def test_gives_back_what_was_put(self, cache: Cache) -> None:
        good = Kept(b"\x00data\n", NOW)
        bad = Kept(b"", NOW + HOUR, Reason("trust.fetch-timeout", Text("geç", "late"), Text("bekle", "wait")))
        cache.put("a", good)
        cache.put("b", bad)
        assert (cache.get("a"), cache.get("b"), cache.get("c")) == (good, bad, None)
        cache.put("a", bad)
        assert cache.get("a") == bad

    def test_saves_asking_again(self, cache: Cache) -> None:
        world = World(cache)
        world.gives[CRL] = crl(ROOT)
        world.judge()
        assert world.judge(trust=world.another()).indication is Indication.PASSED
        assert world.asked == [CRL]


class TestAFolderCache:
    def files(self, folder: Path) -> list[Path]:
        return [file for file in folder.iterdir() if file.suffix == ".kept"]

    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: b"",
            lambda data: data[:-1],
            lambda data: data + b"x",
            lambda data: b"\xff" * len(data),
            lambda data: b"ulak-trust-1\n{}\n",
        ],
        ids=["empty", "cut", "longer", "noise", "no facts"],
    )
    def test_renews_what_was_damaged(self, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
        world = World(FolderCache(tmp_path))
        world.gives[CRL] = crl(ROOT)
        world.judge()
        [file] = self.files(tmp_path)
        file.write_bytes(damage(file.read_bytes()))
        assert world.judge(trust=world.another()).indication is Indication.PASSED
        assert world.asked == [CRL, CRL]

    def test_is_not_believed_when_someone_put_a_list_of_their_own_there(self, tmp_path: Path) -> None:
        cache = FolderCache(tmp_path)
        world = World(cache)
        world.gives[CRL] = crl(ROOT, entry(LEAF, NOW - DAY))
        assert world.judge().sub is Sub.REVOKED_NO_POE
        cache.put(f"crl {CRL}", Kept(crl(ROOT, key=other_key(ROOT.key)), NOW + DAY))
        found = world.judge(trust=world.another())
        assert (found.indication, found.sub) == (Indication.INDETERMINATE, Sub.TRY_LATER)

    def test_leaves_nothing_half_written(self, tmp_path: Path) -> None:
        cache = FolderCache(tmp_path)
        data = [bytes([index]) * 200_000 for index in range(4)]

        def work(mine: bytes) -> None:
            for _ in range(25):
                cache.put("key", Kept(mine, NOW))
                found = cache.get("key")
                assert found is not None
                assert found.data in data

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, data))
        assert len(list(tmp_path.iterdir())) == 1

    def test_is_shared_by_processes(self, tmp_path: Path) -> None:
        script = (
            "import sys; from datetime import UTC, datetime; from ulak.seal.trust.cache import FolderCache, Kept\n"
            "cache, mine = FolderCache(sys.argv[1]), sys.argv[2].encode() * 100_000\n"
            "for _ in range(50):\n"
            "    cache.put('key', Kept(mine, datetime(2026, 1, 1, tzinfo=UTC)))\n"
            "    assert len(set(cache.get('key').data)) == 1\n"
        )
        command = [sys.executable, "-c", script, str(tmp_path)]
        running = [subprocess.Popen([*command, name]) for name in "ab"]
        assert [process.wait(60) for process in running] == [0, 0]
        assert len(list(tmp_path.iterdir())) == 1

    def test_that_cannot_be_written_slows_down_but_breaks_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        cache = FolderCache(tmp_path / "file" / "cache")
        world = World(cache)
        world.gives[CRL] = crl(ROOT)
        assert world.judge().indication is Indication.PASSED
        assert cache.problem

    def test_is_for_its_owner_only(self, tmp_path: Path) -> None:
        cache = FolderCache(tmp_path / "cache")
        cache.put("a", Kept(b"", NOW))
        assert (tmp_path / "cache").stat().st_mode & 0o077 == 0
        assert all(file.stat().st_mode & 0o077 == 0 for file in self.files(tmp_path / "cache"))


def test_memory_forgets_what_was_not_used_for_longest() -> None:
    cache = MemoryCache(max_bytes=10_000)
    for name in ("a", "b"):
        cache.put(name, Kept(b"x" * 3000, NOW))
    cache.get("a")
    cache.put("c", Kept(b"x" * 3000, NOW))
    assert cache.get("b") is None
    assert cache.get("a")
    assert cache.get("c")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 4000)), max_size=40))
def test_memory_never_holds_much_more_than_it_may(steps: list[tuple[str, int]]) -> None:
    cache, last = MemoryCache(max_bytes=8000), {}
    for name, size in steps:
        cache.put(name, Kept(b"x" * size, NOW))
        last[name] = size
        found = {key: kept for key in "abcd" if (kept := cache.get(key))}
        assert sum(len(kept.data) for kept in found.values()) <= 8000
        assert all(len(kept.data) == last[key] for key, kept in found.items())
        assert name in found
