"""Neutral rows in DuckDB, before they mean anything: the columns that the mapping names, trimmed."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from ulak.codes.lists import fold
from ulak.ledger.intake.choices import CHOICES
from ulak.ledger.intake.fields import folded_heading
from ulak.ledger.intake.mapping import Mapping
from ulak.ledger.intake.neutral import LONGEST_ROW, cleaned
from ulak.ledger.intake.parsing import literal, plain_sql

__all__ = ["Raw", "load", "rows_sql"]

_LOOKED_UP: Final = frozenset(CHOICES) - {"entry"}


class Raw(NamedTuple):
    """What is known of a file's rows.

    Attributes:
        places: column of each field, counted from 1.
        rows: how many were written.
        faults: file of those of cells and rows as such, in the form of rows; None: there are none.
        accounts: of the chart, which JSON lines may hold besides.
    """

    source: str
    headings: tuple[str, ...]
    places: Dict[str, int]
    rows: int
    faults: Path | None
    accounts: Dict[str, str]
    kind: str

    def heading(self, field: str) -> str:
        """What a field's column is called in the file."""
        place = self.places.get(field, 0)
        return (self.headings[place - 1] or f"#{place}") if place else ""


def load(connection: duckdb.DuckDBPyConnection, waiting: Path, raw: Raw, mapping: Mapping) -> int:
    """Make the temporary table ``raw`` (``place``, ``number``, ``f_<field>``); gives how many rows were skipped."""
    cells = [_cell(field, place, mapping) for field, place in raw.places.items()]
    fixed = {field: cleaned(value) for field, value in mapping.fixed.items() if field not in raw.places}
    cells += [f"{literal(value)} AS f_{field}" for field, value in fixed.items()]
    filled = ", ".join(_filled(field, mapping) for field in (*raw.places, *fixed))
    filled_cells = ", ".join(f"f_{one}" for one in raw.places)
    connection.execute(
        f"CREATE TEMP TABLE raw AS SELECT place, number, is_kept, {filled} "  # noqa: S608 fixed
        f"FROM (SELECT place, number, {_kept(raw, mapping)} AS is_kept, {', '.join(cells)} FROM {_file(waiting, raw)}) "
        f"WHERE coalesce({filled_cells}) IS NOT NULL"
    )
    found = connection.execute("SELECT count(*) FROM raw WHERE NOT is_kept").fetchone()
    skipped = int(found[0]) if found else 0
    if skipped:
        connection.execute("DELETE FROM raw WHERE NOT is_kept")
    return skipped


def _file(waiting: Path, raw: Raw) -> str:
    return rows_sql(waiting, ["place", "number", *(f"c{at}" for at in range(1, len(raw.headings) + 1))])


def rows_sql(path: Path, names: list[str]) -> str:
    """The table of a file of rows; the first two columns are whole numbers."""
    columns = ", ".join(f"'{name}': '{'BIGINT' if at < 2 else 'VARCHAR'}'" for at, name in enumerate(names))
    return (
        f"read_csv({literal(str(path))}, columns={{{columns}}}, delim=chr(31), quote='', escape='', header=false, "
        f"auto_detect=false, max_line_size={LONGEST_ROW * 2}, buffer_size={LONGEST_ROW * 8})"
    )


def _cell(field: str, place: int, mapping: Mapping) -> str:
    cell = f"nullif(trim(c{place}), '')"
    words = mapping.values.get(field) if field not in _LOOKED_UP else None
    if words:
        cases = " ".join(f"WHEN {literal(word)} THEN nullif({literal(value)}, '')" for word, value in words.items())
        cell = f"CASE {plain_sql(cell)} {cases} ELSE {cell} END"
    return f"{cell} AS f_{field}"


def _filled(field: str, mapping: Mapping) -> str:
    if field in mapping.fill_down:
        return f"last_value(f_{field} IGNORE NULLS) OVER (ORDER BY place ROWS UNBOUNDED PRECEDING) AS f_{field}"
    return f"f_{field}"


def _kept(raw: Raw, mapping: Mapping) -> str:
    """Which rows are lines: neither skipped by the mapping nor headings once more."""
    rules = []
    folded = [folded_heading(one) for one in raw.headings]
    for heading, values in mapping.skip.items():
        for place, one in enumerate(folded, 1):
            if one and one == folded_heading(heading):
                listed = ", ".join(literal(fold(value)) for value in values)
                plain = f"replace({plain_sql(f'trim(c{place})')}, 'ı', 'i')"
                rules.append(f"coalesce(lower(strip_accents({plain})), '') NOT IN ({listed})")
    for field in ("account", "code"):
        if heading := raw.heading(field):
            rules.append(f"coalesce(trim(c{raw.places[field]}), '') <> {literal(heading)}")
    return " AND ".join(rules) or "true"
