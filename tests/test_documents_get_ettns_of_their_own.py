"""A document that states no ETTN gets one in the order of time, which no other document and no other process gets."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import RFC_4122, UUID

import pytest

from cli_support import called
from json_documents import invoice
from ulak.uuids import new_uuid, uuid_text
from ulak_server.documents.reading import read

WITHOUT = json.dumps({name: value for name, value in invoice().items() if name != "uuid"}).encode()
RANDOM = (1 << 62) - 1


def ettns(count: int) -> list[UUID]:
    return [read(WITHOUT).ettn for _ in range(count)]


def test_each_comes_after_all_before_it_and_tells_when_it_was_made() -> None:
    before = time.time_ns() // 1_000_000
    found = ettns(600)
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    assert all(one.version == 7 and one.variant == RFC_4122 for one in found)
    assert before <= found[0].int >> 80 <= found[-1].int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_62_bits_of_each_are_random() -> None:
    found = [one.int & RANDOM for one in ettns(600)]
    assert len(set(found)) == len(found)
    # Half of them are set: 700 more or less are 7 deviations off.
    assert abs(sum(one.bit_count() for one in found) - 600 * 31) < 700


@pytest.mark.parametrize("step", [0, -3_600_000_000_000], ids=["stands still", "goes back"])
def test_they_stay_in_order_while_the_clock_does_not(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    start, real = new_uuid(), time.time_ns()
    steps = iter(range(10_000))
    monkeypatch.setattr(time, "time_ns", lambda: real + step * next(steps))
    found = [new_uuid() for _ in range(5_000)]
    assert [start, *found] == sorted([start, *found])
    assert len(set(found)) == len(found)


def test_threads_get_different_ones() -> None:
    with ThreadPoolExecutor(8) as threads:
        found = [one for part in threads.map(lambda _: [uuid_text() for _ in range(500)], range(8)) for one in part]
    assert len({one[:18] for one in found}) == len(found) == 4_000


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
    childs = {UUID(bytes=told[at : at + 16]).int & RANDOM for at in (0, 16, 32)}
    assert not childs & {one.int & RANDOM for one in ettns(300)}


def test_the_command_line_gives_such_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, made = tmp_path / "invoice.json", tmp_path / "invoice.xml"
    source.write_bytes(WITHOUT)
    called(capsys, "build", source, "-o", made, "--no-check")
    assert read(made.read_bytes()).ettn.version == 7


def test_its_author_may_state_one() -> None:
    own = UUID("f47ac10b-58cc-4372-a567-0e02b2c3d479")
    assert read(json.dumps(invoice()).encode()).ettn == own
    assert read(WITHOUT, ettn=own).ettn == own
