"""What can be wrong when books are made from entries."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "LedgerError", "problem"]

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

PROBLEMS: Final[dict[str, Problem]] = {**_ENTRIES}


class LedgerError(UlakError):
    """Entries of which no book can be made as they are."""


def problem(code: str, /, *, where: str = "", **facts: object) -> LedgerError:
    """The error of a code."""
    return error_of(LedgerError, PROBLEMS, code, where=where, line=None, **facts)
