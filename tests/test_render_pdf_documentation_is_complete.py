"""Every code of the PDF room stands on its page, and says what is wrong and what to do in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from ulak.render.pdf.problems import PROBLEMS

PAGE = Path(__file__).parents[1] / "docs" / "pdf.md"


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_code_is_on_the_page(code: str) -> None:
    assert f"| `{code}` |" in PAGE.read_text("utf-8")


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_code_speaks_both_languages(code: str) -> None:
    text, repair, _ = PROBLEMS[code]
    assert all((text.tr, text.en, repair.tr, repair.en))
    assert text.tr != text.en
