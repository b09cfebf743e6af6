"""What was written is kept in two windows, confirmed and sent once, corrected, repeated and deleted."""

from __future__ import annotations

import re

import pytest

from platform_intake import row
from platform_world import MELTEM
from portal_client import Visitor, visitor
from portal_compose import body, clerk, news, saved, seller, set_all, written
from ulak.lifecycle import documents as law
from ulak_server.books import learning
from ulak_server.books import services as books
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange.law import happening
from ulak_server.exchange.rooms import DOCUMENTS

pytestmark = pytest.mark.usefixtures("platform_database")
__all__ = ["clerk", "seller"]


def test_two_windows_are_both_kept(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    draft = {"draft": told["draft"], "version": told["version"]}
    assert news(saved(clerk, seller, set_all({"/notes": "birinci"}), **draft))["version"] == told["version"] + 1
    late = saved(clerk, seller, set_all({"/notes": "ikinci"}), **draft)
    assert late["HX-Trigger"] == "compose:conflict"
    aside = re.search(r'name="version" value="(\d+)"', body(late))
    assert aside
    taken = clerk.post(f"/t/{seller}/compose/{told['draft']}/take", {"version": aside[1]})
    assert taken.status_code == 303
    assert "ikinci" in body(clerk.get(f"/t/{seller}/compose/{told['draft']}"))
    undone = clerk.post(f"/t/{seller}/compose/{told['draft']}/undo", part=True)
    assert "birinci" in body(undone)
    assert "kenarda" in body(clerk.get(f"/t/{seller}/compose/{told['draft']}/versions"))


def test_a_document_is_confirmed_and_sent_once_however_often_one_clicks(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    learning.learn_all()
    with scoped(Role.WEB, [seller]):
        assert not books.by_number(seller, [MELTEM[0]])
    asked = body(clerk.part(f"/t/{seller}/compose/{told['draft']}/confirm"))
    assert "Gönderilsin mi?" in asked
    assert MELTEM[1] in asked
    with scoped(Role.WEB, [seller]):
        before = Document.objects.filter(stage="accepted").count()
    for _ in range(2):
        response = clerk.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"]})
        assert (response.status_code, response["Location"]) == (303, f"/t/{seller}/compose/sent/{told['draft']}")
    with scoped(Role.WEB, [seller]):
        assert Document.objects.filter(stage="accepted").count() == before + 1
        assert books.by_number(seller, [MELTEM[0]]), "whom one wrote to is in the books"
    page = body(clerk.get(f"/t/{seller}/compose/sent/{told['draft']}"))
    assert "Alındı; denetleniyor." in page
    assert 'hx-trigger="every 2s"' in page
    assert clerk.get(f"/t/{seller}/compose/{told['draft']}").status_code == 303


def test_an_unfinished_document_is_not_sent_and_says_what_is_left(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller, {"/notes": "yarım"})
    response = clerk.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"]})
    assert "Henüz gönderilemez" in body(response)
    assert row(seller, told["draft"]).stage == "draft"
    assert "Önizleme için" in body(clerk.get(f"/t/{seller}/compose/{told['draft']}/preview"))


def test_a_sent_invoice_is_repeated_and_despatched(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    clerk.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"]})
    query = {"from": told["draft"]}
    again = body(clerk.get(f"/t/{seller}/compose/invoice", **query, **{"as": "repeat"}))
    assert 'value="Boya"' in again
    assert f'data-from="{told["draft"]}"' in again
    kept = news(saved(clerk, seller, set_all({"/notes": "yine"}), **{"as": "repeat"}, **query))
    assert 'value="Boya"' in body(clerk.get(f"/t/{seller}/compose/{kept['draft']}"))
    goods = body(clerk.get(f"/t/{seller}/compose/despatch", **query, **{"as": "despatch"}))
    assert 'value="Boya"' in goods
    assert 'data-at="/plate"' in goods


def test_a_faulty_document_is_corrected_in_the_editor_and_keeps_its_place(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    clerk.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"]})
    found_faulty(seller, told["draft"])
    led = clerk.get(f"/t/{seller}/compose/correct/{told['draft']}")
    assert led["Location"] == f"/t/{seller}/compose/invoice?as=correct&from={told['draft']}"
    assert 'value="Boya"' in body(clerk.get(f"/t/{seller}/compose/invoice", **{"as": "correct", "from": told["draft"]}))
    origin = {"as": "correct", "from": told["draft"]}
    kept = news(saved(clerk, seller, set_all({"/lines/0/name": "Astar"}), **origin))
    sent = clerk.post(f"/t/{seller}/compose/{kept['draft']}/send", {"version": kept["version"]})
    assert sent["Location"] == f"/t/{seller}/compose/sent/{told['draft']}"
    assert row(seller, told["draft"]).stage == "accepted"
    with scoped(Role.WEB, [seller]):
        assert not Document.objects.filter(id=kept["draft"]).exists()


def found_faulty(seller: int, document: int) -> None:
    """As if the rules had changed between the checks of the editor and those of the pipeline."""
    with happening(taxpayers=[seller]) as shell:
        found = shell.get(DOCUMENTS, document)
        assert found is not None
        shell.happen(DOCUMENTS, document, law.Judged(False, found.record.version))


def test_a_draft_is_deleted_with_its_versions(clerk: Visitor, seller: int) -> None:
    told = written(clerk, seller)
    assert clerk.post(f"/t/{seller}/compose/{told['draft']}/delete").status_code == 303
    assert clerk.get(f"/t/{seller}/compose/{told['draft']}").status_code in (404, 409)


def test_a_document_is_handed_to_the_recurring_ones_as_it_would_be_sent(seller: int) -> None:
    owner = visitor((seller, "owner"))
    told = written(owner, seller)
    for _ in range(2):
        response = owner.post(f"/t/{seller}/compose/plan/{told['draft']}")
        address = response["Location"]
        assert address.startswith(f"/t/{seller}/recurring/new?draft=")
        draft = int(address.rpartition("=")[2])
        assert row(seller, draft).profile == "TICARIFATURA"
        assert owner.get(address).status_code == 200
        owner.post(f"/t/{seller}/compose/{told['draft']}/send", {"version": told["version"] + 1})
