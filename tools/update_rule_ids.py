"""Give the rules of packs their ids for good: adds what ``src/ulak/rules/data/ids.json`` lacks.

Usage: ``python tools/update_rule_ids.py [PACKAGE…]`` – GİB's packages after the pack that comes with Ulak, oldest
first, each a zip archive or a folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from ulak.rules.identity import assign, built_in_ledger, dump, extend, prefix_of
from ulak.rules.importer import add
from ulak.rules.pack import Pack
from ulak.rules.store import PackStore, built_in_pack

IDS = Path(__file__).parents[1] / "src" / "ulak" / "rules" / "data" / "ids.json"


def main(packages: list[str]) -> None:
    """Rewrite the ledger; ids that are in it stay as they are."""
    with tempfile.TemporaryDirectory() as home:
        store = PackStore(Path(home))
        packs: list[Pack] = [built_in_pack(), *(add(Path(package), store) for package in packages)]
        ledger = built_in_ledger()
        for pack in packs:
            for role in pack.schematrons:
                prefix = prefix_of(pack.kind, role)
                ledger = extend(ledger, assign(pack.schematron(role), ledger, prefix=prefix)[1])
    IDS.write_text(dump(ledger), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
