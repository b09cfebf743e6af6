"""What the center knows, as the JSON values of the control API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from ulak.codes import statuses
from ulak.envelope import Party
from ulak.errors import Language
from ulak_center.book import Attempt, Called, Kept, Passage, Stage
from ulak_center.center import Center
from ulak_center.clock import RunningClock
from ulak_center.faults import Fault
from ulak_center.records import Dossier
from ulak_center.registry import Integrator
from ulak_center.values import Account, Unit

__all__ = [
    "account",
    "attempt",
    "call",
    "dossier",
    "envelope",
    "envelopes",
    "fault",
    "integrator",
    "label_of",
    "party",
    "status",
    "unit",
]

Json = dict[str, Any]


def status(center: Center) -> Json:
    """How the center stands."""
    summary = center.summary()
    is_running = isinstance(center.clock, RunningClock)
    return {
        "now": _at(summary.now),
        "seed": summary.seed,
        "clock": {"kind": "running" if is_running else "virtual", "speed": getattr(center.clock, "speed", 0.0)},
        "counts": {str(code): count for code, count in sorted(summary.counts.items())},
        "queue": {"waiting": summary.waiting, "next": _at(summary.next_due)},
        "faults": summary.faults,
        "integrators": summary.integrators,
        "suspended": summary.suspended,
    }


def envelopes(found: Sequence[Kept], limit: int, language: Language) -> Json:
    """A page of envelopes, and ``after`` for the next one."""
    return {
        "envelopes": [envelope(one, language) for one in found],
        "next": found[-1].sequence if len(found) == limit else None,
    }


def envelope(kept: Kept, language: Language) -> Json:
    """One envelope as listed."""
    return {
        "id": kept.id,
        "name": kept.name,
        "type": kept.type,
        "state": kept.status,
        "text": text_of(kept.status),
        "label": label_of(kept.status, language),
        "code": kept.code,
        "reason": kept.reason.say(language),
        "sender": party(kept.sender),
        "receiver": party(kept.receiver),
        "at": _at(kept.received),
        "caller": kept.caller,
        "size": kept.size,
        "elements": list(kept.elements),
        "about": kept.about,
        "says": kept.says or None,
        "ours": kept.is_ours,
        "sequence": kept.sequence,
    }


def dossier(found: Dossier, language: Language) -> Json:
    """All about one envelope."""
    return {
        **envelope(found.envelope, language),
        "states": [_stage(one, language) for one in found.stages],
        "documents": [passage(one) for one in found.documents],
        "responses": [_response(one, language) for one in found.responses],
        "attempts": [attempt(one) for one in found.attempts],
    }


def passage(one: Passage) -> Json:
    """A document that passed."""
    return {
        "ettn": one.ettn,
        "number": one.number,
        "kind": one.element,
        "profile": one.profile,
        "type": one.type_code,
        "sender": one.sender,
        "receiver": one.receiver,
        "about": one.about,
        "answer": one.answer,
    }


def call(one: Called) -> Json:
    """A call, in or out."""
    return {**one._asdict(), "at": _at(one.at)}


def fault(one: Fault) -> Json:
    """A scripted fault."""
    return {**one._asdict(), "since": _at(one.since), "until": _at(one.until)}


def integrator(one: Integrator) -> Json:
    """An integrator."""
    said = one._asdict()
    said["suspended"] = said.pop("is_suspended")
    return said


def account(found: Account, units: Iterable[Unit]) -> Json:
    """A taxpayer with all aliases, deleted ones too."""
    return {
        "number": found.number,
        "title": found.title,
        "kind": found.kind,
        "method": found.method,
        "created": _at(found.created),
        "services": [{"service": service, "operator": operator} for service, operator in found.services],
        "units": [unit(one) for one in units],
    }


def unit(one: Unit) -> Json:
    """An alias."""
    return {
        "alias": one.alias,
        "role": one.role.value,
        "use": one.use.value,
        "operator": one.operator,
        "created": _at(one.created),
        "deleted": _at(one.deleted),
    }


def party(one: Party) -> Json:
    """A party of an envelope."""
    return {"number": one.number, "alias": one.alias}


def text_of(code: int) -> str:
    """GİB's own words for a state; empty for one that GİB has no words for."""
    found = statuses.get(str(code))
    return found.official if found else ""


def label_of(code: int, language: Language) -> str:
    """What a state means, for a person; empty for an unknown one."""
    found = statuses.get(str(code))
    return found.label.say(language) if found else ""


def _stage(one: Stage, language: Language) -> Json:
    said = {"text": text_of(one.status), "label": label_of(one.status, language)}
    return {"code": one.status, "at": _at(one.at), **said, "reason": one.code}


def _response(one: Kept, language: Language) -> Json:
    return {
        "id": one.id,
        "code": one.says,
        "description": text_of(one.says),
        "label": label_of(one.says, language),
        "from": party(one.sender),
        "at": _at(one.received),
        "ours": one.is_ours,
    }


def attempt(one: Attempt) -> Json:
    """A call that the center made about an envelope."""
    return {**one._asdict(), "at": _at(one.at)}


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
