"""GİB's services over HTTP: good calls are answered, bad ones get a fault in Ek-3's form, and the service goes on."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import httpx
import pytest
from lxml import etree

from center_web import center, client, on_network
from test_center_http_server_keeps_serving import HOST, connect, read_all, status, told
from ulak.errors import UlakError
from ulak.wire import ServiceFault, Version, WireError, efatura
from ulak.wire.client import Times
from ulak.wire.soap import fault_in, read
from ulak_center.center import Center
from ulak_center.faults import Action, Fault, Place
from ulak_center.web.http import Address
from ulak_center.web.site import EFATURA


@pytest.fixture(scope="module")
def merkez() -> Iterator[Center]:
    with center() as found:
        yield found


@pytest.fixture(scope="module")
def address(merkez: Center) -> Iterator[Address]:
    with on_network(merkez) as found:
        yield found


def document(data: bytes = b"no zip") -> efatura.Document:
    return efatura.Document.of(str(uuid.uuid4()), data)


def url(address: Address) -> str:
    return address.url + EFATURA


def fault_of(answer: httpx.Response | bytes) -> tuple[int | None, str]:
    """Number and words of the EFaturaFault in an answer."""
    kind, data = _parts(answer)
    found = fault_in(read(kind, data))
    assert found is not None
    for detail in found.details:
        assert detail.tag == f"{{{efatura.NAMESPACE}}}EFaturaFault"
        return int(detail.findtext("code", "")), detail.findtext("msg", "")
    return None, found.reason


def _parts(answer: httpx.Response | bytes) -> tuple[str, bytes]:
    if isinstance(answer, httpx.Response):
        return answer.headers["content-type"], answer.content
    head, _, body = answer.partition(b"\r\n\r\n")
    kind = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-type:"))
    return kind.partition(b":")[2].strip().decode(), body


def assert_serves(address: Address) -> None:
    with client(address) as merkez:
        assert merkez.call(document()).hash


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("mtom", [True, False])
def test_an_envelope_is_taken_and_asked_about(address: Address, version: Version, mtom: bool) -> None:
    with client(address, version=version, mtom=mtom) as merkez:
        sent = document()
        assert merkez.call(sent).hash == sent.hash
        for call, number in ((sent, 2001), (efatura.Query(str(uuid.uuid4())), 2004)):
            with pytest.raises(ServiceFault) as caught:
                merkez.call(call)
            assert caught.value.number == number


def test_a_name_and_a_hash_that_are_wrong_get_their_faults(address: Address) -> None:
    with client(address) as merkez:
        for call, number in (
            (document()._replace(file_name="a.zip"), 2006),
            (document()._replace(hash="0" * 32), 2000),
        ):
            with pytest.raises(ServiceFault) as caught:
                merkez.call(call)
            assert caught.value.number == number


def test_the_wsdl_says_where_it_was_asked_for(address: Address) -> None:
    for host in ("merkez.example:81", "[::1]"):
        answer = httpx.get(f"{url(address)}?wsdl", headers={"Host": host})
        (port,) = etree.fromstring(answer.content).iter("{http://schemas.xmlsoap.org/wsdl/soap12/}address")
        assert port.get("location") == f"http://{host}{EFATURA}"
    assert "?wsdl" in httpx.get(url(address)).text
    assert httpx.put(url(address)).status_code == 405
    assert httpx.head(url(address)).status_code == 200


BODY = b"<soap:Envelope xmlns:soap='http://www.w3.org/2003/05/soap-envelope'><soap:Body>%b</soap:Body></soap:Envelope>"
QUERY = BODY % (
    b"<g:getAppRespRequest xmlns:g='%b'><instanceIdentifier>x</instanceIdentifier></g:getAppRespRequest>"
    % efatura.NAMESPACE.encode()
)
INCLUDE = BODY % (
    b"<g:documentRequest xmlns:g='%b'><binaryData><x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' "
    b"href='cid:none'/></binaryData></g:documentRequest>" % efatura.NAMESPACE.encode()
)
SOAP = "application/soap+xml"
MTOM = 'multipart/related; type="application/xop+xml"; boundary="b"'
PART = b"--b\r\nContent-Type: application/xop+xml; type=application/soap+xml\r\n\r\n%b\r\n--b--\r\n"
BAD: dict[str, tuple[str, bytes, int]] = {
    "nothing": (SOAP, b"", 400),
    "no XML": (SOAP, b"hello", 400),
    "half an envelope": (SOAP, QUERY[:-30], 400),
    "a DTD": (SOAP, b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + QUERY, 400),
    "another root": (SOAP, b"<a/>", 500),
    "no body": (SOAP, b"<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'/>", 400),
    "two elements in the body": (SOAP, BODY % b"<a/><b/>", 400),
    "an unknown operation": (SOAP, BODY % b"<a/>", 400),
    "an unknown field": (SOAP, QUERY.replace(b"instanceIdentifier", b"id"), 400),
    "a header that must be understood": (
        SOAP,
        QUERY.replace(b"<soap:Body>", b"<soap:Header><a soap:mustUnderstand='true'/></soap:Header><soap:Body>"),
        500,
    ),
    "JSON": ("application/json", b"{}", 415),
    "no content type": ("", QUERY, 415),
    "a broken content type": ("a;b;c", QUERY, 415),
    "no boundary": ("multipart/related", PART % QUERY, 400),
    "a wrong boundary": (MTOM.replace('"b"', '"c"'), PART % QUERY, 400),
    "a missing part": (MTOM, PART % INCLUDE, 400),
    "a truncated package": (MTOM, (PART % QUERY)[:-8], 400),
    "the action of another operation": (f'{SOAP}; action="sendDocument"', QUERY, 400),
    "too much": (SOAP, b" " * 300_001, 413),
}


@pytest.mark.parametrize("name", BAD)
def test_a_message_that_is_none_gets_a_fault_in_the_form_of_ek3(address: Address, name: str) -> None:
    kind, body, wanted = BAD[name]
    answer = httpx.post(url(address), content=body, headers={"Content-Type": kind} if kind else {})
    assert answer.status_code == wanted
    number, words = fault_of(answer)
    assert number == (None if name in ("another root", "a header that must be understood") else 2005)
    assert words
    assert_serves(address)


HTTP_BAD = {
    "a slow body": (b"POST %b HTTP/1.1\r\nContent-Length: 9\r\n" + HOST + b"\r\nabc", 408),
    "an announced giant": (b"POST %b HTTP/1.1\r\nContent-Length: 99999999\r\n" + HOST + b"\r\n", 413),
}


@pytest.mark.parametrize("name", HTTP_BAD)
def test_what_http_refuses_gets_a_fault_too(address: Address, name: str) -> None:
    sent, wanted = HTTP_BAD[name]
    answer = told(address, sent.replace(b"%b", EFATURA.encode(), 1))
    assert status(answer) == wanted
    assert fault_of(answer)[0] == 2005
    assert_serves(address)


def test_requests_sent_again_change_nothing(address: Address, merkez: Center) -> None:
    payload = efatura.SERVICE.write_request(document())
    answers = [httpx.post(url(address), content=payload.body, headers=payload.headers) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 500, 500, 500, 500]
    assert {fault_of(answer)[0] for answer in answers[1:]} == {2001}


def test_many_at_once_are_all_taken(address: Address) -> None:
    failed: list[UlakError] = []

    def send() -> None:
        try:
            with client(address) as merkez:
                for _ in range(5):
                    merkez.call(document())
        except UlakError as error:
            failed.append(error)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_every_call_is_in_the_log(address: Address, merkez: Center) -> None:
    sent = document()
    with client(address) as caller:
        caller.call(sent)
        with suppress(ServiceFault):
            caller.call(sent)
    httpx.post(url(address), content=b"x", headers={"Content-Type": "text/plain"})
    bad, again, first = merkez.calls(limit=3)
    assert (first.operation, first.envelope, first.outcome) == ("sendDocument", sent.envelope_id, "ok")
    assert (again.outcome, bad.outcome, bad.party) == ("2001", "wire.content-type", "127.0.0.1")


# -- faults that were scripted ------------------------------------------------------------------------------------


@pytest.fixture
def scripted(merkez: Center) -> Iterator[Any]:
    def add(action: Action, **changes: Any) -> None:
        merkez.faults.add(Fault(action, Place.TAKE, **changes))

    yield add
    merkez.faults.clear()


def outcome(address: Address, call: Any, **changes: Any) -> UlakError | None:
    try:
        with client(address, **changes) as merkez:
            merkez.call(call)
    except UlakError as error:
        return error
    return None


def is_known(merkez: Center, sent: efatura.Document) -> bool:
    return bool([one for one in merkez.envelopes() if one.id == sent.envelope_id])


@pytest.mark.parametrize("action", [Action.REFUSE, Action.OUTAGE])
def test_a_refused_call_breaks_and_nothing_is_taken(
    address: Address, merkez: Center, scripted: Any, action: Action
) -> None:
    scripted(action)
    sent = document()
    error = outcome(address, sent)
    assert isinstance(error, WireError)
    assert error.code == "wire.broken"
    assert not is_known(merkez, sent)
    assert outcome(address, sent) is None


def test_an_error_page_is_no_soap(address: Address, merkez: Center, scripted: Any) -> None:
    scripted(Action.ERROR, status=502)
    sent = document()
    error = outcome(address, sent)
    assert error is not None
    assert error.code == "wire.http"
    assert not is_known(merkez, sent)


@pytest.mark.parametrize("number", [2002, 2003, 2005, 2007])
def test_the_services_own_fault_is_given(address: Address, merkez: Center, scripted: Any, number: int) -> None:
    scripted(Action.FAULT, number=number)
    sent = document()
    error = outcome(address, sent)
    assert isinstance(error, ServiceFault)
    assert error.number == number
    assert not is_known(merkez, sent)


def test_what_times_out_was_taken(address: Address, merkez: Center, scripted: Any) -> None:
    scripted(Action.TIMEOUT)
    sent = document()
    error = outcome(address, sent, times=Times(connect=1.0, silence=0.2, total=1.0))
    assert isinstance(error, WireError)
    assert (error.code, error.is_unclear) == ("wire.timeout", True)
    assert is_known(merkez, sent)


def test_a_slow_answer_comes_late(address: Address, scripted: Any) -> None:
    scripted(Action.SLOW, seconds=0.3)
    error = outcome(address, document(), times=Times(connect=1.0, silence=0.1, total=1.0))
    assert error is not None
    assert error.code == "wire.timeout"
    scripted(Action.SLOW, seconds=0.1)
    assert outcome(address, document()) is None


def test_a_wrong_hash_in_the_receipt_is_unclear(address: Address, merkez: Center, scripted: Any) -> None:
    scripted(Action.WRONG_HASH)
    sent = document()
    error = outcome(address, sent)
    assert isinstance(error, WireError)
    assert (error.code, error.is_unclear) == ("wire.receipt", True)
    assert is_known(merkez, sent)


def test_a_fault_for_one_operation_leaves_the_other_alone(address: Address, scripted: Any) -> None:
    scripted(Action.REFUSE, operation="getApplicationResponse", times=2)
    assert outcome(address, document()) is None
    for version in Version:
        error = outcome(address, efatura.Query("x"), version=version)
        assert error is not None
        assert error.code == "wire.broken"


def test_a_fault_strikes_a_message_without_an_action(address: Address, scripted: Any) -> None:
    scripted(Action.FAULT, number=2003, operation="getApplicationResponse")
    answer = httpx.post(url(address), content=QUERY, headers={"Content-Type": SOAP})
    assert fault_of(answer)[0] == 2003


def test_a_fault_strikes_what_cannot_be_read_only_where_it_is_for_everything(address: Address, scripted: Any) -> None:
    scripted(Action.REFUSE, operation="sendDocument")
    assert httpx.post(url(address), content=b"x", headers={"Content-Type": SOAP}).status_code == 400
    scripted(Action.REFUSE)
    with pytest.raises(httpx.TransportError):
        httpx.post(url(address), content=b"x", headers={"Content-Type": SOAP})


def test_a_refusal_does_not_wait_for_the_body(address: Address, scripted: Any) -> None:
    scripted(Action.REFUSE)
    head = f'POST {EFATURA} HTTP/1.1\r\nContent-Type: {SOAP}; action="sendDocument"\r\nContent-Length: 9000\r\n'
    with closing(connect(address)) as connection:
        connection.sendall(head.encode() + HOST + b"\r\n")
        assert read_all(connection) == b""


def test_an_outage_leaves_the_control_api_within_reach(address: Address, scripted: Any) -> None:
    scripted(Action.OUTAGE, times=None)
    assert outcome(address, document()) is not None
    assert httpx.get(f"{address.url}/control/status").json()["faults"] == 1
    assert httpx.delete(f"{address.url}/control/faults").json() == {"removed": 1}
    assert outcome(address, document()) is None
