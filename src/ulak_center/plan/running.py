"""The plan carried out: one step after the other, each judged, none before those it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ulak.errors import Text, UlakError
from ulak_center.plan.problems import PlanError, plan_error
from ulak_center.plan.scenarios import PLAN
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Failed, Found, NotJudged, Outcome, Result, Step

__all__ = ["carry_out", "chosen"]

_NEEDS: Final = Text("önce {ids} geçmeli", "{ids} must pass first")
_SHOWN_BY: Final = Text("görüldü: {ids}", "seen in: {ids}")
_NOT_SHOWN: Final = Text("geçmedi: {ids}", "did not pass: {ids}")
_BROKE: Final = Text(
    "kurumun yazılımı hata verdi: {kind}: {detail}", "the candidate's software broke: {kind}: {detail}"
)
_ALONE: Final = Text("merkez artık yanıt vermiyor", "the center no longer answers")
_GONE: Final = "plan.center"
_OURS: Final = frozenset({_GONE, "plan.control", "plan.control-answer"})
"""Errors of GİB's side, which say nothing of the candidate."""


def chosen(only: Sequence[str] = (), plan: Sequence[Step] = PLAN) -> tuple[Step, ...]:
    """The steps to run: all, or those named with all that they need, in the plan's order.

    Args:
        only: ids of steps, or how ids begin: ``5.1`` is all of 5.1.1, 5.1.2 and 5.1.3.

    Raises:
        PlanError: ``plan.step``.
    """
    if not only:
        return tuple(plan)
    by_id = {step.id: step for step in plan}
    wanted: set[str] = set()
    for name in only:
        named = [step for step in plan if _is_named(step.id, name.strip().rstrip("."))]
        if not named:
            sections = dict.fromkeys(step.section.id for step in plan)
            raise plan_error("plan.step", id=name, known=", ".join(sections))
        for step in named:
            _collect(step, by_id, wanted)
    return tuple(step for step in plan if step.id in wanted)


def _is_named(id: str, name: str) -> bool:
    """Whether a step is meant: by its id in any case, or by the beginning of it up to a point or a dash."""
    low, meant = id.lower(), name.lower()
    return bool(meant) and (low == meant or low.startswith((f"{meant}.", f"{meant}-")))


def _collect(step: Step, by_id: Mapping[str, Step], wanted: set[str]) -> None:
    if step.id in wanted:
        return
    wanted.add(step.id)
    for need in (*step.needs, *step.proven_by):
        _collect(by_id[need], by_id, wanted)


def carry_out(scene: Scene, steps: Sequence[Step]) -> Iterator[Result]:
    """Run steps in order; what other steps prove comes last, when they are known."""
    results: dict[str, Result] = {}
    for step in steps:
        if step.run is not None:
            results[step.id] = _carried_out(scene, step, results)
            yield results[step.id]
    for step in steps:
        if step.run is None:
            yield _proven(scene, step, results)


def _carried_out(scene: Scene, step: Step, results: Mapping[str, Result]) -> Result:
    missing = [id for id in step.needs if results[id].outcome is not Outcome.PASSED]
    began, since = scene.now(), scene.pulse()
    if scene.is_alone:
        return Result(step, Outcome.NOT_RUN, _ALONE, began, began, 0.0)
    if missing:
        return Result(step, Outcome.NOT_RUN, _NEEDS.format(ids=", ".join(missing)), began, began, 0.0)
    outcome, found = _judged(scene, step)
    return Result(
        step,
        outcome,
        found.text,
        began,
        scene.now(),
        scene.pulse() - since,
        found.envelopes,
        found.documents,
        found.evidence,
        found.seconds,
    )


def _judged(scene: Scene, step: Step) -> tuple[Outcome, Found]:
    assert step.run is not None
    try:
        return Outcome.PASSED, step.run(scene)
    except Failed as failed:
        return Outcome.FAILED, Found(failed.text)
    except NotJudged as nothing:
        return Outcome.NOT_JUDGED, Found(nothing.text)
    except UlakError as error:
        ours = isinstance(error, PlanError) and error.code in _OURS
        scene.is_alone = error.code == _GONE
        said = Text(f"{error.code}: {error.text.tr}", f"{error.code}: {error.text.en}")
        return (Outcome.NOT_RUN if ours else Outcome.FAILED), Found(said)
    except Exception as error:
        # A candidate is somebody else's software: whatever it raises is its failure, and the plan goes on.
        detail = f"{error}"[:500]
        return Outcome.FAILED, Found(_BROKE.format(kind=type(error).__name__, detail=detail))


def _proven(scene: Scene, step: Step, results: Mapping[str, Result]) -> Result:
    shown = [results[id] for id in step.proven_by]
    now, ids = scene.now(), ", ".join(step.proven_by)
    outcomes = {one.outcome for one in shown}
    order = (Outcome.FAILED, Outcome.NOT_RUN, Outcome.NOT_JUDGED, Outcome.PASSED)
    outcome = next(each for each in order if each in outcomes)
    if outcome is Outcome.PASSED:
        return Result(step, outcome, _SHOWN_BY.format(ids=ids), now, now, 0.0)
    missing = ", ".join(one.step.id for one in shown if one.outcome is not Outcome.PASSED)
    return Result(step, outcome, _NOT_SHOWN.format(ids=missing), now, now, 0.0)
