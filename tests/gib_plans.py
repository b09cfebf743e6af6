"""GİB's test plan run in the test's own process, against the small gateway or one that was broken on purpose."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from seal_pki import NOW, fresh_authority
from ulak.seal.pki import folder
from ulak.seal.trust import Trust, TrustStore
from ulak_center.clock import VirtualClock
from ulak_center.plan.checks import Checks
from ulak_center.plan.gateway import Gateway
from ulak_center.plan.gateway.keys import keys_of
from ulak_center.plan.gateway.serving import running
from ulak_center.plan.gib import Gib
from ulak_center.plan.laboratory import laboratory
from ulak_center.plan.report import Report
from ulak_center.plan.session import run_plan
from ulak_center.plan.values import Outcome, Sizes
from ulak_center.plan.viewer import Viewer
from ulak_center.policy import Policy
from ulak_center.seals import PORTAL_PLAN, Seals

__all__ = ["SMALL", "Late", "outcomes", "plan_pki", "run"]

SMALL = Sizes(2, 3, 3)
_PATIENCE = 60.0
_UNDER_WAY = frozenset({"1000", "1100", "1200"})
_QUIET_LOOKS = 12
"""After so many looks that saw nobody at work nothing will come; a busy machine lets some pass between two steps."""
_HASTY = Policy(work=timedelta(0), road=timedelta(0), answer=timedelta(0))


@cache
def plan_pki() -> Path:
    """A folder with the keys of both sides."""
    place = Path(tempfile.mkdtemp(prefix="gib-plans-")) / "pki"
    folder.write(fresh_authority(more=(PORTAL_PLAN,)), place, NOW)
    return place


class Late:
    """Real seconds, and those that were added to them."""

    def __init__(self) -> None:
        self.added = 0.0
        self.quiet = 0

    def __call__(self) -> float:
        return time.monotonic() + self.added


def _wait(seconds: float, candidate: Gateway, gib: Gib, watch: Late) -> None:
    """Wait; where nobody has anything left to do, what is waited for never comes, and patience may end at once."""
    time.sleep(seconds)
    status = gib.status()
    due = status["queue"]["next"]
    soon = datetime.fromisoformat(status["now"]) + timedelta(seconds=30)
    has_work = (due is not None and datetime.fromisoformat(due) < soon) or _UNDER_WAY & status["counts"].keys()
    watch.quiet = 0 if has_work or not candidate.receiver.is_idle else watch.quiet + 1
    if watch.quiet > _QUIET_LOOKS:
        watch.added += 20 * _PATIENCE
        watch.quiet = 0


def run(
    *,
    kind: type[Gateway] = Gateway,
    only: Sequence[str] = (),
    report: Path | None = None,
    sizes: Sizes = SMALL,
    late: Late | None = None,
) -> Report:
    """Run the plan.

    Args:
        kind: the candidate's class.
        late: by whose watch limits are measured.
    """
    clock = VirtualClock(NOW)
    trust = Trust(TrustStore.read(plan_pki()), clock=clock.now)
    with laboratory(Seals.in_folder(plan_pki(), clock.now), clock=clock, policy=_HASTY) as url:
        gib = Gib(url)

        def make(endpoint: str) -> Gateway:
            keys = keys_of(plan_pki())
            return kind(
                gib.service, endpoint, keys=keys, trust=trust, now=clock.now, chance=random.Random(5), pause=0.01
            )

        with running(make) as candidate:
            viewer = Viewer(Checks(trust, clock.now))
            try:
                watch = late or Late()
                return run_plan(
                    candidate,
                    gib,
                    viewer,
                    only=only,
                    folder=report,
                    sizes=sizes,
                    patience=_PATIENCE,
                    pulse=watch,
                    wait=lambda seconds: _wait(seconds, candidate, gib, watch),
                )
            finally:
                gib.close()


def outcomes(report: Report) -> Mapping[str, Outcome]:
    """How each step ended, by its id."""
    return {result.step.id: result.outcome for result in report.results}
