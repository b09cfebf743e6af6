"""A taxpayer's contacts and items are kept clean, found while one types, and made parties and lines of documents."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from platform_intake import encoded, friendly, listed
from platform_world import ARDIC, MELTEM, taxpayer
from ulak.ubl.forms import from_json
from ulak_server.books import services as books
from ulak_server.books.lookup import index
from ulak_server.books.models import ABOUT_CONTACT, Contact, Item
from ulak_server.books.services import BooksError, BranchForm, ContactForm, ItemForm
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.checking import check
from ulak_server.folding import above, fold, sort_key

pytestmark = pytest.mark.usefixtures("platform_database")
FIRM = ContactForm(
    number="735 902 1640",
    title="  Meltem  Gıda Ltd. Şti. ",
    tax_office="Kadıköy",
    street="Yosun Caddesi",
    building_number="42",
    town="Kadıköy",
    city="İstanbul",
    email="muhasebe@meltem.example, satis@meltem.example",
    phone="0216 111 22 33",
    alias="urn:mail:defaultpk@meltem.example",
    iban="TR33 0006 1005 1978 6457 8413 26",
    terms="30",
    mersis="0735902164000015",
)


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


def saved(ardic: int, **said: str) -> Contact:
    with scoped(Role.WEB, [ardic]):
        return books.save_contact(ardic, FIRM._replace(**said))


def faults(form: ContactForm) -> dict[str, str]:
    with pytest.raises(BooksError) as caught, scoped(Role.WEB, [1]):
        books.save_contact(1, form)
    return {name: one.code for name, one in caught.value.by_field.items()}


def test_a_contact_is_kept_as_it_belongs(ardic: int) -> None:
    kept = saved(ardic)
    assert (kept.number, kept.title, kept.iban) == ("7359021640", "Meltem Gıda Ltd. Şti.", "TR330006100519786457841326")
    assert (kept.email, kept.terms) == ("muhasebe@meltem.example; satis@meltem.example", 30)
    assert books.form_of(kept) == FIRM._replace(
        number="7359021640", title="Meltem Gıda Ltd. Şti.", iban="TR330006100519786457841326", country="Türkiye",
        email="muhasebe@meltem.example; satis@meltem.example",
    )  # fmt: skip
    with scoped(Role.WEB, [ardic]):
        books.remove_contacts(ardic, [kept.id])


def test_a_contact_is_a_party_that_the_rules_accept(ardic: int) -> None:
    listed(MELTEM)
    kept = saved(ardic, branch="Parti")
    party = books.party_of(kept)
    assert party["ids"] == {"MERSISNO": "0735902164000015"}
    assert party["address"]["number"] == "42"
    with scoped(Role.WEB, [ardic]):
        raf = books.save_item(ardic, ItemForm(name="Çelik raf", price="412,50", vat="20", unit="adet"))
        line = {**books.line_of(raf), "quantity": 2}
    checked = check(ardic, encoded(friendly(customer=party, lines=[line])))
    assert checked.is_valid, checked.report.findings


def test_a_person_has_two_names() -> None:
    form = ContactForm(number="10000000146", title="Ayşe Nur Yıldız")
    row = books.form_of(_clean(form))
    assert (row.first_name, row.family_name) == ("Ayşe Nur", "Yıldız")
    assert faults(ContactForm(number="10000000146", first_name="Ayşe")) == {"family_name": "books.missing"}


def _clean(form: ContactForm) -> Contact:
    from ulak_server.books.contacts import clean

    return clean(form)


def test_somebody_abroad_needs_no_number_and_somebody_here_does() -> None:
    assert _clean(ContactForm(title="Müller GmbH", country_code="de")).address["country"] == "Almanya"
    assert faults(ContactForm(title="Meltem")) == {"number": "books.number-missing"}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("number", "7359021641", "books.number"),
        ("number", "12345678901", "books.number"),
        ("number", "VKN yok", "books.number"),
        ("title", "x" * 500, "books.too-long"),
        ("iban", "TR33 0006 1005 1978 6457 8413 27", "books.iban"),
        ("email", "muhasebe(at)meltem.example", "books.email"),
        ("email", "a@b.example " * 6 + "c@d.example e@f.example g@h.example i@j.example k@l.example", "books.too-many"),
        ("alias", "defaultpk@meltem.example", "books.alias"),
        ("terms", "otuz", "books.number-of-days"),
        ("terms", "١٢", "books.number-of-days"),
        ("kind", "friend", "books.kind"),
        ("country_code", "XQ", "books.code"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, value: str, code: str) -> None:
    assert faults(FIRM._replace(**{field: value})) == {field: code}


def test_all_faults_of_a_form_are_said_at_once() -> None:
    assert faults(FIRM._replace(email="@", terms="-1", iban="?")) == {
        "email": "books.email", "terms": "books.number-of-days", "iban": "books.iban",
    }  # fmt: skip


def test_a_number_is_kept_once_for_each_branch(ardic: int) -> None:
    first = saved(ardic, branch="Ankara")
    saved(ardic, branch="İzmir")
    with pytest.raises(BooksError) as caught:
        saved(ardic, branch="Ankara")
    assert (caught.value.code, caught.value.existing) == ("books.contact-known", first.id)


def test_what_was_removed_comes_back_unless_its_place_is_taken(ardic: int) -> None:
    kept = saved(ardic, branch="Geçici")
    with scoped(Role.WEB, [ardic]):
        assert books.remove_contacts(ardic, [kept.id]) == 1
        with pytest.raises(BooksError) as caught:
            books.contact(ardic, kept.id)
        assert caught.value.code == "books.contact-unknown"
        assert books.restore_contacts(ardic, [kept.id]) == 1
        books.remove_contacts(ardic, [kept.id])
        books.save_contact(ardic, FIRM._replace(branch="Geçici"))
        assert books.restore_contacts(ardic, [kept.id]) == 0


@pytest.mark.parametrize(
    "typed", ["ışık", "IŞIK", "isik", "İŞIK", "Isık inş", "insaat", "2222222222", "222", "çiğ", "CIGLI", "ışık çiğli"]
)
def test_a_contact_is_found_however_it_is_typed(ardic: int, typed: str) -> None:
    with scoped(Role.WEB, [ardic]):
        if not books.by_number(ardic, ["2222222222"]):
            books.save_contact(ardic, ContactForm(number="2222222222", title="IŞIK İnşaat A.Ş.", town="Çiğli"))
        assert "IŞIK İnşaat A.Ş." in [one.title for one in books.complete_contacts(ardic, typed)]
        assert "IŞIK İnşaat A.Ş." in [one.title for one in books.find_contacts(ardic, typed).rows]
        assert books.complete_contacts(ardic, f"{typed} zzz") == []


def test_what_is_used_comes_first(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        rows = [books.save_contact(ardic, FIRM._replace(title=f"Zümrüt {n}", branch=f"z{n}")) for n in range(4)]
        books.used(ardic, [rows[2].id])
        assert books.complete_contacts(ardic, "zumrut")[0].id == rows[2].id
        assert books.complete_contacts(ardic, "")[0].id == rows[2].id


def test_pages_of_a_list_are_in_the_turkish_alphabet_and_miss_none(ardic: int) -> None:
    names = ["Ihlamur Sabun", "İncir Sabun", "Cam Sabun", "Çam Sabun", "Zeytin Sabun", "Şeker Sabun", "Saf Sabun"]
    with scoped(Role.WEB, [ardic]):
        for n, name in enumerate(names):
            books.save_contact(ardic, FIRM._replace(title=name, branch=f"s{n}"))
        seen: list[str] = []
        cursor, total = "", 0
        while True:
            page = books.find_contacts(ardic, "sabun", cursor=cursor, limit=3)
            seen += [one.title for one in page.rows]
            total, cursor = page.total, page.next
            if not cursor:
                break
    assert seen == sorted(names, key=sort_key)
    assert total == len(names)
    assert [one.split()[0] for one in seen] == ["Cam", "Çam", "Ihlamur", "İncir", "Saf", "Şeker", "Zeytin"]


def test_another_taxpayers_books_stay_shut(ardic: int) -> None:
    other = taxpayer(MELTEM, "MEL")
    kept = saved(ardic, branch="gizli")
    with scoped(Role.WEB, [other]):
        assert books.complete_contacts(ardic, "meltem") == []
        assert books.find_contacts(ardic).total == 0
        with pytest.raises(BooksError):
            books.contact(ardic, kept.id)


def test_operators_see_nothing_of_books(ardic: int) -> None:
    from django.db import DatabaseError

    with pytest.raises(DatabaseError), scoped(Role.OPERATOR):
        Contact.objects.count()


def test_a_hundred_thousand_contacts_are_searched_by_an_index(ardic: int) -> None:
    """The plan says so: no test should wait for a hundred thousand rows."""
    from django.db import connection

    begins = "WHERE taxpayer_id = %s AND {0} >= %s AND {0} < %s"
    statements = {
        f"SELECT id FROM books_contact {begins.format('folded')} ORDER BY folded, id LIMIT 8": "contact_folded",
        f"SELECT row_id FROM books_word {begins.format('word')} AND about = 1 LIMIT 8": "one_word_each",
    }
    with scoped(Role.WEB, [ardic]), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement, name in statements.items():
            cursor.execute(f"EXPLAIN {statement}", [ardic, "mel", above("mel")])
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert name in plan
            cond = next(line for line in plan.splitlines() if "Index Cond" in line)
            assert ">= 'mel'" in cond, plan


def test_an_item_is_kept_as_it_belongs(ardic: int) -> None:
    form = ItemForm(
        code="R-1", name="Çelik raf", name_en="Steel shelf", unit="m²", price="1.234,56", currency="eur", vat="%20",
        withholding="606", gtip="9403.20.80.00.00", brand="Demir",
    )  # fmt: skip
    with scoped(Role.WEB, [ardic]):
        kept = books.save_item(ardic, form)
        assert (kept.unit, kept.price, kept.currency, kept.vat) == ("MTK", Decimal("1234.56"), "EUR", Decimal(20))
        assert books.line_of(kept, "en") == {
            "name": "Steel shelf", "unit": "MTK", "code": "R-1", "withholding": "606", "price": "1234.56", "vat": "20",
            "delivery": {"gtip": "940320800000"}, "brand": "Demir",
        }  # fmt: skip
        assert books.item_form_of(kept).price == "1.234,56"
        assert [one.id for one in books.complete_items(ardic, "steel")] == [kept.id]
        assert [one.id for one in books.complete_items(ardic, "r-1")] == [kept.id]
        with pytest.raises(BooksError) as caught:
            books.save_item(ardic, form._replace(name="Başka"))
        assert caught.value.code == "books.item-known"
        again = books.save_item(ardic, form._replace(name="Geniş raf"), kept.id)
        assert books.complete_items(ardic, "çelik r") != [again]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", " ", "books.missing"),
        ("price", "-5", "books.amount"),
        ("price", "on lira", "books.amount"),
        ("price", "9" * 16, "books.amount"),
        ("vat", "120", "books.percent"),
        ("unit", "ışık yılı", "books.code"),
        ("currency", "XXX9", "books.code"),
        ("exemption", "999", "books.code"),
        ("withholding", "301", "books.code"),
        ("gtip", "12", "books.gtip"),
    ],
)
def test_what_is_wrong_with_an_item_is_said_at_its_field(ardic: int, field: str, value: str, code: str) -> None:
    with pytest.raises(BooksError) as caught, scoped(Role.WEB, [ardic]):
        books.save_item(ardic, ItemForm(name="Raf")._replace(**{field: value}))
    assert {name: one.code for name, one in caught.value.by_field.items()} == {field: code}


def test_labels_keep_their_keys(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        made = books.save_label(ardic, "Ödenecek İşler", "red")
        assert made.key == "odenecek-isler"
        again = books.save_label(ardic, "Ödendi", "green", made.id)
        assert (again.key, again.name) == ("odenecek-isler", "Ödendi")
        with pytest.raises(BooksError) as caught:
            books.save_label(ardic, "ÖDENDİ")
        assert caught.value.code == "books.label-known"
        books.remove_label(ardic, made.id)
        assert books.labels(ardic) == []
        assert books.save_label(ardic, "Ödenecek işler").key == "odenecek-isler-2"
        with pytest.raises(BooksError) as caught:
            books.save_label(ardic, "Sarı", "#ffff00")
        assert caught.value.code == "books.colour"


def test_views_are_ones_own_or_shared(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        mine = books.save_view(ardic, 1, "outgoing", "Reddedilenler", "?stage=rejected&page=3")
        assert mine.query == "stage=rejected"
        books.save_view(ardic, 1, "outgoing", "Ay", "month=2026-11", is_shared=True)
        assert [one.name for one in books.views_of(ardic, 1, "outgoing")] == ["Reddedilenler", "Ay"]
        assert [one.name for one in books.views_of(ardic, 2, "outgoing")] == ["Ay"]
        shared = books.views_of(ardic, 2, "outgoing")[0]
        for id, code in ((shared.id, "books.view-not-yours"), (mine.id, "books.view-unknown")):
            with pytest.raises(BooksError) as caught:
                books.remove_view(ardic, 2, id)
            assert caught.value.code == code
        assert books.remove_view(ardic, 1, mine.id).query == "stage=rejected"


def test_a_branch_gives_its_address_to_the_taxpayers_party(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        made = books.save_branch(ardic, BranchForm(name="İzmir", street="Kordon", building_number="5", city="İzmir"))
        party = books.supplier_of({"tax_id": ARDIC[0], "name": ARDIC[1]}, made)
        assert party["address"] == {"street": "Kordon", "number": "5", "city": "İzmir"}
        assert books.branch_form_of(made).building_number == "5"
        with pytest.raises(BooksError) as caught:
            books.save_branch(ardic, BranchForm(name="İzmir"))
        assert caught.value.code == "books.branch-known"
        books.remove_branch(ardic, made.id)
        assert books.restore_branch(ardic, made.id).name == "İzmir"


def test_a_registered_contact_is_known_with_its_mailboxes(ardic: int) -> None:
    listed(ARDIC, "urn:mail:a@b.example", "urn:mail:c@d.example")
    found = books.listings([ARDIC[0], "2222222222"])
    assert found[ARDIC[0]].einvoice == ("urn:mail:a@b.example", "urn:mail:c@d.example")
    assert found[ARDIC[0]].is_registered
    assert not found["2222222222"].is_registered
    assert books.form_from_list(ARDIC[0]) == ContactForm(number=ARDIC[0], title=ARDIC[1])


def test_words_of_strangers_do_no_harm(ardic: int) -> None:
    for text in ("\0", "%_\\", "'; DROP TABLE books_contact; --", "a" * 100_000, "\U0010ffff", "ﷺ", "¼", "(((", "İ̇"):
        with scoped(Role.WEB, [ardic]):
            before = books.find_contacts(ardic).total
            assert len(books.complete_contacts(ardic, text)) <= 8
            assert books.find_contacts(ardic, text, cursor=f"{text}|x").total <= before
            index(ardic, ABOUT_CONTACT, {1: text})
            assert books.find_contacts(ardic).total == before


def test_folding_is_the_same_twice_and_ranges_hold_what_begins_so() -> None:
    for text in ("IŞIK İnşaat A.Ş.", "Öz-Er Gıda & Tic.", "L'Oréal", "½ kg", "ĞÜŞİÖÇ ğüşıöç", "Straße"):
        assert fold(fold(text)) == fold(text)
        for end in range(1, len(fold(text))):
            start = fold(text)[:end]
            assert start <= fold(text) < above(start)


def test_a_contact_is_read_by_any_form_of_json(ardic: int) -> None:
    kept: Any = saved(ardic, branch="json")
    document = from_json(
        friendly(
            customer=books.party_of(kept),
            number="ABC2026000000001",
            uuid="4f1e5c1e-0f6b-4bb5-9d6a-9a3a63d8f001",
            date="2026-11-22",
        )
    )
    assert document is not None


def test_items_of_others_are_not_there(ardic: int) -> None:
    with pytest.raises(BooksError) as caught, scoped(Role.WEB, [ardic]):
        books.item(ardic, 10**9)
    assert caught.value.code == "books.item-unknown"
    with scoped(Role.WEB, [ardic]):
        kept = books.save_item(ardic, ItemForm(code="SİL", name="Silinecek"))
        assert books.remove_items(ardic, [kept.id]) == 1
        assert books.complete_items(ardic, "silinecek") == []
        assert books.restore_items(ardic, [kept.id]) == 1
        assert books.by_code(ardic, ["SİL"])["SİL"].id == kept.id
        assert Item.objects.filter(taxpayer_id=ardic, code="SİL").count() == 1
