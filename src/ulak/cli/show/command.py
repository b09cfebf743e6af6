"""Which summary a file gets."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

from lxml import etree

from ulak.cli.building import one_file
from ulak.cli.errors import Exit
from ulak.cli.session import Session
from ulak.cli.show.account import account_sheet
from ulak.cli.show.answers import answer_sheet
from ulak.cli.show.despatch import despatch_sheet, receipt_sheet
from ulak.cli.show.receipt import native_receipt_sheet
from ulak.cli.show.sales import credit_note_sheet, invoice_sheet
from ulak.cli.show.sheet import Party, Sheet, set_sheet
from ulak.cli.show.voice import Voice
from ulak.envelope import ElementType, EnvelopeError, Limits, read_account
from ulak.envelope.unzipping import content, entry_of
from ulak.envelope.values import ROOTS
from ulak.errors import Text, UlakError
from ulak.rules.pack import documents
from ulak.ubl import components as ubl
from ulak.ubl.documents import read_root
from ulak.ubl.native_receipt import NativeReceipt
from ulak.xml import MAX_BYTES, parse

__all__ = ["show_document"]

_SHEETS: Final[dict[type[Any], Callable[[Voice, Any], Sheet]]] = {
    ubl.Invoice: invoice_sheet,
    ubl.CreditNote: credit_note_sheet,
    ubl.DespatchAdvice: despatch_sheet,
    ubl.ReceiptAdvice: receipt_sheet,
    ubl.ApplicationResponse: answer_sheet,
    NativeReceipt: native_receipt_sheet,
}
_ENVELOPE: Final = Text("Zarf", "Envelope")
_HEADER: Final = "{*}StandardBusinessDocumentHeader"
_UNNAMED: Final = Text("Belge", "Document")
_NAMESPACE: Final = Text("Ad alanı", "Namespace")
_PARTS: Final = Text("Bölümler", "Parts")
_READ: Final = Text("Okunamadı", "Not read")
_MOST_PARTS: Final = 12
_ZIP: Final = b"PK"
_ACCOUNTS: Final = (ROOTS[ElementType.PROCESS_USER_ACCOUNT], ROOTS[ElementType.CANCEL_USER_ACCOUNT])


def show_document(session: Session, name: str) -> Exit:
    """Print a readable summary of a document, or of an envelope (its XML or its ZIP) and everything in it.

    Raises:
        UlakError: ``file.*``, ``xml.*`` or ``envelope.*`` for what cannot be read.
    """
    sheet = _sheet(Voice(session.language), parse(_xml_of(one_file(name))))
    page = session.page()
    set_sheet(page, sheet, session.language)
    session.put(page)
    return Exit.OK


def _xml_of(data: bytes) -> bytes:
    """What a file holds, or the envelope in the ZIP that it is."""
    if not data.startswith(_ZIP):
        return data
    limits = Limits()._replace(xml_bytes=MAX_BYTES)
    file = io.BytesIO(data)
    return b"".join(content(file, entry_of(file, limits), limits))


def _sheet(voice: Voice, root: etree._Element) -> Sheet:
    if etree.QName(root).localname == "StandardBusinessDocument":
        return _envelope(voice, root)
    if root.tag in _ACCOUNTS:
        return _account(voice, root)
    try:
        document = read_root(root)
    except UlakError as error:
        return _plain(voice, root, error)
    return _SHEETS[type(document)](voice, document)


def _envelope(voice: Voice, root: etree._Element) -> Sheet:
    def header(path: str) -> str:
        return (root.findtext(f"{_HEADER}/{path}") or "").strip()

    sheet = Sheet(f"{voice.say(_ENVELOPE)} {header('{*}DocumentIdentification/{*}InstanceIdentifier')}")
    sheet.kind = header("{*}DocumentIdentification/{*}Type")
    day, _, time = header("{*}DocumentIdentification/{*}CreationDateAndTime").partition("T")
    sheet.facts = [(Text("Oluşturulma", "Created"), voice.moment(day, time))]
    sheet.parties = [
        Party(Text("Gönderen", "Sender"), _unit(root, "Sender")),
        Party(Text("Alan", "Receiver"), _unit(root, "Receiver")),
    ]
    inside = [element for element in documents(root) if element is not root]
    sheet.inside = [_sheet(voice, element) for element in inside]
    return sheet


def _account(voice: Voice, root: etree._Element) -> Sheet:
    try:
        return account_sheet(voice, read_account(etree.tostring(root, with_tail=False)))
    except EnvelopeError as error:
        return _plain(voice, root, error)


def _unit(root: etree._Element, role: str) -> list[str]:
    """The alias of a unit, then what its contact information says."""
    place = root.find(f"{_HEADER}/{{*}}{role}")
    if place is None:
        return []
    lines = [(place.findtext("{*}Identifier") or "").strip()]
    for contact in place.iterfind("{*}ContactInformation"):
        kind = (contact.findtext("{*}ContactTypeIdentifier") or "").strip()
        value = (contact.findtext("{*}Contact") or "").strip()
        lines.append(f"{kind} {value}".strip())
    return lines


def _plain(voice: Voice, root: etree._Element, error: UlakError) -> Sheet:
    """What can be said of a document that is none of UBL-TR's."""
    name = etree.QName(root)
    parts: dict[str, int] = {}
    for child in root.iterchildren("*"):
        part = etree.QName(child).localname
        parts[part] = parts.get(part, 0) + 1
    counted = [f"{part} ×{count}" if count > 1 else part for part, count in parts.items()]
    sheet = Sheet(f"{voice.say(_UNNAMED)} {name.localname}")
    sheet.facts = [
        (_NAMESPACE, name.namespace or ""),
        (_PARTS, ", ".join([*counted[:_MOST_PARTS], *(["…"] if len(counted) > _MOST_PARTS else [])])),
        (_READ, voice.say(error.text)),
    ]
    return sheet
