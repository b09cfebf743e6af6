"""Requests that are sealed on their way out pass at the other end, packed or not, and changed attachments do not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from seal_pki import KNOWN_KEY
from soap_messages import AT, Pinned
from ulak.seal.wssecurity import seal_message, verify_message
from ulak.seal.wssecurity.names import wsse
from ulak.wire import Payload, Version, WireError, earsiv, edefter
from ulak.wire.attachment import Attachment

REQUEST = earsiv.SendDocumentFile(Attachment("bd0a35bd-2578-4eaa-9f94-e7906e196771.zip", b"PK\x03\x04zip"))
UNDERSTOOD = {wsse("Security")}


def seal(xml: bytes, attachments: Mapping[str, bytes]) -> bytes:
    return seal_message(xml, KNOWN_KEY, at=AT, attachments=attachments)


def passes(payload: Payload) -> bool:
    message = earsiv.SERVICE.read_request(payload.content_type, payload.body, understood=UNDERSTOOD).message
    report = verify_message(message.envelope, trust=Pinned(), at=AT, attachments=message.attachments)
    return report.has_passed


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("mtom", [True, False])
def test_a_sealed_request_passes(mtom: bool, version: Version) -> None:
    payload = earsiv.SERVICE.write_request(REQUEST, mtom=mtom, version=version, seal=seal)
    call = earsiv.SERVICE.read_request(payload.content_type, payload.body, understood=UNDERSTOOD)
    assert call.request == REQUEST
    assert passes(payload)


def test_a_changed_attachment_does_not_pass() -> None:
    payload = earsiv.SERVICE.write_request(REQUEST, seal=seal)
    assert not passes(payload._replace(body=payload.body.replace(b"zip\r\n", b"zap\r\n")))


def test_a_sealed_request_is_refused_where_nobody_checks_seals() -> None:
    payload = edefter.SERVICE.write_request(edefter.GetBatchStatus("p"), seal=seal)
    with pytest.raises(WireError) as caught:
        edefter.SERVICE.read_request(payload.content_type, payload.body)
    assert caught.value.code == "wire.must-understand"


def test_a_sealed_answer_is_read() -> None:
    payload = edefter.SERVICE.write_request(edefter.ReceiveDocumentFile("p"))
    call = edefter.SERVICE.read_request(payload.content_type, payload.body)
    answer = edefter.Received(Attachment("GIB-p.zip", b"zip"))
    reply = edefter.SERVICE.write_response(call, answer, mtom=True, seal=seal).payload
    assert edefter.SERVICE.read_response(call.request, reply.content_type, reply.body, understood=UNDERSTOOD) == answer
