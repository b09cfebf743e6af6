"""Where in a sheet something is wrong: findings name fields of the document, people look for cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

__all__ = ["place_of", "single", "spot"]

_PLACES: Final = {
    "intake.partner-missing": "/customer/tax_id",
    "intake.partner-number": "/customer/tax_id",
    "intake.registered": "/profile",
    "intake.unregistered": "/profile",
    "intake.no-earchive": "/customer/tax_id",
    "intake.no-einvoice": "/customer/tax_id",
    "intake.number-prefix": "/number",
    "intake.number-portal": "/number",
    "intake.not-registered": "/customer/tax_id",
    "intake.no-list": "/customer/tax_id",
    "intake.alias": "#alias",
    "intake.series": "#series",
    "intake.number-taken": "/number",
    "intake.number": "/number",
    "intake.number-year": "/number",
    "intake.number-of-series": "/number",
    "intake.number-and-series": "/number",
    "intake.date": "/date",
    "intake.erp-key-taken": "#erp_key",
}
"""Fields of which a refusal is about as a whole, and which it does not point at."""
_LINE: Final = re.compile(r"/lines/(\d+)(?=/|$)")


def spot(where: str, rows: Sequence[int], columns: Mapping[str, int]) -> tuple[int, int | None]:
    """The row and the column of a JSON pointer; of what no column holds, the row alone.

    Args:
        rows: of the document's lines, in their order.
        columns: by pointer, with ``{n}`` for any line; see `building.pointers_of`.

    >>> spot("/lines/1/price", [7, 8], {"/lines/{n}/price": 4})
    (8, 4)
    >>> spot("/customer/address", [7, 8], {"/customer/address/city": 2, "/customer/tax_id": 1})
    (7, 2)
    """
    row = rows[0] if rows else 0
    if line := _LINE.match(where):
        row = rows[min(int(line[1]), len(rows) - 1)] if rows else 0
        where = f"/lines/{{n}}{where[line.end() :]}"
    pointer = where.rstrip("/")
    while pointer and pointer != "/lines/{n}":
        if pointer in columns:
            return row, columns[pointer]
        inner = next((at for place, at in columns.items() if place.startswith(f"{pointer}/")), None)
        if inner is not None and pointer.count("/") > 1 - pointer.startswith("/customer"):
            return row, inner
        pointer = pointer.rpartition("/")[0]
        if pointer in ("/customer", "/lines"):
            break
    return row, None


def place_of(problem: Mapping[str, Any]) -> str:
    """The field that a fault is about: as it points, else as its code says."""
    return str(problem.get("where") or "") or _PLACES.get(str(problem.get("code")), "")


def single(problem: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The single faults of a refusal of a batch; the refusal itself, if it names none."""
    return problem.get("errors") or [problem]
