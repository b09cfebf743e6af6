"""e-Arşiv invoices, e-SMM, e-MM and gider pusulası are issued by being sealed: judged, numbered, kept, reportable."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_archive import CONSUMER, FARMER, FORMS, SALE, archived, as_ubl, shop_sale
from platform_intake import YEAR, listed, row, sent
from platform_way_out import Called, assert_no_gap, bodies, passing, run
from platform_world import ARDIC, MELTEM, archiving, taxpayer
from ulak import reports
from ulak.errors import UlakError
from ulak.rules import Verdict
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.addresses import LONGEST, read_address, token_of, xml_address
from ulak_server.documents.checking import check
from ulak_server.documents.intake import Options
from ulak_server.documents.judging import judge
from ulak_server.documents.kinds import KINDS
from ulak_server.documents.models import Document
from ulak_server.documents.reading import read
from ulak_server.documents.states import Shelf, State
from ulak_server.documents.tallies import sums

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return archiving(taxpayer(ARDIC))


def code_of(taxpayer: int, data: bytes, **said: Any) -> str:
    with pytest.raises(UlakError) as caught:
        sent(taxpayer, data, **said)
    return caught.value.code


def issued(taxpayer: int, data: bytes, **said: Any) -> Document:
    taken = sent(taxpayer, data, **said)
    run()
    return row(taxpayer, taken.id)


# -- the kinds ---------------------------------------------------------------------------------------------------------


def test_each_kind_is_issued_and_can_be_reported_whichever_way_it_comes(ardic: int) -> None:
    calls = Called()
    for kind in FORMS:
        friendly = sent(ardic, archived(kind))
        ubl = sent(ardic, as_ubl(archived(kind, uuid=str(uuid4()))))
        run(calls)
        rows = [row(ardic, friendly.id), row(ardic, ubl.id)]
        assert [(one.kind, one.stage, one.alias, one.envelope) for one in rows] == [(kind, "issued", "", None)] * 2
        shelf = Shelf.OUTGOING if kind == "earchive_invoice" else Shelf.RECEIPTS
        assert {(one.state, one.shelf) for one in rows} == {(State.ISSUED, shelf)}
        for one, body in zip(rows, bodies(rows), strict=True):
            assert one.sealed_at is not None
            assert judge(body, clock.today()).verdict is Verdict.VALID
            url = xml_address(ardic, one.ettn)
            entry = reports.issued(body, reports.Facts(url, one.sealed_at))
            assert (entry.product, entry.number) == (KINDS[kind].product, one.number)
            assert url.encode() in entry.fragment
    assert calls.outside == []
    assert_no_gap(ardic)
    with scoped(Role.WEB, [ardic]):
        counted = {one.by: one.documents for one in sums(ardic, by=("kind", "state"))}
    assert {by[0] for by, count in counted.items() if by[1] is State.ISSUED and count >= 2} == set(FORMS)


def test_nothing_is_issued_that_could_not_be_reported(ardic: int) -> None:
    unconfirmed = archived("expense_note", confirmation=None)
    checked = check(ardic, unconfirmed)
    assert checked.report.verdict is Verdict.INVALID
    assert {one.id for one in checked.report.findings} >= {"report.confirmation"}
    found = issued(ardic, unconfirmed)
    assert (found.stage, found.number) == ("faulty", None)
    assert cast(dict[str, Any], found.error)["findings"][0]["id"] == "report.confirmation"


def test_what_only_looks_like_one_of_them_is_of_no_kind(ardic: int) -> None:
    invoice = read(archived("earchive_invoice")).body
    for profile in (b"EARSIVBELGE", b"GIDERPUSULASI"):
        assert code_of(ardic, invoice.replace(b">EARSIVFATURA<", b">" + profile + b"<")) == "intake.kind"
    receipt = read(archived("producer_receipt")).body
    assert code_of(ardic, receipt.replace(b">MUSTAHSILMAKBUZ<", b">BASKA<")) == "intake.kind"


def test_a_number_that_is_nobodys_is_refused(ardic: int) -> None:
    assert code_of(ardic, archived("producer_receipt", customer={**FARMER, "tax_id": "10000000147"})) == (
        "intake.partner-number"
    )


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_sales_on_the_internet_have_a_series_of_their_own(ardic: int) -> None:
    assert str(issued(ardic, shop_sale(internet_sale=SALE)).number).startswith("ARW")
    assert str(issued(ardic, shop_sale()).number).startswith("ARS")
    assert code_of(ardic, shop_sale(internet_sale=SALE), options=Options(series="ARS")) == "intake.series"
    with scoped(Role.WEB, [ardic]), connection.cursor() as cursor:
        cursor.execute("UPDATE taxpayers_series SET closed_at = now() WHERE prefix = 'ARW'")
    try:
        assert code_of(ardic, shop_sale(internet_sale=SALE)) == "intake.no-internet-series"
    finally:
        with scoped(Role.WEB, [ardic]), connection.cursor() as cursor:
            cursor.execute("UPDATE taxpayers_series SET closed_at = NULL WHERE prefix = 'ARW'")


def test_the_authors_own_numbers_are_held_to_the_same(ardic: int) -> None:
    def own(prefix: str, place: int, **changed: Any) -> bytes:
        return archived("earchive_invoice", number=f"{prefix}{YEAR}{place:09d}", **changed)

    plain = {
        "profile": "TEMELFATURA",
        "customer": {"tax_id": MELTEM[0], "name": MELTEM[1], "address": CONSUMER["address"]},
    }
    sent(ardic, own("OZA", 1))
    sent(ardic, own("OZE", 1, **plain))
    sent(ardic, own("OZI", 1, internet_sale=SALE))
    for prefix, changed in (("OZA", plain), ("OZA", {"internet_sale": SALE}), ("OZE", {}), ("OZI", {}), ("OZI", plain)):
        assert code_of(ardic, own(prefix, 2, **changed)) == "intake.number-prefix"
    sent(ardic, own("OZA", 2))
    assert code_of(ardic, own("GIB", 1)) == "intake.number-portal"
    assert code_of(ardic, own("ARS", 1)) == "intake.number-of-series"


def test_the_number_bears_the_year_of_issue_though_it_is_sealed_in_the_next(ardic: int) -> None:
    meltem = archiving(taxpayer(MELTEM, "MEL"), "ME")
    sale = shop_sale(supplier={"tax_id": MELTEM[0], "name": MELTEM[1], "address": CONSUMER["address"]})
    end = datetime(YEAR, 12, 31, 23, 59, 50, tzinfo=clock.ISTANBUL)
    with passing(end - clock.now()):
        taken = sent(meltem, sale)
    with passing(end + timedelta(seconds=20) - clock.now()):
        run()
        next_year = issued(meltem, sale)
    found = row(meltem, taken.id)
    assert (found.issue_date, found.number) == (date(YEAR, 12, 31), f"MES{YEAR}000000001")
    assert found.sealed_at is not None
    assert found.sealed_at.astimezone(clock.ISTANBUL).year == YEAR + 1
    assert next_year.number == f"MES{YEAR + 1}000000001"


# -- extremes ----------------------------------------------------------------------------------------------------------


def test_an_invoice_over_nothing_is_issued(ardic: int) -> None:
    free = [{"name": "Numune", "quantity": 1, "price": 0, "vat": 0, "exemption": "351"}]
    found = issued(ardic, shop_sale(lines=free))
    assert (found.stage, found.payable, found.error) == ("issued", Decimal(0), None)


def test_ten_thousand_lines_are_issued_and_reported_as_one_document(ardic: int) -> None:
    lines = [{"name": f"Kalem {place}", "quantity": 1, "price": "9.99", "vat": 20} for place in range(10_000)]
    found = issued(ardic, shop_sale(lines=lines))
    assert (found.stage, found.payable) == ("issued", Decimal("119900.00"))
    assert found.sealed_at is not None
    (body,) = bodies([found])
    entry = reports.issued(body, reports.Facts(xml_address(ardic, found.ettn), found.sealed_at))
    assert len(entry.fragment) < 4096


def test_addresses_name_a_document_and_cannot_be_made_up() -> None:
    ettn = UUID("f47ac10b-58cc-4372-a567-0e02b2c3d479")
    assert read_address(token_of(7, ettn)) == (7, ettn)
    assert read_address(token_of(7, ettn) + ".xml") == (7, ettn)
    assert len(xml_address(2**31 - 1, ettn)) <= LONGEST
    assert xml_address(7, ettn).endswith(".xml")
    one, other = token_of(7, ettn), token_of(8, ettn)
    assert read_address(one[:24] + other[24:]) is None
    assert read_address("8" + one[1:]) is None


def test_addresses_outlive_the_secret_they_were_made_with() -> None:
    ettn = UUID("f47ac10b-58cc-4372-a567-0e02b2c3d479")
    with override_settings(SECRET_KEY="another"):
        token = token_of(7, ettn)
    assert read_address(token) is None
    with override_settings(SECRET_KEY_FALLBACKS=["another"]):
        assert read_address(token) == (7, ettn)


@given(st.text(alphabet="0123456789-ABCabc_=.xml/%\n\0é", max_size=80))
@settings(max_examples=60, deadline=None)
def test_strangers_tokens_lead_nowhere(token: str) -> None:
    assert read_address(token) is None
