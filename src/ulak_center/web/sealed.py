"""Who sealed a message to the e-Arşiv or e-Defter service (WS-Security)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from ulak.errors import UlakError
from ulak.seal.wssecurity import MessageReport, Policy, ReplayMemory, verify_message
from ulak.seal.wssecurity.report import Trust
from ulak.wire import Call

__all__ = ["SECURITY", "Seals", "Signer"]

SECURITY: Final = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}Security"
_OUT_OF_TIME: Final = frozenset({"soap.expired", "soap.future"})


class Signer(NamedTuple):
    """Who sealed a message.

    Attributes:
        number: VKN or TCKN; empty if the seal proves none.
        code: why not, e.g. ``soap.not-secured``; empty if it does.
    """

    number: str
    code: str = ""


class Seals:
    """Judges the seals of messages; each message is taken once.

    The Timestamp may fit the center's clock or, since senders cannot know how that was moved, the real one.

    Args:
        trust: whom to trust. Without it every certificate is taken whose seal fits, as befits a center that judges
            nothing.
        clock: the center's time.
    """

    def __init__(
        self,
        trust: Trust | None,
        clock: Callable[[], datetime],
        real: Callable[[], datetime] = lambda: datetime.now(UTC),
        policy: Policy = Policy(sha1_digests=True),  # noqa: B008
    ) -> None:
        self._trust, self._times, self._policy = trust, (clock, real), policy
        self._guard = ReplayMemory()

    def signer(self, call: Call[Any]) -> Signer:
        """Who sealed a message that was read."""
        code = "soap.not-secured"
        for time in self._times:
            try:
                report = self._judged(call, time())
            except UlakError as error:
                return Signer("", error.code)
            if report.sealed and self._is_taken(report):
                return Signer(report.sealed.signer.tax_id or "")
            code = _first(report.reasons) or report.indication.value
            if code not in _OUT_OF_TIME:
                break
        return Signer("", code)

    def _judged(self, call: Call[Any], at: datetime) -> MessageReport:
        message = call.message
        return verify_message(
            message.envelope,
            trust=self._trust,
            at=at,
            policy=self._policy,
            attachments=message.attachments,
            guard=self._guard,
        )

    def _is_taken(self, report: MessageReport) -> bool:
        return report.has_passed or (self._trust is None and _first(report.reasons) == "soap.no-trust")


def _first(reasons: Sequence[Any]) -> str:
    return str(reasons[0].code) if reasons else ""
