"""Small parts that several documents share: references, attachments, periods, payment."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from ulak.ubl import components as ubl
from ulak.ubl.forms.base import Form, doc
from ulak.ubl.forms.party import text
from ulak.ubl.values import Amount, Binary, Date, Identifier, Numeric, Time

__all__ = [
    "Attachment",
    "Document",
    "Payment",
    "Period",
    "Reference",
    "Terms",
    "document_from_ubl",
    "document_to_ubl",
    "numeric",
    "payment_from_ubl",
    "payment_to_ubl",
    "period_from_ubl",
    "period_to_ubl",
    "reference_from_ubl",
    "reference_to_ubl",
    "terms_from_ubl",
    "terms_to_ubl",
]


class Reference(Form, kw_only=True):
    """Another document: its number and its date."""

    number: Annotated[str, doc("Belge numarası.", "Number of the document.")]
    date: Annotated[Date, doc("Belge tarihi.", "Date of the document.")]


class Attachment(Form, kw_only=True):
    """A file that travels inside the document."""

    data: Annotated[str, doc("Dosyanın base64 metni.", "The file as base64 text.")]
    mime: Annotated[str, doc("MIME türü.", "MIME type.")] = "application/xml"
    name: Annotated[str | None, doc("Dosya adı.", "File name.")] = None


class Document(Form, kw_only=True):
    """A document that is referred to or attached."""

    id: Annotated[str, doc("Belgenin kimliği ya da numarası.", "Identifier or number.")]
    date: Annotated[Date | None, doc("Tarihi.", "Its date.")] = None
    type: Annotated[str | None, doc("Türü (DocumentType).", "What it is (DocumentType).")] = None
    type_code: Annotated[str | None, doc("Tür kodu (DocumentTypeCode).", "Code of its type.")] = None
    scheme: Annotated[str | None, doc("Kimliğin şeması.", "Scheme of the identifier.")] = None
    description: Annotated[str | None, doc("Açıklama.", "Description.")] = None
    file: Attachment | None = None
    uri: Annotated[str | None, doc("Belgenin adresi.", "Address of the document.")] = None


class Period(Form, kw_only=True):
    """From when until when."""

    start: Annotated[Date | None, doc("İlk gün.", "First day.")] = None
    end: Annotated[Date | None, doc("Son gün.", "Last day.")] = None
    start_time: Annotated[Time | None, doc("Başlangıç saati.", "Time of the start.")] = None
    end_time: Annotated[Time | None, doc("Bitiş saati.", "Time of the end.")] = None
    description: Annotated[str | None, doc("Açıklama.", "Description.")] = None


class Payment(Form, kw_only=True):
    """How and where to pay."""

    means: Annotated[str, doc("UN/EDIFACT 4461 kodu; 42 banka hesabı.", "UN/EDIFACT 4461; 42 is a bank account.")] = "1"
    due: Annotated[Date | None, doc("Son ödeme tarihi.", "Due date.")] = None
    channel: Annotated[str | None, doc("Ödeme kanalı, ör. IBAN.", "Payment channel, e.g. IBAN.")] = None
    note: Annotated[str | None, doc("Ödeme notu.", "Payment note.")] = None
    iban: Annotated[str | None, doc("Alacaklının hesabı.", "Account of the payee.")] = None
    account_currency: Annotated[str | None, doc("Hesabın para birimi.", "Currency of the account.")] = None
    account_note: Annotated[str | None, doc("Hesap notu.", "Note on the account.")] = None


class Terms(Form, kw_only=True):
    """Terms of payment."""

    note: Annotated[str | None, doc("Ödeme koşulu.", "The terms in words.")] = None
    due: Annotated[Date | None, doc("Son ödeme tarihi.", "Due date.")] = None
    penalty_percent: Annotated[Decimal | None, doc("Gecikme faizi, yüzde.", "Penalty interest, percent.")] = None


def reference_to_ubl(
    reference: Reference, scheme: str | None = None, *, type_code: str | None = None
) -> ubl.DocumentReference:
    """The reference in UBL; ``scheme`` names its identifier."""
    value = reference.number if scheme is None else Identifier(reference.number, scheme)
    return ubl.DocumentReference(id=value, issue_date=reference.date, document_type_code=type_code)


def reference_from_ubl(reference: ubl.DocumentReference | ubl.OrderReference) -> Reference:
    """Number and date of a reference; what else it has is left to the patch."""
    return Reference(number=text(reference.id) or "", date=reference.issue_date or "2005-01-01")


def document_to_ubl(document: Document, date: Date) -> ubl.DocumentReference:
    """The document reference in UBL; ``date`` stands where the document states none (the schema requires one)."""
    return ubl.DocumentReference(
        id=document.id if document.scheme is None else Identifier(document.id, document.scheme),
        issue_date=document.date or date,
        document_type_code=document.type_code,
        document_type=document.type,
        document_description=() if document.description is None else (document.description,),
        attachment=_attachment(document),
    )


def _attachment(document: Document) -> ubl.Attachment | None:
    file, uri = document.file, document.uri
    if file is None and uri is None:
        return None
    binary = None
    if file is not None:
        binary = Binary(file.data, file.mime, encoding_code="Base64", character_set_code="UTF-8", filename=file.name)
    external = None if uri is None else ubl.ExternalReference(uri=uri)
    return ubl.Attachment(embedded_document_binary_object=binary, external_reference=external)


def document_from_ubl(reference: ubl.DocumentReference, date: Date | None) -> Document:
    """What of a document reference the friendly form has fields for."""
    value, attachment = reference.id, reference.attachment
    binary = attachment.embedded_document_binary_object if attachment else None
    external = attachment.external_reference if attachment else None
    return Document(
        id=text(value) or "",
        date=None if reference.issue_date == date else reference.issue_date,
        type=text(reference.document_type),
        type_code=text(reference.document_type_code),
        scheme=value.scheme_id if isinstance(value, Identifier) else None,
        description=text(reference.document_description[0]) if reference.document_description else None,
        file=Attachment(data=binary.value, mime=binary.mime_code, name=binary.filename) if binary else None,
        uri=text(external.uri) if external else None,
    )


def period_to_ubl(period: Period) -> ubl.Period:
    """The period in UBL."""
    return ubl.Period(
        start_date=period.start,
        start_time=period.start_time,
        end_date=period.end,
        end_time=period.end_time,
        description=period.description,
    )


def period_from_ubl(period: ubl.Period) -> Period:
    """What of a period the friendly form has fields for."""
    return Period(
        start=period.start_date,
        end=period.end_date,
        start_time=period.start_time,
        end_time=period.end_time,
        description=text(period.description),
    )


def payment_to_ubl(payment: Payment) -> ubl.PaymentMeans:
    """The means of payment in UBL."""
    account = None
    if payment.iban is not None:
        account = ubl.FinancialAccount(
            id=payment.iban, currency_code=payment.account_currency, payment_note=payment.account_note
        )
    return ubl.PaymentMeans(
        payment_means_code=payment.means,
        payment_due_date=payment.due,
        payment_channel_code=payment.channel,
        instruction_note=payment.note,
        payee_financial_account=account,
    )


def payment_from_ubl(means: ubl.PaymentMeans) -> Payment:
    """What of a means of payment the friendly form has fields for."""
    account = means.payee_financial_account
    return Payment(
        means=text(means.payment_means_code) or "1",
        due=means.payment_due_date,
        channel=text(means.payment_channel_code),
        note=text(means.instruction_note),
        iban=text(account.id) if account else None,
        account_currency=text(account.currency_code) if account else None,
        account_note=text(account.payment_note) if account else None,
    )


def terms_to_ubl(terms: Terms) -> ubl.PaymentTerms:
    """The terms of payment in UBL."""
    return ubl.PaymentTerms(
        note=terms.note, penalty_surcharge_percent=terms.penalty_percent, payment_due_date=terms.due
    )


def terms_from_ubl(terms: ubl.PaymentTerms) -> Terms:
    """What of the terms the friendly form has fields for."""
    return Terms(
        note=text(terms.note), due=terms.payment_due_date, penalty_percent=numeric(terms.penalty_surcharge_percent)
    )


def numeric(value: Decimal | Numeric | Amount | None) -> Decimal | None:
    """The number of a leaf, with or without attributes."""
    return value if value is None or isinstance(value, Decimal) else value.value
