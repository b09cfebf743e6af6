"""Files to fill in: Ulak's own form with the lines of two vouchers, as CSV and as workbook; the chart of accounts."""

from __future__ import annotations

import csv
import io
from typing import Final, Literal

from ulak.errors import Language
from ulak.ledger.intake.fields import FIELDS
from ulak.ledger.intake.mapping import Content

__all__ = ["template"]

_LINES: Final = (
    {
        "voucher": "M-000001", "date": "05.01.2026", "entry": "1", "voucher_type": "Mahsup", "entered_by": "Ali Can",
        "entry_comment": "Ocak ayı kirası", "account": "770.01.003", "account_name": "Kira giderleri",
        "main_name": "GENEL YÖNETİM GİDERLERİ", "debit": "10.000,00", "document_type": "Fatura",
        "document_number": "KRA2026000000012", "document_date": "05.01.2026", "comment": "Ofis kirası",
    },
    {
        "voucher": "M-000001", "date": "05.01.2026", "entry": "1", "voucher_type": "Mahsup", "entered_by": "Ali Can",
        "entry_comment": "Ocak ayı kirası", "account": "191.01.020", "account_name": "%20 indirilecek KDV",
        "main_name": "İNDİRİLECEK KDV", "debit": "2.000,00", "document_type": "Fatura",
        "document_number": "KRA2026000000012", "document_date": "05.01.2026", "comment": "Ofis kirası KDV'si",
    },
    {
        "voucher": "M-000001", "date": "05.01.2026", "entry": "1", "voucher_type": "Mahsup", "entered_by": "Ali Can",
        "entry_comment": "Ocak ayı kirası", "account": "320.01.017", "account_name": "Yıldız Gayrimenkul A.Ş.",
        "main_name": "SATICILAR", "credit": "12.000,00", "document_type": "Fatura",
        "document_number": "KRA2026000000012", "document_date": "05.01.2026", "comment": "Ofis kirası",
    },
    {
        "voucher": "M-000002", "date": "12.01.2026", "entry": "2", "voucher_type": "Mahsup", "entered_by": "Ali Can",
        "entry_comment": "İhracat bedeli", "account": "102.02.001", "account_name": "Banka USD hesabı",
        "main_name": "BANKALAR", "debit": "43.250,00", "document_type": "Dekont", "document_number": "D-4471",
        "document_date": "12.01.2026", "payment_method": "Banka", "comment": "1.000 USD ihracat bedeli",
        "currency": "USD", "original_amount": "1.000,00", "rate": "43,25", "rate_date": "12.01.2026",
        "rate_source": "TCMB döviz alış",
    },
    {
        "voucher": "M-000002", "date": "12.01.2026", "entry": "2", "voucher_type": "Mahsup", "entered_by": "Ali Can",
        "entry_comment": "İhracat bedeli", "account": "120.02.004", "account_name": "Nordlicht GmbH",
        "main_name": "ALICILAR", "credit": "43.250,00", "document_type": "Dekont", "document_number": "D-4471",
        "document_date": "12.01.2026", "payment_method": "Banka", "comment": "1.000 USD ihracat bedeli",
        "currency": "USD", "original_amount": "1.000,00", "rate": "43,25", "rate_date": "12.01.2026",
        "rate_source": "TCMB döviz alış",
    },
)  # fmt: skip
_ACCOUNTS: Final = (
    {"code": "102", "name": "BANKALAR"},
    {"code": "102.02.001", "name": "Banka USD hesabı"},
    {"code": "120", "name": "ALICILAR"},
    {"code": "120.02.004", "name": "Nordlicht GmbH"},
)


def template(kind: Literal["csv", "xlsx"], language: Language = "tr", content: Content = "entries") -> bytes:
    """A file in Ulak's own form with sample lines. The headings are Turkish, or the English ones, which are read too.

    >>> template("csv").decode("utf-8-sig").splitlines()[0][:34]
    'Fiş No;Fiş Tarihi;Yevmiye No;Fiş T'
    """
    fields = [one for one in FIELDS[content] if one.heading]
    lines = _LINES if content == "entries" else _ACCOUNTS
    headings = [one.heading if language == "tr" else one.label.en for one in fields]
    rows = [[line.get(one.name, "") for one in fields] for line in lines]
    return _csv(headings, rows) if kind == "csv" else _workbook(headings, rows)


def _csv(headings: list[str], rows: list[list[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerows([headings, *rows])
    return target.getvalue().encode("utf-8-sig")


def _workbook(headings: list[str], rows: list[list[str]]) -> bytes:
    """All cells are text, so that no program makes a number of an account code."""
    # Not before it is needed: whoever makes books would hold it for nothing.
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kayıtlar"
    for row in [headings, *rows]:
        sheet.append(row)
    for place, cells in enumerate(sheet.columns):
        sheet.column_dimensions[cells[0].column_letter].width = max(12, len(headings[place]) + 3)
        for cell in cells:
            cell.number_format = "@"
        cells[0].font = Font(bold=True)
    sheet.freeze_panes = "A2"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
