"""What Merkez does with an envelope, when, and what its sender is told (Ek-2 V1.5, 4.1; Ek-3 V1.4, 7.2)."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from center_support import (
    ARDIC_GB,
    ARDIC_PK,
    MELTEM_GB,
    MELTEM_PK,
    Laboratory,
    document_of,
    laboratory,
    new_id,
    sealed,
)
from center_support import sender_envelope as envelope
from ulak.envelope import ElementType, EnvelopeType, pack, respond
from ulak.wire import ServiceFault
from ulak.wire.efatura import Query, hash_of


@pytest.fixture
def lab() -> Laboratory:
    return laboratory()


def test_a_good_envelope_goes_from_1000_to_1300(lab: Laboratory) -> None:
    id = lab.send(envelope())
    assert lab.stages(id) == [1000]
    lab.pass_time(minutes=1)
    assert lab.stages(id) == [1000, 1100, 1200, 1220, 1300]


def test_its_sender_is_told_twice_by_gib_and_by_the_receiver(lab: Laboratory) -> None:
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    told = [(response.sender.alias, response.status, response.is_about(id)) for response in lab.kurum.responses()]
    assert told == [("GIB", "1200", True), (MELTEM_PK.alias, "1200", True)]


def test_what_is_delivered_is_byte_for_byte_what_was_sent(lab: Laboratory) -> None:
    packed = envelope()
    id = lab.send(packed)
    lab.pass_time(minutes=1)
    assert lab.kurum.received[id] == packed.data


def test_an_answer_of_the_buyer_goes_back_to_the_seller(lab: Laboratory) -> None:
    id = lab.send(
        envelope(
            sealed("application_response/ticarifatura-red", "meltem-rsa"),
            sender=MELTEM_PK,
            receiver=ARDIC_GB,
            type=EnvelopeType.POSTBOX,
            element=ElementType.APPLICATION_RESPONSE,
        )
    )
    lab.pass_time(minutes=1)
    assert lab.stages(id)[-1] == 1300
    assert id in lab.kurum.received


def test_a_refused_envelope_goes_nowhere(lab: Laboratory) -> None:
    good = envelope()
    id = lab.send(good._replace(data=b"no zip", md5=hash_of(b"no zip")))
    lab.pass_time(minutes=1)
    assert lab.stages(id) == [1000, 1100, 1110]
    # Nobody can be told of himself: a file that is no ZIP does not say from whom it is. Who asks learns it.
    assert lab.kurum.received == {}
    assert lab.asked(id).status == "1110"


def test_the_reason_of_a_refusal_stands_in_the_system_response(lab: Laboratory) -> None:
    document = sealed("invoice/temelfatura-satis").replace(b"TEMELFATURA", b"TEMELFATURE", 1)
    id = lab.send(envelope(document))
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1150
    (told,) = lab.kurum.responses()
    assert told.status == "1150"
    assert "ProfileID" in " ".join(told.notes)


def test_an_unreachable_receiver_is_tried_again_four_times_two_hours_apart(lab: Laboratory) -> None:
    lab.kurum.is_down = True
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.stages(id) == [1000, 1100, 1200, 1210]
    lab.pass_time(hours=7, minutes=58)
    assert lab.status(id) == 1210
    lab.pass_time(minutes=2)
    assert lab.status(id) == 1215
    tried = [attempt.at for attempt in lab.center.dossier(id).attempts]
    assert [later - earlier for earlier, later in itertools.pairwise(tried)] == [timedelta(hours=2)] * 4


def test_a_receiver_that_comes_back_in_time_gets_it(lab: Laboratory) -> None:
    lab.kurum.is_down = True
    id = lab.send(envelope())
    lab.pass_time(hours=3)
    lab.kurum.is_down = False
    lab.pass_time(hours=2)
    assert lab.stages(id) == [1000, 1100, 1200, 1210, 1220, 1300]


def test_a_receiver_that_refuses_makes_it_1230(lab: Laboratory) -> None:
    lab.kurum.answers = "1177"
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1230
    assert [told.status for told in lab.kurum.responses()] == ["1200", "1177"]


def test_a_silent_receiver_is_asked_and_its_answer_reaches_the_sender(lab: Laboratory) -> None:
    lab.kurum.answers = ""
    id = lab.send(envelope())
    lab.pass_time(hours=1)
    assert lab.status(id) == 1220
    lab.kurum.answers = "1200"
    lab.pass_time(hours=2)
    assert lab.status(id) == 1300
    assert [told.sender.alias for told in lab.kurum.responses()] == ["GIB", MELTEM_PK.alias]


def test_a_receiver_that_is_still_at_work_is_asked_again(lab: Laboratory) -> None:
    lab.kurum.answers = ""
    id = lab.send(envelope())
    lab.pass_time(hours=6, minutes=1)
    operations = [attempt.operation for attempt in lab.center.dossier(id).attempts]
    assert operations == ["sendDocument"] + ["getApplicationResponse"] * 3
    assert lab.status(id) == 1220


def test_an_envelope_is_taken_once(lab: Laboratory) -> None:
    packed = envelope()
    lab.send(packed)
    with pytest.raises(ServiceFault) as caught:
        lab.send(packed)
    assert caught.value.number == 2001


@pytest.mark.parametrize("final", [1210, 1220, 1300])
def test_an_invoice_on_its_way_or_there_cannot_come_again(lab: Laboratory, final: int) -> None:
    lab.kurum.is_down = final == 1210
    lab.kurum.answers = "1200" if final == 1300 else ""
    invoice = sealed("invoice/temelfatura-satis")
    first = lab.send(envelope(invoice))
    lab.pass_time(minutes=1)
    assert lab.status(first) == final
    second = lab.send(envelope(invoice))
    lab.pass_time(minutes=1)
    assert lab.status(second) == 1163


@pytest.mark.parametrize("final", [1215, 1230])
def test_an_invoice_whose_envelope_failed_may_come_again(lab: Laboratory, final: int) -> None:
    lab.kurum.is_down = final == 1215
    lab.kurum.answers = "1177" if final == 1230 else "1200"
    invoice = sealed("invoice/temelfatura-satis")
    first = lab.send(envelope(invoice))
    lab.pass_time(hours=9)
    assert lab.status(first) == final
    lab.kurum.is_down, lab.kurum.answers = False, "1200"
    second = lab.send(envelope(invoice))
    lab.pass_time(minutes=1)
    assert lab.status(second) == 1300


def test_a_despatch_advice_that_comes_again_is_1164(lab: Laboratory) -> None:
    advice = sealed("despatch_advice/temelirsaliye-sevk")
    first = lab.send(envelope(advice, element=ElementType.DESPATCH_ADVICE))
    lab.pass_time(minutes=1)
    second = lab.send(envelope(advice, element=ElementType.DESPATCH_ADVICE))
    lab.pass_time(minutes=1)
    assert (lab.status(first), lab.status(second)) == (1300, 1164)


def test_only_the_receivers_own_word_settles_an_envelope(lab: Laboratory) -> None:
    """Meltem gets an envelope; a response in Ardıç's name does not make it 1300."""
    lab.kurum.answers = ""
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    stray = lab.center.dossier(id).envelope.header._replace(receiver=ARDIC_PK, sender=MELTEM_GB)
    lab.send(pack(respond(stray, "1200", now=lab.center.clock.now(), new_id=new_id)))
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1220


def test_the_first_word_of_the_receiver_counts(lab: Laboratory) -> None:
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    lab.kurum.answer(id, "1195")
    lab.pass_time(minutes=1)
    assert lab.status(id) == 1300


def test_a_suspended_integrator_may_neither_send_nor_ask(lab: Laboratory) -> None:
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    lab.center.suspend("8642031054")
    for call in (
        lambda: lab.center.send_document(document_of(envelope())),
        lambda: lab.center.application_response(Query(id)),
    ):
        with pytest.raises(ServiceFault) as caught:
            call()
        assert caught.value.number == 2007
    lab.center.suspend("8642031054", suspended=False)
    assert lab.asked(id).status == "1300"


def test_an_invoice_cancelled_on_the_portal_is_1235(lab: Laboratory) -> None:
    id = lab.send(envelope())
    lab.pass_time(minutes=1)
    lab.center.cancel_invoice(lab.center.dossier(id).documents[0].ettn.upper())
    assert lab.asked(id).status == "1235"


def test_nobody_knows_an_envelope_that_never_came(lab: Laboratory) -> None:
    with pytest.raises(ServiceFault) as caught:
        lab.center.application_response(Query("c6f1c3a4-5a0e-4a57-9d2f-6a1f6f0c8b11"))
    assert caught.value.number == 2004
