"""The facts of the ledgers: what every book says of the company, its branches, its calendar, and who may seal."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server import clock
from ulak_server.ledgers import services as ledgers
from ulak_server.pages.asking import day_of
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.portal.rooms.ledgers_fields import empty_form, flat_of, form_of, values_of
from ulak_server.portal.rooms.ledgers_room import ROOM
from ulak_server.portal.rooms.settings_room import page
from ulak_server.taxpayers import services as taxpayers

_SAVED: Final = Text("Defter bilgileri kaydedildi.", "The facts of the ledgers are saved.")
_LONGEST: Final = 400
_NO_BRANCH: Final = "0000"
"""No branch has it (Teknik Kılavuz V1.7, 2.4.2), so that an empty field is told like a wrong one."""


@ROOM.page("GET", "ledgers/facts", "ledgers.read", Text("Defter bilgileri", "Facts of the ledgers"))
def facts(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The company's, or with ``?branch=`` a branch's; ``?branch=new`` adds one."""
    return _facts(request, visit, request.GET.get("branch", "")[:4])


@ROOM.page("POST", "ledgers/facts", "ledgers.change", Text("Defter bilgilerini kaydet", "Save the facts of ledgers"))
def save_facts(request: HttpRequest, visit: Visit) -> HttpResponse:
    given = {name: str(value)[:_LONGEST] for name, value in request.POST.items()}
    asked = request.GET.get("branch", "")[:4]
    branch = (given.get("branch", "").strip() or _NO_BRANCH) if asked == "new" else asked
    try:
        ledgers.save_facts(visit.caller, visit.taxpayer, values_of(given), branch, origin=visit.origin)
    except UlakError as error:
        return _facts(request, visit, asked, error, given)
    return notice(go(request, _address(visit, branch)), _SAVED, visit)


@ROOM.page("POST", "ledgers/facts/close", "ledgers.change", Text("Şube defterini kapat", "Close a branch's books"))
def close_branch(request: HttpRequest, visit: Visit) -> HttpResponse:
    branch = request.POST.get("branch", "")[:4]
    ledgers.close_branch(visit.caller, visit.taxpayer, branch, origin=visit.origin)
    said = Text(f"{branch} numaralı şube artık defter tutmuyor.", f"Branch {branch} keeps no books any more.")
    return notice(go(request, _address(visit)), said, visit)


@ROOM.page("POST", "ledgers/facts/consent", "ledgers.consent", Text("Muvafakatname", "Consent to seal"))
def consent(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Record the consent's day, or that it was withdrawn."""
    try:
        if request.POST.get("withdraw"):
            ledgers.withdraw_consent(visit.caller, visit.taxpayer, origin=visit.origin)
            said = Text("Muvafakatname sona erdi; bundan sonra kendi mührünüz gerekir.", "The consent is withdrawn.")
        else:
            day = day_of(request.POST.get("day", "")) or clock.today().replace(year=2010)
            ledgers.consent(visit.caller, visit.taxpayer, day, origin=visit.origin)
            said = Text("Muvafakatname kaydedildi.", "The consent is recorded.")
    except UlakError as error:
        return _facts(request, visit, "", error)
    return notice(go(request, _address(visit)), said, visit)


def _facts(
    request: HttpRequest,
    visit: Visit,
    branch: str,
    error: UlakError | None = None,
    given: dict[str, str] | None = None,
) -> HttpResponse:
    adds = branch == "new"
    kept = ledgers.facts_of(visit.caller, visit.taxpayer, "" if adds else branch)
    known = flat_of(kept)
    if kept == ledgers.Facts():
        with visit.work():
            known = empty_form(taxpayers.of(visit.taxpayer))
    if adds:
        known["branch_name"] = ""
    ways = {one.key: one for one in ledgers.ways_to_seal(visit.caller, visit.taxpayer)}
    values: dict[str, Any] = {
        "form": form_of(given or known, "" if adds else branch, error, adds=adds),
        "is_new": kept == ledgers.Facts(),
        "branch": branch,
        "adds": adds,
        "branches": ledgers.branches(visit.caller, visit.taxpayer),
        "consent": ways["integrator"],
        "own": ways["own"],
        "today": clock.today(),
    }
    return page(request, visit, "ledgers", values, error=error, title=facts_title(branch))


def facts_title(branch: str) -> Text:
    """What the page is called."""
    if branch == "new":
        return Text("Defter tutan şube ekle", "Add a branch that keeps books")
    if branch:
        return Text(f"Defter bilgileri: şube {branch}", f"Facts of the ledgers: branch {branch}")
    return Text("Defter bilgileri", "Facts of the ledgers")


def _address(visit: Visit, branch: str = "") -> str:
    return at(visit, "ledgers.facts") + (f"?branch={branch}" if branch else "")
