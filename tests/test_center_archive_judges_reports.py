"""Every status of a report is reached by a real package, and says why."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from typing import Final

import pytest

from center_offices import (
    ARDIC,
    INTEGRATOR,
    MELTEM,
    NOW,
    RAPOR,
    archive_office,
    invoice,
    report,
    sealed_report,
    send,
    zipped,
)
from ulak.envelope.limits import Limits
from ulak.wire import earsiv
from ulak_center.office import Standing
from ulak_center.office.problems import REFUSALS

FILE: Final = f"{RAPOR}.xml"


def good() -> bytes:
    return zipped({FILE: sealed_report()})


def of(data: bytes, short: str = "integrator") -> bytes:
    return zipped({FILE: sealed_report(data, short)})


def unsealed(data: bytes) -> bytes:
    return zipped({FILE: data})


def encrypted() -> bytes:
    data = bytearray(good())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def of_wrong_sum() -> bytes:
    data = bytearray(good())
    for at in (14, data.index(b"PK\x01\x02") + 16):
        struct.pack_into("<L", data, at, 1)
    return bytes(data)


def changed_after_sealing() -> bytes:
    return zipped({FILE: sealed_report().replace(b"<e:bolumNo>21<", b"<e:bolumNo>22<")})


def in_utf_16() -> bytes:
    data = sealed_report().decode().replace('encoding="UTF-8"', 'encoding="UTF-16"', 1)
    return zipped({FILE: data.encode("utf-16")})


def two_seals() -> bytes:
    data = sealed_report()
    start, end = data.index(b"<ds:Signature "), data.index(b"</ds:Signature>") + 15
    return zipped({FILE: data[:end] + data[start:end] + data[end:]})


BAD: Final[dict[str, tuple[int, str, Callable[[], bytes]]]] = {
    "no zip at all": (152, "archive.zip", lambda: b"<e:eArsivRaporu/>"),
    "a zip cut short": (152, "archive.zip", lambda: good()[:-30]),
    "a zip with something before it": (152, "archive.zip", lambda: b"MZ" + good()),
    "an encrypted file": (151, "archive.unreadable", encrypted),
    "a file whose sum is wrong": (151, "archive.unreadable", of_wrong_sum),
    "an unusual method": (151, "archive.unreadable", lambda: zipped({FILE: sealed_report()}, zipfile.ZIP_BZIP2)),
    "two files": (153, "archive.several", lambda: zipped({FILE: sealed_report(), "oku.txt": b"x"})),
    "two files of other names": (153, "archive.several", lambda: zipped([(FILE, b"<a/>"), (f"x{FILE}", b"<a/>")])),
    "an empty zip": (164, "archive.empty", lambda: zipped({})),
    "a file of another name": (158, "archive.file-name", lambda: zipped({"rapor.xml": sealed_report()})),
    "a file in a folder": (158, "archive.file-name", lambda: zipped({f"../{FILE}": sealed_report()})),
    "a name in small letters": (158, "archive.file-name", lambda: zipped({FILE.lower(): sealed_report()})),
    "a name that no XML can hold": (158, "archive.file-name", lambda: zipped({"a\x01\ufffe.xml": b"<a/>"})),
    "text": (157, "archive.not-xml", lambda: unsealed(b"rapor")),
    "half a report": (157, "archive.not-xml", lambda: unsealed(sealed_report()[:-40])),
    "a DTD": (157, "archive.not-xml", lambda: unsealed(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')),
    "another root": (157, "archive.root", lambda: unsealed(b"<eArsivRaporu/>")),
    "no header": (155, "archive.header", lambda: unsealed(b'<e:eArsivRaporu xmlns:e="http://earsiv.efatura.gov.tr"/>')),
    "two headers": (
        155,
        "archive.header",
        lambda: unsealed(report().replace(b"<e:fatura>", b"<e:baslik/><e:fatura>")),
    ),
    "no raporNo": (155, "archive.header", lambda: unsealed(report(raporNo=""))),
    "raporNo twice": (155, "archive.header", lambda: unsealed(report(more=f"<e:raporNo>{RAPOR}</e:raporNo>"))),
    "raporNo that is no GUID": (155, "archive.header", lambda: unsealed(report(number=f"{RAPOR[:-1]}G"))),
    "a taxpayer with VKN and TCKN": (
        155,
        "archive.header",
        lambda: unsealed(report(mukellef=f"<e:vkn>{ARDIC}</e:vkn><e:tckn>50721483392</e:tckn>")),
    ),
    "a VKN of eleven digits": (155, "archive.header", lambda: unsealed(report(mukellef="<e:vkn>50721483392</e:vkn>"))),
    "a VKN of other digits": (155, "archive.header", lambda: unsealed(report(mukellef="<e:vkn>٤٨١٢٥٣٠٧٦٩</e:vkn>"))),
    "a day that is none": (155, "archive.header", lambda: unsealed(report(donemBitisTarihi="2026-11-31"))),
    "a part that ends before it begins": (
        155,
        "archive.header",
        lambda: unsealed(report(bolumBitisTarihi="2026-11-20")),
    ),
    "a part without number": (155, "archive.header", lambda: unsealed(report(bolumNo="bir"))),
    "version 1.1": (156, "archive.version", lambda: unsealed(report(versiyon="1.1"))),
    "no version": (155, "archive.header", lambda: unsealed(report(versiyon=""))),
    "another raporNo": (
        158,
        "archive.report-number",
        lambda: of(report(number="00000000-0000-4000-8000-000000000000")),
    ),
    "raporNo in small letters": (158, "archive.report-number", lambda: of(report(number=RAPOR.lower()))),
    "no seal": (159, "archive.unsealed", lambda: unsealed(report())),
    "changed after sealing": (154, "archive.seal", changed_after_sealing),
    "sealed twice": (154, "archive.seal", two_seals),
    # It was 163, as if the center had failed: whoever sent it would have sent it for ever.
    "an encoding in which no seal is sought": (154, "archive.seal", in_utf_16),
    "an expired certificate": (154, "archive.seal", lambda: of(report(), "expired-issuer")),
    "a revoked certificate": (154, "archive.seal", lambda: of(report(), "revoked")),
    "sealed by another than asked": (166, "archive.requester", lambda: of(report(), "ardic")),
    "prepared by another than sealed": (
        167,
        "archive.preparer",
        lambda: of(report(hazirlayan=f"<e:vkn>{ARDIC}</e:vkn>")),
    ),
}
"""What is bad about it: status, Ulak's code, the package."""


@pytest.mark.parametrize("what", BAD)
def test_a_bad_package_ends_with_its_status_and_says_why(what: str) -> None:
    status, code, make = BAD[what]
    office = archive_office()
    step = send(office, make())
    assert (step.status, step.code) == (status, code)
    assert step.reason.tr
    assert step.reason.en
    answer = office.status(earsiv.GetBatchStatus(RAPOR), INTEGRATOR, NOW).status
    assert answer is not None
    assert answer.result is not None
    assert answer.code == status
    assert step.reason.tr[:200] in answer.description
    assert not office.reports()


def test_a_good_report_goes_through_the_queue_to_30() -> None:
    office = archive_office(level="A")
    assert send(office, zipped({FILE: sealed_report(level="A")})).status == 30
    assert [step.status for step in office.steps(RAPOR)] == [10, 15, 30]
    times = [step.at for step in office.steps(RAPOR)]
    assert times == sorted(set(times))
    assert times[0] == NOW


def without_archive_stamp() -> bytes:
    data = sealed_report(level="A")
    start, end = data.index(b"<xades141:ArchiveTimeStamp"), data.index(b"</xades141:ArchiveTimeStamp>")
    return data[:start] + data[end + len(b"</xades141:ArchiveTimeStamp>") :]


@pytest.mark.parametrize(
    ("data", "level"),
    [(sealed_report(), "BES"), (sealed_report(level="T"), "T"), (without_archive_stamp(), "X-L")],
    ids=["BES", "T", "X-L"],
)
def test_a_report_must_be_sealed_as_xades_a(data: bytes, level: str) -> None:
    step = send(archive_office(level="A"), zipped({FILE: data}))
    assert (step.status, step.code) == (154, "archive.level")
    assert f"XAdES-{level}" in step.reason.en
    assert send(archive_office(level=level), zipped({FILE: data})).status == 30


def test_a_report_larger_than_allowed_is_165() -> None:
    small = archive_office(limits=Limits(zip_bytes=10_000_000, xml_bytes=1000))
    assert send(small, good()).status == 165
    assert send(archive_office(limits=Limits(zip_bytes=1000)), good()).status == 165


def test_a_zip_bomb_is_165_before_it_fills_the_memory() -> None:
    bomb = zipped({FILE: b" " * 40_000_000})
    step = send(archive_office(limits=Limits(ratio=200, ratio_from=1_000_000)), bomb)
    assert (step.status, step.code) == (165, "archive.too-large")


def test_a_taxpayer_for_whom_the_sender_may_not_report_is_168() -> None:
    office = archive_office()
    office.hold(ARDIC, Standing.NO_ROLE)
    step = send(office, good())
    assert (step.status, step.code) == (168, "archive.taxpayer")
    assert ARDIC in step.reason.en


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are_stop_nothing(day: str) -> None:
    ends = {f"{part}{end}Tarihi": day for part in ("donem", "bolum") for end in ("Baslangic", "Bitis")}
    assert send(archive_office(), of(report(**ends))).status == 30


def test_a_fault_in_the_header_is_told_with_its_element() -> None:
    step = send(archive_office(), unsealed(report(bolumNo="bir")))
    assert step.reason.tr.startswith("baslik/bolumNo: ")
    assert "“bir”" in step.reason.en


def test_what_is_wrong_first_is_said_first() -> None:
    """ZIP, header, version, number, seal, who: the order of `docs/center-offices.md`."""
    bad = report(versiyon="2.0", number="00000000-0000-4000-8000-000000000000")
    assert send(archive_office(), zipped({FILE: bad, "b": b""})).status == 153
    assert send(archive_office(), unsealed(bad)).status == 156
    assert send(archive_office(), unsealed(report(number=RAPOR.lower()))).status == 158
    assert send(archive_office(), of(report(hazirlayan=f"<e:vkn>{MELTEM}</e:vkn>"), "ardic")).status == 166


def test_each_refusal_of_reports_is_reached_by_a_package() -> None:
    elsewhere = {"archive.level", "archive.too-large", "archive.taxpayer"}
    by_rules = {"archive.header-schema", "archive.schema"}
    only_on_demand = {"archive.failed", "archive.scripted"}
    reached = {code for _, code, _ in BAD.values()}
    wanted = {code for code in REFUSALS if code.startswith("archive.")}
    assert reached | elsewhere | by_rules | only_on_demand == wanted


def test_what_was_reported_can_be_asked() -> None:
    office = archive_office()
    body = (
        invoice()
        + invoice("ARD2026000000002")
        + (
            "<e:faturaIptal><e:faturaNo>ARD2026000000001</e:faturaNo><e:iptalTarihi>2026-11-21</e:iptalTarihi>"
            "<e:toplamTutar>100.00</e:toplamTutar></e:faturaIptal>"
        )
    )
    send(office, of(report(body)))
    (found,) = office.reports()
    assert found.counts == {"fatura": 2, "faturaIptal": 1}
    assert found.cancelled == ("faturaIptal ARD2026000000001",)
    assert (found.taxpayer, found.preparer, found.sender) == (ARDIC, INTEGRATOR, INTEGRATOR)
    assert (found.period, found.part, found.part_number) == (
        ("2026-11-01", "2026-11-30"),
        ("2026-11-21", "2026-11-21"),
        21,
    )
    assert office.reports(ARDIC) == [found]
    assert office.reports(MELTEM) == []
    assert office.reports(INTEGRATOR) == []


def test_documents_that_were_reported_before_are_noted() -> None:
    office, again = archive_office(), "11111111-2222-4333-8444-555555555555"
    send(office, good())
    step = send(office, zipped({f"{again}.xml": sealed_report(report(number=again))}), again)
    assert step.status == 30
    assert "ARD2026000000001" in step.reason.en
    assert office.reports()[1].repeated == (("fatura", "ARD2026000000001", RAPOR),)
    assert "archive.repeated" in office.reports()[1].notes


def test_a_report_that_came_after_the_next_day_is_noted_and_taken() -> None:
    in_time = archive_office()
    assert send(in_time, good()).status == 30
    assert "archive.late" not in in_time.reports()[0].notes
    office = archive_office()
    late = of(report(bolumBaslangicTarihi="2026-11-20", bolumBitisTarihi="2026-11-20"))
    step = send(office, late)
    assert step.status == 30
    assert "2026-11-21" in step.reason.tr
    assert "archive.late" in office.reports()[0].notes


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ulak.seal.large.pieces._BLOCK", 64)


SEVERAL = "".join(invoice(f"ARD202600000000{number}") for number in range(7))


@pytest.mark.usefixtures("small_pieces")
def test_a_report_in_many_pieces_is_read_whole() -> None:
    office = archive_office()
    assert send(office, of(report(SEVERAL + invoice("ARD2026000000003")))).status == 30
    (found,) = office.reports()
    assert found.counts == {"fatura": 8}
    assert found.repeated == (("fatura", "ARD2026000000003", RAPOR),)
    first = office.filings(ARDIC, limit=3)
    assert [each.number[-1] for each in first] == ["0", "1", "2"]
    rest = office.filings(after=first[-1][:4])
    assert [each.number[-1] for each in rest] == ["3", "4", "5", "6"]
    assert {each.package for each in (*first, *rest)} == {RAPOR}
    assert office.filings(MELTEM) == []


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    ("status", "change"),
    [
        (157, lambda data: data.replace(b"</e:fatura></e:eArsivRaporu>", b"</e:eArsivRaporu>")),
        (155, lambda data: data.replace(b"</e:fatura></e:eArsiv", b"</e:fatura><e:baslik></e:baslik></e:eArsiv")),
        (154, lambda data: data.replace(b"ARD2026000000006", b"ARD2026000000009")),
        (157, lambda data: data.replace(b"SATIS", b"&unknown;", 1)),
    ],
)
def test_a_fault_in_a_late_piece_is_found(status: int, change: Callable[[bytes], bytes]) -> None:
    assert send(archive_office(), zipped({FILE: change(sealed_report(report(SEVERAL)))})).status == status


def test_what_cannot_be_read_in_pieces_is_held_if_it_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    package = zipped({FILE: sealed_report(report(SEVERAL + "<!-- -->"))})
    assert send(archive_office(), package).status == 30
    monkeypatch.setattr("ulak_center.office.reading.HELD", 1000)
    assert send(archive_office(), package).status == 157
