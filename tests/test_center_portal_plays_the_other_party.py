"""The portal user: sends, receives, accepts and rejects, as the test plan's other party (TP V1.3, 5 to 9)."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center_ends import documents_in, end_laboratory, seals
from center_support import (
    ARDIC_GB,
    MELTEM_PK,
    OTHER,
    Laboratory,
    sealed,
    sender_envelope,
)
from ulak.envelope import ElementType, EnvelopeType, Party, opening
from ulak.errors import Text, UlakError
from ulak.seal.verify import verify
from ulak.ubl import read_document
from ulak_center.ends.answering import Answer, due_by, refuse_repeated
from ulak_center.ends.drafts import ReceivedLine
from ulak_center.ends.portal import Order
from ulak_center.ends.values import Direction, EndDocument, Mark
from ulak_center.faults import Action, Fault, Place
from ulak_center.problems import CenterError
from ulak_center.registry import Integrator
from ulak_center.seals import Seals
from ulak_center.values import ISTANBUL

PORTAL_VKN = "5610247301"
PORTAL: dict[str, Any] = {"tax_id": PORTAL_VKN, "name": "Portal A.Ş.", "address": {"town": "Çankaya", "city": "Ankara"}}
COMMERCIAL = "invoice/ticarifatura-satis"
DESPATCH = "despatch_advice/temelirsaliye-sevk"


@pytest.fixture
def lab() -> Laboratory:
    return end_laboratory()


def come(lab: Laboratory, name: str = COMMERCIAL, by: str = "ardic", **changes: Any) -> EndDocument:
    """Let a document come to the portal user."""
    document = sealed(name, by, **{"customer": PORTAL, **changes})
    kind = ElementType.DESPATCH_ADVICE if name == DESPATCH else ElementType.INVOICE
    lab.send(sender_envelope(document, receiver=lab.center.portal.mailbox, element=kind))
    lab.pass_time(minutes=1)
    return lab.center.portal.incoming()[0].documents[0]


def refused(code: str, lab: Laboratory, *given: Any, **named: Any) -> CenterError:
    with pytest.raises(CenterError) as caught:
        lab.center.portal.answer(*given, **named)
    assert caught.value.code == code
    return caught.value


# -- what it sends ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["TEMELFATURA", "TICARIFATURA", "TEMELIRSALIYE"])
def test_what_it_sends_passes_gibs_rules_and_arrives(lab: Laboratory, profile: str) -> None:
    [sent] = lab.center.portal.send(Order(MELTEM_PK, profile, documents=2))
    lab.pass_time(minutes=1)
    assert lab.stages(sent.id) == [1000, 1100, 1200, 1220, 1300]
    assert len(documents_in(lab.kurum.received[sent.id])) == 2


def test_its_seals_hold(lab: Laboratory) -> None:
    [sent] = lab.center.portal.send(Order(MELTEM_PK))
    [document] = documents_in(lab.center.envelope_zip(sent.id))
    trust = seals().trust
    assert trust is not None
    report = verify(document, trust=trust, at=lab.center.clock.now())
    assert report.passed, report.reasons
    assert report.signer is not None
    assert report.signer.tax_id == PORTAL["tax_id"]


def test_many_envelopes_of_many_documents_are_made_at_once(lab: Laboratory) -> None:
    sent = lab.center.portal.send(Order(MELTEM_PK, documents=100, envelopes=3))
    names = [name for envelope in sent for name in envelope.documents]
    assert len({ettn for ettn, _ in names}) == 300
    assert [number for _, number in names] == [f"PRT2026{count:09}" for count in range(1, 301)]
    lab.pass_time(minutes=1)
    assert [lab.status(envelope.id) for envelope in sent] == [1300] * 3


def test_numbers_go_on_where_they_ended(lab: Laboratory) -> None:
    lab.center.portal.send(Order(MELTEM_PK, documents=2))
    [sent] = lab.center.portal.send(Order(MELTEM_PK))
    assert sent.documents[0][1] == "PRT2026000000003"


def test_a_person_is_addressed_by_two_names(lab: Laboratory) -> None:
    person = Party("urn:mail:defaultpk@deniz.example", "41538629042", "Deniz Yıldız")
    lab.open(person._replace(alias="urn:mail:defaultgb@deniz.example"), person)
    [sent] = lab.center.portal.send(Order(person))
    lab.pass_time(minutes=1)
    assert lab.status(sent.id) == 1300


def test_members_of_the_json_form_replace_the_usual_ones(lab: Laboratory) -> None:
    lines = [{"name": "Taşıma", "quantity": 1, "price": 1000, "exemption": "311"}]
    [sent] = lab.center.portal.send(Order(MELTEM_PK, more={"lines": lines, "notes": ["Deneme"]}))
    lab.pass_time(minutes=1)
    assert lab.status(sent.id) == 1300
    assert "Taşıma".encode() in documents_in(lab.kurum.received[sent.id])[0]


def test_what_nobody_receives_is_refused_by_merkez_not_by_the_portal(lab: Laboratory) -> None:
    [sent] = lab.center.portal.send(Order(Party("urn:mail:nobody@x.example", "7359021640")))
    lab.pass_time(minutes=1)
    assert lab.status(sent.id) == 1181
    [shown] = lab.center.portal.outgoing()
    assert [(told.teller.alias, told.status) for told in shown.responses] == [("GIB", 1181)]


def test_its_outgoing_envelopes_show_who_answered_what(lab: Laboratory) -> None:
    lab.kurum.answers = "1160"
    [sent] = lab.center.portal.send(Order(MELTEM_PK))
    lab.pass_time(minutes=1)
    [shown] = lab.center.portal.outgoing()
    assert (shown.id, shown.state, shown.direction) == (sent.id, 1230, Direction.OUT)
    assert [(told.teller.alias, told.status) for told in shown.responses] == [("GIB", 1200), (MELTEM_PK.alias, 1160)]


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order(MELTEM_PK, "IHRACAT"), "center.send-what"),
        (Order(MELTEM_PK, documents=101), "center.send-count"),
        (Order(MELTEM_PK, documents=0), "center.send-count"),
        (Order(MELTEM_PK, envelopes=101), "center.send-count"),
        (Order(Party("urn:mail:pk@x.example", "12345")), "center.receiver"),
        (Order(Party("urn:mail:pk@x.example", "١٢٣٤٥٦٧٨٩٠")), "center.receiver"),
        (Order(Party("  ", "7359021640")), "center.receiver"),
    ],
)
def test_an_order_that_cannot_be_is_refused(lab: Laboratory, order: Order, code: str) -> None:
    with pytest.raises(CenterError) as caught:
        lab.center.portal.send(order)
    assert caught.value.code == code
    assert caught.value.text.tr
    assert caught.value.text.en
    assert caught.value.repair.tr


def test_members_that_make_no_document_are_named(lab: Laboratory) -> None:
    with pytest.raises(UlakError) as caught:
        lab.center.portal.send(Order(MELTEM_PK, more={"colour": "red"}))
    assert caught.value.code == "json.unknown-field"
    assert lab.center.portal.outgoing() == []


def test_without_a_key_nothing_is_sent() -> None:
    lab = Laboratory(seals=Seals())
    with pytest.raises(CenterError) as caught:
        lab.center.portal.send(Order(MELTEM_PK))
    assert caught.value.code == "center.no-key"


def test_the_center_goes_on_while_documents_are_sealed() -> None:
    class Watched:
        """A key that sees, whenever it signs, whether another thread gets at the center."""

        def __init__(self, key: Any) -> None:
            self._key, self.free = key, True
            self.certificate, self.algorithm = key.certificate, key.algorithm
            self.chain, self.name = key.chain, key.name

        def sign(self, digest: bytes) -> bytes:
            thread = threading.Thread(target=self._try)
            thread.start()
            thread.join()
            return bytes(self._key.sign(digest))

        def _try(self) -> None:
            got = watched.center.lock.acquire(timeout=2)
            if got:
                watched.center.lock.release()
            self.free = self.free and got

        def close(self) -> None:
            self._key.close()

    key = Watched(seals().portal)
    watched = end_laboratory(seals=seals()._replace(portal=key))
    watched.center.portal.send(Order(MELTEM_PK))
    assert key.free


def test_the_same_seed_makes_the_same_envelopes() -> None:
    first, second = end_laboratory(), end_laboratory()
    sent = [lab.center.portal.send(Order(MELTEM_PK, documents=3)) for lab in (first, second)]
    assert sent[0] == sent[1]
    id = sent[0][0].id
    assert first.center.envelope_zip(id) == second.center.envelope_zip(id)


# -- what comes in ------------------------------------------------------------------------------------------------


def test_what_comes_in_is_answered_seen_and_kept_as_it_was(lab: Laboratory) -> None:
    document = sealed(COMMERCIAL, customer=PORTAL)
    id = lab.send(sender_envelope(document, receiver=lab.center.portal.mailbox))
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1300
    [shown] = lab.center.portal.incoming()
    assert (shown.id, shown.answered_with, shown.sender.title) == (id, 1200, ARDIC_GB.title)
    [one] = shown.documents
    assert (one.profile, one.element, one.answer) == ("TICARIFATURA", ElementType.INVOICE, "")
    assert lab.center.portal.data(one.ettn) == document[document.index(b"<Invoice") :].rstrip()


def test_pages_of_the_mailbox_go_on_where_the_last_ended(lab: Laboratory) -> None:
    for _ in range(3):
        come(lab)
    pages = [lab.center.portal.incoming(limit=2)]
    pages.append(lab.center.portal.incoming(limit=2, after=pages[0][-1].sequence))
    ids = [envelope.id for page in pages for envelope in page]
    assert len(pages[0]) == 2
    assert len(pages[1]) == 1
    assert len(set(ids)) == 3


def test_a_seal_that_does_not_hold_is_answered_with_1177(lab: Laboratory) -> None:
    document = sealed(COMMERCIAL, customer=PORTAL).replace(b"Montaj", b"Pontaj")
    id = lab.send(sender_envelope(document, receiver=lab.center.portal.mailbox))
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1230
    told = lab.kurum.responses()[-1]
    assert (told.status, told.sender.alias) == ("1177", lab.center.portal.mailbox.alias)
    assert any("mühür" in note for note in told.notes)
    refused("center.not-accepted", lab, lab.center.portal.incoming()[0].documents[0].ettn, Answer.ACCEPT)


def test_seals_are_not_judged_if_so_told(lab: Laboratory) -> None:
    lab.center.portal.judges_seals = False
    document = sealed(COMMERCIAL, customer=PORTAL).replace(b"Montaj", b"Pontaj")
    id = lab.send(sender_envelope(document, receiver=lab.center.portal.mailbox))
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1300


def test_a_document_refused_for_its_seal_may_come_again(lab: Laboratory) -> None:
    document = sealed(COMMERCIAL, customer=PORTAL)
    for content in (document.replace(b"Montaj", b"Pontaj"), document):
        lab.send(sender_envelope(content, receiver=lab.center.portal.mailbox))
        lab.pass_time(minutes=1)
    newest, oldest = lab.center.portal.incoming()
    assert [one.status for one in newest.documents] == [1200]
    assert oldest.documents == ()


def test_a_registered_integrators_seal_is_taken_for_its_customers(lab: Laboratory) -> None:
    lab.center.register_integrator(Integrator(OTHER, "Başka", "memory:kurum", "memory:kurum"))
    gb, pk = (Party(f"urn:mail:other{role}@ardic.example", ARDIC_GB.number, ARDIC_GB.title) for role in ("gb", "pk"))
    lab.open(gb, pk, OTHER)
    document = sealed(COMMERCIAL, "kargo", customer=PORTAL)
    id = lab.send(sender_envelope(document, sender=gb, receiver=lab.center.portal.mailbox))
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1300


def test_an_envelope_that_is_delivered_twice_counts_once(lab: Laboratory) -> None:
    lab.center.faults.add(Fault(Action.DUPLICATE, Place.DELIVER))
    come(lab)
    assert len(lab.center.portal.incoming()) == 1
    about = lab.center.dossier(lab.center.portal.incoming()[0].id).responses
    assert [response.sender.alias for response in about] == ["GIB", lab.center.portal.mailbox.alias]


# -- answers that it gives ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "reason"), [(Answer.ACCEPT, ""), (Answer.REJECT, "Fiyat yanlış."), (Answer.RETURN, "Mal bozuk.")]
)
def test_a_commercial_invoice_is_answered(lab: Laboratory, answer: Answer, reason: str) -> None:
    came = come(lab)
    sent = lab.center.portal.answer(came.ettn, answer, reason)
    lab.pass_time(minutes=1)
    assert lab.stages(sent.id)[-1] == 1300
    opened = opening(lab.kurum.received[sent.id])
    [document] = [found.data for found in opened]
    assert opened.header.type is EnvelopeType.POSTBOX
    assert (opened.header.sender.alias, opened.header.receiver.alias) == (
        lab.center.portal.mailbox.alias,
        ARDIC_GB.alias,
    )
    read: Any = read_document(document)
    response = read.document_response[0]
    assert str(response.response.response_code) == answer
    assert str(response.document_reference.id) == came.ettn
    assert [str(note) for note in read.note] == ([reason] if reason else [])
    now = lab.center.portal.document(came.ettn)
    assert (now.answer, now.answer_envelope) == (answer, sent.id)


def test_a_basic_invoice_is_not_answered(lab: Laboratory) -> None:
    came = come(lab, "invoice/temelfatura-satis")
    refused("center.no-answer", lab, came.ettn, Answer.REJECT, "Olmaz.")
    assert lab.center.portal.answer_by(came.ettn) is None


def test_a_rejection_says_why(lab: Laboratory) -> None:
    came = come(lab)
    refused("center.reason-missing", lab, came.ettn, Answer.REJECT, " ")


def test_there_is_one_answer_unless_a_second_is_forced(lab: Laboratory) -> None:
    came = come(lab)
    lab.center.portal.answer(came.ettn, Answer.ACCEPT)
    refused("center.answered", lab, came.ettn, Answer.REJECT, "Olmaz.")
    second = lab.center.portal.answer(came.ettn, Answer.REJECT, "Olmaz.", force=True)
    lab.pass_time(minutes=1)
    assert lab.status(second.id) == 1300


def test_what_it_does_not_hold_or_sent_itself_is_not_answered(lab: Laboratory) -> None:
    refused("center.not-held", lab, "0" * 36, Answer.ACCEPT)
    [sent] = lab.center.portal.send(Order(MELTEM_PK, "TICARIFATURA"))
    refused("center.not-incoming", lab, sent.documents[0][0], Answer.ACCEPT)


def test_the_eighth_day_is_the_last_to_answer_an_invoice(lab: Laboratory) -> None:
    came = come(lab)
    assert str(lab.center.portal.answer_by(came.ettn)) == "2026-11-30"
    lab.center.advance(datetime(2026, 11, 30, 23, 59, tzinfo=ISTANBUL) - lab.center.clock.now())
    lab.center.portal.answer(came.ettn, Answer.ACCEPT)


def test_the_ninth_day_is_too_late_unless_forced(lab: Laboratory) -> None:
    came = come(lab)
    lab.center.advance(datetime(2026, 12, 1, tzinfo=ISTANBUL) - lab.center.clock.now())
    refused("center.answer-late", lab, came.ettn, Answer.ACCEPT)
    lab.center.portal.answer(came.ettn, Answer.ACCEPT, force=True)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.integers(0, 20 * 24 * 60))
def test_the_hour_of_receipt_does_not_matter(received: datetime, minutes: int) -> None:
    at = received.replace(tzinfo=ISTANBUL)
    came = _received(at)
    now = at + timedelta(minutes=minutes)
    last = due_by(came)
    assert last is not None
    assert (last - at.date()).days == 8
    try:
        refuse_repeated(came, now)
        is_taken = True
    except CenterError:
        is_taken = False
    assert is_taken == ((now.date() - at.date()).days <= 8)


def _received(at: datetime) -> EndDocument:
    return EndDocument(
        *("e", Direction.IN, "z", 1, ElementType.INVOICE, "A", "TICARIFATURA", "SATIS", None, "", "", at),
        *(1200, Text("", ""), Mark.NONE, "", "", None, ""),
    )


# -- despatch advices ---------------------------------------------------------------------------------------------


def receipt_in(lab: Laboratory, id: str) -> Any:
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1300
    [document] = documents_in(lab.kurum.received[id])
    return read_document(document)


def test_all_goods_are_received(lab: Laboratory) -> None:
    came = come(lab, DESPATCH)
    receipt = receipt_in(lab, lab.center.portal.answer(came.ettn, Answer.ACCEPT).id)
    assert [str(line.received_quantity.value) for line in receipt.receipt_line] == ["12", "48"]
    assert str(receipt.despatch_document_reference.id) == came.ettn


def test_all_goods_are_rejected(lab: Laboratory) -> None:
    came = come(lab, DESPATCH)
    receipt = receipt_in(lab, lab.center.portal.answer(came.ettn, Answer.REJECT, "Islak geldi.").id)
    assert [str(line.rejected_quantity.value) for line in receipt.receipt_line] == ["12", "48"]
    assert str(receipt.receipt_line[0].reject_reason[0]) == "Islak geldi."


def test_goods_are_received_in_part(lab: Laboratory) -> None:
    came = come(lab, DESPATCH)
    lines = [ReceivedLine(1, Decimal(7), Decimal(3), "Çizik"), ReceivedLine(2, Decimal(50))]
    receipt = receipt_in(lab, lab.center.portal.receive_goods(came.ettn, lines).id)
    first, second = receipt.receipt_line
    assert [str(x.value) for x in (first.received_quantity, first.rejected_quantity, first.short_quantity)] == [
        "7",
        "3",
        "2",
    ]
    assert str(second.oversupply_quantity.value) == "2"


@pytest.mark.parametrize(
    "line",
    [
        ReceivedLine(3, Decimal(1)),
        ReceivedLine(1, Decimal(-1)),
        ReceivedLine(0, Decimal(1)),
        ReceivedLine(1, Decimal("NaN")),
    ],
)
def test_lines_that_are_not_there_are_refused(lab: Laboratory, line: ReceivedLine) -> None:
    came = come(lab, DESPATCH)
    with pytest.raises(CenterError) as caught:
        lab.center.portal.receive_goods(came.ettn, [line])
    assert caught.value.code == "center.lines"


def test_the_seventh_day_is_the_last_for_goods(lab: Laboratory) -> None:
    came = come(lab, DESPATCH)
    lab.center.advance(datetime(2026, 11, 29, 23, 59, tzinfo=ISTANBUL) - lab.center.clock.now())
    lab.center.portal.answer(came.ettn, Answer.ACCEPT)
    lab2 = end_laboratory()
    came = come(lab2, DESPATCH)
    lab2.center.advance(datetime(2026, 11, 30, tzinfo=ISTANBUL) - lab2.center.clock.now())
    refused("center.answer-late", lab2, came.ettn, Answer.ACCEPT)


# -- answers that it gets -----------------------------------------------------------------------------------------


def buyer_answers(lab: Laboratory, ettn: str, code: str = "kabul", by: str = "meltem-rsa") -> None:
    sender = {"tax_id": MELTEM_PK.number, "name": "M", "address": {"town": "Kadıköy", "city": "İstanbul"}}
    answer = sealed(
        f"application_response/ticarifatura-{code}",
        by,
        invoice={"uuid": ettn, "date": "2026-11-22"},
        sender=sender,
        receiver=PORTAL,
    )
    envelope = sender_envelope(
        answer,
        sender=MELTEM_PK,
        receiver=lab.center.portal.party,
        type=EnvelopeType.POSTBOX,
        element=ElementType.APPLICATION_RESPONSE,
    )
    lab.send(envelope)
    lab.pass_time(minutes=1)


def sent_invoice(lab: Laboratory) -> str:
    [sent] = lab.center.portal.send(Order(MELTEM_PK, "TICARIFATURA"))
    lab.pass_time(minutes=1)
    return sent.documents[0][0]


def newest_mark(lab: Laboratory) -> Mark:
    return lab.center.portal.incoming()[0].documents[0].mark


def test_the_buyers_answer_is_seen_on_the_invoice(lab: Laboratory) -> None:
    ettn = sent_invoice(lab)
    buyer_answers(lab, ettn, "red")
    assert lab.center.portal.document(ettn).answer == "RED"
    assert newest_mark(lab) is Mark.NONE


def test_of_two_answers_the_first_counts(lab: Laboratory) -> None:
    ettn = sent_invoice(lab)
    buyer_answers(lab, ettn, "kabul")
    buyer_answers(lab, ettn, "red")
    assert lab.center.portal.document(ettn).answer == "KABUL"
    assert newest_mark(lab) is Mark.SECOND


@pytest.mark.parametrize(("day", "answer", "mark"), [(30, "KABUL", Mark.NONE), (31, "", Mark.LATE)])
def test_an_answer_counts_until_the_eighth_day(lab: Laboratory, day: int, answer: str, mark: Mark) -> None:
    ettn = sent_invoice(lab)
    at = datetime(2026, 11, 1, 9, tzinfo=ISTANBUL) + timedelta(days=day - 1)
    lab.center.advance(at - lab.center.clock.now())
    buyer_answers(lab, ettn)
    assert (lab.center.portal.document(ettn).answer, newest_mark(lab)) == (answer, mark)


def test_an_answer_about_nothing_is_marked(lab: Laboratory) -> None:
    buyer_answers(lab, "00000000-0000-4000-8000-000000000000")
    assert newest_mark(lab) is Mark.UNKNOWN


def test_an_answer_may_name_the_invoice_by_its_number(lab: Laboratory) -> None:
    ettn = sent_invoice(lab)
    buyer_answers(lab, lab.center.portal.document(ettn).number)
    assert lab.center.portal.document(ettn).answer == "KABUL"


# -- all of it ----------------------------------------------------------------------------------------------------


def test_it_finds_everything_again_after_a_restart(tmp_path: Path) -> None:
    lab = end_laboratory(path=tmp_path / "center.sqlite")
    came, ettn = come(lab), sent_invoice(lab)
    now = lab.center.clock.now()
    lab.center.close()
    again = end_laboratory(path=tmp_path / "center.sqlite", at=now)
    assert again.center.portal.document(came.ettn) == came
    assert again.center.portal.outgoing()[0].documents[0].ettn == ettn
    sent = again.center.portal.answer(came.ettn, Answer.ACCEPT)
    again.pass_time(minutes=1)
    assert again.status(sent.id) == 1300


def test_it_is_registered_for_invoices_and_despatches_without_an_integrator(lab: Laboratory) -> None:
    registry = lab.center.registry
    units = registry.units(PORTAL_VKN)
    assert {(unit.role.value, unit.use.value, unit.operator) for unit in units} == {
        (role, use, "") for role in ("GB", "PK") for use in ("Invoice", "DespatchAdvice")
    }
    account = registry.account(PORTAL_VKN)
    assert account is not None
    assert account.method == "GIBPORTAL"
