"""`ulak render`: a page, a PDF or a picture, in the sender's design or in one's own, with words for every mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_support import called, ulak
from render_dressed import BY_KIND, dressed, example, text_of, with_stylesheet
from render_hostile import HOSTILE
from ulak.render import qr_png


@pytest.fixture
def invoice(tmp_path: Path) -> Path:
    path = tmp_path / "fatura.xml"
    path.write_bytes(dressed(example("invoice/temelfatura-satis")))
    return path


def test_the_form_is_told_by_the_option_or_by_the_name(
    invoice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, start in (("a.html", b"<!DOCTYPE html>"), ("a.pdf", b"%PDF-"), ("a.png", b"\x89PNG")):
        assert called(capsys, "render", invoice, "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert called(capsys, "render", invoice, "--to", "pdf", "-o", tmp_path / "a").code == 0
    assert (tmp_path / "a").read_bytes().startswith(b"%PDF-")


def test_standard_input_becomes_standard_output() -> None:
    ran = ulak("render", "-", stdin=dressed(example("invoice/temelfatura-satis")))
    assert (ran.code, ran.err) == (0, "")
    assert "8.331,00 TL" in text_of(ran.out.encode())


def test_a_design_of_ones_own_is_used(invoice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logo.png").write_bytes(qr_png("logo"))
    design = tmp_path / "tasarim.json"
    design.write_text(json.dumps({"accent": "#7a1f2b", "language": "both", "logo": "logo.png", "note_tr": "Güle güle"}))
    ran = called(capsys, "render", invoice, "--design", design)
    assert ran.code == 0
    assert "#7a1f2b" in ran.out
    assert "Güle güle" in ran.out
    assert ran.out.count("data:image/png") == 2


def test_labels_are_in_the_language_asked_for(invoice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Amount payable" in called(capsys, "render", invoice, "--own", "--labels", "en").out
    assert "Ödenecek tutar / Amount payable" in called(capsys, "render", invoice, "--own", "--labels", "both").out


@pytest.mark.parametrize(("language", "said"), [("tr", "izin verilmeyen"), ("en", "not allowed")])
def test_why_a_senders_design_is_not_shown_is_told(
    language: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(with_stylesheet(example(BY_KIND["despatch"]), HOSTILE["document-file"].xslt))
    ran = called(capsys, "--lang", language, "render", path)
    assert ran.code == 0
    assert said in " ".join(ran.err.split())
    assert "e-İrsaliye" in ran.out


@pytest.mark.parametrize(
    ("options", "content", "code"),
    [
        (["--to", "doc"], None, "cli.usage"),
        (["--labels", "de"], None, "cli.usage"),
        (["--design", "d.json"], "{", "cli.usage"),
        (["--design", "d.json"], "[]", "cli.usage"),
        (["--design", "d.json"], '{"accent": "red"}', "render.design"),
        (["--design", "d.json"], '{"colour": "red"}', "render.design"),
        (["--design", "d.json"], '{"logo": "logo.svg"}', "render.asset"),
        (["--design", "d.json"], '{"logo": "missing.png"}', "file.missing"),
        (["--design", "none.json"], None, "file.missing"),
    ],
)
def test_mistakes_are_told(
    options: list[str],
    content: str | None,
    code: str,
    invoice: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(invoice.parent)
    if content is not None:
        Path("d.json").write_text(content)
    for language in ("tr", "en"):
        ran = called(capsys, "--lang", language, "render", invoice, *options)
        assert ran.code == 2
        assert f"[{code}]" in ran.err


def test_what_is_no_document_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xml").write_text("<a/>")
    for form in ("html", "pdf", "png"):
        ran = called(capsys, "render", tmp_path / "a.xml", "--to", form, "-o", tmp_path / "out")
        assert (ran.code, "[render.kind]" in ran.err) == (2, True)
        assert not (tmp_path / "out").exists()
