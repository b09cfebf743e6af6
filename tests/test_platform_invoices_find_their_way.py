"""One "send" decides between e-Fatura and e-Arşiv by GİB's list, then and once more before it seals, and tells why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_archive import CONSUMER, SALE, archived, as_ubl, shop_sale
from platform_intake import encoded, friendly, listed, row, sent
from platform_way_out import assert_no_gap, bodies, documents, passing, run, sql
from platform_world import ARDIC, MELTEM, archiving, taxpayer
from seal_pki import KNOWN_KEY
from ulak.codes.identifiers import vkn
from ulak.errors import UlakError
from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.audit.services import timeline
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import batches, drafts
from ulak_server.documents.batch_station import BatchStation
from ulak_server.documents.intake import Options
from ulak_server.documents.models import Document
from ulak_server.documents.routing import preview
from ulak_server.documents.taking import take_in
from ulak_server.exchange.correcting import correct
from ulak_server.exchange.keys import Address, KeyRing
from ulak_server.userlist import services as userlist
from ulak_server.userlist.models import ListRun, RegisteredUser

pytestmark = pytest.mark.usefixtures("platform_database")
SHOP = "9876543217"
COMES, GOES = "3230512384", "9111111105"


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return archiving(taxpayer(ARDIC))


@pytest.fixture
def leaving(ardic: int) -> Iterator[None]:
    """Somebody who is registered, and forgotten by the list afterwards."""
    listed((GOES, "Gidecek A.Ş.", "", "urn:mail:defaultpk@gider.example"))
    yield
    unlist(GOES)
    unlist(COMES)


def unlist(number: str) -> None:
    """Let nobody be registered under the number from now on."""
    RegisteredUser.objects.filter(number=number, until=None).update(until=clock.now())


def code_of(taxpayer: int, data: bytes, **said: Any) -> str:
    with pytest.raises(UlakError) as caught:
        sent(taxpayer, data, **said)
    return caught.value.code


def told(taxpayer: int, document: int, what: str) -> Mapping[str, Any]:
    with scoped(Role.WEB, [taxpayer]):
        return next(one.facts for one in timeline(document) if one.what == what)


def stands(found: Document) -> tuple[str, str, str, str]:
    return found.kind, found.profile, found.stage, str(found.number)[:3]


# -- handed in ---------------------------------------------------------------------------------------------------------


def test_without_a_profile_the_list_decides_and_the_timeline_tells_why(ardic: int) -> None:
    listed((SHOP, "Yalnız Gönderen", "", ""), "urn:mail:gb@gonderen.example")
    RegisteredUser.objects.filter(number=SHOP).update(role="GB")
    listed(("1460415308", "Yalnız İrsaliye", "", "urn:mail:pk@irsaliye.example"), service="edespatch")
    ways = {
        "11111111111": ("earchive", "consumer"),
        "2222222222": ("earchive", "foreign"),
        COMES: ("earchive", "unlisted"),
        SHOP: ("earchive", "no-mailbox"),
        "1460415308": ("earchive", "unlisted"),
        MELTEM[0]: ("einvoice", "only"),
    }
    for number, (way, why) in ways.items():
        taken = sent(ardic, shop_sale(number))
        assert taken.route is not None
        assert (taken.route.way, taken.route.why, taken.route.is_automatic) == (way, why, True)
        assert taken.route.reason.tr != taken.route.reason.en
        facts = told(ardic, taken.id, "document.accepted")
        assert (facts["way"], facts["why"], facts["automatic"], bool(facts["listed_at"])) == (way, why, True, True)
        kind = "invoice" if way == "einvoice" else "earchive_invoice"
        found = row(ardic, taken.id)
        assert (found.kind, bool(found.alias), bool(found.sender_alias)) == (kind, *[kind == "invoice"] * 2)
    with scoped(Role.WEB, [ardic]):
        assert preview(SHOP).why == "no-mailbox"


def test_what_its_author_says_has_to_fit(ardic: int) -> None:
    assert code_of(ardic, archived("earchive_invoice", customer=friendly()["customer"])) == "intake.registered"
    assert code_of(ardic, archived("earchive_invoice", profile="TEMELFATURA")) == "intake.unregistered"
    assert code_of(ardic, shop_sale(), options=Options(route="earchive")) == "intake.route"
    turned = row(ardic, sent(ardic, encoded(friendly(profile="EARSIVFATURA")), options=Options(route="auto")).id)
    assert (turned.kind, turned.profile, turned.is_automatic) == ("invoice", "TEMELFATURA", True)
    ubl = as_ubl(archived("earchive_invoice", profile="TICARIFATURA", uuid=str(uuid4())))
    again = row(ardic, sent(ardic, encoded({"xml": ubl.decode(), "route": "auto"})).id)
    assert (again.kind, again.profile) == ("earchive_invoice", "EARSIVFATURA")
    assert code_of(ardic, archived("earchive_invoice", profile="KAMU"), options=Options(route="auto")) == (
        "intake.unregistered"
    )


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (f"{MELTEM[0]} ", "intake.registered"),  # GİB's list has no number with a blank: it would be nobody's.
        (f"{MELTEM[0][:9]} {MELTEM[0][9]}", "intake.partner-number"),
        ("33333333333", "intake.partner-number"),  # Ones and twos stand for anybody, no other digit does.
        ("0000000000", "intake.partner-number"),
    ],
)
def test_no_writing_of_a_number_hides_who_the_buyer_is(ardic: int, number: str, code: str) -> None:
    assert code_of(ardic, archived("earchive_invoice", customer={**CONSUMER, "tax_id": number})) == code


def test_the_type_has_its_say(ardic: int) -> None:
    def placed(number: str, type: str) -> tuple[str, str]:
        found = row(ardic, sent(ardic, shop_sale(number, type=type), intent="send").id)
        return found.kind, found.profile

    assert placed("11111111111", "SARJ") == ("earchive_invoice", "EARSIVFATURA")
    assert placed(MELTEM[0], "SARJ") == ("invoice", "ENERJI")
    assert placed(MELTEM[0], "HKSSATIS") == ("invoice", "HKS")
    assert placed(MELTEM[0], "TEKNOLOJIDESTEK") == ("earchive_invoice", "EARSIVFATURA")
    run()
    assert {one.kind for one in documents(ardic) if one.type_code == "TEKNOLOJIDESTEK"} == {"earchive_invoice"}


def test_a_series_of_the_other_kind_says_no_more_than_the_branch(ardic: int) -> None:
    taken = sent(ardic, shop_sale(), options=Options(series="ARD"))
    run()
    assert str(row(ardic, taken.id).number).startswith("ARS")
    assert code_of(ardic, archived("earchive_invoice"), options=Options(series="ARD")) == "intake.series"


def test_without_a_list_only_those_are_served_who_stand_in_none(ardic: int) -> None:
    ListRun.objects.all().delete()
    with passing(timedelta(minutes=2)):
        assert code_of(ardic, shop_sale(COMES)) == "intake.no-list"
        assert sent(ardic, shop_sale()).stage == "accepted"
        run()
    listed(("0000000000", "Kimse", "", "urn:mail:pk@kimse.example"))


def test_a_draft_goes_the_way_that_the_list_says_when_it_is_sent(ardic: int, leaving: None) -> None:
    draft = take_in(ardic, shop_sale(COMES), intent="draft", policy=DEFAULT)
    assert row(ardic, draft.id).kind == "invoice"
    drafts.submit(ardic, draft.id, policy=DEFAULT)
    assert row(ardic, draft.id).kind == "earchive_invoice"
    assert told(ardic, draft.id, "document.accepted")["why"] == "unlisted"


def test_a_batch_is_routed_by_one_look_into_the_list(ardic: int, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Any] = []
    known = userlist.lookup_many

    def counted(*said: Any) -> Any:
        looks.append(said)
        return known(*said)

    monkeypatch.setattr(userlist, "lookup_many", counted)
    sales = [shop_sale(), shop_sale(MELTEM[0]), shop_sale(COMES), archived("producer_receipt")]
    internet = shop_sale(internet_sale=SALE)
    stated = archived("earchive_invoice", customer=friendly()["customer"])
    stored = batches.hand_in(ardic, b"\n".join([*sales, internet, stated]), "ndjson", options=Options(route="auto"))
    assert BatchStation(lambda: DEFAULT).turn() == 6
    assert len(looks) == 1
    with scoped(Role.WEB, [ardic]):
        rows = list(Document.objects.filter(batch_id=stored.id).order_by("id"))
    assert [one.kind for one in rows] == [
        "earchive_invoice", "invoice", "earchive_invoice", "producer_receipt", "earchive_invoice", "invoice",
    ]  # fmt: skip
    assert [told(ardic, one.id, "document.accepted").get("way") for one in rows] == [
        "earchive", "einvoice", "earchive", None, "earchive", "einvoice",
    ]  # fmt: skip
    run()
    assert [str(row(ardic, one.id).number)[:3] for one in rows] == ["ARS", "ARD", "ARS", "ARU", "ARW", "ARD"]
    assert_no_gap(ardic)


# -- and once more before it is sealed ---------------------------------------------------------------------------------


def test_a_buyer_who_registers_in_between_gets_an_e_fatura(ardic: int, leaving: None) -> None:
    sale = sent(ardic, shop_sale(COMES))
    stated = sent(ardic, archived("earchive_invoice", customer={"tax_id": COMES, "name": "Gelen A.Ş."}))
    own = sent(ardic, shop_sale(COMES, number=f"KND{row(ardic, sale.id).issue_date:%Y}000000001"))
    listed((COMES, "Gelen A.Ş.", "", "urn:mail:defaultpk@gelen.example"))
    run()
    found = row(ardic, sale.id)
    assert stands(found) == ("invoice", "TEMELFATURA", "sealed", "ARD")
    assert (found.alias, found.sender_alias) == ("urn:mail:defaultpk@gelen.example", ARDIC[2])
    (body,) = bodies([found])
    assert b">TEMELFATURA<" in body
    assert f">{found.number}<".encode() in body
    facts = told(ardic, sale.id, "document.rerouted")
    assert (facts["before"], facts["way"], facts["why"]) == ("earchive_invoice", "einvoice", "only")
    back = row(ardic, stated.id)
    assert (back.stage, back.number, dict(back.error or {})["code"]) == ("faulty", None, "outbound.registered-since")
    # A prefix of e-Arşiv's is none of e-Fatura's.
    assert dict(row(ardic, own.id).error or {})["code"] == "intake.number-prefix"
    correct(ardic, stated.id, shop_sale(COMES))
    run()
    assert stands(row(ardic, stated.id)) == ("invoice", "TEMELFATURA", "sealed", "ARD")
    assert_no_gap(ardic)


def test_a_buyer_who_left_in_between_gets_an_e_arsiv_invoice(ardic: int, leaving: None) -> None:
    sale = sent(ardic, shop_sale(GOES))
    stated = sent(ardic, encoded(friendly(customer={**friendly()["customer"], "tax_id": GOES})))
    unlist(GOES)
    run()
    found = row(ardic, sale.id)
    assert stands(found) == ("earchive_invoice", "EARSIVFATURA", "issued", "ARS")
    assert (found.alias, found.sender_alias, found.envelope) == ("", "", None)
    back = row(ardic, stated.id)
    assert (back.stage, dict(back.error or {})["code"]) == ("faulty", "outbound.unregistered-since")
    assert_no_gap(ardic)


def test_a_mailbox_that_changed_is_written_anew(ardic: int, leaving: None) -> None:
    sale = sent(ardic, shop_sale(GOES))
    unlist(GOES)
    listed((GOES, "Gidecek A.Ş.", "", "urn:mail:yenipk@gider.example"))
    run()
    found = row(ardic, sale.id)
    assert (*stands(found), found.alias) == ("invoice", "TEMELFATURA", "sealed", "ARD", "urn:mail:yenipk@gider.example")


def test_what_waited_for_its_key_is_judged_anew_when_it_is_turned(ardic: int, leaving: None, tmp_path: Path) -> None:
    away = tmp_path / "key.p12"
    ring = KeyRing(lambda: Address(f"pkcs12:{away}"))
    sale, faulty = sent(ardic, shop_sale(GOES)), sent(ardic, shop_sale(GOES, type="TEVKIFAT", lines=_WITHHELD))
    run(keys=ring)
    assert [row(ardic, one.id).stage for one in (sale, faulty)] == ["judged", "judged"]
    unlist(GOES)
    shutil.copy(KNOWN_KEY.p12, away)
    sql("UPDATE documents_document SET work = 2, ready_at = accepted_at WHERE stage = 'judged'")
    with passing(timedelta(minutes=1)):
        run(keys=ring)
    assert stands(row(ardic, sale.id)) == ("earchive_invoice", "EARSIVFATURA", "issued", "ARS")
    assert row(ardic, faulty.id).kind == "earchive_invoice"


_WITHHELD = [{"name": "Temizlik", "quantity": 1, "price": 20000, "vat": 20, "withholding": "612"}]


def test_who_has_no_account_for_what_it_becomes_gets_it_back(ardic: int, leaving: None) -> None:
    sale = sent(ardic, shop_sale(GOES))
    unlist(GOES)
    with closed(ardic, "earchive"):
        run()
    assert dict(row(ardic, sale.id).error or {})["code"] == "intake.no-earchive"
    with closed(ardic, "einvoice"):
        assert code_of(ardic, shop_sale(MELTEM[0])) == "intake.no-einvoice"


@contextmanager
def closed(taxpayer: int, service: str) -> Iterator[None]:
    """An account that GİB is asked to close."""
    _stand(taxpayer, service, "closing")
    try:
        yield
    finally:
        _stand(taxpayer, service, "active")


def _stand(taxpayer: int, service: str, stage: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE taxpayers_account SET stage = %s WHERE taxpayer_id = %s AND service = %s",
            [stage, taxpayer, service],
        )


_EACH = [f"{base}{last}" for base in range(601_000_000, 601_000_008) for last in range(10)]
_BUYERS = [number for number in _EACH if vkn.is_valid(number)]
_SALES = st.tuples(st.booleans(), st.booleans(), st.sampled_from(["", "TEMELFATURA", "EARSIVFATURA"]))


@given(st.lists(_SALES, min_size=1, max_size=8))
@settings(max_examples=8, deadline=None)
def test_whatever_the_list_does_each_is_sealed_as_what_it_has_to_be(
    ardic: int, sales: list[tuple[bool, bool, str]]
) -> None:
    taken: list[tuple[int, bool, bool]] = []
    for number, (before, then, profile) in zip(_BUYERS, sales, strict=False):
        register(number, before)
        if profile and (profile == "TEMELFATURA") is not before:
            assert code_of(ardic, shop_sale(number, profile=profile)) in ("intake.registered", "intake.unregistered")
            continue
        id = sent(ardic, shop_sale(number, profile=profile or None)).id
        register(number, then)
        taken.append((id, then, bool(profile) and before is not then))
    run()
    for id, is_registered, is_wrong in taken:
        found = row(ardic, id)
        right = ("invoice", "TEMELFATURA", "sealed", "ARD")
        other = ("earchive_invoice", "EARSIVFATURA", "issued", "ARS")
        assert (found.stage == "faulty") if is_wrong else (stands(found) == (right if is_registered else other))
    assert_no_gap(ardic)


def register(number: str, is_listed: bool) -> None:
    unlist(number)
    if is_listed:
        listed((number, "Alıcı", "", f"urn:mail:pk@a{number}.example"))
