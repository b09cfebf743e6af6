"""docs/archive.md, docs/audit.md and docs/userlist-sync.md name every error as the sources say it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ulak.errors import Table
from ulak_server.archive.problems import PROBLEMS as ARCHIVE
from ulak_server.audit.problems import PROBLEMS as AUDIT
from ulak_server.userlist.problems import PROBLEMS as LISTS

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(
    ("page", "table"),
    [("archive.md", ARCHIVE), ("audit.md", AUDIT), ("userlist-sync.md", LISTS)],
    ids=["archive", "audit", "lists"],
)
def test_every_error_stands_on_its_page(page: str, table: Table) -> None:
    rows = re.findall(r"^\| `([a-z.-]+)` \| (.+?) \| (no|yes) \|$", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    told = [(code, said.text.en, "no" if said.permanent else "yes") for code, said in table.items()]
    assert rows == told


@pytest.mark.parametrize("table", [ARCHIVE, AUDIT, LISTS], ids=["archive", "audit", "lists"])
def test_every_error_says_what_to_do_in_both_languages(table: Table) -> None:
    for code, said in table.items():
        for text in (said.text, said.repair):
            assert text.tr, code
            assert text.en, code
            assert set(re.findall(r"{(\w+)}", text.tr)) == set(re.findall(r"{(\w+)}", text.en)), code
