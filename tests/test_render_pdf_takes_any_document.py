"""Whatever stands in a document, its PDF comes, says it as text, and stays PDF/A."""

from __future__ import annotations

import io
import zlib
from typing import Any, Final

import pypdf
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pdf_archival import breaches
from render_documents import KIND_EXAMPLES, example, friendly, ordinary, written
from ulak.render import Asset, Design, RenderError, karekod
from ulak.render.pdf import to_pdf, to_png
from ulak.render.pdf.pictures import svg_of
from ulak.render.sheets import sheet_of

HOSTILE: Final = {
    "markup of Typst is data": '#panic("x") #read("/etc/passwd") #import "@preview/x:1.0.0" $1/0$ *b* _i_ = h <l> @l',
    "a closing quote of JSON": '"}],"x":[{"',
    "markup of XML": "<script>alert(1)</script>&lt;b&gt;",
    "a string of Typst": '\\u{41} \\" \\n #let x = 1',
    "a format of Python": "{0.__class__} %s {x!r}",
    "text that would read backwards": "fatura\u202e00,01 ₺\u202c",
    "invisible marks": "a\u200eb\ufeffc\u2066d\u2069",
    "writing of other alphabets": "Ελληνικά Кириллица עברית العربية",
    "letters without a typeface": "中文 ไทย 😀 \U00020000",
    "combining marks": "e\u0301\u0301\u0301\u0301 q\u0361x",
    "a very long word": "A" * 3_000,
    "many spaces and lines": " \n" * 500 + "son",
    "a private letter and a missing one": "\ue000 \u0378",
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_in_any_place_gives_a_conforming_file(said: str) -> None:
    document = friendly("invoice")
    document["notes"] = [said]
    document["lines"][0]["name"] = said
    document["supplier"]["name"] = said
    assert breaches(to_pdf(written(document))) == []


def test_what_is_no_markup_to_us_is_printed_as_it_stands() -> None:
    said = '#panic("x") *b* $1/0$ #import "@preview/x:1.0.0"'
    assert said in text_of(to_pdf(ordinary(notes=[said])))


def test_a_number_cannot_be_made_to_read_backwards() -> None:
    assert "\u202e" not in text_of(to_pdf(ordinary(notes=["\u202e00,01 ₺"])))


def test_letters_without_a_form_leave_a_box_and_the_rest_stands() -> None:
    said = text_of(to_pdf(ordinary(notes=["Renk: 中 kırmızı"])))
    assert "Renk: □ kırmızı" in said


def test_very_many_strange_letters_take_no_time() -> None:
    strange = "".join(chr(0x4E00 + at) for at in range(5_000))
    assert breaches(to_pdf(ordinary(notes=[strange]))) == []


def test_a_note_of_ten_thousand_letters_goes_over_pages() -> None:
    note = "Uzun bir açıklama metni. " * 400
    made = to_pdf(ordinary(notes=[note] * 3))
    assert len(pages_of(made)) > 1
    assert breaches(made) == []


def test_a_document_without_lines_has_no_table() -> None:
    document = example("invoice")
    start, end = document.index(b"<cac:InvoiceLine>"), document.rindex(b"</Invoice>")
    made = to_pdf(document[:start] + document[end:])
    assert breaches(made) == []
    assert "Mal / hizmet\n" not in text_of(made)


def test_five_thousand_lines_repeat_the_head_and_number_the_pages() -> None:
    document = friendly("invoice")
    line = document["lines"][0]
    document["lines"] = [{**line, "name": f"Kalem {at}"} for at in range(5_000)]
    pages = pages_of(to_pdf(written(document)))
    assert len(pages) > 60
    texts = [pages[at].extract_text() for at in (1, 40, len(pages) - 2)]
    assert all("Birim fiyat" in said for said in texts)
    assert f"Sayfa 2/{len(pages)}" in texts[0]
    assert "Ödenecek tutar" in pages[-1].extract_text()


def test_a_short_document_knows_that_it_has_one_page() -> None:
    assert "Sayfa 1/1" in text_of(to_pdf(example("invoice")))
    long = friendly("invoice")
    long["lines"] = [{**long["lines"][0], "name": "Uzun ad " * 60, "description": "Açıklama " * 60}] * 18
    pages = pages_of(to_pdf(written(long)))
    assert f"Sayfa 1/{len(pages)}" in pages[0].extract_text()
    assert len(pages) > 1


def test_an_empty_document_of_a_known_kind_is_shown() -> None:
    root = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
    assert breaches(to_pdf(root)) == []


def test_numbers_and_dates_that_are_none_stand_as_they_are_written() -> None:
    document = example("invoice").replace(b">2026-11-02<", ">dün<".encode()).replace(b"14398.02", b"NaN")
    said = text_of(to_pdf(document))
    assert "dün" in said
    assert "NaN ₺" in said


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(RenderError, match=r"render\.kind"):
        to_pdf(b"<x/>")


LOGOS: Final = {
    "an ordinary one": lambda: picture(300, 100, "PNG"),
    "a photograph": lambda: picture(500, 400, "JPEG"),
    "a WebP": lambda: picture(200, 200, "WEBP"),
}


@pytest.mark.parametrize("made", LOGOS.values(), ids=LOGOS.keys())
def test_a_logo_is_shown(made: Any) -> None:
    data, mime = made()
    pdf = to_pdf(example("invoice"), design=Design(logo=Asset(data, mime), signature=Asset(data, mime)))
    assert breaches(pdf) == []
    assert sum(image.image.size[0] > 150 for image in pages_of(pdf)[0].images) >= 1


def picture(width: int, height: int, form: str) -> tuple[bytes, str]:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file, form)
    return file.getvalue(), f"image/{form.lower()}"


def png_of(width: int, height: int) -> bytes:
    """A PNG of so many pixels in a few bytes."""
    raw = zlib.compress(bytes((width // 8 + 1) * min(height, 64)), 9)
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\x00\x00\x00\x00"
    chunks = ((b"IHDR", header), (b"IDAT", raw), (b"IEND", b""))
    body = b"".join(len(c).to_bytes(4, "big") + n + c + zlib.crc32(n + c).to_bytes(4, "big") for n, c in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (b"\x89PNG\r\n\x1a\nnot a picture", "image/png"),
        (b"\xff\xd8\xff" + bytes(200), "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (png_of(60_000, 60_000), "image/png"),
    ],
    ids=["cut off", "zeros", "no frame", "a bomb of pixels"],
)
def test_a_broken_or_monstrous_logo_is_left_out(data: bytes, mime: str) -> None:
    assert svg_of(Asset(data, mime)) == ""
    assert breaches(to_pdf(example("invoice"), design=Design(logo=Asset(data, mime)))) == []


@pytest.mark.parametrize("kind", [*KIND_EXAMPLES, "native"])
def test_the_qr_code_on_the_picture_says_what_the_guide_wants(kind: str) -> None:
    document = example(kind)
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(to_png(document, width=1600))))
    assert [code.text for code in found] == [said for said in [karekod(document)] if said]


def test_a_picture_has_the_width_asked_for() -> None:
    assert abs(Image.open(io.BytesIO(to_png(example("invoice"), width=700))).width - 700) <= 1


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"width": 49}, "render.width"),
        ({"width": 5_001}, "render.width"),
        ({"page": 2}, "render.page"),
        ({"page": 0}, "render.page"),
    ],
)
def test_pictures_have_limits(how: dict[str, Any], code: str) -> None:
    with pytest.raises(RenderError, match=code):
        to_png(example("invoice"), **how)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_at_all(said: str) -> None:
    document = example("invoice").replace("Ofis koltuğu".encode(), said.replace("&", "").replace("<", "").encode())
    if "\ufffe" in said or "\uffff" in said:
        return
    assert to_pdf(document).startswith(b"%PDF-1.7")
    assert sheet_of(document).rows


def pages_of(pdf: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pages_of(pdf))
