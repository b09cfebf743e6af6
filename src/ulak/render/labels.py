"""Words that stand on a rendered document, in both languages: one name for each, shared by every form of output."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from ulak.errors import Text

__all__ = ["LABELS", "LabelLanguage", "label"]

LabelLanguage = Literal["tr", "en", "both"]

_TITLES: Final = {
    "title_invoice": Text("e-Fatura", "e-Invoice"),
    "title_archive": Text("e-Arşiv Fatura", "e-Archive Invoice"),
    "title_despatch": Text("e-İrsaliye", "e-Despatch Advice"),
    "title_receipt": Text("e-İrsaliye Yanıtı", "e-Receipt Advice"),
    "title_answer": Text("Uygulama Yanıtı", "Application Response"),
    "title_freelance": Text("e-Serbest Meslek Makbuzu", "e-Freelance Receipt"),
    "title_producer": Text("e-Müstahsil Makbuzu", "e-Producer Receipt"),
    "title_expense": Text("e-Gider Pusulası", "e-Expense Note"),
    "title_cancellation": Text("Satış İptal / İade Bildirimi", "Notice of a Cancelled or Returned Sale"),
}
_MARKS: Final = {
    "administration": Text("T.C. Gelir İdaresi Başkanlığı", "Turkish Revenue Administration"),
    "made_electronically": Text(
        "e-Arşiv izni kapsamında elektronik ortamda oluşturulmuştur.",
        "Issued electronically under the e-Arşiv permission.",
    ),
    "original_at": Text("Belgenin aslı:", "The original:"),
    "asked_at": Text(
        "Düzenlendiği günü izleyen günün sonundan itibaren ebelge.gib.gov.tr adresinden sorgulanabilir.",
        "Can be verified at ebelge.gib.gov.tr from the end of the day after its issue.",
    ),
    "replaces_despatch": Text("İrsaliye yerine geçer.", "Serves as a despatch advice."),
    "cash_register": Text("Ödeme kaydedici cihaz fişi", "Cash register slip"),
    "internet_sale": Text("Bu satış internet üzerinden yapılmıştır.", "This sale was made over the internet."),
    "verify": Text("Karekod", "QR code"),
    "verification": Text("Doğrulama", "Verification"),
    "voided": Text("İPTAL", "CANCELLED"),
}
_HEAD: Final = {
    "scenario": Text("Senaryo", "Scenario"),
    "type": Text("Tip", "Type"),
    "number": Text("No", "No."),
    "invoice_number": Text("Fatura no", "Invoice no."),
    "despatch_number": Text("İrsaliye no", "Despatch no."),
    "receipt_number": Text("Makbuz no", "Receipt no."),
    "expense_number": Text("Pusula no", "Note no."),
    "answer_number": Text("Yanıt no", "Response no."),
    "date": Text("Tarih", "Date"),
    "time": Text("Saat", "Time"),
    "ettn": Text("ETTN", "ETTN"),
    "customization": Text("Özelleştirme no", "Customization"),
    "currency": Text("Para birimi", "Currency"),
    "exchange_rate": Text("Döviz kuru", "Exchange rate"),
    "payment_exchange_rate": Text("Ödeme kuru", "Payment exchange rate"),
    "order": Text("Sipariş", "Order"),
    "order_number": Text("Sipariş no", "Order no."),
    "order_date": Text("Sipariş tarihi", "Order date"),
    "despatch": Text("İrsaliye", "Despatch advice"),
    "receipt_advice": Text("İrsaliye yanıtı", "Receipt advice"),
    "contract": Text("Sözleşme", "Contract"),
    "originator": Text("İhale", "Tender"),
    "accounting_cost": Text("Fatura alt türü", "Invoice subtype"),
    "period": Text("Dönem", "Period"),
    "due": Text("Son ödeme tarihi", "Due date"),
    "returned_invoice": Text("İade edilen fatura", "Returned invoice"),
    "referenced_invoice": Text("İlgili fatura", "Related invoice"),
    "attached_document": Text("Ek belge", "Attached document"),
    "printed_despatch": Text("Matbu irsaliye", "Printed despatch advice"),
    "slip": Text("Fiş", "Slip"),
    "answered_document": Text("Yanıtlanan belge", "Answered document"),
    "answer": Text("Yanıt", "Response"),
    "answer_accepted": Text("Fatura kabul edildi.", "The invoice is accepted."),
    "answer_rejected": Text("Fatura reddedildi.", "The invoice is rejected."),
    "answer_returned": Text("Fatura iade edildi.", "The invoice is returned."),
    "reason": Text("Gerekçe", "Reason"),
    "sheet": Text("Sayfa", "Page"),
    "subject": Text("Konu", "Subject"),
    "sending": Text("Gönderim şekli", "Handed over"),
    "ELEKTRONIK": Text("Elektronik", "Electronically"),
    "KAGIT": Text("Kâğıt", "On paper"),
    "confirmation": Text("Doğrulama kodu", "Confirmation code"),
    "returned_sale": Text("İade edilen satış", "Returned sale"),
    "EARSIV_FATURA": Text("e-Arşiv fatura", "e-Arşiv invoice"),
    "SATIS_FISI": Text("Satış fişi", "Sales slip"),
    "BELGESIZ": Text("Belgesiz", "Without a document"),
}
_PARTIES: Final = {
    "seller": Text("Satıcı", "Seller"),
    "buyer": Text("Alıcı", "Buyer"),
    "to": Text("Sayın", "To"),
    "final_buyer": Text("Asıl alıcı", "Originator customer"),
    "foreign_buyer": Text("Yurt dışı alıcı", "Buyer abroad"),
    "traveller": Text("Yolcu", "Traveller"),
    "tax_representative": Text("Aracı kurum", "Tax representative"),
    "despatch_supplier": Text("Sevk eden", "Despatched by"),
    "despatch_receiver": Text("Teslim alan", "Received by"),
    "seller_supplier": Text("Satıcı (tedarikçi)", "Seller (supplier)"),
    "carrier": Text("Taşıyıcı", "Carrier"),
    "delivery_party": Text("Teslimatı yapan", "Delivered through"),
    "issuer": Text("Düzenleyen", "Issuer"),
    "answer_sender": Text("Yanıtlayan", "From"),
    "answer_receiver": Text("Yanıtın gittiği", "To"),
    "freelancer": Text("Serbest meslek erbabı", "Freelancer"),
    "customer": Text("Müşteri", "Client"),
    "producer": Text("Müstahsil", "Producer"),
    "giver": Text("Malı veren", "Who gives the goods"),
    "vkn": Text("VKN", "Tax no."),
    "tckn": Text("TCKN", "Identity no."),
    "tax_office": Text("Vergi dairesi", "Tax office"),
    "mersis": Text("Mersis no", "Mersis no."),
    "trade_register": Text("Ticaret sicil no", "Trade register no."),
    "phone": Text("Tel", "Phone"),
    "fax": Text("Faks", "Fax"),
    "email": Text("E-posta", "E-mail"),
    "web": Text("Web", "Web"),
    "branch": Text("Şube", "Branch"),
    "passport": Text("Pasaport no", "Passport no."),
    "nationality": Text("Uyruk", "Nationality"),
}
_LINES: Final = {
    "line": Text("Sıra", "#"),
    "code": Text("Kod", "Code"),
    "item": Text("Mal / hizmet", "Item"),
    "service": Text("Hizmet", "Service"),
    "description": Text("Açıklama", "Description"),
    "quantity": Text("Miktar", "Quantity"),
    "unit_price": Text("Birim fiyat", "Unit price"),
    "discount": Text("İskonto", "Discount"),
    "charge": Text("Artırım", "Charge"),
    "vat": Text("KDV", "VAT"),
    "vat_rate": Text("KDV oranı", "VAT rate"),
    "vat_amount": Text("KDV tutarı", "VAT amount"),
    "other_taxes": Text("Diğer vergiler", "Other taxes"),
    "amount": Text("Tutar", "Amount"),
    "gtip": Text("GTİP", "HS code"),
    "package": Text("Kap", "Package"),
    "delivery_term": Text("Teslim şartı", "Delivery terms"),
    "delivery_place": Text("Teslim yeri", "Place of delivery"),
    "transport_mode": Text("Gönderilme şekli", "Mode of transport"),
    "origin": Text("Menşe", "Origin"),
    "brand": Text("Marka", "Brand"),
    "model": Text("Model", "Model"),
    "serial": Text("Seri no", "Serial no."),
    "label_number": Text("Künye / etiket no", "Tag no."),
    "owner": Text("Mal sahibi", "Owner of the goods"),
    "received": Text("Teslim alınan", "Received"),
    "rejected": Text("Reddedilen", "Rejected"),
    "short": Text("Eksik", "Short"),
    "oversupply": Text("Fazla", "Excess"),
    "reject_reason": Text("Ret gerekçesi", "Reason of rejection"),
    "delivery_date": Text("Teslim tarihi", "Delivery date"),
    "gross_fee": Text("Brüt ücret", "Gross fee"),
    "order_line": Text("Sipariş kalemi", "Order line"),
    "backordered": Text("Sonra gönderilecek", "To follow"),
    "buyers_code": Text("Alıcı ürün kodu", "Buyer's code"),
    "makers_code": Text("Üretici ürün kodu", "Maker's code"),
    "classification": Text("Sınıf", "Class"),
}
_TOTALS: Final = {
    "line_total": Text("Mal / hizmet toplamı", "Total of goods and services"),
    "discount_total": Text("Toplam iskonto", "Total discount"),
    "charge_total": Text("Toplam artırım", "Total charges"),
    "without_tax": Text("Vergiler hariç toplam", "Total without taxes"),
    "with_tax": Text("Vergiler dahil toplam", "Total with taxes"),
    "rounding": Text("Yuvarlama", "Rounding"),
    "payable": Text("Ödenecek tutar", "Amount payable"),
    "tax_base": Text("Matrah", "Tax base"),
    "taxes": Text("Vergiler toplamı", "Total taxes"),
    "withheld": Text("Tevkifat", "Withheld"),
    "withholding": Text("KDV tevkifatı", "VAT withholding"),
    "income_withholding": Text("Gelir vergisi stopajı", "Income tax withholding"),
    "exemption_code": Text("İstisna", "Exemption"),
    "exemption": Text("Vergi istisna muafiyet sebebi", "Reason of exemption"),
    "in_lira": Text("TL karşılığı", "In Turkish lira"),
    "gross_total": Text("Brüt ücret toplamı", "Total gross fee"),
    "net_fee": Text("Net ücret", "Net fee"),
    "net_collected": Text("Net tahsilat", "Net collected"),
    "vat_collected": Text("Tahsil edilen KDV", "VAT collected"),
    "deduction": Text("Kesinti", "Deduction"),
    "only": Text("Yalnız", "Only"),
}
_FOOT: Final = {
    "notes": Text("Notlar", "Notes"),
    "payment": Text("Ödeme", "Payment"),
    "payment_means": Text("Ödeme şekli", "Payment method"),
    "payment_terms": Text("Ödeme koşulu", "Payment terms"),
    "bank": Text("Banka bilgileri", "Bank details"),
    "account": Text("Hesap", "Account"),
    "iban": Text("IBAN", "IBAN"),
    "penalty": Text("Gecikme cezası", "Late payment penalty"),
    "signature": Text("İmza / kaşe", "Signature"),
    "deliverer": Text("Teslim eden", "Delivered by"),
    "receiver": Text("Teslim alan", "Received by"),
    "references": Text("İlgili belgeler", "Related documents"),
    "producer_signature": Text("Müstahsilin imzası", "Signature of the producer"),
    "giver_signature": Text("Malı verenin imzası", "Signature of whoever gives the goods"),
    "seal": Text("Bu belge elektronik olarak mühürlenmiştir.", "This document bears an electronic seal."),
}
_INTERNET: Final = {
    "internet": Text("İnternet satışı", "Internet sale"),
    "payment_agent": Text("Ödeme aracısı", "Payment agent"),
    "paid_on": Text("Ödeme tarihi", "Paid on"),
    "shipped_on": Text("Gönderim / ifa tarihi", "Shipped on"),
    "KREDIKARTI/BANKAKARTI": Text("Banka kartı", "Bank card"),
    "EFT/HAVALE": Text("EFT, havale", "Transfer"),
    "KAPIDAODEME": Text("Kapıda ödeme", "On delivery"),
    "ODEMEARACISI": Text("Ödeme aracısı", "Payment agent"),
    "return_form": Text("İade bölümü", "Return form"),
    "returned_item": Text("İade edilen mal, miktar, birim fiyat, tutar", "Item, quantity, unit price, amount"),
    "returner": Text("İade edenin adı, adresi, imzası", "Name, address, signature of the returner"),
}
_ROAD: Final = {
    "shipment": Text("Sevkiyat", "Shipment"),
    "despatch_moment": Text("Fiilî sevk", "Actual despatch"),
    "delivery_moment": Text("Teslim", "Delivery"),
    "plate": Text("Araç plakası", "Vehicle plate"),
    "trailer": Text("Dorse plakası", "Trailer plate"),
    "driver": Text("Şoför", "Driver"),
    "delivery_address": Text("Teslim adresi", "Delivery address"),
    "despatch_address": Text("Sevk adresi", "Despatch address"),
    "goods_value": Text("Mal bedeli", "Value of the goods"),
    "weight": Text("Ağırlık", "Weight"),
    "packages": Text("Kap adedi", "Packages"),
    "shipment_number": Text("Gönderi no", "Shipment no."),
    "remarks": Text("Sevk notu", "Shipping remarks"),
}

LABELS: Final[Mapping[str, Text]] = MappingProxyType(
    {**_TITLES, **_MARKS, **_HEAD, **_PARTIES, **_LINES, **_TOTALS, **_FOOT, **_INTERNET, **_ROAD}
)
"""Every word by its name. Where GİB's guides fix a word in Turkish (titles, ETTN, KDV), it stands as there."""


def label(name: str, language: LabelLanguage = "tr") -> str:
    """A word as plain text; both languages with a stroke between them, once where they are the same.

    >>> label("payable"), label("payable", "en"), label("due", "both")
    ('Ödenecek tutar', 'Amount payable', 'Son ödeme tarihi / Due date')
    >>> label("iban", "both")
    'IBAN'
    """
    text = LABELS[name]
    if language == "both":
        return text.tr if text.tr == text.en else f"{text.tr} / {text.en}"
    return text.say(language)
