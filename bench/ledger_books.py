"""The steps of `bench/ledger`, each in a process of its own; run, one prints JSON with what it spent."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

__all__ = ["main"]

_MADE: Final = date(2026, 2, 2)
_SEALED: Final = datetime(2026, 2, 2, 9, tzinfo=UTC)
_ENTRIES: Final = """
INSERT INTO line BY NAME
SELECT i + 1 AS place, 'kayitlar.csv' AS source, i + 2 AS source_row, printf('%08d', i // 4 + 1) AS voucher,
    CASE WHEN i < 4 THEN 'opening' ELSE '' END AS voucher_type,
    'Ayşe Yılmaz' AS entered_by, DATE '2026-01-01' + CAST((i // 4) * 31 // (? // 4 + 1) AS INT) AS entry_date,
    concat('Satış faturası ', i // 4) AS entry_comment, ['120', '600', '391', '612'][i % 4 + 1] AS main,
    ['ALICILAR', 'YURT İÇİ SATIŞLAR', 'HESAPLANAN KDV', 'DİĞER İNDİRİMLER (-)'][i % 4 + 1] AS main_name,
    [concat('120.01.', i // 4 % 20000), '600.01.001', '391.01.020', '612.01'][i % 4 + 1] AS sub,
    [concat('Müşteri ', CASE WHEN i % 80 = 0 THEN '& ' ELSE '' END, i // 4 % 20000, ' A.Ş.'),
     'Yüzde 20 satışlar', 'Yüzde 20 KDV', 'Fiyat farkı'][i % 4 + 1]
        AS sub_name,
    [1190.00, 1000.00, 200.00, 10.00][i % 4 + 1] + CASE WHEN i % 4 < 2 THEN i // 4 % 1000 ELSE 0 END AS amount,
    ['D', 'C', 'C', 'D'][i % 4 + 1] AS side, 'invoice' AS document_type,
    concat('ABC2026', printf('%09d', i // 4)) AS document_number, entry_date AS document_date,
    'Mal satış bedeli, irsaliye 12345 ve eki' AS comment
FROM range(? // 4 * 4) r(i)
"""


@dataclass
class _Spending:
    """CPU and clock of steps, each added to what was spent on the same before."""

    steps: dict[str, list[float]] = field(default_factory=dict)

    def on(self, name: str, call: Callable[[], Any]) -> Any:
        clock, cpu = time.perf_counter(), time.process_time()
        made = call()
        spent = self.steps.setdefault(name, [0.0, 0.0])
        spent[0] += time.process_time() - cpu
        spent[1] += time.perf_counter() - clock
        return made


def main() -> None:
    step, place, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    made = {"fill": _fill, "check": _check, "build": _build, "write": _write}[step](place, count)
    made["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(made))


def _fill(place: Path, count: int) -> dict[str, Any]:
    from ulak.ledger.store import EntryStore

    with EntryStore.create(place / "store", memory="1GB", threads=2) as store:
        store.connection.execute(_ENTRIES, [count, count])
    return {}


def _check(place: Path, _: int) -> dict[str, Any]:
    from ulak.ledger.checking import Expected, check
    from ulak.ledger.store import EntryStore
    from ulak.ledger.values import Month

    expected = Expected(Month(2026, 1), _MADE, fiscal_start=date(2026, 1, 1), fiscal_end=date(2026, 12, 31))
    spending = _Spending()
    with EntryStore.open(place / "store") as store:
        checked = spending.on("check", lambda: check(store, expected))
    return {"steps": spending.steps, "found": [[group.code, group.count] for group in checked.groups]}


def _build(place: Path, is_kept: int) -> dict[str, Any]:
    """Number, split, write, seal, and make the berats; books are kept only if somebody wants them afterwards."""
    from ledger_books import COMPANY
    from ulak.ledger.numbering import number
    from ulak.ledger.planning import plan
    from ulak.ledger.store import EntryStore
    from ulak.ledger.values import Month, Part

    spending, size, berats = _Spending(), 0, 0
    with EntryStore.open(place / "store") as store:
        spending.on("number", lambda: number(store))
        parts: tuple[Part, ...] = spending.on("split", lambda: plan(store, Month(2026, 1), company=COMPANY))
        for part in parts:
            for kind in ("Y", "K"):
                path = place / f"{COMPANY.tax_id}-202601-{kind}-{part.number}.xml"
                size += _book(spending, store, part, kind, path)
                berats += 1
                if not is_kept:
                    path.unlink()
    return {"steps": spending.steps, "parts": len(parts), "size": size, "berats": berats, "lines": parts[-1].lines}


def _book(spending: _Spending, store: Any, part: Any, kind: str, path: Path) -> int:
    from ledger_books import COMPANY
    from seal_pki import KNOWN_KEY
    from ulak.ledger.berats import Counted, berat
    from ulak.ledger.totals import main_sums
    from ulak.ledger.values import Month
    from ulak.ledger.writing import unique_id, write_journal, write_ledger
    from ulak.seal.large import seal_book_here

    unique = unique_id("Y" if kind == "Y" else "K", Month(2026, 1), int(part.number) or 1)
    write = write_journal if kind == "Y" else write_ledger
    with path.open("w+b") as file:
        spending.on("write", lambda: write(store, COMPANY, part, file, at=_MADE, unique=unique))
        size: int = spending.on("seal", lambda: seal_book_here(file, KNOWN_KEY, at=_SEALED, is_canonical=True))
        counted = Counted(part.entries, main_sums(store, part))
        made = spending.on("berat", lambda: berat(file, str(UUID(int=size)), counted))
    berat_path = path.with_name(path.name.replace(f"-{kind}-", f"-{kind}B-"))
    berat_path.write_bytes(made)
    with berat_path.open("r+b") as file:
        spending.on("berat", lambda: seal_book_here(file, KNOWN_KEY, at=_SEALED, is_canonical=True))
    return size


def _write(path: Path, _: int) -> dict[str, Any]:
    """What lxml needs to write a book that it has in memory already."""
    from lxml import etree

    tree = etree.parse(str(path), etree.XMLParser(huge_tree=True))
    spending, target = _Spending(), path.with_suffix(".lxml")
    spending.on("lxml", lambda: tree.write(str(target), encoding="UTF-8", xml_declaration=True))
    size = target.stat().st_size
    target.unlink()
    return {"steps": spending.steps, "size": size}


if __name__ == "__main__":
    main()
