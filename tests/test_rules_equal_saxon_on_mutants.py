"""On thousands of changed documents the compiled rules fault what Saxon faults, where Saxon faults it.

`make mutants` takes eight times as many, for whoever changes the compiler, the engine, or takes a new package over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import cast

import pytest

from mutants import Mutant, mutants
from mutants_compare import Comparison, default_comparison, official_schema, stripped
from mutants_directed import directed
from mutants_sweep import sweep
from support import REFERENCE, needs_reference
from ulak.ubl import write_document
from ulak.ubl.documents import Document
from ulak.ubl.forms import from_json
from ulak.xml import XmlError, parse

EVERY = 1 if os.environ.get("ULAK_ALL_MUTANTS") else 8
PER_CHUNK = 500 // EVERY
SWEEPS = 8
SCHEMES = ("efatura", "earchive", "goruntuleme")


def disagreements(comparison: Comparison, documents: Iterable[Mutant]) -> list[tuple[str, list[str]]]:
    """The mutants on which the two judges differ; two of three are judged with their bytes at hand."""
    found = []
    for index, mutant in enumerate(documents):
        differences = comparison.differences(mutant.data, with_bytes=index % 3 != 0)
        if differences:
            found.append((mutant.name, differences))
    return found


@pytest.mark.parametrize("chunk", range(14))
def test_random_mutants_are_judged_as_saxon_judges_them(chunk: int) -> None:
    assert disagreements(default_comparison("efatura"), mutants(chunk, PER_CHUNK)) == []


@cache
def examples() -> dict[str, str]:
    """What Ulak builds itself, one of every scenario that the law allows."""
    paths = sorted((Path(__file__).parents[1] / "examples").glob("*/*.json"))
    return {path.stem: stripped(write_document(cast(Document, from_json(path.read_bytes())))) for path in paths}


@pytest.mark.parametrize("chunk", range(50, 56))
def test_mutants_of_built_documents_are_judged_as_saxon_judges_them(chunk: int) -> None:
    assert disagreements(default_comparison("efatura"), mutants(chunk, PER_CHUNK, examples())) == []


@pytest.mark.parametrize("scheme", ["earchive", "goruntuleme"])
@pytest.mark.parametrize("chunk", range(100, 102))
def test_random_mutants_are_judged_alike_for_every_scheme(scheme: str, chunk: int) -> None:
    assert disagreements(default_comparison(scheme), mutants(chunk, PER_CHUNK)) == []


@pytest.mark.parametrize("part", range(SWEEPS))
def test_every_single_change_is_judged_as_saxon_judges_it(part: int) -> None:
    assert disagreements(default_comparison("efatura"), islice(sweep(), part, None, SWEEPS * EVERY)) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_directed_mutants_are_judged_as_saxon_judges_them(scheme: str) -> None:
    assert disagreements(default_comparison(scheme), directed()) == []


def samples(pattern: str) -> dict[str, str]:
    """GİB's own documents as seeds, without the long parts that no rule reads."""
    found = {}
    for path in sorted(REFERENCE.rglob("*.xml")):
        if pattern in str(path) and "chematron" not in str(path):
            try:
                parse(path.read_bytes())
            except XmlError:
                continue
            found[path.name] = stripped(path.read_bytes())
    return {name: text for name, text in found.items() if len(text) < 40_000}


@needs_reference
@pytest.mark.parametrize("chunk", range(300, 303))
def test_mutants_of_gibs_samples_are_judged_as_saxon_judges_them(chunk: int) -> None:
    assert disagreements(default_comparison("efatura"), mutants(chunk, PER_CHUNK, samples(""))) == []


@needs_reference
@pytest.mark.parametrize("folder", ["efatura-20260312", "efatura-schematron-20260727"])
def test_mutants_are_judged_alike_by_the_rules_as_gib_publishes_them(folder: str) -> None:
    schema = official_schema(f"{folder}/schematron", "UBL-TR_Main_Schematron.xml")
    assert disagreements(Comparison(schema, {"type": "efatura"}), mutants(400, PER_CHUNK)) == []


@needs_reference
@pytest.mark.parametrize("name", ["yevmiye", "kebir", "rapor", "berat"])
def test_mutants_of_ledgers_are_judged_as_saxon_judges_them(name: str) -> None:
    schema = official_schema("edefter/schematron", f"edefter_{name}.sch")
    assert disagreements(Comparison(schema, {}), mutants(500, 120 // EVERY, samples("edefter"))) == []
