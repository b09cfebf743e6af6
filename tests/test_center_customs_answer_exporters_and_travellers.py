"""Customs: export invoices numbered and closed, travellers' invoices approved (Gümrük İşlemleri Kılavuzu V1.8)."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from datetime import date, timedelta
from typing import Any

import pytest

from center_ends import documents_in, end_laboratory
from center_support import ARDIC_GB, Laboratory, form, sealed, sender_envelope
from ulak.envelope import ElementType, EnvelopeType, Party, opening
from ulak.seal.verify import verify
from ulak.ubl import read_document
from ulak_center.ends.answering import Answer
from ulak_center.ends.customs import EXPORT, PASSENGER, Decision
from ulak_center.ends.drafts import CUSTOMS_PARTY
from ulak_center.ends.values import EndDocument, Mark
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.policy import Policy
from ulak_center.problems import CenterError
from ulak_center.values import CUSTOMS

INTERMEDIARY = "9183746505"
REFUND_PK = Party("urn:mail:yolcuberaberpk@taxfree.example", INTERMEDIARY, "Örnek Tax Free A.Ş.")
REFUND_GB = REFUND_PK._replace(alias="urn:mail:yolcuberabergb@taxfree.example")


@pytest.fixture
def lab() -> Laboratory:
    return with_intermediary(end_laboratory())


def with_intermediary(lab: Laboratory) -> Laboratory:
    lab.open(REFUND_GB, REFUND_PK)
    return lab


def come(lab: Laboratory, name: str = "ihracat-istisna", alias: str = EXPORT, **changes: Any) -> EndDocument:
    """Let an invoice come to customs."""
    document = sealed(f"invoice/{name}", **changes)
    lab.send(sender_envelope(document, receiver=Party(alias, CUSTOMS)))
    lab.pass_time(minutes=1)
    return lab.center.customs.incoming()[0].documents[0]


def passenger(lab: Laboratory, **changes: Any) -> EndDocument:
    return come(lab, "yolcuberaberfatura-istisna", PASSENGER, **changes)


def decided(lab: Laboratory, ettn: str, decision: Decision, **named: Any) -> Any:
    """Let customs decide; the answer as it arrived."""
    sent = lab.center.customs.decide(ettn, decision, **named)
    lab.pass_time(minutes=1)
    assert lab.stages(sent.id) == [1000, 1100, 1200, 1220, 1300]
    return opening(lab.kurum.received[sent.id])


def refused(code: str, lab: Laboratory, ettn: str, decision: Decision) -> None:
    with pytest.raises(CenterError) as caught:
        lab.center.customs.decide(ettn, decision)
    assert caught.value.code == code


def ids_of(party: Any) -> dict[str, str]:
    return {str(one.id.scheme_id): str(one.id.value) for one in party.party_identification}


def test_the_system_response_to_an_export_invoice_carries_its_number(lab: Laboratory) -> None:
    came = come(lab)
    told = [one for one in lab.kurum.responses() if one.sender.alias == EXPORT]
    assert [(one.status, one.gtb_refno) for one in told] == [("1200", came.reference)]
    assert len(came.reference) == 23
    assert came.reference.isdecimal()


def test_every_export_invoice_has_a_number_of_its_own(lab: Laboratory) -> None:
    assert come(lab).reference != come(lab).reference


def test_acceptance_says_declaration_and_day(lab: Laboratory) -> None:
    came = come(lab)
    decision = Decision(Answer.ACCEPT, registration="26341200EX000293", exported=date(2026, 11, 20))
    opened = decided(lab, came.ettn, decision)
    [found] = list(opened)
    answer: Any = read_document(found.data)
    assert opened.header.type is EnvelopeType.POSTBOX
    assert (opened.header.sender[:2], opened.header.receiver[:2]) == ((EXPORT, CUSTOMS), ARDIC_GB[:2])
    assert (str(answer.profile_id), str(answer.document_response[0].response.response_code)) == ("IHRACAT", "KABUL")
    assert ids_of(answer.sender_party) == {
        "VKN": CUSTOMS,
        "GTB_REFNO": came.reference,
        "GTB_GCB_TESCILNO": "26341200EX000293",
        "GTB_FIILI_IHRACAT_TARIHI": "2026-11-20",
    }
    reference = answer.document_response[0].document_reference
    assert (str(reference.id), str(reference.document_type_code)) == (came.ettn, "INVOICE")


def test_what_is_not_given_is_made(lab: Laboratory) -> None:
    [found] = list(decided(lab, come(lab).ettn, Decision(Answer.ACCEPT)))
    ids = ids_of(read_document(found.data).sender_party)  # type: ignore[union-attr]
    assert ids["GTB_GCB_TESCILNO"].startswith("26060200EX")
    assert ids["GTB_FIILI_IHRACAT_TARIHI"] == "2026-11-22"


def test_rejection_says_why(lab: Laboratory) -> None:
    came = come(lab)
    refused("center.reason-missing", lab, came.ettn, Decision(Answer.REJECT))
    [found] = list(decided(lab, came.ettn, Decision(Answer.REJECT, "70 kalem çıkacak.")))
    answer: Any = read_document(found.data)
    assert [str(note) for note in answer.note] == ["70 kalem çıkacak."]
    assert "GTB_GCB_TESCILNO" not in ids_of(answer.sender_party)


def test_answers_of_customs_bear_no_seal_and_need_none(lab: Laboratory) -> None:
    [found] = list(decided(lab, come(lab).ettn, Decision(Answer.ACCEPT)))
    assert b"<ds:Signature" not in found.data
    assert b"UBLExtensions" not in found.data
    trust = lab.center.portal._house.seals.trust
    assert trust is not None
    report = verify(found.data, trust=trust, at=lab.center.clock.now())
    assert [reason.code for reason in report.reasons] == ["seal.not-required"]


def test_an_ozelfatura_is_treated_like_an_export_invoice(lab: Laboratory) -> None:
    came = come(lab, "ozelfatura-istisna", customer=CUSTOMS_PARTY)
    assert len(came.reference) == 23
    decided(lab, came.ettn, Decision(Answer.ACCEPT))


def test_there_is_no_limit_of_time(lab: Laboratory) -> None:
    came = come(lab)
    lab.pass_time(days=100)
    decided(lab, came.ettn, Decision(Answer.ACCEPT))


def test_there_is_one_answer_unless_a_second_is_forced(lab: Laboratory) -> None:
    came = come(lab)
    decided(lab, came.ettn, Decision(Answer.ACCEPT))
    refused("center.answered", lab, came.ettn, Decision(Answer.REJECT, "Olmaz."))
    decided(lab, came.ettn, Decision(Answer.REJECT, "Olmaz."), force=True)


def test_approval_goes_to_the_intermediarys_mailbox(lab: Laboratory) -> None:
    came = passenger(lab)
    opened = decided(lab, came.ettn, Decision(Answer.CUSTOMS, gate="A33"))
    [found] = list(opened)
    answer: Any = read_document(found.data)
    assert (opened.header.sender[:2], opened.header.receiver[:2]) == ((PASSENGER, CUSTOMS), REFUND_PK[:2])
    assert str(answer.profile_id) == "YOLCUBERABERFATURA"
    assert str(answer.sender_party.endpoint_id) == "A33"
    assert ids_of(answer.receiver_party)["VKN"] == INTERMEDIARY
    line = answer.document_response[0].line_response[0].response[0]
    assert (str(answer.document_response[0].response.response_code), str(line.response_code)) == ("GUMRUKONAY",) * 2
    assert "Kapı No: A33" in [str(note) for note in answer.note]


def test_approval_carries_the_invoice_byte_for_byte(lab: Laboratory) -> None:
    came = passenger(lab)
    [found] = list(decided(lab, came.ettn, Decision(Answer.CUSTOMS)))
    answer: Any = read_document(found.data)
    attached = answer.document_response[0].document_reference.attachment.embedded_document_binary_object
    assert (attached.mime_code, attached.filename) == ("application/zip", f"{came.ettn}.zip")
    with zipfile.ZipFile(io.BytesIO(b64decode(attached.value))) as archive:
        assert archive.namelist() == [f"{came.ettn}.xml"]
        assert archive.read(f"{came.ettn}.xml") == lab.center.customs.data(came.ettn)


def test_the_envelope_to_the_intermediary_says_version_1_2(lab: Laboratory) -> None:
    came = passenger(lab)
    sent = lab.center.customs.decide(came.ettn, Decision(Answer.CUSTOMS))
    with zipfile.ZipFile(io.BytesIO(lab.center.envelope_zip(sent.id))) as archive:
        assert b"<sh:HeaderVersion>1.2<" in archive.read(f"{sent.id}.xml")


def test_a_notice_withdraws_the_sale(lab: Laboratory) -> None:
    came = passenger(lab)
    notice = form("passenger_cancellation/yolcuberaberfatura-satisiptaliade")
    about = {**notice["invoice"], "uuid": came.ettn, "date": "2026-11-02"}
    document = sealed("passenger_cancellation/yolcuberaberfatura-satisiptaliade", invoice=about)
    receiver = Party(PASSENGER, CUSTOMS)
    id = lab.send(sender_envelope(document, receiver=receiver, element=ElementType.CREDIT_NOTE))
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1300
    assert lab.center.customs.document(came.ettn).mark is Mark.WITHDRAWN
    refused("center.customs-withdrawn", lab, came.ettn, Decision(Answer.CUSTOMS))
    refused("center.customs-answer", lab, lab.center.customs.incoming()[0].documents[0].ettn, Decision(Answer.CUSTOMS))


def test_a_notice_about_nothing_is_taken_and_marked(lab: Laboratory) -> None:
    document = sealed("passenger_cancellation/yolcuberaberfatura-satisiptaliade")
    receiver = Party(PASSENGER, CUSTOMS)
    id = lab.send(sender_envelope(document, receiver=receiver, element=ElementType.CREDIT_NOTE))
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1300
    assert lab.center.customs.incoming()[0].documents[0].mark is Mark.UNKNOWN


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (Decision(Answer.CUSTOMS), "center.customs-answer"),
        (Decision(Answer.RETURN, "x"), "center.customs-answer"),
        (Decision(Answer.ACCEPT, registration="<x>"), "center.customs-value"),
        (Decision(Answer.ACCEPT, registration="1" * 21), "center.customs-value"),
    ],
)
def test_decisions_that_cannot_be_are_refused(lab: Laboratory, decision: Decision, code: str) -> None:
    refused(code, lab, come(lab).ettn, decision)


def test_a_gate_is_no_markup(lab: Laboratory) -> None:
    refused("center.customs-value", lab, passenger(lab).ettn, Decision(Answer.CUSTOMS, gate="<A>"))


def test_what_is_not_there_is_not_decided(lab: Laboratory) -> None:
    refused("center.not-held", lab, "0" * 36, Decision(Answer.ACCEPT))
    came = come(lab)
    [sent] = lab.center.customs.decide(came.ettn, Decision(Answer.ACCEPT)).documents
    refused("center.not-incoming", lab, sent[0], Decision(Answer.ACCEPT))


def test_a_travellers_invoice_at_the_exporters_mailbox_is_refused_by_merkez(lab: Laboratory) -> None:
    document = sealed("invoice/yolcuberaberfatura-istisna")
    id = lab.send(sender_envelope(document, receiver=Party(EXPORT, CUSTOMS)))
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1150
    assert lab.center.customs.incoming() == []


def test_customs_refuse_it_themselves_where_merkez_does_not_judge() -> None:
    lab = end_laboratory(judge=Judge(Packs().checker_of, documents=False))
    came = passenger_at(lab, EXPORT)
    assert lab.status(came.envelope) == 1230
    assert lab.kurum.responses()[-1].status == "1150"
    refused("center.not-accepted", lab, came.ettn, Decision(Answer.CUSTOMS))


def passenger_at(lab: Laboratory, alias: str) -> EndDocument:
    return come(lab, "yolcuberaberfatura-istisna", alias)


def test_customs_decide_by_themselves_if_so_told() -> None:
    lab = with_intermediary(end_laboratory(policy=Policy(customs=timedelta(days=2))))
    export, travel, decided_before = come(lab), passenger(lab), come(lab)
    lab.center.customs.decide(decided_before.ettn, Decision(Answer.REJECT, "Olmaz."))
    lab.pass_time(days=1)
    assert lab.center.customs.document(export.ettn).answer == ""
    lab.pass_time(days=2)
    answers = [lab.center.customs.document(one.ettn).answer for one in (export, travel, decided_before)]
    assert answers == ["KABUL", "GUMRUKONAY", "RED"]


def test_an_invoice_that_cannot_be_read_stops_nobody() -> None:
    """A center that does not judge takes anything; customs then decide about nothing."""
    lab = end_laboratory(judge=Judge(Packs().checker_of, documents=False), policy=Policy(customs=timedelta(hours=1)))
    document = (
        b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
        b' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
        b"<cbc:ProfileID>IHRACAT</cbc:ProfileID><cbc:UUID>x</cbc:UUID></Invoice>"
    )
    id = lab.send(sender_envelope(document, receiver=Party(EXPORT, CUSTOMS)))
    lab.pass_time(hours=2)
    assert lab.status(id) == 1300
    refused("center.unreadable", lab, "x", Decision(Answer.ACCEPT))
    assert documents_in(lab.center.envelope_zip(id)) == [document]


def test_customs_are_registered_as_a_public_body(lab: Laboratory) -> None:
    units = lab.center.registry.units(CUSTOMS)
    assert {(unit.alias, unit.role.value, unit.use.value) for unit in units} == {
        (alias, "PK", "Invoice") for alias in (EXPORT, PASSENGER)
    }
    account = lab.center.registry.account(CUSTOMS)
    assert account is not None
    assert account.kind == "KAMU"
