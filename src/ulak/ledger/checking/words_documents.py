"""What is said of the documents that entries rest on."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.ledger.intake.words_cells import Said

__all__ = ["DOCUMENTS"]

_SCH: Final = "edefter_yevmiye.sch: documentType"
_GUIDE: Final = "Uygulama Kılavuzu 18"
_FILL: Final = Text(
    "Belgenin üzerindeki numarayı ve tarihi yazın; belgeye dayanmayan kayıtta belge alanlarının hepsini boş bırakın.",
    "Write the document's own number and date; leave all of its fields empty for an entry without a document.",
)


def _error(tr: str, en: str, repair: Text, origin: str = "") -> Said:
    return Said("error", Text(tr, en), repair, origin)


def _warning(tr: str, en: str, repair: Text, origin: str = "") -> Said:
    return Said("warning", Text(tr, en), repair, origin)


DOCUMENTS: Final[dict[str, Said]] = {
    "ledger.check.document-type": _error(
        "Belge türü e-Defterde kullanılan sekiz türden biri değil.",
        "The document type is none of the eight that e-Defter uses.",
        Text("Türü listeden seçin; ötekiler “Diğer” olur.", "Choose it from the list; all others are “other”."),
        "Yevmiye Defteri Kılavuzu 2.1.1.10.14",
    ),
    "ledger.check.document-number": _error(
        "Fatura, çek ya da diğer belgenin numarası yok.",
        "An invoice, cheque or other document has no number.",
        _FILL,
        _SCH,
    ),
    "ledger.check.document-day": _error(
        "Fatura, çek ya da diğer belgenin tarihi yok.",
        "An invoice, cheque or other document has no date.",
        _FILL,
        _SCH,
    ),
    "ledger.check.document-incomplete": _warning(
        "Senet, makbuz, navlun ya da sipariş belgesinin numarası veya tarihi yok.",
        "A note, receipt, freight or order document lacks its number or date.",
        _FILL,
        _GUIDE,
    ),
    "ledger.check.document-description": _error(
        "“Diğer” belgenin ne olduğu yazılmamış.",
        "It is not said what the “other” document is.",
        Text("Belgenin adını yazın (Dekont, Ücret bordrosu …).", "Write its name (bank receipt, payroll …)."),
        _SCH,
    ),
    "ledger.check.document-untyped": _error(
        "Belge numarası veya tarihi var, belge türü yok.",
        "There is a number or a date of a document, but no type.",
        Text("Belge türünü yazın.", "Write the document type."),
        _SCH,
    ),
    "ledger.check.document-reference": _error(
        "Belge referansı fiş numarasıyla aynı değil.",
        "The document reference is not the voucher number.",
        Text("Referansı fiş numarasıyla aynı yazın ya da boş bırakın.", "Write the voucher number, or leave it empty."),
        "edefter_yevmiye.sch: documentReference; Uygulama Kılavuzu 23",
    ),
    "ledger.check.document-act": _warning(
        "Belge adı yerine yapılan iş yazılmış (havale, EFT, ödeme, tahsilat).",
        "An act is written for the document's name (transfer, EFT, payment, collection).",
        Text("Kayda esas belgenin adını yazın (Dekont, Makbuz).", "Write the document's name (bank receipt, receipt)."),
        "Uygulama Kılavuzu 24",
    ),
    "ledger.check.document-invoice": _warning(
        "Fatura “Diğer” olarak yazılmış.",
        "An invoice is written as “other”.",
        Text("Belge türünü “Fatura” yapın.", "Make the document type “invoice”."),
        _GUIDE,
    ),
    "ledger.check.document-not-invoice": _warning(
        "Fatura yerine geçen belge “Fatura” olarak yazılmış.",
        "A document that stands for an invoice is written as an invoice.",
        Text(
            "Belge türünü “Diğer” yapıp açıklamasına adını yazın (Serbest Meslek Makbuzu).",
            "Make the type “other” and write its name for the description (Serbest Meslek Makbuzu).",
        ),
        _GUIDE,
    ),
    "ledger.check.document-ettn": _warning(
        "Fatura numarası yerine ETTN yazılmış.",
        "The ETTN is written for the invoice's number.",
        Text("16 haneli fatura numarasını yazın.", "Write the invoice number of 16 characters."),
        "Uygulama Kılavuzu 25",
    ),
    "ledger.check.document-later": _warning(
        "Belge, kaydedildiği günden sonraki bir tarihi taşıyor.",
        "The document is dated later than its entry.",
        Text("Belge tarihini kontrol edin.", "Check the document's date."),
        "Uygulama Kılavuzu 26",
    ),
    "ledger.check.document-old": _warning(
        "Belge, kaydından 45 günden daha eski.",
        "The document is more than 45 days older than its entry.",
        Text(
            "Belge tarihini ve kayıt süresini kontrol edin.", "Check the document's date and the time for entering it."
        ),
        "VUK 219",
    ),
    "ledger.check.document-twice": _warning(
        "Aynı belge aynı hesaba aynı tutarla başka bir fişte de kaydedilmiş.",
        "The same document is entered on the same account with the same amount in another voucher.",
        Text("Mükerrer kayıt olup olmadığına bakın.", "See whether it was entered twice."),
    ),
    "ledger.check.documents-many": _warning(
        "Bir yevmiye maddesinde 100'den fazla fatura var.",
        "There are more than 100 invoices in one journal entry.",
        Text(
            "Her faturayı ayrı maddeye yazın; topluca en fazla 100 fatura kaydedilebilir.",
            "Give each invoice an entry; together 100 may be entered at most.",
        ),
        _GUIDE,
    ),
    "ledger.check.documents-long": _warning(
        "Bir yevmiye maddesindeki faturalar 10 günden uzun bir süreye yayılıyor.",
        "The invoices of one journal entry are spread over more than 10 days.",
        Text("Toplu kaydı 10 günlük dönemlere bölün.", "Divide it into periods of ten days."),
        _GUIDE,
    ),
    "ledger.check.payment-method": _warning(
        "Ödeme yöntemi bir ödeme türü gibi görünmüyor.",
        "The payment method does not look like one.",
        Text("Yalnız türünü yazın: Nakit, Banka, Kredi kartı, Çek, Senet.", "Write its kind alone: cash, bank, card …"),
        "Uygulama Kılavuzu 27",
    ),
}
