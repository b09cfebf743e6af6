"""``ulak center ledgers``: which books, berats and ledger reports GİB accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from ulak.cli.errors import Exit, one_of
from ulak.cli.page import Column
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_center.commands.center_asking import Control
from ulak_center.commands.center_showing import json_line

__all__ = ["show_ledgers"]

_NONE: Final = Text("Kabul edilmiş defter paketi yok.", "No package of books was accepted.")
_HEADS: Final = (
    Text("paket", "package"),
    Text("günler", "days"),
    Text("madde", "entries"),
    Text("bayt", "bytes"),
    Text("durum", "state"),
)
_APPROVED: Final = Text("berat onaylı", "berat approved")
_FILED: Final = Text("rapor alındı", "report filed")
_UNAPPROVED: Final = Text("onaysız", "not approved")


def show_ledgers(session: Session, control: Control, taxpayer: str, month: str, format: str) -> Exit:
    """Show accepted packages of books.

    Raises:
        UlakError: ``cli.usage``, ``center.*``.
    """
    one_of(format, ("text", "json"), "--format")
    found = control.get("/ledger/books?" + urlencode({"taxpayer": taxpayer, "month": month}))["ledgers"]
    if format == "json":
        session.put(json_line({"ledgers": found}))
        return Exit.OK
    if not found:
        session.put(session.say(_NONE) + "\n")
        return Exit.OK
    page = session.page()
    heads = [session.say(head) for head in _HEADS]
    columns = [*(Column(head) for head in heads[:4]), Column(heads[4], flexible=True)]
    page.table(columns, [_row(session, one) for one in found])
    session.put(page)
    return Exit.OK


def _row(session: Session, one: Mapping[str, Any]) -> tuple[str, ...]:
    state = _FILED if one["kind"] == "DR" else _APPROVED if one["is_approved"] else _UNAPPROVED
    noted = f" ({', '.join(one['notes'])})" if one["notes"] else ""
    days = f"{one['start']} – {one['end']}"
    return str(one["id"]), days, str(one["entries"] or "–"), str(one["size"]), session.say(state) + noted
