"""Settings of what stands around documents: branches and labels."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.books import services as books
from ulak_server.books.services import BranchForm
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.portal.rooms.books_fields import Shape, groups_of
from ulak_server.portal.rooms.settings_room import ROOM, page

__all__: list[str] = []


# -- branches ----------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "settings/branches", "books.read", Text("Şubeler", "Branches"))
def branches(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        found = books.branches(visit.taxpayer)
    removed = request.GET.get("removed", "")
    return page(request, visit, "branches", {"rows": found, "removed": removed if removed.isdigit() else ""})


@ROOM.page("GET", "settings/branches/new", "books.write", Text("Yeni şube", "New branch"))
def new_branch(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _branch(request, visit, BranchForm())


@ROOM.page("POST", "settings/branches/new", "books.write", Text("Şube ekle", "Add a branch"))
def add_branch(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _save_branch(request, visit, None)


@ROOM.page("GET", "settings/branches/<int:id>", "books.read", Text("Şube", "Branch"))
def one_branch(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        form = books.branch_form_of(books.branch(visit.taxpayer, id))
    return _branch(request, visit, form, id)


@ROOM.page("POST", "settings/branches/<int:id>", "books.write", Text("Şubeyi değiştir", "Change a branch"))
def change_branch(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    return _save_branch(request, visit, id)


@ROOM.page("POST", "settings/branches/<int:id>/remove", "books.write", Text("Şubeyi sil", "Remove a branch"))
def remove_branch(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        books.remove_branch(visit.taxpayer, id)
    return go(request, f"{at(visit, 'settings.branches')}?removed={id}")


@ROOM.page("POST", "settings/branches/<int:id>/restore", "books.write", Text("Şubeyi geri getir", "Bring it back"))
def restore_branch(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        books.restore_branch(visit.taxpayer, id)
    return go(request, at(visit, "settings.branches"))


def _save_branch(request: HttpRequest, visit: Visit, id: int | None) -> HttpResponse:
    form = BranchForm(**{name: str(request.POST.get(name, "")) for name in BranchForm._fields})
    try:
        with visit.work():
            books.save_branch(visit.taxpayer, form, id)
    except UlakError as error:
        return _branch(request, visit, form, id, error)
    return notice(go(request, at(visit, "settings.branches")), Text("Kaydedildi.", "Saved."), visit)


_BRANCH: Final = (
    (Text("Şube", "Branch"), ("name", "code", "phone", "email")),
    (
        Text("Adres", "Address"),
        ("street", "building", "building_number", "room", "district", "town", "city", "postal_code"),
    ),
)


def _branch(
    request: HttpRequest, visit: Visit, form: BranchForm, id: int | None = None, error: UlakError | None = None
) -> HttpResponse:
    shapes = {"name": Shape(required=True, maxlength=100), "street": Shape(is_wide=True)}
    groups = groups_of(_BRANCH, books.BRANCH_LABELS, form, shapes, error)
    title = Text(form.name or "–", form.name or "–") if id is not None else None
    return page(request, visit, "branch", {"groups": groups, "id": id}, error=error, title=title)


# -- labels ------------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "settings/labels", "books.read", Text("Belge etiketleri", "Labels"))
def labels(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _labels(request, visit)


@ROOM.page("POST", "settings/labels", "books.write", Text("Etiketi kaydet", "Save a label"))
def save_label(request: HttpRequest, visit: Visit) -> HttpResponse:
    name, colour, id = (str(request.POST.get(one, "")) for one in ("name", "colour", "id"))
    there = int(id) if id.isascii() and id.isdigit() and len(id) < 10 else None
    try:
        with visit.work():
            books.save_label(visit.taxpayer, name, colour or "grey", there)
    except UlakError as error:
        return _labels(request, visit, error)
    return notice(go(request, at(visit, "settings.labels")), Text("Kaydedildi.", "Saved."), visit)


@ROOM.page("POST", "settings/labels/<int:id>/remove", "books.write", Text("Etiketi sil", "Remove a label"))
def remove_label(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        books.remove_label(visit.taxpayer, id)
    return go(request, f"{at(visit, 'settings.labels')}?removed={id}")


@ROOM.page("POST", "settings/labels/<int:id>/restore", "books.write", Text("Etiketi geri getir", "Bring a label back"))
def restore_label(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        books.restore_label(visit.taxpayer, id)
    return go(request, at(visit, "settings.labels"))


def _labels(request: HttpRequest, visit: Visit, error: UlakError | None = None) -> HttpResponse:
    with visit.work():
        found = books.labels(visit.taxpayer)
    removed = request.GET.get("removed", "")
    values = {"rows": found, "colours": books.COLOURS.items(), "removed": removed if removed.isdigit() else ""}
    return page(request, visit, "labels", values, error=error)
