"""What GİB's Schematron leaves open: that the parties of some documents are those of their envelope.

Source: Schematron 20260312 compares them for invoices, despatch advices and answers only; Gümrük İşlemleri Kılavuzu
V1.8, 4.2.3 for notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ulak.envelope import ElementType, Header
from ulak.errors import Text
from ulak_center.judging.filing import path_of
from ulak_center.judging.problems import Refused, refused
from ulak_center.values import Filed

__all__ = ["party_faults"]

_COMPARED: Final = frozenset({ElementType.RECEIPT_ADVICE, ElementType.CREDIT_NOTE})
_NOTICE: Final = ("YOLCUBERABERFATURA", "SATISIPTALIADE")


def party_faults(filed: Filed, header: Header, where: Text) -> Iterator[Refused]:
    """Where a document does not belong into its envelope, though the Schematron would take it."""
    element = filed.element
    if element not in _COMPARED:
        return
    if element is ElementType.CREDIT_NOTE and (filed.profile, filed.type_code) != _NOTICE:
        yield refused(
            "judge.not-a-notice", document=where, profile=filed.profile[:50] or "–", type=filed.type_code[:50] or "–"
        )
    for code, sender, found, stated in (
        ("judge.other-sender", True, filed.sender, header.sender.number),
        ("judge.other-receiver", False, filed.receiver, header.receiver.number),
    ):
        if found != stated:
            path = path_of(element, sender=sender)
            yield refused(code, document=where, path=path, found=found[:50] or "–", stated=stated)
