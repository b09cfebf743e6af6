"""Files of rows become documents: as they are meant, each once, and what is wrong is said where it stands."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from books_files import HEADINGS, LINE, as_csv, carried_out, checked, faults, job, uploaded, work, workbook
from platform_intake import encoded, friendly, listed
from platform_world import archiving, taxpayer
from ulak_server import clock
from ulak_server.books import services as books
from ulak_server.books.importing import jobs
from ulak_server.books.importing.problems import ImportFault
from ulak_server.books.models import Import
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import drafts
from ulak_server.documents.models import Document

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return taxpayer()


def made(ardic: int, found: Import) -> list[Document]:
    with scoped(Role.WEB, [ardic]):
        return list(Document.objects.filter(batch_id=found.batch_id).order_by("id"))


def test_rows_of_one_key_become_one_invoice(ardic: int) -> None:
    second = ("1", None, None, None, None, None, None, "Kitap", "3", "adet", "145", "10")
    other = ("2", *LINE[1:])
    found = checked(ardic, workbook(LINE, second, other))
    assert (found.stage, found.rows, found.good, found.faulty) == ("checked", 3, 2, 0), faults_text(ardic, found)
    found = carried_out(ardic, found.id)
    assert found.stage == "done"
    documents = made(ardic, found)
    assert [str(one.payable) for one in documents] == ["6418.50", "5940.00"]
    assert {one.stage for one in documents} == {"draft"}
    assert [one.party_title for one in documents] == ["Meltem Gıda Ltd. Şti."] * 2


def faults_text(ardic: int, found: Import) -> list[str]:
    return [
        f"{one.row}:{one.column} {one.problem['code']} {one.problem['detail']['en']}" for one in faults(ardic, found.id)
    ] + [str(found.error)]


def test_documents_are_sent_if_that_is_wanted(ardic: int) -> None:
    found = carried_out(ardic, checked(ardic, workbook(LINE)).id, "send")
    assert [one.stage for one in made(ardic, found)] == ["accepted"]
    with pytest.raises(ImportFault) as caught, scoped(Role.WEB, [ardic]):
        jobs.undo(ardic, found.id)
    assert caught.value.code == "import.not-undone"


def test_drafts_of_an_import_are_thrown_away_together_and_others_stay(ardic: int) -> None:
    found = carried_out(ardic, checked(ardic, workbook(LINE, ("2", *LINE[1:]), ("3", *LINE[1:]))).id)
    sent = made(ardic, found)[0]
    from ulak.lifecycle.policy import DEFAULT

    drafts.submit(ardic, sent.id, policy=DEFAULT)
    with scoped(Role.WEB, [ardic]):
        jobs.undo(ardic, found.id, actor="test")
    found = work(ardic, found.id)
    assert (found.stage, found.undone) == ("undone", 2)
    assert [one.id for one in made(ardic, found)] == [sent.id]


def test_findings_stand_at_their_cells(ardic: int) -> None:
    wrong = list(LINE)
    wrong[2], wrong[9], wrong[10] = "735902164", "ışık yılı", "pahalı"
    found = checked(ardic, workbook(LINE, ("2", *wrong[1:]), ("3", *LINE[1:])))
    assert (found.good, found.faulty) == (2, 1)
    said = {(one.row, one.column): one.problem["code"] for one in faults(ardic, found.id)}
    assert said == {(3, 9): "import.value", (3, 10): "import.number"}
    number = ("1", *LINE[1:2], "7359021641", *LINE[3:])
    found = checked(ardic, workbook(number))
    assert (2, 2) in {(one.row, one.column) for one in faults(ardic, found.id)}, faults_text(ardic, found)
    assert found.stage == "checked"
    with pytest.raises(ImportFault) as caught:
        carried_out(ardic, found.id)
    assert caught.value.code == "import.nothing-good"


def test_only_what_is_in_order_is_made(ardic: int) -> None:
    wrong = ("2", *LINE[1:10], "pahalı", "20")
    unknown = ("3", None, "4812530769", *LINE[3:])
    found = checked(ardic, workbook(LINE, wrong, unknown))
    assert (found.good, found.faulty) == (1, 2), faults_text(ardic, found)
    assert len(made(ardic, carried_out(ardic, found.id))) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "iso-8859-9", "utf-16", "cp857"])
@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_csv_of_any_program_is_understood(ardic: int, encoding: str, mark: str) -> None:
    found = checked(ardic, as_csv(LINE, encoding=encoding, mark=mark), name="fatura.csv")
    assert (found.good, found.faulty) == (1, 0), faults_text(ardic, found)


def test_contacts_and_items_of_the_books_fill_in_what_rows_leave_out(ardic: int) -> None:
    with scoped(Role.WEB, [ardic]):
        books.save_contact(
            ardic,
            books.ContactForm(
                number="7359021640", title="Meltem Gıda", city="İstanbul", town="Kadıköy", tax_office="Kadıköy"
            ),
        )
        books.save_item(ardic, books.ItemForm(code="R-100", name="Çelik raf", price="412,50", vat="20", unit="adet"))
    found = checked(ardic, as_csv(("7359021640", "R-100", "2"), headings=("VKN", "Stok Kodu", "Miktar")), name="a.csv")
    assert found.good == 1, faults_text(ardic, found)
    (one,) = made(ardic, carried_out(ardic, found.id))
    assert (one.party_title, str(one.payable)) == ("Meltem Gıda", "990.00")


def test_a_killed_worker_makes_nothing_twice(ardic: int) -> None:
    found = checked(ardic, workbook(LINE))
    with scoped(Role.WEB, [ardic]):
        jobs.carry_out(ardic, found.id, "draft")
    from ulak_server.books.importing import working

    assert working.advance(ardic, found.id)
    # What a worker that was killed right after handing in leaves behind.
    with scoped(Role.WEB, [ardic]):
        handed = jobs.get(ardic, found.id).batch_id
        Import.objects.filter(id=found.id).update(batch_id=None)
    found = work(ardic, found.id)
    assert (found.stage, found.batch_id, len(made(ardic, found))) == ("done", handed, 1)


def test_two_workers_do_not_do_the_same_step(ardic: int) -> None:
    found = checked(ardic, workbook(LINE))
    with scoped(Role.WEB, [ardic]):
        jobs.carry_out(ardic, found.id, "draft")
    from ulak_server.books.importing import working

    assert working.advance(ardic, found.id)
    assert not working.advance(ardic, found.id)


def test_a_reading_is_remembered_for_files_of_the_same_shape(ardic: int) -> None:
    headings = ("Kime", "Ne", "Kaç", "Kaça", "Vergi")
    row = ("7359021640", "Çelik raf", "2", "412,50", "20")
    id = uploaded(ardic, workbook(row, headings=headings))
    columns = {"0": "tax_id", "1": "name", "2": "quantity", "3": "price", "4": "vat"}
    with scoped(Role.WEB, [ardic]):
        jobs.change_reading(ardic, id, {"sheet": "Faturalar", "header": 1, "columns": columns})
        jobs.check(ardic, id)
    assert work(ardic, id).good == 1
    again = uploaded(ardic, workbook(row, row, headings=headings))
    assert job(ardic, again).mapping["columns"] == columns


def test_ubl_and_zips_of_it_are_checked_and_made(ardic: int) -> None:
    from ulak_server.documents.reading import read

    body = read(encoded(friendly()), "json").body
    xml = body.replace(body[body.index(b"<cbc:ID>") : body.index(b"</cbc:ID>")], b"<cbc:ID>XYZ2026000000077", 1)
    found = checked(ardic, xml, name="fatura.xml")
    assert (found.stage, found.good) == ("checked", 1), faults_text(ardic, found)
    assert len(made(ardic, carried_out(ardic, found.id))) == 1
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("bozuk.xml", b"<Invoice")
        archive.writestr("fatura.xml", xml.replace(b"000000077", b"000000078"))
    found = checked(ardic, file.getvalue(), name="faturalar.zip")
    assert found.faulty >= 1
    assert faults(ardic, found.id)[0].problem["code"].startswith("xml.")


def test_contacts_come_and_go_by_file(ardic: int) -> None:
    headings = ("Cari Ünvan", "VKN", "E-Posta", "Vade")
    rows = [
        ("Zirve Ltd.", "2222222222", "a@b.example", 30),
        ("Bozuk", "123", "x", None),
        ("Ikiz", "2222222222", "", ""),
    ]
    found = checked(ardic, workbook(*rows, headings=headings), "contacts")
    assert (found.good, found.faulty) == (1, 2), faults_text(ardic, found)
    assert {one.problem["code"] for one in faults(ardic, found.id)} == {
        "books.number",
        "books.email",
        "import.number-known",
    }
    found = carried_out(ardic, found.id)
    with scoped(Role.WEB, [ardic]):
        (zirve,) = books.complete_contacts(ardic, "zirve")
        assert zirve.terms == 30
    changed = carried_out(
        ardic, checked(ardic, workbook(("Zirve A.Ş.", "2222222222"), headings=headings[:2]), "contacts").id
    )
    assert changed.stage == "done"
    with scoped(Role.WEB, [ardic]):
        again = books.contact(ardic, zirve.id)
        assert (again.title, again.terms, again.email) == ("Zirve A.Ş.", 30, "a@b.example")
        jobs.undo(ardic, found.id)
    assert work(ardic, found.id).undone == 1
    with scoped(Role.WEB, [ardic]):
        assert books.complete_contacts(ardic, "zirve") == []


def test_items_come_by_file_with_turkish_numbers(ardic: int) -> None:
    headings = ("Stok Kodu", "Stok Adı", "Birim", "Fiyat", "KDV")
    found = checked(ardic, as_csv(("X-1", "Masa", "Adet", "1.234,567", "%20"), headings=headings), "items", "urun.csv")
    assert carried_out(ardic, found.id).good == 1, faults_text(ardic, found)
    with scoped(Role.WEB, [ardic]):
        assert str(books.by_code(ardic, ["X-1"])["X-1"].price) == "1234.56700000"


def test_the_same_file_is_noticed(ardic: int) -> None:
    data = workbook(("7", *LINE[1:]))
    first = carried_out(ardic, checked(ardic, data).id)
    second = uploaded(ardic, data)
    with scoped(Role.WEB, [ardic]):
        twin = jobs.twin_of(jobs.get(ardic, second))
        assert twin is not None
        assert twin.id == first.id


def test_headings_may_stand_below_a_title_and_be_missing(ardic: int) -> None:
    data = workbook((), HEADINGS, LINE, headings=("Kasım ayı faturaları",))
    found = checked(ardic, data)
    assert (job(ardic, found.id).mapping["header"], found.good) == (3, 1), faults_text(ardic, found)


def test_despatch_advices_come_by_file(ardic: int) -> None:
    listed(service="edespatch")
    who = ("Sıra", "VKN", "Unvan", "VD", "İlçe", "İl")
    road = ("Sevk Tarihi", "Sevk Saati", "Plaka", "Şoför Adı", "Şoför Soyadı", "Şoför TCKN")
    goods = ("Teslim ilçe", "Teslim il", "Teslim posta kodu", "Mal", "Miktar", "Birim")
    headings = (*who, *road, *goods)
    from ulak_server.taxpayers.services import today

    day = today().strftime("%d.%m.%Y")
    row = (
        *("1", "7359021640", "Meltem Gıda Ltd. Şti.", "Kadıköy", "Kadıköy", "İstanbul", day, "10:30", "06 ARD 406"),
        *("Veli", "Demir", "50721483392", "Kadıköy", "İstanbul", "34710", "Çelik raf", "12", "adet"),
    )
    found = checked(ardic, workbook(row, headings=headings), "despatch_advice")
    assert (found.good, found.faulty) == (1, 0), faults_text(ardic, found)


def test_workers_find_what_waits_and_forget_old_files(ardic: int) -> None:
    from datetime import timedelta

    from ulak_server import clock
    from ulak_server.books.importing import working
    from ulak_server.books.models import Upload

    id = uploaded(ardic, workbook(LINE))
    with scoped(Role.WEB, [ardic]):
        jobs.check(ardic, id)
    assert working.advance_all() >= 1
    with scoped(Role.WEB, [ardic]):
        Import.objects.filter(id=id).update(finished_at=clock.now() - timedelta(days=31))
    assert jobs.forget_old() == 1
    with scoped(Role.WEB, [ardic]):
        assert not Upload.objects.filter(job_id=id).exists()
        with pytest.raises(ImportFault) as caught:
            jobs.content(ardic, id)
    assert caught.value.code == "import.gone"


def test_a_step_that_always_fails_is_given_up(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from ulak_server.books.importing import working

    def broken(*_: object) -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(working, "_check", broken)
    found = checked(ardic, workbook(LINE))
    assert (found.stage, found.wake_at) == ("failed", None)
    assert found.error
    assert found.error["code"] == "import.failed"
    monkeypatch.undo()
    with scoped(Role.WEB, [ardic]):
        jobs.check(ardic, found.id)
    assert work(ardic, found.id).good == 1


# -- a shop's day, and receipts ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shop(ardic: int) -> int:
    return archiving(ardic)


SALES = (
    *("Fiş No", "TCKN", "Ad", "Soyad", "İl", "Teslim", "Ödeme", "Site", "Taşıyan VKN", "Taşıyan"),
    *("Ürün", "Miktar", "Birim Fiyat", "KDV %"),
)
TILL = ("1", None, None, None, "Trabzon", "elden", None, None, None, None, "Süzme bal", "1", "420", "1")
NAMED = ("2", None, "Hatice", "Şahin", "Antalya", None, None, None, None, None, "Kavanoz", "2", "38,25", "20")
ONLINE = (
    *("3", "50721483392", "Hasan", "Toprak", "Niğde", "e-posta", "kredi kartı", "https://ardic.example"),
    *("9183746505", "Örnek Kargo A.Ş.", "Salça", "3", "186,50", "1"),
)


def bodies(ardic: int, found: Import) -> list[dict[str, Any]]:
    documents = made(ardic, found)
    with scoped(Role.WEB, [ardic]):
        return [json.loads(drafts.content(ardic, one.id).data) for one in documents]


def test_a_days_sales_become_archived_invoices_of_whoever_bought(shop: int) -> None:
    more = (None, None, None, None, None, None, None, None, None, None, "Kaşık", "4", "10", "20")
    to_a_firm = ("4", "7359021640", None, None, "İstanbul", None, None, None, None, None, "Kavanoz", "1", "38,25", "20")
    sheet = workbook(TILL, more, NAMED, ONLINE, to_a_firm, headings=SALES)
    found = checked(shop, sheet, "sales", "satis.xlsx")
    assert (found.stage, found.good, found.faulty) == ("checked", 4, 0), faults_text(shop, found)
    found = carried_out(shop, found.id, "send")
    till, named, online, firm = made(shop, found)
    assert [one.kind for one in (till, named, online, firm)] == [*["earchive_invoice"] * 3, "invoice"]
    assert (till.partner, till.party_title, str(till.payable)) == ("11111111111", "NİHAİ TÜKETİCİ", "472.20")
    assert (named.partner, named.party_title) == ("11111111111", "Hatice Şahin")
    assert (online.partner, online.type_code) == ("50721483392", "SATIS")
    assert firm.profile == "TEMELFATURA"


def test_a_sale_online_says_how_it_was_paid_and_shipped(shop: int) -> None:
    found = checked(shop, workbook(ONLINE, TILL, headings=SALES), "sales", "satis.xlsx")
    online, till = bodies(shop, carried_out(shop, found.id))
    day = clock.today().isoformat()
    assert online["internet_sale"] == {
        "payment": "KREDIKARTI/BANKAKARTI",
        "site": "https://ardic.example",
        "carrier": {"tax_id": "9183746505", "name": "Örnek Kargo A.Ş."},
        "paid_on": day,
        "shipped_on": day,
    }
    assert (online["sending"], till["sending"]) == ("ELEKTRONIK", "KAGIT")
    assert "internet_sale" not in till
    wrong = [*ONLINE[:6], "takas", *ONLINE[7:]]
    bad = checked(shop, workbook(wrong, headings=SALES), "sales", "satis.xlsx")
    assert [(one.column, one.problem["code"]) for one in faults(shop, bad.id)] == [(6, "import.choice")]
    said = [*ONLINE[:6], "Diğer - hediye çeki", *ONLINE[7:]]
    good = checked(shop, workbook(said, headings=SALES), "sales", "satis.xlsx")
    (told,) = bodies(shop, carried_out(shop, good.id))
    assert told["internet_sale"]["payment"] == "DIGER - hediye çeki"
    assert "paid_on" not in told["internet_sale"]


def test_receipts_of_the_self_employed_and_of_farmers_are_imported(shop: int) -> None:
    fees = ("Sıra", "VKN", "Unvan", "İlçe", "İl", "Hizmet", "Brüt Ücret", "KDV %", "Stopaj")
    fee = ("1", "7359021640", "Meltem Gıda Ltd. Şti.", "Kadıköy", "İstanbul", "Danışmanlık", "25.000,00", "20", "20")
    found = checked(shop, workbook(fee, headings=fees), "freelance_receipt", "smm.xlsx")
    assert (found.stage, found.good, found.faulty) == ("checked", 1, 0), faults_text(shop, found)
    (receipt,) = made(shop, carried_out(shop, found.id))
    assert (receipt.kind, str(receipt.payable)) == ("freelance_receipt", "25000.00")
    bought = ("Fiş No", "TCKN", "Çiftçi", "İlçe", "İl", "Ürün", "Miktar", "Birim", "Fiyat", "Stopaj %", "Bağkur %")
    apples = ("7", "50721483392", "Hasan Toprak", "Merkez", "Niğde", "Elma", "1500", "kg", "24,50", "2", "1")
    found = checked(shop, workbook(apples, headings=bought), "producer_receipt", "mm.xlsx")
    assert (found.stage, found.good, found.faulty) == ("checked", 1, 0), faults_text(shop, found)
    (receipt,) = made(shop, carried_out(shop, found.id))
    assert (receipt.kind, receipt.party_title, str(receipt.payable)) == ("producer_receipt", "Hasan Toprak", "35647.50")
