"""What can be wrong with a sheet as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "SheetError", "problem"]

_SAVE: Final = Text(
    "Dosyayı Excel'de açıp “Farklı kaydet” ile .xlsx olarak yeniden kaydedin.",
    "Open the file in Excel and save it again as .xlsx.",
)
PROBLEMS: Final[dict[str, Problem]] = {
    "sheet.unreadable": Problem(Text("Dosya bozuk; okunamıyor.", "The file is damaged and cannot be read."), _SAVE),
    "sheet.encrypted": Problem(
        Text("Dosya parolayla korunuyor.", "The file is protected by a password."),
        Text("Parolayı kaldırıp yeniden kaydedin.", "Remove the password and save it again."),
    ),
    "sheet.too-dense": Problem(
        Text(
            "Dosya açıldığında boyundan çok daha fazla yer istiyor; açılmadı.",
            "Unpacked, the file wants far more room than its size; it was not opened.",
        ),
        _SAVE,
    ),
    "sheet.missing": Problem(
        Text("“{sheet}” sayfası yok. Sayfalar: {known}", "There is no sheet “{sheet}”. Sheets: {known}"),
        Text("Sayfayı listeden seçin.", "Choose the sheet from the list."),
    ),
    "sheet.too-many-rows": Problem(
        Text("Sayfada {limit} satırdan fazlası var.", "The sheet has more than {limit} rows."),
        Text("Sayfayı bölün.", "Divide the sheet."),
    ),
    "sheet.busy": Problem(
        Text("Şu anda başka büyük Excel dosyaları hazırlanıyor.", "Other large Excel files are being made just now."),
        Text("Bir dakika sonra yeniden deneyin ya da CSV'yi indirin.", "Try again in a minute, or download the CSV."),
        permanent=False,
    ),
    "sheet.not-made": Problem(
        Text("Excel dosyası hazırlanamadı.", "The Excel file could not be made."),
        Text("Yeniden deneyin ya da CSV'yi indirin.", "Try again, or download the CSV."),
        permanent=False,
    ),
}


class SheetError(UlakError):
    """A sheet that cannot be read, or must not be.

    Attributes:
        facts: what its sentence says, for rooms that tell it in their own words.
    """

    facts: Mapping[str, Any] = MappingProxyType({})


def problem(code: str, /, **facts: object) -> SheetError:
    """The error of a code."""
    error = error_of(SheetError, PROBLEMS, code, where="", line=None, **facts)
    error.facts = facts
    return error
