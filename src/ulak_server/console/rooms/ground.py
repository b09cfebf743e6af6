"""What the platform stands on: rule packs, the sealed record, background jobs."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak.rules.store import PackStore
from ulak_server import clock
from ulak_server.audit.verifying import verify
from ulak_server.console import watching
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import shown
from ulak_server.userlist import services as userlist

__all__ = ["ROOM"]

ROOM = Pages("ground", prefix="console/")
_AT_ONCE: Final = 2_000
"""Blocks that are verified while somebody waits; `ulak audit verify` does all."""
_STATUSES: Final = {
    "todo": Text("bekliyor", "waiting"),
    "doing": Text("sürüyor", "going on"),
    "succeeded": Text("bitti", "done"),
    "failed": Text("başarısız", "failed"),
    "cancelled": Text("iptal", "cancelled"),
    "aborting": Text("durduruluyor", "being stopped"),
    "aborted": Text("durduruldu", "stopped"),
}


@ROOM.page("GET", "packs", "operate", Text("Yürürlükteki kurallar", "Rules in force"))
def packs(request: HttpRequest, visit: Visit) -> HttpResponse:
    store, today = PackStore(), clock.today()
    found = sorted(store.packs(), key=lambda one: (one.kind, one.since), reverse=True)
    in_force = {kind: store.choose(kind, today).pack.name for kind in {one.kind for one in found}}
    values = {"packs": [(one, in_force[one.kind] == one.name) for one in found], "faults": store.problems}
    return shown(request, visit, "console/packs.html", values)


@ROOM.page("GET", "audit", "operate", Text("Değiştirilemez kayıt", "The sealed record"))
def audit(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        found = watching.chain()
    return shown(request, visit, "console/audit.html", {"chain": found, "most": _AT_ONCE})


@ROOM.page("POST", "audit", "operate", Text("Kaydı doğrula", "Verify the record"))
def verify_chain(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        found = watching.chain()
    first = max(1, found.block - _AT_ONCE + 1)
    values = {"chain": found, "most": _AT_ONCE, "first": first, "verified": verify(first), "at": clock.now()}
    return shown(request, visit, "console/audit.html", values)


@ROOM.page("GET", "jobs", "operate", Text("Arka plan işleri", "Background jobs"))
def jobs(request: HttpRequest, visit: Visit) -> HttpResponse:
    counts, failed = watching.jobs_found(["failed", "doing", "todo"])
    with visit.work():
        freshness = userlist.freshness()
    values = {
        "counts": [(_STATUSES.get(name, Text(name, name)), count) for name, count in sorted(counts.items())],
        "rows": [(one, _STATUSES.get(one.status, Text(one.status, one.status))) for one in failed],
        "periodic": watching.periodic_found(),
        "list": freshness,
    }
    return shown(request, visit, "console/jobs.html", values)
