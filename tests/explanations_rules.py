"""Every rule that a person may meet, from the default pack and from GİB's own files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from support import REFERENCE
from ulak.rules.schematron import Schema, read_schematron

PACKAGES: Final = REFERENCE / "packages"
OFFICIAL: Final = {
    "efatura-20260312": ("efatura-20260312/schematron", "UBL-TR_Main_Schematron.xml"),
    "efatura-20260727": ("efatura-schematron-20260727/schematron", "UBL-TR_Main_Schematron.xml"),
    "edefter_yevmiye": ("edefter/schematron", "edefter_yevmiye.sch"),
    "edefter_kebir": ("edefter/schematron", "edefter_kebir.sch"),
    "edefter_rapor": ("edefter/schematron", "edefter_rapor.sch"),
    "edefter_berat": ("edefter/schematron", "edefter_berat.sch"),
    "envanter_defter": ("edefter/schematron", "envanter_defter.sch"),
    "envanter_berat": ("edefter/schematron", "envanter_berat.sch"),
    "earsiv": ("earsiv-1.1_6", "earsiv_schematron.xsl"),
}


class RuleText(NamedTuple):
    """One assertion in its place. ``id`` is what the default pack prints, empty elsewhere."""

    id: str
    test: str
    context: str
    message: str
    positive: bool
    lists: Mapping[str, tuple[str, ...]]


@cache
def default_schema() -> Schema:
    source = files("efatura_kontrol").joinpath("ekler", "sematron", "efatura.sch")
    return read_schematron({"efatura.sch": source.read_bytes()}, "efatura.sch")


@cache
def official_schema(name: str) -> Schema:
    folder, main = OFFICIAL[name]
    found = {path.name: path.read_bytes() for path in (PACKAGES / folder).iterdir() if path.is_file()}
    return read_schematron(found, main)


def rules(schema: Schema) -> Iterator[RuleText]:
    for _, rule, assertion in schema.assertions():
        yield RuleText(
            assertion.printed_id, assertion.test, rule.context, assertion.words, assertion.positive, schema.code_lists
        )
