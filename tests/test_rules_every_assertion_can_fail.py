"""Every assertion of the default pack is broken by a mutant, so that none is proven equal by never speaking."""

from __future__ import annotations

from functools import cache

from mutants_compare import engine_for, failures, run
from mutants_directed import CANNOT_FAIL, directed
from mutants_sweep import sweep


@cache
def broken() -> frozenset[int]:
    """Numbers of the assertions that the directed and the swept mutants break; Saxon agrees on each of them."""
    numbers: set[int] = set()
    for scheme in ("efatura", "earchive", "goruntuleme"):
        for mutant in directed():
            numbers.update(number for number, _ in failures(run(engine_for(scheme), mutant.data)))
    for mutant in sweep():
        numbers.update(number for number, _ in failures(run(engine_for(), mutant.data)))
    return frozenset(numbers)


def silent() -> dict[str, str]:
    assertions = enumerate(engine_for().program.assertions)
    return {f"{pattern.id}/{a.printed_id} #{n}": a.test for n, (pattern, _, a) in assertions if n not in broken()}


def test_every_assertion_is_broken_but_for_those_that_cannot_be() -> None:
    names = {name.split(" #")[0] for name in silent()}
    assert names == set(CANNOT_FAIL)
    assert len(silent()) == len(CANNOT_FAIL)


def test_the_rest_cannot_fail_for_the_reasons_given() -> None:
    twice = [
        rule.context
        for _, rule, assertion in engine_for().program.assertions
        if assertion.printed_id == "decimalCheck-1" and rule.context.endswith("cac:TaxTotal/cbc:TaxAmount")
    ]
    assert len(twice) == 2
    assert twice[0] == twice[1]
    (named,) = (
        rule.context
        for pattern, rule, assertion in engine_for().program.assertions
        if (pattern.id, assertion.printed_id) == ("document", "namespaceCheck-1")
    )
    assert named == "sh:StandardBusinessDocument"
