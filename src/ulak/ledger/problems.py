"""What can be wrong when books are made from entries."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "RECONCILING", "LedgerError", "problem"]

_ENTRIES: Final[dict[str, Problem]] = {
    "ledger.month": Problem(
        Text("“{month}” bir ay değil.", "“{month}” is not a month."),
        Text("Yılı dört, ayı iki haneyle bitişik yazın; örneğin 202601.", "Write year and month together, as 202601."),
    ),
    "ledger.store": Problem(
        Text("{directory} klasöründe yüklenmiş muhasebe kaydı yok.", "There are no imported entries in {directory}."),
        Text("Önce muhasebe kayıtlarını yükleyin.", "Import the accounting entries first."),
    ),
    "ledger.store.there-already": Problem(
        Text(
            "{directory} klasöründe daha önce yüklenmiş muhasebe kayıtları var.",
            "There are imported entries in {directory} already.",
        ),
        Text("O kayıtlarla devam edin ya da boş bir klasör seçin.", "Go on with them or choose an empty directory."),
    ),
    "ledger.store.no-room": Problem(
        Text("Diskte ya da bellekte yer kalmadı.", "There is no room left on disk or in memory."),
        Text(
            "Yer açılınca işlem kaldığı yerden yeniden denenir; yapılmış olan hiçbir şey yitmedi.",
            "It is tried again once there is room; nothing that was done is lost.",
        ),
        permanent=False,
    ),
    "ledger.numbers.mixed": Problem(
        Text(
            "{without} satırın yevmiye madde numarası yok, {having} satırınki var.",
            "{without} lines have no journal entry number, {having} lines have one.",
        ),
        Text(
            "Numaraları ya bütün satırlara yazın ya da hepsini boş bırakın; o zaman Ulak sırayla numara verir.",
            "Give all lines their number or none; if there is none, Ulak numbers them in order.",
        ),
    ),
    "ledger.numbers.missing": Problem(
        Text("Satırlara henüz yevmiye numarası verilmedi.", "The lines have no journal numbers yet."),
        Text("Önce numaralandırma adımını çalıştırın.", "Number the lines first."),
    ),
}

_BOOKS: Final[dict[str, Problem]] = {
    "ledger.incomplete": Problem(
        Text(
            "{lines} satırın tutarı, hesabı ya da borç/alacak yönü eksik; ilki {place}. satır.",
            "{lines} lines lack their amount, their account or their side; the first is row {place}.",
        ),
        Text("Bulgular listesindeki satırları düzeltip yeniden yükleyin.", "Correct the rows in the findings."),
    ),
    "ledger.unbalanced": Problem(
        Text(
            "{entries} yevmiye maddesinde borç ile alacak eşit değil; ilki {entry} numaralı madde.",
            "Debit and credit differ in {entries} journal entries; the first is number {entry}.",
        ),
        Text(
            "Bu fişleri muhasebe programınızda düzeltip yeniden yükleyin.", "Correct these vouchers and import again."
        ),
    ),
    "ledger.no-entries": Problem(
        Text("{start} – {end} arasında hiç kayıt yok.", "There are no entries from {start} to {end}."),
        Text(
            "Kaydı olmayan bir dönem için defter oluşturulamaz; dönemi ve yüklediğiniz dosyaları denetleyin.",
            "No book can be made of a period without entries; check the period and the files you imported.",
        ),
    ),
    "ledger.days": Problem(
        Text("{start} – {end} günleri {month} ayının içinde değil.", "{start} to {end} is not within {month}."),
        Text("Günleri aynı ayın içinden seçin.", "Choose days of the one month."),
    ),
    "ledger.fiscal-year": Problem(
        Text(
            "{start} – {end} günleri hesap döneminin ({first} – {last}) dışında.",
            "{start} to {end} is outside of the fiscal year ({first} to {last}).",
        ),
        Text(
            "Firma bilgilerindeki hesap dönemini ya da ayı düzeltin.",
            "Correct the fiscal year in the company's facts, or the month.",
        ),
    ),
    "ledger.entry.too-large": Problem(
        Text(
            "{entry} numaralı yevmiye maddesi tek başına {size} bayt; bir deftere sığmıyor.",
            "Journal entry {entry} has {size} bytes on its own and does not fit into a book.",
        ),
        Text("Fişi muhasebe programınızda bölün.", "Divide the voucher in your accounting software."),
    ),
    "ledger.attachment": Problem(
        Text(
            "“{name}” deftere eklenemez: en çok 7 MB'lık, adı .pdf ile biten bir PDF olmalı.",
            "“{name}” cannot go with the journal: it must be a PDF of at most 7 MB whose name ends in .pdf.",
        ),
        Text("Sözleşmeyi daha küçük bir PDF olarak kaydedin.", "Save the contract as a smaller PDF."),
    ),
    "ledger.too-early": Problem(
        Text(
            "{end} gününü kapsayan defter {created} günü oluşturulamaz.",
            "A book up to {end} cannot be made on {created}.",
        ),
        Text(
            "O gün bitince oluşturun ya da daha erken bir son gün seçin.", "Wait for that day or choose an earlier end."
        ),
    ),
}

_REMAKE: Final = Text(
    "Defterleri yeniden oluşturun; fark sürerse mühürlemeyin ve destek isteyin.",
    "Make the books again; if they still differ, do not seal them and ask for support.",
)
RECONCILING: Final[dict[str, Problem]] = {
    "ledger.reconcile.lines": Problem(
        Text(
            "Yevmiye defterinde {journal}, kebirde {ledger} satır var.",
            "The journal has {journal} lines, the general ledger {ledger}.",
        ),
        _REMAKE,
    ),
    "ledger.reconcile.content": Problem(
        Text(
            "Yevmiye defteri ile kebirin satırları birbirinin aynı değil.",
            "The lines of journal and general ledger are not the same.",
        ),
        _REMAKE,
    ),
    "ledger.reconcile.sides": Problem(
        Text(
            "Yevmiye defterinde borç toplamı {debit}, alacak toplamı {credit}.",
            "In the journal debit comes to {debit} and credit to {credit}.",
        ),
        _REMAKE,
    ),
    "ledger.reconcile.ledger": Problem(
        Text(
            "{accounts} hesabın toplamı yevmiyede başka, kebirde başka; ilki {account}.",
            "The sums of {accounts} accounts differ between journal and general ledger; the first is {account}.",
        ),
        _REMAKE,
    ),
    "ledger.reconcile.balance": Problem(
        Text(
            "{accounts} hesabın defterdeki toplamı mizandakinden farklı; ilki {account}.",
            "The sums of {accounts} accounts differ from the trial balance; the first is {account}.",
        ),
        _REMAKE,
    ),
}

PROBLEMS: Final[dict[str, Problem]] = {**_ENTRIES, **_BOOKS, **RECONCILING}


class LedgerError(UlakError):
    """Entries of which no book can be made as they are."""


def problem(code: str, /, *, where: str = "", **facts: object) -> LedgerError:
    """The error of a code."""
    return error_of(LedgerError, PROBLEMS, code, where=where, line=None, **facts)
