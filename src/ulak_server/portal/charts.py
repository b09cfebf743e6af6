"""Small charts as drawings made on the server: pairs of bars, one pair a month, in whole units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

__all__ = ["Chart", "Pair", "pairs_of_bars"]

_WIDTH: Final = 320
_HEIGHT: Final = 120
_FOOT: Final = 20
_TOP: Final = 6
_GAP: Final = 3


class Pair(NamedTuple):
    """Two values of the same month.

    Attributes:
        label: below the bars.
        first, second: what was issued and what came in; not negative.
    """

    label: str
    first: Decimal | int
    second: Decimal | int


class Bar(NamedTuple):
    """One bar, in units of the drawing; ``which`` is 1 or 2."""

    which: int
    x: int
    y: int
    width: int
    height: int


class Mark(NamedTuple):
    """A label below the bars."""

    x: int
    text: str


class Chart(NamedTuple):
    """A drawing."""

    width: int
    height: int
    foot: int
    bars: Sequence[Bar]
    marks: Sequence[Mark]


def pairs_of_bars(pairs: Sequence[Pair]) -> Chart:
    """The bars of these pairs, the highest as high as the drawing; what is not zero is seen.

    >>> [(bar.which, bar.height) for bar in pairs_of_bars([Pair("11", 10, 5), Pair("12", 0, 0)]).bars]
    [(1, 94), (2, 47)]
    """
    highest = max((max(one.first, one.second) for one in pairs), default=0)
    room, ground = _HEIGHT - _FOOT - _TOP, _HEIGHT - _FOOT
    column = _WIDTH // max(len(pairs), 1)
    width = min((column - 4 * _GAP) // 2, 28)
    bars: list[Bar] = []
    marks: list[Mark] = []
    for place, one in enumerate(pairs):
        middle = place * column + column // 2
        marks.append(Mark(middle, one.label))
        for which, value in ((1, one.first), (2, one.second)):
            if highest and value > 0:
                height = max(round(room * value / highest), 2)
                x = middle - width - _GAP // 2 if which == 1 else middle + _GAP // 2 + 1
                bars.append(Bar(which, x, ground - height, width, height))
    return Chart(_WIDTH, _HEIGHT, ground, bars, marks)
