"""The EFatura service: envelopes sent, and asked about. e-İrsaliye uses it too.

Sources: EFatura WSDL of the e-Fatura package; e-Fatura Uygulaması Yazılım Standartları (Ek-3) V1.4, 5, 7 and 8. GİB's
Merkez and every integrator serve the same WSDL to each other, so both ends are here.
"""

from __future__ import annotations

import re
from hashlib import md5
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.wire.fields import Complex, Field, Root, Simple
from ulak.wire.problems import wire_error
from ulak.wire.results import Result, Results
from ulak.wire.service import Operation, Service

__all__ = [
    "FAULTS",
    "NAMESPACE",
    "SERVICE",
    "Document",
    "FaultBody",
    "Query",
    "Receipt",
    "SystemResponse",
    "check_document",
    "check_receipt",
    "hash_of",
]

NAMESPACE: Final = "http://gib.gov.tr/vedop3/eFatura"
_FILE_NAME: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\.zip")


class Document(NamedTuple):
    """``sendDocument``'s request: an envelope.

    Attributes:
        file_name: the envelope's id (``InstanceIdentifier``) and ``.zip``.
        data: the zip's bytes.
        hash: MD5 of ``data``, 32 hexadecimal digits; its case is written nowhere, so either is taken.
    """

    file_name: str = ""
    data: bytes = b""
    hash: str = ""

    @classmethod
    def of(cls, envelope_id: str, data: bytes) -> Document:
        """The request that sends a zip.

        >>> Document.of("bd0a35bd-2578-4eaa-9f94-e7906e196771", b"").hash
        'd41d8cd98f00b204e9800998ecf8427e'
        """
        return cls(f"{envelope_id}.zip", data, hash_of(data))

    @property
    def envelope_id(self) -> str:
        """The file's name without ``.zip``."""
        return self.file_name.removesuffix(".zip")


class Receipt(NamedTuple):
    """``sendDocument``'s response: the envelope was queued, no more.

    Attributes:
        message: free text that no source fixes; nothing is to be read into it.
        hash: the MD5 that the receiver computed itself (see `check_receipt`).
    """

    message: str = ""
    hash: str = ""


class Query(NamedTuple):
    """``getApplicationResponse``'s request: how does an envelope stand?"""

    envelope_id: str = ""


class SystemResponse(NamedTuple):
    """``getApplicationResponse``'s response: the XML of a whole system-response envelope, as text."""

    xml: str = ""


class FaultBody(NamedTuple):
    """What ``EFaturaFault`` holds."""

    code: int | None = None
    message: str | None = None


def _result(number: int, label: str, tr: str, en: str, tr_do: str, en_do: str, *, permanent: bool) -> Result:
    return Result(f"wire.efatura.{number}", number, label, Text(tr, en), Text(tr_do, en_do), permanent=permanent)


FAULTS: Final = Results(
    (
        _result(
            2000,
            "OZET DEGERLER ESIT DEGIL",
            "Zip dosyasının MD5 özeti, gönderilen özete eşit değil.",
            "The zip file's MD5 is not the hash that was sent with it.",
            "Özeti yeniden hesaplayıp aynı zarfı gönderin.",
            "Compute the hash again and send the same envelope.",
            permanent=False,
        ),
        _result(
            2001,
            "ZARF ID SISTEMDE MEVCUT",
            "Bu zarf numarası karşı sistemde zaten var.",
            "The other side already has an envelope of this id.",
            "Yeniden göndermeyin; zarfın durumunu sorgulayın.",
            "Do not send again; ask for the envelope's state.",
            permanent=True,
        ),
        _result(
            2002,
            "ZARF ARSIVE EKLENEMEDI",
            "Karşı sistem zarfı arşive koyamadı.",
            "The other side could not put the envelope into its archive.",
            "Bir süre sonra aynı zarfı gönderin.",
            "Send the same envelope after a while.",
            permanent=False,
        ),
        _result(
            2003,
            "ZARF KUYRUGA EKLENEMEDI",
            "Karşı sistem zarfı kuyruğa koyamadı.",
            "The other side could not queue the envelope.",
            "Bir süre sonra aynı zarfı gönderin.",
            "Send the same envelope after a while.",
            permanent=False,
        ),
        _result(
            2004,
            "ZARF ID BULUNAMADI",
            "Sorgulanan zarf karşı sistemde yok.",
            "The other side does not know the envelope that was asked about.",
            "Zarf gönderilmişse aynı zarfı yeniden gönderin.",
            "If it was sent, send the same envelope again.",
            permanent=True,
        ),
        _result(
            2005,
            "SISTEM HATASI",
            "Karşı sistemde hata oluştu.",
            "The other side failed.",
            "Bir süre sonra yeniden deneyin.",
            "Try again after a while.",
            permanent=False,
        ),
        _result(
            2006,
            "GECERSIZ ZARF ADI",
            "Dosya adı zarf numarası ve “.zip” değil.",
            "The file's name is not the envelope's id and “.zip”.",
            "Dosya adını zarfın InstanceIdentifier değerinden oluşturun.",
            "Make the file's name of the envelope's InstanceIdentifier.",
            permanent=True,
        ),
        _result(
            2007,
            "PAKET GÖNDERMEYE VE SORGULAMAYA YETKİNİZ GEÇİCİ OLARAK KALDIRILMIŞTIR.",
            "GİB, gönderme ve sorgulama yetkisini geçici olarak kaldırdı.",
            "GİB has suspended the permission to send and to ask.",
            "Bütün trafiği durdurun ve GİB ile görüşün.",
            "Stop all traffic and talk to GİB.",
            permanent=True,
        ),
    )
)
"""The faults of both operations (Ek-3, 8)."""


def hash_of(data: bytes) -> str:
    """The MD5 that goes with a zip (Ek-3, 5), lower case."""
    return md5(data, usedforsecurity=False).hexdigest()


def check_receipt(request: Document | Query, response: Receipt | SystemResponse) -> None:
    """Whether the receiver computed the hash that was sent; reading a response does this by itself.

    Raises:
        WireError: ``wire.receipt``; what arrived is unclear then.
    """
    if not isinstance(request, Document) or not isinstance(response, Receipt):
        return
    sent = request.hash.strip().lower() or hash_of(request.data)
    if response.hash.strip().lower() != sent:
        raise wire_error("wire.receipt", got=response.hash[:64] or "-", sent=sent, is_unclear=True)


_STRING: Final = Simple.STRING
SERVICE: Final[Service[Document | Query, Receipt | SystemResponse]] = Service(
    "efatura",
    NAMESPACE,
    (
        Operation(
            "getApplicationResponse",
            "getApplicationResponse",
            Root(
                "getAppRespRequest",
                Complex("getAppRespRequestType", Query, (Field("instanceIdentifier", "envelope_id", _STRING),)),
            ),
            Root(
                "getAppRespResponse",
                Complex("getAppRespResponseType", SystemResponse, (Field("applicationResponse", "xml", _STRING),)),
            ),
            FAULTS,
        ),
        Operation(
            "sendDocument",
            "sendDocument",
            Root(
                "documentRequest",
                Complex(
                    "documentType",
                    Document,
                    (
                        Field("fileName", "file_name", _STRING),
                        Field("binaryData", "data", Simple.MEDIA),
                        Field("hash", "hash", _STRING),
                    ),
                ),
            ),
            Root(
                "documentResponse",
                Complex(
                    "documentReturnType", Receipt, (Field("msg", "message", _STRING), Field("hash", "hash", _STRING))
                ),
            ),
            FAULTS,
        ),
    ),
    fault=Root(
        "EFaturaFault",
        Complex("EFaturaFaultType", FaultBody, (Field("code", "code", Simple.INT), Field("msg", "message", _STRING))),
    ),
    fallback=2005,
    check=check_receipt,
)
"""Both ends of the service."""


def check_document(document: Document) -> None:
    """What a server checks before it takes an envelope: the file's name, then the hash.

    Raises:
        ServiceFault: 2006, 2000.
    """
    if not _FILE_NAME.fullmatch(document.file_name):
        raise SERVICE.fault_of("sendDocument", 2006)
    if document.hash.strip().lower() != hash_of(document.data):
        raise SERVICE.fault_of("sendDocument", 2000)
