"""Kept bodies of documents, for those who run the installation: fetched by their ETTN, and all of them checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection

from ulak.errors import UlakError
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.archive.problems import archive_error
from ulak_server.archive.services import Ref
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped, widen
from ulak_server.documents.models import Direction

__all__ = ["Checked", "Fault", "check", "fetch", "taxpayers"]

_AT_ONCE: Final = 500
_PAGE: Final = "SELECT id, month, ettn FROM documents_document WHERE taxpayer_id = %s AND id > %s ORDER BY id LIMIT %s"


class Fault(NamedTuple):
    """A document whose body cannot be read.

    Attributes:
        taxpayer: VKN or TCKN.
    """

    taxpayer: str
    ettn: UUID
    error: UlakError


class Checked(NamedTuple):
    """What a check found.

    Attributes:
        checked: how many bodies were looked for.
    """

    checked: int
    faults: Sequence[Fault]


def fetch(ettn: UUID, number: str | None, *, incoming: bool, actor: str) -> bytes:
    """A document's body as it is kept; who read it goes into its timeline.

    Args:
        number: the taxpayer's; needed if several have the document.

    Raises:
        ArchiveError: ``archive.not-found``, ``archive.damaged``, ``archive.key-missing``.
    """
    direction = Direction.IN if incoming else Direction.OUT
    with scoped(Role.PIPELINE):
        found = _rows(
            "SELECT d.id, d.taxpayer_id, d.month FROM documents_document d"
            " JOIN taxpayers_taxpayer t ON t.id = d.taxpayer_id"
            " WHERE d.ettn = %s AND d.direction = %s AND t.number = coalesce(%s, t.number)",
            [ettn, direction, number],
        )
        if len(found) != 1:
            raise archive_error("archive.several" if found else "archive.not-found", what=ettn)
        id, taxpayer, month = found[0]
        widen([taxpayer])
        ref = Ref(taxpayer, month, id)
        data = archive.read([ref]).get(ref)
        if data is None:
            raise archive_error("archive.not-found", what=ettn)
        audit.record([Entry("document.fetched", clock.now(), taxpayer, (id,), actor=actor)])
    return data


def check(number: str | None = None) -> Checked:
    """Open the body of every document, of one taxpayer or of all; one transaction for some hundred."""
    checked, faults = 0, []
    for taxpayer, name in _known(number):
        for page in _pages(taxpayer):
            checked += len(page)
            faults += [Fault(name, ettn, error) for ettn, error in _broken(taxpayer, page)]
    return Checked(checked, faults)


def taxpayers() -> list[int]:
    """The ids of all taxpayers."""
    return [id for id, _ in _known(None)]


def _broken(taxpayer: int, page: Sequence[tuple[int, date, UUID]]) -> Iterator[tuple[UUID, UlakError]]:
    refs = {Ref(taxpayer, month, id): ettn for id, month, ettn in page}
    with scoped(Role.PIPELINE, [taxpayer]):
        try:
            there = set(archive.read(refs))
        except UlakError:
            there = set()
        for ref, ettn in refs.items():
            if ref not in there and (error := _error(ref, ettn)) is not None:
                yield ettn, error


def _error(ref: Ref, ettn: UUID) -> UlakError | None:
    try:
        return None if archive.read([ref]) else archive_error("archive.not-found", what=ettn)
    except UlakError as error:
        return error


def _pages(taxpayer: int) -> Iterator[Sequence[tuple[int, date, UUID]]]:
    last = 0
    while True:
        with scoped(Role.PIPELINE):
            page = _rows(_PAGE, [taxpayer, last, _AT_ONCE])
        if not page:
            return
        yield page
        last = page[-1][0]


def _known(number: str | None) -> list[Any]:
    with scoped(Role.PIPELINE):
        return _rows(
            "SELECT id, number FROM taxpayers_taxpayer WHERE number = coalesce(%s, number) ORDER BY id", [number]
        )


def _rows(statement: str, parameters: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
