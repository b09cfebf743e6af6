"""Messages as people see them: with the document that they carry, how they stand, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ulak.errors import Problem
from ulak_server.delivery.messages import message, messages
from ulak_server.delivery.models import Message
from ulak_server.delivery.problems import outcome
from ulak_server.delivery.stages import Stage
from ulak_server.documents.models import Document

__all__ = ["ShownMessage", "shown_messages"]


class ShownMessage(NamedTuple):
    """A message as it is shown.

    Attributes:
        document: that it carries; None if it is gone.
        problem: what became of it, and what to do; empty sentences if all is well.
    """

    row: Message
    document: Document | None
    stage: Stage
    problem: Problem


def shown_messages(
    taxpayer: int,
    *,
    id: int | None = None,
    document: int | None = None,
    stages: Sequence[str] = (),
    before: int | None = None,
    limit: int = 50,
) -> list[ShownMessage]:
    """Messages about documents, the last first; within the caller's scope.

    Args:
        id: of the one message that is wanted.

    Raises:
        NoSuch: ``delivery.no-message``.
    """
    if id is not None:
        rows = [message(taxpayer, id)]
    else:
        rows = messages(taxpayer, document=document, stages=stages, before=before, limit=limit)
    found = Document.objects.filter(taxpayer_id=taxpayer).in_bulk([row.document_id for row in rows if row.document_id])
    return [ShownMessage(row, found.get(row.document_id or 0), Stage(row.stage), outcome(row.code)) for row in rows]
