"""Small invoices of every profile and type, made for the tests; they please the rules, not the law."""

from __future__ import annotations

from typing import Final

from mutants_parts import BUYER, ITEM_ID, NAMESPACES, SELLER, UUID, cac_signature, declared, extension, party, signature

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


def _item(profile: str, kind: str) -> str:
    ids = ""
    if profile == "HKS":
        ids = ITEM_ID.format("KUNYENO", "1234567890123456789")
    elif profile == "IDIS":
        ids = ITEM_ID.format("ETIKETNO", "AB1234567")
    elif profile == "ILAC_TIBBICIHAZ":
        ids = ITEM_ID.format("ILAC", "08691234567890")
    elif kind == "TEKNOLOJIDESTEK":
        ids = ITEM_ID.format("TELEFON", "356938035643809")
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
    return f"<cac:AccountingCustomerParty><cac:Party>{party(number, *extra)}</cac:Party></cac:AccountingCustomerParty>"


def invoice(profile: str = "TEMELFATURA", kind: str = "SATIS", *, lines: int = 1, currency: str = "TRY") -> str:
    """An ``inv:Invoice`` that the rules have nothing against, as far as profile and type go together."""
    supplier = party(SELLER, *([("SEVKIYATNO", "SE-1234567")] if profile == "IDIS" else []))
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
        f'<Invoice xmlns="{NAMESPACES["inv"]}"{declared("cac", "cbc", "ext", "xsi")} '
        f'xsi:schemaLocation="{NAMESPACES["inv"]} UBL-Invoice-2.1.xsd">{extension(signature())}'
        f"<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>TR1.2</cbc:CustomizationID>"
        f"<cbc:ProfileID>{profile}</cbc:ProfileID><cbc:ID>ABC2026000000001</cbc:ID>"
        f"<cbc:CopyIndicator>false</cbc:CopyIndicator><cbc:UUID>{UUID}</cbc:UUID>"
        f"<cbc:IssueDate>2026-01-15</cbc:IssueDate><cbc:IssueTime>10:30:00</cbc:IssueTime>"
        f"<cbc:InvoiceTypeCode>{kind}</cbc:InvoiceTypeCode><cbc:Note>Yalnız yüz lira</cbc:Note>"
        f"<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>"
        f"{_PERIOD if kind in ('SARJ', 'SARJANLIK') else ''}{_references(profile, kind)}"
        f"{_OKC if profile == 'TICARIFATURA' else ''}{cac_signature()}"
        f"<cac:AccountingSupplierParty><cac:Party>{supplier}</cac:Party></cac:AccountingSupplierParty>"
        f"{_customer(profile, kind)}{_foreign_buyer(profile)}{_AGENT if profile == 'YOLCUBERABERFATURA' else ''}"
        f"{_delivery() if profile == 'OZELFATURA' else ''}{_PAYMENT if profile in ('KAMU', 'TICARIFATURA') else ''}"
        f"{_RATE if currency != 'TRY' else ''}{_taxes(profile, kind)}{_withheld(kind)}"
        f"<cac:LegalMonetaryTotal>{totals}</cac:LegalMonetaryTotal>"
        f"{''.join(_line(number, profile, kind) for number in range(1, lines + 1))}</Invoice>"
    )
