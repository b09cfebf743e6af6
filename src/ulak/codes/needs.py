"""What some documents must carry beyond an ordinary one; the vocabulary of `Scenario.needs`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ulak.errors import Text

__all__ = ["NEED_TEXTS", "Need"]


class Need(StrEnum):
    """A field, or group of fields, that a scenario asks for. Values are stable; `NEED_TEXTS` says each in words."""

    BILLING_REFERENCE = "billing_reference"
    KUNYE = "kunye"
    ETIKET = "etiket"
    SEVKIYAT = "sevkiyat"
    YTB_NUMBER = "ytb_number"
    EXPENSE_TYPE = "expense_type"
    MACHINE = "machine"
    WAIVED_VAT = "waived_vat"
    MEDICAL_ITEM = "medical_item"
    DEVICE = "device"
    CUSTOMER_TCKN = "customer_tckn"
    PLATE = "plate"
    INVOICE_PERIOD = "invoice_period"
    ESU_REPORT = "esu_report"
    CHARGER_SERIAL = "charger_serial"
    CUSTOMS_CUSTOMER = "customs_customer"
    BUYER_EXPORT = "buyer_export"
    BUYER_TAXFREE = "buyer_taxfree"
    TAX_REPRESENTATIVE = "tax_representative"
    INCOTERMS = "incoterms"
    DELIVERY_ADDRESS = "delivery_address"
    TRANSPORT_MODE = "transport_mode"
    GTIP = "gtip"
    SUPPLIER_TAX_OFFICE = "supplier_tax_office"
    IBAN = "iban"
    SGK_FIELDS = "sgk_fields"
    EXPORT_LINE_CODE = "export_line_code"
    PAPER_REFERENCE = "paper_reference"
    DESPATCH = "despatch"
    DESPATCH_REFERENCE = "despatch_reference"
    DOCUMENT_REFERENCE = "document_reference"
    RETURN_REFERENCE = "return_reference"


NEED_TEXTS: Final[dict[Need, Text]] = {
    Need.BILLING_REFERENCE: Text(
        "İade edilen her faturanın 16 haneli numarası ve tarihi (BillingReference, türü IADE)",
        "16-character number and date of every returned invoice (BillingReference of type IADE)",
    ),
    Need.KUNYE: Text("Her satırda 19 haneli künye numarası", "The 19-character künye number on every line"),
    Need.ETIKET: Text(
        "Her satırda 2 harf ve 7 rakamdan oluşan etiket numarası",
        "A label number of 2 letters and 7 digits on every line",
    ),
    Need.SEVKIYAT: Text(
        "Satıcıda SE-0000000 ya da ES-0000000 biçiminde sevkiyat numarası",
        "The supplier's shipment number, SE-0000000 or ES-0000000",
    ),
    Need.YTB_NUMBER: Text(
        "6 haneli yatırım teşvik belgesi numarası ve tarihi", "6-digit number and date of the investment certificate"
    ),
    Need.EXPENSE_TYPE: Text(
        "Her satırda yatırım harcama tipi (01-04)", "The investment expense type (01-04) on every line"
    ),
    Need.MACHINE: Text(
        "Harcama tipi 01 olan satırlarda makine adı, teçhizat sıra numarası ve makine kimliği",
        "Machine name, list number and machine id on lines of expense type 01",
    ),
    Need.WAIVED_VAT: Text(
        "Vazgeçilen KDV tutarı ve oranı; toplama girmez (hesap sırası -1)",
        "Amount and rate of the VAT given up; not part of the total (calculation sequence -1)",
    ),
    Need.MEDICAL_ITEM: Text(
        "Her satırda ilaç ya da tıbbi cihaz kimliği; takip dışı kalemde DIGER",
        "A medicine or medical device id on every line; DIGER for items that are not tracked",
    ),
    Need.DEVICE: Text(
        "Her satırda TELEFON (IMEI) ya da TABLET_PC kimliği", "A TELEFON (IMEI) or TABLET_PC id on every line"
    ),
    Need.CUSTOMER_TCKN: Text("Alıcının T.C. kimlik numarası", "The customer's citizen number (TCKN)"),
    Need.PLATE: Text("Alıcıda bir adet araç plakası", "Exactly one licence plate at the customer"),
    Need.INVOICE_PERIOD: Text(
        "Dönemin başlangıç ve bitiş tarihi; şarjda saati de",
        "Start and end date of the period; times too when charging",
    ),
    Need.ESU_REPORT: Text("ESÜ rapor kimliği (UUID) ve tarihi", "The charging report id (UUID) and its date"),
    Need.CHARGER_SERIAL: Text(
        "Her satırda şarj ünitesinin seri numarası", "The serial number of the charging unit on every line"
    ),
    Need.CUSTOMS_CUSTOMER: Text(
        "Alıcı olarak Ticaret Bakanlığı (VKN 1460415308)", "The customs ministry as customer (VKN 1460415308)"
    ),
    Need.BUYER_EXPORT: Text(
        "Yurt dışındaki alıcı (EXPORT) ve resmî unvanı", "The buyer abroad (EXPORT) with its registered name"
    ),
    Need.BUYER_TAXFREE: Text(
        "Yolcu (TAXFREE): adı, uyruğu ve pasaport numarası",
        "The traveller (TAXFREE): name, nationality and passport number",
    ),
    Need.TAX_REPRESENTATIVE: Text(
        "Aracı kurumun VKN'si ve etiketi", "Tax number and alias of the tax-free intermediary"
    ),
    Need.INCOTERMS: Text("INCOTERMS teslim şartı", "The INCOTERMS delivery term"),
    Need.DELIVERY_ADDRESS: Text("Teslim adresi", "The delivery address"),
    Need.TRANSPORT_MODE: Text("Taşıma şekli kodu", "The transport mode code"),
    Need.GTIP: Text("Her satırda GTİP numarası", "The customs tariff number (GTİP) on every line"),
    Need.SUPPLIER_TAX_OFFICE: Text("Satıcının vergi dairesi", "The supplier's tax office"),
    Need.IBAN: Text("Ödemenin yapılacağı TR IBAN", "The Turkish IBAN to be paid to"),
    Need.SGK_FIELDS: Text(
        "SGK ilave fatura tipi, mükellef kodu ve adı, dosya numarası, dönem",
        "Social security fields: invoice group, provider code and name, file number, period",
    ),
    Need.EXPORT_LINE_CODE: Text(
        "702 kodunda her satırda 12 haneli GTİP ve 11 haneli alıcı DİİB satır kodu",
        "With code 702: 12-digit GTİP and the buyer's 11-character permit line code on every line",
    ),
    Need.PAPER_REFERENCE: Text(
        "Matbu irsaliyenin numarası ve tarihi", "Number and date of the despatch advice issued on paper"
    ),
    Need.DESPATCH: Text(
        "Sevk tarihi ve saati, teslim adresi, plaka ile şoför ya da taşıyıcı",
        "Despatch date and time, delivery address, plate, and driver or carrier",
    ),
    Need.DESPATCH_REFERENCE: Text("Yanıtlanan irsaliye", "The despatch advice that is answered"),
    Need.DOCUMENT_REFERENCE: Text("Yanıtlanan ya da bildirilen belge", "The document that is answered or notified"),
    Need.RETURN_REFERENCE: Text(
        "İadeye konu belge: e-Arşiv fatura, satış fişi ya da belgesiz",
        "The document of the returned sale: e-Arşiv invoice, sales slip, or none",
    ),
}
