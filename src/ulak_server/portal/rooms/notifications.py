"""What a person is told: the bell, its list, and how they want to be told."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.delivery import services as delivery
from ulak_server.delivery.services import Notice
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import at, go, notice, shown

__all__ = ["ROOM"]

ROOM = Pages("notifications")
_PAGE: Final = 30
_WAYS: Final = (
    ("never", Text("Göndermeyin", "Do not send")),
    ("once", Text("Hemen", "At once")),
    ("daily", Text("Her sabah özet", "Every morning")),
)


@ROOM.page("GET", "notifications", "notifications.read", Text("Bildirimler", "Notifications"))
def mine(request: HttpRequest, visit: Visit) -> HttpResponse:
    before = request.GET.get("before", "")
    start = int(before) if before.isascii() and before.isdecimal() and len(before) < 18 else None
    with visit.work():
        rows = delivery.notices(visit.taxpayer, visit.caller.user or 0, before=start, limit=_PAGE + 1)
        fresh = delivery.unseen(visit.taxpayer, visit.caller.user or 0)
    values = {
        "rows": [(one, _address(visit, one)) for one in rows[:_PAGE]],
        "next": rows[_PAGE - 1].row.id if len(rows) > _PAGE else None,
        "fresh": fresh,
        "icons": {"ok": "check", "bad": "alert", "wait": "clock", "info": "info"},
    }
    return shown(request, visit, "portal/notifications/mine.html", values)


_PLACES: Final = {
    "document.received": "incoming",
    "batch.done": "imports",
    "key.expiring": "settings/keys",
    "mail.bounced": "deliveries?group=failed",
    "webhook.off": "settings/webhooks",
}
_AREAS: Final = {
    "account": "settings",
    "answer": "outgoing",
    "credits": "settings/credits",
    "document": "outgoing",
    "ledger": "ledgers",
    "report": "reports",
}


def _address(visit: Visit, one: Notice) -> str:
    """Where a notification leads."""
    kind = one.row.kind
    if len(one.documents) == 1 and kind != "mail.bounced":
        path = f"documents/{one.documents[0]}"
    else:
        path = _PLACES.get(kind) or _AREAS[kind.partition(".")[0]]
    return f"/t/{visit.taxpayer}/{path}"


@ROOM.page(
    "GET",
    "notifications/count",
    "notifications.read",
    Text("Bildirim sayısı", "Number of notifications"),
    by_itself=True,
)
def count(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        fresh = delivery.unseen(visit.taxpayer, visit.caller.user or 0)
    return shown(
        request,
        visit,
        "portal/notifications/count.html",
        {"fresh": fresh},
        part="portal/notifications/_count.html",
    )


@ROOM.page("POST", "notifications/seen", "notifications.read", Text("Görüldü say", "Mark as seen"))
def seen(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        delivery.seen(visit.taxpayer, visit.caller.user or 0)
    return go(request, at(visit, "notifications.mine"))


@ROOM.page("GET", "settings/notifications", "notifications.read", Text("Bildirim tercihleri", "Notification settings"))
def settings(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        wishes = delivery.preferences(visit.taxpayer, visit.caller.user or 0)
    rows = [(name, delivery.KINDS[name].name, wish) for name, wish in wishes.items()]
    values = {"rows": rows, "ways": _WAYS, "sends_mail": "mail" in delivery.channels()}
    return shown(request, visit, "portal/notifications/settings.html", values)


@ROOM.page("POST", "settings/notifications", "notifications.read", Text("Tercihleri kaydet", "Save the settings"))
def save(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        for kind in delivery.KINDS:
            if f"mail:{kind}" in request.POST:
                delivery.prefer(
                    visit.taxpayer,
                    visit.caller.user or 0,
                    kind,
                    shown=bool(request.POST.get(f"shown:{kind}")),
                    mail=request.POST[f"mail:{kind}"],
                )
    return notice(go(request, at(visit, "notifications.settings")), Text("Kaydedildi.", "Saved."), visit)
