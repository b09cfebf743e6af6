"""A document that states no ETTN gets a random one, which no other document and no other process gets."""

from __future__ import annotations

import json
import os
from uuid import RFC_4122, UUID

from json_documents import invoice
from ulak_server.documents.reading import read

WITHOUT = json.dumps({name: value for name, value in invoice().items() if name != "uuid"}).encode()


def ettns(count: int) -> list[UUID]:
    return [read(WITHOUT).ettn for _ in range(count)]


def test_each_is_random_and_new() -> None:
    found = ettns(600)
    assert len(set(found)) == len(found)
    assert all(one.version == 4 and one.variant == RFC_4122 for one in found)
    # 122 random bits each, half of them set, and two that are always set: 1 000 more or less are 7 deviations off.
    assert abs(sum(one.int.bit_count() for one in found) - 600 * (61 + 2)) < 1_000


def test_a_child_gives_none_of_its_parents() -> None:
    read(WITHOUT)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, b"".join(one.bytes for one in ettns(3)))
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(reading, 48)
    os.close(reading)
    os.close(writing)
    assert len(told) == 48
    assert not {told[at : at + 16] for at in (0, 16, 32)} & {one.bytes for one in ettns(300)}


def test_its_author_may_state_one() -> None:
    own = UUID("f47ac10b-58cc-4372-a567-0e02b2c3d479")
    assert read(json.dumps(invoice()).encode()).ettn == own
    assert read(WITHOUT, ettn=own).ettn == own
