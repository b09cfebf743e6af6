"""Kontör for those who use them and those who sell them: shown, warned of, waited for, loaded, corrected, priced."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from openpyxl import load_workbook

from credits_world import Credits, goes_on, loaded
from platform_database import settled
from platform_way_out import run
from platform_world import ARDIC, MELTEM, invoices
from portal_client import Visitor, visitor
from ulak_server import clock
from ulak_server.audit.models import Entry
from ulak_server.credits import services as credits
from ulak_server.credits.waiting import free
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import feed, telling
from ulak_server.delivery import services as delivery
from ulak_server.documents.models import Document

pytestmark = pytest.mark.usefixtures("platform_database")


class World(Credits):
    """With somebody of each kind who looks."""

    def __init__(self) -> None:
        feed.read_on()
        super().__init__()
        firms = (self.plain, self.well, self.low, self.empty)
        self.owner = visitor(*((firm, "owner") for firm in firms))
        self.clerk = visitor(*((firm, "clerk") for firm in firms))
        self.operator = visitor(operator=True)


@pytest.fixture(scope="module")
def world(platform_database: str) -> World:
    return World()


def page(response: HttpResponse, status: int = 200) -> str:
    text = response.content.decode()
    assert response.status_code == status, text[-1500:]
    return text


def said(response: HttpResponse) -> str:
    assert response.status_code == 303, response.content.decode()[-1500:]
    return unquote(response.cookies["ulak_notice"].value)


def kontor(firm: int) -> str:
    return f"/t/{firm}/settings/credits"


# -- taxpayers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("firm", "told"),
    [
        ("plain", "Sizde kontör sayılmıyor"),
        ("well", "Kontörünüz yeterli."),
        ("low", "Kontör azaldı; bitmeden"),
        ("empty", "3 belge kontör bekliyor"),
    ],
)
def test_one_sentence_says_how_it_stands(world: World, firm: str, told: str) -> None:
    assert told in page(world.clerk.get(kontor(getattr(world, firm))))


def test_packages_stand_in_the_order_in_which_they_are_spent(world: World) -> None:
    text = page(world.owner.get(kontor(world.well)))
    places = [text.index(one) for one in ("ULK2026000000007", "ULK2026000000019", "Eylül faturasındaki")]
    assert places == sorted(places)
    assert "kontörün son günü" in text
    assert "size özel" in text
    assert "gününden başlayarak 1,25" in text


def test_months_show_what_was_used_less_what_was_given_back(world: World) -> None:
    text = page(world.owner.get(kontor(world.well)))
    assert f"{clock.today():%m.%Y}" in text
    assert "e-Arşiv fatura 40" in text
    assert "e-Fatura 3" in text


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"what": "corrected"}, "+12,5", ">Kullanıldı</"),
        ({"what": "refunded"}, "+1<", "12,5</td>"),
        ({"kind": "expense_note"}, "Bu süzgece uyan hareket yok", "+12,5"),
        ({"since": "2031-01-01"}, "Bu süzgece uyan hareket yok", "+12,5"),
        ({"number": "ZZZ"}, "Bu süzgece uyan hareket yok", "+12,5"),
    ],
)
def test_entries_are_filtered(world: World, asked: dict[str, str], there: str, gone: str) -> None:
    entries = page(world.owner.get(kontor(world.well), **asked)).partition('id="entries"')[2]
    body = entries.partition("</form>")[2]
    assert there in body
    assert gone not in body


@pytest.mark.parametrize(
    "asked",
    [
        {"what": "'; DROP", "kind": "%", "after": "-1"},
        {"after": "9" * 40, "since": "yarın", "until": "0000-00-00"},
        {"number": "%_\\\0", "after": "²"},
        {"since": "0001-01-01", "until": "9999-12-31"},
    ],
)
def test_filters_that_mean_nothing_break_nothing(world: World, asked: dict[str, str]) -> None:
    page(world.owner.get(kontor(world.well), **asked))


def test_entries_are_leafed_through_and_taken_home(world: World) -> None:
    first = page(world.owner.get(kontor(world.well)))
    after = first.partition("?after=")[2].partition("#")[0]
    second = page(world.owner.get(kontor(world.well), after=after))
    assert "Baştan" in second
    assert "+12,5" not in second
    with scoped(Role.OPERATOR):
        credits.correct(world.well, Decimal("0.5"), '=HYPERLINK("http://kotu.example")')
        credits.correct(world.well, Decimal("-0.5"), "geri")
    file: Any = world.owner.get(f"{kontor(world.well)}/excel", what="corrected")
    table = load_workbook(io.BytesIO(b"".join(file.streaming_content))).worksheets[0]
    rows = list(table.iter_rows(min_row=2))
    assert [cell.value for cell in table[1]][:4] == ["Zaman", "Hareket", "Kontör", "Bakiye"]
    assert [row[2].value for row in rows] == [-0.5, 0.5, 12.5]
    assert [row[7].data_type for row in rows] == ["s", "s", "s"]


def test_who_may_chooses_when_to_be_warned(world: World) -> None:
    assert world.clerk.post(kontor(world.well), {"threshold": "40"}).status_code == 403
    assert "credits.amount" in page(world.owner.get("/help/codes/credits.amount"))
    assert "geçerli bir kontör sayısı değil" in page(world.owner.post(kontor(world.well), {"threshold": "çok"}), 422)
    assert "Kaydedildi." in said(world.owner.post(kontor(world.well), {"threshold": "2.000,5"}))
    assert "Azaldı" in page(world.owner.get(kontor(world.well)))
    assert "Kaydedildi." in said(world.owner.post(kontor(world.well), {"threshold": ""}))
    assert "Kontörünüz yeterli." in page(world.owner.get(kontor(world.well)))


def test_the_first_page_and_the_desk_say_that_kontor_are_needed(world: World) -> None:
    assert "3 belge kontör bekliyor" in page(world.clerk.get(f"/t/{world.empty}/today"))
    low = page(world.clerk.get(f"/t/{world.low}/today"))
    assert "Kontör azaldı: 12 kaldı" in low
    assert "12 kontörün süresi 6 gün sonra doluyor" in low
    assert "ontör" not in page(world.clerk.get(f"/t/{world.plain}/today"))
    desk = page(world.clerk.get("/desk", show="credits"))
    assert "3 kontör bekliyor" in desk
    assert "12 kontör kaldı" in desk
    assert MELTEM[1] not in desk.partition("desk-rows")[2]


def test_people_are_told_once_by_the_bell_and_by_mail(world: World) -> None:
    settled()
    while feed.read_on()[0]:
        pass
    for firm in (world.low, world.empty):
        telling.tell(firm)
    for firm, sentence in ((world.low, "Kontör azaldı: 12 kaldı."), (world.empty, "Kontör yetmiyor: 0 kaldı.")):
        with scoped(Role.WEB, [firm]):
            found = delivery.notices(firm, world.owner.person.id if world.owner.person else 0)
        told = {one.row.kind: one for one in found}
        assert told["credits.loaded"].tone == "ok"
        kind = "credits.low" if firm == world.low else "credits.exhausted"
        assert told[kind].sentence.tr.startswith(sentence)
        assert (told[kind].row.count, told[kind].row.mail) == (1, "once")
    assert kontor(world.low) in page(world.owner.get(f"/t/{world.low}/notifications"))


def test_a_document_that_is_not_paid_for_says_so_and_goes_when_it_is(world: World) -> None:
    firm = world.plain
    loaded(firm, 1)
    first, second = invoices(firm, 2)
    run()
    text = page(world.clerk.get(f"/t/{firm}/documents/{second}"))
    assert "Kontör bekliyor; denetimden geçti" in text
    assert "Entegratörünüzden kontör yükletin" in text
    assert "1 gerekiyor, kullanılabilir 0" in text
    assert "Kontör yetmedi; bekliyor." in text
    assert "Kontör bekliyor;" not in page(world.clerk.get(f"/t/{firm}/documents/{first}"))
    loaded(firm, 10)
    assert free(firm) == 1
    run()
    with scoped(Role.WEB, [firm]):
        assert Document.objects.filter(id__in=[first, second], stage__in=("sealed", "on-road")).count() == 2
        assert credits.balance(firm) == 9
    assert "Kontör bekliyor;" not in page(world.clerk.get(f"/t/{firm}/documents/{second}"))


# -- operators ---------------------------------------------------------------------------------------------------------


def test_operators_see_who_is_worst_off_first(world: World) -> None:
    text = page(world.operator.get("/console/credits"))
    assert text.index("Zeytin Dalı") < text.index("Poyraz") < text.index("Meltem")
    only = page(world.operator.get("/console/credits", show="low", text="poyraz"))
    assert "Zeytin" not in only
    assert "3890054162" in only
    page(world.operator.get("/console/credits", show="'", text="%\0"))


def test_operators_load_correct_and_price_and_it_is_recorded(world: World) -> None:
    at = f"/console/credits/{world.low}"
    assert world.owner.post(f"{at}/load", {"amount": "1000000"}).status_code == 403
    english = Visitor(world.operator.token, "en")
    assert "credits.amount" in page(english.post(f"{at}/load", {"amount": "1.250"}), 422)
    given = {"amount": "250,5", "expires_on": "2031-12-31", "reference": "ULK77"}
    assert "yüklendi" in said(world.operator.post(f"{at}/load", given))
    assert "Düzeltildi." in said(world.operator.post(f"{at}/correct", {"amount": "-0,5", "note": "iki kez yüklenmiş"}))
    terms = {"metered": "yes", "overdraft": "20", "on_empty": "go-on"}
    assert "Kaydedildi." in said(world.operator.post(f"{at}/terms", terms))
    assert "Kaydedildi." in said(world.operator.post(f"{at}/tariff", {"kind": "invoice", "amount": "0,25"}))
    shown = page(world.operator.get(at))
    assert "262" in shown
    assert "iki kez yüklenmiş" in shown
    with scoped(Role.WEB, [world.low]):
        standing = credits.standing(world.low)
        assert (standing.balance, standing.overdraft, str(standing.on_empty)) == (Decimal(262), Decimal(20), "go-on")
        assert next(one.amount for one in credits.tariff(world.low) if one.kind == "invoice") == Decimal("0.25")
    who = world.operator.person
    done = set(
        Entry.objects.filter(taxpayer_id=world.low, actor=f"user:{who.id if who else 0}").values_list("what", flat=True)
    )
    assert {"credits.loaded", "credits.corrected", "credits.overdraft", "credits.on-empty", "credits.tariff"} <= done


def test_a_form_that_is_sent_twice_is_done_once(world: World) -> None:
    at = f"/console/credits/{world.plain}"
    shown = page(world.operator.get(at))
    mark = shown.partition('name="mark" value="')[2].partition('"')[0]
    assert len(mark) == 32

    def balance() -> Decimal:
        with scoped(Role.OPERATOR):
            return credits.balance(world.plain)

    before = balance()
    for path, given, change in (
        ("load", {"amount": "5", "mark": mark}, 5),
        ("correct", {"amount": "-2", "note": "sayım", "mark": mark}, -2),
    ):
        assert "ikinci kez" not in said(world.operator.post(f"{at}/{path}", given))
        assert "ikinci kez işlenmedi" in said(world.operator.post(f"{at}/{path}", given))
        before += change
        assert balance() == before
    assert page(world.operator.post(f"{at}/correct", {"amount": "7", "note": "", "mark": mark}), 422)
    assert "ikinci kez" not in said(
        world.operator.post(f"{at}/correct", {"amount": "7", "note": "sayım", "mark": mark})
    )
    assert balance() == before + 7, "what is changed, or was refused before, is something else"


@pytest.mark.parametrize(
    ("act", "given", "code"),
    [
        ("load", {"amount": "1.25.0"}, "credits.amount"),
        ("load", {"amount": "0"}, "credits.amount"),
        ("load", {"amount": "1e9"}, "credits.amount"),
        ("load", {"amount": "5", "expires_on": "2020-01-01"}, "credits.expiry"),
        ("load", {"amount": "5", "expires_on": "dün"}, "pages.unreadable"),
        ("correct", {"amount": "5", "note": " "}, "credits.reason"),
        ("tariff", {"kind": "uçurtma", "amount": "1"}, "credits.kind"),
        ("tariff", {"kind": "invoice", "amount": "1", "since": "2020-01-01"}, "credits.tariff-day"),
    ],
)
def test_what_cannot_be_is_said_on_the_page(world: World, act: str, given: dict[str, str], code: str) -> None:
    answer = world.operator.post(f"/console/credits/{world.empty}/{act}", given)
    assert answer.status_code >= 400
    text = answer.content.decode()
    assert f"/help/codes/{code}" in text
    assert ("autofocus" in text) == ("aria-invalid" in text) == code.startswith("credits.")
    assert "?”" not in text
    with scoped(Role.WEB, [world.empty]):
        assert (credits.balance(world.empty), len(credits.packages(world.empty))) == (Decimal(0), 1)


def test_nothing_of_documents_reaches_operators(world: World) -> None:
    assert ARDIC[1] in page(world.owner.get(kontor(world.well)))
    text = page(world.operator.get(f"/console/credits/{world.well}"))
    assert "e-Arşiv fatura" in text
    assert "/documents/" not in text
    assert ARDIC[1] not in text


def test_what_goes_on_without_kontor_is_said_so(world: World) -> None:
    goes_on(world.empty)
    with scoped(Role.WEB, [world.empty]):
        assert credits.standing(world.empty).on_empty == "go-on"
    assert "Belgeler gider, bakiye eksiye düşer" in page(world.owner.get(kontor(world.empty)))


def test_the_page_speaks_english_too(world: World) -> None:
    text = page(Visitor(world.owner.token, "en").get(kontor(world.empty)))
    assert "3 documents wait for kontör" in text
    assert "Kontör bekleyen" not in text
