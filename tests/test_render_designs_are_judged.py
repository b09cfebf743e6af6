"""Designs: their form on disk, what is refused, and what `lint` says before documents go out with them."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from support import REFERENCE, needs_reference
from ulak.render import KINDS, Asset, BankLine, Design, RenderError, lint, lint_stylesheet, qr_png, stylesheet
from ulak.render.design import COLUMNS
from ulak.render.findings import FINDINGS
from ulak.render.lint import contrast
from ulak.render.pictures import LARGEST_UPLOAD, fitted

PNG = Asset(qr_png("x"), "image/png")
IBAN = "TR330006100519786457841326"
XSL = 'version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
WHOLE = (
    "<h1>e-Fatura</h1>Gelir İdaresi Başkanlığı<b id='karekod'/><xsl:value-of select='//UUID|//IssueDate|//ProfileID'/>"
)


def sheet(body: str = WHOLE, top: str = "") -> bytes:
    return f'<xsl:stylesheet {XSL}>{top}<xsl:template match="/"><p>{body}</p></xsl:template></xsl:stylesheet>'.encode()


def said(found: tuple[Any, ...]) -> set[str]:
    return {one.code for one in found}


DESIGNS = st.builds(
    Design,
    accent=st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True),
    language=st.sampled_from(["tr", "en", "both"]),
    columns=st.lists(st.sampled_from(COLUMNS), unique=True).map(tuple),
    note_tr=st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=50),
    bank=st.lists(st.just(BankLine("Banka", IBAN, "EUR")), max_size=2).map(tuple),
    density=st.sampled_from(["compact", "normal", "airy"]),
    words=st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(DESIGNS)
def test_a_design_comes_back_from_its_json(design: Design) -> None:
    dressed = replace(design, logo=PNG)
    assert Design.from_json(dressed.as_json(), dressed.assets()) == dressed


@settings(max_examples=40, deadline=None)
@given(DESIGNS, st.sampled_from(KINDS))
def test_every_design_makes_a_stylesheet_that_compiles(design: Design, kind: Any) -> None:
    assert "stylesheet.broken" not in said(lint_stylesheet(stylesheet(kind, design)))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"accent": "red"}, "accent"),
        ({"accent": "#12345"}, "accent"),
        ({"accent": "#123456;} body{display:none"}, "accent"),
        ({"ink": None}, "ink"),
        ({"language": "de"}, "language"),
        ({"columns": ["price"]}, "columns"),
        ({"columns": ["code", "code"]}, "columns"),
        ({"columns": "code"}, "columns"),
        ({"note_tr": "a" * 2001}, "note_tr"),
        ({"note_tr": "\x00"}, "note_tr"),
        ({"note_tr": 5}, "note_tr"),
        ({"words": "yes"}, "words"),
        ({"density": "tight"}, "density"),
        ({"bank": [{"bank": "B", "iban": "TR00"}]}, "bank"),
        ({"bank": [{"bank": "B"}]}, "bank"),
        ({"bank": [{"bank": "B", "iban": IBAN}] * 9}, "bank"),
        ({"bank": 5}, "bank"),
        ({"bank": [{"bank": "B", "iban": IBAN, "currency": "lira"}]}, "bank"),
        ({"bank": [{"bank": 5, "iban": IBAN}]}, "bank"),
        ({"columns": [["code"]]}, "columns"),
        ({"logo": "x"}, "logo"),
        ({"colour": "x"}, "colour"),
    ],
)
def test_a_wrong_value_is_told_by_its_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(RenderError) as refused:
        Design.from_json(values)
    assert refused.value.code == "render.design"
    assert field in refused.value.text.tr
    assert field in refused.value.text.en


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*Design().as_json(), "logo", "x"]), JSON, max_size=4))
def test_any_json_is_a_design_or_refused(values: dict[str, Any]) -> None:
    codes = set()
    try:
        Design.from_json(values)
    except RenderError as error:
        codes.add(error.code)
    assert codes <= {"render.design"}


@pytest.mark.parametrize(
    "asset",
    [
        Asset(b"<svg onload='alert(1)'/>", "image/svg+xml"),
        Asset(b"<svg/>", "image/png"),
        Asset(PNG.data, "image/jpeg"),
        Asset(b"", "image/png"),
        Asset(PNG.data + bytes(64 * 1024), "image/png"),
    ],
    ids=["svg", "not-a-png", "other-type", "empty", "huge"],
)
def test_pictures_that_are_none_are_refused(asset: Asset) -> None:
    with pytest.raises(RenderError) as refused:
        Design(logo=asset)
    assert refused.value.code == "render.asset"


def test_what_does_not_fit_is_refused_and_found() -> None:
    design = Design(logo=Asset(PNG.data + bytes(20 * 1024), "image/png"))
    with pytest.raises(RenderError) as refused:
        stylesheet("invoice", design)
    assert refused.value.code == "render.stylesheet-too-large"
    assert "design.size" in said(lint(design))


@pytest.mark.parametrize(
    ("design", "code"),
    [
        (Design(columns=("quantity", "amount")), "design.columns"),
        (Design(accent="#ffffff"), "design.contrast"),
        (Design(ink="#999999"), "design.contrast"),
        (Design(logo=Asset(PNG.data + bytes(8400), "image/png")), "design.weight"),
        (Design(), "design.emblem"),
        (Design(), "design.platform"),
        (Design(language="en", note_tr="Teşekkürler"), "design.note-language"),
    ],
)
def test_a_fault_of_a_design_is_found(design: Design, code: str) -> None:
    (found,) = [one for one in lint(design) if one.code == code]
    assert found.text.tr
    assert found.repair.en
    assert "{" not in found.text.tr + found.text.en


def test_a_complete_design_has_no_findings() -> None:
    assert lint(Design(emblem=PNG, platform="belge.ornek.com.tr")) == ()
    assert not any(one.is_error for one in lint(Design()))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#767676") >= 4.5 > contrast("#777777")


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_stylesheets_have_no_findings(kind: Any) -> None:
    assert lint_stylesheet(stylesheet(kind)) == ()


@pytest.mark.parametrize(
    ("xslt", "code"),
    [
        (b"<html/>", "stylesheet.broken"),
        (b"GIF89a", "stylesheet.broken"),
        (b"<!DOCTYPE a []>" + sheet(), "stylesheet.broken"),
        (sheet("<xsl:value-of select='((('/>"), "stylesheet.broken"),
        (sheet().replace(b'version="1.0"', b'version="3.0"'), "stylesheet.version"),
        (sheet(WHOLE + "<!--" + "x" * 31000 + "-->"), "stylesheet.size"),
        (sheet(top='<xsl:import href="a.xsl"/>'), "stylesheet.outside"),
        (sheet(top='<xsl:include href="a.xsl"/>'), "stylesheet.outside"),
        (sheet("<xsl:copy-of select=\"document('a.xml')\"/>"), "stylesheet.outside"),
        (sheet('<img src="https://example.com/logo.png"/>'), "stylesheet.outside"),
        (sheet("<style>p{background:url(//example.com/a)}</style>"), "stylesheet.outside"),
        (sheet("<xsl:value-of select='.' disable-output-escaping='yes'/>"), "stylesheet.unescaped"),
        (sheet("<script>1</script>"), "stylesheet.script"),
        (sheet("<b id='karekod'/>"), "stylesheet.title"),
        (sheet("<h1>e-Fatura</h1>"), "stylesheet.qr"),
        (sheet("<h1>e-Fatura</h1>"), "stylesheet.emblem"),
        (sheet("<h1>e-Fatura</h1>"), "stylesheet.field"),
    ],
)
def test_a_fault_of_a_stylesheet_is_found(xslt: bytes, code: str) -> None:
    assert code in said(lint_stylesheet(xslt))


def test_a_stylesheet_with_everything_has_no_findings() -> None:
    assert lint_stylesheet(sheet()) == ()
    assert lint_stylesheet(b"\xef\xbb\xbf" + sheet()) == ()


def test_all_findings_are_tried_above() -> None:
    tried = {code for code in FINDINGS if code != "design.size"}
    assert all(code.startswith(("design.", "stylesheet.")) for code in tried)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_judged(data: bytes) -> None:
    assert said(lint_stylesheet(data)) == {"stylesheet.broken"}


@needs_reference
def test_gibs_own_stylesheets_could_be_used() -> None:
    for path in (REFERENCE / "packages" / "ubl-tr-1.2.1" / "xml").glob("*.xslt"):
        assert not [one for one in lint_stylesheet(path.read_bytes()) if one.is_error]


def noisy(form: str, size: tuple[int, int], mode: str = "RGB") -> bytes:
    made = io.BytesIO()
    Image.effect_noise(size, 90).convert(mode).save(made, form)
    return made.getvalue()


@pytest.mark.parametrize("slot", ["logo", "signature", "emblem"])
@pytest.mark.parametrize(
    "data",
    [noisy("PNG", (1600, 700)), noisy("JPEG", (800, 800)), noisy("WEBP", (40, 2000)), noisy("PNG", (5, 5), "RGBA")],
    ids=["large", "photograph", "tall", "tiny"],
)
def test_any_picture_becomes_small_enough_to_travel(slot: str, data: bytes) -> None:
    asset = fitted(data, slot)
    assert len(asset.data) <= (3584 if slot == "logo" else 1536)
    assert asset.mime in ("image/png", "image/jpeg")
    design = Design(**{slot: asset})  # type: ignore[arg-type]
    assert all(stylesheet(kind, design) for kind in KINDS)


def test_all_pictures_together_fit_with_labels_in_both_languages() -> None:
    pictures: dict[str, Any] = {
        slot: fitted(noisy("PNG", (900, 360)), slot) for slot in ("logo", "signature", "emblem")
    }
    design = Design(language="both", columns=COLUMNS, bank=(BankLine("Banka", IBAN),), **pictures)
    assert "design.size" not in said(lint(design))


def test_what_is_hidden_in_a_picture_does_not_travel() -> None:
    made = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(made, "JPEG", comment=b"<script>", exif=b"Exif\x00\x00secret")
    asset = fitted(made.getvalue() + b"<script>alert(1)</script>", "logo")
    assert b"script" not in asset.data
    assert b"secret" not in asset.data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        noisy("PNG", (50, 50))[:-30],
        noisy("GIF", (50, 50), "L"),
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        bytes(LARGEST_UPLOAD + 1),
    ],
    ids=["empty", "svg", "cut-short", "gif", "no-header", "huge"],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(RenderError) as refused:
        fitted(data, "logo")
    assert refused.value.code == "render.asset"


def test_a_picture_of_very_many_pixels_is_not_even_unpacked() -> None:
    made = io.BytesIO()
    Image.new("1", (6000, 5000)).save(made, "PNG")
    assert len(made.getvalue()) < 100_000
    with pytest.raises(RenderError) as refused:
        fitted(made.getvalue(), "logo")
    assert "nokta" in refused.value.text.tr


@given(st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_refused(data: bytes) -> None:
    with pytest.raises(RenderError):
        fitted(data, "logo")
