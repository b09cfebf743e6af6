"""What GİB demands of an envelope's outside, told of values: the same for packing and for opening.

Source: Schematron 20260312, the rules named beside each check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from ulak.codes import code_list
from ulak.envelope.limits import MOST_ELEMENTS, MOST_GROUPS, MOST_INVOICES
from ulak.envelope.problems import EnvelopeError, error
from ulak.envelope.values import CARRIES, GIB, ROOTS, ElementType, EnvelopeType, Header, Party
from ulak.errors import Text

__all__ = [
    "NOT_XML",
    "OTHER_CODE",
    "RECEIVER",
    "SENDER",
    "S_APR",
    "Tally",
    "answer_faults",
    "group_faults",
    "header_faults",
    "id_faults",
    "is_system_response",
    "mixing_faults",
    "party_faults",
]

SENDER: Final = Text("Gönderen", "Sender")
RECEIVER: Final = Text("Alıcı", "Receiver")
S_APR: Final = "S_APR"
"""``ResponseCode`` of a system response."""
OTHER_CODE: Final = Text("ResponseCode “{code}”, S_APR değil.", "its ResponseCode is “{code}”, not S_APR.")
_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_RESPONSE_CODE: Final = etree.XPath(
    "string(cac:DocumentResponse/cac:Response/cbc:ResponseCode)",
    namespaces={"cac": f"{_UBL}CommonAggregateComponents-2", "cbc": f"{_UBL}CommonBasicComponents-2"},
)
_ID: Final = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_ID_LENGTH: Final = 36
NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_ALIAS: Final = Text("etiket yok.", "there is no alias.")
_NUMBER: Final = Text("“{number}” VKN ya da TCKN değil.", "“{number}” is no VKN or TCKN.")
_CHARACTERS: Final = Text("XML'de olamayan bir karakter var.", "it has a character that XML cannot hold.")
_TO_GIB: Final = Text("alıcı {alias} ({number}).", "the receiver is {alias} ({number}).")
_FROM_SERVICE: Final = Text("gönderen etiketi “{alias}”.", "the sender's alias is “{alias}”.")
_TOO_FEW: Final = Text("Package içinde Elements yok.", "there is no Elements in Package.")


def header_faults(header: Header) -> list[EnvelopeError]:
    """What is wrong with the values on the outside (``UUIDCheck``, ``EmptyCheck``, ``ContactCheck``)."""
    faults = [*id_faults(header.id), *party_faults(header.sender, SENDER), *party_faults(header.receiver, RECEIVER)]
    if header.type is EnvelopeType.USER:
        faults += _user_faults(header)
    return faults


def id_faults(id: str) -> list[EnvelopeError]:
    """What is wrong with an ``InstanceIdentifier``."""
    if not id:
        return [error("envelope.no-id")]
    if len(id) != _ID_LENGTH:
        return [error("envelope.id-length", id=id[:100])]
    return [] if _ID.fullmatch(id) else [error("envelope.id", id=id)]


def party_faults(party: Party, side: Text) -> Iterator[EnvelopeError]:
    """What is wrong with one end of the way (``EmptyCheck``, ``ContactCheck``)."""
    if not party.alias.strip():
        yield error("envelope.party", side=side, detail=_NO_ALIAS)
    if len(party.number) not in (10, 11) or not (party.number.isascii() and party.number.isdigit()):
        yield error("envelope.party", side=side, detail=_NUMBER.format(number=party.number[:100]))
    if any(NOT_XML.search(value) for value in party):
        yield error("envelope.party", side=side, detail=_CHARACTERS)


def _user_faults(header: Header) -> Iterator[EnvelopeError]:
    """``EnvelopeTypeElementTypeCheck``, its last two assertions."""
    alias, number, _ = header.receiver
    if (alias, number) != (GIB.alias, GIB.number):
        yield error("envelope.user-party", detail=_TO_GIB.format(alias=alias[:250], number=number[:100]))
    service = code_list("service_aliases").get(header.sender.alias)
    if service is None or service.extra["sender"] != "yes":
        yield error("envelope.user-party", detail=_FROM_SERVICE.format(alias=header.sender.alias[:250]))


def mixing_faults(type: EnvelopeType | None, lists: Sequence[ElementType | None]) -> list[EnvelopeError]:
    """What is wrong with the lists taken together (``ElementsGroupCountCheck``, ``EnvelopeTypeElementTypeCheck``)."""
    faults: list[EnvelopeError] = []
    if not lists:
        faults.append(error("envelope.structure", detail=_TOO_FEW))
    if len(lists) > MOST_GROUPS:
        faults.append(error("envelope.group-count", limit=MOST_GROUPS))
    known = [element for element in lists if element]
    if type is not None:
        faults += [_not_carried(type, element) for element in dict.fromkeys(known) if element not in CARRIES[type]]
    if not faults and type is not EnvelopeType.USER and len(set(known)) > 1:
        faults.append(error("envelope.mixed", types=", ".join(dict.fromkeys(known))))
    return faults


def _not_carried(type: EnvelopeType, element: ElementType) -> EnvelopeError:
    return error("envelope.not-carried", type=type, element=element, allowed=", ".join(CARRIES[type]))


def is_system_response(root: etree._Element) -> bool:
    """Whether a document is an ApplicationResponse that says what became of an envelope."""
    return root.tag == ROOTS[ElementType.APPLICATION_RESPONSE] and _response_code(root) == S_APR


def _response_code(root: etree._Element) -> str:
    found = _RESPONSE_CODE(root)
    return found.strip() if isinstance(found, str) else ""


def answer_faults(type: EnvelopeType | None, root: etree._Element, where: str = "") -> Iterator[EnvelopeError]:
    """Whether an ApplicationResponse is of the sort that the envelope carries (``PostBoxResponseCodeCheck``; the
    Schematron finds a business answer in a SYSTEMENVELOPE only by its line's code, ``AppResponseCodeCheck``)."""
    if root.tag != ROOTS[ElementType.APPLICATION_RESPONSE] or type not in (EnvelopeType.SYSTEM, EnvelopeType.POSTBOX):
        return
    code = _response_code(root)
    if type is EnvelopeType.SYSTEM and code != S_APR:
        yield error("envelope.not-system-response", where=where, detail=OTHER_CODE.format(code=code[:100]))
    if type is EnvelopeType.POSTBOX and code == S_APR:
        yield error("envelope.system-response", where=where)


class Tally:
    """What a list turned out to hold.

    Attributes:
        type: as stated; None if there is no such type.
        stated: ``ElementCount``; None if it is no number.
        wrong: a fault for each document that does not belong into the list, the first hundred.
    """

    def __init__(self, type: ElementType | None, stated: int | None = None, where: str = "") -> None:
        self.type = type
        self.stated = stated
        self.where = where
        self.count = 0
        self.profiles: Counter[str] = Counter()
        self.wrong: list[EnvelopeError] = []

    def add(self, root: str, profile: str = "") -> None:
        """Count one document (``ElementNameCheck``, for every type of list)."""
        self.count += 1
        self.profiles[profile] += bool(profile)
        if self.type is not None and root != ROOTS[self.type] and len(self.wrong) < 100:
            where = f"{self.where}/ElementList[{self.count}]"
            self.wrong.append(error("envelope.wrong-document", where=where, type=self.type, root=root[:200]))


def group_faults(tally: Tally, where: str) -> list[EnvelopeError]:
    """What is wrong with the numbers of one list (the rules ``…CountCheck``)."""
    faults = []
    if not tally.count:
        faults.append(error("envelope.empty", where=where))
    if max(tally.count, tally.stated or 0) > MOST_ELEMENTS:
        faults.append(error("envelope.element-limit", where=where, limit=MOST_ELEMENTS))
    if tally.type is ElementType.INVOICE and tally.count > MOST_INVOICES:
        faults.append(error("envelope.invoice-limit", where=where, limit=MOST_INVOICES))
    for profile, count in tally.profiles.items():
        if count > 1:
            faults.append(error("envelope.profile-limit", where=where, profile=profile))
    if tally.stated is not None and tally.stated != tally.count:
        faults.append(error("envelope.element-count", where=where, stated=tally.stated, count=tally.count))
    return faults
