"""The performance steps, which TP 5.1.3 and 5.2.3 ask of both units alike.

Source: e-Fatura Test Planı V1.3, 5.1.3 and 5.2.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ulak.errors import Text
from ulak_center.plan.scenarios.parts import text
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Section, Sizes, Step

__all__ = ["Bulk", "bulk_steps"]

Bulk = Callable[[Scene, int, int, float | None], Found]
"""Sends so many envelopes of so many documents each, in at most so many seconds, and looks at every one."""
_MINUTE: Final = 60.0
_ROUNDS: Final[tuple[tuple[str, Text, float | None, Callable[[Sizes], tuple[int, int]]], ...]] = (
    ("a", Text("10 faturalık bir zarf", "One envelope of 10 invoices"), None, lambda sizes: (1, sizes.few)),
    (
        "b",
        Text("Ardı ardına birer faturalık 10 zarf", "10 envelopes of one invoice each"),
        _MINUTE,
        lambda sizes: (sizes.envelopes, 1),
    ),
    ("c", Text("100 faturalık bir zarf", "One envelope of 100 invoices"), None, lambda sizes: (1, sizes.many)),
    (
        "d",
        Text("Ardı ardına yüzer faturalık 10 zarf", "10 envelopes of 100 invoices each"),
        5 * _MINUTE,
        lambda sizes: (sizes.envelopes, sizes.many),
    ),
)


def bulk_steps(section: Section, prefix: str, single: str, last: str, carry_out: Bulk) -> Iterator[Step]:
    """The four steps of a unit.

    Args:
        prefix: of their ids, ``5.1.3``.
        single: the number of the steps that each envelope passes, ``5.1.1``.
        last: the last of those, before which nothing is sent in bulk.
    """
    for letter, title, limit, size_of in _ROUNDS:
        run = _run(carry_out, size_of, limit)
        yield Step(f"{prefix}-{letter}", section, title, _expected(single, limit), run, (last,))


def _run(carry_out: Bulk, size_of: Callable[[Sizes], tuple[int, int]], limit: float | None) -> Callable[[Scene], Found]:
    return lambda scene: carry_out(scene, *size_of(scene.sizes), limit)


def _expected(single: str, limit: float | None) -> Text:
    if limit is None:
        return text("{single}'in bütün adımları", "all steps of {single}", single=single)
    return text(
        "{single}'in bütün adımları; gönderim {limit:g} saniyeyi geçmez",
        "all steps of {single}; sending takes no more than {limit:g} seconds",
        single=single,
        limit=limit,
    )
