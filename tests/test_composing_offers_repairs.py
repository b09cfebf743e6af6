"""What does not fit together is said at its field; a repair that is offered removes what it was offered for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from platform_intake import listed
from platform_world import ARDIC, MELTEM, taxpayer
from ulak.codes.scenarios import scenarios
from ulak_server.composing import services as composing
from ulak_server.composing.changing import changed
from ulak_server.composing.found import place
from ulak_server.composing.needs import NEED_FIELDS
from ulak_server.composing.problems import PROBLEMS
from ulak_server.composing.services import Change, Found, Ready, State, Weight
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

pytestmark = pytest.mark.usefixtures("platform_database")
OTHER = "urn:mail:depo@meltem.example"


@pytest.fixture(scope="module")
def seller(platform_database: str) -> int:
    id = taxpayer()
    with scoped(Role.PIPELINE):
        listed(MELTEM, MELTEM[3], OTHER)
    return id


def sets(**values: str) -> list[Change]:
    return [Change("set", "/" + name.replace("__", "/"), value) for name, value in values.items()]


WHOLE = sets(
    customer__tax_id=MELTEM[0],
    customer__name=MELTEM[1],
    customer__address__city="İstanbul",
    customer__address__town="Kadıköy",
    lines__0__name="Boya",
    lines__0__price="100",
)


def assessed(seller: int, changes: Sequence[Change], state: State | None = None) -> Ready:
    with scoped(Role.WEB, [seller]):
        state = changed(state or composing.blank(seller), changes)
        look = composing.looked_at(seller, state)
    return composing.judged(seller, look)


def found(ready: Ready, code: str) -> list[Found]:
    return [one for one in ready.found if one.code == code]


CASES = [
    (sets(type="SATIS", lines__0__withholding="612"), "compose.withholding-type", "/lines/0/withholding", 2),
    (sets(type="TEVKIFAT"), "compose.no-withholding", "/lines/0/withholding", 0),
    (
        sets(type="SATIS", lines__0__exemption="301", lines__0__vat="0"),
        "compose.exemption-type",
        "/lines/0/exemption",
        2,
    ),
    (sets(type="ISTISNA", lines__0__exemption="301"), "compose.exempt-vat", "/lines/0/vat", 1),
    (sets(type="ISTISNA", lines__0__vat="0"), "compose.no-exemption", "/lines/0/exemption", 0),
    (sets(type="OZELMATRAH"), "compose.no-exemption", "/lines/0/exemption", 0),
    (sets(lines__0__vat="0"), "compose.zero-vat", "/lines/0/exemption", 0),
    (sets(lines__0__withholding="612", lines__0__vat="0"), "compose.withheld-zero-vat", "/lines/0/vat", 0),
    (sets(lines__0__vat="18"), "compose.old-vat", "/lines/0/vat", 1),
    (sets(lines__0__vat="8"), "compose.old-vat", "/lines/0/vat", 1),
    (sets(profile="TICARIFATURA", type="IADE"), "compose.profile-type", "/profile", 1),
    (sets(profile="EARSIVFATURA"), "compose.profile-type", "/profile", 1),
    (sets(currency="USD"), "compose.no-rate", "/exchange_rate", 0),
    (sets(date="01.01.2099"), "compose.future", "/date", 1),
    (sets(date="01.01.2026"), "compose.late", "/date", 1),
    (sets(customer__tax_id=ARDIC[0]), "compose.own-number", "/customer/tax_id", 0),
    (sets(customer__tax_id="1460415308", profile="TICARIFATURA"), "compose.not-registered", "/profile", 1),
    (sets(options__alias="urn:mail:eski@meltem.example"), "compose.alias", "/options/alias", 2),
    (sets(customer__name=""), "compose.title", "/customer/name", 1),
    (sets(customer__name="Mel\u200btem"), "compose.unprintable", "/customer/name", 1),
    (
        sets(customer__tax_id="10000000146", customer__name="Ali Can Demir"),
        "compose.person-name",
        "/customer/first_name",
        1,
    ),
]


@pytest.mark.parametrize(
    ("changes", "code", "field", "fixes"), CASES, ids=[f"{one[1]}-{at}" for at, one in enumerate(CASES)]
)
def test_each_mistake_is_said_at_its_field_and_each_repair_removes_it(
    seller: int, changes: Sequence[Change], code: str, field: str, fixes: int
) -> None:
    ready = assessed(seller, [*WHOLE, *changes])
    (one,) = found(ready, code)
    assert (one.field, len(one.fixes)) == (field, fixes)
    assert not ready.is_ready or one.weight is Weight.WARNING
    for fix in one.fixes:
        assert all(fix.label)
        assert found(assessed(seller, fix.changes, ready.look.state), code) == []


def test_a_whole_invoice_needs_nothing(seller: int) -> None:
    ready = assessed(seller, WHOLE)
    assert ready.is_ready, ready.found


@pytest.mark.parametrize(
    "type_code", ["SATIS", "TEVKIFAT", "ISTISNA", "OZELMATRAH", "IHRACKAYITLI", "IADE", "KONAKLAMAVERGISI"]
)
def test_each_usual_type_can_be_written_until_gibs_rules_are_content(seller: int, type_code: str) -> None:
    more = {
        "TEVKIFAT": [Change("set", "/lines/0/withholding", "612")],
        "ISTISNA": sets(lines__0__exemption="335", lines__0__vat="0"),
        "OZELMATRAH": sets(lines__0__exemption="805", lines__0__vat_base="50"),
        "IHRACKAYITLI": sets(
            lines__0__exemption="702",
            lines__0__delivery__gtip="847130000000",
            lines__0__delivery__buyer_permit_line="12345678901",
        ),
        "IADE": sets(returns__0__number="MEL2026000000001", returns__0__date="20.11.2026"),
        "KONAKLAMAVERGISI": sets(lines__0__accommodation="2", lines__0__vat="10"),
    }
    ready = assessed(seller, [*WHOLE, *sets(type=type_code), *more.get(type_code, ())])
    assert [one for one in ready.found if one.weight is not Weight.WARNING] == []
    assert ready.look.type == type_code


def test_what_gibs_rules_say_stands_at_the_field_of_the_form(seller: int) -> None:
    ready = assessed(seller, [*WHOLE, *sets(type="IADE", returns__0__number="12", returns__0__date="20.11.2026")])
    assert found(ready, "compose.identifier")[0].field == "/returns/0/number"


def test_fields_that_a_scenario_needs_are_fields_of_the_form() -> None:
    known = {need for scenario in scenarios() for need in scenario.needs}
    for need, pointers in NEED_FIELDS.items():
        assert need in known
        kind = {"paper_reference": "despatch_advice", "return_reference": "expense_note"}.get(need.value, "invoice")
        for pointer in pointers:
            at = pointer.replace("*", "0")
            assert place(kind, at) == at


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("/lines/2/discounts/0/percent", "/lines/2/discount"),
        ("/lines/2", "/lines/2/name"),
        ("/customer/ids/MERSISNO", "/customer/tax_id"),
        ("/customer/address/building", "/customer/address/city"),
        ("/discounts", "/discount"),
        ("/notes/3", "/notes"),
        ("/returns/1/number", "/returns/1/number"),
        ("/payment", "/payment/iban"),
        ("/supplier/tax_office", ""),
        ("/ubl/cac:X", ""),
        ("", ""),
    ],
)
def test_findings_are_led_to_the_nearest_field(pointer: str, field: str) -> None:
    assert place("invoice", pointer) == field


def test_every_sentence_is_whole_in_both_languages() -> None:
    for text, repair, _ in PROBLEMS.values():
        assert all((*text, *repair))
