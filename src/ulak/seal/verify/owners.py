"""Who issues a document, and whom its ``cac:Signature`` names: held against the number in the certificate.

Sources: UBL-TR and its guides (who issues: the supplier; of a despatch its supplier; of a receipt advice the customer
that takes delivery; of an answer its sender); Özel Entegrasyon Kılavuzu V1.13, 5.2 (user accounts: the sender, and for
the counter-signature the account's owner); e-Arşiv Kılavuzu V1.18, 3.3.1.3 and 11 (167: ``hazirlayan``); Yevmiye
Kılavuzu V1.5 and Berat Kılavuzu V1.2 (XBRL's entity identifier); e-Defter Teknik Kılavuzu V1.7, 2.1 (GİB seals a berat
that it approves).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.certificates import Certificate
from ulak.seal.names import local
from ulak.seal.places import CAC, CBC, PLACES, Path
from ulak.seal.verify.findings import Findings
from ulak.seal.verify.place import is_account
from ulak.seal.verify.report import Trust

__all__ = ["Owners", "check_owner", "check_signatory", "counter_owners", "owners_of"]

_GIB: Final = "3900383669"
_OA: Final = "{http://www.openapplications.org/oagis/9}"
_HR: Final = "{http://www.hr-xml.org/3}"
_EARSIV: Final = "{http://earsiv.efatura.gov.tr}"
_XBRLI: Final = "{http://www.xbrl.org/2003/instance}"
_SCHEMES: Final = ("VKN", "TCKN")
_ID: Final = CBC + "ID"
_IDENTIFICATION: Final = CAC + "PartyIdentification"
_SIGNATURE: Final = CAC + "Signature"
_PARTY: Final = CAC + "Party"
_SIGNATORY: Final = CAC + "SignatoryParty"
_SENDER: Final[Path] = (_OA + "ApplicationArea", _OA + "Sender", _OA + "LogicalID")
_USER: Final[Path] = (_HR + "DataArea", _HR + "UserAccount", _HR + "UserID")
_MAKER: Final[Path] = (_EARSIV + "baslik", _EARSIV + "hazirlayan", "*")
_ENTITY: Final[Path] = (_XBRLI + "xbrl", _XBRLI + "context", _XBRLI + "entity", _XBRLI + "identifier")
_PATHS: Final[dict[str, Path]] = {
    "ProcessUserAccount": _SENDER,
    "CancelUserAccount": _SENDER,
    "eArsivRaporu": _MAKER,
    "defter": _ENTITY,
    "berat": _ENTITY,
    "defterraporu": _ENTITY,
}
_REFERENCE: Final[Path] = (CAC + "DigitalSignatureAttachment", CAC + "ExternalReference", CBC + "URI")


class Owners(NamedTuple):
    """The numbers of the one who issues a document, and where they were looked for."""

    numbers: tuple[str, ...]
    path: str


def owners_of(root: etree._Element) -> Owners:
    """VKN or TCKN of the one who issues the document; several only if the document contradicts itself."""
    issuer = PLACES[root.tag].issuer
    if issuer is None:
        path = _PATHS[local(root.tag)]
        return Owners(_distinct(_follow(root, path)), "/".join(local(name) for name in path))
    parties = list(root.iterchildren(issuer[-1]))
    if issuer[-1] != CAC + "SenderParty":
        parties = [inner for party in parties for inner in party.iterchildren(_PARTY)]
    numbers = (id_ for party in parties for id_ in _identifications(party))
    return Owners(_distinct(numbers), f"{local(issuer[-1])}/…/PartyIdentification/ID")


def counter_owners(root: etree._Element, signer: Certificate) -> Owners:
    """Who may counter-sign: of a user-account message the account's owner; of a berat GİB, which approves it so."""
    if is_account(root.tag):
        return Owners(_distinct(_follow(root, _USER)), "/".join(local(name) for name in _USER))
    if local(root.tag) == "berat" and signer.tax_id == _GIB:
        return Owners((_GIB,), "")
    return owners_of(root)


def check_owner(owners: Owners, signer: Certificate, trust: Trust, findings: Findings) -> None:
    """Whether the signer may seal for the one who issues."""
    number = signer.tax_id
    if number is None:
        findings.add("seal.no-tax-id", subject=signer.subject)
    elif not owners.numbers:
        findings.add("seal.no-owner", path=owners.path)
    elif owners.numbers != (number,):
        known = number in trust.store.integrators and len(owners.numbers) == 1
        code = "seal.by-integrator" if known else "seal.another-taxpayer"
        findings.add(code, owner=", ".join(owners.numbers), signer=number)


def check_signatory(root: etree._Element, signature_id: str, signer: Certificate, findings: Findings) -> None:
    """Whether ``cac:Signature`` names the signer and points to the seal."""
    announced = list(root.iterchildren(_SIGNATURE))
    if not announced:
        findings.add("seal.no-signatory")
        return
    address = "#" + signature_id
    pointing = [one for one in announced if address in _distinct(_follow(one, _REFERENCE))]
    if not pointing:
        uri = ", ".join(_distinct(_follow(announced[0], _REFERENCE)))
        findings.add("seal.signatory-reference", uri=uri, id=signature_id)
    named = _distinct(number for one in pointing or announced for number in _signatories(one))
    if signer.tax_id and named != (signer.tax_id,):
        findings.add("seal.signatory", named=", ".join(named) or "–", signer=signer.tax_id)


def _signatories(announced: etree._Element) -> Iterator[str]:
    for id_ in announced.iterchildren(_ID):
        yield id_.text or ""
    for party in announced.iterchildren(_SIGNATORY):
        yield from _identifications(party)


def _identifications(party: etree._Element) -> Iterator[str]:
    for identification in party.iterchildren(_IDENTIFICATION):
        for id_ in identification.iterchildren(_ID):
            if id_.get("schemeID") in _SCHEMES:
                yield id_.text or ""


def _follow(root: etree._Element, path: Path) -> Iterator[str]:
    elements = [root]
    for name in path:
        elements = [child for element in elements for child in element.iterchildren(name)]
    return (element.text or "" for element in elements)


def _distinct(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stripped for text in texts if (stripped := text.strip())))
