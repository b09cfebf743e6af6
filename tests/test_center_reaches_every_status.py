"""Every status that GİB documents is reached by the whole center, and whoever asks is told it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pytest

from center_cases import BAD
from center_support import Laboratory, laboratory, new_id, sealed
from center_support import sender_envelope as envelope
from envelope_cases import CASES
from ulak.codes.statuses import statuses
from ulak.envelope import ElementType
from ulak.wire.efatura import Document, hash_of
from ulak_center.faults import Action, Fault, Place

Scenario = Callable[[Laboratory], str]
_INSIDE: Final = ("1120", "1162", "1170", "1175", "1180", "1190", "1191", "1195")
"""Only GİB's own troubles cause these."""


def _sends(name: str, data: bytes) -> Scenario:
    def play(lab: Laboratory) -> str:
        lab.center.send_document(Document(name, data, hash_of(data)))
        lab.pass_time(minutes=1)
        return name.removesuffix(".zip").lower()

    return play


def _troubled(status: str) -> Scenario:
    def play(lab: Laboratory) -> str:
        lab.center.faults.add(Fault(Action.STATUS, Place.JUDGE, number=int(status)))
        return _passed(lab, minutes=1)

    return play


def _passed(lab: Laboratory, **time: float) -> str:
    id = lab.send(envelope())
    lab.pass_time(**time)
    return id


def _half_way(lab: Laboratory) -> str:
    id = lab.send(envelope())
    lab.pass_time(seconds=0.15)
    return id


def _unreachable(lab: Laboratory, hours: float) -> str:
    lab.kurum.is_down = True
    return _passed(lab, hours=hours)


def _answered(lab: Laboratory, status: str) -> str:
    lab.kurum.answers = status
    return _passed(lab, minutes=1)


def _cancelled(lab: Laboratory) -> str:
    id = _passed(lab, minutes=1)
    lab.center.cancel_invoice(lab.center.dossier(id).documents[0].ettn)
    return id


def _on_the_way(lab: Laboratory) -> str:
    lab.center.faults.add(Fault(Action.SLOW, Place.DELIVER, seconds=600, envelope_type="SENDERENVELOPE"))
    return _passed(lab, minutes=1)


_OTHERS: Final[Mapping[str, Scenario]] = {
    "1000": lambda lab: lab.send(envelope()),
    "1100": _half_way,
    "1142": lambda lab: _sends(f"{new_id()}.zip", envelope().data)(lab),
    "1163": lambda lab: _twice(lab, "invoice/temelfatura-satis", ElementType.INVOICE),
    "1164": lambda lab: _twice(lab, "despatch_advice/temelirsaliye-sevk", ElementType.DESPATCH_ADVICE),
    "1177": lambda lab: _by_the_receiver(lab, "1177"),
    "1200": _on_the_way,
    "1210": lambda lab: _unreachable(lab, 1),
    "1215": lambda lab: _unreachable(lab, 9),
    "1220": lambda lab: _answered(lab, ""),
    "1230": lambda lab: _answered(lab, "1177"),
    "1235": _cancelled,
    "1300": lambda lab: _answered(lab, "1200"),
}


def _twice(lab: Laboratory, example: str, element: ElementType) -> str:
    document = sealed(example)
    lab.send(envelope(document, element=element))
    lab.pass_time(minutes=1)
    again = lab.send(envelope(document, element=element))
    lab.pass_time(minutes=1)
    return again


def _by_the_receiver(lab: Laboratory, status: str) -> str:
    """Merkez does not verify seals, receivers do: theirs is the system response, 1230 is what Merkez says."""
    id = _answered(lab, status)
    assert lab.asked(id).status == "1230"
    return next(kept.id for kept in lab.center.dossier(id).responses if kept.says == int(status))


def _scenarios() -> Iterator[tuple[str, Scenario]]:
    """One way to reach each status: by a bad envelope where there is one that needs no other registry."""
    found: dict[str, Scenario] = {}
    for case in CASES:
        if re.fullmatch(r"[0-9a-f-]{36}\.zip", case.name):
            found.setdefault(case.status, _sends(case.name, case.data))
    for bad in BAD:
        if bad.prepare.__name__ == "<lambda>":
            found.setdefault(str(bad.status), _sends(bad.packed.name, bad.packed.data))
    yield from {**{status: _troubled(status) for status in _INSIDE}, **found, **_OTHERS}.items()


SCENARIOS: Final = dict(_scenarios())


def test_there_is_a_way_to_every_status() -> None:
    assert {status.code for status in statuses()} <= SCENARIOS.keys()


@pytest.mark.parametrize("status", [status.code for status in statuses()])
def test_a_status_is_reached_and_told(status: str) -> None:
    lab = laboratory()
    id = SCENARIOS[status](lab)
    if status == "1177":
        assert lab.center.dossier(id).envelope.says == 1177
    else:
        assert lab.asked(id).status == status
