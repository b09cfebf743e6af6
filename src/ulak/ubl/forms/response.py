"""The friendly forms of an application response: the answer to an invoice, and the system response to an envelope."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import NAMESPACE_URL, uuid5

from ulak.ubl import components as ubl
from ulak.ubl.forms.base import Clock, Form, Identified, Moment, Passthrough, doc
from ulak.ubl.forms.common import CUSTOMIZATION, DRAFT, UBL_VERSION, signature
from ulak.ubl.forms.party import Party, party_from_ubl, party_to_ubl, text, usual
from ulak.ubl.forms.patch import apply_patch
from ulak.ubl.values import Date

__all__ = [
    "AnsweredEnvelope",
    "AnsweredInvoice",
    "ApplicationResponse",
    "SystemResponse",
    "build_response",
    "build_system_response",
    "is_system_response",
    "lift_response",
    "lift_system_response",
]

_SYSTEM: Final = "S_APR"
_SYSTEM_PROFILE: Final = "UBL-TR-PROFILE-1"
_SYSTEM_LABEL: Final = "SystemApplicationResponse"
_NOBODY: Final = ubl.Party()


class AnsweredInvoice(Form, kw_only=True):
    """The invoice that is answered; application responses refer to it by its ETTN."""

    uuid: Annotated[str, doc("Faturanın ETTN'si.", "ETTN of the invoice.")]
    date: Annotated[Date, doc("Faturanın tarihi.", "Its date.")]
    type: Annotated[str, doc("Belge türü.", "Kind of document.")] = "FATURA"


class AnsweredEnvelope(Form, kw_only=True):
    """The envelope that is answered."""

    id: Annotated[str, doc("Zarfın kimliği (InstanceIdentifier).", "InstanceIdentifier of the envelope.")]
    date: Annotated[Date, doc("Zarfın tarihi.", "Its date.")]
    type: Annotated[str, doc("Zarfın türü.", "Kind of envelope.")] = "SENDERENVELOPE"


class ApplicationResponse(Identified, kw_only=True, tag_field="document", tag="application_response"):
    """The buyer's answer to an invoice: KABUL, RED or IADE."""

    profile: Annotated[str, doc("Senaryo.", "Profile (senaryo).")] = "TICARIFATURA"
    answer: Annotated[str, doc("KABUL, RED ya da IADE.", "KABUL, RED or IADE.")]
    reason: Annotated[str, doc("Gerekçe.", "The reason.")] = ""
    invoice: Annotated[AnsweredInvoice, doc("Yanıtlanan fatura.", "The invoice that is answered.")]
    sender: Annotated[Party, doc("Yanıtlayan; faturanın alıcısı.", "Who answers: the buyer.")]
    receiver: Annotated[Party, doc("Faturanın satıcısı.", "The seller.")]
    ubl: Passthrough | None = None


class SystemResponse(Identified, kw_only=True, tag_field="document", tag="system_response"):
    """The technical answer to an envelope: a status code of GİB's list."""

    status: Annotated[str, doc("Durum kodu, ör. 1200.", "Status code, e.g. 1200.")]
    description: Annotated[str, doc("Durumun adı.", "The status in words.")]
    envelope: Annotated[AnsweredEnvelope, doc("Yanıtlanan zarf.", "The envelope that is answered.")]
    sender: Annotated[Party, doc("Yanıtlayan; zarfın alıcısı.", "Who answers: the envelope's receiver.")]
    receiver: Annotated[Party, doc("Zarfın göndereni.", "The envelope's sender.")]
    ubl: Passthrough | None = None


def build_response(form: ApplicationResponse, clock: Clock) -> ubl.ApplicationResponse:
    """The answer in UBL, unsigned; raises `JsonError` for a missing field."""
    moment = form.moment(clock)
    sender = party_to_ubl(form.sender)
    invoice = form.invoice
    document = ubl.ApplicationResponse(
        ubl_extensions=DRAFT,
        ubl_version_id=UBL_VERSION,
        customization_id=CUSTOMIZATION,
        profile_id=form.profile,
        id=moment.number,
        uuid=moment.uuid,
        issue_date=moment.date,
        issue_time=moment.time,
        note=form.notes,
        signature=signature(form.sender.tax_id or "", sender.postal_address, moment.uuid),
        sender_party=sender,
        receiver_party=party_to_ubl(form.receiver),
        document_response=(
            ubl.DocumentResponse(
                response=_response(moment, "response", form.answer, form.reason),
                document_reference=ubl.DocumentReference(
                    id=invoice.uuid,
                    issue_date=invoice.date,
                    document_type_code=invoice.type,
                    document_type=invoice.type,
                ),
                line_response=(
                    ubl.LineResponse(
                        line_reference=ubl.LineReference(line_id=""),
                        response=(_response(moment, "line", form.answer, form.reason),),
                    ),
                ),
            ),
        ),
    )
    return apply_patch(document, form.ubl) if form.ubl else document


def _response(moment: Moment, part: str, code: str, description: str) -> ubl.Response:
    """A response whose own id follows from the document's, so that the same input gives the same document."""
    reference = uuid5(NAMESPACE_URL, f"urn:ulak:{moment.uuid}:{part}")
    return ubl.Response(reference_id=str(reference), response_code=code, description=(description,))


def build_system_response(form: SystemResponse, clock: Clock) -> ubl.ApplicationResponse:
    """The system response in UBL (Ek-2 Sistem Yanıtı Şema Yapısı v1.5, as the Schematron of today wants it)."""
    moment = form.moment(clock)
    envelope = form.envelope
    answered = ubl.DocumentReference(id=envelope.id, issue_date=envelope.date)
    document = ubl.ApplicationResponse(
        ubl_version_id=UBL_VERSION,
        customization_id=CUSTOMIZATION,
        profile_id=_SYSTEM_PROFILE,
        id=moment.number,
        uuid=moment.uuid,
        issue_date=moment.date,
        issue_time=moment.time,
        note=form.notes,
        sender_party=party_to_ubl(form.sender),
        receiver_party=party_to_ubl(form.receiver),
        document_response=(
            ubl.DocumentResponse(
                response=_response(moment, "response", _SYSTEM, _SYSTEM_LABEL),
                document_reference=ubl.DocumentReference(
                    id=envelope.id,
                    issue_date=envelope.date,
                    document_type_code=envelope.type,
                    document_type=envelope.type,
                ),
                line_response=(
                    ubl.LineResponse(
                        line_reference=ubl.LineReference(line_id="0", document_reference=answered),
                        response=(_response(moment, "line", form.status, form.description),),
                    ),
                ),
            ),
        ),
    )
    return apply_patch(document, form.ubl) if form.ubl else document


def is_system_response(response: ubl.ApplicationResponse) -> bool:
    """Whether an application response answers an envelope, and not an invoice."""
    answer = response.document_response[0].response if response.document_response else None
    return answer is not None and text(answer.response_code) == _SYSTEM


def lift_response(response: ubl.ApplicationResponse) -> ApplicationResponse:
    """What of an answer the friendly form has fields for."""
    body = _body(response)
    answer, reference = body.response or ubl.Response(), body.document_reference or ubl.DocumentReference()
    return ApplicationResponse(
        number=text(response.id),
        uuid=text(response.uuid),
        date=response.issue_date,
        time=response.issue_time,
        notes=tuple(str(note) for note in response.note),
        profile=usual(response.profile_id, "TICARIFATURA"),
        answer=text(answer.response_code) or "",
        reason=text(answer.description[0]) or "" if answer.description else "",
        invoice=AnsweredInvoice(
            uuid=text(reference.id) or "",
            date=reference.issue_date or "2005-01-01",
            type=usual(reference.document_type_code, "FATURA"),
        ),
        sender=party_from_ubl(response.sender_party or _NOBODY),
        receiver=party_from_ubl(response.receiver_party or _NOBODY),
    )


def lift_system_response(response: ubl.ApplicationResponse) -> SystemResponse:
    """What of a system response the friendly form has fields for."""
    body = _body(response)
    reference = body.document_reference or ubl.DocumentReference()
    lines = body.line_response[0].response if body.line_response else ()
    status = lines[0] if lines else ubl.Response()
    return SystemResponse(
        number=text(response.id),
        uuid=text(response.uuid),
        date=response.issue_date,
        time=response.issue_time,
        notes=tuple(str(note) for note in response.note),
        status=text(status.response_code) or "",
        description=text(status.description[0]) or "" if status.description else "",
        envelope=AnsweredEnvelope(
            id=text(reference.id) or "",
            date=reference.issue_date or "2005-01-01",
            type=usual(reference.document_type_code, "SENDERENVELOPE"),
        ),
        sender=party_from_ubl(response.sender_party or _NOBODY),
        receiver=party_from_ubl(response.receiver_party or _NOBODY),
    )


def _body(response: ubl.ApplicationResponse) -> ubl.DocumentResponse:
    return response.document_response[0] if response.document_response else ubl.DocumentResponse()
