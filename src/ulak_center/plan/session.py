"""One run of the plan from its begin to its report."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from ulak_center.plan.candidate import Candidate
from ulak_center.plan.gib import Gib
from ulak_center.plan.report import Report, Reporter, in_plan_order
from ulak_center.plan.running import carry_out, chosen
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Result, Sizes
from ulak_center.plan.viewer import Viewer

__all__ = ["run_plan"]

Watch = Callable[[Result], object]


def run_plan(
    candidate: Candidate,
    gib: Gib,
    viewer: Viewer,
    *,
    only: Sequence[str] = (),
    folder: Path | None = None,
    sizes: Sizes = Sizes(),  # noqa: B008
    patience: float = 60.0,
    watch: Watch = lambda result: None,
    pulse: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] = time.sleep,
) -> Report:
    """Put a candidate to the plan.

    Args:
        gib: GİB's side; the candidate is registered there first.
        only: steps, or how their ids begin; what they need is run, too. None for all.
        folder: where the report is written; None for no report.
        sizes: of the performance tests.
        patience: real seconds that are waited for something to happen.
        watch: is told each result as it is known.
        pulse: real seconds that never go back, by which limits are measured.
        wait: lets real seconds pass.

    Raises:
        PlanError: ``plan.step``, ``plan.report``; ``plan.center``, ``plan.control*`` if GİB's side does not begin.
    """
    steps = chosen(only)
    reporter = Reporter(folder) if folder is not None else None
    gib.register(candidate.about())
    scene = Scene(candidate, gib, viewer, sizes=sizes, patience=patience, pulse=pulse, wait=wait)
    began = scene.now()
    results = []
    for result in carry_out(scene, steps):
        results.append(reporter.keep(result) if reporter else result)
        watch(result)
    report = Report(
        f"Ulak {version('ulak')}",
        gib.url,
        scene.about,
        scene.portal,
        sizes,
        len(steps) == len(chosen()),
        viewer.judges,
        began,
        scene.now(),
        in_plan_order(results, [step.id for step in steps]),
    )
    if reporter:
        reporter.finish(report)
    return report
