"""What became of everything, read back from the database."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final, NamedTuple

from rich.console import Console
from rich.table import Table
from tools.demo.platform import Platform

__all__ = ["Counts", "are_credits_right", "counted", "reported", "show"]

_BY_STATE: Final = """
SELECT t.title, d.direction, d.kind, d.stage, count(*) FROM documents_document d
JOIN taxpayers_taxpayer t ON t.id = d.taxpayer_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
_TIMES: Final = """
SELECT kind,
       percentile_cont(array[0.5, 0.95, 1.0]) WITHIN GROUP (ORDER BY extract(epoch FROM sealed_at - accepted_at)),
       percentile_cont(array[0.5, 0.95, 1.0]) WITHIN GROUP (ORDER BY extract(epoch FROM left_at - accepted_at)),
       percentile_cont(array[0.5, 0.95, 1.0]) WITHIN GROUP (ORDER BY extract(epoch FROM delivered_at - accepted_at))
FROM documents_document WHERE direction = 1 AND stage = 'delivered' GROUP BY kind ORDER BY kind
"""
_RATE: Final = """
SELECT count(*), extract(epoch FROM max(delivered_at) - min(accepted_at)) FROM documents_document
WHERE direction = 1 AND stage = 'delivered' AND batch_id IS NOT NULL
"""
_ANSWERS: Final = "SELECT kind, stage, code, count(*) FROM documents_answer GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
_ENVELOPES: Final = "SELECT kind, stage, count(*) FROM exchange_envelope GROUP BY 1, 2 ORDER BY 1, 2"
_INBOUND: Final = "SELECT type, stage, code, count(*) FROM exchange_inbound GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
_REPORTS: Final = """
SELECT t.title, r.product, r.stage, count(*), sum(r.entries), sum(r.size) FROM exchange_report r
JOIN taxpayers_taxpayer t ON t.id = r.taxpayer_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_REPORTED: Final = """
SELECT count(*) FROM exchange_report_entry e JOIN exchange_report r ON r.id = e.report_id WHERE r.stage = 'accepted'
"""
_LEDGERS: Final = """
SELECT t.title, p.name, p.stage, p.starts, p.ends, p.size FROM exchange_ledger_package p
JOIN taxpayers_taxpayer t ON t.id = p.taxpayer_id ORDER BY p.name DESC
"""
_CREDITS: Final = """
SELECT t.title,
    (SELECT sum(amount) FROM credits_package p WHERE p.taxpayer_id = a.taxpayer_id),
    (SELECT sum(used) FROM credits_usage u WHERE u.taxpayer_id = a.taxpayer_id),
    (SELECT sum(refunded) FROM credits_usage u WHERE u.taxpayer_id = a.taxpayer_id),
    (SELECT sum(documents - returned) FROM credits_usage u WHERE u.taxpayer_id = a.taxpayer_id),
    a.balance
FROM credits_account a JOIN taxpayers_taxpayer t ON t.id = a.taxpayer_id WHERE a.metered ORDER BY 1
"""
_COSTLY: Final = """
SELECT count(*) FROM documents_document d JOIN credits_account a ON a.taxpayer_id = d.taxpayer_id AND a.metered
WHERE d.direction = 1 AND d.stage IN ('delivered', 'issued', 'voided')
    AND d.kind NOT IN ('application_response', 'receipt_advice')
"""
_DIRECTION: Final = {1: "out", 2: "in"}


class Counts(NamedTuple):
    """Documents by direction, kind and stage; answers by stage."""

    documents: Counter[tuple[str, str, str]]
    answers: Counter[str]


def counted(platform: Platform) -> Counts:
    """How many documents and answers stand where."""
    documents: Counter[tuple[str, str, str]] = Counter()
    for _, direction, kind, stage, count in platform.rows(_BY_STATE):
        documents[_DIRECTION[direction], kind, stage] += count
    answers: Counter[str] = Counter()
    for _, stage, _, count in platform.rows(_ANSWERS):
        answers[stage] += count
    return Counts(documents, answers)


def reported(platform: Platform) -> int:
    """How many documents and cancellations stand in reports that GİB accepted."""
    return int(platform.rows(_REPORTED)[0][0])


def are_credits_right(platform: Platform) -> bool:
    """Whether as many documents were charged as there are, and what was used and is left comes to what was sold."""
    rows = platform.rows(_CREDITS)
    adds_up = all(loaded == used - back + left for _, loaded, used, back, _, left in rows)
    return bool(rows) and adds_up and sum(charged for *_, charged, _ in rows) == platform.rows(_COSTLY)[0][0]


def show(platform: Platform, console: Console) -> None:
    """Tables of states, times, answers and envelopes."""
    rows = [(title, _DIRECTION[way], *rest) for title, way, *rest in platform.rows(_BY_STATE)]
    _table(console, "Documents", ("taxpayer", "", "kind", "state", "count"), rows)
    times = [(kind, *(_seconds(one) for one in found)) for kind, *found in platform.rows(_TIMES)]
    _table(
        console, "Seconds from acceptance (median / 95 % / longest)", ("kind", "sealed", "GİB took", "arrived"), times
    )
    _table(console, "Answers", ("kind", "state", "answer", "count"), platform.rows(_ANSWERS))
    _table(console, "Envelopes sent", ("kind", "state", "count"), platform.rows(_ENVELOPES))
    _table(console, "Envelopes received", ("type", "state", "status", "count"), platform.rows(_INBOUND))
    columns = ("taxpayer", "product", "state", "reports", "entries", "bytes")
    _table(console, "Reports of the e-Arşiv family", columns, platform.rows(_REPORTS))
    columns = ("taxpayer", "package", "state", "from", "to", "bytes")
    _table(console, "Packages of books at GİB", columns, platform.rows(_LEDGERS))
    columns = ("taxpayer", "loaded", "used", "given back", "documents", "left")
    _table(console, "Kontör", columns, platform.rows(_CREDITS))
    ((count, seconds),) = platform.rows(_RATE)
    if seconds:
        rate = float(count) / float(seconds)
        console.print(
            f"{count} documents of batches from acceptance to arrival in {seconds:.1f} s: {rate:.0f} a second"
        )


def _seconds(found: Any) -> str:
    return " / ".join(f"{float(each):.2f}" for each in found) if found else "–"


def _table(console: Console, title: str, columns: tuple[str, ...], rows: Any) -> None:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right" if column == "count" else "left")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    console.print(table)
