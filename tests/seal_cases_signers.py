"""When was sealed, by whom, and on what kind of document."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Final

from lxml import etree

from seal_cases import (
    FAILED,
    PASSED,
    UNSURE,
    case,
)
from seal_forge import CAC, Forge, tiny
from seal_pki import KNOWN_KEY, NOW
from ulak.seal.counter import counter_seal
from ulak.seal.sealing import seal

__all__: list[str] = []


@case("time-without-zone", "A signing time without its zone", UNSURE, "seal.time-form", crypto=True)
def _() -> Forge:
    return Forge().set("//xades:SigningTime", "2026-11-22T12:00:00").sign()


@case("time-impossible", "A signing time that no calendar has", UNSURE, "seal.time-form", crypto=True)
def _() -> Forge:
    return Forge().set("//xades:SigningTime", "2026-02-31T25:00:00+03:00").sign()


@case("time-in-future", "Signed tomorrow", UNSURE, "seal.time-in-future", crypto=True)
def _() -> Forge:
    return Forge().set("//xades:SigningTime", "2026-11-23T12:00:00+03:00").sign()


@case(
    "time-before-certificate",
    "Signed before there was a certificate",
    UNSURE,
    "seal.time-outside-certificate",
    crypto=True,
)
def _() -> Forge:
    return Forge().set("//xades:SigningTime", "2020-01-01T12:00:00+03:00").sign()


@case("no-time", "No signing time", UNSURE, "seal.no-signing-time", crypto=True)
def _() -> Forge:
    return Forge().remove("//xades:SigningTime").sign()


@case("another-taxpayer", "Sealed by somebody who is not the supplier", UNSURE, "seal.another-taxpayer", crypto=True)
def _() -> Forge:
    return Forge(tiny(supplier="7359021640"))


@case("signatory-differs", "cac:Signature names somebody else", UNSURE, "seal.signatory", crypto=True)
def _() -> Forge:
    forge = Forge()
    for id_ in forge.root.iterfind(f"{CAC}Signature//{{*}}ID"):
        id_.text = "7359021640"
    return forge.sign()


@case("no-owner", "A document that does not say who issues it", UNSURE, "seal.no-owner", crypto=True)
def _() -> Forge:
    return Forge().remove("/*/cac:AccountingSupplierParty/cac:Party").sign()


@case("two-owners", "A supplier with two tax numbers", UNSURE, "seal.another-taxpayer", crypto=True)
def _() -> Forge:
    other = '<cac:PartyIdentification><cbc:ID schemeID="VKN">7359021640</cbc:ID></cac:PartyIdentification>'
    return Forge().insert("/*/cac:AccountingSupplierParty/cac:Party", other).sign()


_ANSWER: Final = (
    b'<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"'
    b' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
    b' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
    b"<cbc:ProfileID>UBL-TR-PROFILE-1</cbc:ProfileID><cac:DocumentResponse><cac:Response>"
    b"<cbc:ResponseCode>S_APR</cbc:ResponseCode></cac:Response></cac:DocumentResponse></ApplicationResponse>\n"
)


@case("system-response", "A system response, which may come unsealed", UNSURE, "seal.not-required")
def _() -> bytes:
    return _ANSWER


@case("answer-unsealed", "A refusal of an invoice without a seal", FAILED, "seal.missing")
def _() -> bytes:
    return _ANSWER.replace(b"S_APR", b"RED").replace(b"UBL-TR-PROFILE-1", b"TICARIFATURA")


@case("berat-with-two-seals", "A berat with a further seal, as GİB may give it", UNSURE, "seal.further-seal")
def _() -> bytes:
    berat = (
        b'<edefter:berat xmlns:edefter="http://www.edefter.gov.tr" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
        b"<ds:SignatureValue>YmVyYXQ=</ds:SignatureValue></edefter:berat>\n"
    )
    sealed = etree.fromstring(seal(berat, KNOWN_KEY, at=NOW, id="forged"))
    sealed.append(deepcopy(sealed[-1]))
    return etree.tostring(sealed, encoding="UTF-8")


def _account(user: str = "4812530769") -> bytes:
    return (
        '<ProcessUserAccount xmlns="http://www.hr-xml.org/3" xmlns:oa="http://www.openapplications.org/oagis/9"'
        ' releaseID="1.0"><oa:ApplicationArea><oa:Sender><oa:LogicalID>4812530769</oa:LogicalID></oa:Sender>'
        "<oa:CreationDateTime>2026-11-02T09:30:00</oa:CreationDateTime><oa:Signature/></oa:ApplicationArea>"
        f"<DataArea><UserAccount><UserID>{user}</UserID></UserAccount></DataArea></ProcessUserAccount>\n"
    ).encode()


def _countersigned(user: str = "4812530769") -> bytes:
    return counter_seal(seal(_account(user), KNOWN_KEY, at=NOW, id="forged"), KNOWN_KEY, at=NOW)


@case("counter-seal", "A user account, sealed and counter-signed", PASSED, "", crypto=True)
def _() -> bytes:
    return _countersigned()


@case(
    "counter-seal-by-a-stranger",
    "Counter-signed by somebody else than the account's owner",
    UNSURE,
    "seal.another-taxpayer",
)
def _() -> bytes:
    return _countersigned("7359021640")


@case(
    "counter-seal-elsewhere", "The counter-signature refers to the whole document", FAILED, "seal.reference-elsewhere"
)
def _() -> bytes:
    return re.sub(rb'URI="#Value_[^"]*"', b'URI=""', _countersigned())


@case("counter-seal-of-another", "The seal below the counter-signature was made anew", FAILED, "seal.value-changed")
def _() -> bytes:
    data = _countersigned()
    other = seal(_account("7359021640"), KNOWN_KEY, at=NOW, id="forged")
    return data.replace(_outer_value(data), _outer_value(other), 1)


def _outer_value(data: bytes) -> bytes:
    found = re.search(rb'<ds:SignatureValue Id="Value_forged">([^<]*)<', data)
    assert found is not None
    return found[1]
