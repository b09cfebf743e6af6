"""Where GİB wants the seal of each kind of document to stand.

Sources: Ek-3 V1.4, 3 and UBL-TR (an extension of the document); Özel Entegrasyon Kılavuzu V1.13, 5.2 (user accounts);
eArsiv.xsd (last child of ``baslik``); edefter.xsd (last child of the root).
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["CAC", "CBC", "EXT", "PLACES", "Path", "Place", "is_ubl"]

Path = tuple[str, ...]
_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_HR: Final = "{http://www.hr-xml.org/3}"
_OA: Final = "{http://www.openapplications.org/oagis/9}"
_EARSIV: Final = "{http://earsiv.efatura.gov.tr}"
_EDEFTER: Final = "{http://www.edefter.gov.tr}"
CAC: Final = f"{{{_UBL}CommonAggregateComponents-2}}"
CBC: Final = f"{{{_UBL}CommonBasicComponents-2}}"
EXT: Final = f"{{{_UBL}CommonExtensionComponents-2}}"


class Place(NamedTuple):
    """The place of the seal in documents with one root element.

    Attributes:
        holder: path from the root to the element whose child ``ds:Signature`` is.
        after: where the holder is made if it is missing: behind the element with this path; None if it must be there.
        issuer: the party that issues the document, before which ``cac:Signature`` stands; None where there is no such
            announcement.
    """

    holder: Path
    after: Path | None = None
    issuer: Path | None = None


def _ubl(name: str, issuer: str) -> tuple[str, Place]:
    root = f"{{{_UBL}{name}-2}}{name}"
    holder = (root, EXT + "UBLExtensions", EXT + "UBLExtension", EXT + "ExtensionContent")
    return root, Place(holder, issuer=(root, CAC + issuer))


def _account(name: str) -> tuple[str, Place]:
    area = (_HR + name, _OA + "ApplicationArea")
    return _HR + name, Place((*area, _OA + "Signature"), after=(*area, _OA + "CreationDateTime"))


PLACES: Final[dict[str, Place]] = dict(
    [
        _ubl("Invoice", "AccountingSupplierParty"),
        _ubl("CreditNote", "AccountingSupplierParty"),
        _ubl("DespatchAdvice", "DespatchSupplierParty"),
        _ubl("ReceiptAdvice", "DeliveryCustomerParty"),
        _ubl("ApplicationResponse", "SenderParty"),
        _account("ProcessUserAccount"),
        _account("CancelUserAccount"),
        (_EARSIV + "eArsivRaporu", Place((_EARSIV + "eArsivRaporu", _EARSIV + "baslik"))),
        *((_EDEFTER + name, Place((_EDEFTER + name,))) for name in ("defter", "berat", "defterraporu")),
    ]
)
"""By the Clark name of the root."""


def is_ubl(root: str) -> bool:
    """Whether the root is one of UBL's, whose seal stands in an extension and is announced by ``cac:Signature``.

    >>> is_ubl("{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice"), is_ubl("Invoice")
    (True, False)
    """
    return PLACES[root].issuer is not None if root in PLACES else False
