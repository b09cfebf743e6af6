"""Taxpayers, their aliases, series and seals: what is right is kept, what is wrong is refused with its code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_world import taxpayer as open_taxpayer
from ulak.errors import UlakError
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.kinds import KINDS
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Counter, OwnKey
from ulak_server.taxpayers.services import NewTaxpayer

pytestmark = pytest.mark.usefixtures("platform_database")
NUMBERS = count(100_000_000)


def vkn() -> str:
    """Another valid VKN."""
    front, total = str(next(NUMBERS)), 0
    for place, digit in enumerate(front):
        shifted = (int(digit) + 9 - place) % 10
        value = shifted * 2 ** (9 - place) % 9
        total += 9 if shifted and not value else value
    return f"{front}{(10 - total % 10) % 10}"


def create(**changes: Any) -> int:
    with scoped(Role.OPERATOR):
        return taxpayers.create(NewTaxpayer(changes.pop("number", vkn()), changes.pop("title", "A.Ş."), **changes)).id


def refusal(id: int, verb: Callable[[], object]) -> str:
    with pytest.raises(UlakError) as caught, scoped(Role.WEB, [id]):
        verb()
    return caught.value.code


@pytest.fixture
def firm(platform_database: str) -> int:
    return create()


# -- who they are ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"number": "4812530768"}, "taxpayer.number"),
        ({"number": "10000000147"}, "taxpayer.number"),
        ({"number": ""}, "taxpayer.number"),
        ({"title": " "}, "taxpayer.name"),
        ({"number": "10000000146", "title": "x"}, "taxpayer.name"),
        ({"details": {"tax_id": "1"}}, "taxpayer.details-fixed"),
        ({"details": {"colour": "red"}}, "taxpayer.details"),
        ({"details": {"address": {"city": 6}}}, "taxpayer.details"),
        ({"contract_from": date(2026, 2, 1), "contract_until": date(2026, 1, 31)}, "taxpayer.contract-days"),
    ],
)
def test_what_is_no_taxpayer_is_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(UlakError) as caught:
        create(**given)
    assert caught.value.code == code


def test_a_number_is_one_taxpayers() -> None:
    number = vkn()
    create(number=f" {number[:3]} {number[3:]} ")
    with pytest.raises(UlakError) as caught:
        create(number=number)
    assert caught.value.code == "taxpayer.known"


def test_a_taxpayer_is_a_party_in_the_words_of_the_friendly_json() -> None:
    details = {"tax_office": "Çankaya", "address": {"city": "Ankara", "town": "Çankaya"}}
    firm = create(title="  Ardıç   A.Ş. ", details=details)
    someone = create(number="50721483392", title="", first_name="Hasan", family_name="Toprak")
    with scoped(Role.WEB, [firm, someone]):
        party = taxpayers.party(taxpayers.of(firm))
        assert party == {"tax_id": taxpayers.of(firm).number, "name": "Ardıç A.Ş.", **details}
        assert taxpayers.of(someone).title == "Hasan Toprak"
        assert "name" not in taxpayers.party(taxpayers.of(someone))


def test_what_is_changed_stays_right_and_is_told(firm: int) -> None:
    with scoped(Role.WEB, [firm]):
        taxpayers.change(firm, details={"tax_office": "Ulus"}, actor="user:3")
        changed = taxpayers.change(firm, title="Yeni A.Ş.", actor="user:3")
        assert (changed.title, changed.details) == ("Yeni A.Ş.", {"tax_office": "Ulus"})
        told = Entry.objects.filter(taxpayer_id=firm, what="taxpayer.changed")
        assert set(told.values_list("actor", flat=True)) == {"user:3"}
    assert refusal(firm, lambda: taxpayers.change(firm, title="")) == "taxpayer.name"
    assert refusal(firm, lambda: taxpayers.of(firm + 1000)) == "taxpayer.unknown"
    assert refusal(firm, lambda: taxpayers.by_number("4812530769")) == "taxpayer.unknown"


def test_a_contract_holds_from_its_first_to_its_last_day() -> None:
    firm = create(contract_from=date(2026, 1, 10))
    with scoped(Role.OPERATOR):
        until = taxpayers.end_contract(firm, date(2026, 3, 1))
    days = [date(2026, 1, 9), date(2026, 1, 10), date(2026, 3, 1), date(2026, 3, 2)]
    assert [taxpayers.contract_on(until, day) for day in days] == [False, True, True, False]
    with scoped(Role.OPERATOR):
        assert taxpayers.contract_on(taxpayers.end_contract(firm, None), date(2090, 1, 1))


# -- aliases -----------------------------------------------------------------------------------------------------------


def test_the_named_alias_is_taken_else_the_default_else_the_only_one(firm: int) -> None:
    with scoped(Role.WEB, [firm]):
        first = taxpayers.add_alias(firm, "einvoice", "GB", "urn:mail:a@x.example")
        second = taxpayers.add_alias(firm, "einvoice", "GB", "urn:mail:b@x.example")
        assert taxpayers.choose_alias(firm, "einvoice", "GB") == first.name
        assert taxpayers.choose_alias(firm, "einvoice", "GB", second.name) == second.name
        taxpayers.make_alias_default(firm, second.id)
        assert taxpayers.choose_alias(firm, "einvoice", "GB") == second.name
        taxpayers.close_alias(firm, second.id)
        assert taxpayers.choose_alias(firm, "einvoice", "GB") == first.name
        third = taxpayers.add_alias(firm, "einvoice", "GB", "urn:mail:c@x.example")
        taxpayers.make_alias_default(firm, third.id)
        taxpayers.close_alias(firm, third.id)
        again = taxpayers.add_alias(firm, "einvoice", "GB", second.name)
        assert again.id == second.id
    assert refusal(firm, lambda: taxpayers.choose_alias(firm, "einvoice", "GB")) == "taxpayer.alias-several"
    assert refusal(firm, lambda: taxpayers.choose_alias(firm, "einvoice", "GB", third.name)) == "taxpayer.alias-unknown"
    assert refusal(firm, lambda: taxpayers.choose_alias(firm, "edespatch", "GB")) == "taxpayer.alias-unknown"


@pytest.mark.parametrize(
    ("service", "role", "name", "code"),
    [
        ("eticket", "GB", "urn:mail:a@x.example", "taxpayer.service"),
        ("earchive", "GB", "urn:mail:a@x.example", "taxpayer.alias-none"),
        ("einvoice", "gb", "urn:mail:a@x.example", "taxpayer.alias-role"),
        ("einvoice", "GB", "defaultgb@x.example", "taxpayer.alias-form"),
        ("einvoice", "GB", "usergb", "taxpayer.alias-form"),
    ],
)
def test_what_is_no_alias_is_refused(firm: int, service: str, role: str, name: str, code: str) -> None:
    assert refusal(firm, lambda: taxpayers.add_alias(firm, service, role, name)) == code


def test_an_alias_is_there_once(firm: int) -> None:
    with scoped(Role.WEB, [firm]):
        made = taxpayers.add_alias(firm, "einvoice", "PK", "urn:mail:a@x.example")
    again = refusal(firm, lambda: taxpayers.add_alias(firm, "einvoice", "PK", "urn:mail:a@x.example"))
    assert again == "taxpayer.alias-known"
    assert refusal(firm, lambda: taxpayers.close_alias(firm, made.id + 1000)) == "taxpayer.alias-unknown"


# -- series ------------------------------------------------------------------------------------------------------------


def test_series_are_of_the_kinds_that_ulak_numbers() -> None:
    assert dict(taxpayers.NUMBERED) == {kind.name: kind.service for kind in KINDS.values() if kind.is_numbered}


def test_the_series_of_the_branch_is_taken_else_that_of_all(firm: int) -> None:
    with scoped(Role.WEB, [firm]):
        taxpayers.add_series(firm, "invoice", "AAA")
        taxpayers.add_series(firm, "invoice", "ANK", branch="Ankara")
        bbb = taxpayers.add_series(firm, "invoice", "BBB")

        def chosen(**given: str) -> str:
            return taxpayers.choose_series(firm, "invoice", **given).prefix

        assert (chosen(), chosen(branch="Ankara"), chosen(branch="İzmir"), chosen(prefix="BBB")) == (
            "AAA", "ANK", "AAA", "BBB",
        )  # fmt: skip
        taxpayers.make_series_default(firm, bbb.id)
        assert chosen() == "BBB"
        ccc = taxpayers.add_series(firm, "invoice", "CCC", is_default=True)
        taxpayers.close_series(firm, ccc.id)
    assert refusal(firm, lambda: taxpayers.choose_series(firm, "invoice")) == "taxpayer.series-several"
    assert refusal(firm, lambda: taxpayers.choose_series(firm, "invoice", prefix="CCC")) == "taxpayer.series-unknown"
    assert refusal(firm, lambda: taxpayers.choose_series(firm, "receipt_advice")) == "taxpayer.series-none"
    assert refusal(firm, lambda: taxpayers.add_series(firm, "invoice", "CCC")) == "taxpayer.series-known"


@pytest.mark.parametrize(
    ("kind", "prefix", "last", "code"),
    [
        ("application_response", "ABC", 0, "taxpayer.series-kind"),
        ("earchive_invoice", "GIB", 0, "taxpayer.series-reserved"),
        ("invoice", "abc", 0, "taxpayer.series-prefix"),
        ("invoice", "ÇBC", 0, "taxpayer.series-prefix"),
        ("invoice", "AB", 0, "taxpayer.series-prefix"),
        ("invoice", "AB1\n", 0, "taxpayer.series-prefix"),
        ("invoice", "FYS", 0, "taxpayer.series-reserved"),
        ("invoice", "ABC", -1, "taxpayer.series-start"),
        ("invoice", "ABC", 999_999_999, "taxpayer.series-start"),
    ],
)
def test_what_is_no_series_is_refused(firm: int, kind: str, prefix: str, last: int, code: str) -> None:
    assert refusal(firm, lambda: taxpayers.add_series(firm, kind, prefix, last=last)) == code


@given(prefix=st.text(max_size=5))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_a_series_that_gibs_rule_would_refuse(prefix: str) -> None:
    fits = (
        len(prefix) == 3
        and all(one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" for one in prefix)
        and prefix not in ("FYS", "GIB")
    )
    firm = create()
    if fits:
        with scoped(Role.WEB, [firm]):
            taxpayers.add_series(firm, "invoice", prefix)
    else:
        assert refusal(firm, lambda: taxpayers.add_series(firm, "invoice", prefix)).startswith("taxpayer.series-")


def test_numbering_goes_on_where_another_program_ended(firm: int) -> None:
    with scoped(Role.WEB, [firm]):
        made = taxpayers.add_series(firm, "invoice", "ABC", last=1234)
        assert (Counter.objects.get(series=made).last, Counter.objects.get(series=made).year) == (
            1234,
            taxpayers.today().year,
        )


# -- seals -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "pkcs12:/etc/passwd",
        "pkcs11:token=x?module-path=/tmp/evil.so",
        "https://127.0.0.1:8771#a",
        "https://10.1.2.3#a",
        "https://[::1]#a",
        "https://localhost#a",
        "https://imza.internal#a",
        "https://#a",
    ],
)
def test_taxpayers_do_not_name_files_modules_and_neighbours(firm: int, address: str) -> None:
    verb = taxpayers.seal_by_own_key
    assert refusal(firm, lambda: verb(firm, address, by_operator=False)) == "taxpayer.key-foreign"
    with scoped(Role.OPERATOR):
        verb(firm, address, by_operator=True)


@pytest.mark.parametrize("address", ["", "ftp://x", "http://imza.example#a", "x" * 2001])
def test_what_is_no_address_of_a_key_is_refused(firm: int, address: str) -> None:
    verb = taxpayers.seal_by_own_key
    assert refusal(firm, lambda: verb(firm, address, by_operator=True)) == "taxpayer.key-address"


def test_where_a_key_is_is_kept_encrypted_for_its_taxpayer_alone(firm: int) -> None:
    other = create()
    with scoped(Role.WEB, [firm]):
        taxpayers.seal_by_own_key(firm, "https://imza.example#a", "geheim", by_operator=False)
        kept = OwnKey.objects.get(taxpayer_id=firm)
        assert b"imza.example" not in bytes(kept.address)
        assert b"geheim" not in bytes(kept.secret)
        assert taxpayers.own_key(firm) == ("https://imza.example#a", "geheim")
        assert "geheim" not in repr(taxpayers.own_key(firm))
    with scoped(Role.WEB, [other]):
        taxpayers.seal_by_own_key(other, "https://baska.example#a", by_operator=False)
        OwnKey.objects.filter(taxpayer_id=other).update(address=bytes(kept.address))
    with pytest.raises(InvalidTag), scoped(Role.PIPELINE, [other]):
        taxpayers.own_key(other)
    with scoped(Role.WEB, [firm]):
        taxpayers.seal_by_integrator(firm)
        assert taxpayers.own_key(firm) is None


def test_only_an_open_account_lets_documents_go(firm: int) -> None:
    there = open_taxpayer((vkn(), "Açık A.Ş.", "urn:mail:gb@acik.example", "urn:mail:pk@acik.example"))
    with scoped(Role.WEB, [firm, there]):
        assert taxpayers.may_issue(there, "einvoice")
        assert not taxpayers.may_issue(firm, "einvoice")
        assert taxpayers.account(firm, "einvoice") is None


def test_days_are_days_of_istanbul() -> None:
    assert abs(taxpayers.today() - date.today()) <= timedelta(days=1)
