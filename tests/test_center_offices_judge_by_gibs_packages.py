"""With GİB's packages installed the offices judge by schema and Schematron; without them they say so and accept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import pytest

from center_offices import (
    ARDIC,
    NOW,
    RAPOR,
    archive_office,
    berat_of,
    book,
    invoice,
    ledger_office,
    package,
    packs_in,
    report,
    sealed_report,
    send,
    upload,
    zipped,
)
from support import REFERENCE, needs_reference
from ulak.rules import PackStore, Verdict, checker_for
from ulak.wire import edefter

FILE: Final = f"{RAPOR}.xml"
YB: Final = f"{ARDIC}-202610-YB-000000"
BOOK: Final = f"{ARDIC}-202610-Y-000000.xml"


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> PackStore:
    return packs_in(tmp_path_factory.mktemp("packs"), "earsiv-1.1_6", "egider-pusulasi-1.0", "edefter")


def test_without_a_package_documents_pass_and_the_answer_says_why(tmp_path: Path) -> None:
    for store in (None, PackStore(tmp_path)):
        step = send(archive_office(packs=store), zipped({FILE: sealed_report(report(invoice(faturaTip="X")))}))
        assert step.status == 30
        assert "earsiv" in step.reason.en
        assert "ulak packs add" in step.reason.tr
        office = ledger_office(packs=store)
        assert "edefter" in upload(office, YB, package(YB)).reason.en
        assert [note["code"] for note in office.packages()[0].facts["notes"]] == ["office.no-pack"]


@needs_reference
def test_good_reports_pass_the_schema_too(packs: PackStore) -> None:
    office = archive_office(packs=packs, level="A")
    step = send(office, zipped({FILE: sealed_report(level="A")}))
    assert (step.status, step.reason.en) == (30, "")


@needs_reference
@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (report(invoice(faturaTip="X")), 157, "archive.schema"),
        (report(invoice(ozetDeger="")), 157, "archive.schema"),
        (report(invoice() + invoice()), 157, "archive.schema"),
        (report("<e:adisyon/>"), 157, "archive.schema"),
        (report(more="<e:bolum/>"), 155, "archive.header-schema"),
        (report(bolumNo="9999999999"), 155, "archive.header-schema"),
    ],
    ids=["type", "missing", "twice", "by Schematron", "unknown in header", "number too large"],
)
def test_reports_that_break_the_schema_are_refused(packs: PackStore, data: bytes, status: int, code: str) -> None:
    step = send(archive_office(packs=packs), zipped({FILE: sealed_report(data)}))
    assert (step.status, step.code) == (status, code)
    assert "earsiv" in step.reason.en
    assert "line" in step.reason.en
    assert "satır" in step.reason.tr


@needs_reference
def test_expense_slips_are_judged_by_their_own_schema(packs: PackStore) -> None:
    cancelled = (
        "<e:eGiderPusulasiIptal><e:giderPusulasiBelgeNo>ARD2026000000001</e:giderPusulasiBelgeNo>"
        "<e:UUID>0b0c5d6e-7f80-4123-8567-89abcdef0123</e:UUID><e:iptalTarihi>2026-11-21</e:iptalTarihi>"
        "</e:eGiderPusulasiIptal>"
    )
    office = archive_office(packs=packs)
    assert send(office, zipped({FILE: sealed_report(report(cancelled))})).status == 30
    assert office.reports()[0].counts == {"eGiderPusulasiIptal": 1}
    mixed = sealed_report(report(cancelled + invoice()))
    step = send(archive_office(packs=packs), zipped({FILE: mixed}))
    assert step.status == 157
    assert "egider" in step.reason.en


@needs_reference
@pytest.mark.parametrize("kind", ["YB", "KB", "EB"])
def test_good_books_pass_all_schematrons_and_so_does_the_approved_berat(packs: PackStore, kind: str) -> None:
    id, office = f"{ARDIC}-202610-{kind}-000000", ledger_office(packs=packs)
    step = upload(office, id, package(id))
    assert (step.status, step.reason.en) == (30, "")
    file = office.receive(edefter.ReceiveDocumentFile(id), ARDIC).attachment
    assert file is not None
    with ZipFile(BytesIO(file.data)) as archive:
        (name,) = archive.namelist()
        berat = archive.read(name)
    pack = packs.choose("edefter", NOW.date()).pack
    found = checker_for(pack, packs, advice=False).check(berat, today=NOW.date(), file=name)
    assert found.verdict is Verdict.VALID


@needs_reference
def test_a_months_report_passes_its_schematron(packs: PackStore) -> None:
    office = ledger_office(packs=packs)
    for number, kind in enumerate(("YB", "KB", "DR"), 1):
        id = f"{ARDIC}-202610-{kind}-000000"
        assert upload(office, id, package(id, number)).status == 30


@needs_reference
@pytest.mark.parametrize(
    ("where", "changes"),
    [("berat", {"megabytes": "0.123"}), ("berat", {"unique": "yok"}), ("berat", {"label": "YEV2026100001"})],
)
def test_berats_that_break_the_schematron_are_refused(packs: PackStore, where: str, changes: dict[str, Any]) -> None:
    of = book(YB)
    step = upload(ledger_office(packs=packs), YB, zipped({BOOK: of, f"{YB}.xml": berat_of(YB, of, **changes)}))
    assert (step.status, step.code) == (405, "ledger.schema")
    assert f"{YB}.xml" in step.reason.en


@needs_reference
def test_the_sample_report_of_the_field_carries_no_seal() -> None:
    data = (REFERENCE / "samples" / "earsiv" / "mersel_earsiv-raporu.xml").read_bytes()
    number = "00000000-0000-0000-0000-000000000000"
    assert send(archive_office(), zipped({f"{number}.xml": data}), number).code == "archive.unsealed"


@needs_reference
def test_the_sample_books_of_2014_are_found_to_be_of_two_taxpayers(packs: PackStore) -> None:
    id = "1231231231-201106-YB-000000"
    folder = REFERENCE / "samples" / "edefter"
    files = {f"{id.replace('YB', 'Y')}.xml": "yevmiye_signed.xml", f"{id}.xml": "yevmiye_berat.xml"}
    data = zipped({name: (folder / sample).read_bytes() for name, sample in files.items()})
    step = upload(ledger_office(packs=packs), id, data, "1231231231")
    assert step.code == "ledger.name"
    assert "1231231233" in step.reason.tr
