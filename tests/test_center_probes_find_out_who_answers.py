"""GİB's probes (TP V1.3, 7 b and c) and the calls that it makes wrongly on purpose (TP 5.1.2 b, 5.2.2 b)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from center_ends import documents_in, end_laboratory, seals
from center_support import ARDIC_PK, INTEGRATOR, MELTEM_GB, MELTEM_PK, Laboratory
from ulak.envelope import GIB, Party, opening, read_response
from ulak.errors import UlakError
from ulak.seal.verify import verify
from ulak.wire.efatura import SERVICE, Document, Receipt, hash_of
from ulak_center.ends.calls import Answered, Mistake
from ulak_center.ends.probes import Kind
from ulak_center.faults import Action, Fault, Place
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.problems import CenterError
from ulak_center.registry import Integrator
from ulak_center.seals import Seals
from wire_server import Heard, http, serving

NOBODY = Party("urn:mail:defaultpk@nobody.example", "1234567890")


@pytest.fixture
def lab() -> Laboratory:
    return end_laboratory()


# -- probes -------------------------------------------------------------------------------------------------------


def test_a_stray_response_comes_from_gib_and_is_about_nothing(lab: Laboratory) -> None:
    id = lab.center.probes.send(Kind.STRAY_RESPONSE, MELTEM_GB)
    lab.pass_time(minutes=1)
    told = read_response(lab.kurum.received[id])
    assert told.sender[:2] == GIB[:2]
    assert told.status == "1200"
    with pytest.raises(CenterError):
        lab.center.dossier(told.about)
    outcome = lab.center.probes.outcome(id)
    assert (outcome.accepted, outcome.state, outcome.responses) == (True, 1300, ())


def test_a_bad_invoice_breaks_the_schema_and_nothing_else(lab: Laboratory) -> None:
    id = lab.center.probes.send(Kind.BAD_INVOICE, MELTEM_PK)
    lab.pass_time(minutes=1)
    data = lab.kurum.received[id]
    assert opening(data).header.sender[:2] == GIB[:2]
    judged = Judge(Packs().checker_of).judge(f"{id}.zip", data, lab.center.registry, lab.center.clock.now())
    assert (judged.status, judged.code) == (1160, "judge.schema")
    trust = seals().trust
    assert trust is not None
    assert verify(documents_in(data)[0], trust=trust, at=lab.center.clock.now()).passed


def test_the_answer_to_a_bad_invoice_is_shown(lab: Laboratory) -> None:
    lab.kurum.answers = "1160"
    id = lab.center.probes.send(Kind.BAD_INVOICE, MELTEM_PK)
    lab.pass_time(minutes=1)
    outcome = lab.center.probes.outcome(id)
    assert outcome.accepted is True
    assert [(told.teller.alias, told.status) for told in outcome.responses] == [(MELTEM_PK.alias, 1160)]
    assert outcome.state == 1230


def test_an_answer_that_must_be_asked_for_reaches_gib_too(lab: Laboratory) -> None:
    lab.kurum.answers = ""
    id = lab.center.probes.send(Kind.BAD_INVOICE, MELTEM_PK)
    lab.pass_time(minutes=1)
    lab.kurum.answers = "1160"
    lab.pass_time(hours=3)
    outcome = lab.center.probes.outcome(id)
    assert [told.status for told in outcome.responses] == [1160]
    about = lab.center.dossier(id).responses
    assert [response.status for response in about] == [1300]


def test_a_service_that_does_not_take_it_is_found_out(lab: Laboratory) -> None:
    lab.kurum.is_down = True
    id = lab.center.probes.send(Kind.STRAY_RESPONSE, MELTEM_GB)
    lab.pass_time(minutes=1)
    assert lab.center.probes.outcome(id).accepted is None
    lab.pass_time(hours=9)
    outcome = lab.center.probes.outcome(id)
    assert (outcome.accepted, outcome.state, len(outcome.attempts)) == (False, 1215, 5)
    assert {attempt.outcome for attempt in outcome.attempts} == {"2005"}


def test_outcomes_are_listed_newest_first(lab: Laboratory) -> None:
    ids = [lab.center.probes.send(Kind.STRAY_RESPONSE, MELTEM_GB) for _ in range(3)]
    assert [outcome.id for outcome in lab.center.probes.outcomes(2)] == ids[:0:-1]


def test_a_probe_is_repeated_until_it_is_stopped(lab: Laboratory) -> None:
    probes = lab.center.probes
    probes.every(Kind.STRAY_RESPONSE, MELTEM_GB, 12)
    arranged = probes.every(Kind.STRAY_RESPONSE, MELTEM_GB, 6)
    assert probes.repeated() == [arranged]
    lab.pass_time(hours=25)
    assert len(probes.outcomes()) == 4
    assert probes.stop(Kind.STRAY_RESPONSE, MELTEM_GB)
    assert not probes.stop(Kind.STRAY_RESPONSE, MELTEM_GB)
    lab.pass_time(hours=25)
    assert len(probes.outcomes()) == 4


def test_a_repeated_probe_waits_for_an_address_that_has_gone(lab: Laboratory) -> None:
    probes = lab.center.probes
    probes.every(Kind.BAD_INVOICE, MELTEM_PK, 1)
    with lab.center.lock:
        lab.center.desk.store.run("delete from integrators")
    lab.pass_time(hours=2)
    assert probes.outcomes() == []
    lab.center.register_integrator(Integrator(INTEGRATOR, "Deneme", "memory:kurum", "memory:kurum"))
    lab.pass_time(hours=1)
    assert len(probes.outcomes()) == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_nobody_is_probed_who_has_no_integrator(lab: Laboratory, kind: Kind) -> None:
    for probing in (lambda: lab.center.probes.send(kind, NOBODY), lambda: lab.center.probes.every(kind, NOBODY, 1)):
        with pytest.raises(CenterError) as caught:
            probing()
        assert caught.value.code == "center.no-endpoint"


def test_a_probe_needs_an_alias(lab: Laboratory) -> None:
    with pytest.raises(CenterError) as caught:
        lab.center.probes.send(Kind.STRAY_RESPONSE, Party(" ", INTEGRATOR))
    assert caught.value.code == "center.receiver"


@pytest.mark.parametrize("hours", [0, -1, 9000, float("nan")])
def test_hours_must_make_sense(lab: Laboratory, hours: float) -> None:
    with pytest.raises(CenterError) as caught:
        lab.center.probes.every(Kind.STRAY_RESPONSE, MELTEM_GB, hours)
    assert caught.value.code == "center.probe-hours"


def test_without_gibs_key_there_is_no_bad_invoice() -> None:
    lab = Laboratory(seals=Seals())
    with pytest.raises(CenterError) as caught:
        lab.center.probes.send(Kind.BAD_INVOICE, MELTEM_PK)
    assert caught.value.code == "center.no-key"
    with pytest.raises(CenterError) as caught:
        lab.center.probes.every(Kind.BAD_INVOICE, MELTEM_PK, 1)
    assert caught.value.code == "center.no-key"


def test_what_is_no_probe_has_no_outcome(lab: Laboratory) -> None:
    with pytest.raises(CenterError) as caught:
        lab.center.probes.outcome("0" * 36)
    assert caught.value.code == "center.no-probe"


# -- wrong calls --------------------------------------------------------------------------------------------------

CODES = [
    (Mistake.WRONG_HASH, 2000),
    (Mistake.WRONG_NAME, 2006),
    (Mistake.DUPLICATE, 2001),
    (Mistake.UNKNOWN_ID, 2004),
]


@pytest.mark.parametrize(("mistake", "code"), CODES)
def test_a_service_in_this_process_is_called_wrongly(lab: Laboratory, mistake: Mistake, code: int) -> None:
    answered = lab.center.faulty_calls.call(mistake, MELTEM_PK)
    assert (answered.code, answered.expected, answered.is_right) == (code, (code,), True)
    assert answered.message == SERVICE.named("sendDocument").results[code].label


@contextmanager
def service(lab: Laboratory) -> Iterator[str]:
    """The laboratory's integrator behind HTTP."""

    def talk(connection: socket.socket, heard: Heard) -> None:
        try:
            call = SERVICE.read_request(heard.headers["content-type"], heard.body)
            reply = SERVICE.write_response(call, lab.kurum(call.request))
        except UlakError as error:
            reply = SERVICE.write_fault(error)
        connection.sendall(http(reply.status, reply.payload.content_type, reply.payload.body))

    with serving(talk) as (port, _):
        url = f"http://127.0.0.1:{port}/EFatura"
        lab.center.register_integrator(Integrator(INTEGRATOR, "Deneme", "http://127.0.0.1:1/none", url))
        yield url


@pytest.mark.parametrize(("mistake", "code"), [*CODES, (Mistake.MALFORMED, 2005), (Mistake.UNKNOWN_OPERATION, 2005)])
def test_a_service_behind_http_is_called_wrongly(lab: Laboratory, mistake: Mistake, code: int) -> None:
    with service(lab) as url:
        answered = lab.center.faulty_calls.call(mistake, MELTEM_PK)
    assert (answered.url, answered.code, answered.is_right) == (url, code, True)
    assert answered.status in (400, 500)


def test_for_what_is_no_soap_any_fault_of_soap_will_do(lab: Laboratory) -> None:
    with service(lab):
        answered = lab.center.faulty_calls.call(Mistake.NOT_SOAP, MELTEM_PK)
    assert (answered.code, answered.is_right) == (None, True)


def test_the_sender_units_address_is_called_for_its_alias(lab: Laboratory) -> None:
    with service(lab):
        answered = lab.center.faulty_calls.call(Mistake.WRONG_HASH, MELTEM_GB)
    assert answered.url == "http://127.0.0.1:1/none"
    assert (answered.status, answered.code, answered.is_right) == (None, None, False)
    assert "Yanıt gelmedi" in answered.message


def test_wrong_calls_are_logged(lab: Laboratory) -> None:
    lab.center.faulty_calls.call(Mistake.WRONG_HASH, ARDIC_PK)
    [called] = lab.center.calls()
    assert (called.direction, called.operation, called.outcome) == ("out", "sendDocument", "wrong-hash: 2000")


def careless(request: Document) -> Receipt:
    return Receipt("ok", hash_of(request.data))


def test_a_service_that_takes_anything_is_found_out(lab: Laboratory) -> None:
    lab.courier.add("memory:kurum", careless)  # type: ignore[arg-type]
    for mistake in (Mistake.WRONG_HASH, Mistake.WRONG_NAME, Mistake.DUPLICATE):
        answered = lab.center.faulty_calls.call(mistake, MELTEM_PK)
        assert (answered.code, answered.is_right) == (None, False)
        assert answered.found.en == "It answered no fault and took the call."


def answering(lab: Laboratory, status: int, kind: str, body: bytes, *more: str) -> Answered:
    with serving(lambda connection, _: connection.sendall(http(status, kind, body, *more))) as (port, _):
        url = f"http://127.0.0.1:{port}/"
        lab.center.register_integrator(Integrator(INTEGRATOR, "Deneme", url, url))
        return lab.center.faulty_calls.call(Mistake.WRONG_HASH, MELTEM_PK)


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", b"<html>hello</html>"),
        (500, "text/plain", b""),
        (503, "application/soap+xml", b"<broken"),
        (302, "text/plain", b"elsewhere"),
    ],
)
def test_an_answer_of_another_form_is_no_fault(lab: Laboratory, status: int, kind: str, body: bytes) -> None:
    answered = answering(lab, status, kind, body, "Location: http://127.0.0.1:1/")
    assert (answered.status, answered.code, answered.is_right) == (status, None, False)
    assert answered.found.tr.startswith("Ek-3 biçiminde hata dönmedi.")


def test_an_answer_without_end_is_cut(lab: Laboratory) -> None:
    answered = answering(lab, 200, "text/xml", b"x" * 3_000_000)
    assert (answered.status, answered.code) == (200, None)


def test_a_service_that_hangs_up_is_not_waited_for(lab: Laboratory) -> None:
    with serving(lambda connection, _: connection.close()) as (port, _):
        url = f"http://127.0.0.1:{port}/"
        lab.center.register_integrator(Integrator(INTEGRATOR, "Deneme", url, url))
        answered = lab.center.faulty_calls.call(Mistake.MALFORMED, MELTEM_PK)
    assert (answered.status, answered.is_right) == (None, False)


def test_nobody_is_called_who_has_no_integrator(lab: Laboratory) -> None:
    with pytest.raises(CenterError) as caught:
        lab.center.faulty_calls.call(Mistake.WRONG_HASH, NOBODY)
    assert caught.value.code == "center.no-endpoint"


def test_an_integrator_may_be_called_in_its_own_name(lab: Laboratory) -> None:
    answered = lab.center.faulty_calls.call(Mistake.WRONG_HASH, Party("", INTEGRATOR))
    assert answered.code == 2000


def test_an_outage_leaves_wrong_calls_alone(lab: Laboratory) -> None:
    lab.center.faults.add(Fault(Action.OUTAGE, Place.DELIVER))
    assert lab.center.faulty_calls.call(Mistake.WRONG_HASH, MELTEM_PK).is_right
