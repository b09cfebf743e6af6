"""The e-Arşiv office: reports taken, judged and answered for.

Source: e-Arşiv Kılavuzu V1.18, 4, 5 and 11. The order of the checks is in no guide; `docs/center-offices.md` has ours.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any, Final

from ulak.envelope.limits import Limits
from ulak.rules import PackStore
from ulak.wire import earsiv
from ulak.wire.attachment import Attachment
from ulak_center.faults import Action, Faults
from ulak_center.office.archive_judge import ArchiveJudge
from ulak_center.office.asked import Asked
from ulak_center.office.desk import DONE, USUAL_PACE, Desk, Pace
from ulak_center.office.office import Office
from ulak_center.office.reports import Report, report_of
from ulak_center.office.rights import Open, Rights
from ulak_center.office.sealed import Trust, Unasked
from ulak_center.office.values import Filed, Shelf

__all__ = ["LIMITS", "ArchiveOffice", "Lists"]

Lists = Callable[[str], Attachment | None]
"""Gives the zipped list of e-Arşiv users as ``XML`` or ``CSV``; None while there is none."""

LIMITS: Final = Limits(zip_bytes=100 * 1024 * 1024, xml_bytes=100 * 1024 * 1024, ratio=1000)
"""100 MB unpacked (V1.18, 5)."""
_EXPLAINED: Final = " açıklaması"
_NOT_YOURS: Final = 1
_NOT_FOUND: Final = 2
_LONGEST: Final = 1000
_UNLOCKED: Final = nullcontext()


class ArchiveOffice(Office):
    """Both halves of the service: `take`, `status` and `user_list` answer calls, `process` carries packages on.

    Args:
        trust: judges the certificates of seals; None takes every certificate whose seal fits.
        also_at: a second time at which a seal may hold, for senders whose clock is not the center's.
        rights: who may send for whom; everybody if not given.
        packs: where GİB's packages are looked for; without one of the kind a report is not judged by its schema, and
            accepted.
        lists: gives the user lists.
        level: the least XAdES level of a report; GİB wants A (V1.18, 4).
        lock: held by the center around all that it does; packages are judged without it.
    """

    def __init__(
        self,
        shelf: Shelf,
        trust: Trust | None,
        *,
        rights: Rights | None = None,
        packs: PackStore | None = None,
        lists: Lists | None = None,
        faults: Faults | None = None,
        pace: Pace = USUAL_PACE,
        limits: Limits = LIMITS,
        level: str = "A",
        also_at: Callable[[], datetime] | None = None,
        lock: AbstractContextManager[object] = _UNLOCKED,
    ) -> None:
        known = rights or Open()
        judge = ArchiveJudge(Asked(shelf, known, lock), trust or Unasked(), packs, limits, level, also_at)
        super().__init__(Desk("earsiv", "archive", shelf, judge.judge, pace=pace, faults=faults), known, faults)
        self._lists = lists

    # -- Calls --------------------------------------------------------------------------------------------------------

    def handle(self, request: Any, signer: str, now: datetime) -> Any:
        """Answer a request of the service, whichever it is; raises what the methods below do."""
        if isinstance(request, earsiv.SendDocumentFile):
            return self.take(request, signer, now)
        if isinstance(request, earsiv.GetUserList):
            return self.user_list(request, signer, now)
        return self.status(request, signer, now)

    def take(self, request: earsiv.SendDocumentFile, signer: str, now: datetime) -> earsiv.Sent:
        """Take a package.

        Args:
            signer: VKN or TCKN of the one who signed the message.

        A scripted `Action.LOST` answers as if the package had been kept.

        Raises:
            ServiceFault: 1 … 5, 9, 10.
        """
        self._check_signer("sendDocumentFile", signer, now)
        earsiv.check_package(request)
        assert request.attachment is not None
        if self._shelf.newest("earsiv", request.attachment.file_name[:-4]):
            raise earsiv.SERVICE.fault_of("sendDocumentFile", 4)
        if not self._struck(Action.LOST, "sendDocumentFile", now, signer, request.attachment.file_name[:-4]):
            self._desk.take(request.attachment, signer, "", now)
        return earsiv.Sent(earsiv.SEND[0].label)

    def status(self, request: earsiv.GetBatchStatus, signer: str, now: datetime) -> earsiv.StatusAnswer:
        """How a package stands; only the sender and the taxpayer may ask. A scripted `Action.STATUS` answers first."""
        if fault := self._struck(Action.STATUS, "getBatchStatus", now, signer, request.package_id):
            return _answer(request.package_id, fault.number, party=signer)
        package = self._shelf.newest("earsiv", request.package_id)
        if package is None:
            return _answer(request.package_id, _NOT_FOUND)
        if not signer or signer not in (package.sender, package.owner):
            return _answer(request.package_id, _NOT_YOURS)
        step = self._shelf.steps(package.row)[-1]
        return _answer(package.id, step.status, step.reason.tr, package.owner or package.sender)

    def user_list(self, request: earsiv.GetUserList, signer: str, now: datetime) -> earsiv.UserList:
        """The list of e-Arşiv users.

        Raises:
            ServiceFault: 1, 2, 6.
        """
        self._check_signer("getUserList", signer, now)
        earsiv.check_user_list(request)
        found = self._lists(request.kind.strip().upper()) if self._lists else None
        if found is None:
            raise earsiv.SERVICE.fault_of("getUserList", 6)
        return earsiv.UserList(found)

    # -- For those who test -------------------------------------------------------------------------------------------

    def reports(self, taxpayer: str = "") -> list[Report]:
        """What was reported, by accepted reports of all taxpayers or of one."""
        found = self._shelf.packages("earsiv", party=taxpayer, status=DONE, limit=-1)
        return [report_of(package) for package in found if taxpayer in ("", package.owner)]

    def filings(
        self, taxpayer: str = "", after: tuple[str, str, str, int] | None = None, limit: int = 1000
    ) -> list[Filed]:
        """Every document that accepted reports tell of, in the order of kind, taxpayer and number."""
        return list(self._shelf.filings(taxpayer, after, limit))

    def _check_signer(self, operation: str, signer: str, now: datetime) -> None:
        if not self._is_known(signer, now):
            raise earsiv.SERVICE.fault_of(operation, 1)


def _answer(id: str, status: int, reason: str = "", party: str = "") -> earsiv.StatusAnswer:
    """The answer for a package: GİB's words for the status, and what is special about this package."""
    result = earsiv.STATUS.get(status)
    label = result.label.removesuffix(_EXPLAINED) if result and reason else result.label if result else ""
    description = ": ".join(part for part in (label, reason) if part)[:_LONGEST]
    vkn, tckn = (party, "") if len(party) == 10 else ("", party)
    return earsiv.StatusAnswer(earsiv.BatchStatus(description, status, id, tckn, vkn))
