"""User accounts: what an integrator asks of GİB for its customers is written as GİB demands it, and read again."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes_gib import schematron
from envelopes import ID, NOW
from seal_judges import FIRST, SECOND, holds
from seal_pki import KNOWN_KEY, TestKey, key
from seal_pki import NOW as SEALED_AT
from support import REFERENCE, needs_reference
from ulak.codes import code_list
from ulak.envelope import (
    Account,
    Action,
    Customer,
    ElementType,
    Envelope,
    EnvelopeError,
    Group,
    Kind,
    Party,
    Role,
    Service,
    Unit,
    account_faults,
    open_envelope,
    pack,
    read_account,
    services,
    user_header,
    write_account,
    xml_pieces,
)
from ulak.envelope.accounts import Demand, alias_fault, is_vuk507, options, service_of
from ulak.envelope.problem_words import ACCOUNTS
from ulak.errors import UlakError
from ulak.rules import Verdict, check
from ulak.seal.counter import counter_seal
from ulak.seal.sealing import seal

SAMPLES = REFERENCE / "packages" / "efatura-20260312" / "xml"
LISTS = {Action.OPEN: ElementType.PROCESS_USER_ACCOUNT, Action.CLOSE: ElementType.CANCEL_USER_ACCOUNT}
INTEGRATOR = "8642031054"
FIRM = Customer("4812530769", "Ardıç & Oğulları A.Ş.")
PERSON = Customer("10000000146", "Ayşe Nur Öz", "Ayşe", "Nur", "Öz")
GB = Unit(Role.GB, "urn:mail:defaultgb@ardic.example", "Gönderici Birim Etiketi")
PK = Unit(Role.PK, "urn:mail:defaultpk@ardic.example", "Posta Kutusu Etiketi")


def account(option: str = "2", **changes: Any) -> Account:
    units = (GB, PK) if service_of(option).role is Demand.REQUIRED else ()
    return Account(Action.OPEN, INTEGRATOR, FIRM, option, units, NOW)._replace(**changes)


def sealed(asked: Account, customer: TestKey = KNOWN_KEY) -> bytes:
    """By the integrator, and unless VUK 507 spares it by the customer."""
    once = seal(write_account(asked), key("integrator"), at=SEALED_AT)
    return once if is_vuk507(asked.option) else counter_seal(once, customer, at=SEALED_AT)


def envelope_of(document: bytes, asked: Account, service: str = "") -> Envelope:
    header = user_header(service or service_of(asked.option).alias, Party("", INTEGRATOR), id=ID, created=NOW)
    return Envelope(header, (Group(LISTS[asked.action], [document]),))


def by_gibs_rules(data: bytes) -> list[str]:
    report = check(data, as_of=NOW.date())
    assert report.verdict in (Verdict.VALID, Verdict.INVALID)
    return [finding.id for finding in report.findings]


def all_ways() -> list[Account]:
    """Each service for each kind of customer, opened and closed, with units, and without where they may be left out."""
    found = []
    for service, action, customer in product(services(), Action, (FIRM, PERSON)):
        for option, _ in service.options:
            whole = account(option, action=action, customer=customer)
            found.append(whole)
            if whole.units and is_vuk507(option):
                found += [whole._replace(units=()), whole._replace(units=(GB,))]
    return found


@pytest.mark.parametrize("service", services(), ids=[service.alias for service in services()])
def test_every_service_is_opened_and_closed_as_gib_demands(service: Service) -> None:
    asked_for = [asked for asked in all_ways() if service_of(asked.option) is service]
    assert len(asked_for) >= 8
    for asked in asked_for:
        made_of = envelope_of(sealed(asked), asked)
        assert by_gibs_rules(b"".join(xml_pieces(made_of))) == []
        packed = pack(made_of)
        (group,) = open_envelope(packed.data, name=packed.name).groups
        assert [read_account(document) for document in group.documents] == [asked]
        assert account_faults(asked, service.alias) == []


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("customer", ["ardic", "ardic-ec"])
def test_another_implementation_finds_both_seals_good(action: Action, customer: str, tmp_path: Path) -> None:
    data = sealed(account(action=action), key(customer))
    assert holds(tmp_path, data, FIRST, key("integrator"))
    assert holds(tmp_path, data, SECOND, key(customer))
    assert not holds(tmp_path, data.replace(b"defaultpk@", b"otherpk@"), FIRST, key("integrator"))


@needs_reference
@pytest.mark.parametrize(
    ("name", "action", "option", "units"),
    [
        ("4_KULLANICI_ACMA", Action.OPEN, "2", ["GB", "PK"]),
        ("5_KULLANICI_SILME", Action.CLOSE, "2", ["GB", "PK"]),
        ("8_FATURA_SAKLAMA_KULLANICI_ACMA", Action.OPEN, "12", []),
        ("9_FATURA_SAKLAMA_KULLANICI_SILME", Action.CLOSE, "12", []),
    ],
)
def test_gibs_samples_are_understood(name: str, action: Action, option: str, units: list[str]) -> None:
    asked = read_account((SAMPLES / f"{name}.xml").read_bytes())
    assert (asked.action, asked.option, [unit.role for unit in asked.units]) == (action, option, units)
    assert (asked.integrator, asked.customer.number) == ("9999999999", "9999999999")
    assert asked.created is not None
    assert account_faults(asked) == []
    assert read_account(write_account(asked)) == asked


# -- the tables -------------------------------------------------------------------------------------------------------


@cache
def assertions() -> list[str]:
    return [str(each.get("test")) for each in schematron().iter("{*}assert")]


@pytest.mark.parametrize(("element", "field"), [("UserRole", "role"), ("AuthorizedWorkScope", "scope")])
def test_who_has_role_and_alias_is_what_the_schematron_says(element: str, field: str) -> None:
    needed: set[str] = set()
    barred: set[str] = set()
    for test in assertions():
        if found := re.match(rf"not\(\$senderAlias = '(\w+)'\) or .*count\(hr:{element}\) = ([01])$", test):
            (barred if found[2] == "0" else needed).add(found[1])
    assert {each.alias for each in services() if getattr(each, field) is Demand.REQUIRED} == needed
    forbidden = {each.alias for each in services() if getattr(each, field) is Demand.FORBIDDEN}
    # The guide, 5.2 (2.2.3), adds that storage of e-İrsaliye has no role.
    assert forbidden == barred | ({"archive_edespatch"} if field == "role" else set())


def test_the_page_has_the_services_with_their_options() -> None:
    page = (Path(__file__).parents[1] / "docs" / "envelopes.md").read_text("utf-8")
    for service in services():
        codes = [" / ".join(options(service.alias, kind)) or "–" for kind in Kind]
        row = (f"`{service.alias}`", service.label.en, *codes, service.role, service.scope)
        assert f"| {' | '.join(row)} |" in page


def test_only_archive_takes_a_single_account() -> None:
    (test,) = {test for test in assertions() if "count(hr:UserAccount) = 1" in test}
    assert re.findall(r"'(\w+)'", test) == [each.alias for each in services() if not each.several]


def test_options_are_told_apart_by_service_and_kind() -> None:
    for service, kind in product(services(), Kind):
        found = options(service.alias, kind)
        assert all(service_of(option) is service for option in found)
        assert len(found) == (2 if service.alias == "erevenue" else 1) or (not found and "507" in kind)
    assert [row.code for row in code_list("user_options") if is_vuk507(row.code)][:4] == ["3", "4", "13", "14"]


def test_what_is_no_service_is_said() -> None:
    for value in ("userpk", "GIB", "5", "", "usergb "):
        with pytest.raises(EnvelopeError) as caught:
            service_of(value)
        assert caught.value.code == "envelope.account-service"


# -- aliases ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "alias",
    [
        "urn:mail:defaultgb@ardic.example",
        "urn:mail:defaultgb@ardic.example:service:islemadi1",
        "urn:a:b",
        "urn:mail:%C3%A7am@ardic.example",
        "urn:mail:(),-.=@;$_!*'"[:-1],
        "urn:" + "n" * 32 + ":" + "x" * 213,
    ],
)
def test_aliases_that_gib_takes_are_taken(alias: str) -> None:
    assert alias_fault(alias) is None
    asked = account(units=(GB._replace(alias=alias),))
    assert by_gibs_rules(b"".join(xml_pieces(envelope_of(sealed(asked), asked)))) == []


@pytest.mark.parametrize(
    "alias",
    [
        "defaultgb@ardic.example",
        "urn:mail:",
        "urn:-mail:a",
        "urn:mail:çam@ardic.example",
        "urn:mail:a b",
        "urn:mail:a\n",
        "urn:mail:%C3%A",
        "URN:mail:a",
        "urn:" + "n" * 33 + ":x",
        "urn:mail:" + "x" * 242,
        "usergb",
        "GIB",
        "erreceipt",
    ],
)
def test_aliases_that_gib_refuses_are_refused(alias: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        write_account(account(units=(GB._replace(alias=alias),)))
    assert (caught.value.code, caught.value.where) == ("envelope.account-alias", "UserAccount[1]")
    if alias == alias.strip():
        wrong = sealed(account(units=(GB,))).replace(GB.alias.encode(), alias.encode())
        found = by_gibs_rules(b"".join(xml_pieces(envelope_of(wrong, account()))))
        assert [name for name in found if name.startswith("UserAccountCheck")]


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "service", "code"),
    [
        (account(integrator="864203105"), "", "account-number"),
        (account(customer=FIRM._replace(number="48125307690A")), "", "account-number"),
        (account(customer=FIRM._replace(title=" ")), "", "account-name"),
        (account(customer=PERSON._replace(given="")), "", "account-name"),
        (account(customer=PERSON._replace(family="")), "", "account-name"),
        (account()._replace(option="99"), "", "account-service"),
        (account(), "userpk", "account-service"),
        (account(), "edespatch", "account-option"),
        (account(units=()), "", "account-unit"),
        (account(units=(GB._replace(role=None),)), "", "account-unit"),
        (account(units=(GB._replace(alias=""),)), "", "account-unit"),
        (account("52", units=()), "", "account-unit"),
        (account("12", units=(Unit(Role.GB),)), "", "account-no-unit"),
        (account("72", units=(Unit(None, GB.alias),)), "", "account-no-unit"),
        (account("12", units=(Unit(), Unit())), "", "account-count"),
        (account(units=(GB, PK, GB)), "", "account-twice"),
        (account(created=None), "", "account-time"),
        (account(created=datetime(2026, 11, 22)), "", "account-time"),
    ],
)
def test_what_gib_would_refuse_is_not_written(asked: Account, service: str, code: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        write_account(asked, service)
    assert caught.value.code == f"envelope.{code}"


WAYS = [
    (),
    (Unit(Role.GB),),
    (Unit(None, GB.alias),),
    (GB, PK),
    (GB._replace(alias="gb"), PK),
    (GB._replace(alias="GIB"),),
]
CUSTOMERS = (FIRM, PERSON, FIRM._replace(title=""), PERSON._replace(family=""), FIRM._replace(number="481253076"))


@pytest.mark.parametrize("service", services(), ids=[service.alias for service in services()])
def test_what_is_refused_is_what_gibs_rules_refuse(service: Service) -> None:
    own = [option for option, _ in service.options]
    foreign = "2" if "2" not in own else "52"
    for option, units, customer in product((own[0], own[-1], foreign), WAYS, CUSTOMERS):
        asked = account(customer=customer, units=units)._replace(option=option)
        whole = b"".join(
            xml_pieces(
                envelope_of(seal(write_account(asked, judge=False), KNOWN_KEY, at=SEALED_AT), asked, service.alias)
            )
        )
        theirs = [name for name in by_gibs_rules(whole) if name.startswith("UserAccount")]
        ours = [fault.code for fault in account_faults(asked, service.alias)]
        if service.alias == "archive_edespatch" and any(unit.role for unit in units):
            # Only the guide says that it has no role.
            ours = [code for code in ours if code != "envelope.account-no-unit"]
        assert bool(ours) is bool(theirs), (asked, ours, theirs)


PLAIN = write_account(account()).decode()
SECOND_ACCOUNT = PLAIN[PLAIN.index("<UserAccount>") : PLAIN.index("</DataArea>")].partition("</UserAccount>")[2]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ProcessUserAccount", "ReadUserAccount", "not-account"),
        ("http://www.hr-xml.org/3", "http://www.hr-xml.org/2", "not-account"),
        (PLAIN[PLAIN.index("<UserAccount>") : PLAIN.index("</DataArea>")], "", "account-incomplete"),
        (f"<oa:LogicalID>{INTEGRATOR}</oa:LogicalID>", "", "account-incomplete"),
        (f"<UserID>{FIRM.number}</UserID>", "", "account-incomplete"),
        ("<UserOptionCode>2</UserOptionCode>", "", "account-incomplete"),
        (GB.alias, "", "account-incomplete"),
        ("<UserOptionCode>2<", "<UserOptionCode>3</UserOptionCode><UserOptionCode>2<", "account-repeated"),
        ("<RoleCode>GB</RoleCode>", "<RoleCode>GB</RoleCode><RoleCode>PK</RoleCode>", "account-repeated"),
        ("<RoleCode>GB</RoleCode>", "<RoleCode>BG</RoleCode>", "account-role"),
        ("<RoleCode>GB</RoleCode>", "", "account-role"),
        (SECOND_ACCOUNT, SECOND_ACCOUNT.replace("4812530769", "7359021640"), "account-mixed"),
        (SECOND_ACCOUNT, SECOND_ACCOUNT.replace("Ardıç", "Meltem"), "account-mixed"),
        (SECOND_ACCOUNT, SECOND_ACCOUNT.replace("Code>2<", "Code>1<"), "account-mixed"),
        ("2026-11-22T14:30:07", "yesterday", "account-time"),
        ("</ProcessUserAccount>", "", "document-malformed"),
    ],
)
def test_what_cannot_be_told_is_not_read(old: str, new: str, code: str) -> None:
    assert old in PLAIN
    with pytest.raises(EnvelopeError) as caught:
        read_account(PLAIN.replace(old, new).encode())
    assert caught.value.code == f"envelope.{code}"


def test_every_fault_of_accounts_is_reached_by_a_test() -> None:
    text = Path(__file__).read_text("utf-8")
    assert [code for code in ACCOUNTS if f'"{code.removeprefix("envelope.")}")' not in text and code not in text] == []


def test_order_and_white_space_do_not_matter() -> None:
    """GİB's rules ask for elements by name; the XSD, which knows their order, is for others to judge."""
    person = PLAIN[PLAIN.index("<PersonName>") : PLAIN.index("</PersonName>") + 13]
    turned = PLAIN.replace(f"<UserID>{FIRM.number}</UserID>{person}", f"{person}<UserID>\n {FIRM.number}\t</UserID>")
    spaced = re.sub(r">(?=<)", ">\n  <!-- - -->", turned.partition("?>")[2])
    named = spaced.replace("<RoleCode>GB", "<RoleCode> GB\n").replace(" & ".replace("&", "&amp;"), "\n&amp;  ")
    assert read_account(named.encode()) == account()


def test_a_persons_title_is_made_of_the_names_if_there_is_none() -> None:
    written = write_account(account(customer=PERSON._replace(title="")))
    assert read_account(written).customer == PERSON


def test_units_are_described_by_their_role_if_nothing_else_is_said() -> None:
    units = tuple(unit._replace(name="") for unit in (GB, PK))
    assert read_account(write_account(account(units=units))).units == (GB, PK)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=40
)
WORDS = TEXT.map(lambda text: re.sub(" +", " ", text).strip()).filter(str.strip)
ALIASES = st.from_regex(r"\Aurn:[A-Za-z0-9][A-Za-z0-9-]{0,8}:([A-Za-z0-9()+,\-.:=@;$_!*]|%[0-9A-F]{2}){1,20}\Z")
UNITS = st.lists(
    st.builds(Unit, st.sampled_from(Role), ALIASES, WORDS), min_size=1, max_size=4, unique_by=lambda u: u[:2]
)
FIRMS = st.builds(Customer, st.from_regex(r"\A[0-9]{10}\Z"), WORDS, st.just(""), st.just(""), st.just(""))
PERSONS = st.builds(Customer, st.from_regex(r"\A[0-9]{11}\Z"), WORDS, WORDS, WORDS | st.just(""), WORDS)
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))


@given(st.data(), st.sampled_from(Action), FIRMS | PERSONS, MOMENTS)
def test_what_is_written_is_read_again(data: st.DataObject, action: Action, customer: Customer, at: datetime) -> None:
    option = data.draw(st.sampled_from([row.code for row in code_list("user_options").rows]))
    units = tuple(data.draw(UNITS)) if service_of(option).role is Demand.REQUIRED else ()
    asked = Account(action, INTEGRATOR, customer, option, units, at)
    assert read_account(write_account(asked)) == asked


@given(st.data())
def test_no_bytes_raise_anything_but_an_error_with_a_code(data: st.DataObject) -> None:
    whole = PLAIN.encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    with suppress(UlakError):
        read_account(whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:])
