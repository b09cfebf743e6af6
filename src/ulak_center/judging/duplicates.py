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
    for one in looked:
        filed = one.noted.filed
        # System responses are sent again until they arrive, and accounts have no ETTN.
        if filed.answer == SYSTEM_RESPONSE or not filed.ettn:
            continue
        code = "judge.invoice" if filed.element is ElementType.INVOICE else "judge.document"
        keys = {("ettn", filed.ettn), ("number", filed.number, filed.sender)}
        if keys & seen:
            raise refused(f"{code}-twice", document=one.label)
        seen |= keys
        envelope = registry.filed_in(filed.element, filed.ettn, filed.number, filed.sender)
        if envelope is not None:
            raise refused(f"{code}-filed", document=one.label, envelope=envelope)
