"""What the made-up documents are put together from: namespaces, numbers, parties, signatures."""

from __future__ import annotations

from typing import Final

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


def declared(*prefixes: str) -> str:
    return "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)


def signature(*, counter: bool = False, body: str = "") -> str:
    """A ``ds:Signature`` with the parts that rules look for; ``counter`` puts another one inside it."""
    inner = f"<xades:CounterSignature>{signature()}</xades:CounterSignature>" if counter else ""
    unsigned = (
        "<xades:UnsignedProperties><xades:UnsignedSignatureProperties>"
        f"{inner}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>"
    )
    return (
        f"<ds:Signature{declared('ds', 'xades')}><ds:SignedInfo>"
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>'
        '<ds:Reference URI=""><ds:Transforms><ds:Transform/></ds:Transforms></ds:Reference></ds:SignedInfo>'
        "<ds:KeyInfo><ds:X509Data><ds:X509SubjectName>CN=Deneme</ds:X509SubjectName>"
        "<ds:X509Certificate>MII=</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        "<ds:Object><xades:QualifyingProperties><xades:SignedProperties><xades:SignedSignatureProperties>"
        "<xades:SigningTime>2026-01-15T10:00:00Z</xades:SigningTime><xades:SigningCertificate/>"
        f"</xades:SignedSignatureProperties></xades:SignedProperties>{unsigned if counter else ''}"
        f"</xades:QualifyingProperties></ds:Object></ds:Signature>{body}"
    )


def extension(content: str) -> str:
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>"
        f"{content}</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


def cac_signature() -> str:
    return (
        f'<cac:Signature><cbc:ID schemeID="VKN_TCKN">{SELLER}</cbc:ID><cac:SignatoryParty><cac:PartyIdentification>'
        f'<cbc:ID schemeID="VKN">{SELLER}</cbc:ID></cac:PartyIdentification></cac:SignatoryParty></cac:Signature>'
    )


def party(number: str, *extra: tuple[str, str], more: str = "") -> str:
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


ITEM_ID: Final = (
    '<cac:AdditionalItemIdentification><cbc:ID schemeID="{}">{}</cbc:ID></cac:AdditionalItemIdentification>'
)
