"""e-Arşiv reports for tests: made of friendly documents, and judged by GİB's own schema and Schematron."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from lxml import etree

from json_documents import invoice
from support import gibs_package
from ulak.reports import Entry, Facts, Header, Product, ReportWriter, issued
from ulak.reports.values import NAMESPACE
from ulak.rules import PackStore
from ulak.rules.importer import add
from ulak.ubl import write_document
from ulak.ubl.forms import from_json

__all__ = [
    "CONSUMER",
    "DAY",
    "FACTS",
    "HEAD",
    "RAPOR",
    "archive_invoice",
    "entry_of",
    "report_of",
    "store",
    "told",
    "ubl",
]

DAY: Final = date(2026, 11, 22)
RAPOR: Final = "6F1C7C0E-60D1-4F5E-9A49-3C8F5A8E1C11"
HEAD: Final = Header(
    "4812530769",
    "8642031054",
    RAPOR,
    (date(2026, 11, 1), date(2026, 11, 30)),
    (date(2026, 11, 2), date(2026, 11, 2)),
    2,
)
FACTS: Final = Facts("https://belge.example/e/1?a=1&b=2", datetime(2026, 11, 2, 7, 30, 5, tzinfo=UTC))
CONSUMER: Final = {
    "tax_id": "11111111111",
    "first_name": "Deniz",
    "family_name": "Ufuk",
    "address": {"town": "Konak", "city": "İzmir"},
}
_E: Final = f"{{{NAMESPACE}}}"


@cache
def store() -> PackStore:
    """A store with GİB's packages of reports."""
    made = PackStore(Path(tempfile.mkdtemp(prefix="ulak-reports-")))
    for package in ("earsiv-1.1_6", "egider-pusulasi-1.0"):
        add(gibs_package(package), made, since=date(2020, 1, 1))
    return made


def archive_invoice(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A small e-Arşiv invoice to a final consumer."""
    return invoice(*lines, **{"profile": "EARSIVFATURA", "time": "10:20:30", "customer": CONSUMER, **more})


def ubl(data: dict[str, Any] | bytes) -> bytes:
    """A friendly document in UBL."""
    document: Any = from_json(data)
    return write_document(document)


def entry_of(data: dict[str, Any] | bytes, facts: Facts = FACTS) -> Entry:
    """Its entry."""
    return issued(ubl(data), facts)


def told(entry: Entry) -> dict[str, str]:
    """What an entry says: texts by the ways to them; of repeated elements the last counts."""
    root = etree.fromstring(b'<r xmlns="' + NAMESPACE.encode() + b'">' + entry.fragment + b"</r>")[0]
    return {
        "/".join(str(step.tag).removeprefix(_E) for step in (*reversed([*leaf.iterancestors()][:-2]), leaf)): leaf.text
        or ""
        for leaf in root.iter("*")
        if not len(leaf)
    }


def report_of(entries: Iterable[Entry], head: Header = HEAD, product: Product | None = None) -> bytes:
    """A report, not sealed."""
    file, listed = BytesIO(), list(entries)
    writer = ReportWriter(file, head, product or listed[0].product)
    for entry in listed:
        writer.add(entry)
    writer.end()
    return file.getvalue()
