"""What the steps of the plan share while it runs: both sides, the clock, and what happened so far."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from ulak.envelope import Party
from ulak.errors import Text
from ulak_center.plan.candidate import About, Candidate
from ulak_center.plan.gib import Gib, Portal
from ulak_center.plan.problems import PlanError
from ulak_center.plan.values import Failed, Sizes
from ulak_center.plan.viewer import Viewer

__all__ = ["Scene"]

T = TypeVar("T")
_LATE = Text("{seconds} saniye beklendi, gelmedi: {what}", "{seconds} seconds passed and it did not come: {what}")
_STEP = 0.02
_LONGEST = 0.25


class Scene:
    """One run of the plan.

    Attributes:
        gib: GİB's side.
        viewer: judges documents as GİB's e-Fatura Görüntüleyici would.
        notes: what steps leave for later ones, by a name.
        sender, mailbox: the candidate's integration user at its two units.
        is_alone: whether GİB's side has stopped to answer.

    Args:
        patience: real seconds that are waited for the other side to do its part; bulk gets ten times that.
    """

    def __init__(
        self,
        candidate: Candidate,
        gib: Gib,
        viewer: Viewer,
        *,
        sizes: Sizes = Sizes(),  # noqa: B008
        patience: float = 60.0,
        wait: Callable[[float], object] = time.sleep,
        pulse: Callable[[], float] = time.monotonic,
    ) -> None:
        self.candidate, self.gib, self.viewer, self.sizes = candidate, gib, viewer, sizes
        self.patience, self._wait, self.pulse = patience, wait, pulse
        self.notes: dict[str, Any] = {}
        self.is_alone = False
        self._last = gib.now()
        self.about: About = candidate.about()
        self.portal: Portal = gib.portal()
        self.sender = Party(self.about.sender, self.about.number, self.about.title)
        self.mailbox = Party(self.about.mailbox, self.about.number, self.about.title)

    def now(self) -> datetime:
        """GİB's time; once its side is gone, the last that was known."""
        if not self.is_alone:
            with suppress(PlanError):
                self._last = self.gib.now()
        return self._last

    def until(self, what: Text, condition: Callable[[], T | None], *, bulk: bool = False) -> T:
        """Wait for something that the other side does; raises `Failed` if it takes too long.

        Args:
            condition: gives None while it has not happened.
        """
        limit = self.patience * (10 if bulk else 1)
        end, pause = self.pulse() + limit, _STEP
        while (found := condition()) is None:
            if self.pulse() > end:
                seconds = f"{limit:g}"
                tr = _LATE.tr.format(seconds=seconds, what=what.tr)
                raise Failed(Text(tr, _LATE.en.format(seconds=seconds, what=what.en)))
            self.gib.let_time_pass()
            self._wait(pause)
            pause = min(pause * 1.5, _LONGEST)
        return found
