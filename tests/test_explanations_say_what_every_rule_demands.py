"""Whatever rule fails, a person reads in Turkish and in English what it wants and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explanations_rules import OFFICIAL, RuleText, default_schema, official_schema, rules
from support import needs_reference
from ulak.errors import Text
from ulak.rules.explain import Explanation, curated_ids, curated_tests, explanation, fingerprint
from ulak.rules.explanations.expression import Call, Expression, Path, read
from ulak.rules.explanations.words import elements

RAW_XPATH = re.compile(r"::|\.\./|(?<!:)//|concat\(|normalize-space|string-length|castable|\bcount\(|\$\w|[\x00-\x1f]")
ADDRESS = re.compile(r"\w+://\S+")
WORD = re.compile(r"\w+")


def explained(rule: RuleText, rule_id: str | None = None) -> Explanation:
    return explanation(
        rule.id if rule_id is None else rule_id,
        test=rule.test,
        context=rule.context,
        message=rule.message,
        lists=rule.lists,
        positive=rule.positive,
    )


def sentences(text: Text) -> Iterator[str]:
    for language in text:
        yield from re.split(r"(?<=[.!?])\s+", language)


def bare(sentence: str) -> str:
    return "".join(WORD.findall(sentence)).casefold()


def check(rule: RuleText, said: Explanation, forbidden: set[str]) -> None:
    for text in (said.explanation, said.repair):
        assert text.tr.strip(), rule
        assert text.en.strip(), rule
        assert text.tr != text.en, rule
        for language in text:
            assert not RAW_XPATH.search(ADDRESS.sub("", language)), (rule.test, language)
            assert language.endswith((".", "!")), (rule.test, language)
            assert language.count("(") == language.count(")"), (rule.test, language)
        assert not {bare(sentence) for sentence in sentences(text)} & forbidden, (rule.message, text)


def messages(found: Iterable[RuleText]) -> set[str]:
    return {bare(re.sub(r"\{[^}]*\}", "", rule.message)) for rule in found}


def test_every_rule_of_the_default_pack_is_explained() -> None:
    found = list(rules(default_schema()))
    forbidden = messages(found)
    assert len(found) > 480
    for rule in found:
        check(rule, explained(rule), forbidden)
        check(rule, explained(rule, "unknown-1"), forbidden)


@needs_reference
@pytest.mark.parametrize("name", OFFICIAL)
def test_every_rule_of_gibs_own_packages_is_explained(name: str) -> None:
    found = list(rules(official_schema(name)))
    forbidden = messages(found)
    assert found
    for rule in found:
        check(rule, explained(rule), forbidden)


def test_no_rule_of_the_default_pack_is_beyond_words() -> None:
    for rule in rules(default_schema()):
        assert "does not satisfy the rule" not in explained(rule, "unknown-1").explanation.en, rule.test


@needs_reference
@pytest.mark.parametrize("name", OFFICIAL)
def test_no_rule_of_gibs_own_packages_is_beyond_words(name: str) -> None:
    for rule in rules(official_schema(name)):
        assert "does not satisfy the rule" not in explained(rule).explanation.en, rule.test


def test_the_rules_people_meet_most_have_a_text_written_by_hand() -> None:
    of_rules = [rule_id for rule_id in curated_ids() if not rule_id.startswith("xsd.")]
    assert len(of_rules) >= 200
    known = {rule.id for rule in rules(default_schema())}
    assert set(of_rules) <= known


def test_a_text_written_by_hand_belongs_to_the_rule_of_the_default_pack() -> None:
    """Where this fails GİB changed the rule: read it again, correct the text and note the new fingerprint."""
    by_id = {rule.id: rule for rule in rules(default_schema())}
    for rule_id, judged in curated_tests().items():
        if not rule_id.startswith("xsd."):
            rule = by_id[rule_id]
            assert fingerprint(rule.test) in judged, (rule_id, fingerprint(rule.test), rule.test)
            assert explained(rule).curated, rule_id


def test_a_rule_that_changed_is_not_explained_with_the_old_text() -> None:
    said = explanation(
        "InvoiceIDCheck-1", test="string-length(cbc:ID) = 20", context="inv:Invoice", message="Yeni kural"
    )
    assert not said.curated
    assert said.explanation.en == "The invoice number (ID) must be exactly 20 characters long."


def test_no_rule_is_explained_twice_and_every_text_is_complete() -> None:
    seen: dict[str, str] = {}
    for file in files("ulak.rules.explanations").iterdir():
        if not file.name.endswith(".toml"):
            continue
        for rule_id, entry in tomllib.loads(file.read_text("utf-8")).items():
            assert rule_id not in seen, (rule_id, file.name, seen[rule_id])
            seen[rule_id] = file.name
            assert set(entry) <= {"explanation", "repair", "source", "judges"}, rule_id
            assert set(entry["explanation"]) == set(entry["repair"]) == {"tr", "en"}, rule_id
    assert len(seen) == len(curated_ids())


def names_in(expression: object) -> Iterator[str]:
    if isinstance(expression, Path):
        for step in expression.steps:
            if step.axis in {"child", "descendant"} and step.name not in {"", "*"}:
                yield step.name
    if isinstance(expression, Call) and expression.name == "name":
        return
    for slot in getattr(expression, "__dataclass_fields__", ()):
        value = getattr(expression, slot)
        for part in value if isinstance(value, tuple) else (value,):
            yield from names_in(part)


STRUCTURE = {  # containers and one misspelling of GİB's: shown by their technical name
    "ActualPackage",
    "AdditionalItemIdentification",
    "Attachment",
    "BillingReference",
    "CancelUserAccount",
    "CommodityClassification",
    "Country",
    "CustomsDeclaration",
    "DataArea",
    "DeliveryTerms",
    "Despatch",
    "DocumentIdentification",
    "ExtensionContent",
    "ExternalReference",
    "GoodsItem",
    "IdentityDocumentReference",
    "IssuerParty",
    "Item",
    "Name",
    "PartyLegalEntity",
    "PartyTaxScheme",
    "PayeeFinancialAccount",
    "PaymentMeans",
    "Price",
    "ProcessUserAccount",
    "QualifyingProperties",
    "RegistrationName",
    "RoadTransport",
    "SerialID",
    "ProductTraceID",
    "EndpointID",
    "ShipmentStage",
    "SignedInfo",
    "SignedProperties",
    "SignedSignatureProperties",
    "TaxScheme",
    "TransportEquipment",
    "TransportHandlingUnit",
    "TransportMeans",
    "UBLExtension",
    "UBLExtensions",
    "ValidityPeriod",
    "ApplicationArea",
    "eArsivRaporu",
    "extension",
    "extensions",
    "gl-bus_measurableQuantity",
}


def unnamed(found: Iterable[RuleText]) -> set[str]:
    named = {path[-1] for path in elements()}
    used: set[str] = set()
    for rule in found:
        expression: Expression = read(rule.test)
        used |= set(names_in(expression))
    return used - named - STRUCTURE


def test_every_element_the_default_pack_speaks_of_has_a_name() -> None:
    assert not unnamed(rules(default_schema()))


@needs_reference
@pytest.mark.parametrize("name", OFFICIAL)
def test_every_element_gibs_packages_speak_of_has_a_name(name: str) -> None:
    assert not unnamed(rules(official_schema(name)))


@given(st.text(max_size=60), st.text(max_size=30))
def test_anything_at_all_is_answered_with_a_text(test: str, context: str) -> None:
    said = explanation("x-1", test=test, context=context)
    assert said.explanation.tr
    assert said.explanation.en
    assert said.repair.tr
    assert said.repair.en
