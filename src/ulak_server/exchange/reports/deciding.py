"""One transaction in which something is done that people want."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ulak_server.exchange import wishes
from ulak_server.exchange.problems import ExchangeError
from ulak_server.exchange.reports.problems import reporting_error
from ulak_server.exchange.shell import Shell

__all__ = ["persistently"]

D = TypeVar("D")


def persistently(do: Callable[[Shell], D], taxpayer: int | None, actor: str, origin: str) -> D:
    """Do it, and once more where two had waited for each other.

    Args:
        taxpayer: whose people want it; None: operators.

    Raises:
        ReportingError: ``reporting.busy``; whatever else ``do`` raises.
    """
    try:
        return wishes.persistently(do, taxpayer, actor, origin)
    except ExchangeError as error:
        if error.code == "exchange.busy":
            raise reporting_error("reporting.busy") from error
        raise
