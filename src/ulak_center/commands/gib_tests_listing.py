"""``ulak gib-tests list``: the plan's steps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ulak.cli.errors import Exit
from ulak.cli.page import Cell, Column
from ulak.cli.session import Session
from ulak_center.plan.running import chosen

__all__ = ["list_steps"]

_COLUMNS = [Column(style="cyan"), Column(flexible=True), Column(flexible=True, style="dim")]


def list_steps(session: Session, only: Sequence[str]) -> Exit:
    """Say the steps by section; raises PlanError ``plan.step``."""
    page = session.page()
    for section, steps in groupby(chosen(only), key=lambda step: step.section):
        page.blank()
        page.line(Cell(f"{section.id}  {session.say(section.title)}", "bold"), Cell(section.source, "dim"))
        rows = [(step.id, session.say(step.title), session.say(step.expected)) for step in steps]
        page.table(_COLUMNS, rows, indent=2)
    session.put(page)
    return Exit.OK
