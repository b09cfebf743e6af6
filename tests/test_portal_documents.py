"""Lists of documents and single ones, as people see and use them; hostile content stays text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob

from platform_intake import encoded, friendly, listed, sent
from platform_world import ARDIC, MELTEM, invoices, taxpayer
from portal_client import Visitor, visitor
from portal_documents import row, standing
from ulak.lifecycle.documents import Stage
from ulak.lifecycle.policy import DEFAULT
from ulak_server.books import services as books
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import exporting
from ulak_server.documents.models import Document, Errand, Form
from ulak_server.documents.services import Draft, accept
from ulak_server.exchange import errands

pytestmark = pytest.mark.usefixtures("platform_database")
HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "out of an attribute": '"><img src=x onerror=alert(1)>',
    "an address that runs": "javascript:alert(1)",
    "a template": "{{ 7|add:7 }}{% now 'Y' %}",
    "an entity": "&lt;b&gt;&#x3c;script>",
    "the other way round": "\u202egnp.exe\u2066",
    "a formula": '=HYPERLINK("http://kotu.example";"x")',
    "a command": "+cmd|'/C calc'!A0",
    "controls": "A\x01B\x1bC",
    "very long": "Ç" * 200,
}
"""Titles that strangers may write into their documents, and what each would do to a page that trusted them."""


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    made = taxpayer(ARDIC)
    with scoped(Role.WEB, [made]):
        books.save_label(made, "Takip <b>", "orange")
    return made


@pytest.fixture(scope="module")
def owner(ardic: int) -> Visitor:
    return visitor((ardic, "owner"))


@pytest.fixture(scope="module")
def hostile(ardic: int) -> dict[str, int]:
    drafts = [
        Draft(
            ardic,
            "invoice",
            Form.UBL,
            b"<Invoice/>",
            uuid4(),
            number=f"XSS2026{place:09d}",
            profile="TICARIFATURA",
            type_code="SATIS",
            partner="1234567890",
            party_title=title,
            erp_key=f"{place}{title}"[:90],
            currency="TRY",
            payable=Decimal(1),
        )
        for place, title in enumerate(HOSTILE.values(), 1)
    ]
    with scoped(Role.WEB, [ardic]):
        return dict(zip(HOSTILE, accept(drafts, DEFAULT), strict=True))


def page(response: HttpResponse, status: int = 200) -> str:
    text = response.content.decode()
    assert response.status_code == status, text[-2000:]
    return text


def streamed(response: HttpResponse) -> bytes:
    return b"".join(cast(Any, cast(StreamingHttpResponse, response)))


def said(response: HttpResponse) -> str:
    """The notice that an action leaves for the next page."""
    return unquote(response.cookies["ulak_notice"].value)


# -- hostile content ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_what_strangers_wrote_stays_text(ardic: int, owner: Visitor, hostile: dict[str, int], name: str) -> None:
    for address in (f"/t/{ardic}/outgoing?number=XSS", f"/t/{ardic}/documents/{hostile[name]}"):
        text = page(owner.get(address))
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text
        assert "14" + "2026" not in text


def test_filters_labels_and_views_stay_text_too(ardic: int, owner: Visitor, hostile: dict[str, int]) -> None:
    script = HOSTILE["out of an attribute"]
    fields = (
        "text",
        "number",
        "party",
        "currency",
        "label",
        "type",
        "profile",
        "state",
        "from",
        "least",
        "batch",
        "at",
    )
    for field in fields:
        response = owner.get(f"/t/{ardic}/outgoing", **{field: script})
        assert response.status_code in (200, 400, 422), field
        assert "<img src=x" not in response.content.decode(), field
    owner.post(f"/t/{ardic}/documents/views", {"list": "outgoing", "name": script, "query": f"text={script}"})
    text = page(owner.get(f"/t/{ardic}/outgoing"))
    assert "&lt;img src=x" in text
    assert "<img src=x" not in text


def test_answers_forbid_all_that_a_page_does_not_bring(ardic: int, owner: Visitor) -> None:
    policy = owner.get(f"/t/{ardic}/outgoing").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


# -- lists -------------------------------------------------------------------------------------------------------------


def test_filters_stand_in_the_address_and_as_chips(ardic: int, owner: Visitor, hostile: dict[str, int]) -> None:
    text = page(owner.get(f"/t/{ardic}/outgoing?text=1234567890&state=sending&least=0,50&sort=-amount"))
    for told in ("“1234567890”", "Gönderiliyor", "en az 0,50"):
        assert told in text
    assert f"<strong>{len(HOSTILE)}" in text or f">{len(HOSTILE)} belge<" in text
    assert 'aria-sort="descending"' in text
    without = re.findall(r'class="filter filter--on" href="([^"]+)"', text)
    assert len(without) == 3
    assert all(page(owner.get(one.replace("&amp;", "&"))) for one in without)


def test_what_cannot_be_understood_is_said_and_left_out(ardic: int, owner: Visitor, hostile: dict[str, int]) -> None:
    text = page(owner.get(f"/t/{ardic}/outgoing?from=elma&least=bir&batch=x&number=XSS"))
    for told in ("“elma” bir tarih değil", "“bir” bir tutar değil", "“x” bir toplu teslim numarası değil"):
        assert told in text
    assert f">{len(HOSTILE)} belge<" in text
    assert "intake.cursor" in page(owner.get(f"/t/{ardic}/outgoing?at=xyz"), 400)


def test_htmx_gets_the_list_alone_with_its_tabs(ardic: int, owner: Visitor, hostile: dict[str, int]) -> None:
    part = page(owner.part(f"/t/{ardic}/outgoing", number="XSS"))
    assert "<html" not in part
    assert 'id="tabs"' in part
    assert part.count("<tr id=") == len(HOSTILE)


def test_an_empty_list_teaches_the_first_step(ardic: int, owner: Visitor) -> None:
    assert "Size henüz belge gelmedi" in page(owner.get(f"/t/{ardic}/incoming"))
    assert "İlk irsaliyeyi yaz" in page(owner.get(f"/t/{ardic}/despatches"))


def test_views_are_kept_shared_and_forgotten(ardic: int, owner: Visitor) -> None:
    other = visitor((ardic, "reader"))
    kept = owner.post(
        f"/t/{ardic}/documents/views",
        {"list": "outgoing", "name": "Büyükler", "query": "least=1000", "shared": "yes"},
    )
    assert kept.headers["Location"] == f"/t/{ardic}/outgoing?least=1000"
    assert "Büyükler" in page(other.get(f"/t/{ardic}/outgoing"))
    text = page(owner.get(f"/t/{ardic}/outgoing"))
    (view,) = re.findall(r'name="view" value="(\d+)"><span class="grow">Büyükler', text)
    assert page(other.post(f"/t/{ardic}/documents/views/remove", {"list": "outgoing", "view": view}), 422)
    owner.post(f"/t/{ardic}/documents/views/remove", {"list": "outgoing", "view": view})
    assert "Büyükler" not in page(owner.get(f"/t/{ardic}/outgoing"))


# -- many at once ------------------------------------------------------------------------------------------------------


def draft_ids(ardic: int, count: int, **changed: Any) -> list[int]:
    return [sent(ardic, encoded(friendly(**changed)), intent="draft").id for _ in range(count)]


def bulk(who: Visitor, ardic: int, do: str, ids: Sequence[int] = (), **more: str) -> HttpResponse:
    return who.post(f"/t/{ardic}/documents/bulk", {"do": do, "list": "outgoing", "id": list(ids), **more})


def test_drafts_are_sent_after_a_question_and_others_left_alone(ardic: int, owner: Visitor) -> None:
    ids = draft_ids(ardic, 2)
    (other,) = invoices(ardic)
    asked = page(bulk(owner, ardic, "send", [*ids, other]))
    assert "3 belge seçtiniz." in asked
    assert [row(ardic, id).stage for id in ids] == ["draft", "draft"]
    done = bulk(owner, ardic, "send", [*ids, other], sure="yes")
    assert "2 belge: Taslakları gönder." in said(done)
    assert [row(ardic, id).stage for id in ids] == ["accepted", "accepted"]
    assert "buna uygun belge yok" in said(bulk(owner, ardic, "send", ids, sure="yes"))


def test_what_could_not_be_sent_is_told_one_by_one(ardic: int, owner: Visitor) -> None:
    good, bad = draft_ids(ardic, 1)[0], draft_ids(ardic, 1, customer={"tax_id": "9999999999", "name": "Yok A.Ş."})[0]
    response = bulk(owner, ardic, "send", [good, bad], sure="yes")
    text = page(owner.get(response.headers["Location"]))
    assert "Bitti; bazıları yapılamadı." in text
    assert f"/documents/{bad}" in text
    assert row(ardic, good).stage == "accepted"
    assert row(ardic, bad).stage == "draft"


def test_drafts_are_deleted_and_nothing_else(ardic: int, owner: Visitor) -> None:
    ids = draft_ids(ardic, 2)
    (other,) = invoices(ardic)
    bulk(owner, ardic, "delete", [*ids, other], sure="yes")
    with scoped(Role.WEB, [ardic]):
        assert list(Document.objects.filter(id__in=[*ids, other]).values_list("id", flat=True)) == [other]


def test_all_that_a_list_has_found_is_labelled_and_goes_again(ardic: int, owner: Visitor) -> None:
    ids = [standing(id, Stage.RETURNED, code="1230", numbered=True) for id in invoices(ardic, 3)]
    assert "3 belge: Etiketle." in said(bulk(owner, ardic, "label:takip-b", all="yes", query="state=troubled"))
    with scoped(Role.WEB, [ardic]):
        keys = [one.key for one in books.labels(ardic)]
        assert [Document.objects.get(id=id).labels for id in ids] == [keys] * 3
    assert "Takip &lt;b&gt;" in page(owner.get(f"/t/{ardic}/outgoing?label={keys[0]}"))
    bulk(owner, ardic, "resend", all="yes", query=f"label={keys[0]}", sure="yes")
    assert {row(ardic, id).stage for id in ids} == {"sealed"}


def test_what_nobody_knows_is_refused(ardic: int, owner: Visitor) -> None:
    assert "exchange.errand-unknown" in page(bulk(owner, ardic, "melt", [1]), 422)
    assert "exchange.errand-unknown" in page(bulk(owner, ardic, "label:yok", [1]), 422)
    assert "exchange.errand-empty" in page(bulk(owner, ardic, "take", []), 422)
    assert "exchange.errand-empty" in page(bulk(owner, ardic, "take", [2**60]), 422)
    assert page(owner.get(f"/t/{ardic}/documents/errands/999999"), 422)


def test_an_errand_that_was_broken_off_goes_on_where_it_stood(ardic: int) -> None:
    from ulak_server.documents.chosen import Chosen

    ids = draft_ids(ardic, 3)
    made = errands.begin(ardic, "delete", Chosen(ids=ids), actor="user:1")
    with scoped(Role.WEB, [ardic]):
        Errand.objects.filter(id=made.id).update(last=ids[0], done=1)
    done = errands.carry_on(ardic, made.id)
    assert (done.done, done.skipped, done.failed) == (3, 0, 0)
    assert errands.carry_on(ardic, made.id).finished_at == done.finished_at
    assert row(ardic, ids[0]).stage == "draft"


def test_many_are_left_to_a_worker_and_a_page_tells_how_far_it_is(
    ardic: int, owner: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands, "AT_ONCE", 0)
    ids = draft_ids(ardic, 2)
    begun = bulk(owner, ardic, "delete", ids, sure="yes")
    address = begun.headers["Location"]
    under_way = page(owner.part(address))
    assert 'hx-trigger="every 1s"' in under_way
    job = ProcrastinateJob.objects.get(task_name="ulak_server.exchange.tasks.run_errand")
    assert job.args == {"taxpayer": ardic, "errand": int(address.rpartition("/")[2])}
    errands.carry_on(taxpayer=ardic, id=job.args["errand"])
    assert "Bitti." in page(owner.part(address))
    assert "Taslakları sil" in page(owner.get(f"/t/{ardic}/documents/errands"))


def test_readers_change_nothing(ardic: int) -> None:
    reader = visitor((ardic, "reader"))
    (id,) = draft_ids(ardic, 1)
    text = page(reader.get(f"/t/{ardic}/outgoing"))
    assert 'value="send"' not in text
    assert 'value="delete"' not in text
    for do in ("send", "delete", "resend", "take", "label:takip-b"):
        assert bulk(reader, ardic, do, [id], sure="yes").status_code == 403
    assert row(ardic, id).stage == "draft"


# -- files -------------------------------------------------------------------------------------------------------------


def test_a_zip_holds_what_the_list_has_found_and_tells_what_is_missing(ardic: int, owner: Visitor) -> None:
    (draft,) = draft_ids(ardic, 1)
    ids = [*invoices(ardic, 3), draft]
    response = bulk(owner, ardic, "xml", ids)
    assert response.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(streamed(response))) as made:
        names = made.namelist()
        assert len(names) == 3
        assert all(name.endswith(".xml") for name in names)
        assert made.read(names[0]).startswith(b"<")
        assert made.testzip() is None


def test_a_table_has_every_document_and_no_formula(ardic: int, owner: Visitor, hostile: dict[str, int]) -> None:
    response = owner.get(f"/t/{ardic}/documents/export/excel", list="outgoing", number="XSS")
    book = load_workbook(io.BytesIO(streamed(response)))
    cells = [cell for line in book.worksheets[0].iter_rows(min_row=2) for cell in line]
    titles = [line[3].value for line in book.worksheets[0].iter_rows(min_row=2)]
    assert len(titles) == len(HOSTILE)
    assert HOSTILE["a formula"] in titles
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert book.worksheets[0]["I2"].value == 1
    headings = [cell.value for cell in next(book.worksheets[0].iter_rows(max_row=1))]
    assert headings[:4] == ["Tarih", "Belge no", "VKN/TCKN", "Unvan"]


def test_what_one_file_cannot_hold_is_had_in_parts(
    ardic: int, owner: Visitor, hostile: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = invoices(ardic, 5)
    [whole] = names_of(bulk(owner, ardic, "xml", ids))
    monkeypatch.setattr(exporting, "MOST", {"xml": 2, "pdf": 2, "excel": 2})
    said = page(bulk(owner, ardic, "xml", ids))
    assert "5 belge, 3 dosya" in said
    spans = re.findall(r'name="part" value="([0-9]+-[0-9]+)"', said)
    parts = names_of(*(bulk(owner, ardic, "xml", ids, part=one) for one in spans))
    assert [len(one) for one in parts] == [2, 2, 1]
    assert [name for part in parts for name in part] == whole
    wide = f"{spans[0].partition('-')[0]}-{spans[-1].partition('-')[2]}"
    assert "intake.export-too-large" in page(bulk(owner, ardic, "xml", ids, part=wide), 413)
    for odd in ("", "-", "1", "x-y", "9" * 40 + "-1", "٣-٤"):
        assert names_of(bulk(owner, ardic, "xml", ids, part=odd)) == [[]]


def test_a_list_that_is_too_long_for_a_file_is_had_in_parts_as_it_was_found(
    ardic: int, owner: Visitor, hostile: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST", {"xml": 2, "pdf": 2, "excel": 2})
    said = page(owner.get(f"/t/{ardic}/documents/export/excel", list="outgoing", number="XSS"))
    fields = dict(re.findall(r'type="hidden" name="(do|list|query|all)" value="([^"]*)"', said))
    assert fields == {"do": "excel", "list": "outgoing", "query": "number=XSS", "all": "yes"}
    first = re.findall(r'name="part" value="([0-9]+-[0-9]+)"', said)[0]
    made = owner.post(f"/t/{ardic}/documents/bulk", {**fields, "part": first})
    assert len(list(load_workbook(io.BytesIO(streamed(made))).worksheets[0].iter_rows())) == 3


def names_of(*files: HttpResponse) -> list[list[str]]:
    return [zipfile.ZipFile(io.BytesIO(streamed(one))).namelist() for one in files]


def test_very_many_are_refused_with_what_to_do(
    ardic: int, owner: Visitor, hostile: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_OF_PARTS", {"xml": 2, "pdf": 2, "excel": 2})
    for form in ("xml", "pdf", "excel"):
        response = owner.get(f"/t/{ardic}/documents/export/{form}", list="outgoing", number="XSS")
        assert "intake.export-too-large" in page(response, 413)


# -- one document ------------------------------------------------------------------------------------------------------


def test_a_document_tells_how_it_stands_and_offers_what_the_law_lets(ardic: int, owner: Visitor) -> None:
    (id,) = invoices(ardic)
    text = page(owner.get(f"/t/{ardic}/documents/{id}"))
    assert "Alındı; denetleniyor." in text
    assert 'data-opens="withdraw"' in text
    assert 'data-opens="resend"' not in text
    assert f'src="/t/{ardic}/documents/{id}/paper" sandbox="allow-scripts"' in text
    gone = owner.post(f"/t/{ardic}/documents/{id}/withdraw")
    assert gone.headers["Location"] == f"/t/{ardic}/documents/{id}"
    assert "Geri çekildi" in page(owner.get(f"/t/{ardic}/documents/{id}"))
    again = owner.post(f"/t/{ardic}/documents/{id}/withdraw")
    assert again.status_code == 303, "a double click does what one does"
    assert "exchange.not-resent" in page(owner.post(f"/t/{ardic}/documents/{id}/resend"), 409)


def test_the_paper_comes_under_its_own_policy(ardic: int, owner: Visitor) -> None:
    (id,) = invoices(ardic)
    response = owner.get(f"/t/{ardic}/documents/{id}/paper")
    assert "Çelik raf" in page(response)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" not in policy
    xml = owner.get(f"/t/{ardic}/documents/{id}/xml")
    assert xml.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in xml.headers["Content-Security-Policy"]


def test_drafts_have_no_paper_and_say_so(ardic: int, owner: Visitor) -> None:
    (id,) = draft_ids(ardic, 1)
    assert "Bu bir taslak" in page(owner.get(f"/t/{ardic}/documents/{id}"))
    framed = owner.get(f"/t/{ardic}/documents/{id}/paper")
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    for form in ("paper", "xml", "pdf", "proof"):
        assert "archive.not-found" in page(owner.get(f"/t/{ardic}/documents/{id}/{form}"), 404), form


def test_another_taxpayers_documents_are_not_there(ardic: int, owner: Visitor) -> None:
    other = taxpayer(MELTEM, prefix="MLT")
    stranger = visitor((other, "owner"))
    (id,) = invoices(ardic)
    for form in ("", "/paper", "/xml", "/pdf", "/proof", "/receipt", "/alias"):
        assert stranger.get(f"/t/{other}/documents/{id}{form}").status_code == 404, form
        assert stranger.get(f"/t/{ardic}/documents/{id}{form}").status_code == 404, form
    assert "errand-empty" in page(bulk(stranger, other, "delete", [id], sure="yes"), 422)
    with zipfile.ZipFile(io.BytesIO(streamed(bulk(stranger, other, "xml", [id])))) as made:
        assert made.namelist() == []


def test_an_alias_that_is_open_takes_what_came_back(ardic: int, owner: Visitor) -> None:
    (id,) = invoices(ardic)
    standing(id, Stage.RETURNED, code="1181")
    assert "Yeni etikete gönder" in page(owner.get(f"/t/{ardic}/documents/{id}"))
    text = page(owner.get(f"/t/{ardic}/documents/{id}/alias"))
    assert MELTEM[3] in text
    owner.post(f"/t/{ardic}/documents/{id}/alias", {"alias": MELTEM[3]})
    assert row(ardic, id).stage == "accepted"
    assert "exchange.not-corrected" in page(owner.post(f"/t/{ardic}/documents/{id}/alias", {"alias": MELTEM[3]}), 409)
