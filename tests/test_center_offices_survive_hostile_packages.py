"""Whatever stands in a package, the offices end it with a status; nothing else is ever raised."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from center_offices import (
    ARDIC,
    NOW,
    RAPOR,
    archive_office,
    ledger_office,
    package,
    sealed_report,
    send,
    upload,
    zipped,
)
from ulak.wire import earsiv, edefter
from ulak_center.office.books import name_of

FILE: Final = f"{RAPOR}.xml"
YB: Final = f"{ARDIC}-202610-YB-000000"
_ODD: Final = (b"", b"\x00", b"PK\x05\x06", b"PK\x01\x02", b"\xff\xff\xff\xff", b"<!--", b"]]>", b"&#0;", b"\xc4")


@st.composite
def spoiled(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with some cut out, changed or put in."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(made) - 1)))
        gone = draw(st.sampled_from((0, 1, 1, 2, 40)))
        made[at : at + gone] = draw(st.sampled_from(_ODD) | st.binary(max_size=4))
    return bytes(made)


@settings(max_examples=150, deadline=None)
@given(spoiled(zipped({FILE: sealed_report()})))
def test_spoiled_report_packages_end_with_a_documented_status(data: bytes) -> None:
    step = send(archive_office(), data or b"x")
    result = earsiv.STATUS.get(step.status)
    assert result is not None
    assert step.code != "archive.failed"


@settings(max_examples=150, deadline=None)
@given(spoiled(sealed_report()))
def test_spoiled_reports_end_with_a_documented_status(xml: bytes) -> None:
    step = send(archive_office(), zipped({FILE: xml}))
    assert step.status == 30 or (150 <= step.status <= 168 and step.code != "archive.failed")


@settings(max_examples=150, deadline=None)
@given(spoiled(package(YB)))
def test_spoiled_books_end_with_a_status(data: bytes) -> None:
    step = upload(ledger_office(), YB, data or b"x")
    assert step.status == 30 or (401 <= step.status <= 415)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_spoiled_documents_in_a_package_end_with_a_status(data: st.DataObject) -> None:
    with ZipFile(BytesIO(package(YB))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    which = data.draw(st.sampled_from(sorted(files)))
    files[which] = data.draw(spoiled(files[which]))
    step = upload(ledger_office(), YB, zipped(files))
    assert step.status == 30 or (402 <= step.status <= 415)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_ids_that_nobody_has_are_answered(id: str) -> None:
    assert archive_office().status(earsiv.GetBatchStatus(id), ARDIC, NOW).status == earsiv.BatchStatus(
        "Paket bulunamadı", 2, id
    )
    assert name_of(id) is None or edefter.package_id_of(id) == id
    assert archive_office().process(id, NOW) is None
