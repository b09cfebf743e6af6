"""Which friendly field an element of a built document comes from.

Keys are paths of local names below the root; values are JSON pointers with ``{0}``, ``{1}`` for the positions (from 0)
of the repeated elements on the path, in order. The longest key that a path begins with decides.
"""

from __future__ import annotations

from typing import Final

__all__ = ["REPEATED", "SALE", "TABLES"]

Table = dict[str, str]

REPEATED: Final = frozenset(
    {
        "AdditionalDocumentReference",
        "AllowanceCharge",
        "BillingReference",
        "CreditNoteLine",
        "DespatchDocumentReference",
        "DespatchLine",
        "DriverPerson",
        "InvoiceLine",
        "Note",
        "OrderReference",
        "ReceiptDocumentReference",
        "ReceiptLine",
        "TaxSubtotal",
        "TransportEquipment",
    }
)
"""Elements whose position counts; all others are passed over."""

_ADDRESS: Final[Table] = {
    "": "",
    "CityName": "/city",
    "CitySubdivisionName": "/town",
    "District": "/district",
    "StreetName": "/street",
    "BuildingName": "/building",
    "BuildingNumber": "/number",
    "Room": "/room",
    "PostalZone": "/postal_code",
    "Region": "/region",
    "Country": "/country",
    "Country/IdentificationCode": "/country_code",
}


def _below(path: str, pointer: str, table: Table) -> Table:
    return {f"{path}/{key}".strip("/"): f"{pointer}{value}" for key, value in table.items()}


_PARTY: Final[Table] = {
    "": "",
    "WebsiteURI": "/website",
    "PartyIdentification": "/tax_id",
    "PartyName": "/name",
    **_below("PostalAddress", "/address", _ADDRESS),
    "PartyTaxScheme": "/tax_office",
    "PartyLegalEntity/RegistrationName": "/registered_name",
    "PartyLegalEntity/CompanyID": "/company_id",
    "Contact/Telephone": "/phone",
    "Contact/Telefax": "/fax",
    "Contact/ElectronicMail": "/email",
    "Person": "/first_name",
    "Person/FamilyName": "/family_name",
    "Person/NationalityID": "/nationality",
    "Person/IdentityDocumentReference": "/passport",
}
_HEAD: Final[Table] = {
    "ID": "/number",
    "UUID": "/uuid",
    "IssueDate": "/date",
    "IssueTime": "/time",
    "ProfileID": "/profile",
    "Note": "/notes/{0}",
}
_ITEM: Final[Table] = {
    "ID": "/id",
    "Note": "/note",
    "Item": "/name",
    "Item/Description": "/description",
    "Item/BrandName": "/brand",
    "Item/ModelName": "/model",
    "Item/BuyersItemIdentification": "/buyer_code",
    "Item/SellersItemIdentification": "/code",
    "Item/ManufacturersItemIdentification": "/manufacturer_code",
    "Item/AdditionalItemIdentification": "/ids",
    "Item/OriginCountry": "/origin",
    "Item/CommodityClassification": "/classification",
    "Item/ItemInstance": "/serial",
    "Item/ItemInstance/ProductTraceID": "/trace_id",
}
_DELIVERY: Final[Table] = {
    "": "/delivery",
    "ActualDeliveryDate": "/delivery/date",
    **_below("DeliveryAddress", "/delivery/address", _ADDRESS),
    **_below("CarrierParty", "/delivery/carrier", _PARTY),
    "DeliveryTerms": "/delivery/incoterms",
    "Shipment/GoodsItem": "/delivery/gtip",
    "Shipment/ShipmentStage": "/delivery/transport_mode",
    "Shipment/TransportHandlingUnit/ActualPackage": "/delivery/package_id",
    "Shipment/TransportHandlingUnit/ActualPackage/Quantity": "/delivery/package_count",
    "Shipment/TransportHandlingUnit/ActualPackage/PackagingTypeCode": "/delivery/package_type",
    "Shipment/TransportHandlingUnit/CustomsDeclaration": "/delivery/buyer_permit_line",
}
_SALES_LINE: Final[Table] = {
    "": "",
    **_ITEM,
    "InvoicedQuantity": "/quantity",
    "InvoicedQuantity/@unitCode": "/unit",
    "CreditedQuantity": "/quantity",
    "CreditedQuantity/@unitCode": "/unit",
    "LineExtensionAmount": "/price",
    **_below("Delivery", "", _DELIVERY),
    "AllowanceCharge": "/discounts",
    "TaxTotal": "/vat",
    "WithholdingTaxTotal": "/withholding",
    "Price": "/price",
}
_REFERENCE: Final[Table] = {"": "", "ID": "/number", "IssueDate": "/date"}
_INVOICE: Final[Table] = {
    **_HEAD,
    "InvoiceTypeCode": "/type",
    "DocumentCurrencyCode": "/currency",
    "AccountingCost": "/accounting_cost",
    "InvoicePeriod": "/period",
    "InvoicePeriod/StartDate": "/period/start",
    "InvoicePeriod/StartTime": "/period/start_time",
    "InvoicePeriod/EndDate": "/period/end",
    "InvoicePeriod/EndTime": "/period/end_time",
    **_below("OrderReference", "/order", _REFERENCE),
    **_below("BillingReference/InvoiceDocumentReference", "/returns/{0}", _REFERENCE),
    "BillingReference": "/returns",
    "BillingReference/AdditionalDocumentReference": "/register_slips",
    "BillingReference/AdditionalDocumentReference/ID": "/register_slips/{0}/number",
    "BillingReference/AdditionalDocumentReference/IssueDate": "/register_slips/{0}/date",
    "BillingReference/AdditionalDocumentReference/DocumentDescription": "/register_slips/{0}/type",
    "BillingReference/AdditionalDocumentReference/Attachment": "/register_slips/{0}/z_number",
    "BillingReference/AdditionalDocumentReference/ValidityPeriod": "/register_slips/{0}/time",
    "BillingReference/AdditionalDocumentReference/IssuerParty": "/register_slips/{0}/serial",
    **_below("DespatchDocumentReference", "/despatches/{0}", _REFERENCE),
    **_below("ReceiptDocumentReference", "/receipts/{0}", _REFERENCE),
    **_below("ContractDocumentReference", "/incentive", _REFERENCE),
    "AdditionalDocumentReference": "/documents/{0}",
    "Signature": "/supplier/tax_id",
    **_below("AccountingSupplierParty/Party", "/supplier", _PARTY),
    **_below("AccountingCustomerParty/Party", "/customer", _PARTY),
    **_below("BuyerCustomerParty/Party", "/buyer", _PARTY),
    **_below("TaxRepresentativeParty", "/intermediary", _PARTY),
    **_below("Delivery", "", _DELIVERY),
    "PaymentMeans": "/payment",
    "PaymentMeans/PaymentMeansCode": "/payment/means",
    "PaymentMeans/PaymentDueDate": "/payment/due",
    "PaymentMeans/PayeeFinancialAccount": "/payment/iban",
    "PaymentTerms": "/terms",
    "AllowanceCharge": "/discounts",
    "PricingExchangeRate": "/exchange_rate",
    "PricingExchangeRate/Date": "/exchange_date",
    "TaxTotal": "/lines",
    "WithholdingTaxTotal": "/lines",
    "LegalMonetaryTotal": "/lines",
    "LegalMonetaryTotal/PayableRoundingAmount": "/rounding",
    **_below("InvoiceLine", "/lines/{0}", _SALES_LINE),
}
SALE: Final[Table] = {
    "Delivery": "/internet_sale/carrier",
    **_below("Delivery/CarrierParty", "/internet_sale/carrier", _PARTY),
    "Delivery/Despatch": "/internet_sale/shipped_on",
    "PaymentMeans": "/internet_sale/payment",
    "PaymentMeans/PaymentDueDate": "/internet_sale/paid_on",
    "PaymentMeans/PaymentChannelCode": "/internet_sale/agent",
}
"""Of a sale over the internet."""
_FREELANCE: Final[Table] = {
    **_INVOICE,
    "InvoiceLine/Price": "/lines/{0}/fee",
    "InvoiceLine/LineExtensionAmount": "/lines/{0}/fee",
}
_CREDIT_NOTE: Final[Table] = {
    **_HEAD,
    "CreditNoteTypeCode": "/type",
    "DocumentCurrencyCode": "/currency",
    "BillingReference": "/original",
    "AdditionalDocumentReference": "/documents/{0}",
    "Signature": "/supplier/tax_id",
    **_below("AccountingSupplierParty/Party", "/supplier", _PARTY),
    "AccountingSupplierParty/Party/Contact/OtherCommunication": "/provider",
    **_below("AccountingCustomerParty/Party", "/customer", _PARTY),
    "AccountingCustomerParty/Party/Contact/ID": "/confirmation/code",
    "AccountingCustomerParty/Party/Contact/Name": "/confirmation/kind",
    "Delivery/ActualDeliveryDate": "/delivery_date",
    **_below("Delivery/DeliveryParty", "/courier", _PARTY),
    "Delivery/DeliveryParty/IndustryClassificationCode": "/courier_permit",
    "TaxTotal": "/lines",
    "LegalMonetaryTotal": "/lines",
    **_below("CreditNoteLine", "/lines/{0}", _SALES_LINE),
}
_CANCELLATION: Final[Table] = {
    **_HEAD,
    "BillingReference": "/invoice",
    "BillingReference/CreditNoteDocumentReference": "/expense_note",
    "Signature": "/supplier/tax_id",
    **_below("AccountingSupplierParty/Party", "/supplier", _PARTY),
    **_below("AccountingCustomerParty/Party", "/customer", _PARTY),
    "LegalMonetaryTotal": "/invoice/net",
    "LegalMonetaryTotal/PayableAmount": "/invoice/total",
}
_DESPATCH: Final[Table] = {
    **_HEAD,
    "DespatchAdviceTypeCode": "/type",
    **_below("OrderReference", "/orders/{0}", _REFERENCE),
    "AdditionalDocumentReference": "/documents/{0}",
    "Signature": "/supplier/tax_id",
    **_below("DespatchSupplierParty/Party", "/supplier", _PARTY),
    "DespatchSupplierParty/DespatchContact": "/supplier_contact",
    **_below("DeliveryCustomerParty/Party", "/customer", _PARTY),
    "DeliveryCustomerParty/DeliveryContact": "/customer_contact",
    **_below("BuyerCustomerParty/Party", "/buyer", _PARTY),
    **_below("SellerSupplierParty/Party", "/seller", _PARTY),
    **_below("OriginatorCustomerParty/Party", "/originator", _PARTY),
    "Shipment/GoodsItem": "/value",
    "Shipment/ShipmentStage/TransportMeans": "/plate",
    "Shipment/ShipmentStage/DriverPerson": "/drivers/{0}",
    "Shipment/ShipmentStage/DriverPerson/FirstName": "/drivers/{0}/first_name",
    "Shipment/ShipmentStage/DriverPerson/FamilyName": "/drivers/{0}/family_name",
    "Shipment/ShipmentStage/DriverPerson/NationalityID": "/drivers/{0}/tckn",
    **_below("Shipment/Delivery/DeliveryAddress", "/delivery_address", _ADDRESS),
    **_below("Shipment/Delivery/CarrierParty", "/carrier", _PARTY),
    "Shipment/Delivery/Despatch/ActualDespatchDate": "/despatch_date",
    "Shipment/Delivery/Despatch/ActualDespatchTime": "/despatch_time",
    "Shipment/TransportHandlingUnit/TransportEquipment": "/trailers/{0}",
    **_below(
        "DespatchLine",
        "/lines/{0}",
        {
            "": "",
            **_ITEM,
            "DeliveredQuantity": "/quantity",
            "DeliveredQuantity/@unitCode": "/unit",
            "OutstandingQuantity": "/outstanding",
            "OutstandingReason": "/outstanding_reason",
            "OrderLineReference": "/order_line",
            "Shipment": "/price",
        },
    ),
}
_RECEIPT: Final[Table] = {
    **_HEAD,
    "ReceiptAdviceTypeCode": "/type",
    **_below("OrderReference", "/orders/{0}", _REFERENCE),
    "DespatchDocumentReference": "/despatch",
    "DespatchDocumentReference/ID": "/despatch/uuid",
    "DespatchDocumentReference/IssueDate": "/despatch/date",
    "AdditionalDocumentReference": "/documents/{0}",
    "Signature": "/customer/tax_id",
    **_below("DeliveryCustomerParty/Party", "/customer", _PARTY),
    "DeliveryCustomerParty/DeliveryContact": "/customer_contact",
    **_below("DespatchSupplierParty/Party", "/supplier", _PARTY),
    "DespatchSupplierParty/DespatchContact": "/supplier_contact",
    "Shipment/Delivery/ActualDeliveryDate": "/delivery_date",
    "Shipment/Delivery/ActualDeliveryTime": "/delivery_time",
    **_below(
        "ReceiptLine",
        "/lines/{0}",
        {
            "": "",
            **_ITEM,
            "ReceivedQuantity": "/received",
            "ShortQuantity": "/short",
            "RejectedQuantity": "/rejected",
            "RejectReason": "/reject_reason",
            "OversupplyQuantity": "/oversupply",
            "TimingComplaint": "/complaint",
            "OrderLineReference": "/order_line",
            "DespatchLineReference": "/despatch_line",
        },
    ),
}
_ANSWER: Final[Table] = {
    **_HEAD,
    "Signature": "/sender/tax_id",
    **_below("SenderParty", "/sender", _PARTY),
    **_below("ReceiverParty", "/receiver", _PARTY),
}
_RESPONSE: Final[Table] = {
    **_ANSWER,
    "DocumentResponse/Response": "/answer",
    "DocumentResponse/Response/Description": "/reason",
    "DocumentResponse/DocumentReference": "/invoice",
    "DocumentResponse/DocumentReference/ID": "/invoice/uuid",
    "DocumentResponse/DocumentReference/IssueDate": "/invoice/date",
    "DocumentResponse/LineResponse": "/answer",
}
_SYSTEM: Final[Table] = {
    **_ANSWER,
    "DocumentResponse": "/envelope",
    "DocumentResponse/LineResponse/Response": "/status",
    "DocumentResponse/LineResponse/Response/Description": "/description",
}

TABLES: Final[dict[str, Table]] = {
    "invoice": _INVOICE,
    "freelance_receipt": _FREELANCE,
    "producer_receipt": _CREDIT_NOTE,
    "expense_note": _CREDIT_NOTE,
    "passenger_cancellation": _CANCELLATION,
    "despatch_advice": _DESPATCH,
    "receipt_advice": _RECEIPT,
    "application_response": _RESPONSE,
    "system_response": _SYSTEM,
}
"""By the value of ``document``."""
