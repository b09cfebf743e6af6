"""How much memory a worker holds that has judged documents by two packs."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from bench.invoices import NOW, invoice_json
from ulak.process import keep_freed_memory
from ulak.rules import Checker, PackStore
from ulak.ubl import invoice

__all__ = ["measure"]


def measure() -> float:
    """Resident megabytes after judging invoices of several types by the default pack and by a second one."""
    keep_freed_memory()
    with tempfile.TemporaryDirectory() as home:
        store = PackStore(Path(home))
        first = store.choose("ubl-tr", date(2026, 11, 20)).pack
        # A second pack of the same size; its name alone keeps everything compiled for it apart.
        second = replace(first, name="ubl-tr-second")
        for pack in (first, second):
            checker = Checker(pack, store)
            for data in _documents():
                for scheme in ("efatura", "earchive"):
                    checker.check(data, today=date(2026, 11, 20), scheme=scheme)
    status = Path("/proc/self/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(resident.split()[1]) / 1024


def _documents() -> list[bytes]:
    made = []
    for profile in ("TEMELFATURA", "TICARIFATURA", "EARSIVFATURA", "KAMU", "HKS"):
        for currency in ("TRY", "EUR"):
            values = {**invoice_json(10), "profile": profile, "currency": currency}
            if currency != "TRY":
                values["exchange_rate"] = "48.1234"
            if profile == "KAMU":
                values["payment"] = {"iban": "TR330006100519786457841326"}
            made.append(invoice.write(invoice.from_json(msgspec.json.encode(values), now=NOW)))
    return made
