"""The audit log is append-only, sealed link by link, and whatever is changed in it all the same is named."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platform_database import connect_django, database, drop, settled, url_of
from seal_pki import KNOWN_KEY
from ulak.seal.keys.opening import open_key
from ulak_server import clock, environment
from ulak_server.audit import heads
from ulak_server.audit.models import Block, Entry, Epoch
from ulak_server.audit.sealing import Sealing, seal_next
from ulak_server.audit.services import Entry as New
from ulak_server.audit.services import record, timeline, timeline_of_envelope
from ulak_server.audit.verifying import verify
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.daily_heads import DailyHeads
from ulak_server.exchange.keys import Address, KeyRing

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(name="log")
def _log() -> Iterator[str]:
    name = database()
    with connect_django(name):
        yield name
    drop(name)


def write(*what: str, **values: Any) -> None:
    with scoped(Role.PIPELINE):
        record([New(one, AT, **values) for one in what])


@contextmanager
def tampering(name: str) -> Iterator[psycopg.Connection[Any]]:
    """As the owner of the database, who can take the triggers away."""
    with psycopg.connect(url_of(name)) as owner:
        owner.execute("SET session_replication_role = replica")
        yield owner


def three_blocks() -> list[int]:
    for word in ("a", "b", "c"):
        write(f"{word}.one", f"{word}.two", f"{word}.three")
        settled()
        assert seal_next() == 3
    with scoped(Role.OPERATOR):
        return list(Entry.objects.order_by("tx", "id").values_list("id", flat=True))


def test_a_log_that_nobody_touched_verifies(log: str) -> None:
    three_blocks()
    write("later")
    found = verify()
    assert found[:4] == (3, 9, 0, 1)
    assert found.fault is None
    assert found.oldest == AT


CHANGES = {
    "at": "at + interval '1 microsecond'",
    "taxpayer_id": "7",
    "what": "'x'",
    "documents": "'{1}'",
    "envelope": f"'{uuid4()}'",
    "stage": "'x'",
    "code": "'x'",
    "actor": "'x'",
    "origin": "'x'",
    "facts": """'{"a": 1}'""",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_entry_is_named(log: str, column: str) -> None:
    ids = three_blocks()
    with tampering(log) as owner:
        owner.execute(f"UPDATE audit_entry SET {column} = {CHANGES[column]} WHERE id = {ids[4]}".encode())
    found = verify()
    assert found.fault is not None
    assert (found.fault.code, found.fault.block, found.fault.entry) == ("audit.entry-changed", 2, ids[4])
    assert found.blocks == 1
    assert verify(3).fault is None


@pytest.mark.parametrize(("place", "named"), [(3, 4), (4, 5), (5, 4)])
def test_a_removed_entry_is_noticed(log: str, place: int, named: int) -> None:
    ids = three_blocks()
    with tampering(log) as owner:
        owner.execute(f"DELETE FROM audit_entry WHERE id = {ids[place]}".encode())
    fault = verify().fault
    assert fault is not None
    assert (fault.code, fault.block, fault.entry) == ("audit.entry-missing", 2, ids[named])


def test_an_entry_put_in_later_is_named(log: str) -> None:
    three_blocks()
    with tampering(log) as owner:
        tx = owner.execute("SELECT max(tx) FROM audit_entry WHERE what = 'b.one'").fetchone()
        assert tx is not None
        owner.execute(
            "INSERT INTO audit_entry (tx, at, what, documents, stage, code, actor, origin, facts)"
            " VALUES (%s, now(), 'x', '{}', '', '', '', '', '{}')",
            tx,
        )
    fault = verify().fault
    assert fault is not None
    with scoped(Role.OPERATOR):
        assert (fault.code, fault.block, fault.entry) == ("audit.entry-added", 2, Entry.objects.get(what="x").id)


@pytest.mark.parametrize(
    ("statement", "code", "block"),
    [
        ("DELETE FROM audit_block WHERE number = 2", "audit.block-missing", 2),
        ("UPDATE audit_block SET at = at + interval '1 s' WHERE number = 2", "audit.block-changed", 2),
        ("UPDATE audit_block SET previous = digest WHERE number = 2", "audit.chain-broken", 2),
        ("UPDATE audit_block SET first_tx = first_tx + 1 WHERE number = 3", "audit.chain-broken", 3),
        ("UPDATE audit_block SET digest = sha256('x') WHERE number = 1", "audit.block-changed", 1),
    ],
)
def test_a_changed_block_is_named(log: str, statement: str, code: str, block: int) -> None:
    three_blocks()
    with tampering(log) as owner:
        owner.execute(statement.encode())
    fault = verify().fault
    assert fault is not None
    assert (fault.code, fault.block) == (code, block)


def test_nothing_comes_into_a_block_after_it_was_sealed(log: str) -> None:
    """A transaction that began before the block is sealed and ends after it is not overtaken."""
    write("before")
    opened, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with connect_in_thread(), scoped(Role.PIPELINE):
            record([New("slow", AT)])
            opened.set()
            go_on.wait(10)

    settled()
    other = threading.Thread(target=slow)
    other.start()
    opened.wait(10)
    write("quick")
    assert seal_next() == 1
    assert seal_next() == 0
    go_on.set()
    other.join()
    settled()
    assert seal_next() == 2
    assert verify()[:2] == (2, 3)
    assert verify().fault is None


@contextmanager
def connect_in_thread() -> Iterator[None]:
    yield
    connection.close()


def test_a_transaction_is_never_parted(log: str) -> None:
    for _ in range(3):
        write("x", "y", "z")
    settled()
    assert [seal_next(2) for _ in range(4)] == [3, 3, 3, 0]


def test_blocks_are_sealed_by_the_clock(log: str) -> None:
    now = [0.0]
    station = Sealing(5, lambda: now[0])
    write("x")
    assert station.turn() == 0
    now[0] = 5
    settled()
    assert station.turn() == 1
    write("y")
    assert station.turn() == 0
    now[0] = 10
    settled()
    assert station.turn() == 1


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("table", ["audit_entry", "audit_block", "audit_head"])
def test_no_role_changes_what_was_written(log: str, role: Role, table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"UPDATE {table} SET at = now()"):
        with pytest.raises(DatabaseError), scoped(role), connection.cursor() as cursor:
            cursor.execute(statement)


def test_not_even_the_owner_changes_it_by_mistake(log: str) -> None:
    write("x")
    with psycopg.connect(url_of(log)) as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("DELETE FROM audit_entry")


@pytest.mark.parametrize("role", list(Role))
def test_nobody_chooses_the_place_of_an_entry(log: str, role: Role) -> None:
    with pytest.raises(DatabaseError), scoped(role), connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_entry (tx, at, what) VALUES (1, now(), 'x')")


def test_the_chain_goes_on_after_a_restore_that_counts_from_the_beginning(log: str) -> None:
    three_blocks()
    write("unsealed.tail")
    # As a new cluster sees it: all that was sealed bears higher numbers than its own transactions.
    with tampering(log) as owner:
        owner.execute("UPDATE audit_epoch SET base = -1000000")
        owner.execute("UPDATE audit_block SET end_tx = end_tx")
    write("after.restore")
    with scoped(Role.OPERATOR):
        assert Epoch.objects.get().base == 1 << 44
    settled()
    while seal_next():
        pass
    found = verify()
    assert found.fault is None
    assert (found.entries, found.unsealed) == (11, 0)
    with scoped(Role.OPERATOR):
        assert Block.objects.count() >= 4


@pytest.fixture(name="key")
def _key() -> Any:
    return open_key(f"pkcs12:{KNOWN_KEY.p12}")


@pytest.fixture(name="next_day")
def _next_day() -> Iterator[date]:
    today = clock.now().astimezone(clock.ISTANBUL).date()
    yield today
    clock.use(None)


def a_day_later() -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    clock.use(lambda: later)


def test_a_days_head_is_signed_once(log: str, key: Any, next_day: date) -> None:
    assert heads.due() is None
    three_blocks()
    assert heads.due() is None
    a_day_later()
    assert heads.due() == next_day
    heads.seal_head(next_day, key, None)
    assert heads.due() is None
    heads.seal_head(next_day, key, None)
    assert verify()[:3] == (3, 9, 1)
    assert verify().fault is None


def test_a_chain_that_was_written_anew_does_not_fit_its_head(log: str, key: Any, next_day: date) -> None:
    three_blocks()
    a_day_later()
    heads.seal_head(next_day, key, None)
    with tampering(log) as owner:
        owner.execute("DELETE FROM audit_block")
        owner.execute("DELETE FROM audit_entry WHERE what = 'b.two'")
    while seal_next(1):
        pass
    fault = verify().fault
    assert fault is not None
    assert (fault.code, fault.block) == ("audit.head-other", 3)


def test_a_chain_that_was_cut_off_does_not_fit_its_head(log: str, key: Any, next_day: date) -> None:
    three_blocks()
    a_day_later()
    heads.seal_head(next_day, key, None)
    with tampering(log) as owner:
        owner.execute("DELETE FROM audit_block WHERE number > 1")
        owner.execute("DELETE FROM audit_entry WHERE what LIKE 'b.%' OR what LIKE 'c.%'")
    fault = verify().fault
    assert fault is not None
    assert (fault.code, fault.block) == ("audit.block-missing", 3)


def test_a_forged_head_is_noticed(log: str, key: Any, next_day: date) -> None:
    three_blocks()
    a_day_later()
    heads.seal_head(next_day, key, None)
    with tampering(log) as owner:
        owner.execute("UPDATE audit_head SET signature = set_byte(signature, 9, get_byte(signature, 9) # 1)")
    fault = verify().fault
    assert fault is not None
    assert fault.code == "audit.head-forged"


def test_a_documents_timeline_has_its_envelopes_in_it(log: str) -> None:
    envelope, other = UUID(int=5), UUID(int=6)
    with scoped(Role.WEB, [1]):
        record([New("document.accepted", AT, 1, (11, 12)), New("document.packed", AT, 1, (11,), envelope)])
        record([New("call.sent", AT + timedelta(seconds=1), 1, (), envelope, facts={"method": "sendDocument"})])
        record([New("call.sent", AT, 1, (), other), New("document.packed", AT, 1, (12,), other)])
    with scoped(Role.WEB, [1]):
        assert [one.what for one in timeline(11)] == ["document.accepted", "document.packed", "call.sent"]
        assert timeline(11)[-1].facts == {"method": "sendDocument"}
        assert [one.what for one in timeline_of_envelope(other)] == ["call.sent", "document.packed"]
    with scoped(Role.WEB, [2]):
        assert timeline(11) == []
        assert timeline_of_envelope(envelope) == []


def test_an_entry_is_found_by_each_of_its_documents_and_by_no_other(log: str) -> None:
    largest = 2**53 - 1
    with scoped(Role.PIPELINE):
        record([New("document.sealed", AT, 1, (40, 31, largest)), New("document.sealed", AT, 2, (30, 33, 50))])
        record([New("document.left", AT, None, (31, 32)), New("document.left", AT, 2, (30,))])
    with scoped(Role.WEB, [1]):
        assert [len(timeline(document)) for document in (31, 40, largest, 30, 35)] == [1, 1, 1, 0, 0]
    with scoped(Role.WEB, [1, 2]):
        assert [len(timeline(document)) for document in (31, 30, 50)] == [1, 2, 1]
    with scoped(Role.OPERATOR):
        assert [len(timeline(document)) for document in (31, 32, 30, 34)] == [2, 1, 2, 0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=20),
    st.dictionaries(st.text(max_size=5), st.text(max_size=9) | st.integers(-(2**53), 2**53) | st.none(), max_size=3),
)
def test_whatever_strangers_say_is_kept_and_sealed(log: str, said: str, facts: dict[str, Any]) -> None:
    write("call.refused", "call.refused", code=said, origin=said, facts=facts)
    settled()
    assert seal_next() == 2
    assert verify().fault is None


def test_the_station_signs_and_stamps_yesterdays_head(
    log: str, next_day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        django_settings, "ENVIRONMENT", environment.read({"ULAK_SEAL_KEY": "x", "ULAK_DATA": str(KNOWN_KEY.p12.parent)})
    )
    now = [0.0]
    asked: list[bytes] = []

    class Away:
        def stamp(self, digest: bytes, algorithm: Any) -> Any:
            asked.append(digest)
            raise OSError("away")

    ring = KeyRing(lambda: Address(f"pkcs12:{KNOWN_KEY.p12}"))
    three_blocks()
    a_day_later()
    failing, station = DailyHeads(ring, Away(), lambda: now[0]), DailyHeads(ring, None, lambda: now[0])
    assert station.turn() == 0
    now[0] = 60
    with pytest.raises(OSError, match="away"):
        failing.turn()
    assert [failing.turn(), station.turn()] == [0, 1]
    now[0] = 120
    assert [failing.turn(), station.turn()] == [0, 0]
    ring.close()
    assert verify()[:3] == (3, 9, 1)
    assert len(asked) == 1
