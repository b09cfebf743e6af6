"""Bodies that many threads squeeze and expand at once with one dictionary come back as they were."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from zstandard import ZstdError

from ulak_server.archive.squeezing import Squeezer

THREADS = 8
ROUNDS = 150


def bodies() -> list[bytes]:
    drawn = random.Random(5)
    words = [f"{drawn.getrandbits(64):x}" for _ in range(300)]
    return [" ".join(drawn.choices(words, k=2000)).encode() for _ in range(24)]


def spoilt() -> int:
    """How many bodies did not come back."""
    known = bodies()
    squeezer = Squeezer(b"".join(known[:4]))

    def work(thread: int) -> int:
        told = 0
        for place in range(ROUNDS):
            body = known[(place * 7 + thread) % len(known)]
            told += squeezer.expand(squeezer.squeeze(body, is_final=place % 5 == 0)) != body
        return told

    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(work, range(THREADS)))


def test_threads_share_a_dictionary_and_no_compressor() -> None:
    # Apart, since what this guards against ends the process.
    done = subprocess.run([sys.executable, __file__], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "0"), done.stderr


def test_what_one_thread_squeezed_any_dictionary_of_the_same_bytes_expands() -> None:
    known = bodies()
    one, other = Squeezer(known[0]), Squeezer(known[0])
    assert [other.expand(one.squeeze(body)) for body in known] == known


def test_a_body_that_cannot_be_expanded_spoils_none_after_it() -> None:
    squeezer = Squeezer()
    small = squeezer.squeeze(b"<Invoice/>" * 50)
    for broken in (b"", b"no zstd", small[:-3]):
        with pytest.raises(ZstdError):
            squeezer.expand(broken)
        assert squeezer.expand(small) == b"<Invoice/>" * 50


if __name__ == "__main__":
    print(spoilt())
