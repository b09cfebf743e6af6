"""How fast documents are set as PDF, against RSA-2048 signatures of the same core. `bench/render` prints it too."""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.invoices import NOW, invoice_json
from bench.measuring import seconds, signer
from ulak.render.pdf import to_pdf
from ulak.ubl import invoice

RSA = "the RSA-2048 rate"
GOAL = 0.04
ORDINARY = Path(__file__).parents[1] / "examples" / "more" / "ordinary.json"
CALLS = 25
SIGNATURES = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    print_rates(parser.parse_args().rounds)


def print_rates(rounds: int) -> None:
    """The ordinary invoice of the examples has the goal; others are shown beside it."""
    sign = signer()
    print(f"RSA-2048: {1 / seconds(sign, 200):.0f} signatures a second")
    _show("PDF, ordinary invoice", rates(ordinary(), sign, rounds), GOAL)
    _show("PDF, 10 lines", rates(of_lines(10), sign, rounds), None)
    _show("PDF, 500 lines", rates(of_lines(500), sign, 2, calls=2), None)


def _show(what: str, found: list[float], goal: float | None) -> None:
    middle = statistics.median(found)
    verdict = "" if goal is None else f"   goal {goal:g}x: {'reached' if middle >= goal else 'MISSED'}"
    print(f"{what:28} {middle:.4f}x {RSA} (min {min(found):.4f}, max {max(found):.4f}){verdict}")


def ordinary() -> Iterator[bytes]:
    """The ordinary invoice, always a little different: Typst remembers what it has set."""
    document = json.loads(ORDINARY.read_bytes())
    for at in itertools.count(1):
        document["lines"][0]["quantity"] = at
        document["lines"][1]["name"] = f"Kitap {at}"
        yield invoice.write(invoice.from_json(document))


def of_lines(count: int) -> Iterator[bytes]:
    document = invoice_json(count)
    for at in itertools.count(1):
        document["lines"][0]["quantity"] = at
        yield invoice.write(invoice.from_json(json.dumps(document).encode(), now=NOW))


def rates(documents: Iterator[bytes], sign: Callable[[], object], rounds: int, calls: int = CALLS) -> list[float]:
    """Our rate over the peer's, once a round, by processor time, so that a busy machine counts little."""
    to_pdf(next(documents))
    return [_round(list(itertools.islice(documents, calls)), sign) for _ in range(rounds)]


def _round(documents: list[bytes], sign: Callable[[], object]) -> float:
    start = time.process_time()
    for document in documents:
        to_pdf(document)
    ours = (time.process_time() - start) / len(documents)
    start = time.process_time()
    for _ in range(SIGNATURES):
        sign()
    return (time.process_time() - start) / SIGNATURES / ours


if __name__ == "__main__":
    main()
