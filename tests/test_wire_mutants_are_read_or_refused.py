"""Messages of every service, damaged at random: a reader gives a value or its own error in few words."""

from __future__ import annotations

import pytest

from wire_mutants import judge, mutants, seeds

KNOWN = ("wire.structure", "wire.body", "wire.truncated", "wire.field-unknown", "wire.part-missing", "xml.malformed")


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_message_is_read_or_refused(seed: int) -> None:
    found = {judge(mutant) for mutant in mutants(seed, 2000)}
    assert found.issuperset(("", *KNOWN))


def test_what_is_not_damaged_is_read() -> None:
    for seed in seeds():
        code = judge(seed)
        assert not code or code.startswith(("wire.efatura.", "wire.earsiv.", "wire.edefter."))
