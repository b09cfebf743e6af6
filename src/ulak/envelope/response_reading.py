"""System responses read: from the document alone, or from the whole envelope in a ZIP or as XML.

Lenient where others are known to differ: any status code, ids in capital or small letters, UBL 2.0, unsigned, envelopes
that GİB's own rules would refuse, such as the samples of its package. Not lenient about what it could misunderstand.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 3; Yazılım Standartları (Ek-3) V1.4, 7.2 (``getApplicationResponse``).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from typing import Final, NamedTuple

from lxml import etree

from ulak.codes import statuses
from ulak.codes.statuses import Status
from ulak.envelope.documents import parsed_alone
from ulak.envelope.opening import Opening, opening, opening_xml
from ulak.envelope.problems import EnvelopeError, error
from ulak.envelope.rules import OTHER_CODE, S_APR
from ulak.envelope.values import ROOTS, ElementType, Header, Party
from ulak.envelope.zipping import ISTANBUL
from ulak.errors import Text
from ulak.xml import XmlError, parse

__all__ = ["SystemResponse", "read_response"]

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_NS: Final = {"cac": f"{_UBL}CommonAggregateComponents-2", "cbc": f"{_UBL}CommonBasicComponents-2"}
_ROOT: Final = ROOTS[ElementType.APPLICATION_RESPONSE]
_ZIP: Final = b"PK"
_OTHER_ROOT: Final = Text("kök öğesi {root}.", "its root is {root}.")
_NOT_ONE: Final = Text("zarfta bir belge olmalı.", "the envelope must hold one document.")
_MISSING: Final = Text("{name} yok ya da boş.", "{name} is missing or empty.")
_SEVERAL: Final = Text("{name} birden çok ve farklı: {values}", "there are several {name} that differ: {values}")
_NO_CODE: Final = Text("durum kodu “{code}” dört rakam değil.", "the status “{code}” is not four digits.")


class SystemResponse(NamedTuple):
    """What a system response says.

    Attributes:
        about: id of the envelope that is answered, as it is written; compare with `is_about`.
        about_type: its type as written, e.g. ``SENDERENVELOPE``; may be empty.
        status: four digits, not necessarily one that Ulak knows.
        description: what is written beside the status. Nobody's wording is reliable: go by the status.
        notes: further sentences.
        sender, receiver: of the envelope if there was one, else of the document and without alias.
        gtb_refno: the customs' reference number; empty if there is none.
        id, uuid: of the response.
        issued: aware, Istanbul's time; at midnight if only the day is known; None if neither can be read.
        header: of the envelope that carries the response; None if the document was read alone.
    """

    about: str
    about_type: str
    status: str
    description: str
    notes: tuple[str, ...]
    sender: Party
    receiver: Party
    gtb_refno: str
    id: str
    uuid: str
    issued: datetime | None
    header: Header | None = None

    @property
    def meaning(self) -> Status | None:
        """The row of the status; None if GİB has published no such code."""
        return statuses.get(self.status)

    def is_about(self, id: str) -> bool:
        """Whether it answers the envelope with that id; capital and small letters are the same."""
        return self.about.lower() == id.strip().lower()


def read_response(data: bytes | str) -> SystemResponse:
    """What a system response says.

    Args:
        data: an ApplicationResponse, an envelope's XML (the answer of ``getApplicationResponse``), or its ZIP. A
            string's own encoding declaration does not count.

    Raises:
        EnvelopeError: ``envelope.not-system-response`` for anything else, also other answers than S_APR;
            ``envelope.response-unclear`` if it does not name one envelope and one status; those of opening an envelope.
    """
    content = _encoded(data) if isinstance(data, str) else data
    if content.startswith(_ZIP):
        return _from_envelope(opening(content))
    try:
        root = parse(content)
    except XmlError as fault:
        raise error("envelope.document-malformed", detail=fault.text) from None
    if root.tag == _ROOT:
        return _read(root)
    if etree.QName(root).localname == "StandardBusinessDocument":
        return _from_envelope(opening_xml([content]))
    raise error("envelope.not-system-response", detail=_OTHER_ROOT.format(root=str(root.tag)[:200]))


def _encoded(text: str) -> bytes:
    body = text.lstrip("\ufeff")
    if body.startswith("<?xml"):
        body = body.partition("?>")[2]
    return body.encode("utf-8", "replace")


def _from_envelope(opened: Opening) -> SystemResponse:
    only = None
    for document in opened:
        if only is not None:
            raise error("envelope.not-system-response", detail=_NOT_ONE)
        only = document
    if only is None:
        raise error("envelope.not-system-response", detail=_NOT_ONE)
    if only.root != _ROOT:
        raise error("envelope.not-system-response", detail=_OTHER_ROOT.format(root=only.root[:200]))
    read = _read(parsed_alone(only.data))
    header = opened.header
    return read._replace(sender=header.sender, receiver=header.receiver, header=header)


def _read(root: etree._Element) -> SystemResponse:
    code = _one(root, "cac:DocumentResponse/cac:Response/cbc:ResponseCode")
    if code != S_APR:
        raise error("envelope.not-system-response", detail=OTHER_CODE.format(code=code[:100]))
    status = _one(root, "cac:DocumentResponse/cac:LineResponse/cac:Response/cbc:ResponseCode")
    if not (len(status) == 4 and status.isascii() and status.isdigit()):
        raise _unclear(_NO_CODE.format(code=status[:100]))
    reference = "cac:DocumentResponse/cac:DocumentReference/cbc:"
    return SystemResponse(
        about=_one(root, f"{reference}ID"),
        about_type=_first(root, f"{reference}DocumentTypeCode") or _first(root, f"{reference}DocumentType"),
        status=status,
        description=_first(root, "cac:DocumentResponse/cac:LineResponse/cac:Response/cbc:Description"),
        notes=tuple(filter(None, _texts(root, "cbc:Note"))),
        sender=_party(root, "cac:SenderParty"),
        receiver=_party(root, "cac:ReceiverParty"),
        gtb_refno=_first(root, "cac:SenderParty/cac:PartyIdentification/cbc:ID[@schemeID='GTB_REFNO']"),
        id=_first(root, "cbc:ID"),
        uuid=_first(root, "cbc:UUID"),
        issued=_issued(_first(root, "cbc:IssueDate"), _first(root, "cbc:IssueTime")),
    )


def _texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=_NS)
    assert isinstance(found, list)
    return [str(each.xpath("string()")).strip() for each in found if isinstance(each, etree._Element)]


def _first(root: etree._Element, path: str) -> str:
    return next(iter(_texts(root, path)), "")


def _one(root: etree._Element, path: str) -> str:
    """The one value; the same value said twice is one.

    Raises:
        EnvelopeError: ``envelope.response-unclear``.
    """
    found = list(dict.fromkeys(filter(None, _texts(root, path))))
    name = path.replace("cac:", "").replace("cbc:", "")
    if not found:
        raise _unclear(_MISSING.format(name=name))
    if len(found) > 1:
        raise _unclear(_SEVERAL.format(name=name, values=", ".join(each[:40] for each in found[:5])))
    return found[0]


def _unclear(detail: Text) -> EnvelopeError:
    return error("envelope.response-unclear", detail=detail)


def _party(root: etree._Element, path: str) -> Party:
    ids = f"{path}/cac:PartyIdentification/cbc:ID"
    number = _first(root, f"{ids}[@schemeID='VKN']") or _first(root, f"{ids}[@schemeID='TCKN']")
    return Party("", number, _first(root, f"{path}/cac:PartyName/cbc:Name"))


def _issued(day: str, hour: str) -> datetime | None:
    """The moment of both; a zone that is written counts, else it is Istanbul's time."""
    with suppress(ValueError, OverflowError):
        found = date.fromisoformat(day[:10])
        moment = _time(hour)
        return datetime.combine(found, moment, moment.tzinfo or ISTANBUL).astimezone(ISTANBUL)
    return None


def _time(text: str) -> time:
    with suppress(ValueError):
        return time.fromisoformat(text)
    return time()
