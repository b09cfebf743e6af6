"""Small documents of every root, profile and type, made for the tests: what the mutants are made of.

They please the rules, not the law; each names its parts so that a directed mutant can say what it changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from mutants_invoices import invoice
from mutants_parts import (
    BUYER,
    ITEM_ID,
    NAMESPACES,
    PROFILES,
    SELLER,
    TYPES,
    UUID,
    cac_signature,
    declared,
    extension,
    party,
    signature,
)  # fmt: skip

__all__ = ["despatch", "envelope", "receipt", "response", "seeds", "user_account"]


def response(code: str = "KABUL", profile: str = "TICARIFATURA") -> str:
    """An ``apr:ApplicationResponse``: an answer to an invoice, or ``S_APR``, a system's answer to an envelope."""
    gtb = [("GTB_GCB_TESCILNO", "26340300EX1"), ("GTB_FIILI_IHRACAT_TARIHI", "2026-01-20")]
    sender = party(BUYER, *(gtb if profile == "IHRACAT" else []))
    description = "<cbc:Description>işlendi</cbc:Description>"
    return (
        f"<apr:ApplicationResponse{declared('apr', 'cac', 'cbc', 'ext', 'xsi')} "
        f'xsi:schemaLocation="{NAMESPACES["apr"]} UBL-ApplicationResponse-2.1.xsd">{extension(signature())}'
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2</cbc:CustomizationID>"
        f"<cbc:ProfileID>{'UBL-TR-PROFILE-1' if code == 'S_APR' else profile}</cbc:ProfileID>"
        f"<cbc:ID>YNT2026000000001</cbc:ID><cbc:UUID>{UUID}</cbc:UUID><cbc:IssueDate>2026-01-15</cbc:IssueDate>"
        f"{cac_signature()}<cac:SenderParty>{sender}</cac:SenderParty>"
        f"<cac:ReceiverParty>{party(SELLER)}</cac:ReceiverParty><cac:DocumentResponse><cac:Response>"
        f"<cbc:ReferenceID>1</cbc:ReferenceID><cbc:ResponseCode>{code}</cbc:ResponseCode></cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{UUID}</cbc:ID><cbc:IssueDate>2026-01-15</cbc:IssueDate>"
        "<cbc:DocumentTypeCode>FATURA</cbc:DocumentTypeCode><cbc:DocumentType>FATURA</cbc:DocumentType>"
        "</cac:DocumentReference><cac:LineResponse><cac:LineReference><cbc:LineID>1</cbc:LineID></cac:LineReference>"
        f"<cac:Response><cbc:ResponseCode>1200</cbc:ResponseCode>{description}</cac:Response></cac:LineResponse>"
        "</cac:DocumentResponse></apr:ApplicationResponse>"
    )


def despatch(profile: str = "TEMELIRSALIYE", kind: str = "SEVK", *, lines: int = 1) -> str:
    """A ``desp:DespatchAdvice``."""
    item = {
        "HKSIRSALIYE": ITEM_ID.format("KUNYENO", "1234567890123456789"),
        "IDISIRSALIYE": ITEM_ID.format("ETIKETNO", "AB1234567"),
    }.get(profile, "")
    line = (
        '<cac:DespatchLine><cbc:ID>{}</cbc:ID><cbc:DeliveredQuantity unitCode="KGM">5</cbc:DeliveredQuantity>'
        f"<cac:Item><cbc:Name>Domates</cbc:Name>{item}</cac:Item></cac:DespatchLine>"
    )
    paper = (
        "<cac:AdditionalDocumentReference><cbc:ID>A-1</cbc:ID><cbc:IssueDate>2026-01-14</cbc:IssueDate>"
        "</cac:AdditionalDocumentReference>"
    )
    supplier = party(SELLER, *([("SEVKIYATNO", "ES-1234567")] if profile == "IDISIRSALIYE" else []))
    return (
        f"<desp:DespatchAdvice{declared('desp', 'cac', 'cbc', 'ext')}>{extension(signature())}"
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2.1</cbc:CustomizationID>"
        f"<cbc:ProfileID>{profile}</cbc:ProfileID><cbc:ID>IRS2026000000001</cbc:ID>"
        f"<cbc:CopyIndicator>false</cbc:CopyIndicator><cbc:UUID>{UUID}</cbc:UUID>"
        "<cbc:IssueDate>2026-01-15</cbc:IssueDate><cbc:IssueTime>10:30:00</cbc:IssueTime>"
        f"<cbc:DespatchAdviceTypeCode>{kind}</cbc:DespatchAdviceTypeCode>{paper if kind == 'MATBUDAN' else ''}"
        f"<cac:DespatchSupplierParty><cac:Party>{supplier}</cac:Party></cac:DespatchSupplierParty>"
        f"<cac:DeliveryCustomerParty><cac:Party>{party(BUYER)}</cac:Party></cac:DeliveryCustomerParty>"
        f"<cac:BuyerCustomerParty><cac:Party>{party(BUYER)}</cac:Party></cac:BuyerCustomerParty>"
        "<cac:Shipment><cbc:ID/><cac:ShipmentStage><cac:TransportMeans><cac:RoadTransport>"
        '<cbc:LicensePlateID schemeID="PLAKA">35ABC12</cbc:LicensePlateID></cac:RoadTransport></cac:TransportMeans>'
        "<cac:DriverPerson><cbc:FirstName>Ali</cbc:FirstName><cbc:FamilyName>Kaya</cbc:FamilyName>"
        "<cbc:NationalityID>12345678901</cbc:NationalityID></cac:DriverPerson></cac:ShipmentStage><cac:Delivery>"
        "<cac:DeliveryAddress><cbc:CitySubdivisionName>Konak</cbc:CitySubdivisionName><cbc:CityName>İzmir</cbc:CityName>"
        "<cbc:PostalZone>35250</cbc:PostalZone><cac:Country><cbc:IdentificationCode>TR</cbc:IdentificationCode>"
        f"<cbc:Name>Türkiye</cbc:Name></cac:Country></cac:DeliveryAddress><cac:CarrierParty>{party(SELLER)}"
        "</cac:CarrierParty><cac:Despatch><cbc:ActualDespatchDate>2026-01-15</cbc:ActualDespatchDate>"
        "<cbc:ActualDespatchTime>12:00:00</cbc:ActualDespatchTime></cac:Despatch></cac:Delivery>"
        '<cac:TransportHandlingUnit><cac:TransportEquipment><cbc:ID schemeID="DORSEPLAKA">35DE123</cbc:ID>'
        "</cac:TransportEquipment></cac:TransportHandlingUnit></cac:Shipment>"
        f"{''.join(line.format(number) for number in range(1, lines + 1))}</desp:DespatchAdvice>"
    )


def receipt() -> str:
    """A ``recp:ReceiptAdvice``."""
    return (
        f"<recp:ReceiptAdvice{declared('recp', 'cac', 'cbc', 'ext')}>{extension(signature())}"
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2.1</cbc:CustomizationID>"
        "<cbc:ProfileID>TEMELIRSALIYE</cbc:ProfileID><cbc:ID>YNT2026000000001</cbc:ID>"
        f"<cbc:UUID>{UUID}</cbc:UUID><cbc:IssueDate>2026-01-15</cbc:IssueDate>"
        "<cbc:ReceiptAdviceTypeCode>SEVK</cbc:ReceiptAdviceTypeCode>"
        f"<cac:DespatchSupplierParty><cac:Party>{party(SELLER)}</cac:Party></cac:DespatchSupplierParty>"
        f"<cac:DeliveryCustomerParty><cac:Party>{party(BUYER)}</cac:Party></cac:DeliveryCustomerParty>"
        f"<cac:BuyerCustomerParty><cac:Party>{party(BUYER)}</cac:Party></cac:BuyerCustomerParty>"
        '<cac:ReceiptLine><cbc:ID>1</cbc:ID><cbc:ReceivedQuantity unitCode="KGM">5</cbc:ReceivedQuantity>'
        "<cac:Item><cbc:Name>Domates</cbc:Name></cac:Item></cac:ReceiptLine></recp:ReceiptAdvice>"
    )


def credit_note() -> str:
    """A ``CreditNote`` (e-MM): only the general rules look at it."""
    return (
        f'<CreditNote xmlns="{NAMESPACES["crn"]}"{declared("cac", "cbc")}>'
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2.1</cbc:CustomizationID>"
        "<cbc:ProfileID>EARSIVBELGE</cbc:ProfileID><cbc:ID>MMS2026000000001</cbc:ID><cbc:IssueDate>2026-01-15"
        '</cbc:IssueDate><cac:CreditNoteLine><cbc:CreditedQuantity unitCode="KGM">5</cbc:CreditedQuantity>'
        '<cbc:LineExtensionAmount currencyID="TRY">5.00</cbc:LineExtensionAmount></cac:CreditNoteLine>'
        '<cac:AdditionalDocumentReference><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/xml">'
        "PGEvPg==</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference></CreditNote>"
    )


def user_account(action: str = "Process", option: str = "1", *, accounts: int = 1) -> str:
    """An ``hr:ProcessUserAccount`` or ``hr:CancelUserAccount``."""
    account = (
        f"<hr:UserAccount><hr:UserID>{SELLER}</hr:UserID><hr:PersonName>"
        "<hr:FormattedName>Deneme A.Ş.</hr:FormattedName><oa:GivenName>Ayşe</oa:GivenName>"
        "<hr:MiddleName>Nur</hr:MiddleName><hr:FamilyName>Öztürk</hr:FamilyName>"
        "</hr:PersonName><hr:UserRole><hr:RoleCode>GB</hr:RoleCode></hr:UserRole><hr:AuthorizedWorkScope>"
        "<hr:WorkScopeCode>urn:mail:defaultgb@deneme.com.tr</hr:WorkScopeCode></hr:AuthorizedWorkScope>"
        f"<hr:AccountConfiguration><hr:UserOptionCode>{option}</hr:UserOptionCode></hr:AccountConfiguration>"
        "</hr:UserAccount>"
    )
    return (
        f"<hr:{action}UserAccount{declared('hr', 'oa')}><oa:ApplicationArea><oa:Sender><oa:LogicalID>{SELLER}"
        f"</oa:LogicalID></oa:Sender><oa:Signature>{signature(counter=True)}</oa:Signature></oa:ApplicationArea>"
        f"<hr:DataArea>{account * accounts}</hr:DataArea></hr:{action}UserAccount>"
    )


def envelope(
    kind: str, element: str, *documents: str, sender: str = "usergb", receiver: str = "GIB", to: str = BUYER
) -> str:
    """A ``sh:StandardBusinessDocument`` around ``documents`` of one ``ElementType``."""
    parties = "".join(
        f"<sh:{role}><sh:Identifier>{alias}</sh:Identifier><sh:ContactInformation><sh:Contact>{number}</sh:Contact>"
        "<sh:ContactTypeIdentifier>VKN_TCKN</sh:ContactTypeIdentifier></sh:ContactInformation></sh:"
        f"{role}>"
        for role, alias, number in (("Sender", sender, SELLER), ("Receiver", receiver, to))
    )
    return (
        f'<sh:StandardBusinessDocument{declared("sh", "ef", "xsi")} xsi:schemaLocation="x PackageProxy_1_2.xsd">'
        f"<sh:StandardBusinessDocumentHeader><sh:HeaderVersion>1.0</sh:HeaderVersion>{parties}"
        f"<sh:DocumentIdentification><sh:TypeVersion>1.2</sh:TypeVersion><sh:InstanceIdentifier>{UUID}"
        f"</sh:InstanceIdentifier><sh:Type>{kind}</sh:Type></sh:DocumentIdentification>"
        f"</sh:StandardBusinessDocumentHeader><ef:Package><Elements><ElementType>{element}</ElementType>"
        f"<ElementCount>{len(documents)}</ElementCount><ElementList>{''.join(documents)}</ElementList></Elements>"
        "</ef:Package></sh:StandardBusinessDocument>"
    )


GIB: Final = "3900383669"
_USER_SERVICES: Final = {
    "usergb": "1", "archive": "11", "earchive": "21", "archive_earchive": "31", "eticket": "41", "edespatch": "51",
    "archive_edespatch": "61", "esevoucher": "71", "epreceipt": "81", "esevoucher_archive": "91",
    "epreceipt_archive": "101", "erevenue": "111", "ebreceipt": "131", "eexchangecert": "141", "echeck": "151",
    "einsurancecomm": "161", "erreceipt": "171",
}  # fmt: skip


def _invoices() -> Iterator[tuple[str, str]]:
    for profile in PROFILES:
        yield f"invoice-{profile}", invoice(profile)
    for kind in TYPES:
        profile = "ENERJI" if kind.startswith("SARJ") else "TEMELFATURA"
        profile = "EARSIVFATURA" if kind.startswith("YTB") or kind == "TEKNOLOJIDESTEK" else profile
        yield f"invoice-{profile}-{kind}", invoice(profile, kind)
    for kind in ("ISTISNA", "IADE", "TEVKIFAT"):
        yield f"invoice-YATIRIMTESVIK-{kind}", invoice("YATIRIMTESVIK", kind)
    yield "invoice-foreign-currency", invoice("TICARIFATURA", currency="EUR")
    yield "invoice-70-lines", invoice(lines=70)
    yield "invoice-IHRACAT-3-lines", invoice("IHRACAT", "ISTISNA", lines=3)


def _others() -> Iterator[tuple[str, str]]:
    for code in ("KABUL", "RED", "IADE", "S_APR"):
        yield f"response-{code}", response(code)
    yield "response-IHRACAT", response("KABUL", "IHRACAT")
    for profile in ("TEMELIRSALIYE", "HKSIRSALIYE", "IDISIRSALIYE"):
        yield f"despatch-{profile}", despatch(profile)
    yield "despatch-MATBUDAN", despatch(kind="MATBUDAN")
    yield "despatch-70-lines", despatch(lines=70)
    yield "receipt", receipt()
    yield "credit-note", credit_note()


def _envelopes() -> Iterator[tuple[str, str]]:
    yield "envelope-invoice", envelope("SENDERENVELOPE", "INVOICE", invoice())
    yield "envelope-invoices", envelope("SENDERENVELOPE", "INVOICE", invoice(), invoice("TICARIFATURA"))
    export, customs = invoice("IHRACAT", "ISTISNA"), "urn:mail:ihracatpk@gtb.gov.tr"
    yield "envelope-export", envelope("SENDERENVELOPE", "INVOICE", export, export, receiver=customs)
    passenger, customs = invoice("YOLCUBERABERFATURA"), "urn:mail:yolcuberaberpk@gtb.gov.tr"
    yield "envelope-passenger", envelope("SENDERENVELOPE", "INVOICE", passenger, passenger, receiver=customs)
    yield "envelope-despatch", envelope("SENDERENVELOPE", "DESPATCHADVICE", despatch())
    yield "envelope-receipt", envelope("POSTBOXENVELOPE", "RECEIPTADVICE", receipt())
    yield "envelope-response", envelope("POSTBOXENVELOPE", "APPLICATIONRESPONSE", response())
    yield "envelope-system", envelope("SYSTEMENVELOPE", "APPLICATIONRESPONSE", response("S_APR"))
    for action in ("Process", "Cancel"):
        kind = f"{action.upper()}USERACCOUNT"
        for alias, option in _USER_SERVICES.items():
            account = user_account(action, option)
            yield f"envelope-{action}-{alias}", envelope("USERENVELOPE", kind, account, sender=alias, to=GIB)
        accounts = user_account(action, accounts=3)
        yield f"envelope-{action}-3", envelope("USERENVELOPE", kind, accounts, to=GIB)


@cache
def seeds() -> dict[str, str]:
    """Name → document, as text."""
    return {**dict(_invoices()), **dict(_others()), **dict(_envelopes())}
