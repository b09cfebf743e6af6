# Written by tools/update_components.py from the UBL-TR schemas of efatura-kontrol 0.1.0.
"""The components of the UBL-TR documents: one class per type of the schema, fields in the schema's order.

Everything is optional here, because a draft and a faulty document must be representable too; the rule pack
judges what is missing. Repeated elements are tuples. The schema: UBL-TR 1.2.1, a subset of UBL 2.1.
"""

from __future__ import annotations

from msgspec import field

from ulak.ubl.values import (
    Amount,
    Binary,
    CodeValue,
    Component,
    Date,
    IdentifierValue,
    Measure,
    NumericValue,
    Quantity,
    TextValue,
    Time,
)

__all__ = [
    "Address",
    "AirTransport",
    "AllowanceCharge",
    "ApplicationResponse",
    "Attachment",
    "BillingReference",
    "BillingReferenceLine",
    "Branch",
    "CommodityClassification",
    "Communication",
    "Contact",
    "CorporateRegistrationScheme",
    "Country",
    "CreditNote",
    "CreditNoteLine",
    "CustomerParty",
    "CustomsDeclaration",
    "Delivery",
    "DeliveryTerms",
    "DeliveryUnit",
    "DependentPriceReference",
    "Despatch",
    "DespatchAdvice",
    "DespatchLine",
    "Dimension",
    "DocumentReference",
    "DocumentResponse",
    "ExchangeRate",
    "ExtensionContent",
    "ExternalReference",
    "FinancialAccount",
    "FinancialInstitution",
    "GoodsItem",
    "HazardousGoodsTransit",
    "Invoice",
    "InvoiceLine",
    "Item",
    "ItemIdentification",
    "ItemInstance",
    "ItemLocationQuantity",
    "ItemProperty",
    "ItemPropertyGroup",
    "ItemPropertyRange",
    "LineReference",
    "LineResponse",
    "Location",
    "LotIdentification",
    "MaritimeTransport",
    "MonetaryTotal",
    "OrderLineReference",
    "OrderReference",
    "Package",
    "Party",
    "PartyIdentification",
    "PartyLegalEntity",
    "PartyName",
    "PartyTaxScheme",
    "PaymentMeans",
    "PaymentTerms",
    "Period",
    "Person",
    "Price",
    "PriceExtension",
    "PricingReference",
    "RailTransport",
    "ReceiptAdvice",
    "ReceiptLine",
    "Response",
    "RoadTransport",
    "Shipment",
    "ShipmentStage",
    "Signature",
    "Stowage",
    "SupplierParty",
    "TaxCategory",
    "TaxScheme",
    "TaxSubtotal",
    "TaxTotal",
    "Temperature",
    "TransportEquipment",
    "TransportHandlingUnit",
    "TransportMeans",
    "UBLExtension",
    "UBLExtensions",
]


class Invoice(Component, frozen=True, kw_only=True):
    ubl_extensions: UBLExtensions | None = field(name="ext:UBLExtensions", default=None)
    ubl_version_id: IdentifierValue | None = field(name="cbc:UBLVersionID", default=None)
    customization_id: IdentifierValue | None = field(name="cbc:CustomizationID", default=None)
    profile_id: IdentifierValue | None = field(name="cbc:ProfileID", default=None)
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    copy_indicator: bool | None = field(name="cbc:CopyIndicator", default=None)
    uuid: IdentifierValue | None = field(name="cbc:UUID", default=None)
    issue_date: Date | None = field(name="cbc:IssueDate", default=None)
    issue_time: Time | None = field(name="cbc:IssueTime", default=None)
    invoice_type_code: CodeValue | None = field(name="cbc:InvoiceTypeCode", default=None)
    note: tuple[TextValue, ...] = field(name="cbc:Note", default=())
    document_currency_code: CodeValue | None = field(name="cbc:DocumentCurrencyCode", default=None)
    tax_currency_code: CodeValue | None = field(name="cbc:TaxCurrencyCode", default=None)
    pricing_currency_code: CodeValue | None = field(name="cbc:PricingCurrencyCode", default=None)
    payment_currency_code: CodeValue | None = field(name="cbc:PaymentCurrencyCode", default=None)
    payment_alternative_currency_code: CodeValue | None = field(name="cbc:PaymentAlternativeCurrencyCode", default=None)
    accounting_cost: TextValue | None = field(name="cbc:AccountingCost", default=None)
    line_count_numeric: NumericValue | None = field(name="cbc:LineCountNumeric", default=None)
    invoice_period: Period | None = field(name="cac:InvoicePeriod", default=None)
    order_reference: OrderReference | None = field(name="cac:OrderReference", default=None)
    billing_reference: tuple[BillingReference, ...] = field(name="cac:BillingReference", default=())
    despatch_document_reference: tuple[DocumentReference, ...] = field(name="cac:DespatchDocumentReference", default=())
    receipt_document_reference: tuple[DocumentReference, ...] = field(name="cac:ReceiptDocumentReference", default=())
    originator_document_reference: tuple[DocumentReference, ...] = field(
        name="cac:OriginatorDocumentReference", default=()
    )
    contract_document_reference: tuple[DocumentReference, ...] = field(name="cac:ContractDocumentReference", default=())
    additional_document_reference: tuple[DocumentReference, ...] = field(
        name="cac:AdditionalDocumentReference", default=()
    )
    signature: tuple[Signature, ...] = field(name="cac:Signature", default=())
    accounting_supplier_party: SupplierParty | None = field(name="cac:AccountingSupplierParty", default=None)
    accounting_customer_party: CustomerParty | None = field(name="cac:AccountingCustomerParty", default=None)
    buyer_customer_party: CustomerParty | None = field(name="cac:BuyerCustomerParty", default=None)
    seller_supplier_party: SupplierParty | None = field(name="cac:SellerSupplierParty", default=None)
    tax_representative_party: Party | None = field(name="cac:TaxRepresentativeParty", default=None)
    delivery: tuple[Delivery, ...] = field(name="cac:Delivery", default=())
    payment_means: tuple[PaymentMeans, ...] = field(name="cac:PaymentMeans", default=())
    payment_terms: PaymentTerms | None = field(name="cac:PaymentTerms", default=None)
    allowance_charge: tuple[AllowanceCharge, ...] = field(name="cac:AllowanceCharge", default=())
    tax_exchange_rate: ExchangeRate | None = field(name="cac:TaxExchangeRate", default=None)
    pricing_exchange_rate: ExchangeRate | None = field(name="cac:PricingExchangeRate", default=None)
    payment_exchange_rate: ExchangeRate | None = field(name="cac:PaymentExchangeRate", default=None)
    payment_alternative_exchange_rate: ExchangeRate | None = field(
        name="cac:PaymentAlternativeExchangeRate", default=None
    )
    tax_total: tuple[TaxTotal, ...] = field(name="cac:TaxTotal", default=())
    withholding_tax_total: tuple[TaxTotal, ...] = field(name="cac:WithholdingTaxTotal", default=())
    legal_monetary_total: MonetaryTotal | None = field(name="cac:LegalMonetaryTotal", default=None)
    invoice_line: tuple[InvoiceLine, ...] = field(name="cac:InvoiceLine", default=())


class CreditNote(Component, frozen=True, kw_only=True):
    ubl_extensions: UBLExtensions | None = field(name="ext:UBLExtensions", default=None)
    ubl_version_id: IdentifierValue | None = field(name="cbc:UBLVersionID", default=None)
    customization_id: IdentifierValue | None = field(name="cbc:CustomizationID", default=None)
    profile_id: IdentifierValue | None = field(name="cbc:ProfileID", default=None)
    profile_execution_id: IdentifierValue | None = field(name="cbc:ProfileExecutionID", default=None)
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    copy_indicator: bool | None = field(name="cbc:CopyIndicator", default=None)
    uuid: IdentifierValue | None = field(name="cbc:UUID", default=None)
    issue_date: Date | None = field(name="cbc:IssueDate", default=None)
    issue_time: Time | None = field(name="cbc:IssueTime", default=None)
    tax_point_date: Date | None = field(name="cbc:TaxPointDate", default=None)
    credit_note_type_code: CodeValue | None = field(name="cbc:CreditNoteTypeCode", default=None)
    note: tuple[TextValue, ...] = field(name="cbc:Note", default=())
    document_currency_code: CodeValue | None = field(name="cbc:DocumentCurrencyCode", default=None)
    tax_currency_code: CodeValue | None = field(name="cbc:TaxCurrencyCode", default=None)
    pricing_currency_code: CodeValue | None = field(name="cbc:PricingCurrencyCode", default=None)
    payment_currency_code: CodeValue | None = field(name="cbc:PaymentCurrencyCode", default=None)
    payment_alternative_currency_code: CodeValue | None = field(name="cbc:PaymentAlternativeCurrencyCode", default=None)
    accounting_cost_code: CodeValue | None = field(name="cbc:AccountingCostCode", default=None)
    accounting_cost: TextValue | None = field(name="cbc:AccountingCost", default=None)
    line_count_numeric: NumericValue | None = field(name="cbc:LineCountNumeric", default=None)
    buyer_reference: TextValue | None = field(name="cbc:BuyerReference", default=None)
    invoice_period: tuple[Period, ...] = field(name="cac:InvoicePeriod", default=())
    discrepancy_response: tuple[Response, ...] = field(name="cac:DiscrepancyResponse", default=())
    order_reference: OrderReference | None = field(name="cac:OrderReference", default=None)
    billing_reference: tuple[BillingReference, ...] = field(name="cac:BillingReference", default=())
    despatch_document_reference: tuple[DocumentReference, ...] = field(name="cac:DespatchDocumentReference", default=())
    receipt_document_reference: tuple[DocumentReference, ...] = field(name="cac:ReceiptDocumentReference", default=())
    contract_document_reference: tuple[DocumentReference, ...] = field(name="cac:ContractDocumentReference", default=())
    additional_document_reference: tuple[DocumentReference, ...] = field(
        name="cac:AdditionalDocumentReference", default=()
    )
    statement_document_reference: tuple[DocumentReference, ...] = field(
        name="cac:StatementDocumentReference", default=()
    )
    originator_document_reference: tuple[DocumentReference, ...] = field(
        name="cac:OriginatorDocumentReference", default=()
    )
    signature: tuple[Signature, ...] = field(name="cac:Signature", default=())
    accounting_supplier_party: SupplierParty | None = field(name="cac:AccountingSupplierParty", default=None)
    accounting_customer_party: CustomerParty | None = field(name="cac:AccountingCustomerParty", default=None)
    payee_party: Party | None = field(name="cac:PayeeParty", default=None)
    buyer_customer_party: CustomerParty | None = field(name="cac:BuyerCustomerParty", default=None)
    seller_supplier_party: SupplierParty | None = field(name="cac:SellerSupplierParty", default=None)
    tax_representative_party: Party | None = field(name="cac:TaxRepresentativeParty", default=None)
    delivery: tuple[Delivery, ...] = field(name="cac:Delivery", default=())
    delivery_terms: tuple[DeliveryTerms, ...] = field(name="cac:DeliveryTerms", default=())
    payment_means: tuple[PaymentMeans, ...] = field(name="cac:PaymentMeans", default=())
    payment_terms: tuple[PaymentTerms, ...] = field(name="cac:PaymentTerms", default=())
    tax_exchange_rate: ExchangeRate | None = field(name="cac:TaxExchangeRate", default=None)
    pricing_exchange_rate: ExchangeRate | None = field(name="cac:PricingExchangeRate", default=None)
    payment_exchange_rate: ExchangeRate | None = field(name="cac:PaymentExchangeRate", default=None)
    payment_alternative_exchange_rate: ExchangeRate | None = field(
        name="cac:PaymentAlternativeExchangeRate", default=None
    )
    allowance_charge: tuple[AllowanceCharge, ...] = field(name="cac:AllowanceCharge", default=())
    tax_total: tuple[TaxTotal, ...] = field(name="cac:TaxTotal", default=())
    legal_monetary_total: MonetaryTotal | None = field(name="cac:LegalMonetaryTotal", default=None)
    credit_note_line: tuple[CreditNoteLine, ...] = field(name="cac:CreditNoteLine", default=())


class DespatchAdvice(Component, frozen=True, kw_only=True):
    ubl_extensions: UBLExtensions | None = field(name="ext:UBLExtensions", default=None)
    ubl_version_id: IdentifierValue | None = field(name="cbc:UBLVersionID", default=None)
    customization_id: IdentifierValue | None = field(name="cbc:CustomizationID", default=None)
    profile_id: IdentifierValue | None = field(name="cbc:ProfileID", default=None)
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    copy_indicator: bool | None = field(name="cbc:CopyIndicator", default=None)
    uuid: IdentifierValue | None = field(name="cbc:UUID", default=None)
    issue_date: Date | None = field(name="cbc:IssueDate", default=None)
    issue_time: Time | None = field(name="cbc:IssueTime", default=None)
    despatch_advice_type_code: CodeValue | None = field(name="cbc:DespatchAdviceTypeCode", default=None)
    note: tuple[TextValue, ...] = field(name="cbc:Note", default=())
    line_count_numeric: NumericValue | None = field(name="cbc:LineCountNumeric", default=None)
    order_reference: tuple[OrderReference, ...] = field(name="cac:OrderReference", default=())
    additional_document_reference: tuple[DocumentReference, ...] = field(
        name="cac:AdditionalDocumentReference", default=()
    )
    signature: tuple[Signature, ...] = field(name="cac:Signature", default=())
    despatch_supplier_party: SupplierParty | None = field(name="cac:DespatchSupplierParty", default=None)
    delivery_customer_party: CustomerParty | None = field(name="cac:DeliveryCustomerParty", default=None)
    buyer_customer_party: CustomerParty | None = field(name="cac:BuyerCustomerParty", default=None)
    seller_supplier_party: SupplierParty | None = field(name="cac:SellerSupplierParty", default=None)
    originator_customer_party: CustomerParty | None = field(name="cac:OriginatorCustomerParty", default=None)
    shipment: Shipment | None = field(name="cac:Shipment", default=None)
    despatch_line: tuple[DespatchLine, ...] = field(name="cac:DespatchLine", default=())


class ReceiptAdvice(Component, frozen=True, kw_only=True):
    ubl_extensions: UBLExtensions | None = field(name="ext:UBLExtensions", default=None)
    ubl_version_id: IdentifierValue | None = field(name="cbc:UBLVersionID", default=None)
    customization_id: IdentifierValue | None = field(name="cbc:CustomizationID", default=None)
    profile_id: IdentifierValue | None = field(name="cbc:ProfileID", default=None)
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    copy_indicator: bool | None = field(name="cbc:CopyIndicator", default=None)
    uuid: IdentifierValue | None = field(name="cbc:UUID", default=None)
    issue_date: Date | None = field(name="cbc:IssueDate", default=None)
    issue_time: Time | None = field(name="cbc:IssueTime", default=None)
    receipt_advice_type_code: CodeValue | None = field(name="cbc:ReceiptAdviceTypeCode", default=None)
    note: tuple[TextValue, ...] = field(name="cbc:Note", default=())
    line_count_numeric: NumericValue | None = field(name="cbc:LineCountNumeric", default=None)
    order_reference: tuple[OrderReference, ...] = field(name="cac:OrderReference", default=())
    despatch_document_reference: DocumentReference | None = field(name="cac:DespatchDocumentReference", default=None)
    additional_document_reference: tuple[DocumentReference, ...] = field(
        name="cac:AdditionalDocumentReference", default=()
    )
    signature: tuple[Signature, ...] = field(name="cac:Signature", default=())
    delivery_customer_party: CustomerParty | None = field(name="cac:DeliveryCustomerParty", default=None)
    despatch_supplier_party: SupplierParty | None = field(name="cac:DespatchSupplierParty", default=None)
    buyer_customer_party: CustomerParty | None = field(name="cac:BuyerCustomerParty", default=None)
    seller_supplier_party: SupplierParty | None = field(name="cac:SellerSupplierParty", default=None)
    shipment: Shipment | None = field(name="cac:Shipment", default=None)
    receipt_line: tuple[ReceiptLine, ...] = field(name="cac:ReceiptLine", default=())


class ApplicationResponse(Component, frozen=True, kw_only=True):
    ubl_extensions: UBLExtensions | None = field(name="ext:UBLExtensions", default=None)
    ubl_version_id: IdentifierValue | None = field(name="cbc:UBLVersionID", default=None)
    customization_id: IdentifierValue | None = field(name="cbc:CustomizationID", default=None)
    profile_id: IdentifierValue | None = field(name="cbc:ProfileID", default=None)
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    uuid: IdentifierValue | None = field(name="cbc:UUID", default=None)
    issue_date: Date | None = field(name="cbc:IssueDate", default=None)
    issue_time: Time | None = field(name="cbc:IssueTime", default=None)
    note: tuple[TextValue, ...] = field(name="cbc:Note", default=())
    signature: tuple[Signature, ...] = field(name="cac:Signature", default=())
    sender_party: Party | None = field(name="cac:SenderParty", default=None)
    receiver_party: Party | None = field(name="cac:ReceiverParty", default=None)
    document_response: tuple[DocumentResponse, ...] = field(name="cac:DocumentResponse", default=())


class Address(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    postbox: TextValue | None = field(name="cbc:Postbox", default=None)
    room: TextValue | None = field(name="cbc:Room", default=None)
    street_name: TextValue | None = field(name="cbc:StreetName", default=None)
    block_name: TextValue | None = field(name="cbc:BlockName", default=None)
    building_name: TextValue | None = field(name="cbc:BuildingName", default=None)
    building_number: TextValue | None = field(name="cbc:BuildingNumber", default=None)
    city_subdivision_name: TextValue | None = field(name="cbc:CitySubdivisionName", default=None)
    city_name: TextValue | None = field(name="cbc:CityName", default=None)
    postal_zone: TextValue | None = field(name="cbc:PostalZone", default=None)
    region: TextValue | None = field(name="cbc:Region", default=None)
    district: TextValue | None = field(name="cbc:District", default=None)
    country: Country | None = field(name="cac:Country", default=None)


class AirTransport(Component, frozen=True, kw_only=True):
    aircraft_id: IdentifierValue | None = field(name="cbc:AircraftID", default=None)


class AllowanceCharge(Component, frozen=True, kw_only=True):
    charge_indicator: bool | None = field(name="cbc:ChargeIndicator", default=None)
    allowance_charge_reason: TextValue | None = field(name="cbc:AllowanceChargeReason", default=None)
    multiplier_factor_numeric: NumericValue | None = field(name="cbc:MultiplierFactorNumeric", default=None)
    sequence_numeric: NumericValue | None = field(name="cbc:SequenceNumeric", default=None)
    amount: Amount | None = field(name="cbc:Amount", default=None)
    base_amount: Amount | None = field(name="cbc:BaseAmount", default=None)
    per_unit_amount: Amount | None = field(name="cbc:PerUnitAmount", default=None)


class Attachment(Component, frozen=True, kw_only=True):
    embedded_document_binary_object: Binary | None = field(name="cbc:EmbeddedDocumentBinaryObject", default=None)
    external_reference: ExternalReference | None = field(name="cac:ExternalReference", default=None)


class BillingReference(Component, frozen=True, kw_only=True):
    invoice_document_reference: DocumentReference | None = field(name="cac:InvoiceDocumentReference", default=None)
    self_billed_invoice_document_reference: DocumentReference | None = field(
        name="cac:SelfBilledInvoiceDocumentReference", default=None
    )
    credit_note_document_reference: DocumentReference | None = field(
        name="cac:CreditNoteDocumentReference", default=None
    )
    self_billed_credit_note_document_reference: DocumentReference | None = field(
        name="cac:SelfBilledCreditNoteDocumentReference", default=None
    )
    debit_note_document_reference: DocumentReference | None = field(name="cac:DebitNoteDocumentReference", default=None)
    reminder_document_reference: DocumentReference | None = field(name="cac:ReminderDocumentReference", default=None)
    additional_document_reference: DocumentReference | None = field(
        name="cac:AdditionalDocumentReference", default=None
    )
    billing_reference_line: tuple[BillingReferenceLine, ...] = field(name="cac:BillingReferenceLine", default=())


class BillingReferenceLine(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    amount: Amount | None = field(name="cbc:Amount", default=None)
    allowance_charge: tuple[AllowanceCharge, ...] = field(name="cac:AllowanceCharge", default=())


class Branch(Component, frozen=True, kw_only=True):
    name: TextValue | None = field(name="cbc:Name", default=None)
    financial_institution: FinancialInstitution | None = field(name="cac:FinancialInstitution", default=None)


class CommodityClassification(Component, frozen=True, kw_only=True):
    item_classification_code: CodeValue | None = field(name="cbc:ItemClassificationCode", default=None)


class Communication(Component, frozen=True, kw_only=True):
    channel_code: CodeValue | None = field(name="cbc:ChannelCode", default=None)
    channel: TextValue | None = field(name="cbc:Channel", default=None)
    value: TextValue | None = field(name="cbc:Value", default=None)


class Contact(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    name: TextValue | None = field(name="cbc:Name", default=None)
    telephone: TextValue | None = field(name="cbc:Telephone", default=None)
    telefax: TextValue | None = field(name="cbc:Telefax", default=None)
    electronic_mail: TextValue | None = field(name="cbc:ElectronicMail", default=None)
    note: TextValue | None = field(name="cbc:Note", default=None)
    other_communication: tuple[Communication, ...] = field(name="cac:OtherCommunication", default=())


class CorporateRegistrationScheme(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    name: TextValue | None = field(name="cbc:Name", default=None)
    corporate_registration_type_code: CodeValue | None = field(name="cbc:CorporateRegistrationTypeCode", default=None)
    jurisdiction_region_address: tuple[Address, ...] = field(name="cac:JurisdictionRegionAddress", default=())


class Country(Component, frozen=True, kw_only=True):
    identification_code: CodeValue | None = field(name="cbc:IdentificationCode", default=None)
    name: TextValue | None = field(name="cbc:Name", default=None)


class CreditNoteLine(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    uuid: IdentifierValue | None = field(name="cbc:UUID", default=None)
    note: tuple[TextValue, ...] = field(name="cbc:Note", default=())
    credited_quantity: Quantity | None = field(name="cbc:CreditedQuantity", default=None)
    line_extension_amount: Amount | None = field(name="cbc:LineExtensionAmount", default=None)
    tax_point_date: Date | None = field(name="cbc:TaxPointDate", default=None)
    accounting_cost_code: CodeValue | None = field(name="cbc:AccountingCostCode", default=None)
    accounting_cost: TextValue | None = field(name="cbc:AccountingCost", default=None)
    payment_purpose_code: CodeValue | None = field(name="cbc:PaymentPurposeCode", default=None)
    free_of_charge_indicator: bool | None = field(name="cbc:FreeOfChargeIndicator", default=None)
    invoice_period: tuple[Period, ...] = field(name="cac:InvoicePeriod", default=())
    order_line_reference: tuple[OrderLineReference, ...] = field(name="cac:OrderLineReference", default=())
    discrepancy_response: tuple[Response, ...] = field(name="cac:DiscrepancyResponse", default=())
    despatch_line_reference: tuple[LineReference, ...] = field(name="cac:DespatchLineReference", default=())
    receipt_line_reference: tuple[LineReference, ...] = field(name="cac:ReceiptLineReference", default=())
    billing_reference: tuple[BillingReference, ...] = field(name="cac:BillingReference", default=())
    document_reference: tuple[DocumentReference, ...] = field(name="cac:DocumentReference", default=())
    pricing_reference: PricingReference | None = field(name="cac:PricingReference", default=None)
    originator_party: Party | None = field(name="cac:OriginatorParty", default=None)
    delivery: tuple[Delivery, ...] = field(name="cac:Delivery", default=())
    payment_terms: tuple[PaymentTerms, ...] = field(name="cac:PaymentTerms", default=())
    tax_total: tuple[TaxTotal, ...] = field(name="cac:TaxTotal", default=())
    allowance_charge: tuple[AllowanceCharge, ...] = field(name="cac:AllowanceCharge", default=())
    item: Item | None = field(name="cac:Item", default=None)
    price: Price | None = field(name="cac:Price", default=None)
    delivery_terms: tuple[DeliveryTerms, ...] = field(name="cac:DeliveryTerms", default=())
    sub_credit_note_line: tuple[CreditNoteLine, ...] = field(name="cac:SubCreditNoteLine", default=())
    item_price_extension: PriceExtension | None = field(name="cac:ItemPriceExtension", default=None)


class CustomerParty(Component, frozen=True, kw_only=True):
    party: Party | None = field(name="cac:Party", default=None)
    delivery_contact: Contact | None = field(name="cac:DeliveryContact", default=None)


class CustomsDeclaration(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    issuer_party: Party | None = field(name="cac:IssuerParty", default=None)


class Delivery(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    quantity: Quantity | None = field(name="cbc:Quantity", default=None)
    actual_delivery_date: Date | None = field(name="cbc:ActualDeliveryDate", default=None)
    actual_delivery_time: Time | None = field(name="cbc:ActualDeliveryTime", default=None)
    latest_delivery_date: Date | None = field(name="cbc:LatestDeliveryDate", default=None)
    latest_delivery_time: Time | None = field(name="cbc:LatestDeliveryTime", default=None)
    tracking_id: IdentifierValue | None = field(name="cbc:TrackingID", default=None)
    delivery_address: Address | None = field(name="cac:DeliveryAddress", default=None)
    alternative_delivery_location: Location | None = field(name="cac:AlternativeDeliveryLocation", default=None)
    estimated_delivery_period: Period | None = field(name="cac:EstimatedDeliveryPeriod", default=None)
    carrier_party: Party | None = field(name="cac:CarrierParty", default=None)
    delivery_party: Party | None = field(name="cac:DeliveryParty", default=None)
    despatch: Despatch | None = field(name="cac:Despatch", default=None)
    delivery_terms: tuple[DeliveryTerms, ...] = field(name="cac:DeliveryTerms", default=())
    shipment: Shipment | None = field(name="cac:Shipment", default=None)


class DeliveryTerms(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    special_terms: TextValue | None = field(name="cbc:SpecialTerms", default=None)
    amount: Amount | None = field(name="cbc:Amount", default=None)


class DeliveryUnit(Component, frozen=True, kw_only=True):
    batch_quantity: Quantity | None = field(name="cbc:BatchQuantity", default=None)
    consumer_unit_quantity: Quantity | None = field(name="cbc:ConsumerUnitQuantity", default=None)
    hazardous_risk_indicator: bool | None = field(name="cbc:HazardousRiskIndicator", default=None)


class DependentPriceReference(Component, frozen=True, kw_only=True):
    percent: NumericValue | None = field(name="cbc:Percent", default=None)
    location_address: Address | None = field(name="cac:LocationAddress", default=None)
    dependent_line_reference: LineReference | None = field(name="cac:DependentLineReference", default=None)


class Despatch(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    actual_despatch_date: Date | None = field(name="cbc:ActualDespatchDate", default=None)
    actual_despatch_time: Time | None = field(name="cbc:ActualDespatchTime", default=None)
    instructions: TextValue | None = field(name="cbc:Instructions", default=None)
    despatch_address: Address | None = field(name="cac:DespatchAddress", default=None)
    despatch_party: Party | None = field(name="cac:DespatchParty", default=None)
    contact: Contact | None = field(name="cac:Contact", default=None)
    estimated_despatch_period: Period | None = field(name="cac:EstimatedDespatchPeriod", default=None)


class DespatchLine(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    note: tuple[TextValue, ...] = field(name="cbc:Note", default=())
    delivered_quantity: Quantity | None = field(name="cbc:DeliveredQuantity", default=None)
    outstanding_quantity: Quantity | None = field(name="cbc:OutstandingQuantity", default=None)
    outstanding_reason: tuple[TextValue, ...] = field(name="cbc:OutstandingReason", default=())
    oversupply_quantity: Quantity | None = field(name="cbc:OversupplyQuantity", default=None)
    order_line_reference: OrderLineReference | None = field(name="cac:OrderLineReference", default=None)
    document_reference: tuple[DocumentReference, ...] = field(name="cac:DocumentReference", default=())
    item: Item | None = field(name="cac:Item", default=None)
    shipment: tuple[Shipment, ...] = field(name="cac:Shipment", default=())


class Dimension(Component, frozen=True, kw_only=True):
    attribute_id: IdentifierValue | None = field(name="cbc:AttributeID", default=None)
    measure: Measure | None = field(name="cbc:Measure", default=None)
    description: tuple[TextValue, ...] = field(name="cbc:Description", default=())
    minimum_measure: Measure | None = field(name="cbc:MinimumMeasure", default=None)
    maximum_measure: Measure | None = field(name="cbc:MaximumMeasure", default=None)


class DocumentReference(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    issue_date: Date | None = field(name="cbc:IssueDate", default=None)
    document_type_code: CodeValue | None = field(name="cbc:DocumentTypeCode", default=None)
    document_type: TextValue | None = field(name="cbc:DocumentType", default=None)
    document_description: tuple[TextValue, ...] = field(name="cbc:DocumentDescription", default=())
    attachment: Attachment | None = field(name="cac:Attachment", default=None)
    validity_period: Period | None = field(name="cac:ValidityPeriod", default=None)
    issuer_party: Party | None = field(name="cac:IssuerParty", default=None)


class DocumentResponse(Component, frozen=True, kw_only=True):
    response: Response | None = field(name="cac:Response", default=None)
    document_reference: DocumentReference | None = field(name="cac:DocumentReference", default=None)
    line_response: tuple[LineResponse, ...] = field(name="cac:LineResponse", default=())


class ExchangeRate(Component, frozen=True, kw_only=True):
    source_currency_code: CodeValue | None = field(name="cbc:SourceCurrencyCode", default=None)
    target_currency_code: CodeValue | None = field(name="cbc:TargetCurrencyCode", default=None)
    calculation_rate: NumericValue | None = field(name="cbc:CalculationRate", default=None)
    date: Date | None = field(name="cbc:Date", default=None)


class ExtensionContent(Component, frozen=True, kw_only=True):
    pass


class ExternalReference(Component, frozen=True, kw_only=True):
    uri: IdentifierValue | None = field(name="cbc:URI", default=None)


class FinancialAccount(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    currency_code: CodeValue | None = field(name="cbc:CurrencyCode", default=None)
    payment_note: TextValue | None = field(name="cbc:PaymentNote", default=None)
    financial_institution_branch: Branch | None = field(name="cac:FinancialInstitutionBranch", default=None)


class FinancialInstitution(Component, frozen=True, kw_only=True):
    name: TextValue | None = field(name="cbc:Name", default=None)


class GoodsItem(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    description: tuple[TextValue, ...] = field(name="cbc:Description", default=())
    hazardous_risk_indicator: bool | None = field(name="cbc:HazardousRiskIndicator", default=None)
    declared_customs_value_amount: Amount | None = field(name="cbc:DeclaredCustomsValueAmount", default=None)
    declared_for_carriage_value_amount: Amount | None = field(name="cbc:DeclaredForCarriageValueAmount", default=None)
    declared_statistics_value_amount: Amount | None = field(name="cbc:DeclaredStatisticsValueAmount", default=None)
    free_on_board_value_amount: Amount | None = field(name="cbc:FreeOnBoardValueAmount", default=None)
    insurance_value_amount: Amount | None = field(name="cbc:InsuranceValueAmount", default=None)
    value_amount: Amount | None = field(name="cbc:ValueAmount", default=None)
    gross_weight_measure: Measure | None = field(name="cbc:GrossWeightMeasure", default=None)
    net_weight_measure: Measure | None = field(name="cbc:NetWeightMeasure", default=None)
    chargeable_weight_measure: Measure | None = field(name="cbc:ChargeableWeightMeasure", default=None)
    gross_volume_measure: Measure | None = field(name="cbc:GrossVolumeMeasure", default=None)
    net_volume_measure: Measure | None = field(name="cbc:NetVolumeMeasure", default=None)
    quantity: Quantity | None = field(name="cbc:Quantity", default=None)
    required_customs_id: IdentifierValue | None = field(name="cbc:RequiredCustomsID", default=None)
    customs_status_code: CodeValue | None = field(name="cbc:CustomsStatusCode", default=None)
    customs_tariff_quantity: Quantity | None = field(name="cbc:CustomsTariffQuantity", default=None)
    customs_import_classified_indicator: bool | None = field(name="cbc:CustomsImportClassifiedIndicator", default=None)
    chargeable_quantity: Quantity | None = field(name="cbc:ChargeableQuantity", default=None)
    returnable_quantity: Quantity | None = field(name="cbc:ReturnableQuantity", default=None)
    trace_id: IdentifierValue | None = field(name="cbc:TraceID", default=None)
    item: tuple[Item, ...] = field(name="cac:Item", default=())
    freight_allowance_charge: tuple[AllowanceCharge, ...] = field(name="cac:FreightAllowanceCharge", default=())
    invoice_line: tuple[InvoiceLine, ...] = field(name="cac:InvoiceLine", default=())
    temperature: tuple[Temperature, ...] = field(name="cac:Temperature", default=())
    origin_address: Address | None = field(name="cac:OriginAddress", default=None)
    measurement_dimension: tuple[Dimension, ...] = field(name="cac:MeasurementDimension", default=())


class HazardousGoodsTransit(Component, frozen=True, kw_only=True):
    transport_emergency_card_code: CodeValue | None = field(name="cbc:TransportEmergencyCardCode", default=None)
    packing_criteria_code: CodeValue | None = field(name="cbc:PackingCriteriaCode", default=None)
    hazardous_regulation_code: CodeValue | None = field(name="cbc:HazardousRegulationCode", default=None)
    inhalation_toxicity_zone_code: CodeValue | None = field(name="cbc:InhalationToxicityZoneCode", default=None)
    transport_authorization_code: CodeValue | None = field(name="cbc:TransportAuthorizationCode", default=None)
    maximum_temperature: Temperature | None = field(name="cac:MaximumTemperature", default=None)
    minimum_temperature: Temperature | None = field(name="cac:MinimumTemperature", default=None)


class InvoiceLine(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    note: tuple[TextValue, ...] = field(name="cbc:Note", default=())
    invoiced_quantity: Quantity | None = field(name="cbc:InvoicedQuantity", default=None)
    line_extension_amount: Amount | None = field(name="cbc:LineExtensionAmount", default=None)
    order_line_reference: tuple[OrderLineReference, ...] = field(name="cac:OrderLineReference", default=())
    despatch_line_reference: tuple[LineReference, ...] = field(name="cac:DespatchLineReference", default=())
    receipt_line_reference: tuple[LineReference, ...] = field(name="cac:ReceiptLineReference", default=())
    delivery: tuple[Delivery, ...] = field(name="cac:Delivery", default=())
    allowance_charge: tuple[AllowanceCharge, ...] = field(name="cac:AllowanceCharge", default=())
    tax_total: TaxTotal | None = field(name="cac:TaxTotal", default=None)
    withholding_tax_total: tuple[TaxTotal, ...] = field(name="cac:WithholdingTaxTotal", default=())
    item: Item | None = field(name="cac:Item", default=None)
    price: Price | None = field(name="cac:Price", default=None)
    sub_invoice_line: tuple[InvoiceLine, ...] = field(name="cac:SubInvoiceLine", default=())


class Item(Component, frozen=True, kw_only=True):
    description: TextValue | None = field(name="cbc:Description", default=None)
    name: TextValue | None = field(name="cbc:Name", default=None)
    keyword: TextValue | None = field(name="cbc:Keyword", default=None)
    brand_name: TextValue | None = field(name="cbc:BrandName", default=None)
    model_name: TextValue | None = field(name="cbc:ModelName", default=None)
    buyers_item_identification: ItemIdentification | None = field(name="cac:BuyersItemIdentification", default=None)
    sellers_item_identification: ItemIdentification | None = field(name="cac:SellersItemIdentification", default=None)
    manufacturers_item_identification: ItemIdentification | None = field(
        name="cac:ManufacturersItemIdentification", default=None
    )
    additional_item_identification: tuple[ItemIdentification, ...] = field(
        name="cac:AdditionalItemIdentification", default=()
    )
    origin_country: Country | None = field(name="cac:OriginCountry", default=None)
    commodity_classification: tuple[CommodityClassification, ...] = field(
        name="cac:CommodityClassification", default=()
    )
    item_instance: tuple[ItemInstance, ...] = field(name="cac:ItemInstance", default=())


class ItemIdentification(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)


class ItemInstance(Component, frozen=True, kw_only=True):
    product_trace_id: IdentifierValue | None = field(name="cbc:ProductTraceID", default=None)
    manufacture_date: Date | None = field(name="cbc:ManufactureDate", default=None)
    manufacture_time: Time | None = field(name="cbc:ManufactureTime", default=None)
    best_before_date: Date | None = field(name="cbc:BestBeforeDate", default=None)
    registration_id: IdentifierValue | None = field(name="cbc:RegistrationID", default=None)
    serial_id: IdentifierValue | None = field(name="cbc:SerialID", default=None)
    additional_item_property: tuple[ItemProperty, ...] = field(name="cac:AdditionalItemProperty", default=())
    lot_identification: LotIdentification | None = field(name="cac:LotIdentification", default=None)


class ItemLocationQuantity(Component, frozen=True, kw_only=True):
    lead_time_measure: Measure | None = field(name="cbc:LeadTimeMeasure", default=None)
    minimum_quantity: Quantity | None = field(name="cbc:MinimumQuantity", default=None)
    maximum_quantity: Quantity | None = field(name="cbc:MaximumQuantity", default=None)
    hazardous_risk_indicator: bool | None = field(name="cbc:HazardousRiskIndicator", default=None)
    trading_restrictions: tuple[TextValue, ...] = field(name="cbc:TradingRestrictions", default=())
    applicable_territory_address: tuple[Address, ...] = field(name="cac:ApplicableTerritoryAddress", default=())
    price: Price | None = field(name="cac:Price", default=None)
    delivery_unit: tuple[DeliveryUnit, ...] = field(name="cac:DeliveryUnit", default=())
    applicable_tax_category: tuple[TaxCategory, ...] = field(name="cac:ApplicableTaxCategory", default=())
    package: Package | None = field(name="cac:Package", default=None)
    allowance_charge: tuple[AllowanceCharge, ...] = field(name="cac:AllowanceCharge", default=())
    dependent_price_reference: DependentPriceReference | None = field(name="cac:DependentPriceReference", default=None)


class ItemProperty(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    name: TextValue | None = field(name="cbc:Name", default=None)
    name_code: CodeValue | None = field(name="cbc:NameCode", default=None)
    test_method: TextValue | None = field(name="cbc:TestMethod", default=None)
    value: TextValue | None = field(name="cbc:Value", default=None)
    value_quantity: Quantity | None = field(name="cbc:ValueQuantity", default=None)
    value_qualifier: tuple[TextValue, ...] = field(name="cbc:ValueQualifier", default=())
    importance_code: CodeValue | None = field(name="cbc:ImportanceCode", default=None)
    list_value: tuple[TextValue, ...] = field(name="cbc:ListValue", default=())
    usability_period: Period | None = field(name="cac:UsabilityPeriod", default=None)
    item_property_group: tuple[ItemPropertyGroup, ...] = field(name="cac:ItemPropertyGroup", default=())
    range_dimension: Dimension | None = field(name="cac:RangeDimension", default=None)
    item_property_range: ItemPropertyRange | None = field(name="cac:ItemPropertyRange", default=None)


class ItemPropertyGroup(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    name: TextValue | None = field(name="cbc:Name", default=None)
    importance_code: CodeValue | None = field(name="cbc:ImportanceCode", default=None)


class ItemPropertyRange(Component, frozen=True, kw_only=True):
    minimum_value: TextValue | None = field(name="cbc:MinimumValue", default=None)
    maximum_value: TextValue | None = field(name="cbc:MaximumValue", default=None)


class LineReference(Component, frozen=True, kw_only=True):
    line_id: IdentifierValue | None = field(name="cbc:LineID", default=None)
    line_status_code: CodeValue | None = field(name="cbc:LineStatusCode", default=None)
    document_reference: DocumentReference | None = field(name="cac:DocumentReference", default=None)


class LineResponse(Component, frozen=True, kw_only=True):
    line_reference: LineReference | None = field(name="cac:LineReference", default=None)
    response: tuple[Response, ...] = field(name="cac:Response", default=())


class Location(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    address: Address | None = field(name="cac:Address", default=None)


class LotIdentification(Component, frozen=True, kw_only=True):
    lot_number_id: IdentifierValue | None = field(name="cbc:LotNumberID", default=None)
    expiry_date: Date | None = field(name="cbc:ExpiryDate", default=None)
    additional_item_property: tuple[ItemProperty, ...] = field(name="cac:AdditionalItemProperty", default=())


class MaritimeTransport(Component, frozen=True, kw_only=True):
    vessel_id: IdentifierValue | None = field(name="cbc:VesselID", default=None)
    vessel_name: TextValue | None = field(name="cbc:VesselName", default=None)
    radio_call_sign_id: IdentifierValue | None = field(name="cbc:RadioCallSignID", default=None)
    ships_requirements: tuple[TextValue, ...] = field(name="cbc:ShipsRequirements", default=())
    gross_tonnage_measure: Measure | None = field(name="cbc:GrossTonnageMeasure", default=None)
    net_tonnage_measure: Measure | None = field(name="cbc:NetTonnageMeasure", default=None)
    registry_certificate_document_reference: DocumentReference | None = field(
        name="cac:RegistryCertificateDocumentReference", default=None
    )
    registry_port_location: Location | None = field(name="cac:RegistryPortLocation", default=None)


class MonetaryTotal(Component, frozen=True, kw_only=True):
    line_extension_amount: Amount | None = field(name="cbc:LineExtensionAmount", default=None)
    tax_exclusive_amount: Amount | None = field(name="cbc:TaxExclusiveAmount", default=None)
    tax_inclusive_amount: Amount | None = field(name="cbc:TaxInclusiveAmount", default=None)
    allowance_total_amount: Amount | None = field(name="cbc:AllowanceTotalAmount", default=None)
    charge_total_amount: Amount | None = field(name="cbc:ChargeTotalAmount", default=None)
    payable_rounding_amount: Amount | None = field(name="cbc:PayableRoundingAmount", default=None)
    payable_amount: Amount | None = field(name="cbc:PayableAmount", default=None)


class OrderLineReference(Component, frozen=True, kw_only=True):
    line_id: IdentifierValue | None = field(name="cbc:LineID", default=None)
    sales_order_line_id: IdentifierValue | None = field(name="cbc:SalesOrderLineID", default=None)
    uuid: IdentifierValue | None = field(name="cbc:UUID", default=None)
    line_status_code: CodeValue | None = field(name="cbc:LineStatusCode", default=None)
    order_reference: OrderReference | None = field(name="cac:OrderReference", default=None)


class OrderReference(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    sales_order_id: IdentifierValue | None = field(name="cbc:SalesOrderID", default=None)
    issue_date: Date | None = field(name="cbc:IssueDate", default=None)
    order_type_code: CodeValue | None = field(name="cbc:OrderTypeCode", default=None)
    document_reference: DocumentReference | None = field(name="cac:DocumentReference", default=None)


class Package(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    quantity: Quantity | None = field(name="cbc:Quantity", default=None)
    returnable_material_indicator: bool | None = field(name="cbc:ReturnableMaterialIndicator", default=None)
    package_level_code: CodeValue | None = field(name="cbc:PackageLevelCode", default=None)
    packaging_type_code: CodeValue | None = field(name="cbc:PackagingTypeCode", default=None)
    packing_material: tuple[TextValue, ...] = field(name="cbc:PackingMaterial", default=())
    contained_package: tuple[Package, ...] = field(name="cac:ContainedPackage", default=())
    goods_item: tuple[GoodsItem, ...] = field(name="cac:GoodsItem", default=())
    measurement_dimension: tuple[Dimension, ...] = field(name="cac:MeasurementDimension", default=())


class Party(Component, frozen=True, kw_only=True):
    website_uri: IdentifierValue | None = field(name="cbc:WebsiteURI", default=None)
    endpoint_id: IdentifierValue | None = field(name="cbc:EndpointID", default=None)
    industry_classification_code: CodeValue | None = field(name="cbc:IndustryClassificationCode", default=None)
    party_identification: tuple[PartyIdentification, ...] = field(name="cac:PartyIdentification", default=())
    party_name: PartyName | None = field(name="cac:PartyName", default=None)
    postal_address: Address | None = field(name="cac:PostalAddress", default=None)
    physical_location: Location | None = field(name="cac:PhysicalLocation", default=None)
    party_tax_scheme: PartyTaxScheme | None = field(name="cac:PartyTaxScheme", default=None)
    party_legal_entity: tuple[PartyLegalEntity, ...] = field(name="cac:PartyLegalEntity", default=())
    contact: Contact | None = field(name="cac:Contact", default=None)
    person: Person | None = field(name="cac:Person", default=None)
    agent_party: Party | None = field(name="cac:AgentParty", default=None)


class PartyIdentification(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)


class PartyLegalEntity(Component, frozen=True, kw_only=True):
    registration_name: TextValue | None = field(name="cbc:RegistrationName", default=None)
    company_id: IdentifierValue | None = field(name="cbc:CompanyID", default=None)
    registration_date: Date | None = field(name="cbc:RegistrationDate", default=None)
    sole_proprietorship_indicator: bool | None = field(name="cbc:SoleProprietorshipIndicator", default=None)
    corporate_stock_amount: Amount | None = field(name="cbc:CorporateStockAmount", default=None)
    fully_paid_shares_indicator: bool | None = field(name="cbc:FullyPaidSharesIndicator", default=None)
    corporate_registration_scheme: CorporateRegistrationScheme | None = field(
        name="cac:CorporateRegistrationScheme", default=None
    )
    head_office_party: Party | None = field(name="cac:HeadOfficeParty", default=None)


class PartyName(Component, frozen=True, kw_only=True):
    name: TextValue | None = field(name="cbc:Name", default=None)


class PartyTaxScheme(Component, frozen=True, kw_only=True):
    registration_name: TextValue | None = field(name="cbc:RegistrationName", default=None)
    company_id: IdentifierValue | None = field(name="cbc:CompanyID", default=None)
    tax_scheme: TaxScheme | None = field(name="cac:TaxScheme", default=None)


class PaymentMeans(Component, frozen=True, kw_only=True):
    payment_means_code: CodeValue | None = field(name="cbc:PaymentMeansCode", default=None)
    payment_due_date: Date | None = field(name="cbc:PaymentDueDate", default=None)
    payment_channel_code: CodeValue | None = field(name="cbc:PaymentChannelCode", default=None)
    instruction_note: TextValue | None = field(name="cbc:InstructionNote", default=None)
    payer_financial_account: FinancialAccount | None = field(name="cac:PayerFinancialAccount", default=None)
    payee_financial_account: FinancialAccount | None = field(name="cac:PayeeFinancialAccount", default=None)


class PaymentTerms(Component, frozen=True, kw_only=True):
    note: TextValue | None = field(name="cbc:Note", default=None)
    penalty_surcharge_percent: NumericValue | None = field(name="cbc:PenaltySurchargePercent", default=None)
    amount: Amount | None = field(name="cbc:Amount", default=None)
    penalty_amount: Amount | None = field(name="cbc:PenaltyAmount", default=None)
    payment_due_date: Date | None = field(name="cbc:PaymentDueDate", default=None)
    settlement_period: Period | None = field(name="cac:SettlementPeriod", default=None)


class Period(Component, frozen=True, kw_only=True):
    start_date: Date | None = field(name="cbc:StartDate", default=None)
    start_time: Time | None = field(name="cbc:StartTime", default=None)
    end_date: Date | None = field(name="cbc:EndDate", default=None)
    end_time: Time | None = field(name="cbc:EndTime", default=None)
    duration_measure: Measure | None = field(name="cbc:DurationMeasure", default=None)
    description: TextValue | None = field(name="cbc:Description", default=None)


class Person(Component, frozen=True, kw_only=True):
    first_name: TextValue | None = field(name="cbc:FirstName", default=None)
    family_name: TextValue | None = field(name="cbc:FamilyName", default=None)
    title: TextValue | None = field(name="cbc:Title", default=None)
    middle_name: TextValue | None = field(name="cbc:MiddleName", default=None)
    name_suffix: TextValue | None = field(name="cbc:NameSuffix", default=None)
    nationality_id: IdentifierValue | None = field(name="cbc:NationalityID", default=None)
    financial_account: FinancialAccount | None = field(name="cac:FinancialAccount", default=None)
    identity_document_reference: DocumentReference | None = field(name="cac:IdentityDocumentReference", default=None)


class Price(Component, frozen=True, kw_only=True):
    price_amount: Amount | None = field(name="cbc:PriceAmount", default=None)


class PriceExtension(Component, frozen=True, kw_only=True):
    amount: Amount | None = field(name="cbc:Amount", default=None)
    tax_total: tuple[TaxTotal, ...] = field(name="cac:TaxTotal", default=())


class PricingReference(Component, frozen=True, kw_only=True):
    original_item_location_quantity: ItemLocationQuantity | None = field(
        name="cac:OriginalItemLocationQuantity", default=None
    )
    alternative_condition_price: tuple[Price, ...] = field(name="cac:AlternativeConditionPrice", default=())


class RailTransport(Component, frozen=True, kw_only=True):
    train_id: IdentifierValue | None = field(name="cbc:TrainID", default=None)
    rail_car_id: IdentifierValue | None = field(name="cbc:RailCarID", default=None)


class ReceiptLine(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    note: tuple[TextValue, ...] = field(name="cbc:Note", default=())
    received_quantity: Quantity | None = field(name="cbc:ReceivedQuantity", default=None)
    short_quantity: Quantity | None = field(name="cbc:ShortQuantity", default=None)
    rejected_quantity: Quantity | None = field(name="cbc:RejectedQuantity", default=None)
    reject_reason_code: CodeValue | None = field(name="cbc:RejectReasonCode", default=None)
    reject_reason: tuple[TextValue, ...] = field(name="cbc:RejectReason", default=())
    oversupply_quantity: Quantity | None = field(name="cbc:OversupplyQuantity", default=None)
    received_date: Date | None = field(name="cbc:ReceivedDate", default=None)
    timing_complaint_code: CodeValue | None = field(name="cbc:TimingComplaintCode", default=None)
    timing_complaint: TextValue | None = field(name="cbc:TimingComplaint", default=None)
    order_line_reference: OrderLineReference | None = field(name="cac:OrderLineReference", default=None)
    despatch_line_reference: LineReference | None = field(name="cac:DespatchLineReference", default=None)
    document_reference: tuple[DocumentReference, ...] = field(name="cac:DocumentReference", default=())
    item: Item | None = field(name="cac:Item", default=None)
    shipment: tuple[Shipment, ...] = field(name="cac:Shipment", default=())


class Response(Component, frozen=True, kw_only=True):
    reference_id: IdentifierValue | None = field(name="cbc:ReferenceID", default=None)
    response_code: CodeValue | None = field(name="cbc:ResponseCode", default=None)
    description: tuple[TextValue, ...] = field(name="cbc:Description", default=())


class RoadTransport(Component, frozen=True, kw_only=True):
    license_plate_id: IdentifierValue | None = field(name="cbc:LicensePlateID", default=None)


class Shipment(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    handling_code: CodeValue | None = field(name="cbc:HandlingCode", default=None)
    handling_instructions: TextValue | None = field(name="cbc:HandlingInstructions", default=None)
    gross_weight_measure: Measure | None = field(name="cbc:GrossWeightMeasure", default=None)
    net_weight_measure: Measure | None = field(name="cbc:NetWeightMeasure", default=None)
    gross_volume_measure: Measure | None = field(name="cbc:GrossVolumeMeasure", default=None)
    net_volume_measure: Measure | None = field(name="cbc:NetVolumeMeasure", default=None)
    total_goods_item_quantity: Quantity | None = field(name="cbc:TotalGoodsItemQuantity", default=None)
    total_transport_handling_unit_quantity: Quantity | None = field(
        name="cbc:TotalTransportHandlingUnitQuantity", default=None
    )
    insurance_value_amount: Amount | None = field(name="cbc:InsuranceValueAmount", default=None)
    declared_customs_value_amount: Amount | None = field(name="cbc:DeclaredCustomsValueAmount", default=None)
    declared_for_carriage_value_amount: Amount | None = field(name="cbc:DeclaredForCarriageValueAmount", default=None)
    declared_statistics_value_amount: Amount | None = field(name="cbc:DeclaredStatisticsValueAmount", default=None)
    free_on_board_value_amount: Amount | None = field(name="cbc:FreeOnBoardValueAmount", default=None)
    special_instructions: tuple[TextValue, ...] = field(name="cbc:SpecialInstructions", default=())
    goods_item: tuple[GoodsItem, ...] = field(name="cac:GoodsItem", default=())
    shipment_stage: tuple[ShipmentStage, ...] = field(name="cac:ShipmentStage", default=())
    delivery: Delivery | None = field(name="cac:Delivery", default=None)
    transport_handling_unit: tuple[TransportHandlingUnit, ...] = field(name="cac:TransportHandlingUnit", default=())
    return_address: Address | None = field(name="cac:ReturnAddress", default=None)
    first_arrival_port_location: Location | None = field(name="cac:FirstArrivalPortLocation", default=None)
    last_exit_port_location: Location | None = field(name="cac:LastExitPortLocation", default=None)


class ShipmentStage(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    transport_mode_code: CodeValue | None = field(name="cbc:TransportModeCode", default=None)
    transport_means_type_code: CodeValue | None = field(name="cbc:TransportMeansTypeCode", default=None)
    transit_direction_code: CodeValue | None = field(name="cbc:TransitDirectionCode", default=None)
    instructions: tuple[TextValue, ...] = field(name="cbc:Instructions", default=())
    transit_period: Period | None = field(name="cac:TransitPeriod", default=None)
    transport_means: TransportMeans | None = field(name="cac:TransportMeans", default=None)
    driver_person: tuple[Person, ...] = field(name="cac:DriverPerson", default=())


class Signature(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    signatory_party: Party | None = field(name="cac:SignatoryParty", default=None)
    digital_signature_attachment: Attachment | None = field(name="cac:DigitalSignatureAttachment", default=None)


class Stowage(Component, frozen=True, kw_only=True):
    location_id: IdentifierValue | None = field(name="cbc:LocationID", default=None)
    location: tuple[TextValue, ...] = field(name="cbc:Location", default=())
    measurement_dimension: tuple[Dimension, ...] = field(name="cac:MeasurementDimension", default=())


class SupplierParty(Component, frozen=True, kw_only=True):
    party: Party | None = field(name="cac:Party", default=None)
    despatch_contact: Contact | None = field(name="cac:DespatchContact", default=None)


class TaxCategory(Component, frozen=True, kw_only=True):
    name: TextValue | None = field(name="cbc:Name", default=None)
    tax_exemption_reason_code: CodeValue | None = field(name="cbc:TaxExemptionReasonCode", default=None)
    tax_exemption_reason: TextValue | None = field(name="cbc:TaxExemptionReason", default=None)
    tax_scheme: TaxScheme | None = field(name="cac:TaxScheme", default=None)


class TaxScheme(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    name: TextValue | None = field(name="cbc:Name", default=None)
    tax_type_code: CodeValue | None = field(name="cbc:TaxTypeCode", default=None)


class TaxSubtotal(Component, frozen=True, kw_only=True):
    taxable_amount: Amount | None = field(name="cbc:TaxableAmount", default=None)
    tax_amount: Amount | None = field(name="cbc:TaxAmount", default=None)
    calculation_sequence_numeric: NumericValue | None = field(name="cbc:CalculationSequenceNumeric", default=None)
    transaction_currency_tax_amount: Amount | None = field(name="cbc:TransactionCurrencyTaxAmount", default=None)
    percent: NumericValue | None = field(name="cbc:Percent", default=None)
    base_unit_measure: Measure | None = field(name="cbc:BaseUnitMeasure", default=None)
    per_unit_amount: Amount | None = field(name="cbc:PerUnitAmount", default=None)
    tax_category: TaxCategory | None = field(name="cac:TaxCategory", default=None)


class TaxTotal(Component, frozen=True, kw_only=True):
    tax_amount: Amount | None = field(name="cbc:TaxAmount", default=None)
    tax_subtotal: tuple[TaxSubtotal, ...] = field(name="cac:TaxSubtotal", default=())


class Temperature(Component, frozen=True, kw_only=True):
    attribute_id: IdentifierValue | None = field(name="cbc:AttributeID", default=None)
    measure: Measure | None = field(name="cbc:Measure", default=None)
    description: tuple[TextValue, ...] = field(name="cbc:Description", default=())


class TransportEquipment(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    transport_equipment_type_code: CodeValue | None = field(name="cbc:TransportEquipmentTypeCode", default=None)
    description: TextValue | None = field(name="cbc:Description", default=None)


class TransportHandlingUnit(Component, frozen=True, kw_only=True):
    id: IdentifierValue | None = field(name="cbc:ID", default=None)
    transport_handling_unit_type_code: CodeValue | None = field(name="cbc:TransportHandlingUnitTypeCode", default=None)
    handling_code: CodeValue | None = field(name="cbc:HandlingCode", default=None)
    handling_instructions: TextValue | None = field(name="cbc:HandlingInstructions", default=None)
    hazardous_risk_indicator: bool | None = field(name="cbc:HazardousRiskIndicator", default=None)
    total_goods_item_quantity: Quantity | None = field(name="cbc:TotalGoodsItemQuantity", default=None)
    total_package_quantity: Quantity | None = field(name="cbc:TotalPackageQuantity", default=None)
    damage_remarks: tuple[TextValue, ...] = field(name="cbc:DamageRemarks", default=())
    trace_id: IdentifierValue | None = field(name="cbc:TraceID", default=None)
    actual_package: tuple[Package, ...] = field(name="cac:ActualPackage", default=())
    transport_equipment: tuple[TransportEquipment, ...] = field(name="cac:TransportEquipment", default=())
    transport_means: tuple[TransportMeans, ...] = field(name="cac:TransportMeans", default=())
    hazardous_goods_transit: tuple[HazardousGoodsTransit, ...] = field(name="cac:HazardousGoodsTransit", default=())
    measurement_dimension: tuple[Dimension, ...] = field(name="cac:MeasurementDimension", default=())
    minimum_temperature: Temperature | None = field(name="cac:MinimumTemperature", default=None)
    maximum_temperature: Temperature | None = field(name="cac:MaximumTemperature", default=None)
    floor_space_measurement_dimension: Dimension | None = field(name="cac:FloorSpaceMeasurementDimension", default=None)
    pallet_space_measurement_dimension: Dimension | None = field(
        name="cac:PalletSpaceMeasurementDimension", default=None
    )
    shipment_document_reference: tuple[DocumentReference, ...] = field(name="cac:ShipmentDocumentReference", default=())
    customs_declaration: tuple[CustomsDeclaration, ...] = field(name="cac:CustomsDeclaration", default=())


class TransportMeans(Component, frozen=True, kw_only=True):
    journey_id: IdentifierValue | None = field(name="cbc:JourneyID", default=None)
    registration_nationality_id: IdentifierValue | None = field(name="cbc:RegistrationNationalityID", default=None)
    registration_nationality: tuple[TextValue, ...] = field(name="cbc:RegistrationNationality", default=())
    direction_code: CodeValue | None = field(name="cbc:DirectionCode", default=None)
    transport_means_type_code: CodeValue | None = field(name="cbc:TransportMeansTypeCode", default=None)
    trade_service_code: CodeValue | None = field(name="cbc:TradeServiceCode", default=None)
    stowage: Stowage | None = field(name="cac:Stowage", default=None)
    air_transport: AirTransport | None = field(name="cac:AirTransport", default=None)
    road_transport: RoadTransport | None = field(name="cac:RoadTransport", default=None)
    rail_transport: RailTransport | None = field(name="cac:RailTransport", default=None)
    maritime_transport: MaritimeTransport | None = field(name="cac:MaritimeTransport", default=None)
    owner_party: Party | None = field(name="cac:OwnerParty", default=None)
    measurement_dimension: tuple[Dimension, ...] = field(name="cac:MeasurementDimension", default=())


class UBLExtension(Component, frozen=True, kw_only=True):
    extension_content: ExtensionContent | None = field(name="ext:ExtensionContent", default=None)


class UBLExtensions(Component, frozen=True, kw_only=True):
    ubl_extension: tuple[UBLExtension, ...] = field(name="ext:UBLExtension", default=())
