"""What is issued stays: it is cancelled within its days or not at all, and a person is told what follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_steps import NOW, Story
from ulak.lifecycle import cancellation, documents, reports
from ulak.lifecycle.cancellation import Facts, Kind, may_cancel, may_object
from ulak.lifecycle.days import ISTANBUL
from ulak.lifecycle.documents import Stage
from ulak.lifecycle.effects import Note
from ulak.lifecycle.policy import DEFAULT
from ulak.lifecycle.saying import say_issued

VKN, NOBODY = "4812530769", "11111111111"


def issued() -> Story:
    told = Story(documents, documents.drafted(NOW, seed=1, remind_at=NOW))
    return told.go(documents.Submitted(), documents.Judged(True, 0), documents.Sealed(0, issued=True))


def test_sealing_issues_what_never_travels() -> None:
    told = issued()
    assert (told.stage, told.effects) == (Stage.ISSUED, (documents.Issued(),))
    assert told.record.numbered
    assert told.record.wake_at is None


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (documents.Corrected(), "correction-refused"),
        (documents.WithdrawalWanted(), "withdrawal-refused"),
        (documents.ResendWanted(), "resend-forbidden"),
    ],
)
def test_nothing_else_moves_it(wish: Any, said: str) -> None:
    for told in (issued(), issued().go(documents.VoidWanted())):
        before = told.record
        assert told.go(wish).effects == (Note(said),)
        assert told.record == before


def test_a_request_may_be_refused_once_and_is_not_made_again() -> None:
    told = issued().go(documents.VoidWanted())
    assert (told.stage, told.effects) == (Stage.VOIDED, (documents.Voided(),))
    assert told.go(documents.VoidRefused()).effects == (documents.Reinstated(),)
    assert told.stage is Stage.ISSUED
    assert told.go(documents.VoidWanted()).effects == (Note("void-forbidden"),)
    assert told.stage is Stage.ISSUED


def test_a_cancellation_that_stands_cannot_be_refused() -> None:
    agreed = issued().go(documents.VoidWanted(), documents.VoidConfirmed())
    final = issued().go(documents.VoidWanted(is_request=False))
    for told in (agreed, final):
        assert told.go(documents.VoidRefused()).effects == (Note("void-stands"),)
        assert told.stage is Stage.VOIDED


def facts(kind: Kind = Kind.INVOICE, buyer: str = VKN, **more: Any) -> Facts:
    known: dict[str, Any] = {"issued_at": NOW, "delivered_at": None, "stage": Stage.ISSUED, **more}
    return Facts(kind, buyer_is_taxpayer=cancellation.is_taxpayer(buyer), **known)


def test_between_taxpayers_the_eight_days_run_from_delivery_else_from_issue() -> None:
    last = datetime(2026, 11, 30, 23, 59, tzinfo=ISTANBUL)
    verdict = may_cancel(facts(), last, DEFAULT)
    assert (verdict.allowed, verdict.is_request) == (True, True)
    assert verdict.why.tr.startswith("İptal için bugün son gün.")
    assert may_cancel(facts(), NOW, DEFAULT).why.tr.startswith("İptal 30.11.2026 günü sonuna kadar")
    late = may_cancel(facts(), last + timedelta(minutes=1), DEFAULT)
    assert (late.allowed, late.code) == (False, "lifecycle.cancel-too-late")
    assert "30.11.2026" in late.why.tr
    assert "30 Nov 2026" in late.why.en
    delivered = facts(delivered_at=NOW + timedelta(days=3))
    assert may_cancel(delivered, last + timedelta(days=3), DEFAULT).allowed


@pytest.mark.parametrize(
    ("kind", "buyer"),
    [(Kind.INVOICE, NOBODY), (Kind.FREELANCE, "2222222222"), (Kind.PRODUCER, VKN), (Kind.EXPENSE, "12345678950")],
)
def test_others_are_not_asked_and_have_no_limit(kind: Kind, buyer: str) -> None:
    for later in (0, 20, 400):
        verdict = may_cancel(facts(kind, buyer), NOW + timedelta(days=later), DEFAULT)
        assert (verdict.allowed, verdict.until, verdict.is_request) == (True, None, False)
        assert ("mali müşavir" in verdict.why.tr) is (later > 20)
    assert may_object(facts(kind, buyer), NOW, DEFAULT).code == "lifecycle.object-not-foreseen"


def test_only_what_is_issued_and_not_refused_is_cancelled() -> None:
    codes = {
        Stage.VOIDED: "lifecycle.cancelled-already",
        Stage.JUDGED: "lifecycle.cancel-not-issued",
        Stage.DELIVERED: "lifecycle.cancel-not-issued",
    }
    for stage, code in codes.items():
        assert may_cancel(facts(stage=stage), NOW, DEFAULT).code == code
        assert not may_object(facts(stage=stage), NOW, DEFAULT).allowed
    assert may_cancel(facts(was_refused=True), NOW, DEFAULT).code == "lifecycle.cancel-refused"


def test_objections_count_until_the_15th_of_the_next_month_ends() -> None:
    last = datetime(2027, 1, 15, 23, 59, tzinfo=ISTANBUL)
    december = facts(issue_date=date(2026, 12, 31))
    assert may_object(december, last, DEFAULT).until == last + timedelta(minutes=1)
    assert "15 Jan 2027" in may_object(december, last, DEFAULT).why.en
    assert may_object(december, last + timedelta(minutes=1), DEFAULT).code == "lifecycle.object-too-late"


@given(
    st.builds(
        Facts,
        st.sampled_from(Kind),
        st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
        st.none(),
        st.booleans(),
        st.just(Stage.ISSUED),
    ),
    st.timedeltas(timedelta(0), timedelta(days=60)),
)
def test_a_decision_says_yes_before_its_moment_and_no_from_then_on(given_facts: Facts, later: timedelta) -> None:
    now = given_facts.issued_at + later
    for verdict in (may_cancel(given_facts, now, DEFAULT), may_object(given_facts, now, DEFAULT)):
        assert "{" not in verdict.why.tr + verdict.why.en
        if verdict.until is not None:
            assert verdict.allowed is (now < verdict.until)
            assert verdict.until.astimezone(ISTANBUL).hour == 0


@pytest.mark.parametrize("stage", [None, *reports.Stage])
def test_one_sentence_says_whether_gib_was_told(stage: reports.Stage | None) -> None:
    report = None if stage is None else reports.begun(NOW, due_at=NOW, seed=1)._replace(stage=stage)
    due_at = reports.due_at(date(2026, 11, 22))
    ours, asked = (issued().go(documents.VoidWanted(is_request=wanted)) for wanted in (False, True))
    for told, head in ((issued(), "Düzenlendi"), (ours, "İptal edildi"), (asked, "İptal istendi")):
        said = say_issued(told.record, report, due_at)
        assert said.tr.startswith(head)
        assert said.tr.endswith(".")
        assert said.en.endswith(".")
        assert ("23.11.2026" in said.tr) is (stage is None)
        assert ("23 Nov 2026" in said.en) is (stage is None)


def test_the_sentence_of_a_reported_document() -> None:
    accepted = reports.begun(NOW, due_at=NOW, seed=1)._replace(stage=reports.Stage.ACCEPTED)
    assert say_issued(issued().record, accepted, NOW).tr == "Düzenlendi ve GİB'e bildirildi."
    assert say_issued(issued().record, accepted, NOW).en == "Issued and reported to GİB."
