"""Labels of elements: which word stands beside the content of an element, by the element's name."""

from __future__ import annotations

from typing import Final

__all__ = ["names_of"]

_EVERYWHERE: Final = {
    "ProfileID": "scenario",
    "IssueDate": "date",
    "IssueTime": "time",
    "UUID": "ettn",
    "CompanyID": "trade_register",
    "NationalityID": "nationality",
    "IdentityDocumentReference": "passport",
    "Telephone": "phone",
    "Telefax": "fax",
    "ElectronicMail": "email",
    "WebsiteURI": "web",
    "PartyName": "branch",
    "Name": "tax_office",
}
_LINES: Final = {
    "BrandName": "brand",
    "ModelName": "model",
    "SerialID": "serial",
    "LineID": "order_line",
    "BuyersItemIdentification": "buyers_code",
    "ManufacturersItemIdentification": "makers_code",
    "ItemClassificationCode": "classification",
    "OrderReference": "order",
    "DespatchDocumentReference": "despatch",
    "DeliveryAddress": "delivery_address",
}
_SALES: Final = {
    "InvoiceTypeCode": "type",
    "CreditNoteTypeCode": "type",
    "AccountingCost": "accounting_cost",
    "InvoicePeriod": "period",
    "ReceiptDocumentReference": "receipt_advice",
    "OriginatorDocumentReference": "originator",
    "ContractDocumentReference": "contract",
    "InvoiceDocumentReference": "referenced_invoice",
    "PaymentDueDate": "due",
    "PaymentChannelCode": "payment_agent",
    "ActualDespatchDate": "shipped_on",
    "ActualDeliveryDate": "delivery_date",
    "PricingExchangeRate": "exchange_rate",
    "BuyerCustomerParty": "final_buyer",
    "TaxRepresentativeParty": "tax_representative",
    "SellerSupplierParty": "seller_supplier",
    "CarrierParty": "carrier",
    "DeliveryParty": "delivery_party",
    "SellersItemIdentification": "code",
    "OriginCountry": "origin",
    "RequiredCustomsID": "gtip",
    "TransportModeCode": "transport_mode",
    "DeliveryTerms": "delivery_term",
    "ActualPackage": "package",
    "LineExtensionAmount": "line_total",
    "AllowanceTotalAmount": "discount_total",
    "ChargeTotalAmount": "charge_total",
    "TaxInclusiveAmount": "with_tax",
    "PayableRoundingAmount": "rounding",
    "PayableAmount": "payable",
    "TaxAmount": "taxes",
    "TaxExemptionReasonCode": "exemption_code",
    "TaxCategory": "exemption",
    "PayeeFinancialAccount": "account",
    "PaymentNote": "payment",
    "InstructionNote": "payment",
    "PenaltySurchargePercent": "penalty",
}
_ROAD: Final = {
    "DespatchAdviceTypeCode": "type",
    "ReceiptAdviceTypeCode": "type",
    "BuyerCustomerParty": "buyer",
    "SellerSupplierParty": "seller_supplier",
    "OriginatorCustomerParty": "final_buyer",
    "Despatch": "despatch_moment",
    "ActualDeliveryDate": "delivery_moment",
    "LicensePlateID": "plate",
    "TransportEquipment": "trailer",
    "DriverPerson": "driver",
    "ValueAmount": "goods_value",
    "TotalInvoiceAmount": "goods_value",
    "DespatchAddress": "despatch_address",
    "RejectReason": "reject_reason",
    "OutstandingReason": "backordered",
}
_BY_KIND: Final[dict[str, dict[str, str]]] = {
    "invoice": {**_EVERYWHERE, **_LINES, **_SALES, "Invoice": "invoice_number"},
    "freelance": {
        **_EVERYWHERE,
        **_LINES,
        **_SALES,
        "Invoice": "receipt_number",
        "LineExtensionAmount": "gross_total",
        "PayableAmount": "net_collected",
    },
    "producer": {
        **_EVERYWHERE,
        **_LINES,
        **_SALES,
        "CreditNote": "receipt_number",
        "TaxAmount": "deduction",
        "Contact": "confirmation",
    },
    "expense": {**_EVERYWHERE, **_LINES, **_SALES, "CreditNote": "expense_number", "Contact": "confirmation"},
    "despatch": {**_EVERYWHERE, **_LINES, **_ROAD, "DespatchAdvice": "despatch_number"},
    "receipt": {**_EVERYWHERE, **_LINES, **_ROAD, "ReceiptAdvice": "answer_number"},
    "answer": {**_EVERYWHERE, "ApplicationResponse": "answer_number", "DocumentReference": "answered_document"},
}


def names_of(kind: str) -> dict[str, str]:
    """Labels (`ulak.render.labels`) by the local names of elements; an ``ID`` has the label of its parent."""
    return _BY_KIND.get(kind, {})
