"""What the plan is made of, and what running it gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ulak.errors import Text

if TYPE_CHECKING:
    from ulak_center.plan.scene import Scene

__all__ = ["Evidence", "Failed", "Found", "NotJudged", "Outcome", "Result", "Section", "Sizes", "Step", "decimal"]


class Outcome(StrEnum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not-run"
    """A step that it needs did not pass, or GİB's side could not do its part."""
    NOT_JUDGED = "not-judged"
    """The candidate shows nothing that could be judged."""


class Failed(Exception):
    """Raised in a step: what was found is not what was expected."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class NotJudged(Exception):
    """Raised in a step: there is nothing to judge."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Evidence(NamedTuple):
    """A message that proves something.

    Attributes:
        name: of its file, beside the report.
    """

    name: str
    about: Text
    data: bytes


class Found(NamedTuple):
    """What a step found, if all is well.

    Attributes:
        envelopes: ids of the envelopes that it was about.
        documents: ETTNs.
        seconds: what was measured, where the plan sets a limit; None elsewhere.
    """

    text: Text
    envelopes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    seconds: float | None = None


class Section(NamedTuple):
    """A part of the plan.

    Attributes:
        id: e.g. ``5.1.1``.
        source: guide and section.
        sender: whether its envelopes are those of the sender unit's tests (one day), of the mailbox's, or of neither.
    """

    id: str
    title: Text
    source: str
    day: str = ""


class Step(NamedTuple):
    """One step of the plan.

    Attributes:
        id: as in the plan, e.g. ``5.1.1-c``; those of the özel entegratör's tests begin with ``OEK-``.
        run: does it; raises `Failed` or `NotJudged`. None for what other steps prove.
        needs: steps that must have passed before.
        proven_by: steps whose outcome it has.
    """

    id: str
    section: Section
    title: Text
    expected: Text
    run: Callable[[Scene], Found] | None = None
    needs: tuple[str, ...] = ()
    proven_by: tuple[str, ...] = ()


class Result(NamedTuple):
    """What became of a step.

    Attributes:
        began, ended: by GİB's clock, in Istanbul.
        seconds: real ones that the step took.
        measured: what the plan's limit is about; None if it sets none.
    """

    step: Step
    outcome: Outcome
    found: Text
    began: datetime
    ended: datetime
    seconds: float
    envelopes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    measured: float | None = None


class Sizes(NamedTuple):
    """How much the performance tests send; the default is what the plan demands."""

    few: int = 10
    many: int = 100
    envelopes: int = 10

    @property
    def are_the_plans(self) -> bool:
        """Whether a run with them counts."""
        return self == Sizes()


def decimal(value: float, places: int = 2) -> Text:
    """A number as each language writes it.

    >>> decimal(0.037)
    Text(tr='0,04', en='0.04')
    """
    written = f"{value:.{places}f}"
    return Text(written.replace(".", ","), written)
