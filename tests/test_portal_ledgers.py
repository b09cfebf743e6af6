"""Months of books say how they stand and what comes next; the books are looked into; the facts are kept."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from platform_ledger_works import someone
from platform_world import ARDIC, MELTEM, taxpayer
from portal_client import visitor
from portal_ledgers_world import CLOSED, company, judged, making, packages, sent
from ulak.lifecycle.ledgers import Stage
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.models_of_ledgers import LedgerTerm
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Extension

pytestmark = pytest.mark.usefixtures("platform_database")
WORDS = "Şematron hatası: <b>4.</b> satırda hesap adı boş."


class World:
    """A company whose July is approved and whose August GİB refused, and one that has not begun."""

    def __init__(self, folder: Any) -> None:
        self.firm, self.new = taxpayer(), taxpayer(MELTEM)
        self.me = company(self.firm, "0001")
        with making(folder) as works:
            self.work = sent(works, self.me, self.firm, folder, CLOSED, 60)
            judged(self.firm, CLOSED, Stage.REFUSED, words=WORDS, kinds="YB")
        self.owner = visitor((self.firm, "owner"), (self.new, "owner"))
        self.reader = visitor((self.firm, "reader"))

    @property
    def due(self) -> date:
        """The first day on which July's journal is late."""
        return next(one.due_at.astimezone(clock.ISTANBUL).date() for one in packages(self.firm, CLOSED))

    @property
    def journal(self) -> UUID:
        return next(one.id for one in packages(self.firm, CLOSED) if one.kind == "YB")


@pytest.fixture(scope="module")
def world(platform_database: str, tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("ledgers"))


def page(response: HttpResponse, status: int = 200) -> str:
    text = response.content.decode()
    assert response.status_code == status, text[-1500:]
    return text


def said(response: HttpResponse) -> str:
    return unquote(response.cookies["ulak_notice"].value)


def test_who_has_not_begun_is_led_to_the_facts(world: World) -> None:
    text = page(world.owner.get(f"/t/{world.new}/ledgers"))
    assert "Önce defter bilgilerini girin." in text
    assert f"/t/{world.new}/ledgers/facts" in text
    assert "Kayıttan GİB onayına dört adım" in text
    assert "ledgers/new?month" not in text


def test_the_year_shows_each_month_and_the_most_urgent_above(world: World) -> None:
    text = page(world.owner.get(f"/t/{world.firm}/ledgers", branch=""))
    assert "GİB kabul etmedi: Temmuz 2026." in text
    assert "Ay atlanamaz: 07.2026 henüz kapanmadı." in text
    assert unescape(text).count("Ulak'tan önce") == 6
    assert "14.11.2026" in text
    assert "0001 Ulus Şubesi" in text
    matrix = page(world.owner.get(f"/t/{world.firm}/ledgers"))
    assert matrix.count('scope="row"') == 12
    assert "Defter oluştur" not in page(world.reader.get(f"/t/{world.firm}/ledgers", branch=""))


@pytest.mark.parametrize("year", ["1", "9999", "abcd", "2026x", "-1", "²⁰²⁶"])
def test_strange_years_lead_to_a_year(world: World, year: str) -> None:
    page(world.owner.get(f"/t/{world.firm}/ledgers", year=year, branch=""))


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "0000-01", "x", "2026-07-01", "²⁰²⁶-07"])
def test_months_that_are_none_are_not_found(world: World, month: str) -> None:
    response = world.owner.get(f"/t/{world.firm}/ledgers/{month}")
    assert response.status_code in (400, 404, 422), response.status_code


def test_a_month_shows_parts_packages_and_what_happened(world: World) -> None:
    text = page(world.owner.get(f"/t/{world.firm}/ledgers/2026-07"))
    assert "&lt;b&gt;4.&lt;/b&gt;" in text
    assert "<b>4." not in text
    assert "Yeniden oluştur" in text
    assert f"{ARDIC[0]}-202607-YB-000000" in text
    assert "Defterler ve beratlar mühürlendi." in text
    assert "GİB'de kopyası olmayan" in text
    empty = page(world.owner.get(f"/t/{world.firm}/ledgers/2026-09", branch="0001"))
    assert "Bu ayın defteri henüz yok" in empty
    assert "ledgers/new?month=2026-09&amp;branch=0001" in empty
    page(world.owner.get(f"/t/{world.firm}/ledgers/2026-09", branch="0007"), 404)


def part(world: World) -> str:
    found = re.search(r"/ledgers/parts/\d+", page(world.owner.get(f"/t/{world.firm}/ledgers/2026-07")))
    assert found
    return f"/t/{world.firm}{found[0]}"


def test_a_book_is_leafed_through_and_searched(world: World) -> None:
    at = part(world)
    leaf = page(world.owner.get(at))
    (number,) = set(re.findall(r'id="e(\d+)"', leaf)) & {"1"}
    assert "Sayfa toplamı" in leaf
    found = page(world.owner.part(at, q="102"))
    assert "<html" not in found
    assert "102.01" in found
    assert f"#e{number}" in page(world.owner.part(at, q="banka tahsilati")) or "Banka tahsilatı" in found
    ledger = page(world.owner.get(at, view="ledger"))
    assert ledger.count("book__account") > 3
    assert "Bulunamadı" in page(world.owner.part(at, q="yok böyle bir şey"))


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "'; DROP TABLE line; --"},
        {"q": "%" * 90},
        {"q": "1.234.567.890.123.456,78"},
        {"account": "' OR 1=1 --"},
        {"from": "2026-99-99", "until": "x"},
        {"side": "Q"},
        {"page": "99999999999999"},
        {"page": "-1"},
        {"after": "99999999999", "view": "ledger"},
        {"q": "\x00\x1b[31m"},
        {"q": "i\u0307" * 50},
    ],
    ids=str,
)
def test_searches_that_mean_harm_find_nothing_and_break_nothing(world: World, asked: dict[str, str]) -> None:
    page(world.owner.get(part(world), **asked))


def test_others_books_are_not_found(world: World) -> None:
    stranger = visitor((world.new, "owner"))
    for path in ("parts/1", "books/1/file", f"packages/{world.journal}", f"packages/{world.journal}/file"):
        assert stranger.get(f"/t/{world.new}/ledgers/{path}").status_code == 404, path
        assert stranger.get(f"/t/{world.firm}/ledgers/{path}").status_code in (403, 404), path


def test_the_trial_balance_comes_out_even(world: World) -> None:
    text = page(world.owner.get(f"/t/{world.firm}/ledgers/2026-07/balance"))
    foot = re.search(r"<tfoot>.*?</tfoot>", text, re.DOTALL)
    assert foot
    debit, credit, ours, theirs = re.findall(r'class="num">([\d.,]+)<', foot[0])
    assert (debit, ours) == (credit, theirs)
    assert "Bu ayın kaydı yok" in page(world.owner.get(f"/t/{world.firm}/ledgers/2026-08/balance"))


def test_files_come_as_they_were_sealed(world: World) -> None:
    text = page(world.owner.get(f"/t/{world.firm}/ledgers/2026-07"))
    first = re.findall(r"/ledgers/books/\d+/file", text)[0]
    response = world.owner.get(f"/t/{world.firm}{first}")
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert body.startswith(b"<?xml")
    assert "attachment" in response["Content-Disposition"]
    assert world.owner.get(f"/t/{world.firm}/ledgers/packages/{world.journal}/file").content[:2] == b"PK"


def test_the_month_is_taken_home_in_gibs_folders(world: World) -> None:
    response = world.owner.get(f"/t/{world.firm}/ledgers/2026-07/folder")
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    start = f"{ARDIC[0]}/01.01.2026-31.12.2026/07/"
    assert {f"{start}{ARDIC[0]}-202607-{kind}-000000.xml" for kind in ("Y", "K", "YB", "KB")} <= set(names)
    assert f"{start}yevmiye.xslt" in names
    assert world.owner.get(f"/t/{world.firm}/ledgers/2026-08/folder").status_code == 404


def test_a_berat_is_shown_as_a_page_that_can_do_nothing(world: World) -> None:
    text = page(world.owner.get(f"/t/{world.firm}/ledgers/2026-07"))
    shown = [world.owner.get(f"/t/{world.firm}{path}") for path in re.findall(r"/ledgers/books/\d+/view", text)]
    assert len(shown) == 2
    for response in shown:
        assert "Ardıç" in page(response)
        assert "sandbox" in response["Content-Security-Policy"]
    book = re.findall(r"/ledgers/books/(\d+)/file", text)
    assert 404 in {world.owner.get(f"/t/{world.firm}/ledgers/books/{id}/view").status_code for id in book}


def test_a_file_that_was_changed_after_sealing_is_told(world: World) -> None:
    at = f"/t/{world.firm}/ledgers/2026-07"
    first = re.findall(r"/ledgers/books/\d+/file", page(world.owner.get(at)))[0]
    data = b"".join(world.owner.get(f"/t/{world.firm}{first}").streaming_content)  # type: ignore[attr-defined]
    name = f"{ARDIC[0]}-202607-Y-000000.xml"
    for body, named, words in (
        (data, name, "Aynısı"),
        (data.replace(b"Kasa", b"Masa", 1) + b" ", name, "mühürlenen"),
        (data, "baska.xml", "bu adla"),
    ):
        file = SimpleUploadedFile(named, body)
        assert words in said(world.owner.post(f"{at}/compare", {"file": file})).replace("Bu adla", "bu adla")
    assert "Önce bir dosya" in said(world.owner.post(f"{at}/compare"))


def test_a_package_is_sent_again_when_the_reason_is_removed(world: World) -> None:
    at = f"/t/{world.firm}/ledgers/packages/{world.journal}"
    assert "yeniden gönder" in page(world.owner.get(at))
    assert "yeniden gönder</button>" not in page(world.reader.get(at))
    assert world.reader.post(f"{at}/act", {"what": "repair"}).status_code == 403
    page(world.owner.post(f"{at}/act", {"what": "explode"}), 404)
    assert "Yeniden gönderiliyor." in said(world.owner.post(f"{at}/act", {"what": "repair"}))
    assert {one.kind: one.stage for one in packages(world.firm, CLOSED)}["YB"] == "ready"
    assert world.reader.post(f"{at}/act", {"what": "stamp"}).status_code == 403
    assert "ledger-work.no-stamper" in page(world.owner.post(f"{at}/act", {"what": "stamp"}), 409)
    refused = world.owner.post(f"{at}/act", {"what": "deleted"})
    assert refused.status_code >= 400
    judged(world.firm, CLOSED, Stage.REFUSED, words=WORDS, kinds="YB")


def test_what_is_late_is_deleted_at_gib_only_with_its_permission(world: World) -> None:
    judged(world.firm, CLOSED, Stage.FETCHED, kinds="YB")
    at = f"/t/{world.firm}/ledgers/packages/{world.journal}"
    assert 'name="permitted" required' in page(world.owner.get(at))
    assert "lifecycle.ledger-time-over" in page(world.owner.post(f"{at}/act", {"what": "deleted"}), 409)
    assert {one.kind: one.stage for one in packages(world.firm, CLOSED)}["YB"] == "fetched"
    told = world.owner.post(f"{at}/act", {"what": "deleted", "permitted": "on"})
    assert "silinip silinmediği soruluyor" in said(told)
    assert {one.kind: one.stage for one in packages(world.firm, CLOSED)}["YB"] == "deleting"
    judged(world.firm, CLOSED, Stage.REFUSED, words=WORDS, kinds="YB")


def test_more_time_that_gib_gave_moves_every_last_day_and_back(world: World) -> None:
    operator, last = visitor(operator=True), world.due - timedelta(days=1)
    at, given = "/console/ledgers/extensions", {"what": "books", "last": str(last), "source": "VUK Sirküleri 199"}
    given |= {"first": f"{CLOSED:%Y-%m}", "final": f"{CLOSED:%Y-%m}"}
    later, far = last + timedelta(days=20), last + timedelta(days=45)
    assert world.owner.post(at, {**given, "until": str(later)}).status_code == 403
    assert "lifecycle.ledger-extension" in page(operator.post(at, {**given, "until": str(far)}), 422)
    page(operator.post(at, {**given, "until": "yarın"}), 400)
    backwards = {**given, "until": str(later), "final": "2020-01"}
    assert "ledger-work.extension-months" in page(operator.post(at, backwards), 422)
    said(operator.post(at, {**given, "until": str(later), "first": "2020-01", "final": "2020-02"}))
    assert world.due == last + timedelta(days=1), "months that the announcement does not name stay"
    said(operator.post(at, {**given, "until": str(later)}))
    assert "ledger-work.extension-there" in page(operator.post(at, {**given, "until": str(later)}), 422)
    assert "VUK Sirküleri 199" in page(operator.get("/console/ledgers"))
    assert world.due == later + timedelta(days=1)
    with scoped(Role.WEB, [world.firm]):
        assert LedgerTerm.objects.get(taxpayer_id=world.firm, month=CLOSED, branch="").due_at == midnight(
            later + timedelta(days=1)
        )
    assert f"{later:%d.%m.%Y}" in page(world.owner.get(f"/t/{world.firm}/ledgers", branch="", year="2026"))
    with scoped(Role.OPERATOR):
        made = Extension.objects.get(month_from=CLOSED).id
    said(operator.post(f"{at}/{made}/remove"))
    assert world.due == last + timedelta(days=1)
    page(operator.post(f"{at}/1000000/remove"), 422)


def midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), clock.ISTANBUL)


def test_when_all_berats_are_approved_the_report_is_left(world: World) -> None:
    judged(world.firm, CLOSED, Stage.FETCHED)
    assert "Raporu gönder" in page(world.owner.get(f"/t/{world.firm}/ledgers", branch=""))
    text = page(world.owner.get(f"/t/{world.firm}/ledgers/2026-07"))
    assert f"/ledgers/works/{world.work}/report" in text
    assert "Raporu gönder" not in page(world.reader.get(f"/t/{world.firm}/ledgers/2026-07"))
    judged(world.firm, CLOSED, Stage.REFUSED, words=WORDS, kinds="YB")


def test_facts_are_kept_and_faults_stand_at_their_fields(world: World) -> None:
    at = f"/t/{world.new}/ledgers/facts"
    text = page(world.owner.get(at))
    assert 'value="Meltem' in text
    given = _form(text) | {"phone": "12", "creator": "", "activity_codes": "abc"}
    text = page(world.owner.post(at, given), 422)
    assert text.count('aria-invalid="true"') >= 3
    assert 'value="12"' in text
    good = given | {
        "phone": "3122223344",
        "fiscal_start": "01-01",
        "preference": "quarterly",
        "creator": "Ayşe <i>Yılmaz</i>",
        "activity_codes": "620101; 620201",
        "email": "a@meltem.example",
        "address_street": "Atatürk Cd.",
        "address_building": "5",
        "address_city": "Muğla",
        "address_postal_code": "48000",
        "first_month": "2026-10",
        "elsewhere": "2026-08, 2026-09",
        "accountants_0_name": "SMMM Ali Can",
        "accountants_0_engagement": "SMMM sözleşmesi, 2025-01-01, M1",
        "accountants_0_address_street": "Cumhuriyet Cd.",
        "accountants_0_address_building": "1",
        "accountants_0_address_city": "Muğla",
        "accountants_0_address_postal_code": "48000",
    }
    assert "kaydedildi" in said(world.owner.post(at, good))
    kept = ledgers.facts_of(someone(world.new), world.new)
    assert (kept.activity_codes, kept.elsewhere, kept.accountants[0].name) == (
        ("620101", "620201"),
        ("2026-08", "2026-09"),
        "SMMM Ali Can",
    )
    assert "Ayşe &lt;i&gt;" in page(world.owner.get(at))
    assert world.reader.post(f"/t/{world.firm}/ledgers/facts", good).status_code == 403


def _form(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input id="f-[^"]*" name="([^"]+)"[^>]*?value="([^"]*)"', text))


def test_a_consent_and_a_branch_are_entered_and_ended(world: World) -> None:
    at = f"/t/{world.firm}/ledgers/facts"
    assert "Muvafakatname var" in page(world.owner.get(at))
    assert "sona erdi" in said(world.owner.post(f"{at}/consent", {"withdraw": "yes"}))
    assert "Muvafakatname kayıtlı değil" in page(world.owner.get(at))
    page(world.owner.post(f"{at}/consent", {"day": "2999-01-01"}), 422)
    assert "kaydedildi" in said(world.owner.post(f"{at}/consent", {"day": "2026-01-02"}))
    page(world.owner.post(f"{at}?branch=new", {"branch": "", "branch_name": "X"}), 422)
    assert "0001" in page(world.owner.get(at, branch="0001"))
    assert "artık defter tutmuyor" in said(world.owner.post(f"{at}/close", {"branch": "0001"}))
    page(world.owner.get(f"/t/{world.firm}/ledgers/2026-09", branch="0001"), 404)


def test_the_first_page_and_the_desk_say_that_books_need_somebody(world: World) -> None:
    text = page(world.owner.get(f"/t/{world.firm}/today"))
    assert "GİB 1 defter paketini kabul etmedi" in text
    assert f"/t/{world.firm}/ledgers" in text
    assert "defter" in page(world.owner.get("/desk", show="ledgers"))


def test_operators_see_states_and_no_words_of_gib(world: World) -> None:
    operator = visitor(operator=True)
    text = page(operator.get("/console/ledgers"))
    assert f"{ARDIC[0]}-202607-YB-000000" in text
    assert "hesap adı" not in text
    assert "GİB 1 defter paketini kabul etmedi." in page(operator.get("/console"))
    assert "bir kişiyi bekliyor" in page(operator.get("/console/ledgers", stage="refused"))
