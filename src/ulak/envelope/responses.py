"""System responses (S_APR): what became of an envelope, told to whoever sent it.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 1, 3 and 4; GİB's samples of system responses (e-Fatura package
20260312); Schematron 20260701, ``DocumentResponseCheck``, ``AppResponseCodeCheck``, ``PostBoxDocumentReferenceCheck``.
Where Ek-2 and the Schematron differ (UBLVersionID, CustomizationID, DocumentTypeCode) the Schematron is followed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final
from xml.sax.saxutils import escape

from ulak.codes import statuses
from ulak.codes.statuses import Status
from ulak.envelope.packing import xml_pieces
from ulak.envelope.problems import EnvelopeError, error
from ulak.envelope.rules import NOT_XML, RECEIVER, S_APR, SENDER, party_faults
from ulak.envelope.values import ElementType, Envelope, EnvelopeType, Group, Header, Party
from ulak.envelope.zipping import ISTANBUL
from ulak.errors import Text, UlakError

__all__ = ["query_answer", "reason_of", "respond", "system_response"]

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_OPENING: Final = (
    f'<ApplicationResponse xmlns="{_UBL}ApplicationResponse-2" xmlns:cac="{_UBL}CommonAggregateComponents-2"'
    f' xmlns:cbc="{_UBL}CommonBasicComponents-2">'
    "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2</cbc:CustomizationID>"
    "<cbc:ProfileID>UBL-TR-PROFILE-1</cbc:ProfileID>"
)
_ADDRESS: Final = (
    "<cac:PostalAddress><cbc:CitySubdivisionName/><cbc:CityName/>"
    "<cac:Country><cbc:IdentificationCode>TR</cbc:IdentificationCode><cbc:Name>Türkiye</cbc:Name></cac:Country>"
    "</cac:PostalAddress>"
)
_REFNO: Final = re.compile(r"\d{23}", re.ASCII)
_MOST_NOTES: Final = 20
_LONGEST_NOTE: Final = 2000
_EARLIEST: Final = date(2005, 1, 1)
_UNKNOWN_TYPE: Final = "UNKNOWN"
_NO_ID: Final = Text("kimliği yok.", "it has no id.")

StatusOrFault = str | EnvelopeError


def respond(
    header: Header,
    status: StatusOrFault,
    *,
    now: datetime,
    new_id: Callable[[], str],
    about: str = "",
    sender: Party | None = None,
    receiver: Party | None = None,
    reasons: Sequence[str] = (),
    gtb_refno: str = "",
    any_status: bool = False,
) -> Envelope:
    """The SYSTEMENVELOPE that answers an envelope, to be packed with `ulak.envelope.pack`.

    It goes back from the alias and number to which the envelope was addressed, to those from which it came (Ek-2, 1).

    Args:
        header: of the envelope that is answered, as far as it could be read.
        status: a status code, or the fault for which the envelope is refused; its sentence becomes the first reason.
        now: aware; the time of the response.
        new_id: gives an unused UUID: of the envelope, the response's ID and UUID, and its two ReferenceIDs.
        about: the answered envelope's id where its own cannot be read: the ZIP's name without ``.zip``.
        sender: who answers, if not the receiver of the envelope: `GIB` for Merkez.
        receiver: to whom, where the envelope's sender cannot be read.
        reasons: sentences of why, written as notes: Ek-2 has no other place for them.
        gtb_refno: the customs' reference number of an export invoice, 23 digits.
        any_status: answers a question of ``getApplicationResponse``: with any status, and about system responses too.

    Raises:
        EnvelopeError: ``envelope.unanswerable`` if an address or the id is not known, ``envelope.no-answer-due`` for a
            system response, ``envelope.unknown-status``, ``envelope.status-not-sent``, ``envelope.gtb-refno``.
    """
    if header.type is EnvelopeType.SYSTEM and not any_status:
        raise error("envelope.no-answer-due")
    known = _known(status)
    if not (known.in_system_response or any_status):
        raise error("envelope.status-not-sent", status=known.code)
    addressed = _addressed(header, about, sender, receiver)
    return _envelope(addressed, known, _reasons(status, reasons), gtb_refno, now, new_id)


def query_answer(
    header: Header,
    status: StatusOrFault,
    *,
    now: datetime,
    new_id: Callable[[], str],
    about: str = "",
    sender: Party | None = None,
    receiver: Party | None = None,
    reasons: Sequence[str] = (),
    gtb_refno: str = "",
) -> str:
    """The XML of an envelope as ``getApplicationResponse`` returns it, with any status: also those that no
    SYSTEMENVELOPE is sent with (1164, 1210 … 1300), and about system responses.

    See `respond`, of which it takes and raises the same but ``envelope.status-not-sent`` and
    ``envelope.no-answer-due``.
    """
    envelope = respond(
        header,
        status,
        now=now,
        new_id=new_id,
        about=about,
        sender=sender,
        receiver=receiver,
        reasons=reasons,
        gtb_refno=gtb_refno,
        any_status=True,
    )
    return b"".join(xml_pieces(envelope)).decode()


def system_response(
    header: Header,
    status: StatusOrFault,
    *,
    now: datetime,
    new_id: Callable[[], str],
    reasons: Sequence[str] = (),
    gtb_refno: str = "",
) -> bytes:
    """The ApplicationResponse alone, without an envelope; ``new_id`` is called four times.

    Args:
        header: of the answered envelope: its sender becomes the receiver of the response.

    Raises:
        EnvelopeError: as `query_answer`.
    """
    addressed = _addressed(header, "", None, None)
    return _document(addressed, _known(status), _reasons(status, reasons), gtb_refno, now, new_id)


def reason_of(fault: UlakError) -> str:
    """A fault as a reason: its code, where it is, the sentence and what to do, in Turkish.

    >>> reason_of(error("envelope.empty", where="Elements[1]"))
    'envelope.empty, Elements[1]: Listede belge yok. Zarfı yeniden kurun (ulak envelope pack) ya da göndericisinden \
yeniden isteyin.'
    """
    place = ", ".join(filter(None, (fault.code, fault.where)))
    return " ".join(filter(None, (f"{place}: {fault.text.tr}", fault.repair.tr)))


def _known(status: StatusOrFault) -> Status:
    code = status.status if isinstance(status, EnvelopeError) else status
    known = statuses.get(code)
    if known is None:
        raise error("envelope.unknown-status", status=code[:100])
    return known


def _reasons(status: StatusOrFault, reasons: Sequence[str]) -> list[str]:
    found = [reason_of(status)] if isinstance(status, EnvelopeError) else []
    return [*found, *reasons][:_MOST_NOTES]


def _addressed(header: Header, about: str, sender: Party | None, receiver: Party | None) -> Header:
    """The answered envelope's header with everything in it that an answer needs.

    Raises:
        EnvelopeError: ``envelope.unanswerable``.
    """
    found = Header(
        header.type,
        (header.id or about)[:_LONGEST_NOTE],
        receiver or header.sender,
        sender or header.receiver,
        header.created,
    )
    if not found.id.strip():
        raise error("envelope.unanswerable", detail=_NO_ID)
    for party, side in ((found.sender, SENDER), (found.receiver, RECEIVER)):
        for fault in party_faults(party, side):
            raise error("envelope.unanswerable", detail=fault.text)
    return found


def _envelope(
    answered: Header, status: Status, reasons: Sequence[str], refno: str, now: datetime, new_id: Callable[[], str]
) -> Envelope:
    header = Header(EnvelopeType.SYSTEM, new_id(), answered.receiver, answered.sender, now)
    document = _document(answered, status, reasons, refno, now, new_id)
    return Envelope(header, (Group(ElementType.APPLICATION_RESPONSE, [document]),))


def _document(
    answered: Header, status: Status, reasons: Sequence[str], refno: str, now: datetime, new_id: Callable[[], str]
) -> bytes:
    if refno and not _REFNO.fullmatch(refno):
        raise error("envelope.gtb-refno", value=refno[:100])
    local = now.astimezone(ISTANBUL)
    notes = "".join(_element("Note", reason[:_LONGEST_NOTE]) for reason in reasons)
    return (
        _OPENING
        + _element("ID", new_id())
        + _element("UUID", new_id())
        + _element("IssueDate", local.date().isoformat())
        + _element("IssueTime", local.time().isoformat("seconds"))
        + notes
        + _party("SenderParty", answered.receiver, refno)
        + _party("ReceiverParty", answered.sender)
        + _response(answered, status, now, new_id)
        + "</ApplicationResponse>"
    ).encode()


def _response(answered: Header, status: Status, now: datetime, new_id: Callable[[], str]) -> str:
    day = _day(answered.created, now).isoformat()
    about = _element("ID", answered.id) + _element("IssueDate", day)
    kind = answered.type or _UNKNOWN_TYPE
    return (
        "<cac:DocumentResponse>"
        + _answer(new_id(), S_APR, "APPLICATIONRESPONSE")
        + f"<cac:DocumentReference>{about}"
        + f"<cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode><cbc:DocumentType>{kind}</cbc:DocumentType>"
        + "</cac:DocumentReference><cac:LineResponse><cac:LineReference><cbc:LineID>0</cbc:LineID>"
        + f"<cac:DocumentReference>{about}</cac:DocumentReference></cac:LineReference>"
        + _answer(new_id(), status.code, status.written)
        + "</cac:LineResponse></cac:DocumentResponse>"
    )


def _day(created: datetime | None, now: datetime) -> date:
    """The day of the answered envelope; of one that GİB's rules forbid to name (the general rule of ``IssueDate``),
    today's."""
    today = now.astimezone(ISTANBUL).date()
    found = _istanbul_day(created) if created else today
    return found if _EARLIEST <= found <= today else today


def _istanbul_day(moment: datetime) -> date:
    try:
        return moment.astimezone(ISTANBUL).date()
    except OverflowError:
        return moment.date()


def _answer(id: str, code: str, description: str) -> str:
    fields = (("ReferenceID", id), ("ResponseCode", code), ("Description", description))
    return "<cac:Response>" + "".join(_element(*field) for field in fields) + "</cac:Response>"


def _party(name: str, party: Party, refno: str = "") -> str:
    scheme = "VKN" if len(party.number) == 10 else "TCKN"
    reference = _identification("GTB_REFNO", refno) if refno else ""
    title = f"<cac:PartyName>{_element('Name', party.title)}</cac:PartyName>" if party.title.strip() else ""
    number = _identification(scheme, party.number)
    return f"<cac:{name}>{number}{reference}{title}{_ADDRESS}</cac:{name}>"


def _identification(scheme: str, value: str) -> str:
    return f'<cac:PartyIdentification><cbc:ID schemeID="{scheme}">{value}</cbc:ID></cac:PartyIdentification>'


def _element(name: str, value: str) -> str:
    return f"<cbc:{name}>{escape(NOT_XML.sub('?', value))}</cbc:{name}>"
