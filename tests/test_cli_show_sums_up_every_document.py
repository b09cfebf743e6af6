"""`ulak show`: any document or envelope in short, in both languages and at any width."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from cli_support import EXAMPLES, Ran, called, document, put
from support import REFERENCE, needs_reference

NAMES = sorted(str(path.relative_to(EXAMPLES).with_suffix("")) for path in EXAMPLES.glob("*/*.json"))
ONE_OF_EACH = sorted({name.partition("/")[0]: name for name in NAMES if not name.startswith("more/")}.values())


def shown(capsys: pytest.CaptureFixture[str], folder: Path, data: bytes, *options: str) -> Ran:
    return called(capsys, "show", put(folder, "a.xml", data), *options)


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_shown_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    data = document(name)
    turkish = shown(capsys, tmp_path, data)
    english = shown(capsys, tmp_path, data, "--lang", "en")
    assert (turkish.code, turkish.err, english.code, english.err) == (0, "", 0, "")
    assert turkish.out != english.out
    ettn = re.search(rb"<cbc:UUID[^>]*>([^<]+)<", data)
    assert ettn is not None
    assert ettn[1].decode() in turkish.out
    assert ettn[1].decode() in english.out


@pytest.mark.parametrize("width", [24, 50, 80, 200])
@pytest.mark.parametrize("name", [*ONE_OF_EACH, "more/document-discount-and-rounding"])
def test_no_summary_is_wider_than_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    said = shown(capsys, tmp_path, document(name)).out
    assert max(map(cell_len, said.splitlines())) <= width


def test_an_invoice_shows_parties_lines_taxes_and_totals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    data = document("invoice/temelfatura-tevkifat")
    lines = [" ".join(line.split()) for line in shown(capsys, tmp_path, data).out.splitlines()]
    for line in (
        "Fatura ARD2026000000002 TEMELFATURA · TEVKIFAT",
        "Düzenlenme 02.11.2026 09:30:00",
        "Satıcı Ardıç Ticaret A.Ş.",
        "VKN 4812530769, Çankaya V.D.",
        "2 İşgücü temini 22 Gün 1.875,4 KDV %20 41.258,80",
        "KDV %20 (matrah 59.709,55) 11.941,91 TRY",
        "Tevkifat 612 Temizlik hizmeti %90 (matrah 3.690,15) 3.321,14 TRY",
        "Ödenecek 60.903,74 TRY",
    ):
        assert line in lines
    lines = [" ".join(line.split()) for line in shown(capsys, tmp_path, data, "--lang", "en").out.splitlines()]
    for line in (
        "Invoice ARD2026000000002 TEMELFATURA · TEVKIFAT",
        "Issued 2026-11-02 09:30:00",
        "Seller Ardıç Ticaret A.Ş.",
        "KDV 20% (of 59,709.55) 11,941.91 TRY",
        "Payable 60,903.74 TRY",
    ):
        assert line in lines


def test_an_empty_document_is_no_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for root in ("Invoice", "CreditNote", "DespatchAdvice", "ReceiptAdvice", "ApplicationResponse"):
        data = f'<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"/>'
        assert shown(capsys, tmp_path, data.encode()).code == 0


def test_what_ulak_has_no_model_of_is_described_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = shown(capsys, tmp_path, b'<defter xmlns="urn:x"><a/><b/><b/></defter>').out
    assert "defter" in said
    assert "a, b ×2" in said


def test_standard_input_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    from cli_support import ulak

    assert "ARD" in ulak("show", "-", stdin=document()).out


@pytest.mark.parametrize("data", [b"", b"text", b"<a>"])
def test_what_is_not_xml_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    ran = shown(capsys, tmp_path, data)
    assert (ran.code, ran.out) == (2, "")
    assert "[xml." in ran.err


def envelope(*documents: bytes) -> bytes:
    inside = b"".join(data.partition(b"?>")[2] for data in documents)
    return (
        b'<sh:StandardBusinessDocument xmlns:ef="http://www.efatura.gov.tr/package-namespace"'
        b' xmlns:sh="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">'
        b"<sh:StandardBusinessDocumentHeader><sh:Sender><sh:Identifier>urn:mail:from@a.example</sh:Identifier>"
        b"<sh:ContactInformation><sh:Contact>Ali</sh:Contact><sh:ContactTypeIdentifier>UNVAN"
        b"</sh:ContactTypeIdentifier></sh:ContactInformation></sh:Sender>"
        b"<sh:DocumentIdentification><sh:InstanceIdentifier>ENV-1</sh:InstanceIdentifier>"
        b"<sh:Type>SENDERENVELOPE</sh:Type></sh:DocumentIdentification></sh:StandardBusinessDocumentHeader>"
        b"<ef:Package><Elements><ElementList>" + inside + b"</ElementList></Elements></ef:Package>"
        b"</sh:StandardBusinessDocument>"
    )


def test_an_envelope_is_shown_with_everything_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = envelope(document(), document("despatch_advice/temelirsaliye-sevk"))
    said = shown(capsys, tmp_path, data).out
    for words in (
        "ENV-1",
        "SENDERENVELOPE",
        "urn:mail:from@a.example",
        "UNVAN Ali",
        "1/2",
        "2/2",
        "Fatura",
        "İrsaliye",
    ):
        assert words in said


def test_an_envelope_as_json_is_an_array(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = envelope(document(), document("despatch_advice/temelirsaliye-sevk"))
    found = called(capsys, "json", put(tmp_path, "a.xml", data)).objects()
    assert [each["document"] for each in found] == ["invoice", "despatch_advice"]


@needs_reference
def test_every_official_and_met_document_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    paths = [path for folder in ("packages", "samples") for path in sorted((REFERENCE / folder).rglob("*.xml"))]
    assert len(paths) > 50
    for path in paths:
        ran = called(capsys, "show", path)
        assert ran.code == 0 or "[xml." in ran.err, path
