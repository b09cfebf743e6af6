"""Calls that are wrong on purpose, in both directions.

Source: e-Fatura Test Planı V1.3, 5.1.2 and 5.2.2; the faults are those of Ek-3 V1.4, 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from ulak.envelope import Party
from ulak.errors import Text
from ulak_center.plan.candidate import Mistake
from ulak_center.plan.scenarios.parts import fail, shown_text
from ulak_center.plan.scene import Scene
from ulak_center.plan.values import Found, Section, Step

__all__ = ["fault_steps"]

_CODES: Final = {Mistake.NAME: 2006, Mistake.HASH: 2000}
_WORDS: Final = {
    Mistake.NAME: Text("yanlış zarf adı", "wrong envelope name"),
    Mistake.HASH: Text("yanlış özet", "wrong hash"),
}


def fault_steps(section: Section, receiver: Callable[[Scene], Party], first: Mistake) -> tuple[Step, Step]:
    """Both steps of a section: the candidate calls wrongly, and GİB does.

    Args:
        receiver: the candidate's unit that GİB addresses.
        first: which mistake is made first; the other one follows.
    """
    mistakes = (first, *(mistake for mistake in Mistake if mistake is not first))

    def by_candidate(scene: Scene) -> Found:
        shown = [(each, scene.candidate.call_wrongly(each, scene.portal.mailbox)) for each in mistakes]
        for mistake, one in shown:
            if one.code != _CODES[mistake] or not one.text:
                raise _wrong(mistake, shown_text(one))
        return _found(shown_text(one) for _, one in shown)

    def by_gib(scene: Scene) -> Found:
        answered = [(each, scene.gib.call_wrongly(each, receiver(scene))) for each in mistakes]
        for mistake, one in answered:
            if one.code != _CODES[mistake] or not one.text:
                raise _wrong(mistake, shown_text(one))
        return _found(shown_text(one) for _, one in answered)

    return (
        Step(
            f"{section.id}-a",
            section,
            Text(
                "Kurum Merkezi yanlış ad ve yanlış özetle çağırır",
                "The candidate calls Merkez with a wrong name, a wrong hash",
            ),
            Text("Merkezin hata kodu ve metni görülür (2006, 2000)", "Merkez's code and text are shown (2006, 2000)"),
            by_candidate,
            ("4-a",),
        ),
        Step(
            f"{section.id}-b",
            section,
            Text(
                "Merkez kurumu yanlış ad ve yanlış özetle çağırır",
                "Merkez calls the candidate with a wrong name, a wrong hash",
            ),
            Text(
                "kurum Ek-3 biçiminde hata döner, GİB kod ve metni görür",
                "the candidate answers a fault as in Ek-3; GİB sees code and text",
            ),
            by_gib,
            ("4-b",),
        ),
    )


def _wrong(mistake: Mistake, shown: Text) -> Exception:
    return fail(
        "{mistake}: {shown}; {code} beklendi",
        "{mistake}: {shown}; {code} was expected",
        mistake=_WORDS[mistake],
        shown=shown,
        code=_CODES[mistake],
    )


def _found(shown: Iterable[Text]) -> Found:
    texts = list(shown)
    return Found(Text("; ".join(one.tr for one in texts), "; ".join(one.en for one in texts)))
