"""The `ulak` command as a person runs it, and documents to run it on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest

from ulak.cli.main import main
from ulak.ubl.documents import write_document
from ulak.ubl.forms import from_json

EXAMPLES = Path(__file__).parents[1] / "examples"
ULAK = Path(sys.executable).with_name("ulak")
DAY = "2026-11-22"
"""The examples are dated before it; a later date of issue would be an error."""


class Ran(NamedTuple):
    """What came of one run."""

    code: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        found = json.loads(self.out)
        assert isinstance(found, list)
        return found


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """That of a fresh user: no packs of their own, no terminal."""
    kept = {name: value for name, value in os.environ.items() if name not in ("ULAK_LANG", "COLUMNS", "NO_COLOR")}
    return {**kept, "ULAK_HOME": os.devnull, "COLUMNS": "80", **(extra or {})}


def ulak(
    *arguments: str | bytes | Path,
    stdin: bytes = b"",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Ran:
    """Run the installed command in a process of its own."""
    ran = subprocess.run(
        [ULAK, *arguments], input=stdin, capture_output=True, cwd=cwd, env=environment(env), timeout=120, check=False
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def called(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Ran:
    """Run the command in this process, which is much quicker."""
    capsys.readouterr()
    with patch.dict(os.environ):
        os.environ.setdefault("ULAK_HOME", os.devnull)
        code = main([str(argument) for argument in arguments])
    sys.stdout.flush()
    said = capsys.readouterr()
    return Ran(int(code), said.out, said.err)


@cache
def document(name: str = "invoice/temelfatura-satis") -> bytes:
    """The UBL of one of the examples; it is valid on `DAY`."""
    return write_document(from_json((EXAMPLES / f"{name}.json").read_bytes()))  # type: ignore[arg-type]


@cache
def wrong_document() -> bytes:
    """An invoice that breaks exactly one rule: InvoiceIDCheck-1."""
    found = document()
    number = found.partition(b"<cbc:ID>")[2][:3]
    return found.replace(b"<cbc:ID>" + number, b"<cbc:ID>" + number.lower(), 1)


def put(folder: Path, name: str | bytes, data: bytes | None = None) -> Path:
    """A file with a document, valid unless told otherwise."""
    path = Path(os.fsdecode(os.path.join(os.fsencode(folder), os.fsencode(name))))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document() if data is None else data)
    return path
