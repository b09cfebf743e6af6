"""Synthetic taxpayers are the same everywhere, no two are alike, and each is found by what it is called."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.tr import tckimlik, vkn

from ulak.codes.identifiers import alias as alias_form
from ulak.envelope import GIB
from ulak.seal.pki.cast import ARDIC, FIRMS, INTEGRATOR, MELTEM, PERSONS
from ulak.userlist import DocumentType, ListRole, UserType, active_aliases
from ulak_center.population import LARGEST, SHARES, Population
from ulak_center.population_numbers import RESERVED, Numbers, tckn_of, vkn_of
from ulak_center.seals import PORTAL
from ulak_center.values import CUSTOMS, ISTANBUL
from userlist_support import AT

ALL: Final = Population(LARGEST, 7)
SOME: Final = [ALL.user(index, ListRole.PK) for index in range(3000)]
INDICES: Final = st.integers(0, LARGEST - 1)


@given(INDICES, st.integers(0, 100))
def test_a_number_leads_back_to_its_taxpayer(index: int, seed: int) -> None:
    population = Population(LARGEST, seed)
    number = population.number(index)
    assert vkn.is_valid(number) or tckimlik.is_valid(number)
    assert population.find(number) == index


@given(INDICES)
def test_every_alias_leads_back_to_its_taxpayer(index: int) -> None:
    number = ALL.number(index)
    units = ALL.units_of(number)
    assert units
    for unit in units:
        assert ALL.find_alias(unit.alias) == index
        assert alias_form.is_valid(unit.alias)
        assert unit.alias.endswith(".example")


@given(st.integers(0, 10**9 - 1))
def test_check_digits_are_those_of_the_world(prefix: int) -> None:
    assert vkn.is_valid(vkn_of(prefix))
    if prefix >= 10**8:
        assert tckimlik.is_valid(tckn_of(prefix))


@given(st.integers(0, 10**9 - 1))
def test_a_number_belongs_to_one_taxpayer_or_to_none(prefix: int) -> None:
    numbers = Numbers(3)
    for number in (vkn_of(prefix), tckn_of(prefix) if prefix >= 10**8 else vkn_of(prefix)):
        index = numbers.index(number)
        assert index is None or numbers.number(index) == number


def test_no_two_of_a_crowd_share_a_number_or_an_alias() -> None:
    assert len({user.number for user in SOME}) == len(SOME)
    aliases = Counter(alias.name for user in SOME for documents in user.documents for alias in documents.aliases)
    assert max(aliases.values()) == 1


@pytest.mark.parametrize("number", RESERVED)
def test_nobody_has_a_number_that_is_taken(number: str) -> None:
    assert ALL.find(number) is None
    for seed in range(50):
        numbers = Numbers(seed)
        place = Numbers(seed, ()).index(vkn_of(int(number[:9])) if len(number) == 10 else tckn_of(int(number[:9])))
        assert place is not None
        instead = numbers.number(place)
        assert instead != number
        assert numbers.index(instead) == place


def test_one_more_number_that_is_taken_changes_nobody_elses() -> None:
    before, after = Numbers(7), Numbers(7, (*RESERVED, ALL.number(5), ALL.number(8)))
    assert [index for index in range(3000) if before.number(index) != after.number(index)] == [5, 8]


def test_the_parties_of_tests_are_among_those_taken() -> None:
    owners = (*FIRMS, *PERSONS, INTEGRATOR, ARDIC, MELTEM, PORTAL)
    assert {GIB.number, CUSTOMS, "3900892152", *(owner.tax_id for owner in owners)} <= set(RESERVED)


@pytest.mark.parametrize(
    "number", ["", "x", "4812530768", "123", "12345678901", "00000000000", "٧٣٥٩٠٢١٦٤٠", "4812530769 ", "1" * 30]
)
def test_what_is_no_number_finds_nobody(number: str) -> None:
    assert ALL.find(number) is None
    assert ALL.units_of(number) == ()
    assert ALL.account_of(number) is None


@pytest.mark.parametrize("alias", ["", "GIB", "urn:mail:defaultpk@a-4812530769.example", "urn:mail:pk@a.example"])
def test_what_is_no_alias_of_theirs_finds_nobody(alias: str) -> None:
    assert ALL.find_alias(alias) is None


def test_an_alias_in_other_letters_finds_nobody() -> None:
    name = SOME[0].documents[0].aliases[0].name
    assert ALL.find_alias(name) == 0
    assert ALL.find_alias(name.replace("default", "other")) is None
    assert ALL.find_alias(name.upper()) is None


def test_a_smaller_population_is_the_beginning_of_a_larger_one() -> None:
    few = Population(10, 7)
    assert list(few.users(ListRole.PK)) == SOME[:10]
    assert len(few) == 10
    assert few.find(SOME[10].number) is None
    for wrong in (-1, 10):
        with pytest.raises(IndexError):
            few.user(wrong, ListRole.GB)


@pytest.mark.parametrize("size", [-1, LARGEST + 1])
def test_a_population_has_a_size_that_can_be(size: int) -> None:
    with pytest.raises(ValueError, match=str(size)):
        Population(size)


def test_another_seed_is_another_population() -> None:
    other = list(Population(3000, 8).users(ListRole.PK))
    assert not {user.number for user in other} & {user.number for user in SOME[:100]}
    assert [user.title for user in other] != [user.title for user in SOME]


def test_the_same_seed_is_the_same_population_on_every_machine() -> None:
    """Known answers: a change of them is a change of what a seed means."""
    assert [SOME[index].number for index in (0, 3, 5)] == ["2633700822", "56646224690", "5284813587"]
    assert SOME[3].title == "EBRU BİLGİN"
    assert SOME[0].title == "ORKİDE DORUK YAZILIM FINDIK VE DIŞ TİC. LTD. ŞTİ."
    assert [alias.name for documents in SOME[3].documents for alias in documents.aliases] == [
        "urn:mail:defaultpk@ebru-56646224690.example",
        "urn:mail:irsaliyepk@ebru-56646224690.example",
    ]
    assert ALL.number(LARGEST - 1) == Numbers(7).number(LARGEST - 1)


def test_pythons_own_randomness_changes_nothing() -> None:
    code = (
        "from ulak_center.population import Population; from ulak.userlist import ListRole;"
        "print([Population(9, 7).user(index, ListRole.GB) for index in range(9)])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_the_two_lists_show_the_same_taxpayers_with_other_aliases() -> None:
    for index in range(200):
        pk, gb = ALL.user(index, ListRole.PK), ALL.user(index, ListRole.GB)
        assert pk[:5] == gb[:5]
        names = [[alias.name for documents in user.documents for alias in documents.aliases] for user in (pk, gb)]
        assert [re.sub("pk@", "gb@", name) for name in names[0]] == names[1]


def test_merkez_and_the_lists_know_the_same() -> None:
    for index in range(200):
        user = ALL.user(index, ListRole.PK)
        account = ALL.account_of(user.number)
        assert account is not None
        assert (account.title, account.kind, account.method) == (user.title, user.type, user.account_type)
        listed = {
            (alias.name, role.name, documents.type.value, alias.created, alias.deleted)
            for role in ListRole
            for documents in ALL.user(index, role).documents
            for alias in documents.aliases
        }
        units = ALL.units_of(user.number)
        assert {(unit.alias, unit.role.value, unit.use.value, unit.created, unit.deleted) for unit in units} == listed
        assert list(units) == sorted(units, key=lambda unit: unit.created)


def test_shares_are_about_as_promised() -> None:
    count = len(SOME)
    persons = sum(len(user.number) == 11 for user in SOME)
    found = {
        "person": persons,
        "public": sum(user.type is UserType.PUBLIC for user in SOME),
        "despatch": sum(len(user.documents) == 2 for user in SOME),
        "second": sum("muhasebe" in str(user.documents) for user in SOME),
        "renamed": sum("eskipk" in str(user.documents) for user in SOME),
        "closed": sum(not active_aliases(user, DocumentType.INVOICE, AT) for user in SOME),
        "archive": sum(ALL.archive_user(index) is not None for index in range(count)),
    }
    assert persons * SHARES.person == count
    for name, one_in in SHARES._asdict().items():
        of = count - persons if name == "public" else count
        assert of / one_in * 0.6 < found[name] < of / one_in * 1.5, name


def test_persons_are_private_and_have_two_names() -> None:
    for user in SOME:
        if len(user.number) == 11:
            assert (user.type, len(user.title.split())) == (UserType.PRIVATE, 2)


def test_everything_happened_in_its_order_and_before_the_tests_begin() -> None:
    for user in SOME:
        for documents in user.documents:
            for alias in documents.aliases:
                assert user.first_created <= alias.created < AT
                if alias.deleted:
                    assert user.first_created < alias.deleted < AT
    assert min(user.first_created for user in SOME).tzinfo is ISTANBUL
