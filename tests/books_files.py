"""Files that people upload, for tests: workbooks and CSV made on the spot, and the worker that deals with them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

import openpyxl

from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.books.importing import jobs, working
from ulak_server.books.models import Fault, Import
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.batch_station import BatchStation

__all__ = ["HEADINGS", "LINE", "as_csv", "faults", "job", "uploaded", "work", "workbook"]

HEADINGS: Final = (
    "Sıra",
    "Tarih",
    "VKN",
    "Unvan",
    "Vergi Dairesi",
    "İlçe",
    "İl",
    "Mal/Hizmet",
    "Miktar",
    "Birim",
    "Birim Fiyat",
    "KDV %",
)
LINE: Final = (
    "1",
    None,
    "7359021640",
    "Meltem Gıda Ltd. Şti.",
    "Kadıköy",
    "Kadıköy",
    "İstanbul",
    "Çelik raf",
    "12",
    "adet",
    "412,50",
    "20",
)


def workbook(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS, title: str = "Faturalar") -> bytes:
    """An Excel file with these rows under headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in (headings, *rows):
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS, encoding: str = "utf-8", mark: str = ";") -> bytes:
    """The same as CSV."""
    lines = [mark.join("" if cell is None else str(cell) for cell in row) for row in (headings, *rows)]
    return "\r\n".join(lines).encode(encoding)


def uploaded(taxpayer: int, data: bytes, about: str = "invoice", name: str = "fatura.xlsx") -> int:
    return jobs.begin(taxpayer, about, name, data, actor="test")


def work(taxpayer: int, id: int, times: int = 12) -> Import:
    """Let workers go on until the import waits for a person."""
    station = BatchStation(lambda: DEFAULT)
    for _ in range(times):
        with scoped(Role.WEB, [taxpayer]):
            Import.objects.filter(id=id, wake_at__isnull=False).update(wake_at=clock.now())
        if not working.advance(taxpayer, id):
            break
        while station.turn():
            pass
    return job(taxpayer, id)


def checked(taxpayer: int, data: bytes, about: str = "invoice", name: str = "fatura.xlsx") -> Import:
    """A file uploaded and checked as it is guessed."""
    id = uploaded(taxpayer, data, about, name)
    with scoped(Role.WEB, [taxpayer]):
        found = jobs.get(taxpayer, id)
        if found.stage == "mapping":
            jobs.check(taxpayer, id)
    return work(taxpayer, id)


def carried_out(taxpayer: int, id: int, intent: str = "draft") -> Import:
    with scoped(Role.WEB, [taxpayer]):
        jobs.carry_out(taxpayer, id, intent, actor="test")
    return work(taxpayer, id)


def job(taxpayer: int, id: int) -> Import:
    with scoped(Role.WEB, [taxpayer]):
        return jobs.get(taxpayer, id)


def faults(taxpayer: int, id: int) -> list[Fault]:
    with scoped(Role.WEB, [taxpayer]):
        return list(jobs.faults_of(taxpayer, id))
