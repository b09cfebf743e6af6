"""Which summary a file gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from lxml import etree

from ulak.cli.building import one_file
from ulak.cli.errors import Exit
from ulak.cli.session import Session
from ulak.cli.show.answers import answer_sheet
from ulak.cli.show.despatch import despatch_sheet, receipt_sheet
from ulak.cli.show.receipt import native_receipt_sheet
from ulak.cli.show.sales import credit_note_sheet, invoice_sheet
from ulak.cli.show.sheet import Party, Sheet, set_sheet
from ulak.cli.show.voice import Voice
from ulak.errors import Text, UlakError
from ulak.rules.pack import documents
from ulak.ubl import components as ubl
from ulak.ubl.documents import read_root
from ulak.ubl.native_receipt import NativeReceipt
from ulak.xml import parse

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


def show_document(session: Session, name: str) -> Exit:
    """Print a readable summary of a document, or of an envelope and everything in it.

    Raises:
        UlakError: ``file.*`` or ``xml.*`` for what cannot be read.
    """
    sheet = _sheet(Voice(session.language), parse(one_file(name)))
    page = session.page()
    set_sheet(page, sheet, session.language)
    session.put(page)
    return Exit.OK


def _sheet(voice: Voice, root: etree._Element) -> Sheet:
    if etree.QName(root).localname == "StandardBusinessDocument":
        return _envelope(voice, root)
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
