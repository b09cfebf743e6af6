"""GİB's services: what one end writes the other reads, in the words of GİB's WSDLs and guides."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from support import REFERENCE, needs_reference
from ulak.errors import UlakError
from ulak.wire import Service, ServiceFault, Version, WireError, earsiv, edefter, efatura
from ulak.wire.attachment import Attachment
from ulak.wire.soap import Fault, envelope, fault_in, read, ship, written_fault
from wire_cases import code_of

GUID = "bd0a35bd-2578-4eaa-9f94-e7906e196771"
EFATURA, EARSIV, EDEFTER = efatura.SERVICE, earsiv.SERVICE, edefter.SERVICE
WSDLS = {"efatura": "efatura-20260312/wsdl/EFatura_Test.wsdl", "earsiv": "earsiv-1.1_6/EArsivWs.wsdl"}
XS = "{http://www.w3.org/2001/XMLSchema}"

letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
words = st.text(letters | st.sampled_from("\t\n\r"), max_size=40)
data = st.binary(max_size=100)
files = st.builds(Attachment, words, data)
numbers = st.integers(-(2**31), 2**31 - 1)
efatura_pairs = st.one_of(
    st.tuples(
        st.builds(lambda name, zipped: efatura.Document(name, zipped, efatura.hash_of(zipped)), words, data),
        words,
    ).map(lambda pair: (pair[0], efatura.Receipt(pair[1], efatura.hash_of(pair[0].data).upper()))),
    st.tuples(st.builds(efatura.Query, words), st.builds(efatura.SystemResponse, words)),
)
earsiv_pairs = st.one_of(
    st.tuples(st.builds(earsiv.SendDocumentFile, files), st.builds(earsiv.Sent, words)),
    st.tuples(st.builds(earsiv.GetUserList, words), st.builds(earsiv.UserList, st.none() | files)),
    st.tuples(
        st.builds(earsiv.GetBatchStatus, words),
        st.builds(earsiv.StatusAnswer, st.none() | st.builds(earsiv.BatchStatus, words, numbers, words, words, words)),
    ),
)
edefter_pairs = st.one_of(
    st.tuples(st.builds(edefter.SendDocumentFile, files), st.builds(edefter.Sent, words)),
    st.tuples(st.builds(edefter.ReceiveDocumentFile, words), st.builds(edefter.Received, st.none() | files)),
    st.tuples(
        st.builds(edefter.GetBatchStatus, words),
        st.builds(edefter.StatusAnswer, st.none() | st.builds(edefter.BatchStatus, words, words, words)),
    ),
)
exchanges = st.one_of(
    st.tuples(st.just(EFATURA), efatura_pairs),
    st.tuples(st.just(EARSIV), earsiv_pairs),
    st.tuples(st.just(EDEFTER), edefter_pairs),
)


@cache
def schema_of(service: str) -> etree.XMLSchema | None:
    """The schema in GİB's own WSDL, which imports xmlmime by name only."""
    wsdl = REFERENCE / "packages" / WSDLS.get(service, "none")
    if not wsdl.exists():
        return None
    schemas = list(etree.parse(wsdl).iter(f"{XS}schema"))
    for imported in schemas[-1].findall(f"{XS}import"):
        schemas[-1].remove(imported)
    for field in schemas[-1].iter(f"{XS}element"):
        field.attrib.pop("{http://www.w3.org/2005/05/xmlmime}expectedContentTypes", None)
        if field.get("type") == "ns1:base64Binary":
            field.set("type", "xs:base64Binary")
    return etree.XMLSchema(etree.fromstring(etree.tostring(schemas[-1])))


def assert_valid(service: str, body: etree._Element) -> None:
    schema = schema_of(service)
    if schema is not None:
        schema.assertValid(etree.fromstring(etree.tostring(body)))


@given(exchanges, st.booleans(), st.sampled_from(Version))
def test_what_one_end_writes_the_other_reads(
    exchange: tuple[Service[Any, Any], tuple[Any, Any]], mtom: bool, version: Version
) -> None:
    service, (request, response) = exchange
    payload = service.write_request(request, version=version, mtom=mtom)
    call = service.read_request(payload.content_type, payload.body, soap_action=payload.soap_action or "")
    assert call.request == request
    assert call.message.version is version
    assert call.message.action == (call.operation.action or "")
    reply = service.write_response(call, response, mtom=mtom)
    assert reply.status == 200
    assert service.read_response(request, reply.payload.content_type, reply.payload.body) == response
    if not mtom:
        assert_valid(service.name, call.message.body)
        assert_valid(service.name, read(reply.payload.content_type, reply.payload.body).body)


@needs_reference
def test_gibs_own_schemas_judge_what_is_written() -> None:
    assert all(schema_of(name) is not None for name in WSDLS)


FAULTS = [
    *[(EFATURA, name, row) for name in ("sendDocument", "getApplicationResponse") for row in efatura.FAULTS.rows],
    *[(EARSIV, "sendDocumentFile", row) for row in earsiv.SEND.rows],
    *[(EARSIV, "getUserList", row) for row in earsiv.USERS.rows],
    *[(EARSIV, "getBatchStatus", row) for row in earsiv.STATUS.rows],
    *[(EDEFTER, "sendDocumentFile", row) for row in edefter.SEND.rows],
    *[(EDEFTER, "receiveDocumentFile", row) for row in edefter.RECEIVE.rows],
    *[(EDEFTER, "getBatchStatus", row) for row in edefter.STATUS.rows],
]


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize(("service", "name", "row"), FAULTS)
def test_every_fault_arrives_as_it_was_sent(service: Service[Any, Any], name: str, row: Any, version: Version) -> None:
    operation = service.named(name)
    reply = service.write_fault(service.fault_of(operation, row.number), version=version)
    assert reply.status == 500
    message = read(reply.payload.content_type, reply.payload.body)
    fault = fault_in(message)
    assert fault is not None
    for detail in fault.details:
        assert_valid(service.name, detail)
    with pytest.raises(ServiceFault) as caught:
        service.read_response(operation.request.type.make(), reply.payload.content_type, reply.payload.body)
    error = caught.value
    assert (error.result, error.number, error.code, error.permanent) == (row, row.number, row.code, row.permanent)
    assert row.label in error.message
    # lxml's own kind of str breaks what writes JSON.
    assert type(error.message) is str


def test_the_fault_of_ek3_is_read() -> None:
    """Ek-3, 8: the Detail that stacks without wsdl:fault must build too."""
    detail = (
        "<soapenv:Fault xmlns:soapenv='http://www.w3.org/2003/05/soap-envelope'><soapenv:Detail>"
        "<ns2:EFaturaFault xmlns:ns2='http://gib.gov.tr/vedop3/eFatura'><code>2000</code>"
        "<msg>OZET DEGERLER ESIT DEGIL</msg></ns2:EFaturaFault></soapenv:Detail></soapenv:Fault>"
    )
    payload = ship(envelope(etree.fromstring(detail)))
    read_again = partial(EFATURA.read_response, efatura.Query(), payload.content_type, payload.body)
    assert code_of(read_again) == "wire.efatura.2000"


def answered(service: Service[Any, Any], request: Any, body: str) -> Callable[[], Any]:
    payload = ship(envelope(etree.fromstring(body)))
    return lambda: service.read_response(request, payload.content_type, payload.body)


def fault_with(detail: str, reason: str = "r", code: str = "Receiver") -> str:
    fault = Fault(code, reason, (etree.fromstring(detail),) if detail else ())
    return etree.tostring(written_fault(fault)).decode()


E, A, D = (f"xmlns:g='{service.namespace}'" for service in (EFATURA, EARSIV, EDEFTER))
NIL = "xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='true'"
ODD_FAULTS: dict[str, tuple[Service[Any, Any], str, str]] = {
    "an unknown number": (EFATURA, f"<g:EFaturaFault {E}><code>9</code></g:EFaturaFault>", "wire.efatura.unknown"),
    "no number": (EARSIV, f"<g:EArsivFault {A}><code {NIL}/></g:EArsivFault>", "wire.earsiv.unknown"),
    "a number that is none": (EFATURA, f"<g:EFaturaFault {E}><code>x</code></g:EFaturaFault>", "wire.fault-passing"),
    "another element": (EARSIV, f"<g:InterruptedException {A}/>", "wire.fault-passing"),
    "nothing": (EDEFTER, "", "wire.fault-passing"),
    "a number in e-Defter": (EDEFTER, f"<g:Any {D}><code>304</code><msg>m</msg></g:Any>", "wire.edefter.304"),
    "an unknown number in e-Defter": (EDEFTER, f"<g:Any {D}><code>999</code></g:Any>", "wire.edefter.unknown"),
}


@pytest.mark.parametrize("name", ODD_FAULTS)
def test_an_odd_fault_is_still_a_fault(name: str) -> None:
    service, detail, code = ODD_FAULTS[name]
    request: Any = service.operations[-1].request.type.make()
    assert code_of(answered(service, request, fault_with(detail))) == code


def test_e_defters_number_is_found_at_the_beginning_of_the_reason() -> None:
    assert code_of(answered(EDEFTER, edefter.GetBatchStatus(), fault_with("", "304 - yok"))) == "wire.edefter.304"
    assert code_of(answered(EDEFTER, edefter.GetBatchStatus(), fault_with("", "444 yok"))) == "wire.fault-passing"


def test_other_faults_say_whether_trying_again_may_help() -> None:
    for code, permanent in (("Sender", True), ("MustUnderstand", True), ("Receiver", False)):
        with pytest.raises(WireError) as caught:
            answered(EFATURA, efatura.Query(), fault_with("", "boom", code))()
        assert (caught.value.permanent, "boom" in caught.value.text.en) == (permanent, True)


def test_an_answer_to_something_else_leaves_the_outcome_unclear() -> None:
    with pytest.raises(WireError) as caught:
        answered(EFATURA, efatura.Query(), f"<g:documentResponse {E}/>")()
    assert (caught.value.code, caught.value.is_unclear, caught.value.permanent) == ("wire.answer", True, False)


def request_of(service: Service[Any, Any], body: str, action: str = "") -> Any:
    payload = ship(envelope(etree.fromstring(body)), action=action)
    return service.read_request(payload.content_type, payload.body).request


SEND = f"<g:documentRequest {E}>{{}}</g:documentRequest>"
BAD_REQUESTS = {
    "an unknown operation": (f"<g:sendDocument {E}/>", "", "wire.operation"),
    "an operation of nowhere": ("<documentRequest/>", "", "wire.operation"),
    "an unknown field": (SEND.format("<size>1</size>"), "", "wire.field-unknown"),
    "a field of another namespace": (SEND.format("<x:hash xmlns:x='urn:x'/>"), "", "wire.field-unknown"),
    "a field twice": (SEND.format("<hash/><hash/>"), "", "wire.field-twice"),
    "an element in a text": (SEND.format("<hash><b/></hash>"), "", "wire.field-unknown"),
    "an element in bytes": (SEND.format("<binaryData><b/></binaryData>"), "", "wire.field-unknown"),
    "bytes that are no base64": (SEND.format("<binaryData>%</binaryData>"), "", "wire.base64"),
    "bytes in other letters": (SEND.format("<binaryData>ş</binaryData>"), "", "wire.base64"),
    "the action of another operation": (SEND.format(""), "getApplicationResponse", "wire.action"),
    "the same with a prefix": (SEND.format(""), "urn:x/GETAPPLICATIONRESPONSE", "wire.action"),
}


@pytest.mark.parametrize("name", BAD_REQUESTS)
def test_a_bad_request_is_refused_with_its_code(name: str) -> None:
    body, action, code = BAD_REQUESTS[name]
    assert code_of(lambda: request_of(EFATURA, body, action)) == code


def test_an_include_where_no_bytes_belong_is_refused() -> None:
    payload = EFATURA.write_request(efatura.Document("", b"d"))
    body = payload.body.replace(b"binaryData>", b"hash>")
    assert code_of(lambda: EFATURA.read_request(payload.content_type, body)) == "wire.field-unknown"


def test_requests_as_other_stacks_write_them_are_read() -> None:
    wanted = efatura.Document("a.zip", b"data", "h")
    for fields in (
        "<hash>h</hash><binaryData>ZGF0\n  YQ==</binaryData><fileName>a.zip</fileName>",
        "<g:fileName>a.zip</g:fileName><g:binaryData m:contentType='application/zip' "
        "xmlns:m='http://www.w3.org/2005/05/xmlmime'>ZGF0YQ==</g:binaryData><g:hash>h</g:hash>",
        "<!-- c --><fileName>a<!-- c -->.<![CDATA[zip]]></fileName><binaryData>ZGF0YQ==</binaryData><hash>h</hash>",
    ):
        assert request_of(EFATURA, SEND.format(fields), "sendDocument") == wanted
        assert request_of(EFATURA, SEND.format(fields), "urn:something-else") == wanted
    assert request_of(EFATURA, SEND.format("")) == efatura.Document()
    assert request_of(EARSIV, f"<g:sendDocumentFile {A}/>", "urn:sendDocumentFile") == earsiv.SendDocumentFile(None)


def test_the_sample_of_the_e_defter_guide_is_read() -> None:
    """Web Servis Kılavuzu V1.7, 5, without the seal."""
    name = "1234567890-201407-YB-000000"
    sample = f"<web:getBatchStatus xmlns:web='{edefter.NAMESPACE}'><paketID>{name}</paketID></web:getBatchStatus>"
    assert request_of(EDEFTER, sample) == edefter.GetBatchStatus(name)


@pytest.mark.parametrize("around", ["return", "durum", "g:durum"])
def test_e_defters_answers_are_read_by_what_they_hold(around: str) -> None:
    status = "<durumAciklama>a</durumAciklama><durumKodu>0</durumKodu><paketKimligi>p</paketKimligi>"
    body = f"<g:getBatchStatusResponse {D}><{around}>{status}</{around}></g:getBatchStatusResponse>"
    found = answered(EDEFTER, edefter.GetBatchStatus(), body)()
    assert found == edefter.StatusAnswer(edefter.BatchStatus("a", "0", "p"))


STATUS = f"<g:getBatchStatusResponse {A}><return><durumKodu>{{}}</durumKodu></return></g:getBatchStatusResponse>"


@pytest.mark.parametrize("code", ["", "x", "1.0", "2147483648", "-2147483649", "9" * 5000, "٣"])
def test_numbers_are_numbers(code: str) -> None:
    assert code_of(answered(EARSIV, earsiv.GetBatchStatus(), STATUS.format(code))) == "wire.field-value"


@pytest.mark.parametrize("code", ["30", " +30 ", "030\n", "3<!-- -->0"])
def test_numbers_are_read_as_xml_schema_has_them(code: str) -> None:
    assert answered(EARSIV, earsiv.GetBatchStatus(), STATUS.format(code))().status.result == earsiv.STATUS[30]


def test_what_xml_cannot_hold_is_not_written() -> None:
    assert code_of(lambda: EFATURA.write_request(efatura.Query("a\0"))) == "wire.text-unfit"
    call = EARSIV.read_request(*EARSIV.write_request(earsiv.GetBatchStatus("p"))[:2])
    answer = earsiv.StatusAnswer(earsiv.BatchStatus(code=2**31))
    assert code_of(lambda: EARSIV.write_response(call, answer)) == "wire.number-unfit"


def test_a_seal_sees_the_envelope_and_its_attachments() -> None:
    seen = []

    def seal(xml: bytes, attachments: Any) -> bytes:
        seen.append((b"Include" in xml, dict(attachments)))
        return xml.replace(b"<soap:Body>", b"<soap:Header><s xmlns='urn:s'/></soap:Header><soap:Body>")

    request = earsiv.SendDocumentFile(Attachment("a.zip", b"zip"))
    for mtom in (True, False):
        payload = EARSIV.write_request(request, mtom=mtom, seal=seal)
        call = EARSIV.read_request(payload.content_type, payload.body)
        assert ([one.tag for one in call.message.headers], call.request) == (["{urn:s}s"], request)
    assert [attached for attached, _ in seen] == [True, False]
    assert [list(files.values()) for _, files in seen] == [[b"zip"], []]


def test_a_receipt_with_another_hash_leaves_the_outcome_unclear() -> None:
    document = efatura.Document.of(GUID, b"zip")
    for wrong in ("", "0" * 32):
        with pytest.raises(WireError) as caught:
            answered(EFATURA, document, f"<g:documentResponse {E}><hash>{wrong}</hash></g:documentResponse>")()
        assert (caught.value.code, caught.value.is_unclear) == ("wire.receipt", True)


def test_an_operation_or_fault_that_is_not_there_is_said_so() -> None:
    with pytest.raises(KeyError):
        EFATURA.named("sendDocumentFile")
    fault = EFATURA.fault_of("sendDocument", 7777, "neden")
    assert (fault.code, fault.number, fault.permanent) == ("wire.efatura.unknown", 7777, True)
    assert "neden" in fault.text.tr
    assert isinstance(fault, UlakError)
