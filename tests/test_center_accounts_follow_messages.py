"""Accounts are opened and closed at the center by the user-account messages of integrators, and by nothing else."""

from __future__ import annotations

import pytest

from center_envelopes import ARDIC, account
from center_support import ARDIC_GB, ARDIC_PK, START, Laboratory, laboratory, new_id, sealed
from center_support import sender_envelope as envelope
from ulak.envelope import Action, ElementType, Envelope, Group, Packed, Party, Role, Unit, pack, user_header
from ulak_center.values import Use

FRESH = (Unit(Role.GB, "urn:mail:yenigb@ardic.example"), Unit(Role.PK, "urn:mail:yenipk@ardic.example"))
OLD = (Unit(Role.GB, ARDIC_GB.alias), Unit(Role.PK, ARDIC_PK.alias))


@pytest.fixture
def lab() -> Laboratory:
    return laboratory()


def message(
    *documents: bytes, service: str = "usergb", element: ElementType = ElementType.PROCESS_USER_ACCOUNT
) -> Packed:
    header = user_header(service, Party("", "8642031054"), id=new_id(), created=START)
    return pack(Envelope(header, (Group(element, documents),)))


def carried_out(lab: Laboratory, *documents: bytes, service: str = "usergb", closing: bool = False) -> int:
    element = ElementType.CANCEL_USER_ACCOUNT if closing else ElementType.PROCESS_USER_ACCOUNT
    id = lab.send(message(*documents, service=service, element=element))
    lab.pass_time(minutes=1)
    return lab.status(id)


def open_aliases(lab: Laboratory, use: Use) -> set[str]:
    return {unit.alias for unit in lab.center.registry.units(ARDIC.number) if unit.use is use and unit.deleted is None}


def test_aliases_are_opened_and_the_integrator_is_told(lab: Laboratory) -> None:
    assert carried_out(lab, account(units=FRESH)) == 1300
    assert {unit.alias for unit in FRESH} <= open_aliases(lab, Use.INVOICE)
    (told,) = lab.kurum.responses()
    assert (told.sender.alias, told.receiver.alias, told.status) == ("GIB", "usergb", "1200")


def test_an_opened_alias_sends_at_once(lab: Laboratory) -> None:
    sender = Party(FRESH[0].alias, ARDIC.number, ARDIC.title)
    before = lab.send(envelope(sender=sender))
    lab.pass_time(minutes=1)
    assert lab.status(before) == 1171
    carried_out(lab, account(units=FRESH))
    after = lab.send(envelope(sealed("invoice/temelfatura-satis"), sender=sender))
    lab.pass_time(minutes=1)
    assert lab.status(after) == 1300


def test_closed_aliases_send_no_more_and_stay_in_the_list_as_deleted(lab: Laboratory) -> None:
    assert carried_out(lab, account(Action.CLOSE, "52", OLD), service="edespatch", closing=True) == 1300
    assert carried_out(lab, account(Action.CLOSE, units=OLD), closing=True) == 1300
    assert open_aliases(lab, Use.INVOICE) == set()
    assert all(unit.deleted for unit in lab.center.registry.units(ARDIC.number))
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1171


def test_despatches_close_before_invoices(lab: Laboratory) -> None:
    assert carried_out(lab, account(Action.CLOSE, units=OLD), closing=True) == 1183
    assert open_aliases(lab, Use.INVOICE) == {ARDIC_GB.alias, ARDIC_PK.alias}


def test_under_vuk_507_the_aliases_that_are_there_get_despatches(lab: Laboratory) -> None:
    lab.center.registry.close_units(ARDIC.number, ARDIC_GB.alias, (Use.DESPATCH,), lab.center.clock.now())
    lab.center.registry.close_units(ARDIC.number, ARDIC_PK.alias, (Use.DESPATCH,), lab.center.clock.now())
    assert open_aliases(lab, Use.DESPATCH) == set()
    lab.pass_time(minutes=1)
    assert carried_out(lab, account(option="54", units=(), counter=""), service="edespatch") == 1300
    assert open_aliases(lab, Use.DESPATCH) == {ARDIC_GB.alias, ARDIC_PK.alias}


def test_services_without_aliases_are_noted_until_they_are_closed(lab: Laboratory) -> None:
    assert carried_out(lab, account(option="22", units=()), service="earchive") == 1300
    assert lab.center.registry.services(ARDIC.number) == {"earchive": "8642031054"}
    assert carried_out(lab, account(Action.CLOSE, "22", ()), service="earchive", closing=True) == 1300
    assert lab.center.registry.services(ARDIC.number) == {}


def test_a_refused_message_changes_nothing(lab: Laboratory) -> None:
    before = lab.center.registry.units(ARDIC.number)
    assert carried_out(lab, account(units=FRESH), account(units=FRESH[:1], counter="meltem")) == 1182
    assert lab.center.registry.units(ARDIC.number) == before
