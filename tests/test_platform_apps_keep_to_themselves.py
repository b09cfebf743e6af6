"""Apps of the platform use of each other only what docs/architecture.md says that they offer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).parents[1]
PLATFORM = HOME / "src" / "ulak_server"
APPS = {
    "api",
    "archive",
    "audit",
    "books",
    "composing",
    "delivery",
    "designs",
    "documents",
    "exchange",
    "ledgers",
    "operations",
    "overview",
    "pages",
    "people",
    "taxpayers",
    "userlist",
}
BEGINS = "### What apps of `ulak_server` offer each other"


def offered() -> set[str]:
    """``app.module``, as the page has them."""
    page = (HOME / "docs" / "architecture.md").read_text("utf-8").partition(BEGINS)[2].partition("\n### ")[0]
    rows = re.findall(r"^\| `([a-z]+)` \| (.+?) \|", page, re.MULTILINE)
    return {f"{app}.{module}" for app, cell in rows for module in re.findall(r"`([a-z_]+)`", cell)}


def imported(path: Path) -> Iterator[str]:
    """``app.module`` of the imports in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("ulak_server."):
            for name in node.names:
                _, app, *inner = [*node.module.split("."), name.name]
                if app in APPS:
                    yield f"{app}.{inner[0]}"


def strangers() -> dict[str, set[str]]:
    """What each app uses of others, besides services and models."""
    used: dict[str, set[str]] = {}
    for path in PLATFORM.rglob("*.py"):
        own = path.relative_to(PLATFORM).parts[0]
        foreign = {name for name in imported(path) if not name.startswith(f"{own}.")}
        used.setdefault(own, set()).update(
            name for name in foreign if name.partition(".")[2] not in {"services", "models"}
        )
    return used


def test_apps_use_only_what_others_offer() -> None:
    wrong = {user: sorted(used - offered()) for user, used in strangers().items() if used - offered()}
    assert wrong == {}


def test_all_that_is_offered_is_used() -> None:
    assert sorted(offered() - set().union(*strangers().values())) == []
