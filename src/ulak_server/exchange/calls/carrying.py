"""Calls to Merkez, carried out by a few threads of one worker process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import structlog
from django.conf import settings

from ulak.lifecycle.effects import Ask, LookUp, Send
from ulak_server.exchange.calls import making
from ulak_server.exchange.calls.gate import Gate
from ulak_server.exchange.calls.lines import Line
from ulak_server.exchange.calls.making import EFatura, End, Parcel
from ulak_server.exchange.calls.telling import Result, tell
from ulak_server.exchange.law import policy
from ulak_server.exchange.shell import Outside
from ulak_server.meters import CALLS

__all__ = ["Calls"]

_LOG: Final = structlog.get_logger("ulak_server.calls")
_THREADS: Final = 4


class Calls(Line[EFatura]):
    """Makes calls to Merkez for one process. `carry_out` is for any thread.

    Args:
        parcel: gives the bytes of an envelope; asked by the threads that call, outside of any transaction.
        url, identity: of Merkez, and whom it knows as the caller; those of the installation if they are not given.
        threads: how many calls are under way at most.
    """

    def __init__(self, parcel: Parcel, *, url: str = "", identity: str = "", threads: int = _THREADS) -> None:
        self._parcel = parcel
        self._url = url or settings.ENVIRONMENT["ULAK_MERKEZ_URL"]
        self._identity = identity or settings.ENVIRONMENT["ULAK_INTEGRATOR_NUMBER"]
        if not self._url:
            _LOG.warning("calls.no-address", variable="ULAK_MERKEZ_URL")
        super().__init__((Send, Ask, LookUp), Gate(self._identity), threads if self._url else 0)

    def client(self) -> EFatura:
        """A client of Merkez's."""
        return making.client(self._url, policy())

    def end(self, to: EFatura, asked_for: Outside) -> End:
        """``sendDocument`` or ``getApplicationResponse``."""
        effect = asked_for.effect
        if isinstance(effect, Send):
            end, operation = making.sent(to, asked_for.key, self._parcel), "sendDocument"
        else:
            about = UUID(effect.envelope) if isinstance(effect, LookUp) else asked_for.key
            end, operation = making.asked(to, about), "getApplicationResponse"
        if end.was_made:
            CALLS.labels(operation, end.outcome or "status").observe(end.seconds)
        return end._replace(address=self._url)

    def write(self, results: Sequence[Result]) -> list[Outside]:
        """See `ulak_server.exchange.calls.telling`."""
        return tell(results, self._identity, is_calm=self._gate.is_calm)
