"""Who runs an installation gets kept documents by their ETTN, and checks them, the log and the lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from platform_database import settled
from platform_world import MELTEM, invoices, taxpayer
from ulak.cli.session import Session
from ulak.errors import UlakError
from ulak_server import environment
from ulak_server.archive.problems import ArchiveError
from ulak_server.archive.services import Ref, read
from ulak_server.audit.sealing import seal_next
from ulak_server.audit.services import timeline
from ulak_server.commands import archiving, auditing, listing
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.kept import check, fetch
from ulak_server.documents.models import Document

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(name="one", scope="module")
def _one(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture(name="other", scope="module")
def _other(platform_database: str) -> int:
    return taxpayer(MELTEM, "MEL")


@pytest.fixture(autouse=True)
def _standing_on_the_tests_database(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def ground() -> Iterator[None]:
        yield

    for module in (archiving, auditing, listing):
        monkeypatch.setattr(module, "ground", ground)


class Terminal:
    """A session whose output is kept."""

    def __init__(self, output: pytest.CaptureFixture[bytes]) -> None:
        self._output = output
        self.session = Session("en")

    @property
    def said(self) -> bytes:
        """What was written since it was last asked for."""
        return self._output.readouterr().out


@pytest.fixture(name="terminal")
def _terminal(capsysbinary: pytest.CaptureFixture[bytes]) -> Terminal:
    return Terminal(capsysbinary)


def accepted(taxpayer_id: int) -> Document:
    (id,) = invoices(taxpayer_id)
    with scoped(Role.WEB, [taxpayer_id]):
        return Document.objects.get(id=id)


def body(document: Document) -> bytes:
    ref = Ref(document.taxpayer_id, document.month, document.id)
    with scoped(Role.WEB, [document.taxpayer_id]):
        return read([ref])[ref]


def test_a_document_is_given_out_as_it_is_kept_and_that_is_told(one: int, terminal: Terminal, tmp_path: Path) -> None:
    document = accepted(one)
    assert archiving.run_get(terminal.session, str(document.ettn), None, incoming=False, output=None) == 0
    assert terminal.said == body(document)
    path = tmp_path / "out.xml"
    archiving.run_get(terminal.session, str(document.ettn).upper(), None, incoming=False, output=str(path))
    assert path.read_bytes() == body(document)
    with scoped(Role.WEB, [one]):
        told = timeline(document.id)[-1]
    assert told.what == "document.fetched"
    assert told.actor.startswith("shell:")


def test_what_is_not_there_is_said(one: int, other: int, terminal: Terminal) -> None:
    document = accepted(one)
    for ettn, number, incoming in (
        (uuid4(), None, False),
        (document.ettn, MELTEM[0], False),
        (document.ettn, None, True),
    ):
        with pytest.raises(ArchiveError) as caught:
            fetch(ettn, number, incoming=incoming, actor="shell:x")
        assert caught.value.code == "archive.not-found"
    with pytest.raises(UlakError) as usage:
        archiving.run_get(terminal.session, "odd", None, incoming=False, output=None)
    assert usage.value.code == "cli.usage"


def test_an_ettn_of_two_taxpayers_wants_to_know_whose(one: int, other: int) -> None:
    document, twin = accepted(one), accepted(other)
    with scoped(Role.PIPELINE, [other]), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET ettn = %s WHERE id = %s", [document.ettn, twin.id])
    with pytest.raises(ArchiveError) as caught:
        fetch(document.ettn, None, incoming=False, actor="shell:x")
    assert caught.value.code == "archive.several"
    assert fetch(document.ettn, MELTEM[0], incoming=False, actor="shell:x") == body(twin)


def test_a_check_names_each_body_that_is_lost_or_damaged(one: int, terminal: Terminal) -> None:
    well, lost, damaged = accepted(one), accepted(one), accepted(one)
    before = check()
    assert before.faults == []
    assert before.checked >= 3
    assert archiving.run_check(terminal.session, None, "text") == 0
    assert b"all are well" in terminal.said
    with scoped(Role.PIPELINE, [one]), connection.cursor() as cursor:
        cursor.execute("DELETE FROM archive_draft WHERE owner = %s", [lost.id])
        cursor.execute("UPDATE archive_draft SET data = set_byte(data, 30, 0) || 'x' WHERE owner = %s", [damaged.id])
    found = {fault.ettn: fault.error.code for fault in check().faults}
    assert found == {lost.ettn: "archive.not-found", damaged.ettn: "archive.damaged"}
    assert well.ettn not in found
    assert check(MELTEM[0]).faults == []
    assert archiving.run_check(terminal.session, None, "json") == 1
    told = json.loads(terminal.said)
    assert {(one["ettn"], one["code"]) for one in told["faults"]} == {(str(key), code) for key, code in found.items()}


def test_the_log_is_verified(one: int, terminal: Terminal) -> None:
    accepted(one)
    settled()
    while seal_next():
        pass
    assert auditing.run_verify(terminal.session, "1", "text") == 0
    assert b"are as they were sealed; 0 entries are not sealed yet" in terminal.said
    for odd in ("0", "-1", "x", ""):
        with pytest.raises(UlakError):
            auditing.run_verify(terminal.session, odd, "text")
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM audit_block")
        (last,) = cursor.fetchone()
    assert auditing.run_verify(terminal.session, str(last), "json") == 0
    with pytest.raises(UlakError) as caught:
        auditing.run_verify(terminal.session, str(last + 5), "text")
    assert caught.value.code == "audit.block-missing"


def test_lists_that_cannot_be_read_are_told(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    values: dict[str, Any] = {"ULAK_USERLIST_URL": "http://127.0.0.1:9/lists"}
    monkeypatch.setattr(settings, "ENVIRONMENT", environment.read(values))
    assert listing.run_sync(terminal.session, accept_smaller=False) == 1
    lines = terminal.said.decode().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Pk", "Gb", "Temp"]
    assert all("could not be downloaded" in line and "ULAK_USERLIST_URL" in line for line in lines)
