"""Whether a document was filed before (Sistem Yanıtı Şema Yapısı V1.5, 4.1: 1163 and 1164)."""

from __future__ import annotations

from collections.abc import Iterable

from ulak.envelope import ElementType
from ulak_center.judging.filing import SYSTEM_RESPONSE
from ulak_center.judging.looking import Looked
from ulak_center.judging.problems import refused
from ulak_center.values import Registry

__all__ = ["refuse_filed"]


def refuse_filed(looked: Iterable[Looked], registry: Registry) -> None:
    """See that no document came before, in this envelope or in another.

    Raises:
        Refused: ``judge.invoice-twice``, ``judge.invoice-filed``, ``judge.document-twice``, ``judge.document-filed``.
    """
    seen: set[tuple[str, ...]] = set()
    # System responses are sent again until they arrive, and accounts have no ETTN.
    once = [one for one in looked if one.noted.filed.answer != SYSTEM_RESPONSE and one.noted.filed.ettn]
    before = registry.filed_in([one.noted.filed for one in once]) if once else {}
    for place, one in enumerate(once):
        filed = one.noted.filed
        code = "judge.invoice" if filed.element is ElementType.INVOICE else "judge.document"
        keys = {("ettn", filed.ettn), ("number", filed.number, filed.sender)}
        if keys & seen:
            raise refused(f"{code}-twice", document=one.label)
        seen |= keys
        if place in before:
            raise refused(f"{code}-filed", document=one.label, envelope=before[place])
