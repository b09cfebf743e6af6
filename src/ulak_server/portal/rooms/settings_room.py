"""The room of settings: its pages' registry, and the ways that stand beside each of them."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import shown
from ulak_server.statuses import status_of

__all__ = ["ROOM", "WAYS", "Way", "page", "ways_of"]

ROOM = Pages("settings")


class Way(NamedTuple):
    """A page of settings.

    Attributes:
        path: below the taxpayer's address.
        action: without which nobody sees it.
    """

    path: str
    label: Text
    action: str


WAYS: Final = (
    Way("settings", Text("Firma bilgileri", "Company"), "taxpayers.read"),
    Way("settings/account", Text("GİB hesapları", "Accounts at GİB"), "taxpayers.read"),
    Way("settings/series", Text("Seriler", "Series"), "taxpayers.read"),
    Way("settings/seal", Text("Mühür", "Seal"), "taxpayers.read"),
    Way("ledgers/facts", Text("Defter bilgileri", "Facts of the ledgers"), "ledgers.read"),
    Way("settings/branches", Text("Şubeler", "Branches"), "books.read"),
    Way("settings/designs", Text("Tasarımlar", "Designs"), "designs.read"),
    Way("settings/labels", Text("Belge etiketleri", "Labels"), "books.read"),
    Way("recurring", Text("Yinelenen belgeler", "Recurring documents"), "books.read"),
    Way("settings/users", Text("Kullanıcılar", "Users"), "users.read"),
    Way("settings/keys", Text("API anahtarları", "API keys"), "keys.read"),
    Way("settings/webhooks", Text("Web kancaları", "Webhooks"), "webhooks.read"),
    Way("settings/notifications", Text("Bildirimler", "Notifications"), "notifications.read"),
    Way("deliveries", Text("E-posta gönderimleri", "E-mail deliveries"), "delivery.read"),
    Way("settings/credits", Text("Kontör", "Kontör"), "credits.read"),
    Way("settings/support", Text("Destek erişimi", "Support access"), "support.read"),
)


def ways_of(visit: Visit, path: str) -> list[tuple[str, Text, str]]:
    """The pages of settings that the visitor may open: address, name, and whether it is the one at ``path`` (``page``)
    or that one lies below it (``true``)."""
    found = [(f"/t/{visit.taxpayer}/{one.path}", one.label) for one in WAYS if visit.may(one.action)]
    here = max((address for address, _ in found if f"{path}/".startswith(f"{address}/")), key=len, default="")
    mark = "page" if here == path else "true"
    return [(address, label, mark if address == here else "") for address, label in found]


def page(
    request: HttpRequest,
    visit: Visit,
    name: str,
    values: dict[str, Any],
    *,
    error: UlakError | None = None,
    title: Text | None = None,
) -> HttpResponse:
    """A page of settings, with the ways to the others beside it."""
    title = title or next((label for _, label, mark in ways_of(visit, request.path) if mark == "page"), None)
    context = {"error": error, **values}
    status = status_of(error) if error else 200
    return shown(request, visit, f"portal/settings/{name}.html", context, title=title, status=status)
