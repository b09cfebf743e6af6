"""Rates against a peer in the same run. Rounds are interleaved, so that a busy moment hits both sides."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

__all__ = [
    "WITHOUT_IFMA",
    "Beside",
    "RsaRates",
    "ratios",
    "rsa_beside",
    "rsa_rate",
    "rsa_rates",
    "seconds",
    "show",
    "signer",
]

WITHOUT_IFMA: Final = ("OPENSSL_ia32cap", ":~0x200000")
"""Switches the AVX512-IFMA instructions off for OpenSSL, which halve the time of a signature; read as it is loaded."""
_SIGNATURES: Final = 400
_TRIES: Final = 5
_BURST: Final = 10
_PAUSE: Final = 0.25


class RsaRates(NamedTuple):
    """RSA-2048 signatures a second of processor time of one core.

    Attributes:
        as_it_is: with all that OpenSSL can use on this machine.
        without_ifma: as on most processors. The goals were set on a machine that signs 1 490 times a second.
    """

    as_it_is: float
    without_ifma: float


def rsa_rates() -> RsaRates:
    """Both rates, each measured in a process of its own: OpenSSL reads what it may use only as it is loaded."""
    name, value = WITHOUT_IFMA
    bare = {key: said for key, said in os.environ.items() if key != name}
    return RsaRates(_rate_in_child(bare), _rate_in_child({**bare, name: value}))


def _rate_in_child(environment: dict[str, str]) -> float:
    command = [sys.executable, "-m", "bench.measuring"]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, env=environment, cwd=root, check=True, capture_output=True, text=True)
    return float(done.stdout)


def rsa_rate() -> float:
    """Of this process: the best of some tries, by processor time, so that what another program takes does not count."""
    sign = signer()
    return max(_signed(sign) for _ in range(_TRIES))


def _signed(sign: Callable[[], object]) -> float:
    start = time.process_time()
    for _ in range(_SIGNATURES):
        sign()
    return _SIGNATURES / (time.process_time() - start)


class Beside:
    """Signatures made now and then while something else is measured, in the same moments of the same machine.

    Attributes:
        seconds: of processor time that this process took for them, their key included.
    """

    def __init__(self) -> None:
        self.seconds, self._signing, self._signatures = 0.0, 0.0, 0
        self._stop = threading.Event()

    @property
    def rate(self) -> float:
        """RSA-2048 signatures a second of processor time."""
        return self._signatures / self._signing

    def sign_until_stopped(self) -> None:
        """Short bursts, so that what is measured hardly notices."""
        sign = signer()
        while True:
            began = time.thread_time()
            for _ in range(_BURST):
                sign()
            self._signing += time.thread_time() - began
            self._signatures += _BURST
            if self._stop.wait(_PAUSE):
                self.seconds = time.thread_time()
                return

    def stop(self) -> None:
        self._stop.set()


@contextmanager
def rsa_beside() -> Iterator[Beside]:
    """The rate of signatures while the body runs: what else happens on the machine slows both sides alike."""
    one = Beside()
    thread = threading.Thread(target=one.sign_until_stopped)
    thread.start()
    try:
        yield one
    finally:
        one.stop()
        thread.join()


def signer() -> Callable[[], Any]:
    """Signs once with RSA-2048: the physical limit of sealing on this core."""
    key = rsa.generate_private_key(65537, 2048)
    data = bytes(200)
    return lambda: key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def ratios(ours: Callable[[], object], peer: Callable[[], object], rounds: int, calls: int = 200) -> list[float]:
    """Our rate over the peer's, once a round."""
    return [seconds(peer, calls) / seconds(ours, calls) for _ in range(rounds)]


def seconds(call: Callable[[], object], calls: int) -> float:
    """Mean time of a call, after one that does not count."""
    call()
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - start) / calls


def show(what: str, found: Sequence[float], peer: str, goal: float | None) -> None:
    """Print the median of the ratios and whether it reaches the goal."""
    middle = statistics.median(found)
    verdict = "" if goal is None else f"   goal {goal:g}x: {'reached' if middle >= goal else 'MISSED'}"
    print(f"{what:28} {middle:6.2f}x {peer} (min {min(found):.2f}, max {max(found):.2f}){verdict}")


if __name__ == "__main__":
    print(rsa_rate())
