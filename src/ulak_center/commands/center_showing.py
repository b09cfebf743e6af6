"""``ulak center status`` and ``ulak center clock``: how the center and its envelopes stand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.page import Column, Page
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_center.commands.center_asking import Control
from ulak_center.commands.center_wishes import moment_of, span_of

__all__ = ["json_line", "move_clock", "show_status"]

_NOW: Final = Text("Saat", "Clock")
_STANDS: Final = Text("duruyor", "stands still")
_FASTER: Final = Text("{speed:g} kat", "{speed:g} times")
_COUNTS: Final = Text("Zarflar", "Envelopes")
_QUEUE: Final = Text("Sırada", "Waiting")
_FAULTS: Final = Text("Hatalar", "Faults")
_SUSPENDED: Final = Text("Askıda", "Suspended")
_LATEST: Final = Text("Son zarflar", "Latest envelopes")
_STATES: Final = Text("Durumlar", "States")
_DOCUMENTS: Final = Text("Belgeler", "Documents")
_RESPONSES: Final = Text("Sistem yanıtları", "System responses")
_CALLS: Final = Text("Dağıtım çağrıları", "Calls to deliver")
_MOVED: Final = Text("Saat {now}; {tasks} iş yapıldı.", "It is {now}; {tasks} tasks were carried out.")
_ONE: Final = Text("--advance ya da --to verin, ikisini birden değil.", "Give --advance or --to, not both.")
_ONE_DO: Final = Text("Birini çıkarın.", "Leave one out.")
_GAP: Final = 12
_SHOWN: Final = 10
_PLAIN: Final = (Column(), Column(), Column(flexible=True))
_DOCUMENTS_MOST: Final = 20


def json_line(told: Mapping[str, Any]) -> str:
    """A JSON object on a line of its own."""
    return json.dumps(told, ensure_ascii=False) + "\n"


def show_status(session: Session, control: Control, id: str | None, format: str) -> Exit:
    """Show the whole center, or one envelope.

    Raises:
        UlakError: ``center.*``.
    """
    one_of(format, ("text", "json"), "--format")
    if id is not None:
        told = control.get(f"/envelopes/{quote(id, safe='')}")
        session.put(json_line(told) if format == "json" else _envelope(session, told))
        return Exit.OK
    told = control.get("/status")
    if format == "json":
        session.put(json_line(told))
        return Exit.OK
    latest = control.get(f"/envelopes?limit={_SHOWN}")["envelopes"]
    session.put(_center(session, told, latest))
    return Exit.OK


def move_clock(session: Session, control: Control, advance: str | None, to: str | None) -> Exit:
    """Move the clock, or only tell it.

    Raises:
        UlakError: ``cli.usage``, ``center.*``.
    """
    if advance is not None and to is not None:
        raise usage(_ONE, _ONE_DO)
    if advance is None and to is None:
        page = session.page()
        _clock(page, session, control.get("/status"))
        session.put(page)
        return Exit.OK
    asked: dict[str, Any] = {}
    if advance is not None:
        asked["advance"] = span_of(advance, "--advance").total_seconds()
    if to is not None:
        asked["to"] = moment_of(to, "--to").isoformat()
    told = control.post("/clock", asked)
    session.put(session.say(_MOVED.format(now=_time(told["now"]), tasks=told["tasks"])) + "\n")
    return Exit.OK


def _center(session: Session, told: Mapping[str, Any], latest: list[Mapping[str, Any]]) -> Page:
    page = session.page()
    _clock(page, session, told)
    counts = "  ".join(f"{code}: {count}" for code, count in told["counts"].items())
    queue = told["queue"]
    waiting = f"{queue['waiting']}" + (f" ({_time(queue['next'])})" if queue["next"] else "")
    rows = ((_COUNTS, counts or "0"), (_QUEUE, waiting), (_FAULTS, str(told["faults"])))
    for label, text in rows:
        page.labelled(session.say(label), text, gap=_GAP)
    if told["suspended"]:
        page.labelled(session.say(_SUSPENDED), ", ".join(told["suspended"]), gap=_GAP, style="yellow")
    if latest:
        page.blank()
        page.line(f"{session.say(_LATEST)}:")
        page.table(_PLAIN, [(one["id"], str(one["state"]), _who(one)) for one in latest], indent=2)
    return page


def _clock(page: Page, session: Session, told: Mapping[str, Any]) -> None:
    speed = told["clock"]["speed"]
    stands = told["clock"]["kind"] == "virtual"
    how = session.say(_STANDS) if stands else "" if speed == 1 else session.say(_FASTER.format(speed=speed))
    page.labelled(session.say(_NOW), _time(told["now"]) + (f" ({how})" if how else ""), gap=_GAP)


def _envelope(session: Session, told: Mapping[str, Any]) -> Page:
    page = session.page()
    page.line(str(told["id"]), str(told["type"]), _who(told))
    page.paragraph(f"{told['state']} {told['label'] or told['text']}", style="bold")
    if told["reason"]:
        page.paragraph(f"{told['reason']} [{told['code']}]", style="red")
    _section(page, session, _STATES, [(_time(one["at"]), str(one["code"]), one["label"]) for one in told["states"]])
    documents = told["documents"][:_DOCUMENTS_MOST]
    rows = [(one["kind"], one["number"], f"{one['ettn']} {one['answer']}") for one in documents]
    if len(told["documents"]) > len(rows):
        rows.append(("…", "", str(len(told["documents"]))))
    _section(page, session, _DOCUMENTS, rows)
    said = [(one["id"], str(one["code"]), f"{one['from']['number']} {one['label']}") for one in told["responses"]]
    _section(page, session, _RESPONSES, said)
    calls = [
        (_time(one["at"]), one["outcome"], f"{one['operation']} {one['endpoint']} {one['detail']}")
        for one in told["attempts"]
    ]
    _section(page, session, _CALLS, calls)
    return page


def _section(page: Page, session: Session, title: Text, rows: list[tuple[str, str, str]]) -> None:
    if rows:
        page.blank()
        page.line(f"{session.say(title)}:")
        page.table(_PLAIN, rows, indent=2)


def _who(told: Mapping[str, Any]) -> str:
    return f"{told['sender']['number']} → {told['receiver']['number']}"


def _time(text: str) -> str:
    return f"{datetime.fromisoformat(text):%d.%m.%Y %H:%M:%S}"
