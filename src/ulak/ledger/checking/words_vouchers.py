"""What is said of vouchers, days, numbers and branches."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.ledger.intake.words_cells import Said

__all__ = ["VOUCHERS"]

_SCH: Final = "edefter_yevmiye.sch: entryHeader"
_PROGRAM: Final = Text(
    "Fişi muhasebe programında düzeltip yeniden dışa aktarın.",
    "Correct the voucher in the accounting program and export it again.",
)
_NUMBERS: Final = Text(
    "Muhasebe programında yevmiye numaralarını yeniden verin ya da sütunu boş bırakın: Ulak tarih sırasıyla numaralar.",
    "Number the journal again in the accounting program, or leave the column empty: Ulak numbers by date.",
)


def _error(tr: str, en: str, repair: Text, origin: str = "") -> Said:
    return Said("error", Text(tr, en), repair, origin)


def _warning(tr: str, en: str, repair: Text, origin: str = "") -> Said:
    return Said("warning", Text(tr, en), repair, origin)


VOUCHERS: Final[dict[str, Said]] = {
    "ledger.check.empty": _error(
        "Bu ay için hiç kayıt yok; boş aya defter oluşturulmaz.",
        "There is no entry in this month; no book is made of an empty month.",
        Text("Ayı ve dosyayı kontrol edin.", "Check the month and the file."),
        "Teknik Kılavuz 2.2; edefter_yevmiye.sch: Y-000000",
    ),
    "ledger.check.unbalanced": _error(
        "Fişin borcu ile alacağı eşit değil.",
        "Debit and credit of the voucher are not equal.",
        Text(
            "Eksik satırı ekleyin ya da tutarı düzeltin; satırlar başka bir fişe kaymış da olabilir.",
            "Add the missing line or correct the amount; lines may also have slipped into another voucher.",
        ),
        _SCH,
    ),
    "ledger.check.split-days": _error(
        "Aynı numaralı fişin satırları farklı günlerde; ancak birlikte dengeleniyorlar.",
        "Lines of one voucher number have different days, and balance only together.",
        Text("Fişin bütün satırlarına aynı tarihi verin.", "Give all lines of the voucher the same day."),
        "edefter_yevmiye.sch: postingDate",
    ),
    "ledger.check.one-line": _error(
        "Fişte tek satır var; en az iki satır gerekir.",
        "The voucher has a single line; it needs two at least.",
        _PROGRAM,
        _SCH,
    ),
    "ledger.check.no-voucher": _error(
        "Satırın fiş numarası yok.",
        "The line has no voucher number.",
        Text("Fiş numarasını yazın.", "Write the voucher number."),
        "Yevmiye Defteri Kılavuzu 2.1.1.3",
    ),
    "ledger.check.no-day": _error(
        "Satırın tarihi yok.",
        "The line has no date.",
        Text("Fiş tarihini yazın.", "Write the voucher's date."),
        _SCH,
    ),
    "ledger.check.before-month": _error(
        "Tarih, defterin ayından önce.",
        "The date is before the month of the book.",
        Text("Yalnız bu ayın kayıtlarını yükleyin ya da tarihi düzeltin.", "Hand in this month alone, or correct it."),
        _SCH,
    ),
    "ledger.check.after-month": _error(
        "Tarih, defterin ayından sonra.",
        "The date is after the month of the book.",
        Text("Yalnız bu ayın kayıtlarını yükleyin ya da tarihi düzeltin.", "Hand in this month alone, or correct it."),
        _SCH,
    ),
    "ledger.check.future": _error(
        "Tarih bugünden sonra.",
        "The date is later than today.",
        Text("Tarihi düzeltin; gelecek günün kaydı deftere yazılmaz.", "Correct it; no book holds a day to come."),
        "edefter_yevmiye.sch: creationDate",
    ),
    "ledger.check.closed": _error(
        "Bu gün için onaylanmış bir defter var; o güne kayıt eklenemez.",
        "There is an approved book for this day; nothing can be added to it.",
        Text(
            "Onaylanan son günden sonraki kayıtları yükleyin; unutulan kayıt açık olan ilk güne işlenir.",
            "Hand in what is later than the last approved day; what was forgotten is corrected on the first open day.",
        ),
        "Teknik Kılavuz 2.2",
    ),
    "ledger.check.fiscal-year": _error(
        "Tarih, tanımlı hesap döneminin dışında.",
        "The date is outside the fiscal year that is set.",
        Text(
            "Hesap dönemini ya da tarihi düzeltin. Ay içinde yeni dönem başlıyorsa (tasfiye) her dönemin günleri ayrı "
            "dosyayla ve ayrı oluşturulur.",
            "Correct the fiscal year or the date. Where another year begins within the month (liquidation), the days of"
            " each are made by themselves, of a file of their own.",
        ),
        "XBRL-GL Genel Açıklamalar: fiscalYearStart",
    ),
    "ledger.check.no-opening": _warning(
        "Hesap döneminin ilk ayı, ama açılış fişi görünmüyor.",
        "It is the first month of the fiscal year, and there is no opening voucher.",
        Text(
            "Açılış fişi varsa türünü “Açılış” yazın; yeni kurulan şirkette olmayabilir.",
            "If there is one, give it the kind “Açılış”; a new company may have none.",
        ),
        "Uyumluluk Onay Kılavuzu 3.3, senaryo 3",
    ),
    "ledger.check.no-closing": _warning(
        "Hesap döneminin son ayı, ama kapanış fişi görünmüyor.",
        "It is the last month of the fiscal year, and there is no closing voucher.",
        Text("Kapanış fişi varsa türünü “Kapanış” yazın.", "If there is one, give it the kind “Kapanış”."),
        "Uyumluluk Onay Kılavuzu 3.3, senaryo 2",
    ),
    "ledger.check.voucher-again": _error(
        "Aynı tarihli ve numaralı fiş iki ayrı dosyada var.",
        "A voucher of the same day and number stands in two files.",
        Text(
            "Dosyalardan birini çıkarın ya da fişi birinden silin.", "Remove one of the files, or the voucher of one."
        ),
    ),
    "ledger.check.voucher-copied": _warning(
        "Aynı gün, satırları birebir aynı olan başka bir fiş var; iki kez kaydedilmiş olabilir.",
        "Another voucher of the same day has exactly the same lines; it may have been entered twice.",
        Text("Fişlere bakın; fazlaysa birini silin.", "Look at the vouchers, and delete one if it is too many."),
    ),
    "ledger.check.line-copied": _warning(
        "Fişte birebir aynı iki satır var.",
        "The voucher has two lines that are exactly the same.",
        Text("Satırlara bakın; fazlaysa birini silin.", "Look at the lines, and delete one if it is too many."),
    ),
    "ledger.check.entry-mixed": _error(
        "Bazı satırların yevmiye madde numarası var, bu satırın yok.",
        "Some lines have a journal entry number, this one has none.",
        _NUMBERS,
        "Uygulama Kılavuzu 19",
    ),
    "ledger.check.entry-first": _error(
        "İlk yevmiye maddesi beklenen numarayla başlamıyor.",
        "The first journal entry does not have the number that is next.",
        _NUMBERS,
        "Uygulama Kılavuzu 19",
    ),
    "ledger.check.entry-gap": _error(
        "Yevmiye madde numaraları atlıyor.",
        "There is a gap in the numbers of the journal entries.",
        _NUMBERS,
        _SCH,
    ),
    "ledger.check.entry-order": _error(
        "Yevmiye maddesinin tarihi bir önceki maddenin tarihinden önce.",
        "The journal entry is dated before the one before it.",
        _NUMBERS,
        _SCH,
    ),
    "ledger.check.entry-shared": _error(
        "Aynı yevmiye madde numarası farklı fişlerde kullanılmış.",
        "One journal entry number is used by different vouchers.",
        _NUMBERS,
        _SCH,
    ),
    "ledger.check.entry-days": _error(
        "Aynı yevmiye maddesinin satırları farklı günlerde.",
        "Lines of one journal entry have different days.",
        Text("Maddenin bütün satırlarına aynı tarihi verin.", "Give all lines of the entry the same day."),
        "edefter_yevmiye.sch: postingDate",
    ),
    "ledger.check.line-mixed": _error(
        "Bazı satırların satır numarası var, bu satırın yok.",
        "Some lines have a line number, this one has none.",
        _NUMBERS,
        "Uygulama Kılavuzu 20",
    ),
    "ledger.check.line-first": _error(
        "İlk satır beklenen numarayla başlamıyor.",
        "The first line does not have the number that is next.",
        _NUMBERS,
        "Uygulama Kılavuzu 20",
    ),
    "ledger.check.line-gap": _error(
        "Satır numaraları yevmiye sırasında birer birer artmıyor.",
        "The line numbers do not grow by one in the order of the journal.",
        _NUMBERS,
        "edefter_yevmiye.sch: lineNumber",
    ),
    "ledger.check.entered-by": _error(
        "Girişi yapanın adı tek harf; en az iki harf gerekir.",
        "The name of who entered it is one letter; it needs two at least.",
        Text("Adını ya da ad ve soyadının baş harflerini yazın.", "Write the name, or the initials of both names."),
        _SCH,
    ),
    "ledger.check.branch-mixed": _error(
        "Satır başka bir şubenin; bu defter tek bir şubenindir.",
        "The line is of another branch; this book is of one.",
        Text("Her şubenin kayıtlarını ayrı yükleyin.", "Hand in the entries of each branch by themselves."),
        "Yevmiye Defteri Kılavuzu 2.1.1.5",
    ),
    "ledger.check.branch-unexpected": _error(
        "Satırda şube var, ama defterler şubesiz tutuluyor.",
        "The line has a branch, but the books are kept without branches.",
        Text(
            "Şube sütununu eşlemeden çıkarın ya da defteri o şube için oluşturun.",
            "Leave the branch out of the mapping, or make the book for that branch.",
        ),
        "Uyumluluk Onay Kılavuzu 3.4",
    ),
    "ledger.check.branch-number": _error(
        "Şube numarası 0001–9999 arasında dört hane değil.",
        "The branch number is not four digits between 0001 and 9999.",
        Text("Şube numarasını dört haneyle yazın (0001).", "Write it with four digits (0001)."),
        "Yevmiye Defteri Kılavuzu 2.1.1.5; Teknik Kılavuz 2.4.1",
    ),
}
