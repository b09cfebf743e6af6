"""What the control API takes: the JSON objects of its POST requests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from ulak_center.ends.answering import Answer
from ulak_center.faults import ACTIONS, Action, Fault, Place
from ulak_center.office import Standing
from ulak_center.values import Role, Use
from ulak_center.web.control.reading import FIT_FOR_XML

__all__ = [
    "Alias",
    "AskAccount",
    "AskAnswer",
    "AskCancellation",
    "AskClock",
    "AskCustoms",
    "AskFault",
    "AskIntegrator",
    "AskPack",
    "AskSend",
    "AskStanding",
    "AskSuspension",
    "AskUnit",
    "Asked",
    "Number",
]

Number = Annotated[str, Meta(pattern=r"^[0-9]{10,11}\Z")]
Words = Annotated[str, Meta(min_length=1, max_length=300, pattern=FIT_FOR_XML)]
Alias = Annotated[str, Meta(min_length=1, max_length=300, pattern=FIT_FOR_XML)]
Endpoint = Annotated[str, Meta(pattern=r"^https?://[A-Za-z0-9.\[\]:_~%@-]+(/[!-~]{0,500})?\Z", max_length=600)]
Ettn = Annotated[str, Meta(min_length=1, max_length=100)]
Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class Asked(Struct, forbid_unknown_fields=True, frozen=True):
    """A request's body; what it does not know is refused."""


class AskClock(Asked, frozen=True):
    """Move the clock: by seconds, or to a time."""

    advance: Annotated[float, Meta(ge=0, le=315_576_000)] | None = None
    to: Moment | None = None


class AskFault(Asked, frozen=True):
    """A fault as `ulak_center.faults.Fault` has it; ``times`` is null for one without end."""

    action: Action
    place: Place | None = None
    number: Annotated[int, Meta(ge=0, le=9999)] = 0
    status: Annotated[int, Meta(ge=200, le=599)] = 503
    seconds: Annotated[float, Meta(ge=0, le=86_400)] = 0.0
    overtakers: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    operation: Annotated[str, Meta(max_length=60)] = ""
    envelope_type: Annotated[str, Meta(max_length=60)] = ""
    party: Annotated[str, Meta(max_length=300)] = ""
    after: Count = 0
    times: Annotated[int, Meta(ge=1, le=1_000_000)] | None = 1
    share: Annotated[float, Meta(ge=0, le=1)] = 1.0
    since: Moment | None = None
    until: Moment | None = None

    def fault(self) -> Fault:
        """The fault that is asked for, at the usual place of its action unless it says another."""
        return Fault(
            self.action,
            self.place or ACTIONS[self.action][0],
            0,
            self.number,
            self.status,
            self.seconds,
            self.overtakers,
            self.operation,
            self.envelope_type,
            self.party,
            self.after,
            self.times,
            self.share,
            self.since,
            self.until,
        )


class AskIntegrator(Asked, frozen=True):
    """An integrator and the addresses of its service."""

    number: Number
    title: Words
    endpoint_gb: Endpoint
    endpoint_pk: Endpoint


class AskUnit(Asked, frozen=True):
    """An alias, for one use or several; ``operator`` is empty where GİB serves it."""

    alias: Alias
    role: Role
    uses: tuple[Use, ...] = (Use.INVOICE,)
    operator: Annotated[str, Meta(pattern=r"^([0-9]{10})?\Z")] = ""


class AskAccount(Asked, frozen=True):
    """A taxpayer: ``kind`` is KAMU or OZEL."""

    number: Number
    title: Words
    kind: Annotated[str, Meta(pattern=r"^(KAMU|OZEL)\Z")] = "OZEL"
    units: tuple[AskUnit, ...] = ()


class AskCancellation(Asked, frozen=True):
    """An invoice that was cancelled on the portal (1235)."""

    ettn: Ettn


class AskSuspension(Asked, frozen=True):
    """An integrator that may neither send nor ask (2007)."""

    number: Number


class AskPack(Asked, frozen=True):
    """A rule pack that judges from a day on."""

    pack: Words
    since: date


class AskSend(Asked, frozen=True):
    """What the portal user is to send: the form *Test Araçları* of the test plan (TP, 9).

    ``kind`` is invoice or despatch; ``profile`` is usually TEMELFATURA or TEMELIRSALIYE by it.
    """

    receiver: Number
    alias: Alias
    title: Annotated[str, Meta(max_length=300)] = ""
    kind: Annotated[str, Meta(pattern=r"^(invoice|despatch)\Z")] = "invoice"
    profile: Annotated[str, Meta(max_length=60)] = ""
    documents: Annotated[int, Meta(ge=1, le=1000)] = 1
    envelopes: Annotated[int, Meta(ge=1, le=1000)] = 1


class AskAnswer(Asked, frozen=True):
    """The portal user's answer to a document; ``force`` gives it against the rules of time and of one answer."""

    ettn: Ettn
    answer: Answer
    reason: Annotated[str, Meta(max_length=1000)] = ""
    force: bool = False


class AskCustoms(Asked, frozen=True):
    """Customs' decision about an invoice."""

    ettn: Ettn
    answer: Answer
    reason: Annotated[str, Meta(max_length=1000)] = ""
    registration: Annotated[str, Meta(max_length=60)] = ""
    exported: date | None = None
    gate: Annotated[str, Meta(max_length=60)] = ""
    force: bool = False


class AskStanding(Asked, frozen=True):
    """What an office holds against a number; null for nothing any more."""

    number: Number
    standing: Standing | None
