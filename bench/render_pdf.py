"""How fast documents are set as PDF, against RSA-2048 signatures of the same core. `bench/render` prints it too."""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.invoices import NOW, invoice_json
from bench.measuring import rsa_rates, signer
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
    sign, rsa = signer(), rsa_rates()
    print(f"RSA-2048: {rsa.as_it_is:.0f} signatures a second, {rsa.without_ifma:.0f} without AVX512-IFMA")
    harder = rsa.as_it_is / rsa.without_ifma
    _show("PDF, ordinary invoice", rates(ordinary(), sign, rounds), harder, GOAL)
    _show("PDF, 10 lines", rates(of_lines(10), sign, rounds), harder, None)
    _show("PDF, 500 lines", rates(of_lines(500), sign, 2, calls=2), harder, None)


def _show(what: str, found: list[float], harder: float, goal: float | None) -> None:
    """As the machine is, where signatures are ``harder`` to keep up with, and beside signatures without AVX512-IFMA."""
    middle = statistics.median(found)
    for how, ratio in (("as it is", middle), ("without AVX512-IFMA", middle * harder)):
        verdict = "" if goal is None else f"   goal {goal:g}x: {'reached' if ratio >= goal else 'MISSED'}"
        print(f"{what:24} {ratio:.4f}x {RSA} {how}{verdict}")
    print(f"{'':24} (as it is: min {min(found):.4f}, max {max(found):.4f})")


def ordinary() -> Iterator[bytes]:
    """The ordinary invoice, each to another customer, with other amounts: Typst remembers what it has set."""
    document = json.loads(ORDINARY.read_bytes())
    for at in itertools.count(1):
        document["number"] = f"ARD2026{at:09}"
        document["uuid"] = str(uuid.UUID(int=at, version=4))
        document["customer"] |= {"name": f"{at}. Müşteri Ticaret Ltd. Şti.", "phone": f"0212 555 {at:04}"}
        document["customer"]["address"] |= {"street": f"Çınar Caddesi No: {at}"}
        document["lines"][0] |= {"name": f"Defter {at}", "quantity": at}
        document["lines"][1] |= {"name": f"Kitap {at}", "price": at + 0.5}
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
