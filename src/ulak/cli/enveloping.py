"""``ulak envelope pack``: documents in, envelopes in a folder out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import uuid4

from lxml import etree

from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.inputs import InputError, Source, expand, read, shown
from ulak.cli.outputs import write_output
from ulak.cli.session import Session
from ulak.envelope import CARRIES, ElementType, Envelope, EnvelopeError, EnvelopeType, Header, Party, distribute, pack
from ulak.envelope.documents import bare, parsed_alone
from ulak.envelope.ids import Ids
from ulak.envelope.problems import error
from ulak.envelope.rules import answer_faults, header_faults, is_system_response
from ulak.envelope.values import ROOTS
from ulak.envelope.zipping import ISTANBUL
from ulak.errors import Text
from ulak.xml import MAX_BYTES

__all__ = ["PackWish", "folder_for", "pack_files", "pack_wish"]

_PARTY: Final = re.compile(r"(\S+):(\d{11}|\d{10})(?::(.*))?", re.ASCII | re.DOTALL)
_TYPES: Final = {root: kind for kind, root in ROOTS.items()}
_USUAL: Final = {kind: type for type in reversed(EnvelopeType) for kind in CARRIES[type]} | {
    ElementType.APPLICATION_RESPONSE: EnvelopeType.POSTBOX
}
_NO_PARTY: Final = Text("{option}: “{text}” bir adres değil.", "{option}: “{text}” is no address.")
_PARTY_FORM: Final = Text(
    "Şöyle yazın: urn:mail:defaultgb@firma.com.tr:1234567801:Firma A.Ş.",
    "Write it like urn:mail:defaultgb@firma.com.tr:1234567801:Firma A.Ş.",
)
_NO_COUNT: Final = Text("--most: “{text}” bir sayı değil.", "--most: “{text}” is no count.")
_COUNT_FORM: Final = Text("1 ya da daha büyük bir tam sayı yazın.", "Write a whole number from 1 up.")
_UNKNOWN: Final = Text("kök öğesi {root}; zarfa girmez.", "its root is {root}; no envelope carries it.")
_MADE: Final = Text("{path}  {type}  {count} {element}  md5 {md5}", "{path}  {type}  {count} {element}  md5 {md5}")
_NO_FOLDER: Final = Text("{name} klasörü yapılamadı: {detail}", "The folder {name} could not be made: {detail}")
_OTHER_FOLDER: Final = Text("Yazabildiğiniz bir klasör verin.", "Name a folder that you may write to.")


class PackWish(NamedTuple):
    """What the options ask for.

    Attributes:
        type: None: the documents tell.
        most: documents in an envelope; None: GİB's limit.
    """

    sender: Party
    receiver: Party
    folder: str
    type: EnvelopeType | None
    most: int | None


class _Kind(NamedTuple):
    """What goes together: documents of one type, in envelopes of one type."""

    type: EnvelopeType
    element: ElementType


def pack_wish(sender: str, receiver: str, folder: str, type: str | None, most: str | None) -> PackWish:
    """What the options ask for.

    Raises:
        UlakError: ``cli.usage``.
    """
    if type is not None:
        one_of(type, tuple(EnvelopeType), "--type")
    kind = EnvelopeType(type) if type else None
    return PackWish(party_of(sender, "--from"), party_of(receiver, "--to"), folder, kind, _count(most))


def party_of(text: str, option: str) -> Party:
    """The party that an option names.

    Raises:
        UlakError: ``cli.usage``.

    >>> party_of("urn:mail:pk@a.example:7359021640:Meltem: Gıda", "--to")
    Party(alias='urn:mail:pk@a.example', number='7359021640', title='Meltem: Gıda')
    """
    found = _PARTY.fullmatch(text)
    if found is None:
        raise usage(_NO_PARTY.format(option=option, text=text), _PARTY_FORM)
    return Party(found[1], found[2], found[3] or "")


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)):
        raise usage(_NO_COUNT.format(text=text), _COUNT_FORM)
    return int(text)


def pack_files(session: Session, names: Sequence[str], wish: PackWish) -> Exit:
    """Pack everything named; nothing is written before every document was seen to fit in an envelope."""
    sources: dict[_Kind, list[Source]] = {}
    for source in expand(names, MAX_BYTES):
        sources.setdefault(_kind_of(source, wish.type), []).append(source)
    headers = {kind: _header(wish, kind) for kind in sources}
    for kind, found in sources.items():
        for envelope in _distributed(headers[kind], kind, found, wish.most):
            _refuse_same_ids(envelope)
    folder_for(wish.folder)
    for kind, found in sources.items():
        _write(session, _distributed(headers[kind], kind, found, wish.most), wish.folder)
    return Exit.OK


def _kind_of(source: Source, wanted: EnvelopeType | None) -> _Kind:
    """See that the document can stand in an envelope, and in which list of which.

    Raises:
        UlakError: it cannot.
    """
    try:
        data = read(source, MAX_BYTES)
        root = parsed_alone(data)
        bare(data, parse=False)
        return _kind(root, wanted)
    except EnvelopeError as fault:
        raise placed(fault, source.name) from None


def _kind(root: etree._Element, wanted: EnvelopeType | None) -> _Kind:
    name = str(root.tag)
    if name not in _TYPES:
        raise error("envelope.document-malformed", detail=_UNKNOWN.format(root=name[:200]))
    kind = _TYPES[name]
    type = wanted or (EnvelopeType.SYSTEM if is_system_response(root) else _USUAL[kind])
    for fault in answer_faults(type, root):
        raise fault
    return _Kind(type, kind)


def _distributed(header: Header, kind: _Kind, sources: Sequence[Source], most: int | None) -> Iterator[Envelope]:
    documents = (bare(read(source, MAX_BYTES), parse=False, where=source.name) for source in sources)
    return distribute(header, kind.element, documents, new_id=lambda: str(uuid4()), most=most)


def _refuse_same_ids(envelope: Envelope) -> None:
    ids = Ids()
    for group in envelope.groups:
        for position, document in enumerate(group.documents, start=1):
            for fault in ids.add(parsed_alone(document), f"{group.type}[{position}]"):
                raise placed(fault, "")


def placed(fault: EnvelopeError, name: str) -> EnvelopeError:
    """The same with the file, and the document in it, at the beginning of its sentence."""
    where = ", ".join(filter(None, (name, fault.where)))
    said = EnvelopeError(fault.code, Text(*(f"{where}: {text}" for text in fault.text)), fault.repair, where=where)
    said.status = fault.status
    return said


def _header(wish: PackWish, kind: _Kind) -> Header:
    type, element = kind
    if element not in CARRIES[type]:
        raise error("envelope.not-carried", type=type, element=element, allowed=", ".join(CARRIES[type]))
    header = Header(type, str(uuid4()), wish.sender, wish.receiver, datetime.now(ISTANBUL))
    for fault in header_faults(header):
        raise fault
    return header


def folder_for(name: str) -> None:
    """Make the folder unless it is there.

    Raises:
        InputError: ``file.unwritable``.
    """
    try:
        os.makedirs(name, exist_ok=True)
    except (OSError, ValueError) as failure:
        detail = getattr(failure, "strerror", None) or str(failure)
        text = _NO_FOLDER.format(name=shown(name), detail=detail)
        raise InputError("file.unwritable", text, _OTHER_FOLDER, permanent=False) from None


def _write(session: Session, envelopes: Iterable[Envelope], folder: str) -> None:
    for envelope in envelopes:
        packed = pack(envelope, parse=False)
        path = os.path.join(folder, packed.name)
        write_output(session, packed.data, path)
        (group,) = envelope.groups
        facts = {"type": envelope.header.type, "count": len(group.documents), "element": group.type}
        session.put(session.say(_MADE.format(path=shown(path), md5=packed.md5, **facts)) + "\n")
