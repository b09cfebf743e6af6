"""The difference between two packs is said in words that a person can act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import REFERENCE, needs_reference
from tiny_packs import ASSERTS, put, tiny, zipped
from ulak.rules.diff import PackDiff, diff
from ulak.rules.importer import add
from ulak.rules.pack import Pack
from ulak.rules.store import BUILT_IN, PackStore


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "home")


def pack(store: PackStore, tmp_path: Path, name: str, **changes: object) -> Pack:
    return add(put(tmp_path, "p.zip", zipped(tiny(**changes))), store, name=name)  # type: ignore[arg-type]


def changed(store: PackStore, tmp_path: Path, **changes: object) -> PackDiff:
    before = pack(store, tmp_path, "before")
    return diff(before, pack(store, tmp_path, "after", **changes), store.ledger())


def test_a_pack_does_not_differ_from_itself(store: PackStore, tmp_path: Path) -> None:
    difference = changed(store, tmp_path)
    assert not difference
    assert difference.in_words() == []


def test_codes_that_came_and_went_are_named(store: PackStore, tmp_path: Path) -> None:
    difference = changed(store, tmp_path, codes="RED,BLUE")
    assert difference.in_words("en") == ["New code BLUE in ColourList", "Code GREEN removed from ColourList"]
    assert difference.in_words("tr") == [
        "ColourList listesinde yeni kod: BLUE",
        "ColourList listesinden GREEN kodu çıkarıldı",
    ]


def test_a_changed_rule_keeps_its_id_and_shows_the_edit(store: PackStore, tmp_path: Path) -> None:
    test, message = ASSERTS[1]
    asserts = (ASSERTS[0], (f"{test} or inv:Colour = 'PINK'", message))
    (sentence,) = changed(store, tmp_path, asserts=asserts).in_words("en")
    assert sentence == "Rule TinyCheck-2 changed: Renk listede yok. [+or inv:Colour = 'PINK']"


def test_new_and_removed_rules_are_named_with_their_message(store: PackStore, tmp_path: Path) -> None:
    asserts = (ASSERTS[0], ("string-length(inv:Name) &lt; 5 and not(@x)", "Ad uzun."))
    assert changed(store, tmp_path, asserts=asserts).in_words("en") == [
        "Rule TinyCheck-2 removed: Renk listede yok.",
        "New rule TinyCheck-3: Ad uzun.",
    ]


def test_a_message_that_alone_changed_is_said_so(store: PackStore, tmp_path: Path) -> None:
    asserts = (ASSERTS[0], (ASSERTS[1][0], "Renk bilinmiyor."))
    (sentence,) = changed(store, tmp_path, asserts=asserts).in_words("en")
    assert sentence == "Only the message of rule TinyCheck-2 changed: Renk bilinmiyor."


def test_a_schema_differs_only_by_what_it_declares(store: PackStore, tmp_path: Path) -> None:
    source = tiny()["e-FaturaPaketi/xsd/UBL-Invoice-2.1.xsd"].decode()
    respaced = source.replace("><", ">\r\n  <!-- words --><").replace("  ", " ")
    assert not changed(store, tmp_path, xsd=respaced)
    widened = source.replace('name="Colour"', 'name="Colour" minOccurs="0"')
    difference = diff(store.get("before"), pack(store, tmp_path, "wide", xsd=widened), store.ledger())
    assert [(c.what, c.subject) for c in difference.changes] == [("schema-changed", "UBL-Invoice-2.1.xsd")]
    assert "minOccurs" in difference.in_words("en")[0]


@needs_reference
def test_from_march_to_july_2026_the_known_changes_are_found(store: PackStore) -> None:
    march = add(REFERENCE / "packages" / "efatura-20260312", store)
    difference = diff(march, store.get(BUILT_IN), store.ledger())
    codes = {(c.what, c.subject, c.after or c.before) for c in difference.changes if c.what.startswith("code")}
    assert codes == {
        ("code-added", "LicensePlateIDSchemeIDType", "YABANCIPLAKA"),
        ("code-removed", "LicensePlateIDSchemeIDType", "DORSE"),
        ("code-added", "ReservedAliases", "erreceipt"),
        ("code-added", "TaxExemptionReasonCodeType", "233"),
        ("code-removed", "TaxExemptionReasonCodeType", "308"),
        ("code-removed", "TaxExemptionReasonCodeType", "339"),
        ("code-added", "UserEnvelopeAliases", "erreceipt"),
        ("code-added", "istisnaTaxExemptionReasonCodeType", "233"),
    }
    by_kind = {
        what: [c.subject for c in difference.changes if c.what == what] for what in ("rule-added", "rule-changed")
    }
    assert by_kind["rule-changed"] == [
        "DespatchIdisSevkiyatNoCheck-1",
        "IdisSevkiyatNoCheck-1",
        "InvoiceTypeCodeCheck-2",
        "TaxExemptionReasonCodeCheck-2",
        "TimeCheck-1",
        "TimeCheck-2",
    ]
    assert {name.rpartition("-")[0] for name in by_kind["rule-added"]} == {
        "EnerjiESURaporIDCheck",
        "EnerjiInvoicePeriodCheck",
        "EnerjiItemInstanceSerialIDCheck",
        "EnerjiPartyIdentificationPlakaCheck",
        "LicensePlateIDCheck",
        "LicensePlateIDSchemeIDCheck",
        "TarihBicimi",
        "TransportEquipmentIDSchemeIDCheck",
        "UserAccountCheck",
    }
    assert not any(c.what == "rule-removed" for c in difference.changes)
    kamu = next(c for c in difference.changes if c.subject == "InvoiceTypeCodeCheck-2")
    assert kamu.edit == "+or cbc:ProfileID = 'KAMU'"


@needs_reference
def test_ledger_packs_are_compared_role_by_role(store: PackStore, tmp_path: Path) -> None:
    folder = REFERENCE / "packages" / "edefter"
    files = {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.suffix in (".sch", ".xsd")
    }
    before = add(put(tmp_path, "a.zip", zipped(files)), store, name="before")
    text = files["schematron/edefter_kebir.sch"].decode()
    files["schematron/edefter_kebir.sch"] = text.replace("= 'ledger'", "= 'ledgers'", 1).encode()
    after = add(put(tmp_path, "b.zip", zipped(files)), store, name="after")
    difference = diff(before, after, store.ledger())
    (change,) = difference.changes
    assert change.what == "rule-changed"
    assert change.subject.startswith("edefter_kebir.")
