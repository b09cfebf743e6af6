"""What can be wrong with a taxpayer's record."""

from __future__ import annotations

from ulak.errors import UlakError, error_of
from ulak_server.taxpayers.words import PROBLEMS

__all__ = ["PROBLEMS", "TaxpayerError", "UnknownTaxpayer", "problem"]


class TaxpayerError(UlakError):
    """A taxpayer's record does not allow it, or would not be right."""


class UnknownTaxpayer(TaxpayerError):
    """There is no such taxpayer, series or alias in scope: 404."""


_UNKNOWN = frozenset({"taxpayer.unknown", "taxpayer.alias-unknown", "taxpayer.series-unknown"})


def problem(code: str, /, *, where: str = "", **facts: object) -> TaxpayerError:
    """The error of a code."""
    kind = UnknownTaxpayer if code in _UNKNOWN else TaxpayerError
    return error_of(kind, PROBLEMS, code, where=where, line=None, **facts)
