"""Documents handed in at the same moment are stored by one transaction, and nobody is the worse for it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, close_old_connections, connection

from platform_api import answer, program
from platform_database import admin
from platform_intake import encoded, friendly, listed, sent
from platform_world import ARDIC, MELTEM, taxpayer
from ulak.errors import UlakError
from ulak.lifecycle.policy import DEFAULT
from ulak_server.audit.services import timeline
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.database.together import Together
from ulak_server.documents import storing
from ulak_server.documents.intake import Options, read_one
from ulak_server.documents.models import Document
from ulak_server.documents.services import accept
from ulak_server.documents.storing import Handing, Stored
from ulak_server.documents.taking import Taken

PATIENCE = 30


@pytest.fixture(scope="module")
def firms(platform_database: str) -> tuple[int, int]:
    listed()
    listed(ARDIC)
    return taxpayer(ARDIC), taxpayer(MELTEM, "MEL")


class Gate:
    """Lets the first document's transaction begin once all the others wait; what happens before the second is told."""

    def __init__(self, others: int) -> None:
        self.others, self.sizes = others, list[int]()
        self.place = Together[Handing, Stored](self.work, 32)
        self.began = threading.Event()

    def work(self, handings: Sequence[Handing]) -> Sequence[Stored | Exception]:
        self.sizes.append(len(handings))
        if len(self.sizes) == 1:
            self.began.set()
            while len(self.place._waiting) < self.others:
                pass
        else:
            self.before()
        return storing._all_stored(handings)

    def before(self) -> None:
        """What happens before the group begins."""


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate(0)
    monkeypatch.setattr(storing, "_TOGETHER", made.place)
    return made


def outcome(taxpayer: int, members: dict[str, Any], said: dict[str, Any]) -> Taken | str:
    try:
        return sent(taxpayer, encoded(members), **said)
    except UlakError as error:
        return error.code
    except OperationalError:
        return "no database"
    finally:
        connection.close()


def at_once(gate: Gate, taxpayer: int, *calls: tuple[int, dict[str, Any], dict[str, Any]]) -> list[Taken | str]:
    """What came of calls that one transaction is to take in, since they came while another was under way."""
    gate.others = len(calls)
    with ThreadPoolExecutor(len(calls) + 1) as pool:
        first = pool.submit(outcome, taxpayer, friendly(), {})
        assert gate.began.wait(PATIENCE)
        rest = [pool.submit(outcome, *one) for one in calls]
        assert isinstance(first.result(PATIENCE), Taken)
        return [one.result(PATIENCE) for one in rest]


def own(who: Any, customer: Any, **changed: Any) -> dict[str, Any]:
    party = {"address": {"town": "Çankaya", "city": "Ankara"}, "tax_office": "Çankaya"}
    of = {"supplier": {"tax_id": who[0], "name": who[1], **party}}
    return friendly(**{**of, "customer": {"tax_id": customer[0], "name": customer[1], **party}, **changed})


def documents(taxpayer: int) -> dict[int, str]:
    with scoped(Role.WEB, [taxpayer]):
        return dict(Document.objects.values_list("id", "partner"))


def test_each_of_several_taxpayers_gets_their_own_answer_and_keeps_their_own_rows(
    firms: tuple[int, int], gate: Gate
) -> None:
    ardic, meltem = firms
    told = at_once(
        gate,
        ardic,
        (ardic, own(ARDIC, MELTEM), {"actor": "key:1", "origin": "192.0.2.1"}),
        (meltem, own(MELTEM, ARDIC), {"actor": "key:2", "origin": "192.0.2.2"}),
        (ardic, own(MELTEM, ARDIC), {}),
        (ardic, own(ARDIC, MELTEM), {"options": Options(alias="urn:mail:nobody@meltem.example")}),
        (meltem, own(MELTEM, ARDIC), {"options": Options(series="XYZ")}),
        (meltem, own(MELTEM, ARDIC), {}),
    )
    assert gate.sizes == [1, 6]
    assert [one if isinstance(one, str) else "" for one in told] == [
        *("", "", "intake.not-issuer", "intake.alias", "intake.series", ""),
    ]
    first, second, last = (one for one in told if isinstance(one, Taken))
    assert documents(ardic)[first.id] == MELTEM[0]
    assert {second.id, last.id} == set(documents(meltem))
    assert not set(documents(ardic)) & set(documents(meltem))
    for firm, taken, actor, origin in ((ardic, first, "key:1", "192.0.2.1"), (meltem, second, "key:2", "192.0.2.2")):
        with scoped(Role.WEB, [firm]):
            (entry,) = timeline(taken.id)
        assert (entry.what, entry.documents, entry.actor, entry.origin) == (
            *("document.accepted", (taken.id,)),
            *(actor, origin),
        )


def test_what_is_there_already_is_refused_and_the_others_are_stored(firms: tuple[int, int], gate: Gate) -> None:
    ardic, meltem = firms
    ettn = str(uuid4())
    with scoped(Role.WEB, [ardic]):
        (before,) = accept([read_one(ardic, encoded(friendly(uuid=ettn)))], DEFAULT)
    told = at_once(
        gate,
        ardic,
        (ardic, friendly(uuid=ettn), {}),
        (ardic, friendly(), {"options": Options(erp_key="together")}),
        (ardic, friendly(), {"options": Options(erp_key="together")}),
        (meltem, own(MELTEM, ARDIC), {}),
    )
    assert gate.sizes == [1, 4]
    assert told[0] == "intake.ettn-taken"
    assert sorted(isinstance(one, Taken) for one in told[1:3]) == [False, True]
    assert "intake.erp-key-taken" in told[1:3]
    assert isinstance(told[3], Taken)
    assert before in documents(ardic)


def test_two_of_one_key_are_one_document(firms: tuple[int, int], gate: Gate) -> None:
    ardic, _ = firms
    same = friendly()
    told = at_once(
        gate,
        ardic,
        (ardic, same, {"key": "twice"}),
        (ardic, same, {"key": "twice"}),
        (ardic, friendly(time="10:00:00"), {"key": "twice"}),
        (ardic, friendly(), {"key": "once"}),
    )
    other = told.pop()
    assert isinstance(other, Taken)
    assert not other.is_repeated
    assert len({one.id for one in told if isinstance(one, Taken)}) == 1
    assert told.count("intake.key-reused") in (1, 2)


def test_nobody_waits_for_anothers_lock(firms: tuple[int, int]) -> None:
    ardic, meltem = firms
    ettn = str(uuid4())
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        # A document of that ETTN that is not committed yet: whoever writes the same waits for its transaction.
        try:
            with scoped(Role.WEB, [ardic]):
                accept([read_one(ardic, encoded(friendly(uuid=ettn)))], DEFAULT)
                held.set()
                assert go.wait(PATIENCE)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        holder = pool.submit(hold)
        assert held.wait(PATIENCE)
        waits = pool.submit(outcome, ardic, friendly(uuid=ettn), {})
        passes = pool.submit(outcome, meltem, own(MELTEM, ARDIC), {})
        assert isinstance(passes.result(PATIENCE), Taken)
        assert not waits.done()
        go.set()
        holder.result(PATIENCE)
        assert waits.result(PATIENCE) == "intake.ettn-taken"


def test_when_the_database_is_lost_nothing_is_stored_and_the_next_are(firms: tuple[int, int], gate: Gate) -> None:
    ardic, meltem = firms
    before = documents(ardic), documents(meltem)

    def lose() -> None:
        gate.before = lambda: None  # type: ignore[method-assign]
        connection.ensure_connection()
        admin(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid})")

    gate.before = lose  # type: ignore[method-assign]
    told = at_once(gate, ardic, (ardic, friendly(), {}), (meltem, own(MELTEM, ARDIC), {}))
    assert told == ["no database"] * 2
    assert (len(documents(ardic)), documents(meltem)) == (len(before[0]) + 1, before[1])
    assert isinstance(sent(ardic), Taken)


def test_calls_go_on_after_the_database_was_restarted(firms: tuple[int, int]) -> None:
    erp = program(firms[0])
    answer(erp.post("/documents", friendly()), 202)
    name = connection.settings_dict["NAME"]
    admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    close_old_connections()
    answer(erp.post("/documents", friendly()), 202)
