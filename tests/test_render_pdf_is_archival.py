"""Every kind of document comes as PDF/A-3b, with its sealed XML inside and its letters as text."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pikepdf
import pypdf
import pytest
from pikepdf import Dictionary, Name

from pdf_archival import breaches
from render_documents import KIND_EXAMPLES, example, ordinary
from ulak.render import Design
from ulak.render.pdf import to_pdf

KINDS: Final = (*KIND_EXAMPLES, "native")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_what_pdf_a_demands(kind: str) -> None:
    assert breaches(to_pdf(example(kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_sealed_xml_lies_inside_byte_for_byte(kind: str) -> None:
    document = example(kind)
    with pikepdf.open(io.BytesIO(to_pdf(document))) as pdf:
        [(name, spec)] = pdf.attachments.items()
        assert spec.get_file().read_bytes() == document
        assert (spec.obj.AFRelationship, spec.get_file().mime_type) == (Name.Source, "application/xml")
        assert name.endswith(".xml")


def test_an_xml_in_another_encoding_lies_inside_byte_for_byte_too() -> None:
    document = example("invoice").decode().replace("UTF-8", "iso-8859-9", 1).encode("iso-8859-9")
    with pikepdf.open(io.BytesIO(to_pdf(document))) as pdf:
        [spec] = pdf.attachments.values()
        assert spec.get_file().read_bytes() == document
    assert "Ardıç Ticaret A.Ş." in text_of(to_pdf(document))


@pytest.mark.parametrize("said", ['\\u{41} \\" \\n', '")) #panic("x")', "\r\n\r \n", "\u2028\x85\ufeff", "\\"])
def test_what_means_something_to_typst_comes_back_as_it_was(said: str) -> None:
    document = example("invoice") + f"<!--{said}-->".encode()
    with pikepdf.open(io.BytesIO(to_pdf(document))) as pdf:
        [spec] = pdf.attachments.values()
        assert spec.get_file().read_bytes() == document


def test_without_the_xml_nothing_is_attached() -> None:
    made = to_pdf(example("invoice"), attach=False)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert not pdf.attachments
    assert breaches(made) == []


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_pdf(example("invoice")) == to_pdf(example("invoice"))
    assert to_pdf(example("invoice")) != to_pdf(example("invoice"), design=Design(accent="#802020"))


def test_its_date_is_the_document_s_own() -> None:
    with pikepdf.open(io.BytesIO(to_pdf(example("invoice")))) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20261102093000")
        assert str(pdf.docinfo.Title) == "e-Fatura ARD2026000000100"


def test_turkish_letters_and_the_lira_can_be_searched() -> None:
    said = text_of(to_pdf(ordinary(notes=["ğüşöçıİ ĞÜŞÖÇ 1.234,56 ₺"])))
    assert "ğüşöçıİ ĞÜŞÖÇ 1.234,56 ₺" in said


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def no_metadata(pdf: Any) -> None:
    del pdf.Root.Metadata


def other_level(pdf: Any) -> None:
    said = pdf.Root.Metadata.read_bytes().replace(b"<pdfaid:conformance>B", b"<pdfaid:conformance>A")
    pdf.Root.Metadata.write(said)


def no_intent(pdf: Any) -> None:
    del pdf.Root.OutputIntents


def with_script(pdf: Any) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def font_outside(pdf: Any) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    descriptor = font.DescendantFonts[0].FontDescriptor
    del descriptor[next(key for key in descriptor if key.startswith("/FontFile"))]


def no_relationship(pdf: Any) -> None:
    del next(iter(pdf.attachments.values())).obj.AFRelationship


def not_associated(pdf: Any) -> None:
    del pdf.Root.AF


@pytest.mark.parametrize(
    ("spoil", "breach"),
    [
        (no_metadata, "6.6.2.1"),
        (other_level, "6.6.4"),
        (no_intent, "6.2.3"),
        (with_script, "6.5.1"),
        (font_outside, "6.2.11.4"),
        (no_relationship, "6.8"),
        (not_associated, "6.8"),
    ],
)
def test_the_check_notices_what_is_spoilt(spoil: Callable[[Any], None], breach: str) -> None:
    """The judge itself: each demand, broken on purpose."""
    with pikepdf.open(io.BytesIO(to_pdf(example("invoice")))) as pdf:
        spoil(pdf)
        file = io.BytesIO()
        pdf.save(file)
    assert any(found.startswith(breach) for found in breaches(file.getvalue()))


@pytest.mark.skipif(not shutil.which("verapdf"), reason="veraPDF is not installed")
@pytest.mark.parametrize("kind", KINDS)
def test_verapdf_agrees(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "document.pdf"
    file.write_bytes(to_pdf(example(kind)))
    judged = subprocess.run(
        ["verapdf", "--flavour", "3b", "--format", "text", str(file)], capture_output=True, text=True
    )
    assert judged.stdout.startswith("PASS"), judged.stdout
