"""GİB's list looked at again before an invoice is sealed: e-Fatura and e-Arşiv may have changed places since.

Between handing in and sealing a buyer may have registered, or left. What the list made e-Fatura or e-Arşiv is turned,
with its profile, its series and its alias; one whose author said what it is goes back with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection

from ulak.errors import UlakError
from ulak.lifecycle import documents as law
from ulak_server import clock, formats
from ulak_server.archive import services as archive
from ulak_server.documents.intake import AUTOMATIC, ONLY_EARCHIVE, Options, read_one
from ulak_server.documents.judging import error_of_problem, judge_to_send
from ulak_server.documents.kinds import EARCHIVE, EINVOICE
from ulak_server.documents.models import Form, Work
from ulak_server.documents.routing import Book, Route, book_of
from ulak_server.documents.services import Draft
from ulak_server.exchange.outbound.problems import problem
from ulak_server.exchange.outbound.work import ref_of
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Shell
from ulak_server.userlist import services as userlist

__all__ = ["reroute"]

_INVOICES: Final = frozenset({EARCHIVE.name, EINVOICE.name})
_KNOWN: Final = "SELECT id, is_automatic, type_code FROM documents_document WHERE id = ANY (%s)"
_TURN: Final = "UPDATE documents_document SET kind = %s, profile = %s, sender_alias = %s WHERE id = %s"


def reroute(shell: Shell, rows: Sequence[Row], bodies: dict[archive.Ref, bytes]) -> None:
    """Bring invoices of one taxpayer that are to be judged or sealed into line with GİB's list as it is now.

    Args:
        bodies: by their places; those of invoices that are turned are replaced.
    """
    invoices = [row for row in rows if row["kind"] in _INVOICES and row["work"] in (Work.JUDGE, Work.SEAL)]
    book = book_of(EINVOICE.list, sorted({row["partner"] for row in invoices}))
    astray = [(row, route) for row in invoices if (route := _elsewhere(book, row)) is not None]
    if not astray:
        return
    known = _known([row.key for row, _ in astray])
    for row, route in astray:
        is_automatic, type_code = known[row.key]
        if type_code in ONLY_EARCHIVE and row["kind"] == EARCHIVE.name:
            continue
        if is_automatic and row["form"] != Form.SEALED:
            _turn(shell, row, bodies)
        elif row["kind"] == EARCHIVE.name or (not route.alias and _was_registered(row)):
            _give_back(shell, row, _reason(row, route))


def _elsewhere(book: Book, row: Row) -> Route | None:
    """Where an invoice has to go that is not on its way there; None if it is, or nobody can tell."""
    route = book.route(row["partner"], profile=row["profile"])
    if route.listed_at is None:
        return None
    if row["kind"] == EARCHIVE.name:
        return route if route.alias else None
    return route if row["alias"] not in route.aliases else None


def _known(ids: Sequence[int]) -> dict[int, tuple[bool, str]]:
    """Whether GİB's list decided of each, and its type."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(ids)])
        return {id: (is_automatic, type_code) for id, is_automatic, type_code in cursor.fetchall()}


def _was_registered(row: Row) -> bool:
    """Whether the receiver could be reached when the invoice was handed in; of others Merkez is left to judge."""
    then = userlist.lookup(row["partner"], EINVOICE.list, row["accepted_at"])
    return any(one.role == EINVOICE.to_role for one in then)


def _reason(row: Row, route: Route) -> UlakError:
    assert route.listed_at is not None
    code = "outbound.registered-since" if route.alias else "outbound.unregistered-since"
    return problem(code, partner=row["partner"], day=formats.moment_text(route.listed_at))


def _turn(shell: Shell, row: Row, bodies: dict[archive.Ref, bytes]) -> None:
    ref, before = ref_of(row), row["kind"]
    try:
        draft = read_one(ref.taxpayer, bodies[ref], "ubl", Options(route=AUTOMATIC))
    except UlakError as error:
        _give_back(shell, row, error)
        return
    bodies[ref] = draft.body
    archive.keep([archive.Body(ref, draft.body, draft.kind)])
    _take_over(row, draft)
    shell.tell(DOCUMENTS, row, "document.rerouted", before=before, **draft.told)
    if row["work"] == Work.SEAL:
        # It was judged as what it is not any more.
        error_found = judge_to_send(draft.body, shell.now.astimezone(clock.ISTANBUL).date()).error
        if error_found is not None:
            _stop(shell, row, error_found)


def _take_over(row: Row, draft: Draft) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TURN, [draft.kind, draft.profile, draft.sender_alias, row.key])
    row.values.update(kind=draft.kind, profile=draft.profile, sender_alias=draft.sender_alias)
    row["alias"], row["series_id"] = draft.alias, draft.series


def _give_back(shell: Shell, row: Row, error: UlakError) -> None:
    _stop(shell, row, error_of_problem(error))


def _stop(shell: Shell, row: Row, error: dict[str, object]) -> None:
    row["error"] = error
    version = row.record.version
    is_judged = row["work"] == Work.SEAL
    row["work"] = None
    shell.happen(DOCUMENTS, row.key, law.SealFailed(True, version) if is_judged else law.Judged(False, version))
