"""One batch of a taxpayer's documents on their way from accepted to sealed, inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ulak.lifecycle import documents as law
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.documents.judging import error_of_problem, error_of_report, judge
from ulak_server.documents.models import Form
from ulak_server.exchange.outbound.problems import problem
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Shell

__all__ = ["bodies_of", "judge_all", "keep", "ref_of"]


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


def judge_all(shell: Shell, rows: Iterable[Row], bodies: dict[archive.Ref, bytes]) -> None:
    """Apply the rules in force and tell each document what came of it."""
    today = shell.now.astimezone(clock.ISTANBUL).date()
    for row in rows:
        row["work"] = None
        error = error_of_report(judge(bodies[ref_of(row)], today))
        row["error"] = error
        shell.happen(DOCUMENTS, row.key, law.Judged(error is None, row.record.version))


def keep(sealed: Sequence[tuple[Row, bytes]], now: datetime) -> None:
    """Keep sealed bodies in place of those that were sealed."""
    archive.keep([archive.Body(ref_of(row), body, row["kind"]) for row, body in sealed])
    for row, _ in sealed:
        row["form"], row["sealed_at"] = Form.SEALED, now
