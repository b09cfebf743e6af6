"""Books whose maker is killed at any moment: they are gone on with, nothing is made twice or handed over half."""

from __future__ import annotations

import hashlib
import io
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger_worker_process import started
from levels_support import trust_of
from platform_ledger_works import begun, entries, let_go, rules, set_up, software, state, take_step, worker
from platform_world import taxpayer
from seal_pki import NOW
from support import needs_reference
from ulak.ledger.packages import opened
from ulak.seal.large import verify_large
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.ledgers import services as gib
from ulak_server.exchange.models_of_ledgers import LedgerPackage
from ulak_server.ledgers import folders, housekeeping, keeping
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import File, Piece, Work
from ulak_server.people.services import Caller

pytestmark = [pytest.mark.usefixtures("platform_database"), needs_reference]
KILLS = 7


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rules")


@pytest.fixture(scope="module")
def company(platform_database: str, home: Path) -> Iterator[tuple[int, Caller]]:
    clock.use(lambda: NOW)
    try:
        with software(), rules(home):
            one = taxpayer()
            yield one, set_up(one)
    finally:
        clock.use(None)


def killed_after(seconds: float, database: str, home: Path) -> bool:
    """A process that makes books, killed after a while; whether it had come to rest before."""
    child = started(database, home)
    child.join(seconds)
    rested = child.exitcode is not None
    child.kill()
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    return rested


def kept_of(one: int) -> tuple[int, int]:
    """What is kept, to see whether a process came to anything before it was killed."""
    with scoped(Role.WEB, [one]):
        return File.objects.filter(completed_at__isnull=False).count(), Work.objects.get().books.count()


def test_a_month_is_made_whole_however_often_its_worker_is_killed(
    company: tuple[int, Caller], platform_database: str, home: Path, tmp_path: Path
) -> None:
    one, me = company
    work = begun(me, one, entries(tmp_path, 300))
    chance, kills, in_vain = random.Random(20261123), 0, 0
    while (stage := state(one, work).stage) != "sent":
        if not state(one, work).is_busy:
            take_step(me, one, work)
            continue
        before = kept_of(one)
        # A step that broke off eight times is a person's; on a slow machine each may have been killed too early.
        is_spared = kills >= KILLS or state(one, work).tries > 4
        rested = killed_after(120 if is_spared else chance.uniform(0.02, 0.3) * 2**in_vain, platform_database, home)
        kills += not rested
        in_vain = in_vain + 1 if kept_of(one) == before else 0
        let_go(one)
        assert state(one, work).stage not in ("failed", "cancelled"), (stage, state(one, work).error)
    assert kills >= 3
    assert_whole(one, work, me)


def assert_whole(one: int, work: int, me: Caller) -> None:
    """Each book once, sound and sealed; each package at GİB once, holding what was sealed; nothing left about."""
    made = ledgers.books(me, one, work)
    assert [book.kind for _, book in made if not book.is_package] == ["Y", "K", "YB", "KB"]
    packages = [book for _, book in made if book.is_package]
    assert [(book.kind, book.stage) for book in packages] == [("YB", "handed"), ("KB", "handed")]
    digests = {}
    for _, book in made:
        _, pieces = ledgers.file_of(me, one, book.id)
        digests[book.name] = b"".join(pieces)
        assert hashlib.sha256(digests[book.name]).hexdigest() == book.digest
    with scoped(Role.WEB, [one]):
        sent = list(LedgerPackage.objects.filter(taxpayer_id=one).order_by("created_at", "kind"))
        assert sorted(row.id for row in sent) == sorted(book.handed for book in packages if book.handed)
        views = {view.id: view for view in gib.packages_of(one)}
    for book in packages:
        assert book.handed is not None
        assert views[book.handed].size == book.size
    told = [entry.what for entry in ledgers.timeline(me, one, work)]
    assert told.count("ledger.handed-over") == 2
    assert told.count("ledger.book-sealed") == 2
    assert told.count("ledger.created") == told.count("ledger.sealed") == told.count("ledger.sent") == 1
    assert_sealed(digests)
    assert_tidy(one)


def assert_sealed(contents: dict[str, bytes]) -> None:
    """The seals hold, and packages hold what was sealed, byte for byte."""
    for name, content in contents.items():
        if name.endswith(".zip"):
            with opened(io.BytesIO(content)) as package:
                for each in package.names:
                    assert package.open(each).read() == contents[each]
        else:
            report = verify_large(io.BytesIO(content), trust=trust_of(clock=NOW), at=NOW)
            assert (report.passed, report.level) == (True, "BES"), (name, report.reasons)


def left_folders() -> list[str]:
    """Of killed processes; other modules' workers may be alive beside."""
    return [each.name for each in folders.root().glob("worker-*") if folders.is_left(each)]


def assert_tidy(one: int) -> None:
    """What killed processes left is cleared away; every piece belongs to a file that counts."""
    with worker() as works:
        works.turn()
    assert left_folders() == []
    with scoped(Role.WEB, [one]):
        File.objects.filter(completed_at__isnull=True).update(created_at=NOW - 2 * housekeeping.UNFINISHED)
    housekeeping.sweep()
    with scoped(Role.WEB, [one]):
        files = {file.id: file for file in File.objects.all()}
        assert all(file.completed_at for file in files.values())
        counted = {id: -(-file.size // keeping.PIECE) for id, file in files.items()}
        for id in set(Piece.objects.values_list("file_id", flat=True)) | set(counted):
            assert Piece.objects.filter(file_id=id).count() == counted[id]
