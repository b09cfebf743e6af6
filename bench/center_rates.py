"""Measures what `bench/center` prints."""

from __future__ import annotations

import argparse
import itertools
import re
import statistics
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from bench.invoices import NOW
from bench.measuring import ratios, signer
from bench.seal_rates import RSA
from bench.wire_rates import INVOICES, full
from ulak.envelope import Envelope, EnvelopeType, Group, Packed, Role, opening, pack, respond
from ulak.process import keep_freed_memory
from ulak.wire.efatura import Document, Receipt
from ulak_center.center import Center, Setup
from ulak_center.clock import VirtualClock
from ulak_center.courier import InlineCourier, Request
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.registry import Integrator
from ulak_center.values import Unit, Use

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from center_registry import INTEGRATOR, book

JUDGED: Final = 0.005
UNJUDGED: Final = 0.02
CALLS: Final = 3
_ETTN: Final = re.compile(rb"(?<=<cbc:UUID>)[0-9a-f-]{36}(?=</cbc:UUID>)")
_NUMBER: Final = re.compile(rb"ULK2026\d{9}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    keep_freed_memory()
    sign = signer()
    envelope, packs = full(), Packs()
    packed = pack(envelope)
    print(f"{INVOICES} sealed 10-line invoices: packed {packed.size} bytes")
    known = book()
    for judge, goal, what in (
        (Judge(packs.checker_of, documents=False), UNJUDGED, "without judging the documents"),
        (Judge(packs.checker_of), JUDGED, "with full judging"),
    ):
        found = ratios(lambda judge=judge: judge.judge(packed.name, packed.data, known, NOW), sign, rounds, 5)  # type: ignore[misc]
        show(f"judge {what}", found, None)
        for answers, said, wanted in ((False, "take and answer", goal), (True, "round trip to 1300", None)):
            pass_one = passing(judge, packs, copies(envelope, rounds * (CALLS + 1)), answers=answers)
            show(f"{said} {what}", ratios(pass_one, sign, rounds, CALLS), wanted)


def show(what: str, found: Sequence[float], goal: float | None) -> None:
    """As `bench.measuring.show`, with the digits that these ratios need."""
    middle = statistics.median(found)
    verdict = "" if goal is None else f"   goal {goal:g}x: {'reached' if middle >= goal else 'MISSED'}"
    print(f"{what:52} {middle:.4f}x {RSA} (min {min(found):.4f}, max {max(found):.4f}){verdict}")


def passing(judge: Judge, packs: Packs, envelopes: Iterator[Packed], *, answers: bool) -> Callable[[], None]:
    """Sends the next envelope through a center of its own: taken, judged, answered by a system response, delivered.

    Args:
        answers: whether the receiver sends its own system response, which is judged and passed on, too.
    """
    courier, clock = InlineCourier(), VirtualClock(NOW)
    center = Center(Setup(clock=clock, courier=courier), judge, packs)
    courier.add("memory:kurum", Counterpart(center, answers=answers))
    center.register_integrator(Integrator(INTEGRATOR, "Kurum", "memory:kurum", "memory:kurum"))
    open_units(center)

    def call() -> None:
        packed = next(envelopes)
        center.send_document(Document(packed.name, packed.data, packed.md5))
        center.advance(timedelta(seconds=5))
        kept = center.desk.book.get(packed.name.removesuffix(".zip"))
        status = kept.status if kept else 0
        if status != (1300 if answers else 1220):
            raise SystemExit(f"the envelope ended with {status}")

    return call


def open_units(center: Center) -> None:
    """Both parties of the envelopes, both roles."""
    for number, name in (("4812530769", "ardic"), ("7359021640", "meltem")):
        units = [
            Unit(number, f"urn:mail:default{role.lower()}@{name}.example", role, use, INTEGRATOR, NOW)
            for role in Role
            for use in Use
        ]
        center.open_account(number, name, "OZEL", units)


class Counterpart:
    """The integrator at both ends, which answers an envelope that was delivered with 1200 if it is told to."""

    def __init__(self, center: Center, *, answers: bool) -> None:
        self._center = center
        self._answers = answers

    def __call__(self, request: Request) -> Receipt:
        assert isinstance(request, Document)
        if self._answers:
            header = opening(request.data, parse=False).header
            if header.type is not EnvelopeType.SYSTEM:
                answer = pack(respond(header, "1200", now=NOW, new_id=lambda: str(uuid.uuid4())))
                self._center.send_document(Document(answer.name, answer.data, answer.md5))
        return Receipt("ok", request.hash)


def copies(envelope: Envelope, count: int) -> Iterator[Packed]:
    """Envelopes like this one whose documents have numbers and ETTNs of their own; seals do not hold any more."""
    numbers = itertools.count(1)
    made: list[Packed] = []
    for _ in range(count):
        documents = [_renumbered(document, next(numbers)) for document in envelope.groups[0].documents]
        header = envelope.header._replace(id=str(uuid.uuid4()))
        made.append(pack(Envelope(header, (Group(envelope.groups[0].type, documents),)), parse=False))
    return iter(made)


def _renumbered(document: bytes, number: int) -> bytes:
    found = _ETTN.search(document)
    assert found is not None
    fresh = str(uuid.uuid5(uuid.NAMESPACE_URL, str(number))).encode()
    # The Ids of the seal end with the ETTN, so they change with it.
    return _NUMBER.sub(b"ULK2026%09d" % number, document.replace(found[0], fresh))


if __name__ == "__main__":
    main()
