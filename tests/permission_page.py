"""The tables of permissions on docs/people.md, as they follow from the sources.

`python tests/permission_page.py` writes them anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[1] / "docs" / "people.md"
OTHERS: Final = {
    "GET /api/v1/openapi.json": "the description of the API",
    "GET, POST /gib/efatura": "GİB's calls: from the networks in `ULAK_MERKEZ_NETWORKS`, and from anybody while that is"
    " empty, as it is by default. Documents are judged by their seals; system responses bear none",
    "GET /health": "whether the process lives",
    "GET /metrics": "counts without names, for the operator's network",
    "GET /ready": "whether work can be taken",
}
"""Addresses outside of the API's ways, which ask nobody who they are, and why that is right."""


def actions() -> str:
    """Action × who."""
    from ulak_server.people.actors import Standing
    from ulak_server.people.permissions import ACTIONS

    columns = list(Standing)
    lines = [f"| action | {' | '.join(columns)} | |", "|---|" + "---|" * (len(columns) + 1)]
    for name, one in ACTIONS.items():
        marks = " | ".join("yes" if standing in one.open_to else "" for standing in columns)
        lines.append(f"| `{name}` | {marks} | {one.about.en} |")
    return "\n".join(lines)


def ways() -> str:
    """Every address and its action."""
    from ulak_server.api.service import PREFIX, ways

    lines = ["| address | action | |", "|---|---|---|"]
    lines += [
        f"| `{way.method} {PREFIX}{way.path}` | `{way.action}` | {'for one taxpayer' if way.needs_taxpayer else ''} |"
        for way in sorted(ways(), key=lambda way: (way.path, way.method))
    ]
    lines += [f"| `{address}` | open | {why} |" for address, why in OTHERS.items()]
    return "\n".join(lines)


def pages() -> str:
    """Every page and its action."""
    from ulak_server.console.rooms import ROOMS as CONSOLE
    from ulak_server.pages.urls import pages_of
    from ulak_server.portal.rooms import ROOMS as PORTAL

    lines = ["| page | action | |", "|---|---|---|"]
    lines += [
        f"| `{page.method} /{shortened(page.address)}` | `{page.action}` | {page.title.en} |"
        for page in sorted(pages_of([*PORTAL, *CONSOLE]), key=lambda page: (page.address, page.method))
    ]
    return "\n".join(lines)


def shortened(address: str) -> str:
    """An address of Django's without the kinds of its parts."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address)


def put(name: str, table: str, page: str) -> str:
    """The page with a table in its place, between ``<!-- name -->`` and ``<!-- end -->``."""
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    made, count = place.subn(lambda found: f"{found[1]}{table}\n{found[2]}", page)
    assert count == 1, name
    return made


def written(page: str) -> str:
    return put("pages", pages(), put("ways", ways(), put("actions", actions(), page)))


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ulak_server.settings")
    django.setup()
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
