"""Measures what `bench/ledger` prints: a month's entries made into sealed books and berats, and checked.

Building is all that stands between checked entries and berats that are ready to be packed: numbers given, the month
split at 200 MB, journal and general ledger written, both sealed, both berats made and sealed. Its peer is lxml, which
in the same run writes the same XML to the same disk from trees that it has in memory already; reading them does not
count. A step has its own process, so that memory is that of the step. CPU is what counts, beside it time by the clock;
where the two differ by much, the machine was busy.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

_GOAL_RATIO: Final = 0.3
_GOAL_MEGABYTES: Final = 300.0
_GOAL_CHECK: Final = 10.0
_GOAL_LINEAR: Final = 1.3
"""So much more may a line of the large month take than one of the usual."""
_MILLION: Final = 1_000_000


def main() -> None:
    """Measure, and print what the goals say."""
    wants = argparse.ArgumentParser(description=__doc__)
    wants.add_argument("--lines", type=int, default=_MILLION)
    wants.add_argument("--largest", type=int, default=10 * _MILLION, help="0: not measured")
    wants.add_argument("--scratch", default=None, help="directory with room for 3.5 GB for each million --lines")
    said = wants.parse_args()
    usual = _month(said.lines, said.scratch, is_kept=True)
    if said.largest:
        large = _month(said.largest, said.scratch, is_kept=False)
        _say("a line of the largest month", large / usual, "x", _GOAL_LINEAR)


def _month(lines: int, scratch: str | None, *, is_kept: bool) -> float:
    """Measure a month, and tell the CPU of building by line."""
    place = Path(tempfile.mkdtemp(prefix="ulak-bench-", dir=scratch))
    try:
        _step("fill", place, lines)
        checked = _step("check", place, lines)
        built = _step("build", place, int(is_kept))
        cpu, clock = _sums(built)
        print(
            f"\n{lines} lines: {built['parts']} part(s), {built['size'] / 1e9:.2f} GB in both books, {built['berats']}"
            f" berats\nbuilt in {cpu:.1f} s of CPU, {clock:.1f} s by the clock: "
            + ", ".join(f"{name} {spent[0]:.1f}" for name, spent in built["steps"].items())
        )
        if checked["found"]:
            raise SystemExit(f"the entries should be clean: {checked['found']}")
        _say("largest memory, building", built["megabytes"], "MB", _GOAL_MEGABYTES)
        _say("largest memory, checking", checked["megabytes"], "MB", _GOAL_MEGABYTES)
        _say("check, a million lines", _sums(checked)[0] * _MILLION / lines, "s of CPU", _GOAL_CHECK)
        if is_kept:
            _beside_lxml(place, built)
        return cpu / lines
    finally:
        shutil.rmtree(place)


def _beside_lxml(place: Path, built: dict[str, Any]) -> None:
    written = [_step("write", path, 0) for path in sorted(place.glob("*-[YK]-*.xml"))]
    if (size := sum(one["size"] for one in written)) * 1.01 < built["size"]:
        raise SystemExit(f"lxml wrote {size} bytes of {built['size']}")
    peer = [sum(_sums(one)[place] for one in written) for place in (0, 1)]
    print(f"lxml writes the same in {peer[0]:.1f} s of CPU, {peer[1]:.1f} s by the clock")
    for place_of, of in ((0, "CPU"), (1, "the clock")):
        _say(f"speed of lxml, by {of}", peer[place_of] / _sums(built)[place_of], "x", _GOAL_RATIO, is_least=True)


def _sums(made: dict[str, Any]) -> tuple[float, float]:
    """CPU and clock of all steps."""
    return sum(spent[0] for spent in made["steps"].values()), sum(spent[1] for spent in made["steps"].values())


def _step(name: str, place: Path, count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.ledger_books", name, str(place), str(count)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def _say(what: str, found: float, unit: str, goal: float, *, is_least: bool = False) -> None:
    """Print a figure and whether it reaches its goal: no more than it, or no less if ``is_least``."""
    verdict = "reached" if (found >= goal if is_least else found <= goal) else "MISSED"
    print(f"{what:32} {found:8.2f} {unit}   goal {goal:g}: {verdict}")


if __name__ == "__main__":
    main()
