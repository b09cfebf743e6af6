"""The e-Defter service: books and berats sent, asked about, and GİB's approved berats fetched.

Source: e-Defter Uygulaması Web Servis Kılavuzu V1.7, 2, 4 and 5; package names: Teknik Kılavuz V1.7, 2.4.1. Messages
are sealed with WS-Security (`ulak.seal.wssecurity`).

GİB's WSDL of this service is not held. The guide's sample message shows a request; the elements of answers and of
faults are shown nowhere. Answers are therefore read by what they hold, whatever the element around it is called, and
written as JAX-WS services name them (``return``). A fault's number is read from a ``code`` element or the beginning of
its reason, and written there.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from ulak.wire.attachment import ATTACHMENT, Attachment
from ulak.wire.edefter_codes import RECEIVE, SEND, STATUS
from ulak.wire.fields import Complex, Field, Root, Simple
from ulak.wire.service import Operation, Service

__all__ = [
    "NAMESPACE",
    "RECEIVE",
    "SEND",
    "SERVICE",
    "STATUS",
    "Attachment",
    "BatchStatus",
    "GetBatchStatus",
    "ReceiveDocumentFile",
    "Received",
    "SendDocumentFile",
    "Sent",
    "StatusAnswer",
    "check_package",
    "package_id_of",
]

NAMESPACE: Final = "http://webservice.edefter.gib.gov.tr/"
_PACKAGE: Final = re.compile(
    r"(?:\d{10}|\d{11})-\d{4}(?:0[1-9]|1[0-2])-(?:YB|KB|EB|DR)-\d{6}(?:-(?!0000)\d{4})?\.zip", re.ASCII
)


class SendDocumentFile(NamedTuple):
    """``sendDocumentFile``'s request: a zip of a book and its berat. None only in messages that lack it."""

    attachment: Attachment | None = None


class Sent(NamedTuple):
    """``sendDocumentFile``'s response; the guide has "[paketAdı] paketi işleme alındı"."""

    message: str = ""


class ReceiveDocumentFile(NamedTuple):
    """``receiveDocumentFile``'s request: a package's id, e.g. ``9999999999-202402-YB-000000``."""

    package_id: str = ""


class Received(NamedTuple):
    """``receiveDocumentFile``'s response: the berat that GİB approved."""

    attachment: Attachment | None = None


class GetBatchStatus(NamedTuple):
    """``getBatchStatus``'s request: a package's id."""

    package_id: str = ""


class BatchStatus(NamedTuple):
    """How the newest package of an id stands; the guide lists no values for the code, so it stays text."""

    description: str = ""
    code: str = ""
    package_id: str = ""


class StatusAnswer(NamedTuple):
    """``getBatchStatus``'s response."""

    status: BatchStatus | None = None


_STRING: Final = Simple.STRING
_STATUS: Final = Complex(
    "durum",
    BatchStatus,
    (
        Field("durumAciklama", "description", _STRING),
        Field("durumKodu", "code", _STRING),
        Field("paketKimligi", "package_id", _STRING),
    ),
)


def _root(name: str, make: Any, *fields: Field) -> Root:
    return Root(name, Complex(name, make, fields))


SERVICE: Final[Service[SendDocumentFile | ReceiveDocumentFile | GetBatchStatus, Sent | Received | StatusAnswer]] = (
    Service(
        "edefter",
        NAMESPACE,
        (
            Operation(
                "sendDocumentFile",
                None,
                _root(
                    "sendDocumentFile", SendDocumentFile, Field("Attachment", "attachment", ATTACHMENT, required=True)
                ),
                _root("sendDocumentFileResponse", Sent, Field("return", "message", _STRING, is_named=False)),
                SEND,
            ),
            Operation(
                "receiveDocumentFile",
                None,
                _root(
                    "receiveDocumentFile", ReceiveDocumentFile, Field("PaketID", "package_id", _STRING, required=True)
                ),
                _root(
                    "receiveDocumentFileResponse", Received, Field("return", "attachment", ATTACHMENT, is_named=False)
                ),
                RECEIVE,
            ),
            Operation(
                "getBatchStatus",
                None,
                _root("getBatchStatus", GetBatchStatus, Field("paketID", "package_id", _STRING, required=True)),
                _root("getBatchStatusResponse", StatusAnswer, Field("return", "status", _STATUS, is_named=False)),
                STATUS,
            ),
        ),
    )
)
"""Both ends of the service."""


def package_id_of(file_name: str) -> str:
    """The id that a package is asked about with.

    >>> package_id_of("9999999999-202402-YB-000000.zip")
    '9999999999-202402-YB-000000'
    """
    return file_name.removesuffix(".zip")


def check_package(request: SendDocumentFile) -> None:
    """What a server checks before it takes a package: that it is there, and its name.

    Raises:
        ServiceFault: 103, 104, 105, 108.
    """
    if request.attachment is None:
        raise SERVICE.fault_of("sendDocumentFile", 103)
    name, data = request.attachment
    if not name:
        raise SERVICE.fault_of("sendDocumentFile", 104)
    if not data:
        raise SERVICE.fault_of("sendDocumentFile", 105)
    if not _PACKAGE.fullmatch(name):
        raise SERVICE.fault_of("sendDocumentFile", 108)
