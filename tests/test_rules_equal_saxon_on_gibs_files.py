"""Every sample that GİB publishes gets the same verdict from the compiled rules as from Saxon, by every Schematron."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutants_compare import Comparison, default_comparison, official_schema
from support import REFERENCE, needs_reference
from ulak.rules.schematron import Schema
from ulak.xml import XmlError, parse

pytestmark = needs_reference

LEDGERS = ("edefter_yevmiye", "edefter_kebir", "edefter_rapor", "edefter_berat", "envanter_berat", "envanter_defter")


def samples() -> list[Path]:
    """All samples that are XML; one of GİB's own is not well-formed."""
    paths = [path for path in REFERENCE.rglob("*") if path.suffix.lower() == ".xml" and "chematron" not in str(path)]
    return [path for path in sorted(paths) if _is_xml(path)]


def _is_xml(path: Path) -> bool:
    try:
        parse(path.read_bytes())
    except XmlError:
        return False
    return True


def disagreements(comparison: Comparison) -> list[tuple[str, list[str]]]:
    found = ((path.name, comparison.differences(path.read_bytes(), path.name)) for path in samples())
    return [(name, differences) for name, differences in found if differences]


def test_there_are_samples_to_judge() -> None:
    assert len(samples()) > 75


@pytest.mark.parametrize("scheme", ["efatura", "earchive", "goruntuleme"])
def test_by_the_default_pack(scheme: str) -> None:
    assert disagreements(default_comparison(scheme)) == []


@pytest.mark.parametrize("scheme", ["efatura", "earchive", "goruntuleme"])
@pytest.mark.parametrize("folder", ["efatura-20260312", "efatura-schematron-20260727"])
def test_by_the_schematron_as_gib_publishes_it(folder: str, scheme: str) -> None:
    schema = official_schema(f"{folder}/schematron", "UBL-TR_Main_Schematron.xml")
    assert disagreements(Comparison(schema, {"type": scheme})) == []


@pytest.mark.parametrize("name", LEDGERS)
def test_by_the_ledgers_schematron(name: str) -> None:
    assert disagreements(Comparison(official_schema("edefter/schematron", f"{name}.sch"), {})) == []


def test_by_the_stylesheet_for_earsiv_reports() -> None:
    schema: Schema = official_schema("earsiv-1.1_6", "earsiv_schematron.xsl")
    assert disagreements(Comparison(schema, {})) == []


def test_saxon_stops_at_some_samples_and_we_say_so() -> None:
    comparison = default_comparison("efatura")
    stopped = [path for path in samples() if comparison.reference.judge(path.read_bytes()).stopped]
    assert stopped
    # Two drivers where the rule expects one: DespatchCarrierDriverCheck.
    assert all("rsaliye" in path.name for path in stopped)
