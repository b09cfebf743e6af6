"""The rules on amounts: lines, taxes, withholding, totals, currency."""

from __future__ import annotations

from typing import Final

from ulak.codes.law import Source
from ulak.errors import Text
from ulak.rules.advice.model import Rule

__all__ = ["SUMS"]

_COMMON: Final = "UBL-TR Ortak Elemanlar V0.7"
_SUBTOTAL: Final = Source(_COMMON, "2.2.60 TaxSubtotal")
_TAX_TOTAL: Final = Source(_COMMON, "2.2.61 TaxTotal")
_MONETARY: Final = Source(_COMMON, "2.2.37 MonetaryTotal")
_LINE: Final = Source(_COMMON, "2.2.29 InvoiceLine")
_ALLOWANCE: Final = Source(_COMMON, "2.2.3 AllowanceCharge")
_EXCHANGE: Final = Source(_COMMON, "2.2.22 ExchangeRate")

_CHECK_BOTH: Final = Text(
    "Belgeyi üreten programın hesabını denetleyin; satırlar doğruysa toplamı, toplam doğruysa satırları düzeltin.",
    "Check how your program computes: correct the sum if the lines are right, the lines if the sum is right.",
)

SUMS: Final = (
    Rule(
        "advice.line-amount",
        Text(
            "Satır tutarı {value}, ama miktar × fiyat − iskonto + artırım {expected}.",
            "The line amount is {value}, but quantity × price − allowances + charges is {expected}.",
        ),
        Text(
            "Satırın LineExtensionAmount alanı miktar ile birim fiyatın çarpımından iskontoların düşülmüş, "
            "artırımların "
            "eklenmiş hâlidir. Yarım kuruşluk yuvarlamalar ve yuvarlanmış miktar ya da fiyat hoş görülür.",
            "The line's LineExtensionAmount is quantity times unit price less allowances plus charges. "
            "Rounding by half "
            "a kuruş, and a quantity or price that was itself rounded, are tolerated.",
        ),
        Text(
            "Miktarı, fiyatı, iskontoyu ya da satır tutarını düzeltin; fiyat yuvarlandıysa daha çok ondalıkla yazın.",
            "Correct quantity, price, allowance or line amount; if the price was rounded, give more decimals.",
        ),
        _LINE,
    ),
    Rule(
        "advice.allowance-amount",
        Text(
            "İskonto ya da artırım {value}, ama oran × matrah {expected}.",
            "The allowance or charge is {value}, but rate × base is {expected}.",
        ),
        Text(
            "Amount, MultiplierFactorNumeric ile BaseAmount'ın çarpımıdır. Oran 0.05 ya da 5 diye yazılmış olabilir; "
            "ikisi de anlaşılır.",
            "Amount is MultiplierFactorNumeric times BaseAmount. The rate may be written 0.05 or 5; both "
            "are understood.",
        ),
        Text("Oranı, matrahı ya da tutarı düzeltin.", "Correct the rate, the base or the amount."),
        _ALLOWANCE,
    ),
    Rule(
        "advice.allowance-base",
        Text(
            "İskonto ya da artırımın matrahı {value}, satırda ise {expected}.",
            "The base of the allowance or charge is {value}, but the line has {expected}.",
        ),
        Text(
            "BaseAmount, iskontonun uygulandığı tutardır: miktar × fiyat ya da önceki iskontodan sonra kalan.",
            "BaseAmount is what the allowance was taken from: quantity × price, or what the one before it left.",
        ),
        Text("Matrahı {expected} olarak düzeltin.", "Correct the base to {expected}."),
        _ALLOWANCE,
    ),
    Rule(
        "advice.tax-base",
        Text(
            "Satırın KDV matrahı {value}, satır tutarı ise {expected}.",
            "The VAT base of the line is {value}, but its amount is {expected}.",
        ),
        Text(
            "Özel matrah (8xx), tevkifatlı iade, belge iskontosu ve KDV matrahına giren vergiler dışında KDV satır "
            "tutarı üzerinden hesaplanır.",
            "But for a special base (8xx), the return of a withheld sale, an allowance of the document and taxes that "
            "enter the base, VAT is computed on the line amount.",
        ),
        Text(
            "Matrahı düzeltin ya da özel matrah kodunu yazın.",
            "Correct the base, or name the code of the special base.",
        ),
        _SUBTOTAL,
    ),
    Rule(
        "advice.tax-amount",
        Text(
            "{code} vergisi {value}, ama matrah × oran {expected}.",
            "Tax {code} is {value}, but base × rate is {expected}.",
        ),
        Text(
            "Vergi tutarı matrahın yüzdesidir. Birim başına alınan vergiler, istisna yüzünden 0 olanlar ve yarım "
            "kuruşluk yuvarlamalar hoş görülür.",
            "The tax is a percentage of its base. Taxes per unit, taxes that are 0 by exemption, and "
            "rounding by half a "
            "kuruş are tolerated.",
        ),
        Text("Matrahı, oranı ya da vergi tutarını düzeltin.", "Correct the base, the rate or the tax."),
        _SUBTOTAL,
    ),
    Rule(
        "advice.tax-total",
        Text(
            "Toplam vergi {value}, vergi satırlarının toplamı ise {expected}.",
            "The tax total is {value}, but its rows add up to {expected}.",
        ),
        Text(
            "TaxTotal/TaxAmount, TaxSubtotal tutarlarının toplamıdır. Tevkif edilen, tahsil edilmeyen ve stopaj olarak "
            "kesilen vergi dışarıda kalabilir; hesap sırası −1 olan (vazgeçilen) KDV her zaman dışarıdadır.",
            "TaxTotal/TaxAmount is the sum of the TaxSubtotal amounts. Tax that is withheld, not collected or deducted "
            "at source may be left out; VAT given up (calculation sequence −1) always is.",
        ),
        _CHECK_BOTH,
        _TAX_TOTAL,
    ),
    Rule(
        "advice.withholding-amount",
        Text(
            "{code} kodlu tevkifat {value}, ama hesaplanan KDV × oran {expected}.",
            "The withholding of code {code} is {value}, but computed VAT × rate is {expected}.",
        ),
        Text(
            "Tevkifat, hesaplanan KDV'nin kodun oranı kadar olan kısmıdır.",
            "Withholding is that part of the computed VAT which the code's rate says.",
        ),
        Text("Tevkifat tutarını ya da KDV'yi düzeltin.", "Correct the withholding or the VAT."),
        _TAX_TOTAL,
    ),
    Rule(
        "advice.withholding-base",
        Text(
            "{code} kodlu tevkifatın matrahı {value}; hesaplanan KDV {expected}.",
            "The base of the withholding of code {code} is {value}; the computed VAT is {expected}.",
        ),
        Text(
            "Tevkifat satırının matrahı hesaplanan KDV'dir; işlem bedeli yazılması da yaygındır ve hoş görülür.",
            "The base of a withholding row is the computed VAT; the price of the supply is often written "
            "and tolerated.",
        ),
        Text("Matrahı {expected} olarak düzeltin.", "Correct the base to {expected}."),
        Source("GİB general.xslt", "WithholdingTaxTotal"),
    ),
    Rule(
        "advice.withholding-total",
        Text(
            "Toplam tevkifat {value}, tevkifat satırlarının toplamı ise {expected}.",
            "The total withholding is {value}, but its rows add up to {expected}.",
        ),
        Text(
            "WithholdingTaxTotal/TaxAmount, altındaki TaxSubtotal tutarlarının toplamıdır.",
            "WithholdingTaxTotal/TaxAmount is the sum of its TaxSubtotal amounts.",
        ),
        _CHECK_BOTH,
        _TAX_TOTAL,
    ),
    Rule(
        "advice.tax-rows",
        Text(
            "{code} vergisi (%{percent}) için belgede {value} var, satırların toplamı {expected}.",
            "For tax {code} ({percent} %) the document has {value}, but the lines add up to {expected}.",
        ),
        Text(
            "Belgenin her vergi satırı, aynı kod ve oranı taşıyan satır vergilerinin toplamıdır; satır başına yarım "
            "kuruş yuvarlama hoş görülür.",
            "Each tax row of the document is the sum of the lines' rows with the same code and rate; half a kuruş of "
            "rounding a line is tolerated.",
        ),
        _CHECK_BOTH,
        _TAX_TOTAL,
    ),
    Rule(
        "advice.withholding-rows",
        Text(
            "{code} kodlu tevkifat için belgede {value} var, satırların toplamı {expected}.",
            "For withholding {code} the document has {value}, but the lines add up to {expected}.",
        ),
        Text(
            "Belgenin tevkifat satırı, aynı kodu taşıyan satır tevkifatlarının toplamıdır.",
            "A withholding row of the document is the sum of the lines' withholdings of the same code.",
        ),
        _CHECK_BOTH,
        _TAX_TOTAL,
    ),
    Rule(
        "advice.total-lines",
        Text(
            "Mal hizmet toplamı {value}, satırlarda ise {expected}.",
            "The total of goods and services is {value}, but the lines have {expected}.",
        ),
        Text(
            "LegalMonetaryTotal/LineExtensionAmount satırların iskontodan önceki toplamıdır; iskontodan sonraki toplam "
            "da yaygındır ve hoş görülür.",
            "LegalMonetaryTotal/LineExtensionAmount is the sum of the lines before allowances; the sum after them is "
            "common and tolerated.",
        ),
        _CHECK_BOTH,
        _MONETARY,
    ),
    Rule(
        "advice.total-exclusive",
        Text(
            "Vergiler hariç toplam {value}, satırlardan hesaplanan {expected}.",
            "The total without taxes is {value}, but the lines give {expected}.",
        ),
        Text(
            "TaxExclusiveAmount satır tutarlarının toplamından belge iskontolarının düşülmüş, artırımların eklenmiş "
            "hâlidir; ihracatta navlun ve sigorta eklenmiş olabilir.",
            "TaxExclusiveAmount is the sum of the line amounts less the document's allowances plus its "
            "charges; exports "
            "may add freight and insurance.",
        ),
        _CHECK_BOTH,
        _MONETARY,
    ),
    Rule(
        "advice.total-inclusive",
        Text(
            "Vergiler dâhil toplam {value}, hesaplanan {expected}.",
            "The total with taxes is {value}, but {expected} is computed.",
        ),
        Text(
            "TaxInclusiveAmount, vergiler hariç toplama hesaplanan bütün vergilerin eklenmiş hâlidir; "
            "tevkif edilen KDV "
            "de içindedir, hesap sırası −1 olan (vazgeçilen) KDV değildir.",
            "TaxInclusiveAmount is the total without taxes plus every computed tax, withheld VAT included "
            "and VAT given "
            "up (calculation sequence −1) left out.",
        ),
        _CHECK_BOTH,
        _MONETARY,
    ),
    Rule(
        "advice.total-payable",
        Text(
            "Ödenecek tutar {value}, hesaplanan {expected}.",
            "The payable amount is {value}, but {expected} is computed.",
        ),
        Text(
            "PayableAmount, vergiler dâhil toplamdan tevkifat, stopaj (0003, 0011) ve tahsil edilmeyen KDV (701, 702, "
            "704) düşülüp yuvarlama tutarı eklenerek bulunur.",
            "PayableAmount is the total with taxes less withheld VAT, income tax at source (0003, 0011) and "
            "VAT that is "
            "not collected (701, 702, 704), plus the rounding amount.",
        ),
        _CHECK_BOTH,
        _MONETARY,
    ),
    Rule(
        "advice.total-allowance",
        Text(
            "Toplam iskonto {value}, iskontoların toplamı ise {expected}.",
            "The total allowance is {value}, but the allowances add up to {expected}.",
        ),
        Text(
            "AllowanceTotalAmount satırların ve belgenin iskontolarının toplamıdır.",
            "AllowanceTotalAmount is the sum of the allowances of the lines and of the document.",
        ),
        _CHECK_BOTH,
        _MONETARY,
    ),
    Rule(
        "advice.total-charge",
        Text(
            "Toplam artırım {value}, artırımların toplamı ise {expected}.",
            "The total charge is {value}, but the charges add up to {expected}.",
        ),
        Text(
            "ChargeTotalAmount satırların ve belgenin artırımlarının toplamıdır.",
            "ChargeTotalAmount is the sum of the charges of the lines and of the document.",
        ),
        _CHECK_BOTH,
        _MONETARY,
    ),
    Rule(
        "advice.line-count",
        Text(
            "Satır sayısı {value} yazılmış, belgede {expected} satır var.", "It says {value} lines, but has {expected}."
        ),
        Text(
            "LineCountNumeric belgedeki satırların sayısıdır; fark, satır kaybının işareti olabilir.",
            "LineCountNumeric is the number of lines; a difference may mean that lines were lost.",
        ),
        Text("Satırları denetleyin, sayıyı {expected} yapın.", "Check the lines and put the count to {expected}."),
        Source("UBL-TR Fatura V1.0", "LineCountNumeric"),
    ),
    Rule(
        "advice.exemption-with-vat",
        Text(
            "{code} istisna kodu yazılmış, ama {value} KDV hesaplanmış.",
            "Exemption code {code} is named, but {value} of VAT is computed.",
        ),
        Text(
            "İstisna kodu KDV alınmadığını söyler. İhraç kayıtlı (7xx), özel matrah (8xx), 501, 555 ve hesap sırası −1 "
            "olan yatırım teşvik satırları bunun dışındadır.",
            "An exemption code says that no VAT is due. Export-registered (7xx), special base (8xx), 501, 555 and "
            "investment rows with calculation sequence −1 are exceptions.",
        ),
        Text("İstisna kodunu kaldırın ya da KDV'yi 0 yapın.", "Remove the exemption code or make the VAT 0."),
        Source("UBL-TR Kod Listeleri V1.42", "1.8"),
    ),
    Rule(
        "advice.zero-vat-without-reason",
        Text(
            "{expected} matrahlı KDV satırı {value}, ama istisna sebebi yok.",
            "The VAT on a base of {expected} is {value}, but no exemption reason is given.",
        ),
        Text(
            "KDV'nin neden alınmadığı kodla belirtilir. GİB bunu bu fatura tipinde denetlemez.",
            "Why no VAT is due is stated by a code. GİB does not check this for this type of invoice.",
        ),
        Text(
            "TaxExemptionReasonCode ve TaxExemptionReason ekleyin.",
            "Add TaxExemptionReasonCode and TaxExemptionReason.",
        ),
        Source("UBL-TR Kod Listeleri V1.42", "1.8"),
    ),
    Rule(
        "advice.currency",
        Text(
            "Tutar {value} biriminde, belgenin para birimi {expected}.",
            "The amount is in {value}, but the document is in {expected}.",
        ),
        Text(
            "Belgenin bütün tutarları DocumentCurrencyCode birimindedir; başka birim kur bilgisiyle ayrıca verilir.",
            "All amounts of a document are in its DocumentCurrencyCode; another currency is given by the "
            "exchange rate.",
        ),
        Text("currencyID niteliğini {expected} yapın.", "Make currencyID {expected}."),
        Source("UBL-TR Fatura V1.0", "DocumentCurrencyCode"),
    ),
    Rule(
        "advice.exchange-rate",
        Text("{currency} kuru {value} olamaz.", "{value} cannot be the rate of {currency}."),
        Text(
            "CalculationRate bir birim yabancı paranın TL karşılığıdır; 0 olamaz ve ters yazılamaz.",
            "CalculationRate says how many lira one unit of the foreign currency is; it is not 0 and not inverted.",
        ),
        Text(
            "Kuru düzeltin, örneğin 1 USD = 40,25 TL için 40.25.", "Correct the rate, e.g. 40.25 if 1 USD is 40.25 TL."
        ),
        _EXCHANGE,
    ),
    Rule(
        "advice.exchange-direction",
        Text("Kur {value} için verilmiş, {expected} olmalıydı.", "The rate is given for {value}; expected {expected}."),
        Text(
            "SourceCurrencyCode belgenin para birimi, TargetCurrencyCode TRY'dir.",
            "SourceCurrencyCode is the document's currency and TargetCurrencyCode is TRY.",
        ),
        Text("Para birimi kodlarını {expected} yapın.", "Make the currency codes {expected}."),
        _EXCHANGE,
    ),
    Rule(
        "advice.exchange-date",
        Text("Kurun tarihi {value}, belgeninki {expected}.", "The rate is of {value}, the document of {expected}."),
        Text(
            "Kur, belgenin düzenlendiği günün ya da öncesinindir.",
            "The rate is of the day of issue or of an earlier one.",
        ),
        Text("Kurun tarihini düzeltin.", "Correct the date of the rate."),
        _EXCHANGE,
    ),
    Rule(
        "advice.exchange-counterpart",
        Text(
            "Verginin {currency} karşılığı {value}, kurla hesaplanan {expected}.",
            "The tax in {currency} is {value}, but the rate gives {expected}.",
        ),
        Text(
            "Belge dövizliyse başka birimdeki vergi toplamı, belgedeki verginin kurla çarpımıdır.",
            "In a foreign-currency document the tax total in the other currency is the document's tax times the rate.",
        ),
        Text("Karşılığı ya da kuru düzeltin.", "Correct the counterpart or the rate."),
        _EXCHANGE,
    ),
)
