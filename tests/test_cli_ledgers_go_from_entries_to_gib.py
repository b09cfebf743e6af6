"""``ulak ledger``: from an accounting export to packages, to GİB and back, one month at a time."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from tools.make_accounting_export import write

from cli_support import Ran, called
from ledger_judged import packs
from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, KNOWN_TRUST, serving
from support import needs_reference
from ulak.ledger.company_file import TEMPLATE, CompanyError, read_company
from ulak.ledger.inventory_input import template
from ulak.ledger.names import FileName
from ulak.ledger.reading import head_of
from ulak.seal.counter import counter_seal
from ulak.wire import edefter
from ulak.wire.attachment import Attachment
from wire_other_side import listening

Capture = pytest.CaptureFixture[str]
VKN: Final = "4812530769"
KEY: Final = ("--key", f"pkcs12:{KNOWN_KEY.p12}")
FACTS: Final = TEMPLATE.replace("1234567808", VKN)
D = edefter.SERVICE


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packs(tmp_path_factory.mktemp("home")).home


@pytest.fixture(autouse=True)
def _packs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ULAK_HOME", str(home))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with company facts and a month's entries."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "firma.toml").write_text(FACTS, "utf-8")
    write(folder / "fisler.csv", 2026, 10, 60)
    return folder


def ledger(capsys: Capture, *arguments: str | Path) -> Ran:
    return called(capsys, "ledger", *arguments, "--lang", "en")


def built(capsys: Capture, office: Path, out: Path, *more: str | Path) -> Ran:
    entries = office / "fisler.csv"
    return ledger(capsys, "build", entries, "--company", office / "firma.toml", "--month", "2026-10", "-o", out, *more)


@pytest.fixture
def month(office: Path, tmp_path: Path, capsys: Capture) -> Path:
    """The folder of a month that was built, sealed and packed."""
    kept = office / "month"
    if not kept.exists():
        ran = built(capsys, office, kept, *KEY)
        assert ran.code == 0, ran.err
        assert re.search(r"--first-entry \d+ --first-line 6\d --serial 2\n", ran.out)
    shutil.copytree(kept, tmp_path / "month")
    return tmp_path / "month"


def names(kinds: str) -> list[str]:
    return [FileName.parse(f"{VKN}-202610-{kind}-000000").xml for kind in kinds.split()]


@needs_reference
def test_a_month_is_built_sealed_and_packed_and_all_of_it_passes(month: Path, capsys: Capture) -> None:
    assert {path.name for path in month.glob("*.xml")} == set(names("Y K YB KB DR"))
    assert {path.name for path in month.glob("*.xslt")} == {
        "yevmiye.xslt", "kebir.xslt", "envanter.xslt", "berat.xslt", "defterraporu.xslt"
    }  # fmt: skip
    packages = {path.name: zipfile.ZipFile(path).namelist() for path in month.glob("*.zip")}
    assert packages == {
        f"{VKN}-202610-YB-000000.zip": names("YB Y"),
        f"{VKN}-202610-KB-000000.zip": names("KB"),
        f"{VKN}-202610-DR-000000.zip": names("DR"),
    }
    checked = ledger(capsys, "check", *sorted(month.glob("*.zip")), month / names("K")[0])
    assert (checked.code, checked.out.count("valid")) == (0, 5), checked.out
    sealed = called(capsys, "verify", *sorted(month.glob("*.xml")), "--trust", KNOWN_TRUST, "--lang", "en")
    assert (sealed.code, sealed.out.count("TOTAL-PASSED")) == (0, 5), sealed.out


@needs_reference
def test_step_by_step_comes_to_the_same(office: Path, month: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "steps"
    assert built(capsys, office, out).code == 0
    books = [out / name for name in names("Y K")]
    assert not head_of(io.BytesIO(books[0].read_bytes())).is_sealed
    refused = ledger(capsys, "berat", books[0])
    assert (refused.code, "berat.unsealed" in refused.err) == (2, True)
    steps: tuple[tuple[str | Path, ...], ...] = (
        ("check", *books, "--unsealed"),
        ("seal", *books, *KEY),
        ("berat", *books, *KEY),
        ("berat", "--report", books[1], *KEY),
        ("package", *(out / name for name in names("YB KB DR"))),
    )
    for step in steps:
        ran = ledger(capsys, *step)
        assert ran.code == 0, ran.err
    assert {path.name for path in out.iterdir()} == {path.name for path in month.iterdir()}
    for name in names("Y K"):
        one, other = (re.sub(rb"<ds:Signature.*</ds:Signature>", b"", (at / name).read_bytes()) for at in (out, month))
        assert one == other


def test_what_is_there_is_not_written_over(office: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / names("K")[0]).write_text("sealed long ago")
    ran = built(capsys, office, tmp_path, *KEY, "--no-check")
    assert (ran.code, "berat.there-already" in ran.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == names("K")


def test_entries_with_errors_make_no_book(office: Path, tmp_path: Path, capsys: Capture) -> None:
    rows = (office / "fisler.csv").read_text("utf-8").splitlines()
    broken = tmp_path / "eksik.csv"
    broken.write_text("\n".join(rows[:-1]), "utf-8")
    told = ledger(capsys, "check", broken, "--month", "2026-10")
    assert told.code == 1
    assert "No book can be made" in told.out
    (found,) = ledger(capsys, "check", broken, "--month", "2026-10", "--format", "json").objects()
    assert found["may_build"] is False
    assert any(group["level"] == "error" for group in found["findings"])
    ran = ledger(
        capsys, "build", broken, "--company", office / "firma.toml", "--month", "2026-10", "-o", tmp_path / "out"
    )
    assert ran.code == 1
    assert "No book was written" in ran.err
    assert [*(tmp_path / "out").iterdir()] == []


@needs_reference
def test_a_book_in_mid_month_goes_on_behind_it(office: Path, tmp_path: Path, capsys: Capture) -> None:
    first = built(capsys, office, tmp_path, "--until", "2026-10-15", "--no-check", *KEY)
    assert first.code == 0, first.err
    rest = built(capsys, office, tmp_path, "--since", "2026-10-16", "--part", "2", "--serial", "2", "--no-check", *KEY)
    assert rest.code == 0, rest.err
    journals = sorted(tmp_path.glob("*-Y-*.xml"))
    assert [FileName.parse(path.name).part for path in journals] == ["000001", "000002"]
    heads = [head_of(io.BytesIO(path.read_bytes())) for path in journals]
    assert [(head.start, head.end, head.label[-6:]) for head in heads] == [
        ("2026-10-01", "2026-10-15", "000001"),
        ("2026-10-16", "2026-10-31", "000002"),
    ]
    assert [path.name for path in tmp_path.glob("*-DR-*.xml")] == names("DR")


@needs_reference
def test_no_report_is_made_without_the_entries_of_earlier_parts(office: Path, tmp_path: Path, capsys: Capture) -> None:
    head, *rows = (office / "fisler.csv").read_text("utf-8").splitlines()
    day = head.split(";").index("Fiş Tarihi")
    rest = tmp_path / "kalan.csv"
    rest.write_text("\n".join([head, *(row for row in rows if row.split(";")[day] > "16")]), "utf-8")
    where = ("--company", office / "firma.toml", "--month", "2026-10", "-o", tmp_path / "out", *KEY)
    ran = ledger(capsys, "build", rest, "--since", "2026-10-16", "--part", "2", "--no-check", *where)
    assert (ran.code, "berat --report" in ran.err) == (0, True), ran.err
    assert [*(tmp_path / "out").glob("*-DR-*")] == []


@needs_reference
def test_an_inventory_is_built_from_a_spreadsheet(office: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "envanter.csv").write_bytes(template())
    where = ("--company", office / "firma.toml", "--month", "2026-10", "-o", tmp_path, *KEY)
    ran = ledger(capsys, "build", tmp_path / "envanter.csv", "--inventory", *where)
    assert ran.code == 0, ran.err
    package = tmp_path / f"{VKN}-202610-EB-000000.zip"
    assert zipfile.ZipFile(package).namelist() == names("EB E")
    assert ledger(capsys, "check", package).code == 0
    shown = ledger(capsys, "show", tmp_path / names("E")[0], "--text", "DEPO")
    assert (shown.code, "1,140,850" in shown.out) == (0, True)


def test_seals_are_time_stamped_where_there_is_an_authority(month: Path, tmp_path: Path, capsys: Capture) -> None:
    book = tmp_path / names("Y")[0]
    book.write_bytes(re.sub(rb"<ds:Signature .*</ds:Signature>", b"", (month / book.name).read_bytes()))
    before = book.read_bytes()
    nobody = ledger(capsys, "seal", book, *KEY, "--tsa", "http://127.0.0.1:9/tsa")
    assert (nobody.code, "timestamp." in nobody.err, book.read_bytes() == before) == (2, True, True)
    with serving(stamps="openssl", at=datetime.now(UTC)) as pki:
        stamped = ledger(capsys, "seal", book, *KEY, "--tsa", pki.tsa)
    assert stamped.code == 0, stamped.err
    assert "no time stamp" not in stamped.err
    assert b"<xades:SignatureTimeStamp" in book.read_bytes()
    again = ledger(capsys, "seal", book, *KEY)
    assert (again.code, "seal.already-sealed" in again.err) == (2, True)


def test_a_full_disk_leaves_everything_as_it_was(month: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    berat = month / names("KB")[0]
    before = {path.name: path.read_bytes() for path in month.iterdir()}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for step in (("berat", month / names("Y")[0], *KEY), ("package", berat)):
        ran = ledger(capsys, *step)
        assert (ran.code, "file.unwritable" in ran.err, "No space left" in " ".join(ran.err.split())) == (2, True, True)
    assert {path.name: path.read_bytes() for path in month.iterdir()} == before


def test_lines_are_found_by_account_voucher_amount_and_words(month: Path, capsys: Capture) -> None:
    journal = month / names("Y")[0]
    (whole,) = ledger(capsys, "show", journal, "--text", "", "--format", "json").objects()
    assert whole["debit"] == whole["credit"]
    (found,) = ledger(capsys, "show", journal, "--account", "391", "--format", "json").objects()
    assert found["found"] == len(found["rows"]) > 0
    assert all(row["account"].startswith("391") for row in found["rows"])
    row = found["rows"][0]
    exact = ("--account", row["account"], "--voucher", row["voucher"], "--amount", row["amount"])
    (again,) = ledger(capsys, "show", journal, *exact, "--format", "json").objects()
    assert row in again["rows"]
    text = ledger(capsys, "show", journal, *exact)
    assert row["account"] in text.out
    nothing = ledger(capsys, "show", journal, "--amount", "0,01", "--text", "böyle bir şey yok")
    assert (nothing.code, "0 lines found" in nothing.out) == (1, True)


def test_a_document_becomes_a_page(month: Path, tmp_path: Path, capsys: Capture) -> None:
    for kind, title in (("YB", "Yevmiye Defteri Beratı"), ("K", "Büyük Defter")):
        page = tmp_path / f"{kind}.html"
        assert ledger(capsys, "show", month / names(kind)[0], "--html", page).code == 0
        assert title in page.read_text("utf-8")


def test_packages_go_in_gibs_order_and_come_back_approved(month: Path, capsys: Capture) -> None:
    files = [month / f"{VKN}-202610-{kind}-000000.zip" for kind in ("DR", "KB", "YB")]
    taken = edefter.Sent("paketi işleme alındı")
    not_yet, approval = D.fault_of("receiveDocumentFile", 204), zipped("GIB-x.xml", b"<x/>")
    with listening(D, taken, taken, not_yet, approval, D.fault_of("receiveDocumentFile", 205), taken) as (url, other):
        ran = ledger(capsys, "send", *files, "--to", url, *KEY, "--retry", "1", "--pause", "0")
    assert ran.code == 0, ran.out
    assert [asked_for(call.request) for call in other.calls] == ["YB", "KB", "YB?", "KB?", "YB?", "DR"]
    own = (month / names("YB")[0]).read_bytes()
    approved = f"GIB-{VKN}-202610-YB-000000.xml"
    answers = (zipped(approved, counter_seal(own, KNOWN_KEY, at=sealing_time(own))), zipped(approved, own))
    with listening(D, *answers, D.fault_of("receiveDocumentFile", 206)) as (url, _):
        kept = ledger(capsys, "send", "--fetch", files[2], "--to", url, *KEY, "--trust", KNOWN_TRUST)
        plain = ledger(capsys, "send", "--fetch", files[2], "--to", url, *KEY, "-o", month / "plain")
        late = ledger(capsys, "send", "--fetch", files[2], "--to", url, *KEY, "-o", month / "late")
    assert (kept.code, (month / approved).exists()) == (0, True), kept.out
    assert (plain.code, "berat.not-approved" in plain.out, (month / "plain" / approved).exists()) == (1, True, False)
    assert (late.code, "206" in late.out) == (1, True)


@needs_reference
def test_a_report_is_held_back_until_the_berats_beside_it_are_approved(month: Path, capsys: Capture) -> None:
    report = month / f"{VKN}-202610-DR-000000.zip"
    not_yet, approval = D.fault_of("receiveDocumentFile", 204), zipped("GIB-x.xml", b"<x/>")
    with listening(D, approval, not_yet) as (url, other):
        ran = ledger(capsys, "send", report, "--to", url, *KEY)
    assert (ran.code, "berat.not-yet" in ran.out, f"{VKN}-202610-KB-000000" in ran.out) == (2, True, True), ran.out
    assert [asked_for(call.request) for call in other.calls] == ["YB?", "KB?"]


def asked_for(request: object) -> str:
    """The kind of the package that a call is about, with a question mark if its berat is asked for."""
    if isinstance(request, edefter.SendDocumentFile):
        assert request.attachment is not None
        return request.attachment.file_name[18:20]
    assert isinstance(request, edefter.ReceiveDocumentFile)
    return f"{request.package_id[18:20]}?"


@needs_reference
def test_a_part_that_does_not_go_on_where_the_one_before_ended_is_refused(
    office: Path, tmp_path: Path, capsys: Capture
) -> None:
    assert built(capsys, office, tmp_path, "--until", "2026-10-15", "--no-check", *KEY).code == 0
    rest = ("--since", "2026-10-16", "--part", "2", "--no-check", *KEY)
    wrong = built(capsys, office, tmp_path, *rest, "--first-entry", "7")
    assert (wrong.code, "--first-entry" in wrong.err) == (2, True), wrong.err
    assert built(capsys, office, tmp_path, *rest).code == 0


def zipped(name: str, data: bytes) -> edefter.Received:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, data)
    return edefter.Received(Attachment(name.replace(".xml", ".zip"), file.getvalue()))


def sealing_time(document: bytes) -> datetime:
    found = re.search(rb"<xades:SigningTime>([^<]+)<", document)
    assert found is not None
    return datetime.fromisoformat(found[1].decode())


def test_a_package_that_gib_would_refuse_is_not_sent(month: Path, capsys: Capture) -> None:
    package = month / f"{VKN}-202610-KB-000000.zip"
    with zipfile.ZipFile(package, "a") as archive:
        archive.write(month / names("K")[0], names("K")[0])
    ran = ledger(capsys, "send", package, "--to", "http://127.0.0.1:9/", *KEY)
    assert (ran.code, "berat.foreign-file" in ran.err) == (2, True)
    (month / "other.zip").write_bytes(package.read_bytes())
    assert "berat.name" in ledger(capsys, "send", month / "other.zip", "--to", "http://127.0.0.1:9/", *KEY).err


def test_a_berat_of_another_book_is_not_kept(month: Path, capsys: Capture) -> None:
    own = (month / names("YB")[0]).read_bytes()
    other = re.sub(rb"(<ds:SignatureValue[^>]*>)[^<]{8}", rb"\1AAAAAAAA", own, count=1)
    approved = f"GIB-{VKN}-202610-YB-000000.xml"
    given = re.sub(rb"</edefter:berat>", re.findall(rb"<ds:Signature .*</ds:Signature>", own)[0] + rb"\g<0>", other)
    with listening(D, zipped(approved, given)) as (url, _):
        ran = ledger(capsys, "send", "--fetch", month / f"{VKN}-202610-YB-000000.zip", "--to", url, *KEY)
    assert (ran.code, "berat.other-book" in ran.out, (month / approved).exists()) == (1, True, False)


def test_a_book_that_was_changed_after_sealing_is_refused_and_named(month: Path, capsys: Capture) -> None:
    book, berat = month / names("Y")[0], month / names("YB")[0]
    original = book.read_bytes()
    book.write_bytes(re.sub(rb">FATURA<|>Kasa<|>Bankalar<", b">Banka<", original, count=1))
    assert book.read_bytes() != original
    for step in (("berat", book), ("package", berat)):
        ran = ledger(capsys, *step, "-o", month / "out")
        assert (ran.code, "berat.changed" in ran.err, book.name in "".join(ran.err.split())) == (2, True, True)
    assert [*(month / "out").iterdir()] == []
    book.write_bytes(re.sub(rb"<ds:Signature .*</ds:Signature>", b"", original))
    assert ledger(capsys, "seal", book, "--key", f"pkcs12:{KNOWN_EC_KEY.p12}").code == 0
    assert "berat.other-book" in ledger(capsys, "package", berat, "-o", month / "out").err


WRONG: Final = {
    # What is wrong in the file of company facts, with the code and the field that is named.
    "not TOML": ("tax_id = ", "company.file", "Invalid value"),
    "no number": (FACTS.replace(f'tax_id = "{VKN}"', 'tax_id = "48125"'), "company.field", "tax_id"),
    "a day that is text": (FACTS.replace("2026-01-01\n", '"2026-01-01"\n', 1), "company.field", "fiscal_start"),
    "a year that ends before it begins": (FACTS.replace("2026-12-31", "2025-12-31"), "company.field", "fiscal_end"),
    "no accountant": (FACTS.partition("[[accountants]]")[0], "company.field", "accountants"),
    "an accountant without address": (FACTS.replace("address = {", "# {"), "company.field", "accountants.1.address"),
    "a field that nobody knows": (FACTS.replace("creator", "author"), "company.unknown", "author"),
    "software without version": (FACTS.replace("##1.0", ""), "company.field", "software"),
    "branch 0000": (f'{FACTS}[branch]\nnumber = "0000"\nname = "Ulus Şubesi"\n', "company.field", "branch.number"),
}


@pytest.mark.parametrize("name", WRONG)
def test_company_facts_are_told_what_is_wrong_with_them(name: str) -> None:
    text, code, field = WRONG[name]
    with pytest.raises(CompanyError) as caught:
        read_company(text.encode())
    assert caught.value.code == code
    assert field in caught.value.text.en


def test_the_command_line_is_told_what_is_missing(office: Path, month: Path, capsys: Capture) -> None:
    entries, journal = office / "fisler.csv", month / names("Y")[0]
    for wrong in (
        ("check", entries),
        ("check", entries, journal, "--month", "2026-10"),
        ("check", entries, "--month", "2026-13"),
        ("berat", "--report", journal),
        ("seal", journal, "--key", "pkcs12:none.p12"),
        ("show", journal, "--amount", "much"),
        ("check", month / "missing.xml"),
    ):
        assert ledger(capsys, *wrong).code == 2
