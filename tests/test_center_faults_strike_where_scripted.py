"""Every fault that a tester can script in Merkez does what its name says, as often as it was told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from center_support import START, Laboratory, laboratory, sealed
from center_support import sender_envelope as envelope
from ulak.envelope import Party
from ulak_center.faults import ACTIONS, Action, Circumstance, Fault, Faults, Place
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.problems import CenterError
from ulak_center.store import Store

LALE_GB = Party("urn:mail:defaultgb@lale.example", "6120987455", "Lale Kitap Ltd. Şti.")
LALE_PK = Party("urn:mail:defaultpk@lale.example", "6120987455", "Lale Kitap Ltd. Şti.")


@pytest.fixture
def lab() -> Laboratory:
    return laboratory()


def script(lab: Laboratory, action: Action, place: Place | None = None, **facts: Any) -> Fault:
    return lab.center.faults.add(Fault(action, place or ACTIONS[action][0], **facts))


# Statuses that only GİB's own troubles cause, and no envelope can.
@pytest.mark.parametrize("status", [1120, 1162, 1170, 1175, 1180, 1190, 1191, 1195])
def test_trouble_inside_merkez_ends_an_envelope_with_its_status(lab: Laboratory, status: int) -> None:
    script(lab, Action.STATUS, number=status)
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.stages(id) == [1000, 1100, status]
    assert [told.status for told in lab.kurum.responses()] == [str(status)]
    assert lab.asked(id).status == str(status)


def test_what_failed_inside_merkez_may_come_again(lab: Laboratory) -> None:
    script(lab, Action.STATUS, number=1195)
    invoice = sealed("invoice/temelfatura-satis")
    lab.send(envelope(invoice))
    lab.pass_time(minutes=1)
    again = lab.send(envelope(invoice))
    lab.pass_time(minutes=1)
    assert lab.status(again) == 1300


def test_an_alias_can_be_made_unknown(lab: Laboratory) -> None:
    script(lab, Action.UNKNOWN_ALIAS, party="7359021640")
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1181


def test_a_lost_system_response_leaves_the_sender_with_asking(lab: Laboratory) -> None:
    script(lab, Action.LOST, times=2)
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.kurum.responses() == []
    assert lab.asked(id).status == "1300"


def test_an_envelope_lost_on_the_road_counts_as_delivered(lab: Laboratory) -> None:
    script(lab, Action.LOST, Place.DELIVER, envelope_type="SENDERENVELOPE")
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1220
    assert id not in lab.kurum.received


def test_a_duplicate_delivery_comes_twice_and_harms_nobody(lab: Laboratory) -> None:
    script(lab, Action.DUPLICATE, envelope_type="SENDERENVELOPE")
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.kurum.calls.count(id) == 2
    assert lab.status(id) == 1300
    assert [attempt.outcome for attempt in lab.center.dossier(id).attempts] == ["ok", "2001"]


def test_a_wrong_hash_is_refused_and_the_right_one_comes_two_hours_later(lab: Laboratory) -> None:
    script(lab, Action.WRONG_HASH, Place.DELIVER, envelope_type="SENDERENVELOPE")
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1210
    assert lab.center.dossier(id).attempts[0].outcome == "2000"
    lab.pass_time(hours=2)
    assert lab.status(id) == 1300


def test_an_unreachable_receiver_can_be_scripted_for_one_party(lab: Laboratory) -> None:
    script(lab, Action.UNREACHABLE, party="urn:mail:defaultpk@meltem.example", times=None)
    id = lab.send(envelope())
    lab.pass_time(hours=9)
    assert lab.status(id) == 1215


def test_a_slow_road_delays_a_delivery(lab: Laboratory) -> None:
    script(lab, Action.SLOW, Place.DELIVER, seconds=3600, envelope_type="SENDERENVELOPE")
    id = lab.send(envelope())
    lab.pass_time(minutes=59)
    assert lab.status(id) == 1200
    lab.pass_time(minutes=2)
    assert lab.status(id) == 1300


def test_an_envelope_can_be_overtaken_by_later_ones(lab: Laboratory) -> None:
    script(lab, Action.OUT_OF_ORDER, overtakers=2, seconds=3600, envelope_type="SENDERENVELOPE")
    lab.kurum.answers = ""
    ids = [lab.send(envelope()) for _ in range(3)]
    lab.pass_time(minutes=1)
    invoices = [id for id in lab.kurum.received if id in ids]
    assert invoices == [ids[1], ids[2], ids[0]]


def test_a_system_response_overtakes_no_invoice(lab: Laboratory) -> None:
    script(lab, Action.OUT_OF_ORDER, seconds=3600, envelope_type="SENDERENVELOPE")
    lab.kurum.answers = ""
    first = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert first not in lab.kurum.received
    second = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert [id for id in lab.kurum.received if id in (first, second)] == [second, first]


def test_during_an_outage_nothing_is_delivered(lab: Laboratory) -> None:
    until = lab.center.clock.now() + timedelta(hours=1)
    script(lab, Action.OUTAGE, times=None, until=until)
    id = lab.send(envelope())
    lab.pass_time(minutes=30)
    assert lab.status(id) == 1210
    lab.pass_time(hours=2)
    assert lab.status(id) == 1300


def test_a_fault_strikes_as_often_as_it_was_told_and_then_is_gone() -> None:
    faults = Faults()
    faults.add(Fault(Action.UNREACHABLE, Place.DELIVER, after=1, times=2))
    here = Circumstance(Place.DELIVER, START)
    assert [faults.strike(here) is not None for _ in range(5)] == [False, True, True, False, False]
    assert list(faults) == []


def test_a_share_strikes_the_same_chances_in_every_run_of_a_seed() -> None:
    def run(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add(Fault(Action.UNREACHABLE, Place.DELIVER, times=None, share=0.3))
        here = Circumstance(Place.DELIVER, START)
        return [faults.strike(here) is not None for _ in range(200)]

    assert run(7) == run(7)
    assert run(7) != run(8)
    assert 30 < sum(run(7)) < 90


def test_a_center_that_starts_again_strikes_on(tmp_path: Path) -> None:
    """Faults, the chances that they have had and those that a share takes outlast the process."""
    here = Circumstance(Place.DELIVER, START)
    scripted = Fault(Action.UNREACHABLE, Place.DELIVER, times=None, share=0.3, since=START, party="4812530769")
    met = here._replace(parties=("4812530769",))

    def run(path: Path, *, restarts: bool) -> list[bool]:
        store = Store(path)
        faults = Faults(7, store)
        faults.add(Fault(Action.DUPLICATE, Place.DELIVER, after=3, times=2, number=0))
        faults.add(scripted)
        found = []
        for _ in range(40):
            if restarts:
                store.close()
                store = Store(path)
                faults = Faults(7, store)
            found.append(faults.strike(met) is not None)
        assert [one._replace(id=0) for one in faults] == [scripted]
        faults.clear()
        assert list(Faults(7, store)) == []
        store.close()
        return found

    assert run(tmp_path / "ever", restarts=False) == run(tmp_path / "again", restarts=True)


def test_a_fault_is_in_force_only_between_its_times() -> None:
    faults, noon = Faults(), START
    faults.add(
        Fault(
            Action.REFUSE, Place.TAKE, times=None, since=noon, until=noon + timedelta(hours=1), operation="sendDocument"
        )
    )
    moments = (-1, 0, 59, 60)
    struck = [
        faults.strike(Circumstance(Place.TAKE, noon + timedelta(minutes=at), "sendDocument")) is not None
        for at in moments
    ]
    assert struck == [False, True, True, False]
    assert faults.strike(Circumstance(Place.TAKE, noon, "getApplicationResponse")) is None


@pytest.mark.parametrize(
    "fault",
    [
        Fault(Action.REFUSE, Place.JUDGE),
        Fault(Action.STATUS, Place.TAKE),
        Fault(Action.SLOW, Place.TAKE, share=1.5),
        Fault(Action.SLOW, Place.TAKE, times=0),
        Fault(Action.FAULT, Place.TAKE),
        Fault(Action.STATUS, Place.JUDGE),
        Fault(Action.STATUS, Place.JUDGE, number=163),
        Fault(Action.STATUS, Place.JUDGE, operation="sendDocumentFile"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(fault: Fault) -> None:
    with pytest.raises(CenterError) as caught:
        Faults().add(fault)
    assert caught.value.code.startswith("center.fault-")


def test_faults_can_be_taken_back(lab: Laboratory) -> None:
    fault = script(lab, Action.STATUS, number=1195)
    assert lab.center.faults.remove(fault.id)
    assert not lab.center.faults.remove(fault.id)
    script(lab, Action.STATUS, number=1195)
    lab.center.faults.clear()
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1300


@pytest.fixture
def portal_lab() -> Laboratory:
    """A center that looks into no document, and knows somebody who uses GİB's portal."""
    lab = laboratory(judge=Judge(Packs().checker_of, documents=False))
    lab.open(LALE_GB, LALE_PK, operator="")
    return lab


def test_a_wrong_hash_waits_for_an_envelope_that_is_called_out(portal_lab: Laboratory) -> None:
    script(portal_lab, Action.WRONG_HASH, Place.DELIVER, envelope_type="SENDERENVELOPE")
    id = portal_lab.send(envelope(receiver=LALE_PK))
    portal_lab.pass_time(minutes=1)
    assert portal_lab.status(id) == 1300
    assert [fault.action for fault in portal_lab.center.faults] == [Action.WRONG_HASH]
    refused = portal_lab.send(envelope())
    portal_lab.pass_time(minutes=1)
    assert portal_lab.status(refused) == 1210


def test_users_of_the_portal_answer_an_envelope_that_comes_twice_only_once(portal_lab: Laboratory) -> None:
    script(portal_lab, Action.DUPLICATE, envelope_type="SENDERENVELOPE")
    id = portal_lab.send(envelope(receiver=LALE_PK))
    portal_lab.pass_time(minutes=1)
    dossier = portal_lab.center.dossier(id)
    assert [attempt.outcome for attempt in dossier.attempts] == ["ok", "ok"]
    assert [told.sender.number for told in dossier.responses].count(LALE_PK.number) == 1
    assert portal_lab.status(id) == 1300


def test_no_alias_is_unknown_where_gib_itself_is_the_receiver() -> None:
    faults = Faults()
    faults.add(Fault(Action.UNKNOWN_ALIAS, Place.JUDGE))
    assert faults.strike(Circumstance(Place.JUDGE, START, can=(Action.STATUS,))) is None
    assert faults.strike(Circumstance(Place.JUDGE, START, can=(Action.STATUS, Action.UNKNOWN_ALIAS))) is not None


def test_what_is_meant_by_name_takes_faults_of_its_name_and_outages_only() -> None:
    faults = Faults()
    for action in (Action.ERROR, Action.OUTAGE):
        faults.add(Fault(action, Place.TAKE))
    named = faults.add(Fault(Action.REFUSE, Place.TAKE, operation="userList"))
    here = Circumstance(Place.TAKE, START, "userList", is_by_name=True)
    struck = [faults.strike(here) for _ in range(3)]
    assert [fault.action if fault else None for fault in struck] == [Action.OUTAGE, Action.REFUSE, None]
    assert [fault.action for fault in faults] == [Action.ERROR]
    assert named.id not in [fault.id for fault in faults]


def test_a_fault_for_envelopes_is_left_for_them_by_a_package_of_the_offices() -> None:
    faults = Faults()
    faults.add(Fault(Action.STATUS, Place.JUDGE, number=1195))
    faults.add(Fault(Action.STATUS, Place.JUDGE, number=163, operation="sendDocumentFile"))
    here = Circumstance(Place.JUDGE, START, "sendDocumentFile", "earsiv", can=(Action.STATUS,), is_by_name=True)
    struck = faults.strike(here)
    assert struck is not None
    assert struck.number == 163
    assert [fault.number for fault in faults] == [1195]


@pytest.mark.parametrize("status", [1200, 1300])
def test_a_fault_that_lets_things_pass_lets_them_pass_whole(lab: Laboratory, status: int) -> None:
    script(lab, Action.STATUS, number=status, times=None)
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1300
    assert lab.asked(id).status == "1300"
