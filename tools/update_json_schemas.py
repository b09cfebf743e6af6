"""Write the published JSON Schemas of the friendly documents next to the classes they are made from."""

from __future__ import annotations

import json
from pathlib import Path

from ulak.ubl.forms.registry import KINDS
from ulak.ubl.forms.schema import schema_of

FOLDER = Path(__file__).parents[1] / "src" / "ulak" / "ubl" / "forms" / "schemas"


def main() -> None:
    """Write one file per kind of document."""
    for document in KINDS:
        text = json.dumps(schema_of(document), ensure_ascii=False, indent=1)
        (FOLDER / f"{document}.schema.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
