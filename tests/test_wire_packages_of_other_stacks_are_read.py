"""Packages laid out as the SOAP stacks of the field lay them out, and ours as Python's own mail parser reads them."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import NamedTuple

import pytest

from ulak.wire import Version, efatura
from ulak.wire.mtom import pack

DOCUMENT = efatura.Document.of("bd0a35bd-2578-4eaa-9f94-e7906e196771", b"PK\x03\x04\r\n--uuid:\r\n\x00\xff")


class Stack(NamedTuple):
    """How a stack writes: the HTTP content type, the headers of the two parts, the address of the second."""

    media: str
    root: str
    part: str
    href: str
    boundary: str
    first: str = ""


STACKS = {
    "Apache CXF": Stack(
        'multipart/related; type="application/xop+xml"; boundary="uuid:6d1f7b0a-1"; '
        'start="<root.message@cxf.apache.org>"; start-info="application/soap+xml"; action="sendDocument"',
        'Content-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"; action="sendDocument"\r\n'
        "Content-Transfer-Encoding: binary\r\nContent-ID: <root.message@cxf.apache.org>",
        "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n"
        "Content-ID: <0b8e1d5c-1@cxf.apache.org>",
        "cid:0b8e1d5c-1@cxf.apache.org",
        "uuid:6d1f7b0a-1",
        first="\r\n",
    ),
    "Apache Axis2": Stack(
        'multipart/related; boundary=MIMEBoundary_58ac12; type="application/xop+xml"; '
        'start="<0.48ac12@apache.org>"; start-info="application/soap+xml"; action="sendDocument"',
        'Content-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"\r\n'
        "Content-Transfer-Encoding: binary\r\nContent-ID: <0.48ac12@apache.org>",
        "Content-Type: application/zip\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <1.78ac12@apache.org>",
        "cid:1.78ac12@apache.org",
        "MIMEBoundary_58ac12",
    ),
    "WCF": Stack(
        'multipart/related; type="application/xop+xml";start="<http://tempuri.org/0>";'
        'boundary="uuid:1f2b+id=1";start-info="application/soap+xml";action="sendDocument"',
        "Content-ID: <http://tempuri.org/0>\r\nContent-Transfer-Encoding: 8bit\r\n"
        'Content-Type: application/xop+xml;charset=utf-8;type="application/soap+xml"',
        "Content-ID: <http://tempuri.org/1/638>\r\nContent-Transfer-Encoding: binary\r\n"
        "Content-Type: application/octet-stream",
        "cid:http%3A%2F%2Ftempuri.org%2F1%2F638",
        "uuid:1f2b+id=1",
        first="\r\n",
    ),
    "JAX-WS RI": Stack(
        'multipart/related;start="<rootpart*4c1d@example.jaxws.sun.com>";type="application/xop+xml";'
        'boundary="uuid:4c1d";start-info="application/soap+xml;action=\\"sendDocument\\""',
        "Content-Id: <rootpart*4c1d@example.jaxws.sun.com>\r\n"
        'Content-Type: application/xop+xml;charset=utf-8;type="application/soap+xml;action=\\"sendDocument\\""\r\n'
        "Content-Transfer-Encoding: binary",
        "Content-Id: <a8@example.jaxws.sun.com>\r\nContent-Type: application/octet-stream\r\n"
        "Content-Transfer-Encoding: binary",
        "cid:a8@example.jaxws.sun.com",
        "uuid:4c1d",
    ),
    "a mail library": Stack(
        'multipart/related; boundary="===============42=="; type="application/xop+xml"',
        "Content-Type: application/xop+xml\r\nMIME-Version: 1.0\r\nContent-ID: <r@x>",
        "Content-Type: application/octet-stream;\r\n name=a.zip\r\nMIME-Version: 1.0\r\nContent-ID:\r\n <p@x>",
        "cid:p@x",
        "===============42==",
        first="This is a multi-part message in MIME format.\r\n",
    ),
}


@pytest.mark.parametrize("name", STACKS)
def test_a_package_of_another_stack_is_read(name: str) -> None:
    stack = STACKS[name]
    include = f'<inc:Include href="{stack.href}" xmlns:inc="http://www.w3.org/2004/08/xop/include"/>'
    fields = f"<fileName>{DOCUMENT.file_name}</fileName><binaryData>{include}</binaryData><hash>{DOCUMENT.hash}</hash>"
    body = f'<ns2:documentRequest xmlns:ns2="{efatura.NAMESPACE}">{fields}</ns2:documentRequest>'
    xml = f'<S:Envelope xmlns:S="{Version.SOAP12.value}"><S:Body>{body}</S:Body></S:Envelope>'
    line = f"--{stack.boundary}"
    head = f"{stack.first}{line}\r\n{stack.root}\r\n\r\n{xml}\r\n{line}\r\n{stack.part}\r\n\r\n"
    package = head.encode() + DOCUMENT.data + f"\r\n{line}--".encode()
    call = efatura.SERVICE.read_request(stack.media, package)
    assert call.request == DOCUMENT
    assert call.message.action == ("" if name == "a mail library" else "sendDocument")


def test_python_reads_our_packages() -> None:
    attachments = {"a-1@ulak": bytes(byte for byte in range(256) if byte not in b"\r\n"), "a-2@ulak": b""}
    payload = pack("<zarf ş=''/>".encode(), attachments, kind="application/soap+xml", action='a"b')
    head = f"Content-Type: {payload.content_type}\r\n\r\n".encode()
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + payload.body)
    assert not message.defects
    assert message.get_param("action") == 'a"b'
    root, *parts = message.iter_parts()
    assert root["Content-ID"] == message.get_param("start")
    assert root.get_content_type() == message.get_param("type") == "application/xop+xml"
    assert root.get_payload(decode=True) == "<zarf ş=''/>".encode()
    assert {part["Content-ID"].strip("<>"): part.get_payload(decode=True) for part in parts} == attachments
