"""An id names what a rule demands: it stays when the rule moves or is reworded, and is never given to another."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import REFERENCE, needs_reference
from tiny_packs import SCH, put, tiny, zipped
from ulak.rules.identity import Entry, Ledger, assign, built_in_ledger, dump, extend, load, merge
from ulak.rules.importer import add
from ulak.rules.schematron import Schema, read_schematron
from ulak.rules.store import PackStore, built_in_pack

ALWAYS = "A colour must be named on every line of the invoice"


def schema(*tests: str, rule: str = "TinyCheck", message: str = ALWAYS) -> Schema:
    asserts = "".join(f'<assert test="{test}">{message}: {test}</assert>' for test in tests)
    text = f'<schema xmlns="{SCH}"><pattern id="{rule}"><rule context="a">{asserts}</rule></pattern></schema>'
    return read_schematron({"m.sch": text.encode()}, "m.sch")


def ids_of(given_schema: Schema, ledger: Ledger) -> dict[str, str]:
    return {assertion.test: found for assertion, found in assign(given_schema, ledger)[0].items()}


def grown(*schemas: Schema) -> Ledger:
    ledger: Ledger = {}
    for one in schemas:
        ledger = extend(ledger, assign(one, ledger)[1])
    return ledger


def test_an_id_does_not_depend_on_the_place() -> None:
    ledger = grown(schema("cbc:ID", "count(cac:Line) > 3", "x = 'Y'"))
    assert ids_of(schema("x = 'Y'", "cbc:ID"), ledger) == {"x = 'Y'": "TinyCheck-3", "cbc:ID": "TinyCheck-1"}


def test_white_space_and_message_are_not_what_a_rule_demands() -> None:
    ledger = grown(schema("a and b"))
    ids = ids_of(schema("a   and  b", message="Other words altogether"), ledger)
    assert list(ids.values()) == ["TinyCheck-1"]


def test_a_reworded_rule_keeps_its_id_and_a_new_one_gets_its_own() -> None:
    before = schema("not(cbc:Code='A') or cbc:Profile='X' or cbc:Profile='Y'", "cbc:ID")
    after = schema("cbc:ID", "string-length(.) = 3", "not(cbc:Code='A') or cbc:Profile='X' or cbc:Profile='Z'")
    ids = ids_of(after, grown(before))
    assert list(ids.values()) == ["TinyCheck-2", "TinyCheck-3", "TinyCheck-1"]


def test_the_id_of_a_rule_that_is_gone_is_not_given_to_another() -> None:
    ledger = grown(schema("cbc:ID", "x"), schema("cbc:ID"))
    ids = ids_of(schema("cbc:ID", "contains($List, concat(',', @schemeID, ','))", message="Elsewhere"), ledger)
    assert set(ids.values()) == {"TinyCheck-1", "TinyCheck-3"}


def test_a_rule_that_comes_back_has_its_old_id() -> None:
    first = schema("cbc:ID", "x = 1")
    ledger = grown(first, schema("cbc:ID"), schema("cbc:ID", "x = 1"))
    assert ids_of(first, ledger)["x = 1"] == "TinyCheck-2"


HISTORIES = st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True), min_size=1, max_size=6)


@given(HISTORIES)
def test_ids_of_demands_that_are_unlike_stay_whatever_the_history(history: list[list[str]]) -> None:
    ledger: Ledger = {}
    given_out: dict[str, str] = {}
    for letters in history:
        tests = [" or ".join(f"{letter}{n}" for n in range(9)) for letter in letters]
        ids, fresh = assign(schema(*tests, message=""), ledger)
        for assertion, found in ids.items():
            assert given_out.setdefault(assertion.test, found) == found
        ledger = extend(ledger, fresh)
    assert len(set(given_out.values())) == len(given_out)


@given(HISTORIES)
def test_ids_in_a_pack_are_unique_and_settled_whatever_the_history(history: list[list[str]]) -> None:
    ledger: Ledger = {}
    for letters in history:
        now = schema(*(f"{letter}{letter} = '{letter * 5}'" for letter in letters), message="")
        ids, fresh = assign(now, ledger)
        assert len(set(ids.values())) == len(ids)
        ledger = extend(ledger, fresh)
        assert assign(now, ledger) == (ids, {})


@given(
    st.lists(st.tuples(st.integers(1, 5), st.text("ab", min_size=1, max_size=3)), max_size=8),
    st.lists(st.tuples(st.integers(1, 5), st.text("ab", min_size=1, max_size=3)), max_size=8),
)
def test_joining_two_ledgers_changes_no_id_of_the_first(
    mine: list[tuple[int, str]], theirs: list[tuple[int, str]]
) -> None:
    def entries(rows: list[tuple[int, str]]) -> tuple[Entry, ...]:
        return tuple(Entry(ordinal, fingerprint, "") for fingerprint, ordinal in {f: n for n, f in rows}.items())

    first, second = entries(mine), entries(theirs)
    joined = merge({"R": first}, {"R": second})["R"]
    assert joined[: len(first)] == first
    ordinals = {entry.fingerprint: entry.ordinal for entry in joined}
    assert ordinals.keys() == {entry.fingerprint for entry in (*first, *second)}
    own = {entry.ordinal for entry in first}
    known = {entry.fingerprint for entry in first}
    shared = {entry.ordinal for entry in second if entry.fingerprint in known}
    for entry in second:
        if entry.fingerprint not in known and entry.ordinal not in shared:
            assert ordinals[entry.fingerprint] not in own


def test_a_ledger_survives_being_written_down() -> None:
    ledger = built_in_ledger()
    assert load(dump(ledger)) == ledger


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"a": [[1]]}'])
def test_what_is_no_ledger_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        load(text)


def test_the_ids_printed_in_the_pack_that_comes_with_ulak_are_the_ids() -> None:
    ids = assign(built_in_pack().schematron(), built_in_ledger())[0]
    assert {a.printed_id for a in ids if a.printed_id} == {i for a, i in ids.items() if a.printed_id}
    assert assign(built_in_pack().schematron(), built_in_ledger())[1] == {}


def test_no_two_rules_known_to_ulak_share_an_id() -> None:
    def fingerprints(entries: Iterable[Entry]) -> list[str]:
        return [entry.fingerprint for entry in entries]

    for entries in built_in_ledger().values():
        assert len(set(fingerprints(entries))) == len(entries)


def test_new_ids_are_remembered_with_the_pack_that_brought_them(tmp_path: Path) -> None:
    store = PackStore(tmp_path)
    first = add(put(tmp_path, "1.zip", zipped(tiny())), store, name="first")
    ids = dict(store.ids(first))
    changed = (("inv:Colour[1]", "Bir renk zorunludur."), ("inv:Colour", "Renk zorunludur."))
    second = add(put(tmp_path, "2.zip", zipped(tiny(asserts=changed))), store, name="second")
    again = PackStore(tmp_path)
    assert again.ids(again.get("first")) == ids
    assert {a.test: i for a, i in again.ids(second).items()}["inv:Colour"] == "TinyCheck-1"
    store.remove("second")
    assert PackStore(tmp_path).ledger() == again.ledger()


@needs_reference
def test_the_official_packages_share_ids_with_the_default_pack() -> None:
    def official(name: str) -> Schema:
        folder = REFERENCE / "packages" / name / "schematron"
        return read_schematron({p.name: p.read_bytes() for p in folder.iterdir()}, "UBL-TR_Main_Schematron.xml")

    ledger = built_in_ledger()
    march, july = (assign(official(name), ledger) for name in ("efatura-20260312", "efatura-schematron-20260727"))
    assert (march[1], july[1]) == ({}, {})
    default = assign(built_in_pack().schematron(), ledger)[0]
    assert set(march[0].values()) < set(default.values())
    assert set(july[0].values()) < set(default.values())
