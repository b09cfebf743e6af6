"""Calls to the e-Arşiv and e-Defter offices, under the center's lock and by its clock."""

from __future__ import annotations

from typing import Any

from ulak.wire import earsiv, edefter
from ulak_center.center import Center
from ulak_center.office import ArchiveOffice, LedgerOffice
from ulak_center.web.soap import Wanted

__all__ = ["archive_call", "ledger_call"]


def archive_call(center: Center, office: ArchiveOffice, wanted: Wanted) -> Any:
    """Answer a message to the e-Arşiv service.

    Raises:
        ServiceFault: the service's own.
    """
    request: Any = wanted.request
    with center.lock:
        now = center.clock.now()
        if isinstance(request, earsiv.SendDocumentFile):
            answer: Any = office.take(request, wanted.signer, now)
        elif isinstance(request, earsiv.GetUserList):
            answer = office.user_list(request, wanted.signer, now)
        else:
            answer = office.status(request, wanted.signer)
    center.wake()
    return answer


def ledger_call(center: Center, office: LedgerOffice, wanted: Wanted) -> Any:
    """Answer a message to the e-Defter service.

    Raises:
        ServiceFault: the service's own.
    """
    request: Any = wanted.request
    with center.lock:
        if isinstance(request, edefter.SendDocumentFile):
            answer: Any = office.take(request, wanted.signer, center.clock.now())
        elif isinstance(request, edefter.ReceiveDocumentFile):
            answer = office.receive(request, wanted.signer)
        else:
            answer = office.status(request, wanted.signer)
    center.wake()
    return answer
