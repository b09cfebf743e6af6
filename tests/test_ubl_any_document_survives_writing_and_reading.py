"""Whatever the components can say is written in the order of the schema and read back as it was."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ubl_examples import documents, relaxed_schema
from ulak.ubl.components import ApplicationResponse, CreditNote, DespatchAdvice, Invoice, ReceiptAdvice
from ulak.ubl.describe import members_of
from ulak.ubl.documents import ROOTS, Document, read_document, write_document
from ulak.ubl.names import clark
from ulak.ubl.values import Component

UBL = (Invoice, CreditNote, DespatchAdvice, ReceiptAdvice, ApplicationResponse)
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
_SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=_SLOW)


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[type[Component], etree.XMLSchema]:
    folder = tmp_path_factory.mktemp("xsd")
    return {document: relaxed_schema(document.__name__, folder) for document in UBL}


@_SETTINGS
@given(documents())
def test_a_written_document_is_read_back_equal(document: Document) -> None:
    written = write_document(document)
    assert read_document(written) == document
    assert write_document(read_document(written)) == written


@_SETTINGS
@given(st.data())
def test_any_subset_of_elements_is_in_the_order_of_the_schema(
    schemas: dict[type[Component], etree.XMLSchema], data: st.DataObject
) -> None:
    document = data.draw(documents(*UBL))
    schemas[type(document)].assertValid(etree.fromstring(write_document(document)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_fields_given_in_any_order_are_written_in_one(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(list(ROOTS)))
    single = {m: m.type for m in members_of(document) if m.kind == "component" and m.type and not m.repeated}
    given_order = data.draw(st.permutations(list(single)))
    fields: dict[str, Any] = {member.field: single[member]() for member in given_order}
    written = [child.tag for child in etree.fromstring(write_document(cast(Document, document(**fields))))]
    assert written == [clark(member.name) for member in single]
