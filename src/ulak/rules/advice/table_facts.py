"""The rules on numbers, identities, dates and goods."""

from __future__ import annotations

from datetime import date
from typing import Final

from ulak.codes.law import Source
from ulak.errors import Text
from ulak.rules.advice.model import Rule

__all__ = ["FACTS"]

_INVOICE: Final = "UBL-TR Fatura V1.0"
_KAREKOD: Final = Source("Karekod Standardı Kılavuzu V1.2", "2")
_RECEIPT: Final = Source("UBL-TR Ortak Elemanlar V0.7; Temel İrsaliye Senaryosu V0.3", "2.2.50 ReceiptLine")
_LAW: Final = "Vergi Usul Kanunu"
_NUMBER: Final = Text("Numarayı karşı taraftan yeniden alın.", "Ask the other side for the number again.")

FACTS: Final = (
    Rule(
        "advice.vkn-check-digit",
        Text("VKN {value} gerçek olamaz: denetim hanesi tutmuyor.", "VKN {value} cannot be: its check digit is wrong."),
        Text(
            "VKN'nin son hanesi öncekilerden hesaplanır. GİB yalnız uzunluğa bakar; test ortamlarının uydurma "
            "numaraları da bu yüzden geçer.",
            "The last digit of a VKN follows from the others. GİB looks at the length only, which is why the made-up "
            "numbers of test environments pass.",
        ),
        _NUMBER,
        Source("python-stdnum", "stdnum.tr.vkn"),
    ),
    Rule(
        "advice.tckn-check-digit",
        Text(
            "TCKN {value} gerçek olamaz: denetim haneleri tutmuyor.",
            "TCKN {value} cannot be: its check digits are wrong.",
        ),
        Text(
            "TCKN'nin son iki hanesi öncekilerden hesaplanır. Numarası bilinmeyen alıcı için 11111111111 hoş görülür.",
            "The last two digits of a TCKN follow from the others. 11111111111 is tolerated for a buyer "
            "whose number is "
            "not known.",
        ),
        _NUMBER,
        Source("python-stdnum", "stdnum.tr.tckimlik"),
    ),
    Rule(
        "advice.number-year",
        Text(
            "Belge numarasındaki yıl {value}, düzenleme tarihininki {expected}.",
            "The year in the document number is {value}, that of the issue date {expected}.",
        ),
        Text(
            "Numaranın dört hanesi belgenin düzenlendiği yıldır. GİB bunu karşılaştırmaz.",
            "Four digits of the number are the year of issue. GİB does not compare them.",
        ),
        Text(
            "Numarayı o yılın serisinden verin ya da tarihi düzeltin.",
            "Take a number of that year, or correct the date.",
        ),
        Source(_INVOICE, "ID"),
    ),
    Rule(
        "advice.ettn-empty",
        Text("ETTN {value} bir yer tutucu.", "ETTN {value} is a placeholder."),
        Text(
            "ETTN her belgeyi dünyada tek kılar; sıfırlardan oluşamaz.",
            "An ETTN makes a document unique; it is not all zeros.",
        ),
        Text("Yeni bir GUID üretin.", "Make a new GUID."),
        Source(_INVOICE, "UUID"),
    ),
    Rule(
        "advice.duplicate-line-id",
        Text("{value} satır numarası birden çok satırda var.", "Line number {value} stands on several lines."),
        Text(
            "Yanıt, iade ve irsaliyeler satırlara numarayla başvurur; numara belgede tek olmalıdır.",
            "Answers, returns and despatch advices refer to lines by number; it must be unique in the document.",
        ),
        Text("Satırları 1'den başlayarak numaralayın.", "Number the lines from 1."),
        Source(_INVOICE, "InvoiceLine/ID"),
    ),
    Rule(
        "advice.issued-late",
        Text(
            "Teslim ya da sevk {expected} günü olmuş, fatura {days} gün sonra, {value} günü düzenlenmiş.",
            "Delivered or despatched on {expected}, but invoiced {days} days later, on {value}.",
        ),
        Text(
            "Fatura malın teslimi ya da hizmetin yapılmasından sonra en çok yedi gün içinde düzenlenir. İade, ihracat, "
            "SGK, komisyoncu ve dönemlik faturalar denetlenmez.",
            "An invoice is issued at most seven days after delivery of the goods or performance of the "
            "service. Returns, "
            "exports, SGK, commission and periodic invoices are not checked.",
        ),
        Text(
            "Tarihleri denetleyin; doğruysa vergi danışmanınıza sorun.",
            "Check the dates; if they are right ask your tax adviser.",
        ),
        Source(_LAW, "231/5"),
    ),
    Rule(
        "advice.signed-before-issue",
        Text(
            "Belge {expected} günü imzalanmış, düzenleme tarihi ise {value}.",
            "The document was signed on {expected}, but is dated {value}.",
        ),
        Text("Düzenleme tarihi imza gününden sonra olamaz.", "The date of issue cannot be after the day of signing."),
        Text(
            "İmzalayan bilgisayarın saatini ve belge tarihini denetleyin.",
            "Check the signing computer's clock and the date.",
        ),
        Source(_INVOICE, "IssueDate"),
    ),
    Rule(
        "advice.reference-later",
        Text(
            "Başvurulan belge {value} tarihli, bu belge ise {expected}.",
            "The referenced document is of {value}, this one of {expected}.",
        ),
        Text("Bir belge kendinden sonra düzenlenen bir belgeye başvuramaz.", "A document cannot refer to a later one."),
        Text("Başvurulan belgenin tarihini düzeltin.", "Correct the date of the referenced document."),
        Source("UBL-TR Ortak Elemanlar V0.7", "2.2.20 DocumentReference"),
    ),
    Rule(
        "advice.period-order",
        Text(
            "Dönem {expected} günü başlıyor, {value} günü bitiyor.",
            "The period begins on {expected} and ends on {value}.",
        ),
        Text("Dönemin sonu başından önce olamaz.", "A period does not end before it begins."),
        Text("StartDate ve EndDate alanlarını düzeltin.", "Correct StartDate and EndDate."),
        Source("UBL-TR Ortak Elemanlar V0.7", "2.2.46 Period"),
    ),
    Rule(
        "advice.due-date",
        Text("Son ödeme tarihi {value}, belge ise {expected} tarihli.", "Due on {value}, but issued on {expected}."),
        Text("Vade, belgenin düzenlenmesinden önce olamaz.", "A due date is not before the date of issue."),
        Text("PaymentTerms/PaymentDueDate alanını düzeltin.", "Correct PaymentTerms/PaymentDueDate."),
        Source("UBL-TR Ortak Elemanlar V0.7", "2.2.45 PaymentTerms"),
    ),
    Rule(
        "advice.despatch-before-issue",
        Text(
            "Fiili sevk {value} günü, irsaliye ise {expected} tarihli.",
            "Actual despatch on {value}, but the advice is of {expected}.",
        ),
        Text(
            "İrsaliye malın hareketinden önce düzenlenir; MATBUDAN tipi (kâğıt irsaliyenin aktarımı) bunun dışındadır.",
            "A despatch advice is issued before the goods move; type MATBUDAN (taking over a paper advice) "
            "is an exception.",
        ),
        Text(
            "Fiili sevk tarihini ya da irsaliye tarihini düzeltin.",
            "Correct the actual despatch date or the issue date.",
        ),
        Source(_LAW, "230/5"),
    ),
    Rule(
        "advice.fractional-pieces",
        Text(
            "Miktar {value} adet (C62): adet kesirli olamaz.",
            "The quantity is {value} pieces (C62), which is a fraction.",
        ),
        Text(
            "C62 sayılan parçalar içindir; ağırlık, uzunluk ve süre için kendi birim kodları vardır.",
            "C62 is for pieces that are counted; weight, length and time have unit codes of their own.",
        ),
        Text(
            "Birim kodunu (KGM, MTR, LTR, HUR …) ya da miktarı düzeltin.",
            "Correct the unit (KGM, MTR, LTR, HUR …) or the quantity.",
        ),
        Source("UBL-TR Kod Listeleri V1.42", "unitCode"),
    ),
    Rule(
        "advice.duplicate-kunye",
        Text("{value} künye numarası birden çok satırda var.", "Künye number {value} stands on several lines."),
        Text(
            "Künye bir bildirimin numarasıdır; iki satırda geçmesi çoğunlukla kopyalama hatasıdır.",
            "A künye is the number of one notification; on two lines it is mostly a copying mistake.",
        ),
        Text("Satırları birleştirin ya da künyeyi düzeltin.", "Join the lines or correct the number."),
        Source("UBL-TR Kod Listeleri V1.42", "KUNYENO"),
    ),
    Rule(
        "advice.item-name",
        Text("Satırda mal ya da hizmetin adı yok.", "The line does not name the goods or service."),
        Text("Malın nev'i belgede bulunması zorunlu bilgidir.", "The kind of the goods must stand in the document."),
        Text("Item/Name alanını doldurun.", "Fill in Item/Name."),
        Source(_LAW, "230/4"),
    ),
    Rule(
        "advice.quantity-not-positive",
        Text("Sevk edilen miktar {value}.", "The despatched quantity is {value}."),
        Text("İrsaliyede sevk edilen miktar sıfırdan büyüktür.", "What is despatched is more than zero."),
        Text("Satırı çıkarın ya da miktarı düzeltin.", "Remove the line or correct the quantity."),
        Source("UBL-TR İrsaliye V1.2", "DespatchLine"),
    ),
    Rule(
        "advice.driver-without-plate",
        Text("Sürücüsü olan taşıma aşamasında plaka yok.", "A stage with a driver has no licence plate."),
        Text(
            "Sürücü adı verilen her aşamada aracın plakası da bulunur; GİB yalnız belgede bir plaka arar.",
            "Every stage that names a driver names the vehicle's plate too; GİB only looks for one in the document.",
        ),
        Text(
            "TransportMeans/RoadTransport/LicensePlateID ekleyin.", "Add TransportMeans/RoadTransport/LicensePlateID."
        ),
        Source("GİB UBL-TR Schematron 20260701", "LicensePlateIDCheck", date(2026, 7, 1)),
    ),
    Rule(
        "advice.rejected-more-than-received",
        Text(
            "Reddedilen miktar {value}, teslim alınan ise {expected}.",
            "The rejected quantity is {value}, but {expected} was received.",
        ),
        Text(
            "Reddedilen miktar teslim alınanın içindedir; eksik gelen miktar ayrıca yazılır.",
            "What is rejected is part of what was received; what is missing is stated beside it.",
        ),
        Text("Miktarları düzeltin.", "Correct the quantities."),
        _RECEIPT,
    ),
    Rule(
        "advice.rejection-without-reason",
        Text("{value} birim reddedilmiş, sebebi yazılmamış.", "{value} units are rejected without a reason."),
        Text("Satıcı neyin neden kabul edilmediğini buradan öğrenir.", "This is how the seller learns why."),
        Text("RejectReason alanını doldurun.", "Fill in RejectReason."),
        _RECEIPT,
    ),
    Rule(
        "advice.short-and-over",
        Text(
            "Aynı satırda hem eksik ({value}) hem fazla ({expected}) miktar var.",
            "The same line is short by {value} and over by {expected}.",
        ),
        Text("Bir satır ya eksik ya fazla gelmiştir.", "A line arrives either short or in excess."),
        Text("Yanlış olan miktarı kaldırın.", "Remove the quantity that is wrong."),
        _RECEIPT,
    ),
    Rule(
        "advice.unit-differs",
        Text(
            "Birim {value}, satırın öteki miktarı ise {expected}.",
            "The unit is {value}, that of the line's other quantity {expected}.",
        ),
        Text("Bir satırın miktarları aynı birimdedir.", "The quantities of one line are in the same unit."),
        Text("unitCode niteliklerini eşitleyin.", "Make the unitCode attributes equal."),
        _RECEIPT,
    ),
    Rule(
        "advice.answer-without-reason",
        Text("{value} yanıtının sebebi yazılmamış.", "The answer {value} gives no reason."),
        Text(
            "Red ve iade yanıtının sebebi Description ya da Note alanına yazılır; satıcı onunla düzeltir.",
            "The reason of a rejection or return is written in Description or Note; the seller corrects by it.",
        ),
        Text("Response/Description alanını doldurun.", "Fill in Response/Description."),
        Source("UBL-TR Uygulama Yanıtı V0.2", "DocumentResponse"),
    ),
    Rule(
        "advice.qr-mismatch",
        Text(
            "Karekod verisinde {key} {value}, belgede {expected}.",
            "The QR data has {value} for {key}, the document {expected}.",
        ),
        Text(
            "Karekod belgenin kendi alanlarından üretilir; belge içinde taşınan karekod verisi onlarla aynı olmalıdır.",
            "The QR code is made of the document's own fields; QR data carried in the document must equal them.",
        ),
        Text("Karekodu belgenin son hâlinden yeniden üretin.", "Make the QR code again from the final document."),
        _KAREKOD,
    ),
)
