"""Every document that GİB and others publish says the same after it was read and written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from support import REFERENCE, needs_reference
from ubl_compare import differences
from ulak.errors import UlakError
from ulak.ubl.documents import ROOTS, read_document, read_root, write_document
from ulak.ubl.names import XSI
from ulak.xml import parse

pytestmark = needs_reference

_NAMES = {f"{{{root.namespace}}}{root.name}" for root in ROOTS.values()}


def _documents() -> Iterator[tuple[str, etree._Element]]:
    """Every document of the reference, also those inside envelopes, with a name for the report."""
    for path in sorted([*REFERENCE.glob("packages/**/*"), *REFERENCE.glob("samples/**/*")]):
        if path.suffix.lower() == ".xml" and path.is_file():
            for position, element in enumerate(_documents_in(path)):
                yield f"{path.relative_to(REFERENCE)}#{position}", element


def _documents_in(path: Path) -> Iterator[etree._Element]:
    try:
        root = parse(path.read_bytes())
    except UlakError:
        return
    yield from root.iter(*_NAMES)


_FOUND = dict(_documents())
each_document = pytest.mark.parametrize("element", _FOUND.values(), ids=list(_FOUND))


@each_document
def test_a_sample_says_the_same_after_reading_and_writing(element: etree._Element) -> None:
    written = write_document(read_root(element))
    assert differences(element, parse(written)) == []


@each_document
def test_a_sample_that_was_written_once_is_written_the_same_again(element: etree._Element) -> None:
    once = write_document(read_root(element))
    assert write_document(read_document(once)) == once


def test_the_samples_show_every_kind_of_document() -> None:
    assert {element.tag for element in _FOUND.values()} == _NAMES


def test_our_schema_location_names_the_file_that_the_samples_name() -> None:
    named = {f"{{{root.namespace}}}{root.name}": root.schema for root in ROOTS.values()}
    found = {(element.tag, element.get(f"{{{XSI}}}schemaLocation", "")) for element in _FOUND.values()}
    agreeing = {tag for tag, location in found if location.endswith((f"/{named[tag]}", f" {named[tag]}"))}
    assert agreeing == _NAMES
