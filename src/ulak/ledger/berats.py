"""Berats: what GİB gets to seal for a book, made from the sealed book itself.

A berat is the book's ``xbrl`` without its entries, with ten sums of VAT and sales in their place, and the signature
value of the book's seal (Teknik Kılavuz V1.7, 2.3; Berat Kılavuzu V1.2). Whatever the book says of itself is copied, so
a berat can be made for the book of any software. The berat of an inventory has no sums (envanter_berat.sch).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal
from io import SEEK_END
from typing import BinaryIO, Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak.ledger.berat_problems import problem
from ulak.ledger.heads import DECLARATION
from ulak.ledger.reading import LARGEST_FILE, entries, head_of
from ulak.ledger.reading.entries import Entry
from ulak.ledger.reading.tags import BUS, COR, DS, HEADER, SIGNATURE, XBRLI
from ulak.ledger.templates import Element, escaped
from ulak.spans import root_of
from ulak.xml import parse

__all__ = ["ACCOUNTS", "Counted", "Sums", "berat", "count", "counted_in", "megabytes"]

Sums = Mapping[str, tuple[Decimal, Decimal]]
"""Debit and credit of main accounts, by their code; of those that a berat tells, the others do not matter."""
ACCOUNTS: Final = {
    "391": "Hesaplanan KDV",
    "191": "İndirilecek KDV",
    "600": "Yurt İçi Satışlar",
    "601": "Yurt Dışı Satışlar",
    "602": "Diğer Gelirler Hesabı",
}
"""The accounts whose changes a berat tells, with GİB's names for them (Berat Kılavuzu V1.2, 2.2.4.2.2)."""
_KINDS: Final = {"Y": "journal_context", "K": "ledger_context", "E": "assets_context"}
_CENT: Final = Decimal("0.01")
_MEGABYTE: Final = 1024 * 1024
_TAILS: Final = (64 * 1024, 512 * 1024, 8 * 1024 * 1024)
_BEGINNING: Final = 64 * 1024
_NOTHING: Final = (Decimal(0), Decimal(0))
_BERAT: Final = "{http://www.edefter.gov.tr}berat"
_STYLE: Final = '<?xml-stylesheet type="text/xsl" href="berat.xslt"?>\n'
_VALUE: Final = f"{DS}SignatureValue"
_XBRL: Final = f"{XBRLI}xbrl"
_ENTITY: Final = f"{XBRLI}context/{XBRLI}entity"
_SEGMENT: Final = f"{XBRLI}segment"
_ENTRIES: Final = f"{COR}accountingEntries"
_COMMENT: Final = f"{COR}documentInfo/{COR}entriesComment"
_MEASURE: Final = f"{XBRLI}measure"


class Counted(NamedTuple):
    """What a berat tells of the entries of its book.

    Attributes:
        entries: entries of a journal or inventory; accounts of a ledger, where it is not told.
        sums: of the book's lines.
    """

    entries: int
    sums: Sums


def counted_in(found: Iterable[Entry]) -> Counted:
    """Count and sum up entries, in one pass."""
    number = 0
    sums = {account: [Decimal(0), Decimal(0)] for account in ACCOUNTS}
    for entry in found:
        number += not entry.is_continued
        for line in entry.lines:
            if line.main in sums and line.side:
                sums[line.main][line.side == "C"] += line.amount or 0
    return Counted(number, {account: (debit, credit) for account, (debit, credit) in sums.items()})


def count(source: BinaryIO) -> Counted:
    """What a berat needs to know of a book's entries, by reading all of them.

    Raises:
        XmlError, BookError: as `ulak.ledger.reading.entries`.
    """
    source.seek(0)
    return counted_in(entries(source, max_bytes=LARGEST_FILE))


def megabytes(size: int) -> str:
    """A book's size as its berat has it (Berat Kılavuzu V1.2, 2.2.3).

    >>> megabytes(66135), megabytes(417061), megabytes(209715200)
    ('0.06', '0.4', '200')
    """
    rounded = (Decimal(size) / _MEGABYTE).quantize(_CENT, ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def berat(source: BinaryIO, unique: str, counted: Counted | None = None) -> bytes:
    """The berat of a sealed book, to be sealed itself.

    Args:
        source: the book as it is kept, seekable.
        unique: UUID of the berat; no other may have it.
        counted: what is known of the entries; without it they are read, which takes as long as the book is large.

    Returns:
        canonical bytes behind an XML declaration, without ``ds:Signature``.

    Raises:
        BeratError: ``berat.no-book``, ``berat.unsealed``, ``berat.frame``.
        XmlError, BookError: the book cannot be read.
    """
    source.seek(0)
    head = head_of(source, to_end=False)
    if head.kind not in _KINDS:
        raise problem("berat.no-book", kind=Text(head.kind or "?", head.kind or "?"))
    value = _seal_value(source)
    size = source.seek(0, SEEK_END)
    root = deepcopy(head.frame)
    _become_berat(root, value)
    xbrl = _one(root, _XBRL)
    told = counted or count(source)
    _put_segment(xbrl, head.kind, unique, told.entries, megabytes(size))
    group = _one(xbrl, _ENTRIES)
    _add_word(group)
    if head.kind != "E":
        group.append(_details(group, _unit(xbrl), _context(xbrl), told.sums))
    body: bytes = etree.tostring(root, method="c14n", with_comments=False)
    return (DECLARATION + _STYLE).encode() + body


# -- The book's own ---------------------------------------------------------------------------------------------------


def _become_berat(root: etree._Element, value: etree._Element) -> None:
    """Take out all that is the book's alone; what remains is copied."""
    root.tag = _BERAT
    for child in list(root):
        if child.tag != _XBRL:
            root.remove(child)
    for header in list(root.iter(HEADER)):
        parent = header.getparent()
        if parent is not None:
            parent.remove(header)
    copied = etree.SubElement(root, _VALUE)
    copied.text = value.text
    if identifier := value.get("Id"):
        copied.set("Id", identifier)


def _seal_value(source: BinaryIO) -> etree._Element:
    """``ds:SignatureValue`` of the book's seal, from the end of the file."""
    source.seek(0)
    opening = root_of(source.read(_BEGINNING)).tag
    size = source.seek(0, SEEK_END)
    for length in _TAILS:
        source.seek(max(0, size - length))
        tail = source.read()
        at = tail.rfind(b"</xbrli:xbrl>")
        if at >= 0:
            return _value_in(opening + tail[at + len(b"</xbrli:xbrl>") :])
    source.seek(0)
    return _value_of(head_of(source).frame)


def _value_in(framed: bytes) -> etree._Element:
    return _value_of(parse(framed, max_bytes=len(framed)))


def _value_of(root: etree._Element) -> etree._Element:
    seal = next(root.iterchildren(SIGNATURE), None)
    value = seal.find(_VALUE) if seal is not None else None
    if value is None or not (value.text or "").strip():
        raise problem("berat.unsealed")
    return value


def _add_word(group: etree._Element) -> None:
    """Say in the comment that this is the berat."""
    comment = group.find(_COMMENT)
    if comment is not None:
        comment.text = f"{(comment.text or '').rstrip()} Beratı"


# -- The berat's own --------------------------------------------------------------------------------------------------


def _put_segment(xbrl: etree._Element, kind: str, unique: str, number: int, size: str) -> None:
    """The berat's identifier, the number of entries and the size of the book, as the guide's examples order them."""
    entity = _one(xbrl, _ENTITY)
    for old in entity.findall(_SEGMENT):
        entity.remove(old)
    of = _context(xbrl)
    stated = {
        "unique": f'<gl-cor:uniqueID contextRef="{of}">{escaped(unique)}</gl-cor:uniqueID>',
        "entries": _countable("numberOfEntries", of, str(number)),
        "size": _countable("measurableQuantity", of, size),
    }
    order = {"Y": ("entries", "unique", "size"), "K": ("unique", "size"), "E": ("unique", "entries", "size")}[kind]
    entity.append(_made(f"<xbrli:segment>{''.join(stated[name] for name in order)}</xbrli:segment>"))


def _countable(name: str, context: str, value: str) -> str:
    return f'<gl-bus:{name} contextRef="{context}" unitRef="countable">{value}</gl-bus:{name}>'


def _details(group: etree._Element, unit: str, context: str, sums: Sums) -> etree._Element:
    """``entryHeader`` with the changes of the five accounts, debit and credit of each."""
    of = Element(context)
    rows = [(main, side, sums.get(main, _NOTHING)[side == "C"]) for main in ACCOUNTS for side in "DC"]
    lines = "".join(
        "<gl-cor:entryDetail>"
        f"{of('gl-cor:lineNumber', str(number))}<gl-cor:account>{of('gl-cor:accountMainID', main)}"
        f"{of('gl-cor:accountMainDescription', ACCOUNTS[main])}</gl-cor:account>"
        f"{of('gl-cor:amount', f'{_checked(amount, main):.2f}', unit)}{of('gl-cor:debitCreditCode', side)}"
        f"<gl-cor:xbrlInfo>{of('gl-cor:xbrlInclude', 'period_change')}</gl-cor:xbrlInfo></gl-cor:entryDetail>"
        for number, (main, side, amount) in enumerate(rows, 1)
    )
    qualifier = of("gl-cor:qualifierEntry", "standard")
    return _made(f"<gl-cor:entryHeader>{qualifier}{lines}</gl-cor:entryHeader>")


def _checked(amount: Decimal, account: str) -> Decimal:
    if amount < 0 or amount != amount.quantize(_CENT):
        raise problem("berat.amount", place=Text(account, account), value=f"{amount}")
    return amount


# -- XML --------------------------------------------------------------------------------------------------------------


def _made(text: str) -> etree._Element:
    """An element of text, in the namespaces of the books."""
    names = " ".join(f'xmlns:{prefix}="{_NAMES[prefix]}"' for prefix in _NAMES)
    return parse(f"<made {names}>{text}</made>".encode())[0]


_NAMES: Final = {"gl-bus": BUS[1:-1], "gl-cor": COR[1:-1], "xbrli": XBRLI[1:-1]}


def _one(parent: etree._Element, path: str) -> etree._Element:
    found = parent.findall(path)
    if len(found) != 1:
        name = path.rpartition("}")[2]
        raise problem("berat.frame", name=Text(name, name))
    return found[0]


def _context(xbrl: etree._Element) -> str:
    return _one(xbrl, f"{XBRLI}context").get("id", "")


def _unit(xbrl: etree._Element) -> str:
    """The Id of the unit that is money."""
    for unit in xbrl.iterchildren(f"{XBRLI}unit"):
        if (unit.findtext(_MEASURE) or "").strip().startswith("iso4217:"):
            return unit.get("id", "")
    raise problem("berat.frame", name=Text("xbrli:unit", "xbrli:unit"))
