"""Webhooks: where a taxpayer's programs are told of what happens, and whether they heard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.delivery import services as delivery
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.statuses import status_of

__all__ = ["ROOM"]

ROOM = Pages("webhooks")
_CALLS: Final = 30
_PART: Final = "portal/webhooks/_calls.html"


class Given(NamedTuple):
    """What stands in the form, as it is shown and read."""

    url: str = ""
    label: str = ""
    kinds: Sequence[str] = ()


@ROOM.page("GET", "settings/webhooks", "webhooks.read", Text("Web kancaları", "Webhooks"))
def every(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        rows = delivery.hooks_of(visit.taxpayer)
    return shown(request, visit, "portal/webhooks/every.html", {"rows": rows})


@ROOM.page("GET", "settings/webhooks/new", "webhooks.write", Text("Yeni web kancası", "New webhook"))
def blank(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _form(request, visit, Given())


@ROOM.page("POST", "settings/webhooks/new", "webhooks.write", Text("Web kancası ekle", "Add a webhook"))
def make(request: HttpRequest, visit: Visit) -> HttpResponse:
    given = _given(request)
    try:
        with visit.work():
            made = delivery.make_hook(
                visit.taxpayer,
                given.url,
                given.kinds,
                label=given.label,
                actor=visit.caller.actor,
                origin=visit.origin,
            )
    except UlakError as error:
        return _form(request, visit, given, error)
    return shown(request, visit, "portal/webhooks/secret.html", {"made": made, "is_new": True})


@ROOM.page("GET", "settings/webhooks/<int:hook>", "webhooks.read", Text("Web kancası", "Webhook"))
def one(request: HttpRequest, visit: Visit, hook: int) -> HttpResponse:
    return _one(request, visit, hook)


@ROOM.page(
    "GET",
    "settings/webhooks/<int:hook>/calls",
    "webhooks.read",
    Text("Çağrıların listesi", "Its calls"),
    by_itself=True,
)
def calls(request: HttpRequest, visit: Visit, hook: int) -> HttpResponse:
    # Nothing but the list, whoever asks: what pages ask for by themselves is not told to owners as read along.
    return _one(request, visit, hook, template=_PART)


@ROOM.page("POST", "settings/webhooks/<int:hook>", "webhooks.write", Text("Web kancasını değiştir", "Change a webhook"))
def change(request: HttpRequest, visit: Visit, hook: int) -> HttpResponse:
    given = _given(request)
    try:
        with visit.work():
            delivery.change_hook(
                visit.taxpayer,
                hook,
                url=given.url,
                kinds=given.kinds,
                label=given.label,
                actor=visit.caller.actor,
                origin=visit.origin,
            )
    except delivery.NoSuch:
        raise
    except UlakError as error:
        return _one(request, visit, hook, given, error)
    return _back(request, visit, hook, Text("Kaydedildi.", "Saved."))


@ROOM.page("POST", "settings/webhooks/<int:hook>/secret", "webhooks.write", Text("Sırrı yenile", "Renew the secret"))
def rotate(request: HttpRequest, visit: Visit, hook: int) -> HttpResponse:
    with visit.work():
        made = delivery.rotate_secret(visit.taxpayer, hook, actor=visit.caller.actor, origin=visit.origin)
    return shown(request, visit, "portal/webhooks/secret.html", {"made": made, "is_new": False})


@ROOM.page("POST", "settings/webhooks/<int:hook>/test", "webhooks.write", Text("Web kancasını dene", "Try a webhook"))
def test(request: HttpRequest, visit: Visit, hook: int) -> HttpResponse:
    with visit.work():
        delivery.test_hook(visit.taxpayer, hook)
    said = Text("Deneme çağrısı yolda; sonucu aşağıdaki listede görünür.", "A test call is on its way; see the list.")
    return _back(request, visit, hook, said)


@ROOM.page("POST", "settings/webhooks/<int:hook>/on", "webhooks.write", Text("Web kancasını aç", "Switch a webhook on"))
def switch_on(request: HttpRequest, visit: Visit, hook: int) -> HttpResponse:
    with visit.work():
        delivery.switch_on(visit.taxpayer, hook, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, hook, Text("Web kancası açıldı; bekleyenler gönderiliyor.", "The webhook is on."))


@ROOM.page("POST", "settings/webhooks/<int:hook>/off", "webhooks.write", Text("Web kancasını kapat", "Switch it off"))
def switch_off(request: HttpRequest, visit: Visit, hook: int) -> HttpResponse:
    with visit.work():
        delivery.switch_off(visit.taxpayer, hook, actor=visit.caller.actor, origin=visit.origin)
    return _back(request, visit, hook, Text("Web kancası kapandı.", "The webhook is off."))


@ROOM.page("POST", "settings/webhooks/<int:hook>/remove", "webhooks.write", Text("Web kancasını kaldır", "Remove it"))
def remove(request: HttpRequest, visit: Visit, hook: int) -> HttpResponse:
    with visit.work():
        delivery.remove_hook(visit.taxpayer, hook, actor=visit.caller.actor, origin=visit.origin)
    return notice(go(request, at(visit, "webhooks.every")), Text("Kaldırıldı.", "Removed."), visit)


@ROOM.page("GET", "settings/webhooks/calls/<int:call>", "webhooks.read", Text("Web kancası çağrısı", "A call"))
def call(request: HttpRequest, visit: Visit, call: int) -> HttpResponse:
    with visit.work():
        found = delivery.call_of(visit.taxpayer, call)
        tries = [(each, delivery.outcome(each.code)) for each in delivery.tries_of(visit.taxpayer, call)]
    values = {"found": found, "tries": tries, "kind": _names().get(found.kind)}
    return shown(request, visit, "portal/webhooks/call.html", values)


@ROOM.page("POST", "settings/webhooks/calls/<int:call>/again", "webhooks.write", Text("Yeniden çağır", "Call again"))
def again(request: HttpRequest, visit: Visit, call: int) -> HttpResponse:
    with visit.work():
        delivery.call_again(visit.taxpayer, call)
        hook = delivery.call_of(visit.taxpayer, call).hook_id
    return _back(request, visit, hook, Text("Yeniden çağrılıyor.", "It is called again."))


# -- what they share ---------------------------------------------------------------------------------------------------


def _one(
    request: HttpRequest,
    visit: Visit,
    hook: int,
    given: Given | None = None,
    error: UlakError | None = None,
    template: str = "portal/webhooks/one.html",
) -> HttpResponse:
    before = request.GET.get("before", "")
    with visit.work():
        found = delivery.hook(visit.taxpayer, hook)
        start = int(before) if before.isascii() and before.isdecimal() and len(before) < 18 else None
        calls = delivery.calls_of(visit.taxpayer, hook, before=start, limit=_CALLS + 1)
    names = _names()
    values = {
        "hook": found,
        "given": given or Given(found.url, found.label, found.kinds),
        "error": error,
        "kinds": delivery.hook_kinds(),
        "calls": [
            (each, names.get(each.kind), delivery.outcome(each.code, status=each.status)) for each in calls[:_CALLS]
        ],
        "next": calls[_CALLS - 1].id if len(calls) > _CALLS else None,
    }
    return shown(request, visit, template, values, part=_PART, status=status_of(error) if error else 200)


def _form(request: HttpRequest, visit: Visit, given: Given, error: UlakError | None = None) -> HttpResponse:
    values = {"given": given, "error": error, "kinds": delivery.hook_kinds()}
    status = status_of(error) if error else 200
    return shown(request, visit, "portal/webhooks/new.html", values, status=status)


def _given(request: HttpRequest) -> Given:
    fields = request.POST
    return Given(fields.get("url", ""), fields.get("label", ""), () if fields.get("all") else fields.getlist("kinds"))


def _names() -> dict[str, Text]:
    return {**dict(delivery.hook_kinds()), "webhook.test": Text("Deneme", "Test")}


def _back(request: HttpRequest, visit: Visit, hook: int, said: Text) -> HttpResponse:
    return notice(go(request, at(visit, "webhooks.one", hook=hook)), said, visit)
