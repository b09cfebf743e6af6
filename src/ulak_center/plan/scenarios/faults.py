"""Calls that are wrong on purpose, in both directions.

Source: e-Fatura Test Planı V1.3, 5.1.2 and 5.2.2; the faults are those of Ek-3 V1.4, 8. The plan names a wrong name
and a wrong hash as examples; that an envelope is taken once, and 2004 is known, is asked besides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ulak.envelope import Party
from ulak.errors import Text
from ulak_center.plan.candidate import Mistake, Shown
from ulak_center.plan.scenarios.parts import fail, shown_text, text
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Section, Step

__all__ = ["fault_steps"]

_CODES: Final = {"wrong-name": 2006, "wrong-hash": 2000, "duplicate": 2001, "unknown-id": 2004}
_WORDS: Final = {
    "wrong-name": Text("yanlış zarf adı", "wrong envelope name"),
    "wrong-hash": Text("yanlış özet", "wrong hash"),
    "duplicate": Text("aynı zarf ikinci kez", "the same envelope twice"),
    "unknown-id": Text("bilinmeyen zarfın sorulması", "question about an unknown envelope"),
}


def fault_steps(section: Section, receiver: Callable[[Scene], Party], kinds: Sequence[str]) -> tuple[Step, Step]:
    """Both steps of a section: the candidate calls wrongly, and GİB does.

    Args:
        receiver: the candidate's unit that GİB addresses.
        kinds: the calls that GİB makes; the candidate makes those of them that it can.
    """
    codes = ", ".join(str(_CODES[kind]) for kind in kinds)

    def by_candidate(scene: Scene) -> Found:
        before = scene.gib.last_call()
        found = _judged((each, scene.candidate.call_wrongly(each, scene.portal.mailbox)) for each in Mistake)
        seen = scene.gib.refused_since(before)
        for each in Mistake:
            if str(_CODES[each]) not in seen:
                raise fail("Merkez {kind} görmedi", "Merkez has not seen a {kind}", kind=_WORDS[each])
        return found

    def by_gib(scene: Scene) -> Found:
        return _judged((each, scene.gib.call_wrongly(each, receiver(scene))) for each in kinds)

    return (
        Step(
            f"{section.id}-a",
            section,
            Text("Kurum Merkezi yanlış ad ve özetle çağırır", "The candidate calls Merkez with a wrong name and hash"),
            Text("Merkezin hata kodu ve metni görülür (2006, 2000)", "Merkez's code and text are shown (2006, 2000)"),
            by_candidate,
            ("4-a",),
        ),
        Step(
            f"{section.id}-b",
            section,
            Text("Merkez kurumu yanlış çağırır", "Merkez calls the candidate wrongly"),
            text(
                "kurum Ek-3 biçiminde hata döner, GİB kod ve metni görür ({codes})",
                "the candidate answers a fault as in Ek-3; GİB sees code and text ({codes})",
                codes=codes,
            ),
            by_gib,
            ("4-b",),
        ),
    )


def _judged(calls: Iterable[tuple[str, Shown]]) -> Found:
    texts = []
    for kind, shown in calls:
        if shown.code != _CODES[kind] or not shown.text:
            raise fail(
                "{kind}: {shown}; {code} beklendi",
                "{kind}: {shown}; {code} was expected",
                kind=_WORDS[kind],
                shown=shown_text(shown),
                code=_CODES[kind],
            )
        texts.append(shown_text(shown))
    return Found(Text("; ".join(one.tr for one in texts), "; ".join(one.en for one in texts)))
