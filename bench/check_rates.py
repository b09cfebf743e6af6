"""Measures what `bench/check` prints."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from bench.invoices import NOW, invoice_json
from bench.measuring import ratios, seconds, show, signer
from ulak.process import keep_freed_memory
from ulak.rules import Checker, PackStore
from ulak.ubl import invoice

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from saxon_reference import SaxonReference

DAY = date(2026, 11, 20)
WORKER_MEGABYTES = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    keep_freed_memory()
    sign = signer()
    store = PackStore()
    pack = store.choose("ubl-tr", DAY).pack
    bare, full = Checker(pack, store, advice=False), Checker(pack, store)
    ten_json = msgspec.json.encode(invoice_json(10))
    ten = build(ten_json)
    pretty = indented(ten)
    saxon = saxon_checker(pack.schematron())
    print(f"10-line invoice: {len(ten)} bytes of UBL ({len(pretty)} indented), {len(ten_json)} bytes of JSON")
    print(f"pack {pack.name}; verdict {bare.check(ten, today=DAY).verdict}")

    show("check, XSD + Schematron", ratios(lambda: bare.check(ten, today=DAY), sign, rounds), "the RSA-2048 rate", 0.9)
    show(
        "the same, indented file",
        ratios(lambda: bare.check(pretty, today=DAY), sign, rounds),
        "the RSA-2048 rate",
        None,
    )
    show(
        "check with Ulak's advice", ratios(lambda: full.check(ten, today=DAY), sign, rounds), "the RSA-2048 rate", None
    )
    show("build JSON -> UBL bytes", ratios(lambda: build(ten_json), sign, rounds), "the RSA-2048 rate", 1.0)
    few = max(3, rounds // 5)
    show(
        "check", ratios(lambda: bare.check(ten, today=DAY), lambda: saxon(ten), few, calls=40), "the saxonche rate", 8.0
    )
    growth("5 000 lines", bare, 12, rounds=max(3, rounds // 6))
    growth("the same with advice", full, None, rounds=max(3, rounds // 6))
    memory()


def build(data: bytes) -> bytes:
    return invoice.write(invoice.from_json(data, now=NOW))


def indented(data: bytes) -> bytes:
    root = etree.fromstring(data)
    etree.indent(root, "    ")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def saxon_checker(schema: Any) -> Callable[[bytes], object]:
    """Saxon on the same Schematron, parsing included; no XSD, which SaxonC-HE does not do."""
    return SaxonReference(schema, {"type": "efatura"}).judge


def growth(what: str, checker: Checker, goal: float | None, rounds: int) -> None:
    small, large = (build(msgspec.json.encode(invoice_json(lines))) for lines in (500, 5000))
    found = [
        seconds(lambda: checker.check(large, today=DAY), 2) / seconds(lambda: checker.check(small, today=DAY), 20)
        for _ in range(rounds)
    ]
    middle = statistics.median(found)
    verdict = "" if goal is None else f"goal {goal:g}x: {'reached' if middle <= goal else 'MISSED'}"
    print(f"{what:28} {middle:6.2f}x the time of 500 lines{'':18} {verdict}")


def memory() -> None:
    """Resident memory of a fresh worker that has judged by two packs."""
    code = "import bench.worker_memory as m; print(m.measure())"
    megabytes = float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    verdict = "reached" if megabytes <= WORKER_MEGABYTES else "MISSED"
    print(f"{'worker, two packs loaded':28} {megabytes:6.0f} MB resident{'':27} goal {WORKER_MEGABYTES} MB: {verdict}")


if __name__ == "__main__":
    main()
