"""The memory that a list takes does not grow with the list."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

MANY: Final = 25_000
GROWTH: Final = 10
"""Megabytes; as many users kept in a list take twice as much."""

CODE: Final = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ulak.userlist import read_users
from ulak_center.population import Population
from ulak_center.userlists import List, Publisher

def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024

def work(count, folder):
    publisher = Publisher(Path(folder) / str(count), Population(count))
    publisher.publish([], datetime(2026, 11, 22, tzinfo=UTC))
    return KEEP(read_users(publisher.path(List.PK)))

count, folder, how = sys.argv[1:]
KEEP = list if how == "keep" else lambda users: sum(1 for _ in users)
work(1000, folder)
before = peak()
work(int(count), folder)
print(peak() - before)
"""


def growth(folder: Path, count: int, how: str) -> float:
    ran = subprocess.run(
        [sys.executable, "-c", CODE, str(count), str(folder), how], capture_output=True, text=True, check=True
    )
    return float(ran.stdout)


def test_a_list_is_published_and_read_in_the_memory_of_a_few_users(tmp_path: Path) -> None:
    assert growth(tmp_path, MANY, "count") < GROWTH


def test_this_would_notice_if_users_were_kept(tmp_path: Path) -> None:
    assert growth(tmp_path, MANY, "keep") > GROWTH
