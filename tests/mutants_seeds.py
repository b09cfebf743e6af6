"""Small documents of every root, profile and type, made for the tests: what the mutants are made of.

They please the rules, not the law; each names its parts so that a directed mutant can say what it changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

__all__ = ["NAMESPACES", "despatch", "envelope", "invoice", "receipt", "response", "seeds", "user_account"]

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMESPACES: Final = {
    "inv": f"{_UBL}Invoice-2",
    "apr": f"{_UBL}ApplicationResponse-2",
    "desp": f"{_UBL}DespatchAdvice-2",
    "recp": f"{_UBL}ReceiptAdvice-2",
    "crn": f"{_UBL}CreditNote-2",
    "cac": f"{_UBL}CommonAggregateComponents-2",
    "cbc": f"{_UBL}CommonBasicComponents-2",
    "ext": f"{_UBL}CommonExtensionComponents-2",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "xades": "http://uri.etsi.org/01903/v1.3.2#",
    "sh": "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader",
    "ef": "http://www.efatura.gov.tr/package-namespace",
    "hr": "http://www.hr-xml.org/3",
    "oa": "http://www.openapplications.org/oagis/9",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
PROFILES: Final = (
    "TICARIFATURA", "TEMELFATURA", "YOLCUBERABERFATURA", "IHRACAT", "OZELFATURA", "KAMU", "HKS", "ENERJI",
    "ILAC_TIBBICIHAZ", "YATIRIMTESVIK", "IDIS", "EARSIVFATURA",
)  # fmt: skip
TYPES: Final = (
    "SATIS", "IADE", "TEVKIFAT", "TEVKIFATIADE", "ISTISNA", "OZELMATRAH", "IHRACKAYITLI", "SGK", "KOMISYONCU",
    "HKSSATIS", "HKSKOMISYONCU", "KONAKLAMAVERGISI", "SARJ", "SARJANLIK", "TEKNOLOJIDESTEK", "YTBSATIS", "YTBIADE",
    "YTBISTISNA", "YTBTEVKIFAT", "YTBTEVKIFATIADE",
)  # fmt: skip
UUID: Final = "0f8fad5b-d9cb-469f-a165-70867728950e"
SELLER: Final = "1234567801"
BUYER: Final = "9876543217"


def _declared(*prefixes: str) -> str:
    return "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)


def signature(*, counter: bool = False, body: str = "") -> str:
    """A ``ds:Signature`` with the parts that rules look for; ``counter`` puts another one inside it."""
    inner = f"<xades:CounterSignature>{signature()}</xades:CounterSignature>" if counter else ""
    unsigned = (
        "<xades:UnsignedProperties><xades:UnsignedSignatureProperties>"
        f"{inner}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>"
    )
    return (
        f"<ds:Signature{_declared('ds', 'xades')}><ds:SignedInfo>"
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>'
        '<ds:Reference URI=""><ds:Transforms><ds:Transform/></ds:Transforms></ds:Reference></ds:SignedInfo>'
        "<ds:KeyInfo><ds:X509Data><ds:X509SubjectName>CN=Deneme</ds:X509SubjectName>"
        "<ds:X509Certificate>MII=</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        "<ds:Object><xades:QualifyingProperties><xades:SignedProperties><xades:SignedSignatureProperties>"
        "<xades:SigningTime>2026-01-15T10:00:00Z</xades:SigningTime><xades:SigningCertificate/>"
        f"</xades:SignedSignatureProperties></xades:SignedProperties>{unsigned if counter else ''}"
        f"</xades:QualifyingProperties></ds:Object></ds:Signature>{body}"
    )


def _extension(content: str) -> str:
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>"
        f"{content}</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


def _cac_signature() -> str:
    return (
        f'<cac:Signature><cbc:ID schemeID="VKN_TCKN">{SELLER}</cbc:ID><cac:SignatoryParty><cac:PartyIdentification>'
        f'<cbc:ID schemeID="VKN">{SELLER}</cbc:ID></cac:PartyIdentification></cac:SignatoryParty></cac:Signature>'
    )


def _party(number: str, *extra: tuple[str, str], more: str = "") -> str:
    ids = ((("VKN" if len(number) == 10 else "TCKN"), number), *extra)
    identified = "".join(
        f'<cac:PartyIdentification><cbc:ID schemeID="{scheme}">{value}</cbc:ID></cac:PartyIdentification>'
        for scheme, value in ids
    )
    person = "<cac:Person><cbc:FirstName>Ayşe</cbc:FirstName><cbc:FamilyName>Öztürk</cbc:FamilyName></cac:Person>"
    return (
        f"{identified}<cac:PartyName><cbc:Name>Deneme İnşaat A.Ş.</cbc:Name></cac:PartyName>"
        "<cac:PostalAddress><cbc:CityName>İzmir</cbc:CityName><cac:Country>"
        "<cbc:IdentificationCode>TR</cbc:IdentificationCode><cbc:Name>Türkiye</cbc:Name></cac:Country>"
        "</cac:PostalAddress><cac:PartyTaxScheme><cac:TaxScheme><cbc:Name>Konak</cbc:Name></cac:TaxScheme>"
        f"</cac:PartyTaxScheme>{more}{person}"
    )


# -- invoices ---------------------------------------------------------------------------------------------------------

_RETURNS: Final = ("IADE", "TEVKIFATIADE", "YTBIADE", "YTBTEVKIFATIADE")
_WITHHELD: Final = ("TEVKIFAT", "YTBTEVKIFAT")
_EXEMPTIONS: Final = {
    "ISTISNA": "350",
    "OZELMATRAH": "801",
    "IHRACKAYITLI": "702",
    "YTBISTISNA": "308",
    "IHRACAT": "301",
}


def _tax(percent: str, amount: str, code: str = "0015", exemption: str = "") -> str:
    reason = (
        f"<cbc:TaxExemptionReasonCode>{exemption}</cbc:TaxExemptionReasonCode>"
        "<cbc:TaxExemptionReason>gerekçe</cbc:TaxExemptionReason>"
        if exemption
        else ""
    )
    return (
        '<cac:TaxSubtotal><cbc:TaxableAmount currencyID="TRY">100.00</cbc:TaxableAmount>'
        f'<cbc:TaxAmount currencyID="TRY">{amount}</cbc:TaxAmount>'
        "<cbc:CalculationSequenceNumeric>-1</cbc:CalculationSequenceNumeric>"
        f"<cbc:Percent>{percent}</cbc:Percent><cac:TaxCategory>{reason}<cac:TaxScheme><cbc:Name>KDV</cbc:Name>"
        f"<cbc:TaxTypeCode>{code}</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
    )


def _taxes(profile: str, kind: str) -> str:
    exemption = _EXEMPTIONS.get(kind) or _EXEMPTIONS.get(profile, "")
    zero = exemption and profile != "YATIRIMTESVIK" and not kind.startswith("YTB")
    percent, amount = ("0", "0.00") if zero else ("20", "20.00")
    code = "308" if profile == "YATIRIMTESVIK" and kind == "ISTISNA" else exemption
    body = _tax(percent, amount, exemption=code)
    return f'<cac:TaxTotal><cbc:TaxAmount currencyID="TRY">{amount}</cbc:TaxAmount>{body}</cac:TaxTotal>'


def _withheld(kind: str) -> str:
    if kind not in _WITHHELD:
        return ""
    return (
        '<cac:WithholdingTaxTotal><cbc:TaxAmount currencyID="TRY">10.00</cbc:TaxAmount>'
        f"{_tax('50', '10.00', code='603')}</cac:WithholdingTaxTotal>"
    )


def _delivery() -> str:
    return (
        "<cac:Delivery><cac:DeliveryAddress><cbc:CityName>Hamburg</cbc:CityName><cac:Country>"
        "<cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:DeliveryAddress>"
        '<cac:DeliveryTerms><cbc:ID schemeID="INCOTERMS">FOB</cbc:ID></cac:DeliveryTerms><cac:Shipment>'
        "<cbc:ID>1</cbc:ID><cac:GoodsItem><cbc:RequiredCustomsID>123456789012</cbc:RequiredCustomsID></cac:GoodsItem>"
        "<cac:ShipmentStage><cbc:TransportModeCode>1</cbc:TransportModeCode></cac:ShipmentStage>"
        "<cac:TransportHandlingUnit><cac:ActualPackage><cbc:PackagingTypeCode>CT</cbc:PackagingTypeCode>"
        "</cac:ActualPackage><cac:CustomsDeclaration><cac:IssuerParty><cac:PartyIdentification>"
        '<cbc:ID schemeID="ALICIDIBSATIRKOD">12345678901</cbc:ID></cac:PartyIdentification></cac:IssuerParty>'
        "</cac:CustomsDeclaration></cac:TransportHandlingUnit></cac:Shipment></cac:Delivery>"
    )


_ITEM_ID: Final = (
    '<cac:AdditionalItemIdentification><cbc:ID schemeID="{}">{}</cbc:ID></cac:AdditionalItemIdentification>'
)


def _item(profile: str, kind: str) -> str:
    ids = ""
    if profile == "HKS":
        ids = _ITEM_ID.format("KUNYENO", "1234567890123456789")
    elif profile == "IDIS":
        ids = _ITEM_ID.format("ETIKETNO", "AB1234567")
    elif profile == "ILAC_TIBBICIHAZ":
        ids = _ITEM_ID.format("ILAC", "08691234567890")
    elif kind == "TEKNOLOJIDESTEK":
        ids = _ITEM_ID.format("TELEFON", "356938035643809")
    invested = profile == "YATIRIMTESVIK" or kind.startswith("YTB")
    classified = (
        "<cac:CommodityClassification><cbc:ItemClassificationCode>01</cbc:ItemClassificationCode>"
        "</cac:CommodityClassification>"
        "<cac:ItemInstance><cbc:ProductTraceID>T1</cbc:ProductTraceID><cbc:SerialID>S1</cbc:SerialID></cac:ItemInstance>"
        if invested or kind == "SARJANLIK"
        else ""
    )
    model = "<cbc:ModelName>M1</cbc:ModelName>" if invested else ""
    return f"<cac:Item><cbc:Name>Çimento</cbc:Name>{model}{ids}{classified}</cac:Item>"


def _line(number: int, profile: str, kind: str) -> str:
    delivered = _delivery() if profile in ("IHRACAT", "OZELFATURA") or kind == "IHRACKAYITLI" else ""
    return (
        f'<cac:InvoiceLine><cbc:ID>{number}</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>'
        f'<cbc:LineExtensionAmount currencyID="TRY">100.00</cbc:LineExtensionAmount>{delivered}'
        f"{_taxes(profile, kind)}{_withheld(kind)}{_item(profile, kind)}"
        '<cac:Price><cbc:PriceAmount currencyID="TRY">100.00</cbc:PriceAmount></cac:Price></cac:InvoiceLine>'
    )


def _references(profile: str, kind: str) -> str:
    text = ""
    if kind in _RETURNS:
        text += (
            "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>ABC2026000000009</cbc:ID>"
            "<cbc:IssueDate>2026-01-02</cbc:IssueDate><cbc:DocumentTypeCode>IADE</cbc:DocumentTypeCode>"
            "</cac:InvoiceDocumentReference></cac:BillingReference>"
        )
    if profile == "YATIRIMTESVIK" or kind.startswith("YTB"):
        text += (
            '<cac:ContractDocumentReference><cbc:ID schemeID="YTBNO">123456</cbc:ID></cac:ContractDocumentReference>'
        )
    if kind == "SARJ":
        text += (
            f'<cac:AdditionalDocumentReference><cbc:ID schemeID="ESURaporID">{UUID}</cbc:ID>'
            "<cbc:IssueDate>2026-01-10</cbc:IssueDate></cac:AdditionalDocumentReference>"
        )
    return text


_OKC: Final = (
    "<cac:BillingReference><cac:AdditionalDocumentReference><cbc:ID>17</cbc:ID><cbc:IssueDate>2026-01-10</cbc:IssueDate>"
    "<cbc:DocumentTypeCode>OKCBF</cbc:DocumentTypeCode><cbc:DocumentType>OKCBilgiFisi</cbc:DocumentType>"
    "<cbc:DocumentDescription>AVANS</cbc:DocumentDescription><cac:Attachment><cac:ExternalReference>"
    "<cbc:URI>2</cbc:URI></cac:ExternalReference></cac:Attachment><cac:ValidityPeriod>"
    "<cbc:StartDate>2026-01-10</cbc:StartDate></cac:ValidityPeriod><cac:IssuerParty><cbc:EndpointID>FK1</cbc:EndpointID>"
    "</cac:IssuerParty></cac:AdditionalDocumentReference></cac:BillingReference>"
)
_PERIOD: Final = (
    "<cac:InvoicePeriod><cbc:StartDate>2026-01-01</cbc:StartDate><cbc:StartTime>10:00:00</cbc:StartTime>"
    "<cbc:EndDate>2026-01-02</cbc:EndDate><cbc:EndTime>11:30:00</cbc:EndTime></cac:InvoicePeriod>"
)


def _foreign_buyer(profile: str) -> str:
    if profile not in ("IHRACAT", "YOLCUBERABERFATURA", "OZELFATURA"):
        return ""
    kind = "TAXFREE" if profile == "YOLCUBERABERFATURA" else "EXPORT"
    return (
        '<cac:BuyerCustomerParty><cac:Party><cac:PartyIdentification><cbc:ID schemeID="PARTYTYPE">'
        f"{kind}</cbc:ID></cac:PartyIdentification><cac:PartyLegalEntity><cbc:RegistrationName>Müller GmbH"
        "</cbc:RegistrationName></cac:PartyLegalEntity><cac:Person><cbc:FirstName>Max</cbc:FirstName>"
        "<cbc:FamilyName>Müller</cbc:FamilyName><cbc:NationalityID>DE</cbc:NationalityID><cac:IdentityDocumentReference>"
        "<cbc:ID>C01X00T47</cbc:ID></cac:IdentityDocumentReference></cac:Person></cac:Party></cac:BuyerCustomerParty>"
    )


_AGENT: Final = (
    '<cac:TaxRepresentativeParty><cac:PartyIdentification><cbc:ID schemeID="ARACIKURUMVKN">1112223334</cbc:ID>'
    '</cac:PartyIdentification><cac:PartyIdentification><cbc:ID schemeID="ARACIKURUMETIKET">urn:mail:pk@a.tr</cbc:ID>'
    "</cac:PartyIdentification></cac:TaxRepresentativeParty>"
)
_PAYMENT: Final = (
    "<cac:PaymentMeans><cbc:PaymentMeansCode>42</cbc:PaymentMeansCode><cac:PayeeFinancialAccount>"
    "<cbc:ID>TR330006100519786457841326</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
)
_RATE: Final = (
    "<cac:PricingExchangeRate><cbc:SourceCurrencyCode>EUR</cbc:SourceCurrencyCode>"
    "<cbc:TargetCurrencyCode>TRY</cbc:TargetCurrencyCode><cbc:CalculationRate>51.2345</cbc:CalculationRate>"
    "</cac:PricingExchangeRate>"
)


def _customer(profile: str, kind: str) -> str:
    extra = [("PLAKA", "35ABC12")] if kind in ("SARJ", "SARJANLIK") else []
    number = "12345678901" if kind == "TEKNOLOJIDESTEK" else BUYER
    return f"<cac:AccountingCustomerParty><cac:Party>{_party(number, *extra)}</cac:Party></cac:AccountingCustomerParty>"


def invoice(profile: str = "TEMELFATURA", kind: str = "SATIS", *, lines: int = 1, currency: str = "TRY") -> str:
    """An ``inv:Invoice`` that the rules have nothing against, as far as profile and type go together."""
    supplier = _party(SELLER, *([("SEVKIYATNO", "SE-1234567")] if profile == "IDIS" else []))
    totals = "".join(
        f'<cbc:{name} currencyID="TRY">{amount}</cbc:{name}>'
        for name, amount in (
            ("LineExtensionAmount", "100.00"),
            ("TaxExclusiveAmount", "100.00"),
            ("TaxInclusiveAmount", "120.00"),
            ("AllowanceTotalAmount", "0"),
            ("PayableAmount", "120.00"),
        )
    )
    return (
        f'<Invoice xmlns="{NAMESPACES["inv"]}"{_declared("cac", "cbc", "ext", "xsi")} '
        f'xsi:schemaLocation="{NAMESPACES["inv"]} UBL-Invoice-2.1.xsd">{_extension(signature())}'
        f"<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2</cbc:CustomizationID>"
        f"<cbc:ProfileID>{profile}</cbc:ProfileID><cbc:ID>ABC2026000000001</cbc:ID>"
        f"<cbc:CopyIndicator>false</cbc:CopyIndicator><cbc:UUID>{UUID}</cbc:UUID>"
        f"<cbc:IssueDate>2026-01-15</cbc:IssueDate><cbc:IssueTime>10:30:00</cbc:IssueTime>"
        f"<cbc:InvoiceTypeCode>{kind}</cbc:InvoiceTypeCode><cbc:Note>Yalnız yüz lira</cbc:Note>"
        f"<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>"
        f"{_PERIOD if kind in ('SARJ', 'SARJANLIK') else ''}{_references(profile, kind)}"
        f"{_OKC if profile == 'TICARIFATURA' else ''}{_cac_signature()}"
        f"<cac:AccountingSupplierParty><cac:Party>{supplier}</cac:Party></cac:AccountingSupplierParty>"
        f"{_customer(profile, kind)}{_foreign_buyer(profile)}{_AGENT if profile == 'YOLCUBERABERFATURA' else ''}"
        f"{_delivery() if profile == 'OZELFATURA' else ''}{_PAYMENT if profile in ('KAMU', 'TICARIFATURA') else ''}"
        f"{_RATE if currency != 'TRY' else ''}{_taxes(profile, kind)}{_withheld(kind)}"
        f"<cac:LegalMonetaryTotal>{totals}</cac:LegalMonetaryTotal>"
        f"{''.join(_line(number, profile, kind) for number in range(1, lines + 1))}</Invoice>"
    )


# -- the other documents ----------------------------------------------------------------------------------------------


def response(code: str = "KABUL", profile: str = "TICARIFATURA") -> str:
    """An ``apr:ApplicationResponse``: an answer to an invoice, or ``S_APR``, a system's answer to an envelope."""
    gtb = [("GTB_GCB_TESCILNO", "26340300EX1"), ("GTB_FIILI_IHRACAT_TARIHI", "2026-01-20")]
    sender = _party(BUYER, *(gtb if profile == "IHRACAT" else []))
    description = "<cbc:Description>işlendi</cbc:Description>"
    return (
        f"<apr:ApplicationResponse{_declared('apr', 'cac', 'cbc', 'ext', 'xsi')} "
        f'xsi:schemaLocation="{NAMESPACES["apr"]} UBL-ApplicationResponse-2.1.xsd">{_extension(signature())}'
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2</cbc:CustomizationID>"
        f"<cbc:ProfileID>{'UBL-TR-PROFILE-1' if code == 'S_APR' else profile}</cbc:ProfileID>"
        f"<cbc:ID>YNT2026000000001</cbc:ID><cbc:UUID>{UUID}</cbc:UUID><cbc:IssueDate>2026-01-15</cbc:IssueDate>"
        f"{_cac_signature()}<cac:SenderParty>{sender}</cac:SenderParty>"
        f"<cac:ReceiverParty>{_party(SELLER)}</cac:ReceiverParty><cac:DocumentResponse><cac:Response>"
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
        "HKSIRSALIYE": _ITEM_ID.format("KUNYENO", "1234567890123456789"),
        "IDISIRSALIYE": _ITEM_ID.format("ETIKETNO", "AB1234567"),
    }.get(profile, "")
    line = (
        '<cac:DespatchLine><cbc:ID>{}</cbc:ID><cbc:DeliveredQuantity unitCode="KGM">5</cbc:DeliveredQuantity>'
        f"<cac:Item><cbc:Name>Domates</cbc:Name>{item}</cac:Item></cac:DespatchLine>"
    )
    paper = (
        "<cac:AdditionalDocumentReference><cbc:ID>A-1</cbc:ID><cbc:IssueDate>2026-01-14</cbc:IssueDate>"
        "</cac:AdditionalDocumentReference>"
    )
    supplier = _party(SELLER, *([("SEVKIYATNO", "ES-1234567")] if profile == "IDISIRSALIYE" else []))
    return (
        f"<desp:DespatchAdvice{_declared('desp', 'cac', 'cbc', 'ext')}>{_extension(signature())}"
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2.1</cbc:CustomizationID>"
        f"<cbc:ProfileID>{profile}</cbc:ProfileID><cbc:ID>IRS2026000000001</cbc:ID>"
        f"<cbc:CopyIndicator>false</cbc:CopyIndicator><cbc:UUID>{UUID}</cbc:UUID>"
        "<cbc:IssueDate>2026-01-15</cbc:IssueDate><cbc:IssueTime>10:30:00</cbc:IssueTime>"
        f"<cbc:DespatchAdviceTypeCode>{kind}</cbc:DespatchAdviceTypeCode>{paper if kind == 'MATBUDAN' else ''}"
        f"<cac:DespatchSupplierParty><cac:Party>{supplier}</cac:Party></cac:DespatchSupplierParty>"
        f"<cac:DeliveryCustomerParty><cac:Party>{_party(BUYER)}</cac:Party></cac:DeliveryCustomerParty>"
        f"<cac:BuyerCustomerParty><cac:Party>{_party(BUYER)}</cac:Party></cac:BuyerCustomerParty>"
        "<cac:Shipment><cbc:ID/><cac:ShipmentStage><cac:TransportMeans><cac:RoadTransport>"
        '<cbc:LicensePlateID schemeID="PLAKA">35ABC12</cbc:LicensePlateID></cac:RoadTransport></cac:TransportMeans>'
        "<cac:DriverPerson><cbc:FirstName>Ali</cbc:FirstName><cbc:FamilyName>Kaya</cbc:FamilyName>"
        "<cbc:NationalityID>12345678901</cbc:NationalityID></cac:DriverPerson></cac:ShipmentStage><cac:Delivery>"
        "<cac:DeliveryAddress><cbc:CitySubdivisionName>Konak</cbc:CitySubdivisionName><cbc:CityName>İzmir</cbc:CityName>"
        "<cbc:PostalZone>35250</cbc:PostalZone><cac:Country><cbc:IdentificationCode>TR</cbc:IdentificationCode>"
        f"<cbc:Name>Türkiye</cbc:Name></cac:Country></cac:DeliveryAddress><cac:CarrierParty>{_party(SELLER)}"
        "</cac:CarrierParty><cac:Despatch><cbc:ActualDespatchDate>2026-01-15</cbc:ActualDespatchDate>"
        "<cbc:ActualDespatchTime>12:00:00</cbc:ActualDespatchTime></cac:Despatch></cac:Delivery>"
        '<cac:TransportHandlingUnit><cac:TransportEquipment><cbc:ID schemeID="DORSEPLAKA">35DE123</cbc:ID>'
        "</cac:TransportEquipment></cac:TransportHandlingUnit></cac:Shipment>"
        f"{''.join(line.format(number) for number in range(1, lines + 1))}</desp:DespatchAdvice>"
    )


def receipt() -> str:
    """A ``recp:ReceiptAdvice``."""
    return (
        f"<recp:ReceiptAdvice{_declared('recp', 'cac', 'cbc', 'ext')}>{_extension(signature())}"
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2.1</cbc:CustomizationID>"
        "<cbc:ProfileID>TEMELIRSALIYE</cbc:ProfileID><cbc:ID>YNT2026000000001</cbc:ID>"
        f"<cbc:UUID>{UUID}</cbc:UUID><cbc:IssueDate>2026-01-15</cbc:IssueDate>"
        "<cbc:ReceiptAdviceTypeCode>SEVK</cbc:ReceiptAdviceTypeCode>"
        f"<cac:DespatchSupplierParty><cac:Party>{_party(SELLER)}</cac:Party></cac:DespatchSupplierParty>"
        f"<cac:DeliveryCustomerParty><cac:Party>{_party(BUYER)}</cac:Party></cac:DeliveryCustomerParty>"
        f"<cac:BuyerCustomerParty><cac:Party>{_party(BUYER)}</cac:Party></cac:BuyerCustomerParty>"
        '<cac:ReceiptLine><cbc:ID>1</cbc:ID><cbc:ReceivedQuantity unitCode="KGM">5</cbc:ReceivedQuantity>'
        "<cac:Item><cbc:Name>Domates</cbc:Name></cac:Item></cac:ReceiptLine></recp:ReceiptAdvice>"
    )


def credit_note() -> str:
    """A ``CreditNote`` (e-MM): only the general rules look at it."""
    return (
        f'<CreditNote xmlns="{NAMESPACES["crn"]}"{_declared("cac", "cbc")}>'
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
        f"<hr:{action}UserAccount{_declared('hr', 'oa')}><oa:ApplicationArea><oa:Sender><oa:LogicalID>{SELLER}"
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
        f'<sh:StandardBusinessDocument{_declared("sh", "ef", "xsi")} xsi:schemaLocation="x PackageProxy_1_2.xsd">'
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
