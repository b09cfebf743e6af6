"""The reports of the e-Arşiv family to GİB: what of each document stands in them; written, read, checked, summed up.

`issued`, `cancelled` and `objected` make entries; a `ReportWriter` makes the report from them, in canonical XML and
bounded memory; docs/reports.md tells where every value comes from.
"""

from __future__ import annotations

from ulak.reports.charging import INSTANT
from ulak.reports.checking import check
from ulak.reports.entries import cancelled, cancelled_document, issued, kind_of, missing, objected
from ulak.reports.problems import PROBLEMS, ReportError
from ulak.reports.reading import Reading, Reported, read
from ulak.reports.summing import Summary, Tally, summary
from ulak.reports.values import (
    KINDS,
    LIMIT,
    METHODS,
    NAMESPACE,
    SEAL_ROOM,
    Entry,
    Facts,
    Header,
    Names,
    Objection,
    Product,
    What,
)
from ulak.reports.words import Words, usual_words, words_at, words_of
from ulak.reports.writing import ReportWriter

__all__ = [
    "INSTANT",
    "KINDS",
    "LIMIT",
    "METHODS",
    "NAMESPACE",
    "PROBLEMS",
    "SEAL_ROOM",
    "Entry",
    "Facts",
    "Header",
    "Names",
    "Objection",
    "Product",
    "Reading",
    "ReportError",
    "ReportWriter",
    "Reported",
    "Summary",
    "Tally",
    "What",
    "Words",
    "cancelled",
    "cancelled_document",
    "check",
    "issued",
    "kind_of",
    "missing",
    "objected",
    "read",
    "summary",
    "usual_words",
    "words_at",
    "words_of",
]
