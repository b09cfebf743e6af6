"""``ulak center reports``: what GİB knows by the e-Arşiv reports that it accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from ulak.cli.errors import Exit, one_of
from ulak.cli.page import Column
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_center.commands.center_asking import Control
from ulak_center.commands.center_showing import json_line

__all__ = ["show_reports"]

_NONE: Final = Text("Kabul edilmiş rapor yok.", "No report was accepted.")
_REPORT_HEADS: Final = (
    Text("rapor", "report"),
    Text("mükellef", "taxpayer"),
    Text("bölüm", "part"),
    Text("öğeler", "elements"),
)
_FILING_HEADS: Final = (
    Text("öğe", "element"),
    Text("mükellef", "taxpayer"),
    Text("belge", "document"),
    Text("rapor", "report"),
)


def show_reports(session: Session, control: Control, taxpayer: str, *, documents: bool, format: str) -> Exit:
    """Show accepted reports, or the documents that they tell of.

    Raises:
        UlakError: ``cli.usage``, ``center.*``.
    """
    one_of(format, ("text", "json"), "--format")
    found = list(_filings(control, taxpayer)) if documents else _reports(control, taxpayer)
    if format == "json":
        session.put(json_line({"filings" if documents else "reports": found}))
        return Exit.OK
    if not found:
        session.put(session.say(_NONE) + "\n")
        return Exit.OK
    page = session.page()
    heads = [session.say(head) for head in (_FILING_HEADS if documents else _REPORT_HEADS)]
    columns = [*(Column(head) for head in heads[:3]), Column(heads[3], flexible=True)]
    page.table(columns, [_filing(one) if documents else _report(one) for one in found])
    session.put(page)
    return Exit.OK


def _reports(control: Control, taxpayer: str) -> list[Mapping[str, Any]]:
    told = control.get("/archive/reports?" + urlencode({"taxpayer": taxpayer}))
    return list(told["reports"])


def _filings(control: Control, taxpayer: str) -> Iterator[Mapping[str, Any]]:
    after: str | None = ""
    while after is not None:
        told = control.get("/archive/filings?" + urlencode({"taxpayer": taxpayer, "after": after, "limit": 10_000}))
        yield from told["filings"]
        after = told["next"]


def _report(one: Mapping[str, Any]) -> tuple[str, ...]:
    counts = ", ".join(f"{count} {name}" for name, count in one["counts"].items())
    part = f"{one['part'][0]} ({one['part_number']})"
    return str(one["id"]), str(one["taxpayer"]), part, counts


def _filing(one: Mapping[str, Any]) -> tuple[str, ...]:
    return str(one["kind"]), str(one["taxpayer"]), str(one["number"]), str(one["report"])
