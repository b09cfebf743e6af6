"""docs/incoming.md has every code of the room, with its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ulak_server.exchange.inbound.endpoint import LIMITS
from ulak_server.exchange.inbound.examining import LIMITS as UNPACKED
from ulak_server.exchange.inbound.problems import PROBLEMS

PAGE = (Path(__file__).parents[1] / "docs" / "incoming.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_code_is_explained(code: str) -> None:
    problem = PROBLEMS[code]
    assert f"| `{code}` | {problem.text.en} | {'no' if problem.permanent else 'yes'} |" in PAGE


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_code_says_what_to_do_in_both_languages(code: str) -> None:
    text, repair, _ = PROBLEMS[code]
    assert all((text.tr, text.en, repair.tr, repair.en))
    assert text.tr != text.en or "{findings}" in text.tr


def test_the_bounds_are_those_of_the_page() -> None:
    assert f"{LIMITS.total >> 20} MiB a message" in PAGE
    assert f"unpack to {UNPACKED.xml_bytes >> 20} MiB, a document in it to {UNPACKED.document_bytes >> 20} MiB" in PAGE
