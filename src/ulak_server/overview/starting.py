"""The first steps of a taxpayer: from a tax number to the first document that arrives.

How far somebody has come is read from the facts – aliases, series, the account at GİB, the first document – so that
steps taken elsewhere count, and nothing is asked twice. What no fact can tell, a person confirms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.db.models import Q

from ulak.errors import Text
from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.documents.models import Direction, Document
from ulak_server.exchange.accounts.services import Standing, standings
from ulak_server.exchange.services import Shown, shown
from ulak_server.overview.models import Start
from ulak_server.overview.problems import problem
from ulak_server.overview.sums import INVOICES
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["STEPS", "Progress", "Step", "begun_with", "confirm", "progress", "put_aside"]

STEPS: Final[Mapping[str, Text]] = {
    "number": Text("Numara", "Number"),
    "details": Text("Bilgiler", "Details"),
    "seal": Text("Mühür", "Seal"),
    "series": Text("Seri", "Series"),
    "account": Text("GİB hesabı", "Account at GİB"),
    "contact": Text("İlk alıcı", "First receiver"),
    "invoice": Text("İlk fatura", "First invoice"),
    "delivered": Text("Teslim", "Delivery"),
}
"""In their order."""
_ARRIVED: Final = Q(delivered_at__isnull=False) | Q(stage=Stage.ISSUED)
_CONFIRMED: Final = ("details", "seal", "contact")
_NEEDED: Final = {"account": ("details", "series"), "invoice": ("account",), "delivered": ("invoice",)}
"""What must be done before; other steps may be taken in any order."""


class Step(NamedTuple):
    """One step.

    Attributes:
        is_done: whether it is behind us.
        is_next: whether it is the first that is not.
        waits_for: the step that has to be done before; empty if none has.
    """

    name: str
    label: Text
    is_done: bool
    is_next: bool
    waits_for: str


class Progress(NamedTuple):
    """How far a taxpayer has come.

    Attributes:
        account: how the e-Fatura account stands; None before it was asked for.
        first: the first document and how it stands; None before it was sent.
        is_new: whether the home page should remind of it.
    """

    taxpayer: Taxpayer
    record: Start
    steps: Sequence[Step]
    account: Standing | None
    first: Shown | None
    is_new: bool

    @property
    def next(self) -> str:
        """The step to be taken; the last one if all are done."""
        return next((one.name for one in self.steps if one.is_next), self.steps[-1].name)

    @property
    def receiver(self) -> str:
        """VKN or TCKN of the first receiver; empty before one was chosen."""
        said = self.record.confirmed.get("contact", ())
        return said[2] if len(said) > 2 else ""

    @property
    def done(self) -> int:
        """How many steps are behind."""
        return sum(one.is_done for one in self.steps)

    def step(self, name: str) -> Step:
        """One of the steps.

        Raises:
            OverviewError: ``overview.step``.
        """
        found = next((one for one in self.steps if one.name == name), None)
        if found is None:
            raise problem("overview.step", given=name[:20])
        return found

    def must_be_open(self, name: str) -> None:
        """Refuse a step that another has to precede.

        Raises:
            OverviewError: ``overview.step``, ``overview.step-early``.
        """
        if waits_for := self.step(name).waits_for:
            raise problem("overview.step-early", name=STEPS[waits_for])


def progress(taxpayer: int) -> Progress:
    """How far it has come; within a scope that holds the taxpayer."""
    record = Start.objects.filter(taxpayer_id=taxpayer).first() or Start(taxpayer_id=taxpayer)
    whose = taxpayers.of(taxpayer)
    account = next((one for one in standings(taxpayer) if one.service == "einvoice"), None)
    first = _first(taxpayer, record)
    done = {
        "number": True,
        "details": "details" in record.confirmed and bool(whose.details),
        "seal": "seal" in record.confirmed,
        "series": bool(taxpayers.series_of(taxpayer, "invoice")),
        "account": account is not None and account.stage.may_issue,
        "contact": "contact" in record.confirmed or first is not None,
        "invoice": first is not None,
        "delivered": first is not None and _has_arrived(first.document),
    }
    if done["invoice"]:
        # Who sends documents has got everything before that is needed, wherever it was done.
        done = {name: (name == "delivered" and is_done) or name != "delivered" for name, is_done in done.items()}
    ahead = next((name for name, is_done in done.items() if not is_done), "")
    steps = [Step(name, STEPS[name], done[name], name == ahead, _lacking(name, done)) for name in STEPS]
    return Progress(whose, record, steps, account, first, _is_new(record, done))


def confirm(taxpayer: int, step: str, *, about: str = "", actor: str = "") -> None:
    """A person says that a step is right as it is.

    Args:
        about: what was chosen: of the first receiver, the VKN or TCKN.

    Raises:
        OverviewError: ``overview.step``.
    """
    if step not in _CONFIRMED:
        raise problem("overview.step", given=step[:20])
    record = _kept(taxpayer)
    record.confirmed = {**record.confirmed, step: [clock.now().isoformat(), actor, about]}
    record.save(update_fields=["confirmed"])


def begun_with(taxpayer: int, document: int) -> None:
    """Say which document is the first: the steps follow it until it has arrived."""
    record = _kept(taxpayer)
    record.document_id = document
    record.save(update_fields=["document_id"])


def put_aside(taxpayer: int) -> None:
    """Remind of the first steps no more."""
    record = _kept(taxpayer)
    record.put_aside_at = clock.now()
    record.save(update_fields=["put_aside_at"])


def _kept(taxpayer: int) -> Start:
    made, _ = Start.objects.get_or_create(taxpayer_id=taxpayer)
    return made


def _first(taxpayer: int, record: Start) -> Shown | None:
    mine = Document.objects.filter(taxpayer_id=taxpayer, direction=Direction.OUT, kind__in=INVOICES)
    found = mine.filter(id=record.document_id).first() if record.document_id else None
    found = found or mine.filter(_ARRIVED).order_by("-id").first()
    return shown([found])[0] if found else None


def _has_arrived(one: Document) -> bool:
    """Whether the first steps are over for it: it is with its receiver, or issued."""
    return one.delivered_at is not None or one.stage == Stage.ISSUED


def _lacking(name: str, done: Mapping[str, bool]) -> str:
    return next((one for one in _NEEDED.get(name, ()) if not done[one]), "")


def _is_new(record: Start, done: Mapping[str, bool]) -> bool:
    return record.put_aside_at is None and not done["delivered"]
