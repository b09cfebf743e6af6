"""Addresses to which a taxpayer's messages are not sent any more, and why; in the caller's scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ulak.errors import Text
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.delivery.addresses import address_of
from ulak_server.delivery.models import Suppression
from ulak_server.delivery.problems import problem

__all__ = [
    "REASONS",
    "is_suppressed",
    "lift",
    "refuse",
    "stopped_among",
    "suppress",
    "suppress_by_hand",
    "suppressions",
]

REASONS: Final = {
    "bounced": Text("adres geçersiz, ileti geri döndü.", "the address is not valid, mail came back."),
    "bounced-often": Text("iletiler arka arkaya geri döndü.", "several messages in a row came back."),
    "refused": Text("sunucu böyle bir adres olmadığını söyledi.", "its server knows no such address."),
    "complained": Text("alıcı istenmeyen posta olarak işaretledi.", "the receiver marked mail as unwanted."),
    "by-hand": Text("firmanızdan biri durdurdu.", "somebody of your firm stopped it."),
}
"""Why nothing is sent to an address."""
_DETAIL: Final = 500


def suppressions(taxpayer: int, *, limit: int = 200) -> list[Suppression]:
    """Addresses that are stopped, the last first."""
    return list(Suppression.objects.filter(taxpayer_id=taxpayer, lifted_at=None).order_by("-id")[:limit])


def is_suppressed(taxpayer: int, address: str) -> Suppression | None:
    """Why nothing is sent to an address; None if something is."""
    return Suppression.objects.filter(taxpayer_id=taxpayer, address=address.lower(), lifted_at=None).first()


def stopped_among(taxpayer: int, addresses: Sequence[str]) -> set[str]:
    """Those of some addresses to which nothing is sent any more."""
    small = {one.lower(): one for one in addresses}
    found = Suppression.objects.filter(taxpayer_id=taxpayer, address__in=list(small), lifted_at=None)
    return {small[address] for address in found.values_list("address", flat=True)}


def refuse(taxpayer: int, address: str) -> None:
    """Let nobody send to an address that is stopped.

    Raises:
        DeliveryError: ``delivery.suppressed``.
    """
    if (found := is_suppressed(taxpayer, address)) is not None:
        raise problem("delivery.suppressed", where="/to", address=address, reason=REASONS[found.reason])


def suppress(
    taxpayer: int,
    address: str,
    reason: str,
    *,
    code: str = "",
    detail: str = "",
    message: int | None = None,
    actor: str = "",
) -> None:
    """Send nothing to an address any more; one that is stopped already stays as it is."""
    made = Suppression(
        taxpayer_id=taxpayer,
        address=address.lower(),
        reason=reason,
        code=code,
        detail=detail[:_DETAIL],
        message_id=message,
        since=clock.now(),
        actor=actor,
    )
    Suppression.objects.bulk_create([made], ignore_conflicts=True)


def suppress_by_hand(taxpayer: int, address: str, *, actor: str = "", origin: str = "") -> None:
    """Somebody wants nothing to be sent to an address any more.

    Raises:
        DeliveryError: ``delivery.address-odd``.
    """
    suppress(taxpayer, address_of(address), "by-hand", actor=actor)
    _tell("suppression.made", taxpayer, actor, origin)


def lift(taxpayer: int, address: str, *, actor: str = "", origin: str = "") -> None:
    """Send to an address again.

    Raises:
        NoSuch: ``delivery.no-suppression``.
    """
    found = Suppression.objects.filter(taxpayer_id=taxpayer, address=address.lower(), lifted_at=None)
    if not found.update(lifted_at=clock.now()):
        raise problem("delivery.no-suppression")
    _tell("suppression.lifted", taxpayer, actor, origin)


def _tell(what: str, taxpayer: int, actor: str, origin: str) -> None:
    audit.record([Entry(what, clock.now(), taxpayer, actor=actor, origin=origin)])
