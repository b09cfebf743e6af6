"""An e-Arşiv report read: its header, and what it reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from sys import intern
from typing import Any, Final, NamedTuple

from lxml import etree

from ulak.errors import Text
from ulak_center.office.problems import Refused, refused
from ulak_center.office.values import Package

__all__ = ["NAMESPACE", "ROOT", "Header", "Report", "Survey", "facts_of", "header_of", "report_of", "survey_of"]

NAMESPACE: Final = "http://earsiv.efatura.gov.tr"
_Q: Final = f"{{{NAMESPACE}}}"
ROOT: Final = f"{_Q}eArsivRaporu"
HEADER: Final = f"{_Q}baslik"
_NUMBER: Final = re.compile(r"\d{10}|\d{11}", re.ASCII)
_GUID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_INT: Final = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_NUMBERS: Final = tuple(
    _Q + name
    for name in (
        "faturaNo",
        "makbuzNo",
        "belgeNo",
        "dekontNo",
        "adisyonNo",
        "giderPusulasiBelgeNo",
        "mRaporNo",
        "ymRaporNo",
        "UUID",
    )
)
_MISSING: Final = Text("yok ya da birden çok", "is missing, or there are several")
_EMPTY: Final = Text("boş ya da geçersiz: “{value}”", "is empty or not valid: “{value}”")
_TWO: Final = Text("vkn ile tckn'den yalnız biri olmalı", "must hold one of vkn and tckn")
_ORDER: Final = Text("bitiş başlangıçtan önce", "ends before it begins")
_CANCELS: Final = "Iptal"
_EXPENSES: Final = frozenset({"eGiderPusulasi", "eGiderPusulasiIptal"})


class Header(NamedTuple):
    """``baslik`` (e-Arşiv Kılavuzu V1.18, 3.3.1)."""

    version: str
    taxpayer: str
    preparer: str
    number: str
    period: tuple[date, date]
    part: tuple[date, date]
    part_number: int


class Report(NamedTuple):
    """An accepted report, for those who test.

    Attributes:
        id: ``raporNo``.
        period, part: first and last day, ISO.
        counts: elements by name, e.g. ``{"fatura": 3, "faturaIptal": 1}``.
        cancelled: ``element number`` of what it cancels, at most 1000.
        repeated: what was reported before: kind, number, id of the earlier package; at most 100.
        notes: codes of notes.
    """

    id: str
    sender: str
    taxpayer: str
    preparer: str
    period: tuple[str, str]
    part: tuple[str, str]
    part_number: int
    counts: Mapping[str, int]
    cancelled: tuple[str, ...]
    repeated: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


class Survey(NamedTuple):
    """What the elements of a report are.

    Attributes:
        counts: elements by local name, the header left out.
        headers: how many of them are headers.
        filings: kind and number of what is reported, in order; elements without a number are left out.
    """

    counts: Counter[str]
    headers: int
    filings: list[tuple[str, str]]

    @property
    def is_expense(self) -> bool:
        """Whether the report is one of gider pusulası, for which GİB has another schema of the same name."""
        return not _EXPENSES.isdisjoint(self.counts)


def survey_of(elements: Iterable[etree._Element]) -> Survey:
    """Look at the elements of a report, one by one."""
    counts: Counter[str] = Counter()
    headers, filings = 0, []
    for element in elements:
        tag = str(element.tag)
        if tag == HEADER:
            headers += 1
        elif tag.startswith(_Q):
            kind = intern(tag.removeprefix(_Q))
            counts[kind] += 1
            if number := next((found.text or "" for found in element.iterchildren(*_NUMBERS)), "").strip():
                filings.append((kind, number))
    return Survey(counts, headers, filings)


def header_of(root: etree._Element, headers: int) -> Header:
    """Read the header, as the schema has it.

    Args:
        headers: how many the report has.

    Raises:
        Refused: ``archive.header`` (155).
    """
    header = next(root.iterchildren("*"), None)
    if header is None or header.tag != HEADER or headers != 1:
        raise refused("archive.header", path="baslik", detail=_MISSING)
    period = _days(header, "donem")
    part = _days(header, "bolum")
    return Header(
        _text(header, "versiyon"),
        _party(header, "mukellef"),
        _party(header, "hazirlayan"),
        _matching(header, "raporNo", _GUID),
        period,
        part,
        int(_matching(header, "bolumNo", _INT)),
    )


def facts_of(survey: Survey, header: Header) -> dict[str, Any]:
    """What is kept of an accepted report."""
    cancelled = [f"{kind} {number}" for kind, number in survey.filings if kind.endswith(_CANCELS)]
    return {
        "preparer": header.preparer,
        "period": [day.isoformat() for day in header.period],
        "part": [day.isoformat() for day in header.part],
        "part_number": header.part_number,
        "counts": dict(survey.counts),
        "cancelled": cancelled[:1000],
    }


def report_of(package: Package) -> Report:
    """The report of an accepted package."""
    facts = package.facts
    return Report(
        package.id,
        package.sender,
        package.owner,
        facts["preparer"],
        (facts["period"][0], facts["period"][1]),
        (facts["part"][0], facts["part"][1]),
        facts["part_number"],
        facts["counts"],
        tuple(facts["cancelled"]),
        tuple((kind, number, earlier) for kind, number, earlier in facts["repeated"]),
        tuple(note["code"] for note in facts["notes"]),
    )


def _one(parent: etree._Element, name: str) -> etree._Element:
    found = list(parent.iterchildren(_Q + name))
    if len(found) != 1:
        raise _refused(name, _MISSING)
    return found[0]


def _text(parent: etree._Element, name: str) -> str:
    return (_one(parent, name).text or "").strip()


def _matching(parent: etree._Element, name: str, pattern: re.Pattern[str]) -> str:
    value = _text(parent, name)
    if not pattern.fullmatch(value):
        raise _refused(name, _EMPTY.format(value=value[:60]))
    return value


def _party(header: etree._Element, name: str) -> str:
    numbers = list(_one(header, name).iterchildren(f"{_Q}vkn", f"{_Q}tckn"))
    if len(numbers) != 1:
        raise _refused(name, _TWO)
    value = (numbers[0].text or "").strip()
    length = 10 if numbers[0].tag == f"{_Q}vkn" else 11
    if not _NUMBER.fullmatch(value) or len(value) != length:
        raise _refused(name, _EMPTY.format(value=value[:60]))
    return value


def _days(header: etree._Element, name: str) -> tuple[date, date]:
    start, end = _day(header, f"{name}BaslangicTarihi"), _day(header, f"{name}BitisTarihi")
    if end < start:
        raise _refused(f"{name}BitisTarihi", _ORDER)
    return start, end


def _day(header: etree._Element, name: str) -> date:
    value = _text(header, name)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _refused(name, _EMPTY.format(value=value[:60])) from None


def _refused(name: str, detail: Text) -> Refused:
    return refused("archive.header", path=f"baslik/{name}", detail=detail)
