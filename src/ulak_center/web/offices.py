"""Calls to the e-Arşiv and e-Defter offices, under the center's lock and by its clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from ulak_center.center import Center
from ulak_center.web.soap import Wanted

__all__ = ["Office", "office_call"]


class Office(Protocol):
    """A service whose messages are sealed."""

    def handle(self, request: Any, signer: str, now: datetime) -> Any:
        """Answer a request of its service.

        Args:
            signer: VKN or TCKN of the one who sealed the message; empty if no valid seal says.

        Raises:
            ServiceFault: the service's own.
        """


def office_call(center: Center, office: Office, wanted: Wanted) -> Any:
    """Answer a message to an office.

    Raises:
        ServiceFault: the service's own.
    """
    with center.lock:
        answer = office.handle(wanted.request, wanted.signer, center.clock.now())
    center.wake()
    return answer
