"""Whether an envelope's sender and receiver may do what it does, and exist.

Source: Entegrasyon Kılavuzu V1.10, 3.3, 4.4; Özel Entegrasyon Kılavuzu V1.13, 4, 5.2; Gümrük İşlemleri Kılavuzu V1.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from ulak.envelope import GIB, ElementType, EnvelopeType, Header, Party
from ulak.errors import Text
from ulak_center.judging.problems import Refused, refused
from ulak_center.values import CUSTOMS, Registry, Role, Use, role_of, use_of

__all__ = ["refuse_authority", "refuse_no_address"]

_NOTICES: Final = "urn:mail:yolcuberaberpk@gtb.gov.tr"
"""Where notices of sales to passengers go (Gümrük İşlemleri Kılavuzu V1.8, 4.3)."""
_SENDER: Final = Text("Gönderen", "The sender")
_RECEIVER: Final = Text("Alıcı", "The receiver")
_USES: Final = {
    Use.INVOICE: Text("e-Fatura", "e-Fatura"),
    Use.DESPATCH: Text("e-İrsaliye", "e-İrsaliye"),
}


def refuse_authority(header: Header, element: ElementType | None, registry: Registry, at: datetime) -> None:
    """See that both ends are registered for what the envelope carries, 1171 before 1172.

    Raises:
        Refused: ``judge.unit``, ``judge.mailbox``, ``judge.notice-mailbox``, ``judge.not-integrator``,
            ``judge.unknown-sender``, ``judge.authority-unknown``.
    """
    with _known("judge.authority-unknown"):
        if header.type is EnvelopeType.USER:
            if not registry.is_integrator(header.sender.number):
                raise refused("judge.not-integrator", number=header.sender.number)
        elif header.type is EnvelopeType.SYSTEM:
            # An answer is owed to what came before an alias was closed, so that it once existed is enough.
            if not (header.sender[:2] == GIB[:2] or registry.has_address(header.sender)):
                raise refused("judge.unknown-sender", number=header.sender.number, alias=header.sender.alias[:250])
        elif element is not None:
            faults = list(_faults(header, element, registry, at))
            if faults:
                raise min(faults, key=lambda fault: fault.status)


def _faults(header: Header, element: ElementType, registry: Registry, at: datetime) -> Iterator[Refused]:
    sender, receiver = role_of(is_answer=header.type is EnvelopeType.POSTBOX)
    if header.type is EnvelopeType.POSTBOX and header.sender[:2] == (_NOTICES, CUSTOMS):
        # What customs approve goes to the mailbox of the intermediary, not back to the seller (V1.8, 4.3).
        receiver = Role.PK
    use = use_of(element)
    if not _may(header.sender, sender, use, registry, at):
        yield _without(_SENDER, header.sender, sender, use)
    if element is ElementType.CREDIT_NOTE and header.receiver[:2] != (_NOTICES, CUSTOMS):
        yield refused("judge.notice-mailbox", alias=_NOTICES, number=CUSTOMS)
    elif _exists(header.receiver, registry) and not _may(header.receiver, receiver, use, registry, at):
        yield _without(_RECEIVER, header.receiver, receiver, use)


def _may(party: Party, role: Role, use: Use, registry: Registry, at: datetime) -> bool:
    if party[:2] == GIB[:2]:
        return True
    return registry.unit(party.number, party.alias, role, use, at) is not None


def _without(side: Text, party: Party, role: Role, use: Use) -> Refused:
    code = "judge.unit" if role is Role.GB else "judge.mailbox"
    return refused(code, side=side, number=party.number, alias=party.alias[:250], use=_USES[use])


def refuse_no_address(header: Header, registry: Registry) -> None:
    """See that the receiver exists.

    Raises:
        Refused: ``judge.no-address``, ``judge.address-unknown``.
    """
    receiver = header.receiver
    if receiver[:2] == GIB[:2]:
        return
    if not _exists(receiver, registry):
        raise refused("judge.no-address", number=receiver.number, alias=receiver.alias[:250])


def _exists(party: Party, registry: Registry) -> bool:
    with _known("judge.address-unknown"):
        return registry.has_address(party)


@contextmanager
def _known(code: str) -> Iterator[None]:
    """What the registry cannot tell is said as such."""
    try:
        yield
    except Refused:
        raise
    except Exception as fault:
        raise refused(code, detail=str(fault)[:200]) from fault
