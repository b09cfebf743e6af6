"""Months, packages and books of the e-Defter, as the API shows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Moment, Taken

__all__ = [
    "AccountantBody",
    "AddressBody",
    "BalanceList",
    "BalanceRowView",
    "BookView",
    "CallView",
    "ConsentTold",
    "CopiedTold",
    "CopyView",
    "FactsBody",
    "FactsView",
    "FoundLines",
    "InventoryList",
    "InventoryView",
    "LedgerLineView",
    "LedgerMonthShown",
    "LedgerMonthView",
    "LedgerYear",
    "PackageOrder",
    "PackageShown",
    "PackageView",
    "PartView",
    "TermList",
    "TermView",
]

_Short = Annotated[str, Meta(max_length=200)]
_Month = Annotated[str, Meta(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$")]
_Kind = Literal["YB", "KB", "EB", "DR"]


class AddressBody(Taken):
    """Where a company or an accountant is."""

    building: Annotated[_Short, doc("Bina numarası.", "Building number.")] = ""
    street: Annotated[_Short, doc("Cadde ya da sokak.", "Street.")] = ""
    detail: Annotated[_Short, doc("Adres ayrıntısı.", "Detail of the address.")] = ""
    city: Annotated[_Short, doc("İl.", "City.")] = ""
    postal_code: Annotated[_Short, doc("Beş haneli posta kodu.", "Postal code of five digits.")] = ""
    country: Annotated[_Short, doc("Ülke.", "Country.")] = "Türkiye"


class AccountantBody(Taken):
    """An accountant under contract."""

    name: Annotated[_Short, doc("Adı ve unvanı.", "Name and title.")]
    engagement: Annotated[_Short, doc("Sözleşmesi: türü, tarihi, no.su.", "The contract: kind, day, number.")] = ""
    address: Annotated[AddressBody | UnsetType, doc("Adresi.", "Its address.")] = UNSET
    phone: Annotated[_Short, doc("Alan koduyla on hane.", "Ten digits with the area code.")] = ""
    fax: Annotated[_Short, doc("Alan koduyla on hane.", "Ten digits with the area code.")] = ""
    email: Annotated[_Short, doc("E-posta adresi.", "E-mail address.")] = ""


class FactsBody(Taken):
    """What books say of a company; what is left out is empty."""

    title: Annotated[_Short, doc("Unvan; boşsa mükellefinki.", "Title; empty: the taxpayer's.")] = ""
    address: Annotated[AddressBody | UnsetType, doc("Adres.", "Address.")] = UNSET
    phone: Annotated[_Short, doc("Alan koduyla on hane.", "Ten digits with the area code.")] = ""
    fax: Annotated[_Short, doc("Alan koduyla on hane.", "Ten digits with the area code.")] = ""
    email: Annotated[_Short, doc("E-posta adresi.", "E-mail address.")] = ""
    website: Annotated[_Short, doc("İnternet adresi.", "Website.")] = ""
    activity_codes: Annotated[
        tuple[_Short, ...], doc("NACE kodları, önce asıl faaliyet.", "NACE codes, the main one first.")
    ] = ()
    fiscal_start: Annotated[
        _Short, doc("Hesap döneminin ilk günü: 01-01.", "Month and day on which the fiscal year begins: 01-01.")
    ] = "01-01"
    turns: Annotated[
        tuple[_Short, ...],
        doc(
            "Hesap döneminin zamansız başladığı günler (tasfiyeye giriş, dönem değişikliği): 2026-05-21.",
            "Days on which a fiscal year began out of its turn (liquidation, another fiscal year): 2026-05-21.",
        ),
    ] = ()
    founded_on: Annotated[
        _Short, doc("e-Defter dönemindeki işe başlama günü: 2026-03-16.", "First day of a new business: 2026-03-16.")
    ] = ""
    closed_on: Annotated[
        _Short, doc("İşin bırakıldığı ya da tasfiyenin bittiği gün.", "Last day: business or liquidation ended.")
    ] = ""
    accountants: Annotated[tuple[AccountantBody, ...], doc("Sözleşmeli muhasebeciler.", "Accountants.")] = ()
    creator: Annotated[_Short, doc("Defteri hazırlayan kişi.", "Who makes the books, by name.")] = ""
    branch_name: Annotated[_Short, doc("Şubenin adı.", "Name of the branch.")] = ""
    payer: Annotated[
        Literal["", "income", "other"],
        doc(
            "income: gelir vergisi mükellefi, other: diğer; boşsa numaradan anlaşılır.",
            "income: pays income tax, other: another tax; empty: by the number.",
        ),
    ] = ""
    preference: Annotated[
        Literal["monthly", "quarterly"],
        doc("Yükleme tercihi: her ay ya da geçici vergi dönemi.", "How GİB was told that months are sent."),
    ] = "monthly"
    first_month: Annotated[_Short, doc("e-Defter'e burada başlanan ay: 2026-01.", "Its first month: 2026-01.")] = ""
    first_entry: Annotated[int, doc("O ayın ilk yevmiye madde no.su.", "First journal number of that month.")] = 1
    first_line: Annotated[int, doc("O ayın ilk satır no.su.", "First line number of that month.")] = 1
    elsewhere: Annotated[
        tuple[_Month, ...], doc("Başka yazılımla kapatılan aylar.", "Months that were closed with other software.")
    ] = ()


class FactsView(Given):
    """What books say of a company, and who may seal them."""

    branch: Annotated[str, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")]
    facts: Annotated[FactsBody, doc("Defter bilgileri.", "What books say.")]
    branches: Annotated[tuple[str, ...], doc("Ayrı defter tutan şubeler.", "Branches that keep books of their own.")]
    keys: Annotated[
        tuple[str, ...], doc("Mühürleyebilecek anahtarlar: own, integrator.", "Keys that may seal: own, integrator.")
    ]


class ConsentTold(Taken):
    """The taxpayer's consent (muvafakatname) that the integrator seals its books."""

    day: Annotated[date | None, doc("Geçerli olduğu gün; null: geri alındı.", "Its first day; null: withdrawn.")]
    first: Annotated[date | UnsetType, doc("Kapsadığı ilk ay.", "The first month it names.")] = UNSET
    last: Annotated[date | UnsetType, doc("Kapsadığı son ay.", "The last month it names.")] = UNSET


class PackageView(Given):
    """A package at GİB: a book with its berat, a berat alone, or the report of a month."""

    id: Annotated[UUID, doc("Kimliği.", "Its id.")]
    name: Annotated[str, doc("GİB'deki adı, .zip'siz.", "Its name at GİB, without .zip.")]
    month: Annotated[str, doc("Ayı: 2026-10.", "Its month: 2026-10.")]
    branch: Annotated[str, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")]
    kind: Annotated[_Kind, doc("YB, KB, EB ya da DR.", "YB, KB, EB or DR.")]
    part: Annotated[str, doc("Parça no; 000000: bölünmemiş.", "Number of the part; 000000: undivided.")]
    starts: Annotated[date, doc("Kapsadığı ilk gün.", "The first day that it covers.")]
    ends: Annotated[date, doc("Kapsadığı son gün.", "The last day that it covers.")]
    stage: Annotated[str, doc("Aşama (docs/ledger-exchange.md).", "Stage (docs/ledger-exchange.md).")]
    sentence: Annotated[str, doc("Nasıl durduğu, tek cümleyle.", "How it stands, in one sentence.")]
    advice: Annotated[str, doc("Ne yapılacağı; boş: bir şey gerekmez.", "What to do; empty: nothing.")]
    code: Annotated[str, doc("GİB'in ya da bizim son kodumuz.", "The last code, GİB's or ours.")]
    words: Annotated[str, doc("GİB'in durum açıklaması, olduğu gibi.", "What GİB said of its state, word by word.")]
    waits_for: Annotated[tuple[str, ...], doc("Beklediği paketler.", "Packages that it waits for.")]
    size: Annotated[int, doc("ZIP'in boyu, bayt.", "Bytes of the ZIP.")]
    attempts: Annotated[int, doc("Kaç kez gönderildi.", "How often it was sent.")]
    due_at: Annotated[Moment, doc("Yasal süre.", "Until when the law wants it approved.")]
    is_late: Annotated[bool, doc("Süresi geçti mi.", "Whether that is over.")]
    sent_at: Annotated[Moment | None, doc("Gönderildiği an.", "When it was sent.")]
    approved_at: Annotated[Moment | None, doc("GİB'in mühürlediği an.", "When GİB sealed it.")]
    fetched_at: Annotated[Moment | None, doc("Onaylı beratın indiği an.", "When the approved berat came.")]
    has_berat: Annotated[bool, doc("GİB onaylı berat burada mı.", "Whether GİB's approved berat is here.")]
    wants_stamp: Annotated[
        bool,
        doc(
            "Servis son gün yanıt vermedi; zaman damgası gerekiyor.",
            "The service was away on the last day; seals need a time stamp.",
        ),
    ]


class CallView(Given):
    """A call to GİB about a package."""

    at: Annotated[Moment, doc("An.", "When.")]
    what: Annotated[Literal["send", "ask", "fetch"], doc("Gönderme, sorma, indirme.", "Sent, asked, fetched.")]
    code: Annotated[str, doc("Kod; boş: sorun yok.", "The code; empty: all went well.")]
    label: Annotated[str, doc("Ne demek olduğu.", "What it means.")]
    text: Annotated[str, doc("GİB'in sözü, olduğu gibi.", "What GİB said, word by word.")]


class PackageShown(Given):
    """A package with the calls about it."""

    package: Annotated[PackageView, doc("Paket.", "The package.")]
    calls: Annotated[tuple[CallView, ...], doc("Çağrılar, eskiden yeniye.", "The calls, oldest first.")]


class PackageOrder(Taken):
    """What is wanted of a package."""

    order: Annotated[
        Literal["ask", "repair", "withdraw", "fetch", "deleted"],
        doc(
            "ask: hemen gönder ya da sor; repair: nedeni giderildi, sürdür; withdraw: geri çek; fetch: onaylı beratı"
            " yeniden indir; deleted: GİB'in uygulamasından silindi.",
            "ask: send or ask now; repair: the reason is removed, go on; withdraw: take it back; fetch: fetch the"
            " approved berat again; deleted: it was deleted in GİB's application.",
        ),
    ]
    permitted: Annotated[
        bool,
        doc(
            "deleted için, süresi geçtiyse: GİB yazılı izin verdi (Uygulama Kılavuzu, D).",
            "For deleted, after the legal time: GİB permitted it in writing (Uygulama Kılavuzu, D).",
        ),
    ] = False


class BookView(Given):
    """A file of a part: a book, a berat, or a package."""

    id: Annotated[int, doc("Kimliği.", "Its id.")]
    kind: Annotated[str, doc("Y, K, E, YB, KB, EB, DR.", "Y, K, E, YB, KB, EB, DR.")]
    is_package: Annotated[bool, doc("GİB'e giden ZIP mi.", "Whether it is the ZIP for GİB.")]
    name: Annotated[str, doc("Dosya adı.", "Name of the file.")]
    stage: Annotated[str, doc("Aşama.", "Stage.")]
    size: Annotated[int, doc("Bayt.", "Bytes.")]
    digest: Annotated[str, doc("SHA-256.", "SHA-256.")]
    sealed_at: Annotated[Moment | None, doc("Mühürlendiği an.", "When it was sealed.")]
    package: Annotated[UUID | None, doc("GİB'deki paketi.", "Its package at GİB.")]


class PartView(Given):
    """A part of a month."""

    id: Annotated[int, doc("Kimliği.", "Its id.")]
    work: Annotated[int, doc("Oluşturan iş.", "The work that made it.")]
    number: Annotated[str, doc("Parça no.", "Number of the part.")]
    start: Annotated[date, doc("İlk gün.", "First day.")]
    end: Annotated[date, doc("Son gün.", "Last day.")]
    first: Annotated[int, doc("İlk yevmiye madde no.", "First journal number.")]
    last: Annotated[int, doc("Son yevmiye madde no.", "Last journal number.")]
    entries: Annotated[int, doc("Madde sayısı.", "How many entries.")]
    lines: Annotated[int, doc("Satır sayısı.", "How many lines.")]
    debit: Annotated[Decimal, doc("Borç toplamı, TRY.", "Sum of debits, TRY.")]
    credit: Annotated[Decimal, doc("Alacak toplamı, TRY.", "Sum of credits, TRY.")]
    files: Annotated[tuple[BookView, ...], doc("Dosyaları.", "Its files.")]


class LedgerMonthView(Given):
    """A month of a taxpayer or of a branch."""

    month: Annotated[str, doc("Ay: 2026-10.", "The month: 2026-10.")]
    branch: Annotated[str, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")]
    branch_name: Annotated[str, doc("Şubenin adı.", "Name of the branch.")]
    state: Annotated[
        Literal[
            "before", "after", "ahead", "elsewhere", "empty", "under-way", "refused", "partly", "unreported", "closed"
        ],
        doc(
            "before: başlanmadan önce; after: iş bittikten sonra; ahead: ileride; elsewhere: başka yazılımla kapatıldı;"
            " empty: yok; under-way: yolda; refused: GİB almadı; partly: bir kısmı onaylı; unreported: raporu kaldı;"
            " closed: kapandı.",
            "before: before the first month; after: the business ended; ahead: to come; elsewhere: closed with other"
            " software; empty: nothing; under-way: on its way; refused: by GİB; partly: days are left; unreported: the"
            " report is; closed: done.",
        ),
    ]
    cut: Annotated[
        date | None,
        doc("Ay içinde yeni hesap dönemi başlıyorsa öncekinin son günü.", "Last day of a fiscal year that ends in it."),
    ]
    due_at: Annotated[Moment | None, doc("Yasal süre, biliniyorsa.", "Until when it is due, if known.")]
    is_late: Annotated[bool, doc("Süresi geçti mi.", "Whether that is over.")]
    may_begin: Annotated[bool, doc("Şimdi oluşturulabilir mi.", "Whether its books may be made now.")]
    why_not: Annotated[str, doc("Neden olmadığı; boş: olur.", "Why not; empty: they may.")]
    works: Annotated[tuple[int, ...], doc("İşleri, sonuncusu önce.", "Its works, the last first.")]
    parts: Annotated[int, doc("Parça sayısı.", "How many parts.")]
    packages: Annotated[int, doc("GİB'deki paket sayısı.", "How many packages.")]
    done: Annotated[int, doc("GİB'in bitirdikleri.", "How many of them GİB is through with.")]


class LedgerYear(Given):
    """The months of a year: the taxpayer's, then those of each branch."""

    items: Annotated[tuple[LedgerMonthView, ...], doc("Aylar.", "The months.")]


class InventoryView(Given):
    """An inventory: of the first or the last day of a fiscal year."""

    day: Annotated[date, doc("Envanter günü.", "Its day.")]
    is_opening: Annotated[bool, doc("Açılış mı, kapanış mı.", "Whether it opens the fiscal year; else it closes it.")]
    branch: Annotated[str, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")]
    state: Annotated[
        Literal["none", "ahead", "made", "refused", "under-way", "approved"],
        doc(
            "none: yok; ahead: günü gelmedi; made: oluşturuluyor; refused: GİB almadı; under-way: yolda; approved: GİB"
            " onayladı.",
            "none: nothing; ahead: its day is to come; made: it is being made; refused: by GİB; under-way: on its way;"
            " approved: by GİB.",
        ),
    ]
    due_at: Annotated[Moment, doc("Yasal süre (Genel Tebliğ 1, 4.3.4).", "Until when (Genel Tebliğ 1, 4.3.4).")]
    is_late: Annotated[bool, doc("Süresi geçti mi.", "Whether that is over.")]
    may_begin: Annotated[bool, doc("Şimdi oluşturulabilir mi.", "Whether it may be made now.")]
    why_not: Annotated[str, doc("Neden olmadığı; boş: olur.", "Why not; empty: it may.")]
    works: Annotated[tuple[int, ...], doc("İşleri, sonuncusu önce.", "Its works, the last first.")]
    parts: Annotated[tuple[PartView, ...], doc("Parçalar.", "The parts.")]
    packages: Annotated[tuple[PackageView, ...], doc("GİB'deki paketler.", "The packages at GİB.")]


class InventoryList(Given):
    """The inventories of a year: the taxpayer's, then those of each branch."""

    items: Annotated[tuple[InventoryView, ...], doc("Envanterler.", "The inventories.")]


class CopyView(Given):
    """A file of a month, and where its copy is (Genel Tebliğ 1, 4.4.1 e)."""

    kind: Annotated[str, doc("Y, K, YB, GIB-YB …", "Y, K, YB, GIB-YB …")]
    name: Annotated[str, doc("Adı, biliniyorsa.", "Its name, if known.")]
    duty: Annotated[
        Literal["at-gib", "by-application", "own-only"],
        doc(
            "at-gib: GİB'de; by-application: Saklama Uygulamasıyla yüklenir; own-only: yalnız bizde ve sizde.",
            "at-gib: GİB has it; by-application: uploaded by GİB's application; own-only: only yours and ours.",
        ),
    ]
    is_done: Annotated[bool, doc("Yerine getirildi mi.", "Whether that is done.")]
    until: Annotated[date | None, doc("Ne zamana dek.", "By when.")]
    reason: Annotated[str, doc("Nedeni ve kaynağı.", "Why, with its source.")]


class LedgerMonthShown(Given):
    """A month with its parts, packages and copies."""

    month: Annotated[str, doc("Ay: 2026-10.", "The month: 2026-10.")]
    branch: Annotated[str, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")]
    parts: Annotated[tuple[PartView, ...], doc("Parçalar.", "The parts.")]
    packages: Annotated[tuple[PackageView, ...], doc("GİB'deki paketler.", "The packages at GİB.")]
    copies: Annotated[tuple[CopyView, ...], doc("Kopyalar.", "The copies.")]


class CopiedTold(Taken):
    """That a month's copies were uploaded by GİB's e-Defter Saklama application."""

    uploaded_on: Annotated[date, doc("Yükleme günü.", "The day of the upload.")]
    branch: Annotated[_Short, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")] = ""


class TermView(Given):
    """Until when a month's books are due."""

    month: Annotated[str, doc("Ay: 2026-10.", "The month: 2026-10.")]
    branch: Annotated[str, doc("Şube no; boşsa merkez.", "Number of the branch; empty: the head office.")]
    due_at: Annotated[Moment, doc("Yasal süre (Genel Tebliğ 1, 4.3.4).", "Until when (Genel Tebliğ 1, 4.3.4).")]
    closed_at: Annotated[Moment | None, doc("GİB'in hepsini onayladığı an.", "When GİB had approved all of it.")]
    is_late: Annotated[bool, doc("Süresi geçti mi.", "Whether it is, or was, late.")]
    packages: Annotated[int, doc("Paket sayısı.", "How many packages.")]
    done: Annotated[int, doc("GİB'in bitirdikleri.", "How many of them GİB is through with.")]


class TermList(Given):
    """The calendar of a year."""

    items: Annotated[tuple[TermView, ...], doc("Aylar.", "The months.")]


class BalanceRowView(Given):
    """An account of the trial balance."""

    account: Annotated[str, doc("Hesap kodu.", "Code of the account.")]
    name: Annotated[str, doc("Hesap adı.", "Name of the account.")]
    debit: Annotated[Decimal, doc("Borç, TRY.", "Debits, TRY.")]
    credit: Annotated[Decimal, doc("Alacak, TRY.", "Credits, TRY.")]
    balance: Annotated[Decimal, doc("Borç eksi alacak, TRY.", "Debits less credits, TRY.")]


class BalanceList(Given):
    """The trial balance of a month."""

    items: Annotated[tuple[BalanceRowView, ...], doc("Hesaplar.", "The accounts.")]


class LedgerLineView(Given):
    """A line of a journal, with the entry it stands in."""

    entry: Annotated[int | None, doc("Yevmiye madde no.", "Journal number.")]
    day: Annotated[date | None, doc("Fiş tarihi.", "Day of the entry.")]
    voucher: Annotated[str, doc("Fiş no.", "Number of the voucher.")]
    line: Annotated[int | None, doc("Satır no.", "Number of the line.")]
    account: Annotated[str, doc("Ana hesap.", "Main account.")]
    account_name: Annotated[str, doc("Ana hesabın adı.", "Its name.")]
    sub: Annotated[str, doc("Alt hesap.", "Sub-account.")]
    sub_name: Annotated[str, doc("Alt hesabın adı.", "Its name.")]
    comment: Annotated[str, doc("Açıklama.", "Comment.")]
    document: Annotated[str, doc("Belge.", "The document.")]
    document_date: Annotated[date | None, doc("Belge tarihi.", "Day of the document.")]
    debit: Annotated[Decimal, doc("Borç, TRY.", "Debit, TRY.")]
    credit: Annotated[Decimal, doc("Alacak, TRY.", "Credit, TRY.")]


class FoundLines(Given):
    """A page of the lines that were found."""

    items: Annotated[tuple[LedgerLineView, ...], doc("Satırlar.", "The lines.")]
    count: Annotated[int, doc("Bulunanların tümü.", "How many were found in all.")]
    debit: Annotated[Decimal, doc("Tümünün borcu, TRY.", "Their debits, TRY.")]
    credit: Annotated[Decimal, doc("Tümünün alacağı, TRY.", "Their credits, TRY.")]
    next: Annotated[str | None, doc("Sonraki sayfanın imleci.", "Cursor of the next page; null: this is the last.")]
