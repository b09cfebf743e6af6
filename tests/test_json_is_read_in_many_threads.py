"""The first documents of a process may come in several threads at once: a web server's do."""

from __future__ import annotations

import subprocess
import sys

import pytest

FRIENDLY = (
    '{"date":"2026-01-01","supplier":{"tax_id":"1"},"customer":{"tax_id":"2"},"lines":[{"name":"a","price":1,"vat":20}]'
)
PATCHED = FRIENDLY + ',"ubl":{"cac:PaymentTerms":{"cbc:Note":"x"}}}'
PROGRAM = """
import json, sys, threading
from ulak.ubl.forms import from_json

data = sys.argv[1].encode()
given = json.loads(data) if sys.argv[2] == "decoded" else data
start = threading.Barrier(8)
read = []

def run():
    start.wait()
    for _ in range(3):
        read.append(from_json(given, number="n", new_uuid=lambda: "u"))

threads = [threading.Thread(target=run) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(read) == 24 and len(set(map(repr, read))) == 1
"""


@pytest.mark.parametrize("form", ["text", "decoded"])
@pytest.mark.parametrize("data", [FRIENDLY + "}", PATCHED], ids=["plain", "patched"])
def test_the_first_documents_are_read_at_once(data: str, form: str) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, data, form], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
