"""What people may want of documents that are sent: done where the law allows it, refused in words where it does not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from platform_calls import IDENTITY, calling, envelope, on_road, stage, woken
from platform_intake import YEAR, encoded, friendly, listed, sent
from platform_way_out import bodies, run
from platform_world import invoices, taxpayer
from ulak.errors import UlakError
from ulak.lifecycle import documents as law
from ulak.lifecycle import envelopes
from ulak.lifecycle.documents import Stage
from ulak.lifecycle.identities import PermissionGone
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document, Work
from ulak_server.exchange import services
from ulak_server.exchange.calls.handlers import identity
from ulak_server.exchange.law import happening
from ulak_server.exchange.problems import PROBLEMS, ExchangeError
from ulak_server.exchange.rooms import DOCUMENTS, IDENTITIES
from ulak_server.userlist.models import RegisteredUser

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


def standing(id: int, at: Stage, **changes: Any) -> int:
    """A document that stands there, as if the road had brought it so far."""
    with happening() as shell:
        (row,) = shell.load(DOCUMENTS, [id])
        row.record = row.record._replace(stage=at, wake_at=shell.now, **changes)
        row["work"] = None
    return id


def row(taxpayer: int, id: int) -> Document:
    with scoped(Role.WEB, [taxpayer]):
        return Document.objects.get(id=id)


def refused(code: str, do: Any, *given: Any) -> ExchangeError:
    with pytest.raises(ExchangeError) as caught:
        do(*given)
    assert caught.value.code == code
    assert caught.value.text.tr != caught.value.text.en
    assert caught.value.repair.tr
    return caught.value


# -- taking back -------------------------------------------------------------------------------------------------------


def test_what_has_not_gone_is_taken_back_and_nobody_works_for_it_any_more(ardic: int) -> None:
    (id,) = invoices(ardic)
    assert services.withdraw(ardic, id, actor="user:1", origin="10.0.0.1") is Stage.WITHDRAWN
    kept = row(ardic, id)
    assert (kept.stage, kept.work, kept.wake_at) == ("withdrawn", None, None)
    with scoped(Role.PIPELINE):
        told = Entry.objects.filter(documents__contains=[id], what="document.withdrawn").values_list("actor", "origin")
        assert list(told) == [("user:1", "10.0.0.1")]


def test_what_is_alone_in_an_envelope_that_has_not_gone_is_taken_back_with_it(ardic: int) -> None:
    ids = invoices(ardic)
    carrier = on_road(ids, ardic)
    assert services.withdraw(ardic, ids[0]) is Stage.WITHDRAWN
    assert stage(carrier) == "withdrawn"


def test_what_has_gone_is_not_taken_back(ardic: int) -> None:
    ids = invoices(ardic)
    on_road(ids, ardic, record={"stage": envelopes.Stage.TAKEN})
    refused("exchange.not-withdrawn", services.withdraw, ardic, ids[0])
    assert row(ardic, ids[0]).stage == "on-road"


def test_one_of_several_in_an_envelope_is_not_taken_back_alone(ardic: int) -> None:
    ids = invoices(ardic, 2)
    on_road(ids, ardic)
    refused("exchange.not-withdrawn-together", services.withdraw, ardic, ids[0])


# -- sending again -----------------------------------------------------------------------------------------------------


def test_what_came_back_is_sent_again_unchanged(ardic: int) -> None:
    (id,) = invoices(ardic)
    standing(id, Stage.RETURNED, code="1230", numbered=True)
    assert services.resend(ardic, id) is Stage.SEALED
    assert row(ardic, id).work == Work.PACK


@pytest.mark.parametrize("at", [Stage.DELIVERED, Stage.LOOKING, Stage.DISPUTED, Stage.ACCEPTED])
def test_what_may_be_there_is_never_sent_again_by_hand(ardic: int, at: Stage) -> None:
    (id,) = invoices(ardic)
    standing(id, at, trips=(law.Trip(str(UUID(int=1)), 1),), looking=0)
    refused("exchange.not-resent", services.resend, ardic, id)
    assert row(ardic, id).stage == at.value


# -- what operators found out ------------------------------------------------------------------------------------------


def test_a_disputed_document_is_released_or_confirmed_by_operators(ardic: int) -> None:
    first, second = invoices(ardic, 2)
    for id in (first, second):
        standing(id, Stage.DISPUTED, numbered=True)
    assert services.release(ardic, first, actor="user:9") is Stage.SEALED
    assert services.confirm(ardic, second, actor="user:9") is Stage.DELIVERED
    assert row(ardic, second).delivered_at is not None
    refused("exchange.not-disputed", services.release, ardic, first)
    refused("exchange.not-disputed", services.confirm, ardic, second)


def test_a_permission_that_came_back_lets_all_that_is_held_go_on() -> None:
    with calling() as (calls, merkez):
        with happening() as shell:
            identity(shell, IDENTITY)
            shell.happen(IDENTITIES, IDENTITY, PermissionGone())
        ids = [envelope(), envelope()]
        woken(calls, *ids)
        assert ({stage(id) for id in ids}, merkez.calls) == ({"held"}, [])
        services.give_permission_back(IDENTITY, actor="user:9")
        assert {stage(id) for id in ids} == {"resting"}
        woken(calls, *ids)
        assert {stage(id) for id in ids} == {"taken"}
    refused("exchange.no-identity", services.give_permission_back, IDENTITY)


# -- whose -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [services.withdraw, services.resend, services.release, services.confirm])
def test_anothers_document_is_nobodys(ardic: int, verb: Any) -> None:
    (id,) = invoices(ardic)
    refused("exchange.no-document", verb, ardic + 1, id)
    refused("exchange.no-document", verb, ardic, 10**12)
    assert row(ardic, id).stage == "accepted"


# -- how things stand --------------------------------------------------------------------------------------------------


def test_each_document_says_in_one_sentence_how_it_stands(ardic: int) -> None:
    waiting, there, back, faulty = invoices(ardic, 4)
    carrier = on_road([there], ardic, record={"stage": envelopes.Stage.UNKNOWN})
    standing(back, Stage.RETURNED, code="1181")
    standing(faulty, Stage.FAULTY)
    with scoped(Role.WEB, [ardic]):
        Document.objects.filter(id=faulty).update(error={"code": "x", "repair": {"tr": "Düzeltin.", "en": "Correct."}})
        found = services.shown(Document.objects.filter(id__in=[waiting, there, back, faulty]).order_by("id"))
    assert [one.document.id for one in found] == [waiting, there, back, faulty]
    assert found[1].envelope_stage == "unknown"
    assert found[1].sentence == envelopes.Stage.UNKNOWN.sentence
    assert found[2].advice.tr
    assert found[3].advice.en == "Correct."
    assert all(one.may_leave is None for one in found)
    with scoped(Role.WEB, [ardic]):
        seen = services.envelope(carrier)
    assert (seen.stage, list(seen.documents)) == ("unknown", [there])
    with scoped(Role.WEB, [ardic + 1]):
        refused("exchange.no-envelope", services.envelope, carrier)


# -- correcting --------------------------------------------------------------------------------------------------------


def handed_in(ardic: int) -> int:
    with scoped(Role.PIPELINE):
        if not RegisteredUser.objects.exists():
            listed()
    return sent(ardic).id


def test_what_was_found_faulty_is_corrected_judged_anew_and_sent(ardic: int) -> None:
    id = handed_in(ardic)
    standing(id, Stage.FAULTY)
    ettn = row(ardic, id).ettn
    assert services.correct(ardic, id, encoded(friendly(profile="TEMELFATURA")), actor="user:1") is Stage.ACCEPTED
    kept = row(ardic, id)
    assert (kept.profile, kept.ettn, kept.work, kept.number) == ("TEMELFATURA", ettn, Work.JUDGE, None)
    run()
    assert row(ardic, id).stage == "sealed"


def test_a_number_that_was_given_is_kept_over_a_correction(ardic: int) -> None:
    id = handed_in(ardic)
    run()
    number = row(ardic, id).number
    standing(id, Stage.TO_CORRECT, numbered=True, code="1150")
    services.correct(ardic, id, encoded(friendly(profile="TEMELFATURA")))
    assert row(ardic, id).number == number
    run()
    (body,) = bodies([row(ardic, id)])
    assert row(ardic, id).stage == "sealed"
    assert number is not None
    assert number.encode() in body
    standing(id, Stage.TO_CORRECT, numbered=True)
    refused("exchange.number-kept", services.correct, ardic, id, encoded(friendly(number=f"ABC{YEAR}000000077")))
    services.correct(ardic, id, encoded(friendly(number=number)))
    assert row(ardic, id).number == number


def test_what_clashed_with_another_gets_a_new_number(ardic: int) -> None:
    id = handed_in(ardic)
    run()
    before = row(ardic, id).number
    standing(id, Stage.CLASHED, numbered=True)
    services.correct(ardic, id, encoded(friendly()))
    run()
    kept = row(ardic, id)
    assert kept.stage == "sealed"
    assert kept.number not in (None, before)


def test_a_correction_that_collides_with_another_document_is_refused(ardic: int) -> None:
    other, id = handed_in(ardic), handed_in(ardic)
    standing(id, Stage.FAULTY)
    with pytest.raises(UlakError, match=r"^intake\."):
        services.correct(ardic, id, encoded(friendly(uuid=str(row(ardic, other).ettn))))
    assert row(ardic, id).stage == "faulty"


def test_what_is_on_its_way_or_done_is_not_corrected(ardic: int) -> None:
    (id,) = invoices(ardic)
    for at in (Stage.DELIVERED, Stage.SEALED, Stage.LOOKING):
        standing(id, at, trips=(law.Trip(str(UUID(int=1)), 1),), looking=0)
        refused("exchange.not-corrected", services.correct, ardic, id, b"{}")


def test_a_correction_that_cannot_be_read_changes_nothing(ardic: int) -> None:
    (id,) = invoices(ardic)
    standing(id, Stage.FAULTY)
    before = msgspec.msgpack.decode(bytes(row(ardic, id).road or b""))
    with pytest.raises(Exception, match=r"json\.|intake\."):
        services.correct(ardic, id, b'{"lines": 3}')
    assert msgspec.msgpack.decode(bytes(row(ardic, id).road or b"")) == before


def test_every_refusal_says_what_to_do_in_both_languages() -> None:
    for problem in PROBLEMS.values():
        assert all((*problem.text, *problem.repair))
