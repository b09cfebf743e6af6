"""Receivers that GİB runs itself answer every envelope with a system response, after a while."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from typing import Final

from ulak.envelope import EnvelopeError, EnvelopeType, respond, xml_pieces
from ulak.envelope.zipping import write_zip
from ulak_center.agenda import Task
from ulak_center.book import Kept
from ulak_center.merkez import Desk

__all__ = ["Answering", "Mailbox"]

_OK: Final = "1200"


class Answering:
    """System responses of GİB's own receivers, put in like everybody else's.

    Args:
        put: takes a new envelope: name and bytes.
    """

    def __init__(self, desk: Desk, put: Callable[[str, bytes], object]) -> None:
        self._desk = desk
        self._put = put
        desk.agenda.handle("answer", self._answer)

    def later(self, kept: Kept, status: str = _OK, *, reasons: Sequence[str] = (), gtb_refno: str = "") -> None:
        """Answer an envelope after the usual time; system responses are not answered (Ek-2 V1.5, 4.3)."""
        if kept.type == EnvelopeType.SYSTEM:
            return
        desk = self._desk
        if reasons or gtb_refno:
            said = json.dumps(list(reasons), ensure_ascii=False)
            desk.store.run("insert or replace into answers_due values (?, ?, ?)", kept.id, said, gtb_refno)
        desk.agenda.add("answer", kept.id, desk.clock.now() + desk.policy.answer, int(status))

    def _answer(self, task: Task) -> None:
        desk, now = self._desk, self._desk.clock.now()
        with desk.store.step():
            desk.agenda.end(task)
            kept = desk.book.get(task.subject)
            if kept is None:
                return
            reasons, refno = self._details(kept.id)
            try:
                envelope = respond(
                    kept.header, str(task.tries), now=now, new_id=desk.new_id, reasons=reasons, gtb_refno=refno
                )
            except EnvelopeError:
                return
            file = io.BytesIO()
            packed = write_zip(file, envelope.header.id, xml_pieces(envelope, parse=False), now)
            self._put(packed.name, file.getvalue())

    def _details(self, id: str) -> tuple[list[str], str]:
        row = self._desk.store.row("delete from answers_due where envelope = ? returning reasons, gtb_refno", id)
        return ([], "") if row is None else (json.loads(row["reasons"]), row["gtb_refno"])


class Mailbox:
    """A mailbox that takes everything: that of synthetic taxpayers and of taxpayers who use GİB's portal."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def receive(self, kept: Kept, data: bytes) -> None:
        """Take an envelope that was delivered; each only once. Within a step of the store."""
        if kept.is_on_the_road:
            self._answering.later(kept)
