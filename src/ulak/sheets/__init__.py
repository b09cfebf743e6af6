"""Spreadsheets and CSV of strangers as plain cells, within limits: no formula is worked out, no macro run.

What a cell means is the matter of the rooms that read them.
"""

from ulak.sheets.problems import SheetError
from ulak.sheets.texts import delimiter_of, encoding_of, text_of
from ulak.sheets.workbooks import LIMITS, Limits, SheetName, Workbook, form_of_workbook

__all__ = [
    "LIMITS",
    "Limits",
    "SheetError",
    "SheetName",
    "Workbook",
    "delimiter_of",
    "encoding_of",
    "form_of_workbook",
    "text_of",
]
