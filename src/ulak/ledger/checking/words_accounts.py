"""What is said of accounts and amounts."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak.ledger.intake.words_cells import Said

__all__ = ["ACCOUNTS"]

_SCH: Final = "edefter_yevmiye.sch: account"
_CHART: Final = Text(
    "Adı sütununa yazın ya da hesap planını da yükleyin.",
    "Write it in its column, or hand in the chart of accounts as well.",
)
_MUC: Final = "edefter_yevmiye.sch: gl-muc"


def _error(tr: str, en: str, repair: Text, origin: str = "") -> Said:
    return Said("error", Text(tr, en), repair, origin)


def _warning(tr: str, en: str, repair: Text, origin: str = "") -> Said:
    return Said("warning", Text(tr, en), repair, origin)


ACCOUNTS: Final[dict[str, Said]] = {
    "ledger.check.no-account": _error(
        "Satırın hesap kodu yok.",
        "The line has no account.",
        Text("Hesap kodunu yazın.", "Write the account's code."),
        _SCH,
    ),
    "ledger.check.main-account": _error(
        "Ana hesap kodu üç ya da dört rakam değil.",
        "The main account is not three or four digits.",
        Text("Hesap kodu 3–4 rakamla başlamalı (102.01 gibi).", "A code begins with three or four digits (102.01)."),
        "Yevmiye Defteri Kılavuzu 2.1.1.10.3.1; edefter_yevmiye.sch: accountMainID",
    ),
    "ledger.check.main-name": _error(
        "Ana hesabın adı yok.",
        "The main account has no name.",
        _CHART,
        _SCH,
    ),
    "ledger.check.sub-name": _error(
        "Alt hesabın adı yok.",
        "The subaccount has no name.",
        _CHART,
        _SCH,
    ),
    "ledger.check.sub-account": _error(
        "Alt hesap kodu ana hesabının koduyla başlamıyor.",
        "The subaccount does not begin with the code of its main account.",
        Text(
            "Alt hesabı ana hesap koduyla birlikte yazın (135.01).", "Write it with the main account's code (135.01)."
        ),
        _SCH,
    ),
    "ledger.check.account-unknown": _warning(
        "Hesap, yüklenen hesap planında yok.",
        "The account is not in the chart of accounts that was handed in.",
        Text("Hesap planını güncelleyin ya da kodu düzeltin.", "Bring the chart up to date, or correct the code."),
    ),
    "ledger.check.main-names": _warning(
        "Aynı ana hesap farklı adlarla yazılmış; deftere ilk görülen ad yazılır.",
        "One main account is written with different names; the book has the one that comes first.",
        Text("Adı tek biçimde yazın.", "Write the name in one way."),
    ),
    "ledger.check.sub-names": _warning(
        "Aynı alt hesap farklı adlarla yazılmış.",
        "One subaccount is written with different names.",
        Text("Adı tek biçimde yazın.", "Write the name in one way."),
    ),
    "ledger.check.no-amount": _error(
        "Satırın tutarı yok.",
        "The line has no amount.",
        Text("Borç ya da alacak tutarını yazın.", "Write the debit or the credit."),
        "edefter_yevmiye.sch: amount",
    ),
    "ledger.check.zero-amount": _error(
        "Tutar sıfır; GİB sıfır tutarlı satırı kabul etmez.",
        "The amount is zero, which GİB does not accept.",
        Text("Satırı muhasebe programında silin.", "Delete the line in the accounting program."),
        "edefter_yevmiye.sch: amount",
    ),
    "ledger.check.negative-amount": _error(
        "Tutar eksi; GİB eksi tutarı kabul etmez.",
        "The amount is below zero, which GİB does not accept.",
        Text(
            "Ters kaydı karşı tarafa artı tutarla yazın (eksi borç yerine alacak).",
            "Write a reversal above zero on the other side (a credit for a debit below zero).",
        ),
        "edefter_yevmiye.sch: amount",
    ),
    "ledger.check.no-side": _error(
        "Borç mu alacak mı olduğu belli değil.",
        "It is neither a debit nor a credit.",
        Text("Tutarı borç ya da alacak sütununa yazın.", "Write the amount as debit or credit."),
        "edefter_yevmiye.sch: debitCreditCode",
    ),
    "ledger.check.currency-missing": _error(
        "Döviz tutarı var, döviz cinsi yok.",
        "There is an amount in currency, but no currency.",
        Text("Döviz kodunu yazın (USD).", "Write the code of the currency (USD)."),
        _MUC,
    ),
    "ledger.check.currency-lira": _error(
        "Döviz cinsi defterin para birimiyle (TRY) aynı olamaz.",
        "The foreign currency cannot be that of the book (TRY).",
        Text("Türk lirası işlemde döviz alanlarını boş bırakın.", "Leave the fields of currency empty for lira."),
        "Yevmiye Defteri Kılavuzu 2.1.1.10.8",
    ),
    "ledger.check.rate-missing": _error(
        "Döviz cinsi var, kur yok.",
        "There is a currency, but no rate.",
        Text("İşlemde kullanılan kuru yazın.", "Write the rate that was used."),
        _MUC,
    ),
    "ledger.check.rate-day": _error(
        "Döviz tutarı var, kurun tarihi yok.",
        "There is an amount in currency, but no date of the rate.",
        Text("Kurun alındığı günü yazın.", "Write the day of the rate."),
        _MUC,
    ),
    "ledger.check.rate-amount": _warning(
        "Döviz tutarı ile kurun çarpımı TL tutarından %1'den fazla farklı.",
        "Amount in currency times rate differs from the lira by more than 1%.",
        Text("Kuru ya da döviz tutarını kontrol edin.", "Check the rate or the amount in currency."),
    ),
    "ledger.check.quantity": _error(
        "Adet ile birim fiyatın çarpımı tutara eşit değil.",
        "Quantity times cost per unit is not the amount.",
        Text(
            "Adet ve birim fiyat yalnız fon kayıtlarında kullanılır: ya düzeltin ya boş bırakın.",
            "They are used for investment funds alone: correct them or leave both empty.",
        ),
        "edefter_yevmiye.sch: measurable",
    ),
    "ledger.check.quantity-alone": _error(
        "Adet ve birim fiyattan yalnız biri yazılmış.",
        "Only one of quantity and cost per unit is given.",
        Text("İkisini birden yazın ya da ikisini de boş bırakın.", "Write both, or leave both empty."),
        "edefter_yevmiye.sch: measurable",
    ),
}
