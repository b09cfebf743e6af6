"""Trains the dictionaries that installations begin with: src/ulak_server/archive/shipped/*.zdict.

Made of the example documents alone, sealed by keys of the tests whose certificates are left out. Bodies depend on a
dictionary for as long as they are kept: an installation keeps what it began with, and takes newer ones for new bodies.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

import zstandard

from ulak.seal.keys.opening import open_key
from ulak.seal.sealing import seal
from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from seal_pki import KNOWN_KEY

HOME: Final = Path(__file__).parents[1]
SHIPPED: Final = HOME / "src/ulak_server/archive/shipped"
TOPICS: Final = ("invoice", "despatch_advice", "receipt_advice", "application_response")
SIZE: Final = 16 * 1024
AT: Final = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LONG_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=]{100,}")


def main() -> None:
    SHIPPED.mkdir(exist_ok=True)
    for topic in TOPICS:
        samples: list[Any] = [LONG_BASE64.sub(b"", document) for document in documents(topic)]
        data = zstandard.train_dictionary(SIZE, samples, level=19, dict_id=1).as_bytes()
        (SHIPPED / f"{topic}.zdict").write_bytes(data)
        print(f"{topic}: {len(samples)} documents, {len(data)} bytes")


def documents(topic: str) -> list[bytes]:
    """The examples of a topic, some of them several times with other numbers, as they are sent."""
    forms = [json.loads(path.read_text("utf-8")) for path in sorted((HOME / "examples" / topic).glob("*.json"))]
    rounds = max(1, 120 // len(forms))
    key = open_key(f"pkcs12:{KNOWN_KEY.p12}")
    made = []
    for place, form in enumerate(forms * rounds):
        document = write_document(cast(Document, from_json({**form, **identity(topic, place)})))
        made += [document, seal(document, key, at=AT)]
    return made


def identity(topic: str, place: int) -> dict[str, Any]:
    return {
        "number": f"{topic[:3].upper()}{AT.year}{place:09}",
        "uuid": str(UUID(int=(place + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128, version=4)),
        "date": f"2026-{1 + place % 12:02}-{1 + place % 28:02}",
        "time": f"{place % 24:02}:{place % 60:02}:{place * 7 % 60:02}",
    }


if __name__ == "__main__":
    main()
