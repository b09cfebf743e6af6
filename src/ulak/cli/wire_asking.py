"""``ulak wire status``: how envelopes and packages stand, what that means and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from ulak.cli.errors import Exit
from ulak.cli.keys import print_json
from ulak.cli.page import Cell, Page, Style
from ulak.cli.session import Session
from ulak.cli.wire_calling import CallWish, client_for, error_json, said_by
from ulak.envelope import read_response
from ulak.errors import Text, UlakError
from ulak.wire import ServiceFault, earsiv, edefter, efatura
from ulak.wire.client import Client
from ulak.wire.problems import wire_error
from ulak.wire.results import Result

__all__ = ["ask_states"]

_UNKNOWN: Final = Text("Belgelenmemiş bir durum.", "A status that is not documented.")
_NO_ANSWER: Final = Text("Servis durum döndürmedi.", "The service gave no status.")
_MARKS: Final[dict[str, tuple[str, Style]]] = {
    "ok": ("✓", "bold green"),
    "error": ("✗", "bold red"),
    "waiting": ("…", "bold yellow"),
}
_OTHERWISE: Final[tuple[str, Style]] = ("?", "bold yellow")


class _State(NamedTuple):
    """How something stands.

    Attributes:
        number: of the status, as it came.
        words: GİB's own for it, else those that came with it.
        notes: what the other side says besides.
        outcome: ``ok``, ``error``, ``waiting``; ``unknown`` if the status is not documented; empty in e-Defter, whose
            guide lists no values.
        is_final: None if that cannot be told.
    """

    number: str
    words: str
    text: Text | None = _UNKNOWN
    repair: Text | None = None
    notes: tuple[str, ...] = ()
    outcome: str = "unknown"
    is_final: bool | None = None


class _Asked(NamedTuple):
    id: str
    state: _State | None
    error: UlakError | None


def ask_states(session: Session, names: Sequence[str], wish: CallWish) -> Exit:
    """Ask for each id in turn; the worst exit code counts."""
    found: list[_Asked] = []
    with client_for(session, wish) as client:
        for name in names:
            found.append(_asked(client, name.removesuffix(".zip"), wish))
            if wish.format == "text":
                _show(session, found[-1])
    if wish.format == "json":
        print_json(session, [_as_json(session, asked, wish) for asked in found])
    return max(map(_exit_of, found))


def _asked(client: Client[Any, Any], id: str, wish: CallWish) -> _Asked:
    try:
        if wish.service == efatura.SERVICE.name:
            return _Asked(id, _of_envelope(client.call(efatura.Query(id)), id), None)
        if wish.service == earsiv.SERVICE.name:
            return _Asked(id, _of_report(client.call(earsiv.GetBatchStatus(id))), None)
        return _Asked(id, _of_book(client.call(edefter.GetBatchStatus(id))), None)
    except UlakError as error:
        return _Asked(id, None, error)


def _of_envelope(answer: efatura.SystemResponse, id: str) -> _State:
    """What a system response says.

    Raises:
        EnvelopeError: it is none.
        WireError: ``wire.answer-other``.
    """
    said = read_response(answer.xml)
    if not said.is_about(id):
        raise wire_error("wire.answer-other", asked=id[:100], said=said.about[:100])
    known = said.meaning
    if known is None:
        return _State(said.status, said.description, notes=said.notes)
    words = known.official or said.description
    return _State(said.status, words, known.label, known.repair, said.notes, known.outcome.value, known.is_final)


def _of_report(answer: earsiv.StatusAnswer) -> _State:
    status = answer.status
    if status is None or status.code is None:
        return _State("", "", _NO_ANSWER)
    if (known := status.result) is None:
        return _State(str(status.code), status.description)
    return _State(str(status.code), known.label, known.text, known.repair, _besides(status, known), known.outcome.value)


def _besides(status: earsiv.BatchStatus, known: Result) -> tuple[str, ...]:
    """The service's own description, which for some codes is the reason, unless it only repeats the words."""
    said = status.description.strip()
    return () if said.rstrip(".").lower() in ("", known.label.rstrip(".").lower()) else (said,)


def _of_book(answer: edefter.StatusAnswer) -> _State:
    status = answer.status
    if status is None or not (status.code or status.description):
        return _State("", "", _NO_ANSWER)
    return _State(status.code, status.description, None, outcome="")


def _exit_of(asked: _Asked) -> Exit:
    """0 for an answer that is no failure, 1 for a failure, an unknown status or a service's fault, else 2."""
    if asked.state is None:
        return Exit.FINDINGS if isinstance(asked.error, ServiceFault) else Exit.UNREADABLE
    return Exit.FINDINGS if asked.state.outcome in ("error", "unknown") else Exit.OK


def _show(session: Session, asked: _Asked) -> None:
    page = session.page()
    if asked.state is not None:
        _show_state(session, page, asked.id, asked.state)
    elif asked.error is not None:
        _show_error(session, page, asked.id, asked.error)
    session.put(page)
    session.flush()


def _show_state(session: Session, page: Page, id: str, state: _State) -> None:
    mark, style = _MARKS.get(state.outcome, _OTHERWISE)
    page.line(Cell(f"{mark} {id}", style), Cell(state.number, style), Cell(state.words, style))
    for note in state.notes:
        page.paragraph(f"“{note}”", indent=2, style="dim")
    said = [session.say(text) for text in (state.text, state.repair) if text]
    for text in said:
        if text.rstrip(".") != state.words.rstrip("."):
            page.paragraph(text, indent=2)


def _show_error(session: Session, page: Page, id: str, error: UlakError) -> None:
    page.line(Cell(f"✗ {id}", "bold red"), Cell(error.code, "dim"))
    page.paragraph(session.say(error.text), indent=2, style="red")
    if said := said_by(error):
        page.paragraph(session.say(said), indent=2)
    page.paragraph(session.say(error.repair), indent=2)


def _as_json(session: Session, asked: _Asked, wish: CallWish) -> dict[str, object]:
    state = asked.state or _State("", "", None, outcome="")
    return {
        "id": asked.id,
        "service": wish.service,
        "status": state.number,
        "outcome": state.outcome,
        "final": state.is_final,
        "words": state.words,
        "meaning": session.say(state.text) if state.text else "",
        "repair": session.say(state.repair) if state.repair else "",
        "notes": list(state.notes),
        "error": error_json(session, asked.error),
    }
