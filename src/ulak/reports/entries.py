"""From a sealed document to its entry in a report; from a document to what it would lack there.

>>> cancelled("earchive_invoice", "ABC2026000000001", "", date(2026, 11, 23), Decimal("100")).fragment.decode()[:46]
'<faturaIptal><faturaNo>ABC2026000000001</fatur'
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from lxml import etree

from ulak.reports import parts
from ulak.reports.expenses import expense_note
from ulak.reports.invoices import invoice
from ulak.reports.needs import Needs
from ulak.reports.problems import ReportError, problem
from ulak.reports.receipts import freelance_receipt, producer_receipt
from ulak.reports.screening import is_plain
from ulak.reports.source import Source, leaf
from ulak.reports.texts import day as day_of
from ulak.reports.texts import element, exact, moment_of_day
from ulak.reports.values import ISTANBUL, KINDS, METHODS, Entry, Facts, Names, Objection
from ulak.reports.words import Words, usual_words
from ulak.xml import parse

__all__ = [
    "cancelled",
    "cancelled_document",
    "issued",
    "kind_of",
    "missing",
    "objected",
    "signing_time",
]

_Make = Callable[[Source, Facts, str, Words, Needs], str]
_MAKERS: Final[dict[str, _Make]] = {
    "earchive_invoice": invoice,
    "freelance_receipt": freelance_receipt,
    "producer_receipt": producer_receipt,
    "expense_note": expense_note,
}
_INVOICE: Final = "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice"
_CREDIT_NOTE: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote"
_KINDS: Final = {
    (_INVOICE, "EARSIVFATURA"): "earchive_invoice",
    (_INVOICE, "EARSIVBELGE"): "freelance_receipt",
    (_CREDIT_NOTE, "EARSIVBELGE"): "producer_receipt",
    (_CREDIT_NOTE, "GIDERPUSULASI"): "expense_note",
}
_SIGNING_TIME: Final = "{http://uri.etsi.org/01903/v1.3.2#}SigningTime"
_UNKNOWN: Final = Facts("-", datetime(2000, 1, 1, tzinfo=UTC), "-")


def kind_of(root: etree._Element) -> str | None:
    """The kind of a document by its root and profile; None for one that is not reported."""
    profile = root.findtext("{*}ProfileID") or ""
    return _KINDS.get((str(root.tag), profile.strip()))


def issued(document: bytes, facts: Facts, *, words: Words | None = None) -> Entry:
    """The entry of a sealed document.

    Args:
        document: the bytes as they were sealed; their SHA-256 is ozetDeger (e-Arşiv Kılavuzu V1.18, 3.3.2.6).
        facts: what these bytes do not say.
        words: the values that the schema in force lets stand; those of package 1.1_6 if not given.

    Raises:
        ReportError: the first thing that the document lacks; `missing` names all of them, before sealing.
        XmlError: the bytes are not XML.
    """
    source, kind, names = _opened(parse(document))
    needs = Needs()
    digest = (facts.digest or hashlib.sha256(document).hexdigest()).lower()
    inside = _MAKERS[kind](source, facts, digest, words or usual_words(names.product), needs)
    if needs.found:
        raise needs.found[0]
    day = date.fromisoformat(source.text("IssueDate")[:10])
    return _entry(names, names.issued, source.text("ID"), source.text("UUID"), day, inside)


def missing(
    document: bytes | etree._Element, *, numbered: bool = False, words: Words | None = None
) -> tuple[ReportError, ...]:
    """What keeps a document from being reported; asked before sealing, so that nothing unreportable is ever issued.

    Args:
        document: the document, sealed or not.
        numbered: whether it has its final number, ETTN, date and time; before that they are not looked at.

    Returns:
        Nothing for a document that is not of a reported kind.

    Raises:
        XmlError: the bytes are not XML.
    """
    root = parse(document) if isinstance(document, bytes) else document
    kind = kind_of(root)
    if kind is None:
        return ()
    known = words or usual_words(KINDS[kind].product)
    if kind == "earchive_invoice" and (not numbered or _is_identified(root)) and is_plain(root, known):
        return ()
    needs = Needs()
    _MAKERS[kind](Source(root), _UNKNOWN, "-", known, needs)
    return tuple(each for each in needs.found if numbered or each.code not in _GIVEN_LATER)


def _is_identified(root: etree._Element) -> bool:
    number, uuid, issued_on, at = (leaf(root, f"cbc:{name}") for name in ("ID", "UUID", "IssueDate", "IssueTime"))
    known = parts.NUMBER.fullmatch(number) and parts.UUID.fullmatch(uuid)
    return bool(known and day_of(issued_on) and moment_of_day(at))


_GIVEN_LATER: Final = frozenset({"report.number", "report.uuid", "report.issue-date", "report.issue-time"})


def signing_time(root: etree._Element) -> datetime | None:
    """When a document says it was sealed (XAdES SigningTime); None without a seal. Without a zone it is Istanbul's."""
    try:
        moment = datetime.fromisoformat((root.findtext(f".//{_SIGNING_TIME}") or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ISTANBUL)


def cancelled(kind: str, number: str, uuid: str, day: date, amount: Decimal) -> Entry:
    """The entry of a cancellation.

    Args:
        kind: as in `KINDS`.
        number: of the cancelled document.
        uuid: its ETTN; reported for expense notes alone.
        day: of the cancellation (iptalTarihi).
        amount: total of the cancelled document without taxes, in its currency; not reported for expense notes.

    Raises:
        ReportError: ``report.number``, ``report.uuid`` or ``report.amount``.
    """
    names = KINDS[kind]
    _refuse_number(number)
    total = exact(amount, 2)
    if total is None:
        raise problem("report.amount", name="toplamTutar", value=str(amount))
    date_of = element("iptalTarihi", day.isoformat())
    if kind == "expense_note":
        if not parts.UUID.fullmatch(uuid):
            raise problem("report.uuid", value=uuid)
        inside = element("giderPusulasiBelgeNo", number) + element("UUID", uuid) + date_of
    else:
        label = "faturaNo" if kind == "earchive_invoice" else "makbuzNo"
        inside = element(label, number) + date_of + element("toplamTutar", total)
    return _entry(names, names.cancelled, number, uuid, day, inside)


def cancelled_document(document: bytes, day: date) -> Entry:
    """The entry of the cancellation of a sealed document; raises like `issued`."""
    source, kind, _ = _opened(parse(document))
    needs = Needs()
    total = parts.money(source, "TaxExclusiveAmount", needs)
    number, uuid = parts.number_of(source, needs), parts.uuid_of(source, needs)
    if needs.found:
        raise needs.found[0]
    return cancelled(kind, number, uuid, day, Decimal(total))


def objected(kind: str, number: str, objection: Objection, *, uuid: str = "") -> Entry:
    """The entry of an objection to an e-Arşiv invoice or an e-SMM.

    Raises:
        ReportError: ``report.kind`` for kinds that have none, ``report.number``, ``report.objection``.
    """
    names = KINDS[kind]
    if not names.objected:
        raise problem("report.kind", kind=kind, what="itiraz")
    _refuse_number(number)
    told = {"itirazBelgeNo": objection.number.strip(), "aciklama": objection.explanation.strip()}
    wrong = [name for name, value in told.items() if not value]
    if objection.method not in METHODS:
        wrong.append("itirazYontemi")
    if wrong:
        raise problem("report.objection", name=", ".join(wrong))
    inside = "".join(
        (
            element("belgeNo", number),
            element("itirazBelgeTarihi", objection.day.isoformat()),
            element("itirazBelgeNo", told["itirazBelgeNo"]),
            element("itirazYontemi", objection.method),
            element("aciklama", told["aciklama"]),
        )
    )
    return _entry(names, names.objected, number, uuid, objection.day, inside)


def _opened(root: etree._Element) -> tuple[Source, str, Names]:
    kind = kind_of(root)
    source = Source(root)
    if kind is None:
        raise problem(
            "report.document", where=f"/{source.name}", name=source.name, profile=source.profile, type=source.type
        )
    return source, kind, KINDS[kind]


def _refuse_number(number: str) -> None:
    if not parts.NUMBER.fullmatch(number):
        raise problem("report.number", value=number)


def _entry(names: Names, name: str, number: str, uuid: str, day: date, inside: str) -> Entry:
    return Entry(names.product, name, number, uuid, day, f"<{name}>{inside}</{name}>".encode())
