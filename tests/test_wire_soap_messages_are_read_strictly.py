"""SOAP 1.1 and 1.2 messages: read as they are meant, or refused with a code and answered with a fault."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ulak.errors import UlakError
from ulak.wire import Limits, Version, edefter, efatura
from ulak.wire.mtom import pack
from ulak.wire.problems import wire_error
from ulak.wire.soap import Fault, Message, attached, envelope, fault_in, read, ship, spoken, written_fault
from wire_cases import code_of, outcome

S12, S11 = Version.SOAP12.value, Version.SOAP11.value
BODY = "<x:a xmlns:x='urn:x'/>"
INCLUDE = "<i:Include xmlns:i='http://www.w3.org/2004/08/xop/include' href='{}'/>"
SECURITY = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}Security"


def said(inside: str = BODY, header: str = "", soap: str = S12) -> bytes:
    return f"<s:Envelope xmlns:s='{soap}'>{header}<s:Body>{inside}</s:Body></s:Envelope>".encode()


def alone(xml: bytes, kind: str = "application/soap+xml", action: str = "") -> Message:
    return read(kind, xml, soap_action=action)


def packed(xml: bytes, attachments: Mapping[str, bytes]) -> Message:
    payload = pack(xml, attachments, kind="application/soap+xml", action="act")
    return read(payload.content_type, payload.body)


def test_a_message_is_read_in_either_version() -> None:
    new = alone(said(), 'application/soap+xml; charset=utf-8; action="urn:x:act"')
    assert (new.version, new.action, new.body.tag, new.is_mtom) == (Version.SOAP12, "urn:x:act", "{urn:x}a", False)
    old = alone(said(soap=S11), "text/xml; charset=utf-8", '"act"')
    assert (old.version, old.action, old.body.tag) == (Version.SOAP11, "act", "{urn:x}a")
    assert new.envelope == said()


def test_the_envelope_says_the_version_whatever_the_content_type_says() -> None:
    assert alone(said(soap=S11), "application/soap+xml").version is Version.SOAP11


@pytest.mark.parametrize(
    "kind",
    [
        'multipart/related; type="application/xop+xml"; boundary="b"; start-info="application/soap+xml"; action="act"',
        'multipart/related; boundary=b; start-info="application/soap+xml;action=\\"act\\""',
        "multipart/related; boundary=b",
    ],
)
def test_the_action_of_a_package_is_found_wherever_it_stands(kind: str) -> None:
    part = b'Content-Type: application/xop+xml; type="application/soap+xml; action=\\"act\\""\r\n\r\n'
    assert read(kind, b"--b\r\n" + part + said() + b"\r\n--b--").action == "act"


def test_headers_are_kept() -> None:
    header = "<s:Header><h:one xmlns:h='urn:h'>1</h:one><!-- --><h:two xmlns:h='urn:h'/></s:Header>"
    assert [block.tag for block in alone(said(header=header)).headers] == ["{urn:h}one", "{urn:h}two"]


def test_what_must_be_understood_is_understood_or_refused() -> None:
    for flag in ("1", "true", " true "):
        header = f"<s:Header><h:one xmlns:h='urn:h' s:mustUnderstand='{flag}'/></s:Header>"
        assert code_of(partial(alone, said(header=header))) == "wire.must-understand"
        assert read("text/xml", said(header=header), understood={"{urn:h}one"}).body.tag == "{urn:x}a"
    assert alone(said(header="<s:Header><h:one xmlns:h='urn:h' s:mustUnderstand='0'/></s:Header>")).headers


@pytest.mark.parametrize(
    ("name", "href"),
    [
        ("p@x", "cid:p@x"),
        ("p@x", "CID:p%40x"),
        ("http://tempuri.org/1/2@x", "cid:http%3A%2F%2Ftempuri.org%2F1%2F2@x"),
        ("p%40x@y", "cid:p%40x@y"),
    ],
)
def test_an_attachment_is_found_by_its_address(name: str, href: str) -> None:
    message = packed(said(f"<a>{INCLUDE.format(href)}</a>"), {name: b"data"})
    assert attached(message.body[0], message.attachments) == b"data"
    assert message.is_mtom


BAD = {
    "no SOAP": (b"<a/>", "wire.not-envelope"),
    "an older SOAP": (said(soap="urn:soap"), "wire.not-envelope"),
    "no body": (f"<s:Envelope xmlns:s='{S12}'/>".encode(), "wire.structure"),
    "two bodies": (said().replace(b"</s:Envelope>", b"<s:Body/></s:Envelope>"), "wire.structure"),
    "a header after the body": (said().replace(b"</s:Envelope>", b"<s:Header/></s:Envelope>"), "wire.structure"),
    "a body of the other SOAP": (said().replace(b"<s:Body>", f"<s:Body xmlns:s='{S11}'>".encode()), "wire.structure"),
    "an empty body": (said(""), "wire.body"),
    "two elements": (said(BODY * 2), "wire.body"),
    "an include of nothing": (said(f"<a>{INCLUDE.format('cid:p@x')}</a>"), "wire.part-missing"),
    "an include of the web": (said(f"<a>{INCLUDE.format('https://x/')}</a>"), "wire.include"),
    "an include without address": (said(f"<a>{INCLUDE.format('')}</a>"), "wire.include"),
    "an include beside text": (said(f"<a>x{INCLUDE.format('cid:p@x')}</a>"), "wire.include"),
    "an include before text": (said(f"<a>{INCLUDE.format('cid:p@x')}x</a>"), "wire.include"),
    "two includes": (said(f"<a>{INCLUDE.format('cid:p@x') * 2}</a>"), "wire.include"),
    "a DTD": (b"<!DOCTYPE a [<!ENTITY e 'x'>]>" + said(), "xml.dtd"),
    "nothing": (b"", "xml.empty"),
    "a zip": (b"PK\x03\x04", "xml.not-xml"),
    "half a message": (said()[:-20], "xml.truncated"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_message_is_refused_with_its_code(name: str) -> None:
    xml, code = BAD[name]
    assert code_of(lambda: alone(xml)) == code


def test_parts_that_nobody_uses_are_refused() -> None:
    assert code_of(lambda: packed(said(), {"p@x": b""})) == "wire.part-unused"
    nameless = b"--b\r\nContent-Type: text/xml\r\n\r\n" + said() + b"\r\n--b\r\n\r\nx\r\n--b--"
    assert code_of(lambda: read("multipart/related; boundary=b", nameless)) == "wire.part-unused"


@pytest.mark.parametrize("kind", ["application/json", "text/html; charset=utf-8", "multipart/form-data; boundary=b"])
def test_other_content_types_are_refused(kind: str) -> None:
    assert code_of(lambda: read(kind, said())) == "wire.content-type"


def test_limits_hold() -> None:
    assert code_of(lambda: read("text/xml", said(), limits=Limits(total=10))) == "wire.too-large"
    assert code_of(lambda: read("text/xml", said(), limits=Limits(envelope=10))) == "xml.too-large"
    many = said().replace(b"</", b"<a/>" * 200_000 + b"</", 1)
    assert code_of(lambda: read("text/xml", many)) == "wire.too-much-markup"


faults = st.builds(
    lambda code, reason: Fault(code, reason),
    st.sampled_from(["Sender", "Receiver", "VersionMismatch", "MustUnderstand", "DataEncodingUnknown"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=50).map(str.strip),
)


@given(faults, st.sampled_from(Version))
def test_a_fault_survives_writing_and_reading(fault: Fault, version: Version) -> None:
    payload = ship(envelope(written_fault(fault, version), version), version)
    found = fault_in(read(payload.content_type, payload.body))
    assert found == fault


def test_faults_as_others_write_them_are_read() -> None:
    axis = "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>x</s:Value></s:Subcode></s:Code>"
    axis += "<s:Reason><s:Text xml:lang='en-US'> unknown </s:Text></s:Reason><s:Detail>t<a/><b/></s:Detail></s:Fault>"
    fault = fault_in(alone(said(axis)))
    assert fault is not None
    assert (fault.code, fault.reason, [one.tag for one in fault.details]) == ("Receiver", "unknown", ["a", "b"])
    old = "<faultcode>s:Server.userException</faultcode><faultstring>e</faultstring><detail><a/></detail>"
    fault = fault_in(alone(said(f"<s:Fault>{old}</s:Fault>", soap=S11)))
    assert fault is not None
    assert (fault.code, fault.reason, len(fault.details)) == ("Receiver", "e", 1)
    assert fault_in(alone(said("<s:Fault/>"))) == Fault("Receiver", "")
    assert fault_in(alone(said())) is None


def test_a_message_that_cannot_be_read_is_answered_in_its_version() -> None:
    for kind in ("text/xml", 'multipart/related; start-info="text/xml"'):
        assert spoken(kind) is Version.SOAP11
    for kind in ("application/soap+xml; action=x", "multipart/related", "", "\0"):
        assert spoken(kind) is Version.SOAP12


ANSWERS = {
    "wire.not-envelope": (b"<a/>", "VersionMismatch", 500, 0),
    "wire.must-understand": (
        said(header="<s:Header><h:x xmlns:h='urn:h' s:mustUnderstand='1'/></s:Header>"),
        "MustUnderstand",
        500,
        0,
    ),
    "wire.operation": (said(), "Sender", 400, 1),
    "xml.truncated": (said()[:-5], "Sender", 400, 1),
}


@pytest.mark.parametrize("code", ANSWERS)
def test_whoever_sends_nonsense_gets_a_fault(code: str) -> None:
    xml, soap_code, status, details = ANSWERS[code]
    with pytest.raises(UlakError) as caught:
        efatura.SERVICE.read_request("application/soap+xml", xml)
    assert caught.value.code == code
    reply = efatura.SERVICE.write_fault(caught.value, language="en")
    fault = fault_in(read(reply.payload.content_type, reply.payload.body))
    assert fault is not None
    assert (reply.status, fault.code, fault.reason) == (status, soap_code, caught.value.text.en)
    assert [one.findtext("code") for one in fault.details] == ["2005"] * details
    assert efatura.SERVICE.write_fault(caught.value, version=Version.SOAP11).status == 500


@pytest.mark.parametrize("error", [OSError("/var/secret"), wire_error("wire.text-unfit", place="/var/secret")])
def test_what_fails_in_the_server_is_not_told_to_strangers(error: Exception) -> None:
    reply = efatura.SERVICE.write_fault(error)
    fault = fault_in(read(reply.payload.content_type, reply.payload.body))
    assert fault is not None
    assert (reply.status, fault.code, fault.details[0].findtext("code")) == (500, "Receiver", "2005")
    assert b"secret" not in reply.payload.body


def test_a_fault_quotes_what_xml_cannot_hold() -> None:
    kind = "multipart/related; boundary=b"
    with pytest.raises(UlakError) as caught:
        efatura.SERVICE.read_request(kind, b"--b\r\n\x00\x01: \xff\r\n\r\n\r\n--b--")
    assert b"\xef\xbf\xbd" in efatura.SERVICE.write_fault(caught.value).payload.body
    assert edefter.SERVICE.write_fault(caught.value).status == 400


@given(st.binary(max_size=300))
def test_noise_is_read_or_refused(noise: bytes) -> None:
    for kind in ("text/xml", "application/soap+xml", "multipart/related; boundary=b"):
        code = outcome(partial(read, kind, noise))
        assert code.startswith(("wire.", "xml."))


TREES = st.recursive(
    st.sampled_from(["", "x", "<!-- c -->", "<?p i?>", INCLUDE.format("cid:p@x")]),
    lambda inside: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
        st.sampled_from(["s:Envelope", "s:Header", "s:Body", "s:Fault", "s:Code", "a", "fileName"]),
        st.lists(inside, max_size=3),
    ),
    max_leaves=8,
)


@given(TREES, TREES)
def test_odd_trees_are_read_or_refused(header: str, body: str) -> None:
    for xml in (said(body, header), said(body, f"<s:Header>{header}</s:Header>")):
        try:
            message = alone(xml)
        except UlakError:
            continue
        fault_in(message)
        assert outcome(partial(efatura.SERVICE.read_request, "text/xml", xml)) == "wire.operation"


@given(st.data())
def test_changed_requests_are_read_or_refused(data: st.DataObject) -> None:
    document = efatura.Document.of("bd0a35bd-2578-4eaa-9f94-e7906e196771", b"zip")
    payload = efatura.SERVICE.write_request(document, mtom=data.draw(st.booleans()))
    body = bytearray(payload.body)
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=3)):
        body[at] = data.draw(st.integers(0, 255))
    outcome(lambda: efatura.SERVICE.read_request(payload.content_type, bytes(body)))


def test_the_room_imports_no_other_room() -> None:
    allowed = ("ulak.wire", "ulak.xml", "ulak.errors", "ulak.spans", "ulak.alarms")
    for path in (Path(__file__).parents[1] / "src" / "ulak" / "wire").glob("*.py"):
        lines = [
            line.split()[1]
            for line in path.read_text("utf-8").splitlines()
            if line.startswith(("from ulak", "import ulak"))
        ]
        assert [name for name in lines if not name.startswith(allowed)] == [], path.name


def test_written_envelopes_can_bear_headers() -> None:
    block = etree.Element(SECURITY)
    payload = efatura.SERVICE.write_request(efatura.Query("x"), headers=[block])
    assert [one.tag for one in read(payload.content_type, payload.body).headers] == [SECURITY]
