"""Invoice lines as a person states them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from ulak.ubl.forms.base import Form, Passthrough, doc
from ulak.ubl.forms.delivery import LineDelivery

__all__ = ["Adjustment", "Item", "Line", "Tax"]


class Adjustment(Form, kw_only=True):
    """A discount or a charge: a percentage or an amount, and why."""

    percent: Annotated[Decimal | None, doc("Oran, yüzde.", "Rate, percent.")] = None
    amount: Annotated[Decimal | None, doc("Tutar.", "Amount.")] = None
    reason: Annotated[str | None, doc("Sebep.", "Reason.")] = None


class Tax(Form, kw_only=True):
    """A tax other than VAT, by its code: 0071 ÖTV, 0059 konaklama, 4080 ÖİV, 0003 stopaj …"""

    code: Annotated[str, doc("Vergi kodu.", "Tax type code.")]
    percent: Annotated[Decimal | None, doc("Oran, yüzde.", "Rate, percent.")] = None
    amount: Annotated[Decimal | None, doc("Satırın vergisi, oran yerine.", "The line's tax, instead of a rate.")] = None
    base: Annotated[Decimal | None, doc("Matrah, satır tutarı değilse.", "Base, if not the line amount.")] = None
    exemption: Annotated[str | None, doc("İstisna kodu.", "Exemption code.")] = None
    in_vat_base: Annotated[
        bool | None,
        doc("KDV matrahına girer mi; yoksa yasaya göre.", "Whether VAT is reckoned on it; else the law's way."),
    ] = None


class Item(Form, kw_only=True):
    """What is sold, in any document: its name and its identities."""

    name: Annotated[str, doc("Mal ya da hizmetin adı.", "Name of the goods or the service.")]
    description: Annotated[str | None, doc("Açıklama.", "Description.")] = None
    note: Annotated[str | None, doc("Satır notu.", "Note on the line.")] = None
    code: Annotated[str | None, doc("Satıcının ürün kodu.", "The seller's item code.")] = None
    buyer_code: Annotated[str | None, doc("Alıcının ürün kodu.", "The buyer's item code.")] = None
    manufacturer_code: Annotated[str | None, doc("Üreticinin ürün kodu.", "The manufacturer's item code.")] = None
    brand: Annotated[str | None, doc("Marka.", "Brand.")] = None
    model: Annotated[str | None, doc("Model; yatırım teşvikte makine adı.", "Model; machine name for incentives.")] = (
        None
    )
    origin: Annotated[str | None, doc("Menşe ülke adı.", "Country of origin.")] = None
    ids: Annotated[
        dict[str, str | tuple[str, ...]] | None,
        doc(
            "Ek kimlikler, şemasına göre: KUNYENO, ETIKETNO, ILAC, TIBBICIHAZ, TELEFON, DIGER …",
            "Further identifiers by scheme: KUNYENO, ETIKETNO, ILAC, TIBBICIHAZ, TELEFON, DIGER …",
        ),
    ] = None
    classification: Annotated[str | None, doc("Harcama tipi 01-04.", "Expense type 01 to 04.")] = None
    serial: Annotated[str | None, doc("Seri no, makine ID.", "Serial number, machine id.")] = None
    trace_id: Annotated[str | None, doc("İzleme no, teçhizat sıra no.", "Trace id, list number of the machine.")] = None


class Line(Item, kw_only=True):
    """A line of an invoice. ``vat`` and, where there is one, ``exemption`` or ``withholding`` are all it needs."""

    id: Annotated[str | None, doc("Satır numarası; yoksa sırası.", "Line number; its position if left out.")] = None
    quantity: Annotated[Decimal, doc("Miktar.", "Quantity.")] = Decimal(1)
    unit: Annotated[str, doc("Birim kodu; C62 adet.", "Unit code; C62 is piece.")] = "C62"
    price: Annotated[Decimal, doc("Birim fiyat, vergiler hariç.", "Unit price without taxes.")]
    vat: Annotated[Decimal | None, doc("KDV oranı, yüzde.", "VAT rate, percent.")] = None
    vat_base: Annotated[Decimal | None, doc("KDV'nin özel matrahı.", "Special base of the VAT.")] = None
    exemption: Annotated[str | None, doc("KDV istisna kodu.", "VAT exemption reason code.")] = None
    exemption_reason: Annotated[str | None, doc("Kodun adı yerine sebep.", "Reason in place of the code's name.")] = (
        None
    )
    withholding: Annotated[str | None, doc("KDV tevkifat kodu, 6xx ya da 8xx.", "VAT withholding code.")] = None
    withholding_percent: Annotated[
        Decimal | None, doc("Yasadaki oran değilse oran, yüzde.", "Percent, if not the law's rate of the day.")
    ] = None
    taxes: Annotated[tuple[Tax, ...], doc("Diğer vergiler.", "Other taxes.")] = ()
    discounts: Annotated[tuple[Adjustment, ...], doc("İskontolar, sırayla.", "Discounts, in turn.")] = ()
    charges: Annotated[tuple[Adjustment, ...], doc("Artırımlar, sırayla.", "Charges, in turn.")] = ()
    original_quantity: Annotated[
        Decimal | None, doc("Tevkifatlı iadede satılmış miktar.", "Quantity sold, in a withheld return.")
    ] = None
    collected_vat: Annotated[
        Decimal | None,
        doc(
            "Tevkifatlı iadede satışın tevkifatsız KDV'si; vat ve withholding yerine.",
            "VAT collected in the original sale, in a withheld return; in place of vat and withholding.",
        ),
    ] = None
    delivery: LineDelivery | None = None
    ubl: Passthrough | None = None
