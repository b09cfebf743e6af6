"""The e-Arşiv service: reports sent and asked about, and the list of e-Arşiv users.

Sources: EArsivWs WSDL of the e-Arşiv package 1.1_6; e-Arşiv Kılavuzu V1.18, 5 and 11. Messages are sealed with
WS-Security (`ulak.seal.wssecurity`).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.wire.attachment import ATTACHMENT, Attachment
from ulak.wire.earsiv_codes import SEND, STATUS, USERS
from ulak.wire.fields import Complex, Field, Root, Simple
from ulak.wire.results import Result
from ulak.wire.service import Operation, Service

__all__ = [
    "NAMESPACE",
    "SEND",
    "SERVICE",
    "STATUS",
    "USERS",
    "Attachment",
    "BatchStatus",
    "FaultBody",
    "GetBatchStatus",
    "GetUserList",
    "SendDocumentFile",
    "Sent",
    "StatusAnswer",
    "UserList",
    "check_package",
    "check_user_list",
]

NAMESPACE: Final = "http://earsiv.vedop3.ggm.gov.org/"
_NAME_LENGTH: Final = 40


class SendDocumentFile(NamedTuple):
    """``sendDocumentFile``'s request: a zipped report. The attachment is None only in messages that lack it."""

    attachment: Attachment | None = None


class Sent(NamedTuple):
    """``sendDocumentFile``'s response: the service's words, of which no source fixes more than "Dosya Kaydedildi"."""

    message: str = ""


class GetUserList(NamedTuple):
    """``getUserList``'s request: the form of the list, ``XML`` or ``CSV``."""

    kind: str = ""


class UserList(NamedTuple):
    """``getUserList``'s response: the zipped list."""

    attachment: Attachment | None = None


class GetBatchStatus(NamedTuple):
    """``getBatchStatus``'s request: a package's id, which is the file's name without ``.zip``."""

    package_id: str = ""


class BatchStatus(NamedTuple):
    """How a package stands.

    Attributes:
        code: ``durumKodu``; None only in messages that lack it.
        description: the service's own words.
        tckn: ``TCKimlikNo``.
        vkn: ``vergiKimlikNo``.
    """

    description: str = ""
    code: int | None = None
    package_id: str = ""
    tckn: str = ""
    vkn: str = ""

    @property
    def result(self) -> Result | None:
        """What the code means; None for one that is not documented."""
        return STATUS.get(self.code)


class StatusAnswer(NamedTuple):
    """``getBatchStatus``'s response."""

    status: BatchStatus | None = None


class FaultBody(NamedTuple):
    """What ``EArsivFault`` holds; both may be ``xsi:nil``."""

    code: int | None = None
    message: str | None = None


_STRING: Final = Simple.STRING
_STATUS: Final = Complex(
    "durum",
    BatchStatus,
    (
        Field("durumAciklama", "description", _STRING),
        Field("durumKodu", "code", Simple.INT, required=True),
        Field("paketId", "package_id", _STRING),
        Field("TCKimlikNo", "tckn", _STRING),
        Field("vergiKimlikNo", "vkn", _STRING),
    ),
)


def _root(name: str, make: type, *fields: Field) -> Root:
    return Root(name, Complex(name, make, fields))


_SEND: Final = Operation(
    "sendDocumentFile",
    "urn:SendDocumentFile",
    _root("sendDocumentFile", SendDocumentFile, Field("Attachment", "attachment", ATTACHMENT, required=True)),
    _root("sendDocumentFileResponse", Sent, Field("return", "message", _STRING)),
    SEND,
)
_USERS: Final = Operation(
    "getUserList",
    "urn:GetUserList",
    _root("getUserList", GetUserList, Field("type", "kind", _STRING)),
    _root("getUserListResponse", UserList, Field("return", "attachment", ATTACHMENT)),
    USERS,
)
_ASK: Final = Operation(
    "getBatchStatus",
    "urn:GetBatchStatus",
    _root("getBatchStatus", GetBatchStatus, Field("paketId", "package_id", _STRING, required=True)),
    _root("getBatchStatusResponse", StatusAnswer, Field("return", "status", _STATUS)),
    STATUS,
    other_faults=("InterruptedException",),
)
SERVICE: Final[Service[SendDocumentFile | GetUserList | GetBatchStatus, Sent | UserList | StatusAnswer]] = Service(
    "earsiv",
    NAMESPACE,
    (_SEND, _USERS, _ASK),
    fault=_root(
        "EArsivFault",
        FaultBody,
        Field("code", "code", Simple.INT, required=True, nillable=True),
        Field("message", "message", _STRING, required=True, nillable=True),
    ),
    fallback=8,
)
"""Both ends of the service."""


def check_package(request: SendDocumentFile) -> None:
    """What a server checks before it takes a package: that it is there, and its name (V1.18, 11).

    Raises:
        ServiceFault: 2, 3, 9, 10, 5.
    """
    if request.attachment is None:
        raise SERVICE.fault_of(_SEND, 2)
    name, data = request.attachment
    if not name:
        raise SERVICE.fault_of(_SEND, 3)
    if len(name) != _NAME_LENGTH:
        raise SERVICE.fault_of(_SEND, 9)
    if not name.lower().endswith(".zip"):
        raise SERVICE.fault_of(_SEND, 10)
    if not data:
        raise SERVICE.fault_of(_SEND, 5)


def check_user_list(request: GetUserList) -> None:
    """What a server checks before it gives the list (V1.18, 11).

    Raises:
        ServiceFault: 2 for a form other than XML or CSV.
    """
    if request.kind.strip().upper() not in ("XML", "CSV"):
        raise SERVICE.fault_of(_USERS, 2)
