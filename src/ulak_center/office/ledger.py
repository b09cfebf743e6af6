"""The e-Defter office: books and berats taken, judged, and berats approved.

Sources: Web Servis Kılavuzu V1.7, 2 and 4; Teknik Kılavuz V1.7, 2.2–2.8. What no source says, the center's
`docs/center-offices.md` does.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from ulak.rules import PackStore
from ulak.seal.keys.port import SealingKey
from ulak.wire import edefter
from ulak.wire.attachment import Attachment
from ulak_center.faults import Action, Faults
from ulak_center.office.asked import Asked
from ulak_center.office.books import name_of
from ulak_center.office.desk import DONE, USUAL_PACE, Desk, Pace
from ulak_center.office.kept_books import KeptBook, kept_book_of
from ulak_center.office.ledger_codes import STATUSES
from ulak_center.office.ledger_judge import LIMITS, LedgerJudge, Limits
from ulak_center.office.office import Office
from ulak_center.office.rights import Open, Rights, Standing
from ulak_center.office.sealed import Trust, Unasked
from ulak_center.office.values import Shelf

__all__ = ["LIMITS", "LedgerOffice", "Limits"]

_OFFICE: Final = "edefter"
_SEND: Final = "sendDocumentFile"
_RECEIVE: Final = "receiveDocumentFile"
_STATUS: Final = "getBatchStatus"
_APPROVED: Final = "GIB-"
_LONGEST: Final = 1000
_UNLOCKED: Final = nullcontext()


class LedgerOffice(Office):
    """`take`, `receive` and `status` answer calls, `process` carries packages on.

    Args:
        trust: judges the certificates of seals; None takes every certificate whose seal fits.
        key: GİB's, with which berats are counter-sealed; without it packages are judged, but no berat is approved.
        also_at: a second time at which a seal may hold, for senders whose clock is not the center's.
        lock: held by the center around all that it does; packages are judged without it.
        rights: who may send and seal for whom; everybody if not given.
        packs: where GİB's e-Defter package is looked for; without one, documents are not judged by schema and
            Schematron, and accepted.
    """

    def __init__(
        self,
        shelf: Shelf,
        trust: Trust | None,
        key: SealingKey | None,
        *,
        rights: Rights | None = None,
        packs: PackStore | None = None,
        faults: Faults | None = None,
        pace: Pace = USUAL_PACE,
        limits: Limits = LIMITS,
        also_at: Callable[[], datetime] | None = None,
        lock: AbstractContextManager[object] = _UNLOCKED,
    ) -> None:
        known = rights or Open()
        judge = LedgerJudge(Asked(shelf, known, lock), trust or Unasked(), key, packs, limits, also_at)
        super().__init__(Desk(_OFFICE, "ledger", shelf, judge.judge, pace=pace, faults=faults), known, faults)
        self._limits = limits

    # -- Calls --------------------------------------------------------------------------------------------------------

    def handle(self, request: Any, signer: str, now: datetime) -> Any:
        """Answer a request of the service, whichever it is; raises what the methods below do."""
        if isinstance(request, edefter.SendDocumentFile):
            return self.take(request, signer, now)
        if isinstance(request, edefter.ReceiveDocumentFile):
            return self.receive(request, signer)
        return self.status(request, signer, now)

    def take(self, request: edefter.SendDocumentFile, signer: str, now: datetime) -> edefter.Sent:
        """Take a package.

        Args:
            signer: VKN or TCKN of the one who signed the message.

        A scripted `Action.LOST` answers as if the package had been kept.

        Raises:
            ServiceFault: 101 … 106, 108, 109, 111, 114.
        """
        self._check_known(signer, now)
        edefter.check_package(request)
        assert request.attachment is not None
        file = request.attachment
        name = name_of(edefter.package_id_of(file.file_name))
        if name is None:
            raise _fault(_SEND, 108)
        if len(file.data) > self._limits.zip_bytes:
            raise _fault(_SEND, 106)
        self._check_owner(name.owner, signer, now)
        earlier = self._shelf.newest(_OFFICE, str(name))
        if earlier and (earlier.due or earlier.status == DONE):
            raise _fault(_SEND, 111)
        if not self._struck(Action.LOST, _SEND, now, signer, name.owner, str(name)):
            self._desk.take(file, signer, name.owner, now)
        return edefter.Sent(f"{file.file_name} paketi işleme alındı")

    def receive(self, request: edefter.ReceiveDocumentFile, signer: str) -> edefter.Received:
        """The approved berat of a package: a ZIP with one XML, both named after the package with ``GIB-`` before it.

        Raises:
            ServiceFault: 204, 205.
        """
        package = self._shelf.newest(_OFFICE, request.package_id)
        paper = self._shelf.paper(package.row) if package and package.status == DONE else None
        if package is None or paper is None:
            raise _fault(_RECEIVE, 204)
        if signer not in (package.owner, package.sender):
            raise _fault(_RECEIVE, 205)
        name = _APPROVED + package.id
        return edefter.Received(Attachment(f"{name}.zip", _zipped(f"{name}.xml", paper, package.received)))

    def status(self, request: edefter.GetBatchStatus, signer: str, now: datetime) -> edefter.StatusAnswer:
        """How the newest package of an id stands. A scripted `Action.STATUS` answers first.

        Raises:
            ServiceFault: 304, 305.
        """
        if fault := self._struck(Action.STATUS, _STATUS, now, signer, request.package_id):
            return _answer(request.package_id, fault.number, "")
        package = self._shelf.newest(_OFFICE, request.package_id)
        if package is None:
            raise _fault(_STATUS, 304)
        if signer not in (package.owner, package.sender):
            raise _fault(_STATUS, 305)
        step = self._shelf.steps(package.row)[-1]
        return _answer(package.id, step.status, step.reason.tr)

    # -- For those who test -------------------------------------------------------------------------------------------

    def consent(self, number: str, owner: str, *, given: bool = True) -> None:
        """Record that a taxpayer lets somebody, e.g. its accountant, seal its books (muvafakatname), or no longer."""
        self._shelf.consent(number, owner, given=given)

    def books(self, taxpayer: str = "", month: str = "") -> list[KeptBook]:
        """Accepted packages, of all taxpayers or one, of all months or one (``YYYYMM``), in the order they came."""
        found = self._shelf.packages(_OFFICE, party=taxpayer, status=DONE, limit=-1)
        wanted = (each for each in found if taxpayer in ("", each.owner) and month in ("", each.facts["month"]))
        return [kept_book_of(each, is_approved=self._shelf.paper(each.row) is not None) for each in wanted]

    # -- Judging ------------------------------------------------------------------------------------------------------

    def _check_known(self, signer: str, now: datetime) -> None:
        if not self._is_known(signer, now):
            raise _fault(_SEND, 101)

    def _check_owner(self, owner: str, signer: str, now: datetime) -> None:
        standing = self._shelf.standing(_OFFICE, owner)
        if standing is Standing.NO_ROLE:
            raise _fault(_SEND, 102)
        if not self._rights.acts_for(signer, owner, now):
            raise _fault(_SEND, 109)
        if standing is Standing.BLOCKED:
            raise _fault(_SEND, 114)


def _fault(operation: str, number: int) -> Exception:
    return edefter.SERVICE.fault_of(operation, number)


def _answer(id: str, status: int, reason: str) -> edefter.StatusAnswer:
    label = STATUSES[status].tr if status in STATUSES else ""
    description = ": ".join(part for part in (label, reason) if part)[:_LONGEST]
    return edefter.StatusAnswer(edefter.BatchStatus(description, str(status), id))


def _zipped(name: str, data: bytes, at: datetime) -> bytes:
    file = BytesIO()
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(entry, data)
    return file.getvalue()
