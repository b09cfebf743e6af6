"""The same seed and the same calls give the same center, byte for byte; and a killed one goes on where it was."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from center_support import Laboratory, laboratory
from center_support import sender_envelope as envelope
from seal_pki import NOW
from tiny_packs import put, tiny, zipped
from ulak.rules import PackStore
from ulak.rules.importer import add
from ulak_center.clock import RunningClock, VirtualClock
from ulak_center.faults import ACTIONS, Action, Fault
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.problems import CenterError
from ulak_center.store import Store

FINAL = {1215, 1230, 1235, 1300}


def _week(lab: Laboratory, packed: list[Any]) -> list[Any]:
    """Some envelopes with faults on the way, over eight days; everything that can be seen of it."""
    lab.center.faults.add(Fault(Action.UNREACHABLE, ACTIONS[Action.UNREACHABLE][0], times=None, share=0.4))
    lab.center.faults.add(Fault(Action.LOST, ACTIONS[Action.LOST][0], times=3, share=0.5))
    for one in packed:
        lab.send(one)
        lab.pass_time(hours=5)
    lab.pass_time(days=8)
    return [lab.center.dossier(kept.id) for kept in lab.center.envelopes(limit=500)]


def test_a_seed_decides_everything() -> None:
    packed = [envelope() for _ in range(6)]
    one, other = (_comparable(_week(laboratory(seed=3), packed)) for _ in range(2))
    assert one == other
    assert _comparable(_week(laboratory(seed=4), packed)) != one


def _comparable(dossiers: list[Any]) -> list[Any]:
    """Without the real seconds that calls took, and the receivers' own responses, whose ids are the test's."""
    return [
        (dossier.envelope, dossier.stages, [attempt[:5] for attempt in dossier.attempts])
        for dossier in dossiers
        if dossier.envelope.is_ours or dossier.envelope.type != "SYSTEMENVELOPE"
    ]


def test_eight_days_pass_at_once() -> None:
    lab = laboratory()
    lab.kurum.is_down = True
    id = lab.send(envelope())
    began = lab.center.clock.now()
    lab.pass_time(days=8)
    assert lab.center.clock.now() - began == timedelta(days=8)
    assert lab.status(id) == 1215


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 10_000))
def test_no_envelope_is_left_without_an_end(seed: int) -> None:
    """Whatever happens on the road, after some days every envelope rests in a state that says truthfully why."""
    dice, lab = random.Random(seed), laboratory(seed=seed)
    actions = [Action.UNREACHABLE, Action.DUPLICATE, Action.WRONG_HASH, Action.SLOW, Action.OUT_OF_ORDER]
    for action in dice.sample(actions, 3):
        place = ACTIONS[action][-1] if action in (Action.WRONG_HASH, Action.SLOW) else ACTIONS[action][0]
        lab.center.faults.add(Fault(action, place, times=None, share=dice.random() * 0.7, seconds=dice.random() * 9e4))
    ids = []
    for _ in range(3):
        lab.kurum.answers = dice.choice(["1200", "1200", "1177", ""])
        ids.append(lab.send(envelope()))
        lab.pass_time(minutes=dice.randrange(300))
    lab.kurum.answers = "1200"
    lab.center.faults.clear()
    lab.pass_time(days=4)
    assert {lab.status(id) for id in ids} <= FINAL
    for id in ids:
        assert lab.status(id) == 1215 or id in lab.kurum.received


def test_a_restarted_center_goes_on_where_it_was(tmp_path: Path) -> None:
    first = laboratory(tmp_path / "center.db")
    first.kurum.is_down = True
    id = first.send(envelope())
    first.pass_time(hours=3)
    at = first.center.clock.now()
    first.center.close()
    second = laboratory(tmp_path / "center.db", at=at)
    assert second.stages(id) == [1000, 1100, 1200, 1210]
    second.pass_time(hours=2)
    assert second.status(id) == 1300
    assert second.kurum.received[id] == second.center.envelope_zip(id)


_TAKES = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from center_support import laboratory, sender_envelope
lab = laboratory(Path(sys.argv[1]))
while True:
    print(lab.send(sender_envelope()), flush=True)
    lab.pass_time(seconds=1)
"""


def test_a_killed_center_has_lost_nothing_that_it_took(tmp_path: Path) -> None:
    file = tmp_path / "center.db"
    child = subprocess.Popen(
        [sys.executable, "-c", _TAKES, str(file), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    taken = [child.stdout.readline().strip() for _ in range(3)]
    child.send_signal(signal.SIGKILL)
    child.wait()
    lab = laboratory(file)
    lab.pass_time(days=1)
    assert [lab.status(id) for id in taken] == [1300] * 3


def test_a_step_is_kept_whole_or_not_at_all() -> None:
    store = Store()

    def half() -> None:
        with store.step():
            store.keep("a", "1")
            with store.step():
                store.keep("b", "2")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert (store.setting("a"), store.setting("b")) == (None, None)


def test_a_clock_never_goes_back() -> None:
    for clock in (VirtualClock(laboratory().center.clock.now()), RunningClock()):
        with pytest.raises(CenterError) as caught:
            clock.jump(clock.now() - timedelta(seconds=1))
        assert caught.value.code == "center.clock-back"


def test_a_running_clock_runs_as_fast_as_it_is_told() -> None:
    pulse = [100.0]
    clock = RunningClock(laboratory().center.clock.now(), speed=60, pulse=lambda: pulse[0])
    began = clock.now()
    pulse[0] += 2
    assert clock.now() - began == timedelta(minutes=2)
    clock.jump(clock.now() + timedelta(hours=1))
    assert clock.now() - began == timedelta(hours=1, minutes=2)
    assert clock.wait_for(clock.now() + timedelta(minutes=1)) == pytest.approx(1.0)
    assert clock.wait_for(began) == 0.0


def test_the_rules_can_change_on_a_day(tmp_path: Path) -> None:
    """What passes today is refused from the day on which a tester lets another pack judge, whatever that one's date."""
    packs = Packs(PackStore(tmp_path / "home"))
    other = add(put(tmp_path, "p.zip", zipped(tiny())), PackStore(tmp_path / "home"), since=date(2030, 1, 1), now=NOW)
    lab = laboratory(judge=Judge(packs.checker_of), packs=packs)
    lab.center.change_pack(other.name, lab.center.clock.now().date() + timedelta(days=1))
    today = lab.send(envelope())
    lab.pass_time(days=1)
    tomorrow = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.status(today) == 1300
    assert lab.status(tomorrow) in (1150, 1160)
