"""What workers send is judged by the rules, or told from what was; what the report needs is looked for in each."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from json_documents import invoice
from ulak.rules.moulds import LARGEST
from ulak.ubl.documents import write_document
from ulak.ubl.forms import from_json
from ulak.ubl.forms.archive import PHRASE
from ulak_server.documents.judging import Judged, judge_to_send

DAY = date(2026, 11, 2)
CONSUMER = {"tax_id": "11111111111", "first_name": "Ayşe", "family_name": "Kaya", "address": {"city": "İzmir"}}


def judged(**more: Any) -> Judged:
    document: Any = from_json(invoice(**{"uuid": str(uuid4()), "time": "09:30:00", **more}))
    return judge_to_send(write_document(document), DAY)


def codes(found: Judged) -> list[str]:
    return [] if found.error is None else [one["id"] for one in found.error["findings"]]


def test_the_third_of_a_sort_is_told_without_being_parsed() -> None:
    three = [judged(lines=[{"name": f"Mal {at}", "price": 10 + at, "vat": 20}]) for at in range(3)]
    assert [one.error for one in three] == [None, None, None]
    assert [one.root is None for one in three] == [False, False, True]
    assert {one.cast.markup for one in three if one.cast} == {three[0].cast.markup}  # type: ignore[union-attr]


def test_a_fault_is_found_however_many_were_in_order() -> None:
    for _ in range(3):
        assert judged(notes=["Teşekkürler."]).error is None
    assert codes(judged(notes=["Teşekkürler."], number="ab12026000000001")) == ["InvoiceIDCheck-1"]
    assert codes(judged(notes=["Teşekkürler."], date="2026-11-03")) == ["TimeCheck-1"]


def test_what_the_report_needs_is_looked_for_in_each() -> None:
    for _ in range(3):
        found = judged(profile="EARSIVFATURA", customer=CONSUMER, notes=["Teşekkürler."])
        assert found.error is None
        assert found.root is not None
    online = judged(profile="EARSIVFATURA", customer=CONSUMER, notes=[PHRASE])
    assert codes(online)
    assert all(code.startswith("report.") for code in codes(online))


def test_a_large_document_is_taken_for_one_of_a_kind() -> None:
    lines = [{"name": "x" * 200, "price": 1, "vat": 20}] * (LARGEST // 1_000)
    for _ in range(3):
        found = judged(lines=lines)
        assert (found.error, found.cast) == (None, None)
        assert found.root is not None
