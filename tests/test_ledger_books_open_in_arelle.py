"""Arelle, which reads XBRL for a living, opens generated books against GİB's taxonomy and finds nothing wrong."""

from __future__ import annotations

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import etree

from ledger_judged import books_of
from support import REFERENCE, needs_reference
from ulak.ledger.berats import berat
from ulak.ledger.reading.tags import XBRL

_XSD: Final = REFERENCE / "packages" / "edefter" / "xsd"
_UUID: Final = "ad85e7cc-cbea-4e0b-aa13-000000000001"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Opens the XBRL of a document, and says what Arelle has to say; nothing is fetched from the web."""
    from arelle import Cntlr
    from arelle.ModelFormulaObject import FormulaOptions

    folder = tmp_path_factory.mktemp("arelle")
    (folder / "xsd").symlink_to(_XSD)
    (folder / "books").mkdir()
    controller = Cntlr.Cntlr(logFileName="logToBuffer", disable_persistent_config=True)
    controller.webCache.workOffline = True
    controller.modelManager.formulaOptions = FormulaOptions()

    def opened(name: str, data: bytes) -> tuple[Any, list[str]]:
        path: Path = folder / "books" / name
        xbrl = etree.fromstring(data).find(XBRL)
        assert xbrl is not None
        etree.ElementTree(xbrl).write(str(path), encoding="UTF-8", xml_declaration=True)
        model = controller.modelManager.load(str(path))
        controller.modelManager.validate()
        said = json.loads(controller.logHandler.getJson())["log"]
        return model, [f"{one['code']}: {one['message']['text']}" for one in said if one["level"] != "info"]

    yield opened
    controller.close()


@needs_reference
@pytest.mark.parametrize("place", [0, 1])
def test_books_and_their_berats_are_xbrl(reader: Any, place: int) -> None:
    name, data = books_of()[place]
    model, said = reader(name, data)
    assert said == []
    facts = Counter(fact.qname.localName for fact in model.factsInInstance)
    assert facts["entryDetail"] == facts["amount"] == 16
    assert all(fact.context is not None and fact.xValid >= 4 for fact in model.factsInInstance if fact.isItem)
    assert {fact.unit.measures[0][0].localName for fact in model.factsInInstance if fact.isNumeric} == {"TRY", "pure"}
    made = berat(BytesIO(data), _UUID)
    model, said = reader(name.replace("-000000", "B-000000"), made)
    # GİB wants items of XBRL GL in the segment of a berat (Berat Kılavuzu V1.2, 2.2), which XBRL 2.1 has forbidden.
    assert {each.partition(": ")[0] for each in said} == {"xbrl.4.7.3.2:segmentItemOrTuple"}
    assert len(model.factsInInstance) > 50
