"""What only shows inside the envelope, told of the noted values: who is to be judged there once more.

Where nothing of this is so, the rules say of the envelope what they say of its documents one by one; where something
is, the envelope is judged whole, and only that counts. Source: the rules of Schematron 20260312 that look outside of
their document, ``DocumentSenderCheck``, ``DocumentReceiverCheck``, ``IhracatYolcuBeraberCheck``,
``IdisSevkiyatNoCheck`` and ``GeneralUnitCodeCheck`` among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ulak.envelope import ElementType, Header
from ulak_center.judging.filing import Noted
from ulak_center.values import CUSTOMS

__all__ = ["is_doubtful"]

_ONE_BY_ONE: Final = frozenset(
    {ElementType.INVOICE, ElementType.DESPATCH_ADVICE, ElementType.CREDIT_NOTE, ElementType.RECEIPT_ADVICE}
)
_COMPARED: Final = frozenset({ElementType.INVOICE, ElementType.DESPATCH_ADVICE})
_WITHOUT_RULES: Final = frozenset({"EARSIVBELGE", "GIDERPUSULASI"})
"""Profiles that `ulak.rules` spares the rules of invoices, which inside an envelope they are not spared."""
_OF_CUSTOMS: Final = "@gtb.gov.tr"
_IDIS: Final = frozenset({"IDIS", "IDISIRSALIYE"})


def is_doubtful(noted: Sequence[Noted], header: Header) -> bool:
    """Whether the documents must be judged inside their envelope."""
    if not all(one.filed.element in _ONE_BY_ONE for one in noted):
        return True
    profiles = {one.filed.profile for one in noted}
    if any(one.is_odd for one in noted) or len({one.version for one in noted}) > 1 or profiles & _WITHOUT_RULES:
        return True
    receiver = header.receiver
    if receiver.number == CUSTOMS or receiver.alias.endswith(_OF_CUSTOMS) or (profiles & _IDIS and len(profiles) > 1):
        return True
    return any(_is_strange(one, header) for one in noted)


def _is_strange(one: Noted, header: Header) -> bool:
    if one.filed.element not in _COMPARED:
        return False
    return set(one.senders) != {header.sender.number} or set(one.receivers) != {header.receiver.number}
