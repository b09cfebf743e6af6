"""``ulak center fault``: faults scripted, listed and removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.page import Column
from ulak.cli.session import Session
from ulak.errors import Text
from ulak_center.commands.center_asking import Control
from ulak_center.commands.center_showing import json_line
from ulak_center.commands.center_wishes import moment_of, number_of
from ulak_center.faults import ACTIONS, Action

__all__ = ["asked_of", "change_faults"]

_BOUNDS: Final = {
    "number": (0, 9999),
    "status": (200, 599),
    "overtakers": (1, 1_000_000),
    "after": (0, 1_000_000),
    "times": (0, 1_000_000),
}
_NONE: Final = Text("Kurulu hata yok.", "No fault is scripted.")
_ADDED: Final = Text("{id} numaralı hata kuruldu.", "Fault {id} is in force.")
_REMOVED: Final = Text("Kaldırıldı: {count}", "Removed: {count}")
_WITHOUT_END: Final = Text("sürekli", "without end")
_UNKNOWN: Final = Text("“{action}” diye bir hata yok.", "There is no fault “{action}”.")
_KNOWN: Final = Text("Olabilecekler: {names}.", "It can be: {names}.")
_ALONE: Final = Text(
    "--remove ve --clear bir hatayla birlikte verilmez.", "--remove and --clear do not go together with a fault."
)
_ALONE_DO: Final = Text("Önce kaldırın, sonra kurun.", "Remove first, then script.")
_LACKS: Final = Text("Hangi hatanın kurulacağı yazılmamış.", "It is not said which fault is to be scripted.")
_HEADS: Final = (
    Text("no", "no"),
    Text("hata", "fault"),
    Text("yer", "place"),
    Text("kez", "times"),
    Text("koşullar", "conditions"),
)
_SHOWN_APART: Final = frozenset({"id", "action", "place", "times"})
_USUAL: Final[Mapping[str, object]] = {"status": 503, "overtakers": 1, "share": 1.0}


def asked_of(action: str | None, given: Mapping[str, str]) -> dict[str, Any]:
    """The fault that the options describe, as the control API takes it; empty if they describe none.

    Raises:
        UlakError: ``cli.usage``.
    """
    if action is None:
        if given:
            raise usage(_LACKS, _KNOWN.format(names=", ".join(Action)))
        return {}
    if action not in tuple(Action):
        raise usage(_UNKNOWN.format(action=action), _KNOWN.format(names=", ".join(Action)))
    if "place" in given:
        one_of(given["place"], tuple(ACTIONS[Action(action)]), "--place")
    return {"action": action, **{name: _value(name, text) for name, text in given.items()}}


def change_faults(
    session: Session, control: Control, asked: Mapping[str, Any], remove: str | None, *, clear: bool, format: str
) -> Exit:
    """Script, remove or list faults."""
    one_of(format, ("text", "json"), "--format")
    if asked and (remove or clear):
        raise usage(_ALONE, _ALONE_DO)
    if remove or clear:
        number = "" if clear or remove is None else f"/{int(number_of(remove, '--remove', 0, 10**12 - 1))}"
        told = control.delete(f"/faults{number}")
        return _put(session, told, format, session.say(_REMOVED.format(count=told["removed"])) + "\n")
    if asked:
        told = control.post("/faults", asked)
        return _put(session, told, format, session.say(_ADDED.format(id=told["id"])) + "\n")
    told = control.get("/faults")
    return _put(session, told, format, _table(session, told["faults"]))


def _value(name: str, text: str) -> Any:
    option = "--http-status" if name == "status" else f"--{name.replace('_', '-')}"
    if name in _BOUNDS:
        value = int(number_of(text, option, *_BOUNDS[name]))
        return None if name == "times" and value == 0 else value
    if name == "seconds":
        return number_of(text, option, 0, 86_400, whole=False)
    if name == "share":
        return number_of(text, option, 0, 1, whole=False)
    return moment_of(text, option).isoformat() if name in ("since", "until") else text


def _put(session: Session, told: Mapping[str, Any], format: str, text: str) -> Exit:
    session.put(json_line(told) if format == "json" else text)
    return Exit.OK


def _table(session: Session, faults: list[Mapping[str, Any]]) -> str:
    if not faults:
        return session.say(_NONE) + "\n"
    page = session.page()
    heads = [session.say(head) for head in _HEADS]
    columns = [Column(heads[0], right=True), *(Column(head) for head in heads[1:4]), Column(heads[4], flexible=True)]
    rows = [
        (
            str(one["id"]),
            str(one["action"]),
            str(one["place"]),
            session.say(_WITHOUT_END) if one["times"] is None else str(one["times"]),
            _conditions(one),
        )
        for one in faults
    ]
    page.table(columns, rows)
    return str(page)


def _conditions(fault: Mapping[str, Any]) -> str:
    said = {name: value for name, value in fault.items() if name not in _SHOWN_APART}
    return " ".join(f"{name}={value}" for name, value in said.items() if value and value != _USUAL.get(name))
