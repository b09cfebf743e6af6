"""The service that GİB calls: envelopes taken and queued at once, questions answered.

Sources: Ek-3 V1.4, 7 and 8; Denetim Kılavuzu J16: what comes in is stored and answered at once, and looked at later.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from ulak.envelope import opening
from ulak.envelope.responses import query_answer
from ulak.errors import UlakError
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse, check_document, hash_of
from ulak.wire.service import Reply
from ulak.wire.soap import spoken
from ulak_center.plan.gateway.keeping import Kept

__all__ = ["Endpoint"]

_TAKEN: Final = "Zarf alındı."
_WAITING: Final = 1000


class Endpoint:
    """Both operations of the EFatura service, from the receiver's side.

    Args:
        queue: is told the id of each envelope that was taken.
        new_id: gives unused UUIDs.
    """

    def __init__(
        self, kept: Kept, *, now: Callable[[], datetime], new_id: Callable[[], str], queue: Callable[[str], None]
    ) -> None:
        self._kept, self._now, self._new_id, self._queue = kept, now, new_id, queue

    def call(self, request: Document | Query) -> Receipt | SystemResponse:
        """Answer a request.

        Raises:
            ServiceFault: 2006, 2000, 2001; 2004.
        """
        return self.take(request) if isinstance(request, Document) else self.tell(request)

    def take(self, document: Document) -> Receipt:
        """Take an envelope."""
        check_document(document)
        if not self._kept.take(document.envelope_id, document.data, self._now()):
            raise SERVICE.fault_of("sendDocument", 2001)
        self._queue(document.envelope_id)
        return Receipt(_TAKEN, hash_of(document.data))

    def tell(self, query: Query) -> SystemResponse:
        """How an envelope that came in stands: what Merkez asks while it misses the system response."""
        arrived = self._kept.arrived(query.envelope_id)
        if arrived is None:
            raise SERVICE.fault_of("getApplicationResponse", 2004)
        status = str(arrived.code or _WAITING)
        reasons = [arrived.reason] if arrived.reason else []
        try:
            header = self._kept.header(arrived.id) or opening(self._kept.body(arrived.id)).header
            xml = query_answer(header, status, now=self._now(), new_id=self._new_id, about=arrived.id, reasons=reasons)
        except UlakError:
            raise SERVICE.fault_of("getApplicationResponse", 2005) from None
        return SystemResponse(xml)

    def soap(self, content_type: str, body: bytes, soap_action: str = "") -> Reply:
        """Answer a SOAP message; whatever is wrong with it is answered with a fault."""
        try:
            call = SERVICE.read_request(content_type, body, soap_action=soap_action)
            return SERVICE.write_response(call, self.call(call.request))
        except UlakError as error:
            return SERVICE.write_fault(error, version=spoken(content_type))
