"""What can go wrong in serving, and in asking the control API: codes ``center.*``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Problem, Text, error_of
from ulak_center.problems import CenterError

__all__ = ["WEB_PROBLEMS", "web_error"]

WEB_PROBLEMS: Final[Mapping[str, Problem]] = {
    "center.listen": Problem(
        Text("{place} dinlenemedi: {detail}", "{place} cannot be listened at: {detail}"),
        Text("Başka bir kapı seçin ya da orayı boşaltın.", "Choose another port, or free that one."),
        permanent=False,
    ),
}
"""The codes, with what they say and what to do."""


def web_error(code: str, /, *, where: str = "", **facts: object) -> CenterError:
    """The error of a code, its facts filled in."""
    return error_of(CenterError, WEB_PROBLEMS, code, where=where, line=None, **facts)
