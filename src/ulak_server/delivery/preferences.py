"""How people want to be told: by kind of happening, in the portal, by e-mail within minutes or once a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ulak_server.delivery.kinds import KINDS
from ulak_server.delivery.models import MailBy, Preference
from ulak_server.delivery.problems import problem

__all__ = ["Wish", "Wishes", "prefer", "preferences", "wishes"]


class Wish(NamedTuple):
    """How somebody wants to be told of a kind.

    Attributes:
        shown: whether in the portal.
    """

    shown: bool
    mail: MailBy


class Wishes(NamedTuple):
    """What the people of a taxpayer have said; for the rest `KINDS` speaks."""

    said: Mapping[tuple[int, str], Wish]

    def of(self, user: int, kind: str) -> Wish:
        return self.said.get((user, kind)) or _USUAL[kind]


_USUAL: Final = {name: Wish(kind.shown, kind.mail) for name, kind in KINDS.items()}


def wishes(taxpayer: int) -> Wishes:
    """Those of all people of a taxpayer; within a scope that holds it."""
    found = Preference.objects.filter(taxpayer_id=taxpayer)
    return Wishes({(one.user_id, one.kind): Wish(one.shown, MailBy(one.mail)) for one in found})


def preferences(taxpayer: int, user: int) -> dict[str, Wish]:
    """How a person is told of each kind, in the order of `KINDS`."""
    said = wishes(taxpayer)
    return {kind: said.of(user, kind) for kind in KINDS}


def prefer(taxpayer: int, user: int, kind: str, *, shown: bool, mail: str) -> None:
    """Be told of a kind so from now on.

    Raises:
        DeliveryError: ``notification.kind-unknown``, ``notification.mail-unknown``.
    """
    if kind not in KINDS:
        raise problem("notification.kind-unknown", where="/kind", kind=kind[:60])
    if mail not in MailBy.values:
        raise problem("notification.mail-unknown", where="/mail", mail=mail[:60])
    Preference.objects.update_or_create(
        taxpayer_id=taxpayer, user_id=user, kind=kind, defaults={"shown": shown, "mail": mail}
    )
