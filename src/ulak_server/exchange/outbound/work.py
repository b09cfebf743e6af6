"""One batch of a taxpayer's documents on their way from accepted to sealed, inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from ulak.lifecycle import documents as law
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.documents.judging import Judged, error_of_problem, judge_to_send
from ulak_server.documents.models import Form
from ulak_server.exchange.outbound.problems import problem
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Shell

__all__ = ["Found", "bodies_of", "judge_all", "keep", "ref_of"]

Found = dict[int, Judged]
"""What was found of documents that are in order, by their keys."""
_LARGE: Final = 256 * 1024
"""Bytes of a document from which on its tree is not held while the rest of its batch is judged."""


def ref_of(row: Row) -> archive.Ref:
    """Where the document's body is kept."""
    return archive.Ref(row["taxpayer_id"], row["month"], row.key)


def bodies_of(shell: Shell, rows: list[Row]) -> dict[archive.Ref, bytes]:
    """The bodies of documents; a document whose body is missing is put aside and taken out of ``rows``."""
    bodies = dict(archive.read(ref_of(row) for row in rows))
    for row in [row for row in rows if ref_of(row) not in bodies]:
        rows.remove(row)
        row["work"], row["error"] = None, error_of_problem(problem("outbound.no-body"))
        shell.tell(DOCUMENTS, row, "document.put-aside", code="outbound.no-body")
    return bodies


def judge_all(shell: Shell, rows: Iterable[Row], bodies: dict[archive.Ref, bytes]) -> Found:
    """Apply the rules in force and tell each document what came of it.

    Returns:
        what was found of those that are in order, for whoever seals them; of large ones without their trees.
    """
    today = shell.now.astimezone(clock.ISTANBUL).date()
    found: Found = {}
    for row in rows:
        body = bodies[ref_of(row)]
        judged = judge_to_send(body, today)
        row["work"], row["error"] = None, judged.error
        if judged.error is None:
            found[row.key] = judged if len(body) < _LARGE else judged._replace(root=None)
        shell.happen(DOCUMENTS, row.key, law.Judged(judged.error is None, row.record.version))
    return found


def keep(sealed: Sequence[tuple[Row, bytes]], now: datetime) -> None:
    """Keep sealed bodies in place of those that were sealed."""
    archive.keep([archive.Body(ref_of(row), body, row["kind"]) for row, body in sealed])
    for row, _ in sealed:
        row["form"], row["sealed_at"] = Form.SEALED, now
