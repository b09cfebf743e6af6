"""A company's month: Ardıç's accounting export becomes journal, general ledger and berats that GİB approves."""

from __future__ import annotations

import json
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from tools.demo.platform import Desk, Platform
from tools.demo.world import ARDIC
from tools.make_accounting_export import write

__all__ = ["LINES", "PACKAGES", "STEPS", "Month", "begun", "carry_on", "facts", "month", "report", "through"]

LINES: Final = 20_000
PACKAGES: Final = ("YB", "KB", "DR")
"""Journal with its berat, the general ledger's berat, the month's report."""
STEPS: Final = ("uploading", "mapping", "checked", "planned", "built", "sealed", "sent", "done")
_FIRST_ENTRY, _FIRST_LINE = 41_873, 168_204
"""Where the numbers of the year stood when the company came to this integrator."""
_OFFICE: Final = {
    "building": "7",
    "street": "Bahar Sokak",
    "detail": "Kat 2",
    "city": ARDIC.city,
    "postal_code": "06420",
}
_ACCOUNTANT: Final = {
    "name": "SMMM Defne Müşavir",
    "engagement": "SMMM sözleşmesi, 2026-01-02, M10427",
    "address": _OFFICE | {"street": "Defne Caddesi", "building": "18/3"},
    "phone": "3125550142",
    "email": "defne@musavir.example",
}
_THROUGH: Final = "SELECT count(*) FROM exchange_ledger_package WHERE stage IN ('fetched', 'filed')"


class Month(NamedTuple):
    """What is asked of the month by the demo.

    Attributes:
        month: as the API writes it, e.g. ``2026-10``.
        work: id of the work that makes its books.
    """

    month: str
    work: int


def month(today: date) -> date:
    """The first day of the last whole month."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def facts(today: date) -> dict[str, Any]:
    """What the books say of Ardıç; its first month here is the last one."""
    return {
        "address": _OFFICE,
        "phone": "3125550107",
        "email": f"muhasebe@{ARDIC.domain}",
        "website": f"www.{ARDIC.domain}",
        "activity_codes": ["46.90.01"],
        "creator": "Defne Müşavir",
        "accountants": [_ACCOUNTANT],
        "first_month": f"{month(today):%Y-%m}",
        "first_entry": _FIRST_ENTRY,
        "first_line": _FIRST_LINE,
    }


def begun(desk: Desk, today: date) -> Month:
    """Begin the month and hand its export in."""
    first = month(today)
    wanted = {"month": f"{first:%Y-%m}"}
    work = int(desk.post("/ledgers/works", json.dumps(wanted))["work"]["id"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "yevmiye.csv"
        write(path, first.year, first.month, LINES)
        desk.put(f"/ledgers/works/{work}/files", path.read_bytes(), "text/csv", name=path.name)
    return Month(wanted["month"], work)


def carry_on(desk: Desk, one: Month) -> int:
    """Do what comes next, if it is somebody's turn; how many of `STEPS` are behind."""
    work = desk.get(f"/ledgers/works/{one.work}")["work"]
    if work["error_code"]:
        raise SystemExit(f"e-Defter: {work['error']}")
    if not work["is_busy"] and (step := _NEXT.get(work["stage"])):
        step(desk, one)
    return STEPS.index(work["stage"]) if work["stage"] in STEPS else 0


def report(desk: Desk, one: Month) -> None:
    """Send the month's report, once all its berats are approved."""
    desk.post(f"/ledgers/months/{one.month}/report", "{}")


def through(platform: Platform) -> int:
    """Packages that GİB is through with: approved berats are here and verified, the report is filed."""
    return int(platform.rows(_THROUGH)[0][0])


def _check(desk: Desk, one: Month) -> None:
    if all(file["state"] == "taken" for file in desk.get(f"/ledgers/works/{one.work}")["files"]):
        desk.post(f"/ledgers/works/{one.work}/steps", '{"step": "check"}')


def _plan(desk: Desk, one: Month) -> None:
    found = desk.get(f"/ledgers/works/{one.work}/findings")["items"]
    seen = [finding["code"] for finding in found if finding["level"] == "warning"]
    desk.post(f"/ledgers/works/{one.work}/steps", json.dumps({"step": "plan", "seen": seen}))


def _create(desk: Desk, one: Month) -> None:
    desk.post(f"/ledgers/works/{one.work}/steps", '{"step": "create"}')


def _seal(desk: Desk, one: Month) -> None:
    desk.post(f"/ledgers/works/{one.work}/seal", "{}")


def _send(desk: Desk, one: Month) -> None:
    desk.post(f"/ledgers/works/{one.work}/send", "")


_NEXT: Final = {
    "uploading": _check,
    "mapping": _check,
    "checked": _plan,
    "planned": _create,
    "built": _seal,
    "sealed": _send,
}
