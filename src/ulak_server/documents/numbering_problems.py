"""Why a document gets no number."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "NumberingError", "problem"]


class NumberingError(UlakError):
    """A document could not be numbered."""


PROBLEMS: Final[Table] = {
    "numbering.series-closed": Problem(
        Text("“{prefix}” serisi kapatılmış.", "The series “{prefix}” was closed."),
        Text("Belgeyi açık bir seri ile yeniden verin.", "Hand in the document again with a series that is open."),
    ),
    "numbering.date-order": Problem(
        Text(
            "“{prefix}” serisinde {last} tarihli belge numaralandı; {day} tarihli belge sırayı bozar.",
            "A document dated {last} was numbered in the series “{prefix}”; one dated {day} would break the order.",
        ),
        Text(
            "Belgenin tarihini düzeltin ya da tarih sırası aranmayan bir seri seçin.",
            "Correct the document's date, or choose a series that does not go by dates.",
        ),
    ),
    "numbering.exhausted": Problem(
        Text("“{prefix}” serisinin {year} numaraları tükendi.", "The series “{prefix}” has no numbers left in {year}."),
        Text("Yeni bir seri açın.", "Open a new series."),
    ),
    "numbering.no-placeholder": Problem(
        Text(
            "Belge numarasının yerinde “{number}000000000” bekleniyordu, “{found}” bulundu.",
            "“{number}000000000” was expected in place of the document's number, and “{found}” was found.",
        ),
        Text(
            "Belgeyi numarasız ya da kendi numarasıyla yeniden verin.",
            "Hand in the document again without a number, or with its own.",
        ),
    ),
}


def problem(code: str, **facts: Any) -> NumberingError:
    """The error of a code."""
    return error_of(NumberingError, PROBLEMS, code, **facts)
