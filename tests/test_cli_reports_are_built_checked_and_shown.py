"""``ulak report``: reports of a day from the sealed documents of it, judged, packed and summed up."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from cli_support import EXAMPLES, Ran, called
from reports_support import RAPOR, archive_invoice, store, ubl
from seal_pki import NOW, key, serving
from support import needs_reference
from ulak.reports import read
from ulak.seal.sealing import seal

Capture = pytest.CaptureFixture[str]
pytestmark = needs_reference
_DAY: Final = ("--section", "2026-11-02", "--section-no", "2", "--url", "https://belge.example/{uuid}/{number}.xml")


@pytest.fixture(autouse=True)
def _packs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ULAK_HOME", str(store().home))


def _sealed(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"{name}.xml"
    path.write_bytes(seal(ubl(data), key("ardic"), at=NOW))
    return path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with an invoice, an e-SMM and an expense note."""
    folder = tmp_path / "gun"
    folder.mkdir()
    for name in (
        "more/internet-sale",
        "freelance_receipt/earsivbelge-serbestmeslekmakbuzu",
        "expense_note/giderpusulasi-iade",
    ):
        _sealed(folder, Path(name).name, (EXAMPLES / f"{name}.json").read_bytes())
    return folder


def built(capsys: Capture, folder: Path, *more: str | Path, out: Path) -> Ran:
    return called(capsys, "report", "build", folder, "--taxpayer", "4812530769", *_DAY, "-o", out, *more)


def test_a_day_becomes_a_report_for_each_product(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "raporlar"
    ran = built(
        capsys, shop, "--preparer", "8642031054", "--number", RAPOR, "--cancelled", shop / "internet-sale.xml", out=out
    )
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) == len([*out.iterdir()]) == 2
    reports = {}
    for path in out.iterdir():
        with path.open("rb") as file:
            reading = read(file)
            assert reading.header.number == path.stem
            assert (reading.header.taxpayer, reading.header.preparer) == ("4812530769", "8642031054")
            reports[reading.header.section_no] = [*reading.entries]
    assert sorted(reports) == [2, 3]
    elements = {element for entries in reports.values() for element in (entry.element for entry in entries)}
    assert elements == {"fatura", "faturaIptal", "serbestMeslekMakbuz", "eGiderPusulasi"}
    invoice = next(entry for entries in reports.values() for entry in entries if entry.element == "fatura")
    assert invoice.url == f"https://belge.example/{invoice.uuid}/{invoice.number}.xml"
    judged = called(capsys, "report", "check", *sorted(out.iterdir()), "--unsealed")
    assert (judged.code, judged.out.count("geçerli")) == (0, 2)


def test_a_report_is_summed_up_in_both_languages_and_for_programs(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "raporlar"
    built(capsys, shop / "internet-sale.xml", "--number", RAPOR, out=out)
    path = out / f"{RAPOR}.xml"
    turkish = called(capsys, "report", "show", path).out
    assert "mühürsüz" in turkish
    assert "e-Arşiv fatura" in turkish
    assert "379,80 TRY" in turkish
    assert "2 (02.11.2026 – 02.11.2026)" in turkish
    assert "not sealed" in called(capsys, "--lang", "en", "report", "show", path).out
    (told,) = called(capsys, "report", "show", path, "--format", "json").objects()
    assert (told["number"], told["section_no"], told["count"], told["sealed"]) == (RAPOR, 2, 1, False)
    assert told["entries"] == [
        {
            "element": "fatura",
            "count": 1,
            "amounts": {"TRY": "379.80"},
            "payable": {"TRY": "455.76"},
            "first": "INT2026000000011",
            "last": "INT2026000000011",
        }
    ]


def test_one_document_that_cannot_be_reported_stops_all_and_is_named(
    shop: Path, tmp_path: Path, capsys: Capture
) -> None:
    _sealed(shop, "kursuz", json.dumps(archive_invoice(currency="USD")).encode())
    (shop / "muhursuz.xml").write_bytes(ubl(archive_invoice()))
    (shop / "bozuk.xml").write_bytes(b"<Invoice>")
    out = tmp_path / "raporlar"
    ran = built(capsys, shop, out=out)
    assert ran.code == 2
    for name, words in (("kursuz", "döviz kuru yok"), ("muhursuz", "mühürlü değil"), ("bozuk", "kesilmiş")):
        assert f"✗ {shop / name}.xml" in ran.err.replace("\n", "") or name in ran.err
        assert words in " ".join(ran.err.split())
    assert [*out.iterdir()] == []


def test_a_report_that_gib_would_refuse_is_not_written(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "raporlar"
    twice = called(capsys, "report", "build", shop, shop, "--taxpayer", "4812530769", *_DAY, "-o", out)
    assert twice.code == 1
    assert "raporda zaten var" in " ".join(twice.err.split())
    assert [*out.iterdir()] == []


def test_a_sealed_report_is_packed_as_gib_takes_it(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "raporlar"
    with serving(stamps="openssl", at=datetime.now(UTC)) as pki:
        sealing = ("--key", f"pkcs12:{pki.key('integrator').p12}", "--tsa", pki.tsa, "--trust", pki.folder, "--online")
        ran = built(capsys, shop / "internet-sale.xml", "--number", RAPOR, *sealing, out=out)
    assert ran.code == 0, ran.err
    package = out / f"{RAPOR}.zip"
    with zipfile.ZipFile(package) as archive:
        assert archive.namelist() == [f"{RAPOR}.xml"]
        assert archive.read(f"{RAPOR}.xml") == (out / f"{RAPOR}.xml").read_bytes()
    assert b"ArchiveTimeStamp" in (out / f"{RAPOR}.xml").read_bytes()
    assert called(capsys, "report", "check", package).code == 0
    assert "mühürlü" in called(capsys, "report", "show", package).out
    other = package.rename(out / "rapor.zip")
    (said,) = called(capsys, "report", "check", other, "--format", "json").objects()
    assert [finding["id"] for finding in said["findings"]] == ["report.file-name"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--period", "2026-13"),
        ("--section-no", "0"),
        ("--section", "dün"),
        ("--trust", "."),
        ("--key", "pkcs12:yok.p12"),
    ],
)
def test_options_that_mean_nothing_are_refused(arguments: tuple[str, ...], tmp_path: Path, capsys: Capture) -> None:
    ran = called(
        capsys, "report", "build", "a.xml", "--taxpayer", "4812530769", "--url", "u", "-o", tmp_path, *arguments
    )
    assert (ran.code, "[cli.usage]" in ran.err) == (2, True)


def test_what_is_no_report_is_said(tmp_path: Path, capsys: Capture) -> None:
    invoice = tmp_path / "fatura.xml"
    invoice.write_bytes(ubl(archive_invoice()))
    for command in ("check", "show"):
        ran = called(capsys, "report", command, invoice)
        assert ran.code in (1, 2)
        assert "report.root" in ran.out + ran.err
    assert called(capsys, "report", "check", tmp_path / "yok.xml").code == 2
