"""Every status of an e-Defter package is reached by a real one, and says why; berats that pass are approved."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import pytest

from center_offices import (
    ARDIC,
    INTEGRATOR,
    NOW,
    berat_of,
    book,
    end_of,
    ledger_office,
    package,
    upload,
    zipped,
)
from levels_support import trust_of
from seal_pki import key
from ulak.seal.sealing import seal
from ulak.seal.verify import verify
from ulak.wire import edefter
from ulak.wire.attachment import Attachment
from ulak_center.office import LedgerOffice, LedgerRights
from ulak_center.office.ledger_codes import STATUSES
from ulak_center.office.ledger_judge import Limits
from ulak_center.office.problems import REFUSALS

YB: Final = f"{ARDIC}-202610-YB-000000"
KB: Final = f"{ARDIC}-202610-KB-000000"
DR: Final = f"{ARDIC}-202610-DR-000000"
BOOK: Final = f"{ARDIC}-202610-Y-000000.xml"
BERAT: Final = f"{YB}.xml"


def pair(of: bytes | None = None, berat: bytes | None = None, **changes: Any) -> bytes:
    """A package of October's journal with something changed in it."""
    made = book(YB) if of is None else of
    return zipped({BOOK: made, BERAT: berat_of(YB, made, **changes) if berat is None else berat})


def pair_of(id: str, short: str, number: int) -> bytes:
    """A package sealed by another."""
    of = book(id, short=short)
    berat = {f"{id}.xml": berat_of(id, of, short, number=number)}
    return zipped(berat if "-KB-" in id else {id.replace("B-", "-") + ".xml": of, **berat})


def encrypted() -> bytes:
    data = bytearray(package(YB))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def overlapping() -> bytes:
    data = bytearray(package(YB))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<L", data, second + 42, 10)
    return bytes(data)


def endless_directory() -> bytes:
    return zipped([(f"{number}.xml", b"") for number in range(500)])


def of_another(owner: str) -> bytes:
    made = book(YB, owner=owner)
    return pair(made)


def changed(where: str) -> bytes:
    of = book(YB)
    berat = berat_of(YB, of)
    if where == "book":
        of = of.replace(b"Deneme Sokak", b"Deneme Cadde")
    else:
        berat = berat.replace(b"Deneme Sokak", b"Deneme Cadde")
    return pair(of, berat)


def of_branch() -> bytes:
    """A book of branch 0001 in a package without branch."""
    made = book(f"{YB}-0001")
    return pair(made, berat_of(f"{YB}-0001", made))


BAD: Final[dict[str, tuple[int, str, Callable[[], bytes]]]] = {
    "no zip": (401, "ledger.zip", lambda: b"<defter/>"),
    "a zip cut short": (401, "ledger.zip", lambda: package(YB)[:-30]),
    "something before the zip": (401, "ledger.zip", lambda: b"MZ" + package(YB)),
    "encrypted": (401, "ledger.zip", encrypted),
    "entries that overlap": (401, "ledger.zip", overlapping),
    "an unusual method": (401, "ledger.zip", lambda: zipped({BOOK: b"<a/>", BERAT: b"<a/>"}, zipfile.ZIP_LZMA)),
    "an empty zip": (402, "ledger.files", lambda: zipped({})),
    "the berat alone": (402, "ledger.files", lambda: zipped({BERAT: berat_of(YB, book(YB))})),
    "a third file": (402, "ledger.files", lambda: zipped({BOOK: b"<a/>", BERAT: b"<a/>", "yevmiye.xslt": b"<a/>"})),
    "the berat twice": (402, "ledger.files", lambda: zipped([(BERAT, b"<a/>"), (BERAT, b"<b/>")])),
    "files in a folder": (402, "ledger.files", lambda: zipped({f"x/{BOOK}": b"<a/>", f"x/{BERAT}": b"<a/>"})),
    "the book of another part": (
        402,
        "ledger.files",
        lambda: zipped({f"{ARDIC}-202610-Y-000001.xml": book(YB), BERAT: b"<a/>"}),
    ),
    "a directory without end": (402, "ledger.files", endless_directory),
    "text": (404, "ledger.not-xml", lambda: pair(b"defter", b"berat")),
    "a DTD": (404, "ledger.not-xml", lambda: pair(berat=b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')),
    "the berat where the book should be": (404, "ledger.root", lambda: pair(berat_of(YB, book(YB)), b"<berat/>")),
    "another taxpayer's book": (409, "ledger.name", lambda: of_another("7359021640")),
    "a ledger in the journal's package": (409, "ledger.name", lambda: pair(book(KB), berat_of(KB, book(KB)))),
    "a branch that the name does not have": (409, "ledger.name", of_branch),
    "another month": (409, "ledger.period", lambda: pair(book(YB, "2026-09-01", "2026-09-30"))),
    "more than the month": (409, "ledger.period", lambda: pair(book(YB, "2026-10-01", "2026-11-01"))),
    "a day that is none": (409, "ledger.period", lambda: pair(book(YB, "2026-10-01", "2026-10-32"))),
    "a book without seal": (406, "ledger.unsealed", lambda: pair(book(YB, short=""), berat_of(YB, book(YB)))),
    "a berat without seal": (406, "ledger.unsealed", lambda: pair(berat=berat_of(YB, book(YB), ""))),
    "a book changed after sealing": (407, "ledger.seal", lambda: changed("book")),
    "a berat changed after sealing": (407, "ledger.seal", lambda: changed("berat")),
    "a revoked certificate": (407, "ledger.seal", lambda: pair(book(YB, short="revoked"))),
    "another's seal value": (410, "ledger.seal-value", lambda: pair(value="YmVyYXQ=")),
    "no seal value": (410, "ledger.seal-value", lambda: pair(value="")),
    "another period in the berat": (
        410,
        "ledger.other-book",
        lambda: pair(berat=berat_of(YB, book(YB), start="2026-10-01", end="2026-10-30")),
    ),
    "another number in the berat": (410, "ledger.other-book", lambda: pair(label="YEV202610000009")),
}
"""What is bad about it: status, Ulak's code, the package."""


@pytest.mark.parametrize("what", BAD)
def test_a_bad_package_ends_with_its_status_and_says_why(what: str) -> None:
    status, code, make = BAD[what]
    office = ledger_office()
    step = upload(office, YB, make())
    assert (step.status, step.code) == (status, code)
    answer = office.status(edefter.GetBatchStatus(YB), ARDIC, NOW).status
    assert answer is not None
    assert answer.code == str(status)
    assert answer.description.startswith(STATUSES[status].tr)
    assert step.reason.tr[:200] in answer.description
    assert step.reason.en


def approved(office: LedgerOffice, id: str, by: str = ARDIC) -> bytes:
    """The berat that GİB approved, out of its ZIP."""
    file = office.receive(edefter.ReceiveDocumentFile(id), by).attachment
    assert file is not None
    assert file.file_name == f"GIB-{id}.zip"
    with zipfile.ZipFile(BytesIO(file.data)) as archive:
        assert archive.namelist() == [f"GIB-{id}.xml"]
        return archive.read(f"GIB-{id}.xml")


@pytest.mark.parametrize("id", [YB, KB, f"{ARDIC}-202610-EB-000000", f"{YB}-0001", f"{YB[:-1]}1"])
def test_a_good_package_gets_its_berat_counter_sealed_by_gib(id: str) -> None:
    office, data = ledger_office(), package(id)
    assert upload(office, id, data).status == 30
    # The berat is done before its book (Uygulama Kılavuzu V1.12, step 10); since 2025 a ledger's berat comes alone.
    between = [] if id == KB else [20]
    assert [step.status for step in office.steps(id)] == [10, 15, *between, 30]
    berat = approved(office, id)
    report = verify(berat, trust=trust_of(), at=NOW)
    (counter,) = report.counter_seals
    assert report.content
    assert counter.content
    assert counter.signer == key("gib").certificate
    with zipfile.ZipFile(BytesIO(data)) as archive:
        own = archive.read(f"{id}.xml")
    assert berat.startswith(own[: own.index(b"</ds:Object>") - 100])


def test_all_of_a_months_packages_pass_and_the_report_is_not_counter_sealed() -> None:
    office = ledger_office()
    for number, id in enumerate((YB, KB, DR), 1):
        assert upload(office, id, package(id, number)).status == 30
    with pytest.raises(Exception, match="204"):
        office.receive(edefter.ReceiveDocumentFile(DR), ARDIC)


def test_a_report_before_the_months_berats_is_refused() -> None:
    office = ledger_office()
    assert upload(office, YB, package(YB)).status == 30
    step = upload(office, DR, package(DR, 3))
    assert (step.status, step.code) == (414, "ledger.report-early")
    assert "KB" in step.reason.en
    assert upload(office, KB, package(KB, 2)).status == 30
    assert upload(office, DR, package(DR, 3)).status == 30


def test_branches_have_months_of_their_own() -> None:
    office = ledger_office()
    for number, id in enumerate((YB, f"{YB}-0001", f"{YB}-0002"), 1):
        assert upload(office, id, package(id, number)).status == 30
    assert upload(office, f"{DR}-0001", package(f"{DR}-0001", 9)).status == 414


def part(number: int, start: str, end: str) -> tuple[str, bytes]:
    id = f"{ARDIC}-202610-YB-{number:06}"
    return id, package(id, number + 1, f"2026-10-{start}", f"2026-10-{end}")


def test_parts_follow_each_other_and_may_share_a_day() -> None:
    office = ledger_office()
    for number, start, end in ((1, "01", "10"), (2, "11", "20"), (3, "20", "31")):
        step = upload(office, *part(number, start, end))
        assert (step.status, step.reason.en) == (30, step.reason.en)
        assert "part" not in step.reason.en


@pytest.mark.parametrize(
    ("second", "status", "code"),
    [
        (part(2, "13", "20"), 413, "ledger.gap"),
        (part(2, "05", "20"), 413, "ledger.dates-taken"),
        (part(3, "05", "31"), 413, "ledger.dates-taken"),
        (part(0, "01", "31"), 412, "ledger.parts-mixed"),
    ],
)
def test_parts_that_do_not_fit_are_refused(second: tuple[str, bytes], status: int, code: str) -> None:
    office = ledger_office()
    upload(office, *part(1, "01", "10"))
    step = upload(office, *second)
    assert (step.status, step.code) == (status, code)


def test_a_part_after_an_undivided_book_is_refused() -> None:
    office = ledger_office()
    upload(office, YB, package(YB))
    assert upload(office, *part(1, "01", "10")).code == "ledger.parts-mixed"


def test_parts_may_come_in_any_order_and_a_missing_one_is_noted() -> None:
    office = ledger_office()
    step = upload(office, *part(2, "11", "31"))
    assert step.status == 30
    assert "000001" in step.reason.tr
    assert upload(office, *part(1, "01", "10")).status == 30


def test_a_month_that_was_skipped_is_noted() -> None:
    office, later = ledger_office(), f"{ARDIC}-202610-YB-000000"
    first, next_ = f"{ARDIC}-202608-YB-000000", f"{ARDIC}-202609-YB-000000"
    assert "202607" not in upload(office, first, package(first, 1)).reason.en
    step = upload(office, later, package(later, 2))
    assert step.status == 30
    assert "202609" in step.reason.en
    assert "202608" not in upload(office, next_, package(next_, 3)).reason.en


def test_a_unique_number_is_used_once() -> None:
    office = ledger_office()
    upload(office, YB, package(YB, 1))
    step = upload(office, KB, package(KB, 1))
    assert (step.status, step.code) == (411, "ledger.unique-id")
    assert YB in step.reason.en


def test_a_size_that_is_not_the_books_is_noted() -> None:
    office = ledger_office()
    step = upload(office, YB, pair(megabytes="7.50"))
    assert step.status == 30
    assert "7.50" in step.reason.tr
    for odd in ("yedi", "NaN", "-Infinity", "1e999999999"):
        step = upload(ledger_office(), YB, pair(megabytes=odd))
        assert step.status == 30
        assert "MB" in step.reason.en


@pytest.mark.parametrize("month", ["000101", "999912"])
def test_the_first_and_the_last_month_there_are_stop_nothing(month: str) -> None:
    office = ledger_office()
    for number, kind in enumerate(("YB", "YB", "KB", "KB"), 1):
        id = f"{ARDIC}-{month}-{kind}-{(number + 1) % 2 + 1:06}"
        day = f"{month[:4]}-{month[4:]}-31"
        assert upload(office, id, package(id, number, day, day)).status == 30


def test_a_report_bears_a_unique_number_too() -> None:
    office = ledger_office()
    for number, id in enumerate((YB, KB), 1):
        upload(office, id, package(id, number))
    assert upload(office, DR, package(DR, 2)).code == "ledger.unique-id"


def test_books_are_sealed_by_the_taxpayer_or_by_one_who_may() -> None:
    class Registry:
        def account(self, number: str) -> None:
            return None

        def is_integrator(self, number: str) -> bool:
            return number == INTEGRATOR

    sealed = pair(book(YB, short="integrator"), berat_of(YB, book(YB, short="integrator"), "integrator"))
    assert upload(ledger_office(rights=LedgerRights(Registry())), YB, sealed, INTEGRATOR).status == 30
    others = pair(book(YB, short="kargo"), berat_of(YB, book(YB, short="kargo"), "kargo"))
    office = ledger_office(rights=LedgerRights(Registry()))
    step = upload(office, YB, others)
    assert (step.status, step.code) == (408, "ledger.signer")
    office.consent("9183746505", ARDIC)
    assert upload(office, YB, others).status == 30
    office.consent("9183746505", ARDIC, given=False)
    kb = pair_of(KB, "kargo", 2)
    assert upload(office, KB, kb).code == "ledger.signer"


def test_a_file_larger_than_allowed_is_403() -> None:
    office = ledger_office(limits=Limits(xml_bytes=5000))
    step = upload(office, YB, package(YB))
    assert (step.status, step.code) == (403, "ledger.too-large")
    assert "5000" in step.reason.en


def test_a_berat_that_cannot_be_counter_sealed_is_415() -> None:
    of = book(YB)
    already = berat_of(YB, of)
    office = ledger_office()
    upload(office, YB, pair(of, already))
    countered = approved(office, YB)
    step = upload(ledger_office(), YB, pair(of, countered))
    assert (step.status, step.code) == (415, "ledger.not-approved")


def test_without_a_key_nothing_is_approved_and_the_answer_says_so() -> None:
    shelfless = ledger_office()
    office = LedgerOffice(shelfless._shelf, trust_of(), None)
    step = upload(office, YB, package(YB))
    assert step.status == 30
    assert "not approved" in step.reason.en
    with pytest.raises(Exception, match="204"):
        office.receive(edefter.ReceiveDocumentFile(YB), ARDIC)


def test_what_is_wrong_first_is_said_first() -> None:
    """Files, XML, name, seal, berat, unique number, parts: the order of `docs/center-offices.md`."""
    office = ledger_office()
    upload(office, *part(1, "01", "10"))
    of = book(YB)
    wrong_all = berat_of(YB, of, value="YmVyYXQ=")
    assert upload(office, YB, zipped({BOOK: of})).status == 402
    assert upload(office, YB, pair(b"x", b"y")).status == 404
    assert upload(office, YB, pair(book(YB, short="", owner="7359021640"))).status == 409
    assert upload(office, YB, pair(book(YB, short=""), wrong_all)).status == 406
    assert upload(office, YB, pair(of, wrong_all)).status == 410
    assert upload(office, YB, pair(of, berat_of(YB, of, number=2))).status == 411
    assert upload(office, YB, pair(of, berat_of(YB, of, number=9))).status == 412


def test_after_a_refusal_the_same_package_may_come_again() -> None:
    office = ledger_office()
    assert upload(office, YB, b"no zip").status == 401
    assert upload(office, YB, package(YB)).status == 30
    assert end_of(office, YB).status == 30
    assert len(office.packages()) == 2


def codes(office: LedgerOffice, id: str) -> tuple[str, ...]:
    (found,) = (one for one in office.books() if one.id == id)
    return found.notes


def test_a_general_ledger_comes_with_its_book_until_2024_and_never_after() -> None:
    old, new = f"{ARDIC}-202412-KB-000000", f"{ARDIC}-202501-KB-000000"
    for id, alone in ((old, False), (new, True)):
        office, of = ledger_office(), book(id)
        berat = {f"{id}.xml": berat_of(id, of)}
        both = {f"{id.replace('KB', 'K')}.xml": of, **berat}
        refused, taken = (both, berat) if alone else (berat, both)
        assert upload(office, id, zipped(refused)).code == "ledger.files"
        assert upload(office, id, zipped(taken)).status == 30


def test_what_a_berat_tells_is_compared_with_its_book() -> None:
    of = book(YB)
    for old, new, code in (
        (b">50.25</gl-cor:amount>", b">50.26</gl-cor:amount>", "ledger.sums-differ"),
        (b">1</gl-bus:numberOfEntries>", b">7</gl-bus:numberOfEntries>", "ledger.count-differs"),
    ):
        unsealed = berat_of(YB, of, "")
        assert old in unsealed
        office = ledger_office()
        berat = seal(unsealed.replace(old, new), key("ardic"), at=NOW)
        assert upload(office, YB, pair(of, berat)).status == 30
        assert codes(office, YB)[-1:] == (code,)


def test_journal_ledger_and_report_of_a_month_are_compared() -> None:
    office = ledger_office()
    of = book(KB)
    ledger = seal(berat_of(KB, of, "", number=2).replace(b">50.25<", b">51.00<"), key("ardic"), at=NOW)
    assert upload(office, YB, package(YB)).status == 30
    assert codes(office, YB) == ("office.no-pack",)
    assert upload(office, KB, zipped({f"{KB}.xml": ledger})).status == 30
    assert codes(office, KB)[1:] == ("ledger.books-differ",)
    assert upload(office, DR, package(DR, 3)).status == 30
    assert codes(office, DR)[1:] == ("ledger.report-differs",)


def test_what_was_taken_can_be_looked_at() -> None:
    office = ledger_office()
    for number, id in enumerate((YB, KB, DR), 1):
        upload(office, id, package(id, number))
    shown = office.books(ARDIC, "202610")
    assert [(one.kind, one.entries, one.is_approved) for one in shown] == [
        ("YB", 1, True),
        ("KB", 0, True),
        ("DR", 0, False),
    ]
    assert shown[0].sums["600"] == ("0", "50.25")
    assert (shown[0].start, shown[0].end, shown[0].size) == ("2026-10-01", "2026-10-31", len(book(YB)))
    assert office.books(ARDIC, "202609") == office.books("7359021640") == []


def test_a_package_waits_between_its_berat_and_its_book() -> None:
    office = ledger_office()
    office.take(edefter.SendDocumentFile(Attachment(f"{YB}.zip", package(YB))), ARDIC, NOW)
    seen = []
    while due := office.next_due():
        office.run_due(due)
        seen.append(office.status(edefter.GetBatchStatus(YB), ARDIC, NOW).status)
    assert [one.description.partition(": ")[0] for one in seen if one] == [
        "Paket işleniyor",
        "Paket başarılı, defter paketinin işlenmesi bekleniyor.",
        "Paket Başarıyla İşlendi",
    ]


def test_a_large_book_is_taken_piece_by_piece() -> None:
    made = book(YB, short="")
    start, end = made.index(b"<gl-cor:entryHeader>"), made.index(b"</gl-cor:accountingEntries>")
    entry = made[start:end].replace(b">1</gl-cor:entryNumberCounter>", b">%d</gl-cor:entryNumberCounter>")
    many = b"".join(entry.replace(b"%d", str(number).encode()) for number in range(1, 5001))
    of = seal(made[:start] + many + made[end:], key("ardic"), at=NOW)
    berat = berat_of(YB, of, "").replace(b">1</gl-bus:numberOfEntries>", b">5000</gl-bus:numberOfEntries>")
    berat = seal(berat.replace(b">50.25<", b">251250.00<"), key("ardic"), at=NOW)
    office = ledger_office()
    step = upload(office, YB, pair(of, berat))
    assert (step.status, step.reason.en) == (
        30,
        "GİB's edefter package is not installed; schema and Schematron were not checked (ulak packs add).",
    )
    (kept,) = office.books()
    assert (kept.entries, kept.size) == (5000, len(of))


def test_each_refusal_of_packages_is_reached() -> None:
    elsewhere = {
        "ledger.too-large",
        "ledger.signer",
        "ledger.unique-id",
        "ledger.parts-mixed",
        "ledger.dates-taken",
        "ledger.gap",
        "ledger.report-early",
        "ledger.not-approved",
    }
    by_rules_or_on_demand = {"ledger.schema", "ledger.failed", "ledger.scripted"}
    reached = {code for _, code, _ in BAD.values()} | elsewhere | by_rules_or_on_demand
    assert reached == {code for code in REFUSALS if code.startswith("ledger.")}
    assert {REFUSALS[code][0] for code in reached} | {10, 15, 20, 30} == set(STATUSES)
