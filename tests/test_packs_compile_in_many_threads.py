"""An XSD finds all that it imports, whatever other threads parse meanwhile: libxml2 has one loader for all of them."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from lxml import etree

from ulak.rules import PackStore, schemas
from ulak.rules.problems import PackError, problem

PACK = next(pack for pack in PackStore().packs() if pack.kind == "ubl-tr")
PATH = next(path for path in PACK.schemas.tops if "maindoc" in path)


def sources() -> schemas._Sources:
    return schemas._Sources(PATH, {name: PACK.schemas._prepared(name) for name in PACK.schemas.closure(PATH)})


@pytest.mark.parametrize("elements", [5_000, 20_000, 50_000, 100_000])
def test_a_schema_is_whole_though_another_thread_parses(elements: int) -> None:
    schemas._compile.cache_clear()
    other = threading.Thread(target=etree.fromstring, args=(b"<a>" + b"<b/>" * elements + b"</a>",))
    other.start()
    time.sleep(0.002)
    schema = schemas._compile(sources())
    other.join()
    log: Any = schema.error_log
    assert len(log) == 0


def test_what_failed_once_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, left = schemas._compiled, [PATH, PATH]

    def failing(given: schemas._Sources) -> etree.XMLSchema:
        if left:
            raise problem("pack.schema.uncompilable", where=PATH, name=left.pop(), detail="not found")
        return compiled(given)

    schemas._compile.cache_clear()
    monkeypatch.setattr(schemas, "_compiled", failing)
    assert schemas._compile(sources())


def test_an_import_that_is_not_there_is_never_passed_over() -> None:
    lost = b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="urn:x" schemaLocation="%s"/>'
    main = lost % b"file:///nowhere/x.xsd" + b'<xs:element name="a"/></xs:schema>'
    with pytest.raises(PackError, match=r"pack\.schema\.uncompilable"):
        schemas._compile(schemas._Sources("a.xsd", {"a.xsd": main}))
